"""The gate of the app gateways: sealed boxes out, sealed boxes in; it can open neither without the feed's keys.

A ROUTER of its own with its own doorkeeper. Only the newest box of a feed is kept; a gateway that is slow gets it later.
"""

import queue
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final, TypeAlias

import msgspec
import zmq
from msgspec import Meta, Struct

from backend_bridge.adapters.gate_socket import check_port
from backend_bridge.adapters.zap import Doorkeeper

Box: TypeAlias = Annotated[bytes, Meta(max_length=4096)]
FeedName: TypeAlias = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$")]
_SILENCE_S: Final = 5.0


class _Said(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="t"):
    """What a gateway or the bridge may say."""


class Hello(_Said, frozen=True, kw_only=True, tag="hello"):
    """A gateway is there; answered by every feed's newest box."""

    proto: int


class Ping(_Said, frozen=True, kw_only=True, tag="ping"):
    """A sign of life, each second, from both."""


class Pair(_Said, frozen=True, kw_only=True, tag="pair"):
    """An app wants to be paired."""

    feed: FeedName
    box: Box


class Up(_Said, frozen=True, kw_only=True, tag="up"):
    """An app says something."""

    feed: FeedName
    box: Box


class Down(_Said, frozen=True, kw_only=True, tag="down"):
    """The newest box of a feed."""

    feed: str
    box: bytes


class Gone(_Said, frozen=True, kw_only=True, tag="gone"):
    """A feed is over: forget its box."""

    feed: str


FromGateway: TypeAlias = Hello | Ping | Pair | Up
_DECODER: Final = msgspec.msgpack.Decoder(FromGateway)
_ENCODE: Final = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True, slots=True, kw_only=True)
class AppGatePorts:
    """What the gate needs of the rest of the bridge; called from its thread."""

    gateways: Callable[[], Mapping[str, str]]
    """Enrolled app gateways: public key (Z85) → name."""
    pair: Callable[[str, bytes], None]
    up: Callable[[str, bytes], None]


class AppGate:
    """App gateways of one bridge; `publish` and `gone` may be called from any thread."""

    def __init__(self, bind: str, secret_key: bytes, ports: AppGatePorts) -> None:
        """Raises `OSError` when the address cannot be had."""
        self._ports = ports
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._doorkeeper = Doorkeeper(self._context, "app", lambda key: key in ports.gateways())
        self._socket = _bound(self._context, bind, secret_key)
        self.endpoint = self._socket.getsockopt_string(zmq.LAST_ENDPOINT)
        self._calls: queue.SimpleQueue[Down | Gone | None] = queue.SimpleQueue()
        self._wake_out, self._wake_in = socket.socketpair()
        self._wake_in.setblocking(False)
        self._wake_out.setblocking(False)
        self._boxes: dict[str, bytes] = {}
        self._heard_s: dict[bytes, float] = {}
        self._thread = threading.Thread(target=self._run, name="app-gate", daemon=True)

    def start(self) -> None:
        """Let app gateways in."""
        self._doorkeeper.start()
        self._thread.start()

    def stop(self) -> None:
        """Close; within two seconds."""
        self._put(None)
        self._thread.join(2)
        self._doorkeeper.stop()
        self._context.term()

    def publish(self, feed: str, box: bytes) -> None:
        """The newest box of a feed."""
        self._put(Down(feed=feed, box=box))

    def gone(self, feed: str) -> None:
        """A feed is over."""
        self._put(Gone(feed=feed))

    def _put(self, call: Down | Gone | None) -> None:
        self._calls.put(call)
        try:
            self._wake_out.send(b"\0")
        except OSError:
            return  # full of wake-ups already, or closed

    def _run(self) -> None:
        poller = zmq.Poller()
        poller.register(self._socket, zmq.POLLIN)
        poller.register(self._wake_in, zmq.POLLIN)
        beat_s = 0.0
        while True:
            ready = dict(poller.poll(200))
            if self._wake_in.fileno() in ready:
                self._wake_in.recv(4096)
            while not self._calls.empty():
                call = self._calls.get()
                if call is None:
                    self._socket.close(linger=100)
                    return
                self._tell(call)
            if self._socket in ready:
                self._receive()
            if time.monotonic() - beat_s > 1.0:
                beat_s = time.monotonic()
                self._beat(beat_s)

    def _tell(self, call: Down | Gone) -> None:
        if isinstance(call, Down):
            self._boxes[call.feed] = call.box
        else:
            self._boxes.pop(call.feed, None)
        for routing in list(self._heard_s):
            self._send(routing, call)

    def _receive(self) -> None:
        frames = self._socket.recv_multipart(copy=False)
        routing, key = frames[0].bytes, str(frames[-1].get("User-Id"))
        if key not in self._ports.gateways() or len(frames) != 2:
            return
        try:
            message = _DECODER.decode(frames[1].buffer)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return
        is_new = routing not in self._heard_s
        self._heard_s[routing] = time.monotonic()
        match message:
            case Hello() if is_new:
                for feed, box in self._boxes.items():
                    self._send(routing, Down(feed=feed, box=box))
            case Pair():
                self._ports.pair(message.feed, message.box)
            case Up():
                self._ports.up(message.feed, message.box)
            case _:
                pass

    def _beat(self, now_s: float) -> None:
        self._doorkeeper.ensure_running()
        for routing, heard_s in list(self._heard_s.items()):
            if now_s - heard_s > _SILENCE_S:
                del self._heard_s[routing]
            else:
                self._send(routing, Ping())

    def _send(self, routing: bytes, message: Struct) -> None:
        try:
            self._socket.send_multipart((routing, _ENCODE(message)), zmq.NOBLOCK)
        except zmq.Again:
            return  # a slow gateway gets the next box instead
        except zmq.ZMQError:
            self._heard_s.pop(routing, None)


def _bound(context: zmq.Context[zmq.Socket[bytes]], bind: str, secret_key: bytes) -> zmq.Socket[bytes]:
    router = context.socket(zmq.ROUTER)
    router.curve_server = True
    router.curve_secretkey = secret_key
    router.zap_domain = b"app"
    router.setsockopt(zmq.ZAP_ENFORCE_DOMAIN, 1)
    router.handshake_ivl = 2000
    router.maxmsgsize = 16 * 1024
    router.router_mandatory = True
    router.linger = 0
    try:
        check_port(bind)
        router.bind(bind)
    except zmq.ZMQError as error:
        router.close(linger=0)
        raise OSError(f"App gateways cannot be let in at {bind}: {error.strerror}; choose another address with --app.") from None
    return router
