"""A way through a zone that no fix shows: told by the fixes before and after it, and by these alone."""

from collections.abc import Sequence

import numpy as np
import pytest
from walks_by import ALWAYS, NOON_US, S, Seen, batch, engine, told

from backend_bridge.domain.breach.breach_engine import BreachEngine, Level, Step

RIDE_MPS = 6.0


def ride(times_s: Sequence[float], north_m: float = 0.0) -> list[Seen]:
    """Somebody who rides east past the zone's middle (its edge is at 200 m), which he reaches at 300 s."""
    return [Seen(at_s, RIDE_MPS * (at_s - 300.0), speed_mps=RIDE_MPS, north_m=north_m, course_deg=90.0) for at_s in times_s]


COMING, GOING = [0.0, 80.0, 160.0, 240.0], [360.0, 440.0, 520.0, 600.0]


def test_a_way_through_a_zone_between_two_fixes_is_told_once_as_amber_as_of_the_fix_that_shows_it() -> None:
    made, target = engine()
    changes = told(made, ride([*COMING, *GOING]))
    assert [(step, level) for step, level, _ in changes] == [(Step.RAISED, Level.AMBER), (Step.CLEARED, Level.AMBER)]
    assert changes[0][2] == GOING[0]
    assert made.level(target) is Level.OFF


def test_it_carries_when_and_how_likely_the_way_lay_inside_beside_what_the_fix_shows() -> None:
    made, _ = engine()
    taken = batch(ride([*COMING, *GOING]))
    crossings, _ = made.advance(taken, taken.device)
    assert crossings["fix"][0] == len(COMING)
    way = crossings[0]
    assert (way["way_us"] - NOON_US) / S == pytest.approx(300.0, abs=20.0)
    assert (way["way_from_us"] - NOON_US) / S == COMING[-1]
    assert 0.58 <= way["way_probability"] < 0.97
    assert way["way_distance_m"] < 0.0 < way["way_sigma_m"]
    assert way["probability"] < 0.25
    assert way["distance_m"] == pytest.approx(160.0, abs=20.0)
    assert np.isnan(crossings["way_us"][1])


@pytest.mark.parametrize("north_m", [-300.0, 300.0])
def test_a_way_beside_the_zone_is_not_told(north_m: float) -> None:
    made, _ = engine()
    assert told(made, ride([*COMING, *GOING], north_m)) == []


def test_who_stays_beside_the_zone_with_a_fix_in_two_minutes_is_not_told() -> None:
    made, _ = engine()
    assert told(made, [Seen(120.0 * k, -240.0, speed_mps=0.1, moving=0) for k in range(30)]) == []


def test_a_pause_in_which_the_way_may_have_been_any_tells_nothing() -> None:
    made, _ = engine()
    slow = [Seen(at_s, east_m) for at_s, east_m in ((0.0, -400.0), (60.0, -320.0), (600.0, 320.0), (660.0, 400.0))]
    assert told(made, slow) == []


@pytest.mark.parametrize("opens_s", [330.0, 500.0])
def test_a_zone_that_was_not_in_force_then_is_not_told(opens_s: float) -> None:
    made, _ = engine(np.array([[NOON_US + round(opens_s * S), 2**61]], np.int64))
    assert told(made, ride([*COMING, *GOING])) == []


@pytest.mark.parametrize("closes_s", [330.0, 355.0, 360.0])
def test_a_zone_that_is_no_longer_in_force_at_the_fix_that_shows_it_is_not_told(closes_s: float) -> None:
    """An alarm begins only with a fix measured while the zone is in force."""
    made, _ = engine(np.array([[NOON_US + 250 * S, NOON_US + round(closes_s * S)]], np.int64))
    assert told(made, ride([*COMING, *GOING])) == []


def test_a_fix_inside_after_it_makes_the_same_alarm_red() -> None:
    made, _ = engine()
    back = [Seen(at_s, 250.0, speed_mps=0.5, north_m=0.0) for at_s in (360.0,)]
    inside = [Seen(at_s, 40.0, speed_mps=0.2, moving=0) for at_s in (420.0, 450.0, 480.0)]
    steps = [step for step, _, _ in told(made, [*ride(COMING), *back, *inside])]
    assert steps == [Step.RAISED, Step.UPGRADED]


def test_a_late_fix_inside_after_it_makes_the_same_alarm_red() -> None:
    """It is told of the fix at 390 s, but is about the way before: a fix well before that, come late, shows no other breach."""
    made, _ = engine()
    inside = Seen(280.0, RIDE_MPS * (280.0 - 300.0), speed_mps=RIDE_MPS, course_deg=90.0)
    said = told(made, ride([25.0, 100.0, 175.0, 250.0, 390.0])) + told(made, [inside])
    assert [(step, level) for step, level, _ in said] == [(Step.RAISED, Level.AMBER), (Step.UPGRADED, Level.RED)]


def test_a_late_fix_that_shows_him_on_another_way_ends_it() -> None:
    made, target = engine()
    told(made, ride([*COMING, 360.0]))
    assert made.level(target) is Level.AMBER
    around = [
        Seen(at_s, RIDE_MPS * (at_s - 300.0), 370.0, speed_mps=RIDE_MPS, north_m=320.0, course_deg=90.0) for at_s in (285.0, 300.0, 315.0)
    ]
    told(made, around)
    assert made.level(target) is Level.OFF


def _changes(made: BreachEngine, fixes: Sequence[Seen]) -> list[tuple[Step, Level, float]]:
    return [change for fix in fixes for change in told(made, [fix])]


def test_batches_do_not_matter() -> None:
    whole, single = engine(ALWAYS)[0], engine(ALWAYS)[0]
    path = ride([*COMING, *GOING])
    assert told(whole, path) == _changes(single, path)
