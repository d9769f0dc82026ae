"""How people move between two fixes: they stand, walk or ride, begin and stop, and the errors of their devices drift."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.exact_math import exp
from backend_bridge.domain.breach.kernel import kernel
from backend_bridge.domain.breach.track_model import (
    ERROR_S_MOVING,
    ERROR_S_STILL,
    LN_SCALE,
    MODE_WIDTH,
    N_MOTIONS,
    PP,
    PU,
    PV,
    PX,
    PY,
    RIDE,
    RIDE_MPS,
    STILL,
    STILL_M2_PER_S,
    UU,
    UX,
    UY,
    VELOCITY_S,
    VU,
    VV,
    VX,
    VY,
    WALK,
    WALK_MPS,
    W,
    error_scale,
    fresh_velocity,
    mode_of,
)

Floats = NDArray[np.float64]

UNLIKELY: Final = 1e-5
"""Weight below which a displaced mode is not followed: a new displacement says all that it could."""


@kernel
def predicted(row: Floats, dt: float, out: Floats) -> None:
    """The modes of a row dt seconds later, into `out`; weights are those of the motions then."""
    decay = exp(-dt / VELOCITY_S)
    still_error, moving_error = exp(-dt / ERROR_S_STILL), exp(-dt / ERROR_S_MOVING)
    scale = error_scale(row[LN_SCALE])
    left_still, left_moving = _left(max(dt, 1.0) / 3000.0), _left(max(dt, 1.0) / 300.0)
    for quality in range(2):
        for motion in range(N_MOTIONS):
            mode = mode_of(out, quality * N_MOTIONS + motion)
            least = 1e-300 if quality == 0 else UNLIKELY
            mixed(row, quality * N_MOTIONS, motion, left_still, left_moving, 0.5 * VELOCITY_S * (1.0 - decay), least, mode)
            if mode[W] == 0.0:
                continue
            error_decay = still_error if motion == STILL else moving_error
            if quality == 0:
                _drift_error(mode, error_decay)
            else:
                mode[UU] += 2.0 * scale * scale * (1.0 - error_decay)
            if motion == STILL:
                mode[PP] += STILL_M2_PER_S * dt
            else:
                moved_on(mode, WALK_MPS * WALK_MPS if motion == WALK else RIDE_MPS * RIDE_MPS, dt, decay)


@kernel
def _left(share: float) -> float:
    """P(a motion has ended) after a time in units of its usual length."""
    return 0.7 * share / (1.0 + share)


@kernel
def _transition(source: int, target: int, left_still: float, left_moving: float) -> float:
    """P(motion `target` at the end of a step | `source` before)."""
    if source == STILL:
        return 1.0 - left_still if target == STILL else left_still * (0.6 if target == WALK else 0.4)
    return 1.0 - left_moving if source == target else 0.5 * left_moving


@kernel
def mixed(row: Floats, first: int, target: int, left_still: float, left_moving: float, reach: float, least: float, out: Floats) -> None:
    """A motion at the end of a step, mixed of those before (modes `first` and on) that it may have come from, into `out`.

    One that weighs less than `least` gets weight 0 and nothing else. Who stands at the end has stopped somewhere on the way: after
    `reach` seconds of it on average.
    """
    from_still = row[(first + STILL) * MODE_WIDTH + W] * _transition(STILL, target, left_still, left_moving)
    from_walk = row[(first + WALK) * MODE_WIDTH + W] * _transition(WALK, target, left_still, left_moving)
    from_ride = row[(first + RIDE) * MODE_WIDTH + W] * _transition(RIDE, target, left_still, left_moving)
    weight = from_still + from_walk + from_ride
    if weight < least:
        out[W] = 0.0
        return
    for k in range(1, MODE_WIDTH):
        out[k] = 0.0
    out[W] = weight
    scale = 1.0 / weight
    shares = (from_still * scale, from_walk * scale, from_ride * scale)
    for source in range(N_MOTIONS):
        if shares[source] > 1e-7:
            _add_means(mode_of(row, first + source), shares[source], source, target, reach, out)
    for source in range(N_MOTIONS):
        if shares[source] > 1e-7:
            _add_spread(mode_of(row, first + source), shares[source], source, target, reach, out)


@kernel
def _keeps_velocity(source: int, target: int) -> bool:
    return target != STILL and (source == target or (source == WALK and target == RIDE))


@kernel
def _add_means(mode: Floats, share: float, source: int, target: int, reach: float, out: Floats) -> None:
    stopping = reach if target == STILL and source != STILL else 0.0
    out[PX] += share * (mode[PX] + stopping * mode[VX])
    out[PY] += share * (mode[PY] + stopping * mode[VY])
    out[UX] += share * mode[UX]
    out[UY] += share * mode[UY]
    if _keeps_velocity(source, target):
        out[VX] += share * mode[VX]
        out[VY] += share * mode[VY]


@kernel
def _add_spread(mode: Floats, share: float, source: int, target: int, reach: float, out: Floats) -> None:
    keeps = 1.0 if _keeps_velocity(source, target) else 0.0
    stopping = reach if target == STILL and source != STILL else 0.0
    dpx, dpy = mode[PX] + stopping * mode[VX] - out[PX], mode[PY] + stopping * mode[VY] - out[PY]
    dux, duy = mode[UX] - out[UX], mode[UY] - out[UY]
    dvx, dvy = keeps * mode[VX] - out[VX], keeps * mode[VY] - out[VY]
    out[PP] += share * (mode[PP] + 0.5 * (dpx * dpx + dpy * dpy))
    if stopping > 0.0:
        out[PP] += share * _stopped_spread(mode, source, stopping)
    out[PU] += share * (mode[PU] + stopping * mode[VU] + 0.5 * (dpx * dux + dpy * duy))
    out[UU] += share * (mode[UU] + 0.5 * (dux * dux + duy * duy))
    out[VV] += share * (keeps * mode[VV] + fresh_velocity(source, target) + 0.5 * (dvx * dvx + dvy * dvy))
    out[PV] += share * (keeps * mode[PV] + 0.5 * (dpx * dvx + dpy * dvy))
    out[VU] += share * (keeps * mode[VU] + 0.5 * (dvx * dux + dvy * duy))


@kernel
def _stopped_spread(mode: Floats, source: int, reach: float) -> float:
    """Variance per axis of where somebody stopped who might have stopped anywhere on a way of `reach` seconds on average."""
    speed2 = 0.5 * (mode[VX] * mode[VX] + mode[VY] * mode[VY])
    usual = WALK_MPS * WALK_MPS if source == WALK else RIDE_MPS * RIDE_MPS
    return float(reach * reach * (speed2 / 3.0 + mode[VV] + 2.0 * usual * reach / (3.0 * VELOCITY_S)) + 2.0 * reach * mode[PV])


@kernel
def _drift_error(mode: Floats, decay: float) -> None:
    """Let a nominal error forget what it was, in place."""
    mode[UX] *= decay
    mode[UY] *= decay
    mode[PU] *= decay
    mode[VU] *= decay
    mode[UU] = decay * decay * (mode[UU] - 1.0) + 1.0


@kernel
def moved_on(mode: Floats, usual: float, dt: float, decay: float) -> None:
    """Carry a moving mode over dt seconds, in place: its velocity wanders about none with variance `usual` per axis."""
    reach = VELOCITY_S * (1.0 - decay)
    mode[PX] += reach * mode[VX]
    mode[PY] += reach * mode[VY]
    mode[VX] *= decay
    mode[VY] *= decay
    mode[PP] += reach * (2.0 * mode[PV] + reach * mode[VV])
    mode[PV] = decay * (mode[PV] + reach * mode[VV])
    mode[PU] += reach * mode[VU]
    mode[VU] *= decay
    mode[VV] = decay * decay * (mode[VV] - usual) + usual
    spread = 2.0 * dt / VELOCITY_S - 3.0 + 4.0 * decay - decay * decay
    mode[PP] += usual * VELOCITY_S * VELOCITY_S * max(spread, 0.0)
    mode[PV] += usual * reach * (1.0 - decay)
