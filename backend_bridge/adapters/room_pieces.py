"""A room as pieces of which most are shared with the rooms before it: what a checkpoint of a recording is made of.

The large tables of a room (half an hour of fixes of everybody) change little from one checkpoint to the next. Now and then they are
written whole, as they lie in memory, so that reading them is no work; after that only the words that changed. Fields of a record that
are no tables themselves change with every fix and are written each time. Objects that never change, such as cases, are written once for
many rooms and read once. Everything else stands in a document of `state_columns`.
"""

import hashlib
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import Any, Final, Protocol

import msgspec
import numpy as np
from numpy.lib.format import descr_to_dtype, dtype_to_descr
from numpy.typing import NDArray

from backend_bridge.adapters.changed_words import Words, n_packed, packed, put_back
from backend_bridge.adapters.state_codec import CodecError
from backend_bridge.adapters.state_columns import decode, encode
from backend_bridge.adapters.state_columns_shared import SharedObjects, may_never_change, never_changing
from backend_bridge.application.room_state import Room

CHUNK_BYTES: Final = 4 << 20
"""A table is written whole in pieces of so much, so that reading it needs little more memory than it has itself."""
_MOST_CHANGED: Final = 0.5
"""A table is written whole again when what changed since then comes to this share of it."""
_WORDS_A_PIECE: Final = 4096
"""Reading a piece costs as much as reading so many words more."""
LEAST_SHARED: Final = 1_000
"""Fewer objects are written with every room, which then needs no other piece of the file for them."""
ROOMS_A_COPY: Final = 32
"""The objects that never change are written again after so many rooms: where one copy is damaged, not all rooms to come are lost."""
_MOST_UNSHARED: Final = 0.25
_LEAST_UNSHARED: Final = 500
"""They are chosen anew when so many, and such a share of them, have come beside them."""
MOST_SHARED: Final = 3
"""So many different sets of them are kept for rooms that are read."""
_TURN_S: Final = 0.0005
_WORD: Final = 8
_TABLE: Final = 2
"""Dimensions of a field from which it is a table."""


class PutPiece(Protocol):
    """Keeps a piece; its number."""

    def __call__(self, content: bytes | memoryview, /, *, plain: bool) -> int:
        """`plain`: it need not be made smaller, and is asked for with room for it."""


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


class _Table(msgspec.Struct, frozen=True, array_like=True):
    descr: Any
    shape: list[int]
    chunks: list[int]
    changes: list[tuple[int, int, int]]
    """Pieces with what changed since: its number, how many runs of words, how many words."""
    hot: int | None
    """The piece with the fields that are no tables; None where there are none."""


class _State(msgspec.Struct, frozen=True, array_like=True):
    document: bytes
    tables: list[_Table]
    shared: int | None
    """The piece with the objects that never change; None where all stand in the document."""
    digest: bytes
    """Of that piece: several may have the same content, and it is read once."""


