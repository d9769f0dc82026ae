"""Breaches that come to light late: before others, hours ago, behind everything that is remembered, or in an alarm that has long stood."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from walks_by import Seen, batch, engine, told, walk

from backend_bridge.domain.breach.breach_engine import BreachEngine, Level, Step

HOUR = 3600.0


def still(east_m: float, from_s: float, to_s: float, step_s: float = 30.0, device: int = 0) -> list[Seen]:
    """Somebody who stays, east of the zone's centre (its edge is at 200 m)."""
    times = np.arange(from_s, to_s, step_s).tolist()
    return [Seen(at_s, east_m, device=device, speed_mps=0.2, moving=0) for at_s in times]


def late(path: Sequence[Seen], received_s: float, *, newest_first: bool) -> list[Seen]:
    """Fixes that all come at one time."""
    order = path[::-1] if newest_first else path
    return [Seen(f.at_s, f.east_m, received_s, f.device, f.accuracy_m, f.speed_mps, f.moving) for f in order]


def one_by_one(made: BreachEngine, fixes: Sequence[Seen]) -> list[tuple[Step, Level, float]]:
    """What is said of fixes taken each by itself."""
    return [change for fix in fixes for change in told(made, [fix])]


def raised_s(changes: Sequence[tuple[Step, Level, float]]) -> list[float]:
    """When the alarms that were raised began."""
    return [at_s for step, _, at_s in changes if step is Step.RAISED]


def test_a_visit_that_a_backlog_shows_after_a_later_one_is_told_by_itself() -> None:
    made, _ = engine()
    told(made, [*still(-700.0, -600.0, 0.0), *still(-700.0, 1500.0, 1600.0)])
    first, edge, second = still(-100.0, 100.0, 300.0), still(-206.0, 330.0, 580.0), still(-100.0, 600.0, 700.0)
    changes = one_by_one(made, late([*first, *edge, *second, *still(-700.0, 1000.0, 1400.0)], 1700.0, newest_first=True))
    changes += told(made, [Seen(1800.0, -700.0)])
    begun = raised_s(changes)
    assert len(begun) == 2
    assert 600.0 <= begun[0] <= 700.0
    assert 100.0 <= begun[1] <= 300.0


def test_a_visit_shortly_before_what_stands_is_told_by_itself_when_its_backlog_comes_in_order() -> None:
    made, _ = engine()
    assert raised_s(told(made, [*still(-700.0, -900.0, -300.0), *still(-100.0, 415.0, 511.0)])) == [415.0]
    backlog = [*still(-100.0, 0.0, 200.0), *still(-240.0, 210.0, 310.0), Seen(336.0, -201.0), *still(-100.0, 380.0, 410.0)]
    begun = raised_s(one_by_one(made, late(backlog, 520.0, newest_first=False)))
    assert len(begun) == 1
    assert 0.0 <= begun[0] <= 180.0


def test_a_long_stay_shown_newest_first_is_one_alarm_though_its_fixes_are_unsure_for_minutes() -> None:
    made, _ = engine()
    told(made, [*still(-700.0, -600.0, 0.0), *still(-700.0, 1500.0, 1600.0)])
    first, edge, second = still(-100.0, 100.0, 300.0), still(-197.0, 330.0, 420.0), still(-100.0, 430.0, 700.0)
    changes = one_by_one(made, late([*first, *edge, *second, *still(-700.0, 1000.0, 1400.0)], 1700.0, newest_first=True))
    assert len(raised_s(changes)) == 1


def test_a_stay_of_half_an_hour_that_is_shown_newest_first_is_said_again_with_its_true_begin() -> None:
    made, _ = engine()
    told(made, [*still(-700.0, -600.0, 0.0), *still(-700.0, 3000.0, 3100.0)])
    backlog = [*still(-700.0, 300.0, 600.0), *still(-100.0, 700.0, 2500.0), *still(-700.0, 2600.0, 2900.0)]
    begun = raised_s(one_by_one(made, late(backlog, 3200.0, newest_first=True)))
    assert begun[-1] == pytest.approx(700.0, abs=60.0)
    assert len(begun) == 2


