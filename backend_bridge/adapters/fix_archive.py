"""The stored fixes by device: the newest in memory as they came, older ones in the store sorted by device and time.

Ticks write fixes as they arrive, whoever they are of. Reading one device's day from those would mean reading everybody's, so from
time to time they are written anew as tracks: rows that hold the fixes of one share of the devices, sorted, after which the bodies
of the ticks' own rows are dropped.
"""

import threading
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from backend_bridge.adapters.fix_blob import fixes_of_bytes, pieces_of_fixes
from backend_bridge.adapters.sealing import Part, parts_of
from backend_bridge.adapters.store import Record
from backend_bridge.adapters.store_reads import StoredRecord, StoreReader
from backend_bridge.adapters.stored_fixes import Message, Seal, StoredFixes
from backend_bridge.adapters.track_parts import body_of_share, is_packed, stored_of_parts
from backend_bridge.application.intake import joined
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, GatewayName

SHARES: Final = 256
"""Into so many shares the devices are split, by the CRC-32 of their names."""
_SHARES_A_STEP: Final = 8
_LAST_US: Final = 2**62

Rows = tuple[FixBatch, NDArray[np.intp]]
"""Some rows of a batch."""
_Named = tuple[str, str, int, int]
"""Gateway, lane, epoch and seq of a message."""


class _Turn(msgspec.Struct, frozen=True, kw_only=True):
    """What fixes share that one turn took: written once for all of them."""

    messages: list[_Named]
    counts: list[int]
    """How many fixes each message brought, which lie in the order of the messages."""
    number: int
    """Of the first; the others have the numbers after it."""
    received_us: int


def body_of(stored: StoredFixes) -> bytes:
    """The fixes as the body of a record; messages that none of them came with are left out."""
    counts = np.bincount(stored.message, minlength=len(stored.messages))
    used = np.flatnonzero(counts)
    names: list[_Named] = [(m.gateway, m.lane.value, m.epoch, m.seq) for m in (stored.messages[index] for index in used.tolist())]
    at_once = _is_of_one_turn(stored)
    if at_once:
        number, received_us = int(stored.number[0]), int(stored.fixes.received_us[0])
        head = msgspec.msgpack.encode(_Turn(messages=names, counts=counts[used].tolist(), number=number, received_us=received_us))
        columns: tuple[memoryview, ...] = ()
    else:
        message = (np.cumsum(counts > 0) - 1)[stored.message]
        head = msgspec.msgpack.encode(names)
        columns = (np.ascontiguousarray(message, "<i4").data, np.ascontiguousarray(stored.number, "<i8").data)
    return b"".join([len(head).to_bytes(4, "little"), head, *columns, *pieces_of_fixes(stored.fixes, at_once=at_once)])


def _is_of_one_turn(stored: StoredFixes) -> bool:
    """Whether fixes were received at one instant, lie in the order of their messages, and are numbered in that order."""
    received_us = stored.fixes.received_us
    in_order = (np.diff(stored.number) == 1).all() and (np.diff(stored.message) >= 0).all()
    return bool(len(received_us) and in_order and (received_us == received_us[0]).all())


def stored_of(body: bytes, size: int) -> StoredFixes:
    """What `body_of` wrote; `size` is the record's number of fixes."""
    start = 4 + int.from_bytes(body[:4], "little")
    head = msgspec.msgpack.decode(body[4:start], type=_Turn | list[_Named])
    if isinstance(head, _Turn):
        message = np.repeat(np.arange(len(head.counts), dtype=np.int32), head.counts)
        number = np.arange(head.number, head.number + size, dtype=np.int64)
        fixes = fixes_of_bytes(body[start:], head.received_us)
        if not len(fixes) == len(message) == size:
            raise ValueError(f"a body of fixes holds {len(fixes)} where its row says {size}")
        return StoredFixes(fixes=fixes, messages=_messages(head.messages), message=message, number=number)
    message = np.frombuffer(body, "<i4", size, start)
    number = np.frombuffer(body, "<i8", size, start + 4 * size)
    fixes = fixes_of_bytes(body[start + 12 * size :], None)
    return StoredFixes(fixes=fixes, messages=_messages(head), message=message, number=number)


def _messages(names: Sequence[_Named]) -> tuple[Message, ...]:
    return tuple(Message(gateway=GatewayName(g), lane=Lane(lane), epoch=epoch, seq=seq) for g, lane, epoch, seq in names)


def joined_stored(parts: Sequence[StoredFixes]) -> StoredFixes:
    """All fixes of all parts, in order."""
    if len(parts) == 1:
        return parts[0]
    offsets = np.cumsum([0, *(len(part.messages) for part in parts)])
    message = [part.message + offset for part, offset in zip(parts, offsets, strict=False)]
    return StoredFixes(
        fixes=joined([part.fixes for part in parts]),
        messages=tuple(m for part in parts for m in part.messages),
        message=np.concatenate(message).astype(np.int32) if message else np.zeros(0, np.int32),
        number=np.concatenate([part.number for part in parts]) if parts else np.zeros(0, np.int64),
    )


