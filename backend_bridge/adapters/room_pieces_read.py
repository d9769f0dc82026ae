"""Reads the rooms that `room_pieces` writes: whole, or as a glimpse whose tracks remember minutes only."""

import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from itertools import accumulate
from math import prod
from threading import Lock
from typing import Any, Final, Protocol

import msgspec
import numpy as np
from numpy.lib.format import descr_to_dtype
from numpy.typing import NDArray

from backend_bridge.adapters.changed_words import Words, n_packed, put_back
from backend_bridge.adapters.room_pieces import CHUNK_BYTES, StoredRoom, StoredTable, hot_parts, records
from backend_bridge.adapters.state_codec import CodecError
from backend_bridge.adapters.state_columns import decode
from backend_bridge.adapters.table_memory import TableMemory
from backend_bridge.application.room_state import Room
from backend_bridge.domain.breach.track_glimpse import NEWEST_WIDTH, shorten
from backend_bridge.domain.breach.track_table import TRACK

MOST_SHARED: Final = 3
"""Maximum number of different sets of the objects that never change that are kept."""
_TURN_S: Final = 0.0005
_LINE: Final = 64
"""Tables begin where a line of the processor's memory does."""


class Pieces(Protocol):
    """Where pieces are kept."""

    def piece(self, number: int) -> bytes | None:
        """The content of a piece that was not put as plain; None where it is damaged."""
        ...

    def piece_into(self, number: int, room: memoryview) -> bool:
        """Copy a plain piece, which fills `room`; False where it is damaged."""
        ...

    def expect(self, numbers: Sequence[int]) -> None:
        """These will be asked for soon: what lies on a disk can be on its way meanwhile."""
        ...


class RoomReader:
    """Reads the rooms that a `RoomWriter` wrote; of any thread, but of one at a time."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._memory = TableMemory()
        self._shared: dict[bytes, Sequence[object]] = {}

    def room(self, body: bytes) -> Room:
        """The room that `RoomWriter.body` wrote; raises `CodecError`, also where a piece of it is damaged."""
        with _told_as_codec_error():
            state = msgspec.msgpack.decode(body, type=StoredRoom)
            return self._made(state, _Filling(state.tables, self._pieces, self._memory))

    def glimpse(self, body: bytes) -> Room | None:
        """The same in a fraction of the time, with tracks that remember minutes only; None where the room can only be read whole."""
        with _told_as_codec_error():
            state = msgspec.msgpack.decode(body, type=StoredRoom)
            if not any(table.recent is not None for table in state.tables):
                return None
            return self._made(state, _Filling(state.tables, self._pieces, self._memory, glimpse=True))

    def _made(self, state: StoredRoom, filling: "_Filling") -> Room:
        shared = self._shared_objects(state)
        with _quick_turns(), ThreadPoolExecutor(1, "tables") as beside:
            helped = beside.submit(filling.begin)
            room = decode(state.document, filling.made, shared, lambda: filling.finish(helped))
        if not isinstance(room, Room):
            raise CodecError("a checkpoint is not what it should be")
        return room

    def _shared_objects(self, state: StoredRoom) -> Sequence[object]:
        if state.shared is None:
            return ()
        known = self._shared.get(state.digest)
        if known is None:
            made = decode(_piece(self._pieces, state.shared))
            if not isinstance(made, list):
                raise CodecError("a piece of the checkpoint is not what it should be")
            for each in made:
                if isinstance(each, np.ndarray):
                    each.flags.writeable = False  # whoever changed it would change other rooms too
            self._shared = {digest: self._shared[digest] for digest in list(self._shared)[1 - MOST_SHARED :]}
            known = self._shared[state.digest] = made
        return known


@contextmanager
def _told_as_codec_error() -> Iterator[None]:
    try:
        yield
    except (msgspec.DecodeError, msgspec.ValidationError, ValueError, IndexError, TypeError) as error:
        raise CodecError(f"a checkpoint cannot be read ({type(error).__name__})") from error


@contextmanager
def _quick_turns() -> Iterator[None]:
    """While two threads share the interpreter, and one of them wants it for an instant only, again and again."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _recently(table: StoredTable) -> StoredTable:
    """Of tracks only what changed in the last rooms."""
    return table if table.recent is None else msgspec.structs.replace(table, chunks=[], changes=table.recent)


