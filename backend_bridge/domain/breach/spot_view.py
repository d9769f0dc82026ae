"""Looking at one track at one instant, for rules that ask about a device with each of its fixes."""

from math import sqrt
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.kernel import kernel
from backend_bridge.domain.breach.pair_engine import post_at
from backend_bridge.domain.breach.track_model import MODE_WIDTH, N_MODES, W
from backend_bridge.domain.breach.track_table import POST_LAT, POST_LON, POST_VAR, POST_VX, POST_VY, POST_WIDTH
from backend_bridge.domain.breach.track_views import RADIUS_95

_N_FIGURES: Final = 4


class Spot(NamedTuple):
    """Where a device is at an instant: each as in `Tracks`."""

    lat_deg: float
    lon_deg: float
    radius95_m: float
    speed_mps: float
    weights: tuple[float, ...]
    """(6,)"""
    measured_us: int


class SpotView:
    """Looks at tracks one at a time; used by one thread."""

    def __init__(self) -> None:
        self._out = np.empty(_N_FIGURES + N_MODES)
        self._post = np.empty(POST_WIDTH)

    def at(self, tracks: NDArray[np.record], device: int, at_us: int, measured_us: int) -> Spot:
        """Where a device that has had a fix is at an instant; its newest was measured at `measured_us`."""
        _view(tracks, device, at_us, self._out, self._post)
        lat_deg, lon_deg, radius95_m, speed_mps, *weights = self._out.tolist()
        return Spot(lat_deg, lon_deg, radius95_m, speed_mps, tuple(weights), measured_us)


@kernel
def _view(tracks: NDArray[np.record], device: int, at_us: int, out: NDArray[np.float64], post: NDArray[np.float64]) -> None:
    """Lat, lon, radius, speed, six weights."""
    post_at(tracks[device], at_us, post)
    out[0], out[1] = post[POST_LAT], post[POST_LON]
    out[2] = RADIUS_95 * sqrt(post[POST_VAR])
    out[3] = sqrt(post[POST_VX] * post[POST_VX] + post[POST_VY] * post[POST_VY])
    for mode in range(N_MODES):
        out[_N_FIGURES + mode] = tracks[device].row[mode * MODE_WIDTH + W]
