"""Files that a person saves from the desk: they are about people, so they are their owner's alone."""

import os
from pathlib import Path
from typing import Final

OWNER_ONLY: Final = 0o600


def keep(path: Path, data: bytes) -> None:
    """Write a file that nobody but its owner may read, whatever stood there before; raises `OSError`."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), OWNER_ONLY)
        file.write(data)
