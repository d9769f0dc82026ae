"""What people at desks do: each command allowed by `may`, decided by the domain, answered with done or a refusal."""

from typing import assert_never

from backend_bridge.application import access_acts, alarm_flow, destruction_acts, exercise_acts, incident_acts, recording_acts
from backend_bridge.application.case_alarms import case_of
from backend_bridge.application.inbox import Act
from backend_bridge.application.outcome import Reply
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.alarms import alarm_acts
from backend_bridge.domain.alarms.alarm_state import LiveAlarm
from backend_bridge.domain.alarms.kpi import Answered, OnScreen
from backend_bridge.domain.commands import (
    AcknowledgeAlarm,
    AcknowledgeGroup,
    AddNote,
    BookmarkRecording,
    BreakGlass,
    CloseAlarm,
    CloseIncident,
    CloseRecording,
    Command,
    ConfirmExportGone,
    DecideDeletion,
    DecideDestruction,
    DecideDisclosure,
    DecideOrderEnd,
    DecideRequest,
    DispatchUnit,
    EndGrant,
    EndScenario,
    EnterLabel,
    GiveConsent,
    HandOver,
    InjectEvent,
    LiftHold,
    LocateNow,
    LoopRecording,
    OpenRecording,
    PlaceHold,
    PlayRecording,
    ProposeDeletion,
    ProposeOrderEnd,
    RecallUnit,
    ReportDisplayed,
    RequestAccess,
    RequestDestruction,
    ReviewBreakGlass,
    SeekRecording,
    ShelveAlarm,
    StartScenario,
    StartTestAlarm,
    SteerExercise,
    StepRecording,
    TakeOver,
    UnshelveAlarm,
    WithdrawConsent,
    WorkTask,
)
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import AlarmId, UserId
from backend_bridge.domain.incidents.jurisdiction import KR, rules_of
from backend_bridge.domain.outcomes.access_events import ActRefused
from backend_bridge.domain.outcomes.alarm_events import TestAlarmStarted
from backend_bridge.domain.user import User


def take_act(turn: Turn, act: Act) -> None:
    """Do what was asked, or refuse it; either way it is answered, and a refusal is in the log."""
    try:
        user = turn.room.duty.at(act.seat, act.user)
        note = _perform(turn, user, act.seat, act.command)
    except Refused as refused:
        name = type(act.command).__name__
        turn.decisions.log(ActRefused(user=act.user, seat=act.seat, act=name, code=refused.code.value))
        turn.replies.append(Reply(act=act.act, seat=act.seat, refusal=refused.code.value, sentence=refused.sentence))
    else:
        turn.replies.append(Reply(act=act.act, seat=act.seat, note=note))


def _perform(turn: Turn, user: User, seat: str, command: Command) -> str | None:
    match command:
        case AcknowledgeAlarm() | AcknowledgeGroup() | ShelveAlarm() | UnshelveAlarm() | CloseAlarm() | ReportDisplayed() | TakeOver():
            turn.must(user.user, Action.WORK_ALARM)
            return _on_alarm(turn, user, seat, command)
        case HandOver():
            turn.must(user.user, Action.HAND_OVER)
            _hand_over(turn, user, command)
            return None
        case StartTestAlarm():
            turn.must(user.user, Action.TEST_ALARM)
            return _test(turn, user, seat)
        case StartScenario() | EndScenario() | SteerExercise() | InjectEvent():
            exercise_acts.perform(turn, user, command)
            return None
        case WorkTask() | DispatchUnit() | RecallUnit() | AddNote() | CloseIncident() | LocateNow() | EnterLabel():
            return incident_acts.perform(turn, user, command)
        case RequestAccess() | DecideRequest() | EndGrant() | BreakGlass() | ReviewBreakGlass():
            return access_acts.perform(turn, user, command)
        case (
            OpenRecording() | PlayRecording() | SeekRecording() | StepRecording() | LoopRecording() | BookmarkRecording() | CloseRecording()
        ):
            return recording_acts.perform(turn, user, seat, command)
        case (
            RequestDestruction()
            | DecideDestruction()
            | PlaceHold()
            | LiftHold()
            | ConfirmExportGone()
            | DecideDisclosure()
            | ProposeDeletion()
            | DecideDeletion()
            | ProposeOrderEnd()
            | DecideOrderEnd()
            | GiveConsent()
            | WithdrawConsent()
        ):
            return destruction_acts.perform(turn, user, command)
        case _:
            assert_never(command)


def _on_alarm(
    turn: Turn,
    user: User,
    seat: str,
    command: AcknowledgeAlarm | AcknowledgeGroup | ShelveAlarm | UnshelveAlarm | CloseAlarm | ReportDisplayed | TakeOver,
) -> str | None:
    alarms = turn.room.alarms
    match command:
        case AcknowledgeAlarm():
            return _acknowledge(turn, user, seat, command)
        case AcknowledgeGroup():
            return _acknowledge_group(turn, user, seat, command)
        case ShelveAlarm():
            alarm_acts.shelve(alarms, command, user.user, turn.decisions)
        case UnshelveAlarm():
            alarm_acts.unshelve(alarms, command, user.user, turn.decisions)
        case CloseAlarm():
            _close(turn, user, command)
        case ReportDisplayed():
            for row in alarm_acts.displayed(alarms, command, user.user, seat, turn.decisions):
                if row.received_us == row.alert_us:  # else it came back from its shelf, where it was known all the time
                    turn.room.kpi.note_shown(OnScreen(at_us=turn.now_us, received_us=row.received_us, happened_us=row.device_us))
                incident_acts.note_displayed(turn, row)
        case TakeOver():
            row = alarm_acts.take_over(alarms, command.alarm, user.user, turn.decisions)
            incident_acts.own_with(turn, row, user.user)
        case _:
            assert_never(command)
    return None


