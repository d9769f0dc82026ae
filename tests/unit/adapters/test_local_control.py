"""A shell that asks a bridge which dies meanwhile: the answer ends, and nothing is taken for done. A bridge ends whatever it lacks."""

import errno
import os
import socket
import threading
from pathlib import Path

import pytest

from backend_bridge.adapters.local_control import ControlServer, Line, Request, ask

REQUEST = Request(command="import-cases", arguments={"text": "x" * 5_000_000}, user="kim")


def listening(folder: Path) -> socket.socket:
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(str(folder / "control.sock"))
    server.listen(1)
    return server


def test_a_bridge_that_dies_while_it_is_asked_has_not_answered(tmp_path: Path) -> None:
    def die(server: socket.socket) -> None:
        server.accept()[0].close()

    with listening(tmp_path) as server:
        dies = threading.Thread(target=die, args=(server,))
        dies.start()
        assert ask(tmp_path, REQUEST) is None
        dies.join()


def test_an_answer_that_breaks_off_in_the_midst_of_a_line_ends_there(tmp_path: Path) -> None:
    def answer(server: socket.socket) -> None:
        stream, _ = server.accept()
        stream.recv(65_536)
        stream.sendall(b'{"out":"one"}\n{"out":"tw')
        stream.close()

    with listening(tmp_path) as server:
        dies = threading.Thread(target=answer, args=(server,))
        dies.start()
        lines = ask(tmp_path, Request(command="log", arguments={}, user="kim"))
        assert lines is not None
        assert list(lines) == [Line(out="one")]
        dies.join()


def test_a_bridge_that_may_open_nothing_more_stops_to_answer_and_the_next_one_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_number(*_: object, **__: object) -> int:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    log = Request(command="log", arguments={}, user="kim")
    server = ControlServer(tmp_path, lambda _request, _emit: 0)
    server.start()
    with monkeypatch.context() as patched:
        patched.setattr(os, "open", no_number)
        server.stop()
    assert ask(tmp_path, log) is None
    again = ControlServer(tmp_path, lambda _request, _emit: 0)
    again.start()
    lines = ask(tmp_path, log)
    assert lines is not None
    assert list(lines) == [Line(exit=0)]
    again.stop()
    assert list(tmp_path.iterdir()) == []
