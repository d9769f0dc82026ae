"""How long a bridge takes to come back with a large store, and how quickly a day of one device is read.

`python bench/restart_large.py [FIXES [EVENTS]]`
"""

import platform
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.fix_archive import Message
from backend_bridge.application.inbox import Inbox, Milestone
from backend_bridge.bootstrap.warm import warm_up
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, GatewayName

KEY = bytes(32)
N_DEVICES = 1000
A_TICK = 5000
DAY_US = 86_400_000_000
START_US = 1_795_305_600_000_000


def batch(first: int, n: int, total: int) -> FixBatch:
    """Fixes `first`… of a day in which each device reports in turn."""
    number = np.arange(first, first + n)
    measured = START_US + number * (DAY_US // total)
    return FixBatch(
        device_names=tuple(DeviceId(f"ANK-{k:04}") for k in range(N_DEVICES)),
        device=(number % N_DEVICES).astype(np.int32),
        measured_us=measured,
        lat_deg=36.0 + (number % 977) * 1e-4,
        lon_deg=127.0 + (number % 883) * 1e-4,
        accuracy_m=np.full(n, 8.0, np.float32),
        speed_mps=np.full(n, 1.0, np.float32),
        course_deg=np.full(n, 90.0, np.float32),
        moving=np.ones(n, np.int8),
        source=np.zeros(n, np.int8),
        device_seq=number.astype(np.uint64),
        has_device_seq=np.ones(n, np.bool_),
        received_us=measured + 1_000_000,
    )


def fill(durable: DurableRoom, n_fixes: int, n_events: int) -> None:
    """Store the fixes and events as a neighbour's history, with the house kept as it is in a running bridge."""
    message = (Message(gateway=GatewayName("north"), lane=Lane.BACKFILL, epoch=1, seq=1),)
    for first in range(0, n_fixes, A_TICK):
        stored = durable.archive.numbered(batch(first, A_TICK, n_fixes), message, np.zeros(A_TICK, np.int32))
        durable.adopt((), stored, ())
        durable.step(Inbox())
        if first // A_TICK % 20 == 0:
            durable.step(Inbox(news=(Milestone(what="note"),)))
    for first in range(0, n_events, 1000):
        events = [
            DeviceEvent(
                device=DeviceId(f"ANK-{k % N_DEVICES:04}"),
                measured_us=START_US + k,
                kind=DeviceEventKind.BATTERY,
                value=float(k % 100),
                received_us=START_US + k,
            )
            for k in range(first, first + 1000)
        ]
        durable.adopt((), None, events)
    while durable.archive.n_tail >= 500_000:
        durable.step(Inbox(news=(Milestone(what="note"),)))
        time.sleep(0.01)


def main() -> None:
    """Fill, close, open, read; prints a table."""
    n_fixes = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    n_events = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    warm_up()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.monotonic()
        durable = DurableRoom.open(folder, KEY, lambda: START_US + DAY_US)
        fill(durable, n_fixes, n_events)
        filled_s = time.monotonic() - started
        durable.close()  # without a snapshot, as after a kill
        started = time.monotonic()
        durable = DurableRoom.open(folder, KEY, lambda: START_US + 2 * DAY_US)
        open_s = time.monotonic() - started
        started = time.monotonic()
        track = durable.archive.read(DeviceId("ANK-0042"), START_US, START_US + DAY_US)
        read_s = time.monotonic() - started
        durable.close()
        size = (folder / "store.db").stat().st_size
    print(f"machine: {platform.processor() or platform.machine()}, {platform.system()} {platform.release()}")
    print(f"stored {n_fixes:,} fixes and {n_events:,} events in {filled_s:.1f} s; {size / n_fixes:.0f} bytes a fix")
    print(f"opened again in {open_s:.2f} s (wanted: 5 s at 10,000,000)")
    print(f"24 h of one device, {len(track.fixes):,} fixes, in {read_s * 1000:.0f} ms (wanted: 100 ms)")


if __name__ == "__main__":
    main()
