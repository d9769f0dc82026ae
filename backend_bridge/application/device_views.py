"""Devices: rows of their health, and the frame of positions, both cut for one user."""

from collections.abc import Iterator, Mapping
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend_bridge.application.alarm_views import cases_listed, levels_of_devices
from backend_bridge.application.looking import Backlog, Look, Sent, number, ordered_bytes
from backend_bridge.application.rows import DeviceRow, Freshness, PositionFrame
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.fix import FixSource
from backend_bridge.domain.identifiers import CaseId, DeviceId
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.device_health import DeviceHealth
from backend_bridge.domain.watching.picture import Age, Part
from backend_bridge.domain.watching.registry import Carrier

_FRESHNESS = {
    int(age): freshness for age, freshness in zip(Age, (Freshness.LIVE, Freshness.LATE, Freshness.STALE, Freshness.LOST), strict=True)
}
_NEVER = Freshness.NEVER
_ACTIONS = _SEE_WEARER, _SEE_PROTECTED = Action.SEE_WEARER_POSITION, Action.SEE_PROTECTED_POSITION
_SEE_DEVICE = Action.SEE_DEVICE
_ROUND_S = 60
"""Each device's row is looked at once in so many seconds although nothing of its health changed: its times moved on."""
_SILENT_HEALTH = DeviceHealth()
_UNKNOWN_SOURCE = int(FixSource.UNKNOWN)
_WEARER = int(Part.WEARER)


class DeviceCutter:
    """Which rows of devices a desk has to be sent: those whose health changed, and each once a minute for its times."""

    def __init__(self) -> None:
        self._sent = Sent(table=Table.DEVICES)
        self._registry = 0
        self._second = 0
        self._ages: NDArray[np.uint8] = np.zeros(0, np.uint8)
        self._health: dict[DeviceId, DeviceHealth] = {}
        self._backlog: Backlog[int] = Backlog()

    def changes(self, look: Look) -> TableChange | None:
        """Rows that are new or different since the last call."""
        due = self._due(look)
        if look.first and look.recorded:
            self._sent.awaited.update(look.picture.devices[index] for index in self._backlog.waiting())
        return self._sent.differ((look.picture.devices[index], _row_or_gone(look, index)) for index in due)

    @property
    def awaited(self) -> frozenset[str]:
        """Rows that are still to be sent."""
        return frozenset(self._sent.awaited)

    def _due(self, look: Look) -> list[int]:
        picture = look.picture
        n = len(picture.devices)
        moved = np.ones(n, np.bool_)
        second = look.now_us // MICROSECONDS
        if not look.first:
            known = min(n, len(self._ages))
            moved[:known] = picture.freshness[:known] != self._ages[:known]
            for each in range(min(_ROUND_S, second - self._second)):
                moved[(second - each) % _ROUND_S :: _ROUND_S] = True
            moved[list(self._touched(look))] = True
        self._second = second
        self._registry = look.room.registry.changed.revision
        self._ages, self._health = picture.freshness, dict(picture.health)
        if look.first:
            ahead = (index for case in cases_listed(look) for index in _indices(look, case))
            self._backlog.begin(ahead, _seen(look) if look.recorded else range(n))
        else:
            self._backlog.add(np.flatnonzero(moved).tolist())
        return self._backlog.take()

    def _touched(self, look: Look) -> Iterator[int]:
        for case in look.room.registry.changed.since(self._registry):
            yield from _indices(look, CaseId(case))
        for device, health in look.picture.health.items():
            if self._health.get(device) is not health:
                yield look.places.device[device]


def _indices(look: Look, case: CaseId) -> list[int]:
    held = look.room.registry.held.get(case)
    index: Mapping[Any, int] = look.places.device  # asked for parties without a device too: there is no such device
    parties = (held.case.subject, *held.case.protected) if held is not None else ()
    return [index[party.device] for party in parties if party.device in index]


def _row_or_gone(look: Look, index: int) -> DeviceRow | None:
    carrier = _carrier_seen(look, index)
    return device_row(look, index, carrier) if carrier is not None else None


def _seen(look: Look) -> list[int]:
    """The devices whose row the user may see, because of one case or another."""
    carriers = [look.room.registry.carriers(device) for device in look.picture.devices]
    index = [at for at, each in enumerate(carriers) for _ in each]
    each = [carrier for several in carriers for carrier in several]
    seen = look.sight.may_each(_SEE_DEVICE, [carrier.person for carrier in each], [carrier.case for carrier in each])
    return list(dict.fromkeys(compress(index, seen)))


def _carrier_seen(look: Look, index: int) -> Carrier | None:
    """Who carries a device, in the first case in which the user may see it."""
    for carrier in look.room.registry.carriers(look.picture.devices[index]):
        if look.sight.may(_SEE_DEVICE, carrier.person, carrier.case):
            return carrier
    return None


