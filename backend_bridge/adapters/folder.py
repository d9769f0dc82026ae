"""A data folder: made, owned by one process at a time, and read by others only through it."""

import fcntl
import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from backend_bridge.adapters.refusals import FolderRefusedError

_LOCK_NAME: Final = "bridge.lock"


class NewFolder:
    """What was there of a folder before it was opened, so that a beginning that fails leaves nothing half made behind."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._was_there = folder.exists()
        self.was_empty = not self._was_there or not any(folder.iterdir())

    def take_away(self) -> None:
        """Remove what was made in a folder that was empty, and the folder itself where it was not there; by whoever holds its lock."""
        if not self.was_empty:
            return
        for path in self._folder.iterdir():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        if not self._was_there:
            self._folder.rmdir()


def prepared(folder: Path) -> Path:
    """The folder, made if need be (mode 700); raises `FolderRefusedError` when it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise FolderRefusedError(f"{folder}: the data folder cannot be made: {error.strerror}") from None
    probe = folder / f".probe-{os.getpid()}"
    try:
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise FolderRefusedError(f"{folder}: the data folder cannot be written: {error.strerror}") from None
    return folder


class FolderLock:
    """Held by the one process that may write to a folder; the system frees it when the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _LOCK_NAME
        self._descriptor: int | None = None

    def try_take(self) -> bool:
        """Take the lock; False when another process has it."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def free(self) -> None:
        """Let go; nothing happens when it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Let go."""
        self.free()
