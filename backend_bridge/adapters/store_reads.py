"""Reading the store beside its writer: log lines, fixes, the newest snapshot and what came after it."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, Select, func, or_, select, tuple_

from backend_bridge.adapters.case_keys import FILE_NAME as KEYS_NAME
from backend_bridge.adapters.case_keys import CaseKeys
from backend_bridge.adapters.sealing import opened, sealed_like
from backend_bridge.adapters.store_engine import open_engine
from backend_bridge.adapters.store_schema import ENTRIES, HEAD, RECORDS, TICKS
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.domain.outcomes.events import ERASED

_PAGE: Final = 1_000
_RECORDS_PAGE: Final = 200
_TRACKS: Final = ("track", "rest")
_NONE_REMADE: Final[Mapping[int, Row[Any]]] = MappingProxyType({})
RETIRED: Final = "retired"
"""Kind of the rows that say which bodies went because the positions in them were too old, and how many fixes that were."""
RETIRED_OF: Final = "retired-of"
"""Kind of the rows beside those that say of which devices the fixes were."""
RETIRED_EVENTS: Final = "event"
"""What such a row is called that says it of events and of the inputs that they came with."""
RETIRED_ENTRIES: Final = "entry"
"""What such a row is called that says it of entries of the log, by their numbers."""
_INPUT: Final = "taken"
REMADE: Final = "remade"
"""Kind of the rows that stand for the retired input of an earlier turn, whose row's id is their name."""
REMADE_ENTRY: Final = "remade-entry"
"""Kind of the rows that stand for the retired text of an entry, whose number is their name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """An entry of the log whose text can be read as it was written."""

    n: int
    text: bytes
    stored: bytes
    """The same as it lies in the store, sealed."""


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
    held_by: int
    """The row in which the body lies: mostly the record's own."""


