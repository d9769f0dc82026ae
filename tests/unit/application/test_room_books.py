"""The room's books: cases and their ends, users and offices, devices off with leave, what is forgotten and what is not."""

from dataclasses import replace

import pytest
from room_builder import ANKLET, CASE, OPERATOR, PROTECTED, SUPERVISOR, T0, Desk, S, a_case, change, entries

from backend_bridge.application.inbox import (
    CloseSession,
    CourtDecided,
    EndOrder,
    ImportCases,
    Inbox,
    LoginRefused,
    Milestone,
    NoteByOffice,
    OpenSession,
    PutUser,
)
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.commands import (
    AcknowledgeAlarm,
    BreakGlass,
    CloseIncident,
    DecideRequest,
    RequestAccess,
    ReviewBreakGlass,
    WorkTask,
)
from backend_bridge.domain.identifiers import GatewayName, GrantId, IncidentId, RequestId, UserId
from backend_bridge.domain.outcomes.alarm_events import AlarmEscalated
from backend_bridge.domain.outcomes.bridge_events import OrderExpires
from backend_bridge.domain.outcomes.effects import DestroyDelivered, EndSessions, SoundAlarm
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.user import Role

ROOT = UserId("root")
DAY = 86_400


def asked(desk: Desk, purpose: Purpose = Purpose.VICTIM_NOTICE, minutes: int = 60) -> RequestId:
    command = RequestAccess(
        person=PROTECTED,
        case=CASE,
        purpose=purpose,
        reason="call",
        from_us=T0,
        to_us=T0 + DAY * S,
        minutes=minutes,
        fields=("position",),
        paper="warrant.pdf sha256:00",
        on_behalf_of="seodaemun-police",
    )
    return RequestId(str(desk.act(OPERATOR, command).replies[0].note))


def test_the_same_case_again_changes_nothing_also_after_its_order_was_ended() -> None:
    desk = Desk()
    again = ImportCases(by=ROOT, cases=(a_case(),))
    assert entries(desk.run(Inbox(orders=(again,)))) == []
    desk.run(Inbox(orders=(EndOrder(by=ROOT, case=CASE, at_us=desk.now_us, reason="acquitted"),)))
    assert entries(desk.run(Inbox(orders=(again,)))) == []
    assert not desk.room.registry.held[CASE].in_force(desk.now_us)


def test_people_are_told_thirty_fourteen_seven_and_one_day_before_an_order_ends() -> None:
    desk = Desk()
    told = [
        (event.days, round((event.end_us - outcome.taken.now_us) / S / DAY, 1))
        for outcome in desk.wait(91 * DAY, every_s=DAY / 4)
        for event in outcome.events
        if isinstance(event, OrderExpires)
    ]
    assert [days for days, _ in told] == [30, 14, 7, 1]
    assert all(days - 0.3 <= left <= days for days, left in told)


def test_somebody_who_loses_their_office_loses_what_it_opened_and_their_desks_at_once() -> None:
    desk = Desk()
    desk.act(SUPERVISOR, DecideRequest(request=asked(desk), decision="approve", reason="yes"))
    outcome = desk.run(Inbox(orders=(PutUser(by=ROOT, user=OPERATOR, person="person-1", role=Role.TRAINER),)))
    assert {"user-changed", "grant-ended", "view-closed"} <= set(entries(outcome))
    assert [effect.user for effect in outcome.effects if isinstance(effect, EndSessions)] == [OPERATOR]
    assert not list(desk.room.grants.of_user(OPERATOR, desk.now_us))


def test_the_supervisors_hear_of_red_alarms_whose_owner_has_left() -> None:
    desk = Desk()
    desk.raises(change())
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=change().alarm))
    outcome = desk.run(Inbox(news=(CloseSession(seat=f"seat-{OPERATOR}", reason="lost"),)))
    assert [(event.stage, event.seats) for event in outcome.events if isinstance(event, AlarmEscalated)] == [(2, (f"seat-{SUPERVISOR}",))]


