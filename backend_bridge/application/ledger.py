"""The log read as ledgers: the statutory usage ledger, who was shown what of whom, and the review of looks."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from backend_bridge.domain.identifiers import CaseId, PersonId, UserId
from backend_bridge.domain.outcomes.events import ERASED
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.quantities import MICROSECONDS

Entry: TypeAlias = Mapping[str, object]
"""An entry of the log as JSON has it."""

OFTEN: Final = 5
"""Number of looks at one person by one user within the period that are worth a question."""
_WATCHING: Final = frozenset({"operator", "supervisor"})


def entries_of(lines: Iterable[str]) -> Iterator[Entry]:
    """The entries of lines of the log; one whose content was erased says nothing any more and is left out."""
    for line in lines:
        entry = json.loads(line)
        if isinstance(entry, dict) and entry.get("event") != ERASED:
            yield entry


def cases_of(entry: Entry) -> frozenset[str]:
    """The cases that an entry about many names."""
    cases = entry.get("cases")
    return frozenset(map(str, cases)) if isinstance(cases, list) else frozenset()


def us_of(text: object) -> int:
    """An RFC 3339 time of the log as microseconds of UTC."""
    at = datetime.fromisoformat(str(text))
    return int(at.timestamp()) * MICROSECONDS + at.microsecond


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """A use of location data for a purpose that the law wants in the ledger: every one but routine monitoring."""

    n: int
    at: str
    user: str
    subject: str | None
    case: str | None
    scope: str
    purpose: str
    basis: str
    recipient: str
    approval: str | None


def usage_ledger(entries: Iterable[Entry], from_us: int, to_us: int) -> tuple[LedgerRow, ...]:
    """The uses of [from, to) with purposes 1, 3, 4 and 5, in the order of the log, each with who approved it."""
    approvers: dict[str, list[str]] = defaultdict(list)
    requests: dict[str, str] = {}
    rows = []
    for entry in entries:
        match entry.get("event"):
            case "access-decided" if entry.get("decision") != "deny":
                approvers[str(entry["request"])].append(str(entry["user"]))
            case "grant-started":
                request = str(entry["request"]) if entry.get("request") else "break-glass"
                requests[str(entry["grant"])] = request
                if from_us <= us_of(entry["at"]) < to_us:
                    rows.append(_granted_row(entry, request, approvers.get(request, [])))
            case "read" if entry.get("allowed") and entry.get("purpose") not in {None, Purpose.COMPLIANCE.value}:
                if from_us <= us_of(entry["at"]) < to_us:
                    request = requests.get(str(entry.get("grant")), "")
                    rows.append(_ledger_row(entry, request, approvers.get(request, [])))
            case _:
                pass
    return tuple(rows)


def _ledger_row(entry: Entry, request: str, approvers: list[str]) -> LedgerRow:
    period = f"{entry['from_at']} – {entry['to_at']}" if entry.get("from_at") else ""
    return LedgerRow(
        n=int(str(entry["n"])),
        at=str(entry["at"]),
        user=str(entry["user"]),
        subject=_text(entry.get("person")),
        case=_text(entry.get("case")),
        scope=" ".join(part for part in (str(entry["what"]), period, _text(entry.get("scope")) or "") if part),
        purpose=str(entry["purpose"]),
        basis=str(entry["why"]),
        recipient=str(entry["user"]),
        approval=f"{request}: {', '.join(approvers)}" if approvers else request or None,
    )


def _granted_row(entry: Entry, request: str, approvers: list[str]) -> LedgerRow:
    """Access that runs is a use by itself: what it opens is shown live until it ends."""
    fields = entry.get("fields")
    opened = " ".join(map(str, fields)) if isinstance(fields, list) else ""
    return LedgerRow(
        n=int(str(entry["n"])),
        at=str(entry["at"]),
        user=str(entry["user"]),
        subject=_text(entry.get("person")),
        case=_text(entry.get("case")),
        scope=f"{opened} until {entry['ends_at']}",
        purpose=str(entry["purpose"]),
        basis="break-glass" if entry.get("break_glass") else "grant",
        recipient=str(entry["user"]),
        approval=f"{request}: {', '.join(approvers)}" if approvers else request,
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What somebody could see of a person for a time, or looked at in an instant."""

    from_us: int
    to_us: int
    what: str
    """`routine`, `alarm`, `grant`, or what a look was at: `track`, `phones`, …"""
    case: str | None
    because: str
    """Entry, alarm or grant that it rests on."""


