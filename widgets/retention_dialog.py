"""Proposing that positions are deleted that are older than the law allows: first what would go and what is kept, then why."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QPlainTextEdit, QWidget

from backend_bridge.domain.commands import ProposeDeletion
from backend_bridge.domain.queries import PlanRetention, Query
from widgets import phrases_upkeep
from widgets.controls import clear, column, label, pairs
from widgets.phrases_refusals import refusal

REASON_PX = 72


class RetentionQuestion(QDialog):
    """Asks for the dry run as it opens; nothing can be proposed before it is there, or while there is nothing to delete."""

    def __init__(self, ask: Callable[[Query, Callable[[object], None]], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("retention_question")
        self.setWindowTitle(self.tr("Old positions"))
        self.setMinimumWidth(520)
        self._has_something = False
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(REASON_PX)
        self.reason.textChanged.connect(self._on_changed)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("Propose deletion"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.found = QGridLayout()
        self.found.setHorizontalSpacing(14)
        self._lay_out()
        self._on_changed()
        ask(PlanRetention(), self._show_plan)

    def _lay_out(self) -> None:
        layout = column(margins=(22, 18, 22, 16), spacing=12)
        layout.addWidget(label(self.tr("Positions that are older than the law allows"), "strong", wrap=True))
        text = self.tr("Another supervisor decides within 24 hours. What goes is what is too old now; legal holds are kept whole.")
        layout.addWidget(label(text, "soft", wrap=True))
        layout.addLayout(self.found)
        layout.addWidget(label(self.tr("Reason"), "soft"))
        layout.addWidget(self.reason)
        layout.addWidget(self.buttons)
        self.setLayout(layout)
        self.found.addWidget(label(self.tr("Counting what is stored…"), "faint"), 0, 0)

    def _show_plan(self, answer: object) -> None:
        clear(self.found)
        if isinstance(answer, tuple) and answer:
            text = str(answer[0])
            self._has_something = phrases_upkeep.has_old_positions(text)
            pairs(self.found, phrases_upkeep.retention_lines(text), first_row=0)
            if not self._has_something:
                row = self.found.rowCount()
                self.found.addWidget(label(self.tr("Nothing is older than the law allows."), "strong", wrap=True), row, 0, 1, 2)
        else:
            sentence = refusal(str(answer), getattr(answer, "sentence", ""))
            self.found.addWidget(label(sentence, "soft", look="look", wrap=True), 0, 0)
        self._on_changed()

    def command(self) -> ProposeDeletion:
        """The proposal as filled in."""
        return ProposeDeletion(reason=self.reason.toPlainText().strip())

    @Slot()
    def _on_changed(self) -> None:
        self._ok.setEnabled(self._has_something and bool(self.reason.toPlainText().strip()))
