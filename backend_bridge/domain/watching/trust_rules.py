"""When a position is not to be believed. It never ends another alarm: doubt is a reason to look, not to look away."""

from collections.abc import Mapping
from math import isnan, sqrt
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel, Figure
from backend_bridge.domain.breach.ground import distance_m
from backend_bridge.domain.breach.track_views import RADIUS_95
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch, FixSource
from backend_bridge.domain.identifiers import AlarmId, CaseId, DeviceId
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.alarm_book import AlarmKey, OpenAlarm, Sighting
from backend_bridge.domain.watching.because import because, seconds
from backend_bridge.domain.watching.case_book import Role
from backend_bridge.domain.watching.ledger import Ledger, Timer, TimerKind
from backend_bridge.domain.watching.trust_scan import NOTHING, About, Change, Doubt, Memory, grown, remembered, scan

_CONTACT_M: Final = 100.0
"""Two devices that hear each other's beacon are no farther apart."""
_CONTACT_FRESH_US: Final = 300 * MICROSECONDS
_CONTACT_LASTS_US: Final = 24 * 3600 * MICROSECONDS
"""What a contact has contradicted is doubted for so long, where no other contact agrees before."""
_SIGMAS: Final = 3.0

Reason = tuple[str, int]
"""Why an alarm stands: `now` or `past` with the device whose fixes are doubted, or `_CONTACT`."""
Why = Mapping[Reason, int]
"""Reasons with the newest time of each."""

_CONTACT: Final[Reason] = ("contact", -1)
_UNKNOWN: Final[Why] = MappingProxyType({})


