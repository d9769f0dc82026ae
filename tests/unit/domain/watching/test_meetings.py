"""Pairs by a grid are all pairs; what a meeting is, what a visit; how far somebody can come."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from backend_bridge.domain.breach.ground import distance_m, distances_m
from backend_bridge.domain.watching.meetings import MEETING, are_visits, code_of, gone_on, looks, near_pairs, pair_of
from backend_bridge.domain.watching.reach_rules import Gait

S = 1_000_000


@settings(max_examples=30, deadline=None)
@given(some.integers(0, 10**6), some.sampled_from([(37.5, 127.0), (-33.9, 18.4), (59.9, 10.7), (0.0005, -0.0005)]))
def test_the_grid_finds_every_pair_that_a_comparison_of_all_finds(seed: int, centre: tuple[float, float]) -> None:
    chance = np.random.default_rng(seed)
    his, hers = ([value + chance.uniform(-0.01, 0.01, 60) for value in centre] for _ in range(2))
    w, p = near_pairs((his[0], his[1]), (hers[0], hers[1]), 200.0)
    rows, columns = (index.ravel() for index in np.indices((60, 60)))
    near = distances_m(his[0][rows], his[1][rows], hers[0][columns], hers[1][columns]) <= 200.0
    assert set(zip(w.tolist(), p.tolist(), strict=True)) == set(zip(rows[near].tolist(), columns[near].tolist(), strict=True))


def seen(minute: int, east_m: float, code: int = 5) -> np.ndarray:
    place = np.array([37.5]), np.array([127.0])
    his = np.array([37.5]), np.array([127.0 + east_m / (111_320.0 * np.cos(np.radians(37.5)))])
    return looks(np.array([code]), his, place, np.array([20.0]), np.array([False]), minute * 60 * S)


def after(looks_m: dict[int, float]) -> tuple[np.ndarray, list[np.ndarray]]:
    meetings, ended = np.zeros(0, MEETING), []
    for minute, east_m in looks_m.items():
        meetings, over = gone_on(meetings, seen(minute, east_m), minute * 60 * S)
        ended += list(over)
    return meetings, ended


def test_a_meeting_goes_on_over_a_short_pause_and_ends_with_a_long_one() -> None:
    short, _ = after({0: 30.0, 1: 30.0, 4: 30.0})
    long, ended = after({0: 30.0, 1: 30.0, 7: 30.0})
    assert short["n"].tolist() == [3]
    assert long["n"].tolist() == [1]
    assert [int(meeting["n"]) for meeting in ended] == [2]


def test_a_visit_is_kept_when_he_goes_on_at_another_distance() -> None:
    meetings, ended = after({0: 20.0, 1: 25.0, 2: 20.0, 3: 20.0, 4: 180.0, 5: 180.0, 6: 180.0})
    assert are_visits(np.array(ended, MEETING)).tolist() == [True]
    assert meetings["n_near"].tolist() == [0]


def test_the_way_between_them_is_averaged() -> None:
    meetings, _ = after({0: 20.0, 1: 60.0, 2: 40.0})
    assert float(np.hypot(meetings["east_m"][0], meetings["north_m"][0])) == pytest.approx(40.0, abs=0.2)


def test_a_pair_has_one_number_and_back() -> None:
    code = int(code_of(np.array([123456], np.int32), np.array([98765], np.int32))[0])
    assert pair_of(code) == (123456, 98765)


def test_a_distance_is_that_of_the_ellipsoid() -> None:
    assert distance_m(37.5, 127.0, 37.51, 127.0) == pytest.approx(1109.9, abs=0.5)
    assert distance_m(37.5, 179.9999, 37.5, -179.9999) == pytest.approx(17.7, abs=0.2)


@settings(max_examples=60, deadline=None)
@given(
    some.floats(0.0, 60_000.0),
    some.sampled_from([Gait(first_mps=2.0, later_mps=14.0, walks_s=900.0), Gait(first_mps=36.0, later_mps=36.0, walks_s=0.0)]),
)
def test_the_time_for_a_way_is_when_reach_covers_it(way_m: float, way: Gait) -> None:
    time_s = way.time_s(way_m)
    assert way.reach_m(time_s) == pytest.approx(way_m, abs=1e-6)
    assert way.reach_m(time_s * 0.9) <= way_m
