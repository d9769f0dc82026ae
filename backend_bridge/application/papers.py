"""Printing and saving at desks: the entry and the mark come before the paper, its hash after it."""

import json
import re
from dataclasses import asdict, replace

from backend_bridge.application.turn import Turn
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.access.grants import Grant
from backend_bridge.domain.access.paper_book import PaperMark
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.outcomes.access_events import DataRead, ListPrinted
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.queries import LAST_KNOWN, NotePaper, PreparePaper, SignReport
from backend_bridge.domain.user import User


def check_name(what: str) -> None:
    """Refuse a name that could say more than which kind of paper it is."""
    if re.fullmatch("[a-z][a-z-]{0,31}", what) is None:
        raise Refused(Code.BAD_FIELDS)


def check_hash(sha256: str) -> None:
    """Refuse what is no SHA-256."""
    if re.fullmatch("[0-9a-f]{64}", sha256) is None:
        raise Refused(Code.BAD_FIELDS)


def take_hash(turn: Turn, query: object, user: User, *, allowed: bool) -> None:
    """A hash is taken only for a copy that the same user began, and once."""
    if isinstance(query, NotePaper | SignReport):
        turn.room.papers.must_be_of(query.copy, user.user)
        if allowed:
            turn.room.papers.done(query.copy)


def begin(turn: Turn, query: PreparePaper, user: User, entry: DataRead) -> tuple[PaperMark, DataRead]:
    """The mark of a new copy, and its entry with what it is of, the number, and the access under which it is made."""
    grant = _grant_for(turn, user, entry.case)
    copy = turn.room.papers.begin(user.user)
    purpose = Purpose.COMPLIANCE if grant is None else grant.purpose
    access = None if grant is None else grant.grant
    mark = PaperMark(copy=copy, user=user.user, at_us=turn.now_us, purpose=purpose, access=access)
    what = query.what if query.incident is None else f"{query.what} of {query.incident}"
    return mark, replace(entry, purpose=purpose, grant=access, scope=f"{what}, copy {copy}")


def enter_people(turn: Turn, query: PreparePaper, user: User, entry: DataRead, copy: int) -> None:
    """Enter whose cases the list of last known positions may hold, so that the registers by person can name it."""
    if query.what != LAST_KNOWN:
        return
    room, now_us = turn.room, turn.now_us
    sight = room.access.sight(user.user, now_us)
    named = ((name, held) for name, held in room.registry.held.items() if held.in_force(now_us))
    held_of = {name: held for name, held in named if sight.may(Action.SEE_CASE, None, name)}
    printed = ListPrinted(
        user=user.user,
        seat=entry.seat,
        what=query.what,
        copy=copy,
        cases=tuple(sorted(held_of)),
        n_people=sum(1 + len(held.case.protected) for held in held_of.values()),
        grants=tuple(grant.grant for grant in room.grants.of_user(user.user, now_us)),
    )
    turn.decisions.log(printed)


def _grant_for(turn: Turn, user: User, case: CaseId | None) -> Grant | None:
    return next((grant for grant in turn.room.grants.of_user(user.user, turn.now_us) if grant.case == case), None)


def mark_text(mark: PaperMark | None) -> str:
    """The mark as JSON, for the desk that draws the pages."""
    return json.dumps({} if mark is None else asdict(mark))
