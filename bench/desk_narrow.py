"""What a desk needs of its link: bytes a second both ways, and how it fares where the link carries no more than that.

`python bench/desk_narrow.py [KBIT_PER_S] [WEARERS] [EVERY_S] [SECONDS]`: a whole bridge, two gateways, wearers that report once in
`EVERY_S` seconds, two alarms each `ENTER_S` seconds of each gateway; first over a free link, then over one of `KBIT_PER_S` both ways, each
counted at the socket, ZeroMQ's and CURVE's bytes with it. Maps and words come with the desk and never cross the link.
"""

import contextlib
import os
import platform
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import numpy as np
from desk_latency import Desk, gateways, loads
from live_room import LiveBridge
from PySide6.QtCore import QCoreApplication, QTimer

from backend_bridge.application.link_state import LinkPhase, LinkState

ENTER_S: Final = 10
WARM_S: Final = 40
"""Before anything is counted everybody is heard for the first time, which changes every row."""
CHUNK: Final = 1400
"""Bytes of a packet."""
BUFFER: Final = 16 * 1024
"""What the two ends of the narrow link may hold back: a modem's buffer, not a server's."""


class NarrowLink:
    """Stands between a desk and its bridge, counts what passes, and lets no more through than the link carries."""

    def __init__(self, to: str, bits_per_s: float | None) -> None:
        where = urlsplit(to)
        self._to = (where.hostname or "127.0.0.1", where.port or 0)
        self._bits_per_s = bits_per_s
        self._server = socket.socket()
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        self._server.bind(("127.0.0.1", 0))
        self._server.listen()
        self.n_down = self.n_up = 0
        self.endpoint = f"tcp://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Listen no more."""
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def _accept(self) -> None:
        while True:
            try:
                desk, _ = self._server.accept()
            except OSError:
                return
            bridge = socket.socket()
            bridge.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
            bridge.connect(self._to)
            for one in (desk, bridge):
                one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
            threading.Thread(target=self._pass, args=(bridge, desk, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(desk, bridge, False), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, down: bool) -> None:  # noqa: FBT001  # an argument of a thread
        free_s = time.monotonic()
        with contextlib.suppress(OSError):
            while data := one.recv(CHUNK):
                if down:
                    self.n_down += len(data)
                else:
                    self.n_up += len(data)
                if self._bits_per_s is not None:
                    free_s = max(free_s, time.monotonic()) + len(data) * 8 / self._bits_per_s
                    time.sleep(max(0.0, free_s - time.monotonic()))
                other.sendall(data)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class Watched(Desk):
    """A desk that counts how often its link was lost."""

    n_lost = 0
    _phase = LinkPhase.ASKING

    def on_state(self, state: LinkState) -> None:
        """Log in when the bridge asks, and count each time that a live link no longer is."""
        super().on_state(state)
        self.n_lost += self._phase is LinkPhase.LIVE and state.phase is not LinkPhase.LIVE
        self._phase = state.phase


def main() -> None:
    """Run both links and print the figures with the machine."""
    given = [float(one) for one in sys.argv[1:]]
    kbit, wearers, every_s, seconds = [*given, *(256.0, 350.0, 15.0, 60.0)[len(given) :]]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QCoreApplication([])
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}")
    print(f"{wearers:.0f} wearers, each once in {every_s:.0f} s, {seconds:.0f} s a link")
    for bits_per_s in (None, kbit * 1000) if kbit else (None,):
        with tempfile.TemporaryDirectory(prefix="bongsu-bench-") as folder:
            run(application, Path(folder), (int(wearers), int(every_s), seconds), bits_per_s)


def run(application: QCoreApplication, folder: Path, load: tuple[int, int, float], bits_per_s: float | None) -> None:
    """One link from the first connection to the end."""
    wearers, every_s, seconds = load
    sent_s = WARM_S + seconds
    n_cases = sum(len(one.outside) + len(one.entering) for one in loads(sent_s, wearers, every_s, ENTER_S))
    bridge = LiveBridge(folder, n_cases)
    bridge.user("bench", "operator")
    link = NarrowLink(bridge.endpoint, bits_per_s)
    senders = gateways(bridge, sent_s, wearers, every_s, ENTER_S)
    desk, began_s = Watched(bridge, link.endpoint), time.monotonic()
    desk.link.start()
    while not desk.is_live and time.monotonic() - began_s < 300:
        application.processEvents()
        time.sleep(0.01)
    took_s, n_first = time.monotonic() - began_s, link.n_down
    for _, pipe in senders:
        pipe.send("go")
    QTimer.singleShot(WARM_S * 1000, application.quit)
    application.exec()
    warm = set(desk.delays_ms)
    began_s, before = time.monotonic(), (link.n_down, link.n_up, desk.n_frames)
    QTimer.singleShot(int(seconds * 1000), application.quit)
    application.exec()
    passed_s = time.monotonic() - began_s
    down, up, frames = link.n_down - before[0], link.n_up - before[1], desk.n_frames - before[2]
    for _, pipe in senders:
        pipe.poll(20)
    desk.link.stop()
    link.close()
    bridge.stop()
    name = "free link" if bits_per_s is None else f"{bits_per_s / 1000:.0f} kbit/s"
    print(f"{name}: live after {took_s:.1f} s and {n_first / 1000:.0f} kB; lost {desk.n_lost} times")
    print(f"  then {down * 8 / passed_s / 1000:.0f} kbit/s down, {up * 8 / passed_s / 1000:.0f} up, {frames / passed_s:.1f} frames/s")
    delays = np.array(sorted(ms for alarm, ms in desk.delays_ms.items() if alarm not in warm))
    if len(delays):
        p50, p95, p99 = np.percentile(delays, [50, 95, 99])
        print(f"  {len(delays)} alarms, received → in the desk's model:")
        print(f"  p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms, worst {delays[-1]:.0f} ms")


if __name__ == "__main__":
    main()
