"""Frames of a recording are told to the disk before they are read, where it can make use of that."""

import os
from pathlib import Path

import pytest

from backend_bridge.adapters.recording_frames import FrameReader, FrameWriter, Place

KEY = bytes(32)
CONTENTS = (b"first" * 100, b"second" * 100, b"third" * 100, b"fourth" * 100)


@pytest.fixture
def made(tmp_path: Path) -> tuple[FrameReader, list[Place]]:
    """Four frames, one after another."""
    path = tmp_path / "a.bongsu"
    with path.open("wb") as file:
        writer = FrameWriter(file, KEY)
        places = [writer.add(content)[0] for content in CONTENTS]
    return FrameReader(path, KEY), places


def told(monkeypatch: pytest.MonkeyPatch, error: OSError | None = None) -> list[tuple[int, int]]:
    stretches: list[tuple[int, int]] = []

    def advise(_descriptor: int, start: int, length: int, _advice: int) -> None:
        stretches.append((start, start + length))
        if error is not None:
            raise error

    monkeypatch.setattr(os, "posix_fadvise", advise, raising=False)
    monkeypatch.setattr(os, "POSIX_FADV_WILLNEED", 3, raising=False)
    return stretches


def test_a_disk_is_told_of_all_frames_that_are_expected_and_of_those_side_by_side_in_one(
    made: tuple[FrameReader, list[Place]], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, (first, second, _, fourth) = made
    stretches = told(monkeypatch)
    reader.expect([fourth, second, first])
    assert stretches == [(first[1], second[1] + second[2]), (fourth[1], fourth[1] + fourth[2])]
    stretches.clear()
    reader.expect([])
    assert stretches == []


def test_a_file_system_that_reads_nothing_ahead_costs_nothing_but_time(
    made: tuple[FrameReader, list[Place]], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, places = made
    assert not told(monkeypatch, OSError(22, "Invalid argument"))
    reader.expect(places)
    assert [reader.open(place) for place in places] == list(CONTENTS)
