"""Finding any edit, deletion, insertion, reorder or cut in any table of the store, and naming the first bad entry."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn

import msgspec
from sqlalchemy import BigInteger, Column, ColumnElement, Connection, LargeBinary, Row, Select, Table, func, select, type_coerce
from sqlalchemy.exc import DatabaseError
from sqlalchemy.types import NullType

from backend_bridge.adapters.chain import (
    ORIGIN,
    MerkleTree,
    TickHashed,
    entry_hash,
    joined,
    leaf_of,
    record_digest,
    tick_hash,
)
from backend_bridge.adapters.store_reads import RETIRED, RETIRED_ENTRIES
from backend_bridge.adapters.store_schema import ENTRIES, FORMAT, HEAD, RECORDS, TICKS

AnyRow = Row[Any]
"""A row as the database gives it: its columns are those of its table, and whoever changed it may have put anything into them."""
_NEVER: Final = 2**63


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What an outside checkpoint says about the first `n` entries."""

    n: int
    root: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The result: `bad` is None when everything is as it was written, else a sentence that names the first bad entry."""

    n_entries: int
    n_ticks: int
    n_records: int
    bad: str | None
    n_named: int = 0
    """How many entries the newest checkpoint covers that the log itself names."""


class _Noted(msgspec.Struct, frozen=True, kw_only=True):
    """What is read of an entry that may be about a checkpoint."""

    event: str
    what: str = ""
    detail: str = ""


class _TamperedError(Exception):
    pass


def verify(connection: Connection, checkpoints: Sequence[Signed], reached: Callable[[int], None]) -> Verified:
    """Walk the whole store once; `reached` is told how many entries are done. Checkpoints are sorted by n."""
    walk = _Walk(list(checkpoints), reached)
    driver: Any = connection.connection.driver_connection
    driver.text_factory = _text
    try:
        walk.run(connection)
    except _TamperedError as error:
        return Verified(n_entries=walk.n, n_ticks=walk.k, n_records=walk.n_records, bad=str(error))
    except DatabaseError:
        bad = f"entry {walk.n + 1}: a page of the file that it needs is not as it was encrypted"
        return Verified(n_entries=walk.n, n_ticks=walk.k, n_records=walk.n_records, bad=bad)
    finally:
        driver.text_factory = str
    return Verified(n_entries=walk.n, n_ticks=walk.k, n_records=walk.n_records, bad=None, n_named=walk.n_named)


class _Walk:
    """One pass over ticks, and beside it over the entries and records that each tick wrote."""

    def __init__(self, checkpoints: list[Signed], reached: Callable[[int], None]) -> None:
        self.n = 0
        self.k = 0
        self.n_records = 0
        self.n_named = 0
        self._checkpoints = checkpoints
        self._reached = reached
        self._tick_hash = ORIGIN
        self._entry_hash = ORIGIN
        self._tree = MerkleTree()

    def run(self, connection: Connection) -> None:
        """Walk to the end; raises `_TamperedError` at the first thing that is not as it was written."""
        self._entries = _Stream(connection, ENTRIES, "n")
        self._records = _Stream(connection, RECORDS, "id")
        self._forgotten = _forgotten(connection)
        self._retired = _retired(connection, RECORDS.c.name != RETIRED_ENTRIES)
        self._without_text = _retired(connection, RECORDS.c.name == RETIRED_ENTRIES)
        for tick in _Stream(connection, TICKS, "k").rest():
            self._tick(tick)
            if self.k % 256 == 0:
                self._reached(self.n)
        if self._entries.next is not None:
            self._fail("stands in the log although no tick wrote it")
        if self._records.next is not None:
            self._fail(f"is followed by record {self._records.next.id} that no tick wrote")
        self._end(connection)

    def _fail(self, what: str, n: int | None = None) -> NoReturn:
        raise _TamperedError(f"entry {self.n + 1 if n is None else n}: {what}")

    def _check_kinds(self, table: Table, row: AnyRow, n: int | None = None) -> None:
        """Whether each value is of the kind that was written: the database keeps any kind in any column."""
        for column, value in zip(table.columns, row, strict=True):
            if not _is_of_kind(column, value):
                self._fail(f"{column.name} in the table {table.name}, to which it is bound, is of another kind than what was written", n)

    def _tick(self, tick: AnyRow) -> None:
        if tick.k != self.k + 1:
            self._fail(f"the tick {self.k + 1} that leads to it is missing")
        self._check_kinds(TICKS, tick)
        rows = joined(self._record_digests(tick.k))
        entries = self._entries_of(tick)
        for entry in entries:
            if entry.payload is None and entry.n in self._without_text:
                continue
            if entry.payload is None or entry.salt is None or leaf_of(entry.salt, entry.payload) != entry.leaf:
                self._fail("its text is not the one that was written", entry.n)
        hashed = tick_hash(
            self._tick_hash,
            TickHashed(
                k=tick.k,
                now_us=tick.now_us,
                n_after=tick.n_after,
                entry_hash_before=self._entry_hash,
                rows=rows,
                leaves=joined(entry.leaf for entry in entries),
            ),
        )
        if hashed != tick.hash:
            self._fail(f"the rows of tick {tick.k}, to which it is bound, are not those that were written")
        self._chain(entries, hashed)
        self.k = tick.k
        self._tick_hash = hashed

    def _record_digests(self, k: int) -> Iterator[bytes]:
        while (record := self._records.next) is not None and _tick_of(record) <= k:
            self._records.take()
            self.n_records += 1
            if record.id != self.n_records or record.tick != k:
                self._fail(f"record {self.n_records}, to which it is bound, is missing or out of its place")
            self._check_kinds(RECORDS, record)
            if record.body is None:
                if record.id >= self._forgotten.get(record.kind, 0) and record.id not in self._retired:
                    self._fail(f"the contents of record {record.id} ({record.kind}), to which it is bound, are missing")
            elif hashlib.sha256(record.body).digest() != record.sha:
                self._fail(f"the contents of record {record.id} ({record.kind}), to which it is bound, were changed")
            numbers = (record.id, record.tick, record.from_us, record.to_us, record.size)
            yield record_digest(numbers=numbers, kind=record.kind, name=record.name, sha=record.sha)

    def _entries_of(self, tick: AnyRow) -> list[AnyRow]:
        entries = []
        for n in range(self.n + 1, tick.n_after + 1):
            entry = self._entries.next
            if entry is None or entry.n != n or entry.tick != tick.k:
                self._fail("is missing or out of its place", n)
            self._check_kinds(ENTRIES, entry, n)
            entries.append(self._entries.take())
        if self._entries.next is not None and _tick_of(self._entries.next) <= tick.k:
            self._fail("stands in the log although its tick did not write it", tick.n_after + 1)
        return entries

    def _chain(self, entries: list[AnyRow], hashed: bytes) -> None:
        for entry in entries:
            expected = entry_hash(self._entry_hash, entry.n, entry.at_us, entry.leaf, hashed)
            if expected != entry.hash:
                self._fail("its place in the chain was changed", entry.n)
            self._entry_hash = expected
            self._tree.append(expected)
            self.n = entry.n
            self.n_named = max(self.n_named, _n_named(entry.payload))
            while self._checkpoints and self._checkpoints[0].n == self.n:
                if self._checkpoints.pop(0).root != self._tree.root():
                    self._fail("the log up to it is not the one that was signed outside", self.n)

    def _end(self, connection: Connection) -> None:
        if self._checkpoints:
            self._fail(f"is missing: {self._checkpoints[-1].n} entries were signed outside, {self.n} are left")
        heads = [tuple(head) for head in connection.execute(_as_it_lies(HEAD))]
        if heads != [(1, FORMAT, self.k, self.n, self._tick_hash, self._entry_hash)]:
            self._fail("the store does not end where its head says; its tail was cut or its head was changed")
        self._reached(self.n)


def _forgotten(connection: Connection) -> dict[str, int]:
    """For each kind of record the id below which bodies were dropped by rule."""
    query = select(RECORDS.c.name, func.max(RECORDS.c.size)).where(RECORDS.c.kind == "forgotten").group_by(RECORDS.c.name)
    return {row[0]: row[1] for row in connection.execute(query) if isinstance(row[1], int)}


def _retired(connection: Connection, which: ColumnElement[bool]) -> frozenset[int]:
    """The numbers of what went because the positions in it were too old; the rows that say so are bound like any other."""
    query = select(RECORDS.c.body).where(RECORDS.c.kind == RETIRED, RECORDS.c.body.is_not(None), which)
    try:
        return frozenset(number for body in connection.execute(query).scalars() for number in msgspec.msgpack.decode(body, type=list[int]))
    except (msgspec.DecodeError, TypeError):
        return frozenset()  # a changed row is named when the walk comes to it


def _as_it_lies(table: Table) -> "Select[*tuple[Any, ...]]":
    """All columns of a table, whatever they hold."""
    columns: list[ColumnElement[Any]] = [type_coerce(column, NullType()).label(column.name) for column in table.columns]
    return select(*columns)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _is_of_kind(column: Column[Any], value: object) -> bool:
    if value is None:
        return bool(column.nullable)
    if isinstance(column.type, BigInteger):
        return isinstance(value, int)
    if isinstance(column.type, LargeBinary):
        return isinstance(value, bytes)
    return isinstance(value, str) and _text(value.encode("utf-8", "replace")) == value


def _tick_of(row: AnyRow) -> int:
    """The tick that a row says it belongs to; what is no number at all belongs to none that comes."""
    return row.tick if isinstance(row.tick, int) else _NEVER


def _n_named(payload: bytes | None) -> int:
    """How many entries were signed outside, if an entry says that; else 0."""
    if payload is None or b'"checkpoint"' not in payload:
        return 0
    try:
        noted = msgspec.json.decode(payload, type=_Noted)
        is_one = noted.event == "bridge" and noted.what == "checkpoint"
        return int(noted.detail.partition(" ")[0]) if is_one else 0
    except (msgspec.DecodeError, ValueError):
        return 0  # what is no such entry says nothing about checkpoints


class _Stream:
    """The rows of a table in the order of their key, with one row of look-ahead."""

    def __init__(self, connection: Connection, table: Table, key: str) -> None:
        self._rows = _pages(connection, table, key)
        self.next: AnyRow | None = next(self._rows, None)

    def take(self) -> AnyRow:
        """The next row, which must be there."""
        row = self.next
        if row is None:
            raise LookupError
        self.next = next(self._rows, None)
        return row

    def rest(self) -> Iterator[AnyRow]:
        """All rows that are left."""
        while self.next is not None:
            yield self.take()


def _pages(connection: Connection, table: Table, key: str) -> Iterator[AnyRow]:
    column = table.c[key]
    size = 50 if table is RECORDS else 2_000
    last: int | None = None
    while True:
        query = _as_it_lies(table).order_by(column).limit(size)
        rows = connection.execute(query if last is None else query.where(column > last)).fetchall()
        yield from rows
        if len(rows) < size:
            return
        last = getattr(rows[-1], key)
