"""What tests of the breach engine begin with: a zone, somebody who walks by it, and what is said of that."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.breach_engine import BreachEngine, Level, Step, TargetKind
from backend_bridge.domain.case import Circle
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.quantities import LatLon

S = 1_000_000
NOON_US = 1_800_000_000 * S
ALWAYS = np.array([[0, 2**61]], np.int64)
LAT_M, LON_M = 110_949.0, 89_897.0
ZONE = Circle(centre=LatLon(lat_deg=36.0, lon_deg=127.0), radius_m=200.0)


@dataclass(frozen=True)
class Seen:
    """A fix: seconds after noon, metres east (and north) of the zone's centre; received at once unless said."""

    at_s: float
    east_m: float
    received_s: float | None = None
    device: int = 0
    accuracy_m: float = 8.0
    speed_mps: float = 1.4
    moving: int = 1
    north_m: float = 0.0
    course_deg: float = np.nan


def batch(fixes: Sequence[Seen]) -> FixBatch:
    """Fixes in the order given."""
    n = len(fixes)
    received = np.maximum.accumulate([round((f.at_s + 2 if f.received_s is None else f.received_s) * S) for f in fixes])
    return FixBatch(
        device_names=(DeviceId("ANK-1"), DeviceId("VIC-1")),
        device=np.array([f.device for f in fixes], np.int32),
        measured_us=NOON_US + np.array([round(f.at_s * S) for f in fixes], np.int64),
        lat_deg=36.0 + np.array([f.north_m for f in fixes]) / LAT_M,
        lon_deg=127.0 + np.array([f.east_m for f in fixes]) / LON_M,
        accuracy_m=np.array([f.accuracy_m for f in fixes], np.float32),
        speed_mps=np.array([f.speed_mps for f in fixes], np.float32),
        course_deg=np.array([f.course_deg for f in fixes], np.float32),
        moving=np.array([f.moving for f in fixes], np.int8),
        source=np.zeros(n, np.int8),
        device_seq=np.arange(n, dtype=np.uint64),
        has_device_seq=np.ones(n, np.bool_),
        received_us=NOON_US + np.array(received, np.int64),
    )


def engine(in_force: NDArray[np.int64] = ALWAYS) -> tuple[BreachEngine, int]:
    """An engine that watches the zone for ANK-1."""
    made = BreachEngine()
    device = made.device("ANK-1")
    made.device("VIC-1")
    return made, made.watch_zone(device, TargetKind.EXCLUSION, ZONE, in_force)


def told(made: BreachEngine, fixes: Sequence[Seen]) -> list[tuple[Step, Level, float]]:
    """What is said of fixes taken together: step, level, seconds after noon."""
    taken = batch(fixes)
    crossings, _ = made.advance(taken, taken.device)
    return [(Step(int(c["step"])), Level(int(c["level"])), (int(c["happened_us"]) - NOON_US) / S) for c in crossings]


def walk(start_m: float, end_m: float, from_s: float = 0.0, step_s: float = 20.0) -> list[Seen]:
    """Somebody who walks east or west at 1.4 m/s."""
    n = int(abs(end_m - start_m) / (1.4 * step_s)) + 1
    return [Seen(from_s + k * step_s, start_m + (end_m - start_m) * k / (n - 1)) for k in range(n)]
