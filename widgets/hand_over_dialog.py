"""The change of shift: who takes over, what they must know, and everything that goes over to them, so that nothing is orphaned."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QPlainTextEdit, QWidget

from backend_bridge.application.incident_rows import IncidentRow
from backend_bridge.application.rows import AlarmRow
from backend_bridge.domain.commands import HandOver
from widgets import phrases
from widgets.controls import column, label

MOST_LINES = 12


class HandOverDialog(QDialog):
    """Lists what the person owns; can be sent once somebody is named."""

    def __init__(
        self, alarms: Sequence[AlarmRow], incidents: Sequence[IncidentRow], n_silent: int = 0, parent: QWidget | None = None
    ) -> None:
        """`n_silent` cases are silent and acknowledged by nobody: while there are any, no shift ends."""
        super().__init__(parent)
        self._n_silent = n_silent
        self.setObjectName("hand_over_dialog")
        self.setWindowTitle(self.tr("Hand over at the end of the shift"))
        self.setMinimumWidth(460)
        self.to, self.note = QLineEdit(), QPlainTextEdit()
        self.to.setAccessibleName(self.tr("Who takes over (name of the account)"))
        self.note.setAccessibleName(self.tr("What they must know"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(84)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Hand over"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = column(margins=(22, 18, 22, 16), spacing=8)
        layout.addWidget(label(self.tr("Hand over at the end of the shift"), "strong"))
        layout.addWidget(label(self.tr("{n} alarms and {m} incidents go over.").format(n=len(alarms), m=len(incidents)), "soft"))
        if n_silent:
            words = self.tr("{n} silent cases wait to be acknowledged: nobody goes before somebody has seen them.")
            layout.addWidget(label(words.format(n=n_silent), look="technical", wrap=True))
        for row in alarms[:MOST_LINES]:
            layout.addWidget(label(f"{row.case or ''} · {phrases.kind(row.kind)} · {phrases.word(phrases.STATES, row.state)}", "caption"))
        layout.addWidget(label(self.tr("Who takes over (name of the account)"), "soft"))
        layout.addWidget(self.to)
        layout.addWidget(label(self.tr("What they must know"), "soft"))
        layout.addWidget(self.note)
        layout.addWidget(self.buttons)
        self.setLayout(layout)
        self.to.textChanged.connect(self._on_changed)
        self._on_changed()

    def command(self) -> HandOver:
        """The hand-over as filled in."""
        return HandOver(to=self.to.text().strip(), note=self.note.toPlainText().strip())

    @Slot()
    def _on_changed(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(self._n_silent == 0 and bool(self.to.text().strip()))
