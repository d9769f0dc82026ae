"""A copy of the store of one instant while the bridge writes, and a folder made of such a copy."""

import shutil
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from backend_bridge.adapters.case_keys import FILE_NAME as KEYS_NAME
from backend_bridge.adapters.case_keys import CaseKeys
from backend_bridge.adapters.folder import prepared
from backend_bridge.adapters.on_disk import sync
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.store_engine import FILE_NAME
from backend_bridge.adapters.store_reads import StoreReader


def keys_beside(copy: Path) -> Path:
    """Where the keys of the cases lie that belong to a copy of the store."""
    return copy.with_name(copy.name + ".keys")


def back_up(reader: StoreReader, keys: CaseKeys, target: Path) -> None:
    """Copy the store into the new file `target`, and the keys of its cases beside it; raises `InputRefusedError`."""
    if target.exists():
        raise InputRefusedError([f"{target}: is there already; a copy is never written over another file"])
    unfinished = target.with_name(target.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        unfinished.touch(mode=0o600)
        with reader.connection() as connection:
            # Statements of their own transaction cannot be run inside one.
            raw = connection.connection.driver_connection
            if raw is not None:
                raw.isolation_level = None
            connection.execute(text("VACUUM INTO :path"), {"path": str(unfinished)})
        sync(unfinished)
        keys_beside(target).unlink(missing_ok=True)
        keys.copy_to(keys_beside(target))
        unfinished.rename(target)
        sync(target.parent)
    except (DatabaseError, OSError) as error:
        unfinished.unlink(missing_ok=True)
        raise InputRefusedError([f"{target}: the copy cannot be written: {_reason(error)}"]) from None


def restore(source: Path, folder: Path) -> None:
    """Make `folder` the data folder of a copy; raises `InputRefusedError` when there is a store in it already."""
    target = prepared(folder) / FILE_NAME
    if target.exists():
        raise InputRefusedError([f"{folder}: holds a store already; give an empty folder with --data"])
    beside = keys_beside(source)
    if not beside.exists():
        raise InputRefusedError([f"{beside}: the keys of the cases are missing; without them nothing about people can be read"])
    try:
        for one, other in ((source, target), (beside, folder / KEYS_NAME)):
            shutil.copyfile(one, other)
            other.chmod(0o600)
            sync(other)
        sync(folder)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise InputRefusedError([f"{source}: cannot be copied: {error.strerror}"]) from None


def _reason(error: DatabaseError | OSError) -> str:
    if isinstance(error, OSError):
        return error.strerror or "unknown reason"
    return " ".join(str(error.orig).split())
