"""What people decide about destruction, legal holds, exports that are out, and what apps show; and what time and law make due."""

from typing import Final, assert_never

from backend_bridge.application import alarm_flow, consent_acts, destruction_due, forgetting, order_end_acts, retention_acts
from backend_bridge.application.consent_acts import ConsentCommand
from backend_bridge.application.inbox import NoteDestroyed, ShellAct
from backend_bridge.application.order_end_acts import OrderEndCommand
from backend_bridge.application.retention_acts import RetentionCommand
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access import destruction, old_positions
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.access.destruction import Destruction
from backend_bridge.domain.access.disclosure import preset
from backend_bridge.domain.access.grants import HOUR_US
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.commands import (
    ConfirmExportGone,
    DecideDeletion,
    DecideDestruction,
    DecideDisclosure,
    DecideOrderEnd,
    GiveConsent,
    LiftHold,
    PlaceHold,
    ProposeDeletion,
    ProposeOrderEnd,
    RequestDestruction,
    WithdrawConsent,
)
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.outcomes.access_events import ActRefused
from backend_bridge.domain.outcomes.effects import DestroyCase, DestroyDelivered
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.retention import DataClass, Ground, policy_of
from backend_bridge.domain.user import User

DestructionCommand = (
    RequestDestruction
    | DecideDestruction
    | PlaceHold
    | LiftHold
    | ConfirmExportGone
    | DecideDisclosure
    | RetentionCommand
    | OrderEndCommand
    | ConsentCommand
)
_DAY_US: Final = 86_400 * MICROSECONDS


def perform(turn: Turn, user: User, command: DestructionCommand) -> str | None:
    """Do it; the name of what it made."""
    book, decisions = turn.room.destructions, turn.decisions
    match command:
        case RequestDestruction():
            turn.must(user.user, Action.ASK_DESTRUCTION)
            _must_be_over(turn, command.case)
            asked = destruction.ask(book, user, command, decisions)
            return book.under(turn.room.registry.case(command.case).jurisdiction, asked).destruction
        case DecideDestruction():
            turn.must(user.user, Action.DECIDE_DESTRUCTION)
            return _decide(turn, user, command).destruction
        case PlaceHold() | LiftHold():
            _hold(turn, user, command)
        case ConfirmExportGone():
            _confirm(turn, user, command)
        case DecideDisclosure():
            turn.must(user.user, Action.DECIDE_DISCLOSURE)
            key = (command.case, command.person)
            case = turn.room.registry.case(command.case)
            if any(party.person == command.person for party in case.protected):
                turn.room.disclosures.begin(preset(case, command.person, turn.now_us), decisions)
            return turn.room.disclosures.decide(key, user.user, (command.decision, command.reason), decisions).state.value
        case ProposeDeletion() | DecideDeletion():
            return retention_acts.perform(turn, user, command)
        case ProposeOrderEnd() | DecideOrderEnd():
            return order_end_acts.perform(turn, user, command)
        case GiveConsent() | WithdrawConsent():
            consent_acts.perform(turn, user, command)
        case _:
            assert_never(command)
    return None


def _hold(turn: Turn, user: User, command: PlaceHold | LiftHold) -> None:
    turn.must(user.user, Action.HOLD)
    if isinstance(command, PlaceHold):
        turn.room.registry.case(command.case)
        destruction.place_hold(turn.room.destructions, user, command, turn.decisions)
    else:
        destruction.lift_hold(turn.room.destructions, user, command, turn.decisions)


def _confirm(turn: Turn, user: User, command: ConfirmExportGone) -> None:
    export = turn.room.exports.exports.get(command.export)
    if export is None:
        raise Refused(Code.UNKNOWN_EXPORT, command.export)
    if export.user != user.user:
        turn.must(user.user, Action.REVIEW)
    if not command.reason.strip():
        raise Refused(Code.NEEDS_REASON)
    turn.room.exports.gone(command.export, user.user, command.reason.strip(), turn.decisions)
    alarm_flow.take_changes(turn, turn.system_clear(_export_code(command.export)))


def _decide(turn: Turn, user: User, command: DecideDestruction) -> Destruction:
    """What is approved is forgotten by the room in this very step; the keys go once that is on disk."""
    known = turn.room.destructions.the(command.destruction)
    if command.approve and known.state in {"due", "waiting"}:
        _must_be_over(turn, known.case)
    one = destruction.decide(turn.room.destructions, turn.room.duty, user, command, turn.decisions)
    if one.state == "approved":
        turn.decisions.do(DestroyCase(key=f"destroy/{one.destruction}", destruction=one.destruction, case=one.case))
        forgetting.forget(turn, one.case)
    return one


def _must_be_over(turn: Turn, case: CaseId) -> None:
    """Refuse while somebody still works with the case."""
    room = turn.room
    held = room.registry.held.get(case)
    if held is None:
        raise Refused(Code.UNKNOWN_CASE, case)
    at_work = any(incident.case == case for incident in room.incidents.opened()) or any(row.newest.case == case for row in room.alarms)
    if held.in_force(turn.now_us) or held.case.order.starts_us > turn.now_us or at_work:
        raise Refused(Code.CASE_OPEN, case)


def take_shell_act(turn: Turn, order: ShellAct) -> None:
    """Do what somebody at a shell decided; a refusal is in the log."""
    try:
        user = turn.room.duty.user(order.by)
        perform(turn, user, order.command)
    except Refused as refused:
        turn.decisions.log(ActRefused(user=order.by, seat="shell", act=type(order.command).__name__, code=refused.code.value))


def take_destroyed(turn: Turn, order: NoteDestroyed) -> None:
    """The keys are gone, and the certificate is signed."""
    counts = (order.n_keys, order.n_files, order.n_unreached)
    if order.destruction in turn.room.destructions.destructions:
        turn.room.destructions.done(order.destruction, counts, order.certificate, turn.decisions)


def pass_time(turn: Turn) -> None:
    """Holds that end, cases and exports whose time is over, and what a court's refusal forces."""
    room, decisions = turn.room, turn.decisions
    room.destructions.pass_time(decisions)
    old_positions.pass_time(room.destructions, turn.now_us)
    for effect in decisions.effects:
        if isinstance(effect, DestroyDelivered):
            room.destructions.forced(effect.grant, effect.case, decisions)
            room.exports.must_go(effect.case, effect.grant, turn.now_us)
    for export in room.exports.due(decisions):
        because = {"detail": export.export}
        alarm_flow.take_changes(turn, turn.system_alarm(_export_code(export.export), AlarmLevel.AMBER, because))


def look_at_periods(turn: Turn) -> None:
    """Once each full hour: which cases the law no longer lets anybody keep.

    By the full hour, and before anything of a step is taken: a restart does not know of the steps in which nothing happened.
    """
    hour_us = turn.now_us - turn.now_us % HOUR_US
    if turn.room.destructions.looked_us >= hour_us:
        return
    turn.room.destructions.looked_us = hour_us
    for name, held in turn.room.registry.held.items():
        days = policy_of(held.case.jurisdiction).keep_days[DataClass.CASE]
        if days is not None and held.case.order.ends_us + days * _DAY_US <= hour_us:
            destruction_due.become_due(turn, name, Ground.PERIOD_OVER, None)


def _export_code(export: str) -> str:
    return f"export-due:{export}"