def _acknowledge(turn: Turn, user: User, seat: str, command: AcknowledgeAlarm) -> str | None:
    row = alarm_acts.acknowledge(turn.room.alarms, command, user.user, seat, turn.decisions)
    _note_answered(turn, user, seat, row)
    if row.newest.kind is AlarmKind.TAMPER and row.newest.device not in turn.room.devices.strap_cut:
        alarm_flow.release(turn, row)
    if row.newest.kind is AlarmKind.SYSTEM and row.newest.because.get("code") == f"test:{seat}":
        alarm_flow.take_changes(turn, turn.system_clear(f"test:{seat}"))
    incident = incident_acts.open_for(turn, row, user.user)
    if row.newest.case is not None:
        alarm_flow.open_or_shut(turn, row.newest.case)
    return incident


def _acknowledge_group(turn: Turn, user: User, seat: str, command: AcknowledgeGroup) -> str:
    """How many it acknowledges; none of them is red or held by a strap, so that none opens an incident or is let go of by it."""
    sight = turn.room.access.sight(user.user, turn.now_us)

    def may_see(row: LiveAlarm) -> bool:
        return sight.may(Action.SEE_ALARM, row.newest.subject, case_of(turn.room, row.newest)).allowed

    rows = alarm_acts.acknowledge_group(turn.room.alarms, command, may_see, (user.user, seat), turn.decisions)
    for row in rows:
        _note_answered(turn, user, seat, row)
    for case in dict.fromkeys(row.newest.case for row in rows if row.newest.case is not None):
        alarm_flow.open_or_shut(turn, case)
    return str(len(rows))


def _note_answered(turn: Turn, user: User, seat: str, row: LiveAlarm) -> None:
    sitting = turn.room.duty.sessions.get(seat)
    desk = seat if sitting is None else sitting.desk  # figures are of places that last, not of sessions
    waited_us = turn.now_us - row.alert_us
    turn.room.kpi.note_answered(Answered(at_us=turn.now_us, user=user.user, seat=desk, priority=row.priority, waited_us=waited_us))


def _close(turn: Turn, user: User, command: CloseAlarm) -> None:
    row = turn.room.alarms.the(command.alarm)
    if row.incident is not None and turn.room.incidents.incidents[row.incident].is_open and row.alarm in _sole(turn, row):
        raise Refused(Code.TASKS_OPEN, str(row.incident))
    held = turn.room.registry.held.get(row.newest.case) if row.newest.case is not None else None
    outcomes = rules_of(held.case.jurisdiction).outcomes if held is not None else KR.outcomes
    alarm_acts.close(turn.room.alarms, command, user.user, outcomes, turn.decisions)
    alarm_flow.after_closing(turn, row)


def _sole(turn: Turn, row: LiveAlarm) -> tuple[AlarmId, ...]:
    """The row itself where it is the last of its incident: such an alarm is closed with the incident."""
    incident = turn.room.incidents.incidents[row.incident] if row.incident is not None else None
    others = [each for each in incident.alarms if each != row.alarm and each in turn.room.alarms.rows] if incident else []
    return () if others else (row.alarm,)


def _hand_over(turn: Turn, user: User, command: HandOver) -> None:
    to = UserId(command.to)
    if to == user.user or not turn.room.duty.is_on_duty(to):
        raise Refused(Code.UNKNOWN_RECEIVER, command.to)
    waiting = [row for row in turn.room.alarms if row.newest.kind is AlarmKind.SILENT and row.holds and not row.acknowledged]
    unseen = {row.newest.case for row in waiting if row.shelved_until_us is None}
    if unseen:
        raise Refused(Code.SILENT_WAITING, str(len(unseen)))
    for row in alarm_acts.hand_over(turn.room.alarms, user.user, to, command.note, turn.decisions):
        incident_acts.own_with(turn, row, to)
    for incident in turn.room.incidents.opened():
        if incident.owner == user.user:
            turn.room.incidents.own(incident, to, turn.decisions)


def _test(turn: Turn, user: User, seat: str) -> str:
    code = f"test:{seat}"
    changes = turn.system_alarm(code, AlarmLevel.RED, {"test": True})
    if not changes:
        raise Refused(Code.TEST_RUNNING)
    turn.room.duty.tested(seat, turn.now_us)
    turn.decisions.log(TestAlarmStarted(alarm=changes[0].alarm, user=user.user, seat=seat))
    alarm_flow.take_changes(turn, changes)
    return changes[0].alarm
