"""The search for cycles runs in the desk's own thread and keeps to what is new.

Looking at all rows of a room each time would hold the desk up for a tenth of a second; and Python by itself searches in whichever
thread makes the next object, such as the link's, and would take Qt's objects apart there while this one paints them.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS: Final = 30_000
AFTER_MS: Final = 2_000
LOOK_MS: Final = 200


class CycleCollection(QObject):
    """Searches the newest objects as often as Python would, but here; `let_go` gives the search back to where it was before.

    Every half minute all that has come since is searched once and then left alone; `settle_soon` begins, `thaw` searches all once more.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()  # of two desks in one process the first alone turns it off, and on again
        gc.disable()
        self._young = QTimer(self, interval=LOOK_MS)
        self._young.timeout.connect(self._look)
        self._young.start()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.settle)
        self._soon = QTimer(self, interval=AFTER_MS, singleShot=True)
        self._soon.timeout.connect(self.settle)

    def let_go(self) -> None:
        """The desk ends: nothing is searched here any more."""
        for timer in (self._young, self._timer, self._soon):
            timer.stop()
        if self._was_on:
            gc.enable()

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

    @Slot()
    def _look(self) -> None:
        """Search the generations that are due by Python's own measure; the oldest waits for `settle`."""
        due = [age for age, (n, limit) in enumerate(zip(gc.get_count()[:2], gc.get_threshold()[:2], strict=True)) if n > limit]
        if due:
            gc.collect(due[-1])
