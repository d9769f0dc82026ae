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
    DeviceEventKind.STRAP_RESTORED: "strap_restored_us",
    DeviceEventKind.CASE_OPENED: "case_opened_us",
    DeviceEventKind.JAMMING: "jammed_us",
    DeviceEventKind.SEPARATED: "separated_us",
    DeviceEventKind.POWER_OFF: "powered_off_us",
}
_ENDS: Final = {
    DeviceEventKind.JAMMING_END: "jammed_us",
    DeviceEventKind.REJOINED: "separated_us",
    DeviceEventKind.POWER_ON: "powered_off_us",
}


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
    newest_us: int = -(2**62)
    """Measured time of the newest report; an older one that comes late changes nothing that the newest one said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthVerdict:
    """A device's report makes an alarm of `kind` stand at `level`, or end where `level` is None."""

    kind: AlarmKind
    level: AlarmLevel | None
    figures: dict[str, Figure]


def heard(health: DeviceHealth, event: DeviceEvent) -> DeviceHealth:
    """What is known of the device after its report."""
    at_us = event.measured_us
    if at_us < health.newest_us:
        return _heard_late(health, event)
    newer = replace(health, newest_us=at_us)
    if event.kind is DeviceEventKind.BATTERY and isinstance(event.value, float | int):
        falling = health.battery_percent is not None and event.value < health.battery_percent
        return replace(newer, battery_percent=float(event.value), charging=health.charging and not falling)
    if event.kind is DeviceEventKind.CHARGING:
        return replace(newer, charging=True)
    if event.kind is DeviceEventKind.STRAP_CUT:
        return replace(newer, strap_cut_us=at_us, strap_restored_us=None)
    if event.kind in _BEGINS:
        return _with_instant(newer, _BEGINS[event.kind], at_us)
    if event.kind in _ENDS:
        return _with_instant(newer, _ENDS[event.kind], None)
    return newer


def _with_instant(health: DeviceHealth, field: str, at_us: int | None) -> DeviceHealth:
    changes: dict[str, Any] = {field: at_us}
    return replace(health, **changes)


def _heard_late(health: DeviceHealth, event: DeviceEvent) -> DeviceHealth:
    """Of late reports only what stays true for ever counts: the strap was cut, the case was opened."""
    if event.kind is DeviceEventKind.STRAP_CUT and health.strap_cut_us is None:
        return replace(health, strap_cut_us=event.measured_us)
    if event.kind is DeviceEventKind.CASE_OPENED and health.case_opened_us is None:
        return replace(health, case_opened_us=event.measured_us)
    return health


def verdicts(event: DeviceEvent, before: DeviceHealth, *, protected: bool) -> Iterator[HealthVerdict]:
    """What a report means for the alarms about its device; `protected` where a protected person carries it.

    A late `…_end`, `rejoined` or battery level says nothing about now and ends nothing.
    """
    late = event.measured_us < before.newest_us
    act = AlarmLevel.AMBER if protected else AlarmLevel.RED
    match event.kind:
        case DeviceEventKind.SOS:
            yield HealthVerdict(kind=AlarmKind.SOS, level=AlarmLevel.RED, figures=_place_figures(event))
        case DeviceEventKind.STRAP_CUT | DeviceEventKind.CASE_OPENED:
            yield HealthVerdict(kind=AlarmKind.TAMPER, level=act, figures={"cause": str(event.kind), **_place_figures(event)})
        case DeviceEventKind.JAMMING:
            yield HealthVerdict(kind=AlarmKind.JAMMING, level=act, figures={"cause": "jamming", **_place_figures(event)})
        case DeviceEventKind.JAMMING_END if not late:
            yield HealthVerdict(kind=AlarmKind.JAMMING, level=None, figures={"cause": "jamming_end"})
        case DeviceEventKind.SEPARATED:
            yield HealthVerdict(kind=AlarmKind.SEPARATED, level=AlarmLevel.AMBER, figures={"cause": "separated", **_place_figures(event)})
        case DeviceEventKind.REJOINED if not late:
            yield HealthVerdict(kind=AlarmKind.SEPARATED, level=None, figures={"cause": "rejoined"})
        case DeviceEventKind.BATTERY if not late:
            yield from _battery(event, before)
        case DeviceEventKind.CHARGING if not late:
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
