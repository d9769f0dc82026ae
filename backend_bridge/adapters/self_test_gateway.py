"""The end-to-end heartbeat: each minute a test fix goes in at the port of gateways, and its test alarm must come out at the desks.

It comes as a gateway comes: a TCP connection with CURVE, a hello, one fix, an ack. Then the log must have its `self-test` entry,
and the thread of the desks' gate must have made the row of the room into a message. What stays away is a trouble, and so a
`system` alarm. Nothing of it is in any list, and no fix of it is kept.
"""

import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
import zmq

from backend_bridge.adapters.curve_keys import new_pair
from backend_bridge.adapters.lane_headers import AckHeader, DataHeader, FromBridge, FromGateway, HelloHeader, WelcomeHeader, packed
from backend_bridge.adapters.lane_packing import packed_fixes
from backend_bridge.application.inbox import Trouble
from backend_bridge.application.outcome import Outcome
from backend_bridge.application.self_test import fix_of_test
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.lanes.enrolment import Enrolments, GatewayEnrolment
from backend_bridge.domain.lanes.self_test import SELF_TEST, TEST_DEVICE
from backend_bridge.domain.outcomes.bridge_events import SelfTested

_HELLO_EVERY_S: Final = 1.0
_EPOCH: Final = 1
_HEADER: Final = msgspec.msgpack.Decoder(FromBridge)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds to the first test, from one to the next, and within which one must have come the whole way."""

    first_s: float = 5.0
    every_s: float = 60.0
    within_s: float = 20.0


class SelfTestGateway:
    """`start`, and `tell` for each outcome that is on disk; `trouble` is told when the test stays away and when it is back.

    `show` is called with a number when its entry is on disk: it must bring the row of the room to where desks are sent it from,
    and then call `shown`.
    """

    def __init__(
        self,
        server_key: str,
        clock: Callable[[], int],
        trouble: Callable[[Trouble], None],
        show: Callable[[int], None],
        pace: Pace | None = None,
    ) -> None:
        self._pace = pace or Pace()
        self._server_key = server_key.encode()
        self._clock, self._trouble, self._show = clock, trouble, show
        public, self._secret_key = new_pair()
        self._public_key = public.encode()
        self._own = GatewayEnrolment(gateway=SELF_TEST, public_key=public, devices=(TEST_DEVICE,))
        self._of_others: Enrolments = ()
        self._with_own: Enrolments = (self._own,)
        self._endpoint = ""
        self._reached: queue.SimpleQueue[tuple[str, int]] = queue.SimpleQueue()
        self._failed = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="self-test", daemon=True)

    def among(self, enrolments: Enrolments) -> Enrolments:
        """The enrolled gateways and this one; the same tuple again as long as nothing changes."""
        if enrolments is not self._of_others:
            self._of_others, self._with_own = enrolments, (*enrolments, self._own)
        return self._with_own

    def start(self, endpoint: str) -> None:
        """Begin to test the gate at `endpoint`."""
        self._endpoint = endpoint
        self._thread.start()

    def stop(self) -> None:
        """Test no more."""
        self._stopping.set()
        self._thread.join(5.0)

    def tell(self, outcome: Outcome) -> None:
        """What is on disk; called by the engine's thread."""
        for event in outcome.events:
            if isinstance(event, SelfTested):
                self._reached.put(("decision", event.number))
                self._show(event.number)

    def shown(self, number: int) -> None:
        """The row that says so is on its way to the desks; from any thread."""
        self._reached.put(("desks", number))

    def _run(self) -> None:
        # One context for good, with its threads from the start: where no descriptor is left, starting one ends the whole process.
        with zmq.Context() as context:
            context.socket(zmq.DEALER).close()
            self._test_again_and_again(context)

    def _test_again_and_again(self, context: "zmq.Context[zmq.Socket[bytes]]") -> None:
        wait_s = self._pace.first_s
        while not self._stopping.wait(wait_s):
            began = time.monotonic()
            try:
                missing = self._missing(context, began + self._pace.within_s)
            except zmq.ZMQError:
                missing = "gate"
            if missing is not None and self._stopping.is_set():
                return
            if (missing is not None) != self._failed:
                self._failed = missing is not None
                self._trouble(Trouble(code="self-test", on=self._failed, detail=missing or ""))
            wait_s = max(0.0, self._pace.every_s - (time.monotonic() - began))

    def _missing(self, context: "zmq.Context[zmq.Socket[bytes]]", until: float) -> str | None:
        """Test once; the station that it did not come to: `gate`, `ack`, `decision` or `desks`. None when it came the whole way.

        Raises `zmq.ZMQError` where no connection can be made at all.
        """
        with context.socket(zmq.DEALER) as socket:
            socket.linger = 0
            socket.curve_serverkey, socket.curve_publickey, socket.curve_secretkey = self._keys()
            socket.connect(self._endpoint)
            number = self._welcomed(socket, until)
            if number is None:
                return "gate"
            body = packed_fixes(fix_of_test(self._clock()))
            socket.send_multipart([packed(DataHeader(Lane.POSITIONS, _EPOCH, number, self._clock())), body])
            if not self._acked(socket, number, until):
                return "ack"
        return next((station for station in ("decision", "desks") if not self._comes_to(station, number, until)), None)

    def _keys(self) -> Sequence[bytes]:
        return self._server_key, self._public_key, self._secret_key.encode()

    def _welcomed(self, socket: "zmq.Socket[bytes]", until: float) -> int | None:
        """The number of the next message of this lane; None when no hello was answered."""
        while not self._stopping.is_set() and time.monotonic() < until:
            if socket.poll(100, zmq.POLLOUT):
                _say(socket, HelloHeader(1, Lane.POSITIONS, _EPOCH, 1, 0, self._clock()))
            heard = _hear(socket, min(until, time.monotonic() + _HELLO_EVERY_S))
            if isinstance(heard, WelcomeHeader):
                return heard.resume_after + 1
        return None

    def _acked(self, socket: "zmq.Socket[bytes]", number: int, until: float) -> bool:
        while not self._stopping.is_set() and time.monotonic() < until:
            heard = _hear(socket, min(until, time.monotonic() + 0.2))
            if isinstance(heard, AckHeader) and heard.seq >= number:
                return True
        return False

    def _comes_to(self, station: str, number: int, until: float) -> bool:
        while not self._stopping.is_set() and (left := until - time.monotonic()) > 0:
            try:
                if self._reached.get(timeout=min(left, 0.5)) == (station, number):
                    return True
            except queue.Empty:
                continue
        return False


def _say(socket: "zmq.Socket[bytes]", header: FromGateway) -> None:
    socket.send_multipart([packed(header), b""])


def _hear(socket: "zmq.Socket[bytes]", until: float) -> FromBridge | None:
    """The next message, or None when none comes until then."""
    left_ms = max(0, int((until - time.monotonic()) * 1000))
    return _HEADER.decode(socket.recv_multipart()[0]) if socket.poll(left_ms) else None
