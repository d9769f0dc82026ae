"""What will soon be read of a file, told to the system, so that a disk need not wait for one piece after the other."""

import os
from collections.abc import Iterable
from contextlib import suppress


def read_ahead(descriptor: int, stretches: Iterable[tuple[int, int]]) -> None:
    """Have stretches of an open file, as start and length in bytes, read into the machine's memory, where the system can do so beside."""
    if not hasattr(os, "posix_fadvise"):
        return
    with suppress(OSError):  # not every file system can; it is read when it is wanted
        for start, length in stretches:
            os.posix_fadvise(descriptor, start, length, os.POSIX_FADV_WILLNEED)
