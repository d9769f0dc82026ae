"""Where devices were a moment ago: the one place of those that stay, and a point between two fixes of those that go.

Looking back costs a minute or two and gains much. Who rides is known to 100 m and more between two fixes until the next one comes, and
to a few metres after it. Who stays has one place, and all fixes of the stay tell of it: their mean, with the error that is left of a
correlated one. The track filter forgets a stay within half an hour, because it must notice soon when somebody goes; this does not.

For how long a device's errors last is learnt from its fixes, of a few memories that they may have; and so is whether it reports them as
smaller than they are. A stay begins with the first fix that shows a device standing, and ends with one that shows it going. A fix that
lies elsewhere without the device having gone there ends nothing (a reflection may last for minutes): until the next one that agrees,
nothing is said.
"""

from math import isnan, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.exact_math import exp, log
from backend_bridge.domain.breach.geometry import PER_LAT, PER_LON
from backend_bridge.domain.breach.kernel import kernel, woven_kernel
from backend_bridge.domain.breach.track_filter import UNLIKE
from backend_bridge.domain.breach.track_model import UNKNOWN_ACCURACY_M, WHITE_SHARE, error_scale
from backend_bridge.domain.breach.track_table import (
    ACCURACY_M,
    HISTORY,
    LAT_DEG,
    LON_DEG,
    MEASURED_US,
    MOVING,
    POST_DRIVE,
    POST_VAR,
    POST_VX,
    POST_VY,
)

Floats = NDArray[np.float64]
Devices = NDArray[np.int32]

(
    SINCE_US,
    AGREED_US,
    N_FIXES,
    MISSED,
    LN_ACCURACY,
    TAKEN,
    TAKEN_US,
    LEFT_LAT,
    LEFT_LON,
    LEFT_US,
    LEFT_FIXES,
    WENT,
    DOUBT_US,
    CAME,
    WAY_LAT,
    WAY_LON,
    WAY_US,
    WAY_VX,
    WAY_VY,
    WAY_VAR,
    HOP_M,
    USUAL_US,
    PENDING_US,
    JUDGED,
    BEST,
) = range(25)
"""Columns of a stay: when it began and was last agreed with, by how many fixes; whether the newest disagrees; the device's smoothed
accuracy; the newest fix taken, by number and time; where and when the stay before was left, with how many fixes, fixes on the way since,
and until when it is doubted that it was left; whether the device was seen elsewhere before; the newest fix on the way: where, when, its
velocity and variance; the longest leap between two fixes since the stay before was left; the usual time between two fixes; the first
instant of which the next fix still has to tell where the device was (0: there is none); how many fixes have told of the device's errors,
and which memory explains them best."""
(MODEL_LAT, MODEL_LON, ERROR_X, ERROR_Y, VAR_PLACE, VAR_BOTH, VAR_ERROR, SURPRISE, LN_EXPECTED) = range(9)
"""Columns of the stay as a memory has it: place, error of the newest fix in metres, their covariance per axis; and of all the device's
fixes, how surprising they were and what was expected."""
MODEL_WIDTH: Final = 9
MEMORIES_S: Final = (30.0, 120.0, 360.0, 1080.0)
"""Correlation times that the errors of a device that stays may have."""
STAY_WIDTH: Final = BEST + 1 + len(MEMORIES_S) * MODEL_WIDTH
_USUAL: Final = 2
"""The memory that is taken until the fixes tell otherwise."""
_UNUSUAL: Final = 4.0
"""How much likelier another memory must be to be taken instead (natural logarithms)."""
_FRANKNESS: Final = 10.0
"""Number of fixes that the belief that devices report their errors rightly weighs as much as."""
_TAILS: Final = 6.0
"""Degrees of freedom of the errors: the more surprising a fix is, the less it counts."""
_DISAGREES: Final = 25.0
"""Squared surprise above which a fix does not belong to the stay."""
_ANEW: Final = 9.0
"""Squared surprise above which a fix begins the stay anew, while that has few fixes: somebody was still coming."""
_FEW: Final = 3.0
"""A stay of fewer fixes than this may begin anew."""
_VAGUE_M: Final = 150.0
"""A fix that is reported to be no more accurate (a cell tower) tells nothing of a stay."""
_GOES_MPS: Final = 0.7
"""Speed above which a device goes."""
_STANDS: Final = 1.0
"""Usual variance of the velocity below which a device is known to stand."""
_LOST_US: Final = 900_000_000.0
"""After this long without a fix that agrees, a device has gone unseen; who has come unseen is doubted for as long."""
_SILENT_US: Final = 1_800_000_000.0
"""A pause between two fixes that ends a stay."""
_RHYTHM: Final = 0.15
"""Weight of the newest time between two fixes in what is usual for a device."""
_BACKLOG: Final = 3
"""Number of fixes that come too late after which a device's stay is worked out anew."""
_UNSEEN_M: Final = 80.0
"""Distance from where a device stood above which it may have come unseen."""
_GAP_US: Final = 600_000_000.0
"""Time since it stood there within which it may have."""
_PAUSE_US: Final = 300_000_000.0
"""A device that stands again within this time, with no more than `_WAY_FIXES` fixes on the way, may not have left."""
_WAY_FIXES: Final = 1.0
"""With no more fixes on the way than this, nobody saw it go."""
_LEAP: Final = 0.75
"""Share of the whole distance above which one leap means the same."""
_SPARE_M: Final = 60.0
"""A leap from the way that is longer by this much than twice what the speed allows was not seen either."""
_SEEN_US: Final = 60_000_000.0
"""A device that was seen on the way no longer ago than this has not gone far since: about half as far as at the speed of then."""
_SPREAD: Final = 0.35
"""Standard deviation of that, as a share of the way at that speed."""
_TURN_M: Final = 6.0
"""Standard deviation that is added to it."""
_STOPS_S: Final = 25.0
"""For how long a device that has all but stopped may still go on."""
_STEPS_M: Final = 25.0
"""How far it may go besides, where it says that it moves."""
_ASTRAY: Final = 9.0
"""Squared surprise above which a fix is not expected near the way."""


