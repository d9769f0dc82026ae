"""Looking something up: decided and written down first, answered after that is on disk (`answers`), cut to what the verdict allows."""

from dataclasses import replace
from functools import partial
from typing import TypeVar

from backend_bridge.application import exports, papers
from backend_bridge.application.inbox import Ask
from backend_bridge.application.lookups import Lookup, lookup_of
from backend_bridge.application.outcome import Reply
from backend_bridge.application.room_state import Room
from backend_bridge.application.told_tracks import beside, entry_beside
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.access.verdict import Verdict
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import PersonId
from backend_bridge.domain.outcomes.access_events import ActRefused, DataRead
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.queries import MakeExport, PreparePaper, Query, ReadTrack
from backend_bridge.domain.user import User

Periodic = TypeVar("Periodic", bound=ReadTrack | MakeExport)


def take_ask(turn: Turn, ask: Ask) -> None:
    """Decide a query, write the look down, and let the answer be given once that is on disk."""
    try:
        user = turn.room.duty.at(ask.seat, ask.user)
        verdict, event, query = decide(ask.query, user, ask.seat, turn.room, turn.now_us)
        papers.take_hash(turn, query, user, allowed=verdict.allowed)
        mark = exports.enter(turn, query, user, verdict) if verdict and isinstance(query, MakeExport) else None
    except Refused as refused:
        name = type(ask.query).__name__
        turn.decisions.log(ActRefused(user=ask.user, seat=ask.seat, act=name, code=refused.code.value))
        turn.replies.append(Reply(act=ask.act, seat=ask.seat, refusal=refused.code.value, sentence=refused.sentence))
        return
    paper = other = None
    if verdict and isinstance(query, PreparePaper):
        paper, event = papers.begin(turn, query, user, event)
        papers.enter_people(turn, query, user, event, paper.copy)
    if verdict and isinstance(query, ReadTrack):
        other = beside(query, turn.room, partial(_may_see, turn, user, query))
        event = event if other is None else replace(event, scope=f"with {other.wearer}, for rings")
    turn.decisions.log(event)
    for entry in () if other is None else entry_beside(event, other, turn.room):
        turn.decisions.log(entry)
    if verdict:
        turn.replies.append(Reply(act=ask.act, seat=ask.seat, query=query, verdict=verdict, beside=other, mark=mark, paper=paper))
    else:
        no = Refused(Code.NOT_ALLOWED, event.what)
        turn.replies.append(Reply(act=ask.act, seat=ask.seat, refusal=no.code.value, sentence=no.sentence))


def decide(query: Query, user: User, seat: str, room: Room, now_us: int) -> tuple[Verdict, DataRead, Query]:
    """The verdict about a look, the entry that says that it was asked for, and the query cut to what is allowed."""
    look = lookup_of(query, room)
    verdict = room.access.may(user.user, look.action, look.person, look.case, look.purpose, now_us)
    cut = look.query
    if verdict and isinstance(cut, ReadTrack | MakeExport):
        cut = _within(cut, verdict, now_us)
        look = replace(look, from_us=cut.from_us, to_us=cut.to_us)
    grant = room.grants.grants.get(verdict.grant) if verdict.grant is not None else None
    if grant is not None:
        look = replace(look, purpose=grant.purpose)
    return verdict, _entry(look, user, seat, verdict), cut


def _may_see(turn: Turn, user: User, query: ReadTrack, action: Action, person: PersonId) -> Verdict:
    purpose = None if query.purpose is Purpose.COMPLIANCE else query.purpose
    return turn.room.access.may(user.user, action, person, query.case, purpose, turn.now_us)


def _within(query: Periodic, verdict: Verdict, now_us: int) -> Periodic:
    from_us = query.from_us if verdict.from_us is None else max(query.from_us, verdict.from_us)
    to_us = min(query.to_us, now_us + 1 if verdict.to_us is None else verdict.to_us)
    return replace(query, from_us=from_us, to_us=max(from_us, to_us))


def _entry(look: Lookup, user: User, seat: str, verdict: Verdict) -> DataRead:
    return DataRead(
        user=user.user,
        seat=seat,
        what=look.what,
        case=look.case,
        person=look.person,
        device=look.device,
        purpose=look.purpose or Purpose.COMPLIANCE,
        from_us=look.from_us,
        to_us=look.to_us,
        allowed=verdict.allowed,
        why=verdict.why,
        grant=verdict.grant,
        scope=look.scope,
    )
