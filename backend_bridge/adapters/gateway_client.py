"""A store-and-forward gateway's connection to a bridge: the whole of `lane/1` from the other side, over CURVE."""

import time
from collections.abc import Callable
from typing import Final

import msgspec
import zmq

from backend_bridge.adapters.curve_keys import public_of
from backend_bridge.adapters.gateway_lane import GatewayLane
from backend_bridge.adapters.gateway_queue import DiskQueue
from backend_bridge.adapters.lane_headers import (
    AckHeader,
    AnswerHeader,
    AskHeader,
    FromBridge,
    FromGateway,
    NakHeader,
    PingHeader,
    PongHeader,
    RejectHeader,
    WelcomeHeader,
    packed,
)
from backend_bridge.domain.arrivals import Lane

_PING_EVERY_S: Final = 1.0
_DOWN_AFTER_S: Final = 3.0
_READ_AT_ONCE: Final = 500
_HEADER: Final = msgspec.msgpack.Decoder(FromBridge)


class GatewayClient:
    """One gateway; of one thread: call `turn` again and again, and put messages into its queue between turns."""

    def __init__(
        self,
        *,
        to: str,
        server_key: str,
        secret_key: str,
        queue: DiskQueue,
        clock: Callable[[], int],
        answer: Callable[[AskHeader], AnswerHeader],
    ) -> None:
        """Connect to the bridge at `to`; keys are Z85, `clock` gives µs UTC, `answer` does what a question to a device asks for."""
        self._clock = clock
        self._to = to
        self._server_key = server_key.encode()
        self._secret_key = secret_key.encode()
        self._public_key = public_of(secret_key).encode()
        self._answer = answer
        self._lanes = {lane: GatewayLane(queue, lane) for lane in Lane}
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self.bridge_us: int | None = None
        """The bridge's clock as its newest ping or pong had it."""
        self.n_rejected = 0
        self._pinged_at = 0.0
        self._socket = self._connected()

    @property
    def is_linked(self) -> bool:
        """Whether the bridge has been heard within 3 s."""
        return time.monotonic() - self._heard_at < _DOWN_AFTER_S and self._was_heard

    @property
    def n_settled(self) -> int:
        """Messages that the bridge has settled since the start."""
        return sum(lane.n_acked for lane in self._lanes.values())

    def turn(self, wait_ms: int) -> None:
        """Send what is due and hear what has come, waiting up to `wait_ms` for it."""
        now = time.monotonic()
        if now - self._heard_at >= _DOWN_AFTER_S:
            self._socket.close(linger=0)
            self._socket = self._connected()
        if now - self._pinged_at >= _PING_EVERY_S:
            self._pinged_at = now
            self._send(PingHeader(self._clock(), 0), b"")
        for lane in self._lanes.values():
            # Asked for nothing while the pipe is full or not there yet, a lane keeps its place.
            if self._socket.poll(0, zmq.POLLOUT):
                for header, body in lane.outgoing(now, self._clock()):
                    self._send(header, body)
        if self._socket.poll(wait_ms):
            self._read()

    def close(self) -> None:
        """Leave; what is not settled stays in the queue."""
        self._socket.close(linger=0)
        self._context.term()

    def _connected(self) -> "zmq.Socket[bytes]":
        socket = self._context.socket(zmq.DEALER)
        socket.curve_serverkey = self._server_key
        socket.curve_publickey = self._public_key
        socket.curve_secretkey = self._secret_key
        for option, value in (
            (zmq.LINGER, 0),
            (zmq.IMMEDIATE, 1),
            (zmq.RECONNECT_IVL, 100),
            (zmq.RECONNECT_IVL_MAX, 5000),
            (zmq.TCP_KEEPALIVE, 1),
            (zmq.TCP_KEEPALIVE_IDLE, 10),
        ):
            socket.setsockopt(option, value)
        socket.connect(self._to)
        self._heard_at = time.monotonic()
        self._was_heard = False
        for lane in self._lanes.values():
            lane.restart()
        return socket

    def _send(self, header: FromGateway, body: bytes) -> None:
        try:
            self._socket.send_multipart([packed(header), body], zmq.NOBLOCK)
        except zmq.Again:
            # Not connected or the pipe is full: nothing answers then, and all of it is sent again.
            return

    def _read(self) -> None:
        for _ in range(_READ_AT_ONCE):
            try:
                frames = self._socket.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            try:
                header = _HEADER.decode(frames[0])
            except msgspec.DecodeError:
                continue
            self._heard_at = time.monotonic()
            self._was_heard = True
            self._hear(header)

    def _hear(self, header: FromBridge) -> None:
        now = time.monotonic()
        match header:
            case WelcomeHeader():
                self._lanes[header.lane].hear_welcome(header, now)
            case AckHeader():
                self._lanes[header.lane].hear_ack(header, now)
            case NakHeader():
                self._lanes[header.lane].hear_nak(header)
            case RejectHeader():
                self.n_rejected += 1
                self._lanes[header.lane].hear_reject(header, now)
            case PingHeader():
                self.bridge_us = header.sent_at
                self._send(PongHeader(self._clock(), header.sent_at), b"")
            case PongHeader():
                self.bridge_us = header.sent_at
            case AskHeader():
                self._send(self._answer(header), b"")
