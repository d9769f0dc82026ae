"""Knowing over the whole history whether a fix or event is stored already, without an index that a restart would have to rebuild.

A fix measured later than all of its device so far is new: no look-up. Only one that is not makes the hour of its device be read
from the store, once; after that the hour is kept in memory among the hours used last.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from backend_bridge.adapters.fix_archive import FixArchive
from backend_bridge.adapters.state_codec import decode
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch, read_only
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.repeats import event_key, first_of_events, first_of_fixes, whole_key

_HOUR_US: Final = 3600 * MICROSECONDS
_MOST_HOURS: Final = 8192
_NEVER: Final = -(2**63)

FixKey = tuple[int, int] | bytes
"""measured_us and device_seq, or all columns of a fix without one."""


class SeenFixes:
    """The port `Seen`; used by the engine's thread alone."""

    def __init__(self, archive: FixArchive, reader: StoreReader) -> None:
        self._archive = archive
        self._reader = reader
        # Compiles it, or loads it compiled, before a fix waits for it.
        all_newer(np.zeros(1, np.int64), np.zeros(1, np.intp), read_only(np.zeros(0, np.int32)), read_only(np.zeros(0, np.int64)))
        self._places: dict[DeviceId, int] = {}
        self._newest: NDArray[np.int64] = np.full(64, _NEVER, np.int64)
        self._newest_event: dict[DeviceId, int] = {}
        self._hours: OrderedDict[tuple[DeviceId, int], set[FixKey]] = OrderedDict()
        self._hours_of: dict[DeviceId, int] = {}
        self._pending: list[tuple[FixBatch, NDArray[np.bool_]]] = []
        self._events_told: set[tuple[str, int, str, float | str | None]] = set()

    def parts(self) -> tuple[Mapping[DeviceId, int], Mapping[DeviceId, int]]:
        """Per device the newest measured time of a fix and of an event: what a snapshot keeps."""
        newest = dict(zip(self._places, self._newest[: len(self._places)].tolist(), strict=True))
        return newest, dict(self._newest_event)

    def put_parts(self, newest: Mapping[DeviceId, int], newest_event: Mapping[DeviceId, int]) -> None:
        """Go on from a snapshot."""
        self._places = {device: place for place, device in enumerate(newest)}
        self._newest = np.array([*newest.values(), *([_NEVER] * 64)], np.int64)
        self._newest_event = dict(newest_event)

    def note(self, fixes: FixBatch | None, events: Sequence[DeviceEvent]) -> None:
        """Something that is stored, read again at a restart."""
        if fixes is not None and len(fixes):
            self._remember(fixes, np.ones(len(fixes), np.bool_))
        self._remember_events(events)
        self._events_told.clear()

    def new_fixes(self, fixes: FixBatch) -> NDArray[np.bool_]:
        """(n,) true where the fix is not stored and was in no earlier call; see `ports.Seen`."""
        if len(fixes) == 0:
            return np.zeros(0, np.bool_)
        places = self._places_of(fixes.device_names)
        newest = self._newest.copy()
        if all_newer(newest, places, read_only(fixes.device), read_only(fixes.measured_us)):
            new = np.ones(len(fixes), np.bool_)
            self._newest = newest
            self._remember_hours(fixes, new)
            self._pending.append((fixes, new))
            return new
        new = first_of_fixes(fixes)
        doubtful = np.flatnonzero(new & (fixes.measured_us <= self._newest[places][fixes.device]))
        for row in doubtful.tolist():
            device = fixes.device_names[int(fixes.device[row])]
            hour = self._hour(device, int(fixes.measured_us[row]) // _HOUR_US)
            new[row] = _key(fixes, row) not in hour
        self._remember(fixes, new)
        self._pending.append((fixes, new))
        return new

    def new_events(self, events: Sequence[DeviceEvent]) -> NDArray[np.bool_]:
        """(n,) true where the event is not stored and was in no earlier call."""
        new = first_of_events(events)
        for index, event in enumerate(events):
            if new[index] and event.measured_us <= self._newest_event.get(event.device, _NEVER):
                new[index] = not self._is_told(event)
        self._remember_events([event for event, is_new in zip(events, new, strict=True) if is_new])
        return new

    def _is_told(self, event: DeviceEvent) -> bool:
        if event_key(event) in self._events_told:
            return True
        stored = (decode(record.body) for record in self._reader.events_at(event.device, event.measured_us))
        return any(isinstance(other, DeviceEvent) and event_key(other) == event_key(event) for other in stored)

    def committed(self) -> None:
        """All that was said to be new is in the archive by now."""
        self._pending.clear()
        self._events_told.clear()

    def _remember(self, fixes: FixBatch, new: NDArray[np.bool_]) -> None:
        places = self._places_of(fixes.device_names)
        np.maximum.at(self._newest, places[fixes.device[new]], fixes.measured_us[new])
        self._remember_hours(fixes, new)

    def _remember_hours(self, fixes: FixBatch, new: NDArray[np.bool_]) -> None:
        """Enter new fixes in the hours that are in memory."""
        if not self._hours_of:
            return
        kept = np.array([name in self._hours_of for name in fixes.device_names], np.bool_)
        if kept.any():
            for row in np.flatnonzero(new & kept[fixes.device]).tolist():
                device = fixes.device_names[int(fixes.device[row])]
                hour = self._hours.get((device, int(fixes.measured_us[row]) // _HOUR_US))
                if hour is not None:
                    hour.add(_key(fixes, row))

    def _places_of(self, devices: Sequence[DeviceId]) -> NDArray[np.intp]:
        """Where `_newest` holds each device, making room for new ones."""
        found = list(map(self._places.get, devices, repeat(-1)))
        if -1 in found:
            found = [self._places.setdefault(device, len(self._places)) for device in devices]
            while len(self._places) > len(self._newest):
                self._newest = np.append(self._newest, np.full(len(self._newest), _NEVER, np.int64))
        return np.array(found, np.intp)

    def _remember_events(self, events: Sequence[DeviceEvent]) -> None:
        for event in events:
            self._newest_event[event.device] = max(event.measured_us, self._newest_event.get(event.device, _NEVER))
            self._events_told.add(event_key(event))

    def _hour(self, device: DeviceId, hour: int) -> set[FixKey]:
        found = self._hours.get((device, hour))
        if found is not None:
            self._hours.move_to_end((device, hour))
            return found
        stored = self._archive.read(device, hour * _HOUR_US, (hour + 1) * _HOUR_US).fixes
        found = {_key(stored, row) for row in range(len(stored))}
        for fixes, new in self._pending:
            found.update(_keys_within(fixes, new, device, hour))
        self._hours[device, hour] = found
        self._hours_of[device] = self._hours_of.get(device, 0) + 1
        if len(self._hours) > _MOST_HOURS:
            (oldest, _), _ = self._hours.popitem(last=False)
            self._hours_of[oldest] -= 1
            if self._hours_of[oldest] == 0:
                del self._hours_of[oldest]
        return found


@njit(cache=True, nogil=True)
def all_newer(newest: NDArray[np.int64], places: NDArray[np.intp], device: NDArray[np.int32], measured_us: NDArray[np.int64]) -> bool:
    """Whether each fix is measured after all of its device before it; then `newest` has become what it is after them."""
    for row in range(len(device)):
        place = places[device[row]]
        if measured_us[row] <= newest[place]:
            return False
        newest[place] = measured_us[row]
    return True


def _keys_within(fixes: FixBatch, new: NDArray[np.bool_], device: DeviceId, hour: int) -> set[FixKey]:
    if device not in fixes.device_names:
        return set()
    rows = new & (fixes.device == fixes.device_names.index(device)) & (fixes.measured_us // _HOUR_US == hour)
    return {_key(fixes, row) for row in np.flatnonzero(rows).tolist()}


def _key(fixes: FixBatch, row: int) -> FixKey:
    if fixes.has_device_seq[row]:
        return int(fixes.measured_us[row]), int(fixes.device_seq[row])
    return whole_key(fixes, row)
