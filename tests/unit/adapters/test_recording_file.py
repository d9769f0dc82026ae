"""A recording opened by its index: at once, with the same content; what is damaged or false is found when it is come to."""

import argparse
from pathlib import Path

import pytest
from evening import Evening, place

from backend_bridge.adapters.recording_file import RecordingFile
from backend_bridge.adapters.recording_manifest import Manifest
from backend_bridge.adapters.recording_write import write_recording
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.state_codec import encode
from backend_bridge.application.inbox import ImportCases
from backend_bridge.application.playback import Player
from backend_bridge.application.room_state import Room
from backend_bridge.bootstrap.errors import UsageError
from backend_bridge.bootstrap.recordings import replay
from backend_bridge.domain.case import Case
from backend_bridge.domain.watching.watch import Watch

KEY, SIGNING = bytes(32), bytes(range(32))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    evening = Evening()
    evening.move(1500, 5, VIC_0001=lambda _t: place(0.0), ANK_0001=lambda t: place(3000.0 - 1.2 * t))
    steps = [outcome.taken for outcome in evening.outcomes]
    file = tmp_path_factory.mktemp("recording") / "a.bongsu"
    wanted = Manifest(from_us=steps[0].now_us, to_us=steps[-1].now_us, cases=(), made_by="me", made_us=1)
    write_recording(file, (KEY, SIGNING), Room(Watch.empty()), steps, wanted, lambda _: None)
    return file


def test_opened_by_its_index_it_plays_what_it_plays_when_walked_through(made: Path) -> None:
    walked, indexed = RecordingFile(made, KEY), RecordingFile(made, KEY, thorough=False)
    assert indexed.is_genuine
    assert walked.is_genuine
    assert indexed.manifest == walked.manifest
    assert indexed.span_us() == walked.span_us()
    middle = sum(indexed.span_us()) // 2
    assert encode(Player(indexed, middle).room) == encode(Player(walked, middle).room)
    assert len(list(indexed.steps(0))) == len(list(walked.steps(0))) > 300


def damaged(made: Path, folder: Path, at: float) -> Path:
    data = bytearray(made.read_bytes())
    data[int(len(data) * at)] ^= 1
    (folder / "d.bongsu").write_bytes(data)
    return folder / "d.bongsu"


@pytest.mark.parametrize("at", [0.3, 0.5, 0.7])
def test_what_is_damaged_is_left_out_when_it_is_come_to_and_named_unless_a_checkpoint_covers_it(
    made: Path, tmp_path: Path, at: float
) -> None:
    indexed = RecordingFile(damaged(made, tmp_path, at), KEY, thorough=False)
    whole = len(list(RecordingFile(made, KEY).steps(0)))
    found = len(list(indexed.steps(0)))
    assert found == whole or indexed.holes
    player = Player(indexed, indexed.span_us()[1])
    assert player.room.now_us <= indexed.span_us()[1]


@pytest.mark.parametrize("at", [0.001, 0.02, 0.1, 0.4, 0.9, 0.99, 0.999])
def test_whatever_is_damaged_lies_within_the_time_of_the_recording(made: Path, tmp_path: Path, at: float) -> None:
    from_us, to_us = RecordingFile(made, KEY).span_us()
    try:
        found = RecordingFile(damaged(made, tmp_path, at), KEY)
    except InputRefusedError:
        return  # the header or every checkpoint is gone: nothing can be played
    for hole in found.holes:
        assert from_us <= hole.from_us <= (to_us if hole.to_us is None else hole.to_us) <= to_us


def test_a_ring_or_zone_that_the_recording_does_not_know_is_named_instead_of_no_difference(made: Path, tmp_path: Path) -> None:
    key, changes, out = tmp_path / "a.key", tmp_path / "w.toml", tmp_path / "w.jsonl"
    key.write_text(KEY.hex())
    given = argparse.Namespace(file=made, out=out, key_file=key, what_if=changes)
    changes.write_text('format = "bongsu-what-if/1"\n[[zones]]\nzone = "Z-NONE"\nwider_m = 10\n')
    with pytest.raises(UsageError) as refused:
        replay(given, lambda _: None)
    assert refused.value.sentences == (f"{changes}: zone Z-NONE is in no case of {made}; name one that is",)
    assert not out.exists()
    ring = next(ring.ring for case in registered(made) for ring in case.rings)
    changes.write_text(f'format = "bongsu-what-if/1"\n[[rings]]\nring = "{ring}"\ndistance_m = 50\n')
    assert replay(given, lambda _: None) == 0


def registered(made: Path) -> list[Case]:
    steps = RecordingFile(made, KEY).steps(0)
    return [case for taken in steps for order in taken.orders if isinstance(order, ImportCases) for case in order.cases]


def test_an_index_that_does_not_fit_is_not_trusted(made: Path, tmp_path: Path) -> None:
    short = tmp_path / "short.bongsu"
    short.write_bytes(made.read_bytes()[:-20])
    assert RecordingFile(short, KEY, thorough=False).is_genuine  # walked through instead
    (tmp_path / "longer.bongsu").write_bytes(made.read_bytes() + b"x" * 7)
    assert RecordingFile(tmp_path / "longer.bongsu", KEY, thorough=False).manifest is not None


def test_another_key_is_refused(made: Path) -> None:
    with pytest.raises(InputRefusedError, match="does not open with this key"):
        RecordingFile(made, bytes(31) + b"1", thorough=False)
