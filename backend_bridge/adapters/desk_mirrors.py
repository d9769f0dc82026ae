"""What the desks of one view are shown: the rows as last published, and what is new, encoded once for all who share it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from backend_bridge.application.rows import PositionFrame, Row
from backend_bridge.application.tables import Table, TableChange, key_of
from backend_bridge.desk_protocol import RowSet, encode_part

ROWS_A_MESSAGE: Final = 40
"""Rows that go into one message."""
MOST_BYTES: Final = 32_000
"""Bytes of a message with more than one row, a second of a link of 256 kbit/s: while a long one is on its way a desk hears nothing else,
takes the link for lost and begins anew, for ever."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A row set as bytes, and the changes that it says."""

    raw: msgspec.Raw
    changes: tuple[TableChange, ...]


class ViewMirror:
    """The rows and the newest positions of one view; belongs to the gate's thread."""

    def __init__(self) -> None:
        self._rows: dict[Table, dict[str, Row]] = {table: {} for table in Table}
        self._frame: PositionFrame | None = None
        self._frame_raw: msgspec.Raw | None = None

    def apply(self, changes: Iterable[TableChange]) -> tuple[TableChange, ...]:
        """Take changes in, and return those that change anything."""
        return tuple(real for change in changes if (real := self._applied(change)) is not None)

    def become(self, changes: Iterable[TableChange], awaited: Mapping[Table, frozenset[str]] | None = None) -> tuple[TableChange, ...]:
        """Take a whole view in, tables that are not named being empty, and return how it differs from the one before.

        `awaited` are rows of it that come a moment later: where they are held already they stay as they are until then.
        """
        put = {change.table: change.put for change in changes}
        stay = awaited or {}
        return self.apply(
            TableChange(
                table=table,
                put=put.get(table, ()),
                gone=tuple(self._rows[table].keys() - set(map(key_of, put.get(table, ()))) - stay.get(table, frozenset())),
            )
            for table in Table
        )

    def whole(self) -> tuple[TableChange, ...]:
        """All rows as they stand."""
        return tuple(TableChange(table=table, put=tuple(rows.values())) for table, rows in self._rows.items() if rows)

    def take_frame(self, frame: PositionFrame) -> None:
        """The newest positions; the ones before are forgotten."""
        self._frame, self._frame_raw = frame, None

    @property
    def frame(self) -> PositionFrame | None:
        """The newest positions; None before the first."""
        return self._frame

    def frame_raw(self) -> msgspec.Raw | None:
        """The newest positions as bytes."""
        if self._frame_raw is None and self._frame is not None:
            self._frame_raw = encode_part(self._frame)
        return self._frame_raw

    def _applied(self, change: TableChange) -> TableChange | None:
        rows = self._rows[change.table]
        gone = tuple(key for key in change.gone if rows.pop(key, None) is not None)
        put = tuple(row for row in change.put if rows.get(key_of(row)) != row)
        rows.update((key_of(row), row) for row in put)
        return TableChange(table=change.table, put=put, gone=gone) if put or gone else None


def _halved(part: Encoded) -> Iterator[Encoded]:
    """The same rows in as few messages of `MOST_BYTES` as halving makes."""
    rows = [(change.table, row) for change in part.changes for row in change.put]
    if len(part.raw) <= MOST_BYTES or len(rows) < 2:
        yield part
        return
    for half in (rows[: len(rows) // 2], rows[len(rows) // 2 :]):
        tables = dict.fromkeys(table for table, _ in half)
        puts = ((table, tuple(row for at, row in half if at is table)) for table in tables)
        yield from _halved(_encoded_one(tuple(TableChange(table=table, put=put) for table, put in puts)))


def encoded(changes: Iterable[TableChange]) -> Iterator[Encoded]:
    """The changes as messages of at most `ROWS_A_MESSAGE` rows and `MOST_BYTES`, in order; keys that are gone come first."""
    changes = tuple(changes)
    gone = tuple(TableChange(table=change.table, gone=change.gone) for change in changes if change.gone)
    if gone:
        yield _encoded_one(gone)
    part: list[TableChange] = []
    room = ROWS_A_MESSAGE
    for change in changes:
        rest = change.put
        while rest:
            part.append(TableChange(table=change.table, put=rest[:room]))
            room, rest = room - len(rest[:room]), rest[room:]
            if room == 0:
                yield from _halved(_encoded_one(tuple(part)))
                part, room = [], ROWS_A_MESSAGE
    if part:
        yield from _halved(_encoded_one(tuple(part)))


def nothing() -> Encoded:
    """A message without rows: the one part of an empty snapshot."""
    return _encoded_one(())


def _encoded_one(changes: tuple[TableChange, ...]) -> Encoded:
    tables = {change.table.value: change.put for change in changes if change.put}
    gone = {change.table: change.gone for change in changes if change.gone}
    return Encoded(encode_part(RowSet(**tables, gone=gone)), changes)  # type: ignore[arg-type]  # a table's rows are of its own kind
