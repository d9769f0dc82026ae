"""Consent of protected persons: a withdrawal ends the tracking of their device in the same step, and the police are told."""

from typing import assert_never

from backend_bridge.application import alarm_flow, case_register, warnings
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access import consents
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.case import Case
from backend_bridge.domain.commands import GiveConsent, WithdrawConsent
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId, PersonId
from backend_bridge.domain.incidents.jurisdiction import rules_of
from backend_bridge.domain.user import User

ConsentCommand = GiveConsent | WithdrawConsent


def perform(turn: Turn, user: User, command: ConsentCommand) -> None:
    """Enter what a protected person said; one person enters it, because a withdrawal must not wait."""
    turn.must(user.user, Action.CONSENT, command.case)
    case = turn.room.registry.case(command.case)
    party = next((each for each in case.protected if each.person == command.person), None)
    if party is None:
        raise Refused(Code.UNKNOWN_PERSON, command.person)
    match command:
        case GiveConsent():
            consents.give(turn.room.consents, user.user, command, turn.decisions)
            alarm_flow.take_changes(turn, turn.system_clear(alarm_code(command.case, command.person)))
            device = turn.room.consents.withheld.pop((command.case, command.person), party.device)
            case_register.carry(turn, command.case, command.person, device, user.user)
        case WithdrawConsent():
            consents.withdraw(turn.room.consents, user.user, command, turn.decisions)
            turn.room.consents.withhold((command.case, command.person), party.device)
            case_register.carry(turn, command.case, command.person, None, user.user)
            _tell(turn, case, command)
        case _:
            assert_never(command)
    turn.room.access.changed.touch(command.case)


def _tell(turn: Turn, case: Case, command: WithdrawConsent) -> None:
    """In this case nobody follows this person's device any more: the room hears it, and the police must protect by other means."""
    code = alarm_code(command.case, command.person)
    alarm_flow.take_changes(turn, turn.system_alarm(code, AlarmLevel.AMBER, {"detail": command.person}))
    text = rules_of(case.jurisdiction).consent_notice.format(case=case.case, person=command.person)
    warnings.tell_police_of_case(turn, case, turn.room.health.system[code], text)


def alarm_code(case: CaseId, person: PersonId) -> str:
    """Code of the alarm that a protected person of a case withdrew consent."""
    return f"consent-withdrawn:{case}/{person}"
