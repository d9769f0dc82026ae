"""What the distance of two people rests on: how well and since when each of them is known, and how fast each moves."""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.kernel import kernel
from backend_bridge.domain.breach.target_levels import (
    HER_AGE,
    HER_FIXES,
    HER_SIGMA,
    HER_SPEED,
    HIS_AGE,
    HIS_FIXES,
    HIS_SIGMA,
    HIS_SPEED,
    RELATIVE,
)
from backend_bridge.domain.breach.track_table import HISTORY, MEASURED_US, POST_VAR, POST_VX, POST_VY, POST_WIDTH

Floats = NDArray[np.float64]


@kernel
def both_sides(his: np.record, hers: np.record, at_us: int, posts: Floats, out: Floats) -> None:
    """Error, speed, age of the newest fix and number of fixes of each, and how fast they move against each other, into `out`.

    `posts` holds the summaries of both at the instant, his first.
    """
    subject, protected = posts[:POST_WIDTH], posts[POST_WIDTH : 2 * POST_WIDTH]
    out[HIS_SIGMA], out[HER_SIGMA] = sqrt(subject[POST_VAR]), sqrt(protected[POST_VAR])
    out[HIS_SPEED], out[HER_SPEED] = _length(subject[POST_VX], subject[POST_VY]), _length(protected[POST_VX], protected[POST_VY])
    out[RELATIVE] = _length(protected[POST_VX] - subject[POST_VX], protected[POST_VY] - subject[POST_VY])
    out[HIS_AGE], out[HER_AGE] = _age_s(his, at_us), _age_s(hers, at_us)
    out[HIS_FIXES], out[HER_FIXES] = min(his.end, HISTORY), min(hers.end, HISTORY)


@kernel
def _length(x: float, y: float) -> float:
    return sqrt(x * x + y * y)


@kernel
def _age_s(track: np.record, at_us: int) -> float:
    """Seconds since the newest fix measured by an instant; NaN where none of those is kept."""
    position = track.end - 1
    while position >= track.first:
        age_us = at_us - track.fixes[position % HISTORY, MEASURED_US]
        if age_us >= 0.0:
            return float(age_us * 1e-6)
        position -= 1
    return float(np.nan)
