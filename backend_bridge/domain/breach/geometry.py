"""Places in metres: local frames on the WGS 84 ellipsoid, and shapes with signed distances.

A frame is the plane that touches the ellipsoid at its origin: x metres east, y metres north. Within 1 km of the origin a distance is
true to 0.2 m, within 5 km to 1 part in 1,000 at 50° of latitude. Shapes have frames of their own, so an edge is where the court drew it;
in a wide circle the distance from its centre is that on the ellipsoid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.exact_math import DEG, arc_tangent, sin_cos
from backend_bridge.domain.breach.kernel import kernel
from backend_bridge.domain.case import Circle, Polygon
from backend_bridge.domain.quantities import LatLon

Floats = NDArray[np.float64]

_SEMI_MAJOR_M: Final = 6_378_137.0
_E2: Final = 0.00669437999014132
_FLATTENING: Final = 1.0 / 298.257223563
WIDE_M: Final = 5_000.0
"""The edge of a circle wider than this would be off by more than half a metre on the plane, by 60 m at 50 km."""

_LEAST_PER_LAT: Final = 110_500.0
_SPARE: Final = 1.02
"""Metres per degree of latitude at least, and what their differences may add."""

LAT, LON, PER_LAT, PER_LON = range(4)
"""A frame as four floats: its origin in degrees, and metres per degree of latitude and of longitude there."""
FRAME_WIDTH: Final = 4

SHAPE_REACH: Final = FRAME_WIDTH
"""Columns of a shape after its frame: radius about the origin that holds all of it,"""
SHAPE_RADIUS: Final = SHAPE_REACH + 1
"""radius of a circle, NaN for polygons,"""
SHAPE_THICKNESS: Final = SHAPE_REACH + 2
"""twice the area over the perimeter: the radius of a circle, the half-width of a corridor,"""
SHAPE_FIRST: Final = SHAPE_REACH + 3
SHAPE_END: Final = SHAPE_REACH + 4
"""first edge and one past the last (whole numbers)."""
SHAPE_WIDTH: Final = SHAPE_REACH + 5


@kernel
def set_frame(out: Floats, lat_deg: float, lon_deg: float) -> None:
    """Put a frame with this origin into the first four floats of `out`."""
    sine, cosine = sin_cos(lat_deg * DEG)
    w2 = 1.0 - _E2 * sine * sine
    w = sqrt(w2)
    out[LAT], out[LON] = lat_deg, lon_deg
    out[PER_LAT] = _SEMI_MAJOR_M * (1.0 - _E2) / (w2 * w) * DEG
    out[PER_LON] = max(_SEMI_MAJOR_M / w * cosine, 1.0) * DEG


@kernel
def east_m(frame: Floats, lon_deg: float) -> float:
    """Metres east of the origin, the short way around the world."""
    turn = lon_deg - frame[LON]
    if turn > 180.0:
        turn -= 360.0
    elif turn < -180.0:
        turn += 360.0
    return float(turn * frame[PER_LON])


@kernel
def north_m(frame: Floats, lat_deg: float) -> float:
    """Metres north of the origin."""
    return float((lat_deg - frame[LAT]) * frame[PER_LAT])


@kernel
def _reduced(lat_deg: float) -> float:
    """The latitude on the sphere about the ellipsoid, in radians."""
    sine, cosine = sin_cos(lat_deg * DEG)
    return arc_tangent((1.0 - _FLATTENING) * sine, cosine)


@kernel
def ellipsoid_m(lat_a_deg: float, lat_b_deg: float, turn_deg: float) -> float:
    """Metres on the ellipsoid between two places whose longitudes differ by `turn_deg`, by Lambert's formula: to metres within 1,000 km."""
    a, b = _reduced(lat_a_deg), _reduced(lat_b_deg)
    middle, half = sin_cos(0.5 * (a + b)), sin_cos(0.5 * (b - a))
    turn, cos_a, cos_b = sin_cos(0.5 * turn_deg * DEG)[0], sin_cos(a)[1], sin_cos(b)[1]
    chord2 = half[0] * half[0] + cos_a * cos_b * turn * turn
    if not 0.0 < chord2 < 1.0:
        return 0.0
    angle = 2.0 * arc_tangent(sqrt(chord2), sqrt(1.0 - chord2))
    sine = sin_cos(angle)[0]
    along = (angle - sine) * middle[0] * middle[0] * half[1] * half[1] / (1.0 - chord2)
    across = (angle + sine) * middle[1] * middle[1] * half[0] * half[0] / chord2
    return float(_SEMI_MAJOR_M * (angle - 0.5 * _FLATTENING * (along + across)))


@kernel
def from_centre_m(shape: Floats, x: float, y: float) -> float:
    """Metres on the ground from the centre of a circle to a place in its frame."""
    if shape[SHAPE_RADIUS] <= WIDE_M:
        return sqrt(x * x + y * y)
    return ellipsoid_m(shape[LAT], shape[LAT] + y / shape[PER_LAT], x / shape[PER_LON])


