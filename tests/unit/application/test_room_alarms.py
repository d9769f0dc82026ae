"""From a decision of the watch to what people hear, see and are asked to do next."""

import pytest
from room_builder import ANKLET, CASE, OPERATOR, PROTECTED, SUPERVISOR, T0, Desk, S, a_case, change, entries

from backend_bridge.application.inbox import CloseSession, EffectReport, Inbox, OpenSession, Trouble, UnitReport
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.commands import (
    AcknowledgeAlarm,
    AddNote,
    CloseAlarm,
    CloseIncident,
    DispatchUnit,
    HandOver,
    LocateNow,
    RecallUnit,
    ReportDisplayed,
    ShelveAlarm,
    StartTestAlarm,
    TakeOver,
    WorkTask,
)
from backend_bridge.domain.identifiers import IncidentId, UnitId
from backend_bridge.domain.incidents.incident import DUTY_OFFICER
from backend_bridge.domain.note import NoteAbout, Statement
from backend_bridge.domain.outcomes.alarm_events import AlarmClosed, AlarmEscalated, AlarmGrouped, FloodChanged, ShiftHandedOver
from backend_bridge.domain.outcomes.effects import NotifyProtected, SendDispatch, SendMessage, SendRecall, SoundAlarm
from backend_bridge.domain.outcomes.incident_events import (
    DispatchMoved,
    IncidentClosed,
    MessageMoved,
    MessageOrdered,
    TaskOpened,
    TaskOverdue,
    TaskWorked,
)
from backend_bridge.domain.quantities import LatLon

ALARM = change().alarm
PROTECTED_FACT = {"about": NoteAbout.PROTECTED, "statement": Statement.FACT}
SINCHON = LatLon(lat_deg=37.5559, lon_deg=126.9369)


def worked_case() -> Desk:
    desk = Desk()
    desk.raises(change())
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=ALARM))
    return desk


def refusal(outcome: object) -> str | None:
    return outcome.replies[0].refusal  # type: ignore[attr-defined, no-any-return]


def test_a_red_alarm_sounds_at_once_and_warns_the_protected_person_by_app_and_sms() -> None:
    outcome = Desk().raises(change())
    assert [type(effect) for effect in outcome.effects] == [SoundAlarm, NotifyProtected]
    ordered = [event for event in outcome.events if isinstance(event, MessageOrdered)]
    assert {(event.channel, event.recipient) for event in ordered} == {("app", PROTECTED), ("sms", PROTECTED)}
    assert not any(word in event.text for event in ordered for word in ("북", "남", "동쪽", "m", "거리"))


def test_the_warning_is_not_repeated_for_a_flapping_alarm() -> None:
    desk = Desk()
    desk.raises(change(n=1))
    desk.raises(change(AlarmStep.CLEARED, n=1), after_s=5)
    again = desk.raises(change(n=2), after_s=5)
    assert "message-ordered" not in entries(again)


def test_nobody_acknowledges_a_second_seat_hears_at_30_seconds_and_the_supervisor_at_60() -> None:
    desk = Desk()
    desk.raises(change())
    escalations = [
        (round((outcome.taken.now_us - T0) / S - 0.2), event.stage, event.seats)
        for outcome in desk.wait(70, every_s=0.5)
        for event in outcome.events
        if isinstance(event, AlarmEscalated)
    ]
    assert [(second, stage) for second, stage, _ in escalations] == [(30, 1), (60, 2)]
    assert escalations[0][2] == ("seat-operator-1", "seat-supervisor-1")
    assert escalations[1][2] == ("seat-supervisor-1",)


def test_with_nobody_at_any_desk_the_escalation_reaches_somebody_outside() -> None:
    desk = Desk(users=())
    desk.raises(change())
    sent = [effect for outcome in desk.wait(31) for effect in outcome.effects if isinstance(effect, SendMessage)]
    assert [(message.recipient, message.channel) for message in sent] == [(DUTY_OFFICER, "sms")]


