"""A note for a timeline: about whom, fact or assessment, and what it says."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QWidget

from backend_bridge.domain.commands import AddNote
from backend_bridge.domain.identifiers import IncidentId
from widgets.controls import column, label
from widgets.note_kinds import NoteKinds

TEXT_PX = 84


class NoteDialog(QDialog):
    """Accepted only once the note says something, and what kind of words that is; `command(incident)` is the note."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note_dialog")
        self.setWindowTitle(self.tr("Note"))
        self.setMinimumWidth(460)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("What should the timeline say?"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(TEXT_PX)
        self.text.textChanged.connect(self._on_text_changed)
        self.kinds = NoteKinds()
        self.kinds.on_change = self._on_text_changed
        self.about, self.statement = self.kinds.about_box, self.kinds.statement_box
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText(self.tr("Write"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.text.setFocus()
        self._on_text_changed()

    def _lay_out(self) -> None:
        layout = column(margins=(20, 18, 20, 16), spacing=10)
        layout.addWidget(label(self.windowTitle(), "strong"))
        layout.addWidget(label(self.tr("What should the timeline say?"), "soft", wrap=True))
        layout.addWidget(self.text)
        layout.addWidget(self.kinds)
        layout.addWidget(self.buttons)
        self.setLayout(layout)

    def command(self, incident: IncidentId) -> AddNote:
        """The note as written."""
        return AddNote(
            incident=incident,
            text=self.text.toPlainText().strip(),
            about=self.kinds.about(),
            statement=self.kinds.statement(),
        )

    @Slot()
    def _on_text_changed(self) -> None:
        words = bool(self.text.toPlainText().strip())
        self.kinds.ask(words=words)
        self._ok.setEnabled(words and self.kinds.answered())
