"""From messages of gateways to what is kept of them: nothing twice, no position of anybody whom no case names."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from backend_bridge.application.outcome import Kept
from backend_bridge.application.ports import Seen
from backend_bridge.application.room_state import Room
from backend_bridge.domain.arrivals import Data
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId


def keep(room: Room, messages: Iterable[Data], now_us: int, seen: Seen) -> tuple[Kept, ...]:
    """What is kept of each message, all of it received at `now_us`."""
    return tuple(_kept(room, message, now_us, seen) for message in messages)


def _kept(room: Room, message: Data, now_us: int, seen: Seen) -> Kept:
    heard: tuple[str, ...] = ()
    fixes: FixBatch | None = None
    events: tuple[DeviceEvent, ...] = ()
    signs: tuple[tuple[DeviceId, int], ...] = ()
    rows = message.kept_rows[:0]
    if message.fixes is not None and len(message.fixes):
        heard = message.fixes.device_names
        fresh = np.flatnonzero(seen.new_fixes(message.fixes))
        batch = received_at(message.fixes.take(fresh), now_us)
        wanted = room.watch.concerns(batch)
        signs = _signs(room, batch, np.flatnonzero(~wanted))
        chosen = np.flatnonzero(wanted)
        fixes, rows = batch.take(chosen), message.kept_rows[fresh[chosen]]
    if message.events:
        heard = tuple(dict.fromkeys((*heard, *(event.device for event in message.events))))
        new = np.flatnonzero(seen.new_events(message.events)).tolist()
        events = tuple(replace(message.events[index], received_us=now_us) for index in new)
        if fixes is None:
            rows = message.kept_rows[np.array(new, np.intp)]
    return Kept(
        gateway=message.gateway,
        lane=message.lane,
        epoch=message.epoch,
        seq=message.seq,
        rows=rows,
        fixes=fixes,
        events=events,
        heard=heard,
        signs=signs,
    )


def _signs(room: Room, batch: FixBatch, rows: NDArray[np.intp]) -> tuple[tuple[DeviceId, int], ...]:
    """Signs of life among rows that are not kept, of devices that a case names."""
    return tuple(
        (batch.device_names[int(batch.device[row])], int(batch.measured_us[row]))
        for row in rows
        if room.registry.carriers(batch.device_names[int(batch.device[row])])
    )


def received_at(batch: FixBatch, now_us: int) -> FixBatch:
    """The same fixes, all received at one instant."""
    return replace(batch, received_us=np.full(len(batch), now_us, np.int64))


def measurements(kept: Sequence[Kept], now_us: int) -> FixBatch:
    """All fixes of one step as one batch, in the order of the messages; signs of life stand in it without a position."""
    batches = [each.fixes for each in kept if each.fixes is not None and len(each.fixes)]
    signs = [sign for each in kept for sign in each.signs]
    if signs:
        batches.append(_without_positions(signs, now_us))
    return joined(batches)


def joined(batches: Sequence[FixBatch]) -> FixBatch:
    """The fixes of all batches in their order, as one batch."""
    if len(batches) == 1:
        return batches[0]
    index: dict[DeviceId, int] = {}
    device = []
    for batch in batches:
        places = np.array([index.setdefault(name, len(index)) for name in batch.device_names], np.int32)
        device.append(places[batch.device])
    return FixBatch(
        device_names=tuple(index),
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


def _column(parts: Sequence[NDArray[np.generic]], kind: type) -> NDArray:  # type: ignore[type-arg]  # one function for columns of all types
    return np.concatenate(parts).astype(kind, copy=False) if parts else np.empty(0, kind)


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
