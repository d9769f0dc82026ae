"""A wearer whose signal is lost: the very moment from which a breach cannot be excluded, and that anybody can work it out again."""

from collections.abc import Sequence
from dataclasses import fields as fields_of
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from worlds import DAY, HERE, T0, Row, S, alarms, at, case, fixes, of_kind, ring, seconds_of, stay, told, walk, zone

from backend_bridge.adapters.state_codec import decode, encode
from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmStep
from backend_bridge.domain.breach.schedule import schedule_of
from backend_bridge.domain.case import Case, Circle
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.watching.ledger import Timer, TimerKind
from backend_bridge.domain.watching.reach_rules import Gait, Touch
from backend_bridge.domain.watching.watch import Watch

HOUR = 3600.0


def possible(cases: Sequence[Case], rows: Sequence[Row], until_s: float) -> list[AlarmChange]:
    return of_kind(alarms(cases, rows, until_s=until_s), AlarmKind.NOT_EXCLUDED)


def figure(change: AlarmChange, name: str) -> float:
    value = change.because.get(name, 0.0)
    assert isinstance(value, float | int)
    return float(value)


def reach_m(change: AlarmChange, lost_s: float) -> float:
    """How far the wearer can have come, by the figures of the alarm alone."""
    on_foot_s = min(lost_s, figure(change, "on_foot_s"))
    return on_foot_s * figure(change, "on_foot_mps") + (lost_s - on_foot_s) * figure(change, "largest_mps")


def test_a_window_that_opens_after_hours_is_possible_from_then_on_until_it_closes_day_by_day() -> None:
    window = schedule_of("UTC", "FREQ=DAILY", "09:00", "18:00")
    changes = possible([case(zones=(zone(schedule=window),))], stay("ANK-1", at(-1500, 0), 0, HOUR, 60), 34 * HOUR)
    assert [(c.step, seconds_of(c.known_us) / HOUR) for c in changes] == [
        (AlarmStep.RAISED, 9.0),
        (AlarmStep.CLEARED, 18.0),
        (AlarmStep.RAISED, 33.0),
    ]
    assert all(c.happened_us == c.known_us for c in changes)
    assert dict(changes[1].because) == {"cause": "not-in-force"}


def moving_to_him() -> list[Row]:
    """He is lost 45 km away; a while later she drives to within 2 km of where he was last."""
    his = stay("ANK-1", at(-45000, 0), 0, 1800, 60)
    hers = stay("VIC-1", HERE, 0, 2400, 60) + walk("VIC-1", HERE, at(-43000, 0), 2400, 4200, 30)
    return his + hers + stay("VIC-1", at(-43000, 0), 4200, 8000, 60)


def test_who_is_lost_is_possibly_near_her_as_soon_as_she_has_come_into_reach() -> None:
    (raised,) = possible([case(rings=(ring("R2", 500.0),))], moving_to_him(), 12000)
    last_s = max(second for device, second, _ in moving_to_him() if device == "ANK-1")

    def gap_m(second: float) -> float:
        hers_m = 43000.0 * min(max(second - 2400.0, 0.0) / 1800.0, 1.0)
        return 45000.0 - hers_m - 500.0 - reach_m(raised, second - last_s)

    met_s = next(second for second in range(2400, 4200) if gap_m(second) <= 0.0)
    assert met_s - 10 <= seconds_of(raised.known_us) <= met_s + 45


def test_who_is_lost_is_not_possibly_near_her_when_she_has_gone_far_away() -> None:
    rows = stay("ANK-1", at(-35000, 0), 0, 1800, 60) + stay("VIC-1", HERE, 0, 2400, 60)
    rows += walk("VIC-1", HERE, at(90000, 0), 2400, 5000, 30) + stay("VIC-1", at(90000, 0), 5000, 20000, 60)
    (raised,) = possible([case(rings=(ring("R2", 500.0),))], rows, 20000)
    assert figure(raised, "distance_m") == pytest.approx(124500, abs=300)
    assert figure(raised, "reach_m") + figure(raised, "distance_error_m") == pytest.approx(figure(raised, "distance_m"), abs=15)


@pytest.mark.parametrize(
    "rows",
    [
        stay("ANK-1", at(-1500, 0), 0, 1800),
        stay("ANK-1", at(-9000, 0), 0, 1800),
        walk("ANK-1", at(-40000, 0), at(-15000, 0), 0, 2500),
        walk("ANK-1", at(-60000, 0), at(-15000, 0), 0, 1800),
    ],
    ids=["at rest, near", "at rest", "city", "motorway"],
)
def test_the_figures_say_enough_to_work_out_the_moment(rows: list[Row]) -> None:
    (raised,) = possible([case(zones=(zone(),))], rows, 20000)
    lost_s, error_m = figure(raised, "lost_s"), figure(raised, "distance_error_m")
    assert reach_m(raised, lost_s) == pytest.approx(figure(raised, "reach_m"), abs=4)
    assert reach_m(raised, lost_s + 0.2) + error_m >= figure(raised, "distance_m")
    assert reach_m(raised, lost_s - 1.0) + error_m < figure(raised, "distance_m")


