from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from room_builder import CASE, OPERATOR, T0, S, change

from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.alarms import alarm_acts
from backend_bridge.domain.alarms.alarm_list import AlarmList
from backend_bridge.domain.alarms.alarm_state import LiveAlarm, priority_of
from backend_bridge.domain.commands import AcknowledgeAlarm, CloseAlarm, ShelveAlarm
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.outcomes.decisions import Decisions

OUTCOMES = ("true-breach", "technical", "test", "allowed")


def at(second: float) -> Decisions:
    return Decisions(now_us=T0 + int(second * S), first_n=1)


def told(alarms: AlarmList, made: AlarmChange, second: float) -> LiveAlarm:
    row = alarms.take(replace(made, known_us=T0 + int(second * S)), at(second))
    assert row is not None
    return row


def acknowledged(alarms: AlarmList, row: LiveAlarm, second: float, reason: str | None = None) -> LiveAlarm:
    command = AcknowledgeAlarm(alarm=row.alarm, reason=reason)
    return alarm_acts.acknowledge(alarms, command, OPERATOR, "seat", at(second))


def test_the_gravest_alarms_have_priority_one() -> None:
    assert priority_of(AlarmKind.SOS, AlarmLevel.RED) == 1
    assert priority_of(AlarmKind.PROXIMITY, AlarmLevel.RED) == 1
    assert priority_of(AlarmKind.TAMPER, AlarmLevel.RED) == 2
    assert priority_of(AlarmKind.PROXIMITY, AlarmLevel.AMBER) == 3
    assert priority_of(AlarmKind.BATTERY, AlarmLevel.AMBER) == 4


def test_a_flapping_alarm_is_one_row_with_a_counter() -> None:
    alarms = AlarmList()
    first = told(alarms, change(n=1), 0)
    told(alarms, change(AlarmStep.CLEARED, n=1), 10)
    again = told(alarms, change(n=2), 20)
    assert again.alarm == first.alarm
    assert again.count == 2
    assert len(alarms.rows) == 1
    assert alarms.the(change(n=2).alarm) == again


def test_an_acknowledged_alarm_that_flaps_does_not_call_again() -> None:
    alarms = AlarmList()
    row = acknowledged(alarms, told(alarms, change(), 0), 5)
    told(alarms, change(AlarmStep.CLEARED), 10)
    assert told(alarms, change(n=2), 40).acknowledged
    assert row.owner == OPERATOR


def test_an_acknowledged_alarm_that_comes_back_later_calls_again_and_keeps_its_owner() -> None:
    alarms = AlarmList()
    acknowledged(alarms, told(alarms, change(), 0), 5)
    told(alarms, change(AlarmStep.CLEARED), 10)
    again = told(alarms, change(n=2), 100)
    assert not again.acknowledged
    assert again.owner == OPERATOR


def test_what_comes_back_after_ten_minutes_is_the_same_row_with_a_new_age() -> None:
    alarms = AlarmList()
    told(alarms, change(), 0)
    told(alarms, change(AlarmStep.CLEARED), 10)
    assert told(alarms, change(n=2), 100).since_us == T0
    told(alarms, change(AlarmStep.CLEARED, n=2), 110)
    row = told(alarms, change(n=3), 800)
    assert (row.count, row.since_us, len(alarms.rows)) == (3, T0 + 800 * S, 1)


def test_a_late_breach_of_the_past_does_not_end_the_one_that_holds_now() -> None:
    alarms = AlarmList()
    told(alarms, change(n=1), 0)
    told(alarms, change(n=2), 5)
    row = told(alarms, change(AlarmStep.CLEARED, n=2), 5)
    assert row.holds


@pytest.mark.parametrize("past", [AlarmLevel.AMBER, AlarmLevel.RED])
def test_what_is_told_of_the_past_beside_a_red_alarm_that_holds_makes_it_no_less_red_and_shows_nothing_else_of_it(past: AlarmLevel) -> None:
    alarms = AlarmList()
    holds = change(n=1)
    told(alarms, holds, 0)
    told(alarms, change(n=2, level=past, at_us=T0 - 600 * S), 5)
    told(alarms, change(AlarmStep.UPGRADED, n=2, at_us=T0 - 500 * S), 5)
    row = told(alarms, change(AlarmStep.CLEARED, n=2, at_us=T0 - 400 * S), 5)
    assert (row.newest.alarm, row.is_red, row.priority, row.escalates) == (holds.alarm, True, 1, True)
    assert (row.active, row.count) == (frozenset({holds.alarm}), 2)


