"""Compiles the numeric kernels, or loads them compiled from an earlier time, before anything depends on how fast they answer.

`python -m backend_bridge.bootstrap.warm` does it when the project is built: the first time takes a minute, later ones a second.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.adapters.changed_words import put_back
from backend_bridge.adapters.lane_arrow import FixDecoder
from backend_bridge.adapters.lane_packing import packed_fixes
from backend_bridge.adapters.seen_fixes import all_newer
from backend_bridge.domain.breach.refiltered import RingSpan, ZoneSpan, chance_crossed, chance_within
from backend_bridge.domain.breach.schedule import in_force
from backend_bridge.domain.breach.track_glimpse import NEWEST_WIDTH, shorten
from backend_bridge.domain.breach.track_table import empty_tracks
from backend_bridge.domain.case import Case, Circle, Order, OrderBasis, Party, Polygon, Ring, RingEffect, Tier, Zone, ZoneKind
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch, read_only
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId, RingId, ZoneId
from backend_bridge.domain.quantities import MICROSECONDS, LatLon
from backend_bridge.domain.watching.watch import Watch

_START_US: Final = 1_700_000_000 * MICROSECONDS
_DAY_US: Final = 86_400 * MICROSECONDS
_DEVICES: Final = (DeviceId("WARM-1"), DeviceId("WARM-2"), DeviceId("WARM-3"))
"""The wearer, the protected person, and a wearer of another case."""
_EACH: Final = 90
"""Fixes of each."""
_INTERVAL_US: Final = 20 * MICROSECONDS
_TOGETHER: Final = 15
"""Fixes of one call."""
_WITHHELD: Final = range(30, 45)
"""Fixes of the stranger that come later than those of the others after them."""
_CENTRE: Final = LatLon(lat_deg=37.5, lon_deg=127.0)


def warm_up() -> None:
    """Let a made-up pair walk towards each other through a zone, a stranger follow and stay, and throw away what is decided about it.

    The fixes come as a gateway's do: a kernel is compiled once more for columns that are laid out or protected in another way.
    """
    watch = Watch.empty()
    watch.register([_case("WARM-UP", 0, 1), _case("WARM-UP-2", 2, None)], _START_US)
    for n, (rows, now_us) in enumerate(_calls()):
        watch.advance(_come(rows, now_us, as_it_came=n % 2 == 0), _calls_for_help(now_us), now_us)
        watch.picture(now_us)
    watch.bounds(CaseId("WARM-UP"), _DEVICES[0])
    watch.advance(FixBatch.empty(), (), _START_US + 7200 * MICROSECONDS)
    watch.advance(FixBatch.empty(), (), _START_US + 2 * _DAY_US)  # the order is over, and what stood ends with it
    fixes = _fixes()
    all_newer(np.zeros(3, np.int64), np.arange(3, dtype=np.intp), read_only(fixes.device), read_only(fixes.measured_us))
    put_back(np.zeros(1, np.uint64), np.array([0, 1, 1], np.uint64), 1)
    shorten(empty_tracks(1), np.frombuffer(bytes(8 * NEWEST_WIDTH)).reshape(1, NEWEST_WIDTH))
    always, (his, hers) = in_force(None, 0, 2**62), (fixes.take(_rows(device, range(_EACH))) for device in (0, 1))
    zones = [ZoneSpan(shape=zone.shape, in_force=always) for zone in _zones()]
    chance_crossed(his, zones[:1], zones[1:])
    chance_within(his, hers, [RingSpan(distance_m=300.0, in_force=always)])


def _calls() -> Iterator[tuple[NDArray[np.intp], int]]:
    """The rows of each call, in the order in which they come, and when they do."""
    for start in range(0, _EACH, _TOGETHER):
        numbers, now_us = range(start, start + _TOGETHER), _START_US + (start + _TOGETHER) * _INTERVAL_US
        heard = [_rows(device, numbers) for device in range(3) if not (device == 2 and start in _WITHHELD)]
        yield np.sort(np.concatenate(heard)), now_us
    yield _rows(2, _WITHHELD), _START_US + (_EACH + 1) * _INTERVAL_US


def _calls_for_help(now_us: int) -> tuple[DeviceEvent, ...]:
    return (DeviceEvent(device=_DEVICES[1], measured_us=now_us, kind=DeviceEventKind.SOS, value=None, received_us=now_us),)


def _rows(device: int, numbers: range) -> NDArray[np.intp]:
    return np.array([3 * number + device for number in numbers], np.intp)


def _come(rows: NDArray[np.intp], now_us: int, *, as_it_came: bool) -> FixBatch:
    """Fixes as the lane gives them, or as a part of what it gave."""
    decoded = FixDecoder().decode(packed_fixes(_fixes().take(rows)), now_us, dict.fromkeys(_DEVICES)).fixes
    if decoded is None:
        raise RuntimeError("a fix made here is none that the lane takes")
    return decoded if as_it_came else decoded.take(np.arange(len(decoded)))


def _case(name: str, subject: int, protected: int | None) -> Case:
    about = PersonId(f"{name}-V")
    hers = () if protected is None else (Party(person=about, device=_DEVICES[protected]),)
    rings = (
        Ring(ring=RingId("R1"), about=about, distance_m=1000.0, effect=RingEffect.WARN),
        Ring(ring=RingId("R2"), about=about, distance_m=300.0, effect=RingEffect.ALARM),
    )
    return Case(
        case=CaseId(name),
        jurisdiction="KR",
        tier=Tier.HIGH,
        subject=Party(person=PersonId(f"{name}-S"), device=_DEVICES[subject]),
        protected=hers,
        order=Order(basis=OrderBasis.OTHER, starts_us=_START_US, ends_us=_START_US + _DAY_US),
        zones=_zones(),
        rings=rings if hers else (),
    )


def _zones() -> tuple[Zone, ...]:
    corners = ((0.0, 0.0), (0.004, 0.0), (0.004, 0.004), (0.002, 0.001), (0.0, 0.004))
    outline = tuple(LatLon(lat_deg=_CENTRE.lat_deg + lat, lon_deg=_CENTRE.lon_deg + lon) for lat, lon in corners)
    return (
        Zone(zone=ZoneId("Z1"), kind=ZoneKind.EXCLUSION, shape=(Polygon(outer=outline),), warning_m=200.0),
        Zone(zone=ZoneId("Z2"), kind=ZoneKind.INCLUSION, shape=Circle(centre=_CENTRE, radius_m=300.0)),
    )


def _fixes() -> FixBatch:
    """Three devices in turn: the pair comes to the middle from both sides and stays there, the stranger comes a little later."""
    row = np.arange(3 * _EACH)
    device, number = row % 3, row // 3
    side, arrives = np.array([1.0, -1.0, 1.0])[device], np.array([30, 30, 40])[device]
    away = side * np.maximum(0.0, 1.0 - number / arrives) * 0.02
    times = _START_US + number.astype(np.int64) * _INTERVAL_US
    return FixBatch(
        device_names=_DEVICES,
        device=device.astype(np.int32),
        measured_us=times,
        lat_deg=_CENTRE.lat_deg + away,
        lon_deg=np.full(len(row), _CENTRE.lon_deg),
        accuracy_m=np.full(len(row), 10.0, np.float32),
        speed_mps=np.where(away == 0.0, 0.0, 1.5).astype(np.float32),
        course_deg=np.zeros(len(row), np.float32),
        moving=(away != 0.0).astype(np.int8),
        source=np.zeros(len(row), np.int8),
        device_seq=number.astype(np.uint64),
        has_device_seq=np.ones(len(row), np.bool_),
        received_us=times + MICROSECONDS,
    )


if __name__ == "__main__":
    warm_up()
