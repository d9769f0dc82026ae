"""A room as pieces of which most are shared with the rooms before it: what a checkpoint of a recording is made of.

The large tables of a room (half an hour of fixes of everybody) change little from one checkpoint to the next. Now and then they are
written whole, as they lie in memory, so that reading them is no work; beside that only what changed since the room before. Fields of a
record that are no tables themselves change with every fix and are written each time. What changed in the last rooms is enough for a
glimpse of a room, whose tracks remember minutes only. Objects that never change, such as cases, are written once for
many rooms and read once. Everything else stands in a document of `state_columns`.
"""

import hashlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import msgspec
import numpy as np
from numpy.lib.format import dtype_to_descr
from numpy.typing import NDArray

from backend_bridge.adapters.changed_words import Words, packed
from backend_bridge.adapters.state_codec import CodecError
from backend_bridge.adapters.state_columns import encode
from backend_bridge.adapters.state_columns_shared import SharedObjects, may_never_change, never_changing
from backend_bridge.application.room_state import Room
from backend_bridge.domain.breach.track_glimpse import newest_of
from backend_bridge.domain.breach.track_table import TRACK

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
RECENT_ROOMS: Final = 8
"""A glimpse of a room has what changed in the tables of tracks since so many rooms before; rooms after fewer can only be read whole."""
_MOST_RECENT: Final = 0.25
"""Where so large a share of a table changed in them, a glimpse is hardly less to read than all of it."""
_WORD: Final = 8
_TABLE: Final = 2
"""Dimensions of a field from which it is a table."""


class PutPiece(Protocol):
    """Keeps a piece; its number."""

    def __call__(self, content: bytes | memoryview, /, *, plain: bool) -> int:
        """`plain`: it need not be made smaller, and is asked for with room for it."""


class StoredTable(msgspec.Struct, frozen=True, array_like=True):
    """How a table is to be put together from pieces."""

    descr: Any
    shape: list[int]
    chunks: list[int]
    changes: list[tuple[int, int, int]]
    """Pieces with what changed since: its number, how many runs of words, how many words."""
    hot: int | None
    """The piece with the fields that are no tables; None where there are none."""
    recent: list[tuple[int, int, int]] | None
    """Of tracks, the pieces with what changed in the last rooms; None where those are too few, and of other tables."""
    newest: int | None
    """Of tracks, the piece with `newest_of`."""


class StoredRoom(msgspec.Struct, frozen=True, array_like=True):
    """A room but for its tables and what it shares with others."""

    document: bytes
    tables: list[StoredTable]
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
    recent: deque[tuple[int, int, int] | None] = field(default_factory=lambda: deque(maxlen=RECENT_ROOMS))
    """Of the last rooms what changed in each; None where nothing did."""

    @property
    def told_recently(self) -> list[tuple[int, int, int]] | None:
        """What changed in the last rooms, of tracks that have been written often enough and have not changed altogether."""
        changes = [change for change in self.recent if change is not None]
        is_enough = self.dtype == TRACK and len(self.recent) == RECENT_ROOMS
        return changes if is_enough and sum(n_words for *_, n_words in changes) <= _MOST_RECENT * len(self.words) else None


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
        return msgspec.msgpack.encode(StoredRoom(document, tables, self._shared_piece, digest))

    def _share(self, room: Room) -> None:
        """Write the objects of a room that never change, for this room and those to come; few are left where they are."""
        met: list[object] = []
        encode(room, [], {}, met)
        objects = never_changing(met)
        self._shared, self._shared_content, self._shared_piece = SharedObjects(), b"", None
        if len(objects) >= LEAST_SHARED:
            self._shared, self._shared_content = SharedObjects(objects), encode(objects)
            self._shared_piece = self._put(self._shared_content, plain=False)

    def _table(self, place: int, table: NDArray[Any]) -> StoredTable:
        if table.nbytes % _WORD:
            raise CodecError(f"a table of {table.nbytes} bytes is not made of words")
        now = table.reshape(-1).view(np.uint64)
        known = self._written[place] if place < len(self._written) else None
        if known is None or (known.dtype, known.shape) != (table.dtype, table.shape):
            known = _Written(dtype=table.dtype, shape=table.shape, words=now, chunks=list(self._whole(now)))
            self._written[place : place + 1] = [known]
        else:
            self._bring_up(known, now)
        newest = self._put(newest_of(table).tobytes(), plain=False) if table.dtype == TRACK else None
        return StoredTable(
            dtype_to_descr(table.dtype),
            list(table.shape),
            known.chunks,
            list(known.changes),
            self._hot(table, now),
            known.told_recently,
            newest,
        )

    def _bring_up(self, known: _Written, now: Words) -> None:
        """Write what changed of a table since the last room, and the whole of it where that has become much."""
        places = _changed(known, now)
        change = None
        if len(places):
            content, n_runs = packed(places, now[places])
            change = self._put(content, plain=True), n_runs, len(places)
            known.changes.append(change)
            known.n_changed += len(places)
        known.recent.append(change)
        known.words = now
        if known.n_changed + len(known.changes) * _WORDS_A_PIECE > _MOST_CHANGED * len(now):
            known.chunks, known.changes, known.n_changed = list(self._whole(now)), [], 0

    def _hot(self, table: NDArray[Any], now: Words) -> int | None:
        rows = records(now, table.dtype)
        parts = [rows[:, part] for part in hot_parts(table.dtype)]
        return self._put(np.concatenate(parts, axis=1).tobytes(), plain=False) if parts else None

    def _whole(self, words: Words) -> Iterator[int]:
        raw = memoryview(words.view(np.uint8).data)
        for start in range(0, len(raw), CHUNK_BYTES):
            yield self._put(raw[start : start + CHUNK_BYTES], plain=True)


def _changed(known: _Written, now: Words) -> NDArray[np.intp]:
    """Which words of a table are to be written since it was written last: of tables in a record whole rows, but none that are hot.

    Rows at the same place of tables of one length belong together, as a fix and what was thought then: both are written or neither.
    """
    differ = records(known.words != now, known.dtype)
    for part in hot_parts(known.dtype):
        differ[:, part] = False
    together: dict[int, list[NDArray[np.bool_]]] = {}
    for of, start, *_ in (known.dtype.fields or {}).values():
        if of.ndim == _TABLE:
            rows = differ[:, start // _WORD : (start + of.itemsize) // _WORD].reshape(len(differ), *of.shape)
            together.setdefault(of.shape[0], []).append(rows)
    for tables in together.values():
        is_changed = np.logical_or.reduce([rows.any(axis=2, keepdims=True) for rows in tables])
        for rows in tables:
            np.logical_or(rows, is_changed, out=rows)
    return np.flatnonzero(differ)


def records(words: NDArray[Any], dtype: np.dtype[Any]) -> NDArray[Any]:
    """The words of a table, a row for each record."""
    return words.reshape(-1, max(1, dtype.itemsize // _WORD))


def hot_parts(dtype: np.dtype[Any]) -> list[slice]:
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
