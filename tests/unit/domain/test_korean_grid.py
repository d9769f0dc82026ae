"""Korea's plane coordinates agree with PROJ to the millimetre, and the point number with the squares that it names."""

import pyproj
import pytest

from backend_bridge.domain.korean_grid import central, point_number, unified
from backend_bridge.domain.quantities import LatLon

PLACES = [
    LatLon(lat_deg=lat, lon_deg=lon) for lat in (33.2, 35.18, 36.35, 37.5665, 38.6) for lon in (124.7, 126.978, 127.5, 129.08, 131.87)
]


@pytest.mark.parametrize("at", PLACES)
def test_plane_coordinates_are_those_of_the_national_system(at: LatLon) -> None:
    for code, point in ((5179, unified(at)), (5186, central(at))):
        east, north = pyproj.Transformer.from_crs(4326, code, always_xy=True).transform(at.lon_deg, at.lat_deg)
        assert (point.east_m, point.north_m) == pytest.approx((east, north), abs=0.001)


def test_the_point_number_is_letters_and_tens_of_metres_that_can_be_read_out() -> None:
    assert point_number(LatLon(lat_deg=37.5665, lon_deg=126.978)) == "다사 5390 5203"
    assert point_number(LatLon(lat_deg=48.0, lon_deg=2.0)) is None
    for at in PLACES:
        number, place = point_number(at), unified(at)
        assert number is not None
        letters, east, north = number.split()
        letter = "가나다라마바사아자차카타파하".index
        assert letter(letters[0]) * 10_000 + int(east) == int((place.east_m - 700_000) // 10)
        assert letter(letters[1]) * 10_000 + int(north) == int((place.north_m - 1_300_000) // 10)
