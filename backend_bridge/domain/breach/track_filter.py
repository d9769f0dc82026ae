"""The track filter: where a device really is, from fixes whose error is correlated, heavy-tailed and dishonestly reported.

Six modes run side by side: the person is still, walks or rides, and the fixes are nominal or displaced. Each mode is a Gaussian over
place p, velocity v (metres, m/s; both axes share one covariance) and error u. Nominal: u is the correlated error in units of the
reported accuracy, a Gauss-Markov process. Displaced: u is the offset in metres that multipath, a cell tower or a spoofer put the
fixes at; it sticks until it ends. A fix is explained by each mode going on, by a displacement that begins or ends with it, and by the
device having been carried elsewhere unseen; the explanations of one mode are merged after the fix, so that none blurs another.

A track is one row of floats; everything here works on such rows, without allocation, to the same bits on every machine.
"""

from math import isnan, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.exact_math import exp, log
from backend_bridge.domain.breach.kernel import fill_floats, kernel
from backend_bridge.domain.breach.track_evidence import FRANK, PLAIN, evidence, speed_habit, with_motion
from backend_bridge.domain.breach.track_model import (
    ACCURACY,
    ADMITTED,
    ADMITTED_SHARE,
    DISPLACED_MOVING,
    DISPLACED_S_MOVING,
    DISPLACED_S_STILL,
    DISPLACED_STILL,
    ELSEWHERE,
    ELSEWHERE_MPS,
    HONEST,
    LN_SCALE,
    MEASURED,
    MODE_WIDTH,
    N_MODES,
    N_MOTIONS,
    NOISE,
    OFFSET_M,
    PP,
    PU,
    PV,
    PX,
    PY,
    SCALE,
    SCALE_AT_REST,
    SCALE_MOVING,
    SPEED,
    SPEED_HABIT,
    STILL,
    TWO_PI,
    UNKNOWN_ACCURACY_M,
    UNSAID,
    UU,
    UX,
    UY,
    VU,
    VV,
    VX,
    VY,
    WHITE_SHARE,
    W,
    X,
    Y,
    error_scale,
    fresh_velocity,
    mode_of,
)
from backend_bridge.domain.breach.track_motion import predicted

Floats = NDArray[np.float64]

STARTS, ENDS, CARRIED, CARRIED_M = range(4)
"""Columns of chances: a displacement has begun, has ended; the device was carried elsewhere, and how far then."""
LEAST_S: Final = 1.0
"""Least time in which anything may have changed: two fixes of one instant may contradict each other."""
UNLIKE: Final = 0.9
"""Difference of the logarithms of accuracies from which the surroundings have changed, while a device moves."""
UNLIKE_AT_REST: Final = 1.4
"""The same while it stays: its surroundings seldom change, and one fix in a hundred says less of its error than it has."""
TRIFLE: Final = 1e-5
"""Share of a mode's weight below which an explanation is left out."""


@kernel
def begin(row: Floats) -> None:
    """Make a row a track without fixes."""
    fill_floats(row, 0.0)
    row[LN_SCALE] = log(UNKNOWN_ACCURACY_M)
    row[SPEED_HABIT] = 0.5
    row[HONEST] = ADMITTED
    row[MEASURED] = -1.0


@kernel
def take_fix(row: Floats, fix: Floats, moving: int, source: int, measured_us: float, work: Floats) -> float:
    """Take one fix into a track, in place; squared surprise of its place in units of the expected variance.

    `fix` has room for the columns of a measurement; `moving` 1, 0 or −1, `source` a `FixSource`; `work` at least (4, ROW_WIDTH).
    """
    before, chances, ev, other = work[0], work[1], work[2], work[3]
    evidence(row, fix, moving, source, ev)
    first = row[MEASURED] < 0.0
    ln_moving = _ln_here(row[LN_SCALE], fix[ACCURACY], 0.0 if first else UNLIKE)
    ln_at_rest = _ln_here(row[LN_SCALE], fix[ACCURACY], 0.0 if first else UNLIKE_AT_REST)
    row[UNSAID] = 1.0 if isnan(fix[ACCURACY]) else 0.0
    fix[SCALE_MOVING] = fix[SCALE_AT_REST] = error_scale(ln_moving)
    if ln_at_rest != ln_moving:
        fix[SCALE_AT_REST] = error_scale(ln_at_rest)
    surprise, displaced = 0.0, 0.0
    if first:
        _first(row, fix, ev)
    else:
        dt = max(0.0, measured_us - row[MEASURED]) * 1e-6
        predicted(row, dt, before)
        surprise = _surprise(before, fix)
        displaced = _explained(row, before, dt, fix, ev, chances, other)
    if displaced < 0.5:
        at_rest = row[STILL * MODE_WIDTH + W] / (1.0 - displaced)
        row[LN_SCALE] = ln_moving + at_rest * (ln_at_rest - ln_moving)
    row[SPEED_HABIT] = speed_habit(row, fix[SPEED])
    row[MEASURED] = max(measured_us, row[MEASURED])
    return float(surprise)


