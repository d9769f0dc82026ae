"""Whether the desk's sounds are heard, and how soon: a software sound server of its own, its monitor recorded.

`python bench/desk_sound.py [--quick]` plays the sound of each priority into a null sink of PulseAudio and prints how long it takes from
the row to the first sample, which pitch is heard, and what happens when the device goes. Where PulseAudio is not installed it says so.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from desk_crowd import CrowdedDesk
from map_frames import Crowd, wait
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication

from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.identifiers import AlarmId
from desktop.alerts import Alerts
from widgets.map.web_engine import environment, prepare_engine

RATE = 22_050
CHUNK = 110
"""Samples read at once: 5 ms."""
HEARD = 500
"""Louder than this, of 32,767, is a sound."""
WANTED_MS = 250
PATIENCE_S = 20
SOUNDS = {"sos": ("sos", 1), "priority1": ("approach", 1), "priority2": ("approach", 2), "priority3": ("approach", 3)} | {
    "priority4": ("battery", 4)
}
PITCH_HZ = {"sos": (1400, 1800), "priority1": (880, 660), "priority2": (740,), "priority3": (587,), "priority4": (440,)}
TOOLS = ("pulseaudio", "parec", "pactl")


class SoundServer:
    """A PulseAudio of our own with one null sink, reached by this process through `PULSE_SERVER`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.socket = folder, folder / "native"
        self.environment = os.environ | {"XDG_RUNTIME_DIR": str(folder), "HOME": str(folder), "PULSE_SERVER": f"unix:{self.socket}"}
        self.process = self._start()
        self.sink = self.control("load-module", "module-null-sink", "sink_name=desk")

    def _start(self) -> subprocess.Popen[bytes]:
        modules = ["-L", f"module-native-protocol-unix socket={self.socket} auth-anonymous=1"]
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes", *modules]
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        until = time.monotonic() + 20
        while not self.socket.exists() and time.monotonic() < until and process.poll() is None:
            time.sleep(0.05)
        return process

    def control(self, *words: str) -> str:
        """What `pactl` answers."""
        done = subprocess.run(["pactl", *words], env=self.environment, check=True, capture_output=True, text=True, timeout=20)
        return done.stdout.strip()

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(timeout=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a sound was: how long after the row its first sample came, in ms, and its loudest pitch."""

    after_ms: float
    pitch_hz: float


class Microphone:
    """Records what comes out of the sink, with the moment of each chunk."""

    def __init__(self, server: SoundServer) -> None:
        asked = ["--device=desk.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1", "--raw", "--latency-msec=5"]
        self._recorder = subprocess.Popen(["parec", *asked], env=server.environment, stdout=subprocess.PIPE)
        self._lock = threading.Lock()
        self._chunks: list[tuple[float, NDArray[np.int16]]] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        out = self._recorder.stdout
        while out is not None and (got := out.read(CHUNK * 2)):
            with self._lock:
                self._chunks.append((time.perf_counter(), np.frombuffer(got, "<i2")))

    def listens(self) -> bool:
        """Whether anything has been recorded yet, silence or not."""
        with self._lock:
            return bool(self._chunks)

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._chunks.clear()

    def since(self, begin: float) -> Heard | None:
        """The first sound after `begin`; None while all is silent."""
        with self._lock:
            chunks = [chunk for chunk in self._chunks if chunk[0] >= begin]
        loud = next((at for at, (_, samples) in enumerate(chunks) if np.abs(samples).max(initial=0) > HEARD), None)
        if loud is None:
            return None
        samples = np.concatenate([samples for _, samples in chunks[loud:]]).astype(float)[: RATE // 4]
        strength = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
        pitch = float(np.argmax(strength) * RATE / len(samples))
        return Heard(after_ms=(chunks[loud][0] - begin) * 1000, pitch_hz=pitch)

    def silent(self, last_ms: float) -> bool:
        """Whether nothing was heard in the last `last_ms`."""
        after = time.perf_counter() - last_ms / 1000
        with self._lock:
            return all(np.abs(samples).max(initial=0) <= HEARD for at, samples in self._chunks if at >= after)

    def stop(self) -> None:
        """End recording."""
        self._recorder.terminate()
        self._recorder.wait(timeout=10)


def played(alerts: Alerts, microphone: Microphone, name: str, number: int) -> Heard | None:
    """Sound one alarm as its row would, and listen."""
    kind, priority = SOUNDS[name]
    alarm = AlarmId(f"A-{number}")
    microphone.forget()
    begin = time.perf_counter()
    alerts.sound(alarm, AlarmKind(kind), priority)
    while microphone.since(begin) is None and time.perf_counter() - begin < PATIENCE_S:
        wait(5)
    wait(300)
    heard = microphone.since(begin)
    alerts.acknowledged(alarm)
    alerts.silence()
    while not microphone.silent(150):
        wait(20)
    return heard


def table(alerts: Alerts, microphone: Microphone, times: int, where: str) -> bool:
    """One line a sound; whether all were heard, at their own pitch and in time."""
    good = True
    for name in SOUNDS:
        heard = [played(alerts, microphone, name, at) for at in range(times)]
        found = [one for one in heard if one is not None]
        if len(found) < times:
            sys.stdout.write(f"{where}: {name}: not heard {times - len(found)} times of {times}\n")
            good = False
            continue
        after = np.array([one.after_ms for one in found])
        pitch = float(np.median([one.pitch_hz for one in found]))
        right = min(abs(pitch - wanted) for wanted in PITCH_HZ[name]) < 12
        good = good and right and after.max() <= WANTED_MS
        said = "its own pitch" if right else "another pitch"
        sys.stdout.write(f"{where}: {name}: p50 {np.median(after):.0f} ms, worst {after.max():.0f} ms, {pitch:.0f} Hz, {said}\n")
    return good


def losses(server: SoundServer, microphone: Microphone, alerts: Alerts, told: list[bool]) -> bool:
    """Take the device away and give it back, with an alarm waiting; whether both is told, and the alarm waits on."""
    alerts.sound(AlarmId("A-lost"), AlarmKind.APPROACH, 1)
    begin = time.perf_counter()
    server.control("unload-module", server.sink)
    while not told and time.perf_counter() - begin < PATIENCE_S:
        wait(10)
    lost_ms = (time.perf_counter() - begin) * 1000
    gone = told == [False] and not alerts.works()
    waits = alerts.waiting()
    server.sink = server.control("load-module", "module-null-sink", "sink_name=desk")
    while told[-1:] != [True] and time.perf_counter() - begin < 2 * PATIENCE_S:
        wait(10)
    back = told == [False, True]
    microphone.stop()
    again = Microphone(server)
    while not again.listens():
        wait(20)
    heard = played(alerts, again, "priority1", 9999)
    again.stop()
    said = f"told after {lost_ms:.0f} ms" if gone else "not told"
    then = "told and heard again" if back and heard is not None else "not heard again"
    kept = "waits on" if AlarmId("A-lost") in waits else "was forgotten"
    sys.stdout.write(f"the device is taken away: {said}; the alarm {kept}; the device comes back: {then}\n")
    return gone and back and heard is not None and AlarmId("A-lost") in waits


def silencing(alerts: Alerts, microphone: Microphone) -> bool:
    """Silence a red alarm that nobody has acknowledged: the noise ends, the alarm waits, the next one sounds."""
    alerts.sound(AlarmId("A-noisy"), AlarmKind.APPROACH, 1)
    wait(300)
    begin = time.perf_counter()
    alerts.silence()
    while not microphone.silent(100) and time.perf_counter() - begin < 3:
        wait(5)
    quiet_ms = (time.perf_counter() - begin) * 1000 - 100
    waits = AlarmId("A-noisy") in alerts.waiting()
    heard = played(alerts, microphone, "sos", 5000)
    alerts.acknowledged(AlarmId("A-noisy"))
    said = "still waits for a person" if waits else "counts as acknowledged"
    sys.stdout.write(f"silenced: quiet after {quiet_ms:.0f} ms, the alarm {said}, the next one {'sounds' if heard else 'is silent'}\n")
    return waits and heard is not None


def alone(server: SoundServer) -> bool:
    """One of each sound, silencing and losing the device, in a process without a window."""
    application = QApplication([])
    good = heard_all(server, 1, None)
    application.quit()
    return good


def listen(server: SoundServer, times: int) -> bool:
    """All of it, also beside a whole desk; whether everything is as wanted."""
    os.environ.update(environment(os.environ, as_root=os.geteuid() == 0))
    prepare_engine()
    return heard_all(server, times, QApplication([]))


def heard_all(server: SoundServer, times: int, application: QApplication | None) -> bool:
    """Every sound, beside a desk where there is an application for one; then silence and loss."""
    told: list[bool] = []
    alerts, microphone = Alerts(1.0, told.append), Microphone(server)
    while not microphone.listens():
        wait(20)
    wait(1000)
    good = table(alerts, microphone, times, "nothing else on the screen")
    desk = None
    if application is not None:
        desk = CrowdedDesk(application, Crowd(1000, alarms=100), 100)
        desk.fill()
        desk.live(on=True)
        wait(5000)
        good = table(alerts, microphone, times, "beside 1,000 people on the map") and good
    good = silencing(alerts, microphone) and good
    good = losses(server, microphone, alerts, told) and good
    if desk is not None:
        desk.close()
    alerts.sounder.end()
    return good


def main() -> int:
    """Listen, if there is something to listen with."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two of each sound instead of ten")
    parser.add_argument("--alone", action="store_true", help="one of each, and no desk beside it: what a test wants to know")
    asked = parser.parse_args()
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        sys.stdout.write(f"skipped: no sound server to listen to, {', '.join(missing)} not found (Debian: pulseaudio, pulseaudio-utils)\n")
        return 0
    sys.stdout.write(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; wanted {WANTED_MS} ms from the row to the first sample\n")
    with tempfile.TemporaryDirectory() as folder:
        server = SoundServer(Path(folder))
        try:
            os.environ |= {name: server.environment[name] for name in ("PULSE_SERVER", "XDG_RUNTIME_DIR")}
            good = alone(server) if asked.alone else listen(server, 2 if asked.quick else 10)
            return 0 if good else 1
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