def test_a_stay_that_proves_to_have_begun_a_quarter_of_an_hour_earlier_is_said_again_once_that_has_held_still() -> None:
    made, _ = engine()
    assert raised_s(told(made, [*still(-700.0, 0.0, 600.0), *still(-100.0, 1500.0, 1510.0)])) == [1500.0]
    changes = one_by_one(made, late([*still(-700.0, 620.0, 720.0), *still(-100.0, 720.0, 1500.0)], 1520.0, newest_first=True))
    assert raised_s(changes) == []
    changes = one_by_one(made, late(still(-700.0, 400.0, 600.0, 20.0), 1530.0, newest_first=True))
    assert raised_s(changes) == [pytest.approx(720.0, abs=30.0)]


@pytest.mark.parametrize("moves", [False, True])
def test_a_stay_before_minutes_of_which_nothing_is_known_is_told_at_once_where_somebody_moved_after_them(*, moves: bool) -> None:
    made, _ = engine()
    here = walk(-100.0, 100.0, 620.0)[:1] if moves else still(-100.0, 620.0, 630.0)
    assert raised_s(told(made, [*still(-700.0, 0.0, 100.0), *here])) == [620.0]
    stay = walk(-150.0, 20.0, 200.0) if moves else still(-100.0, 200.0, 320.0)
    changes = one_by_one(made, late([*still(-700.0, 100.0, 180.0), *stay], 640.0, newest_first=True))
    assert raised_s(changes) == ([200.0] if moves else [])


def test_a_breach_that_is_told_when_it_is_over_says_how_sure_it_was_when_it_began() -> None:
    made, _ = engine()
    told(made, [*still(-700.0, -600.0, 0.0), *still(-700.0, 3000.0, 3100.0)])
    backlog = late([*still(-100.0, 700.0, 2500.0), *still(-700.0, 2600.0, 2900.0)], 3200.0, newest_first=True)
    taken = batch([*backlog, Seen(3210.0, -700.0)])
    crossings, _ = made.advance(taken, taken.device)
    raised = crossings[crossings["step"] == Step.RAISED]
    assert len(raised) >= 2
    assert (raised["probability"] > 0.3).all()
    assert (raised["distance_m"] < 0.0).all()


@pytest.mark.parametrize("rim_m", [-199.0, -203.0])
def test_a_red_that_is_told_late_is_not_dated_to_the_quarter_of_an_hour_at_the_rim_before_it(rim_m: float) -> None:
    made, _ = engine()
    told(made, still(-700.0, 0.0, 100.0))
    rim = [Seen(150.0 + 30.0 * number, rim_m, accuracy_m=20.0, speed_mps=0.2, moving=0) for number in range(30)]
    changes = one_by_one(made, late([*rim, *still(-100.0, 1060.0, 1500.0)], 2000.0, newest_first=True))
    changes += told(made, still(-700.0, 2010.0, 2100.0))
    reds = [at_s for step, level, at_s in changes if level is Level.RED and step in (Step.RAISED, Step.UPGRADED)]
    assert reds
    assert min(reds) >= 1060.0


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_visit_before_what_stands_is_told_beside_it_once_and_what_stands_stays(*, newest_first: bool) -> None:
    made, target = engine()
    begun = raised_s(told(made, [*still(-700.0, -900.0, -300.0), *still(-700.0, 600.0, 880.0), *still(-100.0, 900.0, 1200.0)]))
    backlog = [*still(-100.0, 0.0, 200.0), *still(-700.0, 230.0, 580.0)]
    changes = one_by_one(made, late(backlog, 1300.0, newest_first=newest_first)) + told(made, [Seen(1310.0, -100.0)])
    assert [change[0] for change in changes if change[0] is not Step.UPGRADED_BESIDE][:2] == [Step.RAISED_BESIDE, Step.CLEARED_BESIDE]
    assert all(step >= Step.RAISED_BESIDE for step, _, _ in changes)
    assert 0.0 <= changes[0][2] <= 200.0
    assert begun == [900.0]
    assert made.level(target) is Level.RED


