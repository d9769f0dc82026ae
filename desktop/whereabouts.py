"""Where the people of the chosen case are, in words that can be spoken: the bridge knows zones, the desk's map knows streets."""

from collections.abc import Callable, Iterable
from math import atan2, cos, degrees, hypot, isfinite, radians

import numpy as np

from backend_bridge.application.rows import PositionFrame
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.spoken_place import SpokenPlace
from widgets import phrases_where
from widgets.map.map_view import MapView
from widgets.phrases_where import Way


class Whereabouts:
    """Positions of the newest frame, and what the map says is nearest to them; a name stays until the map gives another."""

    def __init__(self, map_view: MapView) -> None:
        self._map = map_view
        self._frame: PositionFrame | None = None
        self._names: dict[str, str] = {}
        self._wanted: tuple[DeviceId, ...] = ()
        self._asked: frozenset[str] = frozenset()
        self.on_named: Callable[[], None] = lambda: None
        map_view.on_spot = self._on_spot

    def take_frame(self, frame: PositionFrame | None) -> None:
        """The newest positions; None takes those of a recording away."""
        self._frame = frame
        if any(str(device) not in self._asked and self._row(device) is not None for device in self._wanted):
            self.ask(self._wanted)

    def ask(self, devices: Iterable[DeviceId]) -> None:
        """Have the map look up what is near these, as soon as they are seen; what is known of others is forgotten."""
        self._wanted = tuple(devices)
        spots = {str(device): at for device in self._wanted if (at := self.position_of(device)) is not None}
        self._asked = frozenset(spots)
        self._names = {key: name for key, name in self._names.items() if key in spots}
        self._map.name_spots(spots)

    def position_of(self, device: DeviceId | None) -> LatLon | None:
        """Where a device was measured last; None where the frame does not show it."""
        at = self._row(device)
        if self._frame is None or at is None:
            return None
        return LatLon(lat_deg=_figure(self._frame.lat_deg, "<f8", at), lon_deg=_figure(self._frame.lon_deg, "<f8", at))

    def place_of(self, device: DeviceId | None, person: str) -> SpokenPlace | None:
        """The nearest street or place with the error of the position; else whose position it is; None without one."""
        at = self._row(device)
        if self._frame is None or at is None:
            return None
        name, error_m = self._names.get(str(device)), _figure(self._frame.accuracy_m, "<f4", at)
        known_m = error_m if isfinite(error_m) else None
        return SpokenPlace(kind="position" if name is None else "near", name=person if name is None else name, error_m=known_m)

    def way_of(self, wearer: DeviceId | None, protected: DeviceId | None) -> Way:
        """Where the wearer is, on which side of the protected person, and where he is heading."""
        at, here, there = self._row(wearer), self.position_of(wearer), self.position_of(protected)
        if self._frame is None or at is None or here is None:
            return Way()
        moving = _figure(self._frame.speed_mps, "<f4", at) >= phrases_where.MOVING_MPS
        place = self.place_of(wearer, "") if str(wearer) in self._names else None
        return Way(
            place="" if place is None else phrases_where.spoken(place),
            side_deg=None if there is None else _bearing_deg(there, here),
            course_deg=_figure(self._frame.course_deg, "<f4", at) if moving else None,
        )

    def _row(self, device: DeviceId | None) -> int | None:
        if self._frame is None or device is None or device not in self._frame.devices:
            return None
        return self._frame.devices.index(device)

    def _on_spot(self, key: str, name: str | None) -> None:
        if name == self._names.get(key):
            return
        if name is None:
            del self._names[key]
        else:
            self._names[key] = name
        self.on_named()


def _figure(column: bytes, kind: str, at: int) -> float:
    return float(np.frombuffer(column, kind)[at])


def _bearing_deg(start: LatLon, end: LatLon) -> float | None:
    """The direction from one place to another near it, clockwise from north; None where they are one place."""
    north, east = end.lat_deg - start.lat_deg, (end.lon_deg - start.lon_deg) * cos(radians(start.lat_deg))
    return degrees(atan2(east, north)) % 360 if hypot(north, east) > 0 else None
