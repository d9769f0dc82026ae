"""Deleting from device events where the device was, once that is too old: the event stays, its place goes.

An event lies in a row of its own and in the input of the turn that took it, and the entry of the alarm that it raised says the place
too. All three are written anew without it, and the old ones go as the bodies of tracks do. Input and entry keep their places in the
store (`StoreReader.records`, `lines`), so that what is left can be lived and read again.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

import msgspec
import numpy as np

from backend_bridge.adapters.alarm_lines import text_of_document
from backend_bridge.adapters.old_fixes import Rewritten, n_too_old, rewritten
from backend_bridge.adapters.sealing import Part, joined_parts, parts_of
from backend_bridge.adapters.state_codec import decode, encode
from backend_bridge.adapters.store import Record, Retired
from backend_bridge.adapters.store_reads import REMADE, REMADE_ENTRY, RETIRED, RETIRED_ENTRIES, StoredRecord, StoreReader
from backend_bridge.adapters.stored_fixes import Seal, StoredFixes
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixSource
from backend_bridge.domain.identifiers import CaseId, DeviceId

_AT_ONCE: Final = 50
_PLACE_FIGURES: Final = frozenset({"lat_deg", "lon_deg", "accuracy_m", "source"})
_EVENT_PART: Final = "e"
"""What the names of the parts of a turn's input begin with that are events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Old:
    """A stored event that says where its device was."""

    row: StoredRecord
    event: DeviceEvent


def positions_rewritten(reader: StoreReader, seal: Seal, kept_from_us: Mapping[DeviceId, int]) -> Iterator[Rewritten]:
    """Everything stored without the positions from before `kept_from_us` of their devices, piece by piece: tracks, then events."""
    yield from rewritten(reader, seal, kept_from_us)
    old = _old_places(reader, kept_from_us)
    while some := list(islice(old, _AT_ONCE)):
        yield _without_places(reader, seal, kept_from_us, some)


def n_positions_too_old(reader: StoreReader, tail: list[StoredFixes], kept_from_us: Mapping[DeviceId, int]) -> dict[DeviceId, int]:
    """How many stored positions of each device would go, fixes and places of events; `tail` are fixes that lie in no track yet."""
    found = Counter(n_too_old(reader, tail, kept_from_us))
    found.update(old.event.device for old in _old_places(reader, kept_from_us))
    return dict(found)


def _old_places(reader: StoreReader, kept_from_us: Mapping[DeviceId, int]) -> Iterator[_Old]:
    for device, from_us in kept_from_us.items():
        for row in reader.events_before(device, from_us):
            event = decode(row.body)
            if isinstance(event, DeviceEvent) and event.place is not None:
                yield _Old(row=row, event=event)


def _without_places(reader: StoreReader, seal: Seal, kept_from_us: Mapping[DeviceId, int], some: list[_Old]) -> Rewritten:
    records: list[Record] = []
    gone: list[StoredRecord] = []
    for row, event in ((one.row, one.event) for one in some):
        records.append(Record(kind=row.kind, name=row.name, from_us=row.from_us, to_us=row.to_us, size=row.size, body=encode(_bare(event))))
        gone.append(row)
    ticks = {one.row.tick for one in some}
    for turn in reader.inputs_of(ticks):
        body = _remade(reader, seal, kept_from_us, turn)
        if body is not None:
            records.append(Record(kind=REMADE, name=str(turn.id), from_us=turn.from_us, to_us=turn.to_us, size=turn.size, body=body))
            gone.append(turn)
    entries = [found for found in reader.entries_of(ticks) if _says_where(found[1], {one.event.device for one in some})]
    records.extend(_remade_entry(n, text) for n, text, _ in entries)
    retired = Retired(records=tuple(row.held_by for row in gone), entries=tuple(n for n, _, _ in entries))
    records.append(Record(kind=RETIRED, name="event", body=msgspec.msgpack.encode(list(retired.records))))
    records.append(Record(kind=RETIRED, name=RETIRED_ENTRIES, body=msgspec.msgpack.encode(list(retired.entries))))
    return Rewritten(
        records=records,
        retired=retired,
        digests=(*(row.sha for row in gone), *(leaf for _, _, leaf in entries)),
        n_fixes=len(some),
        devices=frozenset(one.event.device for one in some),
    )


def _says_where(text: bytes, devices: set[DeviceId]) -> bool:
    """Whether an entry says where one of the devices was when it reported."""
    entry = msgspec.json.decode(text)
    because = entry.get("because")
    return isinstance(because, dict) and "lat_deg" in because and entry.get("device") in devices


def _remade_entry(n: int, text: bytes) -> Record:
    """What stands for an entry from now on: the same without the place."""
    entry = json.loads(text)
    entry["because"] = {name: figure for name, figure in entry["because"].items() if name not in _PLACE_FIGURES}
    cases = frozenset({CaseId(entry["case"])}) if entry["case"] is not None else frozenset()
    return Record(kind=REMADE_ENTRY, name=str(n), cases=cases, body=text_of_document(entry).encode())


def _remade(reader: StoreReader, seal: Seal, kept_from_us: Mapping[DeviceId, int], turn: StoredRecord) -> bytes | None:
    """The input of a turn without the places that are too old; None where it holds none."""
    parts = parts_of(turn.body) or []
    made = [_part(reader, seal, kept_from_us, part) for part in parts]
    return joined_parts(made) if made != parts else None


def _part(reader: StoreReader, seal: Seal, kept_from_us: Mapping[DeviceId, int], part: Part) -> Part:
    name, size, stored = part
    plain = reader.part(stored) if name.startswith(_EVENT_PART) else None
    event = None if plain is None else decode(plain)
    if not isinstance(event, DeviceEvent) or event.place is None or event.measured_us >= kept_from_us.get(event.device, event.measured_us):
        return part
    return name, size, _sealed(seal, event.device, event.measured_us, encode(_bare(event)))


def _sealed(seal: Seal, device: DeviceId, measured_us: int, plain: bytes) -> bytes:
    keys: Iterable[bytes] = (key(plain) for _, _, key in seal(device, np.array([measured_us], np.int64)))
    return next(iter(keys), plain)


def _bare(event: DeviceEvent) -> DeviceEvent:
    return replace(event, place=None, accuracy_m=None, source=FixSource.UNKNOWN)
