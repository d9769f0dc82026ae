"""The four tables of the store; SQL that SQLite and PostgreSQL both know."""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, LargeBinary, MetaData, String, Table

METADATA: Final = MetaData()

TICKS: Final = Table(
    "ticks",
    METADATA,
    Column("k", BigInteger, primary_key=True, autoincrement=False),
    Column("now_us", BigInteger, nullable=False),
    Column("n_after", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)
"""One row a transaction: when it was, the last entry after it, and its hash over all rows that it wrote."""

ENTRIES: Final = Table(
    "entries",
    METADATA,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("tick", BigInteger, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=True),
    Column("payload", LargeBinary, nullable=True),
    Index("entries_of_tick", "tick"),
)
"""The event log: the exact bytes that are printed beside a leaf that does not change when they are erased."""

RECORDS: Final = Table(
    "records",
    METADATA,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("tick", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", String(128), nullable=False),
    Column("from_us", BigInteger, nullable=False),
    Column("to_us", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=True),
    Index("records_of_tick", "tick"),
    Index("records_by_name", "kind", "name", "from_us"),
)
"""Everything else: the input of ticks, fixes as columns, snapshots, tracks by device, keys of the bridge."""

HEAD: Final = Table(
    "head",
    METADATA,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("format", BigInteger, nullable=False),
    Column("k", BigInteger, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("tick_hash", LargeBinary, nullable=False),
    Column("entry_hash", LargeBinary, nullable=False),
)
"""One row: where the store ends, so that a cut tail is seen."""

FORMAT: Final = 1
