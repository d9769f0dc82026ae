"""Shapes with signed distances, and P(inside), against shapely and plain counting."""

import numpy as np
import pyproj
import pytest
import shapely

from backend_bridge.domain.breach.containment import inside_probability, within_probability
from backend_bridge.domain.breach.geometry import SHAPE_THICKNESS, FlatShape, east_m, flat_shape, holds, north_m, signed_distance
from backend_bridge.domain.case import Circle, Polygon
from backend_bridge.domain.quantities import LatLon

EQUATOR_M_PER_DEGREE_LAT = 110_574.2755
M_PER_DEGREE_LON = 111_319.4908


def corners(*metres: tuple[float, float]) -> tuple[LatLon, ...]:
    """Corners on the equator, where a degree is what it is in either direction."""
    return tuple(LatLon(lat_deg=y / EQUATOR_M_PER_DEGREE_LAT, lon_deg=x / M_PER_DEGREE_LON) for x, y in metres)


HORSESHOE = (
    (-100.0, -100.0),
    (100.0, -100.0),
    (100.0, 100.0),
    (40.0, 100.0),
    (40.0, -20.0),
    (-40.0, -20.0),
    (-40.0, 100.0),
    (-100.0, 100.0),
)
SQUARE = ((-100.0, -100.0), (100.0, -100.0), (100.0, 100.0), (-100.0, 100.0))
COURT = ((-30.0, -30.0), (30.0, -30.0), (30.0, 30.0), (-30.0, 30.0))
FAR_SQUARE = tuple((x + 400.0, y) for x, y in SQUARE)


@pytest.fixture(params=["horseshoe", "hole", "two parts"])
def shape(request: pytest.FixtureRequest) -> tuple[FlatShape, shapely.Geometry, tuple[float, float]]:
    """A flat shape, the same in shapely about the frame's origin, and that origin in the drawing."""
    if request.param == "horseshoe":
        return flat_shape((Polygon(outer=corners(*HORSESHOE)),)), shapely.Polygon(HORSESHOE), (0.0, 0.0)
    if request.param == "hole":
        drawn = Polygon(outer=corners(*SQUARE), holes=(corners(*COURT),))
        return flat_shape((drawn,)), shapely.Polygon(SQUARE, [COURT]), (0.0, 0.0)
    both = (Polygon(outer=corners(*SQUARE)), Polygon(outer=corners(*FAR_SQUARE)))
    return flat_shape(both), shapely.MultiPolygon([shapely.Polygon(SQUARE), shapely.Polygon(FAR_SQUARE)]), (200.0, 0.0)


def test_distances_are_those_of_the_drawing(shape: tuple[FlatShape, shapely.Geometry, tuple[float, float]]) -> None:
    flat, drawn, (x0, y0) = shape
    for x, y in np.random.default_rng(1).uniform(-250.0, 650.0, (300, 2)):
        inside = bool(shapely.contains_xy(drawn, x, y))
        expected = drawn.boundary.distance(shapely.Point(x, y)) * (-1.0 if inside else 1.0)
        distance, east, north = signed_distance(flat.row, flat.edges, x - x0, y - y0)
        assert distance == pytest.approx(expected, abs=0.05)
        assert holds(flat.row, flat.edges, x - x0, y - y0) == inside
        assert east * east + north * north == pytest.approx(1.0)


@pytest.mark.parametrize("lat_deg", [0.0, 37.56, -37.5, 60.0])
@pytest.mark.parametrize("radius_m", [4_900.0, 20_000.0, 100_000.0, 1_000_000.0])
def test_the_edge_of_a_wide_circle_is_where_the_ellipsoid_has_it(lat_deg: float, radius_m: float) -> None:
    centre = LatLon(lat_deg=lat_deg, lon_deg=179.9)
    circle, ground = flat_shape(Circle(centre=centre, radius_m=radius_m)), pyproj.Geod(ellps="WGS84")
    for degrees in range(0, 360, 15):
        for metres in (-50.0, 0.0, 50.0):
            lon, lat, _ = ground.fwd(centre.lon_deg, lat_deg, degrees, radius_m + metres)
            x, y = east_m(circle.row, lon), north_m(circle.row, lat)
            assert signed_distance(circle.row, circle.edges, x, y)[0] == pytest.approx(metres, abs=2.0)
            assert (
                inside_probability(circle.row, circle.edges, x, y, 5.0, 0.0)[0] == pytest.approx(float(metres < 0.0), abs=1e-6)
                or not metres
            )
            assert metres == 0.0 or holds(circle.row, circle.edges, x, y) == (metres < 0.0)


def test_thickness_of_a_circle_and_a_corridor() -> None:
    circle = flat_shape(Circle(centre=LatLon(lat_deg=36.0, lon_deg=127.0), radius_m=250.0))
    corridor = flat_shape((Polygon(outer=corners((0.0, 0.0), (2000.0, 0.0), (2000.0, 60.0), (0.0, 60.0))),))
    assert circle.row[SHAPE_THICKNESS] == 250.0
    assert corridor.row[SHAPE_THICKNESS] == pytest.approx(58.0, abs=1.0)


@pytest.mark.parametrize("sigma", [5.0, 25.0, 60.0])
def test_probability_is_the_share_of_the_error_that_lies_inside(
    shape: tuple[FlatShape, shapely.Geometry, tuple[float, float]], sigma: float
) -> None:
    flat, drawn, (x0, y0) = shape
    random = np.random.default_rng(2)
    for x, y in random.uniform(-150.0, 150.0, (25, 2)):
        cloud = random.normal((x, y), sigma, (20_000, 2))
        counted = shapely.contains_xy(drawn, cloud[:, 0], cloud[:, 1]).mean()
        probability, _ = inside_probability(flat.row, flat.edges, x - x0, y - y0, sigma, 0.0)
        assert probability == pytest.approx(counted, abs=0.03)


@pytest.mark.parametrize(("distance", "sigma"), [(0.0, 100.0), (450.0, 60.0), (520.0, 200.0), (900.0, 400.0)])
def test_probability_of_a_ring(distance: float, sigma: float) -> None:
    cloud = np.random.default_rng(3).normal((distance, 0.0), sigma, (200_000, 2))
    counted = (np.hypot(cloud[:, 0], cloud[:, 1]) < 500.0).mean()
    assert within_probability(distance, sigma, 500.0) == pytest.approx(counted, abs=0.02)


def test_a_zone_across_the_date_line() -> None:
    zone = flat_shape(
        (Polygon(outer=tuple(LatLon(lat_deg=lat, lon_deg=lon) for lat, lon in ((0, 179.999), (0, -179.999), (0.002, -179.999)))),)
    )
    assert holds(zone.row, zone.edges, 60.0, 0.0)
