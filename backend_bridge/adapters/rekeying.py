"""Another key for a store: everything that lies under the old one written anew beside it, and then put in its place in one decision.

Until the mark `rekey.decided` is on the disk the old key holds, and what was written beside it is thrown away; from then on the new
one does, and what is left to do is done by whoever opens the folder next. The old files are overwritten before they go.
"""

import errno
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2

from backend_bridge.adapters.case_keys import FILE_NAME as KEYS_NAME
from backend_bridge.adapters.case_keys import rewrap
from backend_bridge.adapters.keys import KEY_NAME, MARK_NAME, key_of_file, write_key
from backend_bridge.adapters.on_disk import overwrite_and_remove, sync
from backend_bridge.adapters.refusals import FolderRefusedError, StoreRefusedError
from backend_bridge.adapters.store_engine import FILE_NAME

FRESH: Final = ".rekeyed"
_RETIRED: Final = ".retired"
_NAMES: Final = (FILE_NAME, KEYS_NAME, KEY_NAME)
_LOGS: Final = (f"{FILE_NAME}-wal", f"{FILE_NAME}-shm")
_CANNOT_SYNC: Final = frozenset({errno.EACCES, errno.EINVAL, errno.EROFS})


def rekey(folder: Path, old: bytes, new: bytes | None) -> None:
    """Put everything under `new`, or under a key made here that lies beside the store; the caller holds the folder's lock.

    Raises `StoreRefusedError` or `FolderRefusedError`, whose sentence says which of the two keys holds; that one opens everything.
    """
    if new == old:
        raise FolderRefusedError(f"{folder}: the key was not changed: the new one is the one that it has; name a file with another")
    try:
        _throw_away(folder)
        _prepare(folder, old, new)
    except OSError as error:
        _throw_away_later(folder)
        raise FolderRefusedError(f"{folder}: the key was not changed: {error.strerror}; the old one holds") from None
    except (dbapi2.DatabaseError, FolderRefusedError, StoreRefusedError) as error:
        _throw_away_later(folder)
        raise StoreRefusedError(f"{folder}: the key was not changed: {error}; the old one holds") from None
    try:
        _decide(folder)
        _finish(folder)
    except OSError as error:
        # Once it is decided nothing may be thrown away: what was written under the new key is the store then.
        holds = "the new one holds, and the next command with it finishes that" if (folder / MARK_NAME).exists() else "the old one holds"
        raise FolderRefusedError(f"{folder}: the change of the key was cut off: {error.strerror}; {holds}") from None


def must_be_elsewhere(folder: Path, key_file: Path) -> None:
    """Raise `FolderRefusedError` for a file of a new key that would go with the old files, or that nobody can read twice.

    On disk when it returns: the file is as old as the key often is, and the store must never need what a power cut can take.
    """
    lies = key_file.resolve()
    try:
        if not lies.is_file():
            raise FolderRefusedError(f"{key_file}: is no file that can be read again; write the new key into one")
        if lies.is_relative_to(folder.resolve()) or any(path.is_file() and path.samefile(lies) for path in folder.iterdir()):
            raise FolderRefusedError(f"{key_file}: lies in the folder whose old files are overwritten; keep the new key elsewhere")
        for path in (lies, lies.parent):
            _sync_where_it_can_be(path)
    except OSError as error:
        raise FolderRefusedError(f"{key_file}: the key cannot be read: {error.strerror}") from None


def finish_rekeying(folder: Path) -> bool:
    """Do what a decided change of the key has left to do, or throw away what was never decided; whether there was anything to do.

    By whoever holds the folder's lock; raises `FolderRefusedError` where the disk does not let it.
    """
    try:
        return _finish(folder)
    except OSError as error:
        raise FolderRefusedError(f"{folder}: a change of its key was cut off and cannot be finished: {error.strerror}") from None


def _finish(folder: Path) -> bool:
    mark = folder / MARK_NAME
    if not mark.exists():
        _throw_away(folder)
        return False
    sync(folder)  # whoever decided may have been cut off before the mark was on the disk, and now the old files go
    if (folder / f"{FILE_NAME}{FRESH}").exists():
        for name in _LOGS:  # they are the old store's: nothing in them may come into the new one
            (folder / name).unlink(missing_ok=True)
    for name in _NAMES:
        if (folder / f"{name}{FRESH}").exists():
            _retire(folder, name)
            os.replace(folder / f"{name}{FRESH}", folder / name)  # noqa: PTH105 - the one call that a test of crashes counts
    for name in json.loads(mark.read_text())["retires"]:
        _retire(folder, name)
    sync(folder)
    for name in _NAMES:
        _wipe(folder / f"{name}{_RETIRED}")
    sync(folder)
    mark.unlink()
    sync(folder)
    return True


def _prepare(folder: Path, old: bytes, new: bytes | None) -> None:
    """Write everything under the new key beside the old, on disk when it returns, with what is to be decided."""
    fresh_key = folder / f"{KEY_NAME}{FRESH}"
    retires = [KEY_NAME] if new is not None and _is_key(folder / KEY_NAME, old) else []
    if new is None:
        new = write_key(fresh_key)
    _export(folder, old, new)
    rewrap(folder / KEYS_NAME, old, new, folder / f"{KEYS_NAME}{FRESH}")
    with _draft(folder).open("w") as file:
        json.dump({"retires": retires}, file)
        file.flush()
        os.fsync(file.fileno())
    sync(folder)


def _is_key(path: Path, key: bytes) -> bool:
    """Whether a file holds that key: what opens something else is not ours to overwrite."""
    try:
        return key_of_file(path) == key
    except FolderRefusedError:
        return False


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
    sync(target)
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


def _draft(folder: Path) -> Path:
    return folder / f"{MARK_NAME}.new"


def _decide(folder: Path) -> None:
    """The moment from which the new key holds."""
    os.replace(_draft(folder), folder / MARK_NAME)  # noqa: PTH105 - the one call that a test of crashes counts
    sync(folder)


def _throw_away(folder: Path) -> None:
    """What a change of the key left that was never decided: of the keys not even what lies where the files were."""
    for name in (KEY_NAME, KEYS_NAME):
        _wipe(folder / f"{name}{FRESH}")
    for name in (f"{FILE_NAME}{FRESH}", f"{FILE_NAME}{FRESH}-journal", f"{MARK_NAME}.new"):
        (folder / name).unlink(missing_ok=True)


def _throw_away_later(folder: Path) -> None:
    """The same where something has failed already: whoever opens the folder next does what cannot be done now."""
    with suppress(OSError):
        _throw_away(folder)


def _wipe(path: Path) -> None:
    """Overwrite an old file and remove it, where there is one."""
    with suppress(FileNotFoundError):
        overwrite_and_remove(path)


def _sync_where_it_can_be(path: Path) -> None:
    """The same for what lies on any medium: one that cannot be written needs none of it."""
    try:
        sync(path)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:
            raise
