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

from backend_bridge.domain.exact_math import exp, log
from backend_bridge.domain.kernel import fill_floats, kernel

Floats = NDArray[np.float64]

STILL: Final = 0
WALK: Final = 1
RIDE: Final = 2
N_MOTIONS: Final = 3
N_MODES: Final = 6
"""Modes 0–2 nominal, 3–5 displaced."""

W, PX, PY, VX, VY, UX, UY, PP, PV, PU, VV, VU, UU = range(13)
"""Columns of a mode: weight, means, covariance of one axis."""
MODE_WIDTH: Final = 13

LN_SCALE: Final = N_MODES * MODE_WIDTH
"""Columns of a row after its modes: smoothed logarithm of the reported accuracy,"""
SPEED_HABIT: Final = LN_SCALE + 1
"""share of its fixes that come with a speed,"""
HONEST: Final = LN_SCALE + 2
"""P(the device admits the displacement, if there is one),"""
MEASURED: Final = LN_SCALE + 3
"""time of the newest fix in µs (whole, so exact), −1 before the first."""
ROW_WIDTH: Final = LN_SCALE + 4

RADIUS_68: Final = 1.515
TWO_PI: Final = 6.283185307179586
OPTIMISM: Final = 1.12
"""True error over reported error: devices report 68 % radii that hold about 60 %."""
WHITE_SHARE: Final = 0.3
UNKNOWN_ACCURACY_M: Final = 30.0
STILL_M2_PER_S: Final = 0.06
WALK_MPS: Final = 1.2
RIDE_MPS: Final = 7.5
VELOCITY_S: Final = 60.0
ERROR_S_STILL: Final = 240.0
ERROR_S_MOVING: Final = 70.0
SPEED_ERROR_MPS: Final = 0.6

DISPLACED_STILL: Final = 0.06
DISPLACED_MOVING: Final = 0.05
"""Share of the time that fixes are displaced, still and moving;"""
DISPLACED_S_STILL: Final = 130.0
DISPLACED_S_MOVING: Final = 40.0
"""how long it lasts;"""
ADMITTED: Final = 0.7
"""how often the device reports a large error then;"""
ADMITTED_SHARE: Final = 0.75
"""size of an offset per axis over the accuracy reported with it;"""
OFFSET_M: Final = 55.0
"""half-width of the offsets that it does not admit."""
ELSEWHERE: Final = 1e-3
"""Chance per minute to have been carried elsewhere unseen."""
ELSEWHERE_MPS: Final = 4.0


@kernel
def mixed(row: Floats, dt: float, first: int, decay: float, out: Floats) -> None:
    """Modes `first`…`first`+2 before a step of dt seconds, each mixed of those that it may have come from, into `out` (6 modes wide).

    Who stands at the end has stopped somewhere on the way: half of it on average.
    """
    reach = 0.5 * VELOCITY_S * (1.0 - decay)
    for target in range(N_MOTIONS):
        weight = 0.0
        for k in range(1, MODE_WIDTH):
            out[(first + target) * MODE_WIDTH + k] = 0.0
        for source in range(N_MOTIONS):
            weight += row[(first + source) * MODE_WIDTH] * _transition(source, target, dt)
        out[(first + target) * MODE_WIDTH] = weight
        if weight <= 0.0:
            out[(first + target) * MODE_WIDTH + PP] = 1.0
            out[(first + target) * MODE_WIDTH + UU] = 1.0
            continue
        for source in range(N_MOTIONS):
            share = row[(first + source) * MODE_WIDTH] * _transition(source, target, dt) / weight
            if share > 1e-9:
                _add_means(row, (first + source) * MODE_WIDTH, share, source, target, reach, out, (first + target) * MODE_WIDTH)
        for source in range(N_MOTIONS):
            share = row[(first + source) * MODE_WIDTH] * _transition(source, target, dt) / weight
            if share > 1e-9:
                _add_spread(row, (first + source) * MODE_WIDTH, share, source, target, reach, out, (first + target) * MODE_WIDTH)


