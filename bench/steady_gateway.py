"""A store-and-forward gateway in a thread that sends fixes at a steady rate and knows what it has sent: for the fault runs."""

import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from bridge_shell import case_document, shell  # the tests' own

from backend_bridge.adapters.curve_keys import new_pair
from backend_bridge.adapters.gateway_client import GatewayClient
from backend_bridge.adapters.gateway_queue import DiskQueue
from backend_bridge.adapters.lane_headers import AnswerHeader, AskHeader
from backend_bridge.adapters.lane_packing import packed_fixes
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId


def now_us() -> int:
    """This machine's time of day."""
    return time.time_ns() // 1000


def prepared(folder: Path, n_cases: int) -> tuple[str, str]:
    """A data folder with cases and one gateway; the bridge's public key and the gateway's secret one."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    cases = folder.parent / "cases.json"
    made = [case_document(n) for n in range(1, n_cases + 1)]
    for number, case in enumerate(made):
        case["zones"] = [{"zone": "Z1", "kind": "exclusion", "circle": {"lat": 36.0 + number % 100 / 50, "lon": 127.39, "radius_m": 300}}]
    cases.write_text(json.dumps({"format": "bongsu-case/1", "cases": made}))
    shell("import-cases", cases, "--data", folder)
    public, secret = new_pair()
    said = shell("enrol-gateway", "north", f"--public-key={public}", "--devices", "ANK-*,VIC-*", "--data", folder).stdout
    return said.splitlines()[-1], secret


def numbers_of(body: bytes) -> list[int]:
    """The `device_seq` of the fixes in a body; each fix that a steady gateway sends has one of its own."""
    return pa.ipc.open_stream(body).read_all().column("device_seq").to_pylist()


class SteadyGateway:
    """`start`, then `n_per_s` fixes a second of `n_devices` devices until `finish`; `sent` counts what the queue was given."""

    def __init__(self, to: str, keys: tuple[str, str], queue: Path, *, n_devices: int, n_per_s: float, rows: int) -> None:
        self._queue = DiskQueue(queue, bytes(range(32)))
        self._to, self._keys = to, keys
        self._n_devices, self._per_s, self._rows = n_devices, n_per_s, rows
        self._names = tuple(DeviceId(f"{'ANK' if n % 2 == 0 else 'VIC'}-{n // 2 + 1}") for n in range(n_devices))
        self.sent = 0
        self.n_settled = 0
        self.n_rejected = 0
        self.waiting: frozenset[int] = frozenset()
        """After `leave`: the fixes, by `device_seq`, of which the bridge has not said that it has them."""
        self._ending = threading.Event()
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def finish(self, within_s: float) -> bool:
        """Send nothing new; whether the bridge has settled everything in time."""
        self._ending.set()
        self._thread.join(within_s)
        return not self._thread.is_alive()

    def leave(self) -> None:
        """End whatever waits, and say what that is in `waiting`."""
        self._ending.set()
        self._leaving.set()
        self._thread.join()

    def _run(self) -> None:
        answer: Callable[[AskHeader], AnswerHeader] = lambda ask: AnswerHeader(ask.id, ok=True, detail="")  # noqa: E731
        client = GatewayClient(
            to=self._to, server_key=self._keys[0], secret_key=self._keys[1], queue=self._queue, clock=now_us, answer=answer
        )
        began = time.monotonic()
        while not self._leaving.is_set() and not (self._ending.is_set() and self._queue.is_empty()):
            due = int((time.monotonic() - began) * self._per_s)
            while not self._ending.is_set() and self.sent + self._rows <= due:
                self._queue.add(Lane.POSITIONS, [packed_fixes(self._fixes(self.sent))])
                self.sent += self._rows
            client.turn(10)
            self.n_settled = client.n_settled
        self.n_rejected = client.n_rejected
        self.waiting = frozenset(number for lane in Lane for body in self._kept(lane) for number in numbers_of(body))
        client.close()
        self._queue.close()

    def _kept(self, lane: Lane) -> list[bytes]:
        return [body for _, body in self._queue.read(lane, self._queue.first(lane), self._queue.last(lane), 2**31)]

    def _fixes(self, first: int) -> FixBatch:
        row = np.arange(first, first + self._rows)
        device = row % self._n_devices
        used, place = np.unique(device, return_inverse=True)
        n = self._rows
        unknown: Any = np.full(n, np.nan, np.float32)
        return FixBatch(
            device_names=tuple(self._names[index] for index in used.tolist()),
            device=place.astype(np.int32),
            measured_us=now_us() - n + np.arange(n, dtype=np.int64),
            lat_deg=36.5 + device % 100 * 0.01 + 0.001 * np.sin(row / 500),
            lon_deg=127.0 + device // 100 * 0.01 + 0.001 * np.cos(row / 500),
            accuracy_m=np.full(n, 8.0, np.float32),
            speed_mps=unknown,
            course_deg=unknown,
            moving=np.full(n, -1, np.int8),
            source=np.zeros(n, np.int8),
            device_seq=row.astype(np.uint64),
            has_device_seq=np.ones(n, np.bool_),
            received_us=np.zeros(n, np.int64),
        )
