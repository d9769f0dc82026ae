"""One key for the alarms of one cause: what it acknowledges, what it leaves alone, and what the log says of each."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from room_builder import OPERATOR, SUPERVISOR, T0, Desk, S, a_case, change, entries

from backend_bridge.application.inbox import Inbox, OpenSession, PutUser
from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.commands import AcknowledgeAlarm, AcknowledgeGroup, CloseAlarm, ReportDisplayed, ShelveAlarm
from backend_bridge.domain.identifiers import AlarmId, DeviceId, GatewayName, UserId
from backend_bridge.domain.outcomes.alarm_events import AlarmAcknowledged
from backend_bridge.domain.outcomes.effects import SoundAlarm
from backend_bridge.domain.user import Role

N = 12
GROUP = "gateway/gw-1"


def silent(number: int, step: AlarmStep = AlarmStep.RAISED, **other: object) -> AlarmChange:
    told = {"kind": AlarmKind.SILENT, "level": AlarmLevel.AMBER, "ring": None, **other}
    return change(step, case=f"KR-{number}", device=f"ANK-{number:04}", **told)  # type: ignore[arg-type]  # the tests name the fields


def name(number: int) -> AlarmId:
    return silent(number).alarm


NAMES = tuple(name(number) for number in range(1, N + 1))


def fallen_silent(n: int = N) -> Desk:
    """A room in which the devices of one gateway, which is down, have fallen silent one after the other."""
    desk = Desk([a_case(f"KR-{number}", n=number) for number in range(1, N + 2)])
    for number in range(1, N + 2):
        desk.room.devices.gateway[DeviceId(f"ANK-{number:04}")] = GatewayName("gw-1")
    desk.room.clusters.down[GatewayName("gw-1")] = T0
    for number in range(1, n + 1):
        desk.raises(silent(number))
    return desk


def refusal(outcome: object) -> str | None:
    return outcome.replies[0].refusal  # type: ignore[attr-defined, no-any-return]


def acknowledged(desk: Desk) -> set[AlarmId]:
    return {row.alarm for row in desk.room.alarms if row.acknowledged}


def test_one_command_acknowledges_all_that_it_names_and_the_log_has_an_entry_for_each() -> None:
    desk = fallen_silent()
    assert sum(isinstance(effect, SoundAlarm) for outcome in desk.outcomes for effect in outcome.effects) == 1
    outcome = desk.act(OPERATOR, AcknowledgeGroup(group=GROUP, alarms=NAMES))
    assert (refusal(outcome), outcome.replies[0].note) == (None, str(N))
    logged = [event for event in outcome.events if isinstance(event, AlarmAcknowledged)]
    seat = f"seat-{OPERATOR}"
    assert logged == [AlarmAcknowledged(alarm=each, user=OPERATOR, seat=seat, reason=None, group=GROUP) for each in NAMES]
    rows = [desk.room.alarms.the(each) for each in NAMES]
    assert {(row.owner, row.acknowledged_us) for row in rows} == {(OPERATOR, desk.now_us)}
    assert len(desk.room.kpi.answered) == N, "the figures count each of them"


def test_what_came_after_the_row_was_seen_still_waits() -> None:
    desk = fallen_silent()
    desk.raises(silent(N + 1))
    desk.act(OPERATOR, AcknowledgeGroup(group=GROUP, alarms=NAMES))
    assert acknowledged(desk) == set(NAMES)
    assert not desk.room.alarms.the(name(N + 1)).acknowledged


def turn_red(desk: Desk) -> None:
    desk.raises(silent(3, AlarmStep.UPGRADED, level=AlarmLevel.RED))


def put_aside(desk: Desk) -> None:
    desk.act(SUPERVISOR, ShelveAlarm(alarm=name(3), minutes=15, reason="tunnel"))


def take(desk: Desk) -> None:
    desk.act(SUPERVISOR, AcknowledgeAlarm(alarm=name(3)))


def end(desk: Desk) -> None:
    desk.act(SUPERVISOR, AcknowledgeAlarm(alarm=name(3)))
    desk.raises(silent(3, AlarmStep.CLEARED))
    desk.act(SUPERVISOR, CloseAlarm(alarm=name(3), outcome="technical"))


@pytest.mark.parametrize("meanwhile", [turn_red, put_aside, take, end])
def test_what_has_changed_hands_or_become_red_meanwhile_is_left_as_it_is(meanwhile: Callable[[Desk], None]) -> None:
    desk = fallen_silent()
    meanwhile(desk)
    before = desk.room.alarms.find(name(3))
    outcome = desk.act(OPERATOR, AcknowledgeGroup(group=GROUP, alarms=NAMES))
    assert outcome.replies[0].note == str(N - 1)
    assert desk.room.alarms.find(name(3)) == before
    assert name(3) not in {event.alarm for event in outcome.events if isinstance(event, AlarmAcknowledged)}


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        (AlarmKind.SOS, AlarmLevel.AMBER),
        (AlarmKind.TAMPER, AlarmLevel.AMBER),
        (AlarmKind.APPROACH, AlarmLevel.AMBER),
        (AlarmKind.NOT_EXCLUDED, AlarmLevel.RED),
    ],
)
def test_a_call_for_help_an_open_strap_red_and_the_first_two_priorities_are_never_acknowledged_with_others(
    kind: AlarmKind, level: AlarmLevel
) -> None:
    desk = fallen_silent(2)
    alone = silent(3, kind=kind, level=level)
    desk.raises(alone)
    desk.room.alarms.put(replace(desk.room.alarms.the(alone.alarm), group=GROUP))
    desk.act(OPERATOR, AcknowledgeGroup(group=GROUP, alarms=(*NAMES[:2], alone.alarm)))
    assert acknowledged(desk) == set(NAMES[:2])
    assert refusal(desk.act(OPERATOR, AcknowledgeGroup(group=GROUP, alarms=(alone.alarm,)))) == "answered-alone"


def test_an_alarm_of_another_cause_is_not_acknowledged_in_its_name() -> None:
    desk = fallen_silent()
    other = change(kind=AlarmKind.BATTERY, level=AlarmLevel.AMBER, ring=None, case=f"KR-{N + 1}", device=f"ANK-{N + 1:04}")
    desk.raises(other)
    desk.act(OPERATOR, AcknowledgeGroup(group=GROUP, alarms=(*NAMES, other.alarm)))
    assert acknowledged(desk) == set(NAMES)


def test_a_group_that_another_has_acknowledged_or_that_nobody_knows_is_refused_as_a_single_alarm_is() -> None:
    desk = fallen_silent()
    desk.act(SUPERVISOR, AcknowledgeGroup(group=GROUP, alarms=NAMES))
    second = desk.act(OPERATOR, AcknowledgeGroup(group=GROUP, alarms=NAMES))
    assert refusal(second) == "already-acknowledged"
    assert SUPERVISOR in (second.replies[0].sentence or "")
    assert refusal(desk.act(OPERATOR, AcknowledgeGroup(group=GROUP, alarms=(AlarmId("x"),)))) == "unknown-alarm"
    assert {row.owner for row in desk.room.alarms} == {SUPERVISOR}


def test_two_names_of_one_row_are_one_alarm() -> None:
    desk = fallen_silent(2)
    desk.raises(silent(1, AlarmStep.CLEARED))
    desk.raises(silent(1, n=2))
    outcome = desk.act(OPERATOR, AcknowledgeGroup(group=GROUP, alarms=(name(1), silent(1, n=2).alarm, name(2))))
    assert outcome.replies[0].note == "2"
    assert entries(outcome).count("acknowledged") == 2


def test_who_may_not_work_alarms_acknowledges_no_group() -> None:
    desk = fallen_silent()
    auditor = UserId("auditor-1")
    put = PutUser(by=UserId("root"), user=auditor, person="auditor-1", role=Role.AUDITOR)
    desk.run(Inbox(orders=(put,), news=(OpenSession(user=auditor, seat=f"seat-{auditor}", desk="d", expires_us=T0 + 3600 * S),)))
    assert refusal(desk.act(auditor, AcknowledgeGroup(group=GROUP, alarms=NAMES))) == "not-allowed"
    assert acknowledged(desk) == set()


def test_who_sees_some_of_the_cases_acknowledges_and_counts_those_alone() -> None:
    desk = fallen_silent()
    for number in (4, 5):  # cases that are no longer anybody's to see
        del desk.room.access.jurisdictions[silent(number).case]  # type: ignore[arg-type]
    outcome = desk.act(OPERATOR, AcknowledgeGroup(group=GROUP, alarms=NAMES))
    assert outcome.replies[0].note == str(N - 2)
    assert acknowledged(desk) == set(NAMES) - {name(4), name(5)}
    assert refusal(desk.act(OPERATOR, AcknowledgeGroup(group=GROUP, alarms=(name(4),)))) == "unknown-alarm", "told of none"


def test_what_was_displayed_with_its_row_has_its_fourth_clock_when_it_is_acknowledged() -> None:
    desk = fallen_silent()
    desk.act(OPERATOR, ReportDisplayed(alarms=NAMES, at_us=T0 + S))
    desk.act(OPERATOR, AcknowledgeGroup(group=GROUP, alarms=NAMES))
    assert {desk.room.alarms.the(each).displayed_us for each in NAMES} == {T0 + S}


def test_a_device_that_falls_silent_after_the_outage_is_heard_although_the_others_still_wait() -> None:
    desk = fallen_silent()
    desk.room.clusters.down.clear()
    for number in range(1, N + 1):
        desk.raises(silent(number, AlarmStep.CLEARED))
    desk.now_us += 3600 * S
    again = silent(5)
    outcome = desk.raises(replace(again, alarm=AlarmId(f"{again.alarm}/again"), known_us=desk.now_us, happened_us=desk.now_us))
    assert [effect.alarm for effect in outcome.effects if isinstance(effect, SoundAlarm)] == [name(5)]


def test_a_member_that_has_called_anew_since_it_was_counted_still_waits() -> None:
    desk = fallen_silent()
    calls = tuple(desk.room.alarms.the(each).alert_us for each in NAMES)
    desk.raises(silent(3, AlarmStep.CLEARED, at_us=T0 + S), after_s=1)
    desk.raises(silent(3, at_us=T0 + 2 * S), after_s=1)
    assert desk.room.alarms.the(name(3)).alert_us not in calls
    outcome = desk.act(OPERATOR, AcknowledgeGroup(group=GROUP, alarms=NAMES, calls=calls))
    assert (refusal(outcome), acknowledged(desk)) == (None, set(NAMES) - {name(3)})


def test_a_key_that_was_pressed_for_an_amber_alarm_does_not_answer_the_red_one_that_it_has_become() -> None:
    desk = fallen_silent()
    amber_us = desk.room.alarms.the(name(3)).alert_us
    desk.raises(silent(3, AlarmStep.UPGRADED, level=AlarmLevel.RED, at_us=T0 + 2 * S), after_s=2)
    assert refusal(desk.act(OPERATOR, AcknowledgeAlarm(alarm=name(3), call=amber_us))) == "called-anew"
    assert not desk.room.alarms.the(name(3)).acknowledged
    red_us = desk.room.alarms.the(name(3)).alert_us
    assert refusal(desk.act(OPERATOR, AcknowledgeAlarm(alarm=name(3), call=red_us))) is None
