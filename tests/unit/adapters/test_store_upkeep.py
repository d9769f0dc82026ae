"""When upkeep is done: a bridge that dies again and again soon after its start never has more to decide once more than before."""

import itertools
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from backend_bridge.adapters import snapshot_child, store_upkeep
from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.fix_archive import FixArchive, track_records
from backend_bridge.adapters.store import Record, Store
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.store_upkeep import StoreUpkeep
from backend_bridge.adapters.stored_fixes import Message, Seal, StoredFixes
from backend_bridge.application.inbox import Inbox, Milestone
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DeviceId, GatewayName

KEY = bytes(range(32))


def lived(folder: Path, turns: int) -> DurableRoom:
    """A room that was opened and has stored so many turns."""
    times = itertools.count(1_795_394_536_000_000, 1_000_000)
    durable = DurableRoom.open(folder, KEY, lambda: next(times))
    for number in range(turns):
        durable.step(Inbox(news=(Milestone(what="note", detail=f"{number}"),)))
    return durable


def test_a_bridge_that_never_lives_long_still_makes_its_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_upkeep, "_SNAPSHOT_TICKS", 12)
    for _ in range(3):
        lived(tmp_path, 4).close()
    durable = lived(tmp_path, 1)
    assert durable._upkeep.n_ticks <= 1, "the turns of the lives before were not counted"
    until = time.monotonic() + 60
    while durable.reader.newest("snapshot") is None:
        assert time.monotonic() < until, "no snapshot came"
        durable.step(Inbox(news=(Milestone(what="note", detail="on"),)))
    n_last = durable._store.head.k
    durable.close()
    again = lived(tmp_path, 0)
    assert again._upkeep.n_ticks < n_last - 12
    again.close()


def test_few_turns_that_were_dear_to_decide_bring_a_snapshot_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lived(tmp_path, 4).close()
    monkeypatch.setattr(store_upkeep, "_SNAPSHOT_SPENT_S", 1e-5)
    durable = lived(tmp_path, 1)
    assert durable._upkeep.n_ticks <= 1, "what the life before spent was not counted"
    durable.close()


@pytest.mark.parametrize(("counted", "most"), [("n_fixes", 200_000), ("spent_s", 1.5)])
def test_a_start_within_five_seconds_never_has_more_than_this_to_decide_once_more(tmp_path: Path, counted: str, most: float) -> None:
    durable = lived(tmp_path, 1)
    setattr(durable._upkeep, counted, most)
    durable.step(Inbox(news=(Milestone(what="note", detail="on"),)))
    assert durable._upkeep.n_ticks == 0, "no snapshot was begun"
    durable.end()
    durable.close()


def test_whoever_stops_makes_a_snapshot_only_where_the_next_start_needs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    durable = lived(tmp_path, 4)
    n_last = durable.last_n
    durable.end()
    assert durable.reader.newest("snapshot") is None, "four turns are decided once more sooner than a state is written"
    durable.close()
    again = lived(tmp_path, 0)
    assert (again.last_n, again.room.next_n) == (n_last, n_last + 1)
    monkeypatch.setattr(store_upkeep, "_SPARED_S", 0.0)
    again.end()
    assert again.reader.newest("snapshot") is not None
    again.close()


def test_what_lies_in_no_snapshot_yet_counts_for_whoever_stops_also_while_one_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(store_upkeep, "_SNAPSHOT_TICKS", 4)
    monkeypatch.setattr(store_upkeep, "_SPARED_S", 0.0)
    monkeypatch.setattr(snapshot_child, "packed", lambda _: go_on.wait(60))  # in a process of its own, which is given up
    durable = lived(tmp_path, 5)
    assert durable._upkeep.n_ticks <= 1, "a snapshot is being made"
    durable._upkeep.snapshot_spent_s = durable._upkeep.spent_s + 1e-9
    assert not durable._upkeep.spares_snapshot
    durable._upkeep.snapshot_spent_s = 2.0
    assert durable._upkeep.spares_snapshot, "making one takes longer than deciding five turns once more"
    durable.end()
    durable.close()


def test_a_snapshot_that_a_deletion_waits_for_is_given_the_time_it_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, packed = tmp_path / "begun", snapshot_child.packed

    def slowly(value: object) -> bytes:
        with begun.open("a") as file:
            file.write(".")
        time.sleep(0.3)  # in a process of its own: there is nothing to wait for
        return packed(value)

    durable = lived(tmp_path, 1)
    monkeypatch.setattr(snapshot_child, "packed", slowly)
    written: list[str] = []
    durable.renew(lambda: written.append("written"))
    until = time.monotonic() + 60
    while durable.is_deleting and time.monotonic() < until:
        durable.step(Inbox())
        time.sleep(0.01)
    durable.close()
    assert written == ["written"]
    assert begun.read_text() == ".", "begun once, and let be"