@kernel
def _transition(source: int, target: int, dt: float) -> float:
    """P(motion `target` after dt | `source` before)."""
    rate = 1.0 / 3000.0 if source == STILL else 1.0 / 300.0
    left = 0.7 * dt * rate / (1.0 + dt * rate)
    if source == target:
        return 1.0 - left
    if source == STILL:
        return left * (0.6 if target == WALK else 0.4)
    return left * 0.5


@kernel
def _keeps_velocity(source: int, target: int) -> bool:
    return (source == target or (source == WALK and target == RIDE)) and target != STILL


@kernel
def _fresh_velocity(source: int, target: int) -> float:
    """Variance of the velocity that a change of motion adds, per axis."""
    if target == STILL or source == target:
        return 0.0
    return WALK_MPS * WALK_MPS if target == WALK else RIDE_MPS * RIDE_MPS * (0.25 if source == WALK else 1.0)


@kernel
def _add_means(row: Floats, a: int, share: float, source: int, target: int, reach: float, out: Floats, b: int) -> None:
    stopping = reach if target == STILL and source != STILL else 0.0
    out[b + PX] += share * (row[a + PX] + stopping * row[a + VX])
    out[b + PY] += share * (row[a + PY] + stopping * row[a + VY])
    out[b + UX] += share * row[a + UX]
    out[b + UY] += share * row[a + UY]
    if _keeps_velocity(source, target):
        out[b + VX] += share * row[a + VX]
        out[b + VY] += share * row[a + VY]


@kernel
def _add_spread(row: Floats, a: int, share: float, source: int, target: int, reach: float, out: Floats, b: int) -> None:
    keeps = _keeps_velocity(source, target)
    stopping = reach if target == STILL and source != STILL else 0.0
    dpx, dpy = row[a + PX] + stopping * row[a + VX] - out[b + PX], row[a + PY] + stopping * row[a + VY] - out[b + PY]
    dux, duy = row[a + UX] - out[b + UX], row[a + UY] - out[b + UY]
    dvx = (row[a + VX] if keeps else 0.0) - out[b + VX]
    dvy = (row[a + VY] if keeps else 0.0) - out[b + VY]
    out[b + PP] += share * (row[a + PP] + 0.5 * (dpx * dpx + dpy * dpy))
    if stopping > 0.0:
        out[b + PP] += share * _stopped_spread(row, a, source, stopping)
    out[b + PU] += share * (row[a + PU] + stopping * row[a + VU] + 0.5 * (dpx * dux + dpy * duy))
    out[b + UU] += share * (row[a + UU] + 0.5 * (dux * dux + duy * duy))
    out[b + VV] += share * ((row[a + VV] if keeps else 0.0) + _fresh_velocity(source, target) + 0.5 * (dvx * dvx + dvy * dvy))
    out[b + PV] += share * ((row[a + PV] if keeps else 0.0) + 0.5 * (dpx * dvx + dpy * dvy))
    out[b + VU] += share * ((row[a + VU] if keeps else 0.0) + 0.5 * (dvx * dux + dvy * duy))


@kernel
def _stopped_spread(row: Floats, a: int, source: int, reach: float) -> float:
    """Variance per axis of where somebody stopped who might have stopped anywhere on a way of `reach` seconds on average."""
    speed2 = 0.5 * (row[a + VX] * row[a + VX] + row[a + VY] * row[a + VY])
    usual = WALK_MPS * WALK_MPS if source == WALK else RIDE_MPS * RIDE_MPS
    return float(reach * reach * (speed2 / 3.0 + row[a + VV] + 2.0 * usual * reach / (3.0 * VELOCITY_S)) + 2.0 * reach * row[a + PV])


