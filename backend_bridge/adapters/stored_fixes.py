"""Fixes with where they came from: what the store holds of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, GatewayName

Seal = Callable[[DeviceId, NDArray[np.int64]], Iterable[tuple[int, int, Callable[[bytes], bytes]]]]
"""For a device and the times of its measurements: stretches [start, end) of rows and how each is sealed; none for what is nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """The message of a lane that brought fixes."""

    gateway: GatewayName
    lane: Lane
    epoch: int
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFixes:
    """n fixes with where they came from."""

    fixes: FixBatch
    messages: tuple[Message, ...]
    message: NDArray[np.int32]
    """(n,) index into `messages`."""
    number: NDArray[np.int64]
    """(n,) the fixes' own running number in the store, from 1."""

    def take(self, rows: NDArray[np.intp]) -> "StoredFixes":
        """The fixes at `rows`."""
        return StoredFixes(fixes=self.fixes.take(rows), messages=self.messages, message=self.message[rows], number=self.number[rows])
