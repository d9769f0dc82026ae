"""Where somebody could be by every source, which known addresses lie there, and which monitored persons are near, paired or not.

The answer is one JSON text a line, each with `what`: `centre` first, then `position` by source, `address` and `wearer`, nearest first.
Distances and errors are metres, instants microseconds of UTC; errors of `centre` hold 95 %, those of sources as the device told them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Final, Protocol

from backend_bridge.application.room_state import Room
from backend_bridge.domain.access.access import Sight
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.case import Case
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.incidents.dispatch import distance_m
from backend_bridge.domain.quantities import MICROSECONDS, LatLon
from backend_bridge.domain.queries import ReadSurroundings
from backend_bridge.domain.user import User
from backend_bridge.domain.watching.picture import Part, Picture
from backend_bridge.domain.watching.registry import party_of

LOOK_BACK_US: Final = 1800 * MICROSECONDS
R95_OF_68: Final = 2.45 / 1.51
LEAST_M: Final = 50.0
"""Nobody's position is surer than the next house."""
NEAR_M: Final = 2000.0
MOST_WEARERS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """The newest fix of one source."""

    source: int
    at_us: int
    position: LatLon
    accuracy_m: float | None


class Sightings(Protocol):
    """What is on disk of a device."""

    def sightings(self, device: DeviceId, from_us: int, to_us: int) -> tuple[Sighting, ...]:
        """The newest fix of each source measured in [from_us, to_us)."""
        ...


def surroundings(query: ReadSurroundings, user: User, room: Room, records: Sightings) -> tuple[str, ...]:
    """What is known of somebody's whereabouts and of what lies about them, as far as the user may see it."""
    case = room.registry.case(query.case)
    device = party_of(case, query.person).device
    picture = room.watch.picture(room.now_us)
    if device is None or device not in picture.devices:
        return ()
    at = picture.devices.index(device)
    lines: list[dict[str, object]] = [
        {"what": "position", "source": each.source, "at_us": each.at_us, "error_m": each.accuracy_m, **_spot(each.position)}
        for each in records.sightings(device, room.now_us - LOOK_BACK_US, room.now_us + 1)
    ]
    if isfinite(picture.lat_deg[at]):
        sight = room.access.sight(user.user, room.now_us)
        centre = LatLon(lat_deg=float(picture.lat_deg[at]), lon_deg=float(picture.lon_deg[at]))
        reach_m = max(LEAST_M, float(picture.accuracy_m[at]) * R95_OF_68) + float(picture.reach_m[at])
        lines.insert(0, {"what": "centre", "error_m": round(reach_m), "at_us": int(picture.measured_us[at]), **_spot(centre)})
        lines += _addresses(case, sight, room.now_us, centre, reach_m)
        lines += list(_wearers(query, room, sight, picture, centre))[:MOST_WEARERS]
    return tuple(json.dumps(line) for line in lines)


def _spot(at: LatLon) -> dict[str, object]:
    return {"lat_deg": at.lat_deg, "lon_deg": at.lon_deg}


def _addresses(case: Case, sight: Sight, now_us: int, centre: LatLon, reach_m: float) -> list[dict[str, object]]:
    found = [
        (distance_m(centre, place.position), place)
        for place in case.places
        if place.position is not None and place.period.holds(now_us) and sight.may(Action.SEE_PLACES, place.person, case.case)
    ]
    return [
        {"what": "address", "place": place.place, "person": place.person, "kind": place.kind.value, "distance_m": round(far_m)}
        | {"inside": far_m <= reach_m, **_spot(place.position)}
        for far_m, place in sorted(found, key=lambda each: each[0])
        if place.position is not None
    ]


def _wearers(query: ReadSurroundings, room: Room, sight: Sight, picture: Picture, centre: LatLon) -> Iterator[dict[str, object]]:
    """Everybody who wears a device and is near or could be, the nearest first; also those of other cases."""
    near = []
    for at, device in enumerate(picture.devices):
        if picture.part[at] != Part.WEARER or not isfinite(picture.lat_deg[at]):
            continue
        far_m = distance_m(centre, LatLon(lat_deg=float(picture.lat_deg[at]), lon_deg=float(picture.lon_deg[at])))
        error_m = float(picture.accuracy_m[at]) * R95_OF_68 + float(picture.reach_m[at])
        if far_m - error_m <= NEAR_M:
            near.append((far_m, error_m, device))
    for far_m, error_m, device in sorted(near):
        carrier = next((each for each in room.registry.carriers(device) if each.part == 0), None)
        if carrier is not None and sight.may(Action.SEE_WEARER_POSITION, carrier.person, carrier.case):
            line: dict[str, object] = {"what": "wearer", "device": device, "person": carrier.person, "case": carrier.case}
            yield line | {"distance_m": round(far_m), "error_m": round(error_m), "paired": carrier.case == query.case}