def shown_to(
    entries: Iterable[Entry], user: UserId, person: PersonId, period_us: tuple[int, int], cases: frozenset[CaseId]
) -> tuple[Shown, ...]:
    """All that `user` was shown of `person` in [from, to); `cases` are those in which the person has a part.

    `entries` is the whole log until then, for what was opened before the period.
    """
    fold = _Fold(str(user), str(person), frozenset(map(str, cases)))
    from_us, to_us = period_us
    for entry in entries:
        at_us = us_of(entry["at"])
        if at_us >= to_us:
            break
        fold.take(entry, at_us)
    fold.end(to_us)
    cut = (_within(shown, from_us, to_us) for shown in fold.found)
    return tuple(sorted((shown for shown in cut if shown is not None), key=lambda shown: (shown.from_us, shown.what, shown.because)))


def _within(shown: Shown, from_us: int, to_us: int) -> Shown | None:
    if shown.to_us < from_us or shown.from_us >= to_us:
        return None
    return Shown(
        from_us=max(shown.from_us, from_us), to_us=min(shown.to_us, to_us), what=shown.what, case=shown.case, because=shown.because
    )


class _Fold:
    """What is open for one user and one person while the log goes by."""

    def __init__(self, user: str, person: str, cases: frozenset[str]) -> None:
        self.found: list[Shown] = []
        self._user, self._person, self._cases = user, person, cases
        self._seats: dict[str, int] = {}
        self._alarms: dict[str, tuple[int, str]] = {}
        self._grants: dict[str, tuple[int, str]] = {}

    def take(self, entry: Entry, at_us: int) -> None:
        """Follow one entry."""
        mine = entry.get("user") == self._user
        case = _text(entry.get("case"))
        match entry.get("event"):
            case "view-opened" if mine and entry.get("role") in _WATCHING:
                self._seats[str(entry["seat"])] = at_us
            case "view-closed" if mine:
                self._close_seat(str(entry["seat"]), at_us)
            case "view-widened" if case in self._cases:
                self._alarms[str(case)] = (at_us, str(entry["because"]))
            case "view-narrowed" if case in self._cases:
                self._close_alarm(str(case), at_us)
            case "grant-started" if mine and entry.get("person") == self._person:
                self._grants[str(entry["grant"])] = (at_us, str(case))
            case "grant-ended":
                self._close_grant(str(entry["grant"]), at_us)
            case "read" if mine and entry.get("allowed") and entry.get("person") == self._person:
                self._add(at_us, at_us, str(entry["what"]), case, f"entry {entry['n']}")
            case "list-printed" if mine:
                for printed in sorted(cases_of(entry) & self._cases):
                    self._add(at_us, at_us, str(entry["what"]), printed, f"entry {entry['n']}")
            case _:
                pass

    def end(self, at_us: int) -> None:
        """Close what is still open."""
        for case in tuple(self._alarms):
            self._close_alarm(case, at_us)
        for grant in tuple(self._grants):
            self._close_grant(grant, at_us)
        for seat in tuple(self._seats):
            self._close_seat(seat, at_us)

    def _add(self, from_us: int, to_us: int, what: str, case: str | None, because: str) -> None:
        self.found.append(Shown(from_us=from_us, to_us=to_us, what=what, case=case, because=because))

    def _close_seat(self, seat: str, at_us: int) -> None:
        since_us = self._seats.pop(seat, None)
        if since_us is None:
            return
        for case in sorted(self._cases):
            self._add(since_us, at_us, "routine", case, seat)
        for case, (opened_us, because) in self._alarms.items():
            self._add(max(since_us, opened_us), at_us, "alarm", case, because)

    def _close_alarm(self, case: str, at_us: int) -> None:
        opened_us, because = self._alarms.pop(case, (0, ""))
        if because:
            for since_us in self._seats.values():
                self._add(max(since_us, opened_us), at_us, "alarm", case, because)

    def _close_grant(self, grant: str, at_us: int) -> None:
        if grant in self._grants:
            since_us, case = self._grants.pop(grant)
            self._add(since_us, at_us, "grant", case, grant)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookerRow:
    """One user's looks in a period, for the monthly review."""

    user: str
    looks: int
    without_alarm: int
    """Looks at a case that had no alarm open."""
    refused: int
    break_glass: int
    out_of_shift: int
    """Looks from a shell, or while the user sat at no desk."""
    own_postcode: int
    """Looks at cases with an address in the user's own postcode, or in which the user has a part."""
    often: tuple[tuple[str, int], ...]
    """Persons looked at again and again, with how often."""


