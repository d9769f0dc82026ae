"""`bongsu-bridge scenario` as a shell uses it: checked, played, and compiled to files that `judge` reads."""

import json
from pathlib import Path

import pytest

from backend_bridge.command_line import main

OWN = Path(__file__).parents[2] / "resources" / "scenarios" / "02-by-car.toml"


def test_a_scenario_of_the_library_is_played_by_its_name_and_leaves_a_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "log.jsonl"
    assert main(["scenario", "play", "02-by-car", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "met     alarm proximity red: 1" in said
    assert "in time task notify-112: after 35 s of 60 s" in said
    entries = [json.loads(line) for line in out.read_text(encoding="utf8").splitlines()]
    assert [entry["n"] for entry in entries] == list(range(1, len(entries) + 1))
    assert {"raised", "acknowledged", "dispatched"} <= {entry["event"] for entry in entries}


def test_with_nobody_at_the_desk_the_room_says_what_was_missed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scenario", "play", str(OWN), "--no-expert"]) == 1
    said = capsys.readouterr().out
    assert "LATE    acknowledge: not done of 30 s" in said
    assert "MISSED  task dispatch" in said


def test_a_compiled_scenario_is_judged_like_any_recorded_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scenario", "compile", str(OWN), "--out", str(tmp_path / "set"), "--starts", "2026-12-01T09:00:00Z"]) == 0
    files = {name: str(tmp_path / "set" / name) for name in ("cases.json", "fixes.parquet", "events.jsonl")}
    given = ["--cases", files["cases.json"], "--fixes", files["fixes.parquet"], "--events", files["events.jsonl"]]
    assert main(["judge", *given, "--out", str(tmp_path / "a.jsonl")]) == 0
    alarms = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf8").splitlines()]
    assert {"approach", "proximity"} <= {alarm["kind"] for alarm in alarms}
    assert all(alarm["known_at"].startswith("2026-12-01T09:") for alarm in alarms)
    assert "written to" in capsys.readouterr().out


def test_a_file_with_defects_is_refused_with_every_one_of_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(OWN.read_text(encoding="utf8").replace('start = "far5"', 'start = "moon"').replace("seed = 102", "seed = -1"), "utf8")
    assert main(["scenario", "check", str(bad)]) == 2
    told = capsys.readouterr().err
    assert "movements S-0201, field start: 'moon' is no place of this file" in told
    assert "field seed: must be a number from 0" in told


def test_people_who_go_after_each_other_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    circle = tmp_path / "circle.toml"
    text = OWN.read_text(encoding="utf8").replace(
        'person = "V-0201"\nstart = "home"\nsteps = []', 'person = "V-0201"\nstart = "home"\nsteps = [{ to = "S-0201" }]'
    )
    circle.write_text(text.replace('to = "home", by = "car"', 'to = "V-0201", by = "car"'), "utf8")
    assert main(["scenario", "check", str(circle)]) == 2
    assert "go after each other" in capsys.readouterr().err
