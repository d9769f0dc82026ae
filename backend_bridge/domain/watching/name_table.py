"""The device names of many batches as one table, so that what is known of a name need not be looked up with each of them.

Gateways send the same names again and again, in messages that name a few hundred each. While no new ones come, the table stays the same
object: whoever looks something up for all of its names may keep that with it.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.identifiers import DeviceId

Names = tuple[DeviceId, ...]
Places = NDArray[np.int32]

_MOST: Final = 200_000
"""Names; with more of them the table begins anew, as names may be made up."""
_MOST_KNOWN: Final = 256
"""Batches' own names whose places are remembered."""


class NameTable:
    """Names in the order in which they first came."""

    def __init__(self) -> None:
        self.names: Names = ()
        self._index: dict[DeviceId, int] = {}
        self._known: dict[int, tuple[Names, Places]] = {}
        """By which object they are, the names of batches and where the table has them; kept, so that no other object is the same."""

    def of(self, several: Sequence[Names]) -> tuple[Names, list[Places]]:
        """The table, which holds all the names after this, and where it has those of each batch."""
        if len(self._index) > _MOST:
            self._index, self._known = {}, {}
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        places = [self._places(names) for names in several]
        if len(self._index) != len(self.names):
            self.names = tuple(self._index)
        return self.names, places

    def _places(self, names: Names) -> Places:
        known = self._known.get(id(names))
        if known is None:
            index = self._index
            places = np.fromiter((index.setdefault(name, len(index)) for name in names), np.int32, len(names))
            known = self._known[id(names)] = names, places
        return known[1]
