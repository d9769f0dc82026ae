"""The room as a whole, tracks, and frames of positions."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from backend_bridge.application.rows import (
    PositionFrame,
    RoomRow,
    Track,
)
from backend_bridge.domain.identifiers import (
    DeviceId,
)
from builders.scene import LEVELS, NOW_US, STANDS, S

Floats = NDArray[np.float64]


def room(**changed: object) -> RoomRow:
    row = RoomRow(
        fixes_per_s=412.0,
        lag_s=0.1,
        n_cases=1284,
        n_silent=3,
        gateways_up=4,
        gateways_total=4,
        unacknowledged_red=2,
        unacknowledged_amber=1,
        flood=False,
        degraded=(),
        started_us=NOW_US - 86_400 * S,
        last_verified_us=NOW_US - 600 * S,
        last_checkpoint_us=NOW_US - 60 * S,
        last_outside_copy_us=NOW_US - 3600 * S,
        replay=False,
    )
    return replace(row, **changed)  # type: ignore[arg-type]  # the tests name the fields


def track(name: str, *, wearer: bool, minutes: int = 15, gap: tuple[int, int] | None = (420, 560)) -> Track:
    """A walk towards Sinchon (wearer, faster from the middle on) or about it, a fix each 10 s, with a gap in seconds from the start."""
    seconds, speed, way_m = _way(minutes, gap if wearer else None, wearer=wearer)
    chance = np.random.default_rng(3 if wearer else 4)
    metres_to_lon = 1 / (111_320 * math.cos(math.radians(37.56)))
    lon = (126.9368 + (720 + way_m[-1] - way_m) * metres_to_lon) if wearer else 126.9368 - way_m[::-1] * metres_to_lon * 0.2
    lat = 37.5585 + chance.normal(0, 1.5e-5, len(seconds))
    measured_us = NOW_US - minutes * 60 * S + seconds * S
    rejected = np.zeros(len(seconds), "u1")
    rejected[len(seconds) // 5] = wearer
    return Track(
        device=DeviceId(name),
        measured_us=measured_us.astype("<i8").tobytes(),
        lat_deg=lat.astype("<f8").tobytes(),
        lon_deg=lon.astype("<f8").tobytes(),
        accuracy_m=np.full(len(seconds), 9.0).astype("<f4").tobytes(),
        speed_mps=speed.astype("<f4").tobytes(),
        inside=(_within(way_m, 500) if wearer else np.full(len(seconds), np.nan)).astype("<f4").tobytes(),
        rejected=rejected.tobytes(),
        ring_us=b"" if wearer else measured_us.astype("<i8").tobytes(),
        ring=b"" if wearer else _within(_way(minutes, None, wearer=True)[2], 200).astype("<f4").tobytes(),
        amber_from=0.25,
        red_from=0.66,
        red_moving=0.58 if wearer else None,
        red_at_rest=0.87 if wearer else None,
        masked=False,
    )


def _way(minutes: int, gap: tuple[int, int] | None, *, wearer: bool) -> tuple[Floats, Floats, Floats]:
    """Seconds, speeds and metres gone of the wearer or the protected person."""
    chance = np.random.default_rng(3 if wearer else 4)
    seconds = np.arange(0, minutes * 60, 10)
    if gap is not None:
        seconds = seconds[(seconds < gap[0]) | (seconds >= gap[1])]
    speed = np.where(seconds > minutes * 60 * 0.45, 3.8, 1.2) if wearer else np.full(len(seconds), 1.0)
    speed = speed + chance.normal(0, 0.15, len(seconds))
    return seconds, speed, np.cumsum(speed * np.diff(seconds, prepend=seconds[0]))


def _within(way_m: Floats, radius_m: float) -> Floats:
    """How likely the wearer was so near."""
    return np.asarray(1 / (1 + np.exp((720 + way_m[-1] - way_m - radius_m) / 20)))


def frame(names: Sequence[str], now_us: int = NOW_US) -> PositionFrame:
    """Everybody of `names` about Sinchon, live; wearers are `ANK-…`; those of the evening's alarms are where the alarms say."""
    n = len(names)
    chance = np.random.default_rng(11)
    lat, lon = 37.5585 + chance.normal(0, 0.02, n), 126.9368 + chance.normal(0, 0.03, n)
    course, speed = chance.uniform(0, 360, n), np.full(n, 1.4)
    for name, (east_m, north_m, course_deg, mps) in STANDS.items():
        for at in (at for at in range(n) if names[at] == name):
            lat[at], lon[at] = 37.5585 + north_m / 111_320, 126.9368 + east_m / (111_320 * math.cos(math.radians(37.56)))
            course[at], speed[at] = course_deg, mps
    wearer = np.array([not name.startswith("VIC") for name in names])
    return PositionFrame(
        at_us=now_us,
        devices=tuple(DeviceId(name) for name in names),
        lat_deg=lat.astype("<f8").tobytes(),
        lon_deg=lon.astype("<f8").tobytes(),
        accuracy_m=np.where(wearer, 9.0, 11.0).astype("<f4").tobytes(),
        speed_mps=speed.astype("<f4").tobytes(),
        course_deg=course.astype("<f4").tobytes(),
        measured_us=np.full(n, now_us - 4 * S).astype("<i8").tobytes(),
        freshness=np.zeros(n, "u1").tobytes(),
        reach_m=np.zeros(n).astype("<f4").tobytes(),
        part=np.where(wearer, 0, 1).astype("u1").tobytes(),
        level=np.array([LEVELS.get(name, 0) for name in names], "u1").tobytes(),
    )
