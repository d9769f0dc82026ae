"""How long from a fix at the bridge until its alarm is in the desk's model, under the everyday load; a whole bridge, a real link.

`python bench/desk_latency.py [SECONDS] [FIXES_PER_S]`
"""

import os
import platform
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
from live_room import Gateway, LiveBridge, live
from PySide6.QtCore import QCoreApplication, QTimer

from backend_bridge.adapters.lane_packing import packed_fixes
from backend_bridge.application.link_state import LinkPhase, LinkState
from backend_bridge.application.rows import AlarmRow, PositionFrame, Row
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId
from desktop.desk_link import DeskLink, LinkHandlers, LinkSettings

N_CASES = int(os.environ.get("CASES", "400"))
BATCHES_PER_S = 4
ENTRIES_PER_S = 2


class Desk:
    """The desk's model: when each alarm came first, how many frames."""

    def __init__(self, bridge: LiveBridge) -> None:
        public, secret = bridge.enrolled("bench")
        settings = LinkSettings(endpoint=bridge.endpoint, server_key=bridge.server_key, desk_public=public, desk_secret=secret)
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


def batch(devices: list[str], places: list[tuple[float, float]], seq: int) -> bytes:
    """One fix a device, measured now."""
    n = len(devices)
    at_us = live.now_us()
    fixes = FixBatch(
        device_names=tuple(DeviceId(device) for device in devices),
        device=np.arange(n, dtype=np.int32),
        measured_us=np.full(n, at_us, np.int64),
        lat_deg=np.array([lat for lat, _ in places]),
        lon_deg=np.array([lon for _, lon in places]),
        accuracy_m=np.full(n, 5.0, np.float32),
        speed_mps=np.full(n, np.nan, np.float32),
        course_deg=np.full(n, np.nan, np.float32),
        moving=np.full(n, -1, np.int8),
        source=np.zeros(n, np.int8),
        device_seq=np.full(n, seq, np.uint64),
        has_device_seq=np.ones(n, np.bool_),
        received_us=np.full(n, at_us, np.int64),
    )
    return packed_fixes(fixes)


def load(gateway: Gateway, until_s: float, fixes_per_s: int) -> None:
    """Half of the wearers report from outside their zones; each second a few of the others appear within theirs and stay."""
    random = np.random.default_rng(5)
    outside = np.arange(1, N_CASES // 2 + 1)
    entering = iter(range(N_CASES // 2 + 1, N_CASES + 1))
    inside: list[int] = []
    seq = 0
    while time.monotonic() < until_s:
        seq += 1
        began = time.monotonic()
        if seq % BATCHES_PER_S == 0:
            inside = [*inside, *(n for n in (next(entering, 0) for _ in range(ENTRIES_PER_S)) if n)][-4 * ENTRIES_PER_S :]
        chosen = [*random.choice(outside, fixes_per_s // BATCHES_PER_S, replace=False).tolist(), *inside]
        places = [(live.place_of(n)[0] + (0.0 if n in inside else 0.012), live.place_of(n)[1]) for n in chosen]
        gateway.hand_in("P", batch([f"ANK-{n}" for n in chosen], places, seq))
        time.sleep(max(0.0, 1 / BATCHES_PER_S - (time.monotonic() - began)))


def main() -> None:
    """Run and print the figures with the machine."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    rate = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QCoreApplication([])
    with tempfile.TemporaryDirectory(prefix="bongsu-bench-") as folder:
        bridge = LiveBridge(Path(folder), N_CASES)
        bridge.user("bench", "operator")
        desk, gateway = Desk(bridge), Gateway(bridge)
        desk.link.start()
        while not desk.is_live:
            application.processEvents()
            time.sleep(0.01)
        began_s, n_before = time.monotonic(), desk.n_frames
        sender = threading.Thread(target=load, args=(gateway, began_s + seconds, rate))
        sender.start()
        QTimer.singleShot(int((seconds + 2) * 1000), application.quit)
        application.exec()
        sender.join()
        frames = (desk.n_frames - n_before) / (time.monotonic() - began_s)
        desk.link.stop()
        gateway.close()
        bridge.stop()
    delays = np.array(sorted(desk.delays_ms.values()))
    machine = platform.processor() or platform.machine()
    print(f"{machine}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}")
    print(f"{rate} fixes/s for {seconds:.0f} s, {N_CASES} cases, {len(delays)} alarms, {frames:.1f} position frames/s")
    if len(delays):
        p50, p90, p99 = np.percentile(delays, [50, 90, 99])
        print(f"fix received → alarm in the desk's model: p50 {p50:.0f} ms, p90 {p90:.0f} ms, p99 {p99:.0f} ms, worst {delays[-1]:.0f} ms")


if __name__ == "__main__":
    main()
