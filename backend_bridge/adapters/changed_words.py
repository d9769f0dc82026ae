"""Words of a table that changed, as runs in a row of words of their own, and put back where they stand."""

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from backend_bridge.adapters.state_codec import CodecError

Words = NDArray[np.uint64]
_A_RUN: Final = 2
"""Words that tell of a run: how many lie between it and the one before, and how long it is."""


def packed(places: NDArray[np.int64], words: Words) -> tuple[memoryview, int]:
    """Words and where they stand, in rising order: of all runs the distances, then the lengths, then the words; how many runs."""
    starts = np.flatnonzero(np.diff(places, prepend=-2) != 1)
    lengths = np.diff(starts, append=len(places))
    skipped = np.diff(places[starts], prepend=0)
    skipped[1:] -= lengths[:-1]
    return memoryview(np.concatenate([skipped.astype(np.uint64), lengths.astype(np.uint64), words]).view(np.uint8).data), len(starts)


def n_packed(n_runs: int, n_words: int) -> int:
    """Number of words that the packed runs take."""
    return _A_RUN * n_runs + n_words


def put_back(words: Words, changed: Words, n_runs: int) -> None:
    """Put what was packed where it stands in a table; raises `CodecError` where it does not fit there."""
    if not _put(words, changed, n_runs):
        raise CodecError("changes of a table that do not fit it")


@njit(cache=True, nogil=True)
def _put(words: Words, changed: Words, n_runs: int) -> bool:
    place, source = np.int64(0), np.int64(_A_RUN * n_runs)
    for run in range(n_runs):
        skipped, n = np.int64(changed[run]), np.int64(changed[n_runs + run])
        if skipped < 0 or n < 0 or skipped > len(words) - place or n > len(words) - place - skipped or n > len(changed) - source:
            return False
        place += skipped
        for k in range(n):
            words[place + k] = changed[source + k]
        place += n
        source += n
    return True
