"""Rooms written as what changed since the one before: each comes back as it was, wherever somebody seeks, and nothing is written twice."""

import gc
import weakref
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from evening import Evening, S, place

from backend_bridge.adapters import room_pieces, state_columns
from backend_bridge.adapters.recording_file import RecordingFile
from backend_bridge.adapters.recording_manifest import Manifest
from backend_bridge.adapters.recording_write import write_recording
from backend_bridge.adapters.room_pieces import RoomWriter
from backend_bridge.adapters.room_pieces_read import RoomReader
from backend_bridge.adapters.state_codec import CodecError
from backend_bridge.adapters.state_columns import encode
from backend_bridge.application.outcome import Taken
from backend_bridge.application.playback import Player
from backend_bridge.application.room import again
from backend_bridge.application.room_state import Room
from backend_bridge.domain.watching.watch import Watch

KEY, SIGNING = bytes(32), bytes(range(32))
TABLE = 2 * 20_000
"""Less than the table of two devices' tracks."""


class Kept:
    """Pieces in memory."""

    def __init__(self) -> None:
        self.plain: dict[int, bytes] = {}
        self.others: dict[int, bytes] = {}
        self.asked: set[int] = set()
        self.expected: tuple[int, ...] = ()

    def put(self, content: bytes | memoryview, *, plain: bool) -> int:
        number = len(self.plain) + len(self.others)
        (self.plain if plain else self.others)[number] = bytes(content)
        return number

    def piece(self, number: int) -> bytes | None:
        return self.others.get(number)

    def piece_into(self, number: int, room: memoryview) -> bool:
        self.asked.add(number)
        room[:] = self.plain[number] if number in self.plain else bytes(len(room))
        return number in self.plain

    def expect(self, numbers: Sequence[int]) -> None:
        self.expected = tuple(numbers)


@pytest.fixture(autouse=True)
def two_devices_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state_columns, "LARGE_BYTES", TABLE)
    monkeypatch.setattr(room_pieces, "_WORDS_A_PIECE", 8)
    monkeypatch.setattr(room_pieces, "_MOST_RECENT", 0.9)


@pytest.fixture(scope="module")
def taken() -> list[Taken]:
    evening = Evening()
    evening.move(1800, 5, VIC_0001=lambda _t: place(0.0), ANK_0001=lambda t: place(abs(3000.0 - 4.0 * t)))
    return [outcome.taken for outcome in evening.outcomes]


def test_a_small_table_is_not_pieced_together_from_hundreds_of_changes(taken: list[Taken], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room_pieces, "_WORDS_A_PIECE", TABLE // 8 // 10)
    kept, room = Kept(), Room(Watch.empty())
    writer = RoomWriter(kept.put)
    for each in taken:
        again(room, each)
        body = writer.body(room)
    tables = msgspec.msgpack.decode(body)[1]
    assert tables
    assert all(len(changes) < 20 for _, _, _, changes, *_ in tables)
    assert encode(RoomReader(kept).room(body)) == encode(room)


@pytest.fixture
def few_objects_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room_pieces, "LEAST_SHARED", 1)


def each_tenth(taken: list[Taken], writer: RoomWriter) -> list[tuple[bytes, bytes]]:
    """Every tenth room that is lived, as the writer writes it and whole."""
    room, written = Room(Watch.empty()), []
    for at, each in enumerate(taken):
        again(room, each)
        if at % 10 == 9:
            written.append((writer.body(room), encode(room)))
    return written


def test_every_room_comes_back_as_it_was_and_most_of_it_was_written_before(taken: list[Taken]) -> None:
    kept = Kept()
    written = each_tenth(taken, RoomWriter(kept.put))
    assert len(written) > 20
    reader = RoomReader(kept)
    for body, whole in written:
        assert encode(reader.room(body)) == whole
        assert kept.asked <= set(kept.expected), "a disk was told of all of them beforehand"
        kept.asked.clear()
    sizes = sorted(map(len, kept.plain.values()))
    n_whole = sum(size >= TABLE for size in sizes)
    assert 1 <= n_whole < len(written) // 2
    assert sum(sizes[:-n_whole]) + sum(map(len, kept.others.values())) < len(written) * TABLE // 4


@pytest.mark.usefixtures("few_objects_are_many")
def test_rooms_that_share_what_never_changes_come_back_as_they_were(taken: list[Taken], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room_pieces, "_LEAST_UNSHARED", 3)
    monkeypatch.setattr(room_pieces, "ROOMS_A_COPY", 4)
    kept = Kept()
    written = each_tenth(taken, RoomWriter(kept.put))
    reader = RoomReader(kept)
    for body, whole in (*written, *reversed(written)):
        assert encode(reader.room(body)) == whole
    held = [reader.room(body).registry.held for body, _ in written[-2:]]
    (name,) = held[0]
    assert held[0] is not held[1]
    assert held[0][name] is held[1][name]