def share_of(device: str) -> int:
    """The share that a device belongs to."""
    return zlib.crc32(device.encode()) % SHARES


class FixArchive:
    """All stored fixes; written by the engine's thread, read by any."""

    def __init__(self, reader: StoreReader) -> None:
        self._reader = reader
        self._lock = threading.Lock()
        self._tail: list[StoredFixes] = []
        self._orders: list[NDArray[np.intp]] = []
        """The rows of each part in memory by device; of parts that nobody has asked about since they came there is none yet."""
        self._spans: list[tuple[int, int]] = []
        """From when to when the fixes of those parts were measured."""
        self._rows: dict[DeviceId, list[tuple[int, int, int]]] = {}
        """Of each device the part, and where its rows begin and end in that order."""
        self._n_tail = 0
        self._next_number = 1

    def restore(self) -> None:
        """Take the fixes that do not lie in tracks yet into memory."""
        self._next_number = self._reader.n_fixes() + 1
        for record in self._reader.records(("fixes",)):
            self.added(stored_of(record.body, record.size))

    def numbered(self, fixes: FixBatch, messages: tuple[Message, ...], message: NDArray[np.int32]) -> StoredFixes:
        """Fixes about to be stored with the numbers that they will have."""
        number = np.arange(self._next_number, self._next_number + len(fixes), dtype=np.int64)
        return StoredFixes(fixes=fixes, messages=messages, message=message, number=number)

    def record_of(self, stored: StoredFixes) -> Record:
        """The record of a tick's fixes; its name is the number of the first."""
        measured = stored.fixes.measured_us
        return Record(
            kind="fixes",
            name=str(int(stored.number[0])),
            from_us=int(measured.min()),
            to_us=int(measured.max()),
            size=len(stored.fixes),
            body=body_of(stored),
        )

    def added(self, stored: StoredFixes) -> None:
        """The fixes are on disk."""
        with self._lock:
            self._tail.append(stored)
            self._n_tail += len(stored.fixes)
            self._next_number = int(stored.number[-1]) + 1 if len(stored.number) else self._next_number

    @property
    def n_tail(self) -> int:
        """How many fixes are not yet sorted by device."""
        return self._n_tail

    def read(self, device: DeviceId, from_us: int, to_us: int) -> StoredFixes:
        """The fixes of a device measured in [from_us, to_us), by time of measurement and receipt."""
        with self._lock:
            self._look_through()
            parts = [
                self._tail[index].take(self._orders[index][start:end])
                for index, start, end in self._rows.get(device, ())
                if self._spans[index][0] < to_us and self._spans[index][1] >= from_us
            ]
        for record in self._reader.tracks(str(share_of(device)), from_us, to_us):
            parts.extend(_of_device(part, device) for part in parts_of_record(record, self._reader.part, {device}))
        whole = joined_stored([_within(part, from_us, to_us) for part in parts])
        _, first = np.unique(whole.number, return_index=True)
        order = first[np.argsort(whole.fixes.measured_us[first], kind="stable")]
        return whole.take(order)

    def near(self, wanted: Mapping[DeviceId, Sequence[tuple[int, int]]]) -> Iterator[Rows]:
        """All fixes of each device in its stretches [from, to), and perhaps others, in any order; an earlier one may come twice.

        The stretches are of one length, and in order. Each share of the devices is read once. For the engine's thread.
        """
        with self._lock:
            self._look_through()
            in_memory = self._tail_near(wanted)
        yield from in_memory
        of_share: dict[int, list[DeviceId]] = {}
        for device in wanted:
            of_share.setdefault(share_of(device), []).append(device)
        for share, devices in of_share.items():
            stretches = sorted({stretch for device in devices for stretch in wanted[device]})
            for record in self._reader.tracks_of(str(share), stretches):
                for part in parts_of_record(record, self._reader.part, frozenset(devices)):
                    yield part.fixes, np.arange(len(part.fixes))

    def _tail_near(self, wanted: Mapping[DeviceId, Sequence[tuple[int, int]]]) -> list[Rows]:
        found: dict[int, list[NDArray[np.intp]]] = {}
        for device, stretches in wanted.items():
            from_us, to_us = stretches[0][0], stretches[-1][1]
            for index, start, end in self._rows.get(device, ()):
                first_us, last_us = self._spans[index]
                if first_us < to_us and last_us >= from_us:
                    found.setdefault(index, []).append(self._orders[index][start:end])
        return [(self._tail[index].fixes, np.concatenate(rows)) for index, rows in found.items()]

    def _look_through(self) -> None:
        """Find out which rows are whose in the parts that came since this was last wanted."""
        for index in range(len(self._orders), len(self._tail)):
            fixes = self._tail[index].fixes
            order = np.argsort(fixes.device, kind="stable")
            self._orders.append(order)
            self._spans.append((int(fixes.measured_us.min(initial=_LAST_US)), int(fixes.measured_us.max(initial=-_LAST_US))))
            starts = np.flatnonzero(np.diff(fixes.device[order], prepend=-1))
            ends = np.append(starts[1:], len(order))[: len(starts)]
            for device, start, end in zip(fixes.device[order[starts]].tolist(), starts.tolist(), ends.tolist(), strict=True):
                self._rows.setdefault(fixes.device_names[device], []).append((index, start, end))

    def everything(self, from_tick: int = 0) -> Iterator[StoredFixes]:
        """All fixes in the order in which they were stored, in parts; where `from_tick` is given perhaps not those of before it."""
        for records in self._reader.fixes_in_order(from_tick):
            parts = [part for record in records for part in parts_of_record(record, self._reader.part, None)]
            if parts:
                whole = joined_stored(parts)
                yield whole.take(np.unique(whole.number, return_index=True)[1])

    def frozen(self) -> list[StoredFixes]:
        """What is in memory now; see `track_records`."""
        with self._lock:
            return list(self._tail)

    def moved(self, n_parts: int) -> None:
        """The first `n_parts` parts in memory are in tracks now, on disk."""
        with self._lock:
            self._n_tail -= sum(len(part.fixes) for part in self._tail[:n_parts])
            self._tail, self._orders, self._spans = self._tail[n_parts:], self._orders[n_parts:], self._spans[n_parts:]
            kept = {
                device: [(index - n_parts, start, end) for index, start, end in places if index >= n_parts]
                for device, places in self._rows.items()
            }
            self._rows = {device: places for device, places in kept.items() if places}


