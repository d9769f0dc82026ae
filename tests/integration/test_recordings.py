"""A run that was recorded, lived again: the same log byte by byte, also over a kill; damage is found, named and lived around."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from free_ports import free_ports

from backend_bridge.adapters.recording_file import RecordingFile
from backend_bridge.bootstrap.recordings import read_key

DEMO = Path(__file__).parents[2] / "resources" / "demo"
pytestmark = pytest.mark.timeout(400)
LOGGED = {"n", "at"}
"""Of an entry, not of the decision: a timer is looked at with the next step, and a cut recording has fewer steps."""
NOT_LIVED_AGAIN = {"link", "read", "peer-trouble"}


def decision(line: dict[str, Any]) -> dict[str, Any]:
    """What was decided about the case itself: without how many devices of the room fell silent together, which a cut cannot know."""
    because = {name: figure for name, figure in (line.get("because") or {}).items() if name != "together"}
    return {**{name: value for name, value in line.items() if name not in LOGGED}, "because": because}


def bridge(*arguments: str, check: bool = True) -> str:
    done = subprocess.run([sys.executable, "-m", "backend_bridge", *arguments], capture_output=True, text=True, timeout=170, check=False)
    assert not check or done.returncode == 0, done.stderr
    return done.stdout if check else done.stderr


def address() -> str:
    return f"tcp://127.0.0.1:{free_ports(1)[0]}"


class Served:
    """A demo room at sixty times the speed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.lanes = folder / "room", address()
        self.key = folder / "gateway.key"
        self.public = bridge("keygen", str(self.key)).strip()
        self.start()
        bridge("import-cases", str(folder / "cases.json"), "--data", str(self.folder))
        self.enrolled = bridge("enrol-gateway", "demo", f"--public-key={self.public}", "--devices", "*", "--data", str(self.folder))

    def start(self) -> None:
        serve = ["serve", "--data", str(self.folder), "--bind", self.lanes, "--desk", address(), "--clock-speed", "60"]
        self.process = subprocess.Popen([sys.executable, "-m", "backend_bridge", *serve], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        assert self.process.stdout.readline().strip() == "ready"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(15) == 0

    def count(self) -> int:
        return int(bridge("fixes", "--count", "--data", str(self.folder)))


def shifted_cases(folder: Path) -> None:
    """The demo's cases with orders that hold today."""
    text = (DEMO / "cases.json").read_text(encoding="utf8")
    text = re.sub(r'"starts": "[^"]*"', '"starts": "2026-06-01T00:00:00Z"', text)
    (folder / "cases.json").write_text(re.sub(r'"ends": "[^"]*"', '"ends": "2027-06-01T00:00:00Z"', text), encoding="utf8")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a stopped room that was killed once while it took in a busy quarter of an hour."""
    folder = tmp_path_factory.mktemp("recorded")
    shifted_cases(folder)
    served = Served(folder)
    simulate = ["simulate", "--fixes", str(DEMO / "fixes.parquet"), "--events", str(DEMO / "events.jsonl"), "--to", served.lanes]
    simulate += [f"--server-key={served.enrolled.strip().rpartition(chr(10))[2]}", "--secret-key-file", str(served.key), "--speed", "60"]
    gateway = subprocess.Popen([sys.executable, "-m", "backend_bridge", *simulate], stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 120
        while served.count() < 500 and time.monotonic() < until:
            time.sleep(0.2)
        served.kill()
        served.start()
        while served.count() < 1500 and time.monotonic() < until:
            time.sleep(0.2)
    finally:
        gateway.terminate()
        gateway.wait()
        served.stop()
    bridge(
        "record",
        "--from",
        "2000-01-01T00:00:00Z",
        "--to",
        "2100-01-01T00:00:00Z",
        "--out",
        str(folder / "all.bongsu"),
        "--data",
        str(served.folder),
    )
    (folder / "live.jsonl").write_text(bridge("log", "--data", str(served.folder)), encoding="utf8")
    return folder


def entries(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf8").splitlines()
    return [line for line in lines if json.loads(line)["event"] not in NOT_LIVED_AGAIN]


def test_a_recording_lived_again_gives_the_same_log(recorded: Path, tmp_path: Path) -> None:
    said = bridge("replay", str(recorded / "all.bongsu"), "--out", str(tmp_path / "again.jsonl"))
    live, again = entries(recorded / "live.jsonl"), entries(tmp_path / "again.jsonl")
    kinds = {json.loads(line).get("kind") for line in again if json.loads(line)["event"] == "raised"}
    assert {"sos", "tamper", "proximity"} <= kinds
    assert again == live[: len(again)]
    assert len(again) >= len(live) - 3  # what the recording itself, and reading the log, wrote comes after
    assert "genuine and whole" in said


def test_a_recording_of_one_case_holds_nobody_else_and_the_same_alarms(recorded: Path, tmp_path: Path) -> None:
    case = "KR-SE-2026-0001"
    span = ["--from", "2000-01-01T00:00:00Z", "--to", "2100-01-01T00:00:00Z"]
    bridge("record", *span, "--cases", case, "--out", str(tmp_path / "one.bongsu"), "--data", str(recorded / "room"))
    bridge("replay", str(tmp_path / "one.bongsu"), "--out", str(tmp_path / "one.jsonl"))
    lines = [json.loads(line) for line in (tmp_path / "one.jsonl").read_text(encoding="utf8").splitlines()]
    alarms = [decision(line) for line in lines if line["event"] in {"raised", "upgraded", "cleared"}]
    live = [json.loads(line) for line in entries(recorded / "live.jsonl")]
    wanted = [decision(line) for line in live if line["event"] in {"raised", "upgraded", "cleared"} and line["case"] == case]
    of_the_room = {"unpaired", "system"}
    assert [a for a in alarms if a["kind"] not in of_the_room] == [a for a in wanted if a["kind"] not in of_the_room]
    assert wanted
    assert not re.search(r"(ANK|VIC|S|V)-00(?!01)\d\d", (tmp_path / "one.jsonl").read_text(encoding="utf8"))


def test_a_damaged_recording_plays_what_is_sound_and_says_what_is_not(recorded: Path, tmp_path: Path) -> None:
    data = bytearray((recorded / "all.bongsu").read_bytes())
    key = str(recorded / "all.bongsu.key")
    whole = RecordingFile(recorded / "all.bongsu", read_key(Path(key)))
    data[whole._runs[len(whole._runs) // 2][2][1]] ^= 1
    (tmp_path / "damaged.bongsu").write_bytes(data)
    said = bridge("replay", str(tmp_path / "damaged.bongsu"), "--out", str(tmp_path / "d.jsonl"), "--key-file", key)
    assert "NOT as its maker signed it" in said
    assert "damaged: nothing between" in said
    assert '"event":"recording-damaged"' in (tmp_path / "d.jsonl").read_text(encoding="utf8")
    assert "1970" not in said


@pytest.mark.parametrize("cut", [0.0, 0.3, 0.999])
def test_a_cut_recording_is_refused_or_played_to_the_cut(recorded: Path, tmp_path: Path, cut: float) -> None:
    data = (recorded / "all.bongsu").read_bytes()
    (tmp_path / "cut.bongsu").write_bytes(data[: int(len(data) * cut)])
    key = str(recorded / "all.bongsu.key")
    arguments = ["replay", str(tmp_path / "cut.bongsu"), "--out", str(tmp_path / "c.jsonl"), "--key-file", key]
    done = subprocess.run([sys.executable, "-m", "backend_bridge", *arguments], capture_output=True, text=True, timeout=120, check=False)
    assert (
        (done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1)
        or "damaged: nothing between" in done.stdout
        or "damaged: nothing after" in done.stdout
    )


def test_a_recording_opens_with_its_own_key_only(recorded: Path, tmp_path: Path) -> None:
    (tmp_path / "other.key").write_text(os.urandom(32).hex())
    arguments = ["replay", str(recorded / "all.bongsu"), "--out", str(tmp_path / "x.jsonl"), "--key-file", str(tmp_path / "other.key")]
    said = bridge(*arguments, check=False)
    assert "does not open with this key" in said
    assert b"KR-SE" not in (recorded / "all.bongsu").read_bytes()
