"""Which stretch of the past to live again; only cases that a running grant for recordings names are shown of it."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QWidget

from backend_bridge.domain.commands import OpenRecording
from backend_bridge.domain.identifiers import UserId
from widgets.controls import column, label
from widgets.request_dialog import moment_edit

LAST_MIN = 15


class RecordingDialog(QDialog):
    """Asks from when to when, by Korean time; the last quarter of an hour unless said otherwise."""

    def __init__(self, now_us: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recording_dialog")
        self.setWindowTitle(self.tr("Replay a recording"))
        self.setMinimumWidth(380)
        self.start, self.end = moment_edit(now_us - LAST_MIN * 60_000_000), moment_edit(now_us)
        self.as_user = QLineEdit()
        self.as_user.setPlaceholderText(self.tr("leave empty for your own view"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Open"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = column(margins=(22, 18, 22, 16), spacing=8)
        layout.addWidget(label(self.tr("Replay a recording"), "strong"))
        layout.addWidget(
            label(self.tr("Requires an active grant for recordings. Live monitoring continues without this desk."), "soft", wrap=True)
        )
        edits = (
            (self.tr("From (KST)"), self.start),
            (self.tr("To (KST)"), self.end),
            (self.tr("As this user saw it then (account)"), self.as_user),
        )
        for name, edit in edits:
            edit.setAccessibleName(name)
            layout.addWidget(label(name, "soft"))
            layout.addWidget(edit)
        layout.addWidget(self.buttons)
        self.setLayout(layout)

    def command(self) -> OpenRecording:
        """The stretch as chosen."""
        from_us, to_us = (edit.dateTime().toMSecsSinceEpoch() * 1000 for edit in (self.start, self.end))
        as_user = self.as_user.text().strip()
        return OpenRecording(from_us=from_us, to_us=to_us, as_user=UserId(as_user) if as_user else None)