@kernel
def moved(row: Floats, mode: int, dt: float, decay: float, error_decay: float, drift: float) -> None:
    """Carry one mode over dt seconds, in place.

    `decay`: what is left of a velocity; `error_decay`: of a nominal error; `drift`: variance that a displaced offset gains.
    """
    b = mode * MODE_WIDTH
    motion = mode % N_MOTIONS
    if mode < N_MOTIONS:
        row[b + UX] *= error_decay
        row[b + UY] *= error_decay
        row[b + PU] *= error_decay
        row[b + VU] *= error_decay
        row[b + UU] = error_decay * error_decay * (row[b + UU] - 1.0) + 1.0
    else:
        row[b + UU] += drift
    if motion == STILL:
        row[b + PP] += STILL_M2_PER_S * dt
        return
    reach = VELOCITY_S * (1.0 - decay)
    sigma = WALK_MPS if motion == WALK else RIDE_MPS
    sigma2 = sigma * sigma
    row[b + PX] += reach * row[b + VX]
    row[b + PY] += reach * row[b + VY]
    row[b + VX] *= decay
    row[b + VY] *= decay
    row[b + PP] += reach * (2.0 * row[b + PV] + reach * row[b + VV])
    row[b + PV] = decay * (row[b + PV] + reach * row[b + VV])
    row[b + PU] += reach * row[b + VU]
    row[b + VU] *= decay
    row[b + VV] = decay * decay * (row[b + VV] - sigma2) + sigma2
    spread = 2.0 * dt / VELOCITY_S - 3.0 + 4.0 * decay - decay * decay
    row[b + PP] += sigma2 * VELOCITY_S * VELOCITY_S * max(spread, 0.0)
    row[b + PV] += sigma2 * reach * (1.0 - decay)


@kernel
def predicted(row: Floats, dt: float, out: Floats) -> None:
    """The modes of a row dt seconds later, into `out`; weights are those of the motions then."""
    decay = exp(-dt / VELOCITY_S)
    still_error, moving_error = exp(-dt / ERROR_S_STILL), exp(-dt / ERROR_S_MOVING)
    scale = error_scale(row[LN_SCALE])
    for first in (0, N_MOTIONS):
        mixed(row, dt, first, decay, out)
    for mode in range(N_MODES):
        error_decay = still_error if mode % N_MOTIONS == STILL else moving_error
        moved(out, mode, dt, decay, error_decay, 2.0 * scale * scale * (1.0 - error_decay))


@kernel
def error_scale(ln_accuracy: float) -> float:
    """Standard deviation per axis in metres that a reported accuracy stands for."""
    return OPTIMISM * exp(ln_accuracy) / RADIUS_68


@kernel
def with_place(row: Floats, a: int, x: float, y: float, h: float, noise: float, out: Floats, b: int) -> float:
    """A mode at `a` of `row` after a fix at (x, y) with error h·u + noise, into `out` at b; density of the fix before."""
    gain_p, gain_v, gain_u = row[a + PP] + h * row[a + PU], row[a + PV] + h * row[a + VU], row[a + PU] + h * row[a + UU]
    total = gain_p + h * gain_u + noise
    ix, iy = x - row[a + PX] - h * row[a + UX], y - row[a + PY] - h * row[a + UY]
    kp, kv, ku = gain_p / total, gain_v / total, gain_u / total
    out[b + PX], out[b + PY] = row[a + PX] + kp * ix, row[a + PY] + kp * iy
    out[b + VX], out[b + VY] = row[a + VX] + kv * ix, row[a + VY] + kv * iy
    out[b + UX], out[b + UY] = row[a + UX] + ku * ix, row[a + UY] + ku * iy
    out[b + PP] = row[a + PP] - kp * gain_p
    out[b + PV] = row[a + PV] - kp * gain_v
    out[b + PU] = row[a + PU] - kp * gain_u
    out[b + VV] = row[a + VV] - kv * gain_v
    out[b + VU] = row[a + VU] - kv * gain_u
    out[b + UU] = row[a + UU] - ku * gain_u
    return float(exp(-0.5 * (ix * ix + iy * iy) / total) / (TWO_PI * total))


