"""What a time bar shows of a recording: how much happened when, and the alarms and acts of the cases that may be seen."""

from dataclasses import dataclass
from typing import Final

import msgspec

from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.time_text import us_of_text
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.identifiers import CaseId

PARTS: Final = 200
MOST_MARKS: Final = 500
BOOKMARK: Final = "bookmarked"
_ALARM_STEPS: Final = frozenset({"raised", "upgraded"})

Mark = tuple[int, str, str]
"""When, the name of the entry (with `-amber` behind it for an alarm that only warns), and what it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The time bar of one recording."""

    density: tuple[int, ...]
    marks: tuple[Mark, ...]
    alarms_us: tuple[int, ...] = ()
    """When each alarm was raised or became graver, in order; all of them, also those that have no mark of their own."""


class _Entry(msgspec.Struct, frozen=True):
    at: str
    event: str
    alarm: str | None = None
    incident: str | None = None
    case: str | None = None
    level: str | None = None
    cases: list[str] | None = None
    moment_at: str | None = None
    text: object = None


class _Collector:
    """Goes through the log once."""

    def __init__(self, span_us: tuple[int, int], cases: frozenset[CaseId]) -> None:
        self._from_us, self._to_us = span_us
        self._cases = cases
        self._case_of: dict[str, str] = {}
        self.density = [0] * PARTS
        self.found: list[Mark] = []
        self.bookmarks: list[Mark] = []
        self.alarms_us: list[int] = []

    def take(self, entry: _Entry) -> None:
        """Look at one entry."""
        if entry.event == BOOKMARK:
            self._bookmark(entry)
            return
        about = entry.alarm or entry.incident
        if about is not None and entry.case is not None:
            self._case_of[about] = entry.case
        at_us = us_of_text(entry.at)
        if not self._from_us <= at_us <= self._to_us or (entry.case or self._case_of.get(about or "")) not in self._cases:
            return
        self.density[min(PARTS - 1, (at_us - self._from_us) * PARTS // max(1, self._to_us - self._from_us))] += 1
        if about is not None:
            warns = entry.event in _ALARM_STEPS and entry.level == AlarmLevel.AMBER
            self.found.append((at_us, f"{entry.event}-amber" if warns else entry.event, about))
        if entry.event in _ALARM_STEPS:
            self.alarms_us.append(at_us)

    def _bookmark(self, entry: _Entry) -> None:
        at_us = us_of_text(entry.moment_at) if entry.moment_at else -1
        if self._from_us <= at_us <= self._to_us and self._cases.intersection(entry.cases or ()):
            self.bookmarks.append((at_us, BOOKMARK, str(entry.text)))


def marks_of(reader: StoreReader, span_us: tuple[int, int], cases: frozenset[CaseId]) -> Marks:
    """The marks within [from, to] that concern `cases`; where there are too many, every so-manieth."""
    collected = _Collector(span_us, cases)
    for _, payload in reader.lines(0):
        entry = _read(payload)
        if entry is not None:
            collected.take(entry)
    every = max(1, -(-len(collected.found) // MOST_MARKS))
    return Marks(
        density=tuple(collected.density),
        marks=(*collected.found[::every], *collected.bookmarks),
        alarms_us=tuple(sorted(set(collected.alarms_us))),
    )


def _read(payload: bytes) -> _Entry | None:
    try:
        return msgspec.json.decode(payload, type=_Entry)
    except msgspec.DecodeError:
        return None
