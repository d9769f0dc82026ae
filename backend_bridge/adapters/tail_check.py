"""Whether the newest ticks of a store are as they were written: so many as can be looked at while somebody waits for the start."""

import hashlib
import struct
import time
from contextlib import closing
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, func, select
from sqlalchemy.exc import DatabaseError, OperationalError

from backend_bridge.adapters.chain import ORIGIN, TickHashed, entry_hash, joined, leaf_of, record_digest, tick_hash
from backend_bridge.adapters.store_schema import ENTRIES, HEAD, RECORDS, TICKS

AnyRow = Row[Any]
_MOST_BYTES: Final = 1_000_000
"""Longer bodies are snapshots and tracks, which take longer to read than a start has time for."""
_BOUND: Final = [column for column in RECORDS.columns if column is not RECORDS.c.body]


def bad_tail(connection: Connection, within_s: float) -> str | None:
    """What of the newest ticks is not as it was written, newest first, as far as that is found in time; None when all is well.

    A start decides once more what the newest ticks hold, so these are what it must not take on trust; `verify` looks at all.
    """
    until_s = time.monotonic() + within_s
    try:
        head = connection.execute(select(HEAD)).one()
        ends: tuple[bytes, bytes] | None = (head.tick_hash, head.entry_hash)
        for k in range(head.k, 0, -1):
            told = _bad_tick(connection, k, ends, until_s)
            if told is not None or time.monotonic() > until_s:
                return told
            ends = None
    except OperationalError:
        return None  # another program holds the file, or its disk gives nothing: that says nothing of what is written there
    except DatabaseError:
        return "a page of the file is not as it was encrypted"
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error):
        return "a row holds what no bridge writes"
    return None


def _bad_tick(connection: Connection, k: int, ends: tuple[bytes, bytes] | None, until_s: float) -> str | None:
    """What is wrong with one tick; `ends` are the hashes of tick and entry at which the store says that it ends, if this is its last.

    Contents of rows are looked at until that instant only; all else of a tick is little.
    """
    found = {tick.k: tick for tick in connection.execute(select(TICKS).where(TICKS.c.k.in_([k - 1, k])))}
    if len(found) < min(k, 2):
        return f"tick {k} or the one before it is missing"
    tick, before = found[k], found.get(k - 1)
    n_before = 0 if before is None else before.n_after
    last = ORIGIN
    if n_before:
        last = connection.execute(select(ENTRIES.c.hash).where(ENTRIES.c.n == n_before)).scalar_one()
    of_tick = RECORDS.c.tick == k
    records = connection.execute(select(*_BOUND).where(of_tick).order_by(RECORDS.c.id)).fetchall()
    entries = connection.execute(select(ENTRIES).where(ENTRIES.c.tick == k).order_by(ENTRIES.c.n)).fetchall()
    if _is_changed(connection, of_tick, until_s):
        return f"the contents of a row of tick {k} were changed"
    if [entry.n for entry in entries] != list(range(n_before + 1, tick.n_after + 1)):
        return f"an entry of tick {k} is missing or out of its place"
    hashed = tick_hash(
        ORIGIN if before is None else before.hash,
        TickHashed(
            k=k,
            now_us=tick.now_us,
            n_after=tick.n_after,
            entry_hash_before=last,
            rows=joined(_digest(record) for record in records),
            leaves=joined(entry.leaf for entry in entries),
        ),
    )
    for entry in entries:
        last = entry_hash(last, entry.n, entry.at_us, entry.leaf, hashed)
        is_whole = entry.payload is None or leaf_of(entry.salt, entry.payload) == entry.leaf
        if last != entry.hash or not is_whole:
            return f"entry {entry.n} is not the one that was written"
    if hashed != tick.hash or (ends is not None and ends != (hashed, last)):
        return f"the rows of tick {k} are not those that were written"
    return None


def _is_changed(connection: Connection, of_tick: ColumnElement[bool], until_s: float) -> bool:
    """Whether the contents of a row are not what was hashed, as far as that is found in time."""
    bodies = connection.execute(select(RECORDS.c.sha, RECORDS.c.body).where(of_tick, func.length(RECORDS.c.body) <= _MOST_BYTES))
    with closing(bodies):
        while time.monotonic() <= until_s and (row := bodies.fetchone()) is not None:
            if hashlib.sha256(row.body).digest() != row.sha:
                return True
    return False


def _digest(record: AnyRow) -> bytes:
    numbers = (record.id, record.tick, record.from_us, record.to_us, record.size)
    return record_digest(numbers=numbers, kind=record.kind, name=record.name, sha=record.sha)
