"""What must be on the disk, or gone from it, before anything goes on."""

import os
import secrets
from pathlib import Path
from typing import Final

_WIPE_BYTES: Final = 1 << 20


def sync(path: Path) -> None:
    """Return when a file, or the names in a folder, are on the disk; raises `OSError`."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def overwrite_and_remove(path: Path) -> None:
    """Overwrite a file and remove it; raises `OSError`. Of a link only the link, for what it leads to lies elsewhere and is somebody's."""
    if not path.is_symlink():
        size = path.stat().st_size
        with path.open("r+b") as file:
            for start in range(0, size, _WIPE_BYTES):
                file.write(secrets.token_bytes(min(_WIPE_BYTES, size - start)))
            file.flush()
            os.fsync(file.fileno())
    path.unlink()
