"""Reading the store beside its writer: log lines, fixes, the newest snapshot and what came after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, func, select

from backend_bridge.adapters.store_engine import open_engine
from backend_bridge.adapters.store_schema import ENTRIES, HEAD, RECORDS

_PAGE: Final = 1_000
_RECORDS_PAGE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecord:
    """A record with its body."""

    id: int
    tick: int
    kind: str
    name: str
    from_us: int
    to_us: int
    size: int
    body: bytes


class StoreReader:
    """Reads of one store; safe to use from any thread, because every read has its own connection."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, folder: Path, key: bytes) -> "StoreReader":
        """A reader of the store of `folder`, which must exist."""
        return cls(open_engine(folder, key))

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A connection for one read, closed afterwards."""
        with self._engine.connect() as connection:
            yield connection

    def last_n(self) -> int:
        """Number of the newest log entry, 0 for none."""
        with self.connection() as connection:
            return int(connection.execute(select(HEAD.c.n)).scalar_one())

    def lines(self, since: int, until: int | None = None) -> Iterator[tuple[int, bytes]]:
        """(n, exact bytes) of the log entries with since < n ≤ until, in order; an erased one is a line that says so."""
        query = select(ENTRIES.c.n, ENTRIES.c.payload).order_by(ENTRIES.c.n).limit(_PAGE)
        while True:
            with self.connection() as connection:
                page = query.where(ENTRIES.c.n > since)
                rows = connection.execute(page if until is None else page.where(ENTRIES.c.n <= until)).fetchall()
            for row in rows:
                yield row.n, row.payload if row.payload is not None else b'{"n":%d,"event":"erased"}' % row.n
            if len(rows) < _PAGE:
                return
            since = rows[-1].n

    def newest(self, kind: str, name: str | None = None) -> StoredRecord | None:
        """The newest record of a kind that still has its body."""
        query = select(RECORDS).where(RECORDS.c.kind == kind, RECORDS.c.body.is_not(None))
        if name is not None:
            query = query.where(RECORDS.c.name == name)
        with self.connection() as connection:
            row = connection.execute(query.order_by(RECORDS.c.id.desc()).limit(1)).one_or_none()
        return None if row is None else _record(row)

    def records(self, kinds: tuple[str, ...], *, after_tick: int = 0) -> Iterator[StoredRecord]:
        """The records of some kinds that still have bodies, of ticks after `after_tick`, in order."""
        last = 0
        query = select(RECORDS).where(RECORDS.c.kind.in_(kinds), RECORDS.c.tick > after_tick, RECORDS.c.body.is_not(None))
        while True:
            with self.connection() as connection:
                rows = connection.execute(query.where(RECORDS.c.id > last).order_by(RECORDS.c.id).limit(_RECORDS_PAGE)).fetchall()
            yield from (_record(row) for row in rows)
            if len(rows) < _RECORDS_PAGE:
                return
            last = rows[-1].id

    def count(self, kind: str) -> int:
        """The sum of the sizes of the records of a kind."""
        with self.connection() as connection:
            return int(connection.execute(select(func.sum(RECORDS.c.size)).where(RECORDS.c.kind == kind)).scalar_one() or 0)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def _record(row: Row[Any]) -> StoredRecord:
    return StoredRecord(
        id=row.id, tick=row.tick, kind=row.kind, name=row.name, from_us=row.from_us, to_us=row.to_us, size=row.size, body=row.body
    )
