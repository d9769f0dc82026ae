"""What is changed to ask "what if": rings and zones of cases, and from which probabilities there is an alarm."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from backend_bridge.domain.case import Case, Circle, Polygon, Ring, Zone
from backend_bridge.domain.identifiers import CaseId, RingId, ZoneId
from backend_bridge.domain.quantities import LatLon

_M_PER_DEG: Final = 111_195.0
_LEAST_M: Final = 1.0
_ROUND: Final = 8
"""Corners that a widened corner is given in each quarter of a turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RingAt:
    """A ring at another distance."""

    ring: RingId
    distance_m: float
    case: CaseId | None = None
    """None: the ring of that name in every case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneAs:
    """A zone made wider, narrower where negative, or warned of from another distance on."""

    zone: ZoneId
    wider_m: float = 0.0
    warning_m: float | None = None
    """None leaves the band as it is."""
    case: CaseId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """All that is different; an empty one changes nothing."""

    rings: tuple[RingAt, ...] = ()
    zones: tuple[ZoneAs, ...] = ()
    policy: tuple[float, float, float] | None = None
    """Probabilities: amber from, red from, an alarm stands until; None leaves them as they are."""


def changed_cases(cases: Iterable[Case], what_if: WhatIf) -> tuple[Case, ...]:
    """The cases with their changes, in their order; those that nothing is changed of are the same values."""
    return tuple(changed_case(case, what_if) for case in cases)


def changed_case(case: Case, what_if: WhatIf) -> Case:
    """A case with what is changed of it."""
    rings = tuple(_ring(ring, case.case, what_if) for ring in case.rings)
    zones = tuple(_zone(zone, case.case, what_if) for zone in case.zones)
    return case if (rings, zones) == (case.rings, case.zones) else replace(case, rings=rings, zones=zones)


def unknown_names(cases: Iterable[Case], what_if: WhatIf) -> tuple[str, ...]:
    """What is to be changed and is in none of the cases: `ring R7`, `zone Z9 of case KR-1`."""
    known = {(kind, name, of) for case in cases for of in (None, case.case) for kind, name in _names(case)}
    asked = [("ring", each.ring, each.case) for each in what_if.rings] + [("zone", each.zone, each.case) for each in what_if.zones]
    return tuple(f"{kind} {name}" + (f" of case {case}" if case else "") for kind, name, case in asked if (kind, name, case) not in known)


def _names(case: Case) -> list[tuple[str, str]]:
    return [("ring", ring.ring) for ring in case.rings] + [("zone", zone.zone) for zone in case.zones]


def _ring(ring: Ring, case: CaseId, what_if: WhatIf) -> Ring:
    for change in what_if.rings:
        if change.ring == ring.ring and change.case in {None, case}:
            ring = replace(ring, distance_m=change.distance_m)
    return ring


def _zone(zone: Zone, case: CaseId, what_if: WhatIf) -> Zone:
    for change in what_if.zones:
        if change.zone == zone.zone and change.case in {None, case}:
            warning_m = zone.warning_m if change.warning_m is None else change.warning_m
            zone = replace(zone, shape=_wider(zone.shape, change.wider_m), warning_m=warning_m)
    return zone


def _wider(shape: Circle | tuple[Polygon, ...], by_m: float) -> Circle | tuple[Polygon, ...]:
    """The shape grown by so many metres on the ground; one that would vanish keeps what it has."""
    if by_m == 0.0:
        return shape
    if isinstance(shape, Circle):
        return replace(shape, radius_m=max(_LEAST_M, shape.radius_m + by_m))
    origin = shape[0].outer[0]
    scale = np.array([_M_PER_DEG * np.cos(np.radians(origin.lat_deg)), _M_PER_DEG])
    grown = shapely.union_all([_metres(polygon, origin, scale) for polygon in shape]).buffer(by_m, quad_segs=_ROUND)
    parts = [part for part in getattr(grown, "geoms", [grown]) if not part.is_empty]
    return tuple(_polygon(part, origin, scale) for part in parts) or shape


def _metres(polygon: Polygon, origin: LatLon, scale: NDArray[np.float64]) -> shapely.Polygon:
    def flat(ring: tuple[LatLon, ...]) -> NDArray[np.float64]:
        metres: NDArray[np.float64] = np.array([[place.lon_deg - origin.lon_deg, place.lat_deg - origin.lat_deg] for place in ring]) * scale
        return metres

    return shapely.Polygon(flat(polygon.outer), [flat(hole) for hole in polygon.holes])


def _polygon(part: shapely.Polygon, origin: LatLon, scale: NDArray[np.float64]) -> Polygon:
    def round_earth(ring: shapely.LinearRing) -> tuple[LatLon, ...]:
        degrees = np.array(ring.coords)[:-1] / scale
        return tuple(
            LatLon(lat_deg=round(origin.lat_deg + float(lat), 7), lon_deg=round(origin.lon_deg + float(lon), 7)) for lon, lat in degrees
        )

    return Polygon(outer=round_earth(part.exterior), holes=tuple(round_earth(hole) for hole in part.interiors))
