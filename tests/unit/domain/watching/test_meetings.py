"""Pairs by a grid are all pairs; what a meeting is, what a visit; how far somebody can come."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from backend_bridge.domain.breach.ground import distance_m, distances_m
from backend_bridge.domain.watching.meeting_signs import are_following, are_lingering, chance_of_return, is_back
from backend_bridge.domain.watching.meetings import (
    LOOK,
    MEETING,
    Crowd,
    Elsewhere,
    are_visits,
    cells_of,
    code_of,
    crowd_about,
    gone_on,
    near_pairs,
    pair_of,
    stayed_us,
)
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


@pytest.mark.parametrize("n", [10, 60])
def test_who_is_nowhere_is_near_nobody_and_counts_in_no_crowd(n: int) -> None:
    chance, centre = np.random.default_rng(3), (37.5, 127.0)
    his, hers = ([value + chance.uniform(-0.002, 0.002, n) for value in centre] for _ in range(2))
    alone = set(zip(*(index.tolist() for index in near_pairs((his[0], his[1]), (hers[0], hers[1]), 200.0)), strict=True))
    for places in (his, hers):
        places[0][::3] = places[1][::3] = np.nan
    w, p = near_pairs((his[0], his[1]), (hers[0], hers[1]), 200.0)
    assert set(zip(w.tolist(), p.tolist(), strict=True)) == {(i, j) for i, j in alone if i % 3 and j % 3}
    crowd = Crowd()
    crowd.is_now(hers[0], hers[1])
    known = np.arange(n) % 3 > 0
    assert crowd.cells().tolist() == sorted(cells_of(hers[0][known], hers[1][known]).tolist())


def look(code: int, chance: float, minute: int = 0, **changed: object) -> np.ndarray:
    """One look at one pair: he has come just now, both go or neither says where it stays."""
    row = np.zeros(1, LOOK)
    row["code"], row["chance"], row["lat_deg"], row["lon_deg"], row["his_since_us"], row["since_us"] = code, chance, 37.5, 127.0, -1, -1
    for name, value in changed.items():
        row[name] = value
    if changed.get("going"):
        row["lat_deg"] += minute * 60.0 / 111_000.0
    return row


def after(chances: dict[int, float], **changed: object) -> tuple[np.ndarray, np.ndarray]:
    """The meeting of one pair, and those that are over, after looks at some minutes; she walks 60 m a minute where both go."""
    meetings, ended = np.zeros(0, MEETING), []
    for minute, chance in chances.items():
        meetings, over = gone_on(meetings, look(5, chance, minute, **changed), minute * 60 * S, (minute - 1) * 60 * S)
        ended.append(over)
    return meetings, np.concatenate(ended)


def test_a_meeting_goes_on_over_a_short_pause_and_ends_with_a_long_one() -> None:
    short, _ = after({0: 0.9, 1: 0.9, 4: 0.9})
    long, ended = after({0: 0.9, 1: 0.9, 7: 0.9})
    assert (short["begun_us"].tolist(), len(ended)) == ([0], 1)
    assert long["begun_us"].tolist() == [7 * 60 * S]
    assert ended["last_us"].tolist() == [60 * S]


def test_a_meeting_is_over_as_soon_as_he_is_surely_gone_and_was_a_visit() -> None:
    meetings, ended = after({0: 0.95, 1: 0.99, 2: 0.99, 3: 0.01})
    assert len(meetings) == 0
    assert are_visits(ended).tolist() == [True]
    assert ended["second"].tolist() == [0.99]


def test_who_only_seems_near_once_has_not_visited_nor_who_was_there_before_nor_who_lives_there() -> None:
    _, passing = after({0: 0.99, 1: 0.2, 2: 0.0})
    _, there = after({90: 0.99, 91: 0.99, 92: 0.0}, his_since_us=60 * S, his_came=True)
    _, living = after({**dict.fromkeys(range(40), 0.995), 40: 0.0})
    assert [are_visits(ended).tolist() for ended in (passing, there, living)] == [[False]] * 3


def test_how_long_they_were_near_is_the_sum_of_the_chances_over_time() -> None:
    meetings, _ = after({0: 1.0, 1: 0.5, 2: 0.5, 3: 1.0})
    assert meetings["near_us"].tolist() == [120 * S]


def test_staying_is_counted_from_when_both_do_until_one_goes() -> None:
    stays = {"his_since_us": 30 * S, "his_came": True, "since_us": 30 * S, "agreed_us": 400 * S, "n_fixes": 6}
    meetings, _ = after({1: 0.99, 2: 0.99}, **stays)
    assert (meetings["staying"].tolist(), stayed_us(meetings).tolist()) == ([True], [370 * S])
    gone, _ = gone_on(meetings, look(5, 0.6), 180 * S, 120 * S)
    assert (gone["staying"].tolist(), stayed_us(gone).tolist(), gone["stay_chance"].tolist()) == ([False], [370 * S], [0.99])


def test_he_lingers_by_near_certainty_while_he_stays_and_by_less_once_he_has_gone() -> None:
    stays = {"his_since_us": 30 * S, "his_came": True, "since_us": 30 * S, "agreed_us": 500 * S, "n_fixes": 7}
    sure, _ = after({1: 0.9999, 2: 0.9999}, **stays)
    likely, _ = after({1: 0.995, 2: 0.995}, **stays)
    left, _ = gone_on(likely, look(5, 0.4), 180 * S, 120 * S)
    assert [are_lingering(meetings).tolist() for meetings in (sure, likely, left)] == [[True], [False], [True]]
    neighbour, _ = after({91: 0.999, 92: 0.999}, **stays)
    assert are_lingering(neighbour).tolist() == [False]


def test_following_is_going_far_together_and_the_way_counts_only_while_both_go() -> None:
    together, _ = after(dict.fromkeys(range(9), 0.9), going=True)
    assert together["way_m"][0] == pytest.approx(480.0, rel=0.02)
    beside, _ = after(dict.fromkeys(range(9), 0.6), going=True)
    still, _ = after(dict.fromkeys(range(9), 0.99))
    assert [are_following(meetings).tolist() for meetings in (together, beside, still)] == [[True], [False], [False]]


def test_coming_back_is_as_likely_as_both_visits_together_and_takes_a_while_away() -> None:
    (meeting,), _ = after({20: 0.9, 21: 0.9})
    assert chance_of_return([(8 * 60 * S, 0.9), (5 * 60 * S, 0.5)], meeting) == pytest.approx(0.81)
    assert chance_of_return([(15 * 60 * S, 0.9)], meeting) == 0.0


def test_looks_at_many_pairs_keep_each_to_its_own() -> None:
    first = np.concatenate([look(code, 0.99 if code % 2 else 0.1) for code in (9, 3, 4, 7)])
    meetings, _ = gone_on(np.zeros(0, MEETING), first, 60 * S, 0)
    later, over = gone_on(meetings, np.concatenate([look(7, 0.0), look(2, 0.5)]), 120 * S, 60 * S)
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


def test_who_drives_off_between_two_looks_has_gone_and_who_is_in_doubt_may_be_there_still() -> None:
    meetings, _ = after({0: 0.95, 1: 0.99, 2: 0.99})
    far = Elsewhere(his_since_us=np.array([-1]), hers=np.ones(6, np.bool_))
    doubtful = Elsewhere(his_since_us=np.array([-2]), hers=np.ones(6, np.bool_))
    none = look(5, 0.0)[:0]
    on, over = gone_on(meetings, none, 180 * S, 120 * S, far)
    assert (len(on), are_visits(over).tolist()) == (0, [True])
    assert len(gone_on(meetings, none, 180 * S, 120 * S, doubtful)[0]) == 1


def test_a_minute_that_is_looked_at_again_counts_once() -> None:
    meetings, _ = after({0: 1.0, 1: 1.0, 2: 1.0})
    again, _ = gone_on(meetings, look(5, 1.0), 60 * S, 0)
    assert again["near_us"].tolist() == meetings["near_us"].tolist() == [120 * S]


def test_where_many_are_about_a_return_takes_more_and_the_crowd_is_counted_over_the_neighbouring_cells() -> None:
    assert [is_back(0.9, crowd) for crowd in (1, 20, 60)] == [True, True, False]
    assert not is_back(0.7, 1)
    assert is_back(0.97, 60)
    cells = np.sort(cells_of(np.array([37.5, 37.501, 37.5, 37.6]), np.array([127.0, 127.0, 127.004, 127.0])))
    assert crowd_about(cells, 37.5, 127.0) == 3