def test_a_beginning_that_was_told_before_is_not_told_again_when_a_backlog_joins_two_alarms() -> None:
    made, _ = engine()
    first, second = still(-100.0, 0.0, 300.0), still(-100.0, 1200.0, 1500.0)
    begun = raised_s(told(made, [*first, *still(-420.0, 330.0, 400.0), *still(-420.0, 700.0, 900.0), *second]))
    assert len(begun) == 2
    between = late(still(-195.0, 400.0, 1200.0, 10.0), 1600.0, newest_first=False)
    assert raised_s(one_by_one(made, between)) == []


@pytest.mark.parametrize("stood_h", [1.0, 4.0])
def test_who_comes_back_surely_in_an_alarm_that_has_stood_for_hours_is_told_anew(stood_h: float) -> None:
    made, _ = engine()
    stay = still(-100.0, 0.0, stood_h * HOUR, 60.0)
    assert len(raised_s(told(made, stay))) == 1
    out = [Seen(stood_h * HOUR + at_s, -215.0, accuracy_m=20.0) for at_s in (0.0, 30.0, 60.0, 90.0)]
    back = [Seen(stood_h * HOUR + at_s, -100.0) for at_s in (120.0, 150.0)]
    changes = told(made, [*out, *back])
    if stood_h < 3.0:
        assert changes == []
    else:
        assert [change[0] for change in changes] == [Step.CLEARED, Step.RAISED]
        assert raised_s(changes) == [stood_h * HOUR + 120.0]


@pytest.mark.parametrize(("stood_h", "doubted_s"), [(1.0, 2400.0), (4.0, 900.0), (4.0, 2400.0)])
def test_who_is_surely_inside_after_half_an_hour_of_doubt_in_an_alarm_that_has_stood_for_hours_is_told_anew(
    stood_h: float, doubted_s: float
) -> None:
    made, _ = engine()
    begin_s = stood_h * HOUR
    assert len(raised_s(told(made, still(-150.0, 0.0, begin_s, 60.0)))) == 1
    assert told(made, still(-200.0, begin_s, begin_s + doubted_s, 60.0)) == []
    changes = told(made, still(-100.0, begin_s + doubted_s, begin_s + doubted_s + 300.0))
    if stood_h < 3.0 or doubted_s < 1800.0:
        assert changes == []
    else:
        assert [change[0] for change in changes] == [Step.CLEARED, Step.RAISED]
        assert raised_s(changes)[0] == pytest.approx(begin_s + doubted_s, abs=120.0)


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_visit_of_a_backlog_is_told_though_a_late_fix_had_made_the_one_before_longer(*, newest_first: bool) -> None:
    made, _ = engine()
    assert len(raised_s(told(made, [*still(-700.0, -900.0, -600.0), *still(-100.0, -590.0, 0.0)]))) == 1
    out = [Seen(at_s, -260.0 - at_s / 2) for at_s in (40.0, 60.0, 90.0, 110.0, 121.0)]
    assert [change[0] for change in told(made, out)] == [Step.CLEARED]
    assert told(made, [Seen(5.0, -150.0, 125.0)]) == []
    again = [Seen(190.0, -300.0), *(Seen(at_s, -80.0) for at_s in (225.0, 245.0)), Seen(290.0, -300.0), Seen(330.0, -600.0)]
    changes = one_by_one(made, [Seen(900.0, -3000.0), *late([*again, Seen(500.0, -1500.0)], 905.0, newest_first=newest_first)])
    begun = raised_s(changes)
    assert len(begun) == 1
    assert 190.0 <= begun[0] <= 250.0


