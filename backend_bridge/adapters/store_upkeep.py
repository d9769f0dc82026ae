"""What the store needs now and then beside the ticks: snapshots of the whole state, and fixes sorted by device.

Both are made beside the engine, the one in a child process, the other on a thread; the engine only writes what is ready.
"""

import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

from backend_bridge.adapters.deleted_positions import Deleted, deleted_so_far
from backend_bridge.adapters.fix_archive import FixArchive, track_records
from backend_bridge.adapters.old_places import positions_rewritten
from backend_bridge.adapters.process_memory import give_free_room_back
from backend_bridge.adapters.retention_rewrite import Rewritten
from backend_bridge.adapters.snapshot_child import SnapshotChild
from backend_bridge.adapters.store import Head, Record
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.stored_fixes import Seal, StoredFixes
from backend_bridge.adapters.tick import Tick
from backend_bridge.domain.identifiers import DeviceId

_SNAPSHOT_TICKS: Final = 1_500
_SNAPSHOT_FIXES: Final = 200_000
_SNAPSHOT_SPENT_S: Final = 1.5
"""A start has to be over within five seconds, and decides once more what came after the snapshot."""
_SNAPSHOT_EVERY_S: Final = 10.0
"""Never more often than this, whatever comes; the first may be made at once after a start."""
_SNAPSHOT_WITHIN_S: Final = 120.0
_SPARED_S: Final = 0.3
"""Whoever stops does not make a snapshot to spare the next start less than this."""
_TRACK_FIXES: Final = 500_000
_ROOM_BACK_EVERY_S: Final = 60.0
"""What half a million sorted fixes leave free is the next ones' room; with more than that in a minute it is not worth asking for again."""


@dataclass(slots=True, kw_only=True)
class _Move:
    """Fixes on their way from ticks to tracks."""

    n_parts: int
    below: int
    """Records of fixes with smaller ids are those that move."""
    made: Future[list[list[Record]]]
    n_written: int = 0


@dataclass(slots=True, kw_only=True)
class _Wanted:
    """Everything written anew because keys are about to be destroyed."""

    written: Callable[[], None]
    is_moved: bool = False
    child: SnapshotChild | None = None


@dataclass(slots=True, kw_only=True)
class _Retirement:
    """Positions that are too old on their way out."""

    left: Iterator[Rewritten]
    done: Callable[[Deleted], None]
    made: Future[Rewritten | Deleted] | None = None


