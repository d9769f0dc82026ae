"""How long from a fix at the bridge until its alarm is in the desk's model, under the everyday load; a whole bridge, a real link.

`python bench/desk_latency.py [SECONDS] [FIXES_PER_S]`: two gateways, each a process; alarms are raised all the time. Printed beside it:
what was not acked at the end, the memory of bridge and desk, and how late a timer of 10 ms fires in the desk's thread.
"""

import multiprocessing
import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from live_room import Gateway, LiveBridge, fixes_now, live
from PySide6.QtCore import QCoreApplication, Qt, QTimer

from backend_bridge.application.link_state import LinkPhase, LinkState
from backend_bridge.application.rows import AlarmRow, PositionFrame, Row
from desktop.desk_link import DeskLink, LinkHandlers, LinkSettings

N_GATEWAYS = 2
BATCHES_PER_S = 4
ENTRIES_PER_S = 2
"""Of each gateway: so many wearers a second appear within their zones."""
HEARTBEAT_MS = 10


class Load(NamedTuple):
    """What one gateway sends: the wearers who stay outside, each once in `every_s` seconds, and those who enter one after another."""

    outside: tuple[int, ...]
    entering: tuple[int, ...]
    seconds: float
    every_s: int = 1
    enter_s: int = 1
    """So often wearers enter."""


class Desk:
    """The desk's model: when each alarm came first, how many frames."""

    def __init__(self, bridge: LiveBridge, endpoint: str | None = None) -> None:
        public, secret = bridge.enrolled("bench")
        settings = LinkSettings(endpoint=endpoint or bridge.endpoint, server_key=bridge.server_key, desk_public=public, desk_secret=secret)
        self.link = DeskLink(settings, LinkHandlers(on_rows=self.on_rows, on_frame=self.on_frame, on_state=self.on_state))
        self.delays_ms: dict[str, float] = {}
        self.n_frames = 0
        self.is_live = False

    def on_rows(self, _table: str, put: tuple[Row, ...], _gone: tuple[str, ...]) -> None:
        """Note how old each alarm is when it comes first."""
        at_us = live.now_us()
        for row in put:
            if isinstance(row, AlarmRow) and row.alarm not in self.delays_ms and self.is_live:
                self.delays_ms[row.alarm] = (at_us - row.known_us) / 1000

    def on_frame(self, _frame: PositionFrame) -> None:
        """Count."""
        self.n_frames += 1

    def on_state(self, state: LinkState) -> None:
        """Log in when the bridge asks."""
        if state.phase is LinkPhase.ASKING:
            self.link.log_in("bench", live.PASSWORD)
        self.is_live = self.is_live or state.phase is LinkPhase.LIVE


def send(where: dict[str, Any], load: Load, told: Any) -> None:
    """A gateway's whole life; tells how many fixes it sent, how many of them were acked, and the longest wait for an ack."""
    gateway = Gateway(SimpleNamespace(**where))
    told.send("ready")
    told.recv()
    entering, inside = iter(load.entering), list[int]()
    until_s, seq, sent, longest_s = time.monotonic() + load.seconds, 0, 0, 0.0
    while (began_s := time.monotonic()) < until_s:
        seq += 1
        if seq % (BATCHES_PER_S * load.enter_s) == 0:
            inside = [*inside, *(n for n in (next(entering, 0) for _ in range(ENTRIES_PER_S)) if n)][-4 * ENTRIES_PER_S :]
        turns = BATCHES_PER_S * load.every_s
        chosen = [*load.outside[seq % turns :: turns], *inside]
        places = [(live.place_of(n)[0] + (0.0 if n in inside else 0.012), live.place_of(n)[1]) for n in chosen]
        sent += len(chosen)
        gateway.hand_in("P", fixes_now([f"ANK-{n}" for n in chosen], places, seq))
        longest_s = max(longest_s, time.monotonic() - began_s)
        time.sleep(max(0.0, 1 / BATCHES_PER_S - (time.monotonic() - began_s)))
    told.send((sent, sent, longest_s))
    gateway.close()


def loads(seconds: float, wearers: int, every_s: int = 1, enter_s: int = 1) -> list[Load]:
    """What each gateway sends, every wearer through one of them."""
    n_outside, n_entering = wearers // N_GATEWAYS, (int(seconds / enter_s) + 1) * ENTRIES_PER_S
    each = n_outside + n_entering
    firsts = [1 + number * each for number in range(N_GATEWAYS)]
    return [
        Load(tuple(range(first, first + n_outside)), tuple(range(first + n_outside, first + each)), seconds, every_s, enter_s)
        for first in firsts
    ]