def test_an_amber_alarm_that_becomes_red_calls_also_after_a_red_one_of_the_past_was_acknowledged() -> None:
    alarms = AlarmList()
    told(alarms, change(n=1, level=AlarmLevel.AMBER), 0)
    told(alarms, change(n=2, at_us=T0 - 600 * S), 5)
    past = told(alarms, change(AlarmStep.CLEARED, n=2), 5)
    assert past.is_red
    acknowledged(alarms, past, 10)
    now = told(alarms, change(AlarmStep.UPGRADED, n=1), 60)
    assert (now.acknowledged, now.alert_us) == (False, T0 + 60 * S)


def test_unacknowledged_red_escalates_at_30_and_60_seconds_and_no_further() -> None:
    alarms = AlarmList()
    told(alarms, change(), 0)
    assert [row.escalation for row in alarms.pass_time(at(29.9))] == []
    assert [row.escalation for row in alarms.pass_time(at(30))] == [1]
    assert [row.escalation for row in alarms.pass_time(at(59.9))] == []
    assert [row.escalation for row in alarms.pass_time(at(60))] == [2]
    assert [row.escalation for row in alarms.pass_time(at(600))] == []


def test_an_upgrade_to_red_calls_again_and_escalates_from_then() -> None:
    alarms = AlarmList()
    acknowledged(alarms, told(alarms, change(level=AlarmLevel.AMBER), 0), 5)
    red = told(alarms, change(AlarmStep.UPGRADED), 50)
    assert not red.acknowledged
    assert [row.escalation for row in alarms.pass_time(at(79))] == []
    assert [row.escalation for row in alarms.pass_time(at(80))] == [1]


def test_acknowledged_amber_that_is_over_ends_by_itself_after_the_time_in_which_it_flaps() -> None:
    alarms = AlarmList()
    acknowledged(alarms, told(alarms, change(level=AlarmLevel.AMBER), 0), 5)
    told(alarms, change(AlarmStep.CLEARED, level=AlarmLevel.AMBER), 10)
    list(alarms.pass_time(at(69)))
    assert len(alarms.rows) == 1
    list(alarms.pass_time(at(71)))
    assert not alarms.rows


def test_red_stays_until_a_person_closes_it_with_an_outcome_and_a_note() -> None:
    alarms = AlarmList()
    row = told(alarms, change(), 0)
    told(alarms, change(AlarmStep.CLEARED), 10)
    with pytest.raises(Refused) as refused:
        alarm_acts.close(alarms, CloseAlarm(alarm=row.alarm, outcome="true-breach", note="seen"), OPERATOR, OUTCOMES, at(20))
    assert refused.value.code is Code.NOT_ACKNOWLEDGED
    acknowledged(alarms, row, 21)
    with pytest.raises(Refused) as refused:
        alarm_acts.close(alarms, CloseAlarm(alarm=row.alarm, outcome="true-breach"), OPERATOR, OUTCOMES, at(22))
    assert refused.value.code is Code.NEEDS_NOTE
    alarm_acts.close(alarms, CloseAlarm(alarm=row.alarm, outcome="true-breach", note="seen"), OPERATOR, OUTCOMES, at(23))
    assert not alarms.rows


def test_red_that_still_holds_is_not_closed_as_a_breach_that_is_over() -> None:
    alarms = AlarmList()
    row = acknowledged(alarms, told(alarms, change(), 0), 1)
    with pytest.raises(Refused) as refused:
        alarm_acts.close(alarms, CloseAlarm(alarm=row.alarm, outcome="true-breach", note="x"), OPERATOR, OUTCOMES, at(2))
    assert refused.value.code is Code.STILL_ACTIVE


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        (AlarmKind.SOS, AlarmLevel.RED),
        (AlarmKind.TAMPER, AlarmLevel.AMBER),
        (AlarmKind.PROXIMITY, AlarmLevel.RED),
    ],
)
def test_sos_tamper_and_red_are_never_shelved(kind: AlarmKind, level: AlarmLevel) -> None:
    alarms = AlarmList()
    row = told(alarms, change(kind=kind, level=level), 0)
    with pytest.raises(Refused) as refused:
        alarm_acts.shelve(alarms, ShelveAlarm(alarm=row.alarm, minutes=5, reason="noise"), OPERATOR, at(1))
    assert refused.value.code is Code.NOT_SHELVABLE


