"""Two runs over the same time compared: which alarms came earlier, later, are new or gone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.identifiers import AlarmId, CaseId, PersonId, RingId, ZoneId


class Difference(StrEnum):
    """What became of an alarm in the other run."""

    SAME = "same"
    EARLIER = "earlier"
    LATER = "later"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """An alarm of one run, at the moment at which it reached a level for the first time."""

    alarm: AlarmId
    kind: AlarmKind
    level: AlarmLevel
    case: CaseId | None
    zone: ZoneId | None
    ring: RingId | None
    about: PersonId | None
    happened_us: int
    known_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One alarm at one level in both runs; one side is None where it is new or gone."""

    difference: Difference
    before: Reached | None
    after: Reached | None

    @property
    def by_s(self) -> float | None:
        """Seconds by which the other run knew it later, negative earlier; None where it is new or gone."""
        if self.before is None or self.after is None:
            return None
        return (self.after.known_us - self.before.known_us) / 1_000_000

    @property
    def at_us(self) -> int:
        """Where it belongs on a time bar: when the earlier of the two runs knew it."""
        return min(seen.known_us for seen in (self.before, self.after) if seen is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two runs side by side, in order of time."""

    rows: tuple[Compared, ...]

    def count(self, difference: Difference) -> int:
        """How many alarms differ so."""
        return sum(row.difference is difference for row in self.rows)


_Subject: TypeAlias = tuple[AlarmKind, AlarmLevel, CaseId | None, ZoneId | None, RingId | None, PersonId | None]


def compare(before: Iterable[AlarmChange], after: Iterable[AlarmChange], *, pair_within_s: float = 3600.0) -> Comparison:
    """Compare the alarms of two runs.

    Alarms of one kind, level, case, zone or ring, and person belong together in their order, where what they tell of happened within
    `pair_within_s` of each other; what is left over is new or gone.
    """
    first, second = _by_subject(before), _by_subject(after)
    rows = [row for subject in (first | second) for row in _paired(first.get(subject, []), second.get(subject, []), pair_within_s)]
    return Comparison(rows=tuple(sorted(rows, key=lambda row: (row.at_us, _name(row)))))


def _by_subject(changes: Iterable[AlarmChange]) -> dict[_Subject, list[Reached]]:
    found: dict[_Subject, list[Reached]] = {}
    for change in changes:
        if change.step is AlarmStep.CLEARED:
            continue
        seen = Reached(
            alarm=change.alarm,
            kind=change.kind,
            level=change.level,
            case=change.case,
            zone=change.zone,
            ring=change.ring,
            about=change.about,
            happened_us=change.happened_us,
            known_us=change.known_us,
        )
        found.setdefault((seen.kind, seen.level, seen.case, seen.zone, seen.ring, seen.about), []).append(seen)
    return found


def _paired(before: Sequence[Reached], after: Sequence[Reached], within_s: float) -> list[Compared]:
    """Walk along both in order of what happened; of two that are too far apart the earlier one stands alone."""
    left = sorted(before, key=lambda seen: (seen.happened_us, seen.alarm))
    right = sorted(after, key=lambda seen: (seen.happened_us, seen.alarm))
    rows: list[Compared] = []
    i = k = 0
    while i < len(left) and k < len(right):
        apart_us = right[k].happened_us - left[i].happened_us
        if abs(apart_us) <= within_s * 1_000_000:
            rows.append(Compared(difference=_difference(left[i], right[k]), before=left[i], after=right[k]))
            i, k = i + 1, k + 1
        elif apart_us > 0:
            rows.append(Compared(difference=Difference.GONE, before=left[i], after=None))
            i += 1
        else:
            rows.append(Compared(difference=Difference.NEW, before=None, after=right[k]))
            k += 1
    rows.extend(Compared(difference=Difference.GONE, before=seen, after=None) for seen in left[i:])
    rows.extend(Compared(difference=Difference.NEW, before=None, after=seen) for seen in right[k:])
    return rows


def _difference(before: Reached, after: Reached) -> Difference:
    if after.known_us == before.known_us:
        return Difference.SAME
    return Difference.EARLIER if after.known_us < before.known_us else Difference.LATER


def _name(row: Compared) -> str:
    seen = row.before or row.after
    return "" if seen is None else str(seen.alarm)
