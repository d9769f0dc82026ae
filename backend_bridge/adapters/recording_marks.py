"""What a time bar shows of a recording: how much happened when, and the alarms and acts of the cases that may be seen."""

from dataclasses import dataclass
from typing import Final

import msgspec

from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.time_text import us_of_text
from backend_bridge.domain.identifiers import CaseId

PARTS: Final = 200
MOST_MARKS: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The time bar of one recording."""

    density: tuple[int, ...]
    marks: tuple[tuple[int, str, str], ...]


class _Entry(msgspec.Struct, frozen=True):
    at: str
    event: str
    alarm: str | None = None
    incident: str | None = None
    case: str | None = None


def marks_of(reader: StoreReader, span_us: tuple[int, int], cases: frozenset[CaseId]) -> Marks:
    """The marks within [from, to] that concern `cases`; where there are too many, every so-manieth."""
    from_us, to_us = span_us
    density = [0] * PARTS
    found: list[tuple[int, str, str]] = []
    case_of: dict[str, str] = {}
    for _, payload in reader.lines(0):
        entry = _read(payload)
        if entry is None:
            continue
        about = entry.alarm or entry.incident
        if about is not None and entry.case is not None:
            case_of[about] = entry.case
        at_us = us_of_text(entry.at)
        if not from_us <= at_us <= to_us or (entry.case or case_of.get(about or "")) not in cases:
            continue
        density[min(PARTS - 1, (at_us - from_us) * PARTS // max(1, to_us - from_us))] += 1
        if about is not None:
            found.append((at_us, entry.event, about))
    every = max(1, -(-len(found) // MOST_MARKS))
    return Marks(density=tuple(density), marks=tuple(found[::every]))


def _read(payload: bytes) -> _Entry | None:
    try:
        return msgspec.json.decode(payload, type=_Entry)
    except msgspec.DecodeError:
        return None
