"""Deleting stored positions that are too old: what holds them is written anew without them, and the bodies of the old rows go.

The hashes of the old rows stay, and a row of the kind `retired` says which of them went by rule, so that `verify` holds.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from backend_bridge.adapters.fix_archive import SHARES, body_of, parts_of_record, pieces_of_track, share_of
from backend_bridge.adapters.sealing import Part, joined_parts
from backend_bridge.adapters.store import Record, Retired
from backend_bridge.adapters.store_reads import RETIRED, RETIRED_OF, StoredRecord, StoreReader
from backend_bridge.adapters.stored_fixes import StoredFixes
from backend_bridge.domain.identifiers import DeviceId

KEPT: Final = "rest"
"""Kind of the rows that hold what is kept of retired tracks; read like tracks."""
_FIRST_US: Final = -(2**62)
_NO_NUMBERS: Final = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """What takes the place of some rows."""

    records: list[Record]
    """As they lie in the store from now on, each under the key of what it takes the place of."""
    retired: Retired


def rewritten(reader: StoreReader, kept_from_us: Mapping[DeviceId, int]) -> Iterator[Rewritten]:
    """The tracks without what was measured before `kept_from_us` of its device, a share of the devices at a time."""
    shares = {share_of(device) for device in kept_from_us}
    for share in range(SHARES):
        if share in shares:
            found = _share(reader, share, kept_from_us)
            if len(found.retired):
                yield found


def n_too_old(reader: StoreReader, tail: list[StoredFixes], kept_from_us: Mapping[DeviceId, int]) -> dict[DeviceId, int]:
    """How many stored fixes of each device would go; `tail` are those that lie in no track yet."""
    found: Counter[DeviceId] = Counter()
    for part in tail:
        _count_old(part, kept_from_us, found)
    for share in sorted({share_of(device) for device in kept_from_us}):
        for record in reader.tracks(str(share), _FIRST_US, max(kept_from_us.values())):
            for part in parts_of_record(record, reader.part, None):
                _count_old(part, kept_from_us, found)
    return dict(found)


def _count_old(stored: StoredFixes, kept_from_us: Mapping[DeviceId, int], found: Counter[DeviceId]) -> None:
    if len(stored.fixes):
        old = stored.fixes.device[_are_old(stored, kept_from_us)]
        for index, n in zip(*np.unique(old, return_counts=True), strict=True):
            found[stored.fixes.device_names[int(index)]] += int(n)


def _share(reader: StoreReader, share: int, kept_from_us: Mapping[DeviceId, int]) -> Rewritten:
    records: list[Record] = []
    retired: list[int] = []
    n_fixes = 0
    devices: set[DeviceId] = set()
    seen: dict[str, NDArray[np.int64]] = {}
    for record in reader.tracks(str(share), _FIRST_US, max(kept_from_us.values())):
        parts: list[Part] = []
        spans: list[int] = []
        n_gone = 0
        for part, stored in pieces_of_track(record, reader.part):
            # A bridge that died while fixes became tracks made those tracks once more: each fix counts, and is kept, once.
            before = seen.get(part[0], _NO_NUMBERS)
            new, old = ~np.isin(stored.number, before), _are_old(stored, kept_from_us)
            seen[part[0]] = np.concatenate([before, stored.number[new]])
            n_fixes += int((new & old).sum())
            rows = _in_order(stored, np.flatnonzero(new & ~old))
            n_gone += len(stored.fixes) - len(rows)
            devices.update(stored.fixes.device_names if old.any() else ())
            parts.extend(_kept(reader, part, stored.take(rows)))
            spans.extend(stored.fixes.measured_us[rows].tolist()[:: max(1, len(rows) - 1)])
        if n_gone:
            retired.append(record.held_by)
            records.extend(_rest(record, parts, spans))
    if retired:
        records.append(Record(kind=RETIRED, name=str(share), size=n_fixes, body=msgspec.msgpack.encode(retired)))
        records.append(Record(kind=RETIRED_OF, name=str(share), body=msgspec.msgpack.encode(sorted(devices))))
    return Rewritten(records=records, retired=Retired(records=tuple(retired)))


def _are_old(stored: StoredFixes, kept_from_us: Mapping[DeviceId, int]) -> NDArray[np.bool_]:
    limits = np.array([kept_from_us.get(name, _FIRST_US) for name in stored.fixes.device_names], np.int64)
    old: NDArray[np.bool_] = stored.fixes.measured_us < limits[stored.fixes.device]
    return old


def _in_order(stored: StoredFixes, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    return rows[np.lexsort((stored.fixes.measured_us[rows], stored.fixes.device[rows]))]


def _kept(reader: StoreReader, part: Part, kept: StoredFixes) -> Iterator[Part]:
    """What is kept of a part, under the part's own key; nothing where that is destroyed by now."""
    sealed = reader.part_like(part[2], body_of(kept)) if len(kept.fixes) else None
    if sealed is not None:
        yield part[0], len(kept.fixes), sealed


def _rest(record: StoredRecord, parts: list[Part], spans: list[int]) -> list[Record]:
    if not parts:
        return []
    size = sum(size for _, size, _ in parts)
    return [Record(kind=KEPT, name=record.name, from_us=min(spans), to_us=max(spans), size=size, body=joined_parts(parts))]
