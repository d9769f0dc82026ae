"""What a trainer lets happen in a running scenario, as the messages of a second made-up gateway."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from backend_bridge.application.inbox import ImportCases
from backend_bridge.application.scenario_feed import OFFICE
from backend_bridge.domain.arrivals import Arrival, Data, Hello, Lane, LinkUp
from backend_bridge.domain.case import Case, Party
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch, FixSource
from backend_bridge.domain.identifiers import CaseId, DeviceId, GatewayName, PersonId
from backend_bridge.domain.quantities import MICROSECONDS, LatLon

GATEWAY: Final = GatewayName("trainer")
_CONNECTION: Final = b"trainer"
_M_PER_DEG: Final = 111_195.0
WALK_MPS: Final = 1.6
BEGINS_M: Final = 900.0
FIX_EVERY_US: Final = 5 * MICROSECONDS


@dataclass(slots=True)
class _Walker:
    """A second offender on the way to somebody."""

    device: DeviceId
    target: DeviceId
    place: LatLon
    next_us: int
    n_fixes: int = 0


class Injections:
    """Makes what the trainer asks for; `epoch` must be another one at every start."""

    def __init__(self, epoch: int) -> None:
        self._epoch = epoch
        self._seq = dict.fromkeys(Lane, 0)
        self._walkers: list[_Walker] = []
        self._n = 0

    def opening(self) -> tuple[Arrival, ...]:
        """The gateway's first signs of life."""
        hellos = (Hello(gateway=GATEWAY, connection=_CONNECTION, lane=lane, epoch=self._epoch, first=1, last=0) for lane in Lane)
        return (LinkUp(gateway=GATEWAY, connection=_CONNECTION), *hellos)

    def sos(self, device: DeviceId, now_us: int) -> Arrival:
        """The holder of a device presses the button."""
        event = DeviceEvent(device=device, measured_us=now_us, kind=DeviceEventKind.SOS, received_us=now_us)
        return replace(self._message(Lane.ALARMS, None, 1), events=(event,))

    def second_offender(self, case: Case, places: dict[DeviceId, LatLon], now_us: int) -> ImportCases | None:
        """Another wearer's case, who sets out towards the protected person; None where nobody knows where that person is."""
        protected = next((party for party in case.protected if party.device in places), None)
        if protected is None or protected.device is None:
            return None
        self._n += 1
        name = f"{case.case}-X{self._n}"
        device = DeviceId(f"ANK-{name}")
        angle = math.radians(40.0 + 137.5 * self._n)
        self._walkers.append(_Walker(device, protected.device, _beside(places[protected.device], BEGINS_M, angle), now_us))
        other = replace(
            case,
            case=CaseId(name),
            subject=Party(person=PersonId(f"S-{name}"), device=device),
            protected=(protected,),
            people=tuple(person for person in case.people if person.person == protected.person),
            places=(),
            zones=(),
            rings=tuple(ring for ring in case.rings if ring.about == protected.person),
        )
        return ImportCases(by=OFFICE, cases=(other,))

    def due(self, places: dict[DeviceId, LatLon], now_us: int) -> Iterator[Arrival]:
        """The positions of second offenders up to now."""
        for walker in self._walkers:
            while walker.next_us <= now_us:
                goal = places.get(walker.target, walker.place)
                walker.place = _towards(walker.place, goal, WALK_MPS * FIX_EVERY_US / MICROSECONDS)
                walker.n_fixes += 1
                yield self._message(Lane.POSITIONS, _fix(walker, walker.next_us, now_us), 1)
                walker.next_us += FIX_EVERY_US

    def _message(self, lane: Lane, fixes: FixBatch | None, n: int) -> Data:
        self._seq[lane] += 1
        return Data(
            gateway=GATEWAY,
            connection=_CONNECTION,
            lane=lane,
            epoch=self._epoch,
            seq=self._seq[lane],
            fixes=fixes,
            events=(),
            kept_rows=np.arange(n, dtype=np.int32),
            bad=(),
        )


def _fix(walker: _Walker, at_us: int, now_us: int) -> FixBatch:
    return FixBatch(
        device_names=(walker.device,),
        device=np.zeros(1, np.int32),
        measured_us=np.array([at_us], np.int64),
        lat_deg=np.array([round(walker.place.lat_deg, 7)]),
        lon_deg=np.array([round(walker.place.lon_deg, 7)]),
        accuracy_m=np.array([6.0], np.float32),
        speed_mps=np.array([WALK_MPS], np.float32),
        course_deg=np.array([np.nan], np.float32),
        moving=np.ones(1, np.int8),
        source=np.array([FixSource.GNSS], np.int8),
        device_seq=np.array([walker.n_fixes], np.uint64),
        has_device_seq=np.ones(1, np.bool_),
        received_us=np.array([now_us], np.int64),
    )


def _beside(place: LatLon, metres: float, angle: float) -> LatLon:
    east = metres * math.sin(angle) / (_M_PER_DEG * math.cos(math.radians(place.lat_deg)))
    return LatLon(lat_deg=place.lat_deg + metres * math.cos(angle) / _M_PER_DEG, lon_deg=place.lon_deg + east)


def _towards(place: LatLon, goal: LatLon, metres: float) -> LatLon:
    north = (goal.lat_deg - place.lat_deg) * _M_PER_DEG
    east = (goal.lon_deg - place.lon_deg) * _M_PER_DEG * math.cos(math.radians(place.lat_deg))
    left = math.hypot(north, east)
    if left <= metres:
        return place
    return _beside(place, metres, math.atan2(east, north))
