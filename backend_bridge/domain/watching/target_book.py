"""What the breach engine watches for each case: its zones and rings as targets, in force as their schedules and orders say.

Orders last for years. Schedules are written out for the weeks to come only, and further before those are over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.breach.breach_engine import BreachEngine, TargetKind
from backend_bridge.domain.breach.schedule import in_force, joined
from backend_bridge.domain.case import ALWAYS, Ring, RingEffect, Zone, ZoneKind
from backend_bridge.domain.identifiers import CaseId, DeviceId
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.alarm_book import AlarmKey
from backend_bridge.domain.watching.case_book import CaseVersion

Intervals = NDArray[np.int64]

_DAY_US: Final = 86_400 * MICROSECONDS
AHEAD_US: Final = 90 * _DAY_US
"""For so long from now schedules are written out; nothing looks further ahead than hours."""
_ANEW_US: Final = 30 * _DAY_US
_SPREAD_DAYS: Final = 30
"""The cases of one import are written out anew on different days."""
BEHIND_US: Final = 400 * _DAY_US
"""A schedule is forgotten for what lies so far back: no gateway keeps a fix for a year."""

_KINDS = {
    TargetKind.EXCLUSION: AlarmKind.EXCLUSION_ZONE,
    TargetKind.WARNING_BAND: AlarmKind.ZONE_WARNING,
    TargetKind.INCLUSION: AlarmKind.INCLUSION_ZONE,
    TargetKind.RING: AlarmKind.PROXIMITY,
    TargetKind.APPROACH: AlarmKind.APPROACH,
}
TARGET_KINDS = frozenset(_KINDS.values())
"""The kinds of alarm that the engine's targets raise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What makes two targets the same over versions of a case: then an alarm that stands goes on standing."""

    kind: TargetKind
    key: AlarmKey
    place: Zone | Ring
    subject: DeviceId
    protected: DeviceId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One thing that the engine watches, and what an alarm about it is called."""

    index: int
    """The engine's number."""
    signature: Signature
    in_force: Intervals
    """(k, 2) µs, [from, to), in order: scheduled, in the order's dates, in a version in force."""

    @property
    def key(self) -> AlarmKey:
        """The key of its alarms."""
        return self.signature.key

    @property
    def amber_only(self) -> bool:
        """Whether being there is no breach: a warning band, a `warn` ring, an approach."""
        place = self.signature.place
        warns = isinstance(place, Ring) and place.effect is RingEffect.WARN
        return warns or self.signature.kind in (TargetKind.WARNING_BAND, TargetKind.APPROACH)

    def interval(self, at_us: int) -> tuple[int, int] | None:
        """The interval in force that holds the instant."""
        row = int(np.searchsorted(self.in_force[:, 0], at_us, side="right")) - 1
        if row < 0 or at_us >= self.in_force[row, 1]:
            return None
        return int(self.in_force[row, 0]), int(self.in_force[row, 1])

    def next_in_force(self, at_us: int) -> int | None:
        """The first instant from `at_us` on at which it is in force; None when never again."""
        row = int(np.searchsorted(self.in_force[:, 1], at_us, side="right"))
        if row >= len(self.in_force):
            return None
        return max(at_us, int(self.in_force[row, 0]))


class TargetBook:
    """The targets of all cases."""

    def __init__(self) -> None:
        self._targets: dict[int, Target] = {}
        self._of_case: dict[CaseId, list[int]] = {}
        self._of_device: dict[DeviceId, list[int]] = {}

    def __getitem__(self, index: int) -> Target:
        """The target with the engine's number."""
        return self._targets[index]

    def of_case(self, case: CaseId) -> tuple[Target, ...]:
        """The targets of a case, of all its versions."""
        return tuple(self._targets[index] for index in self._of_case.get(case, ()))

    def of_device(self, device: DeviceId) -> tuple[Target, ...]:
        """The targets that look at a wearer's device, of all its cases."""
        return tuple(self._targets[index] for index in self._of_device.get(device, ()))

    def update(self, engine: BreachEngine, versions: Sequence[CaseVersion], now_us: int) -> int | None:
        """Make the engine watch what the versions of one case say, each while it is in force.

        Returns when that has to be done again, because schedules go on beyond what is written out; None for never.
        """
        case = versions[0].case.case
        written = _Written(now_us, max(now_us, versions[-1].decided_us[0]))
        spans: dict[Signature, list[Intervals]] = {}
        for version in versions:
            for signature, intervals in _wanted(version, written):
                spans.setdefault(signature, []).append(intervals)
        known = {target.signature: target.index for target in self.of_case(case)}
        for signature, several in spans.items():
            intervals = several[0] if len(several) == 1 else _merged(np.concatenate(several))
            index = known.get(signature)
            if index is None:
                if not len(intervals):
                    continue
                index = _watch(engine, signature, intervals)
            else:
                engine.set_in_force(index, intervals)
            self._targets[index] = Target(index=index, signature=signature, in_force=intervals)
            if signature not in known:  # last, for readers of other threads
                self._of_case.setdefault(case, []).append(index)
                self._of_device.setdefault(signature.subject, []).append(index)
        return written.until_us - _ANEW_US - crc32(case.encode()) % _SPREAD_DAYS * _DAY_US if written.goes_on else None

    def parts(self) -> tuple[Target, ...]:
        """Everything that the book holds, as values."""
        return tuple(self._targets.values())

    @staticmethod
    def of_parts(parts: Sequence[Target]) -> "TargetBook":
        """The book that gave these parts."""
        book = TargetBook()
        targets, of_case, of_device = book._targets, book._of_case, book._of_device
        for target in parts:
            index, signature = target.index, target.signature
            targets[index] = target
            of_case.setdefault(signature.key.case, []).append(index)
            of_device.setdefault(signature.subject, []).append(index)
        return book


