"""The place of who stays, by all fixes of the stay, and of who goes, between two of them."""

from collections.abc import Sequence

import numpy as np
import pytest
from worlds import HERE, T0, Row, S, at, fixes, stay, walk

from backend_bridge.domain.breach.breach_engine import BreachEngine
from backend_bridge.domain.breach.ground import distance_m
from backend_bridge.domain.breach.stay_filter import STAY_WIDTH
from backend_bridge.domain.breach.stay_places import Places

ONE = np.zeros(1, np.int32)


def engine_of(rows: Sequence[Row], **columns: object) -> BreachEngine:
    engine = BreachEngine()
    engine.device("ANK-1")
    engine.advance(fixes(rows, **columns), np.zeros(len(rows), np.int32))
    return engine


def places(engine: BreachEngine, seconds: Sequence[float]) -> list[Places]:
    stays = np.zeros((1, STAY_WIDTH))
    return [engine.places_at(stays, ONE, T0 + round(second * S)) for second in seconds]


def off_m(place: Places, true: object = HERE) -> float:
    return distance_m(float(place.lat_deg[0]), float(place.lon_deg[0]), true.lat_deg, true.lon_deg)  # type: ignore[attr-defined]  # a LatLon


def noisy(seed: int, memory_s: float, error_m: float = 18.0) -> list[Row]:
    """Two hours at `HERE`, a fix each minute, with an error that is forgotten over `memory_s`."""
    chance, error, rows = np.random.default_rng(seed), np.zeros(2), []
    for second in range(0, 7200, 60):
        keep = float(np.exp(-60.0 / memory_s)) if second else 0.0
        error = keep * error + error_m * np.sqrt(1.0 - keep * keep) * chance.standard_normal(2)
        rows.append(("ANK-1", float(second), at(float(error[0]), float(error[1]))))
    return rows


@pytest.mark.parametrize("memory_s", [1.0, 300.0, 900.0])
def test_the_error_that_is_left_of_a_long_stay_is_as_large_as_it_is_said_to_be(memory_s: float) -> None:
    off, sigma = [], []
    for seed in range(12):
        (place,) = places(engine_of(noisy(seed, memory_s), accuracy_m=27.0, moving=0, speed_mps=0.0), [7190.0])
        off.append(off_m(place))
        sigma.append(float(np.sqrt(place.variance_m2[0])))
    assert 0.4 <= np.sqrt(np.mean(np.square(off)) / 2.0) / np.mean(sigma) <= 1.8
    assert np.mean(sigma) <= (3.0 if memory_s == 1.0 else 14.0)


def test_who_rides_was_between_two_fixes_where_the_way_says() -> None:
    rows = walk("ANK-1", HERE, at(4000, 0), 0, 400, 40.0)
    (place,) = places(engine_of(rows, speed_mps=10.0, moving=1), [220.0])
    assert off_m(place, at(2200, 0)) < 30.0
    assert place.since_us.tolist() == [-1]


def test_nothing_is_said_during_a_reflection_and_the_stay_goes_on_after_it() -> None:
    rows = stay("ANK-1", HERE, 0, 1800, 60.0) + stay("ANK-1", at(260, 0), 1800, 2100, 60.0) + stay("ANK-1", HERE, 2100, 2700, 60.0)
    before, during, after = places(engine_of(rows, moving=0, speed_mps=0.0, accuracy_m=25.0), [1790.0, 2050.0, 2690.0])
    assert before.since_us.tolist() == after.since_us.tolist() == [T0]
    assert np.isnan(during.lat_deg[0])
    assert off_m(after) < 5.0


def test_a_stay_begins_anew_where_somebody_has_gone_to_and_it_is_known_that_they_came() -> None:
    rows = stay("ANK-1", HERE, 0, 900, 60.0) + walk("ANK-1", HERE, at(600, 0), 900, 1350, 25.0)
    rows += stay("ANK-1", at(600, 0), 1350, 2400, 60.0)
    engine = engine_of(rows)
    first, second = places(engine, [890.0, 2390.0])
    assert (first.came.tolist(), second.came.tolist()) == ([False], [True])
    assert 1200 * S <= second.since_us[0] - T0 <= 1700 * S
    assert off_m(second, at(600, 0)) < 10.0


def test_looking_each_minute_shows_the_same_as_looking_once() -> None:
    engine = engine_of(noisy(3, 300.0), accuracy_m=27.0)
    once, often = places(engine, [7190.0])[0], places(engine, range(30, 7200, 60))[-1]
    assert (once.lat_deg[0], once.lon_deg[0], once.variance_m2[0]) == (often.lat_deg[0], often.lon_deg[0], often.variance_m2[0])


def test_who_leaps_in_a_moment_to_where_they_stand_is_nowhere_until_it_is_sure() -> None:
    rows = stay("ANK-1", at(-200, 0), 0, 60, 30.0) + stay("ANK-1", at(160, 0), 120, 1200, 60.0)
    soon, late = places(engine_of(rows, moving=0, speed_mps=0.0, accuracy_m=20.0), [500.0, 1190.0])
    assert np.isnan(soon.lat_deg[0])
    assert off_m(late, at(160, 0)) < 15.0


def test_where_somebody_goes_is_said_once_the_next_fix_has_come() -> None:
    rows = walk("ANK-1", HERE, at(400, 0), 0, 300, 25.0)
    engine, stays = engine_of(rows, speed_mps=1.33, moving=1), np.zeros((1, STAY_WIDTH))
    assert np.isnan(engine.places_at(stays, ONE, T0 + 400 * S).lat_deg[0])
    assert engine.untaken_since_us(stays, ONE)[1].tolist() == [2**62]
    engine.advance(fixes([("ANK-1", 450.0, at(600, 0))], speed_mps=1.33, moving=1), ONE)
    assert engine.untaken_since_us(stays, ONE)[1].tolist() == [T0 + 400 * S]
    assert off_m(engine.places_at(stays, ONE, T0 + 400 * S), at(533, 0)) < 40.0
