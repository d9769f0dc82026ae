"""A room set up from one file at its first start, and how a file that cannot be taken is refused."""

import json
from pathlib import Path

import pytest
import zmq
from bridge_shell import case_document, case_file, log_of, served, shell


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
