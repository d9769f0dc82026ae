"""A bridge for exercises as a process: what is played, injected and measured; and that nothing real comes in and nothing goes out."""

import contextlib
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import zmq
from desk_room import RawDesk
from exercise_bridge import ExerciseBridge

pytestmark = pytest.mark.timeout(300)
WHOLE_S = 90.0


class Seat:
    """A raw desk that answers pings while it waits, and keeps what it was told of alarms."""

    def __init__(self, desk: RawDesk) -> None:
        self.desk = desk
        self.alarms: dict[str, dict[str, object]] = {}
        self.exercise: dict[str, object] | None = None
        self._numbers = itertools.count(1)

    def act(self, **command: object) -> dict[str, object]:
        number = next(self._numbers)
        self.desk.say({"t": "act", "id": number, "do": command})
        return self._answer(number, "done", "no")

    def ask(self, **query: object) -> dict[str, object]:
        number = next(self._numbers)
        self.desk.say({"t": "ask", "id": number, "of": query})
        return self._answer(number, "answer", "no")

    def beat(self) -> None:
        """Say that this desk is alive, and take in what has come."""
        self.desk.say({"t": "ping", "sent_us": 0})
        self._take(self.desk.hear("rows", "snapshot", "ping", "pong", "frame", timeout_s=10))

    def _answer(self, number: int, *kinds: str) -> dict[str, object]:
        until = time.monotonic() + WHOLE_S
        while time.monotonic() < until:
            self.desk.say({"t": "ping", "sent_us": 0})
            message = self.desk.hear(*kinds, "rows", "snapshot", "pong", timeout_s=WHOLE_S)
            if message["t"] in kinds and message.get("id") == number:
                return message
            self._take(message)
        raise AssertionError(f"no answer to {number}")

    def _take(self, message: dict[str, object]) -> None:
        if message["t"] not in ("rows", "snapshot"):
            return
        self.desk.say_seen()
        rows = message["rows"]
        assert isinstance(rows, dict)
        for row in rows.get("alarms", ()):
            self.alarms[row["alarm"]] = row
        for row in rows.get("room", ()):
            self.exercise = row.get("exercise")


@pytest.fixture
def bridge(tmp_path: Path) -> Iterator[ExerciseBridge]:
    made = ExerciseBridge(tmp_path)
    yield made
    made.stop()


def until(condition, *seats: Seat) -> None:
    end = time.monotonic() + WHOLE_S
    while not condition():
        assert time.monotonic() < end
        for seat in seats:
            seat.beat()


def test_a_trainer_writes_a_scenario_and_a_trainee_does_not(bridge: ExerciseBridge) -> None:
    teacher, pupil = Seat(bridge.desk("teacher")), Seat(bridge.desk("pupil"))
    text, whose = teacher.ask(name="read-scenario-text", scenario="08-unpaired")["texts"]
    assert whose == "shipped"
    mine = text.replace("08-unpaired", "my-own").split("\n")
    for name, more in (
        ("read-scenario-text", {"scenario": "08-unpaired"}),
        ("check-scenario", {"lines": mine}),
        ("save-scenario", {"lines": mine}),
    ):
        assert pupil.ask(name=name, **more)["code"] == "not-allowed", "a trainee neither reads nor writes what is to come"
    broken = [line.replace("seed = 108", "seed = -1") for line in mine]
    (defect,) = map(json.loads, teacher.ask(name="save-scenario", lines=broken)["texts"])
    assert broken[defect["line"] - 1] == "seed = -1"
    assert teacher.ask(name="check-scenario", lines=mine)["scenarios"][0]["scenario"] == "my-own"
    assert "my-own" not in [row["scenario"] for row in teacher.ask(name="read-scenarios")["scenarios"]], "checking keeps nothing"
    teacher.ask(name="save-scenario", lines=mine)
    assert "my-own" in [row["scenario"] for row in teacher.ask(name="read-scenarios")["scenarios"]]
    assert teacher.act(name="start-scenario", scenario="my-own")["t"] == "done"
    until(lambda: bool(pupil.exercise), pupil, teacher)