def test_two_who_acknowledge_the_same_alarm_one_owns_it_and_the_other_is_told() -> None:
    desk = Desk()
    desk.raises(change())
    assert refusal(desk.act(OPERATOR, AcknowledgeAlarm(alarm=ALARM))) is None
    second = desk.act(SUPERVISOR, AcknowledgeAlarm(alarm=ALARM))
    assert refusal(second) == "already-acknowledged"
    assert OPERATOR in (second.replies[0].sentence or "")
    assert desk.room.alarms.the(ALARM).owner == OPERATOR


def test_an_acknowledged_red_alarm_opens_an_incident_with_the_steps_of_korean_law() -> None:
    desk = Desk()
    desk.raises(change())
    outcome = desk.act(OPERATOR, AcknowledgeAlarm(alarm=ALARM))
    tasks = {event.task: event for event in outcome.events if isinstance(event, TaskOpened)}
    assert {"notify-112", "dispatch", "call-protected", "call-wearer", "tell-probation"} <= set(tasks)
    assert tasks["notify-112"].due_us == outcome.taken.now_us + 60 * S
    assert tasks["notify-112"].legal == "EM Act 31-6(4); Decree 23-14(2)"
    assert {effect.channel for effect in outcome.effects if isinstance(effect, SendMessage)} == {"sms", "cap"}


def test_an_amber_alarm_opens_no_incident() -> None:
    desk = Desk()
    desk.raises(change(level=AlarmLevel.AMBER))
    assert "incident-opened" not in entries(desk.act(OPERATOR, AcknowledgeAlarm(alarm=ALARM)))


def test_a_second_red_alarm_of_the_case_joins_the_incident_and_must_still_be_acknowledged() -> None:
    desk = worked_case()
    outcome = desk.raises(change(kind=AlarmKind.EXCLUSION_ZONE, ring=None))
    assert "incident-joined" in entries(outcome)
    assert any(isinstance(effect, SoundAlarm) for effect in outcome.effects)
    assert not desk.room.alarms.the(change(kind=AlarmKind.EXCLUSION_ZONE, ring=None).alarm).acknowledged


def test_no_answer_from_the_protected_person_means_that_the_protection_officer_is_told_at_once() -> None:
    desk = worked_case()
    outcome = desk.act(OPERATOR, WorkTask(incident=IncidentId("INC-1"), task="call-protected", outcome="no-answer"))
    assert [event.task for event in outcome.events if isinstance(event, TaskOpened)] == ["tell-protection-officer"]


def test_footage_that_was_viewed_means_that_the_wearer_is_notified() -> None:
    desk = worked_case()
    outcome = desk.act(OPERATOR, WorkTask(incident=IncidentId("INC-1"), task="ask-cctv", outcome="viewed"))
    assert [event.task for event in outcome.events if isinstance(event, TaskOpened)] == ["notify-wearer-of-cctv"]


def test_steps_that_are_not_taken_in_time_are_noted_once() -> None:
    desk = worked_case()
    overdue = [event.task for outcome in desk.wait(130) for event in outcome.events if isinstance(event, TaskOverdue)]
    assert overdue == ["notify-112", "dispatch", "call-protected", "reach-protected"]


def test_a_warning_that_reaches_nobody_within_60_seconds_becomes_a_step() -> None:
    desk = worked_case()
    opened = [event.task for outcome in desk.wait(62) for event in outcome.events if isinstance(event, TaskOpened)]
    assert opened == ["reach-protected"]


def test_a_warning_that_arrives_by_either_way_asks_nothing_more() -> None:
    desk = Desk()
    outcome = desk.raises(change())
    sms = next(effect for effect in outcome.effects if isinstance(effect, NotifyProtected))
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=ALARM))
    moved = desk.run(Inbox(news=(EffectReport(key=sms.key, state="delivered"),)))
    assert [event.state for event in moved.events if isinstance(event, MessageMoved)] == ["delivered"]
    assert "task-opened" not in entries(desk.wait(62))


