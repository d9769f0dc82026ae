"""Working an incident: its steps, police units, notes, its end; and asking a device where it is."""

from dataclasses import replace
from typing import assert_never

from backend_bridge.application import alarm_flow, label_acts, warnings
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.alarms.alarm_acts import closing, must_say, remark
from backend_bridge.domain.alarms.alarm_state import ENDED_BY_PEOPLE, SYSTEM_OUTCOMES, LiveAlarm
from backend_bridge.domain.commands import AddNote, CloseIncident, DispatchUnit, EnterLabel, LocateNow, RecallUnit, WorkTask
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.incidents.incident import Dispatch, Incident, task_of
from backend_bridge.domain.incidents.jurisdiction import NOT_REACHED_TASK, rules_of
from backend_bridge.domain.outcomes.effects import SendDispatch, SendRecall
from backend_bridge.domain.outcomes.incident_events import DispatchMoved, UnitDispatched
from backend_bridge.domain.outcomes.lane_effects import AskKind
from backend_bridge.domain.user import User
from backend_bridge.domain.watching.registry import party_of

IncidentCommand = WorkTask | DispatchUnit | RecallUnit | AddNote | CloseIncident | LocateNow | EnterLabel


def perform(turn: Turn, user: User, command: IncidentCommand) -> str | None:
    """Do it; None, or the number of the question to a device."""
    if isinstance(command, LocateNow):
        return _locate(turn, user, command)
    if isinstance(command, EnterLabel):
        label_acts.perform(turn, user, command)
        return None
    incident = turn.room.incidents.the(command.incident)
    action = Action.DISPATCH if isinstance(command, DispatchUnit | RecallUnit) else Action.WORK_INCIDENT
    turn.must(user.user, action, incident.case)
    match command:
        case WorkTask():
            result = (command.outcome, remark(command))
            turn.room.incidents.work(incident, command.task, user.user, result, turn.decisions)
        case DispatchUnit():
            _dispatch(turn, user, incident, command)
        case RecallUnit():
            _recall(turn, user, incident, command)
        case AddNote():
            note = replace(command, text=must_say(command.text, Code.EMPTY_TEXT))
            turn.room.incidents.note(incident, user.user, note, turn.decisions)
        case CloseIncident():
            _close(turn, user, incident, command)
        case _:
            assert_never(command)
    return None


def open_for(turn: Turn, row: LiveAlarm, owner: UserId) -> str | None:
    """The incident that an acknowledged red alarm of a case belongs to, opened where there is none; None for any other."""
    case = row.newest.case
    if case is None or not row.is_red or case not in turn.room.registry.held:
        return None
    incident = turn.room.incidents.open_of(case)
    if incident is not None:
        if row.incident is None:
            turn.room.incidents.join(incident, row, turn.decisions)
    else:
        rules = rules_of(turn.room.registry.case(case).jurisdiction)
        incident = turn.room.incidents.open(row, case, rules, owner, turn.decisions)
        _with_what_was_sent(turn, incident, row)
        warnings.tell_police(turn, turn.room.incidents.the(incident.incident), row, None)
    turn.room.alarms.put(replace(row, incident=incident.incident))
    for other in turn.room.alarms.of_case(case):
        if other.incident is None and other.is_red:
            turn.room.incidents.join(turn.room.incidents.the(incident.incident), other, turn.decisions)
            turn.room.alarms.put(replace(other, incident=incident.incident))
    return incident.incident


def _with_what_was_sent(turn: Turn, incident: Incident, row: LiveAlarm) -> None:
    """The warnings that went out before anybody acknowledged belong to the incident, and so does that they failed."""
    sent = tuple(key for key, each in turn.room.incidents.messages.by_key.items() if each.alarm == row.alarm)
    incident = turn.room.incidents.put(replace(turn.room.incidents.the(incident.incident), deliveries=sent))
    if row.not_reached:
        turn.room.incidents.open_task(incident, task_of(NOT_REACHED_TASK, turn.now_us), turn.decisions)


def own_with(turn: Turn, row: LiveAlarm, user: UserId) -> None:
    """The incident of an alarm follows its owner."""
    incident = turn.room.incidents.incidents.get(row.incident) if row.incident is not None else None
    if incident is not None and incident.is_open:
        turn.room.incidents.own(incident, user, turn.decisions)