@dataclass(slots=True, kw_only=True)
class _Written:
    """A table as it was last written."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    words: Words
    chunks: list[int]
    changes: list[tuple[int, int, int]] = field(default_factory=list)
    n_changed: int = 0


class RoomWriter:
    """Writes the rooms of one recording, one after another."""

    def __init__(self, put: PutPiece) -> None:
        self._put = put
        self._written: list[_Written] = []
        self._shared = SharedObjects()
        self._shared_content = b""
        self._shared_piece: int | None = None
        self._n_rooms = 0
        self._n_others = 0
        """How many objects beside the shared ones looked as if they could be shared when those were chosen."""

    def body(self, room: Room) -> bytes:
        """Put what is new of a room; the bytes that it is made of again, together with the pieces."""
        large: list[NDArray[Any]] = []
        met: list[object] = []
        document = encode(room, large, self._shared.places, met)
        if self._n_rooms == 0 or _n_sharable(met) > self._n_others + len(self._shared) * _MOST_UNSHARED + _LEAST_UNSHARED:
            self._share(room)
            large, met = [], []
            document = encode(room, large, self._shared.places, met)
            self._n_others = _n_sharable(met)
        elif self._n_rooms % ROOMS_A_COPY == 0 and self._shared_piece is not None:
            self._shared_piece = self._put(self._shared_content, plain=False)
        self._n_rooms += 1
        tables = [self._table(place, np.ascontiguousarray(table)) for place, table in enumerate(large)]
        digest = hashlib.sha256(self._shared_content).digest()
        return msgspec.msgpack.encode(_State(document, tables, self._shared_piece, digest))

    def _share(self, room: Room) -> None:
        """Write the objects of a room that never change, for this room and those to come; few are left where they are."""
        met: list[object] = []
        encode(room, [], {}, met)
        objects = never_changing(met)
        self._shared, self._shared_content, self._shared_piece = SharedObjects(), b"", None
        if len(objects) >= LEAST_SHARED:
            self._shared, self._shared_content = SharedObjects(objects), encode(objects)
            self._shared_piece = self._put(self._shared_content, plain=False)

    def _table(self, place: int, table: NDArray[Any]) -> _Table:
        if table.nbytes % _WORD:
            raise CodecError(f"a table of {table.nbytes} bytes is not made of words")
        now = table.reshape(-1).view(np.uint64)
        known = self._written[place] if place < len(self._written) else None
        if known is None or not self._changed(known, table, now):
            known = _Written(dtype=table.dtype, shape=table.shape, words=now, chunks=list(self._whole(now)))
            self._written[place : place + 1] = [known]
        known.words = now
        return _Table(dtype_to_descr(table.dtype), list(table.shape), known.chunks, list(known.changes), self._hot(table, now))

    def _hot(self, table: NDArray[Any], now: Words) -> int | None:
        records = _records(now, table.dtype)
        parts = [records[:, part] for part in _hot_parts(table.dtype)]
        return self._put(np.concatenate(parts, axis=1).tobytes(), plain=False) if parts else None

    def _whole(self, words: Words) -> Iterator[int]:
        raw = memoryview(words.view(np.uint8).data)
        for start in range(0, len(raw), CHUNK_BYTES):
            yield self._put(raw[start : start + CHUNK_BYTES], plain=True)

    def _changed(self, known: _Written, table: NDArray[Any], now: Words) -> bool:
        """Write what changed of a table since it was written; False where it is better written whole."""
        if (known.dtype, known.shape) != (table.dtype, table.shape):
            return False
        differ = _records(known.words != now, table.dtype)
        for part in _hot_parts(table.dtype):
            differ[:, part] = False
        places = np.flatnonzero(differ)
        if known.n_changed + len(places) + len(known.changes) * _WORDS_A_PIECE > _MOST_CHANGED * len(now):
            return False
        if len(places):
            content, n_runs = packed(places, now[places])
            known.changes.append((self._put(content, plain=True), n_runs, len(places)))
            known.n_changed += len(places)
        return True


class RoomReader:
    """Reads the rooms that a `RoomWriter` wrote; of any thread, but of one at a time."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._shared: dict[bytes, Sequence[object]] = {}

    def room(self, body: bytes) -> Room:
        """The room that `RoomWriter.body` wrote; raises `CodecError`, also where a piece of it is damaged."""
        try:
            state = msgspec.msgpack.decode(body, type=_State)
            shared = self._shared_objects(state)
            filling = _Filling(state.tables, self._pieces)
            with _quick_turns(), ThreadPoolExecutor(1, "tables") as beside:
                helped = beside.submit(filling.begin)
                room = decode(state.document, filling.made, shared, lambda: filling.finish(helped))
        except (msgspec.DecodeError, msgspec.ValidationError, ValueError, IndexError, TypeError) as error:
            raise CodecError(f"a checkpoint cannot be read ({type(error).__name__})") from error
        if not isinstance(room, Room):
            raise CodecError("a checkpoint is not what it should be")
        return room

    def _shared_objects(self, state: _State) -> Sequence[object]:
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
def _quick_turns() -> Iterator[None]:
    """While two threads share the interpreter, and one of them wants it for an instant only, again and again."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _blank(table: _Table) -> NDArray[Any]:
    descr = table.descr
    return np.empty(table.shape, descr_to_dtype([tuple(part) for part in descr] if isinstance(descr, list) else descr))


class _Filling:
    """Tables on their way back: nearly all of the work needs no interpreter, and a thread does it while the objects are read."""

    def __init__(self, tables: Sequence[_Table], pieces: Pieces) -> None:
        self.made = [_blank(table) for table in tables]
        self._tables, self._pieces = tables, pieces
        # The largest first: what changed of it waits for all of it.
        order = sorted(range(len(tables)), key=lambda at: -self.made[at].nbytes)
        self._left = deque(partial(self._read, at, *chunk) for at in order for chunk in _chunks(tables[at], self.made[at]))
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
            words = self.made[at].reshape(-1).view(np.uint64)
            for change in self._tables[at].changes:
                _change(words, self._pieces, change)

    def _put_hot(self, place: int) -> None:
        number, made = self._tables[place].hot, self.made[place]
        if number is None:
            return
        records = _records(made.reshape(-1).view(np.uint64), made.dtype)
        hot, at = np.frombuffer(_piece(self._pieces, number), np.uint64).reshape(len(records), -1), 0
        for part in _hot_parts(made.dtype):
            n = part.stop - part.start
            records[:, part], at = hot[:, at : at + n], at + n


def _numbers(table: _Table) -> Iterator[int]:
    """The pieces that a table is made of."""
    yield from table.chunks
    yield from (number for number, _, _ in table.changes)
    if table.hot is not None:
        yield table.hot


def _chunks(table: _Table, made: NDArray[Any]) -> Iterator[tuple[int, memoryview]]:
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


def _records(words: NDArray[Any], dtype: np.dtype[Any]) -> NDArray[Any]:
    """The words of a table, a row for each record."""
    return words.reshape(-1, max(1, dtype.itemsize // _WORD))


def _hot_parts(dtype: np.dtype[Any]) -> list[slice]:
    """Words of a record that are of fields that are no tables; none where records have no fields or are not made of words."""
    n_words = max(1, dtype.itemsize // _WORD)
    hot = np.zeros(n_words + 2, np.bool_)
    if dtype.itemsize % _WORD:
        return []
    for of, start, *_ in (dtype.fields or {}).values():
        if of.ndim < _TABLE:
            hot[1 + start // _WORD : 1 + (start + of.itemsize) // _WORD] = True
    bounds = np.flatnonzero(np.diff(hot)).tolist()
    return [slice(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]


def _n_sharable(objects: list[object]) -> int:
    return sum(map(may_never_change, objects))
