"""Sound: one for each priority, started when an alarm arrives, not when it is painted; silence is never an acknowledgement."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, QUrl, Slot
from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

import resources
from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.identifiers import AlarmId

REPEAT_MS: Final = 4000
NAMES: Final = ("sos", "priority1", "priority2", "priority3", "priority4", "not_live")


class Alerts(QObject):
    """Sounds alarms until they are acknowledged; `on_device(works)` is told when the sound device goes or comes back."""

    def __init__(self, volume: float, on_device: Callable[[bool], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_device = on_device
        self._effects = {name: self._load(name, volume) for name in NAMES}
        self._waiting: dict[AlarmId, str] = {}
        self._silenced: set[AlarmId] = set()
        self.started: list[str] = []
        """Names of the last sounds that were started, newest last, for whoever measures how soon."""
        self._again = QTimer(self, interval=REPEAT_MS)
        self._again.timeout.connect(self._on_again_timeout)
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._on_outputs_changed)
        self._works = True
        self._on_outputs_changed()

    def _load(self, name: str, volume: float) -> QSoundEffect:
        effect = QSoundEffect(self)
        effect.setSource(QUrl.fromLocalFile(str(resources.path(f"sounds/{name}.wav"))))
        effect.setVolume(volume)
        return effect

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
        for effect in self._effects.values():
            effect.stop()

    def not_live(self) -> None:
        """The picture is old: say so aloud."""
        self._play("not_live")

    def works(self) -> bool:
        """Whether there is a device to sound from."""
        return self._works

    def _play(self, name: str) -> None:
        self.started.append(name)
        del self.started[:-50]
        self._effects[name].play()

    @Slot()
    def _on_again_timeout(self) -> None:
        names = {name for alarm, name in self._waiting.items() if alarm not in self._silenced}
        if names:
            self._play("sos" if "sos" in names else min(names))

    @Slot()
    def _on_outputs_changed(self) -> None:
        works = bool(QMediaDevices.audioOutputs())
        if works != self._works:
            self._works = works
            self._on_device(works)
