"""Where each person spends hours: home, work. Two who are near each other where both do live there, or work there."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from backend_bridge.domain.breach.ground import distance_m
from backend_bridge.domain.quantities import MICROSECONDS

Floats = NDArray[np.float64]

HAUNT_US: Final = 2 * 3600 * MICROSECONDS
"""So long at one place makes it a haunt."""
_HERE_M: Final = 120.0
_SAME_M: Final = 80.0
"""Nearer than that to where a stay of hours began is the same place; next door is another."""
_MOST: Final = 12
"""Haunts kept of one person; the oldest goes first."""
_BREAK_US: Final = 1800 * MICROSECONDS
NEVER_US: Final = -(2**62)
"""Of who was not seen to come to where they are: there when first seen, or again after a long silence."""


@njit(cache=True)
def _look(
    anchors: Floats,
    since_us: NDArray[np.int64],
    came_us: NDArray[np.int64],
    last_us: NDArray[np.int64],
    counted: NDArray[np.int8],
    device: NDArray[np.int32],
    lat_deg: Floats,
    lon_deg: Floats,
    now_us: int,
    long: NDArray[np.int32],
) -> int:
    """Take where devices are now; those whose stay has become one of hours go to `long`: how many."""
    n_long = 0
    for i in range(len(device)):
        one = device[i]
        # NaN, of a device not seen before, compares false: a new stay begins.
        anew = anchors[one, 0] != anchors[one, 0]
        there = distance_m(anchors[one, 0], anchors[one, 1], lat_deg[i], lon_deg[i]) <= _HERE_M
        if there and now_us - last_us[one] <= _BREAK_US:
            if now_us - since_us[one] >= HAUNT_US and counted[one] == 0:
                counted[one] = 1
                long[n_long] = one
                n_long += 1
        else:
            came_us[one] = NEVER_US if anew or there else now_us
            anchors[one, 0], anchors[one, 1] = lat_deg[i], lon_deg[i]
            since_us[one], counted[one] = now_us, 0
        last_us[one] = now_us
    return n_long


class Haunts:
    """The places at which people have stayed for hours, each with the instant at which that was known."""

    def __init__(self) -> None:
        self._anchors = np.zeros((0, 2))
        self._since_us = np.zeros(0, np.int64)
        self._came_us = np.zeros(0, np.int64)
        self._last_us = np.zeros(0, np.int64)
        self._counted = np.zeros(0, np.int8)
        self._places: dict[int, tuple[tuple[float, float, int], ...]] = {}

    def look(self, device: NDArray[np.int32], places: tuple[Floats, Floats], now_us: int) -> None:
        """Take where devices are now; a stay goes on while they keep within reach of where it began."""
        if not len(device):
            return
        self._grow(int(device.max()) + 1)
        long = np.empty(len(device), np.int32)
        stays = self._since_us, self._came_us, self._last_us
        n_long = _look(self._anchors, *stays, self._counted, device, *places, now_us, long)
        for one in long[:n_long].tolist():
            lat, lon = float(self._anchors[one, 0]), float(self._anchors[one, 1])
            known = self._places.get(one, ())
            if not any(distance_m(place[0], place[1], lat, lon) <= _SAME_M for place in known):
                self._places[one] = (*known, (lat, lon, now_us))[-_MOST:]

    def _grow(self, n: int) -> None:
        more = n - len(self._since_us)
        if more > 0:
            self._anchors = np.concatenate([self._anchors, np.full((more, 2), np.nan)])
            self._since_us = np.append(self._since_us, np.zeros(more, np.int64))
            self._came_us = np.append(self._came_us, np.full(more, NEVER_US))
            self._last_us = np.append(self._last_us, np.zeros(more, np.int64))
            self._counted = np.append(self._counted, np.zeros(more, np.int8))

    def came_us(self, device: NDArray[np.int64]) -> NDArray[np.int64]:
        """When devices were seen to come to about where they were last looked at."""
        return self._came_us[device]

    def knows(self, device: int, lat_deg: float, lon_deg: float, before_us: int) -> bool:
        """Whether a place was a haunt of the person already before an instant."""
        places = self._places.get(device, ())
        return any(known_us <= before_us and distance_m(lat, lon, lat_deg, lon_deg) <= _SAME_M for lat, lon, known_us in places)

    def parts(self) -> dict[str, Any]:
        """Everything that is remembered."""
        return {
            "anchors": self._anchors.copy(),
            "since_us": self._since_us.copy(),
            "came_us": self._came_us.copy(),
            "last_us": self._last_us.copy(),
            "counted": self._counted.copy(),
            "places": dict(self._places),
        }

    @staticmethod
    def of_parts(parts: Mapping[str, Any]) -> "Haunts":
        """The memory that gave these parts."""
        haunts = Haunts()
        haunts._anchors = np.array(parts["anchors"], np.float64).reshape(-1, 2)
        haunts._since_us = np.array(parts["since_us"], np.int64)
        haunts._came_us = np.array(parts["came_us"], np.int64)
        haunts._last_us = np.array(parts["last_us"], np.int64)
        haunts._counted = np.array(parts["counted"], np.int8)
        haunts._places = dict(parts["places"])
        return haunts
