"""Somebody without any key who uses up the bridge's descriptors: it goes on, hears its gateways, and answers shells afterwards."""

import errno
import os
import resource
import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import pytest
from bridge_shell import Served, case_document, case_file, log_of, shell
from lane_bridge import Wire, now_us, pack

from backend_bridge.adapters.gate_socket import peer_of
from backend_bridge.adapters.local_control import ControlServer, Emit, Line, Request, ask
from backend_bridge.adapters.open_files import allow_all_open_files, open_files_warnings
from backend_bridge.adapters.time_text import text_of_us

N_IDLE = 1300


@contextmanager
def allowed_files(n: int) -> Iterator[None]:
    """As many descriptors for this process, and no more for what it starts."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (n, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


class Crowd:
    """Connections that say nothing; whichever the bridge ends is made again, until it is told to go."""

    def __init__(self, endpoint: str) -> None:
        where = urlsplit(endpoint)
        self._to = (where.hostname, where.port)
        self._going = threading.Event()
        self._thread = threading.Thread(target=self._run, name="crowd")
        self.is_there = threading.Event()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._going.set()
        self._thread.join()

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector:
            while not self._going.is_set():
                for _ in range(min(100, N_IDLE - len(selector.get_map()))):
                    stranger = socket.socket()
                    stranger.setblocking(False)
                    stranger.connect_ex(self._to)
                    selector.register(stranger, selectors.EVENT_READ)
                if len(selector.get_map()) == N_IDLE:
                    self.is_there.set()
                for key, _ in selector.select(0.02):
                    selector.unregister(key.fileobj)
                    assert isinstance(key.fileobj, socket.socket)
                    key.fileobj.close()
            for key in list(selector.get_map().values()):
                assert isinstance(key.fileobj, socket.socket)
                key.fileobj.close()


def event_at(measured_us: int) -> bytes:
    return pack([{"device": "VIC-1", "measured_at": text_of_us(measured_us), "kind": "test"}])


@pytest.mark.parametrize("under", [(), ("prlimit", "--nofile=1024:1024")], ids=["what is usual", "no more to be had"])
def test_who_holds_every_descriptor_ends_nothing(tmp_path: Path, under: tuple[str, ...]) -> None:
    folder = tmp_path / "room"
    public = shell("keygen", tmp_path / "north").stdout.strip()
    shell("import-cases", case_file(tmp_path, case_document(1)), "--data", folder)
    key = shell("enrol-gateway", "north", "--public-key", public, "--devices", "VIC-*", "--data", folder).stdout.split()[-1]
    with allowed_files(1024):
        bridge = Served(folder, under=under)
    wire = Wire(bridge.lane, key, (tmp_path / "north").read_text().strip())
    try:
        wire.hello("A", 5)
        wire.data("A", 5, 1, event_at(now_us()))
        assert wire.hear("ack")["seq"] == 1
        with Crowd(bridge.lane) as crowd:
            assert crowd.is_there.wait(20.0)
            for seq in range(2, 30):
                wire.data("A", 5, seq, event_at(now_us() - 60_000_000 - seq))
                assert wire.hear("ack", timeout_s=20.0)["seq"] == seq
            assert bridge.is_running()
        entries = log_of(folder)
        assert [entry["on"] for entry in entries if entry.get("code") == "thread:self-test"] == []
        assert sum(entry["event"] == "link" and entry["state"] == "down" for entry in entries) == 0
    finally:
        wire.close()
        bridge.kill()


def test_a_connection_is_not_gone_because_no_descriptor_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as peer:
        with allowed_files(server.fileno()):
            with pytest.raises(OSError, match="Too many open files"):
                os.dup(peer.fileno())
            assert peer_of(peer.fileno()) == server.getsockname()
        assert peer.fileno() > 0
        assert peer.getpeername() == server.getsockname()
        gone = peer.detach()
        os.close(gone)
    assert peer_of(gone) is None


def test_a_shell_that_could_not_be_let_in_for_want_of_descriptors_is_answered_later(tmp_path: Path) -> None:
    def answer(_request: Request, emit: Emit) -> int:
        emit.out("here")
        return 0

    server = ControlServer(tmp_path, answer)
    refused = threading.Event()

    class Full:
        """The socket as it is while no descriptor is left, once."""

        def __init__(self, real: socket.socket) -> None:
            self._real = real

        def accept(self) -> tuple[socket.socket, object]:
            if not refused.is_set():
                refused.set()
                raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
            return self._real.accept()

        def shutdown(self, how: int) -> None:
            self._real.shutdown(how)

        def close(self) -> None:
            self._real.close()

    server._socket = Full(server._socket)  # type: ignore[assignment]  # the fault itself
    server.start()
    assert refused.wait(5.0)
    lines = ask(tmp_path, Request(command="log", arguments={}, user="kim"))
    assert lines is not None
    assert list(lines) == [Line(out="here"), Line(exit=0)]
    server.stop()


def test_as_many_as_the_system_allows_are_allowed_and_few_are_told() -> None:
    with allowed_files(256):
        most = allow_all_open_files()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (most, most)
    assert "only 4096" in open_files_warnings(4096)[0]
    assert open_files_warnings(16_384) == open_files_warnings(resource.RLIM_INFINITY) == []
