"""Stands between two ends of a TCP connection and keeps every byte that passes: a capture of packets without a packet filter."""

import contextlib
import socket
import threading
from typing import Self
from urllib.parse import urlsplit


class RecordingProxy:
    """Listens on a port of its own and passes everything on to `to`; `seen` is what has passed, both ways."""

    def __init__(self, to: str) -> None:
        where = urlsplit(to)
        self._to = (where.hostname or "127.0.0.1", where.port or 0)
        self._server = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._parts: list[bytes] = []
        self._open: list[socket.socket] = []
        self.endpoint = f"tcp://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in (self._server, *self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    @property
    def seen(self) -> bytes:
        with self._lock:
            return b"".join(self._parts)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            far = socket.create_connection(self._to)
            self._open += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65_536):
                with self._lock:
                    self._parts.append(data)
                other.sendall(data)
        with contextlib.suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)
