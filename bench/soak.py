"""A long quiet load: python bench/soak.py [MINUTES, default 60] [WARM-UP MINUTES, default a sixth].

One gateway sends 2,000 fixes a second of 2,000 devices in 1,000 cases. Every two seconds the bridge's memory, descriptors and
threads are looked at, and a line is printed each minute; what counts is the slope of the memory after the warm-up, and that the
other two stay as they are. The memory goes up and down with the fixes that wait to be sorted by device (half a million of them, four
minutes at this rate), by 14 MB a minute: the slope is that of the least memory of each two such times, and looks are close together.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from steady_gateway import SteadyGateway, prepared  # puts the tests on the path  # isort: skip

from bridge_shell import Served  # isort: skip

Floats = NDArray[np.float64]
PER_S, ROWS, DEVICES, CASES = 2000.0, 250, 2000, 1000
LOOK_S = 2.0
TOLD_S = 60.0
TIDE_MIN = 500_000 / PER_S / 60
WINDOW_MIN = 2 * TIDE_MIN
"""In every two tides there is a whole one, with its least."""
LEAST_WINDOWS = 3
MOST_MB_PER_H = 1.0


def looked(pid: int) -> tuple[float, int, int]:
    """Memory in MB, descriptors, threads."""
    status = Path(f"/proc/{pid}/status").read_text()
    words = {
        line.split(":")[0]: line.split(":")[1].split()[0] for line in status.splitlines() if ":" in line and line.split(":")[1].split()
    }
    return int(words["VmRSS"]) / 1024, sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir()), int(words["Threads"])


def told(minute: float, seen: tuple[float, int, int], gateway: SteadyGateway, folder: Path) -> None:
    """A line of the time line."""
    log_mb = (folder / "store.db-wal").stat().st_size / 2**20
    print(
        f"{minute:5.1f} min: {seen[0]:6.0f} MB, {seen[1]} descriptors, {seen[2]} threads, {gateway.sent:,} fixes sent, "
        f"{gateway.n_settled:,} messages acked, write-ahead log {log_mb:.0f} MB, load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def floor_slope(minutes: Floats, memory_mb: Floats) -> float | None:
    """By how many MB an hour the least memory of each window grows; None where there are too few whole ones to tell."""
    window = (minutes - minutes[0]) // WINDOW_MIN
    windows = [np.flatnonzero(window == each) for each in range(int(window[-1]))]  # the last one may have ended before its least
    if len(windows) < LEAST_WINDOWS:
        return None
    lows = np.array([rows[np.argmin(memory_mb[rows])] for rows in windows])
    return float(np.polyfit(minutes[lows] / 60, memory_mb[lows], 1)[0])


def run(minutes: float, warm_up: float, most_mb_per_h: float = MOST_MB_PER_H) -> list[str]:
    """What was broken; empty when every promise held."""
    with tempfile.TemporaryDirectory(prefix="bongsu-soak-") as place:
        folder = Path(place) / "room"
        keys = prepared(folder, CASES)
        bridge = Served(folder)
        gateway = SteadyGateway(bridge.lane, keys, Path(place) / "queue.db", n_devices=DEVICES, n_per_s=PER_S, rows=ROWS)
        gateway.start()
        began, seen = time.monotonic(), []
        while time.monotonic() - began < minutes * 60:
            time.sleep(LOOK_S)
            minute = (time.monotonic() - began) / 60
            seen.append((minute, *looked(bridge.pid)))
            if minute * 60 % TOLD_S < LOOK_S:
                told(minute, seen[-1][1:], gateway, folder)
        is_settled = gateway.finish(60.0)
        ended = bridge.stop()
    after = np.array([row for row in seen if row[0] >= warm_up] or seen)
    slope = floor_slope(after[:, 0], after[:, 1])
    fds, threads = (sorted({int(value) for value in after[:, column]}) for column in (2, 3))
    grown = "too short for a slope" if slope is None else f"{slope:+.1f} MB/h after {warm_up:.0f} min"
    print(
        f"{minutes:.0f} min at {PER_S:,.0f} fixes/s, {gateway.sent:,} sent: memory {after[0, 1]:.0f} to {after[-1, 1]:.0f} MB, {grown}; "
        f"descriptors {fds[0]} to {fds[-1]}, threads {threads[0]} to {threads[-1]}"
    )
    broken = [] if is_settled and ended == 0 else ["not everything was acknowledged, or the bridge did not end well"]
    if slope is not None and slope > most_mb_per_h:
        broken.append(f"memory grows by {slope:.1f} MB/h")
    if fds[-1] - fds[0] > 8 or threads[-1] - threads[0] > 4:
        broken.append("descriptors or threads are not flat")
    return broken


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:]]
    long = given[0] if given else 60.0
    sys.exit(1 if run(long, given[1] if len(given) > 1 else long / 6) else 0)
