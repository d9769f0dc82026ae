"""Memory for the tables of one room after another.

Given back to the system and asked for anew, a hundred megabytes can take a third of a second where the machine's memory is full of
what was read from disks: the system has to make room for them each time.
"""

import sys
from typing import Final

import numpy as np
from numpy.typing import NDArray

_OF_NOBODY: Final = 2
"""References to an array that nobody looks at: the one that is kept, and that of the question."""


class TableMemory:
    """Lends the same memory again as soon as no array lies in it any more; of one thread at a time."""

    def __init__(self) -> None:
        self._block: NDArray[np.uint8] = np.empty(0, np.uint8)

    def take(self, n_bytes: int) -> NDArray[np.uint8]:
        """Memory that holds anything; new where what there is is too small, or still looked at."""
        if len(self._block) < n_bytes or sys.getrefcount(self._block) > _OF_NOBODY:
            self._block = np.empty(n_bytes, np.uint8)
        return self._block[:n_bytes]
