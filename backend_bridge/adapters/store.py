"""The store: one writer, one transaction a tick, every row bound into the hash chain."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, Table, insert, select, update
from sqlalchemy.exc import DatabaseError

from backend_bridge.adapters.chain import ORIGIN, TickHashed, entry_hash, joined, leaf_of, record_digest, tick_hash
from backend_bridge.adapters.refusals import StoreRefusedError
from backend_bridge.adapters.store_engine import FILE_NAME, open_engine
from backend_bridge.adapters.store_schema import ENTRIES, FORMAT, HEAD, METADATA, RECORDS, TICKS
from backend_bridge.domain.identifiers import CaseId

_SALT_BYTES = 16


class StoreFailedError(Exception):
    """A transaction could not be made durable; nothing of it may be acknowledged. `is_full` says that the disk is full."""

    def __init__(self, sentence: str, *, is_full: bool) -> None:
        self.is_full = is_full
        super().__init__(sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row to be stored: what kind of thing it is, its name, the time that it spans, how many things it holds."""

    kind: str
    name: str = ""
    from_us: int = 0
    to_us: int = 0
    size: int = 0
    cases: frozenset[CaseId] = frozenset()
    """Whose data it holds, where it is not known by its kind; not stored."""
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Retired:
    """What goes because positions in it are too old: bodies of rows by their ids, texts of log entries by their numbers."""

    records: tuple[int, ...] = ()
    entries: tuple[int, ...] = ()

    def __len__(self) -> int:
        """How many there are."""
        return len(self.records) + len(self.entries)


NOTHING_RETIRED: Final = Retired()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where the store ends."""

    k: int
    n: int
    tick_hash: bytes
    entry_hash: bytes
    next_id: int


class Store:
    """The one writer of a data folder's database; used by one thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection = engine.connect()
        self.head = _read_head(self._connection)

    @classmethod
    def open(cls, folder: Path, key: bytes) -> "Store":
        """The store of `folder`, made empty where there is none; raises `StoreRefusedError`."""
        path = folder / FILE_NAME
        path.touch(mode=0o600)
        engine = open_engine(folder, key)
        METADATA.create_all(engine)
        with engine.begin() as connection:
            found = connection.execute(select(HEAD.c.format)).scalars().all()
            is_begun = connection.execute(select(TICKS.c.k).limit(1)).scalar_one_or_none() is not None
            if not found and not is_begun:
                connection.execute(insert(HEAD).values(id=1, format=FORMAT, k=0, n=0, tick_hash=ORIGIN, entry_hash=ORIGIN))
            elif len(found) != 1:
                raise StoreRefusedError(f"{folder}: the store says {len(found)} times where it ends, not once; verify it, restore a backup")
            elif found[0] != FORMAT:
                raise StoreRefusedError(f"{folder}: the store has format {found[0]}; this version of Bongsu reads format {FORMAT}")
        return cls(engine)

    def append(
        self,
        now_us: int,
        records: Sequence[Record],
        payloads: Sequence[bytes],
        forget: Mapping[str, int] | None = None,
        retired: Retired = NOTHING_RETIRED,
    ) -> Head:
        """Make one tick durable: its records, and its log entries n, n+1, … whose exact bytes are `payloads`.

        `forget` says for kinds of records below which id their bodies may go; their hashes stay, and that they went is a record.
        What is `retired` goes too; a record among `records` says so. Its pages are overwritten.
        Returns the new end; raises `StoreFailedError` when it is not on disk, and then nothing of it is.
        """
        gone = dict(forget or {})
        told = [*records, *(Record(kind="forgotten", name=kind, size=before, body=b"") for kind, before in gone.items())]
        head, rows = self._prepared(now_us, told, payloads)
        if retired:
            self._connection.exec_driver_sql("PRAGMA secure_delete = ON")
            self._connection.rollback()
        try:
            with self._connection.begin():
                for table, values in rows:
                    if values:
                        self._connection.execute(insert(table), values)
                for kind, before in gone.items():
                    self._connection.execute(
                        update(RECORDS).where(RECORDS.c.kind == kind, RECORDS.c.id < before, RECORDS.c.body.is_not(None)).values(body=None)
                    )
                for number in retired.records:
                    self._connection.execute(update(RECORDS).where(RECORDS.c.id == number).values(body=None))
                for n in retired.entries:
                    self._connection.execute(update(ENTRIES).where(ENTRIES.c.n == n).values(payload=None, salt=None))
                self._connection.execute(update(HEAD).values(k=head.k, n=head.n, tick_hash=head.tick_hash, entry_hash=head.entry_hash))
        except DatabaseError as error:
            raise _failure(error) from None
        self.head = head
        return head

    def _prepared(
        self, now_us: int, records: Sequence[Record], payloads: Sequence[bytes]
    ) -> tuple[Head, tuple[tuple[Table, list[dict[str, object]]], ...]]:
        before = self.head
        k = before.k + 1
        stored = [_record_row(record, before.next_id + index, k) for index, record in enumerate(records)]
        salts = [secrets.token_bytes(_SALT_BYTES) for _ in payloads]
        leaves = [leaf_of(salt, payload) for salt, payload in zip(salts, payloads, strict=True)]
        hashed = tick_hash(
            before.tick_hash,
            TickHashed(
                k=k,
                now_us=now_us,
                n_after=before.n + len(payloads),
                entry_hash_before=before.entry_hash,
                rows=joined(digest for _, digest in stored),
                leaves=joined(leaves),
            ),
        )
        entries: list[dict[str, object]] = []
        last = before.entry_hash
        for n, (salt, payload, leaf) in enumerate(zip(salts, payloads, leaves, strict=True), start=before.n + 1):
            last = entry_hash(last, n, now_us, leaf, hashed)
            entries.append({"n": n, "tick": k, "at_us": now_us, "leaf": leaf, "hash": last, "salt": salt, "payload": payload})
        tick: list[dict[str, object]] = [{"k": k, "now_us": now_us, "n_after": before.n + len(payloads), "hash": hashed}]
        head = Head(k=k, n=before.n + len(payloads), tick_hash=hashed, entry_hash=last, next_id=before.next_id + len(records))
        return head, ((TICKS, tick), (RECORDS, [row for row, _ in stored]), (ENTRIES, entries))

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()
        self._engine.dispose()


def _record_row(record: Record, number: int, k: int) -> tuple[dict[str, object], bytes]:
    sha = hashlib.sha256(record.body).digest()
    numbers = (number, k, record.from_us, record.to_us, record.size)
    digest = record_digest(numbers=numbers, kind=record.kind, name=record.name, sha=sha)
    row: dict[str, object] = {
        "id": number,
        "tick": k,
        "kind": record.kind,
        "name": record.name,
        "from_us": record.from_us,
        "to_us": record.to_us,
        "size": record.size,
        "sha": sha,
        "body": record.body,
    }
    return row, digest


def _read_head(connection: Connection) -> Head:
    row = connection.execute(select(HEAD)).one()
    newest = connection.execute(select(RECORDS.c.id).order_by(RECORDS.c.id.desc()).limit(1)).scalar_one_or_none()
    connection.rollback()
    return Head(k=row.k, n=row.n, tick_hash=row.tick_hash, entry_hash=row.entry_hash, next_id=(newest or 0) + 1)


def _failure(error: DatabaseError) -> StoreFailedError:
    reason = " ".join(str(error.orig).split())
    is_full = "full" in reason
    return StoreFailedError(f"the store could not be written: {reason}", is_full=is_full)
