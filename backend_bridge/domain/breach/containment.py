"""Inside or not, as a probability: a round Gaussian against a zone's edge or a ring's radius."""

from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.exact_math import normal_cdf, sin_cos
from backend_bridge.domain.breach.geometry import SHAPE_REACH, SHAPE_THICKNESS, holds, signed_distance
from backend_bridge.domain.breach.kernel import kernel

Floats = NDArray[np.float64]

CERTAIN: Final = 4.5
"""Standard errors from the edge beyond which the answer counts as 0 or 1."""
SMALL_ERROR: Final = 0.1
"""Share of a shape's thickness up to which its edge counts as straight."""
RADII: Final = 12
ANGLES: Final = 16


def _lattice() -> Floats:
    """Points that carry equal shares of a standard round Gaussian: rings of equal probability, turned against each other."""
    radii = np.array([sqrt(-2.0 * np.log1p(-(k + 0.5) / RADII)) for k in range(RADII)])
    radii *= sqrt(2.0 / np.mean(radii**2))
    points = []
    for k, radius in enumerate(radii):
        for j in range(ANGLES):
            sine, cosine = sin_cos(2.0 * np.pi * (j + 0.381966 * k) / ANGLES)
            points.append((round(float(radius) * cosine, 9), round(float(radius) * sine, 9)))
    return np.array(points)


_LATTICE: Final = _lattice()


@kernel
def inside_probability(shape: Floats, edges: Floats, x: float, y: float, sigma: float, margin: float) -> tuple[float, float]:
    """P(within `margin` of the shape) of a place in its frame known to `sigma` metres an axis; signed distance of its middle.

    The edge counts as straight where it is far or the error small against the shape; else 192 points of the Gaussian vote.
    Where the circle about the shape is far, its distance stands for the shape's: a lower bound.
    """
    outside = sqrt(x * x + y * y) - shape[SHAPE_REACH] - margin
    if outside > CERTAIN * sigma:
        return 0.0, outside
    distance = signed_distance(shape, edges, x, y)[0] - margin
    if abs(distance) > CERTAIN * sigma:
        return (1.0 if distance < 0.0 else 0.0), distance
    if margin != 0.0 or sigma < SMALL_ERROR * shape[SHAPE_THICKNESS]:
        return normal_cdf(-distance / sigma), distance
    votes = 0
    for k in range(RADII * ANGLES):
        if holds(shape, edges, x + sigma * _LATTICE[k, 0], y + sigma * _LATTICE[k, 1]):
            votes += 1
    return votes / (RADII * ANGLES), distance


@kernel
def within_probability(distance: float, sigma: float, radius: float) -> float:
    """P(|Δ| < radius) for a round Gaussian Δ whose mean is `distance` long, `sigma` metres an axis."""
    if distance - radius > CERTAIN * sigma:
        return 0.0
    if radius - distance > CERTAIN * sigma + 0.5 * sigma * sigma / radius:
        return 1.0
    if sigma < 0.25 * radius:
        # the mean length of Δ exceeds that of its mean by the part of the error that lies across
        return normal_cdf((radius - distance - 0.5 * sigma * sigma / max(distance, radius * 0.5)) / sigma)
    votes = 0
    for k in range(RADII * ANGLES):
        dx, dy = distance + sigma * _LATTICE[k, 0], sigma * _LATTICE[k, 1]
        if dx * dx + dy * dy < radius * radius:
            votes += 1
    return votes / (RADII * ANGLES)
