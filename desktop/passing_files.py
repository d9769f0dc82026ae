"""Files that this desk saved for a time only: it remembers which, and deletes each when its time is over, also after a restart."""

import hashlib
import json
import os
from pathlib import Path
from typing import Final

from desktop.kept_files import keep

NAME: Final = "passing-files.json"
_BLOCK: Final = 1 << 16


class PassingFiles:
    """The list in a folder of the user's own; paths, hashes and instants (µs of UTC), nothing of what the files say."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def put(self, path: Path, data: bytes, until_us: int) -> None:
        """Write a file that its owner alone can read and that goes at `until_us`; raises `OSError`."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        entry = (str(path.absolute()), hashlib.sha256(data).hexdigest(), until_us)
        self._write([*(each for each in self._entries() if each[0] != entry[0]), entry])  # before the file: none is forgotten
        keep(path, data)

    def delete_due(self, now_us: int) -> int:
        """Delete what is due, and say how many; what somebody has put in its place is left alone."""
        entries = self._entries()
        due = [entry for entry in entries if entry[2] <= now_us]
        n_gone = sum(_is_gone(Path(path), sha256) for path, sha256, _ in due)
        if due:
            self._write([entry for entry in entries if entry[2] > now_us])
        return n_gone

    def _entries(self) -> list[tuple[str, str, int]]:
        try:
            return [(str(path), str(sha256), int(until_us)) for path, sha256, until_us in json.loads(self._path.read_text("utf-8"))]
        except (OSError, ValueError, TypeError):
            return []

    def _write(self, entries: list[tuple[str, str, int]]) -> None:
        keep(self._path, json.dumps(entries).encode())


def _is_gone(path: Path, sha256: str) -> bool:
    """Write over a file that is still the one that was saved, and take it away."""
    try:
        if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            return False
        with path.open("r+b") as file:
            for _ in range(0, path.stat().st_size, _BLOCK):
                file.write(bytes(_BLOCK))
            os.fsync(file.fileno())
        path.unlink()
    except OSError:
        return False
    return True
