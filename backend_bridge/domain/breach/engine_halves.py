"""The devices in two halves that share no target: nothing about the one depends on the other, so that both can be judged at once."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Beside = Callable[[Callable[[], None], Callable[[], None]], None]
"""Does two things that share nothing, at once or one after the other; returns once both are done, and raises what either raised."""
LEAST_ROWS: Final = 2_000
"""Fewer fixes are judged sooner than two threads are told of them."""
_LEAST_SHARE: Final = 4
"""Both halves have at least one in so many of the fixes, or it is not worth it."""


def halves_of(subject: NDArray[np.int32], protected: NDArray[np.int32], n_devices: int) -> NDArray[np.int8]:
    """(n_devices,) 0 or 1; the same for all that targets bring together. `protected` is −1 where a target has one device alone."""
    first = np.arange(n_devices)
    pairs = protected >= 0
    one, other = subject[pairs], protected[pairs]
    while not (first[one] == first[other]).all():
        low = np.minimum(first[one], first[other])
        for each in (one, other, first[one], first[other]):
            np.minimum.at(first, each, low)
        first = first[first]  # else a long chain would take as many rounds as it has links
    return (np.unique(first, return_inverse=True)[1] & 1).astype(np.int8)


def split(half: NDArray[np.int8]) -> tuple[NDArray[np.intp], NDArray[np.intp]] | None:
    """The rows of each half; None where nearly all are in one."""
    second = np.count_nonzero(half)
    if min(second, len(half) - second) * _LEAST_SHARE < len(half):
        return None
    return np.flatnonzero(half == 0), np.flatnonzero(half)
