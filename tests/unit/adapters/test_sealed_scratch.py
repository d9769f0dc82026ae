"""Pieces come back as they were put, and a disk that was full for a moment costs nothing of what is sealed."""

import os

import pytest

from backend_bridge.adapters.sealed_scratch import ScratchFullError, SealedScratch


def test_no_two_pieces_are_sealed_alike_also_after_a_disk_that_was_full(monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = SealedScratch(1 << 20)
    sealed: list[bytes] = []
    true_write = os.pwrite

    def full(_descriptor: int, content: memoryview, _at: int) -> int:
        sealed.append(bytes(content))
        raise OSError(28, "No space left on device")

    def kept(descriptor: int, content: memoryview, at: int) -> int:
        sealed.append(bytes(content))
        return true_write(descriptor, content, at)

    content = bytes(64)
    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(ScratchFullError):
        scratch.put(content, plain=True)
    monkeypatch.setattr(os, "pwrite", kept)
    number = scratch.put(content, plain=True)
    assert sealed[0] != sealed[1], "the same bytes under the same nonce"
    room = bytearray(64)
    assert scratch.piece_into(number, memoryview(room))
    assert bytes(room) == content
    assert scratch.piece(scratch.put(b"words", plain=False)) == b"words"


def test_a_file_system_that_reads_nothing_ahead_costs_nothing_but_time(monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = SealedScratch(1 << 20)
    number = scratch.put(b"words", plain=False)
    told: list[tuple[int, int]] = []

    def no_such_thing(_descriptor: int, start: int, length: int, _advice: int) -> None:
        told.append((start, length))
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(os, "posix_fadvise", no_such_thing, raising=False)
    monkeypatch.setattr(os, "POSIX_FADV_WILLNEED", 3, raising=False)
    scratch.expect([number])
    assert told
    assert scratch.piece(number) == b"words"
