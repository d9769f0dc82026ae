"""A list below a line in which a person types: the arrows walk it while the line keeps the focus, Enter takes what is chosen."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget
from typing_extensions import override


class PickList(QListWidget):
    """Says `itemActivated` for Enter in the line, too."""

    def __init__(self, text: QLineEdit) -> None:
        super().__init__()
        self._text = text
        text.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the arrows and Enter from the line."""
        if watched is self._text and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.currentItem() is not None:
                    self.itemActivated.emit(self.currentItem())
                return True
        return super().eventFilter(watched, event)
