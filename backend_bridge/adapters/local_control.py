"""The local socket of a data folder: commands of a shell go through the bridge that runs on it.

A request is one line of JSON, `{"command", "arguments"}`; the answer is lines of `{"out"}` or `{"err"}` and at last `{"exit"}`.
"""

import errno
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

import msgspec

from backend_bridge.adapters.open_files import NO_NUMBER_LEFT

_NAME: Final = "control.sock"
_LONGEST_REQUEST: Final = 64 * 1024 * 1024
_BACKLOG: Final = 16
_PASSING: Final = NO_NUMBER_LEFT | {errno.ECONNABORTED, errno.ENOBUFS, errno.ENOMEM}
"""What keeps one shell waiting, and the next may be spared."""
_AGAIN_S: Final = 0.2


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a shell asks of the bridge."""

    command: str
    arguments: dict[str, str | int | bool | None]
    user: str
    """Login name of the person at the shell."""


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A piece of the answer."""

    out: str | None = None
    err: str | None = None
    exit: int | None = None


class Emit:
    """Where the lines of an answer go; raises `OSError` when nobody reads them any more."""

    def __init__(self, stream: socket.socket) -> None:
        self._stream = stream

    def out(self, text: str) -> None:
        """A line, or several, for stdout."""
        self._send(Line(out=text))

    def err(self, text: str) -> None:
        """A sentence for stderr."""
        self._send(Line(err=text))

    def exit(self, status: int) -> None:
        """The end, with the exit status."""
        self._send(Line(exit=status))

    def is_gone(self) -> bool:
        """Whether the shell has gone away."""
        try:
            return self._stream.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    def _send(self, line: Line) -> None:
        self._stream.sendall(msgspec.json.encode(line) + b"\n")


Handler = Callable[[Request, Emit], int]


class ControlServer:
    """Answers shells on the folder's socket, each on a thread of its own."""

    def __init__(self, folder: Path, handle: Handler) -> None:
        self._folder = folder
        self._handle = handle
        self._stopping = threading.Event()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with _short_path(folder) as path:
            with suppress(FileNotFoundError):
                Path(path).unlink()
            self._socket.bind(path)
            Path(path).chmod(0o600)
        self._socket.listen(_BACKLOG)
        self._thread = threading.Thread(target=self._accept, name="control", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Answer nobody any more."""
        self._stopping.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        with suppress(OSError), _short_path(self._folder) as path:  # with no number left to open the folder by, the next start removes it
            Path(path).unlink()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                stream, _ = self._socket.accept()
            except OSError as error:
                if error.errno not in _PASSING:
                    return
                self._stopping.wait(_AGAIN_S)
                continue
            threading.Thread(target=self._answer, args=(stream,), name="control-answer", daemon=True).start()

    def _answer(self, stream: socket.socket) -> None:
        with stream:
            try:
                request = msgspec.json.decode(_line_of(stream), type=Request)
                emit = Emit(stream)
                emit.exit(self._handle(request, emit))
            except (OSError, msgspec.DecodeError):
                return


def ask(folder: Path, request: Request) -> Iterator[Line] | None:
    """The lines of the answer of the bridge that runs on `folder`; None when none listens."""
    stream = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with _short_path(folder) as path:
            stream.connect(path)
    except OSError:
        stream.close()
        return None
    try:
        stream.sendall(msgspec.json.encode(request) + b"\n")
    except OSError:  # it stopped before it had the request; a broken pipe is no reader that went away
        stream.close()
        return None
    return _lines(stream)


def is_served(folder: Path) -> bool:
    """Whether a bridge listens on the folder's socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as stream, _short_path(folder) as path:
        return stream.connect_ex(path) == 0


def _lines(stream: socket.socket) -> Iterator[Line]:
    """The answer line by line; it ends early where the bridge is killed, also in the midst of a line."""
    with stream, stream.makefile("rb") as lines:
        while (line := _whole_line(lines)) is not None:
            yield msgspec.json.decode(line, type=Line)


def _whole_line(lines: IO[bytes]) -> bytes | None:
    try:
        line = lines.readline()
    except ConnectionError:
        return None
    return line if line.endswith(b"\n") else None


def _line_of(stream: socket.socket) -> bytes:
    with stream.makefile("rb") as lines:
        return lines.readline(_LONGEST_REQUEST)


@contextmanager
def _short_path(folder: Path) -> Iterator[str]:
    """A path to the socket that fits into the 108 bytes that the system allows, however deep the folder lies."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}/{_NAME}"
    finally:
        os.close(descriptor)
