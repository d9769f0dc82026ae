"""The investigative register, and what a person may be told about themselves, both read from the log."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from backend_bridge.application.ledger import Entry, cases_of, us_of
from backend_bridge.application.register_rows import RegisterRow, SubjectRow
from backend_bridge.application.room_state import Room
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.identifiers import CaseId, PersonId
from backend_bridge.domain.queries import ReadSubject
from backend_bridge.domain.watching.registry import knows, party_of, person_of, places_of


def register(entries: Iterable[Entry], from_us: int, to_us: int) -> tuple[RegisterRow, ...]:
    """The requests and uses of break-glass made in [from, to), with all that the log says of them until now."""
    fold = _Register()
    for entry in entries:
        taker = _TAKERS.get(str(entry.get("event")))
        if taker is not None:
            taker(fold, entry)
    return tuple(row for row in fold.rows.values() if from_us <= us_of(row.at) < to_us)


class _Register:
    """Rows by request (or, for break-glass, by grant), while the log goes by."""

    def __init__(self) -> None:
        self.rows: dict[str, RegisterRow] = {}
        self._of_grant: dict[str, str] = {}

    def requested(self, entry: Entry) -> None:
        """Somebody asked."""
        name = str(entry["request"])
        self.rows[name] = _row(name, entry, "waiting")

    def decided(self, entry: Entry) -> None:
        """Somebody decided."""
        words = {"approve": "approved", "narrow": "narrowed", "deny": "denied"}
        row = self.rows.get(str(entry["request"]))
        if row is not None:
            by = ", ".join(part for part in (row.decided_by, str(entry["user"])) if part)
            state = words.get(str(entry["decision"]), row.state)
            self._put(replace(row, state=state, decided_by=by, decision_reason=_text(entry.get("reason")), fields=_listed(entry)))

    def lapsed(self, entry: Entry) -> None:
        """Nobody decided."""
        row = self.rows.get(str(entry["request"]))
        if row is not None:
            self._put(replace(row, state="lapsed"))

    def started(self, entry: Entry) -> None:
        """Access runs."""
        grant = str(entry["grant"])
        name = str(entry["request"]) if entry.get("request") else grant
        self._of_grant[grant] = name
        if name == grant:
            self.rows[name] = _row(name, entry, "break-glass")
        row = self.rows.get(name)
        if row is not None:
            self._put(replace(row, access=f"{entry['at']} – {entry['ends_at']}"))

    def ended(self, entry: Entry) -> None:
        """Access ended."""
        row = self._by_grant(entry)
        if row is not None:
            since = (row.access or "").split(" – ")[0]
            self._put(replace(row, access=f"{since} – {entry['at']}", ended=str(entry["cause"])))

    def looked(self, entry: Entry) -> None:
        """Something was looked at."""
        row = self._by_grant(entry)
        if row is not None and entry.get("allowed"):
            self._put(replace(row, looks=row.looks + 1))

    def exported(self, entry: Entry) -> None:
        """Something was handed out."""
        row = self._by_grant(entry)
        if row is not None:
            made = f"{entry['export']} ({entry['form']}) to {entry['recipient']}"
            self._put(replace(row, exports=", ".join(part for part in (row.exports, made) if part)))

    def court(self, entry: Entry) -> None:
        """A court spoke."""
        row = self._by_grant(entry)
        if row is not None:
            self._put(replace(row, court=f"{'permitted' if entry['permitted'] else 'refused'}: {entry['number']}"))

    def _by_grant(self, entry: Entry) -> RegisterRow | None:
        return self.rows.get(self._of_grant.get(str(entry.get("grant")), ""))

    def _put(self, row: RegisterRow) -> None:
        self.rows[row.request] = row


_TAKERS: Final = {
    "access-requested": _Register.requested,
    "access-decided": _Register.decided,
    "access-lapsed": _Register.lapsed,
    "grant-started": _Register.started,
    "grant-ended": _Register.ended,
    "read": _Register.looked,
    "export-made": _Register.exported,
    "court-decided": _Register.court,
}


def _row(name: str, entry: Entry, state: str) -> RegisterRow:
    return RegisterRow(
        request=name,
        at=str(entry["at"]),
        user=str(entry["user"]),
        on_behalf_of=_text(entry.get("on_behalf_of")),
        person=str(entry["person"]),
        case=str(entry["case"]),
        purpose=str(entry["purpose"]),
        reason=str(entry["reason"]),
        paper=_text(entry.get("paper")),
        period=f"{entry['from_at']} – {entry['to_at']}",
        fields=_listed(entry),
        state=state,
        decided_by="",
        decision_reason=None,
        access=None,
        ended=None,
        looks=0,
        exports="",
        court=None,
    )


def _listed(entry: Entry) -> str:
    fields = entry.get("fields")
    return " ".join(map(str, fields)) if isinstance(fields, list) else ""


def _text(value: object) -> str | None:
    return None if value is None else str(value)


May = Callable[[Action, PersonId, CaseId], bool]
"""Whether whoever reads may see that of a person of a case."""


def subject_access(entries: Iterable[Entry], query: ReadSubject, cases: frozenset[CaseId], room: Room, may: May) -> tuple[SubjectRow, ...]:
    """What is held of a person, then every use of their data in [from, to): looks, access, disclosures, exports.

    What `may` does not allow the reader to see is told as held, without itself.
    """
    used = (_used(entry, query.person, cases) for entry in entries if query.from_us <= us_of(entry["at"]) < query.to_us)
    return (*_held(query.person, sorted(cases), room, may), *(row for row in used if row is not None))


def _held(person: PersonId, cases: Iterable[CaseId], room: Room, may: May) -> Iterator[SubjectRow]:
    for name in cases:
        case = room.registry.case(name)
        if not knows(case, person):
            continue
        known = person_of(case, person)
        if known is not None:
            yield _line(name, f"name: {known.name}" if may(Action.SEE_IDENTITY, person, name) else "a name")
            for phone in known.phones:
                yield _line(name, f"phone: {phone}" if may(Action.SEE_PHONES, person, name) else "a phone number")
        for place in places_of(case, person):
            address = place.address or "without an address"
            yield _line(
                name, f"{place.kind.value}: {address}" if may(Action.SEE_PLACES, person, name) else f"{place.kind.value}: an address"
            )
        parties = {party.person for party in (case.subject, *case.protected)}
        device = party_of(case, person).device if person in parties else None
        if device is not None:
            yield _line(name, f"positions of device {device}")


def _line(case: CaseId, detail: str) -> SubjectRow:
    return SubjectRow(what="held", at=None, case=case, detail=detail, by=None, purpose=None, n=None)


_USES: Final[Mapping[str, str]] = {
    "read": "what",
    "list-printed": "what",
    "grant-started": "fields",
    "export-made": "recipient",
    "destruction-done": "destruction",
    "disclosure-decided": "decision",
}


def _used(entry: Entry, person: PersonId, cases: frozenset[CaseId]) -> SubjectRow | None:
    """A use of the person's own data; what names the case alone counts where the person has a part in it."""
    event = str(entry.get("event"))
    named = entry.get("person")
    in_case = _text(entry.get("case")) or min(cases_of(entry) & cases, default=None)
    concerns = named == person if named is not None else in_case in cases
    if event not in _USES or not concerns or entry.get("allowed") is False:
        return None
    scope = " ".join(part for part in (_said(entry.get(_USES[event])), _text(entry.get("scope")) or "") if part)
    return SubjectRow(
        what=event,
        at=str(entry["at"]),
        case=in_case,
        detail=scope,
        by=_text(entry.get("user")),
        purpose=_text(entry.get("purpose")),
        n=int(str(entry["n"])),
    )


def _said(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
