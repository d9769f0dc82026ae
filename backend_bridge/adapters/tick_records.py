"""What a tick took in as records of the store, and back: fixes as columns, the rest as values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from backend_bridge.adapters.fix_archive import FixArchive
from backend_bridge.adapters.fix_blob import without_spare_names
from backend_bridge.adapters.state_codec import CodecError, encode
from backend_bridge.adapters.store import Record
from backend_bridge.adapters.stored_fixes import Message, StoredFixes
from backend_bridge.adapters.tick_parts import tick_of_parts
from backend_bridge.application.intake import joined
from backend_bridge.application.outcome import Kept, Taken
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.lanes.lane_parts import LaneParts


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTick:
    """A tick read back."""

    taken: Taken
    lanes: LaneParts | None
    """What changed in the lane book."""


def fixes_of_taken(taken: Taken, archive: FixArchive) -> StoredFixes | None:
    """All fixes of a tick with where they came from; None for a tick without."""
    kept = [one for one in taken.kept if one.fixes is not None and len(one.fixes)]
    if not kept:
        return None
    fixes = without_spare_names(joined([one.fixes for one in kept if one.fixes is not None]))
    messages = tuple(Message(gateway=one.gateway, lane=one.lane, epoch=one.epoch, seq=one.seq) for one in kept)
    message = np.repeat(np.arange(len(kept), dtype=np.int32), [len(one.rows) for one in kept])
    return archive.numbered(fixes, messages, message)


def records_of_taken(
    taken: Taken,
    lanes: LaneParts | None,
    stored: StoredFixes | None,
    archive: FixArchive,
    body_of: Callable[[Taken, LaneParts | None], bytes],
) -> list[Record]:
    """The records of a tick, but for its snapshot; `body_of` writes its input without the fixes."""
    # Also where none is kept: the batch would still name the devices of all messages of the turn.
    bare = replace(taken, kept=tuple(one if one.fixes is None else replace(one, fixes=None) for one in taken.kept))
    records = [Record(kind="taken", from_us=taken.now_us, to_us=taken.now_us, size=len(taken.kept), body=body_of(bare, lanes))]
    if stored is not None:
        records.append(archive.record_of(stored))
    records.extend(event_record(event) for one in taken.kept for event in one.events)
    return records


def event_record(event: DeviceEvent) -> Record:
    """The record under which an event is found again."""
    return Record(kind="event", name=event.device, from_us=event.measured_us, to_us=event.received_us, size=1, body=encode(event))


def tick_of_body(body: bytes, fixes: StoredFixes | None, open_part: Callable[[bytes], bytes | None]) -> StoredTick:
    """The tick of a `taken` body and the fixes that its tick stored, if any; `open_part` opens what is sealed."""
    value = tick_of_parts(body, open_part)
    match value:
        case (Taken() as taken, LaneParts() | None as lanes):
            return StoredTick(taken=replace(taken, kept=_with_fixes(taken.kept, fixes)), lanes=lanes)
        case _:
            raise CodecError("a stored tick is not what it should be")


def _with_fixes(kept: Sequence[Kept], stored: StoredFixes | None) -> tuple[Kept, ...]:
    """The messages with their own fixes again, but for those that were destroyed."""
    if stored is None:
        return tuple(kept)
    places: dict[Message, list[int]] = {}
    for place, message in enumerate(stored.messages):
        places.setdefault(message, []).append(place)
    return tuple(one if one.events or len(one.rows) == 0 else _with_own(one, stored, places) for one in kept)


def _with_own(one: Kept, stored: StoredFixes, places: Mapping[Message, list[int]]) -> Kept:
    of_it = places.get(Message(gateway=one.gateway, lane=one.lane, epoch=one.epoch, seq=one.seq), [])
    mine = np.flatnonzero(stored.message == of_it[0] if len(of_it) == 1 else np.isin(stored.message, of_it))
    rows = one.rows if len(mine) == len(one.rows) else one.rows[: len(mine)]
    return replace(one, fixes=stored.fixes.take(mine), rows=rows)