@kernel
def with_velocity(row: Floats, b: int, vx: float, vy: float, noise: float) -> float:
    """A moving mode after a measured velocity, in place; density of the velocity before."""
    total = row[b + VV] + noise
    ix, iy = vx - row[b + VX], vy - row[b + VY]
    kp, kv, ku = row[b + PV] / total, row[b + VV] / total, row[b + VU] / total
    row[b + PX] += kp * ix
    row[b + PY] += kp * iy
    row[b + VX] += kv * ix
    row[b + VY] += kv * iy
    row[b + UX] += ku * ix
    row[b + UY] += ku * iy
    row[b + PP] -= kp * row[b + PV]
    row[b + PU] -= kp * row[b + VU]
    row[b + UU] -= ku * row[b + VU]
    row[b + PV] -= kp * row[b + VV]
    row[b + VU] -= ku * row[b + VV]
    row[b + VV] -= kv * row[b + VV]
    return float(exp(-0.5 * (ix * ix + iy * iy) / total) / (TWO_PI * total))


@kernel
def far_density(dx: float, dy: float, scale: float) -> float:
    """Density of an offset whose length is heavy-tailed (a round Cauchy of half-width `scale`)."""
    s = dx * dx + dy * dy + scale * scale
    return float(scale / (TWO_PI * s * sqrt(s)))


@kernel
def merge_into(out: Floats, b: int, weight: float, other: Floats, a: int, other_weight: float) -> None:
    """Merge a mode (with its weight) into another in place, keeping mean and covariance of the two."""
    total = weight + other_weight
    if other_weight <= 1e-6 * total:
        return
    if weight <= 1e-6 * total:
        for k in range(1, MODE_WIDTH):
            out[b + k] = other[a + k]
        return
    f = other_weight / total
    g = f * (1.0 - f) * 0.5
    dpx, dpy = other[a + PX] - out[b + PX], other[a + PY] - out[b + PY]
    dvx, dvy = other[a + VX] - out[b + VX], other[a + VY] - out[b + VY]
    dux, duy = other[a + UX] - out[b + UX], other[a + UY] - out[b + UY]
    for k in range(PX, UY + 1):
        out[b + k] += f * (other[a + k] - out[b + k])
    for k in range(PP, UU + 1):
        out[b + k] += f * (other[a + k] - out[b + k])
    out[b + PP] += g * (dpx * dpx + dpy * dpy)
    out[b + PV] += g * (dpx * dvx + dpy * dvy)
    out[b + PU] += g * (dpx * dux + dpy * duy)
    out[b + VV] += g * (dvx * dvx + dvy * dvy)
    out[b + VU] += g * (dvx * dux + dvy * duy)
    out[b + UU] += g * (dux * dux + duy * duy)


@kernel
def _bell(x: float, mean: float, sd: float) -> float:
    z = (x - mean) / sd
    return exp(-0.5 * z * z) / (sd * 2.5066282746310002)


# ------------------------------------------------------------------------------------------------ what else a fix says


