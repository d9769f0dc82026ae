"""Acts that end something wait a moment before they leave, so that a slip can be taken back; all others leave at once."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from backend_bridge.domain.commands import CloseAlarm, CloseIncident, Command, HandOver, ShelveAlarm

HOLD_MS: Final = 4000
HELD: Final = (CloseAlarm, CloseIncident, HandOver, ShelveAlarm)
translate = QCoreApplication.translate


class HeldActs(QObject):
    """One act at most waits; the next act of any kind sends it first, so that what happened in order arrives in order."""

    def __init__(self, send: Callable[[Command], None], say: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._send, self._say = send, say
        self._waiting: Command | None = None
        self._ends = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._ends.timeout.connect(self.let_go)

    def submit(self, command: Command) -> None:
        """Send a command, or hold it for a moment where it ends something."""
        self.let_go()
        if not isinstance(command, HELD):
            self._send(command)
            return
        self._waiting = command
        self._ends.start()
        self._say(translate("HeldActs", "Done in {n} s. Ctrl+Z takes it back.").format(n=HOLD_MS // 1000))

    def undo(self) -> None:
        """Forget the act that waits; nothing of it has left this desk."""
        if self._waiting is None:
            self._say(translate("HeldActs", "Nothing waits to be sent: what is done is done and in the log."))
            return
        self._waiting = None
        self._ends.stop()
        self._say(translate("HeldActs", "Taken back; nothing was sent."))

    @Slot()
    def let_go(self) -> None:
        """Send now what waits, as before a lock or the end."""
        waiting, self._waiting = self._waiting, None
        self._ends.stop()
        if waiting is not None:
            self._send(waiting)