@pytest.mark.parametrize("minutes", [0, 481, -5])
def test_a_shelf_holds_at_most_eight_hours(minutes: int) -> None:
    alarms = AlarmList()
    row = told(alarms, change(level=AlarmLevel.AMBER), 0)
    with pytest.raises(Refused) as refused:
        alarm_acts.shelve(alarms, ShelveAlarm(alarm=row.alarm, minutes=minutes, reason="noise"), OPERATOR, at(1))
    assert refused.value.code is Code.SHELF_TOO_LONG


def test_a_shelved_alarm_returns_by_itself_and_at_once_when_it_becomes_red() -> None:
    alarms = AlarmList()
    row = told(alarms, change(level=AlarmLevel.AMBER), 0)
    alarm_acts.shelve(alarms, ShelveAlarm(alarm=row.alarm, minutes=1, reason="noise"), OPERATOR, at(0))
    list(alarms.pass_time(at(59)))
    assert alarms.the(row.alarm).shelved_until_us is not None
    list(alarms.pass_time(at(60)))
    assert alarms.the(row.alarm).shelved_until_us is None
    alarm_acts.shelve(alarms, ShelveAlarm(alarm=row.alarm, minutes=480, reason="noise"), OPERATOR, at(61))
    assert told(alarms, change(AlarmStep.UPGRADED), 62).shelved_until_us is None


def test_a_shelved_alarm_that_is_over_returns_at_once_when_it_comes_back_red() -> None:
    alarms = AlarmList()
    row = told(alarms, change(level=AlarmLevel.AMBER), 0)
    alarm_acts.shelve(alarms, ShelveAlarm(alarm=row.alarm, minutes=60, reason="x"), OPERATOR, at(1))
    told(alarms, change(AlarmStep.CLEARED), 10)
    back = told(alarms, change(n=2), 20)
    assert (back.shelved_until_us, back.alert_us) == (None, T0 + 20 * S)


def test_a_tamper_needs_a_reason_to_be_acknowledged() -> None:
    alarms = AlarmList()
    row = told(alarms, change(kind=AlarmKind.TAMPER), 0)
    for nothing in (None, "", "   "):
        with pytest.raises(Refused) as refused:
            acknowledged(alarms, row, 1, nothing)
        assert refused.value.code is Code.NEEDS_REASON
    assert acknowledged(alarms, row, 2, "seen on camera").reason == "seen on camera"


def test_only_the_rows_that_changed_are_named() -> None:
    alarms = AlarmList()
    for n in range(50):
        told(alarms, change(case=f"{CASE}-{n}"), 0)
    before = alarms.changed.revision
    row = acknowledged(alarms, next(iter(alarms)), 1)
    assert alarms.changed.since(before) == (row.alarm,)


SILENT_LIFE = st.lists(st.tuples(st.sampled_from(["raise", "clear", "close", "ask"]), st.integers(1, 3), st.booleans()), max_size=20)


@given(happenings=SILENT_LIFE)
@settings(max_examples=60, deadline=None)
def test_as_many_are_silent_as_stand_for_a_silence_that_holds(happenings: list[tuple[str, int, bool]]) -> None:
    alarms = AlarmList()
    for second, (what, who, is_silent) in enumerate(happenings):
        kind = AlarmKind.SILENT if is_silent else AlarmKind.BATTERY
        made = change(kind=kind, level=AlarmLevel.AMBER, case=f"KR-{who}", n=second)
        row = next((row for row in alarms if (row.newest.case, row.newest.kind) == (made.case, kind)), None)
        if what == "raise":
            told(alarms, made, second)
        elif what == "ask":
            alarms.n_silent()
        elif row is not None and what == "close":
            alarms.close(row)
        elif row is not None and row.holds:
            told(alarms, replace(made, step=AlarmStep.CLEARED, alarm=min(row.active)), second)
    assert alarms.n_silent() == sum(row.newest.kind is AlarmKind.SILENT and row.holds for row in alarms)