@kernel
def evidence(row: Floats, fix: Floats, moving: int, source: int, out: Floats) -> None:
    """How well accuracy, source, motion sensor and the presence of a speed fit, into out[0:3] nominal, out[3:6] displaced and
    not admitted, out[6:9] displaced and admitted; by motion."""
    accuracy, speed = fix[2], fix[3]
    indoor, street, wide = 1.0, 1.0, 1.0
    if not isnan(accuracy):
        ln = log(max(accuracy, 1.0))
        indoor = 0.85 * _bell(ln, 3.2, 0.5) + 0.15 * _bell(ln, 2.2, 0.8) + 0.002
        street = 0.5 * _bell(ln, 1.3, 0.5) + 0.42 * _bell(ln, 2.55, 0.5) + 0.08 * _bell(ln, 3.2, 0.7) + 0.002
        wide = _bell(ln, 4.6, 1.0) + 0.002
    habit = row[SPEED_HABIT]
    for motion in range(N_MOTIONS):
        usual = indoor if motion == STILL else street
        admitted = wide
        if source >= 0:
            usual *= _source_share(source, motion)
            admitted *= _admitted_source(source)
        if moving >= 0:
            share = 0.13 if motion == STILL else (0.9 if motion == WALK else 0.95)
            usual *= share if moving == 1 else 1.0 - share
            admitted *= share if moving == 1 else 1.0 - share
        with_speed = habit * (0.55 if motion == STILL else 0.97)
        none = isnan(speed)
        out[motion] = usual * ((1.0 - with_speed) if none else with_speed)
        displaced_speed = 0.06 * habit
        out[3 + motion] = usual * ((1.0 - displaced_speed) if none else displaced_speed)
        out[6 + motion] = admitted * ((1.0 - displaced_speed) if none else displaced_speed)


@kernel
def _source_share(source: int, motion: int) -> float:
    if source == 0:
        return 0.5 if motion == STILL else 0.93
    if source == 1:
        return 0.47 if motion == STILL else 0.05
    return 0.015


@kernel
def _admitted_source(source: int) -> float:
    if source == 0:
        return 0.08
    return 0.4 if source == 1 else 0.5


@kernel
def with_motion(row: Floats, b: int, motion: int, fix: Floats) -> float:
    """A mode after the fix's speed and course, in place; how well they fit."""
    speed = fix[3]
    if isnan(speed):
        return 1.0
    noise = SPEED_ERROR_MPS * SPEED_ERROR_MPS
    if speed < 1.0:
        if motion == STILL:
            return 0.95
        return float(min(1.0, 3.14 * with_velocity(row, b, 0.0, 0.0, noise + 0.25)))
    if isnan(fix[4]):
        if motion == STILL:
            return float(2.0 * _bell(speed, 0.0, 0.7) + 1e-4)
        length = sqrt(row[b + VX] * row[b + VX] + row[b + VY] * row[b + VY])
        return float(_bell(speed, length, sqrt(2.0 * row[b + VV] + noise)))
    if motion == STILL:
        return float((2.0 * _bell(speed, 0.0, 0.7) + 1e-4) / TWO_PI)
    return float(speed * with_velocity(row, b, fix[4], fix[5], noise))


@kernel
def begin(row: Floats) -> None:
    """Make a row a track without fixes."""
    fill_floats(row, 0.0)
    row[LN_SCALE] = log(UNKNOWN_ACCURACY_M)
    row[SPEED_HABIT] = 0.5
    row[HONEST] = ADMITTED
    row[MEASURED] = -1.0


@kernel
def _first(row: Floats, fix: Floats, moving: int, source: int, work: Floats) -> None:
    """The track of a single fix."""
    ev = work[2]
    if not isnan(fix[2]):
        row[LN_SCALE] = log(max(fix[2], 1.0))
    evidence(row, fix, moving, source, ev)
    s = error_scale(row[LN_SCALE])
    total = 0.0
    for motion in range(N_MOTIONS):
        prior = 0.6 if motion == STILL else 0.2
        b = motion * MODE_WIDTH
        placed(row, b, fix[0], fix[1], s, motion)
        row[b] = prior * 0.95 * ev[motion] * with_motion(row, b, motion, fix)
        d = b + N_MOTIONS * MODE_WIDTH
        displaced_from(row, d, fix, 100.0 + s, motion)
        row[d] = prior * 0.05 * ((1.0 - ADMITTED) * ev[3 + motion] + ADMITTED * ev[6 + motion]) * with_motion(row, d, motion, fix)
        total += row[b] + row[d]
    for mode in range(N_MODES):
        row[mode * MODE_WIDTH] /= total


