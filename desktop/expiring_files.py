"""Files that this desk saved for a time only: it remembers which, and deletes each when its time is over, also after a restart."""

import hashlib
import json
import os
from enum import Enum, auto
from pathlib import Path
from typing import Final

from desktop.kept_files import keep

NAME: Final = "passing-files.json"
"""As earlier versions called it, whose list is still read."""
_BLOCK: Final = 1 << 16


class _End(Enum):
    """What became of a file whose time is over."""

    DELETED = auto()
    NOT_OURS = auto()
    OUT_OF_REACH = auto()


class ExpiringFiles:
    """The list in a folder of the user's own; paths, hashes and instants (µs of UTC), nothing of what the files say."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def put(self, path: Path, data: bytes, until_us: int) -> None:
        """Write a file that its owner alone can read and that goes at `until_us`; raises `OSError`."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        entry = (str(path.absolute()), hashlib.sha256(data).hexdigest(), until_us)
        before = self._entries()
        self._write([*before, entry])  # before the file: none is forgotten, nor what stands there until it is written over
        keep(path, data)
        self._write([*(each for each in before if each[0] != entry[0]), entry])

    def delete_due(self, now_us: int) -> int:
        """Delete what is due, and say how many; what is out of reach is tried again, what somebody put in its place is left alone."""
        entries = self._entries()
        left: list[tuple[str, str, int]] = []
        n_gone = 0
        for entry in entries:
            if entry[2] > now_us:
                left.append(entry)
                continue
            end = _end_of(Path(entry[0]), entry[1])
            n_gone += end is _End.DELETED
            left += [entry] if end is _End.OUT_OF_REACH else []
        if left != entries:
            self._write(left)
        return n_gone

    def _entries(self) -> list[tuple[str, str, int]]:
        try:
            return [(str(path), str(sha256), int(until_us)) for path, sha256, until_us in json.loads(self._path.read_text("utf-8"))]
        except (OSError, ValueError, TypeError):
            return []

    def _write(self, entries: list[tuple[str, str, int]]) -> None:
        keep(self._path, json.dumps(entries).encode())


def _end_of(path: Path, sha256: str) -> _End:
    """Take a file away that is still the one that was saved, and write over what it was."""
    try:
        if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            return _End.NOT_OURS
        with path.open("r+b") as file:
            size = path.stat().st_size
            path.unlink()  # first: a file that cannot go stays the one that is known
            for _ in range(0, size, _BLOCK):
                file.write(bytes(_BLOCK))
            os.fsync(file.fileno())
    except FileNotFoundError:
        return _End.NOT_OURS if path.parent.is_dir() else _End.OUT_OF_REACH  # its medium may be plugged in again
    except OSError:
        return _End.OUT_OF_REACH
    return _End.DELETED
