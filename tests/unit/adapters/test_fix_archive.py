"""Stored fixes are found again by device and in order, whether they still stand as they came or were sorted into tracks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import event

from backend_bridge.adapters import seen_fixes
from backend_bridge.adapters.fix_archive import SHARES, FixArchive, body_of, stored_of, track_records
from backend_bridge.adapters.fix_lines import lines_of_fixes
from backend_bridge.adapters.seen_fixes import SeenFixes
from backend_bridge.adapters.store import Store
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.stored_fixes import Message, StoredFixes
from backend_bridge.adapters.tick_records import event_record
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, GatewayName

KEY = bytes(32)
T0 = 1_795_394_400_000_000
S = 1_000_000


def batch(devices: list[str], seconds: list[int], seqs: list[int] | None = None, lat: float = 36.5) -> FixBatch:
    names = tuple(dict.fromkeys(DeviceId(name) for name in devices))
    n = len(devices)
    measured: NDArray[np.int64] = T0 + np.array(seconds, np.int64) * S
    return FixBatch(
        device_names=names,
        device=np.array([names.index(DeviceId(name)) for name in devices], np.int32),
        measured_us=measured,
        lat_deg=np.full(n, lat),
        lon_deg=np.full(n, 127.0),
        accuracy_m=np.full(n, np.nan, np.float32),
        speed_mps=np.full(n, 1.25, np.float32),
        course_deg=np.full(n, np.nan, np.float32),
        moving=np.full(n, -1, np.int8),
        source=np.zeros(n, np.int8),
        device_seq=np.array(seqs or [0] * n, np.uint64),
        has_device_seq=np.full(n, seqs is not None, np.bool_),
        received_us=measured + S,
    )


def unsealed(device: DeviceId, measured_us: NDArray[np.int64]) -> list[tuple[int, int, Callable[[bytes], bytes]]]:
    """All of a device in one stretch, as it is."""
    del device
    return [(0, len(measured_us), lambda body: body)]


class Shelf:
    """A store, its archive, and what knows of repeats, used the way the room uses them."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder, KEY)
        self.reader = StoreReader.open(folder, KEY)
        self.archive = FixArchive(self.reader)
        self.archive.restore()
        self.seen = SeenFixes(self.archive, self.reader)
        self.seq = 2**63

    def put(self, fixes: FixBatch) -> int:
        """Store what is new; how many that was."""
        new = fixes.take(np.flatnonzero(self.seen.new_fixes(fixes)))
        if len(new):
            self.seq += 1
            message = Message(gateway=GatewayName("north"), lane=Lane.POSITIONS, epoch=2**64 - 1, seq=self.seq)
            stored = self.archive.numbered(new, (message,), np.zeros(len(new), np.int32))
            self.store.append(T0, [self.archive.record_of(stored)], [])
            self.archive.added(stored)
        self.seen.committed()
        return len(new)

    def sort(self) -> None:
        """Move everything into tracks."""
        parts, below = self.archive.frozen(), self.store.head.next_id
        for records in track_records(parts, unsealed):
            self.store.append(T0, records, [])
        self.store.append(T0, [], [], {"fixes": below})
        self.archive.moved(len(parts))

    def reopened(self, folder: Path) -> "Shelf":
        parts = self.seen.parts()
        self.close()
        again = Shelf(folder)
        again.seen.put_parts(*parts)
        return again

    def close(self) -> None:
        self.store.close()
        self.reader.close()


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    opened = Shelf(tmp_path)
    yield opened
    opened.close()