def test_a_report_that_comes_twice_or_late_changes_nothing() -> None:
    desk = Desk()
    sms = next(effect for effect in desk.raises(change()).effects if isinstance(effect, NotifyProtected))
    desk.run(Inbox(news=(EffectReport(key=sms.key, state="seen"),)))
    late = (EffectReport(key=sms.key, state="sent"), EffectReport(key=sms.key, state="seen"), EffectReport(key="MSG-99", state="seen"))
    assert entries(desk.run(Inbox(news=late))) == []


def test_a_unit_is_sent_followed_and_called_back() -> None:
    desk = worked_case()
    unit = UnitReport(unit=UnitId("P-7"), callsign="순찰 7", position=SINCHON, course_deg=0.0, state="free", reported_us=desk.now_us)
    desk.run(Inbox(news=(unit,)))
    incident = IncidentId("INC-1")
    send = DispatchUnit(incident=incident, unit=UnitId("P-7"), destination=SINCHON, label="신촌역 3번 출구")
    outcome = desk.act(OPERATOR, send)
    effect = next(effect for effect in outcome.effects if isinstance(effect, SendDispatch))
    assert "task-worked" in entries(outcome)
    assert refusal(desk.act(SUPERVISOR, send)) == "unit-sent"
    moved = desk.run(Inbox(news=(EffectReport(key=effect.key, state="accepted"),)))
    assert [event.state for event in moved.events if isinstance(event, DispatchMoved)] == ["accepted"]
    arrived = UnitReport(
        unit=UnitId("P-7"), callsign="순찰 7", position=SINCHON, course_deg=0.0, state="on-scene", reported_us=desk.now_us + 1
    )
    assert [event.state for event in desk.run(Inbox(news=(arrived,))).events if isinstance(event, DispatchMoved)] == ["on-scene"]
    recalled = desk.act(OPERATOR, RecallUnit(incident=incident, unit=UnitId("P-7")))
    assert [type(each) for each in recalled.effects] == [SendRecall]
    assert refusal(desk.act(OPERATOR, RecallUnit(incident=incident, unit=UnitId("P-7")))) == "unit-not-sent"


def test_several_units_go_to_several_places() -> None:
    desk = worked_case()
    for name in ("P-1", "P-2"):
        report = UnitReport(unit=UnitId(name), callsign=name, position=SINCHON, course_deg=None, state="free", reported_us=desk.now_us)
        desk.run(Inbox(news=(report,)))
        place = LatLon(lat_deg=37.55, lon_deg=126.9 + len(name) / 100)
        outcome = desk.act(OPERATOR, DispatchUnit(incident=IncidentId("INC-1"), unit=UnitId(name), destination=place, label="home"))
        assert refusal(outcome) is None
    assert len(desk.room.incidents.the(IncidentId("INC-1")).dispatches) == 2


def finish(desk: Desk) -> None:
    incident = desk.room.incidents.the(IncidentId("INC-1"))
    for task in incident.tasks:
        desk.act(OPERATOR, WorkTask(incident=incident.incident, task=task.rule.task, outcome=task.rule.outcomes[0]))


def test_an_incident_closes_when_its_steps_are_worked_and_the_condition_is_over() -> None:
    desk = worked_case()
    close = CloseIncident(incident=IncidentId("INC-1"), outcome="true-breach", note="arrested")
    assert refusal(desk.act(OPERATOR, close)) == "still-active"
    desk.raises(change(AlarmStep.CLEARED))
    assert refusal(desk.act(OPERATOR, close)) == "tasks-open"
    finish(desk)
    for task in desk.room.incidents.the(IncidentId("INC-1")).tasks:
        if task.is_open:
            desk.act(OPERATOR, WorkTask(incident=IncidentId("INC-1"), task=task.rule.task, outcome=task.rule.outcomes[0]))
    outcome = desk.act(OPERATOR, close)
    assert entries(outcome)[:2] == ["incident-closed", "closed"]
    assert "view-narrowed" in entries([outcome, *desk.wait(2)])
    assert not desk.room.alarms.rows
    late = AddNote(incident=IncidentId("INC-1"), text="late", about=NoteAbout.NOBODY, statement=Statement.FACT)
    assert refusal(desk.act(OPERATOR, late)) == "incident-closed"


