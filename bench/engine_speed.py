"""How many fixes a second the breach engine judges on one core, and what that is worth beside others on the same zones.

Every device has six zones and a protected person with rings of 2 km and 500 m; fixes come in turn, one a device and minute. «near»
devices walk along the edge of a zone, the others live kilometres away from all.

    python bench/engine_speed.py                 # both shares, the curve from 1,000 to 100,000 devices, the others beside it
    python bench/engine_speed.py --devices 1000 --near 0.1
"""

import argparse
import sys
import time
from typing import Final

import movingpandas
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from backend_bridge.domain.breach.breach_engine import BreachEngine, TargetKind
from backend_bridge.domain.breach.containment import inside_probability
from backend_bridge.domain.breach.geometry import flat_shape
from backend_bridge.domain.case import Circle, Polygon
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.quantities import LatLon

Floats = NDArray[np.float64]

S: Final = 1_000_000
START_US: Final = 1_800_000_000 * S
ALWAYS: Final = np.array([[0, 2**61]], np.int64)
LAT_M, LON_M = 110_949.0, 89_897.0
N_ZONES: Final = 6
ROUNDS: Final = 12
WANTED: Final = {0.1: 500_000.0, 1.0: 200_000.0}


def place(x_m: float, y_m: float) -> LatLon:
    """A point so far east and north of a corner of the country."""
    return LatLon(lat_deg=36.0 + y_m / LAT_M, lon_deg=127.0 + x_m / LON_M)


def zone_about(x_m: float, y_m: float, radius_m: float) -> tuple[Polygon, ...]:
    """A polygon of 24 corners."""
    angles = np.arange(24) * 2.0 * np.pi / 24.0
    return (Polygon(outer=tuple(place(x_m + radius_m * np.cos(a), y_m + radius_m * np.sin(a)) for a in angles)),)


