"""A copy of the store of one instant while the bridge writes, and a folder made of such a copy."""

import os
import shutil
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from backend_bridge.adapters.folder import prepared
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.store_engine import FILE_NAME
from backend_bridge.adapters.store_reads import StoreReader


def back_up(reader: StoreReader, target: Path) -> None:
    """Copy the store into the new file `target`, under the same key; raises `InputRefusedError`."""
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
        _sync(unfinished)
        unfinished.rename(target)
        _sync(target.parent)
    except (DatabaseError, OSError) as error:
        unfinished.unlink(missing_ok=True)
        raise InputRefusedError([f"{target}: the copy cannot be written: {_reason(error)}"]) from None


def restore(source: Path, folder: Path) -> None:
    """Make `folder` the data folder of a copy; raises `InputRefusedError` when there is a store in it already."""
    target = prepared(folder) / FILE_NAME
    if target.exists():
        raise InputRefusedError([f"{folder}: holds a store already; give an empty folder with --data"])
    try:
        shutil.copyfile(source, target)
        target.chmod(0o600)
        _sync(target)
        _sync(folder)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise InputRefusedError([f"{source}: cannot be copied: {error.strerror}"]) from None


def _reason(error: DatabaseError | OSError) -> str:
    if isinstance(error, OSError):
        return error.strerror or "unknown reason"
    return " ".join(str(error.orig).split())


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
