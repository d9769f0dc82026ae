"""What a fix says besides its place: how accurate it claims to be, by what it was measured, whether the device moved, and how fast."""

from math import isnan, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.exact_math import exp, log
from backend_bridge.domain.breach.kernel import kernel
from backend_bridge.domain.breach.track_model import (
    ACCURACY,
    EAST_MPS,
    MODE_WIDTH,
    N_MODES,
    N_MOTIONS,
    NORTH_MPS,
    PP,
    PU,
    PV,
    PX,
    PY,
    SPEED,
    SPEED_ERROR_MPS,
    SPEED_HABIT,
    STILL,
    TWO_PI,
    UU,
    UX,
    UY,
    VU,
    VV,
    VX,
    VY,
    WALK,
    W,
)

Floats = NDArray[np.float64]

PLAIN: Final = 3
FRANK: Final = 6
"""Columns of evidence, by motion: nominal from 0 on, displaced without and with the device admitting it."""

GIVES: Final = 0.999
"""P(a device that has just said how fast it is would say so again, if the next fix is one that has a speed)."""
HARDLY_GIVES: Final = 1e-3
"""The least that this is taken for: one that has never said so may begin to."""

_SAID_AT_REST: Final = 0.55
_SAID_MOVING: Final = 0.97
_SAID_DISPLACED: Final = 0.06
"""How often a device that gives speeds does so: at rest, on the move, displaced."""
_STEPS: Final = 16
_ROOT_TWO_PI: Final = 2.5066282746310002


def _accuracies() -> Floats:
    """Densities of the logarithm of a reported accuracy, sixteen a unit: at rest (indoors), on the move (outdoors), displaced."""

    def bell(mean: float, sd: float) -> Floats:
        return np.exp(-0.5 * ((ln - mean) / sd) ** 2) / (sd * _ROOT_TWO_PI)

    ln = np.arange(10 * _STEPS + 1) / _STEPS
    rest = 0.85 * bell(3.2, 0.5) + 0.15 * bell(2.2, 0.8)
    move = 0.5 * bell(1.3, 0.5) + 0.42 * bell(2.55, 0.5) + 0.08 * bell(3.2, 0.7)
    return np.round(np.column_stack([rest, move, bell(4.6, 1.0)]) + 0.002, 12)


_ACCURACIES: Final = _accuracies()


@kernel
def evidence(row: Floats, fix: Floats, moving: int, source: int, out: Floats) -> None:
    """How well all but place and velocity fit: nine figures by motion, see `PLAIN` and `FRANK`.

    That a speed is missing tells only of devices that usually give one.
    """
    rest, move, wide = 1.0, 1.0, 1.0
    if not isnan(fix[ACCURACY]):
        place = min(log(max(fix[ACCURACY], 1.0)), 9.9) * _STEPS
        k = int(place)
        f = place - k
        rest = _ACCURACIES[k, 0] + f * (_ACCURACIES[k + 1, 0] - _ACCURACIES[k, 0])
        move = _ACCURACIES[k, 1] + f * (_ACCURACIES[k + 1, 1] - _ACCURACIES[k, 1])
        wide = _ACCURACIES[k, 2] + f * (_ACCURACIES[k + 1, 2] - _ACCURACIES[k, 2])
    if source >= 0:
        wide *= _frank_source(source)
    for motion in range(N_MOTIONS):
        usual, frank = rest if motion == STILL else move, wide
        if source >= 0:
            usual *= _usual_source(source, motion)
        if moving >= 0:
            share = 0.13 if motion == STILL else (0.9 if motion == WALK else 0.95)
            usual *= share if moving == 1 else 1.0 - share
            frank *= share if moving == 1 else 1.0 - share
        given, displaced = row[SPEED_HABIT] * _said(motion), row[SPEED_HABIT] * _said(N_MOTIONS + motion)
        if isnan(fix[SPEED]):
            given, displaced = 1.0 - given, 1.0 - displaced
        out[motion], out[PLAIN + motion], out[FRANK + motion] = usual * given, usual * displaced, frank * displaced


@kernel
def _said(mode: int) -> float:
    """How often a device that gives speeds does so in a mode."""
    if mode >= N_MOTIONS:
        return _SAID_DISPLACED
    return _SAID_AT_REST if mode == STILL else _SAID_MOVING


@kernel
def speed_habit(row: Floats, speed: float) -> float:
    """P(the device gives speeds now) after a fix with this one, or without (NaN), once the fix is in the modes.

    One without a speed tells the less of a displacement the more of them have come: a device may give none at all, or none at rest.
    """
    if not isnan(speed):
        return GIVES
    habit, left = row[SPEED_HABIT], 0.0
    for mode in range(N_MODES):
        said_here = _said(mode)
        left += row[mode * MODE_WIDTH + W] * (1.0 - said_here) / (1.0 - habit * said_here)
    return float(max(habit * left, HARDLY_GIVES))


@kernel
def _usual_source(source: int, motion: int) -> float:
    """How often nominal fixes are measured so: by satellite, Wi-Fi, and the rest."""
    if source == 0:
        return 0.5 if motion == STILL else 0.93
    if source == 1:
        return 0.47 if motion == STILL else 0.05
    return 0.015


@kernel
def _frank_source(source: int) -> float:
    """How often displaced fixes that admit it are measured so."""
    if source == 0:
        return 0.08
    return 0.4 if source == 1 else 0.5


@kernel
def bell(x: float, mean: float, sd: float) -> float:
    """Density of a normal variable."""
    z = (x - mean) / sd
    return float(exp(-0.5 * z * z) / (sd * _ROOT_TWO_PI))


@kernel
def with_motion(mode: Floats, motion: int, fix: Floats) -> float:
    """A mode after the fix's speed and course, in place; how well they fit."""
    speed = fix[SPEED]
    if isnan(speed):
        return 1.0
    noise = SPEED_ERROR_MPS * SPEED_ERROR_MPS
    if speed < 1.0:
        return 0.95 if motion == STILL else float(min(1.0, 3.14 * with_velocity(mode, 0.0, 0.0, noise + 0.25)))
    if isnan(fix[EAST_MPS]):
        if motion == STILL:
            return 2.0 * bell(speed, 0.0, 0.7) + 1e-4
        return bell(speed, sqrt(mode[VX] * mode[VX] + mode[VY] * mode[VY]), sqrt(2.0 * mode[VV] + noise))
    if motion == STILL:
        return (2.0 * bell(speed, 0.0, 0.7) + 1e-4) / TWO_PI
    return float(speed * with_velocity(mode, fix[EAST_MPS], fix[NORTH_MPS], noise))


@kernel
def with_velocity(mode: Floats, vx: float, vy: float, noise: float) -> float:
    """A moving mode after a measured velocity, in place; density of the velocity before."""
    scale = 1.0 / (mode[VV] + noise)
    ix, iy = vx - mode[VX], vy - mode[VY]
    kp, kv, ku = mode[PV] * scale, mode[VV] * scale, mode[VU] * scale
    mode[PX] += kp * ix
    mode[PY] += kp * iy
    mode[VX] += kv * ix
    mode[VY] += kv * iy
    mode[UX] += ku * ix
    mode[UY] += ku * iy
    mode[PP] -= kp * mode[PV]
    mode[PU] -= kp * mode[VU]
    mode[UU] -= ku * mode[VU]
    mode[PV] -= kp * mode[VV]
    mode[VU] -= ku * mode[VV]
    mode[VV] -= kv * mode[VV]
    return float(exp(-0.5 * (ix * ix + iy * iy) * scale) * scale / TWO_PI)