@woven_kernel
def model_of(stay: Floats, k: int) -> Floats:
    """The stay as memory `k` has it, `MODEL_WIDTH` columns."""
    return stay[BEST + 1 + k * MODEL_WIDTH : BEST + 1 + (k + 1) * MODEL_WIDTH]


@kernel
def _goes(post: Floats) -> bool:
    speed2 = post[POST_VX] * post[POST_VX] + post[POST_VY] * post[POST_VY]
    return bool(speed2 > _GOES_MPS * _GOES_MPS)


@kernel
def _leave(stay: Floats) -> None:
    """End a stay, if there is one, and remember where it was."""
    if stay[N_FIXES] > 0.0:
        model = model_of(stay, int(stay[BEST]))
        stay[LEFT_LAT], stay[LEFT_LON], stay[LEFT_US] = model[MODEL_LAT], model[MODEL_LON], stay[AGREED_US]
        stay[LEFT_FIXES], stay[WENT], stay[HOP_M] = stay[N_FIXES], 0.0, 0.0
    stay[N_FIXES] = 0.0


@kernel
def _leap(stay: Floats, fix: Floats, post: Floats, frame: Floats) -> None:
    """Remember a fix of a device that goes, and how far it lies from the fix before."""
    stay[WENT] = stay[WENT] + 1.0 if stay[WENT] < np.inf else 1.0
    stay[HOP_M] = max(stay[HOP_M], _from_way(stay, fix, frame))
    stay[WAY_LAT], stay[WAY_LON], stay[WAY_US] = fix[LAT_DEG], fix[LON_DEG], fix[MEASURED_US]
    stay[WAY_VX], stay[WAY_VY], stay[WAY_VAR] = post[POST_VX], post[POST_VY], post[POST_VAR]


@kernel
def _from_way(stay: Floats, fix: Floats, frame: Floats) -> float:
    """Metres from the newest fix of a device on its way, or from where it stood before it went."""
    first = stay[WENT] <= 1.0
    lat, lon = (stay[LEFT_LAT], stay[LEFT_LON]) if first else (stay[WAY_LAT], stay[WAY_LON])
    dx, dy = (fix[LON_DEG] - lon) * frame[PER_LON], (fix[LAT_DEG] - lat) * frame[PER_LAT]
    return sqrt(dx * dx + dy * dy)