class _Written:
    """From when until when schedules are written out, and whether any goes on after that."""

    def __init__(self, now_us: int, begin_us: int) -> None:
        self.from_us = now_us - BEHIND_US
        self.until_us = begin_us + AHEAD_US
        self.goes_on = False

    def intervals(self, place: Zone | Ring, span_us: tuple[int, int]) -> Intervals:
        """When a place is in force within the span that its version decides about."""
        start_us, end_us = place.period.within(span_us)
        if place.schedule is None:
            return in_force(None, start_us, end_us)
        self.goes_on = self.goes_on or end_us > self.until_us
        return in_force(place.schedule, max(start_us, self.from_us), min(end_us, self.until_us))


def _watch(engine: BreachEngine, signature: Signature, intervals: Intervals) -> int:
    """Let the engine watch one target."""
    subject = engine.device(signature.subject)
    place = signature.place
    if isinstance(place, Ring) and signature.protected is not None:
        return engine.watch_ring(signature.kind, subject, engine.device(signature.protected), place.distance_m, intervals)
    if isinstance(place, Ring):
        raise TypeError(f"ring {place.ring} is about nobody with a device")
    margin_m = place.warning_m or 0.0 if signature.kind is TargetKind.WARNING_BAND else 0.0
    return engine.watch_zone(subject, signature.kind, place.shape, intervals, margin_m)


def _wanted(version: CaseVersion, written: _Written) -> Iterator[tuple[Signature, Intervals]]:
    """What one version asks to be watched, and when."""
    case = version.case
    if case.subject.device is None:
        return
    for zone in case.zones:
        intervals = written.intervals(zone, version.decided_us)
        for kind in _zone_kinds(zone):
            key = AlarmKey(kind=_KINDS[kind], case=case.case, subject=case.subject.person, zone=zone.zone)
            yield Signature(kind=kind, key=key, place=_timeless(zone), subject=case.subject.device, protected=None), intervals
    yield from _wanted_rings(version, case.subject.device, written)


def _timeless(place: Zone | Ring) -> Zone | Ring:
    """The same place without a time of its own, which is no reason to watch it anew; mostly it has none, and is the case's own object.

    So what a restart makes of its log holds together as it did live.
    """
    return place if place.period == ALWAYS else replace(place, period=ALWAYS)


def _zone_kinds(zone: Zone) -> tuple[TargetKind, ...]:
    if zone.kind is ZoneKind.INCLUSION:
        return (TargetKind.INCLUSION,)
    return (TargetKind.EXCLUSION, TargetKind.WARNING_BAND) if zone.warning_m else (TargetKind.EXCLUSION,)


def _wanted_rings(version: CaseVersion, subject: DeviceId, written: _Written) -> Iterator[tuple[Signature, Intervals]]:
    """Each ring; and of the `alarm` rings about a person the widest in force, the approach to it."""
    case = version.case
    devices = {party.person: party.device for party in case.protected}
    covered: dict[str, list[Intervals]] = {}
    for ring in sorted(case.rings, key=lambda ring: -ring.distance_m):
        protected = devices.get(ring.about)
        if protected is None:
            continue
        intervals = written.intervals(ring, version.decided_us)
        for kind in (TargetKind.RING, TargetKind.APPROACH):
            key = AlarmKey(kind=_KINDS[kind], case=case.case, subject=case.subject.person, ring=ring.ring, about=ring.about)
            signature = Signature(kind=kind, key=key, place=_timeless(ring), subject=subject, protected=protected)
            if kind is TargetKind.RING:
                yield signature, intervals
            elif ring.effect is RingEffect.ALARM:
                wider = covered.setdefault(ring.about, [])
                yield signature, _without(intervals, wider)
                wider.append(intervals)


def _merged(intervals: Intervals) -> Intervals:
    """Intervals in order, joined where they touch."""
    ordered = intervals[np.argsort(intervals[:, 0], kind="stable")]
    return joined(ordered[:, 0], ordered[:, 1])


def _without(intervals: Intervals, others: list[Intervals]) -> Intervals:
    """What of the intervals no other one covers."""
    if not others:
        return intervals
    left: list[tuple[int, int]] = [(low, high) for low, high in intervals.tolist()]
    for start, end in (span for other in others for span in other.tolist()):
        pieces = [piece for low, high in left for piece in ((low, min(high, start)), (max(low, end), high))]
        left = [(low, high) for low, high in pieces if low < high]
    return np.array(left, np.int64).reshape(-1, 2)
