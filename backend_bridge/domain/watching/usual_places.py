"""Where each person stays, and where each spends hours: home, work. Two near each other where both do live there, or work there."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.breach_engine import BreachEngine
from backend_bridge.domain.breach.ground import distance_m
from backend_bridge.domain.breach.stay_filter import STAY_WIDTH
from backend_bridge.domain.breach.stay_places import Places, are_heard
from backend_bridge.domain.quantities import MICROSECONDS

STAYED_US: Final = 2 * 3600 * MICROSECONDS
"""Length of a stay that makes its place a usual one."""
_SAME_M: Final = 80.0
"""Nearer than that to a usual place is the same one; next door is another."""
_MOST: Final = 12
"""Usual places kept of one person; the oldest goes first."""


class UsualPlaces:
    """The stays of all devices, and the places at which people have stayed for hours, each with the instant at which that was known."""

    def __init__(self) -> None:
        self._stays = np.zeros((0, STAY_WIDTH))
        self._counted_us = np.zeros(0, np.int64)
        """When the stay began that was last counted as one of hours."""
        self._places: dict[int, tuple[tuple[float, float, int], ...]] = {}

    def look(self, engine: BreachEngine, device: NDArray[np.int32], at_us: int) -> Places:
        """Where devices that are `heard` were at an instant, later than at any look before but for devices whose fixes came late."""
        places = engine.places_at(self._stays, device, at_us)
        long = (places.since_us >= 0) & (places.since_us <= at_us - STAYED_US)
        if not np.count_nonzero(long):
            return places
        for row in np.flatnonzero(long & (self._counted_us[device] != places.since_us)).tolist():
            one, lat, lon = int(device[row]), float(places.lat_deg[row]), float(places.lon_deg[row])
            self._counted_us[one] = places.since_us[row]
            known = self._places.get(one, ())
            if not any(distance_m(place[0], place[1], lat, lon) <= _SAME_M for place in known):
                self._places[one] = (*known, (lat, lon, at_us))[-_MOST:]
        return places

    def heard(self, engine: BreachEngine, device: NDArray[np.int32], now_us: int) -> NDArray[np.int32]:
        """Those devices that are not silent for longer than is usual for them."""
        self._grow(device)
        heard = are_heard(self._stays, device, engine.newest_us(device), now_us)
        return device if np.count_nonzero(heard) == len(device) else device[heard]

    def untaken_since_us(self, engine: BreachEngine, device: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """When the first fix of each device was measured that no look has seen yet, and the first look that could not tell without it.

        A time that never comes where there is none. All are `heard`.
        """
        return engine.untaken_since_us(self._stays, device)

    def _grow(self, device: NDArray[np.int32]) -> None:
        more = int(device.max(initial=-1)) + 1 - len(self._stays)
        if more > 0:
            self._stays = np.concatenate([self._stays, np.zeros((more, STAY_WIDTH))])
            self._counted_us = np.append(self._counted_us, np.full(more, -1))

    def knows(self, device: int, lat_deg: float, lon_deg: float, before_us: int) -> bool:
        """Whether a place was a usual one of the person already before an instant."""
        places = self._places.get(device, ())
        return any(known_us <= before_us and distance_m(lat, lon, lat_deg, lon_deg) <= _SAME_M for lat, lon, known_us in places)

    def parts(self) -> dict[str, Any]:
        """Everything that is remembered."""
        return {"stays": self._stays.copy(), "counted_us": self._counted_us.copy(), "places": dict(self._places)}

    @staticmethod
    def of_parts(parts: Mapping[str, Any]) -> "UsualPlaces":
        """The memory that gave these parts."""
        usual = UsualPlaces()
        usual._stays = np.array(parts["stays"], np.float64).reshape(-1, STAY_WIDTH)
        usual._counted_us = np.array(parts["counted_us"], np.int64)
        usual._places = dict(parts["places"])
        return usual