@kernel
def _comes_unseen(stay: Floats, fix: Floats, frame: Floats) -> bool:
    """Whether a device is where it is now by a leap that nobody saw it make: that may be a reflection."""
    dx, dy = (fix[LON_DEG] - stay[LEFT_LON]) * frame[PER_LON], (fix[LAT_DEG] - stay[LEFT_LAT]) * frame[PER_LAT]
    far = sqrt(dx * dx + dy * dy)
    hop = _from_way(stay, fix, frame)
    leaps = stay[WENT] <= _WAY_FIXES or max(stay[HOP_M], hop) > _LEAP * far
    if fix[MEASURED_US] - stay[LEFT_US] < _GAP_US and far > _UNSEEN_M and leaps:
        return True
    since_s = (fix[MEASURED_US] - stay[WAY_US]) * 1e-6
    if stay[WENT] < 2.0 or stay[WENT] == np.inf or since_s * 1e6 > _SEEN_US:
        return False
    speed = sqrt(stay[WAY_VX] * stay[WAY_VX] + stay[WAY_VY] * stay[WAY_VY])
    return bool(hop > 2.0 * speed * since_s + _SPARE_M)


@kernel
def has_leapt(stay: Floats, frame: Floats, at_us: int) -> bool:
    """Whether all that a device on its way has shown since it stood is one leap: it may stand there still."""
    dx, dy = (stay[WAY_LON] - stay[LEFT_LON]) * frame[PER_LON], (stay[WAY_LAT] - stay[LEFT_LAT]) * frame[PER_LAT]
    far = sqrt(dx * dx + dy * dy)
    return bool(stay[LEFT_FIXES] > 0.0 and at_us - stay[LEFT_US] < _GAP_US and far > _UNSEEN_M and stay[HOP_M] > _LEAP * far)


@kernel
def _arrive(stay: Floats, fix: Floats, post: Floats, frame: Floats, scale: float) -> None:
    """Begin a stay with a fix. Who was seen elsewhere a moment ago, and not on the way, may be there still."""
    speed2 = post[POST_VX] * post[POST_VX] + post[POST_VY] * post[POST_VY]
    on = speed2 * _STOPS_S * _STOPS_S + (_STEPS_M * _STEPS_M if fix[MOVING] == 1.0 else 0.0)
    for k in range(len(MEMORIES_S)):
        model = model_of(stay, k)
        model[MODEL_LAT], model[MODEL_LON], model[ERROR_X], model[ERROR_Y] = fix[LAT_DEG], fix[LON_DEG], 0.0, 0.0
        model[VAR_PLACE] = scale * scale * (1.0 + WHITE_SHARE * WHITE_SHARE) + 0.25 + on
        model[VAR_BOTH], model[VAR_ERROR] = -scale * scale, scale * scale
        if 0.0 < stay[WENT] < np.inf:
            _come_from(model, stay, fix, frame)
    stay[DOUBT_US] = fix[MEASURED_US] + _LOST_US if _comes_unseen(stay, fix, frame) else 0.0
    stay[SINCE_US] = stay[AGREED_US] = fix[MEASURED_US]
    stay[N_FIXES], stay[MISSED], stay[LEFT_FIXES] = 1.0, 0.0, 0.0
    stay[CAME] = 1.0 if stay[WENT] < np.inf else 0.0


