"""A room set up from one file at its first start, and how a file that cannot be taken is refused."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import zmq
from bridge_shell import ROOT, case_document, case_file, log_of, served, shell

from backend_bridge.adapters.folder import Beginning
from backend_bridge.adapters.refusals import FolderRefusedError


def set_up_file(folder: Path, **changed: object) -> Path:
    case_file(folder, case_document(1), case_document(2))
    document: dict[str, object] = {
        "format": "bongsu-setup/1",
        "users": [{"name": "kim", "role": "supervisor", "password": "a long enough secret"}],
        "desks": [{"name": "desk-1", "public_key": zmq.curve_keypair()[0].decode()}],
        "gateways": [{"name": "north", "public_key": zmq.curve_keypair()[0].decode(), "devices": "ANK-*,VIC-*"}],
        "cases": "cases.json",
    }
    path = folder / "set-up.json"
    path.write_text(json.dumps(document | changed))
    return path


def test_a_room_begins_with_what_its_file_says_and_the_file_with_its_passwords_is_gone(tmp_path: Path) -> None:
    public, secret = (key.decode() for key in zmq.curve_keypair())
    wanted, room = set_up_file(tmp_path, secret_key=secret), tmp_path / "room"
    with served(room, "--set-up", wanted):
        entries = log_of(room)
        printed = shell("enrol-desk", "desk-2", f"--public-key={zmq.curve_keypair()[0].decode()}", "--data", room).stdout
    assert [entry["case"] for entry in entries if entry["event"] == "case-registered"] == ["C-1", "C-2"]
    assert [(entry["user"], entry["role"]) for entry in entries if entry["event"] == "user-changed"] == [("kim", "supervisor")]
    assert {entry["event"] for entry in entries} >= {"gateway-enrolled", "desk-enrolled"}
    assert printed.strip().endswith(public)
    assert not wanted.exists()
    assert "a long enough secret" not in json.dumps(entries)


def test_a_room_in_use_is_not_set_up_again(tmp_path: Path) -> None:
    room = tmp_path / "room"
    shell("import-cases", case_file(tmp_path, case_document(1)), "--data", room)
    refused = shell("serve", "--data", room, "--set-up", set_up_file(tmp_path), status=2).stderr
    assert "in use already" in refused
    assert len([entry for entry in log_of(room) if entry["event"] == "case-registered"]) == 1


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"format": "bongsu-setup/9"}, "bongsu-setup/1"),
        ({"users": [{"name": "kim", "role": "king", "password": "a long enough secret"}]}, "role"),
        ({"users": [{"name": "kim", "role": "operator"}]}, "password"),
        ({"secret_key": "short"}, "secret_key"),
        ({"cases": "none.json"}, "none.json"),
        ({"gatewayz": []}, "gatewayz"),
    ],
)
def test_a_file_that_cannot_be_taken_is_named_with_what_is_wrong(tmp_path: Path, changed: dict[str, object], named: str) -> None:
    wanted = set_up_file(tmp_path, **changed)
    refused = shell("serve", "--data", tmp_path / "room", "--set-up", wanted, status=2).stderr
    assert wanted.exists()
    assert not (tmp_path / "room").exists()
    assert named in refused.splitlines()[-1]
    assert "Traceback" not in refused


KILLED_IN_THE_MIDDLE = """
import os, signal, sys
import backend_bridge.bootstrap.set_up as set_up
from backend_bridge.command_line import main

carry_out, n = set_up.carry_out, int(sys.argv[1])

def dying(*given):
    global n
    if n == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    n -= 1
    return carry_out(*given)

set_up.carry_out = dying
main(sys.argv[2:])
"""
"""Kills itself before the n-th part of the file is carried out."""


def killed_in_the_middle(before_part: int, room: Path, wanted: Path) -> None:
    arguments = [sys.executable, "-c", KILLED_IN_THE_MIDDLE, str(before_part), "serve", "--data", str(room), "--set-up", str(wanted)]
    assert subprocess.run(arguments, cwd=ROOT, capture_output=True, check=False, timeout=150).returncode == -signal.SIGKILL


def test_a_set_up_that_is_killed_begins_anew_and_nothing_else_goes_on_with_half_a_room(tmp_path: Path) -> None:
    wanted, room = set_up_file(tmp_path), tmp_path / "room"
    killed_in_the_middle(3, room, wanted)
    refused = shell("import-cases", case_file(tmp_path, case_document(3)), "--data", room, status=2).stderr
    case_file(tmp_path, case_document(1), case_document(2))
    assert "is half made, for serve --set-up was cut off; give that command again" in refused
    assert len(refused.splitlines()) == 1
    assert wanted.exists()
    with served(room, "--set-up", wanted):
        entries = log_of(room)
    assert [entry["case"] for entry in entries if entry["event"] == "case-registered"] == ["C-1", "C-2"]
    assert [entry["user"] for entry in entries if entry["event"] == "user-changed"] == ["kim"]
    assert "all is as it was written" in shell("verify", "--data", room).stdout


def test_beginning_anew_leaves_what_was_there_before_and_a_killed_one_can_be_killed_again(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    first = Beginning(tmp_path, "import")
    assert not first.take_up()
    first.mark()
    (tmp_path / "store.db").write_text("half")
    (tmp_path / "units").mkdir()
    with pytest.raises(FolderRefusedError, match="half made, for import was cut off"):
        Beginning(tmp_path, "serve --set-up").take_up()
    for _ in range(2):
        again = Beginning(tmp_path, "import")
        assert not again.take_up(), "somebody's own file lay there before"
        again.mark()
        assert sorted(path.name for path in tmp_path.iterdir()) == ["beginning.unfinished", "notes.txt"]
        (tmp_path / "store.db").write_text("half")
    again.done()
    assert not Beginning(tmp_path, None).take_up()
    assert (tmp_path / "store.db").exists()


def test_a_mark_that_cannot_be_read_takes_nothing_away(tmp_path: Path) -> None:
    (tmp_path / "beginning.unfinished").write_bytes(os.urandom(20))
    (tmp_path / "store.db").write_text("half")
    with pytest.raises(FolderRefusedError, match="remove it and begin anew"):
        Beginning(tmp_path, "import").take_up()
    assert (tmp_path / "store.db").exists()
