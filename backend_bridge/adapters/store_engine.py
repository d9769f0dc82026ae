"""Opening the encrypted database of a data folder, and what must be true before anything is written to it."""

import re
from pathlib import Path
from shutil import disk_usage
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

from backend_bridge.adapters.refusals import StoreRefusedError

FILE_NAME: Final = "store.db"
_SAFE_VERSION: Final = (3, 51, 3)
_LEAST_FREE: Final = 256 * 1024
"""Bytes of disk without which the database says no more than that reading or writing failed."""
_SAFE_BRANCHES: Final = {(3, 44): 6, (3, 50): 7}


def open_engine(folder: Path, key: bytes, *, read_only: bool = False) -> Engine:
    """An engine on the store of `folder`, whose every connection is keyed, in WAL mode and fully synchronous.

    Raises `StoreRefusedError` when the key is wrong, the file is damaged or SQLite is a version that can corrupt its WAL.
    """
    _check_version()
    path = folder / FILE_NAME
    mode = "ro" if read_only else "rwc"

    def connect() -> dbapi2.Connection:
        connection = dbapi2.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=10.0, check_same_thread=False)
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA busy_timeout = 10000")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection

    engine = create_engine("sqlite://", creator=connect, module=dbapi2, poolclass=NullPool)
    _check_key(engine, path)
    return engine


def _check_version() -> None:
    major, minor, patch = (int(part) for part in dbapi2.sqlite_version.split("."))
    if (major, minor, patch) < _SAFE_VERSION and patch < _SAFE_BRANCHES.get((major, minor), 1_000):
        raise StoreRefusedError(f"SQLite {dbapi2.sqlite_version} can corrupt its log; sqlcipher3 with SQLite 3.51.3 or later is needed")


def _check_key(engine: Engine, path: Path) -> None:
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one()
    except (DatabaseError, dbapi2.DatabaseError) as error:
        reason = reason_of(error)
        if "not a database" in reason or "malformed" in reason or "disk image" in reason:
            raise StoreRefusedError(f"{path}: cannot be opened: the key is not the one it was made with, or the file is damaged") from None
        if disk_usage(path.parent).free < _LEAST_FREE:
            raise StoreRefusedError(f"{path}: cannot be opened: no room is left on its disk") from None
        raise StoreRefusedError(f"{path}: cannot be opened: {reason}") from None


def reason_of(error: BaseException) -> str:
    """What the database says is wrong, in one line."""
    original: Any = getattr(error, "orig", None) or error
    return re.sub(r"\s+", " ", str(original)).strip()


def is_sound_file(connection: Connection) -> bool:
    """Whether every page of the database still has the contents that were encrypted."""
    found = connection.execute(text("PRAGMA cipher_integrity_check")).fetchall()
    return not found
