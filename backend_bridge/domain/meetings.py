"""Which of many wearers are near which of many protected persons: pairs by a grid, not all with all."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.ground import distances_m

_CELL_DEG: Final = 0.002
"""Side of a grid cell in latitude, some 220 m; in longitude it is as wide on the ground or wider up to 60° of latitude."""
_STRIDE: Final = 1 << 20


def near_pairs(
    wearers: tuple[NDArray[np.float64], NDArray[np.float64]], protected: tuple[NDArray[np.float64], NDArray[np.float64]], radius_m: float
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
    """All pairs within `radius_m` (at most 220 m): row among the wearers, row among the protected, metres; by rows.

    Places are (latitudes, longitudes) in degrees, without NaN.
    """
    cells, hers = _cells(*wearers), _cells(*protected)
    order = np.argsort(hers, kind="stable")
    sorted_hers = hers[order]
    found_wearers, found_protected = [], []
    for row_step in (-1, 0, 1):
        # The three neighbours of one row of cells have consecutive numbers: one search finds them all.
        first = np.searchsorted(sorted_hers, cells + row_step * _STRIDE - 1, side="left")
        last = np.searchsorted(sorted_hers, cells + row_step * _STRIDE + 1, side="right")
        count = last - first
        rows = np.repeat(np.arange(len(cells)), count)
        offsets = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
        found_wearers.append(rows)
        found_protected.append(order[np.repeat(first, count) + offsets])
    w, p = np.concatenate(found_wearers), np.concatenate(found_protected)
    apart_m = distances_m(wearers[0][w], wearers[1][w], protected[0][p], protected[1][p])
    near = np.flatnonzero(apart_m <= radius_m)
    by_rows = near[np.lexsort((p[near], w[near]))]
    return w[by_rows], p[by_rows], apart_m[by_rows]


def _cells(lat_deg: NDArray[np.float64], lon_deg: NDArray[np.float64]) -> NDArray[np.int64]:
    """Numbers of grid cells; neighbours in a row differ by 1, rows by `_STRIDE`."""
    return np.floor(lat_deg / _CELL_DEG).astype(np.int64) * _STRIDE + np.floor(lon_deg / (2.0 * _CELL_DEG)).astype(np.int64)