@pytest.mark.usefixtures("few_objects_are_many")
def test_a_damaged_copy_of_what_rooms_share_costs_those_up_to_the_next_copy(taken: list[Taken], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room_pieces, "ROOMS_A_COPY", 4)
    kept, room = Kept(), Room(Watch.empty())
    for each in taken[:100]:
        again(room, each)
    writer = RoomWriter(kept.put)
    bodies = []
    for each in taken[100:112]:
        again(room, each)
        bodies.append(writer.body(room))
    first = min(kept.others)
    del kept.others[first]
    for body in bodies[:4]:
        with pytest.raises(CodecError, match="damaged"):
            RoomReader(kept).room(body)
    assert encode(RoomReader(kept).room(bodies[-1])) == encode(room)


def test_a_room_of_which_a_piece_is_damaged_is_refused(taken: list[Taken]) -> None:
    kept, room = Kept(), Room(Watch.empty())
    writer = RoomWriter(kept.put)
    bodies = []
    for each in taken[:200]:
        again(room, each)
        bodies.append(writer.body(room))
    assert kept.others
    del kept.others[max(kept.others)]
    with pytest.raises(CodecError, match="damaged"):
        RoomReader(kept).room(bodies[-1])
    kept.plain.clear()
    with pytest.raises(CodecError, match="damaged"):
        RoomReader(kept).room(bodies[10])
    with pytest.raises(CodecError):
        RoomReader(kept).room(bodies[10][:-9])


def test_a_room_of_which_a_piece_is_nowhere_is_refused_and_not_filled_with_anything(taken: list[Taken]) -> None:
    class Short(Kept):
        def piece_into(self, number: int, room: memoryview) -> bool:
            room[:] = list(self.plain.values())[number + len(self.plain)]
            return True

    kept, room = Short(), Room(Watch.empty())
    for each in taken[:100]:
        again(room, each)
    body = RoomWriter(kept.put).body(room)
    assert kept.plain
    with pytest.raises(CodecError):
        RoomReader(kept).room(body)


def test_a_room_that_is_held_stays_as_it_is_while_others_are_read(taken: list[Taken]) -> None:
    kept = Kept()
    written = each_tenth(taken, RoomWriter(kept.put))
    reader = RoomReader(kept)
    held = reader.room(written[20][0])
    for body, whole in written[-3:]:
        assert encode(reader.room(body)) == whole
        glimpse = reader.glimpse(body)
        assert glimpse is not None
        assert encode(glimpse) != whole, "its tracks remember minutes only"
    assert encode(held) == written[20][1]


def test_after_a_seek_the_room_is_the_one_that_was_played_there(taken: list[Taken], tmp_path: Path) -> None:
    wanted = Manifest(from_us=taken[0].now_us, to_us=taken[-1].now_us, cases=(), made_by="me", made_us=1)
    write_recording(tmp_path / "a.bongsu", (KEY, SIGNING), Room(Watch.empty()), taken, wanted, lambda _: None)
    recording = RecordingFile(tmp_path / "a.bongsu", KEY, thorough=False)
    assert len(recording._rooms) > 5
    player = Player(recording)
    for part in (0.7, 0.2, 0.9, 0.21, 0.5, 0.999, 0.0):
        at_us = int(player.from_us + part * (player.to_us - player.from_us))
        player.seek(at_us)
        played = Room(Watch.empty())
        for each in taken:
            if each.now_us <= at_us:
                again(played, each)
        played.replay = True
        assert encode(player.room) == encode(played)
        assert at_us - player.room.now_us < 10 * S


def test_a_room_that_is_left_is_freed_at_once(taken: list[Taken], tmp_path: Path) -> None:
    wanted = Manifest(from_us=taken[0].now_us, to_us=taken[-1].now_us, cases=(), made_by="me", made_us=1)
    write_recording(tmp_path / "a.bongsu", (KEY, SIGNING), Room(Watch.empty()), taken, wanted, lambda _: None)
    player = Player(RecordingFile(tmp_path / "a.bongsu", KEY, thorough=False))
    player.seek(player.to_us)
    left = weakref.ref(player.room.watch)
    gc.collect()
    gc.disable()
    try:
        player.seek(player.from_us + 300 * S)
        assert left() is None
    finally:
        gc.enable()
