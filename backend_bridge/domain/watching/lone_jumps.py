"""Fixes that nobody can have been at: one alone, too far from the one before and from the one after, which agree with each other."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.ground import distances_m
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.trust_scan import IMPOSSIBLE_MPS

_R95_OF_68: Final = 2.45 / 1.51
_UNSAID_R95_M: Final = 200.0
"""A device that does not say its error is given this much, so that its fixes are doubted late."""


def lone_jumps(fixes: FixBatch) -> NDArray[np.uint8]:
    """1 at each of n fixes of one device, in the order of measurement, that is a lone jump; 0 elsewhere, at the first and at the last.

    Both ways must take more than 70 m/s after both errors, and the way past it less: who is elsewhere twice running is believed.
    """
    jumps = np.zeros(len(fixes), np.uint8)
    if len(fixes) >= 3:
        step = _impossible(fixes, 1)
        jumps[1:-1] = step[:-1] & step[1:] & ~_impossible(fixes, 2)
    return jumps


def _impossible(fixes: FixBatch, apart: int) -> NDArray[np.bool_]:
    """Whether nobody gets from each fix to the one `apart` rows later in time."""
    accuracy_m = fixes.accuracy_m.astype(np.float64)
    r95_m = np.where(np.isnan(accuracy_m), _UNSAID_R95_M, accuracy_m * _R95_OF_68)
    way_m = distances_m(fixes.lat_deg[:-apart], fixes.lon_deg[:-apart], fixes.lat_deg[apart:], fixes.lon_deg[apart:])
    took_s = np.maximum((fixes.measured_us[apart:] - fixes.measured_us[:-apart]) / MICROSECONDS, 1.0)
    return np.asarray(way_m - r95_m[:-apart] - r95_m[apart:] > IMPOSSIBLE_MPS * took_s, np.bool_)