def parts_of_record(
    record: StoredRecord, open_part: Callable[[bytes], bytes | None], devices: Collection[DeviceId] | None
) -> Iterator[StoredFixes]:
    """The fixes of a record, all or those of some devices; without those whose key is destroyed."""
    parts = parts_of(record.body)
    if parts is None:
        yield stored_of(record.body, record.size)
    elif is_packed(parts):
        found = stored_of_parts(parts, open_part, devices)
        if found is not None:
            yield found
    else:
        for name, size, stored in parts:
            body = open_part(stored) if devices is None or name in devices else None
            if body is not None:
                yield stored_of(body, size)


def pieces_of_track(record: StoredRecord, open_part: Callable[[bytes], bytes | None]) -> Iterator[tuple[Part, StoredFixes]]:
    """Each part of a record that holds fixes of one device, as it lies there and what it holds; without those whose key is destroyed."""
    parts = parts_of(record.body) or []
    head, rest = (parts[:1], parts[1:]) if is_packed(parts) else ([], parts)
    for part in rest:
        if head:
            found = stored_of_parts([*head, part], open_part, None)
        else:
            body = open_part(part[2])
            found = None if body is None else stored_of(body, part[1])
        if found is not None:
            yield part, found


def track_records(parts: Sequence[StoredFixes], seal: Seal) -> Iterator[list[Record]]:
    """The records that hold the fixes of `parts` by share of device, a few at a time; `seal` seals what is of one device.

    Fixes that belong to nobody any more are left out.
    """
    whole = joined_stored(parts)
    shares = np.array([share_of(name) for name in whole.fixes.device_names], np.int32)
    share = shares[whole.fixes.device]
    order = np.lexsort((whole.number, whole.fixes.measured_us, whole.fixes.device, share))
    bounds = np.searchsorted(share[order], np.arange(SHARES + 1))
    records: list[Record] = []
    for index in range(SHARES):
        rows = order[bounds[index] : bounds[index + 1]]
        if len(rows) == 0:
            continue
        record = _track_record(whole.take(rows), index, seal)
        if record is not None:
            records.append(record)
        if len(records) == _SHARES_A_STEP:
            yield records
            records = []
    if records:
        yield records


def _track_record(part: StoredFixes, share: int, seal: Seal) -> Record | None:
    """The record of a share, whose fixes are sorted by device and time; None where none of it is anybody's any more."""
    made = body_of_share(part, seal)
    if made is None:
        return None
    measured = part.fixes.measured_us
    return Record(kind="track", name=str(share), from_us=int(measured.min()), to_us=int(measured.max()), size=made[1], body=made[0])


def _of_device(stored: StoredFixes, device: DeviceId) -> StoredFixes:
    names = stored.fixes.device_names
    index = names.index(device) if device in names else -1
    return stored.take(np.flatnonzero(stored.fixes.device == index))


def _within(stored: StoredFixes, from_us: int, to_us: int) -> StoredFixes:
    measured = stored.fixes.measured_us
    return stored.take(np.flatnonzero((measured >= from_us) & (measured < to_us)))
