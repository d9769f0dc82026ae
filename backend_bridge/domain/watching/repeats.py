"""When two fixes or events are one and the same that came twice."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch

_VALUES: Final = (
    ("measured_us", "<i8"),
    ("lat_deg", "<f8"),
    ("lon_deg", "<f8"),
    ("accuracy_m", "<f4"),
    ("speed_mps", "<f4"),
    ("course_deg", "<f4"),
)
_WHOLE: Final = np.dtype([*_VALUES, ("moving", "u1"), ("source", "u1")])


def first_of_fixes(fixes: FixBatch) -> NDArray[np.bool_]:
    """(n,) true for the first of all rows that are the same fix.

    The same: device, measured_us and device_seq; without a device_seq all columns but `received_us`.
    """
    n = len(fixes)
    if n == 0:
        return np.zeros(0, np.bool_)
    order = np.lexsort((np.arange(n), fixes.device_seq, fixes.has_device_seq, fixes.measured_us, fixes.device))
    columns = (fixes.device, fixes.measured_us, fixes.has_device_seq, fixes.device_seq)
    same = np.ones(n - 1, np.bool_)
    for column in columns:
        ordered = column[order]
        same &= ordered[1:] == ordered[:-1]
    first = np.ones(n, np.bool_)
    first[order[1:]] = ~same
    unnumbered = np.zeros(n, np.bool_)
    unnumbered[order[1:]] |= same
    unnumbered[order[:-1]] |= same
    rows = np.flatnonzero(unnumbered & ~fixes.has_device_seq)
    if len(rows):
        first[rows] = _first_of_rows(fixes, rows)
    return first


def _first_of_rows(fixes: FixBatch, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    seen: set[tuple[int, bytes]] = set()
    first = np.ones(len(rows), np.bool_)
    for place, key in enumerate(zip(fixes.device[rows].tolist(), whole_keys(fixes, rows), strict=True)):
        first[place] = key not in seen
        seen.add(key)
    return first


def whole_keys(fixes: FixBatch, rows: NDArray[np.intp]) -> list[bytes]:
    """All columns of fixes without a device_seq, but their device and `received_us`, as bytes that are equal for equal values."""
    table = np.empty(len(rows), _WHOLE)
    for name, _ in _VALUES:
        column = getattr(fixes, name)[rows]
        table[name] = column + column.dtype.type(0)
    table["moving"], table["source"] = fixes.moving[rows] + 1, fixes.source[rows] + 1
    raw, size = table.tobytes(), _WHOLE.itemsize
    return [raw[start : start + size] for start in range(0, len(raw), size)]


def event_key(event: DeviceEvent) -> tuple[str, int, str, float | str | None]:
    """What makes an event the same: device, measured_us, kind, value."""
    return (event.device, event.measured_us, event.kind.value, event.value)


def first_of_events(events: Sequence[DeviceEvent]) -> NDArray[np.bool_]:
    """(n,) true for the first of all events that are the same."""
    seen: set[tuple[str, int, str, float | str | None]] = set()
    first = np.ones(len(events), np.bool_)
    for index, event in enumerate(events):
        key = event_key(event)
        first[index] = key not in seen
        seen.add(key)
    return first