def homes(n: int) -> Floats:
    """Where n wearers live: a lattice a kilometre wide, (n, 2) metres."""
    side = int(np.ceil(np.sqrt(n)))
    k = np.arange(n)
    return np.column_stack([k % side, k // side]).astype(np.float64) * 1000.0


def engine_of(n: int, near: float) -> BreachEngine:
    """Wearers with six zones and a protected person each; the first zone of near ones begins 60 m from where they walk."""
    engine = BreachEngine()
    at = homes(n)
    for k in range(n):
        his, hers = engine.device(f"ANK-{k}"), engine.device(f"VIC-{k}")
        for z in range(N_ZONES):
            away = 360.0 if z == 0 and k < near * n else 6000.0 + 1500.0 * z
            turn = 2.0 * np.pi * z / N_ZONES
            shape = zone_about(at[k, 0] + away * np.cos(turn), at[k, 1] + away * np.sin(turn), 300.0)
            engine.watch_zone(his, TargetKind.EXCLUSION, shape, ALWAYS)
        for radius in (2000.0, 500.0):
            engine.watch_ring(TargetKind.RING, his, hers, radius, ALWAYS)
    return engine


def fixes_of(n: int, near: float, rounds: int, seed: int) -> FixBatch:
    """One fix a minute of every wearer and protected person; she is 2.5 km from near ones, else 12 km."""
    chance = np.random.default_rng(seed)
    at = homes(n)
    apart = np.where(np.arange(n) < near * n, 2500.0, 12_000.0)
    both = np.empty((2 * n, 2))
    both[0::2], both[1::2] = at, at + np.column_stack([np.zeros(n), apart])
    total = 2 * n * rounds
    xy = np.tile(both, (rounds, 1)) + chance.normal(0.0, 8.0, (total, 2))
    when = START_US + np.repeat(np.arange(rounds), 2 * n) * 60 * S + np.tile(np.arange(2 * n), rounds)
    return FixBatch(
        device_names=tuple(DeviceId(name) for k in range(n) for name in (f"ANK-{k}", f"VIC-{k}")),
        device=np.tile(np.arange(2 * n, dtype=np.int32), rounds),
        measured_us=when,
        lat_deg=36.0 + xy[:, 1] / LAT_M,
        lon_deg=127.0 + xy[:, 0] / LON_M,
        accuracy_m=chance.uniform(8.0, 20.0, total).astype(np.float32),
        speed_mps=chance.uniform(0.0, 1.0, total).astype(np.float32),
        course_deg=np.full(total, np.nan, np.float32),
        moving=(chance.random(total) < 0.3).astype(np.int8),
        source=np.zeros(total, np.int8),
        device_seq=np.repeat(np.arange(rounds, dtype=np.uint64), 2 * n),
        has_device_seq=np.ones(total, np.bool_),
        received_us=when + 2 * S,
    )


def fixes_a_second(n: int, near: float) -> float:
    """Filter and decisions of 2n devices, fixes in turn; the first rounds fill caches and histories and do not count."""
    engine, fixes = engine_of(n, near), fixes_of(n, near, ROUNDS, 1)
    warm = len(fixes) // 4
    first, rest = np.arange(warm), np.arange(warm, len(fixes))
    engine.advance(fixes.take(first), fixes.device[first])
    counted = fixes.take(rest)
    started = time.process_time()
    engine.advance(counted, counted.device)
    return len(rest) / (time.process_time() - started)


def rivals(n: int) -> dict[str, float]:
    """Fixes a second of others on the same zones, each in the way that its documentation recommends."""
    fixes, at = fixes_of(n, 1.0, 2, 2), homes(n)
    shapes = [shapely.Point(*xy).buffer(300.0, quad_segs=6) for xy in np.repeat(at, N_ZONES, axis=0)]
    xy = np.column_stack([(fixes.lon_deg - 127.0) * LON_M, (fixes.lat_deg - 36.0) * LAT_M])
    tree = shapely.STRtree(shapes)
    results = {}
    started = time.process_time()
    tree.query(shapely.points(xy), predicate="intersects")
    results["shapely STRtree, point in polygon"] = len(xy) / (time.process_time() - started)
    flat = flat_shape(Circle(centre=place(0.0, 0.0), radius_m=300.0))
    inside_probability(flat.row, flat.edges, 10.0, 10.0, 10.0, 0.0)
    started = time.process_time()
    for x, y in xy[:5000]:
        for _ in range(N_ZONES):
            inside_probability(flat.row, flat.edges, x, y, 10.0, 0.0)
    results["single-fix Gaussian, called from Python"] = 5000 / (time.process_time() - started)
    frame = pd.DataFrame({"t": pd.to_datetime(fixes.measured_us, unit="us"), "x": xy[:, 0], "y": xy[:, 1], "device": fixes.device})
    started = time.process_time()
    tracks = movingpandas.TrajectoryCollection(frame.head(20_000), "device", t="t", x="x", y="y", crs=None, min_length=0)
    tracks.add_speed(overwrite=True)
    results["movingpandas, tracks with speed alone"] = min(len(frame), 20_000) / (time.process_time() - started)
    return results


def main() -> int:
    """Print the speeds; exit 1 where one falls short of what is wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--devices", type=int, help="wearers (default: the curve from 1,000 to 100,000 devices)")
    parser.add_argument("--near", type=float, help="share that is near a zone and a ring (default: 0.1 and 1)")
    arguments = parser.parse_args()
    fixes_a_second(50, 1.0)
    enough = True
    for near in [arguments.near] if arguments.near is not None else list(WANTED):
        speed = fixes_a_second(arguments.devices or 1000, near)
        wanted = WANTED.get(near)
        verdict = "" if wanted is None else f", wanted {wanted:,.0f}: {'met' if speed >= wanted else 'not met'}"
        enough = enough and (wanted is None or speed >= wanted)
        print(f"{near:4.0%} near: {speed:9,.0f} fixes/s, {1e6 / speed:.2f} µs a fix{verdict}", flush=True)
    if arguments.devices is None:
        print("per fix at 10 % near, by number of devices:")
        for devices in (1_000, 10_000, 100_000):
            print(f"  {devices:7,}: {1e6 / fixes_a_second(devices // 2, 0.1):.2f} µs", flush=True)
        for name, speed in rivals(500).items():
            print(f"{name}: {speed:,.0f} fixes/s")
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
