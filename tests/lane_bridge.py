"""A gate on a real port with a lane book behind it, and a gateway that says exactly what a test wants; all over TCP and CURVE."""

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, Self

import msgspec
import zmq
from stopwatch import Stopwatch

from backend_bridge.adapters.curve_keys import new_pair
from backend_bridge.adapters.fair_inbox import FairInbox
from backend_bridge.adapters.gateway_gate import GatewayGate
from backend_bridge.domain.arrivals import Arrival, Data
from backend_bridge.domain.identifiers import GatewayName
from backend_bridge.domain.lanes.enrolment import GatewayEnrolment
from backend_bridge.domain.lanes.lane_book import LaneBook
from backend_bridge.domain.outcomes.lane_effects import LaneEffect
from backend_bridge.domain.outcomes.lane_events import LaneEvent

Said = dict[str, object]
pack: Final = msgspec.msgpack.encode


def now_us() -> int:
    return time.time_ns() // 1000


class LaneBridge:
    """The gate, and an engine that keeps the lane book and nothing else."""

    def __init__(self, before: "LaneBridge | None" = None) -> None:
        """A new bridge, or the one that was there `before` started again with what it had on disk."""
        self.public_key, self.secret_key = new_pair() if before is None else (before.public_key, before.secret_key)
        self.enrolments: tuple[GatewayEnrolment, ...] = () if before is None else before.enrolments
        self.inbox: FairInbox[None] = FairInbox()
        self.book = LaneBook.empty() if before is None else LaneBook.of_parts(before.book.parts())
        self.accepted: list[Data] = []
        self.events: list[LaneEvent] = []
        self.answers: list[object] = []
        self.work_s = 0.0
        """How long each step takes beside the book."""
        self.frozen = threading.Event()
        self._stop = threading.Event()
        self._changed = threading.Condition()
        self.gate = GatewayGate(
            bind="tcp://127.0.0.1:*" if before is None else before.gate.endpoint,
            secret_key=self.secret_key,
            enrolments=lambda: self.enrolments,
            clock=now_us,
            inbox=self.inbox,
        )
        self._engine = threading.Thread(target=self._run, name="test-engine")

    def __enter__(self) -> Self:
        self.gate.start()
        self._engine.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._engine.join()
        self.gate.stop()

    def enrol(self, name: str, devices: str = "ANK-*") -> str:
        """Let a gateway in; its secret key."""
        public, secret = new_pair()
        kept = tuple(one for one in self.enrolments if one.gateway != name)
        self.enrolments = (*kept, GatewayEnrolment(gateway=GatewayName(name), public_key=public, devices=tuple(devices.split(","))))
        return secret

    def revoke(self, name: str) -> None:
        self.enrolments = tuple(one for one in self.enrolments if one.gateway != name)

    def perform(self, effects: Sequence[LaneEffect]) -> None:
        self.gate.perform(effects)

    def wait_for(self, condition: Callable[[], bool], timeout_s: float = 10.0) -> None:
        """Until `condition` holds, which is looked at after each step."""
        watch = Stopwatch()
        with self._changed:
            while not self._changed.wait_for(condition, max(0.01, timeout_s - watch.seconds())):
                assert watch.seconds() < timeout_s

    def count(self, entry: str) -> int:
        return sum(event.entry == entry for event in self.events)

    def _run(self) -> None:
        while not self._stop.is_set():
            if self.frozen.is_set():
                time.sleep(0.05)
                continue
            arrivals: list[Arrival] = [item for item in self.inbox.take(wait_s=0.1) if item is not None]
            self.gate.beat()
            outcome = self.book.take(arrivals, now_us())
            time.sleep(self.work_s)
            with self._changed:  # kept first, told after: as a bridge does
                self.accepted += outcome.accepted
                self.events += outcome.events
                self.answers += outcome.answers
            self.gate.perform(outcome.effects)
            with self._changed:
                self._changed.notify_all()


class Wire:
    """A DEALER with a key, and what it has heard."""

    def __init__(self, endpoint: str, server_key: str, secret: str, *, mechanism: str = "curve") -> None:
        self.context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.linger = 0
        self.socket.immediate = True
        self.socket.reconnect_ivl = 100
        if mechanism == "curve":
            self.socket.curve_serverkey = server_key.encode()
            self.socket.curve_secretkey = secret.encode()
            self.socket.curve_publickey = zmq.curve_public(secret.encode())
        elif mechanism == "plain":
            self.socket.plain_username = b"admin"
            self.socket.plain_password = b"admin"
        self.socket.connect(endpoint)

    def close(self) -> None:
        self.socket.close(linger=0)
        self.context.term()

    def say(self, header: Said | bytes, body: bytes = b"", *more: bytes) -> bool:
        """Send one message; False when the connection cannot take it."""
        if not self.socket.poll(5000, zmq.POLLOUT):
            return False
        self.socket.send_multipart([header if isinstance(header, bytes) else pack(header), body, *more])
        return True

    def hello(self, lane: str, epoch: int, *, first: int = 1, last: int = 0) -> Said:
        """Say hello and wait for the answer."""
        self.say({"t": "hello", "proto": 1, "lane": lane, "epoch": epoch, "first": first, "last": last, "sent_at": now_us()})
        return self.hear("welcome", "reject")

    def data(self, lane: str, epoch: int, seq: int, body: bytes) -> None:
        self.say({"t": "data", "lane": lane, "epoch": epoch, "seq": seq, "sent_at": now_us()}, body)

    def hear(self, *kinds: str, timeout_s: float = 5.0) -> Said:
        """The next message of these kinds; others are passed over."""
        watch = Stopwatch()
        while (left := timeout_s - watch.seconds()) > 0:
            if self.socket.poll(int(left * 1000) + 1):
                header: Said = msgspec.msgpack.decode(self.socket.recv_multipart()[0])
                if header["t"] in kinds:
                    return header
        raise queue.Empty(f"none of {kinds} came")

    def all_heard(self, *kinds: str, timeout_s: float) -> list[Said]:
        """Every message of these kinds within a time."""
        heard = []
        until = time.monotonic() + timeout_s
        while (left := until - time.monotonic()) > 0:
            try:
                heard.append(self.hear(*kinds, timeout_s=left))
            except queue.Empty:
                break
        return heard


@contextmanager
def wired(bridge: LaneBridge, secret: str, **how: str) -> Iterator[Wire]:
    wire = Wire(bridge.gate.endpoint, bridge.public_key, secret, **how)
    try:
        yield wire
    finally:
        wire.close()
