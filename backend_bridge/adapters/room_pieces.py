"""A room as pieces of which most are shared with the rooms before it: what a checkpoint of a recording is made of.

The large tables of a room (half an hour of fixes of everybody) change little from one checkpoint to the next. Now and then they are
written whole, as they lie in memory, so that reading them is no work; after that only the words that changed. Fields of a record that
are no tables themselves change with every fix and are written each time. Everything else stands in a document of `state_columns`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import msgspec
import numpy as np
from numpy.lib.format import descr_to_dtype, dtype_to_descr
from numpy.typing import NDArray

from backend_bridge.adapters.state_codec import CodecError
from backend_bridge.adapters.state_columns import decode, encode
from backend_bridge.application.room_state import Room

CHUNK_BYTES: Final = 4 << 20
"""A table is written whole in pieces of so much, so that reading it needs little more memory than it has itself."""
_MOST_CHANGED: Final = 0.5
"""A table is written whole again when what changed since then comes to this share of it."""
_WORD: Final = 8
_TABLE: Final = 2
"""Dimensions of a field from which it is a table."""
Words = NDArray[np.uint64]


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


class _Table(msgspec.Struct, frozen=True, array_like=True):
    descr: Any
    shape: list[int]
    chunks: list[int]
    changes: list[int]
    hot: bytes


class _State(msgspec.Struct, frozen=True, array_like=True):
    document: bytes
    tables: list[_Table]


class _Changes(msgspec.Struct, frozen=True, array_like=True):
    steps: bytes
    """From one changed word to the next, uint32."""
    words: bytes


@dataclass(slots=True, kw_only=True)
class _Written:
    """A table as it was last written."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    words: Words
    chunks: list[int]
    changes: list[int] = field(default_factory=list)
    n_changed: int = 0


class RoomWriter:
    """Writes the rooms of one recording, one after another."""

    def __init__(self, put: PutPiece) -> None:
        self._put = put
        self._written: list[_Written] = []

    def body(self, room: Room) -> bytes:
        """Put what is new of a room; the bytes that it is made of again, together with the pieces."""
        large: list[NDArray[Any]] = []
        document = encode(room, large)
        tables = [self._table(place, np.ascontiguousarray(table)) for place, table in enumerate(large)]
        return msgspec.msgpack.encode(_State(document, tables))

    def _table(self, place: int, table: NDArray[Any]) -> _Table:
        if table.nbytes % _WORD:
            raise CodecError(f"a table of {table.nbytes} bytes is not made of words")
        now = table.reshape(-1).view(np.uint64)
        known = self._written[place] if place < len(self._written) else None
        if known is None or not self._changed(known, table, now):
            known = _Written(dtype=table.dtype, shape=table.shape, words=now, chunks=list(self._whole(now)))
            self._written[place : place + 1] = [known]
        known.words = now
        hot = np.ascontiguousarray(_records(now, table.dtype)[:, _hot_words(table.dtype)]).tobytes()
        return _Table(dtype_to_descr(table.dtype), list(table.shape), known.chunks, list(known.changes), hot)

    def _whole(self, words: Words) -> Iterator[int]:
        raw = memoryview(words.view(np.uint8).data)
        for start in range(0, len(raw), CHUNK_BYTES):
            yield self._put(raw[start : start + CHUNK_BYTES], plain=True)

    def _changed(self, known: _Written, table: NDArray[Any], now: Words) -> bool:
        """Write what changed of a table since it was written; False where it is better written whole."""
        if (known.dtype, known.shape) != (table.dtype, table.shape):
            return False
        differ = _records(known.words != now, table.dtype)
        differ[:, _hot_words(table.dtype)] = False
        places = np.flatnonzero(differ)
        if known.n_changed + len(places) > _MOST_CHANGED * len(now):
            return False
        if len(places):
            steps = np.diff(places, prepend=0).astype(np.uint32)
            known.changes.append(self._put(msgspec.msgpack.encode(_Changes(steps.tobytes(), now[places].tobytes())), plain=False))
            known.n_changed += len(places)
        return True


def room_of(body: bytes, pieces: Pieces) -> Room:
    """The room that `RoomWriter.body` wrote; raises `CodecError`, also where a piece of it is damaged."""
    try:
        state = msgspec.msgpack.decode(body, type=_State)
        room = decode(state.document, [_read(table, pieces) for table in state.tables])
    except (msgspec.DecodeError, msgspec.ValidationError, ValueError, IndexError, TypeError) as error:
        raise CodecError(f"a checkpoint cannot be read ({type(error).__name__})") from error
    if not isinstance(room, Room):
        raise CodecError("a checkpoint is not what it should be")
    return room


def _read(table: _Table, pieces: Pieces) -> NDArray[Any]:
    descr = table.descr
    dtype = descr_to_dtype([tuple(part) for part in descr] if isinstance(descr, list) else descr)
    made = np.empty(table.shape, dtype)
    words = made.reshape(-1).view(np.uint64)
    _read_whole(table.chunks, pieces, memoryview(words.view(np.uint8).data))
    for number in table.changes:
        found = pieces.piece(number)
        if found is None:
            raise CodecError("a piece of the checkpoint is damaged")
        changes = msgspec.msgpack.decode(found, type=_Changes)
        places = np.cumsum(np.frombuffer(changes.steps, np.uint32), dtype=np.int64)
        words[places] = np.frombuffer(changes.words, np.uint64)
    hot = _hot_words(dtype)
    if hot.any():
        records = _records(words, dtype)
        records[:, hot] = np.frombuffer(table.hot, np.uint64).reshape(len(records), -1)
    return made


def _read_whole(chunks: Sequence[int], pieces: Pieces, room: memoryview) -> None:
    for place, number in enumerate(chunks):
        if not pieces.piece_into(number, room[place * CHUNK_BYTES : (place + 1) * CHUNK_BYTES]):
            raise CodecError("a piece of the checkpoint is damaged")


def _records(words: NDArray[Any], dtype: np.dtype[Any]) -> NDArray[Any]:
    """The words of a table, a row for each record."""
    return words.reshape(-1, max(1, dtype.itemsize // _WORD))


def _hot_words(dtype: np.dtype[Any]) -> NDArray[np.bool_]:
    """(words of a record,) those of fields that are no tables; none where records have no fields or are not made of words."""
    hot = np.zeros(max(1, dtype.itemsize // _WORD), np.bool_)
    if dtype.itemsize % _WORD:
        return hot
    for of, start, *_ in (dtype.fields or {}).values():
        if of.ndim < _TABLE:
            hot[start // _WORD : (start + of.itemsize) // _WORD] = True
    return hot