class StoreUpkeep:
    """Decides when, and says which ticks to write; used by the engine's thread."""

    def __init__(self, state: Callable[[], object], archive: FixArchive, reader: StoreReader, later: Callable[[], int], seal: Seal) -> None:
        """`state` gives what a snapshot holds, `later` the time of a tick of its own, `seal` the keys of tracks."""
        self.n_ticks = 0
        """Ticks since the last snapshot."""
        self.n_fixes = 0
        self.spent_s = 0.0
        """Processor time that the decisions since then took."""
        self.snapshot_spent_s = 0.0
        """Processor time that the newest snapshot took, to be made or to be read."""
        self._unkept_s = 0.0
        """Processor time of the decisions that only a snapshot holds which is under way, or was given up."""
        self._state = state
        self._archive = archive
        self._reader = reader
        self._later = later
        self._seal = seal
        self._wanted: _Wanted | None = None
        self._retirement: _Retirement | None = None
        self._child: SnapshotChild | None = None
        # A bridge that dies again and again soon after its start must not have more to decide once more each time.
        self._snapshot_s = self._forked_s = -math.inf
        self._move: _Move | None = None
        self._room_back_s = -math.inf
        self._sorter = ThreadPoolExecutor(1, thread_name_prefix="tracks")
        self._is_ending = threading.Event()

    def keep(self, head: Head) -> list[Tick]:
        """What is to be written now, at most a few rows; called when nothing waits to be written."""
        return self._anew(head) or self._retire() or self._snapshots(head) or self._tracks(head)

    def want_anew(self, written: Callable[[], None]) -> None:
        """Write all fixes that lie in ticks as tracks, then the whole state, under the keys of now; `written` is called after that."""
        before = self._wanted
        self._wanted = _Wanted(written=written if before is None else _both(before.written, written))

    @property
    def is_wanted_anew(self) -> bool:
        """Whether that, or what follows from it, is under way."""
        return self._wanted is not None or self._retirement is not None

    def retire(self, kept_from_us: Mapping[DeviceId, int], done: Callable[[Deleted], None]) -> None:
        """Delete what was measured before that of each device, once all fixes lie in tracks; `done` is told how much went."""
        self._retirement = _Retirement(left=positions_rewritten(self._reader, kept_from_us), done=done)

    def _retire(self) -> list[Tick]:
        """The next share of the devices without what is too old; made on the thread beside."""
        under_way = self._retirement
        if under_way is None or self._wanted is not None or self._move is not None:
            return []
        if under_way.made is None:
            under_way.made = self._sorter.submit(_share_or_end, under_way.left, self._reader)
        if not under_way.made.done():
            return []
        found, under_way.made = under_way.made.result(), None
        if isinstance(found, Deleted):
            self._retirement = None
            under_way.done(found)
            return []
        return [Tick(now_us=self._later(), records=found.records, payloads=[], retired=found.retired, is_sealed=True)]

    def _anew(self, head: Head) -> list[Tick]:
        """What is wanted anew, once nothing else is under way: first the fixes, then the state."""
        wanted = self._wanted
        if wanted is None or self._move is not None:
            return []
        if not wanted.is_moved:
            wanted.is_moved = True
            if self._archive.n_tail:
                self._begin_move(head)
                return []
        if self._child is None:
            self._child = wanted.child = self._forked(head)
        if not self._child.is_done:
            return []
        child, self._child = self._child, None
        if child is not wanted.child or child.body is None:
            return []
        self._wanted = None
        return [replace(self.snapshot_tick(child.body, child.tick), written=wanted.written)]

    @property
    def spares_snapshot(self) -> bool:
        """Whether the next start decides all that came since the newest snapshot sooner than another one could be made now."""
        again_s = self.spent_s + self._unkept_s
        return not self.is_wanted_anew and again_s < max(_SPARED_S, min(self.snapshot_spent_s, _SNAPSHOT_SPENT_S))

    def end(self) -> None:
        """Give up what is under way beside the engine."""
        self._is_ending.set()
        if self._child is not None:
            self._child.give_up()
            self._child = None
        self._sorter.shutdown(wait=True, cancel_futures=True)
        self._move = None  # what was not sorted to its end is begun anew after a start

    def snapshot_tick(self, body: bytes, tick: int) -> Tick:
        """The tick that stores a snapshot of everything up to `tick`; of the older ones the newest alone keeps its body."""
        newest = self._reader.newest_id("snapshot")
        forget = {} if newest is None else {"snapshot": newest}
        return Tick(now_us=self._later(), records=[Record(kind="snapshot", size=tick, body=body)], payloads=[], forget=forget)

    def _snapshots(self, head: Head) -> list[Tick]:
        if self._child is not None and self._child.is_done:
            child, self._child = self._child, None
            if child.body is None:
                return []
            self._unkept_s, self.snapshot_spent_s = 0.0, child.spent_s
            return [self.snapshot_tick(child.body, child.tick)]
        if self._child is not None and time.monotonic() - self._forked_s > _SNAPSHOT_WITHIN_S:
            self._child.give_up()
        is_due = self.n_ticks >= _SNAPSHOT_TICKS or self.n_fixes >= _SNAPSHOT_FIXES or self.spent_s >= _SNAPSHOT_SPENT_S
        if self._child is None and is_due and time.monotonic() - self._snapshot_s >= _SNAPSHOT_EVERY_S:
            self._snapshot_s = time.monotonic()
            self._child = self._forked(head)
            self._unkept_s += self.spent_s
            self.n_ticks, self.n_fixes, self.spent_s = 0, 0, 0.0
        return []

    def _forked(self, head: Head) -> SnapshotChild:
        self._forked_s = time.monotonic()
        return SnapshotChild(self._state(), head.k)

    def _tracks(self, head: Head) -> list[Tick]:
        if self._move is None:
            if self._retirement is None and self._archive.n_tail >= _TRACK_FIXES:
                self._begin_move(head)
            return []
        if not self._move.made.done():
            return []
        return self._next_of(self._move)

    def _begin_move(self, head: Head) -> None:
        parts = self._archive.frozen()
        made = self._sorter.submit(self._sorted, parts)
        self._move = _Move(n_parts=len(parts), below=head.next_id, made=made)

    def _sorted(self, parts: list[StoredFixes]) -> list[list[Record]]:
        """The tracks of parts, on the thread beside; whoever ends does not wait for all of them, of which nothing would be kept."""
        made: list[list[Record]] = []
        for records in track_records(parts, self._seal):
            if self._is_ending.is_set():
                break
            made.append(records)
        return made

    def _next_of(self, move: _Move) -> list[Tick]:
        """The next few tracks; at last the bodies of the ticks' own rows go."""
        batches = move.made.result()
        if move.n_written < len(batches):
            move.n_written += 1
            return [Tick(now_us=self._later(), records=batches[move.n_written - 1], payloads=[])]
        self._move = None
        return [
            Tick(
                now_us=self._later(),
                records=[],
                payloads=[],
                forget={"fixes": move.below},
                written=lambda: self._moved(move.n_parts),
            )
        ]

    def _moved(self, n_parts: int) -> None:
        """The fixes are in tracks, on disk: the room that they took in memory is free."""
        self._archive.moved(n_parts)
        if time.monotonic() - self._room_back_s >= _ROOM_BACK_EVERY_S and not self._is_ending.is_set():
            self._room_back_s = time.monotonic()
            self._sorter.submit(give_free_room_back)


def _share_or_end(left: Iterator[Rewritten], reader: StoreReader) -> Rewritten | Deleted:
    """The next share, or what all of them came to once they are on the disk."""
    found = next(left, None)
    return deleted_so_far(reader) if found is None else found


def _both(first: Callable[[], None], then: Callable[[], None]) -> Callable[[], None]:
    def called() -> None:
        first()
        then()

    return called