class StoreReader:
    """Reads of one store; safe to use from any thread, because every read has its own connection."""

    def __init__(self, engine: Engine, keys: CaseKeys | None = None) -> None:
        """Without `keys` nothing can be read that is sealed under one."""
        self._engine = engine
        self._keys = keys
        self._kept: Connection | None = None

    @classmethod
    def open(cls, folder: Path, key: bytes, keys: CaseKeys | None = None) -> "StoreReader":
        """A reader of the store of `folder`, which must exist; `keys` are those of the folder's one writer."""
        return cls(open_engine(folder, key), keys or CaseKeys(folder / KEYS_NAME, key, read_only=True))

    def part(self, stored: bytes) -> bytes | None:
        """A part of a body as it was before it was sealed; None when its key is destroyed."""
        return opened(self._keys, stored)

    def part_like(self, stored: bytes, plain: bytes) -> bytes | None:
        """Another text in the place of a part, under the same key; None when that is destroyed."""
        return sealed_like(self._keys, stored, plain)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A connection for one read, closed afterwards."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def kept_connection(self) -> Iterator[Connection]:
        """The one connection that stays open between look-ups, of which there may be thousands a second; for the engine's thread alone."""
        if self._kept is None:
            self._kept = self._engine.connect()
        try:
            yield self._kept
        finally:
            self._kept.rollback()

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees the store as it is now for as long as it is open, whatever is written meanwhile."""
        with self._engine.connect() as connection:
            # The driver begins a transaction before it writes, not before it reads.
            connection.exec_driver_sql("BEGIN")
            yield connection

    def last_n(self) -> int:
        """Number of the newest log entry, 0 for none."""
        with self.connection() as connection:
            return int(connection.execute(select(HEAD.c.n)).scalar_one())

    def lines(self, since: int, until: int | None = None) -> Iterator[tuple[int, bytes]]:
        """(n, exact bytes) of the log entries with since < n ≤ until, in order; an erased one is a line that says so, and when it was."""
        query = select(ENTRIES.c.n, ENTRIES.c.at_us, ENTRIES.c.payload).order_by(ENTRIES.c.n).limit(_PAGE)
        while True:
            with self.connection() as connection:
                page = query.where(ENTRIES.c.n > since)
                rows = connection.execute(page if until is None else page.where(ENTRIES.c.n <= until)).fetchall()
                remade = _remade(connection, REMADE_ENTRY, [row.n for row in rows if row.payload is None])
            for row in rows:
                stored = remade[row.n].body if row.n in remade else row.payload
                payload = None if stored is None else self.part(stored)
                yield row.n, payload if payload is not None else _erased(row.n, row.at_us)
            if len(rows) < _PAGE:
                return
            since = rows[-1].n

    def entry_hashes(self, since: int) -> Iterator[bytes]:
        """The chain hashes of the entries with n > since, in order."""
        with self.connection() as connection:
            yield from connection.execute(select(ENTRIES.c.hash).where(ENTRIES.c.n > since).order_by(ENTRIES.c.n)).scalars()

    def newest(self, kind: str, name: str | None = None) -> StoredRecord | None:
        """The newest record of a kind that still has its body."""
        query = select(RECORDS).where(RECORDS.c.kind == kind, RECORDS.c.body.is_not(None))
        if name is not None:
            query = query.where(RECORDS.c.name == name)
        with self.connection() as connection:
            row = connection.execute(query.order_by(RECORDS.c.id.desc()).limit(1)).one_or_none()
        return None if row is None else next(self._readable([row]), None)

    def newest_first(self, kind: str) -> list[StoredRecord]:
        """The records of a kind that still have bodies, newest first."""
        query = select(RECORDS).where(RECORDS.c.kind == kind, RECORDS.c.body.is_not(None)).order_by(RECORDS.c.id.desc())
        with self.connection() as connection:
            return list(self._readable(connection.execute(query)))

    def is_without_body(self, kind: str, after_tick: int) -> bool:
        """Whether a record of a kind, of a tick after that one, has its body no longer."""
        of_kind = RECORDS.c.kind.concat("") == kind  # no comparison for an index: of one kind there are millions, after one tick few
        query = select(RECORDS.c.id).where(of_kind, RECORDS.c.tick > after_tick, RECORDS.c.body.is_(None)).limit(1)
        with self.connection() as connection:
            return connection.execute(query).first() is not None

    def newest_id(self, kind: str) -> int | None:
        """The id of the newest record of a kind."""
        query = select(RECORDS.c.id).where(RECORDS.c.kind == kind).order_by(RECORDS.c.id.desc()).limit(1)
        with self.connection() as connection:
            return connection.execute(query).scalar_one_or_none()

    def last_us(self) -> int:
        """Time of the newest tick, 0 for none."""
        with self.connection() as connection:
            return connection.execute(select(TICKS.c.now_us).order_by(TICKS.c.k.desc()).limit(1)).scalar_one_or_none() or 0

    def ticks(self, after: int) -> Iterator[list[StoredRecord]]:
        """What every tick after `after` took in, tick by tick."""
        for _, records in groupby(self.records(("taken", "fixes"), after_tick=after), key=lambda record: record.tick):
            yield list(records)

    def newest_by_name(self, kind: str) -> list[StoredRecord]:
        """For every name of a kind its newest record."""
        newest = select(func.max(RECORDS.c.id)).where(RECORDS.c.kind == kind).group_by(RECORDS.c.name)
        with self.connection() as connection:
            query = select(RECORDS).where(RECORDS.c.id.in_(newest)).order_by(RECORDS.c.id)
            return list(self._readable(connection.execute(query)))

    def records(self, kinds: tuple[str, ...], *, after_tick: int = 0) -> Iterator[StoredRecord]:
        """The records of some kinds that still have bodies, or that others stand for, of ticks after `after_tick`, in order."""
        last = 0
        query = select(RECORDS).where(RECORDS.c.kind.in_(kinds), RECORDS.c.tick > after_tick)
        query = query.where(or_(RECORDS.c.body.is_not(None), RECORDS.c.kind == _INPUT)) if _INPUT in kinds else _with_body(query)
        while True:
            with self.connection() as connection:
                rows = connection.execute(query.where(RECORDS.c.id > last).order_by(RECORDS.c.id).limit(_RECORDS_PAGE)).fetchall()
                remade = _remade(connection, REMADE, [row.id for row in rows if row.body is None])
            yield from self._readable(rows, remade)
            if len(rows) < _RECORDS_PAGE:
                return
            last = rows[-1].id

    def inputs_of(self, ticks: Collection[int]) -> list[StoredRecord]:
        """What these ticks took in, without what is gone of it."""
        query = select(RECORDS).where(RECORDS.c.kind == _INPUT, RECORDS.c.tick.in_(ticks)).order_by(RECORDS.c.id)
        with self.connection() as connection:
            rows = connection.execute(query).fetchall()
            remade = _remade(connection, REMADE, [row.id for row in rows if row.body is None])
        return list(self._readable(rows, remade))

    def tracks(self, share: str, from_us: int, to_us: int) -> list[StoredRecord]:
        """The track records of a share of the devices that may hold fixes measured in [from_us, to_us)."""
        query = (
            select(RECORDS)
            .where(RECORDS.c.kind.in_(_TRACKS), RECORDS.c.name == share, RECORDS.c.from_us < to_us, RECORDS.c.to_us >= from_us)
            .where(RECORDS.c.body.is_not(None))
            .order_by(RECORDS.c.id)
        )
        with self.connection() as connection:
            return list(self._readable(connection.execute(query)))

    def tracks_of(self, share: str, stretches: Sequence[tuple[int, int]]) -> Iterator[StoredRecord]:
        """The track records of a share that may hold fixes of [from, to) of any stretch, one after the other, each once.

        The stretches are of one length and in order. For the engine's thread.
        """
        ends = [end for _, end in stretches]
        spans = select(RECORDS.c.id, RECORDS.c.from_us, RECORDS.c.to_us).where(RECORDS.c.kind.in_(_TRACKS), RECORDS.c.name == share)
        spans = _with_body(spans).where(RECORDS.c.from_us < ends[-1], RECORDS.c.to_us >= stretches[0][0]).order_by(RECORDS.c.id)
        with self.kept_connection() as connection:
            for row in connection.execute(spans).fetchall():
                next_stretch = stretches[bisect_right(ends, row.from_us)]
                if next_stretch[0] <= row.to_us:
                    yield from self._readable(connection.execute(select(RECORDS).where(RECORDS.c.id == row.id)).fetchall())

    def tick_after(self, at_us: int) -> int:
        """The first tick that is later than `at_us`, one more than the last where none is: ticks and their times grow together."""
        with self.connection() as connection:
            low = connection.execute(select(func.min(TICKS.c.k))).scalar_one_or_none() or 1
            high = (connection.execute(select(func.max(TICKS.c.k))).scalar_one_or_none() or 0) + 1
            while low < high:
                middle = (low + high) // 2
                now_us = connection.execute(select(TICKS.c.now_us).where(TICKS.c.k >= middle).order_by(TICKS.c.k).limit(1)).scalar_one()
                low, high = (middle + 1, high) if now_us <= at_us else (low, middle)
        return low

    def fixes_in_order(self, from_tick: int = 0) -> Iterator[list[StoredRecord]]:
        """All records of fixes of one instant: the tracks that were made of one run of ticks together, then tick by tick.

        Tracks that were made before `from_tick`, and ticks before it, hold nothing that came later and are left out.
        """
        with self.snapshot() as connection:
            marks = select(RECORDS.c.id, RECORDS.c.tick).where(RECORDS.c.kind == "forgotten", RECORDS.c.name == "fixes")
            made = connection.execute(marks.order_by(RECORDS.c.id)).fetchall()
            for start, (end, tick) in zip([0, *(row.id for row in made)], made, strict=False):
                if tick < from_tick:
                    continue
                tracks = select(RECORDS).where(RECORDS.c.kind == "track", RECORDS.c.id > start, RECORDS.c.id < end)
                tracks = tracks.where(RECORDS.c.body.is_not(None)).order_by(RECORDS.c.id)
                yield list(self._readable(connection.execute(tracks)))
            kept = select(RECORDS).where(RECORDS.c.kind == "rest", RECORDS.c.body.is_not(None)).order_by(RECORDS.c.id)
            for row in connection.execute(kept.execution_options(yield_per=1)):
                yield list(self._readable([row]))
            ticks = select(RECORDS).where(RECORDS.c.kind == "fixes", RECORDS.c.body.is_not(None), RECORDS.c.tick >= from_tick)
            ticks = ticks.order_by(RECORDS.c.id)
            for row in connection.execute(ticks.execution_options(yield_per=_RECORDS_PAGE)):
                yield list(self._readable([row]))

    def n_fixes(self) -> int:
        """How many fixes were ever stored: the newest record of fixes says the number of its first."""
        query = select(RECORDS.c.name, RECORDS.c.size).where(RECORDS.c.kind == "fixes").order_by(RECORDS.c.id.desc()).limit(1)
        with self.connection() as connection:
            row = connection.execute(query).one_or_none()
        return 0 if row is None else int(row.name) + row.size - 1

    def n_kept(self) -> int:
        """How many fixes are stored: those that were deleted because they were too old are not among them."""
        query = select(func.sum(RECORDS.c.size)).where(RECORDS.c.kind == RETIRED)
        with self.connection() as connection:
            return self.n_fixes() - int(connection.execute(query).scalar_one_or_none() or 0)

    def events_at(self, measured: Sequence[tuple[str, int]]) -> Iterator[StoredRecord]:
        """The event records of a device and an instant each, one after the other; for the engine's thread."""
        place = tuple_(RECORDS.c.name, RECORDS.c.from_us)
        with self.kept_connection() as connection:
            for start in range(0, len(measured), _PAGE):
                query = select(RECORDS).where(RECORDS.c.kind == "event", place.in_(measured[start : start + _PAGE]))
                yield from self._readable(connection.execute(query).fetchall())

    def entries_of(self, ticks: Collection[int]) -> list[StoredEntry]:
        """The log entries of these ticks whose text can be read as it was written."""
        query = select(ENTRIES.c.n, ENTRIES.c.payload).where(ENTRIES.c.tick.in_(ticks), ENTRIES.c.payload.is_not(None))
        with self.connection() as connection:
            rows = connection.execute(query.order_by(ENTRIES.c.n)).fetchall()
        found = ((row, self.part(row.payload)) for row in rows)
        return [StoredEntry(n=row.n, text=text, stored=row.payload) for row, text in found if text is not None]

    def events_before(self, device: str, before_us: int) -> Iterator[tuple[StoredRecord, bytes]]:
        """The event records of a device measured before `before_us`, each with its body as it lies there: opened only when it is taken."""
        last = 0
        query = select(RECORDS).where(RECORDS.c.kind == "event", RECORDS.c.name == device, RECORDS.c.from_us < before_us)
        while True:
            with self.connection() as connection:
                page = _with_body(query).where(RECORDS.c.id > last).order_by(RECORDS.c.id).limit(_RECORDS_PAGE)
                rows = connection.execute(page).fetchall()
            for row in rows:
                yield from ((record, row.body) for record in self._readable([row]))
            if len(rows) < _RECORDS_PAGE:
                return
            last = rows[-1].id

    def _readable(self, rows: Iterable[Row[Any]], remade: Mapping[int, Row[Any]] = _NONE_REMADE) -> Iterator[StoredRecord]:
        """The records whose keys are still there, with their bodies, or those of `remade` ones, as they were before they were sealed."""
        for row in rows:
            holder = row if row.body is not None else remade.get(row.id)
            body = None if holder is None else self.part(holder.body)
            if holder is not None and body is not None:
                yield _record(row, holder, body)

    def close(self) -> None:
        """Let go of the database."""
        if self._kept is not None:
            self._kept.close()
        self._engine.dispose()


def _erased(n: int, at_us: int) -> bytes:
    """The line of an entry whose content is gone: the chain holds its number and time for good, and no more."""
    return b'{"n":%d,"at":"%s","event":"%s"}' % (n, text_of_us(at_us).encode(), ERASED.encode())


def _with_body(query: Select[Any]) -> Select[Any]:
    return query.where(RECORDS.c.body.is_not(None))


def _remade(connection: Connection, kind: str, numbers: list[int]) -> dict[int, Row[Any]]:
    """The newest rows that stand for what is retired, by the numbers of that."""
    if not numbers:
        return {}
    query = _with_body(select(RECORDS).where(RECORDS.c.kind == kind, RECORDS.c.name.in_([str(number) for number in numbers])))
    return {int(row.name): row for row in connection.execute(query.order_by(RECORDS.c.id))}


def _record(row: Row[Any], holder: Row[Any], body: bytes) -> StoredRecord:
    return StoredRecord(
        id=row.id,
        tick=row.tick,
        kind=row.kind,
        name=row.name,
        from_us=row.from_us,
        to_us=row.to_us,
        size=row.size,
        body=body,
        held_by=holder.id,
    )
