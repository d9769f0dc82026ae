"""Two people who move: how likely one is within a ring about the other, and whether and when they will meet."""

from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.containment import within_probability
from backend_bridge.domain.breach.exact_math import exp
from backend_bridge.domain.breach.geometry import PER_LAT, PER_LON
from backend_bridge.domain.breach.kernel import kernel, whole
from backend_bridge.domain.breach.target_levels import CLOSING, CONTACT, DISTANCE, MISS, OFF, PROBABILITY, SHARE, SIGMA
from backend_bridge.domain.breach.track_model import (
    STILL_M2_PER_S,
    VELOCITY_S,
)
from backend_bridge.domain.breach.track_table import (
    HISTORY,
    MEASURED_US,
    PLACE_AT,
    PLACE_LAT,
    PLACE_LON,
    PLACE_VAR,
    PLACES,
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

MEETING_S: Final = 580.0
"""How far ahead contact is predicted from how the distance has been shrinking."""
DIRECT_S: Final = 250.0
"""How far ahead it is predicted from how fast the distance shrinks now, where they go straight into the ring."""
DIRECT_MPS: Final = 0.5
CLOSING_SLOW_S: Final = 600.0
CLOSING_FAST_S: Final = 90.0
"""Memory of the closing speeds."""
LEAST_CLOSING_MPS: Final = 0.2
FAR_S: Final = 1e9
NEAR_RADII: Final = 2.6
FOLLOWED_RADII: Final = 8.0
FARTHEST_RADII: Final = 14.0
MISS_RADII: Final = 4.0
"""In radii of the ring: near enough by itself; too far for slow closing to tell, and for any; the miss distance at which they may meet."""
STALE_US: Final = 3_300_000_000
"""A warning that has stood for so long says nothing any more: it ends unless they are closing, and what comes then is told anew."""
LONGEST_US: Final = 300_000_000
"""Between two places that are farther apart in time nothing is known of where somebody was."""
ROAMING_MPS: Final = 1.0
"""Between two places people are off the straight way by a quarter of it at most, and of so much a second besides (a standard error)."""
LEAST_WORTH: Final = 0.26
"""A warning is told from the probability on from which a breach is."""


@kernel
def newest_by(track: np.record, at_us: int) -> int:
    """The number of a device's newest fix that was measured no later than an instant; one before its first where none of those is kept."""
    low, high = track.first, track.end
    if low < high and track.fixes[(high - 1) % HISTORY, MEASURED_US] <= at_us:
        low = high
    while low < high:
        middle = (low + high) // 2
        if track.fixes[middle % HISTORY, MEASURED_US] <= at_us:
            low = middle + 1
        else:
            high = middle
    return int(low - 1)


@kernel
def newest_place_by(track: np.record, at_us: int) -> int:
    """The number of a device's newest place from before its fixes that is no later than an instant; one before the first where none is."""
    low, high = max(whole(0), track.n_places - PLACES), track.n_places
    while low < high:
        middle = (low + high) // 2
        if track.places[middle % PLACES, PLACE_AT] <= at_us:
            low = middle + 1
        else:
            high = middle
    return int(low - 1)


@kernel
def post_at(track: np.record, at_us: int, out: Floats) -> bool:
    """What was known of a device by its newest fix measured no later than `at_us` (else its oldest), carried to then."""
    if track.end == track.first:
        return False
    position = max(newest_by(track, at_us), track.first)
    post = track.posts[position % HISTORY]
    for k in range(POST_WIDTH):
        out[k] = post[k]
    dt = (at_us - track.fixes[position % HISTORY, MEASURED_US]) * 1e-6
    if dt > 0.0:
        carried(out, track.frame[:], dt)
    return True


@kernel
def placed_at(track: np.record, at_us: int, out: Floats) -> bool:
    """Where a device was at an instant, by its newest fix until then, else between two places that are kept; whether anything is known."""
    if newest_by(track, at_us) >= track.first:
        return bool(post_at(track, at_us, out))
    low = newest_place_by(track, at_us) + 1
    if low == max(whole(0), track.n_places - PLACES):
        return False
    before = track.places[(low - 1) % PLACES]
    if low < track.n_places:
        after = track.places[low % PLACES]
        _between(before, after[PLACE_AT], after[PLACE_LAT], after[PLACE_LON], after[PLACE_VAR], at_us, track.frame[:], out)
        return bool(after[PLACE_AT] - before[PLACE_AT] <= LONGEST_US)
    first, post = track.fixes[track.first % HISTORY, MEASURED_US], track.posts[track.first % HISTORY]
    _between(before, first, post[POST_LAT], post[POST_LON], post[POST_VAR], at_us, track.frame[:], out)
    return bool(first - before[PLACE_AT] <= LONGEST_US)


@kernel
def _between(before: Floats, after_us: float, lat: float, lon: float, variance: float, at_us: int, frame: Floats, out: Floats) -> None:
    """Where somebody was on the way from a place that was kept to the next known one, as a summary."""
    gap_s = (after_us - before[PLACE_AT]) * 1e-6
    share = (at_us - before[PLACE_AT]) * 1e-6 / gap_s
    turned = lon - before[PLACE_LON]
    turned -= 360.0 if turned > 180.0 else (-360.0 if turned < -180.0 else 0.0)
    east, north = turned * frame[PER_LON], (lat - before[PLACE_LAT]) * frame[PER_LAT]
    out[POST_LAT], out[POST_LON] = before[PLACE_LAT] + share * (lat - before[PLACE_LAT]), before[PLACE_LON] + share * turned
    out[POST_VX], out[POST_VY] = east / gap_s, north / gap_s
    off = share * (1.0 - share) * (sqrt(east * east + north * north) + ROAMING_MPS * gap_s)
    out[POST_VAR] = before[PLACE_VAR] + share * (variance - before[PLACE_VAR]) + off * off
    out[POST_VVAR] = out[POST_DRIVE] = 0.0


@kernel
def known_since_us(track: np.record) -> int:
    """From when on anything is kept of a device that has fixes."""
    if track.n_places > 0:
        return int(track.places[max(whole(0), track.n_places - PLACES) % PLACES, PLACE_AT])
    return int(track.fixes[track.first % HISTORY, MEASURED_US])


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
def relative(subject: Floats, protected: Floats, frame: Floats) -> tuple[float, float, float, float]:
    """East, north, velocity of the protected as the subject sees her."""
    lon = protected[POST_LON] - subject[POST_LON]
    lon -= 360.0 if lon > 180.0 else (-360.0 if lon < -180.0 else 0.0)
    north = (protected[POST_LAT] - subject[POST_LAT]) * frame[PER_LAT]
    return lon * frame[PER_LON], north, protected[POST_VX] - subject[POST_VX], protected[POST_VY] - subject[POST_VY]


@kernel
def pair_figures(subject: Floats, protected: Floats, frame: Floats, radius: float, out: Floats) -> None:
    """Distance, its error, closing speed and the subject's share, time to the ring (modified tau) and miss distance, into `out`."""
    dx, dy, vx, vy = relative(subject, protected, frame)
    distance = sqrt(dx * dx + dy * dy)
    out[DISTANCE], out[SIGMA] = distance, sqrt(protected[POST_VAR] + subject[POST_VAR])
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
def ring_chance(his: np.record, hers: np.record, radius: float, at_us: int, out: Floats, work: Floats) -> float:
    """P(distance < radius) and its figures into `out`; metres to the ring.

    Where nothing of one of the two is kept from then, the distance is NaN: where somebody was an hour later says nothing.
    `work` is room for two summaries.
    """
    subject, protected = work[:POST_WIDTH], work[POST_WIDTH : 2 * POST_WIDTH]
    out[PROBABILITY], out[DISTANCE], out[SIGMA] = 0.0, np.nan, np.nan
    if not placed_at(his, at_us, subject) or not placed_at(hers, at_us, protected):
        return 0.0
    pair_figures(subject, protected, his.frame[:], radius, out)
    out[PROBABILITY] = within_probability(out[DISTANCE], out[SIGMA], radius)
    return float(out[DISTANCE] - radius)


@kernel
def approach_chance(target: np.record, his: np.record, hers: np.record, at_us: int, out: Floats, work: Floats) -> None:
    """How likely a warning that they meet within minutes is right, with its figures, into `out`.

    People do not walk straight: the distance is followed over minutes, and what counts is the time that it takes to shrink to the
    ring (modified tau), or being near already. A warning stands until nobody closes any more.
    """
    radius = target.margin_m
    ring_chance(his, hers, radius, at_us, out, work)
    distance = out[DISTANCE]
    if not distance >= 0.0:
        return
    _follow(target, distance, at_us)
    closing = max(target.closing_slow_mps, 0.6 * min(target.closing_fast_mps, out[CLOSING]))
    contact = FAR_S
    if closing > LEAST_CLOSING_MPS:
        contact = (distance * distance - radius * radius) / (max(distance, 1.0) * closing)
    coming = contact < MEETING_S and distance < FOLLOWED_RADII * radius and out[MISS] < MISS_RADII * radius
    if out[CLOSING] > DIRECT_MPS and distance < FARTHEST_RADII * radius and out[MISS] < radius:
        direct = (distance * distance - radius * radius) / (max(distance, 1.0) * out[CLOSING])
        coming, contact = coming or direct < DIRECT_S, min(contact, direct)
    out[CONTACT] = np.nan if contact == FAR_S else max(contact, 0.0)
    stale = target.level != OFF and at_us - target.transitions[target.n_transitions - 1, 0] > STALE_US
    if coming or (distance < NEAR_RADII * radius and not stale):
        out[PROBABILITY] = max(_contact_chance(out, radius), LEAST_WORTH)
    elif stale or (contact > 2.0 * MEETING_S and closing < 0.02 and out[CLOSING] < 0.3):
        out[PROBABILITY] = 0.0
    else:
        out[PROBABILITY] = 0.1


@kernel
def _contact_chance(out: Floats, radius: float) -> float:
    """How often contact followed within half an hour upon such a warning.

    A logistic regression on 1,164 warnings of the benchmark's days that are there to be tuned on; on days of a profile that it had not
    seen its figures were right to within 0.03 on average. It weighs how near they would pass each other, how fast they close (more is
    likelier, until it is a drive past), whether there is a contact to predict, and the error of their distance.
    """
    miss, closing, error = min(out[MISS] / radius, 4.0), 0.1 * min(max(out[CLOSING], 0.0), 20.0), min(out[SIGMA] / radius, 1.0)
    score = 1.703 - 1.528 * miss + 0.307 * miss * miss + 1.656 * closing - 1.101 * closing * closing - 1.135 * error
    if out[CONTACT] != out[CONTACT]:  # NaN: none is predicted, they are only near
        score -= 0.631
    return float(1.0 / (1.0 + exp(-score)))


@kernel
def _follow(target: np.record, distance: float, at_us: int) -> None:
    """Take a new distance into how fast it has been shrinking; an earlier instant than the newest changes nothing."""
    dt = (at_us - target.closing_us) * 1e-6
    if target.closing_us >= 0 and dt > 0.0:
        rate = (target.closing_m - distance) / dt
        target.closing_slow_mps += (1.0 - exp(-dt / CLOSING_SLOW_S)) * (rate - target.closing_slow_mps)
        target.closing_fast_mps += (1.0 - exp(-dt / CLOSING_FAST_S)) * (rate - target.closing_fast_mps)
    if target.closing_us < 0 or dt > 0.0:
        target.closing_us, target.closing_m = at_us, distance