def device_row(look: Look, index: int, carrier: Carrier) -> DeviceRow:
    """The health of one device, as that of the case in which it may be seen."""
    picture = look.picture
    device = picture.devices[index]
    health = picture.health.get(device, _SILENT_HEALTH)
    measured_us, received_us = int(picture.measured_us[index]), int(picture.received_us[index])
    return DeviceRow(
        device=device,
        case=carrier.case,
        person=carrier.person,
        part="wearer" if picture.part[index] == _WEARER else "protected",
        freshness=_FRESHNESS[int(picture.freshness[index])] if measured_us >= 0 else _NEVER,
        last_measured_us=measured_us if measured_us >= 0 else None,
        last_received_us=received_us if received_us >= 0 else None,
        source=look.room.devices.source.get(device, _UNKNOWN_SOURCE),
        accuracy_m=number(float(picture.accuracy_m[index]), 0),
        battery=None if health.battery_percent is None else round(health.battery_percent),
        charging=health.charging,
        strap=_strap(health),
        jammed=health.jammed_us is not None,
        separated=health.separated_us is not None,
        gateway=look.room.devices.gateway.get(device),
    )


def _strap(health: DeviceHealth) -> str:
    if health.strap_cut_us is not None or health.case_opened_us is not None:
        return "cut" if health.strap_restored_us is None else "restored"
    return "ok" if health.newest_us > 0 else "unknown"


class FrameCutter:
    """The positions of everybody whom one user may see; what opens or shuts is followed case by case."""

    def __init__(self) -> None:
        self._devices: tuple[DeviceId, ...] = ()
        self._visible: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._access = self._registry = 0

    def frame(self, look: Look) -> PositionFrame:
        """The newest positions, without those that the user may not see and those that were never there."""
        columns = look.picture
        self._follow(look)
        rows = np.flatnonzero(self._visible & (columns.measured_us >= 0))
        return PositionFrame(
            at_us=look.picture.at_us,
            devices=tuple(map(columns.devices.__getitem__, rows.tolist())),
            lat_deg=ordered_bytes(columns.lat_deg[rows], "f8"),
            lon_deg=ordered_bytes(columns.lon_deg[rows], "f8"),
            accuracy_m=ordered_bytes(columns.accuracy_m[rows], "f4"),
            speed_mps=ordered_bytes(columns.speed_mps[rows], "f4"),
            course_deg=ordered_bytes(columns.course_deg[rows], "f4"),
            measured_us=ordered_bytes(columns.measured_us[rows], "i8"),
            freshness=ordered_bytes(columns.freshness[rows], "u1"),
            reach_m=ordered_bytes(columns.reach_m[rows], "f4"),
            part=ordered_bytes(columns.part[rows], "u1"),
            level=ordered_bytes(levels_of_devices(look, len(columns.devices))[rows], "u1"),
        )

    def _follow(self, look: Look) -> None:
        access, registry = look.room.access.changed, look.room.registry.changed
        if look.picture.devices != self._devices or look.first:
            self._devices = look.picture.devices
            self._visible = np.zeros(len(self._devices), np.bool_)
            self._visible[list(self._all(look))] = True
        else:
            for index in dict.fromkeys(self._touched(look)):
                self._visible[index] = self._may(look, self._devices[index])
        self._access, self._registry = access.revision, registry.revision

    @staticmethod
    def _all(look: Look) -> Iterator[int]:
        """Every device that `_may` allows, case by case, which is quicker than device by device."""
        now_us, alarmed = look.now_us, look.room.access.alarmed
        cases = [held.case for name, held in look.room.registry.held.items() if held.in_force(now_us) or name in alarmed]
        wearers = [(case.subject, case.case) for case in cases]
        protected = [(party, case.case) for case in cases for party in case.protected]
        for action, parties in ((_SEE_WEARER, wearers), (_SEE_PROTECTED, protected)):
            seen = look.sight.may_each(action, [party.person for party, _ in parties], [case for _, case in parties])
            index: Mapping[Any, int] = look.places.device  # asked for parties without a device too: there is no such device
            yield from (index[party.device] for party, _ in compress(parties, seen) if party.device in index)

    def _touched(self, look: Look) -> Iterator[int]:
        for case in look.room.access.changed.since(self._access):
            yield from _indices(look, CaseId(case))
        for case in look.room.registry.changed.since(self._registry):
            yield from _indices(look, CaseId(case))

    def _may(self, look: Look, device: DeviceId) -> bool:
        """Whether any case in force lets the user see where the device is."""
        held = look.room.registry.held
        return any(
            look.sight.may(_ACTIONS[carrier.part], carrier.person, carrier.case)
            for carrier in look.room.registry.carriers(device)
            if held[carrier.case].in_force(look.now_us) or carrier.case in look.room.access.alarmed
        )