@kernel
def placed(out: Floats, b: int, x: float, y: float, s: float, motion: int) -> None:
    """A mode that knows nothing but a nominal fix at (x, y)."""
    fresh = _fresh_velocity(STILL, motion)
    out[b + PX], out[b + PY], out[b + VX], out[b + VY], out[b + UX], out[b + UY] = x, y, 0.0, 0.0, 0.0, 0.0
    out[b + PP], out[b + PV], out[b + PU] = s * s * (1.0 + WHITE_SHARE * WHITE_SHARE) + 0.25, 0.0, -s
    out[b + VV], out[b + VU], out[b + UU] = fresh, 0.0, 1.0


@kernel
def displaced_from(out: Floats, b: int, fix: Floats, spread: float, motion: int) -> None:
    """A mode that knows nothing but a displaced fix."""
    placed(out, b, fix[0], fix[1], 0.0, motion)
    out[b + PP], out[b + PU], out[b + UU] = spread * spread, -spread * spread, spread * spread


@kernel
def take_fix(row: Floats, fix: Floats, moving: int, source: int, measured_us: float, work: Floats) -> float:
    """Take one fix into a track, in place; squared surprise of its place in units of the expected variance.

    `fix`: x, y, accuracy, speed, velocity east and north (NaN where unknown); `work`: at least (4, ROW_WIDTH).
    """
    if row[MEASURED] < 0.0:
        _first(row, fix, moving, source, work)
        row[MEASURED] = measured_us
        return 0.0
    dt = max(0.0, measured_us - row[MEASURED]) * 1e-6
    before, ev, other = work[0], work[2], work[3]
    predicted(row, dt, before)
    evidence(row, fix, moving, source, ev)
    ln_here = _ln_here(row[LN_SCALE], fix[2])
    s = error_scale(ln_here)
    noise = WHITE_SHARE * WHITE_SHARE * s * s + 0.25
    surprise = _surprise(before, fix, s, noise)
    total, admitted, displaced = 0.0, 0.0, 0.0
    for motion in range(N_MOTIONS):
        b = motion * MODE_WIDTH
        d = b + N_MOTIONS * MODE_WIDTH
        share = DISPLACED_STILL if motion == STILL else DISPLACED_MOVING
        left = exp(-dt / (DISPLACED_S_STILL if motion == STILL else DISPLACED_S_MOVING))
        starts, ends = share * (1.0 - left), (1.0 - share) * (1.0 - left)
        both = before[b] + before[d]
        elsewhere = min(0.2, ELSEWHERE * dt / 60.0)
        # nominal: going on, a displacement over, carried elsewhere
        weight = before[b] * (1.0 - starts) * with_place(before, b, fix[0], fix[1], s, noise, row, b) * ev[motion]
        weight *= with_motion(row, b, motion, fix)
        _forget_error(before, d, other, b)
        ended = before[d] * ends * with_place(other, b, fix[0], fix[1], s, noise, other, b) * ev[motion]
        ended *= with_motion(other, b, motion, fix)
        merge_into(row, b, weight, other, b, ended)
        weight += ended
        placed(other, b, fix[0], fix[1], s, motion)
        carried = both * elsewhere * far_density(fix[0] - before[b + PX], fix[1] - before[b + PY], 50.0 + ELSEWHERE_MPS * dt) * ev[motion]
        carried *= with_motion(other, b, motion, fix)
        merge_into(row, b, weight, other, b, carried)
        weight += carried
        row[b] = weight
        # displaced: going on, newly so
        honest = row[HONEST]
        going = before[d] * (1.0 - starts - ends) * with_place(before, d, fix[0], fix[1], 1.0, noise, row, d)
        going *= with_motion(row, d, motion, fix)
        going_plain, going_admitted = going * (1.0 - honest) * ev[3 + motion], going * honest * ev[6 + motion]
        # an admitted displacement is as large as the device says: the fix still tells about where
        _displaced_anew(before, b if before[b] > before[d] else d, fix, noise, other, d)
        dx, dy = other[d + UX], other[d + UY]
        fresh = both * starts * with_motion(other, d, motion, fix)
        spread = sqrt(before[b + PP] + s * s)
        fresh_plain = fresh * (1.0 - ADMITTED) * ev[3 + motion] * far_density(dx, dy, OFFSET_M + 0.5 * spread)
        merge_into(row, d, going_plain + going_admitted, other, d, fresh_plain)
        wide = ADMITTED_SHARE * (fix[2] if not isnan(fix[2]) else 100.0)
        _spread_error(before, b if before[b] > before[d] else d, wide, other, d)
        fresh_admitted = both * starts * ADMITTED * ev[6 + motion] * with_place(other, d, fix[0], fix[1], 1.0, noise, other, d)
        fresh_admitted *= with_motion(other, d, motion, fix)
        merge_into(row, d, going_plain + going_admitted + fresh_plain, other, d, fresh_admitted)
        row[d] = going_plain + going_admitted + fresh_plain + fresh_admitted
        total += row[b] + row[d]
        admitted += going_admitted + fresh_admitted
        displaced += row[d]
    for mode in range(N_MODES):
        row[mode * MODE_WIDTH] /= total
    row[HONEST] = admitted / displaced if displaced > 0.0 else ADMITTED
    if displaced < 0.5 * total:
        row[LN_SCALE] = ln_here
    if isnan(fix[3]):
        row[SPEED_HABIT] *= 0.99
    else:
        row[SPEED_HABIT] += 0.2 * (1.0 - row[SPEED_HABIT])
    row[MEASURED] = max(measured_us, row[MEASURED])
    return float(surprise)


