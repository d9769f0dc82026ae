"""The offline run: recorded fixes and events through the very same decisions as live, in order of receipt."""

from collections.abc import Iterator, Sequence

import numpy as np

from backend_bridge.domain.alarm import AlarmChange
from backend_bridge.domain.case import Case
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.watching.repeats import first_of_events, first_of_fixes
from backend_bridge.domain.watching.watch import Watch

_CHUNK_ROWS = 20_000


def judge(
    cases: Sequence[Case], fixes: FixBatch, events: Sequence[DeviceEvent], *, policy: tuple[float, float, float] | None = None
) -> Iterator[tuple[int, tuple[AlarmChange, ...]]]:
    """Yields, chunk by chunk, how many fixes have been judged so far and the alarms of the chunk in order of `known_us`.

    `fixes` and `events` are sorted by `received_us`; of inputs with the same time events come first, then fixes. The same fix or
    event twice is judged once. The cases are in force from before the first input, and the clock ends at the last. With a `policy` other
    probabilities than the engine's decide.
    """
    once = fixes.take(np.flatnonzero(first_of_fixes(fixes)))
    told = [event for event, is_first in zip(events, first_of_events(events), strict=True) if is_first]
    watch = Watch.empty()
    if policy is not None:
        watch.use_policy(policy)
    yield 0, watch.register(cases, _first_us(once, told))
    n_events = 0
    for start, end in _chunks(once):
        now_us = int(once.received_us[end - 1])
        until = n_events
        while until < len(told) and told[until].received_us <= now_us:
            until += 1
        rows = once.take(np.arange(start, end))
        alarms = watch.advance(rows.take(np.flatnonzero(watch.concerns(rows))), told[n_events:until], now_us)
        n_events = until
        yield end, alarms
    if n_events < len(told):
        yield len(once), watch.advance(once.take(np.arange(0)), told[n_events:], told[-1].received_us)


def _chunks(fixes: FixBatch) -> Iterator[tuple[int, int]]:
    """Rows [start, end) that never part fixes received at one time."""
    start = 0
    while start < len(fixes):
        end = min(start + _CHUNK_ROWS, len(fixes))
        end = int(np.searchsorted(fixes.received_us, fixes.received_us[end - 1], side="right"))
        yield start, end
        start = end


def _first_us(fixes: FixBatch, events: Sequence[DeviceEvent]) -> int:
    """The first time that occurs in the input, measured or received; 0 for no input."""
    times = [min(event.measured_us, event.received_us) for event in events]
    if len(fixes):
        times += [int(fixes.measured_us.min()), int(fixes.received_us[0])]
    return min(times, default=0)
