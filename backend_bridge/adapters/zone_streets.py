"""What a zone leaves of the streets about a wearer's home or work: whether there is a way out at all, and how much it takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from backend_bridge.adapters.road_network import RoadNetwork
from backend_bridge.domain.case import Case, Circle, Place, PlaceKind, Zone, ZoneKind
from backend_bridge.domain.identifiers import PlaceId, ZoneId
from backend_bridge.domain.quantities import LatLon

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


def own_places(case: Case) -> tuple[Place, ...]:
    """Where the wearer lives and works, as far as the case says."""
    kinds = (PlaceKind.HOME, PlaceKind.WORK)
    return tuple(place for place in case.places if place.person == case.subject.person and place.kind in kinds and place.position)


def confined(case: Case, network: RoadNetwork) -> Iterator[Confined]:
    """Every zone to keep out of that takes streets about the wearer's home or work; nothing where the network knows no streets there."""
    for place in own_places(case):
        streets = None if place.position is None else _streets_about(place.position, network)
        if streets is None or place.position is None:
            continue
        for zone in case.zones:
            if zone.kind is ZoneKind.EXCLUSION:
                found = _judged(zone, place, place.position, streets)
                if found is not None:
                    yield found


def is_mapped(place: Place, network: RoadNetwork) -> bool:
    """Whether the network knows the streets about a place."""
    return place.position is not None and _streets_about(place.position, network) is not None


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


def _streets_about(at: LatLon, network: RoadNetwork) -> _Streets | None:
    """The streets that can be reached from a place at all, without any zone; None where the map has none."""
    east = (network.lon_deg - at.lon_deg) * _M_PER_DEG * np.cos(np.radians(at.lat_deg))
    metres = np.column_stack([east, (network.lat_deg - at.lat_deg) * _M_PER_DEG])
    near = np.flatnonzero((metres**2).sum(axis=1) <= NEAR_M**2)
    if len(near) < LEAST_STREETS:
        return None
    number = np.full(len(metres), -1)
    number[near] = np.arange(len(near))
    kept = (number[network.start] >= 0) & (number[network.end] >= 0)
    start, end = number[network.start[kept]], number[network.end[kept]]
    joined = csr_array((np.ones(len(start), np.int8), (start, end)), shape=(len(near), len(near)))
    metres = metres[near]
    home = int((metres**2).sum(axis=1).argmin())
    if (metres[home] ** 2).sum() > SNAP_M**2:
        return None
    _, labels = connected_components(joined, directed=False)
    reachable = np.flatnonzero(labels == labels[home])
    if len(reachable) < LEAST_STREETS:
        return None
    return _Streets(metres=metres[reachable], joined=joined[reachable][:, reachable], home=int(np.searchsorted(reachable, home)))


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
