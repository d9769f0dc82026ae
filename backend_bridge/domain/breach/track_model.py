"""What the track filter believes about people and devices: its modes, its constants, and how a track lies in a row of floats."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.exact_math import exp
from backend_bridge.domain.breach.kernel import kernel, woven_kernel

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
"""time of the newest fix in µs (whole, so exact), −1 before the first,"""
UNSAID: Final = LN_SCALE + 4
"""and 1 where that did not say how accurate it is."""
ROW_WIDTH: Final = LN_SCALE + 5

X, Y, ACCURACY, SPEED, EAST_MPS, NORTH_MPS, SCALE, NOISE, SCALE_AT_REST, SCALE_MOVING = range(10)
"""Columns of a measurement: place, reported accuracy, speed and velocity (NaN where unknown); the filter adds error scale and noise of
the motion that it looks at, and the scale at rest and on the move."""

RADIUS_68: Final = 1.515
TWO_PI: Final = 6.283185307179586
OPTIMISM: Final = 1.12
"""True error over reported error: devices report 68 % radii that hold about 60 %."""
WHITE_SHARE: Final = 0.3
UNKNOWN_ACCURACY_M: Final = 8.0
"""The accuracy of a device that says none: recorded cars scatter so about their way."""
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


@woven_kernel
def mode_of(row: Floats, mode: int) -> Floats:
    """A mode of a row, as a view."""
    return row[mode * MODE_WIDTH : (mode + 1) * MODE_WIDTH]


@kernel
def error_scale(ln_accuracy: float) -> float:
    """Standard deviation per axis in metres that a reported accuracy stands for."""
    return float(OPTIMISM * exp(ln_accuracy) / RADIUS_68)


@kernel
def fresh_velocity(source: int, target: int) -> float:
    """Variance of the velocity that a change of motion adds, per axis."""
    if target in (STILL, source):
        return 0.0
    if target == WALK:
        return WALK_MPS * WALK_MPS
    return RIDE_MPS * RIDE_MPS * (0.25 if source == WALK else 1.0)
