"""Sound: one for each priority, started when an alarm arrives, not when it is painted; silence is never an acknowledgement."""

import wave
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QTimer, Slot
from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices

import resources
from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.identifiers import AlarmId

REPEAT_MS: Final = 4000
NAMES: Final = ("sos", "priority1", "priority2", "priority3", "priority4", "not_live")


class Tone(QObject):
    """One sound held in memory, played from its start whenever it is asked for.

    Not a QSoundEffect: its loader ends on a thread of Qt's own that disconnects from the application, and there it can wait for
    the interpreter's lock while the GUI thread waits for Qt's.
    """

    def __init__(self, name: str, volume: float, parent: QObject) -> None:
        super().__init__(parent)
        with wave.open(str(resources.path(f"sounds/{name}.wav"))) as file:
            self._format = QAudioFormat()
            self._format.setSampleRate(file.getframerate())
            self._format.setChannelCount(file.getnchannels())
            self._format.setSampleFormat(QAudioFormat.SampleFormat.Int16)
            self._samples = QByteArray(file.readframes(file.getnframes()))
        self._volume = volume
        self._buffer = QBuffer(self)
        self._buffer.setData(self._samples)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._sink: QAudioSink | None = None

    def play(self) -> None:
        """Start anew on the device that is the default now; nothing where there is none."""
        self.stop()
        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            return
        self._sink = QAudioSink(device, self._format, self)
        self._sink.setVolume(self._volume)
        self._buffer.seek(0)
        self._sink.start(self._buffer)

    def stop(self) -> None:
        """Be silent."""
        if self._sink is not None:
            self._sink.stop()
            self._sink.deleteLater()
            self._sink = None


class Alerts(QObject):
    """Sounds alarms until they are acknowledged; `on_device(works)` is told when the sound device goes or comes back."""

    def __init__(self, volume: float, on_device: Callable[[bool], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_device = on_device
        self._effects = {name: Tone(name, volume, self) for name in NAMES}
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
