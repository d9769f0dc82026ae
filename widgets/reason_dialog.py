"""Small questions whose answer goes into the log: a reason, a length of time, an outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QPlainTextEdit, QWidget

from backend_bridge.domain.note import NoteAbout, Statement
from widgets.controls import column, label
from widgets.note_kinds import NoteKinds

translate = QCoreApplication.translate
SHELVE_MINUTES = (15, 30, 60, 120, 240, 480)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer that can be chosen."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found, and what a person wrote beside it."""

    outcome: str
    note: str | None
    about: NoteAbout | None
    statement: Statement | None
    """Both None without a note."""


def without_words(outcome: str) -> Found:
    """An outcome that says all."""
    return Found(outcome=outcome, note=None, about=None, statement=None)


class ReasonDialog(QDialog):
    """A question with an optional choice and a text; accepted only once the text says something where it must."""

    def __init__(
        self, title: str, question: str, choices: Sequence[Choice] = (), parent: QWidget | None = None, *, needs_text: bool = True
    ) -> None:
        super().__init__(parent)
        self.setObjectName("reason_dialog")
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        self._needs_text = needs_text
        self._kinds: NoteKinds | None = None
        self.choice = QComboBox()
        self.choice.setObjectName("reason_choice")
        self.choice.setAccessibleName(title)
        for one in choices:
            self.choice.addItem(one.text, one.code)
        self.text = QPlainTextEdit()
        self.text.setObjectName("reason_text")
        self.text.setAccessibleName(question)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(84)
        self.text.textChanged.connect(self._on_text_changed)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(translate("ReasonDialog", "Confirm"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(translate("ReasonDialog", "Cancel"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = column(margins=(20, 18, 20, 16), spacing=10)
        layout.addWidget(label(title, "strong", wrap=True))
        if choices:
            layout.addWidget(self.choice)
        layout.addWidget(label(question, "soft", wrap=True))
        layout.addWidget(self.text)
        layout.addWidget(self.buttons)
        self._layout = layout
        self.setLayout(layout)
        self._on_text_changed()

    def add(self, more: NoteKinds) -> None:
        """Ask under the text what kind of words these are, once there are any."""
        self._kinds = more
        more.on_change = self._on_text_changed
        self._layout.insertWidget(self._layout.indexOf(self.buttons), more)
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        for one, following in pairwise((self.text, more.about_box, more.statement_box, ok)):
            QWidget.setTabOrder(one, following)
        self._on_text_changed()

    def answer(self) -> str:
        """The text as written, without blanks around it."""
        return self.text.toPlainText().strip()

    def chosen(self) -> str:
        """The code of the choice; empty when there is none."""
        return str(self.choice.currentData() or "")

    @Slot()
    def _on_text_changed(self) -> None:
        words = bool(self.answer())
        if self._kinds is not None:
            self._kinds.ask(words=words)
        answered = not words or self._kinds is None or self._kinds.answered()
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(answered and (words or not self._needs_text))


def ask_reason(parent: QWidget, title: str, question: str) -> str | None:
    """The reason that a person gave; None when they changed their mind."""
    dialog = ReasonDialog(title, question, parent=parent)
    return dialog.answer() if dialog.exec() else None


def ask_choice(parent: QWidget, title: str, question: str, choices: Sequence[Choice], *, needs_text: bool) -> tuple[str, str] | None:
    """The code and the text that a person gave; None when they changed their mind."""
    dialog = ReasonDialog(title, question, choices, parent, needs_text=needs_text)
    return (dialog.chosen(), dialog.answer()) if dialog.exec() else None


def ask_outcome(parent: QWidget, title: str, question: str, choices: Sequence[Choice], *, needs_text: bool) -> Found | None:
    """The outcome and the words beside it, with what kind of words they are; None when a person changed their mind."""
    dialog = ReasonDialog(title, question, choices, parent, needs_text=needs_text)
    kinds = NoteKinds(dialog)
    dialog.add(kinds)
    if not dialog.exec():
        return None
    note = dialog.answer() or None
    said = (None, None) if note is None else (kinds.about(), kinds.statement())
    return Found(outcome=dialog.chosen(), note=note, about=said[0], statement=said[1])


def ask_shelving(parent: QWidget) -> tuple[int, str] | None:
    """For how many minutes an alarm is put aside, and why; None when a person changed their mind."""
    choices = [Choice(code=str(n), text=translate("ReasonDialog", "for {n} minutes").format(n=n)) for n in SHELVE_MINUTES]
    title = translate("ReasonDialog", "Put this alarm aside")
    answer = ask_choice(parent, title, translate("ReasonDialog", "Why may it wait? It comes back by itself."), choices, needs_text=True)
    return None if answer is None else (int(answer[0]), answer[1])