def test_a_tamper_that_ended_by_itself_stays_until_a_person_gives_a_reason() -> None:
    desk = Desk()
    tamper = change(kind=AlarmKind.TAMPER, ring=None)
    desk.raises(tamper)
    assert refusal(desk.act(OPERATOR, AcknowledgeAlarm(alarm=tamper.alarm))) == "needs-reason"
    assert desk.watch.released == []
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=tamper.alarm, reason="seen: buckle loose"))
    assert desk.watch.released == [tamper.alarm]


def test_strap_comm_loss_and_battery_of_one_device_are_one_group() -> None:
    desk = Desk()
    desk.raises(change(kind=AlarmKind.TAMPER, ring=None))
    outcome = desk.raises(change(kind=AlarmKind.SILENT, ring=None, level=AlarmLevel.AMBER), after_s=20)
    grouped = [event for event in outcome.events if isinstance(event, AlarmGrouped)]
    assert [(event.group, event.cause, len(event.alarms)) for event in grouped] == [(f"device/{ANKLET}", "device-defeated", 2)]
    assert not any(isinstance(effect, SoundAlarm) for effect in outcome.effects)
    assert len({row.group for row in desk.room.alarms}) == 1


def test_more_than_ten_new_alarms_in_ten_minutes_a_seat_is_a_flood_that_ends_when_it_calms() -> None:
    cases = [a_case(f"KR-{n}", n=n) for n in range(1, 40)]
    desk = Desk(cases, users=(OPERATOR,))
    floods = []
    for n in range(1, 15):
        outcome = desk.raises(change(case=f"KR-{n}", level=AlarmLevel.AMBER), after_s=5)
        floods += [(n, event.on) for event in outcome.events if isinstance(event, FloodChanged)]
    assert floods == [(11, True)]
    assert not any(isinstance(effect, SoundAlarm) for effect in desk.outcomes[-1].effects)
    assert any(isinstance(effect, SoundAlarm) for effect in desk.raises(change(case="KR-30")).effects)
    over = [event.on for outcome in desk.wait(700, every_s=10) for event in outcome.events if isinstance(event, FloodChanged)]
    assert over == [False]


def test_a_shift_is_handed_over_with_nothing_left_behind() -> None:
    desk = worked_case()
    outcome = desk.act(OPERATOR, HandOver(to=SUPERVISOR, note="all calm"))
    handed = next(event for event in outcome.events if isinstance(event, ShiftHandedOver))
    assert handed.alarms == (ALARM,)
    assert not [row for row in desk.room.alarms if row.owner == OPERATOR]
    assert desk.room.incidents.the(IncidentId("INC-1")).owner == SUPERVISOR
    assert refusal(desk.act(OPERATOR, HandOver(to="nobody", note=""))) == "unknown-receiver"


def test_nobody_goes_before_somebody_has_seen_who_is_silent() -> None:
    desk = worked_case()
    silent = change(kind=AlarmKind.SILENT, level=AlarmLevel.AMBER, ring=None)
    desk.raises(silent)
    assert refusal(desk.act(OPERATOR, HandOver(to=SUPERVISOR, note="all calm"))) == "silent-waiting"
    assert desk.room.alarms.the(ALARM).owner == OPERATOR, "nothing has gone over"
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=silent.alarm))
    assert refusal(desk.act(OPERATOR, HandOver(to=SUPERVISOR, note="one is silent"))) is None


