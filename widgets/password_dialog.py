"""Choose another password: the old one once, the new one twice; nothing of it is kept here."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QWidget

from widgets.controls import column, label


class PasswordDialog(QDialog):
    """Accepted only when the new password was typed twice alike and is another than the old one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("password_dialog")
        self.setWindowTitle(self.tr("Choose another password"))
        self.setMinimumWidth(380)
        names = (self.tr("Password until now"), self.tr("New password"), self.tr("New password again"))
        self.fields = tuple(QLineEdit() for _ in names)
        layout = column(margins=(22, 18, 22, 16), spacing=8)
        layout.addWidget(label(self.tr("Choose another password"), "strong"))
        for field, name in zip(self.fields, names, strict=True):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(name)
            field.textChanged.connect(self._on_changed)
            layout.addWidget(label(name, "soft"))
            layout.addWidget(field)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Confirm"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout.addWidget(self.buttons)
        self.setLayout(layout)
        self._on_changed()

    def passwords(self) -> tuple[str, str]:
        """The old and the new one; forgotten by the fields."""
        old, new = self.fields[0].text(), self.fields[1].text()
        for field in self.fields:
            field.clear()
        return old, new

    @Slot()
    def _on_changed(self) -> None:
        old, new, again = (field.text() for field in self.fields)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(old) and bool(new) and new == again and new != old)
