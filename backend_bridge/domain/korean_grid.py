"""Korea's plane coordinates (EPSG:5179 and 5186) and the national point number, which can be read out over the radio."""

from dataclasses import dataclass
from math import asinh, atan2, atanh, cos, cosh, hypot, radians, sin, sinh, sqrt
from typing import Final

from backend_bridge.domain.quantities import LatLon

_AXIS_M: Final = 6_378_137.0
_FLATTENING: Final = 1 / 298.257222101
"""Of GRS 80; WGS 84 differs from it by less than a millimetre."""
_N: Final = _FLATTENING / (2 - _FLATTENING)
_MERIDIAN_M: Final = _AXIS_M / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_ALPHA: Final = (
    _N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16 + 41 * _N**4 / 180,
    13 * _N**2 / 48 - 3 * _N**3 / 5 + 557 * _N**4 / 1440,
    61 * _N**3 / 240 - 103 * _N**4 / 140,
    49561 * _N**4 / 161280,
)
"""Krüger's series."""

_LETTERS: Final = "가나다라마바사아자차카타파하"
_CORNER_M: Final = (700_000.0, 1_300_000.0)
"""East and north of the first square in EPSG:5179."""
_SQUARE_M: Final = 100_000.0
_STEP_M: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plane:
    """A transverse Mercator projection."""

    meridian_deg: float
    latitude_deg: float
    scale: float
    east_m: float
    north_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanePoint:
    """A place in metres."""

    east_m: float
    north_m: float


UNIFIED: Final = _Plane(meridian_deg=127.5, latitude_deg=38.0, scale=0.9996, east_m=1_000_000.0, north_m=2_000_000.0)
"""EPSG:5179, one plane for the whole country: what address maps and the national point number go by."""
CENTRAL: Final = _Plane(meridian_deg=127.0, latitude_deg=38.0, scale=1.0, east_m=200_000.0, north_m=600_000.0)
"""EPSG:5186, the central belt: what cadastral and city maps between 126° and 128° go by."""


def is_korean(at: LatLon) -> bool:
    """Whether a place lies where these planes are used."""
    return 33.0 <= at.lat_deg <= 39.0 and 124.0 <= at.lon_deg <= 132.0


def unified(at: LatLon) -> PlanePoint:
    """A place in EPSG:5179, to the millimetre within Korea."""
    return _projected(at, UNIFIED)


def central(at: LatLon) -> PlanePoint:
    """A place in EPSG:5186."""
    return _projected(at, CENTRAL)


def point_number(at: LatLon) -> str | None:
    """The national point number (국가지점번호) of the square of 10 m that holds a place, as `다사 5312 2134`; None outside of Korea."""
    if not is_korean(at):
        return None
    place = unified(at)
    east, north = place.east_m - _CORNER_M[0], place.north_m - _CORNER_M[1]
    columns = int(east // _SQUARE_M), int(north // _SQUARE_M)
    if not all(0 <= column < len(_LETTERS) for column in columns):
        return None
    digits = (int(east % _SQUARE_M // _STEP_M), int(north % _SQUARE_M // _STEP_M))
    return f"{_LETTERS[columns[0]]}{_LETTERS[columns[1]]} {digits[0]:04d} {digits[1]:04d}"


def _projected(at: LatLon, plane: _Plane) -> PlanePoint:
    xi, eta = _on_plane(at.lat_deg, at.lon_deg - plane.meridian_deg)
    xi0, _ = _on_plane(plane.latitude_deg, 0.0)
    reach_m = plane.scale * _MERIDIAN_M
    return PlanePoint(east_m=plane.east_m + reach_m * eta, north_m=plane.north_m + reach_m * (xi - xi0))


def _on_plane(lat_deg: float, lon_deg: float) -> tuple[float, float]:
    """North and east of the equator and the meridian, as shares of the meridian's radius."""
    bend = 2 * sqrt(_N) / (1 + _N)
    sine = sin(radians(lat_deg))
    t = sinh(atanh(sine) - bend * atanh(bend * sine))
    across = radians(lon_deg)
    xi, eta = atan2(t, cos(across)), asinh(sin(across) / hypot(t, cos(across)))
    north = xi + sum(a * sin(2 * j * xi) * cosh(2 * j * eta) for j, a in enumerate(_ALPHA, 1))
    east = eta + sum(a * cos(2 * j * xi) * sinh(2 * j * eta) for j, a in enumerate(_ALPHA, 1))
    return north, east