def note_displayed(turn: Turn, row: LiveAlarm) -> None:
    """The fourth clock of an incident, where a desk reports only after the acknowledgement what had opened it."""
    incident = turn.room.incidents.incidents.get(row.incident) if row.incident is not None else None
    if incident is None or incident.displayed_us is not None:
        return
    if row.alarm == incident.alarms[0] and row.alert_us == incident.evaluated_us:
        turn.room.incidents.put(replace(incident, displayed_us=row.displayed_us))


def _dispatch(turn: Turn, user: User, incident: Incident, command: DispatchUnit) -> None:
    if command.unit not in turn.room.units:
        raise Refused(Code.UNKNOWN_UNIT, command.unit)
    if any(each.unit == command.unit and each.under_way for each in incident.dispatches):
        raise Refused(Code.UNIT_SENT, command.unit)
    key = f"{incident.incident}/dispatch/{len(incident.dispatches) + 1}"
    dispatch = Dispatch(
        unit=command.unit,
        destination=command.destination,
        label=must_say(command.label, Code.EMPTY_TEXT),
        sent_us=turn.now_us,
        state="sent",
        state_us=turn.now_us,
        by=user.user,
        key=key,
        spoken=command.spoken,
    )
    event = UnitDispatched(
        incident=incident.incident, unit=command.unit, user=user.user, destination=command.destination, label=dispatch.label
    )
    incident = replace(incident, dispatches=(*incident.dispatches, dispatch))
    incident = turn.room.incidents.log(incident, event, turn.decisions, user.user, (("unit", command.unit),))
    turn.decisions.do(
        SendDispatch(
            key=key,
            incident=incident.incident,
            case=incident.case,
            unit=command.unit,
            destination=command.destination,
            label=dispatch.label,
        )
    )
    if any(task.rule.task == "dispatch" and task.is_open for task in incident.tasks):
        turn.room.incidents.work(incident, "dispatch", user.user, ("unit-sent", None), turn.decisions)


def _recall(turn: Turn, user: User, incident: Incident, command: RecallUnit) -> None:
    sent = next((each for each in incident.dispatches if each.unit == command.unit and each.under_way), None)
    if sent is None:
        raise Refused(Code.UNIT_NOT_SENT, command.unit)
    after = replace(sent, state="recalled", state_us=turn.now_us)
    incident = replace(incident, dispatches=tuple(after if each is sent else each for each in incident.dispatches))
    event = DispatchMoved(incident=incident.incident, unit=command.unit, state="recalled", user=user.user)
    turn.room.incidents.log(incident, event, turn.decisions, user.user, (("unit", command.unit), ("state", "recalled")))
    turn.decisions.do(SendRecall(key=f"{sent.key}/recall", incident=incident.incident, unit=command.unit))


def _close(turn: Turn, user: User, incident: Incident, command: CloseIncident) -> None:
    note = remark(command)
    if note is None:
        raise Refused(Code.NEEDS_NOTE)
    rows = [row for row in map(turn.room.alarms.find, incident.alarms) if row is not None]
    if any(not row.acknowledged for row in rows):
        raise Refused(Code.NOT_ACKNOWLEDGED)
    holding = [row for row in rows if row.holds and row.newest.kind not in ENDED_BY_PEOPLE]
    if holding and command.outcome not in SYSTEM_OUTCOMES:
        raise Refused(Code.STILL_ACTIVE)
    turn.room.incidents.close(incident, user.user, (command.outcome, note), turn.decisions)
    for row in rows:
        turn.decisions.log(closing(row, user.user, command.outcome, note))
        turn.room.alarms.close(row)
        alarm_flow.after_closing(turn, row)


def _locate(turn: Turn, user: User, command: LocateNow) -> str:
    turn.must(user.user, Action.LOCATE, command.case, command.person)
    case = turn.room.registry.case(command.case)
    party = party_of(case, command.person)
    if party.device is None:
        raise Refused(Code.NO_DEVICE, command.person)
    return str(turn.ask_device(party.device, AskKind.LOCATE, None, (command.case, user.user)))
