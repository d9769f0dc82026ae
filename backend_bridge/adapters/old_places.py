"""Deleting from device events where the device was, once that is too old: the event stays, its place goes.

An event lies in a row of its own and in the input of the turn that took it, and the entry of the alarm that it raised says the place
too. All three are written anew without it, and the old ones go as the bodies of tracks do. Input and entry keep their places in the
store (`StoreReader.records`, `lines`), so that what is left can be lived and read again.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

import msgspec

from backend_bridge.adapters.alarm_lines import text_of_document
from backend_bridge.adapters.retention_rewrite import Rewritten, n_too_old, rewritten
from backend_bridge.adapters.sealing import Part, joined_parts, parts_of
from backend_bridge.adapters.state_codec import decode, encode
from backend_bridge.adapters.store import Record, Retired
from backend_bridge.adapters.store_reads import REMADE, REMADE_ENTRY, RETIRED, RETIRED_ENTRIES, RETIRED_EVENTS, StoredRecord, StoreReader
from backend_bridge.adapters.stored_fixes import StoredFixes
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixSource
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.watching.because import because

_AT_ONCE: Final = 50
_PLACE_FIGURES: Final = frozenset({"lat_deg", "lon_deg", "accuracy_m", "source"})
_EVENT_PART: Final = "e"
"""What the names of the parts of a turn's input begin with that are events."""


_Said = tuple[object, object, object]
"""Device, latitude and longitude as an entry says them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Old:
    """A stored event that says where its device was."""

    row: StoredRecord
    event: DeviceEvent
    bare: bytes
    """The same without the place, as it is to lie in the store."""


def positions_rewritten(reader: StoreReader, kept_from_us: Mapping[DeviceId, int]) -> Iterator[Rewritten]:
    """Everything stored without the positions from before `kept_from_us` of their devices, piece by piece: tracks, then events."""
    yield from rewritten(reader, kept_from_us)
    old = _old_places(reader, kept_from_us)
    while some := list(islice(old, _AT_ONCE)):
        yield _without_places(reader, kept_from_us, some)


def n_positions_too_old(reader: StoreReader, tail: list[StoredFixes], kept_from_us: Mapping[DeviceId, int]) -> dict[DeviceId, int]:
    """How many stored positions of each device would go, fixes and places of events; `tail` are fixes that lie in no track yet."""
    found = Counter(n_too_old(reader, tail, kept_from_us))
    found.update(old.event.device for old in _old_places(reader, kept_from_us))
    return dict(found)


def _old_places(reader: StoreReader, kept_from_us: Mapping[DeviceId, int]) -> Iterator[_Old]:
    for device, from_us in kept_from_us.items():
        for row, stored in reader.events_before(device, from_us):
            event = decode(row.body)
            if isinstance(event, DeviceEvent) and event.place is not None:
                bare = reader.part_like(stored, encode(_bare(event)))
                if bare is not None:
                    yield _Old(row=row, event=event, bare=bare)


def _without_places(reader: StoreReader, kept_from_us: Mapping[DeviceId, int], some: list[_Old]) -> Rewritten:
    records: list[Record] = []
    gone: list[StoredRecord] = []
    for old, row in ((one, one.row) for one in some):
        records.append(Record(kind=row.kind, name=row.name, from_us=row.from_us, to_us=row.to_us, size=row.size, body=old.bare))
        gone.append(row)
    ticks = {one.row.tick for one in some}
    for turn in reader.inputs_of(ticks):
        body = _remade(reader, kept_from_us, turn)
        if body is not None:
            records.append(Record(kind=REMADE, name=str(turn.id), from_us=turn.from_us, to_us=turn.to_us, size=turn.size, body=body))
            gone.append(turn)
    entries = list(_remade_entries(reader, ticks, {_said_of(one.event) for one in some}))
    records.extend(entry for _, entry in entries)
    retired = Retired(records=tuple(row.held_by for row in gone), entries=tuple(n for n, _ in entries))
    records.append(Record(kind=RETIRED, name=RETIRED_EVENTS, body=msgspec.msgpack.encode(list(retired.records))))
    records.append(Record(kind=RETIRED, name=RETIRED_ENTRIES, body=msgspec.msgpack.encode(list(retired.entries))))
    return Rewritten(records=records, retired=retired)


def _remade_entries(reader: StoreReader, ticks: set[int], places: set[_Said]) -> Iterator[tuple[int, Record]]:
    """The entries of these turns that say one of the places, by their numbers, and what stands for each from now on."""
    for entry in reader.entries_of(ticks):
        document = json.loads(entry.text)
        # The turn may have brought another event of the device that is young enough: its entry says another place, and keeps it.
        if _said_in(document) in places:
            document["because"] = {name: figure for name, figure in document["because"].items() if name not in _PLACE_FIGURES}
            body = reader.part_like(entry.stored, text_of_document(document).encode())
            if body is not None:
                yield entry.n, Record(kind=REMADE_ENTRY, name=str(entry.n), body=body)


def _said_of(event: DeviceEvent) -> _Said:
    """What the entry of an event says of where its device was."""
    place = {} if event.place is None else because(lat_deg=event.place.lat_deg, lon_deg=event.place.lon_deg)
    return event.device, place.get("lat_deg"), place.get("lon_deg")


def _said_in(entry: Mapping[str, Any]) -> _Said | None:
    """What an entry says of where its device was when it reported; None where it says nothing."""
    figures = entry.get("because")
    if not isinstance(figures, dict) or "lat_deg" not in figures:
        return None
    return entry.get("device"), figures["lat_deg"], figures.get("lon_deg")


def _remade(reader: StoreReader, kept_from_us: Mapping[DeviceId, int], turn: StoredRecord) -> bytes | None:
    """The input of a turn without the places that are too old; None where it holds none."""
    parts = parts_of(turn.body) or []
    made = [_part(reader, kept_from_us, part) for part in parts]
    return joined_parts(made) if made != parts else None


def _part(reader: StoreReader, kept_from_us: Mapping[DeviceId, int], part: Part) -> Part:
    name, size, stored = part
    plain = reader.part(stored) if name.startswith(_EVENT_PART) else None
    event = None if plain is None else decode(plain)
    if not isinstance(event, DeviceEvent) or event.place is None or event.measured_us >= kept_from_us.get(event.device, event.measured_us):
        return part
    bare = reader.part_like(stored, encode(_bare(event)))
    return part if bare is None else (name, size, bare)


def _bare(event: DeviceEvent) -> DeviceEvent:
    return replace(event, place=None, accuracy_m=None, source=FixSource.UNKNOWN)