def behind_all(made: BreachEngine) -> None:
    """Fill the history with hours far away."""
    told(made, still(-3000.0, 20 * HOUR, 23 * HOUR, 60.0))


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_stay_in_a_backlog_older_than_the_history_is_one_alarm_from_its_begin_to_its_end(*, newest_first: bool) -> None:
    made, target = engine()
    behind_all(made)
    path = [*still(-900.0, 0.0, 600.0), *walk(-900.0, -100.0, 600.0), *still(-100.0, 1200.0, 2400.0, 120.0), *walk(-100.0, -900.0, 2400.0)]
    changes = one_by_one(made, late(path, 23.5 * HOUR, newest_first=newest_first))
    assert [change[0] for change in changes if change[0] is not Step.UPGRADED] == [Step.RAISED]
    assert made.level(target) is Level.RED
    begun = raised_s(changes)[0]
    assert (2400.0 < begun < 2600.0) if newest_first else (1000.0 < begun < 1200.0)
    end = told(made, [Seen(24 * HOUR, -3000.0)])
    assert [change[0] for change in end] == [Step.CLEARED]
    assert 2400.0 < end[0][2] < 2700.0
    assert made.level(target) is Level.OFF


def test_an_old_breach_is_told_beside_an_alarm_that_stands_and_goes_on() -> None:
    made, target = engine()
    behind_all(made)
    told(made, still(-100.0, 23 * HOUR, 23.2 * HOUR))
    changes = one_by_one(made, late(still(-100.0, 600.0, 1200.0), 23.3 * HOUR, newest_first=False))
    assert [change[:2] for change in changes] == [(Step.RAISED_BESIDE, Level.RED), (Step.CLEARED_BESIDE, Level.RED)]
    assert changes[0][2] == 600.0
    assert made.level(target) is Level.RED
    assert told(made, [Seen(23.3 * HOUR, -100.0)]) == []


def test_a_single_old_fix_that_jumps_out_of_a_stay_is_no_breach() -> None:
    made, _ = engine()
    behind_all(made)
    path = [
        *still(-500.0, 0.0, 1800.0),
        Seen(1810.0, -150.0, accuracy_m=25.0, speed_mps=float("nan"), moving=0),
        *still(-500.0, 1820.0, 2400.0),
    ]
    assert told(made, late(path, 23.5 * HOUR, newest_first=False)) == []


old = st.builds(
    Seen,
    at_s=st.floats(0.0, 9000.0),
    east_m=st.floats(-800.0, 800.0),
    accuracy_m=st.floats(3.0, 300.0),
    speed_mps=st.sampled_from([0.0, 1.5, 12.0, float("nan")]),
    moving=st.sampled_from([-1, 0, 1]),
)
new = st.builds(Seen, at_s=st.floats(23 * HOUR, 24 * HOUR), east_m=st.floats(-800.0, 800.0))


@settings(max_examples=40, deadline=None)
@given(fixes=st.lists(st.one_of(old, old, new), min_size=1, max_size=50), cuts=st.lists(st.integers(0, 50), max_size=4))
def test_old_fixes_among_new_ones_alternate_and_do_not_depend_on_the_batch(fixes: list[Seen], cuts: list[int]) -> None:
    """A target is raised, perhaps upgraded, cleared, and only then raised again; cut anywhere, a snapshot at each cut: the same bits.

    What is told beside it is told while it stands, and over before anything else is.
    """
    taken = batch([*still(-3000.0, 20 * HOUR, 22.9 * HOUR, 60.0), *fixes])
    whole, _ = engine()[0].advance(taken, taken.device)
    level, beside = Level.OFF, False
    for crossing in whole:
        step, now = Step(int(crossing["step"])), Level(int(crossing["level"]))
        assert beside == (step in (Step.UPGRADED_BESIDE, Step.CLEARED_BESIDE))
        beside = step in (Step.RAISED_BESIDE, Step.UPGRADED_BESIDE)
        if step >= Step.RAISED_BESIDE:
            assert level is not Level.OFF
            continue
        assert (step is Step.RAISED) == (level is Level.OFF)
        assert step is not Step.UPGRADED or (level, now) == (Level.AMBER, Level.RED)
        level = Level.OFF if step is Step.CLEARED else now
    made, parts = engine()[0], []
    for start, end in pairwise(sorted({0, len(taken), *(min(len(taken) - len(fixes) + cut, len(taken)) for cut in cuts)})):
        made = BreachEngine.of_parts(made.parts())
        rows = np.arange(start, end)
        piece, _ = made.advance(taken.take(rows), taken.device[rows])
        piece["fix"] += start
        parts.append(piece)
    assert np.concatenate(parts).tobytes() == whole.tobytes()
