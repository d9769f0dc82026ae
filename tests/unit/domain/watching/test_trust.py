"""When positions are not trusted, what that leaves as it is, and that it hangs neither on the batching nor on a restart."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from worlds import DAY, HERE, T0, Row, S, alarms, at, case, event, fixes, of_kind, ring, seconds_of, stay, told, walk, zone

from backend_bridge.adapters.state_codec import decode, encode
from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.watching.ledger import TimerKind
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


def test_a_visit_of_the_past_that_a_backlog_shows_is_over_at_once_whatever_is_doubted_now() -> None:
    visit = [*walk("ANK-1", at(1500, 0), HERE, 300, 800), *walk("ANK-1", HERE, at(1500, 0), 800, 1300)]
    live = [*stay("ANK-1", at(1500, 0), 0, 300), *stay("ANK-1", at(1500, 0), 1300, 1700), *stay("ANK-1", at(60_000, 0), 1710, 1900)]
    batch = fixes([*live, *visit], [*(row[1] + 1 for row in live), *(1745 + row[1] / 10_000 for row in visit)])
    (_, entered_s, _), (step, left_s, known_s) = steps(decided(batch, zones=(zone(),)), ZONE)
    assert 600 < entered_s < 800
    assert step is AlarmStep.CLEARED
    assert left_s <= 1300
    assert known_s < 1800


def test_a_visit_of_the_past_that_comes_while_a_later_one_is_doubted_is_told_with_its_own_times() -> None:
    out = [*stay("ANK-1", at(1500, 0), 0, 300, 30), *stay("ANK-1", at(1500, 0), 1300, 1800, 30)]
    live = [*out, *walk("ANK-1", at(1500, 0), HERE, 1800, 2400, 30), *stay("ANK-1", HERE, 2400, 3000, 30)]
    live += walk("ANK-1", at(30_000, 0), at(31_000, 0), 3000, 4500, 30)
    visit = [*walk("ANK-1", at(1500, 0), HERE, 300, 800, 10), *walk("ANK-1", HERE, at(1500, 0), 800, 1300, 10)]
    received = sorted([(row[1] + 1, row) for row in live] + [(3400.5 + k / 10_000, row) for k, row in enumerate(visit)])
    found = of_kind(decided(fixes([row for _, row in received], [second for second, _ in received]), zones=(zone(),)), ZONE)
    times = {c.alarm: [seconds_of(d.happened_us) for d in found if d.alarm == c.alarm] for c in found}
    (entered_s, *_, left_s), (came_s, *_, gone_s) = times.values()
    assert 1800 < entered_s < 2400
    assert left_s > 3000
    assert 300 < came_s < 800 < gone_s <= 1430


def test_a_breach_ended_by_doubted_positions_ends_while_the_doubt_stands() -> None:
    changes = alarms([case(zones=(zone(),))], IN + AWAY)
    assert told([c for c in changes if c.kind in {ZONE, DOUBT}]) == [
        "raised exclusion-zone red Z1",
        "raised position-not-trusted amber",
        "cleared exclusion-zone red Z1",
        "cleared position-not-trusted amber",
    ]


def test_one_leap_does_not_delay_the_end_of_a_breach() -> None:
    out = [*walk("ANK-1", HERE, at(1500, 0), 1230, 1800, 30), *stay("ANK-1", at(1500, 0), 1800, 3000, 30)]
    ends = [alarms([case(zones=(zone(),))], [*IN, *leap, *out]) for leap in ([], [("ANK-1", 1215.0, at(4000, 0))])]
    assert [len(of_kind(changes, DOUBT)) for changes in ends] == [0, 2]
    assert abs(steps(ends[0], ZONE)[1][2] - steps(ends[1], ZONE)[1][2]) <= 60


def test_who_leaves_by_train_or_after_a_single_reflection_is_not_held() -> None:
    ride = walk("ANK-1", at(300, 0), at(60_000, 0), 1200, 1920, 15)
    changes = alarms([case(zones=(zone(),))], [*IN, *ride])
    assert [c.because["cause"] for c in of_kind(changes, DOUBT)] == ["impossible-speed"]
    assert steps(changes, ZONE)[1][2] < 1500


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


def test_the_hour_shows_doubts_of_all_kinds_a_breach_before_them_and_one_after() -> None:
    causes = {c.because["cause"] for c in of_kind(whole(), DOUBT)}
    assert causes == {"impossible-speed", "frozen", "beacon-contact", "trusted-again"}
    ends = [step for step, *_ in steps(list(whole()), ZONE) if step is not AlarmStep.UPGRADED]
    assert ends == [AlarmStep.RAISED, AlarmStep.CLEARED] * 2
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
    twin = Watch.of_parts(decode(encode(parts)))  # type: ignore[arg-type]  # it is what was encoded
    changes = list(twin.advance(batch.between(until, len(batch)), (), T0 + 2500 * S))
    assert "cleared position-not-trusted amber" in told(changes)


def stored_before(watch: Watch) -> Watch:
    """The watch as a version opens it that finds no reasons for what stands."""
    parts = watch.parts()
    parts["trust"] = parts["trust"]["now"]  # type: ignore[index]  # parts are those of the rules
    parts["timers"] = tuple(timer for timer in parts["timers"] if timer.kind is not TimerKind.CONTACT_OVER)  # type: ignore[attr-defined]  # they are timers
    return Watch.of_parts(decode(encode(parts)))  # type: ignore[arg-type]  # it is what was encoded


@pytest.mark.parametrize(("agrees", "ends_s"), [((4000,), 4001), ((), 590 + DAY)])
def test_a_contact_that_a_version_before_told_of_ends_with_one_that_agrees_or_after_a_day(agrees: tuple[int, ...], ends_s: int) -> None:
    his = [*stay("ANK-1", at(3000, 0), 0, 600), *walk("ANK-1", at(3000, 0), HERE, 620, 3000, 30), *stay("ANK-1", HERE, 3000, 4200, 60)]
    batch = fixes(sorted([*his, *stay("VIC-1", HERE, 0, 4200, 60)], key=lambda row: row[1]))
    contacts = [event("VIC-1", second, DeviceEventKind.BEACON_CONTACT, "ANK-1") for second in (590, *agrees)]
    watch = Watch.empty()
    watch.register([case()], T0 - DAY * S)
    until = int(np.searchsorted(batch.received_us, T0 + 1000 * S))
    changes = list(watch.advance(batch.between(0, until), contacts[:1], T0 + 1000 * S))
    changes += stored_before(watch).advance(batch.between(until, len(batch)), contacts[1:], T0 + 2 * DAY * S)
    assert told(of_kind(changes, DOUBT)) == ["raised position-not-trusted red V-1", "cleared position-not-trusted red V-1"]
    assert seconds_of(of_kind(changes, DOUBT)[1].known_us) == ends_s


def test_nothing_of_a_case_that_is_forgotten_is_left_among_the_doubts() -> None:
    batch, events = inputs()
    watch = Watch.empty()
    watch.register([case(1, zones=(zone(),)), case(2)], T0 - DAY * S)
    until = int(np.searchsorted(batch.received_us, T0 + 1640 * S))
    watch.advance(batch.between(0, until), [one for one in events if one.received_us <= T0 + 1640 * S], T0 + 1640 * S)
    parts = without_case(watch, CaseId("C1"), [case(1).subject.device, case(1).protected[0].device]).parts()  # type: ignore[list-item]
    assert parts["trust"]["reasons"] == {}  # type: ignore[index]  # parts are those of the rules
    assert not parts["trust"]["now"]["lat"][:2].any()  # type: ignore[index]