@kernel
def _scaled(fix: Floats, motion: int) -> None:
    """Give a measurement the error of who moves so."""
    fix[SCALE] = fix[SCALE_AT_REST] if motion == STILL else fix[SCALE_MOVING]
    fix[NOISE] = WHITE_SHARE * WHITE_SHARE * fix[SCALE] * fix[SCALE] + 0.25


@kernel
def _ln_here(ln_scale: float, accuracy: float, unlike: float) -> float:
    """The smoothed accuracy with this fix; one that is `unlike` those before stands for itself (another surrounding)."""
    if isnan(accuracy):
        return ln_scale
    ln = log(max(accuracy, 1.0))
    return ln if abs(ln - ln_scale) > unlike else ln_scale + 0.3 * (ln - ln_scale)


@kernel
def _explained(row: Floats, before: Floats, dt: float, fix: Floats, ev: Floats, chances: Floats, other: Floats) -> float:
    """Fill the modes of a row with what the fix leaves of the predicted ones; P(the fix is displaced).

    With a fix that says nothing of its error no displacement begins: nothing would tell it from a turn of the way.
    """
    time_s = max(dt, LEAST_S)
    left_still, left_moving = exp(-time_s / DISPLACED_S_STILL), exp(-time_s / DISPLACED_S_MOVING)
    chances[CARRIED], chances[CARRIED_M] = min(0.2, ELSEWHERE * time_s / 60.0), 50.0 + ELSEWHERE_MPS * time_s
    total, displaced, frank = 0.0, 0.0, 0.0
    for motion in range(N_MOTIONS):
        _scaled(fix, motion)
        share, left = (DISPLACED_STILL, left_still) if motion == STILL else (DISPLACED_MOVING, left_moving)
        if row[UNSAID] > 0.0:
            share = 0.0
        chances[STARTS], chances[ENDS] = share * (1.0 - left), (1.0 - share) * (1.0 - left)
        nominal_before, displaced_before = mode_of(before, motion), mode_of(before, N_MOTIONS + motion)
        _nominal(nominal_before, displaced_before, motion, fix, ev, chances, mode_of(row, motion), mode_of(other, motion))
        mode = mode_of(row, N_MOTIONS + motion)
        frank += _displaced(nominal_before, displaced_before, motion, fix, ev, chances, row[HONEST], mode, mode_of(other, motion))
        displaced += mode[W]
        total += row[motion * MODE_WIDTH + W] + mode[W]
    if not 0.0 < total < np.inf:
        _first(row, fix, ev)
        return 0.0
    for mode_number in range(N_MODES):
        row[mode_number * MODE_WIDTH + W] /= total
    row[HONEST] = frank / displaced if displaced > 0.0 else ADMITTED
    return float(displaced / total)


@kernel
def _nominal(
    nominal: Floats, displaced: Floats, motion: int, fix: Floats, ev: Floats, chances: Floats, mode: Floats, other: Floats
) -> None:
    """A nominal mode after a fix, into `mode`: it has gone on, or a displacement is over, or the device was carried elsewhere."""
    weight = nominal[W] * (1.0 - chances[STARTS]) * with_place(nominal, fix, fix[SCALE], mode) * ev[motion]
    weight *= with_motion(mode, motion, fix)
    ended = displaced[W] * chances[ENDS] * ev[motion]
    if ended > 0.0 and ended > TRIFLE * TWO_PI * (displaced[PP] + fix[SCALE] * fix[SCALE]) * weight:
        _copy_with_error(displaced, 1.0, other)
        ended *= with_place(other, fix, fix[SCALE], other) * with_motion(other, motion, fix)
        merge_into(mode, weight, other, ended)
        weight += ended
    carried = (nominal[W] + displaced[W]) * chances[CARRIED] * ev[motion]
    carried *= far_density(fix[X] - nominal[PX], fix[Y] - nominal[PY], chances[CARRIED_M])
    if carried > TRIFLE * weight:
        placed(other, fix, fix[SCALE], motion)
        carried *= with_motion(other, motion, fix)
        merge_into(mode, weight, other, carried)
        weight += carried
    mode[W] = weight