def test_a_device_that_is_not_back_from_leave_in_time_is_an_alarm() -> None:
    desk = Desk()
    leave = NoteByOffice(by=ROOT, case=CASE, person=None, label="TEMP_REMOVAL", text="MRI", until_us=desk.now_us + 3600 * S)
    assert entries(desk.run(Inbox(orders=(leave,)))) == ["label-entered"]
    assert entries(desk.wait(3590, every_s=10)) == []
    assert entries(desk.wait(20, every_s=10)) == ["raised"]
    back = NoteByOffice(by=ROOT, case=CASE, person=None, label="TEMP_REMOVAL", text="back on")
    assert entries(desk.run(Inbox(orders=(back,)))) == ["label-entered", "cleared"]


def test_two_approvers_are_needed_where_the_law_threatens_prison_and_they_are_two_people() -> None:
    desk = Desk()
    for name, person in (("supervisor-2", "person-3"), ("supervisor-3", "person-2")):
        desk.run(Inbox(orders=(PutUser(by=ROOT, user=UserId(name), person=person, role=Role.SUPERVISOR),)))
        desk.run(Inbox(news=(OpenSession(user=UserId(name), seat=f"seat-{name}", desk="d", expires_us=desk.now_us + DAY * S),)))
    request = asked(desk, Purpose.BREACH_INVESTIGATION)
    approve = DecideRequest(request=request, decision="approve", reason="yes")
    assert entries(desk.act(SUPERVISOR, approve)) == ["access-decided"]
    assert desk.act(SUPERVISOR, approve).replies[0].refusal == "same-approver"
    assert desk.act(UserId("supervisor-3"), approve).replies[0].refusal == "same-approver"
    assert entries(desk.act(UserId("supervisor-2"), approve)) == ["access-decided", "grant-started"]


def test_a_yes_of_somebody_who_no_longer_decides_does_not_count() -> None:
    desk = Desk()
    desk.run(Inbox(orders=(PutUser(by=ROOT, user=UserId("supervisor-2"), person="person-3", role=Role.SUPERVISOR),)))
    desk.run(Inbox(news=(OpenSession(user=UserId("supervisor-2"), seat="seat-supervisor-2", desk="d", expires_us=T0 + 10**13),)))
    request = asked(desk, Purpose.BREACH_INVESTIGATION)
    desk.act(SUPERVISOR, DecideRequest(request=request, decision="approve", reason="yes"))
    desk.run(Inbox(orders=(PutUser(by=ROOT, user=SUPERVISOR, person="person-2", role=Role.OPERATOR),)))
    assert entries(desk.act(UserId("supervisor-2"), DecideRequest(request=request, decision="approve", reason="yes"))) == ["access-decided"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"minutes": 0}, "bad-duration"),
        ({"minutes": 481}, "bad-duration"),
        ({"fields": ()}, "bad-fields"),
        ({"fields": ("everything",)}, "bad-fields"),
        ({"purpose": Purpose.COMPLIANCE}, "routine-purpose"),
        ({"reason": "  "}, "needs-reason"),
        ({"from_us": T0, "to_us": T0}, "bad-period"),
        ({"purpose": Purpose.STALKING_CRIME, "paper": None}, "needs-paper"),
        ({"purpose": Purpose.STALKING_CRIME, "on_behalf_of": None}, "needs-paper"),
        ({"person": "S-9999"}, "unknown-person"),
        ({"case": "KR-0"}, "not-allowed"),
    ],
)
def test_a_request_that_cannot_be_right_is_refused(changes: dict[str, object], code: str) -> None:
    values: dict[str, object] = {
        "person": PROTECTED, "case": CASE, "purpose": Purpose.VICTIM_NOTICE, "reason": "x", "from_us": T0, "to_us": T0 + S,
        "minutes": 60, "fields": ("position",), "paper": "p", "on_behalf_of": "o",
    }  # fmt: skip
    command = RequestAccess(**(values | changes))  # type: ignore[arg-type]
    assert Desk().act(OPERATOR, command).replies[0].refusal == code


