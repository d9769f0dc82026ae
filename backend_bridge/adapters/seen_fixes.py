"""Knowing over the whole history whether a fix or event is stored already, without an index that a restart would have to rebuild.

A fix measured later than all of its device so far is new: no look-up. Only those that are not make the hours of their devices be
read from the store, all of a turn together and once; after that the hours are kept in memory among those used last.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from backend_bridge.adapters.fix_archive import FixArchive, share_of
from backend_bridge.adapters.state_codec import decode
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch, read_only
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.repeats import event_key, first_of_events, first_of_fixes, whole_keys

_HOUR_US: Final = 3600 * MICROSECONDS
_MOST_KEPT: Final = 1_000_000
"""Keys of fixes in the hours that are in memory, of at most a hundred bytes each."""
_HOUR_ITSELF: Final = 4
"""An hour without any fix takes as much as so many keys."""
_ROWS_AT_ONCE: Final = 512
"""Of so many rows at most the hours are in memory at once beyond that."""
_NEVER: Final = -(2**63)
_SEQ_BITS: Final = 64

FixKey = int | bytes
"""measured_us and device_seq, or all columns of a fix without one."""
_Hour = tuple[DeviceId, int]


class SeenFixes:
    """The port `Seen`; used by the engine's thread alone."""

    def __init__(self, archive: FixArchive, reader: StoreReader) -> None:
        self._archive = archive
        self._reader = reader
        # Compiles it, or loads it compiled, before a fix waits for it.
        all_newer(np.zeros(1, np.int64), np.zeros(1, np.intp), read_only(np.zeros(0, np.int32)), read_only(np.zeros(0, np.int64)))
        with reader.kept_connection():  # opened now: somebody may use up the descriptors before it is needed
            pass
        self._places: dict[DeviceId, int] = {}
        self._newest: NDArray[np.int64] = np.full(64, _NEVER, np.int64)
        self._newest_event: dict[DeviceId, int] = {}
        self._asked: tuple[tuple[DeviceId, ...], NDArray[np.intp]] = (), np.empty(0, np.intp)
        """The names that were last looked up, which all messages of a turn share, and their places."""
        self._hours: OrderedDict[_Hour, set[FixKey]] = OrderedDict()
        self._n_kept = 0
        self._kept_until_us: NDArray[np.int64] = np.full(64, _NEVER, np.int64)
        """Of each device where its last hour ends that is in memory, or was; in the order of `_newest`."""
        self._pending: list[tuple[FixBatch, NDArray[np.bool_]]] = []
        self._events_told: set[tuple[str, int, str, float | str | None]] = set()

    def parts(self) -> tuple[Mapping[DeviceId, int], Mapping[DeviceId, int]]:
        """Per device the newest measured time of a fix and of an event: what a snapshot keeps."""
        measured = zip(self._places, self._newest[: len(self._places)].tolist(), strict=True)
        return {device: newest_us for device, newest_us in measured if newest_us > _NEVER}, dict(self._newest_event)

    def put_parts(self, newest: Mapping[DeviceId, int], newest_event: Mapping[DeviceId, int]) -> None:
        """Go on from a snapshot."""
        self._places = {device: place for place, device in enumerate(newest)}
        self._newest = np.array([*newest.values(), *([_NEVER] * 64)], np.int64)
        self._kept_until_us = np.full(len(self._newest), _NEVER, np.int64)
        self._newest_event = dict(newest_event)
        self._asked = (), np.empty(0, np.intp)

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
            self._remember_hours(fixes, places, new)
            self._pending.append((fixes, new))
            return new
        new = first_of_fixes(fixes)
        doubtful = np.flatnonzero(new & (fixes.measured_us <= self._newest[places][fixes.device]))
        for rows in _portions(fixes, doubtful):
            hours = self._hours_of(fixes, rows)
            new[rows] = [key not in hour for key, hour in zip(_keys(fixes, rows), hours, strict=True)]
        self._remember(fixes, new)
        self._pending.append((fixes, new))
        return new

    def new_events(self, events: Sequence[DeviceEvent]) -> NDArray[np.bool_]:
        """(n,) true where the event is not stored and was in no earlier call."""
        new = first_of_events(events)
        doubtful = [index for index, event in enumerate(events) if event.measured_us <= self._newest_event.get(event.device, _NEVER)]
        told = self._told_at([(events[index].device, events[index].measured_us) for index in doubtful])
        for index in doubtful:
            new[index] &= event_key(events[index]) not in told
        self._remember_events([event for event, is_new in zip(events, new, strict=True) if is_new])
        return new

    def _told_at(self, measured: Sequence[tuple[DeviceId, int]]) -> set[tuple[str, int, str, float | str | None]]:
        """The events of these devices and instants that are stored or were in an earlier call, and perhaps others."""
        stored = (decode(record.body) for record in self._reader.events_at(measured))
        return self._events_told.union(event_key(event) for event in stored if isinstance(event, DeviceEvent))

    def committed(self) -> None:
        """All that was said to be new is in the archive by now."""
        self._pending.clear()
        self._events_told.clear()

    def _remember(self, fixes: FixBatch, new: NDArray[np.bool_]) -> None:
        places = self._places_of(fixes.device_names)
        np.maximum.at(self._newest, places[fixes.device[new]], fixes.measured_us[new])
        self._remember_hours(fixes, places, new)

    def _remember_hours(self, fixes: FixBatch, places: NDArray[np.intp], new: NDArray[np.bool_]) -> None:
        """Enter new fixes in the hours that are in memory."""
        if self._hours:
            near = np.flatnonzero(new & (fixes.measured_us < self._kept_until_us[places][fixes.device]))
            self._n_kept += _enter(self._hours, fixes, near)

    def _places_of(self, devices: tuple[DeviceId, ...]) -> NDArray[np.intp]:
        """Where `_newest` holds each device, making room for new ones."""
        if self._asked[0] is not devices:
            self._asked = devices, self._looked_up(devices)
        return self._asked[1]

    def _looked_up(self, devices: tuple[DeviceId, ...]) -> NDArray[np.intp]:
        found = np.fromiter(map(self._places.get, devices, repeat(-1)), np.intp, len(devices))
        for place in np.flatnonzero(found < 0).tolist():
            found[place] = self._places.setdefault(devices[place], len(self._places))
        while len(self._places) > len(self._newest):
            unknown = np.full(len(self._newest), _NEVER, np.int64)
            self._newest, self._kept_until_us = np.append(self._newest, unknown), np.append(self._kept_until_us, unknown)
        return found

    def _remember_events(self, events: Sequence[DeviceEvent]) -> None:
        for event in events:
            self._newest_event[event.device] = max(event.measured_us, self._newest_event.get(event.device, _NEVER))
            self._events_told.add(event_key(event))

    def _hours_of(self, fixes: FixBatch, rows: NDArray[np.intp]) -> list[set[FixKey]]:
        """The keys of what is stored in the hour of each row, read where they are not in memory."""
        names = fixes.device_names
        devices = (names[index] for index in fixes.device[rows].tolist())
        places = list(zip(devices, (fixes.measured_us[rows] // _HOUR_US).tolist(), strict=True))
        for place in dict.fromkeys(places):
            if place in self._hours:
                self._hours.move_to_end(place)
        self._read_hours(sorted({place for place in places if place not in self._hours}))
        found = [self._hours[place] for place in places]
        while self._n_kept > _MOST_KEPT:
            self._n_kept -= _HOUR_ITSELF + len(self._hours.popitem(last=False)[1])
        return found

    def _read_hours(self, hours: Sequence[_Hour]) -> None:
        wanted: dict[DeviceId, list[tuple[int, int]]] = {}
        for device, hour in hours:
            wanted.setdefault(device, []).append((hour * _HOUR_US, (hour + 1) * _HOUR_US))
        found: dict[_Hour, set[FixKey]] = {hour: set() for hour in hours}
        if wanted:
            for fixes, rows in self._archive.near(wanted):
                _enter(found, fixes, rows)
            numbers = np.unique([hour for _, hour in hours])
            for fixes, new in self._pending:
                is_wanted = np.array([name in wanted for name in fixes.device_names], np.bool_)
                near = np.flatnonzero(new & is_wanted[fixes.device])
                _enter(found, fixes, near[np.isin(fixes.measured_us[near] // _HOUR_US, numbers)])
        for device, stretches in wanted.items():
            place = self._places[device]
            self._kept_until_us[place] = max(self._kept_until_us[place], stretches[-1][1])
        self._hours.update(found)
        self._n_kept += sum(_HOUR_ITSELF + len(keys) for keys in found.values())


@njit(cache=True, nogil=True)
def all_newer(newest: NDArray[np.int64], places: NDArray[np.intp], device: NDArray[np.int32], measured_us: NDArray[np.int64]) -> bool:
    """Whether each fix is measured after all of its device before it; then `newest` has become what it is after them."""
    for row in range(len(device)):
        place = places[device[row]]
        if measured_us[row] <= newest[place]:
            return False
        newest[place] = measured_us[row]
    return True


def _portions(fixes: FixBatch, rows: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    """Rows by the share of their devices and the hour, so that what is read together lies together."""
    if len(rows) > _ROWS_AT_ONCE:
        shares = np.array([share_of(name) for name in fixes.device_names], np.int32)
        device = fixes.device[rows]
        rows = rows[np.lexsort((device, fixes.measured_us[rows] // _HOUR_US, shares[device]))]
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        yield rows[start : start + _ROWS_AT_ONCE]


def _enter(hours: Mapping[_Hour, set[FixKey]], fixes: FixBatch, rows: NDArray[np.intp]) -> int:
    """Enter the keys of rows in those hours that are there; how many that were."""
    n, names = 0, fixes.device_names
    numbers = (fixes.measured_us[rows] // _HOUR_US).tolist()
    for device, number, key in zip(fixes.device[rows].tolist(), numbers, _keys(fixes, rows), strict=True):
        keys = hours.get((names[device], number))
        if keys is not None and key not in keys:
            keys.add(key)
            n += 1
    return n


def _keys(fixes: FixBatch, rows: NDArray[np.intp]) -> list[FixKey]:
    has_seq = fixes.has_device_seq[rows]
    numbered = zip(fixes.measured_us[rows].tolist(), fixes.device_seq[rows].tolist(), strict=True)
    keys: list[FixKey] = [measured_us << _SEQ_BITS | seq for measured_us, seq in numbered]
    others = np.flatnonzero(~has_seq)
    for place, key in zip(others.tolist(), whole_keys(fixes, rows[others]), strict=True):
        keys[place] = key
    return keys
