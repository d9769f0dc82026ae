"""What a tick took in as records of the store, and back: fixes as columns, the rest as values."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from backend_bridge.adapters.fix_archive import FixArchive, Message, StoredFixes
from backend_bridge.adapters.fix_blob import joined_batches
from backend_bridge.adapters.state_codec import CodecError, decode, encode
from backend_bridge.adapters.store import Record
from backend_bridge.application.outcome import Kept, Taken
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
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
    fixes = joined_batches([one.fixes for one in kept if one.fixes is not None])
    messages = tuple(Message(gateway=one.gateway, lane=one.lane, epoch=one.epoch, seq=one.seq) for one in kept)
    message = np.repeat(np.arange(len(kept), dtype=np.int32), [len(one.rows) for one in kept])
    return archive.numbered(fixes, messages, message)


def records_of_taken(taken: Taken, lanes: LaneParts | None, stored: StoredFixes | None, archive: FixArchive) -> list[Record]:
    """The records of a tick, but for its snapshot."""
    bare = replace(taken, kept=tuple(replace(one, fixes=None) if _has_fixes(one) else one for one in taken.kept))
    records = [Record(kind="taken", from_us=taken.now_us, to_us=taken.now_us, size=len(taken.kept), body=encode((bare, lanes)))]
    if stored is not None:
        records.append(archive.record_of(stored))
    records.extend(event_record(event) for one in taken.kept for event in one.events)
    return records


def event_record(event: DeviceEvent) -> Record:
    """The record under which an event is found again."""
    return Record(kind="event", name=event.device, from_us=event.measured_us, to_us=event.received_us, size=1, body=encode(event))


def tick_of_body(body: bytes, fixes: FixBatch | None) -> StoredTick:
    """The tick of a `taken` body and the fixes that its tick stored, if any."""
    value = decode(body)
    match value:
        case (Taken() as taken, LaneParts() | None as lanes):
            return StoredTick(taken=replace(taken, kept=_with_fixes(taken.kept, fixes)), lanes=lanes)
        case _:
            raise CodecError("a stored tick is not what it should be")


def _has_fixes(kept: Kept) -> bool:
    return kept.fixes is not None and len(kept.fixes) > 0


def _with_fixes(kept: Sequence[Kept], fixes: FixBatch | None) -> tuple[Kept, ...]:
    """The messages with their own fixes again: those without events had as many fixes as they have rows."""
    start = 0
    whole = []
    for one in kept:
        if fixes is None or one.events or len(one.rows) == 0:
            whole.append(one)
            continue
        rows = np.arange(start, start + len(one.rows))
        whole.append(replace(one, fixes=fixes.take(rows)))
        start += len(one.rows)
    return tuple(whole)
