"""Compiles the numeric kernels, or loads them compiled from an earlier time, before anything depends on how fast they answer.

`python -m backend_bridge.bootstrap.warm` does it when the project is built: the first time takes a minute, later ones a second.
"""

from typing import Final

import numpy as np

from backend_bridge.domain.breach.lived_again import RingSpan, ZoneSpan, chance_inside, chance_within
from backend_bridge.domain.breach.schedule import in_force
from backend_bridge.domain.case import Case, Circle, Order, OrderBasis, Party, Polygon, Ring, RingEffect, Tier, Zone, ZoneKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId, RingId, ZoneId
from backend_bridge.domain.quantities import MICROSECONDS, LatLon
from backend_bridge.domain.watching.watch import Watch

_START_US: Final = 1_700_000_000 * MICROSECONDS
_N_FIXES: Final = 240
_CENTRE: Final = LatLon(lat_deg=37.5, lon_deg=127.0)


def warm_up() -> None:
    """Let a made-up pair walk towards each other through a zone, and throw away what is decided about it."""
    watch = Watch.empty()
    watch.register([_case()], _START_US)
    fixes = _fixes()
    for start in range(0, _N_FIXES, 40):
        part = fixes.take(np.arange(start, start + 40))
        now_us = int(part.received_us[-1])
        watch.advance(part.take(np.flatnonzero(watch.concerns(part))), (), now_us)
        watch.picture(now_us)
    watch.advance(fixes.take(np.arange(0)), (), _START_US + 7200 * MICROSECONDS)
    always, (his, hers) = in_force(None, 0, 2**62), (fixes.take(np.flatnonzero(fixes.device == part)) for part in (0, 1))
    chance_inside(his, [ZoneSpan(shape=zone.shape, in_force=always) for zone in _case().zones])
    chance_within(his, hers, [RingSpan(distance_m=300.0, in_force=always)])


def _case() -> Case:
    corners = ((0.0, 0.0), (0.004, 0.0), (0.004, 0.004), (0.002, 0.001), (0.0, 0.004))
    outline = tuple(LatLon(lat_deg=_CENTRE.lat_deg + lat, lon_deg=_CENTRE.lon_deg + lon) for lat, lon in corners)
    zones = (
        Zone(zone=ZoneId("Z1"), kind=ZoneKind.EXCLUSION, shape=(Polygon(outer=outline),), warning_m=200.0),
        Zone(zone=ZoneId("Z2"), kind=ZoneKind.INCLUSION, shape=Circle(centre=_CENTRE, radius_m=300.0)),
    )
    rings = (
        Ring(ring=RingId("R1"), about=PersonId("V"), distance_m=1000.0, effect=RingEffect.WARN),
        Ring(ring=RingId("R2"), about=PersonId("V"), distance_m=300.0, effect=RingEffect.ALARM),
    )
    return Case(
        case=CaseId("WARM-UP"),
        jurisdiction="KR",
        tier=Tier.HIGH,
        subject=Party(person=PersonId("S"), device=DeviceId("WARM-1")),
        protected=(Party(person=PersonId("V"), device=DeviceId("WARM-2")),),
        order=Order(basis=OrderBasis.OTHER, starts_us=_START_US, ends_us=_START_US + 86_400 * MICROSECONDS),
        zones=zones,
        rings=rings,
    )


def _fixes() -> FixBatch:
    row = np.arange(_N_FIXES)
    away = (1.0 - row / _N_FIXES) * 0.02 * np.where(row % 2 == 0, 1.0, -1.0)
    times = _START_US + row.astype(np.int64) * 10 * MICROSECONDS
    return FixBatch(
        device_names=(DeviceId("WARM-1"), DeviceId("WARM-2")),
        device=(row % 2).astype(np.int32),
        measured_us=times,
        lat_deg=_CENTRE.lat_deg + away,
        lon_deg=np.full(_N_FIXES, _CENTRE.lon_deg),
        accuracy_m=np.full(_N_FIXES, 10.0, np.float32),
        speed_mps=np.full(_N_FIXES, 1.5, np.float32),
        course_deg=np.zeros(_N_FIXES, np.float32),
        moving=np.ones(_N_FIXES, np.int8),
        source=np.zeros(_N_FIXES, np.int8),
        device_seq=row.astype(np.uint64),
        has_device_seq=np.ones(_N_FIXES, np.bool_),
        received_us=times + MICROSECONDS,
    )


if __name__ == "__main__":
    warm_up()