@kernel
def _displaced(
    nominal: Floats, displaced: Floats, motion: int, fix: Floats, ev: Floats, chances: Floats, honest: float, mode: Floats, other: Floats
) -> float:
    """A displaced mode after a fix, into `mode`: the offset has stuck, or is new; the weight of those that the device admits.

    A new offset that it does not admit may be anything, so place and velocity stay and the offset is what is left. One that it
    admits is as large as it says: the fix still tells where.
    """
    going = displaced[W] * (1.0 - chances[STARTS] - chances[ENDS])
    if going > 0.0:
        going *= with_place(displaced, fix, 1.0, mode) * with_motion(mode, motion, fix)
    weight, frank = going * (1.0 - honest) * ev[PLAIN + motion], going * honest * ev[FRANK + motion]
    weight += frank
    origin = nominal if nominal[W] > displaced[W] else displaced
    started = (nominal[W] + displaced[W]) * chances[STARTS]
    _put_off(origin, fix, other)
    fresh = started * (1.0 - ADMITTED) * ev[PLAIN + motion] * with_motion(other, motion, fix)
    fresh *= far_density(other[UX], other[UY], OFFSET_M + 0.5 * sqrt(nominal[PP] + fix[SCALE] * fix[SCALE]))
    merge_into(mode, weight, other, fresh)
    weight += fresh
    wide = ADMITTED_SHARE * (100.0 if isnan(fix[ACCURACY]) else fix[ACCURACY])
    admitted = started * ADMITTED * ev[FRANK + motion]
    if admitted > TRIFLE * TWO_PI * (origin[PP] + wide * wide) * weight:
        _copy_with_error(origin, wide * wide, other)
        admitted *= with_place(other, fix, 1.0, other) * with_motion(other, motion, fix)
        merge_into(mode, weight, other, admitted)
        weight, frank = weight + admitted, frank + admitted
    mode[W] = weight
    return float(frank)


@kernel
def with_place(mode: Floats, fix: Floats, h: float, out: Floats) -> float:
    """A mode after a fix whose error is h·u and the fix's noise, into `out` (which may be the mode); density of the fix before."""
    gain_p, gain_v, gain_u = mode[PP] + h * mode[PU], mode[PV] + h * mode[VU], mode[PU] + h * mode[UU]
    scale = 1.0 / (gain_p + h * gain_u + fix[NOISE])
    ix, iy = fix[X] - mode[PX] - h * mode[UX], fix[Y] - mode[PY] - h * mode[UY]
    kp, kv, ku = gain_p * scale, gain_v * scale, gain_u * scale
    out[PX], out[PY] = mode[PX] + kp * ix, mode[PY] + kp * iy
    out[VX], out[VY] = mode[VX] + kv * ix, mode[VY] + kv * iy
    out[UX], out[UY] = mode[UX] + ku * ix, mode[UY] + ku * iy
    out[PP] = mode[PP] - kp * gain_p
    out[PV] = mode[PV] - kp * gain_v
    out[PU] = mode[PU] - kp * gain_u
    out[VV] = mode[VV] - kv * gain_v
    out[VU] = mode[VU] - kv * gain_u
    out[UU] = mode[UU] - ku * gain_u
    return float(exp(-0.5 * (ix * ix + iy * iy) * scale) * scale / TWO_PI)


@kernel
def far_density(dx: float, dy: float, scale: float) -> float:
    """Density of an offset whose length is heavy-tailed (a round Cauchy of half-width `scale`)."""
    s = dx * dx + dy * dy + scale * scale
    return float(scale / (TWO_PI * s * sqrt(s)))


