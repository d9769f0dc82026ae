"""A recording that is damaged anywhere plays what is sound, decides there what it decided, and says which time is missing."""

import json
from pathlib import Path

import pytest
from evening import Evening, S, place

from backend_bridge.adapters import state_codec
from backend_bridge.adapters.recording_file import Hole, RecordingFile
from backend_bridge.adapters.recording_frames import _HEAD
from backend_bridge.adapters.recording_manifest import Manifest
from backend_bridge.adapters.recording_write import write_recording
from backend_bridge.adapters.state_codec import OtherVersionError
from backend_bridge.adapters.time_text import us_of_text
from backend_bridge.application.room_state import Room
from backend_bridge.bootstrap.recordings import lived_again
from backend_bridge.domain.watching.watch import Watch

KEY, SIGNING = bytes(32), bytes(range(32))
Lines = list[bytes]


class Made:
    """A recording, whole, and where its frames lie."""

    def __init__(self, folder: Path) -> None:
        evening = Evening()
        evening.move(2400, 5, VIC_0001=lambda _t: place(0.0), ANK_0001=lambda t: place(abs(3000.0 - 5.0 * t)))
        steps = [outcome.taken for outcome in evening.outcomes]
        self.file = folder / "whole.bongsu"
        wanted = Manifest(from_us=steps[0].now_us, to_us=steps[-1].now_us, cases=(), made_by="me", made_us=1)
        write_recording(self.file, (KEY, SIGNING), Room(Watch.empty()), steps, wanted, lambda _: None)
        recording = RecordingFile(self.file, KEY)
        self.runs, self.rooms = recording._runs, recording._rooms
        self.span_us = recording.span_us()
        self.lines, holes = lived(self.file)
        assert holes == ()
        assert len(self.runs) > 8
        assert len(self.lines) > 20

    def without(self, first_us: int, last_us: int) -> Lines:
        """The whole log but for what was entered in a time."""
        return [line for line in self.lines if not first_us <= at_us(line) <= last_us]


def lived(file: Path) -> tuple[Lines, tuple[Hole, ...]]:
    lines: Lines = []
    _, holes = lived_again(RecordingFile(file, KEY), lines.append)
    return [line for line in lines if b"recording-damaged" not in line], holes


def at_us(line: bytes) -> int:
    return us_of_text(json.loads(line)["at"])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("damage"))


def flipped(made: Made, folder: Path, at: int) -> Path:
    data = bytearray(made.file.read_bytes())
    data[at] ^= 1
    (folder / "flipped.bongsu").write_bytes(data)
    return folder / "flipped.bongsu"


def missing(made: Made, folder: Path, start: int, end: int) -> Path:
    data = made.file.read_bytes()
    (folder / "missing.bongsu").write_bytes(data[:start] + data[end:])
    return folder / "missing.bongsu"


@pytest.mark.parametrize("number", [0, 1, 4, -1])
def test_a_run_of_steps_that_is_damaged_is_a_hole_of_exactly_its_time(made: Made, tmp_path: Path, number: int) -> None:
    from_us, to_us, (_, offset, length, _) = made.runs[number]
    lines, holes = lived(flipped(made, tmp_path, offset + length // 2))
    assert [hole.from_us for hole in holes] == [from_us]
    assert holes[0].to_us == to_us or number == -1
    assert lines == made.without(from_us, to_us)


@pytest.mark.parametrize("number", [1, 4, -1])
def test_a_checkpoint_that_is_damaged_costs_nothing(made: Made, tmp_path: Path, number: int) -> None:
    _, (_, offset, length, _) = made.rooms[number]
    file = flipped(made, tmp_path, offset + length // 2)
    assert lived(file) == (made.lines, ())
    assert not RecordingFile(file, KEY).is_genuine


def test_a_run_and_the_checkpoint_after_it_cost_the_time_to_the_next_one(made: Made, tmp_path: Path) -> None:
    from_us, _, (_, offset, _, _) = made.runs[3]
    next_us, (_, after, _, _) = made.rooms[4]
    data = bytearray(made.file.read_bytes())
    data[offset] ^= 1
    data[after] ^= 1
    (tmp_path / "both.bongsu").write_bytes(data)
    lines, holes = lived(tmp_path / "both.bongsu")
    assert [(hole.from_us, hole.to_us) for hole in holes] == [(from_us, made.rooms[5][0])]
    assert next_us < made.rooms[5][0]
    assert lines == made.without(from_us, made.rooms[5][0])


@pytest.mark.parametrize("number", [1, 4])
def test_a_part_that_is_gone_is_named_by_times_of_the_recording(made: Made, tmp_path: Path, number: int) -> None:
    from_us, to_us, (_, offset, length, _) = made.runs[number]
    lines, holes = lived(missing(made, tmp_path, offset - _HEAD.size, offset + length))
    assert len(holes) == 1
    assert made.runs[number - 1][1] <= holes[0].from_us <= from_us
    assert holes[0].to_us == to_us
    assert lines == made.without(from_us, to_us)


def test_an_end_that_is_gone_is_missing_to_the_end_of_the_recording(made: Made, tmp_path: Path) -> None:
    from_us, to_us, (_, offset, _, _) = made.runs[-1]
    index = RecordingFile(made.file, KEY)._frames.places[0][1]
    lines, holes = lived(missing(made, tmp_path, offset - _HEAD.size, index - _HEAD.size))
    assert [(hole.from_us, hole.to_us) for hole in holes] == [(made.runs[-2][1], made.span_us[1])]
    assert lines == made.without(from_us, to_us)


def test_a_recording_of_another_version_is_named_as_one_at_its_first_checkpoint(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def changed(kind: type) -> tuple[str, list[str], bool]:
        name, names, is_parted = whole(kind)
        if kind is Room:
            asked.append(name)
        return name, [*names, "new"] if kind is Room else names, is_parted

    whole = state_codec.written_class
    monkeypatch.setattr(state_codec, "written_class", changed)
    with pytest.raises(OtherVersionError, match="another version of Bongsu wrote it: Room has other fields now"):
        RecordingFile(made.file, KEY).room_before(made.span_us[1])
    assert len(asked) == 1


def test_a_recording_that_is_cut_off_plays_to_the_cut(made: Made, tmp_path: Path) -> None:
    data = made.file.read_bytes()
    for share in (0.3, 0.6, 0.95):
        (tmp_path / "cut.bongsu").write_bytes(data[: int(len(data) * share)])
        lines, holes = lived(tmp_path / "cut.bongsu")
        assert lines == made.lines[: len(lines)]
        assert holes[-1].to_us is None
        assert made.span_us[0] <= holes[-1].from_us <= made.span_us[1]
        assert not lines or at_us(lines[-1]) <= holes[-1].from_us + S


def test_the_first_part_that_is_gone_is_told_as_missing_from_the_beginning(made: Made, tmp_path: Path) -> None:
    _, _, (_, offset, length, _) = made.runs[1]
    header = made.file.read_bytes().index(b"\n") + 1
    lines, holes = lived(missing(made, tmp_path, header, offset + length))
    assert holes[0].from_us == made.span_us[0]
    assert holes[0].to_us == made.rooms[2][0]
    assert lines == made.without(made.span_us[0], made.rooms[2][0])