@kernel
def _come_from(model: Floats, stay: Floats, fix: Floats, frame: Floats) -> None:
    """Who was on the way a moment ago has not gone far since: that tells of the place too, without its error."""
    since_s = (fix[MEASURED_US] - stay[WAY_US]) * 1e-6
    if since_s <= 0.0 or since_s * 1e6 > _SEEN_US:
        return
    vx, vy = stay[WAY_VX], stay[WAY_VY]
    ix = (stay[WAY_LON] - model[MODEL_LON]) * frame[PER_LON] + 0.5 * vx * since_s
    iy = (stay[WAY_LAT] - model[MODEL_LAT]) * frame[PER_LAT] + 0.5 * vy * since_s
    reach2 = _SPREAD * _SPREAD * (vx * vx + vy * vy) * since_s * since_s
    expected = model[VAR_PLACE] + stay[WAY_VAR] + reach2 + _TURN_M * _TURN_M
    if ix * ix + iy * iy > _ASTRAY * expected:
        return
    kp, ku = model[VAR_PLACE] / expected, model[VAR_BOTH] / expected
    model[MODEL_LON] += kp * ix / frame[PER_LON]
    model[MODEL_LAT] += kp * iy / frame[PER_LAT]
    model[ERROR_X] += ku * ix
    model[ERROR_Y] += ku * iy
    model[VAR_ERROR] -= ku * model[VAR_BOTH]
    model[VAR_BOTH] -= kp * model[VAR_BOTH]
    model[VAR_PLACE] -= kp * model[VAR_PLACE]


@kernel
def _expect(model: Floats, keep: float, scale: float) -> float:
    """Let the error of the newest fix fade until the next one; the variance per axis of where that is expected."""
    model[ERROR_X] *= keep
    model[ERROR_Y] *= keep
    model[VAR_BOTH] *= keep
    model[VAR_ERROR] = keep * keep * (model[VAR_ERROR] - scale * scale) + scale * scale
    return float(model[VAR_PLACE] + 2.0 * model[VAR_BOTH] + model[VAR_ERROR] + WHITE_SHARE * WHITE_SHARE * scale * scale + 0.25)


@kernel
def _surprise(model: Floats, fix: Floats, frame: Floats, expected: float) -> float:
    ix = (fix[LON_DEG] - model[MODEL_LON]) * frame[PER_LON] - model[ERROR_X]
    iy = (fix[LAT_DEG] - model[MODEL_LAT]) * frame[PER_LAT] - model[ERROR_Y]
    return float((ix * ix + iy * iy) / expected)


@kernel
def _agree(model: Floats, fix: Floats, frame: Floats, expected: float) -> None:
    """Take a fix of the stay: a Kalman filter of a fixed place and a Gauss-Markov error."""
    ix = (fix[LON_DEG] - model[MODEL_LON]) * frame[PER_LON] - model[ERROR_X]
    iy = (fix[LAT_DEG] - model[MODEL_LAT]) * frame[PER_LAT] - model[ERROR_Y]
    surprise = (ix * ix + iy * iy) / expected
    model[SURPRISE] += 0.5 * min(surprise, 50.0)
    model[LN_EXPECTED] += log(expected)
    gain_p, gain_u = model[VAR_PLACE] + model[VAR_BOTH], model[VAR_BOTH] + model[VAR_ERROR]
    scaled = expected * max(1.0, (_TAILS + surprise) / (_TAILS + 2.0))
    kp, ku = gain_p / scaled, gain_u / scaled
    model[MODEL_LON] += kp * ix / frame[PER_LON]
    model[MODEL_LAT] += kp * iy / frame[PER_LAT]
    model[ERROR_X] += ku * ix
    model[ERROR_Y] += ku * iy
    model[VAR_PLACE] -= kp * gain_p
    model[VAR_BOTH] -= kp * gain_u
    model[VAR_ERROR] -= ku * gain_u


@kernel
def _stay_on(stay: Floats, fix: Floats, post: Floats, frame: Floats, scale: float, expected: Floats) -> None:
    """Take a fix of a device that stands into its stay, as each memory has it, and choose anew which one explains the device."""
    since_s = (fix[MEASURED_US] - stay[TAKEN_US]) * 1e-6
    for k in range(len(MEMORIES_S)):
        expected[k] = _expect(model_of(stay, k), exp(-since_s / MEMORIES_S[k]), scale)
    best = int(stay[BEST])
    surprise = _surprise(model_of(stay, best), fix, frame, expected[best])
    resumes = stay[N_FIXES] == 0.0
    if resumes:
        stay[N_FIXES] = stay[LEFT_FIXES]
    if surprise > _ANEW and (resumes or stay[N_FIXES] < _FEW):
        went = stay[WENT]
        _leave(stay)
        stay[WENT] = went if resumes or went == np.inf else 0.0
        _arrive(stay, fix, post, frame, scale)
        return
    if surprise > _DISAGREES:
        stay[MISSED] = 1.0
        if fix[MEASURED_US] - stay[AGREED_US] > _LOST_US:
            _leave(stay)
            _arrive(stay, fix, post, frame, scale)
        return
    stay[AGREED_US], stay[MISSED] = fix[MEASURED_US], 0.0
    stay[N_FIXES] += 1.0
    stay[JUDGED] += 1.0
    likeliest = -np.inf
    for k in range(len(MEMORIES_S)):
        model = model_of(stay, k)
        _agree(model, fix, frame, expected[k])
        likely = -model[LN_EXPECTED] - stay[JUDGED] * log(model[SURPRISE] / stay[JUDGED]) - (0.0 if k == _USUAL else _UNUSUAL)
        if likely > likeliest:
            likeliest, stay[BEST] = likely, k


