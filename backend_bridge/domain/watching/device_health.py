"""What a device says of itself: SOS, strap and case, battery, jamming, separation. Positions play no part here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel, Figure
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixSource
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.because import because

BATTERY_LOW_PERCENT: Final = 15.0
BATTERY_WELL_PERCENT: Final = 25.0
SEPARATED_RED_US: Final = 5 * 60 * MICROSECONDS
"""A wearer without the portable unit for so long is red: until then most come back by themselves."""

_BEGINS: Final = {
    DeviceEventKind.JAMMING: ("jammed_us", "jamming_ended_us"),
    DeviceEventKind.SEPARATED: ("separated_us", "rejoined_us"),
    DeviceEventKind.POWER_OFF: ("powered_off_us", "powered_on_us"),
}
"""What begins: where its newest beginning is kept, and where its newest end."""
_ENDS: Final = {
    DeviceEventKind.JAMMING_END: _BEGINS[DeviceEventKind.JAMMING],
    DeviceEventKind.REJOINED: _BEGINS[DeviceEventKind.SEPARATED],
    DeviceEventKind.POWER_ON: _BEGINS[DeviceEventKind.POWER_OFF],
}
_BATTERY: Final = (DeviceEventKind.BATTERY, DeviceEventKind.CHARGING)
_NEVER_US: Final = -(2**62)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceHealth:
    """What a device last said of itself; instants are times of measurement."""

    battery_percent: float | None = None
    charging: bool = False
    strap_cut_us: int | None = None
    strap_restored_us: int | None = None
    case_opened_us: int | None = None
    jammed_us: int | None = None
    separated_us: int | None = None
    powered_off_us: int | None = None
    newest_us: int = _NEVER_US
    """Of the newest report of any kind."""
    battery_us: int = _NEVER_US
    """Of the newest battery level or charging."""
    jamming_ended_us: int | None = None
    rejoined_us: int | None = None
    powered_on_us: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthVerdict:
    """A device's report makes an alarm of `kind` stand at `level`, or end where `level` is None."""

    kind: AlarmKind
    level: AlarmLevel | None
    figures: dict[str, Figure]


def is_news(health: DeviceHealth, event: DeviceEvent) -> bool:
    """Whether a report says something about now, in whatever order reports come.

    What begins is news where it began after its last end; an end is news where nothing has begun after it; so is the newest word about
    the battery. Other reports are judged by themselves.
    """
    at_us = event.measured_us
    if event.kind in _BATTERY:
        return at_us >= health.battery_us
    if event.kind in _ENDS:
        begun, ended = (_instant(health, field) for field in _ENDS[event.kind])
        return at_us >= max(begun, ended)
    if event.kind in _BEGINS:
        return at_us > _instant(health, _BEGINS[event.kind][1])
    return True


def _instant(health: DeviceHealth, field: str) -> int:
    at_us: int | None = getattr(health, field)
    return _NEVER_US if at_us is None else at_us


def heard(health: DeviceHealth, event: DeviceEvent) -> DeviceHealth:
    """What is known of the device after its report."""
    at_us = event.measured_us
    newer = replace(health, newest_us=max(health.newest_us, at_us))
    if not is_news(health, event):
        return _ended_before(newer, event) if event.kind in _ENDS else newer
    if event.kind in _BATTERY:
        return _battery_heard(newer, event)
    if event.kind is DeviceEventKind.CASE_OPENED:
        return _with_instant(newer, "case_opened_us", max(at_us, _instant(health, "case_opened_us")))
    if event.kind is DeviceEventKind.STRAP_CUT:
        cut = replace(newer, strap_cut_us=max(at_us, _instant(health, "strap_cut_us")))
        return replace(cut, strap_restored_us=None) if at_us > _instant(health, "strap_restored_us") else cut
    if event.kind is DeviceEventKind.STRAP_RESTORED and at_us >= _instant(health, "strap_cut_us"):
        return replace(newer, strap_restored_us=at_us)
    if event.kind in _BEGINS:
        begun = _BEGINS[event.kind][0]
        return _with_instant(newer, begun, max(at_us, _instant(health, begun)))
    if event.kind in _ENDS:
        begun, ended = _ENDS[event.kind]
        return _with_instant(_with_instant(newer, begun, None), ended, at_us)
    return newer


