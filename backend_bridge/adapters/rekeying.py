"""Another key for a store: everything that lies under the old one written anew beside it, and then put in its place in one decision.

Until the mark `rekey.decided` is on the disk the old key holds, and what was written beside it is thrown away; from then on the new
one does, and what is left to do is done by whoever opens the folder next. The old files are overwritten before they go.
"""

import json
import os
import secrets
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2

from backend_bridge.adapters.case_keys import FILE_NAME as KEYS_NAME
from backend_bridge.adapters.case_keys import rewrap
from backend_bridge.adapters.keys import KEY_NAME, MARK_NAME, write_key
from backend_bridge.adapters.refusals import FolderRefusedError, StoreRefusedError
from backend_bridge.adapters.store_engine import FILE_NAME

FRESH: Final = ".rekeyed"
_RETIRED: Final = ".retired"
_NAMES: Final = (FILE_NAME, KEYS_NAME, KEY_NAME)
_LOGS: Final = (f"{FILE_NAME}-wal", f"{FILE_NAME}-shm")
_WIPE_BYTES: Final = 1 << 20


def rekey(folder: Path, old: bytes, new: bytes | None) -> None:
    """Put everything under `new`, or under a key made here that lies beside the store; the caller holds the folder's lock.

    Raises `StoreRefusedError` or `FolderRefusedError`, and then the old key still opens everything.
    """
    _throw_away(folder)
    try:
        if new is None:
            new = write_key(folder / f"{KEY_NAME}{FRESH}")
        _export(folder, old, new)
        rewrap(folder / KEYS_NAME, old, new, folder / f"{KEYS_NAME}{FRESH}")
        _decide(folder, retires_key=not (folder / f"{KEY_NAME}{FRESH}").exists())
    except OSError as error:
        _throw_away(folder)
        raise FolderRefusedError(f"{folder}: the key was not changed: {error.strerror}; the old one holds") from None
    except (dbapi2.DatabaseError, StoreRefusedError) as error:
        _throw_away(folder)
        raise StoreRefusedError(f"{folder}: the key was not changed: {error}; the old one holds") from None
    finish_rekeying(folder)


def finish_rekeying(folder: Path) -> bool:
    """Do what a decided change of the key has left to do; whether there was any. By whoever holds the folder's lock."""
    mark = folder / MARK_NAME
    if not mark.exists():
        return False
    if (folder / f"{FILE_NAME}{FRESH}").exists():
        for name in _LOGS:  # they are the old store's: nothing in them may come into the new one
            (folder / name).unlink(missing_ok=True)
    for name in _NAMES:
        if (folder / f"{name}{FRESH}").exists():
            _retire(folder, name)
            os.replace(folder / f"{name}{FRESH}", folder / name)  # noqa: PTH105 - the one call that a test of crashes counts
    for name in json.loads(mark.read_text())["retires"]:
        _retire(folder, name)
    _sync(folder)
    for name in _NAMES:
        _wipe(folder / f"{name}{_RETIRED}")
    mark.unlink()
    _sync(folder)
    return True


def _retire(folder: Path, name: str) -> None:
    if (folder / name).exists():
        os.replace(folder / name, folder / f"{name}{_RETIRED}")  # noqa: PTH105 - the one call that a test of crashes counts


def _export(folder: Path, old: bytes, new: bytes) -> None:
    """Write the whole store into a new file under the new key, and see that it is whole."""
    target = folder / f"{FILE_NAME}{FRESH}"
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    connection = _opened(folder / FILE_NAME, old)
    try:
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise StoreRefusedError("somebody else reads the store; end that first")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"ATTACH DATABASE ? AS fresh KEY \"x'{new.hex()}'\"", (str(target),))
        connection.execute("SELECT sqlcipher_export('fresh')").fetchall()
        connection.execute(f"PRAGMA fresh.user_version = {int(version)}")
        connection.execute("DETACH DATABASE fresh")
        counts = _counts(connection)
    finally:
        connection.close()
    _sync(target)
    fresh = _opened(target, new)
    try:
        if fresh.execute("PRAGMA cipher_integrity_check").fetchall() or _counts(fresh) != counts:
            raise StoreRefusedError("what was written under the new key is not what the store holds")
    finally:
        fresh.close()


def _opened(path: Path, key: bytes) -> dbapi2.Connection:
    connection = dbapi2.connect(str(path), timeout=10.0, isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _counts(connection: dbapi2.Connection) -> dict[str, int]:
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in tables}  # noqa: S608 - names of tables


def _decide(folder: Path, *, retires_key: bool) -> None:
    """The moment from which the new key holds."""
    _sync(folder)
    draft = folder / f"{MARK_NAME}.new"
    with draft.open("w") as file:
        json.dump({"retires": [KEY_NAME] if retires_key else []}, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, folder / MARK_NAME)  # noqa: PTH105 - the one call that a test of crashes counts
    _sync(folder)


def _throw_away(folder: Path) -> None:
    """What a change of the key left that was never decided."""
    for name in (*(f"{name}{FRESH}" for name in _NAMES), f"{FILE_NAME}{FRESH}-journal", f"{MARK_NAME}.new"):
        (folder / name).unlink(missing_ok=True)


def _wipe(path: Path) -> None:
    """Overwrite an old file and remove it."""
    if not path.exists():
        return
    size = path.stat().st_size
    with path.open("r+b") as file:
        for start in range(0, size, _WIPE_BYTES):
            file.write(secrets.token_bytes(min(_WIPE_BYTES, size - start)))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