Neighbours: TypeAlias = Mapping[str, frozenset[str]]
"""For each user the cases that are close to their own life."""


def access_review(entries: Iterable[Entry], from_us: int, to_us: int, neighbours: Neighbours | None = None) -> tuple[LookerRow, ...]:
    """The looks of [from, to) by user, most looks first."""
    tally = _Tally(neighbours or {})
    for entry in entries:
        at_us = us_of(entry["at"])
        if at_us >= to_us:
            break
        tally.take(entry, counts=at_us >= from_us)
    return tuple(sorted(map(tally.row, tally.users), key=lambda row: (-row.looks, row.user)))


class _Tally:
    def __init__(self, neighbours: Neighbours) -> None:
        self._neighbours = neighbours
        self.users: dict[str, None] = {}
        self._open: set[str] = set()
        self._seats: Counter[str] = Counter()
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._persons: dict[str, Counter[str]] = defaultdict(Counter)
        self._takers: Mapping[str, Callable[[str, Entry], None]] = {
            "read": self._look,
            "refused": self._refusal,
            "grant-started": self._grant,
        }

    def take(self, entry: Entry, *, counts: bool) -> None:
        """Follow one entry; count it where it lies in the period."""
        event, user = str(entry.get("event")), str(entry.get("user"))
        match event:
            case "view-opened":
                self._seats[user] += 1
            case "view-closed":
                self._seats[user] -= 1
            case "view-widened":
                self._open.add(str(entry["case"]))
            case "view-narrowed":
                self._open.discard(str(entry["case"]))
            case _:
                if counts and event in self._takers:
                    self.users[user] = None
                    self._takers[event](user, entry)

    def row(self, user: str) -> LookerRow:
        """The line of one user."""
        counts = self._counts[user]
        often = sorted(((person, n) for person, n in self._persons[user].items() if n >= OFTEN), key=lambda pair: (-pair[1], pair[0]))
        return LookerRow(
            user=user,
            looks=counts["looks"],
            without_alarm=counts["without_alarm"],
            refused=counts["refused"],
            break_glass=counts["break_glass"],
            out_of_shift=counts["out_of_shift"],
            own_postcode=counts["own_postcode"],
            often=tuple(often),
        )

    def _look(self, user: str, entry: Entry) -> None:
        counts = self._counts[user]
        if not entry.get("allowed"):
            counts["refused"] += 1
            return
        counts["looks"] += 1
        if entry.get("case") is not None and str(entry["case"]) not in self._open:
            counts["without_alarm"] += 1
        if str(entry.get("case")) in self._neighbours.get(user, frozenset()):
            counts["own_postcode"] += 1
        if self._seats[user] <= 0:
            counts["out_of_shift"] += 1
        if entry.get("person") is not None:
            self._persons[user][str(entry["person"])] += 1

    def _refusal(self, user: str, entry: Entry) -> None:
        if entry.get("code") == "not-allowed":
            self._counts[user]["refused"] += 1

    def _grant(self, user: str, entry: Entry) -> None:
        if entry.get("break_glass"):
            self._counts[user]["break_glass"] += 1
