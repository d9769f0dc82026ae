"""What no device shows is entered of the one whom it is about."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.domain.commands import EnterLabel
from backend_bridge.domain.identifiers import CaseId, PersonId
from backend_bridge.domain.note import Entered
from widgets.entered_labels import ask_label
from widgets.reason_dialog import ReasonDialog

CASE = CaseId("KR-SE-0142")
ONE, TWO = PersonId("V-0001"), PersonId("V-0002")


def entered(qtbot: QtBot, protected: tuple[PersonId, ...], words: str) -> EnterLabel | None:
    """What becomes of choosing those words."""
    parent = QWidget()
    qtbot.addWidget(parent)

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReasonDialog)
        dialog.choice.setCurrentIndex(dialog.choice.findText(words))
        qtbot.keyClicks(dialog.text, "by telephone")
        qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, fill)
    return ask_label(parent, CASE, protected, 0)


@pytest.mark.parametrize(
    ("protected", "words", "label", "person"),
    [
        ((ONE,), "the protected person cannot be reached", Entered.VICTIM_NOT_REACHABLE, None),
        ((ONE, TWO), "the protected person cannot be reached (V-0002)", Entered.VICTIM_NOT_REACHABLE, TWO),
        ((ONE, TWO), "the protected person refuses the device (V-0001)", Entered.VICTIM_REFUSED_DEVICE, ONE),
        ((ONE, TWO), "the wearer refuses the device", Entered.REFUSAL, None),
    ],
)
def test_where_several_are_protected_one_is_chosen(
    qtbot: QtBot, protected: tuple[PersonId, ...], words: str, label: Entered, person: PersonId | None
) -> None:
    assert entered(qtbot, protected, words) == EnterLabel(case=CASE, label=label, text="by telephone", person=person)