def seconds(stored: StoredFixes) -> list[int]:
    return [int(value - T0) // S for value in stored.fixes.measured_us]


def test_a_body_is_read_as_it_was_written() -> None:
    messages = tuple(Message(gateway=GatewayName("g"), lane=Lane.BACKFILL, epoch=2**64 - 1, seq=2**64 - k) for k in (1, 2, 3))
    fixes = batch(["A", "B", "A"], [3, 1, 2], [1, 2**64 - 1, 3])
    stored = StoredFixes(fixes=fixes, messages=messages, message=np.array([2, 2, 0], np.int32), number=np.array([7, 8, 9]))
    back = stored_of(body_of(stored), 3)
    assert [back.messages[index].seq for index in back.message] == [2**64 - 3, 2**64 - 3, 2**64 - 1]
    assert list(lines_of_fixes(back)) == list(lines_of_fixes(stored))


def of_one_turn() -> StoredFixes:
    messages = tuple(Message(gateway=GatewayName("g"), lane=Lane.POSITIONS, epoch=1, seq=2**64 - k) for k in (4, 3, 2))
    fixes = replace(batch(["A", "B", "A", "C"], [3, 1, 2, 9], [1, 2, 3, 4]), received_us=np.full(4, T0 + 10 * S))
    return StoredFixes(fixes=fixes, messages=messages, message=np.array([0, 0, 2, 2], np.int32), number=np.arange(7, 11))


CHANGES: dict[str, Callable[[StoredFixes], StoredFixes]] = {
    "of one turn": lambda stored: stored,
    "a single one": lambda stored: stored.take(np.array([2])),
    "none": lambda stored: stored.take(np.array([], np.intp)),
    "a number missing": lambda stored: replace(stored, number=np.array([7, 8, 10, 11])),
    "in another order": lambda stored: replace(stored, message=np.array([2, 0, 2, 0], np.int32)),
    "received later": lambda stored: replace(stored, fixes=replace(stored.fixes, received_us=T0 + np.array([10, 10, 10, 11]) * S)),
}


def written_before(stored: StoredFixes) -> bytes:
    """The body as versions before wrote it: message, number and receipt with every fix."""
    fixes = stored.fixes
    columns = (
        *((stored.message, "<i4"), (stored.number, "<i8")),
        *((fixes.device, "<i4"), (fixes.measured_us, "<i8"), (fixes.lat_deg, "<f8"), (fixes.lon_deg, "<f8")),
        *((fixes.accuracy_m, "<f4"), (fixes.speed_mps, "<f4"), (fixes.course_deg, "<f4"), (fixes.moving, "i1"), (fixes.source, "i1")),
        *((fixes.device_seq, "<u8"), (fixes.has_device_seq, "?"), (fixes.received_us, "<i8")),
    )
    raw = [np.ascontiguousarray(column, kind).tobytes() for column, kind in columns]
    messages = with_length([[each.gateway, each.lane.value, each.epoch, each.seq] for each in stored.messages])
    return b"".join([messages, *raw[:2], with_length([len(fixes), list(fixes.device_names)]), *raw[2:]])


def with_length(head: object) -> bytes:
    raw = msgspec.msgpack.encode(head)
    return len(raw).to_bytes(4, "little") + raw


@pytest.mark.parametrize("body", [body_of, written_before])
@pytest.mark.parametrize("name", CHANGES)
def test_fixes_are_read_as_they_were_however_they_came_and_whichever_version_wrote_them(
    name: str, body: Callable[[StoredFixes], bytes]
) -> None:
    stored = CHANGES[name](of_one_turn())
    back = stored_of(body(stored), len(stored.fixes))
    assert [back.messages[index] for index in back.message] == [stored.messages[index] for index in stored.message]
    assert back.number.tolist() == stored.number.tolist()
    assert back.fixes.received_us.tolist() == stored.fixes.received_us.tolist()
    assert list(lines_of_fixes(back)) == list(lines_of_fixes(stored))


def test_what_fixes_of_a_turn_share_is_written_once() -> None:
    stored = of_one_turn().take(np.repeat(np.arange(4), 250))
    stored = replace(stored, number=np.arange(7, 1007))
    assert len(written_before(stored)) - len(body_of(stored)) > 1000 * (4 + 8 + 8) - 100


def test_a_body_that_holds_another_number_of_fixes_than_its_row_says_is_not_read() -> None:
    for size in (3, 5):
        with pytest.raises(ValueError, match=str(size)):
            stored_of(body_of(of_one_turn()), size)


@pytest.mark.parametrize("form", ["as they came", "tracks"])
def test_one_device_is_read_by_time_and_everything_in_the_order_of_receipt(shelf: Shelf, tmp_path: Path, form: str) -> None:
    shelf.put(batch(["A", "B", "A"], [10, 11, 30]))
    shelf.put(batch(["B", "A"], [12, 20]))
    if form == "tracks":
        shelf.sort()
    shelf.put(batch(["A"], [15]))
    assert seconds(shelf.archive.read(DeviceId("A"), T0, T0 + 60 * S)) == [10, 15, 20, 30]
    assert seconds(shelf.archive.read(DeviceId("A"), T0 + 15 * S, T0 + 30 * S)) == [15, 20]
    assert seconds(shelf.archive.read(DeviceId("C"), T0, T0 + 60 * S)) == []
    assert [second for part in shelf.archive.everything() for second in seconds(part)] == [10, 11, 30, 12, 20, 15]
    assert shelf.reader.n_fixes() == 6


def test_a_run_of_tracks_that_was_broken_off_shows_nothing_twice(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put(batch([f"D{k}" for k in range(40)], list(range(40))))
    first = next(iter(track_records(shelf.archive.frozen(), unsealed)))
    shelf.store.append(T0, first, [])
    assert all(len(shelf.archive.read(DeviceId(f"D{k}"), T0, T0 + 60 * S).fixes) == 1 for k in range(40))
    shelf.sort()
    assert sum(len(part.fixes) for part in shelf.archive.everything()) == 40


@pytest.mark.parametrize("form", ["as they came", "tracks"])
@pytest.mark.parametrize("seqs", [None, [1, 2, 3]])
def test_a_fix_that_is_stored_is_never_new_again(shelf: Shelf, tmp_path: Path, seqs: list[int] | None, form: str) -> None:
    again = batch(["A", "A", "B"], [10, 20, 15], seqs)
    assert shelf.put(again) == 3
    assert shelf.put(again) == 0
    if form == "tracks":
        shelf.sort()
    reopened = shelf.reopened(tmp_path)
    assert reopened.put(again) == 0
    assert reopened.put(batch(["A"], [12], None if seqs is None else [9])) == 1
    assert reopened.put(batch(["A"], [12], None if seqs is None else [9])) == 0
    shelf.store, shelf.reader = reopened.store, reopened.reader


def test_the_same_fix_in_two_messages_of_one_tick_is_new_once(shelf: Shelf) -> None:
    fixes = batch(["A", "A"], [10, 10], [1, 1])
    assert shelf.seen.new_fixes(fixes).tolist() == [True, False]
    assert shelf.seen.new_fixes(fixes).tolist() == [False, False]


def test_without_a_counter_any_column_makes_a_fix_another_one(shelf: Shelf) -> None:
    assert shelf.put(batch(["A"], [10], lat=36.5)) == 1
    assert shelf.put(batch(["A"], [10], lat=36.5000001)) == 1
    assert shelf.put(batch(["A"], [10], [0], lat=36.5)) == 1
    assert shelf.put(batch(["A"], [10], lat=36.5)) == 0


@contextmanager
def looked_up(shelf: Shelf) -> Iterator[list[str]]:
    """What the store is asked meanwhile, and each time that it is opened."""
    asked: list[str] = []

    def note_question(*what: object) -> None:
        asked.append(str(what[2]))

    def note_opening(*_: object) -> None:
        asked.append("opened")

    engine = shelf.reader._engine
    event.listen(engine, "before_cursor_execute", note_question)
    event.listen(engine, "connect", note_opening)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note_question)
        event.remove(engine, "connect", note_opening)


def test_a_backlog_of_thousands_of_devices_asks_the_store_once_for_each_share_of_them(shelf: Shelf) -> None:
    names = [f"ANK-{k:05d}" for k in range(3000)]
    shelf.put(batch(names, [100] * 3000, [1] * 3000))
    shelf.sort()
    shelf.put(batch(names, [20_000] * 3000, [9] * 3000))
    late = batch([*names, *names], [100] * 3000 + [200] * 3000, [1] * 3000 + [2] * 3000)
    with looked_up(shelf) as asked:
        new = shelf.seen.new_fixes(late)
    assert new.tolist() == [False] * 3000 + [True] * 3000
    assert len(asked) <= 2 * (SHARES + 6000 // 512 + 1)
    assert "opened" not in asked


def test_a_message_of_one_device_and_thousands_of_hours_asks_the_store_a_few_times(shelf: Shelf) -> None:
    hour = 3600
    shelf.put(batch(["A"] * 3, [0, 5 * hour, 4000 * hour], [1, 2, 3]))
    shelf.sort()
    with looked_up(shelf) as asked:
        new = shelf.seen.new_fixes(batch(["A"] * 4000, [k * hour for k in range(4000)], [1] * 4000))
    assert np.flatnonzero(~new).tolist() == [0]
    assert len(asked) <= 30


@pytest.mark.parametrize("most_kept", [1_000_000, 3])
def test_whatever_comes_again_among_whatever_is_late_is_known(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, most_kept: int) -> None:
    monkeypatch.setattr(seen_fixes, "_MOST_KEPT", most_kept)
    monkeypatch.setattr(seen_fixes, "_ROWS_AT_ONCE", 8)
    chance, model = np.random.default_rng(11), set[tuple[str, int, int]]()
    for turn in range(30):
        rows = [(f"D{chance.integers(9)}", int(chance.integers(40)) * 900, int(chance.integers(1, 4))) for _ in range(40)]
        firsts = [row not in model and row not in rows[:place] for place, row in enumerate(rows)]
        assert shelf.put(batch([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])) == sum(firsts)
        model.update(rows)
        if turn % 7 == 6:
            shelf.sort()


def test_late_events_of_a_message_are_looked_up_together(shelf: Shelf) -> None:
    def sos(second: int) -> DeviceEvent:
        return DeviceEvent(device=DeviceId("A"), measured_us=T0 + second * S, kind=DeviceEventKind.SOS, value=None, received_us=T0)

    shelf.store.append(T0, [event_record(sos(second)) for second in (5, 600)], [])
    shelf.seen.note(None, [sos(600)])
    with looked_up(shelf) as asked:
        new = shelf.seen.new_events([sos(second) for second in range(600)])
    assert np.flatnonzero(~new).tolist() == [5]
    assert len(asked) == 1


def test_an_event_is_new_once_and_its_value_counts(shelf: Shelf) -> None:
    def battery(value: float) -> DeviceEvent:
        return DeviceEvent(device=DeviceId("A"), measured_us=T0, kind=DeviceEventKind.BATTERY, value=value, received_us=T0)

    assert shelf.seen.new_events([battery(50.0), battery(50.0), battery(49.0)]).tolist() == [True, False, True]
    assert shelf.seen.new_events([battery(50.0)]).tolist() == [False]
