"""A simulated police unit and how it drives: shared by the demonstration's terminals and by exercises."""

import math
from dataclasses import dataclass, replace
from typing import Final

from backend_bridge.domain.quantities import LatLon

SPEED_MPS: Final = 11.0
ON_SCENE_M: Final = 30.0
M_PER_DEG: Final = 111_195.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedUnit:
    """Where one unit is and what it does; `order` is the key of the dispatch that it obeys."""

    unit: str
    callsign: str
    position: LatLon
    state: str = "free"
    order: str | None = None
    destination: LatLon | None = None


def moved(unit: SimulatedUnit, seconds: float) -> SimulatedUnit:
    """The unit some seconds later, straight towards where it was sent."""
    if unit.destination is None or unit.state == "on-scene":
        return unit
    north = (unit.destination.lat_deg - unit.position.lat_deg) * M_PER_DEG
    east = (unit.destination.lon_deg - unit.position.lon_deg) * M_PER_DEG * math.cos(math.radians(unit.position.lat_deg))
    left = math.hypot(north, east)
    if left <= ON_SCENE_M:
        return replace(unit, state="on-scene")
    share = min(1.0, SPEED_MPS * seconds / left)
    lat = unit.position.lat_deg + (unit.destination.lat_deg - unit.position.lat_deg) * share
    lon = unit.position.lon_deg + (unit.destination.lon_deg - unit.position.lon_deg) * share
    return replace(unit, position=LatLon(lat_deg=lat, lon_deg=lon), state="en-route")