class TrustRules:
    """Raises and clears `position-not-trusted`: one alarm stands for as long as there is any reason for it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._memory = NOTHING
        self._reasons: dict[AlarmKey, tuple[AlarmId, Why]] = {}

    def changes(self, fixes: FixBatch, device: NDArray[np.int32]) -> list[Change]:
        """What becomes doubted by the fixes of a batch, and what no longer is, in their order."""
        self._memory = grown(self._memory, len(self._ledger.names))
        return scan(self._memory, fixes, device)

    def take(self, fixes: FixBatch, change: Change, device: int) -> None:
        """Turn one change of doubt into what it means for the alarms."""
        name, row = self._ledger.names[device], change.row
        measured_us, known_us = int(fixes.measured_us[row]), int(fixes.received_us[row])
        sighting = Sighting(device=name, happened_us=measured_us, known_us=known_us, because=self._figures(fixes, change))
        reason = ("past" if change.about is About.PAST else "now", device)
        if change.doubt is Doubt.NONE:
            for key in [key for key in self._reasons if reason in self._why(key)]:
                self._believe(key, reason, sighting)
            return
        for role in self._ledger.cases.roles_at(name, measured_us):
            self._doubt(_key(role), AlarmLevel.AMBER, sighting, reason)

    def _figures(self, fixes: FixBatch, change: Change) -> dict[str, Figure]:
        row, doubt = change.row, change.doubt
        source = int(fixes.source[row])
        return because(
            cause="trusted-again" if doubt is Doubt.NONE else doubt.name.lower().replace("_", "-"),
            jump_mps=change.jump_mps if doubt is Doubt.IMPOSSIBLE_SPEED else None,
            lasted_s=change.lasted_s,
            n_fixes=None if isnan(change.n_fixes) else int(change.n_fixes),
            distance_m=change.apart_m,
            lag_s=seconds(int(fixes.measured_us[row]), int(fixes.received_us[row])),
            accuracy_m=float(fixes.accuracy_m[row]),
            source=None if source < 0 else FixSource(source).name.lower(),
        )

    def _doubt(self, key: AlarmKey, level: AlarmLevel, sighting: Sighting, reason: Reason) -> None:
        """Let an alarm stand for one reason more."""
        why = self._why(key)
        self._ledger.raised(key, level, sighting)
        self._stands_for(key, {**why, reason: max(sighting.happened_us, why.get(reason, sighting.happened_us))})

    def _believe(self, key: AlarmKey, reason: Reason, sighting: Sighting) -> None:
        """Let an alarm stand for one reason less; without any it ends."""
        left = {other: at_us for other, at_us in self._why(key).items() if other != reason}
        if not left:
            self._ledger.cleared(key, sighting)
        self._stands_for(key, left)

    def _stands_for(self, key: AlarmKey, why: Why) -> None:
        standing = self._ledger.alarms.get(key)
        self._reasons.pop(key, None)
        if standing is not None and why:
            self._reasons[key] = standing.alarm, why

    def _why(self, key: AlarmKey) -> Why:
        """The reasons for the open alarm of a key; none where it has ended otherwise."""
        standing, known = self._ledger.alarms.get(key), self._reasons.get(key)
        return _UNKNOWN if standing is None or known is None or known[0] != standing.alarm else known[1]

    def contact(self, device: int, event: DeviceEvent) -> None:
        """Two devices heard each other by radio: where their positions were far apart then, one of them is wrong."""
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
        at_us = min(event.measured_us, self._ledger.now_us)
        both = self._ledger.engine.sights_at(np.array(at, np.int32), at_us)
        if (both.shown_us < 0).any() or (np.abs(both.shown_us - at_us) > _CONTACT_FRESH_US).any():
            return
        (his_lat, her_lat), (his_lon, her_lon) = both.lat_deg.tolist(), both.lon_deg.tolist()
        his_m, hers_m = (both.radius95_m / RADIUS_95).tolist()
        apart_m, sigma_m = distance_m(his_lat, his_lon, her_lat, her_lon), sqrt(his_m * his_m + hers_m * hers_m)
        contradicts = apart_m - _SIGMAS * sigma_m > _CONTACT_M
        figures = because(
            cause="beacon-contact" if contradicts else "trusted-again",
            distance_m=apart_m,
            distance_error_m=1.96 * sigma_m,
            contact_within_m=_CONTACT_M,
        )
        sighting = Sighting(device=wearer, happened_us=at_us, known_us=self._ledger.now_us, because=figures)
        key = _key(role)
        if contradicts:
            self._doubt(key, AlarmLevel.RED, sighting, _CONTACT)
            self._ledger.at(Timer(at_us + _CONTACT_LASTS_US, TimerKind.CONTACT_OVER, name=role.case))
        elif sigma_m <= _CONTACT_M:
            self._end_contact(key, at_us, sighting)

    def contact_over(self, timer: Timer, now_us: int) -> None:
        """No contact has contradicted the positions of a case's people for long."""
        for key in [key for key in self._reasons if key.case == CaseId(timer.name)]:
            standing = self._ledger.alarms.get(key)
            if standing is not None:
                figures = because(cause="trusted-again")
                sighting = Sighting(device=standing.device, happened_us=now_us, known_us=now_us, because=figures)
                self._end_contact(key, now_us - _CONTACT_LASTS_US + 1, sighting)

    def _end_contact(self, key: AlarmKey, before_us: int, sighting: Sighting) -> None:
        """Let go of the contact that contradicts, if it was before."""
        contradicted_us = self._why(key).get(_CONTACT)
        if contradicted_us is not None and contradicted_us < before_us:
            self._believe(key, _CONTACT, sighting)

    def parts(self) -> dict[str, Any]:
        """Everything that the rules hold."""
        memory = {name: rows.copy() for name, rows in self._memory._asdict().items()}
        return {**memory, "reasons": dict(self._reasons)}

    def restore(self, parts: Any) -> None:
        """Hold what the rules that gave these parts held; those of versions before remembered fixes in turn alone."""
        if isinstance(parts, np.ndarray):
            parts = {**NOTHING._asdict(), "now": parts, "reasons": {}}
        self._memory = Memory(*(remembered(parts[name]) for name in Memory._fields))
        self._reasons = dict(parts["reasons"])
        for standing in self._ledger.alarms.open():
            if standing.key.kind is AlarmKind.POSITION_NOT_TRUSTED and not self._why(standing.key):
                self._find_reasons(standing)

    def _find_reasons(self, standing: OpenAlarm) -> None:
        """Say why an alarm stands that a version before raised: a contact alone makes it red, fixes whose device is doubted amber."""
        now: Reason = ("now", self._ledger.indices[standing.device])
        by_contact, at_us = standing.level is AlarmLevel.RED, standing.raised_us
        by_fixes = not by_contact or bool(self._memory.now["doubt"][now[1] : now[1] + 1].any())
        self._stands_for(standing.key, ({_CONTACT: at_us} if by_contact else {}) | ({now: at_us} if by_fixes else {}))
        if by_contact:
            self._ledger.at(Timer(at_us + _CONTACT_LASTS_US, TimerKind.CONTACT_OVER, name=standing.key.case))


def _key(role: Role) -> AlarmKey:
    return AlarmKey(kind=AlarmKind.POSITION_NOT_TRUSTED, case=role.case, subject=role.subject, about=role.about)