def test_of_what_is_farther_than_ten_minutes_a_case_is_told_the_first_and_the_next_when_that_is_no_longer_in_force() -> None:
    near = zone("Z3", shape=Circle(centre=at(-3000, 0), radius_m=300.0))
    far = zone("Z2", shape=Circle(centre=at(12000, 0), radius_m=300.0))
    window = schedule_of("UTC", "FREQ=DAILY", "00:00", "03:00")
    rows = stay("ANK-1", at(-1500, 0), 0, 1800, 60)
    changes = possible([case(zones=(zone(schedule=window), far, near))], rows, 5 * HOUR)
    assert told(changes[:2]) == ["raised not-excluded amber Z1", "raised not-excluded amber Z3"]
    assert told(changes[2:]) == ["cleared not-excluded amber Z1"]
    changes = possible([case(zones=(zone(schedule=window), far))], rows, 5 * HOUR)
    assert told(changes) == ["raised not-excluded amber Z1", "cleared not-excluded amber Z1", "raised not-excluded amber Z2"]
    assert changes[1].known_us == changes[2].known_us == T0 + 3 * 3600 * S


def played(cuts_s: Sequence[float], *, reborn: bool = False) -> list[AlarmChange]:
    window = schedule_of("UTC", "FREQ=DAILY", "00:40", "02:00")
    cases = [case(zones=(zone(schedule=window), zone("Z2")), rings=(ring("R2", 500.0),))]
    batch = fixes(moving_to_him())
    watch = Watch.empty()
    decided, start = list(watch.register(cases, T0 - DAY * S)), 0
    for second in [*cuts_s, 12000.0]:
        now_us = T0 + round(second * S)
        end = int(np.searchsorted(batch.received_us, now_us, side="right"))
        decided += watch.advance(batch.between(start, end), (), now_us)
        start = end
        if reborn:
            watch = Watch.of_parts(decode(encode(watch.parts())))  # type: ignore[arg-type]  # it is what was encoded
    return decided


@settings(max_examples=20, deadline=None)
@given(some.lists(some.floats(1800, 12000), max_size=12, unique=True), some.booleans())
def test_the_moment_does_not_hang_on_the_batching_nor_on_a_restart(cuts_s: list[float], reborn: bool) -> None:  # noqa: FBT001  # drawn
    assert played(sorted(cuts_s), reborn=reborn) == played([])


def test_a_store_of_the_version_before_goes_on_with_whom_it_has_lost() -> None:
    """It held of a touch when it is due, and what that rests on."""
    old = ("due_us", "measured_us", "distance_m", "radius95_m", "speed_mps")
    for rings, kind in (((), "zone"), ((ring("R2", 500.0),), "ring")):
        rows = stay("ANK-1", at(-9000, 0), 0, 1800, 60) + stay("VIC-1", HERE, 0, 1900, 60)
        watch = Watch.empty()
        watch.register([case(zones=() if rings else (zone(),), rings=rings)], T0 - DAY * S)
        watch.advance(fixes(rows), (), T0 + 2000 * S)
        parts: dict[str, Any] = dict(watch.parts())
        touches: dict[int, dict[int, Touch]] = parts["reach"]["touches"]
        assert [len(found) for found in touches.values()] == [1], kind
        bare = {
            device: {n: Touch(**{name: getattr(t, name) for name in old}) for n, t in found.items()} for device, found in touches.items()
        }
        ((device, found),) = bare.items()
        due = tuple(Timer(touch.due_us, TimerKind.REACH, device=device, target=number) for number, touch in found.items())
        others = tuple(timer for timer in parts["timers"] if timer.kind is not TimerKind.REACH)
        before = Watch.of_parts({**parts, "timers": tuple(sorted(others + due)), "reach": {**parts["reach"], "touches": bare}})
        rest = FixBatch.empty(), (), T0 + 7000 * S
        (raised,) = of_kind(before.advance(*rest), AlarmKind.NOT_EXCLUDED)
        (as_now,) = of_kind(watch.advance(*rest), AlarmKind.NOT_EXCLUDED)
        assert abs(raised.known_us - as_now.known_us) < 60 * S
    assert {part.name for part in fields_of(Touch)} > set(old)


@settings(max_examples=60, deadline=None)
@given(
    some.floats(0.0, 60_000.0),
    some.floats(0.0, 3000.0),
    some.sampled_from([Gait(first_mps=2.0, later_mps=14.0, walks_s=900.0), Gait(first_mps=36.0, later_mps=36.0, walks_s=0.0)]),
)
def test_two_who_come_nearer_meet_when_both_have_gone_the_way(way_m: float, from_s: float, way: Gait) -> None:
    meeting_s = way.meeting_s(way_m, from_s, 36.0)
    assert meeting_s >= from_s
    gone_m = way.reach_m(meeting_s) + 36.0 * (meeting_s - from_s)
    assert gone_m == pytest.approx(max(way_m, way.reach_m(from_s)), abs=1e-6)
