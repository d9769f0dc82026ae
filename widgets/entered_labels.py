"""What no device shows and people enter: chosen from the law's list, with words, and for leave with its end."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from backend_bridge.domain.commands import EnterLabel
from backend_bridge.domain.identifiers import CaseId, PersonId
from backend_bridge.domain.note import Entered
from widgets.marks import QT_TRANSLATE_NOOP
from widgets.reason_dialog import Choice, ask_choice

translate = QCoreApplication.translate

WORDS: Final[Mapping[Entered, str]] = MappingProxyType(
    {
        Entered.NO_SHOW: QT_TRANSLATE_NOOP("EnteredLabels", "the wearer did not come to be fitted"),
        Entered.REFUSAL: QT_TRANSLATE_NOOP("EnteredLabels", "the wearer refuses the device"),
        Entered.VICTIM_NOT_REACHABLE: QT_TRANSLATE_NOOP("EnteredLabels", "the protected person cannot be reached"),
        Entered.VICTIM_REFUSED_DEVICE: QT_TRANSLATE_NOOP("EnteredLabels", "the protected person refuses the device"),
    }
)
OF_WEARER: Final = frozenset({Entered.NO_SHOW, Entered.REFUSAL})
LEAVE_HOURS: Final = (1, 2, 4, 8, 24)
_HOUR_US: Final = 3_600_000_000
_BACK: Final = "back"


def ask_label(parent: QWidget, case: CaseId, protected: Sequence[PersonId], now_us: int) -> EnterLabel | None:
    """What a person enters of a case that protects those people; None when they changed their mind."""
    title = translate("EnteredLabels", "Enter what no device shows · {case}").format(case=case)
    question = translate(
        "EnteredLabels", "What happened, and who says so? The room hears it and 112 is told, unless the device is back on."
    )
    answer = ask_choice(parent, title, question, tuple(_choices(protected)), needs_text=True)
    if answer is None:
        return None
    code, text = answer
    if code == _BACK:
        return EnterLabel(case=case, label=Entered.TEMP_REMOVAL, text=text)
    if code.isdigit():
        return EnterLabel(case=case, label=Entered.TEMP_REMOVAL, text=text, until_us=now_us + int(code) * _HOUR_US)
    label, _, person = code.partition("/")
    return EnterLabel(case=case, label=Entered(label), text=text, person=PersonId(person) if person else None)


def _choices(protected: Sequence[PersonId]) -> list[Choice]:
    leave = translate("EnteredLabels", "the device is off with leave for {n} h")
    return [
        *(choice for label, words in WORDS.items() for choice in _of(label, translate("EnteredLabels", words), protected)),
        *(Choice(code=str(hours), text=leave.format(n=hours)) for hours in LEAVE_HOURS),
        Choice(code=_BACK, text=translate("EnteredLabels", "the device is back on the wearer")),
    ]


def _of(label: Entered, words: str, protected: Sequence[PersonId]) -> list[Choice]:
    """One choice; one for each protected person of several, where it is about one of them."""
    if label in OF_WEARER or len(protected) < 2:
        return [Choice(code=label.value, text=words)]
    return [Choice(code=f"{label.value}/{person}", text=f"{words} ({person})") for person in protected]
