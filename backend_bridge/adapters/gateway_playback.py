"""Files of fixes and device events played as if they happened now: which rows are due, shifted in time, loop after loop."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.quantities import MICROSECONDS

LATE_US: Final = 120 * MICROSECONDS
"""A row that came so long after its measurement was kept back during an outage: it belongs on the lane for backfill."""


class Playback:
    """Rows in order of receipt, the first fix of which is received at `begin_us`; each loop follows the one before by its span."""

    def __init__(self, fixes: FixBatch, events: Sequence[DeviceEvent], begin_us: int, *, is_looped: bool) -> None:
        self._fixes = fixes
        self._events = events
        self._is_looped = is_looped
        self._received_us = fixes.received_us
        self._event_us = np.array([event.received_us for event in events], np.int64)
        first_us = int(self._received_us[0])
        last_us = max(int(self._received_us[-1]), int(self._event_us[-1]) if len(events) else first_us)
        self._span_us = (last_us - first_us) or MICROSECONDS  # a file of one instant is played each second
        self._seq_span = _seq_span(fixes)
        self._shift_us = begin_us - first_us
        self._next_fix = 0
        self._next_event = 0
        self.n_loops = 0

    @property
    def is_over(self) -> bool:
        """Whether everything was played."""
        return not self._is_looped and self._next_fix == len(self._fixes) and self._next_event == len(self._events)

    def due(self, now_us: int, most: int) -> tuple[FixBatch, FixBatch, list[DeviceEvent]]:
        """(live fixes, late fixes, events) that are received by `now_us` and were not played yet, at most `most` fixes."""
        until_us = now_us - self._shift_us
        end = min(int(np.searchsorted(self._received_us, until_us, side="right")), self._next_fix + most)
        event_end = int(np.searchsorted(self._event_us, until_us, side="right"))
        fixes = self._shifted(np.arange(self._next_fix, end))
        events = [self._shifted_event(event) for event in self._events[self._next_event : event_end]]
        self._next_fix, self._next_event = end, max(event_end, self._next_event)
        is_late = fixes.received_us - fixes.measured_us > LATE_US
        if self._is_looped and until_us >= int(self._received_us[0]) + self._span_us:
            self._begin_again()
        return fixes.take(np.flatnonzero(~is_late)), fixes.take(np.flatnonzero(is_late)), events

    def last_fix_of(self, device: str, now_us: int) -> FixBatch | None:
        """The newest fix of a device that was played, measured at `now_us` instead: what it answers when it is asked where it is."""
        if device not in self._fixes.device_names:
            return None
        number = self._fixes.device_names.index(DeviceId(device))
        rows = np.flatnonzero(self._fixes.device[: self._next_fix] == number)
        if len(rows) == 0:
            return None
        last = self._shifted(rows[-1:])
        return replace(last, measured_us=np.array([now_us]), has_device_seq=np.zeros(1, np.bool_))

    def _begin_again(self) -> None:
        if self._next_fix == len(self._fixes) and self._next_event == len(self._events):
            self.n_loops += 1
            self._shift_us += self._span_us
            self._next_fix, self._next_event = 0, 0

    def _shifted(self, rows: NDArray[np.intp]) -> FixBatch:
        fixes = self._fixes.take(rows)
        return replace(
            fixes,
            measured_us=fixes.measured_us + self._shift_us,
            received_us=fixes.received_us + self._shift_us,
            device_seq=fixes.device_seq + np.uint64(self.n_loops * self._seq_span),
        )

    def _shifted_event(self, event: DeviceEvent) -> DeviceEvent:
        return replace(event, measured_us=event.measured_us + self._shift_us, received_us=event.received_us + self._shift_us)


def _seq_span(fixes: FixBatch) -> int:
    seqs = fixes.device_seq[fixes.has_device_seq]
    return int(seqs.max()) + 1 if len(seqs) else 0