def test_a_request_is_narrowed_only_within_what_was_asked() -> None:
    desk = Desk()
    request = asked(desk)
    wider = DecideRequest(request=request, decision="narrow", reason="less", minutes=61)
    assert desk.act(SUPERVISOR, wider).replies[0].refusal == "not-narrower"
    narrower = DecideRequest(request=request, decision="narrow", reason="less", minutes=10, to_us=T0 + 3600 * S)
    grant = GrantId(str(desk.act(SUPERVISOR, narrower).replies[0].note))
    assert desk.room.grants.grants[grant].ends_us == desk.now_us + 600 * S
    assert desk.room.grants.requests[request].state == "narrowed"


def test_a_request_that_nobody_decides_lapses_after_a_day() -> None:
    desk = Desk()
    request = asked(desk)
    assert entries(desk.wait(DAY - 60, every_s=1800)) == []
    assert entries(desk.wait(1800, every_s=600)) == ["access-lapsed"]
    late = DecideRequest(request=request, decision="approve", reason="yes")
    assert desk.act(SUPERVISOR, late).replies[0].refusal == "request-decided"


def test_break_glass_is_reviewed_by_another_and_overdue_after_a_day() -> None:
    desk = Desk()
    desk.act(SUPERVISOR, BreakGlass(person=PROTECTED, case=CASE, purpose=Purpose.BREACH_INVESTIGATION, reason="life"))
    review = ReviewBreakGlass(grant=GrantId("GRANT-1"), justified=False, reason="no need")
    assert desk.act(SUPERVISOR, review).replies[0].refusal == "own-use"
    assert "review-overdue" in entries(desk.wait(DAY + 1800, every_s=1800))
    desk.run(Inbox(orders=(PutUser(by=ROOT, user=UserId("supervisor-2"), person="person-3", role=Role.SUPERVISOR),)))
    desk.run(Inbox(news=(OpenSession(user=UserId("supervisor-2"), seat="seat-supervisor-2", desk="d", expires_us=T0 + 10**13),)))
    assert entries(desk.act(UserId("supervisor-2"), review)) == ["break-glass-reviewed", "cleared"]


def test_emergency_access_that_a_court_permits_destroys_nothing() -> None:
    desk = Desk()
    desk.act(OPERATOR, BreakGlass(person=PROTECTED, case=CASE, purpose=Purpose.STALKING_CRIME, reason="life"))
    desk.run(Inbox(orders=(CourtDecided(by=ROOT, grant="GRANT-1", permitted=True, number="2026-7"),)))
    outcomes = desk.wait(3 * DAY, every_s=3600)
    assert not [effect for outcome in outcomes for effect in outcome.effects if isinstance(effect, DestroyDelivered)]


def test_a_login_that_failed_is_written_down() -> None:
    refused = LoginRefused(user=OPERATOR, desk="d", reason="wrong-secret")
    assert entries(Desk().run(Inbox(news=(refused,)))) == ["login-failed"]


def test_nobody_unknown_or_disabled_opens_a_view() -> None:
    desk = Desk()
    outcome = desk.run(Inbox(news=(OpenSession(user=UserId("nobody"), seat="x", desk="d", expires_us=T0 + 10**13),)))
    assert entries(outcome) == ["login-failed"]
    assert "x" not in desk.room.duty.sessions


def test_after_a_restart_nobody_sits_anywhere_and_open_questions_to_devices_are_put_again() -> None:
    desk = Desk()
    desk.room.devices.gateway[ANKLET] = GatewayName("gw")
    desk.raises(change())
    outcome = desk.run(Inbox(news=(Milestone(what="started"),)))
    assert entries(outcome).count("view-closed") == 2
    assert [effect.id for effect in outcome.lane_effects] == [1]  # type: ignore[union-attr]


