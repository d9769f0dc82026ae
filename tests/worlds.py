"""Small worlds for the watch: cases, fixes and events in a few words. Seconds count from `T0`, metres from `HERE`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from math import cos, radians
from typing import Final

import numpy as np

from backend_bridge.domain.alarm import AlarmChange, AlarmKind
from backend_bridge.domain.case import Case, Circle, Order, OrderBasis, Party, Ring, RingEffect, Tier, Zone, ZoneKind
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch, FixSource
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId, RingId, ZoneId
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.watching.watch import Watch

S: Final = 1_000_000
T0: Final = int(datetime(2026, 11, 2, tzinfo=UTC).timestamp()) * S
DAY: Final = 86_400
HERE: Final = LatLon(lat_deg=37.5585, lon_deg=126.9368)
_M_PER_LAT: Final = 110_990.0
_M_PER_LON: Final = 111_320.0 * cos(radians(37.5585))


def at(east_m: float, north_m: float) -> LatLon:
    """A place so many metres east and north of `HERE`."""
    return LatLon(lat_deg=HERE.lat_deg + north_m / _M_PER_LAT, lon_deg=HERE.lon_deg + east_m / _M_PER_LON)


def zone(name: str = "Z1", **changed: object) -> Zone:
    """An exclusion zone of 300 m about `HERE`."""
    plain = Zone(zone=ZoneId(name), kind=ZoneKind.EXCLUSION, shape=Circle(centre=HERE, radius_m=300.0))
    return replace(plain, **changed)  # type: ignore[arg-type]  # the tests name the fields


def ring(name: str, distance_m: float, effect: RingEffect = RingEffect.ALARM, about: str = "V-1") -> Ring:
    return Ring(ring=RingId(name), about=PersonId(about), distance_m=distance_m, effect=effect)


def case(number: int = 1, **changed: object) -> Case:
    """A case of wearer `ANK-n` and protected `VIC-n`, in force for ten days from a day before `T0`, with no zone or ring."""
    plain = Case(
        case=CaseId(f"C{number}"),
        jurisdiction="KR",
        tier=Tier.HIGH,
        subject=Party(person=PersonId(f"S-{number}"), device=DeviceId(f"ANK-{number}")),
        protected=(Party(person=PersonId(f"V-{number}"), device=DeviceId(f"VIC-{number}")),),
        order=Order(basis=OrderBasis.INTERIM_MEASURE_3_2, starts_us=T0 - DAY * S, ends_us=T0 + 9 * DAY * S),
    )
    return replace(plain, **changed)  # type: ignore[arg-type]  # the tests name the fields


Row = tuple[str, float, LatLon]
"""Device, seconds of measurement, place; received a second later."""


def fixes(rows: Iterable[Row], received: Sequence[float] | None = None, **columns: object) -> FixBatch:
    """Fixes in order of receipt; `received` are seconds, `columns` replace whole columns by one value."""
    listed = list(rows)
    n = len(listed)
    names = tuple(dict.fromkeys(DeviceId(row[0]) for row in listed))
    measured_us = np.array([T0 + round(row[1] * S) for row in listed], np.int64)
    received_us = measured_us + S if received is None else np.array([T0 + round(second * S) for second in received], np.int64)
    batch = FixBatch(
        device_names=names,
        device=np.array([names.index(DeviceId(row[0])) for row in listed], np.int32),
        measured_us=measured_us,
        lat_deg=np.array([row[2].lat_deg for row in listed]),
        lon_deg=np.array([row[2].lon_deg for row in listed]),
        accuracy_m=np.full(n, columns.get("accuracy_m", 8.0), np.float32),
        speed_mps=np.full(n, columns.get("speed_mps", np.nan), np.float32),
        course_deg=np.full(n, np.nan, np.float32),
        moving=np.full(n, columns.get("moving", -1), np.int8),
        source=np.full(n, columns.get("source", FixSource.GNSS), np.int8),
        device_seq=np.arange(n, dtype=np.uint64),
        has_device_seq=np.ones(n, np.bool_),
        received_us=received_us,
    )
    return batch.take(np.argsort(received_us, kind="stable"))


def stay(device: str, place: LatLon, from_s: float, to_s: float, every_s: float = 30.0) -> list[Row]:
    """Fixes at one place, but for a metre or two of noise that is the same at each call."""
    chance = np.random.default_rng(int(from_s) + len(device))
    seconds = np.arange(from_s, to_s, every_s)
    noise = chance.normal(0.0, 2.0, (len(seconds), 2))
    return [(device, float(second), _moved(place, *step)) for second, step in zip(seconds, noise.tolist(), strict=True)]


def walk(device: str, start: LatLon, end: LatLon, from_s: float, to_s: float, every_s: float = 15.0) -> list[Row]:
    """Fixes along a straight way at an even pace, with a metre or two of noise that is the same at each call."""
    chance = np.random.default_rng(int(from_s) + 7 + len(device))
    rows = []
    for second in np.arange(from_s, to_s, every_s).tolist():
        share = (second - from_s) / (to_s - from_s)
        place = LatLon(
            lat_deg=start.lat_deg + share * (end.lat_deg - start.lat_deg), lon_deg=start.lon_deg + share * (end.lon_deg - start.lon_deg)
        )
        rows.append((device, second, _moved(place, *chance.normal(0.0, 2.0, 2).tolist())))
    return rows


def _moved(place: LatLon, east_m: float, north_m: float) -> LatLon:
    return LatLon(lat_deg=place.lat_deg + north_m / _M_PER_LAT, lon_deg=place.lon_deg + east_m / _M_PER_LON)


def event(device: str, second: float, kind: DeviceEventKind, value: float | str | None = None, **changed: object) -> DeviceEvent:
    """An event received a second after it was measured."""
    us = T0 + round(second * S)
    plain = DeviceEvent(device=DeviceId(device), measured_us=us, kind=kind, value=value, received_us=us + S)
    return replace(plain, **changed)  # type: ignore[arg-type]  # the tests name the fields


def alarms(
    cases: Sequence[Case], rows: Iterable[Row] = (), events: Sequence[DeviceEvent] = (), until_s: float | None = None
) -> list[AlarmChange]:
    """Everything that a watch decides about these inputs, until `until_s` or the last of them."""
    batch = fixes(rows)
    last_us = max([*batch.received_us.tolist(), *(told.received_us for told in events)], default=T0)
    watch = Watch.empty()
    decided = list(watch.register(cases, T0 - DAY * S))
    decided += watch.advance(batch, sorted(events, key=lambda told: told.received_us), last_us)
    if until_s is not None:
        decided += watch.advance(FixBatch.empty(), (), T0 + round(until_s * S))
    return decided


def of_kind(changes: Iterable[AlarmChange], kind: AlarmKind) -> list[AlarmChange]:
    return [change for change in changes if change.kind is kind]


def told(changes: Iterable[AlarmChange]) -> list[str]:
    """Changes in few words: what happened, kind, level, zone or ring or person."""
    return [" ".join(filter(None, (c.step, c.kind, c.level, c.zone or c.ring or c.about))) for c in changes]


def seconds_of(us: int) -> float:
    """Seconds since `T0`."""
    return (us - T0) / S
