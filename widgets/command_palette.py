"""Every action by its name: type a few letters, press Enter."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidgetItem, QWidget

from widgets.controls import column
from widgets.pick_list import PickList

WIDTH_PX = 560


class CommandPalette(QDialog):
    """Lists the actions whose words or keys contain what is typed; Enter runs the one chosen."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("command_palette")
        self.setWindowTitle(self.tr("Find an action"))
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self._actions = list(actions)
        self.text = QLineEdit()
        self.text.setObjectName("palette_text")
        self.text.setPlaceholderText(self.tr("What do you want to do?"))
        self.text.setAccessibleName(self.tr("Find an action"))
        self.list = PickList(self.text)
        self.list.setObjectName("palette_list")
        self.list.setAccessibleName(self.tr("Actions"))
        self.list.setUniformItemSizes(True)
        layout = column(margins=(12, 12, 12, 12), spacing=8)
        layout.addWidget(self.text)
        layout.addWidget(self.list)
        self.setLayout(layout)
        self.setFixedSize(WIDTH_PX, 420)
        self.text.textChanged.connect(self._on_text_changed)
        self.list.itemActivated.connect(self._on_list_activated)
        self._on_text_changed("")

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self.list.clear()
        wanted = text.casefold().split()
        for action in self._actions:
            keys = action.shortcut().toString()
            words = f"{action.text()} {keys}".casefold()
            if action.isEnabled() and all(part in words for part in wanted):
                item = QListWidgetItem(action.text() + (f"    [{keys}]" if keys else ""))
                item.setData(Qt.ItemDataRole.UserRole, action)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    @Slot(QListWidgetItem)
    def _on_list_activated(self, item: QListWidgetItem) -> None:
        action = item.data(Qt.ItemDataRole.UserRole)
        self.accept()
        run: Callable[[], None] = action.trigger
        run()
