"""What all rules of the watch share: cases, open alarms, the engine, the clock, the timers, and the changes decided so far."""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import repeat
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel
from backend_bridge.domain.breach.breach_engine import BreachEngine
from backend_bridge.domain.identifiers import CaseId, DeviceId
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.alarm_book import AlarmBook, AlarmKey, Sighting
from backend_bridge.domain.watching.because import because
from backend_bridge.domain.watching.case_book import CaseBook, CaseVersion
from backend_bridge.domain.watching.device_health import DeviceHealth
from backend_bridge.domain.watching.signal_clock import SignalClock
from backend_bridge.domain.watching.target_book import TargetBook


class TimerKind(StrEnum):
    """What falls due at an instant that was known before."""

    ORDER_STARTS = "order-starts"
    ORDER_ENDS = "order-ends"
    WINDOW_CLOSES = "window-closes"
    SEPARATED_LONG = "separated-long"
    REACH = "reach"
    LOITERING = "loitering"
    LOITERING_OVER = "loitering-over"
    MEETINGS = "meetings"
    SCHEDULES = "schedules"
    CONTACT_OVER = "contact-over"
    LATE_CALLS = "late-calls"
    LATE_CONTACTS = "late-contacts"


@dataclass(frozen=True, slots=True, order=True)
class Timer:
    """An instant at which something is looked at again; of one instant in the order of the other fields."""

    at_us: int
    kind: TimerKind
    name: str = ""
    """The case, or nothing."""
    device: int = -1
    target: int = -1


TICK_US: Final = 60 * MICROSECONDS
"""Fixes are taken so much at a time at most, by the clock's full minutes."""
LATE_US: Final = 600 * MICROSECONDS
"""A fix that comes so long after it was measured may show what was due long ago; it is taken for itself."""
HEALTH_KINDS: Final = frozenset({AlarmKind.TAMPER, AlarmKind.JAMMING, AlarmKind.SILENT, AlarmKind.BATTERY, AlarmKind.SEPARATED})
"""Kinds that a device raises about itself."""


class Ledger:
    """The state that rules read and change, and the list of what they decide, in the order of time."""

    def __init__(self) -> None:
        self.cases = CaseBook()
        self.alarms = AlarmBook()
        self.targets = TargetBook()
        self.engine = BreachEngine()
        self.clock = SignalClock()
        self.health: dict[int, DeviceHealth] = {}
        self.names: list[DeviceId] = []
        self.indices: dict[DeviceId, int] = {}
        self._asked: tuple[tuple[DeviceId, ...] | None, int, NDArray[np.int32]] = (None, 0, np.empty(0, np.int32))
        self.timers: list[Timer] = []
        self.renewals: dict[str, int] = {}
        """By case, the timer at which its schedules are written out further; others of its kind are stale."""
        self.now_us = -(2**62)
        self.changes: list[AlarmChange] = []
        self.waiting: list[Callable[[int], bool]] = []
        """Rules that may wait for the next fix of a device."""

    def index(self, device: DeviceId) -> int:
        """The index of a device in the engine and the clock; a new one is added."""
        known = self.indices.get(device)
        if known is not None:
            return known
        index = self.engine.device(device)
        self.indices[device] = index
        self.names.append(device)
        self.clock.grow(index + 1)
        return index

    def indices_of(self, names: tuple[DeviceId, ...]) -> NDArray[np.int32]:
        """The indices of devices, −1 for those that no case has ever named."""
        if self._asked[0] is not names or self._asked[1] != len(self.names):
            known = np.fromiter(map(self.indices.get, names, repeat(-1)), np.int32, len(names))
            self._asked = (names, len(self.names), known)
        return self._asked[2]

    def health_of(self, device: int) -> DeviceHealth:
        """What a device last said of itself."""
        return self.health.get(device, DeviceHealth())

    def at(self, timer: Timer) -> None:
        """Look at something again then; at once, if then is past."""
        heapq.heappush(self.timers, timer)

    def next_timer_us(self, until_us: int) -> int | None:
        """When the next timer falls due, if it does so by `until_us`; never before what is already past."""
        if not self.timers or self.timers[0].at_us > until_us:
            return None
        return max(self.timers[0].at_us, self.now_us)

    def pop_timer(self) -> Timer:
        """Take the next timer."""
        return heapq.heappop(self.timers)

    def wait_for(self, device: int) -> None:
        """Let the clock stop after the device's next fix if any rule waits for it."""
        self.clock.watch(device, waiting=any(waits(device) for waits in self.waiting))

    def raised(self, key: AlarmKey, level: AlarmLevel, sighting: Sighting) -> bool:
        """Raise or upgrade an alarm; whether anything changed. What an order that is over would have held ends at once."""
        changes = self.alarms.raised(key, level, sighting)
        self.changes += changes
        if changes and not outlives_order(key):
            version = self.cases.newest(key.case)
            if version is not None and version.case.order.ends_us <= sighting.known_us:
                self.end(key, version, sighting.known_us)
        return bool(changes)

    def cleared(self, key: AlarmKey, sighting: Sighting) -> bool:
        """Clear an alarm; whether it stood."""
        changes = self.alarms.cleared(key, sighting)
        self.changes += changes
        return bool(changes)

    def raised_beside(self, key: AlarmKey, level: AlarmLevel, sighting: Sighting) -> bool:
        """Raise or upgrade an alarm about the past beside the open one of its key; whether anything changed."""
        changes = self.alarms.raised_beside(key, level, sighting)
        self.changes += changes
        return bool(changes)

    def cleared_beside(self, key: AlarmKey, sighting: Sighting) -> bool:
        """Clear the alarm that was raised beside the open one of its key; whether it stood."""
        changes = self.alarms.cleared_beside(key, sighting)
        self.changes += changes
        return bool(changes)

    def end(self, key: AlarmKey, version: CaseVersion, known_us: int) -> None:
        """Clear an alarm because the order of its case is over."""
        standing = self.alarms.get(key)
        if standing is None:
            return
        figures = because(cause="order-ended")
        happened_us = max(version.case.order.ends_us, standing.raised_us)
        self.cleared(key, Sighting(device=standing.device, happened_us=happened_us, known_us=known_us, because=figures))

    def take_changes(self) -> tuple[AlarmChange, ...]:
        """What has been decided since the last time, in order."""
        changes, self.changes = tuple(self.changes), []
        return changes

    def update_targets(self, cases: Iterable[CaseId]) -> None:
        """Make the engine watch what all versions of these cases say."""
        for case in cases:
            again_us = self.targets.update(self.engine, self.cases.versions_of(case), self.now_us)
            self.renewals.pop(case, None)
            if again_us is not None:
                self.renewals[case] = again_us
                self.at(Timer(again_us, TimerKind.SCHEDULES, name=case))

    def renew(self, timer: Timer) -> None:
        """Write the schedules of a case out further."""
        if self.renewals.get(timer.name) == timer.at_us:
            self.update_targets([CaseId(timer.name)])


def outlives_order(key: AlarmKey) -> bool:
    """Whether an alarm goes on when the order ends: SOS, and the health of a protected person's device."""
    return key.kind is AlarmKind.SOS or (key.kind in HEALTH_KINDS and key.about is not None)