@kernel
def signed_distance(shape: Floats, edges: Floats, x: float, y: float) -> tuple[float, float, float]:
    """Metres from a place in the shape's frame to its edge, negative inside, and the outward direction there (east, north)."""
    if shape[SHAPE_RADIUS] == shape[SHAPE_RADIUS]:
        r = sqrt(x * x + y * y)
        return (from_centre_m(shape, x, y) - shape[SHAPE_RADIUS], x / r, y / r) if r > 0.0 else (-shape[SHAPE_RADIUS], 1.0, 0.0)
    best, bx, by = 1e300, 0.0, 0.0
    inside = False
    for k in range(int(shape[SHAPE_FIRST]), int(shape[SHAPE_END])):
        ax, ay, dx, dy = edges[k, 0] - x, edges[k, 1] - y, edges[k, 2], edges[k, 3]
        if (ay > 0.0) != (ay + dy > 0.0) and ax - ay * dx / dy > 0.0:
            inside = not inside
        t = min(1.0, max(0.0, -(ax * dx + ay * dy) * edges[k, 4]))
        ex, ey = ax + t * dx, ay + t * dy
        d2 = ex * ex + ey * ey
        if d2 < best:
            best, bx, by = d2, ex, ey
    distance = sqrt(best)
    if distance == 0.0:
        return 0.0, 1.0, 0.0
    if inside:
        return -distance, bx / distance, by / distance
    return distance, -bx / distance, -by / distance


@kernel
def holds(shape: Floats, edges: Floats, x: float, y: float) -> bool:
    """Whether a place in the shape's frame lies inside."""
    if shape[SHAPE_RADIUS] == shape[SHAPE_RADIUS]:
        return bool(from_centre_m(shape, x, y) < shape[SHAPE_RADIUS])
    inside = False
    for k in range(int(shape[SHAPE_FIRST]), int(shape[SHAPE_END])):
        ay, dy = edges[k, 1] - y, edges[k, 3]
        if (ay > 0.0) != (ay + dy > 0.0) and edges[k, 0] - x - ay * edges[k, 2] / dy > 0.0:
            inside = not inside
    return inside


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatShape:
    """A shape as the kernels read it: one row of SHAPE_WIDTH floats, and (k, 5) edges: start, vector, 1 ÷ its squared length."""

    row: Floats
    edges: Floats


def flat_shape(shape: Circle | Sequence[Polygon]) -> FlatShape:
    """A zone's shape in a frame of its own; `SHAPE_FIRST` and `SHAPE_END` count within its own edges."""
    row = np.full(SHAPE_WIDTH, np.nan)
    if isinstance(shape, Circle):
        set_frame(row, shape.centre.lat_deg, shape.centre.lon_deg)
        row[SHAPE_REACH] = _reach_m(shape)
        row[SHAPE_RADIUS] = row[SHAPE_THICKNESS] = shape.radius_m
        row[SHAPE_FIRST] = row[SHAPE_END] = 0
        return FlatShape(row=row, edges=np.empty((0, 5)))
    rings = [ring for polygon in shape for ring in (polygon.outer, *polygon.holes)]
    _set_middle(row, [corner for ring in rings for corner in ring])
    parts = [_ring_edges(row, ring) for ring in rings]
    edges = np.concatenate(parts)
    lengths = np.sqrt(edges[:, 2] ** 2 + edges[:, 3] ** 2)
    areas = [abs(_ring_area(part)) for part in parts]
    outer = {id(polygon.outer) for polygon in shape}
    area = sum(a if id(ring) in outer else -a for a, ring in zip(areas, rings, strict=True))
    row[SHAPE_REACH] = np.sqrt((edges[:, 0] ** 2 + edges[:, 1] ** 2).max())
    row[SHAPE_THICKNESS] = 2.0 * area / lengths.sum()
    row[SHAPE_FIRST], row[SHAPE_END] = 0, len(edges)
    return FlatShape(row=row, edges=edges)


def _reach_m(circle: Circle) -> float:
    """What holds all of a circle on the plane, where places nearer to the pole seem wider apart than they are."""
    if circle.radius_m <= WIDE_M:
        return circle.radius_m
    farthest_deg = min(abs(circle.centre.lat_deg) + circle.radius_m / _LEAST_PER_LAT, 89.0)
    here, there = sin_cos(circle.centre.lat_deg * DEG)[1], sin_cos(farthest_deg * DEG)[1]
    return circle.radius_m * max(here / there, 1.0) * _SPARE


def _set_middle(row: Floats, corners: list[LatLon]) -> None:
    """Put the frame in the middle of the corners' box; a shape across the date line is seen the short way around."""
    first = corners[0].lon_deg
    lon = [first + (c.lon_deg - first + 180.0) % 360.0 - 180.0 for c in corners]
    lat = [c.lat_deg for c in corners]
    set_frame(row, (min(lat) + max(lat)) / 2.0, (min(lon) + max(lon)) / 2.0)


def _ring_edges(frame: Floats, ring: Sequence[LatLon]) -> Floats:
    """The (k, 5) edges of a ring; repeated corners are left out."""
    x = np.array([east_m(frame, corner.lon_deg) for corner in ring])
    y = np.array([north_m(frame, corner.lat_deg) for corner in ring])
    dx, dy = np.roll(x, -1) - x, np.roll(y, -1) - y
    squared = dx * dx + dy * dy
    keep = squared > 0.0
    return np.column_stack([x[keep], y[keep], dx[keep], dy[keep], 1.0 / squared[keep]])


def _ring_area(edges: Floats) -> float:
    return float((edges[:, 0] * edges[:, 3] - edges[:, 1] * edges[:, 2]).sum()) / 2.0
