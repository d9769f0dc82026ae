"""What the breach engine says of simple days, and laws that hold for any."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from walks_by import ALWAYS, NOON_US, S, Seen, batch, engine, told, walk

from backend_bridge.domain.breach.breach_engine import BreachEngine, Level, Step, TargetKind
from backend_bridge.domain.breach.policy import POLICY
from backend_bridge.domain.breach.target_levels import WEIGHTS, red_from
from backend_bridge.domain.breach.track_model import STILL, WALK
from backend_bridge.domain.breach.track_table import FIGURES_WIDTH, empty_targets


def test_who_walks_in_is_told_at_the_first_fix_inside() -> None:
    made, target = engine()
    changes = told(made, walk(-600.0, 0.0))
    assert changes[0][0] is Step.RAISED
    assert changes[-1][1] is Level.RED
    assert changes[-1][2] == pytest.approx(400.0 / 1.4, abs=45.0)
    assert made.level(target) is Level.RED


def test_an_alarm_ends_when_he_has_left_and_not_when_he_steps_out() -> None:
    made, target = engine()
    path = walk(-600.0, 0.0)
    told(made, path)
    start = path[-1].at_s
    out = [Seen(start + 60, 260.0), Seen(start + 90, 150.0), Seen(start + 120, 0.0)]
    assert told(made, out) == []
    gone = [Seen(start + 200 + 30 * k, 300.0 + 42.0 * k) for k in range(10)]
    assert [change[:2] for change in told(made, gone)] == [(Step.CLEARED, Level.RED)]
    assert made.level(target) is Level.OFF


def test_a_jump_of_a_device_at_rest_is_no_breach() -> None:
    made, _ = engine()
    home = [Seen(60.0 * k, -400.0, accuracy_m=25.0, speed_mps=0.2, moving=0) for k in range(60)]
    jump = [Seen(3600.0 + 60.0 * k, -100.0, accuracy_m=25.0, speed_mps=float("nan"), moving=0) for k in range(3)]
    assert told(made, home + jump) == []


def test_a_fix_at_rest_that_says_less_of_its_error_than_those_before_is_not_believed_more() -> None:
    made, _ = engine()
    home = [Seen(60.0 * k, -230.0, accuracy_m=25.0, speed_mps=float("nan"), moving=0) for k in range(60)]
    strayed = Seen(3600.0, -190.0, accuracy_m=9.0, speed_mps=float("nan"), moving=0)
    assert told(made, [*home, strayed]) == []


def test_red_is_asked_of_who_stays_at_a_higher_probability_than_of_who_moves() -> None:
    target = empty_targets(1)[0]
    figures = np.zeros(FIGURES_WIDTH)
    policy = np.array(POLICY)
    asked = {}
    for kind in (TargetKind.EXCLUSION, TargetKind.RING):
        target["kind"] = kind
        for motion in (STILL, WALK):
            figures[WEIGHTS:] = 0.0
            figures[WEIGHTS + motion] = 1.0
            asked[kind, motion] = red_from(target, figures, policy)
    assert asked[TargetKind.EXCLUSION, WALK] < POLICY[1] < asked[TargetKind.EXCLUSION, STILL] < 1.0
    assert asked[TargetKind.RING, WALK] == asked[TargetKind.RING, STILL] == POLICY[1]


def car(north_m: float = 0.0) -> list[Seen]:
    """A car that says nothing but where it is, at 12 m/s eastwards."""
    unknown = float("nan")
    return [
        Seen(at_s, at_s * 12.0 - 600.0, accuracy_m=unknown, speed_mps=unknown, moving=-1, north_m=north_m)
        for at_s in np.arange(0.0, 100.0, 5.0).tolist()
    ]


def test_a_car_that_says_nothing_of_its_error_is_red_well_inside_and_amber_at_the_edge() -> None:
    made, _ = engine()
    levels = {level: at_s for _, level, at_s in told(made, car()[:11])}
    assert 600.0 - 12.0 * levels[Level.AMBER] == pytest.approx(200.0, abs=45.0)
    assert 600.0 - 12.0 * levels[Level.RED] == pytest.approx(200.0 - 36.0, abs=45.0)


def test_a_car_that_only_clips_the_zone_is_amber() -> None:
    made, _ = engine()
    assert {level for _, level, _ in told(made, car(180.0))} == {Level.AMBER}


def held_back(path: Sequence[Seen], *, newest_first: bool = False) -> list[Seen]:
    """The fixes of a walk that an outage between 250 s and 640 s held back until 1200 s."""
    kept = [f for f in path if 250.0 < f.at_s < 640.0]
    order = kept[::-1] if newest_first else kept
    return [Seen(f.at_s, f.east_m, received_s=1200.0 + 0.2 * k) for k, f in enumerate(order)]


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_breach_in_a_backlog_is_one_alarm_that_grows_with_it_and_ends_with_the_next_fix(*, newest_first: bool) -> None:
    made, target = engine()
    path = walk(-600.0, 0.0) + walk(0.0, -900.0, 440.0)
    told(made, [f for f in path if not 250.0 < f.at_s < 640.0])
    changes = [change for f in held_back(path, newest_first=newest_first) for change in told(made, [f])]
    assert [change[0] for change in changes].count(Step.RAISED) == 1
    assert Step.CLEARED not in [change[0] for change in changes]
    assert made.level(target) is Level.RED
    end = told(made, [Seen(1210.0, -900.0)])
    assert [change[:2] for change in end] == [(Step.CLEARED, Level.RED)]
    assert end[0][2] < 800.0


def test_a_late_breach_that_is_over_is_raised_and_cleared_with_its_true_time() -> None:
    made, target = engine()
    there, back = walk(-600.0, 0.0), walk(0.0, -900.0, 440.0)
    path = there + back
    live = [f for f in path if not 250.0 < f.at_s < 640.0]
    assert told(made, live) == []
    changes = told(made, held_back(path))
    assert Level.RED in {level for _, level, _ in changes}
    assert all(250.0 < at_s < 640.0 for _, _, at_s in changes)
    assert told(made, [Seen(1210.0, -900.0)])[-1][0] is Step.CLEARED
    assert made.level(target) is Level.OFF


def test_outside_its_window_a_zone_says_nothing() -> None:
    made, _ = engine(np.array([[NOON_US + 3600 * S, NOON_US + 7200 * S]], np.int64))
    assert told(made, walk(-600.0, 0.0)) == []
    inside = [Seen(3590.0, 0.0, speed_mps=0.1, moving=0), Seen(3600.0, 0.0, speed_mps=0.1, moving=0)]
    assert told(made, inside) == [(Step.RAISED, Level.RED, 3600.0)]


def test_a_standing_alarm_can_be_ended_without_a_fix() -> None:
    made, target = engine()
    path = walk(-600.0, 0.0)
    told(made, path)
    assert made.clear(target, NOON_US + 1000 * S)
    assert not made.clear(target, NOON_US + 1001 * S)
    assert made.level(target) is Level.OFF


def test_a_ring_goes_with_the_protected_person() -> None:
    made = BreachEngine()
    his, hers = made.device("ANK-1"), made.device("VIC-1")
    ring = made.watch_ring(TargetKind.RING, his, hers, 500.0, ALWAYS)
    path = [f for k in range(40) for f in (Seen(30.0 * k, 0.0), Seen(30.0 * k + 1, 2000.0 - 42.0 * k, device=1))]
    changes = told(made, path)
    assert changes[-1][1] is Level.RED
    assert made.level(ring) is Level.RED
    pair = made.pairs_at(np.array([his], np.int32), np.array([hers], np.int32), NOON_US + 1171 * S)
    assert pair.distance_m[0] == pytest.approx(362.0, abs=15.0)
    assert pair.subject_share[0] == pytest.approx(0.0, abs=0.1)


fix = st.builds(
    Seen,
    at_s=st.floats(0.0, 4000.0),
    east_m=st.floats(-800.0, 800.0),
    accuracy_m=st.floats(3.0, 300.0),
    speed_mps=st.sampled_from([0.0, 1.5, 12.0, float("nan")]),
    moving=st.sampled_from([-1, 0, 1]),
    device=st.sampled_from([0, 0, 1]),
)


@settings(max_examples=60, deadline=None)
@given(fixes=st.lists(fix, min_size=1, max_size=60), cuts=st.lists(st.integers(0, 60), max_size=4), saved=st.integers(0, 60))
def test_batching_and_a_restart_change_nothing(fixes: list[Seen], cuts: list[int], saved: int) -> None:
    """Any order of measurement, any cut of the same fixes, a snapshot anywhere: the same crossings, bit for bit."""
    taken = batch(fixes)
    whole, _ = engine()[0].advance(taken, taken.device)
    made, _ = engine()
    edges = sorted({0, len(fixes), *(min(c, len(fixes)) for c in cuts), min(saved, len(fixes))})
    parts = []
    for start, end in pairwise(edges):
        if start == min(saved, len(fixes)):
            made = BreachEngine.of_parts(made.parts())
        rows = np.arange(start, end)
        piece, _ = made.advance(taken.take(rows), taken.device[rows])
        piece["fix"] += start
        parts.append(piece)
    assert np.concatenate(parts).tobytes() == whole.tobytes()


@settings(max_examples=60, deadline=None)
@given(fixes=st.lists(fix, min_size=1, max_size=60))
def test_crossings_alternate(fixes: list[Seen]) -> None:
    """A target is raised, perhaps upgraded, cleared, and only then raised again; what is told beside it is told whole."""
    level, beside = Level.OFF, Level.OFF
    for step, now, _ in told(engine()[0], fixes):
        if step >= Step.RAISED_BESIDE:
            assert (step is Step.RAISED_BESIDE) == (beside is Level.OFF)
            beside = Level.OFF if step is Step.CLEARED_BESIDE else now
            continue
        assert beside is Level.OFF
        assert (step is Step.RAISED) == (level is Level.OFF)
        assert step is not Step.UPGRADED or (level, now) == (Level.AMBER, Level.RED)
        level = Level.OFF if step is Step.CLEARED else now