def test_an_alarm_is_taken_over_with_its_incident() -> None:
    desk = worked_case()
    assert refusal(desk.act(SUPERVISOR, TakeOver(alarm=ALARM))) is None
    assert desk.room.alarms.the(ALARM).owner == SUPERVISOR
    assert desk.room.incidents.the(IncidentId("INC-1")).owner == SUPERVISOR
    assert refusal(desk.act(SUPERVISOR, TakeOver(alarm=ALARM))) == "already-owner"


def test_the_test_alarm_runs_end_to_end_at_its_seat() -> None:
    desk = Desk()
    outcome = desk.act(OPERATOR, StartTestAlarm())
    assert entries(outcome) == ["test-alarm", "raised"]
    tested = {seat: sitting.tested_us for seat, sitting in desk.room.duty.sessions.items()}
    assert [at_us for at_us in tested.values() if at_us is not None] == [desk.now_us], "the seat has had its test, no other"
    assert any(isinstance(effect, SoundAlarm) for effect in outcome.effects)
    alarm = outcome.replies[0].note
    assert alarm is not None
    assert refusal(desk.act(OPERATOR, StartTestAlarm())) == "test-running"
    acknowledged = desk.act(OPERATOR, AcknowledgeAlarm(alarm=alarm))  # type: ignore[arg-type]
    assert entries(acknowledged) == ["acknowledged", "cleared"]
    assert refusal(desk.act(OPERATOR, CloseAlarm(alarm=alarm, outcome="test"))) is None  # type: ignore[arg-type]
    assert not desk.room.alarms.rows


def test_the_five_clocks_of_an_alarm_are_kept() -> None:
    desk = Desk()
    desk.raises(change())
    desk.act(OPERATOR, ReportDisplayed(alarms=(ALARM,), at_us=T0 + S))
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=ALARM))
    incident = desk.room.incidents.the(IncidentId("INC-1"))
    clocks = (incident.device_us, incident.received_us, incident.displayed_us, incident.acknowledged_us)
    assert clocks == (T0 - S, T0, T0 + S, desk.now_us)


def test_the_five_clocks_are_all_of_the_step_that_was_acknowledged_whatever_came_before_and_after_it() -> None:
    desk = Desk()
    desk.raises(change(level=AlarmLevel.AMBER))
    desk.act(OPERATOR, ReportDisplayed(alarms=(ALARM,), at_us=T0 + S))
    desk.raises(change(AlarmStep.UPGRADED, at_us=T0 + 60 * S), after_s=60)
    desk.act(OPERATOR, ReportDisplayed(alarms=(ALARM,), at_us=T0 + 61 * S))
    desk.raises(change(AlarmStep.CLEARED, at_us=T0 + 65 * S), after_s=5)
    desk.raises(change(n=2, at_us=T0 + 70 * S), after_s=5)
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=ALARM))
    incident = desk.room.incidents.the(IncidentId("INC-1"))
    clocks = (incident.device_us, incident.received_us, incident.evaluated_us, incident.displayed_us, incident.acknowledged_us)
    assert clocks == (T0 + 59 * S, T0 + 60 * S, T0 + 60 * S, T0 + 61 * S, desk.now_us)


def test_the_paint_of_the_amber_that_is_reported_after_the_upgrade_says_nothing_of_the_red() -> None:
    desk = Desk()
    desk.raises(change(level=AlarmLevel.AMBER))
    desk.raises(change(AlarmStep.UPGRADED, at_us=T0 + 2 * S), after_s=2)
    desk.act(OPERATOR, ReportDisplayed(alarms=(ALARM,), at_us=T0 + S, calls=(T0,)))
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=ALARM))
    incident = desk.room.incidents.the(IncidentId("INC-1"))
    assert incident.displayed_us is None, "nobody has said that the red was painted"
    desk.act(OPERATOR, ReportDisplayed(alarms=(ALARM,), at_us=T0 + 3 * S, calls=(T0 + 2 * S,)))
    incident = desk.room.incidents.the(IncidentId("INC-1"))
    assert (incident.evaluated_us, incident.displayed_us) == (T0 + 2 * S, T0 + 3 * S)


