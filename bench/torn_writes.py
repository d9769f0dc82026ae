"""Power cuts in the middle of a write: python bench/torn_writes.py [IMAGES, default 200].

The bridge is held still at random moments while it writes, and its folder copied as a disk would have it then. To the copy's
write-ahead log comes a torn part of what was written next: cut anywhere, with sectors of 512 bytes missing or scrambled. Every
copy must open, hold all that had been acknowledged when it was made, and be as it was written.
"""

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from steady_gateway import SteadyGateway, prepared, now_us  # puts the tests on the path  # isort: skip

from bridge_shell import Served  # isort: skip

from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.keys import store_key
from backend_bridge.adapters.store_verify import verify

PER_S, ROWS, DEVICES = 2000.0, 20, 20
WAL = "store.db-wal"
_SECTOR = 512
_WAL_HEADER = 32


def torn(rng: random.Random, before: bytes, after: bytes) -> bytes | None:
    """`before` and a torn part of what came after it; None where the log began anew in between."""
    if len(after) <= len(before) or after[:_WAL_HEADER] != before[:_WAL_HEADER]:
        return None
    more = bytearray(after[len(before) : len(before) + rng.randrange(1, len(after) - len(before) + 1)])
    for _ in range(rng.randrange(4)):
        at = rng.randrange(len(more)) // _SECTOR * _SECTOR
        n = len(more[at : at + _SECTOR])
        more[at : at + n] = bytes(n) if rng.random() < 0.5 else rng.randbytes(n)
    return before + bytes(more)


def checked(folder: Path, n_acked: int) -> str | None:
    """What is wrong with a copy; None for nothing."""
    durable = DurableRoom.open(folder, store_key(folder, None).key, now_us)
    try:
        with durable.reader.snapshot() as connection:
            bad = verify(connection, [], lambda _: None).bad
        if bad is not None:
            return bad
        if durable.reader.n_fixes() < n_acked:
            return f"{n_acked} fixes had been acknowledged, {durable.reader.n_fixes()} are there"
        return None
    finally:
        durable.close()


def run(n_images: int, seed: int = 20261123) -> list[str]:
    """What was broken; empty when every promise held."""
    rng = random.Random(seed)
    broken: list[str] = []
    n_torn = 0
    with tempfile.TemporaryDirectory(prefix="bongsu-torn-") as place:
        folder = Path(place) / "room"
        keys = prepared(folder, DEVICES // 2)
        bridge = Served(folder)
        gateway = SteadyGateway(bridge.lane, keys, Path(place) / "queue.db", n_devices=DEVICES, n_per_s=PER_S, rows=ROWS)
        gateway.start()
        for number in range(n_images):
            time.sleep(rng.uniform(0.01, 0.4))
            n_acked = gateway.n_settled * ROWS
            os.kill(bridge.pid, signal.SIGSTOP)
            image = Path(place) / f"image-{number}"
            shutil.copytree(folder, image, ignore=lambda _, names: [name for name in names if name.endswith((".sock", "-shm"))])
            os.kill(bridge.pid, signal.SIGCONT)
            time.sleep(rng.uniform(0.01, 0.3))
            made = torn(rng, (image / WAL).read_bytes(), (folder / WAL).read_bytes())
            if made is not None:
                n_torn += 1
                (image / WAL).write_bytes(made)
            wrong = checked(image, n_acked)
            if wrong is not None:
                broken.append(f"image {number}: {wrong}")
            shutil.rmtree(image)
        gateway.finish(60.0)
        bridge.stop()
    print(f"{n_images} images of a disk in the middle of a write, {n_torn} of them with a torn end; broken: {broken or 'nothing'}")
    return broken


if __name__ == "__main__":
    sys.exit(1 if run(int(sys.argv[1]) if len(sys.argv) > 1 else 200) else 0)
