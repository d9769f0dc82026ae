"""Zones that a wearer cannot keep out of, because a place of their own lies in them: said when a case is registered.

Such a zone alarms each evening, wears out whoever watches it, and may bind the wearer more than the court wanted.
"""

from dataclasses import dataclass
from math import cos, radians
from typing import Final

import shapely

from backend_bridge.domain.case import Case, Circle, Period, Place, PlaceKind, Polygon, Zone, ZoneKind
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


def count_together(case: Case, from_us: int, *periods: Period) -> bool:
    """Whether there is a time from `from_us` on, within the order, in which all these count."""
    span_us = max(from_us, case.order.starts_us), case.order.ends_us
    for period in periods:
        span_us = period.within(span_us)
    return span_us[0] < span_us[1]


def own_places(case: Case, from_us: int) -> tuple[Place, ...]:
    """Where the wearer lives and works at a time from `from_us` on, as far as the case says."""
    own = (place for place in case.places if place.person == case.subject.person and place.kind in (PlaceKind.HOME, PlaceKind.WORK))
    return tuple(place for place in own if place.position is not None and count_together(case, from_us, place.period))


def overlaps_of(case: Case, from_us: int) -> tuple[Overlap, ...]:
    """Every exclusion zone of the case that covers, with its warning band, a known place of the wearer, at a time from `from_us` on."""
    own = [place for place in case.places if place.person == case.subject.person and place.position is not None]
    pairs = ((zone, place) for zone in case.zones if zone.kind is ZoneKind.EXCLUSION for place in own)
    found = ((zone, place, _metres_to(zone, place)) for zone, place in pairs if count_together(case, from_us, zone.period, place.period))
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