def test_a_report_with_fewer_or_more_calls_than_alarms_counts_for_those_that_it_names() -> None:
    desk = Desk()
    desk.raises(change())
    other = change(kind=AlarmKind.EXCLUSION_ZONE, ring=None)
    desk.raises(other)
    desk.act(OPERATOR, ReportDisplayed(alarms=(ALARM, other.alarm), at_us=T0 + S, calls=(T0 - S,)))
    assert [desk.room.alarms.the(alarm).displayed_us for alarm in (ALARM, other.alarm)] == [None, T0 + S]
    desk.act(OPERATOR, ReportDisplayed(alarms=(ALARM,), at_us=T0 + 2 * S, calls=(T0, T0, T0)))
    assert desk.room.alarms.the(ALARM).displayed_us == T0 + 2 * S


def test_what_comes_back_from_its_shelf_calls_anew_and_its_clocks_are_in_order() -> None:
    desk = Desk()
    desk.raises(change(level=AlarmLevel.AMBER))
    desk.act(OPERATOR, ReportDisplayed(alarms=(ALARM,), at_us=T0 + S, calls=(T0,)))
    desk.act(OPERATOR, ShelveAlarm(alarm=ALARM, minutes=1, reason="known"))
    desk.wait(61)
    called_us = desk.room.alarms.the(ALARM).alert_us
    assert desk.room.alarms.the(ALARM).displayed_us is None
    desk.act(OPERATOR, ReportDisplayed(alarms=(ALARM,), at_us=desk.now_us, calls=(called_us,)))
    assert desk.room.alarms.the(ALARM).displayed_us is not None
    assert desk.room.kpi.sheet(0, desk.now_us + 1).to_screen[0].n == 1, "how long it lay on the shelf is not how long it took to be shown"


def test_what_opened_an_incident_and_was_seen_only_after_it_has_its_fourth_clock_and_no_other_alarm_gives_it_one() -> None:
    desk = worked_case()
    joined = change(kind=AlarmKind.EXCLUSION_ZONE, ring=None)
    desk.raises(joined)
    desk.act(OPERATOR, ReportDisplayed(alarms=(joined.alarm,), at_us=T0 + 2 * S))
    assert desk.room.incidents.the(IncidentId("INC-1")).displayed_us is None
    desk.act(OPERATOR, ReportDisplayed(alarms=(ALARM,), at_us=T0 + 3 * S))
    assert desk.room.incidents.the(IncidentId("INC-1")).displayed_us == T0 + 3 * S


def test_how_soon_an_alarm_was_shown_counts_once_by_the_bridges_clock_whatever_the_desk_says() -> None:
    desk = Desk()
    desk.raises(change())
    desk.act(OPERATOR, ReportDisplayed(alarms=(ALARM, ALARM), at_us=T0 - 3600 * S), after_s=0.5)
    shown_us = desk.now_us
    desk.act(SUPERVISOR, ReportDisplayed(alarms=(ALARM,), at_us=T0 + 3600 * S), after_s=20)
    received, happened = desk.room.kpi.sheet(0, desk.now_us + 1).to_screen
    assert (received.n, received.median_s) == (1, pytest.approx((shown_us - T0) / S, abs=0.01))
    assert (happened.n, happened.median_s) == (1, pytest.approx((shown_us - T0) / S + 1, abs=0.01))


