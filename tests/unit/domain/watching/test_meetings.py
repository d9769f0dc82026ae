"""Pairs by a grid are all pairs; what a meeting is, what a visit; how far somebody can come."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from backend_bridge.domain.breach.ground import distance_m, distances_m
from backend_bridge.domain.watching.meetings import LOOK, MEETING, are_near, are_visits, code_of, gone_on, near_pairs, pair_of, sure_for_us
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


def after(chances: dict[int, float], *, going: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """The meeting of one pair, and those that are over, after looks at some minutes; she walks 60 m a minute where both go."""
    meetings, ended = np.zeros(0, MEETING), []
    for minute, chance in chances.items():
        look = np.array([(5, chance, 37.5 + (minute * 60.0 / 111_000.0 if going else 0.0), 127.0, going)], LOOK)
        meetings, over = gone_on(meetings, look, minute * 60 * S)
        ended += over.tolist()
    return meetings, np.array(ended, MEETING)


def test_a_meeting_goes_on_over_a_short_pause_and_ends_with_a_long_one() -> None:
    short, _ = after({0: 0.9, 1: 0.9, 4: 0.9})
    long, ended = after({0: 0.9, 1: 0.9, 7: 0.9})
    assert short["n_near"].tolist() == [3]
    assert long["begun_us"].tolist() == [7 * 60 * S]
    assert ended["n_near"].tolist() == [2]


def test_a_meeting_is_over_as_soon_as_he_is_surely_gone_and_was_a_visit() -> None:
    meetings, ended = after({0: 0.95, 1: 0.99, 2: 0.99, 3: 0.01})
    assert len(meetings) == 0
    assert are_visits(ended).tolist() == [True]


def test_who_only_seems_near_once_has_not_visited_and_who_stays_for_long_lives_there() -> None:
    _, passing = after({0: 0.6, 1: 0.99, 2: 0.6, 3: 0.0})
    _, living = after({**dict.fromkeys(range(40), 0.995), 40: 0.0})
    assert are_near(passing).tolist() == [False]
    assert (are_near(living).tolist(), are_visits(living).tolist()) == ([True], [False])


def test_being_surely_near_lasts_through_a_doubt_and_not_through_a_denial() -> None:
    doubted, _ = after({0: 0.99, 1: 0.99, 2: 0.7, 3: 0.99})
    denied, _ = after({0: 0.99, 1: 0.99, 2: 0.3, 3: 0.99, 4: 0.99})
    assert sure_for_us(doubted).tolist() == [3 * 60 * S]
    assert doubted["n_sure"].tolist() == [3]
    assert sure_for_us(denied).tolist() == [60 * S]


def test_the_way_counts_only_while_both_go() -> None:
    assert after(dict.fromkeys(range(6), 0.99), going=True)[0]["way_m"][0] == pytest.approx(300.0, rel=0.02)
    assert after(dict.fromkeys(range(6), 0.99))[0]["way_m"].tolist() == [0.0]


def test_looks_at_many_pairs_keep_each_to_its_own() -> None:
    rows = [(code, 0.99 if code % 2 else 0.1, 37.5, 127.0, False) for code in (9, 3, 4, 7)]
    meetings, _ = gone_on(np.zeros(0, MEETING), np.array(rows, LOOK), 60 * S)
    later, over = gone_on(meetings, np.array([(7, 0.0, 37.5, 127.0, False), (2, 0.5, 37.5, 127.0, False)], LOOK), 120 * S)
    assert meetings["code"].tolist() == [3, 7, 9]
    assert (later["code"].tolist(), over["code"].tolist()) == ([2, 3, 9], [7])


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
