"""Distances on the ground between two places, the same to the last bit on every machine."""

from math import sqrt

import numpy as np
from numba import njit
from numpy.typing import NDArray

from backend_bridge.domain.breach.geometry import east_m, north_m, set_frame


@njit(cache=True)
def distance_m(lat_a_deg: float, lon_a_deg: float, lat_b_deg: float, lon_b_deg: float) -> float:
    """Metres between two places, in a flat frame at the first: to a thousandth within 100 km; NaN where a place is."""
    frame = np.zeros(4)
    set_frame(frame, lat_a_deg, lon_a_deg)
    east, north = east_m(frame, lon_b_deg), north_m(frame, lat_b_deg)
    return sqrt(east * east + north * north)


@njit(cache=True)
def distances_m(
    lat_a_deg: NDArray[np.float64], lon_a_deg: NDArray[np.float64], lat_b_deg: NDArray[np.float64], lon_b_deg: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Metres between n pairs of places."""
    result = np.empty(len(lat_a_deg))
    for i in range(len(lat_a_deg)):
        result[i] = distance_m(lat_a_deg[i], lon_a_deg[i], lat_b_deg[i], lon_b_deg[i])
    return result
