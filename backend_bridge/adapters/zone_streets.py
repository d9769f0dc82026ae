"""What a zone leaves of the streets about a wearer's home or work: whether there is a way out at all, and how much it takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from backend_bridge.adapters.road_network import RoadNetwork
from backend_bridge.domain.case import Case, Circle, Place, Zone, ZoneKind
from backend_bridge.domain.identifiers import PlaceId, ZoneId
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.zones_over_homes import count_together, own_places

NEAR_M: Final = 5000.0
"""The streets within this distance of home are those of a person's daily life; no base map knows where a municipality ends."""
SNAP_M: Final = 300.0
"""A place farther than this from every street is not judged."""
LEAST_STREETS: Final = 50
"""With fewer junctions about a place than this the map is taken to know nothing of it."""
OPEN: Final = 0.5
"""Whoever reaches less than this share of the streets outside of the zone is cut off."""
MUCH: Final = 0.3
"""A zone that takes more than this share of the streets is told."""
_M_PER_DEG: Final = 111_195.0
_EARTH_M: Final = 6_371_000.0
_ROUND: Final = 1.01
"""How much farther is searched on the sphere than on the plane about the place, which is exact to less at this distance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confined:
    """A zone to keep out of, and what it takes of the streets about a place of the wearer's own that lies outside of it."""

    zone: ZoneId
    place: PlaceId
    kind: str
    share: float
    """Of the junctions within 5 km that lie in the zone."""
    cut_off: bool
    """Whether every way from the place to most of those streets leads through the zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Streets:
    """n junctions within reach of a place, in metres east and north of it, and which are joined."""

    metres: NDArray[np.float64]
    joined: csr_array
    home: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was found for one case, and how many places of the wearer's own lie where the map knows no streets."""

    found: tuple[Confined, ...]
    n_unmapped: int


class StreetMap:
    """The streets of a network, found about any place without looking at all of them."""

    def __init__(self, network: RoadNetwork) -> None:
        self._network = network
        n = len(network.lat_deg)
        self._tree = cKDTree(_on_sphere(network.lat_deg, network.lon_deg)) if n else None
        self._joined = csr_array((np.ones(len(network.start), np.bool_), (network.start, network.end)), shape=(n, n))

    def about(self, at: LatLon) -> _Streets | None:
        """The streets that can be reached from a place at all, without any zone; None where the map has none."""
        near, metres = self._near(at)
        if len(near) < LEAST_STREETS:
            return None
        home = int((metres**2).sum(axis=1).argmin())
        if (metres[home] ** 2).sum() > SNAP_M**2:
            return None
        joined = self._joined[near][:, near]
        _, labels = connected_components(joined, directed=False)
        reachable = np.flatnonzero(labels == labels[home])
        if len(reachable) < LEAST_STREETS:
            return None
        return _Streets(metres=metres[reachable], joined=joined[reachable][:, reachable], home=int(np.searchsorted(reachable, home)))

    def _near(self, at: LatLon) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """The numbers of the junctions within 5 km, rising, and where they lie in metres."""
        if self._tree is None:
            return np.empty(0, np.intp), np.empty((0, 2))
        about = _on_sphere(np.array([at.lat_deg]), np.array([at.lon_deg]))[0]
        near = np.array(sorted(self._tree.query_ball_point(about, NEAR_M * _ROUND)), np.intp)
        east = (self._network.lon_deg[near] - at.lon_deg) * _M_PER_DEG * np.cos(np.radians(at.lat_deg))
        metres = np.column_stack([east, (self._network.lat_deg[near] - at.lat_deg) * _M_PER_DEG])
        within = (metres**2).sum(axis=1) <= NEAR_M**2
        return near[within], metres[within]


def looked_at(case: Case, from_us: int, streets: StreetMap | None) -> Looked:
    """Every zone to keep out of that takes streets about the wearer's home or work, from `from_us` on; no map knows no streets."""
    found: list[Confined] = []
    n_unmapped = 0
    for place in own_places(case, from_us):
        about = None if streets is None or place.position is None else streets.about(place.position)
        if about is None:
            n_unmapped += 1
        else:
            found.extend(_confined(case, place, about, from_us))
    return Looked(found=tuple(found), n_unmapped=n_unmapped)


def _confined(case: Case, place: Place, about: _Streets, from_us: int) -> Iterator[Confined]:
    for zone in case.zones:
        if place.position and zone.kind is ZoneKind.EXCLUSION and count_together(case, from_us, zone.period, place.period):
            told = _judged(zone, place, place.position, about)
            if told is not None:
                yield told


def _judged(zone: Zone, place: Place, at: LatLon, streets: _Streets) -> Confined | None:
    inside = _inside(zone, at, streets.metres)
    if not inside.any() or inside[streets.home]:
        return None
    outside = np.flatnonzero(~inside)
    _, labels = connected_components(streets.joined[outside][:, outside], directed=False)
    reached = int((labels == labels[np.searchsorted(outside, streets.home)]).sum())
    return Confined(
        zone=zone.zone,
        place=place.place,
        kind=place.kind.value,
        share=float(inside.mean()),
        cut_off=reached < OPEN * len(outside),
    )


def _on_sphere(lat_deg: NDArray[np.float64], lon_deg: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 3) places in metres from the middle of the Earth."""
    lat, lon = np.radians(lat_deg), np.radians(lon_deg)
    return _EARTH_M * np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _inside(zone: Zone, origin: LatLon, metres: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(n,) whether each place lies in the zone."""
    if isinstance(zone.shape, Circle):
        (centre,) = _metres_of((zone.shape.centre,), origin)
        return np.asarray(((metres - centre) ** 2).sum(axis=1) <= zone.shape.radius_m**2, np.bool_)
    found = np.zeros(len(metres), np.bool_)
    for polygon in zone.shape:
        holes = [_metres_of(hole, origin) for hole in polygon.holes]
        found |= shapely.contains_xy(shapely.Polygon(_metres_of(polygon.outer, origin), holes), metres[:, 0], metres[:, 1])
    return found


def _metres_of(points: tuple[LatLon, ...], origin: LatLon) -> NDArray[np.float64]:
    per_lon = _M_PER_DEG * np.cos(np.radians(origin.lat_deg))
    return np.array([((at.lon_deg - origin.lon_deg) * per_lon, (at.lat_deg - origin.lat_deg) * _M_PER_DEG) for at in points])
