"""The gate: the port that gateways connect to, a thread of its own around one ROUTER socket.

It authenticates every message by the key that CURVE proved, decodes and validates it, and hands it to the engine's inbox; it
sends what the engine decided once that is on disk (`perform`). It decides nothing about lanes itself. Fairness comes from the
ROUTER's turn for every connection, from a bounded queue for every lane in the inbox, and from an allowance for every key.
"""

import contextlib
import socket as sockets
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import zmq
from zmq.utils.monitor import parse_monitor_message

from backend_bridge.adapters.gate_links import SILENT_AFTER_S, Allowance, Link, Links
from backend_bridge.adapters.gate_reader import MessageReader
from backend_bridge.adapters.gate_socket import DOMAIN, Letter, bound_router, cut_off, next_letter, peer_of
from backend_bridge.adapters.gate_troubles import MONITORED, Troubles
from backend_bridge.adapters.lane_headers import DataHeader, FromBridge, HelloHeader, PingHeader, PongHeader, header_of_effect, packed
from backend_bridge.adapters.lane_wire import BadData, BadHeader, Message, read_message
from backend_bridge.adapters.zap import Doorkeeper
from backend_bridge.domain.arrivals import Arrival, Lane, LinkDown, LinkUp
from backend_bridge.domain.identifiers import GatewayName
from backend_bridge.domain.lanes.enrolment import Enrolments
from backend_bridge.domain.outcomes.lane_effects import LaneEffect, SendAsk

_READ_FOR_S: Final = 0.01
_EVENTS_AT_ONCE: Final = 64
_SWITCH_S: Final = 0.0005
_IDLE_POLL_MS: Final = 100
_PING_EVERY_S: Final = 1.0
_ENGINE_DEAD_AFTER_S: Final = 3.0


