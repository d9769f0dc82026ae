"""Consent of protected persons: a withdrawal ends the tracking of their device in the same step, and the police are told."""

from typing import assert_never

from backend_bridge.application import alarm_flow, case_register
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access import consents
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.case import Case
from backend_bridge.domain.commands import GiveConsent, WithdrawConsent
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.incidents.jurisdiction import rules_of
from backend_bridge.domain.outcomes.effects import SendMessage
from backend_bridge.domain.user import User

ConsentCommand = GiveConsent | WithdrawConsent


def perform(turn: Turn, user: User, command: ConsentCommand) -> None:
    """Enter what a protected person said; one person enters it, because a withdrawal must not wait."""
    turn.must(user.user, Action.CONSENT, command.case)
    case = turn.room.registry.case(command.case)
    if all(party.person != command.person for party in case.protected):
        raise Refused(Code.UNKNOWN_PERSON, command.person)
    book = turn.room.consents
    match command:
        case GiveConsent():
            consents.give(book, user.user, command, turn.decisions)
            alarm_flow.take_changes(turn, turn.system_clear(_code(command)))
            case_register.register(turn, (book.with_given(case),), user.user)
        case WithdrawConsent():
            consents.withdraw(book, user.user, command, turn.decisions)
            case_register.register(turn, (case,), user.user)
            alarm_flow.take_changes(turn, turn.system_alarm(_code(command), AlarmLevel.AMBER, {"detail": command.person}))
            _tell_police(turn, case, command)
        case _:
            assert_never(command)
    turn.room.access.changed.touch(command.case)


def _tell_police(turn: Turn, case: Case, command: WithdrawConsent) -> None:
    """Nobody is tracked for this person any more: the police must protect by other means."""
    rules = rules_of(case.jurisdiction)
    for channel in rules.police_channels:
        turn.decisions.do(
            SendMessage(
                key=f"consent/{case.case}/{command.person}/{turn.now_us}/{channel}",
                channel=channel,
                incident=None,
                case=case.case,
                recipient=rules.police_recipient,
                text=rules.consent_notice.format(case=case.case, person=command.person),
                place=None,
                radius_m=None,
                level=AlarmLevel.AMBER,
                exercise=turn.room.exercise,
            )
        )


def _code(command: ConsentCommand) -> str:
    return f"consent-withdrawn:{command.person}"
