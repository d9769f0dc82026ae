"""Grant less than was asked for: fewer minutes, fewer fields, with a reason."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QPlainTextEdit, QSpinBox, QWidget

from backend_bridge.application.access_rows import RequestRow
from backend_bridge.domain.commands import DecideRequest
from widgets import phrases, phrases_work
from widgets.controls import column, indented, label


class NarrowDialog(QDialog):
    """Starts from what was asked; nothing can be added."""

    def __init__(self, row: RequestRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("narrow_dialog")
        self.setWindowTitle(self.tr("Narrow this request"))
        self.setMinimumWidth(420)
        self._row = row
        self.minutes = indented(QSpinBox())
        self.minutes.setObjectName("narrow_minutes")
        self.minutes.setRange(1, row.minutes)
        self.minutes.setValue(row.minutes)
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setAccessibleName(self.tr("Access runs for"))
        self.fields = {name: QCheckBox(phrases.word(phrases_work.FIELDS, name)) for name in row.fields}
        self.reason = QPlainTextEdit()
        self.reason.setObjectName("narrow_reason")
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(72)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Approve narrowed"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = column(margins=(20, 18, 20, 16), spacing=10)
        layout.addWidget(label(self.tr("Narrow this request"), "strong"))
        layout.addWidget(label(self.tr("Access runs for"), "soft"))
        layout.addWidget(self.minutes)
        layout.addWidget(label(self.tr("Would be seen"), "soft"))
        for box in self.fields.values():
            box.setChecked(True)
            box.toggled.connect(self._on_changed)
            layout.addWidget(box)
        layout.addWidget(label(self.tr("Reason"), "soft"))
        layout.addWidget(self.reason)
        layout.addWidget(self.buttons)
        self.setLayout(layout)
        self.reason.textChanged.connect(self._on_changed)
        self._on_changed()

    def command(self) -> DecideRequest:
        """The decision as given."""
        return DecideRequest(
            request=self._row.request,
            decision="narrow",
            reason=self.reason.toPlainText().strip(),
            minutes=self.minutes.value(),
            fields=tuple(name for name, box in self.fields.items() if box.isChecked()),
        )

    @Slot()
    def _on_changed(self) -> None:
        complete = bool(self.reason.toPlainText().strip()) and any(box.isChecked() for box in self.fields.values())
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(complete)
