"""When a position is not to be believed. It never ends another alarm: doubt is a reason to look, not to look away."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel, Figure
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch, FixSource
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.alarm_book import AlarmKey, Sighting
from backend_bridge.domain.watching.because import because, seconds
from backend_bridge.domain.watching.case_book import Role
from backend_bridge.domain.watching.ledger import Ledger
from backend_bridge.domain.watching.trust_scan import TRUST, Doubt, grown, scan

_CONTACT_M: Final = 100.0
"""Two devices that hear each other's beacon are no farther apart."""
_CONTACT_FRESH_US: Final = 300 * MICROSECONDS
_SIGMAS: Final = 3.0


class TrustRules:
    """Raises and clears `position-not-trusted`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._memory = np.zeros(0, TRUST)

    def doubts(self, fixes: FixBatch, device: NDArray[np.int32]) -> list[tuple[int, Doubt, float]]:
        """The rows of a batch at which the doubt about a device changes, what it is from then on, and the speed of the way there."""
        self._memory = grown(self._memory, len(self._ledger.names))
        rows, doubts, speeds_mps = scan(self._memory, fixes, device)
        return [(row, Doubt(doubt), speed) for row, doubt, speed in zip(rows.tolist(), doubts.tolist(), speeds_mps.tolist(), strict=True)]

    def take(self, fixes: FixBatch, row: int, device: int, doubt: Doubt, jump_mps: float) -> None:
        """Turn one change of doubt into what it means for the alarms."""
        name, measured_us, known_us = self._ledger.names[device], int(fixes.measured_us[row]), int(fixes.received_us[row])
        figures = self._figures(fixes, row, doubt, jump_mps)
        sighting = Sighting(device=name, happened_us=measured_us, known_us=known_us, because=figures)
        if doubt is Doubt.NONE:
            self._clear(name, sighting)
            return
        for role in self._ledger.cases.roles_at(name, measured_us):
            self._ledger.raised(_key(role), AlarmLevel.AMBER, sighting)

    def _figures(self, fixes: FixBatch, row: int, doubt: Doubt, jump_mps: float) -> dict[str, Figure]:
        source = int(fixes.source[row])
        return because(
            cause="trusted-again" if doubt is Doubt.NONE else doubt.name.lower().replace("_", "-"),
            jump_mps=jump_mps if doubt is Doubt.IMPOSSIBLE_SPEED else None,
            lag_s=seconds(int(fixes.measured_us[row]), int(fixes.received_us[row])),
            accuracy_m=float(fixes.accuracy_m[row]),
            source=None if source < 0 else FixSource(source).name.lower(),
        )

    def _clear(self, name: DeviceId, sighting: Sighting) -> None:
        for standing in self._ledger.alarms.of_device(name):
            if standing.key.kind is AlarmKind.POSITION_NOT_TRUSTED:
                self._ledger.cleared(standing.key, sighting)

    def contact(self, device: int, event: DeviceEvent) -> None:
        """Two devices heard each other by radio: where their positions are far apart, one of them is wrong."""
        if event.kind is not DeviceEventKind.BEACON_CONTACT or not isinstance(event.value, str):
            return
        other_name = DeviceId(event.value)
        other = self._ledger.indices.get(other_name)
        if other is None:
            return
        for wearer, hers, at in ((event.device, other_name, (device, other)), (other_name, event.device, (other, device))):
            cases = {role.case for role in self._ledger.cases.roles_at(wearer, event.measured_us) if role.about is None}
            for role in self._ledger.cases.roles_at(hers, event.measured_us):
                if role.about is not None and role.case in cases:
                    self._compare(role, wearer, at, event)

    def _compare(self, role: Role, wearer: DeviceId, at: tuple[int, int], event: DeviceEvent) -> None:
        now_us = self._ledger.now_us
        tracks = self._ledger.engine.tracks_at(np.array(at, np.int32), now_us)
        if (event.measured_us - tracks.measured_us > _CONTACT_FRESH_US).any() or (tracks.measured_us < 0).any():
            return
        pair = self._ledger.engine.pairs_at(np.array(at[:1], np.int32), np.array(at[1:], np.int32), now_us, _CONTACT_M)
        distance_m, sigma_m = float(pair.distance_m[0]), float(pair.sigma_m[0])
        if distance_m - _SIGMAS * sigma_m <= _CONTACT_M:
            return
        figures = because(cause="beacon-contact", distance_m=distance_m, distance_error_m=1.96 * sigma_m, contact_within_m=_CONTACT_M)
        sighting = Sighting(device=wearer, happened_us=event.measured_us, known_us=now_us, because=figures)
        self._ledger.raised(_key(role), AlarmLevel.RED, sighting)

    def parts(self) -> NDArray[np.void]:
        """Everything that the rules hold."""
        return self._memory.copy()

    def restore(self, parts: NDArray[np.void]) -> None:
        """Hold what the rules that gave these parts held."""
        self._memory = np.array(parts, TRUST)


def _key(role: Role) -> AlarmKey:
    return AlarmKey(kind=AlarmKind.POSITION_NOT_TRUSTED, case=role.case, subject=role.subject, about=role.about)