def _ended_before(health: DeviceHealth, event: DeviceEvent) -> DeviceHealth:
    """An end that comes behind a newer beginning tells that what began before it is over."""
    ended = _ENDS[event.kind][1]
    return _with_instant(health, ended, max(event.measured_us, _instant(health, ended)))


def separated_since(health: DeviceHealth, told_us: int) -> int | None:
    """Since when a device has been apart without a break, by its reports since `told_us`; None where it is not.

    A device may say it again and again. Where it was back in between, it has been apart since it last said so.
    """
    was_back = health.rejoined_us is not None and health.rejoined_us >= told_us
    return told_us if health.separated_us is not None and not was_back else health.separated_us


def _battery_heard(health: DeviceHealth, event: DeviceEvent) -> DeviceHealth:
    newer = replace(health, battery_us=event.measured_us)
    if event.kind is DeviceEventKind.CHARGING:
        return replace(newer, charging=True)
    if not isinstance(event.value, float | int):
        return health
    falling = health.battery_percent is not None and event.value < health.battery_percent
    return replace(newer, battery_percent=float(event.value), charging=health.charging and not falling)


def _with_instant(health: DeviceHealth, field: str, at_us: int | None) -> DeviceHealth:
    changes: dict[str, Any] = {field: at_us}
    return replace(health, **changes)


def verdicts(event: DeviceEvent, before: DeviceHealth, *, protected: bool) -> Iterator[HealthVerdict]:
    """What a report means for the alarms about its device; `protected` where a protected person carries it.

    What is over already begins nothing, and an end or a battery level older than what it would change ends nothing (`is_news`).
    """
    news = is_news(before, event)
    act = AlarmLevel.AMBER if protected else AlarmLevel.RED
    match event.kind:
        case DeviceEventKind.SOS:
            yield HealthVerdict(kind=AlarmKind.SOS, level=AlarmLevel.RED, figures=_place_figures(event))
        case DeviceEventKind.STRAP_CUT | DeviceEventKind.CASE_OPENED:
            yield HealthVerdict(kind=AlarmKind.TAMPER, level=act, figures={"cause": str(event.kind), **_place_figures(event)})
        case DeviceEventKind.JAMMING if news:
            yield HealthVerdict(kind=AlarmKind.JAMMING, level=act, figures={"cause": "jamming", **_place_figures(event)})
        case DeviceEventKind.JAMMING_END if news:
            yield HealthVerdict(kind=AlarmKind.JAMMING, level=None, figures={"cause": "jamming_end"})
        case DeviceEventKind.SEPARATED if news:
            yield HealthVerdict(kind=AlarmKind.SEPARATED, level=AlarmLevel.AMBER, figures={"cause": "separated", **_place_figures(event)})
        case DeviceEventKind.REJOINED if news:
            yield HealthVerdict(kind=AlarmKind.SEPARATED, level=None, figures={"cause": "rejoined"})
        case DeviceEventKind.BATTERY if news:
            yield from _battery(event, before)
        case DeviceEventKind.CHARGING if news:
            figures = because(cause="charging", battery_percent=before.battery_percent)
            yield HealthVerdict(kind=AlarmKind.BATTERY, level=None, figures=figures)
        case _:
            return


def _battery(event: DeviceEvent, before: DeviceHealth) -> Iterator[HealthVerdict]:
    """Low raises once, well ends it; between the two nothing changes, and while it is being charged nothing is raised."""
    after = heard(before, event)
    level = after.battery_percent
    if level is None:
        return
    if level <= BATTERY_LOW_PERCENT and not after.charging:
        figures = because(cause="low", battery_percent=level, threshold_percent=BATTERY_LOW_PERCENT)
        yield HealthVerdict(kind=AlarmKind.BATTERY, level=AlarmLevel.AMBER, figures=figures)
    elif level >= BATTERY_WELL_PERCENT:
        yield HealthVerdict(kind=AlarmKind.BATTERY, level=None, figures=because(cause="charged", battery_percent=level))


def _place_figures(event: DeviceEvent) -> dict[str, Figure]:
    """Where the report places the device, with its error and what measured it; nothing where it does not say."""
    if event.place is None:
        return {}
    source = None if event.source is FixSource.UNKNOWN else event.source.name.lower()
    return because(lat_deg=event.place.lat_deg, lon_deg=event.place.lon_deg, accuracy_m=event.accuracy_m, source=source)