def test_a_part_of_the_bridge_that_fails_is_an_alarm_and_ends_when_it_works_again() -> None:
    desk = Desk()
    assert entries(desk.run(Inbox(news=(Trouble(code="disk-full", on=True),)))) == ["trouble", "raised"]
    assert entries(desk.run(Inbox(news=(Trouble(code="disk-full", on=True),)))) == []
    assert entries(desk.run(Inbox(news=(Trouble(code="disk-full", on=False),)))) == ["trouble", "cleared"]


def test_a_device_is_asked_only_when_it_was_heard_and_the_question_is_given_up_after_three_minutes() -> None:
    desk = Desk()
    locate = LocateNow(case=CASE, person=PROTECTED)
    assert refusal(desk.act(OPERATOR, locate)) == "device-not-heard"
    desk.room.devices.gateway["VIC-0001"] = "gw"  # type: ignore[index, assignment]
    outcome = desk.act(OPERATOR, locate)
    assert [effect.id for effect in outcome.lane_effects] == [1]  # type: ignore[union-attr]
    assert entries(desk.wait(181)) == ["device-answered"]


def test_an_act_without_a_session_or_by_somebody_else_is_refused_and_written_down() -> None:
    desk = Desk(users=(OPERATOR,))
    outcome = desk.act(SUPERVISOR, ShelveAlarm(alarm=ALARM, minutes=5, reason="x"))
    assert refusal(outcome) == "no-session"
    assert entries(outcome) == ["refused"]


def test_a_seat_that_is_lost_does_not_silence_what_its_user_owns() -> None:
    desk = worked_case()
    desk.run(Inbox(news=(CloseSession(seat=f"seat-{OPERATOR}", reason="lost"),)))
    assert desk.room.alarms.the(ALARM).owner == OPERATOR
    session = OpenSession(user=OPERATOR, seat="another", desk="desk", expires_us=desk.now_us + S)
    assert entries(desk.run(Inbox(news=(session,)))) == ["view-opened"]


def test_words_beside_an_outcome_say_about_whom_they_are_and_whether_they_are_fact_or_assessment() -> None:
    desk = worked_case()
    incident = IncidentId("INC-1")
    kinds = {"about": NoteAbout.WEARER, "statement": Statement.ASSESSMENT}
    step = WorkTask(incident=incident, task="call-wearer", outcome="answered", note="sounded drunk", **kinds)
    worked = desk.act(OPERATOR, step)
    (entry,) = [event for event in worked.events if isinstance(event, TaskWorked)]
    assert (entry.note, entry.about, entry.statement) == ("sounded drunk", NoteAbout.WEARER, Statement.ASSESSMENT)
    line = desk.room.incidents.the(incident).timeline[-1]
    assert ("statement", "assessment") in line.detail
    assert ("text", "sounded drunk") in line.detail
    while open_steps := [task for task in desk.room.incidents.the(incident).tasks if task.is_open]:
        finish(desk)
        assert len(open_steps) < 20
    desk.raises(change(AlarmStep.CLEARED))
    closed = desk.act(OPERATOR, CloseIncident(incident=incident, outcome="prevented", note="she is at the station", **PROTECTED_FACT))
    assert refusal(closed) is None
    ends = [event for event in closed.events if isinstance(event, IncidentClosed | AlarmClosed)]
    assert {(event.about, event.statement) for event in ends} == {(NoteAbout.PROTECTED, Statement.FACT)}


def test_what_a_client_leaves_unsaid_is_unsaid_in_the_log_and_an_outcome_without_words_says_neither() -> None:
    desk = worked_case()
    bare = desk.act(OPERATOR, WorkTask(incident=IncidentId("INC-1"), task="call-wearer", outcome="answered", **PROTECTED_FACT))
    unsaid = desk.act(OPERATOR, WorkTask(incident=IncidentId("INC-1"), task="call-protected", outcome="safe", note="at home"))
    for outcome in (bare, unsaid):
        (entry,) = [event for event in outcome.events if isinstance(event, TaskWorked)]
        assert (entry.about, entry.statement) == (None, None)