@kernel
def _ln_here(ln_scale: float, accuracy: float) -> float:
    """The smoothed accuracy with this fix; one quite unlike those before stands for itself (another surrounding)."""
    if isnan(accuracy):
        return ln_scale
    ln = log(max(accuracy, 1.0))
    return ln if abs(ln - ln_scale) > 0.9 else ln_scale + 0.3 * (ln - ln_scale)


@kernel
def _surprise(before: Floats, fix: Floats, s: float, noise: float) -> float:
    best = 0
    for mode in range(1, N_MOTIONS):
        if before[mode * MODE_WIDTH] > before[best * MODE_WIDTH]:
            best = mode
    b = best * MODE_WIDTH
    total = before[b + PP] + 2.0 * s * before[b + PU] + s * s * before[b + UU] + noise
    ix, iy = fix[0] - before[b + PX] - s * before[b + UX], fix[1] - before[b + PY] - s * before[b + UY]
    return (ix * ix + iy * iy) / total


@kernel
def _forget_error(row: Floats, a: int, out: Floats, b: int) -> None:
    """Mode a with a nominal error of which nothing is known."""
    for k in range(1, MODE_WIDTH):
        out[b + k] = row[a + k]
    out[b + UX], out[b + UY], out[b + PU], out[b + VU], out[b + UU] = 0.0, 0.0, 0.0, 0.0, 1.0


@kernel
def _spread_error(row: Floats, a: int, sigma: float, out: Floats, b: int) -> None:
    """Mode a with an offset of which nothing is known but its size."""
    for k in range(1, MODE_WIDTH):
        out[b + k] = row[a + k]
    out[b + UX], out[b + UY], out[b + PU], out[b + VU], out[b + UU] = 0.0, 0.0, 0.0, 0.0, sigma * sigma


@kernel
def _displaced_anew(row: Floats, a: int, fix: Floats, noise: float, out: Floats, b: int) -> None:
    """Mode a whose fix is displaced by whatever it takes: place and velocity stay, the offset is what is left."""
    for k in range(1, MODE_WIDTH):
        out[b + k] = row[a + k]
    out[b + UX], out[b + UY] = fix[0] - row[a + PX], fix[1] - row[a + PY]
    out[b + PU], out[b + VU], out[b + UU] = -row[a + PP], -row[a + PV], row[a + PP] + noise
