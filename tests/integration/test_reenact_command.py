"""From a recording to a scenario that a room takes: made by one person, checked by another, refused at every step before."""

from pathlib import Path

import pytest

from backend_bridge.adapters.recording_manifest import Manifest
from backend_bridge.adapters.recording_write import write_recording
from backend_bridge.application.room_state import Room
from backend_bridge.application.scenario_run import played
from backend_bridge.bootstrap.scenario_command import made_scenario
from backend_bridge.command_line import main
from backend_bridge.domain.watching.watch import Watch

BY_CAR = Path(__file__).parents[2] / "resources" / "scenarios" / "02-by-car.toml"


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """A recorded incident that an operator worked."""
    steps = [outcome.taken for _, outcome in played(made_scenario(BY_CAR))]
    wanted = Manifest(from_us=steps[0].now_us, to_us=steps[-1].now_us + 1, cases=(), made_by="kim", made_us=steps[-1].now_us)
    file = tmp_path / "incident.bongsu"
    write_recording(file, (bytes(32), bytes(range(32))), Room(Watch.empty()), steps, wanted, lambda _: None)
    file.with_name(file.name + ".key").write_text(bytes(32).hex())
    return file


def test_a_recorded_incident_becomes_a_scenario_that_two_people_signed(
    recording: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    room, out = tmp_path / "room", tmp_path / "anew.toml"
    room.mkdir()
    keys = {name: str(tmp_path / f"{name}.key") for name in ("kim", "lee")}
    public = {}
    for name, file in keys.items():
        assert main(["reenact", "key", "--secret-key-file", file]) == 0
        public[name] = capsys.readouterr().out.strip()
    make = ["reenact", "make", str(recording), "--case", "EX-2026-0201", "--out", str(out), "--by", "kim", "--data", str(room)]
    make += ["--secret-key-file", keys["kim"]]
    assert main(make) == 2
    assert "takes no re-enactments by kim" in capsys.readouterr().err
    for name in keys:
        assert main(["reenact", "trust", "--by", name, "--public-key", public[name], "--data", str(room)]) == 0
    assert main(make) == 0
    assert main(["scenario", "check", str(out), "--data", str(room)]) == 2
    assert "nobody has checked it" in capsys.readouterr().err
    assert main(["reenact", "sign", str(out), "--by", "lee", "--secret-key-file", keys["lee"]]) == 0
    assert main(["scenario", "check", str(out)]) == 2
    assert "this room takes none" in capsys.readouterr().err
    assert main(["scenario", "check", str(out), "--data", str(room)]) == 0
    text = out.read_text(encoding="utf8")
    assert "0201" not in text
    assert 'do = "dispatch"' in text
    assert "36." not in text.partition("[places]")[2].partition("[[cases]]")[0]  # not in Daejeon


def test_a_case_that_the_recording_does_not_hold_is_named(recording: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reenact", "key", "--secret-key-file", str(tmp_path / "k")]) == 0
    public = capsys.readouterr().out.strip()
    assert main(["reenact", "trust", "--by", "kim", "--public-key", public, "--data", str(tmp_path)]) == 0
    given = [
        "--case",
        "KR-9",
        "--out",
        str(tmp_path / "x.toml"),
        "--by",
        "kim",
        "--secret-key-file",
        str(tmp_path / "k"),
        "--data",
        str(tmp_path),
    ]
    assert main(["reenact", "make", str(recording), *given]) == 2
    assert "holds no case KR-9; its cases are EX-2026-0201" in capsys.readouterr().err