def test_a_scenario_is_directed_worked_and_measured(bridge: ExerciseBridge) -> None:
    teacher, pupil = Seat(bridge.desk("teacher")), Seat(bridge.desk("pupil"))
    library = teacher.ask(name="read-scenarios")["scenarios"]
    assert len(library) >= 20
    assert {row["number"] for row in library} >= set(range(1, 21))
    shown = teacher.ask(name="read-scenarios", scenario="07-sos-by-tower")["scenarios"]
    assert len(shown[0]["tracks"][0]["points"]) > 100
    assert pupil.ask(name="read-scenarios")["code"] == "not-allowed", "a trainee does not read what is to come"
    assert teacher.ask(name="read-debrief")["code"] == "no-exercise"
    assert teacher.act(name="start-scenario", scenario="no-such")["t"] == "done"
    assert teacher.act(name="start-scenario", scenario="01-walk-in")["t"] == "done"
    until(lambda: bool(pupil.exercise), pupil, teacher)
    case = "EX-2026-0101"
    assert teacher.act(name="inject-event", inject="sos", case=case)["t"] == "done"
    until(lambda: any(row["kind"] == "sos" for row in pupil.alarms.values()), pupil, teacher)
    sos = next(name for name, row in pupil.alarms.items() if row["kind"] == "sos")
    assert teacher.act(name="acknowledge-alarm", alarm=sos)["code"] == "not-allowed", "a trainer works no alarm"
    assert pupil.act(name="acknowledge-alarm", alarm=sos)["t"] == "done"
    until(lambda: teacher.alarms.get(sos, {}).get("owner") == "pupil", teacher, pupil)
    assert teacher.act(name="inject-event", inject="call", case=case, text="도와주세요")["t"] == "done"
    until(lambda: len(pupil.exercise["calls"]) == 1, pupil, teacher)  # type: ignore[arg-type,index]  # a row of the wire
    debrief = pupil.ask(name="read-debrief")["debrief"]
    assert [row["what"] for row in debrief["moments"]].count("acknowledged") == 1
    assert {row["do"] for row in debrief["acts"]} >= {"acknowledge", "task", "dispatch"}
    assert teacher.act(name="end-scenario")["t"] == "done"
    events = [str(entry["event"]) for entry in bridge.log()]
    assert events.index("exercise-begun") < events.index("scenario-started") < events.index("acknowledged")
    assert "refused" in [str(entry.get("reason")) for entry in bridge.log() if entry["event"] == "scenario-ended"], "an unknown scenario"


def test_messages_and_dispatches_are_acted_out_and_reach_nobody(bridge: ExerciseBridge) -> None:
    teacher, pupil = Seat(bridge.desk("teacher")), Seat(bridge.desk("pupil"))
    assert teacher.act(name="start-scenario", scenario="01-walk-in")["t"] == "done"
    until(lambda: bool(pupil.exercise), pupil, teacher)
    teacher.act(name="inject-event", inject="sos", case="EX-2026-0101")
    until(lambda: any(row["kind"] == "sos" for row in pupil.alarms.values()), pupil, teacher)
    sos = next(name for name, row in pupil.alarms.items() if row["kind"] == "sos")
    incident = pupil.act(name="acknowledge-alarm", alarm=sos)["note"]
    where = {"lat_deg": 36.38, "lon_deg": 127.423}
    assert pupil.act(name="dispatch-unit", incident=incident, unit="P-1", destination=where, label="home")["t"] == "done"
    looks = iter(range(60))
    until(lambda: is_acted_out(bridge.log()) or next(looks, None) is None, pupil, teacher)
    assert is_acted_out(bridge.log())
    own = {int(address.rpartition(":")[2]) for address in (bridge.lanes, bridge.endpoint)}
    strangers = [ends for ends in sockets_of(bridge.process.pid) if own.isdisjoint(ends)]
    assert not strangers, "no socket but to gateways and desks (the bridge's test of itself comes as a gateway), both on this machine"


def is_acted_out(log: list[dict[str, object]]) -> bool:
    """Whether every message came to somebody and the unit is on its way."""
    messages = [entry["delivery"] for entry in log if entry["event"] == "message-ordered"]
    come = {entry["delivery"] for entry in log if entry["event"] == "message-state" and entry["state"] in ("delivered", "seen")}
    states = {entry.get("state") for entry in log if entry["event"] == "dispatch-state"}
    return bool(messages) and come.issuperset(messages) and {"accepted", "en-route"} <= states


def sockets_of(pid: int) -> list[tuple[int, int]]:
    """The ports at both ends, the own one first, of all TCP sockets that a process holds."""
    inodes = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        target = Path()
        with contextlib.suppress(FileNotFoundError):  # a file closed since the folder was listed
            target = link.readlink()
        if str(target).startswith("socket:["):
            inodes.add(str(target)[8:-1])
    lines = [line.split() for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]]
    return [(port_of(fields[1]), port_of(fields[2])) for fields in lines if fields[9] in inodes]


def port_of(address: str) -> int:
    """The port of an address as the kernel lists it: hexadecimal, behind the colon."""
    return int(address.rpartition(":")[2], 16)


def test_no_real_people_come_into_a_room_for_exercises(bridge: ExerciseBridge, tmp_path: Path) -> None:
    cases = tmp_path / "cases.json"
    cases.write_text(json.dumps({"format": "bongsu-case/1", "cases": []}))
    for command in (
        ("import-cases", str(cases)),
        ("enrol-gateway", "north", f"--public-key={zmq.curve_keypair()[0].decode()}", "--devices", "*"),
    ):
        done = bridge.shell(*command)
        assert done.returncode == 2
        assert "room for exercises" in done.stderr


def test_a_room_for_exercises_with_channels_does_not_start(tmp_path: Path) -> None:
    made = ExerciseBridge(tmp_path)
    made.stop()
    (made.folder / "channels.toml").write_text("")
    command = [sys.executable, "-m", "backend_bridge", "serve", "--data", str(made.folder), "--key-file", str(made.key_file)]
    done = subprocess.run(
        [*command, "--bind", made.lanes, "--desk", made.endpoint], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 2
    assert "channels" in done.stderr
