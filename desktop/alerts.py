"""Sound: one for each priority, started when an alarm arrives, not when it is painted; silence is never an acknowledgement."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.identifiers import AlarmId
from desktop.sounder import Sounder

REPEAT_MS: Final = 4000


class Alerts(QObject):
    """Sounds alarms until they are acknowledged; `on_device(works)` is told when the sound device goes or comes back."""

    def __init__(self, volume: float, on_device: Callable[[bool], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sounder = Sounder(volume, on_device, self)
        self._waiting: dict[AlarmId, str] = {}
        self._silenced: set[AlarmId] = set()
        self.started: list[str] = []
        """Names of the last sounds that were started, newest last, for whoever measures how soon."""
        self._again = QTimer(self, interval=REPEAT_MS)
        self._again.timeout.connect(self._on_again_timeout)

    def sound(self, alarm: AlarmId, kind: AlarmKind | None, priority: int) -> None:
        """An alarm has come: sound it now, and red ones again until somebody acknowledges."""
        name = "sos" if kind is AlarmKind.SOS else f"priority{min(4, max(1, priority))}"
        self._silenced.discard(alarm)
        if priority == 1:
            self._waiting[alarm] = name
            self._again.start()
        self._play(name)

    def acknowledged(self, alarm: AlarmId) -> None:
        """Somebody owns this alarm: it need not sound any more."""
        self._waiting.pop(alarm, None)
        if not self._waiting:
            self._again.stop()

    def silence(self) -> None:
        """Stop the noise of what is waiting now; what comes next sounds again, and nothing is acknowledged by it."""
        self._silenced |= set(self._waiting)
        self.sounder.stop()

    def not_live(self) -> None:
        """The picture is old: say so aloud."""
        self._play("not_live")

    def waiting(self) -> frozenset[AlarmId]:
        """Red alarms that nobody has acknowledged, silenced or not."""
        return frozenset(self._waiting)

    def works(self) -> bool:
        """Whether there is a device to sound from."""
        return self.sounder.works()

    def _play(self, name: str) -> None:
        self.started.append(name)
        del self.started[:-50]
        self.sounder.play(name)

    @Slot()
    def _on_again_timeout(self) -> None:
        names = {name for alarm, name in self._waiting.items() if alarm not in self._silenced}
        if names:
            self._play("sos" if "sos" in names else min(names))