class ArrivalSink(Protocol):
    """Where arrivals go (`FairInbox`); called from the gate's thread."""

    def offer(self, arrival: Arrival) -> bool:
        """Take an arrival; False when too much of that gateway and lane waits already."""
        ...

    def is_full(self, gateway: GatewayName, lane: Lane) -> bool:
        """Whether `offer` of a message of this lane would be refused."""
        ...

    def has(self, gateway: GatewayName, connection: bytes, lane: Lane, epoch: int, seq: int) -> bool:
        """Whether this message, as it came on this connection, waits already."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePolicy:
    """How much one key may send."""

    messages_per_s: float = 30_000.0
    bytes_per_s: float = 100e6


class GatewayGate:
    """`start`, then `perform` after each commit and `beat` from the engine's loop at least each second; `stop` at the end.

    `bind` is an endpoint such as `tcp://127.0.0.1:7711` (port `*`: any; see `endpoint`), `secret_key` the bridge's CURVE secret
    key in Z85, `enrolments` gives the present snapshot, a new tuple after each change (called from two threads, must be quick),
    `clock` the bridge's time in µs UTC.
    """

    def __init__(
        self,
        *,
        bind: str,
        secret_key: str,
        enrolments: Callable[[], Enrolments],
        clock: Callable[[], int],
        inbox: ArrivalSink,
        policy: GatePolicy | None = None,
    ) -> None:
        self._bind = bind
        self._secret_key = secret_key
        self._enrolments = enrolments
        self._clock = clock
        self._inbox = inbox
        self._policy = policy or GatePolicy()
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context(io_threads=1)
        self._doorkeeper = Doorkeeper(self._context, DOMAIN, self._admits)
        self._reader = MessageReader(clock)
        self._links = Links()
        self._allowances: dict[GatewayName, Allowance] = {}
        self._known: Enrolments | None = None
        self._gateway_of_key: dict[str, GatewayName] = {}
        self._outbox: deque[LaneEffect] = deque()
        self._troubles = Troubles()
        self._beat_at = time.monotonic()
        self._pinged_at = 0.0
        self._stop = threading.Event()
        self._wake_in, self._wake_out = sockets.socketpair()
        self._wake_in.setblocking(False)
        self._wake_out.setblocking(False)
        self._thread: threading.Thread | None = None
        self.endpoint = bind
        """Where the gate listens, with the port that it got."""

    def start(self) -> None:
        """Bind and begin; raises InputRefusedError with a sentence when the address cannot be had.

        Also lets the interpreter change threads oftener: at its usual 5 ms every socket call of the gate would wait so long for
        a busy engine.
        """
        sys.setswitchinterval(min(sys.getswitchinterval(), _SWITCH_S))
        self._doorkeeper.start()
        self._refresh_enrolments()
        router = bound_router(self._context, self._bind, self._secret_key)
        self.endpoint = router.get_string(zmq.LAST_ENDPOINT).rstrip("\0")
        monitor = router.get_monitor_socket(sum(MONITORED))
        self._thread = threading.Thread(target=self._run, args=(router, monitor), name="gateway-gate", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the port; answers that were not sent yet are sent again when gateways come back."""
        self._stop.set()
        self._wake()
        if self._thread is not None:
            self._thread.join(5.0)
        self._doorkeeper.stop()
        self._context.destroy(linger=0)
        self._wake_in.close()
        self._wake_out.close()

    def perform(self, effects: Sequence[LaneEffect]) -> None:
        """Send what was decided and committed, in this order; from any thread, returns at once."""
        if effects:
            self._outbox.extend(effects)
            self._wake()

    def beat(self) -> None:
        """The engine works: without this for 3 s the gate neither pings nor answers pings, so that gateways see the truth."""
        self._beat_at = time.monotonic()

    @property
    def is_running(self) -> bool:
        """Whether the gate's thread lives."""
        return self._thread is not None and self._thread.is_alive()

    def _admits(self, key: str) -> bool:
        return any(one.public_key == key for one in self._enrolments())

    def _run(self, router: "zmq.Socket[bytes]", monitor: "zmq.Socket[bytes]") -> None:
        poller = zmq.Poller()
        poller.register(router, zmq.POLLIN)
        poller.register(monitor, zmq.POLLIN)
        poller.register(self._wake_out.fileno(), zmq.POLLIN)
        while not self._stop.is_set():
            try:
                self._go_round(router, monitor, dict(poller.poll(_IDLE_POLL_MS)))
            except Exception:  # noqa: BLE001  # no message and no peer may end the port of all gateways
                self._troubles.add("gate-failed")
        router.disable_monitor()
        router.close()

    def _go_round(self, router: "zmq.Socket[bytes]", monitor: "zmq.Socket[bytes]", ready: Mapping[object, int]) -> None:
        self._refresh_enrolments()
        if self._wake_out.fileno() in ready:
            with contextlib.suppress(BlockingIOError):
                self._wake_out.recv(4096)
        self._send_outbox(router)
        if monitor in ready:
            self._note_monitor(monitor)
        if router in ready:
            self._read_some(router)
        self._keep_time(router)

    def _wake(self) -> None:
        # A full pipe means that the thread has been woken and has not come round yet.
        with contextlib.suppress(BlockingIOError, OSError):
            self._wake_in.send(b"w")

    def _read_some(self, router: "zmq.Socket[bytes]") -> None:
        until = time.monotonic() + _READ_FOR_S
        while time.monotonic() < until:
            try:
                letter = next_letter(router)
            except zmq.Again:
                return
            self._take(router, letter)
            # Decoding takes time, and nobody's ack has to wait for the messages of a flood.
            self._send_outbox(router)

    def _take(self, router: "zmq.Socket[bytes]", letter: Letter) -> None:
        now = time.monotonic()
        gateway = self._gateway_of_key.get(letter.key)
        if gateway is None:
            self._troubles.add("not-enrolled")
            cut_off(letter.descriptor, peer_of(letter.descriptor))
            return
        ended = self._links.ended(letter.connection)
        if ended is not None:
            if now < ended.taken_until:
                self._take_late(router, ended.link, letter)
            return
        link = self._link(letter, gateway, now)
        if link is None:
            return
        if not self._allowances[gateway].spend(letter.n_bytes, now):
            # What it has sent beyond its allowance waits in the library's memory: only without the connection does it end there.
            self._troubles.add("over-rate", gateway)
            self._drop(link, "over-rate")
            return
        self._hear(router, link, read_message(letter.frames, letter.n_frames))

    def _take_late(self, router: "zmq.Socket[bytes]", link: Link, letter: Letter) -> None:
        """Data that came before its connection ended may be all that there will ever be; nothing else of it counts."""
        said = read_message(letter.frames, letter.n_frames)
        if isinstance(said, Message) and isinstance(said.header, DataHeader):
            self._hear(router, link, said)

    def _link(self, letter: Letter, gateway: GatewayName, now: float) -> Link | None:
        """The link of a message, opened by its first one; its time of the last sign of life is now."""
        link = self._links.get(letter.connection)
        if link is not None and link.key == letter.key:
            link.heard_at = now
            return link
        if link is not None:
            self._drop(link, "closed")
            return None
        link = Link(letter.connection, gateway, letter.key, now, letter.descriptor, peer_of(letter.descriptor))
        if link.peer is None or not self._links.open(link):
            if link.peer is not None:
                self._troubles.add("too-many-connections", gateway)
            self._links.end(link)
            cut_off(link.descriptor, link.peer)
            return None
        self._inbox.offer(LinkUp(gateway=gateway, connection=letter.connection))
        return link

    def _hear(self, router: "zmq.Socket[bytes]", link: Link, said: Message | BadData | BadHeader) -> None:
        if isinstance(said, Message):
            if isinstance(said.header, PingHeader):
                if self._is_engine_alive():
                    self._send(router, link.connection, PongHeader(self._clock(), said.header.sent_at))
                return
            if isinstance(said.header, HelloHeader):
                link.said_hello = True
            if isinstance(said.header, DataHeader) and self._waits(link, said.header):
                return
        lane = _lane_of(said)
        if lane is not None and self._inbox.is_full(link.gateway, lane):
            self._troubles.add("over-credit", link.gateway)
            return
        arrival = self._reader.arrival(link.gateway, link.connection, said)
        if arrival is not None and not self._inbox.offer(arrival):
            self._troubles.add("over-credit", link.gateway)

    def _waits(self, link: Link, header: DataHeader) -> bool:
        """Whether an earlier copy of a message is still to be answered, so that this one need not even be decoded."""
        return self._inbox.has(link.gateway, link.connection, header.lane, header.epoch, header.seq)

    def _send_outbox(self, router: "zmq.Socket[bytes]") -> None:
        while self._outbox:
            effect = self._outbox.popleft()
            link = self._links.newest_of(effect.gateway) if isinstance(effect, SendAsk) else self._links.get(effect.connection)
            if link is None or link.gateway != effect.gateway or not self._send(router, link.connection, header_of_effect(effect)):
                self._troubles.add("unsent", effect.gateway)

    def _send(self, router: "zmq.Socket[bytes]", connection: bytes, header: FromBridge) -> bool:
        try:
            router.send_multipart([connection, packed(header), b""], zmq.NOBLOCK)
        except zmq.ZMQError:
            # The peer is gone or does not read: everything that is sent here is said again when it comes back.
            return False
        return True

    def _keep_time(self, router: "zmq.Socket[bytes]") -> None:
        now = time.monotonic()
        if self._doorkeeper.ensure_running():
            self._troubles.add("authenticator-restarted")
        for link, reason in self._links.over(now):
            self._drop(link, reason, now + SILENT_AFTER_S)
        if now - self._pinged_at >= _PING_EVERY_S:
            self._pinged_at = now
            self._ping_all(router)
            self._tell_troubles(now)

    def _ping_all(self, router: "zmq.Socket[bytes]") -> None:
        if not self._is_engine_alive():
            return
        header = PingHeader(self._clock(), 0)
        for link in self._links.all():
            if link.said_hello:
                self._send(router, link.connection, header)

    def _is_engine_alive(self) -> bool:
        return time.monotonic() - self._beat_at < _ENGINE_DEAD_AFTER_S

    def _refresh_enrolments(self) -> None:
        """Take a change over, and end at once the links of keys that are not enrolled any more."""
        enrolments = self._enrolments()
        if enrolments is self._known:
            return
        self._known = enrolments
        self._gateway_of_key = {one.public_key: one.gateway for one in enrolments}
        self._reader.enrol(enrolments)
        now = time.monotonic()
        for one in enrolments:
            if one.gateway not in self._allowances:
                self._allowances[one.gateway] = Allowance(self._policy.messages_per_s, self._policy.bytes_per_s, now)
        for link in self._links.all():
            if self._gateway_of_key.get(link.key) != link.gateway:
                self._drop(link, "revoked")

    def _tell_troubles(self, now: float) -> None:
        refused, failures = self._doorkeeper.take_counts()
        self._troubles.add("key-refused", count=refused)
        self._troubles.add("authenticator-failed", count=failures)
        for trouble in self._troubles.due(now):
            self._inbox.offer(trouble)

    def _drop(self, link: Link, reason: str, taken_until: float = 0.0) -> None:
        """A link is no more, and neither is its connection; data that it had sent is taken until then."""
        self._links.end(link, taken_until)
        cut_off(link.descriptor, link.peer)
        self._inbox.offer(LinkDown(gateway=link.gateway, connection=link.connection, reason=reason))

    def _note_monitor(self, monitor: "zmq.Socket[bytes]") -> None:
        for _ in range(_EVENTS_AT_ONCE):
            try:
                event = parse_monitor_message(monitor.recv_multipart(zmq.NOBLOCK))["event"]
            except zmq.Again:
                return
            self._troubles.add(MONITORED[int(event)])


def _lane_of(said: Message | BadData | BadHeader) -> Lane | None:
    if isinstance(said, BadData):
        return said.lane
    return getattr(said.header, "lane", None) if isinstance(said, Message) else None
