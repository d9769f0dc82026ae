"""Answers that are made of the whole log: ledger, register, review, looks of one user at one person, subject access."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import assert_never

from backend_bridge.application.ledger import Entry, LedgerRow, LookerRow, Neighbours, Shown, access_review, shown_to, usage_ledger
from backend_bridge.application.register import May, register, subject_access
from backend_bridge.application.register_rows import RegisterRow, SubjectRow
from backend_bridge.application.room_state import Room
from backend_bridge.domain.case import Case
from backend_bridge.domain.identifiers import CaseId, PersonId, UserId
from backend_bridge.domain.queries import ReadLedger, ReadLooks, ReadRegister, ReadReview, ReadSubject
from backend_bridge.domain.user import User
from backend_bridge.domain.watching.registry import knows

LedgerQuery = ReadLedger | ReadReview | ReadLooks | ReadRegister | ReadSubject


def ledger_lines(query: LedgerQuery, room: Room, entries: Iterable[Entry], user: UserId) -> Iterator[str]:
    """The rows of a ledger as JSON texts, as far as the user may see them."""
    sight = room.access.sight(user, room.now_us)
    rows = ledger_rows(query, room, entries, lambda action, person, case: bool(sight.may(action, person, case)))
    return (json.dumps(asdict(row), ensure_ascii=False) for row in rows)


def ledger_rows(
    query: LedgerQuery, room: Room, entries: Iterable[Entry], may: May
) -> Iterable[LedgerRow | LookerRow | Shown | RegisterRow | SubjectRow]:
    """The rows of a ledger, of entries of the whole log; `may` says what of the persons themselves may be told."""
    match query:
        case ReadLedger():
            return usage_ledger(entries, query.from_us, query.to_us)
        case ReadReview():
            return access_review(entries, query.from_us, query.to_us, neighbours_of(room))
        case ReadLooks():
            return shown_to(entries, query.user, query.person, (query.from_us, query.to_us), _cases_of(query.person, room))
        case ReadRegister():
            return register(entries, query.from_us, query.to_us)
        case ReadSubject():
            return subject_access(entries, query, _cases_of(query.person, room), room, may)
        case _:
            assert_never(query)


def neighbours_of(room: Room) -> Neighbours:
    """For each user the cases that are close to their own life: an address in their postcode, or a part of their own."""
    near: dict[str, frozenset[str]] = {}
    for user in room.duty.users.values():
        near[user.user] = frozenset(
            name for name, held in room.registry.held.items() if knows(held.case, PersonId(user.person)) or _lives_near(user, held.case)
        )
    return near


def _lives_near(user: User, case: Case) -> bool:
    return bool(user.postcode) and any(user.postcode in (place.address or "") for place in case.places)


def _cases_of(person: PersonId, room: Room) -> frozenset[CaseId]:
    return frozenset(name for name, held in room.registry.held.items() if knows(held.case, person))