def test_a_destruction_within_another_leaves_the_newest_state_readable_after_a_crash(tmp_path: Path) -> None:
    durable = lived(tmp_path, 5)
    ended: list[str] = []

    def destroyed() -> None:
        durable.renew(lambda: ended.append("second"))  # another case, or old positions, just then
        durable.keys.destroy(CaseId("C-1"))
        ended.append("first")

    durable.renew(destroyed)
    until = time.monotonic() + 60
    while not ended and time.monotonic() < until:
        durable.step(Inbox(news=(Milestone(what="note", detail="on"),)))
    assert ended == ["first"]
    newest = durable.reader.newest("snapshot")
    durable.close()
    assert newest is not None
    assert snapshot_child.unpacked(newest.body), "the state that the next start begins with"
    lived(tmp_path, 1).close()


def test_whoever_ends_does_not_wait_for_fixes_to_be_sorted_and_loses_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on, n_made = threading.Event(), threading.Event(), itertools.count(1)

    def watched(parts: Sequence[StoredFixes], seal: Seal) -> Iterator[list[Record]]:
        for records in track_records(parts, seal):
            next(n_made)
            yield records
            begun.set()
            assert go_on.wait(60)

    monkeypatch.setattr(store_upkeep, "track_records", watched)
    monkeypatch.setattr(store_upkeep, "_TRACK_FIXES", 1)
    store, reader = Store.open(tmp_path, KEY), StoreReader.open(tmp_path, KEY)
    archive = FixArchive(reader)
    stored = archive.numbered(one_fix_each(500), (Message(gateway=GatewayName("north"), lane=Lane.POSITIONS, epoch=1, seq=1),), ZEROS)
    archive.added(stored)
    upkeep = StoreUpkeep(lambda: None, archive, reader, lambda: 1, lambda _, times: [(0, len(times), lambda body: body)])
    assert upkeep.keep(store.head) == []
    assert begun.wait(60)
    ending = threading.Thread(target=upkeep.end)
    ending.start()
    assert upkeep._is_ending.wait(60)
    go_on.set()
    ending.join(60)
    assert not ending.is_alive()
    assert next(n_made) - 1 == 2, "it went on sorting"
    assert archive.n_tail == 500
    assert sum(len(part.fixes) for part in archive.frozen()) == 500
    store.close()
    reader.close()


def test_room_of_sorted_fixes_is_given_back_once_a_minute_and_never_while_ending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    n_given = itertools.count()
    monkeypatch.setattr(store_upkeep, "give_free_room_back", lambda: next(n_given))
    monkeypatch.setattr(store_upkeep, "_TRACK_FIXES", 1)
    store, reader = Store.open(tmp_path, KEY), StoreReader.open(tmp_path, KEY)
    archive = FixArchive(reader)
    upkeep = StoreUpkeep(lambda: None, archive, reader, lambda: 1, lambda _, times: [(0, len(times), lambda body: body)])
    message = (Message(gateway=GatewayName("north"), lane=Lane.POSITIONS, epoch=1, seq=1),)
    for _ in range(2):
        archive.added(archive.numbered(one_fix_each(500), message, ZEROS))
        until = time.monotonic() + 60
        while archive.n_tail and time.monotonic() < until:
            for tick in upkeep.keep(store.head):
                if tick.written is not None:
                    tick.written()
        assert archive.n_tail == 0
    upkeep.end()
    assert next(n_given) == 1
    monkeypatch.setattr(store_upkeep, "_ROOM_BACK_EVERY_S", 0.0)
    upkeep._moved(0)
    assert next(n_given) == 2
    store.close()
    reader.close()


ZEROS = np.zeros(500, np.int32)


def one_fix_each(n: int) -> FixBatch:
    unknown, instant = np.full(n, np.nan, np.float32), np.full(n, 1_795_394_536_000_000, np.int64)
    return FixBatch(
        device_names=tuple(DeviceId(f"ANK-{number:04}") for number in range(n)),
        device=np.arange(n, dtype=np.int32),
        measured_us=instant,
        lat_deg=np.full(n, 36.5),
        lon_deg=np.full(n, 127.0),
        accuracy_m=unknown,
        speed_mps=unknown,
        course_deg=unknown,
        moving=np.full(n, -1, np.int8),
        source=np.zeros(n, np.int8),
        device_seq=np.zeros(n, np.uint64),
        has_device_seq=np.zeros(n, np.bool_),
        received_us=instant,
    )
