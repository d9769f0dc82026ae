"""What a protected person said to being tracked: in words, and entered anew."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from backend_bridge.application.rows import PersonRow
from backend_bridge.domain.commands import GiveConsent, WithdrawConsent
from backend_bridge.domain.identifiers import CaseId
from widgets import formats
from widgets.reason_dialog import Choice, ask_choice

translate = QCoreApplication.translate


def consent_words(person: PersonRow) -> str:
    """What was entered last, and when."""
    day = formats.NOTHING if person.consent_us is None else formats.day(person.consent_us)
    match person.consent:
        case "given":
            return translate("Consent", "agreed to being tracked: {version}, {day}").format(version=person.consent_version, day=day)
        case "withdrawn":
            return translate("Consent", "consent withdrawn {day}: not tracked").format(day=day)
        case _:
            return translate("Consent", "consent to being tracked: none entered")


def ask_consent(parent: QWidget, case: CaseId, person: PersonRow) -> GiveConsent | WithdrawConsent | None:
    """What the person says now; None when nobody says anything."""
    given = Choice(code="given", text=translate("Consent", "agrees to being tracked"))
    withdrawn = Choice(code="withdrawn", text=translate("Consent", "withdraws: tracking ends at once, 112 is told"))
    title = translate("Consent", "What {person} says to being tracked").format(person=person.person)
    question = translate("Consent", "Agrees: which text on the limits was read to them? Withdraws: what did they say?")
    answer = ask_choice(parent, title, question, (given, withdrawn), needs_text=True)
    if answer is None:
        return None
    if answer[0] == "given":
        return GiveConsent(case=case, person=person.person, version=answer[1])
    return WithdrawConsent(case=case, person=person.person, reason=answer[1])
