"""A fix inside a zone that the filter takes for displaced: later fixes say whether the person was there after all."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from walks_by import ALWAYS, NOON_US, ZONE, S, Seen, batch, told

from backend_bridge.domain.breach.breach_engine import BreachEngine, Level, Step, TargetKind

RIDE_MPS, EVERY_S = 5.0, 30.0


def small_zone() -> BreachEngine:
    """An engine that watches a zone of 60 m for ANK-1."""
    made = BreachEngine()
    subject = made.device("ANK-1")
    made.device("VIC-1")
    made.watch_zone(subject, TargetKind.EXCLUSION, replace(ZONE, radius_m=60.0), ALWAYS)
    return made


def riding(from_s: float, until_s: float) -> list[Seen]:
    """Somebody who rides east at 5 m/s, past the zone's middle at noon; a fix every half a minute."""
    times = np.arange(from_s, until_s + 1.0, EVERY_S).tolist()
    return [Seen(at_s, RIDE_MPS * at_s, speed_mps=RIDE_MPS, north_m=-12.0, course_deg=90.0) for at_s in times]


STUCK = Seen(-30.0, -292.0, accuracy_m=40.0, speed_mps=np.nan, moving=0, north_m=-4.0)
"""The device says that it rests where it was half a minute before."""
INSIDE = Seen(0.0, -4.0, accuracy_m=40.0, speed_mps=np.nan, moving=0, north_m=-7.0)
COMING = [*riding(-240.0, -60.0), STUCK]


def raised(changes: Sequence[tuple[Step, Level, float]]) -> list[tuple[Level, float]]:
    """Levels and times of what was raised."""
    return [(level, at_s) for step, level, at_s in changes if step is Step.RAISED]


def test_a_doubted_fix_inside_raises_nothing_by_itself() -> None:
    assert told(small_zone(), [*COMING, INSIDE]) == []


def test_it_raises_amber_once_the_next_fix_shows_that_the_way_led_there() -> None:
    changes = told(small_zone(), [*COMING, INSIDE, *riding(30.0, 240.0)])
    assert raised(changes) == [(Level.AMBER, 30.0)]
    assert [step for step, _, _ in changes] == [Step.RAISED, Step.CLEARED]


def test_the_alarm_says_which_fix_it_is_about_and_how_likely_it_was_inside() -> None:
    taken = batch([*COMING, INSIDE, *riding(30.0, 60.0)])
    crossings, _ = small_zone().advance(taken, taken.device)
    assert (crossings["way_us"][0] - NOON_US) / S == INSIDE.at_s
    assert (crossings["way_from_us"][0] - NOON_US) / S == STUCK.at_s
    assert 0.5 <= crossings["way_probability"][0] < 1.0
    assert crossings["way_distance_m"][0] < 0.0 < crossings["way_sigma_m"][0]


@pytest.mark.parametrize("east_m", [-292.0, -200.0])
def test_it_raises_nothing_where_the_next_fixes_show_another_way(east_m: float) -> None:
    resting = [Seen(30.0 * k, east_m, speed_mps=0.1, moving=0, north_m=-12.0) for k in range(1, 8)]
    assert raised(told(small_zone(), [*COMING, INSIDE, *resting])) == []


def test_who_stays_beside_the_zone_is_not_raised_for_one_fix_in_it() -> None:
    beside = [Seen(30.0 * k, -140.0, speed_mps=0.1, moving=0) for k in range(-40, 0)]
    after = [Seen(30.0 * k, -140.0, speed_mps=0.1, moving=0) for k in range(1, 20)]
    assert told(small_zone(), [*beside, replace(INSIDE, accuracy_m=14.0), *after]) == []


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_backlog_that_holds_it_is_raised_at_once_in_whichever_order_it_comes(newest_first: bool) -> None:  # noqa: FBT001  pytest names it
    made, live = small_zone(), riding(240.0, 300.0)
    assert told(made, [*riding(-240.0, -180.0), *live]) == []
    backlog = [*riding(-150.0, -60.0), STUCK, INSIDE, *riding(30.0, 210.0)]
    late = [replace(fix, received_s=310.0) for fix in (reversed(backlog) if newest_first else backlog)]
    assert [level for level, _ in raised(told(made, late))] == [Level.AMBER]
    assert [step for step, _, _ in told(made, riding(330.0, 330.0))] == [Step.CLEARED]
