"""Asking for access, deciding about it, ending it: commands of desks about who may see what."""

from typing import assert_never

from backend_bridge.application import alarm_flow
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access import grant_acts
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.access.grants import Grant
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.case import Case
from backend_bridge.domain.commands import BreakGlass, DecideRequest, EndGrant, RequestAccess, ReviewBreakGlass
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId, PersonId
from backend_bridge.domain.incidents.jurisdiction import rules_of
from backend_bridge.domain.user import User
from backend_bridge.domain.watching.registry import knows

AccessCommand = RequestAccess | DecideRequest | EndGrant | BreakGlass | ReviewBreakGlass


def perform(turn: Turn, user: User, command: AccessCommand) -> str | None:
    """Do it; the id of what it made."""
    book, decisions = turn.room.grants, turn.decisions
    match command:
        case RequestAccess():
            turn.must(user.user, Action.REQUEST, command.case)
            rules = rules_of(_case(turn, command.case, command.person).jurisdiction)
            return grant_acts.ask(book, user, command, rules, decisions).request
        case DecideRequest():
            turn.must(user.user, Action.DECIDE)
            return _shown(turn, grant_acts.decide(book, turn.room.duty, user, command, decisions))
        case EndGrant():
            grant = book.grant(command.grant)
            if grant.user != user.user:
                turn.must(user.user, Action.END_GRANT)
            return _shown(turn, grant_acts.end(book, user, command, decisions))
        case BreakGlass():
            turn.must(user.user, Action.BREAK_GLASS, command.case)
            rules = rules_of(_case(turn, command.case, command.person).jurisdiction)
            grant = grant_acts.break_glass(book, user, command, rules, decisions)
            alarm_flow.take_changes(turn, turn.system_alarm(_code(grant), AlarmLevel.AMBER, {"detail": grant.grant}))
            return _shown(turn, grant)
        case ReviewBreakGlass():
            turn.must(user.user, Action.REVIEW)
            grant = grant_acts.review(book, turn.room.duty, user, command, decisions)
            alarm_flow.take_changes(turn, turn.system_clear(_code(grant)))
            return _shown(turn, grant)
        case _:
            assert_never(command)


def _code(grant: Grant) -> str:
    """Code of the alarm by which people hear at once that somebody broke the glass."""
    return f"break-glass:{grant.grant}"


def _case(turn: Turn, name: CaseId, person: PersonId) -> Case:
    case = turn.room.registry.case(name)
    if not knows(case, person):
        raise Refused(Code.UNKNOWN_PERSON, person)
    return case


def _shown(turn: Turn, grant: Grant | None) -> str | None:
    """Let the rows of the case follow what the grant opens or shuts."""
    if grant is None:
        return None
    turn.room.access.changed.touch(grant.case)
    return grant.grant


def pass_time(turn: Turn) -> None:
    """Lapse, expire and destroy what is due, and let the rows follow."""
    book = turn.room.grants
    before = book.changed_grants.revision
    book.pass_time(turn.decisions)
    grant_acts.pass_court_time(book, turn.decisions)
    for key in book.changed_grants.since(before):
        turn.room.access.changed.touch(next(grant.case for name, grant in book.grants.items() if name == key))
