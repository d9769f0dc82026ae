"""Looking back at a track: how likely each fix showed the wearer inside a zone, and which fixes nobody can have been at."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from room_builder import ANKLET, HOME, PHONE, T0, S, a_case

from backend_bridge.application.rows import Track
from backend_bridge.application.told_tracks import kept_out_of, told_track
from backend_bridge.domain.case import Case, Schedule
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.watching.registry import Held
from widgets import chart_series

WALK_MPS, EVERY_S = 1.3, 10
METRES_EAST = np.concatenate([np.arange(-800.0, 0.0, 13.0), np.zeros(30), np.arange(0.0, 800.0, 13.0)])
"""On foot towards the middle of the zone of 100 m, five minutes there, and on."""


def fixes_at(east_m: Sequence[float] | NDArray[np.float64], north_m: float = 0.0) -> FixBatch:
    """A fix each ten seconds, off by some metres, with the speed that the device measured."""
    n, chance = len(east_m), np.random.default_rng(7)
    off_m = chance.normal(0.0, 3.0, (2, n))
    measured_us = T0 + np.arange(n) * EVERY_S * S
    per_lon = 111_320 * np.cos(np.radians(HOME.lat_deg))
    return FixBatch(
        device_names=(ANKLET,),
        device=np.zeros(n, np.int32),
        measured_us=measured_us,
        lat_deg=HOME.lat_deg + (north_m + off_m[0]) / 111_320,
        lon_deg=HOME.lon_deg + (np.asarray(east_m) + off_m[1]) / per_lon,
        accuracy_m=np.full(n, 8.0, np.float32),
        speed_mps=(np.abs(np.gradient(np.asarray(east_m))) / EVERY_S).astype(np.float32),
        course_deg=np.full(n, np.nan, np.float32),
        moving=np.full(n, -1, np.int8),
        source=np.zeros(n, np.int8),
        device_seq=np.arange(n, dtype=np.uint64),
        has_device_seq=np.ones(n, np.bool_),
        received_us=measured_us + S,
    )


def told(fixes: FixBatch, case: Case | None = None) -> Track:
    case = a_case() if case is None else case
    zones = kept_out_of(Held(case=case, imported=case, version=1), ANKLET, T0, T0 + 86_400 * S)
    return told_track(ANKLET, fixes, zones, masked=True)


def inside(track: Track) -> NDArray[np.float32]:
    return np.frombuffer(track.inside, "<f4")


def test_who_walks_into_a_zone_and_out_again_is_seen_inside_exactly_then() -> None:
    chance, away_m = inside(told(fixes_at(METRES_EAST))), np.abs(METRES_EAST)
    assert (chance[away_m < 60.0] > 0.95).all()
    assert (chance[away_m > 150.0] < 0.05).all()
    assert len(chance) == len(METRES_EAST)


def test_who_stays_far_away_is_never_inside() -> None:
    assert (inside(told(fixes_at(METRES_EAST, north_m=2500.0))) < 0.001).all()


def test_the_chart_of_the_desk_has_a_line_of_it() -> None:
    series = chart_series.inside_series(chart_series.arrays_of(told(fixes_at(METRES_EAST))))
    assert len(series.value) == len(METRES_EAST)
    assert (np.nanmin(series.value), np.nanmax(series.value)) == pytest.approx((0.0, 100.0), abs=1.0)


def test_a_protected_persons_track_and_that_of_a_forgotten_case_tell_nothing_of_zones() -> None:
    held = Held(case=a_case(), imported=a_case(), version=1)
    assert kept_out_of(held, PHONE, T0, T0 + S) == ()
    assert kept_out_of(None, ANKLET, T0, T0 + S) == ()
    assert np.isnan(inside(told_track(PHONE, fixes_at(METRES_EAST), (), masked=True))).all()


def test_a_ring_tells_nothing_for_it_would_tell_of_her_place() -> None:
    assert np.isnan(inside(told(fixes_at(METRES_EAST), replace(a_case(), zones=())))).all()


def test_outside_of_its_schedule_and_order_a_zone_counts_for_nothing() -> None:
    case, fixes = a_case(), fixes_at(METRES_EAST)
    half_us = int(fixes.measured_us[len(METRES_EAST) // 2])
    ended = replace(case, order=replace(case.order, ends_us=half_us))
    assert (np.isnan(inside(told(fixes, ended))) == (fixes.measured_us >= half_us)).all()
    minute = (T0 // S // 60 + 12 * 60) % 1440
    later = Schedule(tz="UTC", weekdays=frozenset(range(7)), from_minute=minute, to_minute=(minute + 60) % 1440)
    assert np.isnan(inside(told(fixes, replace(case, zones=(replace(case.zones[0], schedule=later),))))).all()


def test_nothing_measured_is_an_empty_track() -> None:
    track = told(FixBatch.empty())
    assert (track.inside, track.rejected, track.measured_us) == (b"", b"", b"")


def test_a_lone_jump_of_a_kilometre_is_told_and_still_in_the_track() -> None:
    fixes = fixes_at(METRES_EAST)
    lat_deg = fixes.lat_deg.copy()
    lat_deg[40] += 0.015
    track = told(replace(fixes, lat_deg=lat_deg))
    assert np.flatnonzero(np.frombuffer(track.rejected, "u1")).tolist() == [40]
    assert np.frombuffer(track.lat_deg, "<f8")[40] == lat_deg[40], "shown as rejected, never deleted"
    assert inside(track)[40] < 0.05


def test_who_was_carried_elsewhere_and_stays_there_is_believed() -> None:
    fixes = fixes_at(METRES_EAST)
    lat_deg = fixes.lat_deg.copy()
    lat_deg[40:] += 0.015
    assert not any(told(replace(fixes, lat_deg=lat_deg)).rejected)


@pytest.mark.parametrize("mps", [1.3, 15.0, 36.0, 60.0])
def test_no_fix_of_a_walk_a_drive_or_a_train_is_rejected(mps: float) -> None:
    east_m = np.concatenate([np.zeros(20), np.arange(1.0, 60.0) * mps * EVERY_S, np.full(20, 59.0 * mps * EVERY_S)])
    assert not any(told(fixes_at(east_m)).rejected)
