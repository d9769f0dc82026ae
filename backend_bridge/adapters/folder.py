"""A data folder: made, owned by one process at a time, and read by others only through it."""

import fcntl
import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from backend_bridge.adapters.on_disk import sync
from backend_bridge.adapters.refusals import FolderRefusedError

_LOCK_NAME: Final = "bridge.lock"
_UNFINISHED_NAME: Final = "beginning.unfinished"
"""Lies in a folder as long as the command runs that fills it for the first time."""


class NewFolder:
    """What was there of a folder before it was opened, so that a beginning that fails leaves nothing half made behind."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._was_there = self.was_empty = False
        with suppress(OSError):  # what is no folder, or cannot be looked into, is refused by `prepared` and never emptied here
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


class Beginning:
    """A command that fills a new folder, such as `import`: cut off in the middle, it can begin anew, and nothing else goes on with half.

    A mark in the folder says which command it is and what lay there before, until it is done; used by whoever holds the folder's lock.
    """

    def __init__(self, folder: Path, command: str | None) -> None:
        """`command` is the one that fills the folder; None for every other."""
        self._folder = folder
        self._mark = folder / _UNFINISHED_NAME
        self._command = command

    def take_up(self) -> bool:
        """Clear away what the same command left when it was cut off; whether anything was. Raises `FolderRefusedError` to any other."""
        if not self._mark.exists():
            return False
        command, before = self._read()
        if command != self._command:
            raise FolderRefusedError(
                f"{self._folder}: is half made, for {command} was cut off; give that command again, which begins anew, or remove the folder"
            )
        self._clear(before)
        return not before

    def undo(self) -> bool:
        """Leave what was there before and no mark, so that the command can be given again or another; whether this one had marked it."""
        if self._command is None or not self._mark.exists():
            return False
        command, before = self._read()
        if command != self._command:
            return False
        self._clear(before)
        self.done()
        return True

    def _clear(self, before: list[str]) -> None:
        for path in self._folder.iterdir():
            if path.name not in {*before, _LOCK_NAME, _UNFINISHED_NAME}:
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()

    def mark(self) -> None:
        """Say that the folder is not made yet, on disk before anything of it is."""
        if self._command is not None and not self._mark.exists():
            before = sorted(path.name for path in self._folder.iterdir() if path.name != _LOCK_NAME)
            draft = self._mark.with_suffix(".new")
            with draft.open("w") as file:
                json.dump({"command": self._command, "before": before}, file)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._mark)
            sync(self._folder)

    def done(self) -> None:
        """Say that the folder is made."""
        if self._command is not None:
            self._mark.unlink(missing_ok=True)
            sync(self._folder)

    def _read(self) -> tuple[str, list[str]]:
        try:
            said = json.loads(self._mark.read_bytes())
            return str(said["command"]), [str(name) for name in said["before"]]
        except (OSError, ValueError, TypeError, KeyError):
            raise FolderRefusedError(f"{self._mark}: cannot be read; the folder is half made: remove it and begin anew") from None


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