def _laid_out(tables: Sequence[StoredTable], memory: TableMemory) -> list[NDArray[Any]]:
    """Room for tables, side by side."""
    dtypes = [_dtype(table.descr) for table in tables]
    sizes = [prod(table.shape) * dtype.itemsize for table, dtype in zip(tables, dtypes, strict=True)]
    starts = list(accumulate((-(-size // _LINE) * _LINE for size in sizes), initial=0))
    block = memory.take(starts[-1])
    parts = zip(tables, dtypes, sizes, starts, strict=False)
    return [block[start : start + size].view(dtype).reshape(table.shape) for table, dtype, size, start in parts]


def _dtype(descr: Any) -> np.dtype[Any]:
    return descr_to_dtype([tuple(part) for part in descr] if isinstance(descr, list) else descr)


class _Filling:
    """Tables on their way back: nearly all of the work needs no interpreter, and a thread does it while the objects are read."""

    def __init__(self, tables: Sequence[StoredTable], pieces: Pieces, memory: TableMemory, *, glimpse: bool = False) -> None:
        self.made = _laid_out(tables, memory)
        self._pieces = pieces
        if glimpse:
            tables = [_recently(table) for table in tables]
        self._tables = tables
        # The largest first: what changed of it waits for all of it.
        order = sorted(range(len(tables)), key=lambda at: -self.made[at].nbytes)
        self._left = deque(partial(self._read, at, *chunk) for at in order for chunk in _chunks(tables[at], self.made[at]))
        if glimpse:
            self._left.extendleft(partial(self._glimpse, at) for at in order if tables[at].recent is not None)
        self._unread = [len(table.chunks) for table in tables]
        self._counting = Lock()

    def work(self) -> None:
        """Do what is left, until nothing is; several threads may do so at once. Raises `CodecError`."""
        while (part := self._next()) is not None:
            part()

    def begin(self) -> None:
        """Do the same, having said what will be read, so that a disk need not wait for one piece after the other. Raises `CodecError`."""
        self._pieces.expect([number for table in self._tables for number in _numbers(table)])
        self.work()

    def finish(self, helped: Future[None]) -> None:
        """Help the thread that works beside; then every table is as it was. Raises `CodecError`."""
        self.work()
        helped.result()

    def _next(self) -> Callable[[], None] | None:
        with suppress(IndexError):  # of an empty queue and of nothing else: what is not read must not pass for read
            return self._left.popleft()
        return None

    def _read(self, at: int, number: int, room: memoryview) -> None:
        """Read a chunk; whoever reads the last one of a table brings it up to its room."""
        _read_into(self._pieces, number, room)
        with self._counting:
            self._unread[at] -= 1
            is_last = self._unread[at] == 0
        if is_last:
            self._left.appendleft(partial(self._put_hot, at))  # for the other thread: what changes with every fix stands beside the rest
            self._put_changes(at)

    def _glimpse(self, at: int) -> None:
        """Bring what little is read of tracks to the room that it is of."""
        self.made[at].reshape(-1).view(np.uint64)[:] = 0
        self._put_changes(at)
        self._put_hot(at)
        number, tracks = self._tables[at].newest, self.made[at]
        if number is None:
            raise CodecError("a checkpoint without the newest fixes of its tracks")
        newest = np.frombuffer(_piece(self._pieces, number), np.float64).reshape(len(tracks), NEWEST_WIDTH)
        shorten(tracks.view(TRACK), newest)

    def _put_changes(self, at: int) -> None:
        words = self.made[at].reshape(-1).view(np.uint64)
        for change in self._tables[at].changes:
            _change(words, self._pieces, change)

    def _put_hot(self, place: int) -> None:
        number, made = self._tables[place].hot, self.made[place]
        if number is None:
            return
        rows = records(made.reshape(-1).view(np.uint64), made.dtype)
        hot, at = np.frombuffer(_piece(self._pieces, number), np.uint64).reshape(len(rows), -1), 0
        for part in hot_parts(made.dtype):
            n = part.stop - part.start
            rows[:, part], at = hot[:, at : at + n], at + n


def _numbers(table: StoredTable) -> Iterator[int]:
    """The pieces that a table is made of."""
    yield from table.chunks
    yield from (number for number, _, _ in table.changes)
    small = table.hot, None if table.chunks else table.newest
    yield from (number for number in small if number is not None)


def _chunks(table: StoredTable, made: NDArray[Any]) -> Iterator[tuple[int, memoryview]]:
    """The pieces of a table that was written whole, and where each goes."""
    raw = memoryview(made.reshape(-1).view(np.uint8).data)
    return ((number, raw[at * CHUNK_BYTES : (at + 1) * CHUNK_BYTES]) for at, number in enumerate(table.chunks))


def _piece(pieces: Pieces, number: int) -> bytes:
    found = pieces.piece(number)
    if found is None:
        raise CodecError("a piece of the checkpoint is damaged")
    return found


def _change(words: Words, pieces: Pieces, change: tuple[int, int, int]) -> None:
    """Put changed words where they stand."""
    number, n_runs, n_words = change
    changed = np.empty(n_packed(n_runs, n_words), np.uint64)
    _read_into(pieces, number, memoryview(changed.view(np.uint8).data))
    put_back(words, changed, n_runs)


def _read_into(pieces: Pieces, number: int, room: memoryview) -> None:
    if not pieces.piece_into(number, room):
        raise CodecError("a piece of the checkpoint is damaged")
