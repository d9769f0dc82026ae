"""Whom to send: police units as they last reported, ranked by when they would arrive against when contact is expected."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Final

from backend_bridge.domain.identifiers import UnitId
from backend_bridge.domain.quantities import MICROSECONDS, LatLon

DETOUR: Final = 1.4
"""How much longer the way by road is than the straight line, where no routing engine answers."""
STRAIGHT_SPEED_MPS: Final = 11.0
"""What a police car makes good along its way in a city, lights on."""
SILENT_AFTER_US: Final = 120 * MICROSECONDS
"""A unit not heard for so long may be anywhere: terminals report every few seconds, and what they say holds for two minutes (`stale`)."""
_EARTH_RADIUS_M: Final = 6_371_008.8
_STATE_COST_S: Final = {"free": 0.0, "en-route": 120.0, "on-scene": 300.0, "busy": 300.0}
"""How long a unit that does something else needs to get away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A police unit as its last report showed it."""

    unit: UnitId
    callsign: str
    position: LatLon | None
    course_deg: float | None
    state: str
    reported_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A unit with its estimated arrival."""

    unit: UnitId
    eta_s: float | None
    basis: str | None
    """`road`, or `straight-line`: a straight line × a detour factor, the last resort."""
    in_time: bool | None
    """Whether it would arrive before contact; None where no contact is predicted."""


def is_silent(reported_us: int, now_us: int) -> bool:
    """Whether a unit reported so long ago that nobody knows where it is now."""
    return now_us - reported_us > SILENT_AFTER_US


def distance_m(one: LatLon, other: LatLon) -> float:
    """Metres on the ground between two points, on the sphere."""
    d_lat, d_lon = radians(other.lat_deg - one.lat_deg), radians(other.lon_deg - one.lon_deg)
    chord = sin(d_lat / 2) ** 2 + cos(radians(one.lat_deg)) * cos(radians(other.lat_deg)) * sin(d_lon / 2) ** 2
    return 2 * _EARTH_RADIUS_M * asin(min(1.0, sqrt(chord)))


def eta(unit: Unit, destination: LatLon, road_s: float | None, now_us: int, *, is_at_it: bool = False) -> tuple[float | None, str | None]:
    """Seconds to the destination, and what they rest on; (None, None) for a unit of which nobody knows where it is now.

    One that `is_at_it` works for this very incident, and has nothing else to get away from.
    """
    if unit.position is None or unit.state == "off" or is_silent(unit.reported_us, now_us):
        return None, None
    delay = 0.0 if is_at_it else _STATE_COST_S.get(unit.state, 0.0)
    if road_s is not None:
        return round(road_s + delay, 1), "road"
    way_m = distance_m(unit.position, destination) * DETOUR
    return round(way_m / STRAIGHT_SPEED_MPS + delay, 1), "straight-line"


def rank(
    units: Iterable[Unit],
    destination: LatLon,
    road_s: Mapping[UnitId, float],
    contact_s: float | None,
    now_us: int,
    *,
    at_it: AbstractSet[UnitId] = frozenset(),
) -> tuple[Ranked, ...]:
    """All units, the first to arrive first; those that cannot be reckoned last, each group by name. `at_it`: see `eta`."""
    arrivals = ((unit, eta(unit, destination, road_s.get(unit.unit), now_us, is_at_it=unit.unit in at_it)) for unit in units)
    ranked = [_ranked(unit, arrival, contact_s) for unit, arrival in arrivals]
    return tuple(sorted(ranked, key=lambda each: (each.eta_s is None, each.eta_s or 0.0, each.unit)))


def _ranked(unit: Unit, arrival: tuple[float | None, str | None], contact_s: float | None) -> Ranked:
    seconds, basis = arrival
    in_time = None if seconds is None or contact_s is None else seconds <= contact_s
    return Ranked(unit=unit.unit, eta_s=seconds, basis=basis, in_time=in_time)
