"""Zones that a wearer cannot keep out of, because a place of their own lies in them: said when a case is registered.

Such a zone alarms each evening, wears out whoever watches it, and may bind the wearer more than the court wanted.
"""

from dataclasses import dataclass
from math import cos, radians
from typing import Final

import shapely

from backend_bridge.domain.case import Case, Circle, Place, Polygon, Zone, ZoneKind
from backend_bridge.domain.identifiers import PlaceId, ZoneId
from backend_bridge.domain.incidents.dispatch import distance_m
from backend_bridge.domain.quantities import LatLon

_M_PER_DEG: Final = 111_195.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """A zone to keep out of and a place of the wearer's own within its reach."""

    zone: ZoneId
    place: PlaceId
    kind: str
    """Of the place: `home`, `work`, …"""
    inside: bool
    """Whether the place lies in the zone itself, not only in its warning band."""


def overlaps_of(case: Case) -> tuple[Overlap, ...]:
    """Every exclusion zone of the case that covers, with its warning band, a known place of the wearer."""
    own = [place for place in case.places if place.person == case.subject.person and place.position is not None]
    found = ((zone, place, _metres_to(zone, place)) for zone in case.zones if zone.kind is ZoneKind.EXCLUSION for place in own)
    return tuple(
        Overlap(zone=zone.zone, place=place.place, kind=place.kind.value, inside=metres <= 0.0)
        for zone, place, metres in found
        if metres <= (zone.warning_m or 0.0)
    )


def _metres_to(zone: Zone, place: Place) -> float:
    """How far the place lies outside of the zone; 0 or less within."""
    if place.position is None:
        return float("inf")
    if isinstance(zone.shape, Circle):
        return distance_m(zone.shape.centre, place.position) - zone.shape.radius_m
    here = shapely.Point(0.0, 0.0)
    return min((float(_flat(polygon, place.position).distance(here)) for polygon in zone.shape), default=float("inf"))


def _flat(polygon: Polygon, origin: LatLon) -> shapely.Polygon:
    """The polygon in metres about a place."""
    east = _M_PER_DEG * cos(radians(origin.lat_deg))

    def metres(ring: tuple[LatLon, ...]) -> list[tuple[float, float]]:
        return [((at.lon_deg - origin.lon_deg) * east, (at.lat_deg - origin.lat_deg) * _M_PER_DEG) for at in ring]

    return shapely.Polygon(metres(polygon.outer), [metres(hole) for hole in polygon.holes])