@kernel
def merge_into(mode: Floats, weight: float, other: Floats, other_weight: float) -> None:
    """Merge another mode into one in place, keeping mean and covariance of the two."""
    total = weight + other_weight
    if other_weight <= 1e-6 * total:
        return
    if weight <= 1e-6 * total:
        for k in range(1, MODE_WIDTH):
            mode[k] = other[k]
        return
    f = other_weight / total
    g = f * (1.0 - f) * 0.5
    dpx, dpy = other[PX] - mode[PX], other[PY] - mode[PY]
    dvx, dvy = other[VX] - mode[VX], other[VY] - mode[VY]
    dux, duy = other[UX] - mode[UX], other[UY] - mode[UY]
    for k in range(1, MODE_WIDTH):
        mode[k] += f * (other[k] - mode[k])
    mode[PP] += g * (dpx * dpx + dpy * dpy)
    mode[PV] += g * (dpx * dvx + dpy * dvy)
    mode[PU] += g * (dpx * dux + dpy * duy)
    mode[VV] += g * (dvx * dvx + dvy * dvy)
    mode[VU] += g * (dvx * dux + dvy * duy)
    mode[UU] += g * (dux * dux + duy * duy)


@kernel
def _copy_with_error(mode: Floats, variance: float, out: Floats) -> None:
    """A mode whose error is unknown but for its variance."""
    for k in range(1, MODE_WIDTH):
        out[k] = mode[k]
    out[UX], out[UY], out[PU], out[VU], out[UU] = 0.0, 0.0, 0.0, 0.0, variance


@kernel
def _put_off(mode: Floats, fix: Floats, out: Floats) -> None:
    """A mode whose fix is displaced by whatever it takes."""
    for k in range(1, MODE_WIDTH):
        out[k] = mode[k]
    out[UX], out[UY] = fix[X] - mode[PX], fix[Y] - mode[PY]
    out[PU], out[VU], out[UU] = -mode[PP], -mode[PV], mode[PP] + fix[NOISE]


@kernel
def placed(mode: Floats, fix: Floats, s: float, motion: int) -> None:
    """Make a mode know nothing but a nominal fix with an error of s metres an axis."""
    mode[PX], mode[PY], mode[VX], mode[VY], mode[UX], mode[UY] = fix[X], fix[Y], 0.0, 0.0, 0.0, 0.0
    mode[PP], mode[PV], mode[PU] = s * s * (1.0 + WHITE_SHARE * WHITE_SHARE) + 0.25, 0.0, -s
    mode[VV], mode[VU], mode[UU] = fresh_velocity(STILL, motion), 0.0, 1.0


@kernel
def _first(row: Floats, fix: Floats, ev: Floats) -> None:
    """The modes of a track with a single fix."""
    total = 0.0
    for motion in range(N_MOTIONS):
        _scaled(fix, motion)
        prior = 0.6 if motion == STILL else 0.2
        nominal, displaced = mode_of(row, motion), mode_of(row, N_MOTIONS + motion)
        placed(nominal, fix, fix[SCALE], motion)
        nominal[W] = prior * 0.95 * ev[motion] * with_motion(nominal, motion, fix)
        placed(displaced, fix, 0.0, motion)
        spread = 100.0 + fix[SCALE]
        displaced[PP], displaced[PU], displaced[UU] = spread * spread, -spread * spread, spread * spread
        displaced[W] = prior * 0.05 * ((1.0 - ADMITTED) * ev[PLAIN + motion] + ADMITTED * ev[FRANK + motion])
        displaced[W] *= with_motion(displaced, motion, fix)
        total += nominal[W] + displaced[W]
    for mode in range(N_MODES):
        row[mode * MODE_WIDTH + W] /= total


@kernel
def _surprise(before: Floats, fix: Floats) -> float:
    best = 0
    for motion in range(1, N_MOTIONS):
        if before[motion * MODE_WIDTH + W] > before[best * MODE_WIDTH + W]:
            best = motion
    _scaled(fix, best)
    mode, s = mode_of(before, best), fix[SCALE]
    total = mode[PP] + 2.0 * s * mode[PU] + s * s * mode[UU] + fix[NOISE]
    ix, iy = fix[X] - mode[PX] - s * mode[UX], fix[Y] - mode[PY] - s * mode[UY]
    return float((ix * ix + iy * iy) / total)
