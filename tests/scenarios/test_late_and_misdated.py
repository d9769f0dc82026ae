"""What comes late, after the end, or with a date that cannot be: no alarm of something else, none twice, none that ends too soon."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from worlds import DAY, HERE, T0, Row, S, at, case, event, fixes, of_kind, ring, seconds_of, stay, walk, zone

from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.breach.schedule import schedule_of
from backend_bridge.domain.case import Case
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.watching.watch import Watch

RING = ring("R2", 500.0)
RAISED, UPGRADED, CLEARED = AlarmStep.RAISED, AlarmStep.UPGRADED, AlarmStep.CLEARED


def decided(of: Case, rows: Sequence[Row], received: Sequence[float], events: Sequence[DeviceEvent] = ()) -> list[AlarmChange]:
    """Everything decided about fixes that were received at those seconds."""
    watch = Watch.empty()
    watch.register([of], T0 - DAY * S)
    batch = fixes(rows, received)
    last_us = max([int(batch.received_us.max(initial=T0)), *(one.received_us for one in events)])
    return list(watch.advance(batch, events, last_us))


def received(*parts: tuple[Sequence[Row], float | None]) -> tuple[list[Row], list[float]]:
    """Rows with when they were received: a second after they were measured, or all at one time."""
    rows = [row for part, _ in parts for row in part]
    return rows, [second + 1.0 if at_s is None else at_s for part, at_s in parts for _, second, _ in part]


def stands(changes: Sequence[AlarmChange], kind: AlarmKind) -> list[tuple[AlarmStep, AlarmLevel]]:
    return [(change.step, change.level) for change in of_kind(changes, kind)]


def test_a_backlog_from_before_her_device_was_heard_shows_nobody_near_her() -> None:
    here = stay("ANK-1", HERE, 0, 600), stay("ANK-1", at(9000, 0), 3000, 3700), stay("VIC-1", HERE, 3500, 3800)
    rows, times = received((here[0], 3750.0), (here[1], None), (here[2], None))
    changes = decided(case(rings=(RING,)), rows, times)
    assert of_kind(changes, AlarmKind.PROXIMITY) == of_kind(changes, AlarmKind.APPROACH) == []


def test_a_backlog_from_when_she_was_far_away_shows_nobody_near_her_although_she_has_been_there_since() -> None:
    hers = stay("VIC-1", at(40_000, 3000), 0, 1500, 10) + walk("VIC-1", at(40_000, 3000), at(0, 3000), 1500, 3600, 10)
    hers += walk("VIC-1", at(0, 3000), HERE, 3600, 4200, 10) + stay("VIC-1", HERE, 4200, 9000, 10)
    rows, times = received((stay("ANK-1", HERE, 0, 600), 9001.0), (stay("ANK-1", at(9000, 0), 3000, 9000, 60), None), (hers, None))
    assert of_kind(decided(case(rings=(RING,)), rows, times), AlarmKind.PROXIMITY) == []


def hers_then_away(beside_m: float) -> list[Row]:
    """She is within metres of where he was, or farther; for the two hours since she is 40 km away."""
    there = at(0, beside_m)
    hers = stay("VIC-1", there, 0, 1500, 10) + walk("VIC-1", there, at(40_000, 0), 1500, 3600, 10)
    return hers + stay("VIC-1", at(40_000, 0), 3600, 9400, 10)


@pytest.mark.parametrize("every_s", [30, 60])
def test_a_backlog_of_hours_ago_shows_that_he_was_with_her_then(every_s: float) -> None:
    his = stay("ANK-1", at(9000, 0), 3000, 9400, every_s)
    rows, times = received((stay("ANK-1", HERE, 0, 600), 9001.0), (his, None), (hers_then_away(10.0), None))
    changes = of_kind(decided(case(rings=(RING,)), rows, times), AlarmKind.PROXIMITY)
    assert [change.step for change in changes if change.step is not UPGRADED] == [RAISED, CLEARED]
    assert changes[-1].level is AlarmLevel.RED
    assert 0 <= seconds_of(changes[0].happened_us) <= 90
    assert seconds_of(changes[0].known_us) == 9001


@pytest.mark.parametrize("every_s", [30, 60])
def test_a_backlog_of_hours_ago_shows_nobody_near_her_where_she_was_a_kilometre_away_then(every_s: float) -> None:
    his = stay("ANK-1", at(9000, 0), 3000, 9400, every_s)
    rows, times = received((stay("ANK-1", HERE, 0, 600), 9001.0), (his, None), (hers_then_away(1000.0), None))
    assert of_kind(decided(case(rings=(RING,)), rows, times), AlarmKind.PROXIMITY) == []


def test_a_backlog_of_hers_of_hours_ago_shows_that_she_was_with_him_then() -> None:
    his = stay("ANK-1", HERE, 0, 1500, 10) + walk("ANK-1", HERE, at(40_000, 0), 1500, 3600, 10)
    his += stay("ANK-1", at(40_000, 0), 3600, 9400, 10)
    old, new = stay("VIC-1", at(0, 10), 0, 600), stay("VIC-1", at(0, 9000), 3000, 9400)
    rows, times = received((old, 9001.0), (his, None), (new, None))
    changes = of_kind(decided(case(rings=(RING,)), rows, times), AlarmKind.PROXIMITY)
    assert [change.step for change in changes if change.step is not UPGRADED] == [RAISED, CLEARED]
    assert 0 <= seconds_of(changes[0].happened_us) <= 90


def test_where_she_was_while_nothing_of_her_was_heard_is_not_known() -> None:
    hers = stay("VIC-1", HERE, 0, 300, 10) + stay("VIC-1", HERE, 2000, 9400, 10)
    rows, times = received((stay("ANK-1", HERE, 700, 1800), 9001.0), (stay("ANK-1", at(9000, 0), 3000, 9400, 60), None), (hers, None))
    assert of_kind(decided(case(rings=(RING,)), rows, times), AlarmKind.PROXIMITY) == []


@pytest.mark.parametrize("late_s", [1012.5, 1032.5])
def test_a_late_fix_of_hers_does_not_end_what_his_newer_ones_show(late_s: float) -> None:
    his = walk("ANK-1", at(-15_000, 0), at(-700, 0), 0, 990, 10) + walk("ANK-1", at(-700, 0), at(-100, 0), 990, 1030, 10)
    rows = his + stay("ANK-1", at(-100, 0), 1030, 1300, 10) + [("VIC-1", 30.0 + 60 * k, HERE) for k in range(22)]
    times = [late_s if row[0] == "VIC-1" and row[1] == 930.0 else row[1] + 1.0 for row in rows]
    changes = decided(case(rings=(RING,)), rows, times)
    assert stands(changes, AlarmKind.PROXIMITY) == [(RAISED, AlarmLevel.RED)]
    assert 990 <= seconds_of(of_kind(changes, AlarmKind.PROXIMITY)[0].happened_us) <= 1011


def test_a_late_fix_of_his_is_looked_at_with_all_of_hers_since() -> None:
    """She drives by him, who stays and is heard every two minutes: of the fixes that show it, hers alone are that near."""
    his = [("ANK-1", 120.0 * k, at(0, 60)) for k in range(20)]
    hers = walk("VIC-1", at(-9000, 0), at(9000, 0), 600, 1800, 10)
    rows = his + hers
    in_turn = decided(case(rings=(RING,)), rows, [row[1] + 1.0 for row in rows])
    times = [1300.0 if row[0] == "ANK-1" and row[1] == 960.0 else row[1] + 1.0 for row in rows]
    late = decided(case(rings=(RING,)), rows, times)
    assert stands(late, AlarmKind.PROXIMITY) == stands(in_turn, AlarmKind.PROXIMITY)


ENDS = {"window": {"schedule": schedule_of("UTC", "FREQ=DAILY", "00:00", "01:00")}, "order": {}}


@pytest.mark.parametrize("latency_s", [20.0, 150.0])
@pytest.mark.parametrize("end", ["window", "order"])
def test_what_was_on_its_way_at_the_end_of_a_window_or_an_order_raises_nothing_again(end: str, latency_s: float) -> None:
    order = replace(case().order, ends_us=T0 + 3600 * S) if end == "order" else case().order
    of = case(zones=(zone(**ENDS[end]),), order=order)
    rows = [*walk("ANK-1", at(-900, 0), HERE, 0, 600, 30), *(("ANK-1", 600.0 + 30 * k + 20, at(5, 0)) for k in range(120))]
    changes = of_kind(decided(of, rows, [row[1] + latency_s for row in rows]), AlarmKind.EXCLUSION_ZONE)
    assert [change.step for change in changes] == [RAISED, CLEARED]
    assert changes[-1].happened_us == changes[-1].known_us == T0 + 3600 * S


def test_nor_does_it_where_it_comes_out_of_turn_or_the_alarm_has_stood_for_hours() -> None:
    of = case(zones=(zone(schedule=schedule_of("UTC", "FREQ=DAILY", "00:00", "05:00")),))
    rows = [*walk("ANK-1", at(-900, 0), HERE, 0, 600, 30), *(("ANK-1", 600.0 + 30 * k, at(5, 0)) for k in range(700))]
    times = [row[1] + (200.0 - row[1] % 60 if 17_900 < row[1] < 18_100 else 2.0) for row in rows]
    changes = of_kind(decided(of, rows, times), AlarmKind.EXCLUSION_ZONE)
    assert [change.step for change in changes] == [RAISED, CLEARED]


def test_a_breach_that_began_just_before_the_end_and_comes_after_it_is_still_told() -> None:
    of = case(zones=(zone(schedule=schedule_of("UTC", "FREQ=DAILY", "00:00", "01:00")),))
    rows = [*stay("ANK-1", at(-900, 0), 0, 3500, 30), *(("ANK-1", second, HERE) for second in (3550.0, 3565.0, 3580.0))]
    changes = of_kind(decided(of, rows, [row[1] + (100.0 if row[1] > 3500 else 1.0) for row in rows]), AlarmKind.EXCLUSION_ZONE)
    assert [change.step for change in changes if change.step is not UPGRADED] == [RAISED, CLEARED]
    assert changes[-1].happened_us == T0 + 3600 * S


def there_and_back() -> tuple[list[Row], list[Row]]:
    """He walks to where she is and runs off again; hers, his."""
    his = stay("ANK-1", at(4000, 0), 0, 300, 30) + walk("ANK-1", at(4000, 0), HERE, 300, 2400, 30)
    return stay("VIC-1", HERE, 0, 3000, 30), his + walk("ANK-1", HERE, at(4000, 0), 2400, 3000, 15)


def breaches(changes: Sequence[AlarmChange]) -> list[tuple[AlarmKind, AlarmStep, float]]:
    """What was said of zone and ring, and when that came to pass; hundreds of metres from the edge nothing hangs on one fix."""
    kinds = (AlarmKind.APPROACH, AlarmKind.EXCLUSION_ZONE, AlarmKind.PROXIMITY)
    return [(change.kind, change.step, seconds_of(change.happened_us)) for change in changes if change.kind in kinds]


def misdated(his: Sequence[Row], shift_s: float, until_s: float) -> list[Row]:
    return [(device, second + shift_s if second < until_s else second, place) for device, second, place in his]


@pytest.mark.parametrize("ahead_s", [1200.0, float(DAY)])
def test_a_clock_that_is_ahead_until_it_is_set_right_hides_no_breach(ahead_s: float) -> None:
    hers, his = there_and_back()
    of = case(zones=(zone(),), rings=(RING,))
    times = [row[1] + 1.0 for row in his + hers]
    right = decided(of, his + hers, times)
    wrong = decided(of, misdated(his, ahead_s, 1500.0) + hers, times)
    assert breaches(wrong) == breaches(right)
    doubted = of_kind(wrong, AlarmKind.POSITION_NOT_TRUSTED)
    assert [(change.step, change.because["cause"]) for change in doubted] == [(RAISED, "clock-ahead"), (CLEARED, "trusted-again")]


def test_one_fix_dated_a_day_ahead_hides_no_breach_and_repeats_none() -> None:
    hers, his = there_and_back()
    of = case(zones=(zone(),), rings=(RING,))
    rows, times = received((his, None), (hers, None))
    future: list[Row] = [("ANK-1", 200.0 + DAY, at(4000, 0))]
    assert breaches(decided(of, rows + future, [*times, 201.0])) == breaches(decided(of, rows, times))


def test_an_event_dated_a_day_ahead_counts_as_of_its_receipt() -> None:
    ahead = event("VIC-1", 60.0 + DAY, DeviceEventKind.SOS, received_us=T0 + 61 * S)
    (call,) = of_kind(decided(case(), [], [], [ahead]), AlarmKind.SOS)
    assert call.happened_us == call.known_us == T0 + 61 * S


def test_what_is_dated_within_a_minute_of_its_receipt_keeps_its_date() -> None:
    ahead = event("VIC-1", 120.0, DeviceEventKind.SOS, received_us=T0 + 60 * S)
    (call,) = of_kind(decided(case(), [], [], [ahead]), AlarmKind.SOS)
    assert call.happened_us == T0 + 120 * S
