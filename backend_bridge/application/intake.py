"""From messages of gateways to what is kept of them: nothing twice, no position of anybody whom no case names."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.application.outcome import Kept
from backend_bridge.application.ports import Seen
from backend_bridge.application.room_state import Room
from backend_bridge.domain.arrivals import Data
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId

_NO_FIXES: Final = FixBatch.empty()
Names = tuple[DeviceId, ...]
Listed = Callable[[Sequence[Names]], tuple[Names, list[NDArray[np.int32]]] | None]
"""Says of the names of several batches where they are in a list that is there already; None where they are not."""
_COLUMNS: Final = tuple(column.name for column in fields(FixBatch) if column.name != "device_names")


def keep(room: Room, messages: Iterable[Data], now_us: int, seen: Seen) -> tuple[Kept, ...]:
    """What is kept of each message, all of it received at `now_us`."""
    listed = tuple(messages)
    if not listed:
        return ()
    fixes = _sorted([one.fixes for one in listed if one.fixes is not None], room, now_us, seen)
    return tuple(_kept(room, message, fixes, now_us, seen) for message in listed)


@dataclass(slots=True, kw_only=True)
class _Fixes:
    """The fixes of all messages of a step as one batch, in their order; which are new, and which of those are kept."""

    batch: FixBatch
    is_new: NDArray[np.bool_]
    is_kept: NDArray[np.bool_]
    next_row: int = 0
    """Where those of the next message begin."""


def _sorted(batches: Sequence[FixBatch], room: Room, now_us: int, seen: Seen) -> _Fixes:
    batch = received_at(joined(batches, room.watch.listed), now_us)
    is_new = seen.new_fixes(batch)
    return _Fixes(batch=batch, is_new=is_new, is_kept=is_new & room.watch.concerns(batch))


def _kept(room: Room, message: Data, fixes: _Fixes, now_us: int, seen: Seen) -> Kept:
    heard: tuple[DeviceId, ...] = ()
    batch: FixBatch | None = None
    events: tuple[DeviceEvent, ...] = ()
    signs: tuple[tuple[DeviceId, int], ...] = ()
    rows = message.kept_rows[:0]
    if message.fixes is not None and len(message.fixes):
        batch, chosen, signs = _taken(room, fixes, len(message.fixes))
        if len(chosen) < len(message.fixes) or message.events or _has_spare_names(message.fixes):
            heard = message.fixes.device_names
        rows = message.kept_rows if len(chosen) == len(message.kept_rows) else message.kept_rows[chosen]
    if message.events:
        heard = tuple(dict.fromkeys((*heard, *(event.device for event in message.events))))
        new = np.flatnonzero(seen.new_events(message.events)).tolist()
        events = tuple(replace(message.events[index], received_us=now_us) for index in new)
        if batch is None:
            rows = message.kept_rows[np.array(new, np.intp)]
    return Kept(
        gateway=message.gateway,
        lane=message.lane,
        epoch=message.epoch,
        seq=message.seq,
        rows=rows,
        fixes=batch,
        events=events,
        heard=heard,
        signs=signs,
    )


def _taken(room: Room, fixes: _Fixes, n: int) -> tuple[FixBatch, NDArray[np.intp], tuple[tuple[DeviceId, int], ...]]:
    """What is kept of the next message, which has n fixes; which of its fixes that are; signs of life by the others."""
    start, end = fixes.next_row, fixes.next_row + n
    fixes.next_row = end
    chosen = np.flatnonzero(fixes.is_kept[start:end])
    if len(chosen) == n:
        return fixes.batch.between(start, end), chosen, ()
    others = start + np.flatnonzero(fixes.is_new[start:end] & ~fixes.is_kept[start:end])
    return fixes.batch.take(start + chosen), chosen, _signs(room, fixes.batch, others)


def _has_spare_names(batch: FixBatch) -> bool:
    return not np.bincount(batch.device, minlength=len(batch.device_names)).all()


def _signs(room: Room, batch: FixBatch, rows: NDArray[np.intp]) -> tuple[tuple[DeviceId, int], ...]:
    """Signs of life among rows that are not kept, of devices that a case names."""
    if not len(rows):
        return ()
    devices = [batch.device_names[index] for index in batch.device[rows].tolist()]
    strangers = set(room.registry.strangers(devices))
    return tuple(sign for sign in zip(devices, batch.measured_us[rows].tolist(), strict=True) if sign[0] not in strangers)


def received_at(batch: FixBatch, now_us: int) -> FixBatch:
    """The same fixes, all received at one instant."""
    return replace(batch, received_us=np.full(len(batch), now_us, np.int64))


def fixes_of(kept: Sequence[Kept]) -> FixBatch:
    """All fixes of one step as one batch, in the order of the messages."""
    return joined([each.fixes for each in kept if each.fixes is not None and len(each.fixes)]) if kept else _NO_FIXES


def with_signs(fixes: FixBatch, kept: Sequence[Kept], now_us: int) -> FixBatch:
    """The fixes of one step and behind them the signs of life, which have no position."""
    signs = [sign for each in kept for sign in each.signs]
    if not signs:
        return fixes
    others = _without_positions(signs, now_us)
    return joined([fixes, others]) if len(fixes) else others


def joined(batches: Sequence[FixBatch], listed: Listed = lambda _: None) -> FixBatch:
    """The fixes of all batches in their order, as one batch; its names are those that are `listed`, where that says where theirs are."""
    if len(batches) == 1:
        return batches[0]
    if not batches:
        return _NO_FIXES
    whole = _uncut(batches)
    if whole is not None:
        return whole
    names, device = _one_table(batches, listed)
    return FixBatch(
        device_names=names,
        device=_column(device, np.int32),
        measured_us=_column([batch.measured_us for batch in batches], np.int64),
        lat_deg=_column([batch.lat_deg for batch in batches], np.float64),
        lon_deg=_column([batch.lon_deg for batch in batches], np.float64),
        accuracy_m=_column([batch.accuracy_m for batch in batches], np.float32),
        speed_mps=_column([batch.speed_mps for batch in batches], np.float32),
        course_deg=_column([batch.course_deg for batch in batches], np.float32),
        moving=_column([batch.moving for batch in batches], np.int8),
        source=_column([batch.source for batch in batches], np.int8),
        device_seq=_column([batch.device_seq for batch in batches], np.uint64),
        has_device_seq=_column([batch.has_device_seq for batch in batches], np.bool_),
        received_us=_column([batch.received_us for batch in batches], np.int64),
    )


def _one_table(batches: Sequence[FixBatch], listed: Listed) -> tuple[Names, list[NDArray[np.int32]]]:
    """The device names of all batches, in order of their first use where they are not `listed`, and the devices of each as indices."""
    several = [batch.device_names for batch in batches]
    if all(names is several[0] for names in several):
        return several[0], [batch.device for batch in batches]
    names, places = listed(several) or _in_order(several)
    return names, [place[batch.device] for place, batch in zip(places, batches, strict=True)]


def _in_order(several: Sequence[Names]) -> tuple[Names, list[NDArray[np.int32]]]:
    names = tuple(dict.fromkeys(chain.from_iterable(several)))
    index = dict(zip(names, range(len(names)), strict=True))
    return names, [np.fromiter(map(index.__getitem__, of_one), np.int32, len(of_one)) for of_one in several]


def _uncut(batches: Sequence[FixBatch]) -> FixBatch | None:
    """The batch that was cut into these pieces one after the other, without copying; None where they are no such pieces."""
    names = batches[0].device_names
    if not all(batch.device_names is names for batch in batches):
        return None
    whole = {name: _uncut_column([getattr(batch, name) for batch in batches]) for name in _COLUMNS}
    if any(column is None for column in whole.values()):
        return None
    return FixBatch(device_names=names, **whole)  # type: ignore[arg-type]  # each column is of its own type, as it was


def _uncut_column(pieces: Sequence[NDArray[np.generic]]) -> NDArray[np.generic] | None:
    base = pieces[0].base
    if not isinstance(base, np.ndarray) or base.ndim != 1 or base.dtype != pieces[0].dtype or not base.flags.c_contiguous:
        return None
    start = end = _address(pieces[0])
    for piece in pieces:
        if piece.base is not base or _address(piece) != end or not piece.flags.c_contiguous:
            return None
        end += piece.nbytes
    first = (start - _address(base)) // base.itemsize
    return base[first : first + (end - start) // base.itemsize]


def _address(array: NDArray[np.generic]) -> int:
    """Where an array's values lie; `ctypes` would say the same in four times as long."""
    return int(array.__array_interface__["data"][0])


def _column(parts: Sequence[NDArray[np.generic]], kind: type) -> NDArray:  # type: ignore[type-arg]  # one function for columns of all types
    return np.concatenate(parts).astype(kind, copy=False)


def _without_positions(signs: Sequence[tuple[DeviceId, int]], now_us: int) -> FixBatch:
    names = tuple(dict.fromkeys(device for device, _ in signs))
    index = {name: place for place, name in enumerate(names)}
    n = len(signs)
    nothing = np.full(n, np.nan, np.float32)
    return FixBatch(
        device_names=names,
        device=np.array([index[device] for device, _ in signs], np.int32),
        measured_us=np.array([measured_us for _, measured_us in signs], np.int64),
        lat_deg=np.zeros(n),
        lon_deg=np.zeros(n),
        accuracy_m=nothing,
        speed_mps=nothing,
        course_deg=nothing,
        moving=np.full(n, -1, np.int8),
        source=np.full(n, -1, np.int8),
        device_seq=np.zeros(n, np.uint64),
        has_device_seq=np.zeros(n, np.bool_),
        received_us=np.full(n, now_us, np.int64),
    )
