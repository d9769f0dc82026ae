"""The desk's sounds in a process of their own: `python -m desktop.sounding VOLUME`.

A sound server that ends takes whoever plays through it along (libpulse aborts the process), or holds them up: it shall be this one, not
the desk. Reads `play NAME` and `stop`, a line each, and says `works yes` or `works no` when that changes and `played NAME`. Ends with
its standard input, and from time to time where nothing can be heard: a new process finds what an old one cannot find again.
"""

import sys
import threading
import wave
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices

import resources

NAMES: Final = ("sos", "priority1", "priority2", "priority3", "priority4", "not_live")
PROBE_MS: Final = 5000
SETTLED_MS: Final = 200
"""After this a device that cannot be opened has said so."""
HEARD_ALL_THE_SAME: Final = frozenset({"NoError", "UnderrunError"})
IN_VAIN: Final = 12
"""Number of probes without anything to hear from after which a new process tries."""


class Tone(QObject):
    """One sound held in memory, played from its start whenever it is asked for."""

    def __init__(self, samples: bytes, form: QAudioFormat, volume: float, parent: QObject) -> None:
        super().__init__(parent)
        self._format, self._volume = form, volume
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(samples))
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

    def heard(self) -> bool:
        """Whether the device took what was played last."""
        return self._sink is not None and self._sink.error().name in HEARD_ALL_THE_SAME

    def stop(self) -> None:
        """Be silent."""
        if self._sink is not None:
            self._sink.stop()
            self._sink.deleteLater()
            self._sink = None


def tone_of(name: str, volume: float, parent: QObject) -> Tone:
    """The sound of that name as it ships."""
    with wave.open(str(resources.path(f"sounds/{name}.wav"))) as file:
        form = QAudioFormat()
        form.setSampleRate(file.getframerate())
        form.setChannelCount(file.getnchannels())
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        return Tone(file.readframes(file.getnframes()), form, volume, parent)


class Sounding(QObject):
    """Does what the lines of its input ask, and tries the device by a silence every few seconds."""

    _asked = Signal(str)

    def __init__(self, volume: float) -> None:
        super().__init__()
        self._tones = {name: tone_of(name, volume, self) for name in NAMES}
        self._silence = tone_of("priority4", 0.0, self)
        self._tried: Tone = self._silence
        self._works: bool | None = None
        self._in_vain = 0
        self._asked.connect(self._on_asked, Qt.ConnectionType.QueuedConnection)
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._on_probe_timeout)
        self._probe = QTimer(self, interval=PROBE_MS)
        self._probe.timeout.connect(self._on_probe_timeout)
        self._probe.start()
        self._settled = QTimer(self, interval=SETTLED_MS, singleShot=True)
        self._settled.timeout.connect(self._on_settled_timeout)
        threading.Thread(target=self._read, name="asked", daemon=True).start()
        self._on_probe_timeout()

    def _read(self) -> None:
        for line in sys.stdin:
            self._asked.emit(line.strip())
        self._asked.emit("end")

    @Slot(str)
    def _on_asked(self, line: str) -> None:
        word, _, name = line.partition(" ")
        if word == "play" and name in self._tones:
            self._tried = self._tones[name]
            self._tried.play()
            _say(f"played {name}")
            self._settled.start()
        elif word == "stop":
            for tone in self._tones.values():
                tone.stop()
            self._settled.stop()
        elif word == "end":
            QCoreApplication.quit()

    @Slot()
    def _on_probe_timeout(self) -> None:
        if not self._settled.isActive():
            self._tried = self._silence
            self._silence.play()
            self._settled.start()

    @Slot()
    def _on_settled_timeout(self) -> None:
        self._tell(works=self._tried.heard())
        self._silence.stop()

    def _tell(self, *, works: bool) -> None:
        self._in_vain = 0 if works else self._in_vain + 1
        if works != self._works:
            self._works = works
            _say(f"works {'yes' if works else 'no'}")
        if self._in_vain >= IN_VAIN:
            QCoreApplication.quit()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Live until the desk closes the input."""
    application = QCoreApplication([])
    sounding = Sounding(float(sys.argv[1]))
    application.exec()
    sounding.deleteLater()


if __name__ == "__main__":
    main()
