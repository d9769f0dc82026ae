"""The gate's ROUTER socket: its options, one received message, and cutting a single peer off."""

import contextlib
import errno
import os
import socket as sockets
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import zmq

from backend_bridge.adapters.open_files import NO_NUMBER_LEFT
from backend_bridge.adapters.refusals import InputRefusedError

DOMAIN: Final = "lane"
_MAX_FRAME_BYTES: Final = 1024 * 1024 + 256
"""Bodies up to 1 MiB arrive and can be rejected; CURVE adds its nonce and its seal to each frame."""
_SOURCE_DESCRIPTOR: Final = 2
_LAST_PORT: Final = 65_535
_LAST_DATA_RECV: Final = slice(52, 56)
"""Where Linux's `struct tcp_info` holds the milliseconds since the last bytes came."""
_OPTIONS: Final = (
    (zmq.LINGER, 0),
    (zmq.ZAP_ENFORCE_DOMAIN, 1),
    (zmq.HANDSHAKE_IVL, 2000),
    (zmq.MAXMSGSIZE, _MAX_FRAME_BYTES),
    # WORKAROUND https://github.com/zeromq/libzmq/issues/4364: an engine whose input stopped at the high-water mark and whose peer
    # then goes away aborts the whole process at its next heartbeat. So there is no mark at which input stops (a key that sends
    # more than its allowance is cut off instead) and no heartbeat of the library (the gate's own pings prove more).
    (zmq.RCVHWM, 0),
    (zmq.HEARTBEAT_IVL, 0),
    (zmq.SNDHWM, 1000),
    (zmq.ROUTER_MANDATORY, 1),
    (zmq.ROUTER_HANDOVER, 0),
    (zmq.TCP_KEEPALIVE, 1),
    (zmq.TCP_KEEPALIVE_IDLE, 10),
    (zmq.TCP_KEEPALIVE_INTVL, 5),
    (zmq.TCP_KEEPALIVE_CNT, 3),
    (zmq.TCP_MAXRT, 10_000),
    (zmq.BACKLOG, 100),
)


@dataclass(slots=True)
class Letter:
    """One message as it came: who proves to have sent it, over which descriptor, and its first two frames."""

    connection: bytes
    key: str
    descriptor: int
    frames: list[bytes]
    n_frames: int
    n_bytes: int


def bound_router(context: "zmq.Context[zmq.Socket[bytes]]", bind: str, secret_key: str) -> "zmq.Socket[bytes]":
    """A CURVE server at `bind`; raises InputRefusedError with a sentence when the address cannot be had."""
    router = context.socket(zmq.ROUTER)
    router.curve_server = True
    router.curve_secretkey = secret_key.encode("ascii")
    router.zap_domain = DOMAIN.encode()
    for option, value in _OPTIONS:
        router.setsockopt(option, value)
    try:
        check_port(bind)
        router.bind(bind)
    except zmq.ZMQError as error:
        router.close()
        raise InputRefusedError([f"--bind {bind}: cannot be listened on ({error.strerror}); is another bridge running?"]) from None
    return router


def check_port(bind: str) -> None:
    """Raise `zmq.ZMQError` for a port beyond 65535, of which the library would listen on another without a word."""
    port = bind.rpartition(":")[2]
    if port.isdecimal() and int(port) > _LAST_PORT:
        raise zmq.ZMQError(errno.EINVAL, f"a port is at most {_LAST_PORT}")


def next_letter(router: "zmq.Socket[bytes]") -> Letter:
    """The next message, raises `zmq.Again` without one; frames beyond the second are counted and thrown away as they come."""
    frame = router.recv(zmq.NOBLOCK, copy=False)
    letter = Letter(frame.bytes, "", -1, [], 0, 0)
    while frame.more:
        frame = router.recv(copy=False)
        if letter.n_frames == 0:
            letter.key, letter.descriptor = _key_of(frame), int(frame.get(_SOURCE_DESCRIPTOR))
        if letter.n_frames < 2:
            letter.frames.append(frame.bytes)
        letter.n_frames += 1
        letter.n_bytes += len(frame)
    return letter


def peer_of(descriptor: int) -> object:
    """Address and port at the other end of a connection; None when it is gone."""
    with contextlib.suppress(OSError), _same(descriptor) as same:
        return same.getpeername()
    return None


def silent_s(descriptor: int) -> float:
    """Seconds since the machine received the last bytes of a connection, read yet or not; 0 where it cannot tell."""
    with contextlib.suppress(OSError, AttributeError), _same(descriptor) as same:
        told = same.getsockopt(sockets.IPPROTO_TCP, sockets.TCP_INFO, _LAST_DATA_RECV.stop)
        return int.from_bytes(told[_LAST_DATA_RECV], sys.byteorder) / 1000
    return 0.0


def cut_off(descriptor: int, peer: object) -> None:
    """End the TCP connection of a descriptor if `peer` is still at its other end; the library closes what belongs to it."""
    with contextlib.suppress(OSError), _same(descriptor) as same:
        if peer is not None and same.getpeername() == peer:
            same.shutdown(sockets.SHUT_RDWR)


@contextlib.contextmanager
def _same(descriptor: int) -> Iterator[sockets.socket]:
    """The socket of a descriptor that belongs to the library; raises OSError when it is none any more.

    It is held under a number of its own, so that nobody else's can take its place meanwhile; where no number is left, under that one.
    """
    try:
        copy = os.dup(descriptor)
    except OSError as error:
        if error.errno not in NO_NUMBER_LEFT:
            raise
        copy = descriptor
    try:
        same = sockets.socket(fileno=copy)
    except OSError:
        if copy != descriptor:
            os.close(copy)
        raise
    with same:
        try:
            yield same
        finally:
            if copy == descriptor:
                same.detach()


def _key_of(frame: zmq.Frame) -> str:
    try:
        key = frame.get("User-Id")
    except zmq.ZMQError:
        return ""
    return key if isinstance(key, str) else ""
