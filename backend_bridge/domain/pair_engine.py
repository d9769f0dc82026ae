"""Two people who move: how likely one is within a ring about the other, and whether and when they will meet."""

from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.containment import within_probability
from backend_bridge.domain.exact_math import exp
from backend_bridge.domain.geometry import PER_LAT, PER_LON
from backend_bridge.domain.kernel import kernel
from backend_bridge.domain.target_levels import CLOSING, CONTACT, DISTANCE, MISS, PROBABILITY, SHARE, SIGMA
from backend_bridge.domain.track_filter import STILL_M2_PER_S, VELOCITY_S
from backend_bridge.domain.track_table import (
    HISTORY,
    MEASURED_US,
    POST_DRIVE,
    POST_LAT,
    POST_LON,
    POST_VAR,
    POST_VVAR,
    POST_VX,
    POST_VY,
    POST_WIDTH,
)

Floats = NDArray[np.float64]

MEETING_S: Final = 300.0
"""How far ahead contact is predicted."""


@kernel
def post_at(track: np.record, at_us: int, out: Floats) -> bool:
    """What was known of a device by its newest fix measured no later than `at_us` (else its oldest), carried to then."""
    first, position = track.first, track.end - 1
    if position < first:
        return False
    while position > first and track.fixes[position % HISTORY, MEASURED_US] > at_us:
        position -= 1
    post = track.posts[position % HISTORY]
    for k in range(POST_WIDTH):
        out[k] = post[k]
    dt = (at_us - track.fixes[position % HISTORY, MEASURED_US]) * 1e-6
    if dt > 0.0:
        carried(out, track.frame[:], dt)
    return True


@kernel
def carried(post: Floats, frame: Floats, dt: float) -> None:
    """Carry a summary over dt seconds, in place."""
    decay = exp(-dt / VELOCITY_S)
    reach = VELOCITY_S * (1.0 - decay)
    post[POST_LAT] += reach * post[POST_VY] / frame[PER_LAT]
    post[POST_LON] += reach * post[POST_VX] / frame[PER_LON]
    spread = max(0.0, 2.0 * dt / VELOCITY_S - 3.0 + 4.0 * decay - decay * decay)
    post[POST_VAR] += post[POST_VVAR] * reach * reach + post[POST_DRIVE] * VELOCITY_S * VELOCITY_S * spread + STILL_M2_PER_S * dt
    post[POST_VVAR] = decay * decay * (post[POST_VVAR] - post[POST_DRIVE]) + post[POST_DRIVE]
    post[POST_VX] *= decay
    post[POST_VY] *= decay


@kernel
def relative(subject: Floats, protected: Floats, frame: Floats, out: Floats) -> None:
    """East, north, velocity of the protected as the subject sees her, and the variances of both, into out[0:6]."""
    lon = protected[POST_LON] - subject[POST_LON]
    lon -= 360.0 if lon > 180.0 else (-360.0 if lon < -180.0 else 0.0)
    out[0], out[1] = lon * frame[PER_LON], (protected[POST_LAT] - subject[POST_LAT]) * frame[PER_LAT]
    out[2], out[3] = protected[POST_VX] - subject[POST_VX], protected[POST_VY] - subject[POST_VY]
    out[4] = protected[POST_VAR] + subject[POST_VAR]
    out[5] = protected[POST_VVAR] + subject[POST_VVAR]


@kernel
def pair_figures(subject: Floats, protected: Floats, frame: Floats, radius: float, out: Floats) -> None:
    """Distance, its error, closing speed and the subject's share, time to the ring (modified tau) and miss distance, into `out`."""
    delta = np.empty(6)
    relative(subject, protected, frame, delta)
    dx, dy, vx, vy = delta[0], delta[1], delta[2], delta[3]
    distance = sqrt(dx * dx + dy * dy)
    out[DISTANCE], out[SIGMA] = distance, sqrt(delta[4])
    ex, ey = (dx / distance, dy / distance) if distance > 0.0 else (1.0, 0.0)
    closing = -(vx * ex + vy * ey)
    his, hers = max(0.0, subject[POST_VX] * ex + subject[POST_VY] * ey), max(0.0, -(protected[POST_VX] * ex + protected[POST_VY] * ey))
    out[CLOSING] = closing
    out[SHARE] = his / (his + hers) if his + hers > 0.0 else np.nan
    out[CONTACT] = np.nan
    if distance <= radius:
        out[CONTACT] = 0.0
    elif closing > 0.0:
        out[CONTACT] = (distance * distance - radius * radius) / (distance * closing)
    speed2 = vx * vx + vy * vy
    ahead = max(0.0, -(dx * vx + dy * vy) / speed2) if speed2 > 0.0 else 0.0
    mx, my = dx + ahead * vx, dy + ahead * vy
    out[MISS] = sqrt(mx * mx + my * my)


@kernel
def ring_chance(his: np.record, hers: np.record, radius: float, at_us: int, out: Floats) -> float:
    """P(distance < radius) and its figures into `out`; metres to the ring (far where one of the two has no fix)."""
    subject, protected = np.empty(POST_WIDTH), np.empty(POST_WIDTH)
    out[PROBABILITY], out[DISTANCE], out[SIGMA] = 0.0, np.nan, np.nan
    if not post_at(his, at_us, subject) or not post_at(hers, at_us, protected):
        return 0.0
    pair_figures(subject, protected, his.frame[:], radius, out)
    out[PROBABILITY] = within_probability(out[DISTANCE], out[SIGMA], radius)
    return float(out[DISTANCE] - radius)


@kernel
def approach_chance(his: np.record, hers: np.record, radius: float, at_us: int, out: Floats) -> float:
    """P(they meet within minutes) and its figures into `out`; metres to the ring."""
    clear = ring_chance(his, hers, radius, at_us, out)
    if not out[DISTANCE] >= 0.0:
        return clear
    near = within_probability(out[DISTANCE], out[SIGMA], 2.0 * radius)
    ahead = 0.0
    if out[CLOSING] > 0.3 and out[CONTACT] < MEETING_S and out[MISS] < 1.6 * radius:
        ahead = 0.9
    out[PROBABILITY] = max(near, ahead)
    return clear
