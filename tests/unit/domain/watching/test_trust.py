"""When positions are not trusted, what that must not end, and that it hangs neither on the batching nor on a restart."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from worlds import DAY, HERE, T0, Row, S, alarms, at, case, event, fixes, of_kind, ring, seconds_of, stay, told, walk, zone

from backend_bridge.adapters.state_codec import decode, encode
from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.breach.schedule import schedule_of
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.watching.watch import Watch
from backend_bridge.domain.watching.watch_without_case import without_case

DOUBT = AlarmKind.POSITION_NOT_TRUSTED
ZONE = AlarmKind.EXCLUSION_ZONE
IN = [*walk("ANK-1", at(-900, 0), HERE, 0, 600, 30), *stay("ANK-1", HERE, 600, 1200, 30)]
"""He walks into the zone and stays,"""
AWAY = walk("ANK-1", at(30_000, 0), at(31_000, 0), 1200, 2400, 30)
"""and is 30 km away with the next fix."""


def steps(changes: list[AlarmChange], kind: AlarmKind) -> list[tuple[AlarmStep, float, float]]:
    return [(c.step, seconds_of(c.happened_us), seconds_of(c.known_us)) for c in of_kind(changes, kind)]


def decided(batch: FixBatch, **case_fields: object) -> list[AlarmChange]:
    watch = Watch.empty()
    watch.register([case(**case_fields)], T0 - DAY * S)
    return list(watch.advance(batch, (), int(batch.received_us.max())))


def test_doubted_positions_end_no_breach_before_the_device_is_trusted_again() -> None:
    changes = alarms([case(zones=(zone(),))], IN + AWAY)
    (_, _, doubted_s), (_, _, trusted_s) = steps(changes, DOUBT)
    (_, raised, _), (step, left_s, cleared_s) = steps(changes, ZONE)
    assert raised < doubted_s == 1201
    assert step is AlarmStep.CLEARED
    assert 1200 < left_s < trusted_s == cleared_s == 1801


def test_neither_do_frozen_nor_contradicting_ones() -> None:
    frozen = [("ANK-1", 1200.0 + 15 * k, at(900, 0)) for k in range(60)]
    held = decided(fixes([*IN, *frozen], moving=1), zones=(zone(),))
    assert [c.because["cause"] for c in of_kind(held, DOUBT)] == ["frozen"]
    assert told(of_kind(held, ZONE)) == ["raised exclusion-zone red Z1"]
    mixed = fixes([*IN, *(("ANK-1", 1200.0 + 15 * k, at(2500 if k % 2 else 1500, k)) for k in range(40))], accuracy_m=30.0)
    mixed.source[len(IN) :: 2] = 1
    held = decided(mixed, zones=(zone(),))
    assert [c.because["cause"] for c in of_kind(held, DOUBT)] == ["sources-contradict"]
    assert told(of_kind(held, ZONE)) == ["raised exclusion-zone red Z1"]


def test_a_breach_that_goes_on_after_a_doubt_is_the_same_alarm_and_ends_when_he_has_left() -> None:
    away = walk("ANK-1", at(30_000, 0), at(30_400, 0), 1200, 1650, 30)
    rows = [*IN, *away, *stay("ANK-1", HERE, 1650, 3000, 30), *walk("ANK-1", HERE, at(2000, 0), 3000, 4200, 30)]
    ends = steps(alarms([case(zones=(zone(),))], rows), ZONE)
    assert [step for step, *_ in ends] == [AlarmStep.RAISED, AlarmStep.CLEARED]
    assert ends[1][1] > 3000


def test_the_fix_that_leaps_ends_nothing_itself() -> None:
    left = walk("ANK-1", HERE, at(1500, 0), 1200, 1700)
    last_s = steps(alarms([case(zones=(zone(),))], IN + left), ZONE)[1][1]
    leaps = [*IN, *(row for row in left if row[1] < last_s), *stay("ANK-1", at(60_000, 0), last_s, last_s + 500)]
    assert [step for step, *_ in steps(alarms([case(zones=(zone(),))], leaps), ZONE)] == [AlarmStep.RAISED]


def test_a_visit_of_the_past_that_a_backlog_shows_is_over_at_once_whatever_is_doubted_now() -> None:
    visit = [*walk("ANK-1", at(1500, 0), HERE, 300, 800), *walk("ANK-1", HERE, at(1500, 0), 800, 1300)]
    live = [*stay("ANK-1", at(1500, 0), 0, 300), *stay("ANK-1", at(1500, 0), 1300, 1700), *stay("ANK-1", at(60_000, 0), 1710, 1900)]
    batch = fixes([*live, *visit], [*(row[1] + 1 for row in live), *(1745 + row[1] / 10_000 for row in visit)])
    (_, entered_s, _), (step, left_s, known_s) = steps(decided(batch, zones=(zone(),)), ZONE)
    assert 600 < entered_s < 800
    assert step is AlarmStep.CLEARED
    assert left_s <= 1300
    assert known_s < 1800


def test_who_leaves_by_train_or_after_a_single_reflection_is_not_held() -> None:
    ride = walk("ANK-1", at(300, 0), at(60_000, 0), 1200, 1920, 15)
    changes = alarms([case(zones=(zone(),))], [*IN, *ride])
    assert [c.because["cause"] for c in of_kind(changes, DOUBT)] == ["impossible-speed"]
    assert steps(changes, ZONE)[1][2] < 1500


def test_an_order_or_window_that_ends_ends_what_waits_too() -> None:
    window = schedule_of("UTC", "FREQ=DAILY", "00:00", "00:28")
    ends = of_kind(alarms([case(zones=(zone(schedule=window),))], IN + AWAY), ZONE)
    assert [(c.step, c.because.get("cause"), seconds_of(c.known_us)) for c in ends[1:]] == [(AlarmStep.CLEARED, "not-in-force", 1680)]


def test_a_new_version_of_the_case_does_not_end_what_waits() -> None:
    watch = Watch.empty()
    watch.register([case(zones=(zone(),))], T0 - DAY * S)
    batch = fixes(IN + AWAY)
    until = int(np.searchsorted(batch.received_us, T0 + 1700 * S))
    changes = list(watch.advance(batch.between(0, until), (), T0 + 1700 * S))
    changes += watch.register([case(zones=(zone(), zone("Z9", shape=zone().shape)))], T0 + 1700 * S)
    changes += watch.advance(batch.between(until, len(batch)), (), T0 + 2400 * S)
    assert [c.because.get("cause") for c in of_kind(changes, ZONE) if c.zone == "Z1" and c.step is AlarmStep.CLEARED] == [None]


def test_her_doubted_positions_end_no_breach_of_her_ring() -> None:
    hers = [*stay("VIC-1", at(100, 0), 0, 1200, 30), *stay("VIC-1", at(30_000, 0), 1200, 1750, 30)]
    rows = sorted([*IN, *stay("ANK-1", HERE, 1200, 1750, 30), *hers], key=lambda row: row[1])
    assert told(of_kind(alarms([case(rings=(ring("R2", 500.0),))], rows), AlarmKind.PROXIMITY)) == ["raised proximity red R2"]


def late(rows: list[Row], *, newest_first: bool = False) -> FixBatch:
    """A live fix, and behind it what was measured before."""
    live = [*stay("ANK-1", at(4000, 0), 0, 300), ("ANK-1", 1800.0, at(4000, 50))]
    order = rows[::-1] if newest_first else rows
    received = [row[1] + 1 for row in live] + [1810.0 + k / 1000 for k in range(len(rows))]
    after = [("ANK-1", 1830.0 + 60 * k, at(4000, 50 + 3 * k)) for k in range(20)]
    return fixes([*live, *order, *after], [*received, *(row[1] + 1 for row in after)], moving=1)


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_frozen_batch_behind_a_live_fix_is_doubted_with_its_true_time(*, newest_first: bool) -> None:
    frozen = [("ANK-1", 400.0 + 15 * k, at(4000, 0)) for k in range(80)]
    (_, since_s, known_s), (step, _, trusted_s) = steps(decided(late(frozen, newest_first=newest_first)), DOUBT)
    assert 400 <= since_s < 1600
    assert known_s == pytest.approx(1810, abs=1)
    assert step is AlarmStep.CLEARED
    assert 600 <= trusted_s - known_s < 700


def test_a_jump_among_late_fixes_is_doubted_and_an_honest_backlog_is_not() -> None:
    honest = walk("ANK-1", at(4000, 0), at(4500, 0), 400, 1600)
    assert of_kind(decided(late(honest)), DOUBT) == []
    assert of_kind(decided(late(honest, newest_first=True)), DOUBT) == []
    thrown = [*honest[:20], ("ANK-1", honest[20][1], at(70_000, 0)), *honest[21:]]
    assert [c.because["cause"] for c in of_kind(decided(late(thrown)), DOUBT)] == ["impossible-speed", "trusted-again"]


def test_coordinates_that_stand_still_at_a_walking_speed_are_doubted_without_a_motion_sensor() -> None:
    rows = [("ANK-1", 15.0 * k, at(4000, 0)) for k in range(80)]
    assert [c.because["cause"] for c in of_kind(decided(fixes(rows, speed_mps=1.5)), DOUBT)] == ["frozen"]
    assert of_kind(decided(fixes(rows, speed_mps=0.4)), DOUBT) == []
    assert of_kind(decided(fixes(rows, speed_mps=1.5, moving=0)), DOUBT) == []


def test_two_fixes_of_one_instant_are_no_way() -> None:
    rows = sorted([*(("ANK-1", 30.0 * k, at(4000, 0)) for k in range(60)), ("ANK-1", 900.2, at(4050, 0))], key=lambda row: row[1])
    assert of_kind(decided(fixes(rows)), DOUBT) == []


@cache
def inputs() -> tuple[FixBatch, tuple[DeviceEvent, ...]]:
    """Jumps in and out of a zone, a frozen backlog behind them, contacts that contradict and agree, reports out of turn, a late SOS."""
    away = walk("ANK-1", at(30_000, 0), at(30_400, 0), 1200, 1650, 30)
    his = [*IN, *away, *stay("ANK-1", HERE, 1650, 3000, 30), *walk("ANK-1", HERE, at(2000, 0), 3000, 4200, 30)]
    old = [("ANK-2", 200.0 + 15 * k, at(600, 0)) for k in range(60)]
    rows = [*his, *stay("ANK-2", at(150, 0), 0, 200, 20), *stay("ANK-2", at(900, 0), 1500, 4000), *stay("VIC-1", at(100, 0), 0, 5000, 60)]
    batch = fixes([*rows, *old], [*(row[1] + 1 for row in rows), *(2000.0 + k / 2 for k in range(len(old)))], moving=1)
    kinds = DeviceEventKind
    events = [event("VIC-1", second, kinds.BEACON_CONTACT, "ANK-1") for second in (1000, 1630, 2800)]
    events += [event("ANK-1", 500, kinds.JAMMING), event("ANK-1", 700, kinds.BATTERY, 60.0)]
    events += [event("ANK-1", 690, kinds.JAMMING_END, received_us=T0 + 720 * S), event("VIC-1", 150, kinds.SOS, received_us=T0 + 2500 * S)]
    return batch, tuple(sorted(events, key=lambda one: one.received_us))


def played(moments: list[int], *, reborn: bool = False) -> tuple[AlarmChange, ...]:
    """Everything that is decided, the inputs cut after each of the moments (µs, in order)."""
    batch, events = inputs()
    watch = Watch.empty()
    changes = list(watch.register([case(1, zones=(zone(),), rings=(ring("R2", 500.0),)), case(2)], T0 - DAY * S))
    start = n_told = 0
    for now_us in [*moments, T0 + 7200 * S]:
        end, until = int(np.searchsorted(batch.received_us, now_us, side="right")), sum(one.received_us <= now_us for one in events)
        changes += watch.advance(batch.between(start, end), events[n_told:until], now_us)
        start, n_told = end, until
        if reborn:
            watch = Watch.of_parts(decode(encode(watch.parts())))  # type: ignore[arg-type]  # it is what was encoded
    return tuple(changes)


@cache
def whole() -> tuple[AlarmChange, ...]:
    return played([])


def test_the_hour_shows_doubts_of_all_kinds_and_a_breach_that_outlasts_them() -> None:
    causes = {c.because["cause"] for c in of_kind(whole(), DOUBT)}
    assert causes == {"impossible-speed", "frozen", "beacon-contact", "trusted-again"}
    assert [step for step, *_ in steps(list(whole()), ZONE)] == [AlarmStep.RAISED, AlarmStep.CLEARED]
    assert {c.device for c in of_kind(whole(), AlarmKind.UNPAIRED) if c.level is AlarmLevel.RED} == {"ANK-2"}


@settings(max_examples=25, deadline=None)
@given(some.lists(some.integers(0, 5000 * 1000), max_size=30, unique=True))
def test_doubts_do_not_hang_on_the_batching(milliseconds: list[int]) -> None:
    assert played(sorted(T0 + ms * 1000 for ms in milliseconds)) == whole()


@settings(max_examples=10, deadline=None)
@given(some.lists(some.integers(0, 5000), max_size=6, unique=True))
def test_a_watch_reborn_anywhere_doubts_the_same(seconds: list[int]) -> None:
    assert played(sorted(T0 + second * S for second in seconds), reborn=True) == whole()


def test_a_watch_that_a_version_before_stored_opens_and_ends_its_doubts() -> None:
    watch = Watch.empty()
    watch.register([case(zones=(zone(),))], T0 - DAY * S)
    batch = fixes(IN + AWAY)
    until = int(np.searchsorted(batch.received_us, T0 + 1210 * S))
    watch.advance(batch.between(0, until), (), T0 + 1210 * S)
    parts = watch.parts()
    now = parts["trust"]["now"]  # type: ignore[index]  # parts are those of the rules
    before = [(name, *now.dtype.fields[name][:1]) for name in now.dtype.names if name != "direction"]
    parts["trust"] = np.array(now[[name for name, _ in before]].tolist(), before)
    del parts["held"]
    twin = Watch.of_parts(decode(encode(parts)))  # type: ignore[arg-type]  # it is what was encoded
    changes = list(twin.advance(batch.between(until, len(batch)), (), T0 + 2500 * S))
    assert "cleared position-not-trusted amber" in told(changes)


def test_nothing_of_a_case_that_is_forgotten_is_left_among_the_doubts() -> None:
    batch, events = inputs()
    watch = Watch.empty()
    watch.register([case(1, zones=(zone(),)), case(2)], T0 - DAY * S)
    until = int(np.searchsorted(batch.received_us, T0 + 1640 * S))
    watch.advance(batch.between(0, until), [one for one in events if one.received_us <= T0 + 1640 * S], T0 + 1640 * S)
    assert watch.parts()["held"] != ((), ())
    parts = without_case(watch, CaseId("C1"), [case(1).subject.device, case(1).protected[0].device]).parts()  # type: ignore[list-item]
    assert parts["held"] == ((), ())
    assert parts["trust"]["reasons"] == {}  # type: ignore[index]  # parts are those of the rules
    assert not parts["trust"]["now"]["lat"][:2].any()  # type: ignore[index]
