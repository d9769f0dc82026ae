"""Elementary functions that give the same bits on every machine: built of + − × ÷ and square roots alone.

`math.exp` and its kin differ in the last bit between processors and library versions. A decision that compares such a value with a
threshold would not be reproducible, so nothing in the breach engine calls them. Errors stay below 1e-14 of the value (`normal_cdf`:
1e-14 absolute).
"""

from math import sqrt
from typing import Final

import numpy as np

from backend_bridge.domain.breach.kernel import kernel

DEG: Final = 0.017453292519943295
"""Radians in a degree."""

_LN2_HIGH: Final = 0.693145751953125
_LN2_LOW: Final = 1.4286068203094173e-06
_PER_LN2: Final = 1.4426950408889634
_LOG2: Final = 0.6931471805599453
_SQRT2: Final = 1.4142135623730951
_HALF_PI: Final = 1.5707963267948966
_POWERS_OF_TWO: Final = np.ldexp(np.ones(2046), np.arange(-1022, 1024))


@kernel
def exp(x: float) -> float:
    """The exponential of x; 0 below −700, and no more than e to the 700."""
    if x < -700.0:
        return 0.0
    x = min(x, 700.0)
    k = int(x * _PER_LN2 + (0.5 if x >= 0.0 else -0.5))
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    r2 = r * r
    even = 1.0 + r2 * (0.5 + r2 * (1.0 / 24.0 + r2 * (1.0 / 720.0 + r2 * (1.0 / 40320.0 + r2 * (1.0 / 3628800.0 + r2 / 479001600.0)))))
    odd = 1.0 + r2 * (1.0 / 6.0 + r2 * (1.0 / 120.0 + r2 * (1.0 / 5040.0 + r2 * (1.0 / 362880.0 + r2 * (1.0 / 39916800.0)))))
    return float((even + r * odd) * _POWERS_OF_TWO[k + 1022])


@kernel
def log(x: float) -> float:
    """Natural logarithm of a positive number."""
    k = 0
    while x > 16.0:
        x *= 0.0625
        k += 4
    while x > _SQRT2:
        x *= 0.5
        k += 1
    while x < 0.5 * _SQRT2:
        x *= 2.0
        k -= 1
    s = (x - 1.0) / (x + 1.0)
    z = s * s
    series = 1.0 / 15.0 + z * (1.0 / 17.0 + z * (1.0 / 19.0 + z * (1.0 / 21.0 + z * (1.0 / 23.0))))
    series = 1.0 + z * (1.0 / 3.0 + z * (1.0 / 5.0 + z * (1.0 / 7.0 + z * (1.0 / 9.0 + z * (1.0 / 11.0 + z * (1.0 / 13.0 + z * series))))))
    return 2.0 * s * series + k * _LOG2


@kernel
def normal_cdf(x: float) -> float:
    """P(standard normal < x), after Hart's rational approximation as West gives it (2005)."""
    a = abs(x)
    if a > 37.0:
        upper = 0.0
    else:
        e = exp(-0.5 * a * a)
        if a < 7.07106781186547:
            top = 3.52624965998911e-02 * a + 0.700383064443688
            top = top * a + 6.37396220353165
            top = top * a + 33.912866078383
            top = top * a + 112.079291497871
            top = top * a + 221.213596169931
            top = top * a + 220.206867912376
            low = 8.83883476483184e-02 * a + 1.75566716318264
            low = low * a + 16.064177579207
            low = low * a + 86.7807322029461
            low = low * a + 296.564248779674
            low = low * a + 637.333633378831
            low = low * a + 793.826512519948
            low = low * a + 440.413735824752
            upper = e * top / low
        else:
            upper = e / (a + 1.0 / (a + 2.0 / (a + 3.0 / (a + 4.0 / (a + 0.65))))) / 2.506628274631
    return upper if x < 0.0 else 1.0 - upper


@kernel
def sin_cos(angle: float) -> tuple[float, float]:
    """Sine and cosine of an angle in radians (at most some thousand turns)."""
    quarter = int(angle / _HALF_PI + (0.5 if angle >= 0.0 else -0.5))
    r = angle - quarter * _HALF_PI
    r2 = r * r
    s, c = 0.0, 0.0
    for n in range(10, 0, -1):
        s = 1.0 - s * r2 / ((2 * n) * (2 * n + 1)) if n < 10 else 1.0
        c = 1.0 - c * r2 / ((2 * n - 1) * (2 * n)) if n < 10 else 1.0
    s *= r
    turn = quarter % 4
    if turn == 0:
        return s, c
    if turn == 1:
        return c, -s
    if turn == 2:
        return -s, -c
    return -c, s


@kernel
def arc_tangent(y: float, x: float) -> float:
    """Angle in radians of the point (x, y) from the x axis, in (−π, π]; 0 for the origin."""
    if x == 0.0 and y == 0.0:
        return 0.0
    slope = min(abs(x), abs(y)) / max(abs(x), abs(y))
    for _ in range(3):
        slope = slope / (1.0 + sqrt(1.0 + slope * slope))
    s2 = slope * slope
    total = 0.0
    for n in range(15, 0, -2):
        total = 1.0 / n - s2 * total
    angle = 8.0 * slope * total
    if abs(y) > abs(x):
        angle = _HALF_PI - angle
    if x < 0.0:
        angle = 2.0 * _HALF_PI - angle
    return -angle if y < 0.0 else angle
