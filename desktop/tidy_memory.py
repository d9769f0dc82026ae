"""The search for cycles is kept to what is new: looking at all rows of a room each time would hold the desk up for a tenth of a second."""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS: Final = 30_000
AFTER_MS: Final = 2_000


class TidyMemory(QObject):
    """Every half minute what has come since is searched once and then left alone; `settle_soon` begins, `thaw` searches all once more."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.settle)
        self._soon = QTimer(self, interval=AFTER_MS, singleShot=True)
        self._soon.timeout.connect(self.settle)

    def settle_soon(self) -> None:
        """A room has come: once its rows are there, leave them alone."""
        if not self._timer.isActive():
            self._soon.start()
            self._timer.start()

    def thaw(self) -> None:
        """Nobody works at the desk, or a window has gone: search everything once."""
        gc.unfreeze()
        self._soon.start()

    @Slot()
    def settle(self) -> None:
        """Search what is new, and leave what stays alone from now on."""
        gc.collect()
        gc.freeze()