def test_a_device_that_was_hurried_is_asked_for_its_usual_rate_when_all_is_over() -> None:
    desk = Desk()
    desk.room.devices.gateway[ANKLET] = GatewayName("gw")
    hurried = desk.raises(change())
    assert [(effect.what, effect.value) for effect in hurried.lane_effects] == [("rate", 15.0)]  # type: ignore[union-attr]
    work_off(desk)
    asked_for = [(effect.what, effect.value) for outcome in desk.outcomes for effect in outcome.lane_effects]  # type: ignore[union-attr]
    assert asked_for == [("rate", 15.0), ("rate", 60.0)]


def work_off(desk: Desk, n: int = 1) -> None:
    incident = IncidentId(f"INC-{n}")
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=next(iter(desk.room.alarms.rows))))
    desk.raises(change(AlarmStep.CLEARED))
    while (task := desk.room.incidents.the(incident).next_task()) is not None:
        desk.act(OPERATOR, WorkTask(incident=incident, task=task.rule.task, outcome=task.rule.outcomes[0]))
    done = desk.act(OPERATOR, CloseIncident(incident=incident, outcome="prevented", note="he turned back"))
    assert done.replies[0].refusal is None


def test_what_is_over_for_long_is_forgotten_and_new_names_do_not_repeat_old_ones() -> None:
    desk = Desk()
    desk.raises(change())
    work_off(desk)
    request = asked(desk)
    desk.act(SUPERVISOR, DecideRequest(request=request, decision="deny", reason="no"))
    ordered = {event.delivery for outcome in desk.outcomes for event in outcome.events if getattr(event, "entry", "") == "message-ordered"}  # type: ignore[union-attr]
    desk.wait(32 * DAY, every_s=DAY / 2)
    room = desk.room
    assert (len(room.incidents.incidents), len(room.incidents.messages.by_key), len(room.grants.requests)) == (0, 0, 0)
    again = desk.raises(change(n=2, at_us=desk.now_us))
    assert not ordered & {event.delivery for event in again.events if getattr(event, "entry", "") == "message-ordered"}  # type: ignore[union-attr]
    assert asked(desk) != request


def test_an_alarm_without_a_case_or_a_battery_opens_no_case() -> None:
    desk = Desk()
    desk.raises(change(kind=AlarmKind.BATTERY, level=AlarmLevel.AMBER, ring=None))
    assert not desk.room.access.alarmed


def test_people_hear_at_once_that_somebody_broke_the_glass_until_another_has_reviewed_it() -> None:
    desk = Desk()
    outcome = desk.act(OPERATOR, BreakGlass(person=PROTECTED, case=CASE, purpose=Purpose.BREACH_INVESTIGATION, reason="life"))
    assert any(isinstance(effect, SoundAlarm) for effect in outcome.effects)
    assert [row.newest.because["code"] for row in desk.room.alarms] == ["break-glass:GRANT-1"]
    desk.act(SUPERVISOR, ReviewBreakGlass(grant=GrantId("GRANT-1"), justified=True, reason="it was"))
    assert not [row for row in desk.room.alarms if row.holds]


def test_too_many_silent_at_once_are_one_alarm_that_the_room_is_blind() -> None:
    desk = Desk([a_case(f"KR-{n}", n=n) for n in range(1, 41)])
    desk.room.health.last_input_us = desk.now_us
    silent = [change(kind=AlarmKind.SILENT, level=AlarmLevel.AMBER, case=f"KR-{n}", device=f"ANK-{n:04}", ring=None) for n in range(1, 5)]
    desk.raises(*silent[:2], after_s=1)
    assert not [row for row in desk.room.alarms if row.newest.kind is AlarmKind.SYSTEM]
    desk.raises(*silent[2:], after_s=1)
    (blind,) = [row for row in desk.room.alarms if row.newest.kind is AlarmKind.SYSTEM]
    assert (blind.newest.because["n_silent"], blind.newest.because["n_watched"], blind.is_red) == (4, 40, True)
    desk.raises(*(replace(each, step=AlarmStep.CLEARED) for each in silent[:2]), after_s=1)
    assert not desk.room.alarms.the(blind.alarm).holds
