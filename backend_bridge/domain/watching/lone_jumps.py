"""Fixes that are not believed: a lone jump that nobody makes, and what the filter takes for displaced, such as a reflection."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.ground import distances_m
from backend_bridge.domain.breach.refiltered import Refiltered
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.trust_scan import IMPOSSIBLE_MPS

LONE_JUMP: Final = 1
DISPLACED: Final = 2
"""What `unbelieved` says of a fix that is not believed; 0 of all others."""
_SURELY: Final = 0.9
"""So sure the filter must be that a fix is displaced."""
_USUAL_M: Final = 8.0
"""68 % radius that the filter gives a device which does not say its error."""
_R95_OF_68: Final = 2.45 / 1.51
_UNSAID_R95_M: Final = 200.0
"""A device that does not say its error is given this much, so that its fixes are doubted late."""


def unbelieved(fixes: FixBatch, refiltered: Refiltered) -> NDArray[np.uint8]:
    """Why each of n fixes of one device, in the order of measurement, is not believed; 0 where it is."""
    return np.where(lone_jumps(fixes) > 0, LONE_JUMP, np.where(_displaced(fixes, refiltered), DISPLACED, 0)).astype(np.uint8)


def _displaced(fixes: FixBatch, refiltered: Refiltered) -> NDArray[np.bool_]:
    """Whether a fix lies farther from where the filter has the device than its own error reaches, and the filter is sure of that.

    A large error that the device admits is no lie: such a fix is as good as its circle.
    """
    said_m = np.where(fixes.accuracy_m > 0.0, fixes.accuracy_m, _USUAL_M)
    off_m = distances_m(fixes.lat_deg, fixes.lon_deg, refiltered.lat_deg, refiltered.lon_deg)
    sure = (refiltered.displaced >= _SURELY) & (off_m > said_m * _R95_OF_68)
    return sure & _came_back(fixes, refiltered, sure)


def _came_back(fixes: FixBatch, refiltered: Refiltered, sure: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether the fix after each run of displaced ones proves them wrong: the device is taken to be where it was, not where they are.

    Whoever went there and stayed is believed afterwards, all the way; and nobody is doubted before something comes after it.
    """
    after = np.append(np.flatnonzero(~sure), len(sure))
    following = after[np.searchsorted(after, np.arange(len(sure)))]
    last, known = np.maximum(following - 1, 0), following < len(sure)
    then = np.minimum(following, max(len(sure) - 1, 0))
    stayed_m = distances_m(refiltered.lat_deg[last], refiltered.lon_deg[last], refiltered.lat_deg[then], refiltered.lon_deg[then])
    went_m = distances_m(fixes.lat_deg[last], fixes.lon_deg[last], refiltered.lat_deg[then], refiltered.lon_deg[then])
    return np.asarray(known & (stayed_m < went_m), np.bool_)


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
    r95_m = np.where(accuracy_m > 0.0, accuracy_m * _R95_OF_68, _UNSAID_R95_M)
    way_m = distances_m(fixes.lat_deg[:-apart], fixes.lon_deg[:-apart], fixes.lat_deg[apart:], fixes.lon_deg[apart:])
    took_s = np.maximum((fixes.measured_us[apart:] - fixes.measured_us[:-apart]) / MICROSECONDS, 1.0)
    return np.asarray(way_m - r95_m[:-apart] - r95_m[apart:] > IMPOSSIBLE_MPS * took_s, np.bool_)