class Heartbeat:
    """How late a timer fires in this thread."""

    def __init__(self) -> None:
        self.late_ms: list[float] = []
        self._last_s = time.monotonic()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(HEARTBEAT_MS)

    def _beat(self) -> None:
        now_s = time.monotonic()
        self.late_ms.append(max(0.0, (now_s - self._last_s) * 1000 - HEARTBEAT_MS))
        self._last_s = now_s


def memory_mib(pid: int) -> float:
    """What a process holds in memory."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def gateways(bridge: LiveBridge, seconds: float, wearers: int, every_s: int = 1, enter_s: int = 1) -> list[tuple[Any, Any]]:
    """The gateways' processes, each welcomed, and the pipes to them."""
    spawn = multiprocessing.get_context("spawn")
    made = []
    for number, one in enumerate(loads(seconds, wearers, every_s, enter_s)):
        keys = live.zmq.curve_keypair()
        bridge.shell("enrol-gateway", f"bench-{number}", f"--public-key={keys[0].decode()}", "--devices", "ANK-*")
        here, there = spawn.Pipe()
        where = {"server_key": bridge.server_key, "gateway_keys": keys, "lanes": bridge.lanes}
        process = spawn.Process(target=send, args=(where, one, there), daemon=True)
        process.start()
        made.append((process, here))
    for _, pipe in made:
        pipe.recv()
    return made


def main() -> None:
    """Run and print the figures with the machine."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    rate = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QCoreApplication([])
    with tempfile.TemporaryDirectory(prefix="bongsu-bench-") as folder:
        n_cases = sum(len(one.outside) + len(one.entering) for one in loads(seconds, rate))
        bridge = LiveBridge(Path(folder), n_cases)
        bridge.user("bench", "operator")
        desk, senders = Desk(bridge), gateways(bridge, seconds, rate)
        desk.link.start()
        while not desk.is_live:
            application.processEvents()
            time.sleep(0.01)
        began_s, n_before, before = time.monotonic(), desk.n_frames, (memory_mib(bridge.process.pid), memory_mib(os.getpid()))
        heartbeat = Heartbeat()
        for _, pipe in senders:
            pipe.send("go")
        QTimer.singleShot(int((seconds + 2) * 1000), application.quit)
        application.exec()
        frames = (desk.n_frames - n_before) / (time.monotonic() - began_s)
        told = [pipe.recv() if pipe.poll(20) else None for _, pipe in senders]
        after = (memory_mib(bridge.process.pid), memory_mib(os.getpid()))
        desk.link.stop()
        bridge.stop()
    machine = platform.processor() or platform.machine()
    print(f"{machine}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}")
    print(f"{rate} fixes/s for {seconds:.0f} s, {n_cases} cases, {len(desk.delays_ms)} alarms, {frames:.1f} position frames/s")
    report(desk, heartbeat, told)
    for name, was, now in zip(("bridge", "desk without its window"), before, after, strict=True):
        print(f"memory of the {name}: {was:.0f} MiB before, {now:.0f} MiB after")


def report(desk: Desk, heartbeat: Heartbeat, told: list[tuple[int, int, float] | None]) -> None:
    """Print what was found out."""
    delays = np.array(sorted(desk.delays_ms.values()))
    if len(delays):
        p50, p90, p99 = np.percentile(delays, [50, 90, 99])
        print(f"fix received → alarm in the desk's model: p50 {p50:.0f} ms, p90 {p90:.0f} ms, p99 {p99:.0f} ms, worst {delays[-1]:.0f} ms")
    silent = sum(one is None for one in told)
    sent, acked = (sum(one[k] for one in told if one is not None) for k in (0, 1))
    longest_s = max((one[2] for one in told if one is not None), default=float("nan"))
    unacked = f"{silent} gateways still wait for an ack" if silent else f"{sent - acked} of {sent:,} fixes not acked at the end"
    print(f"{unacked}; longest wait for an ack {longest_s * 1000:.0f} ms")
    print(f"heartbeat of {HEARTBEAT_MS} ms in the desk's thread: late by p99 {np.percentile(heartbeat.late_ms, 99):.0f} ms")


if __name__ == "__main__":
    main()
