"""The commands of a shell: what they do to a folder, with and without a bridge that runs, and how they refuse."""

import json
import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bridge_shell import PROGRAM, Served, case_document, case_file, log_of, served, shell
from stopwatch import Stopwatch

from backend_bridge.adapters.fix_files import read_fix_file
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.command_line import main

KEY = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
FOLLOWED_S = 60.0


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served") / "room"
    with served(folder) as running:
        yield running


def test_every_command_helps_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    told = shell("--help").stdout
    assert "example: bongsu-bridge " in told
    names = [line.split()[0] for line in told.splitlines() if line.startswith("    ") and line[4] != " "]
    assert {"serve", "judge", "log", "verify", "enrol-gateway"} <= set(names)
    for name in names:
        with pytest.raises(SystemExit, match="0"):
            main([name, "--help"])
        assert f"example: bongsu-bridge {name}" in capsys.readouterr().out
        with pytest.raises(SystemExit, match="0"):
            main([name, "--version"])
        assert capsys.readouterr().out.startswith("bongsu-bridge ")


@pytest.mark.parametrize("name", ["judge", "simulate"])
def test_the_help_names_every_kind_of_file_that_is_read(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "fixes.other"
    other.touch()
    with pytest.raises(InputRefusedError, match="must end in") as refused:
        read_fix_file(other)
    with pytest.raises(SystemExit, match="0"):
        main([name, "--help"])
    assert str(refused.value).partition("must end in ")[2] in " ".join(capsys.readouterr().out.split())


def test_the_version_is_told() -> None:
    assert shell("--version").stdout.startswith("bongsu-bridge ")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("serve",), "--data"),
        (("dance",), "dance"),
        (("log", "--data", "/nowhere/room"), "holds no store"),
        (("log", "--data", "x", "--since", "-1"), "--since"),
        (("simulate", "--fixes", "none.parquet", "--to", "tcp://127.0.0.1:1", "--server-key", KEY, "--secret-key-file", "none"), "none"),
        (("judge", "--cases", "none.json", "--fixes", "x", "--out", "y"), "none.json"),
    ],
)
def test_a_wrong_argument_is_one_sentence_and_status_2(arguments: tuple[str, ...], named: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status = main(arguments)
    except SystemExit as end:
        status = int(end.code or 0)
    printed = capsys.readouterr()
    assert (status, printed.out) == (2, "")
    assert len(printed.err.splitlines()) == 1
    assert named in printed.err


@pytest.mark.parametrize(
    "command", [("serve",), ("enrol-desk", "d", "--public-key", KEY), ("enrol-gateway", "g", "--public-key", KEY, "--devices", "A*")]
)
def test_a_file_where_the_data_folder_should_be_is_one_sentence_and_left_alone(
    tmp_path: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "room"
    file.write_text("a letter")
    assert main([*command, "--data", str(file)]) == 2
    printed = capsys.readouterr()
    assert (printed.out, len(printed.err.splitlines())) == ("", 1)
    assert "room: the data folder cannot be made" in printed.err
    assert file.read_text() == "a letter"


def test_a_new_folder_takes_cases_and_gateways_before_any_bridge_ran(tmp_path: Path) -> None:
    folder = tmp_path / "room"
    cases = case_file(tmp_path, case_document(1), case_document(2))
    assert "2 cases read, 2 new or changed" in shell("import-cases", cases, "--data", folder).stdout
    assert "2 cases read, 0 new or changed" in shell("import-cases", cases, "--data", folder).stdout
    changed = case_file(tmp_path, case_document(1, tier="low"))
    assert "version 2 is in force" in shell("import-cases", changed, "--data", folder).stdout
    key = shell("enrol-gateway", "north", "--public-key", KEY, "--devices", "ANK-*,VIC-*", "--data", folder).stdout.splitlines()[-1]
    again = shell("enrol-gateway", "north", "--public-key", "-" + KEY[1:], "--devices", "ANK-*", "--data", folder)
    assert len(key) == 40
    assert again.stdout.splitlines()[-1] == key
    assert (folder / "store.key").stat().st_mode & 0o777 == 0o600
    events = [entry["event"] for entry in log_of(folder)]
    assert events.count("case-registered") == 3
    assert events.count("gateway-enrolled") == 2
    assert [entry["n"] for entry in log_of(folder)] == list(range(1, len(events) + 2))


def test_a_read_of_the_log_is_in_the_log_and_a_count_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "room"
    shell("import-cases", case_file(tmp_path, case_document()), "--data", folder)
    before = len(log_of(folder))
    assert shell("fixes", "--count", "--data", folder).stdout == "0\n"
    assert len(log_of(folder)) == before + 1
    shell("fixes", "--data", folder)
    assert len(log_of(folder)) == before + 3


def test_a_bad_case_file_imports_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "room"
    bad = case_file(tmp_path, case_document(1), case_document(2, tier="x"))
    refused = shell("import-cases", bad, "--data", folder, status=2)
    assert "case C-2, field tier" in refused.stderr
    assert not (folder / "store.db").exists()


def test_a_damaged_road_network_is_told_and_takes_no_case_and_no_other_warning_away(tmp_path: Path) -> None:
    folder = tmp_path / "room"
    folder.mkdir()
    (folder / "roads.npz").write_bytes(b"PK damaged")
    home = {"place": "P9", "person": "S-1", "kind": "home", "address": "x", "lat": 36.32, "lon": 127.39}
    told = shell("import-cases", case_file(tmp_path, case_document(1, places=[home])), "--data", folder).stdout
    assert "roads.npz: is no road network; make it anew with import-basemap" in told
    assert "1 homes or workplaces of wearers lie where no streets are imported" in told
    assert "warning: C-1: the wearer's home (P9) lies in zone" in told
    assert [entry["event"] for entry in log_of(folder)].count("case-registered") == 1
    assert "ZONE_OVER_WEARER" in [entry.get("label") for entry in log_of(folder)]


def test_a_folder_without_the_keys_of_its_cases_is_refused_and_not_begun_anew(tmp_path: Path) -> None:
    folder = tmp_path / "room"
    shell("import-cases", case_file(tmp_path, case_document(1)), "--data", folder)
    kept = (folder / "case-keys").read_bytes()
    (folder / "case-keys").unlink()
    assert "the keys of the cases are missing" in shell("log", "--data", folder, status=2).stderr
    assert "the keys of the cases are missing" in shell("verify", "--data", folder, status=1).stdout
    assert not (folder / "case-keys").exists()
    (folder / "case-keys").write_bytes(kept)
    assert "case-registered" in {entry["event"] for entry in log_of(folder)}


def test_commands_go_through_the_bridge_that_runs(bridge: Served, tmp_path: Path) -> None:
    shell("import-cases", case_file(tmp_path, case_document(7)), "--data", bridge.folder)
    assert "C-7" in [entry["case"] for entry in log_of(bridge.folder) if entry["event"] == "case-registered"]
    assert "all is as it was written" in shell("verify", "--data", bridge.folder).stdout


@pytest.mark.parametrize(
    ("name", "key", "devices", "named"),
    [("a b", KEY, "A*", "NAME"), ("g", "short", "A*", "--public-key"), ("g", KEY, "", "--devices"), ("g", KEY, "A B", "--devices")],
)
def test_a_wrong_enrolment_is_refused(bridge: Served, name: str, key: str, devices: str, named: str) -> None:
    refused = shell("enrol-gateway", name, "--public-key", key, "--devices", devices, "--data", bridge.folder, status=2)
    assert named in refused.stderr


def test_one_key_is_not_given_to_two_gateways(bridge: Served) -> None:
    shell("enrol-gateway", "north", "--public-key", KEY, "--devices", "ANK-*", "--data", bridge.folder)
    refused = shell("enrol-gateway", "south", "--public-key", KEY, "--devices", "VIC-*", "--data", bridge.folder, status=2)
    assert "north" in refused.stderr


def test_a_gateway_that_was_never_enrolled_cannot_be_revoked(bridge: Served) -> None:
    assert "west" in shell("revoke-gateway", "west", "--data", bridge.folder, status=2).stderr


def test_followed_entries_come_within_100_ms_of_their_commit(bridge: Served) -> None:
    last = log_of(bridge.folder)[-1]["n"]
    with _following(bridge.folder, last) as descriptor:
        _read_until(descriptor, b'"event":"read"')
        took: list[float] = []
        # What other programs take of the machine is not the bridge's doing: tried until four came in time, at most forty times.
        while sum(one <= 0.1 for one in took) < 4 and len(took) < 40:
            number = len(took)
            shell("enrol-desk", f"desk-{number}", "--public-key", KEY, "--data", bridge.folder)
            line = _read_until(descriptor, b'"event":"desk-enrolled"')
            printed = datetime.now(UTC)
            entry = json.loads(line)
            took.append((printed - datetime.fromisoformat(entry["at"])).total_seconds())
        assert sum(one <= 0.1 for one in took) >= 4, took


def test_a_follower_sees_what_commands_write_while_no_bridge_runs(tmp_path: Path) -> None:
    folder = tmp_path / "room"
    shell("enrol-desk", "before", "--public-key", KEY, "--data", folder)
    with _following(folder, 0) as descriptor:
        _read_until(descriptor, b'"event":"read"')
        shell("enrol-desk", "during", "--public-key", KEY, "--data", folder)
        _read_until(descriptor, b'"desk":"during"')
        with served(folder):
            _read_until(descriptor, b'"what":"started"')


@contextmanager
def _following(folder: Path, since: object) -> Iterator[int]:
    """The descriptor from which a follower's lines are read."""
    follower = subprocess.Popen([*PROGRAM, "log", "--data", folder, "--since", str(since), "--follow"], stdout=subprocess.PIPE)
    try:
        assert follower.stdout is not None
        yield follower.stdout.fileno()
    finally:
        follower.kill()
        follower.communicate()


def _read_until(descriptor: int, words: bytes) -> bytes:
    """The first line with these words; a bridge writes lines of its own between those of commands."""
    printed, watch = b"", Stopwatch()
    while watch.seconds() < FOLLOWED_S:
        if select.select([descriptor], [], [], 0.5)[0]:
            printed += os.read(descriptor, 1 << 20)
            found = next((line for line in printed.splitlines(keepends=True) if words in line and line.endswith(b"\n")), None)
            if found is not None:
                return found
    raise AssertionError(f"no {words!r} among the lines printed: {printed!r}")


@pytest.mark.parametrize("to", ["tcp://", "tcp://localhost", "tcp://127.0.0.1:abc", "tcp://127.0.0.1:99999", "tcp://no such:7", "ipc://x"])
def test_a_gateway_is_not_played_to_what_is_no_address(tmp_path: Path, to: str, capsys: pytest.CaptureFixture[str]) -> None:
    fixes, secret = tmp_path / "f.csv", tmp_path / "gw.key"
    fixes.write_text("device,measured_at,lat,lon\nANK-1,2026-11-23T00:42:16Z,36.4,127.4\n")
    assert main(["keygen", str(secret)]) == 0
    given = ["--fixes", str(fixes), "--to", to, "--server-key", KEY, "--secret-key-file", str(secret)]
    assert main(["simulate", *given]) == 2
    assert "must be an address such as tcp://127.0.0.1:7711" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--bind", "--desk", "--app"])
@pytest.mark.parametrize("at", ["xyz", "tcp://", "tcp://127.0.0.1", "tcp://127.0.0.1:99999", "tcp://no such:7", "ipc://x"])
def test_a_bridge_is_not_begun_at_what_is_no_address(tmp_path: Path, option: str, at: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--data", str(tmp_path / "room"), option, at])
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert f"{option}: {at} is no address such as tcp://127.0.0.1:7711" in said
    assert len(said.splitlines()) == 1
    assert not (tmp_path / "room").exists()


def test_a_second_bridge_a_taken_port_and_a_wrong_key_are_one_sentence_each(bridge: Served, tmp_path: Path) -> None:
    second = shell("serve", "--data", bridge.folder, status=2)
    assert "another bridge" in second.stderr
    taken = shell("serve", "--data", tmp_path / "other", "--bind", bridge.lane, "--desk", "tcp://127.0.0.1:*", status=2)
    assert bridge.lane in taken.stderr.splitlines()[-1]
    beyond = shell("serve", "--data", tmp_path / "other", "--bind", "tcp://127.0.0.1:99999", status=2)
    assert "at most 65535" in beyond.stderr.splitlines()[-1]
    (tmp_path / "wrong.key").write_text("x" * 64)
    (tmp_path / "other" / "store.key").unlink()
    wrong = shell("log", "--data", tmp_path / "other", "--key-file", tmp_path / "wrong.key", status=2)
    assert "key is not the one" in wrong.stderr
    assert len(wrong.stderr.splitlines()) == 1


def test_a_fast_clock_is_refused_where_other_gateways_are_enrolled(tmp_path: Path) -> None:
    folder = tmp_path / "room"
    shell("enrol-gateway", "a", "--public-key", KEY, "--devices", "A*", "--data", folder)
    shell("enrol-gateway", "b", "--public-key", "-" + KEY[1:], "--devices", "B*", "--data", folder)
    assert "--clock-speed" in shell("serve", "--data", folder, "--clock-speed", "60", status=2).stderr.splitlines()[-1]
    assert not (folder / "fast-since").exists()


def test_a_fast_clock_is_refused_where_the_only_gateway_was_heard_at_the_true_time(tmp_path: Path) -> None:
    folder, fixes, secret = tmp_path / "room", tmp_path / "f.csv", tmp_path / "gw.key"
    public = shell("keygen", secret).stdout.strip()
    said = shell("enrol-gateway", "a", f"--public-key={public}", "--devices", "ANK-*", "--data", folder).stdout
    fixes.write_text("device,measured_at,lat,lon\nANK-1,2026-11-23T00:42:16Z,36.4,127.4\n")
    with served(folder) as bridge:
        given = ("--fixes", fixes, "--to", bridge.lane, f"--server-key={said.splitlines()[-1]}", "--secret-key-file", secret)
        shell("simulate", *given)
    for _ in range(2):
        assert "--clock-speed" in shell("serve", "--data", folder, "--clock-speed", "60", status=2).stderr.splitlines()[-1]
    with served(folder):
        pass


def test_a_second_gateway_is_not_enrolled_beside_a_clock_that_runs_fast(tmp_path: Path) -> None:
    folder = tmp_path / "room"
    with served(folder, "--clock-speed", "60"):
        shell("enrol-gateway", "a", "--public-key", KEY, "--devices", "A*", "--data", folder)
        refused = shell("enrol-gateway", "b", "--public-key", "-" + KEY[1:], "--devices", "B*", "--data", folder, status=2)
        assert "the clock runs fast for gateway a" in refused.stderr
    shell("enrol-gateway", "b", "--public-key", "-" + KEY[1:], "--devices", "B*", "--data", folder)


@pytest.mark.parametrize("after_s", [0.0, 0.5, 1.0, 2.0])
def test_a_bridge_that_is_stopped_while_it_starts_ends_well(tmp_path: Path, after_s: float) -> None:
    ports = ("--bind", "tcp://127.0.0.1:*", "--desk", "tcp://127.0.0.1:*")
    process = subprocess.Popen([*PROGRAM, "serve", "--data", tmp_path / "room", *ports], stderr=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while not _catches_sigterm(process.pid):  # before its own first line runs, only the interpreter could answer
        assert time.monotonic() < until
        time.sleep(0.005)
    time.sleep(after_s)
    process.terminate()
    assert process.wait(10) == 0


def _catches_sigterm(pid: int) -> bool:
    caught = next(line.split()[1] for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("SigCgt"))
    return bool(int(caught, 16) & 1 << (signal.SIGTERM - 1))


def test_a_key_pair_is_made_once_and_never_over_another(tmp_path: Path) -> None:
    public = shell("keygen", tmp_path / "g.key").stdout.strip()
    assert len(public) == 40
    assert (tmp_path / "g.key").stat().st_mode & 0o777 == 0o600
    assert "is there already" in shell("keygen", tmp_path / "g.key", status=2).stderr


def test_the_room_knows_when_it_was_verified_and_copied_outside(bridge: Served, tmp_path: Path) -> None:
    def noted(since: int) -> list[str]:
        return [entry["what"] for entry in log_of(bridge.folder) if entry["n"] > since and entry["event"] == "bridge"]

    before = log_of(bridge.folder)[-1]["n"]
    shell("backup", bridge.folder / "inside.db", "--data", bridge.folder)  # lost together with what it is a copy of
    shell("verify", "--checkpoints", tmp_path, "--data", bridge.folder, status=1)  # no checkpoints are there
    shell("verify", "--data", bridge.folder)
    shell("backup", tmp_path / "outside.db", "--data", bridge.folder)
    assert [what for what in noted(before) if what != "checkpoint"] == ["verified", "outside-copy"]


def test_a_copy_of_a_folder_on_which_no_bridge_runs_is_noted_too(tmp_path: Path) -> None:
    folder = tmp_path / "room"
    shell("import-cases", case_file(tmp_path, case_document(1)), "--data", folder)
    shell("backup", tmp_path / "copy.db", "--data", folder)
    assert [entry["what"] for entry in log_of(folder) if entry["event"] == "bridge"] == ["outside-copy"]


def test_a_copy_made_while_the_bridge_runs_is_a_whole_store(bridge: Served, tmp_path: Path) -> None:
    copy, folder, key = tmp_path / "copy.db", tmp_path / "new", bridge.folder / "store.key"
    shell("backup", copy, "--data", bridge.folder)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert "is there already" in shell("backup", copy, "--data", bridge.folder, status=2).stderr
    assert "the key cannot be read" in shell("restore", copy, "--data", folder, "--key-file", tmp_path / "mistyped.key", status=2).stderr
    assert not folder.exists(), "the same command with the right key finds it empty"
    assert "all is as it was written" in shell("restore", copy, "--data", folder, "--key-file", key).stdout
    assert "holds a store already" in shell("restore", copy, "--data", folder, "--key-file", key, status=2).stderr
    entries = [json.loads(line) for line in shell("log", "--data", folder, "--key-file", key).stdout.splitlines()]
    assert any(entry.get("what") == "shell:backup" for entry in entries)
