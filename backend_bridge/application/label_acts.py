"""What no device shows and people enter: it is in the log, the room hears it, and the police are told as the law wants."""

from typing import Final

from backend_bridge.application import alarm_flow, removals, warnings
from backend_bridge.application.case_alarms import label_code
from backend_bridge.application.inbox import NoteByOffice
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.alarms.alarm_acts import must_say
from backend_bridge.domain.case import Case
from backend_bridge.domain.commands import EnterLabel
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import PersonId
from backend_bridge.domain.incidents.jurisdiction import rules_of
from backend_bridge.domain.note import Entered
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.user import User

LONGEST_LEAVE_US: Final = 24 * 3600 * MICROSECONDS


def perform(turn: Turn, user: User, command: EnterLabel) -> None:
    """Enter it; a device that is back on its wearer tells nobody, everything else is an amber alarm and a notice."""
    turn.must(user.user, Action.WORK_INCIDENT, command.case)
    case = turn.room.registry.case(command.case)
    text = must_say(command.text, Code.NEEDS_REASON)
    if command.until_us is not None and not turn.now_us < command.until_us <= turn.now_us + LONGEST_LEAVE_US:
        raise Refused(Code.BAD_PERIOD)
    until_us = command.until_us if command.label is Entered.TEMP_REMOVAL else None
    person = _whom(case, command)
    removals.enter_label(
        turn, NoteByOffice(by=user.user, case=command.case, person=person, label=command.label.value, text=text, until_us=until_us)
    )
    named = person if command.label not in _OF_WEARER and len(case.protected) > 1 else None
    code = label_code(command.case, command.label, named)
    if command.label is Entered.TEMP_REMOVAL and until_us is None:
        return
    _end_what_was_heard(turn, code)
    alarm_flow.take_changes(turn, turn.system_alarm(code, AlarmLevel.AMBER, {"detail": command.case}))
    notice = rules_of(case.jurisdiction).label_notice.format(case=case.case, label=f"{command.label.value} {named or ''}".rstrip())
    warnings.tell_police_of_case(turn, case, turn.room.health.system[code], notice)


_OF_WEARER: Final = frozenset({Entered.NO_SHOW, Entered.REFUSAL, Entered.TEMP_REMOVAL})


def _whom(case: Case, command: EnterLabel) -> PersonId | None:
    """The wearer, or the protected person of the case: who is named, where there are several."""
    about = (case.subject,) if command.label in _OF_WEARER else case.protected
    if command.person is None and len(about) > 1:
        raise Refused(Code.NEEDS_PERSON)
    if command.person is not None and all(each.person != command.person for each in about):
        raise Refused(Code.UNKNOWN_PERSON, command.person)
    return command.person or next((each.person for each in about), None)


def _end_what_was_heard(turn: Turn, code: str) -> None:
    """What is entered again is a new alarm: that of before, acknowledged or put aside, would stay silent."""
    alarm_flow.take_changes(turn, turn.system_clear(code))
    for row in tuple(turn.room.alarms):
        if row.newest.because.get("code") == code and (row.acknowledged or row.shelved_until_us is not None):
            turn.room.alarms.end(row, turn.decisions)