@kernel
def _know_nothing(stay: Floats) -> None:
    """A device that was not seen to stand yet is believed as if so many fixes had shown that it can be."""
    stay[JUDGED], stay[BEST], stay[WENT] = _FRANKNESS, _USUAL, np.inf
    for k in range(len(MEMORIES_S)):
        model_of(stay, k)[SURPRISE] = _FRANKNESS


@kernel
def _take(stay: Floats, fix: Floats, post: Floats, frame: Floats, expected: Floats) -> None:
    """Take one fix; `post` is what the track filter thought of the device after it."""
    if fix[ACCURACY_M] > _VAGUE_M:
        return
    first = stay[JUDGED] == 0.0
    if first:
        _know_nothing(stay)
    if fix[MEASURED_US] - stay[TAKEN_US] > _SILENT_US:
        _leave(stay)
    if _goes(post):
        _leave(stay)
        _leap(stay, fix, post, frame)
        return
    ln = log(UNKNOWN_ACCURACY_M if isnan(fix[ACCURACY_M]) else max(fix[ACCURACY_M], 1.0))
    unlike = first or abs(ln - stay[LN_ACCURACY]) > UNLIKE
    stay[LN_ACCURACY] = ln if unlike else stay[LN_ACCURACY] + 0.3 * (ln - stay[LN_ACCURACY])
    scale = error_scale(stay[LN_ACCURACY])
    paused = stay[LEFT_FIXES] > 0.0 and stay[WENT] <= _WAY_FIXES and fix[MEASURED_US] - stay[LEFT_US] <= _PAUSE_US
    if stay[N_FIXES] > 0.0 or paused:
        _stay_on(stay, fix, post, frame, scale, expected)
    elif post[POST_DRIVE] < _STANDS:
        _arrive(stay, fix, post, frame, scale)


@kernel
def next_fix(track: np.record, stay: Floats) -> int:
    """The number of the first fix not taken yet; negative where so many came in before it that the history has to be taken anew.

    Single ones that come so late are left out of the stay.
    """
    n = max(int(stay[TAKEN]), track.first)
    late = 0
    while n > track.first and n < track.end and track.fixes[(n - 1) % HISTORY, MEASURED_US] < stay[TAKEN_US]:
        n, late = n + 1, late + 1
    return -1 if late >= _BACKLOG else n


@kernel
def stay_until(track: np.record, stay: Floats, until_us: int, expected: Floats) -> None:
    """Take the fixes of a device that were measured no later than an instant and not taken yet, in order; `expected` is room for them."""
    n = next_fix(track, stay)
    if n < 0:
        n = track.first
        stay[N_FIXES], stay[WENT], stay[HOP_M] = 0.0, np.inf, 0.0
    while n < track.end and track.fixes[n % HISTORY, MEASURED_US] <= until_us:
        fix = track.fixes[n % HISTORY]
        _take(stay, fix, track.posts[n % HISTORY], track.frame[:], expected)
        since_us = fix[MEASURED_US] - stay[TAKEN_US]
        stay[USUAL_US] += _RHYTHM * (min(since_us, _LOST_US) - stay[USUAL_US]) if stay[TAKEN_US] > 0.0 else 0.0
        stay[TAKEN_US] = fix[MEASURED_US]
        n += 1
    stay[TAKEN] = n
