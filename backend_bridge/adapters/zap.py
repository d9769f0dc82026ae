"""The doorkeeper of a ZeroMQ port: a thread that answers ZAP requests, admits known CURVE keys and nobody else.

pyzmq's own authenticator dies of the first exception in a callback; this one answers 500 and goes on, rebinds when its socket
breaks, and is started again by its owner (`ensure_running`) when the thread is gone. While it is away nobody gets in, because
the port enforces its ZAP domain. One context has one doorkeeper: ports with different guests use contexts of their own.
"""

import threading
from collections.abc import Callable
from typing import Final

import zmq
from zmq.utils import z85

_ENDPOINT: Final = "inproc://zeromq.zap.01"
_POLL_MS: Final = 100
_REBIND_S: Final = 0.2


class Doorkeeper:
    """Admits to the ZAP domain `domain` of `context` whoever proves a CURVE key that `admits` (Z85 text, from the thread) accepts."""

    def __init__(self, context: "zmq.Context[zmq.Socket[bytes]]", domain: str, admits: Callable[[str], bool]) -> None:
        self._context = context
        self._domain = domain.encode()
        self._admits = admits
        self._stop = threading.Event()
        self._bound = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._n_refused = 0
        self._n_failures = 0

    def start(self) -> None:
        """Begin to answer; returns when requests are heard."""
        self._bound.clear()
        self._thread = threading.Thread(target=self._run, name=f"zap-{self._domain.decode()}", daemon=True)
        self._thread.start()
        self._bound.wait(2.0)

    def stop(self) -> None:
        """Answer no more."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(2.0)

    def ensure_running(self) -> bool:
        """Start the thread again if it is gone; True when that was needed."""
        if self._stop.is_set() or (self._thread is not None and self._thread.is_alive()):
            return False
        self.start()
        return True

    def take_counts(self) -> tuple[int, int]:
        """(refused, failures inside) since this was last called."""
        with self._lock:
            counts = self._n_refused, self._n_failures
            self._n_refused = self._n_failures = 0
        return counts

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._serve()
            except zmq.ContextTerminated:
                return
            except Exception:  # noqa: BLE001  # whatever broke, the port must not stay without a doorkeeper
                self._count(failures=1)
                self._stop.wait(_REBIND_S)

    def _serve(self) -> None:
        with self._context.socket(zmq.ROUTER) as socket:
            socket.linger = 0
            socket.bind(_ENDPOINT)
            self._bound.set()
            while not self._stop.is_set():
                if socket.poll(_POLL_MS):
                    self._answer_one(socket)

    def _answer_one(self, socket: "zmq.Socket[bytes]") -> None:
        frames = socket.recv_multipart()
        if len(frames) < 4:
            return
        sender, blank, _version, request = frames[:4]
        try:
            key = self._admitted_key(frames[4:])
            status, text = (b"200", b"OK") if key else (b"400", b"not enrolled")
        except Exception:  # noqa: BLE001  # fail closed: an error inside is an answer of no
            key, status, text = "", b"500", b"the check failed"
            self._count(failures=1)
        if not key:
            self._count(refused=1)
        socket.send_multipart([sender, blank, b"1.0", request, status, text, key.encode(), b""])

    def _admitted_key(self, rest: list[bytes]) -> str:
        """The key of a request's domain, address, identity, mechanism and credentials; empty when it may not come in."""
        if len(rest) != 5 or rest[0] != self._domain or rest[3] != b"CURVE" or len(rest[4]) != 32:
            return ""
        key = z85.encode(rest[4]).decode("ascii")
        return key if self._admits(key) else ""

    def _count(self, *, refused: int = 0, failures: int = 0) -> None:
        with self._lock:
            self._n_refused += refused
            self._n_failures += failures
