"""When two fixes or events are one and the same that came twice."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch


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
    for place, row in enumerate(rows.tolist()):
        key = (int(fixes.device[row]), whole_key(fixes, row))
        first[place] = key not in seen
        seen.add(key)
    return first


def whole_key(fixes: FixBatch, row: int) -> bytes:
    """All columns of a fix without a device_seq, but its device and `received_us`, as bytes that are equal for equal values."""
    columns = (fixes.measured_us, fixes.lat_deg, fixes.lon_deg, fixes.accuracy_m, fixes.speed_mps, fixes.course_deg)
    numbers = b"".join((column[row] + column.dtype.type(0)).tobytes() for column in columns)
    return numbers + bytes([int(fixes.moving[row]) + 1, int(fixes.source[row]) + 1])


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
