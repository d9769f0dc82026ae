"""Deleting positions that are older than the law allows: proposed by one person, decided by another, certified at the end."""

from dataclasses import replace
from typing import Final

from backend_bridge.domain.access.destruction import DestructionBook, OldPositions
from backend_bridge.domain.access.duty import Duty
from backend_bridge.domain.alarms.alarm_acts import must_say
from backend_bridge.domain.commands import DecideDeletion
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import DestructionId
from backend_bridge.domain.outcomes.decisions import Decisions
from backend_bridge.domain.outcomes.destruction_events import RetentionDecided, RetentionDone, RetentionProposed
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.user import User

PROPOSAL_LIFE_US: Final = 24 * 3600 * MICROSECONDS
"""How long a proposal may be decided, like any other request."""


def propose(book: DestructionBook, user: User, reason: str, counts: tuple[int, int, int], decisions: Decisions) -> OldPositions:
    """The proposal, which takes the place of one that waits; `counts` are the devices, cases and held cases that it is about."""
    said = must_say(reason, Code.NEEDS_REASON)
    waiting = book.old_in("waiting")
    if waiting is not None:
        book.put_old(replace(waiting, state="lapsed"))
    n_devices, n_cases, n_held = counts
    made = OldPositions(
        proposal=DestructionId(f"OLD-{len(book.old) + 1}"),
        state="waiting",
        asked_by=user.user,
        human=user.person,
        asked_us=decisions.now_us,
        reason=said,
        n_devices=n_devices,
        n_cases=n_cases,
        n_held=n_held,
    )
    decisions.log(
        RetentionProposed(proposal=made.proposal, user=user.user, reason=said, n_devices=n_devices, n_cases=n_cases, n_held=n_held)
    )
    return book.put_old(made)


def decide(book: DestructionBook, duty: Duty, user: User, command: DecideDeletion, decisions: Decisions) -> OldPositions:
    """The proposal after another person's word; refuses whoever made it, under any account."""
    one = book.old.get(command.proposal)
    if one is None:
        raise Refused(Code.UNKNOWN_DESTRUCTION, command.proposal)
    if one.state != "waiting" or decisions.now_us >= one.asked_us + PROPOSAL_LIFE_US:
        raise Refused(Code.REQUEST_DECIDED)
    if user.user == one.asked_by or user.person == one.human or duty.same_person(one.asked_by, user.user):
        raise Refused(Code.OWN_REQUEST)
    said = must_say(command.reason, Code.NEEDS_REASON)
    under_way = book.old_in("approved")
    if command.approve and under_way is not None:
        raise Refused(Code.DELETION_RUNNING, under_way.proposal)
    decisions.log(RetentionDecided(proposal=one.proposal, user=user.user, approved=command.approve, reason=said))
    state = "approved" if command.approve else "refused"
    return book.put_old(replace(one, state=state, decided_by=user.user, decision_reason=said))


def done(book: DestructionBook, counts: tuple[int, int, int], certificate: str | None, decisions: Decisions) -> None:
    """What was approved is gone: (fixes, devices, rows of the store), and the certificate's hash, None where nothing had to go."""
    one = book.old_in("approved")
    book.deleting = ()
    if one is None:
        return
    n_fixes, n_devices, n_records = counts
    decisions.log(RetentionDone(proposal=one.proposal, n_fixes=n_fixes, n_devices=n_devices, n_records=n_records, certificate=certificate))
    book.put_old(replace(one, state="done", done_us=decisions.now_us, n_fixes=n_fixes, certificate=certificate))


def pass_time(book: DestructionBook, now_us: int) -> None:
    """A proposal that nobody decided within a day lapses."""
    waiting = book.old_in("waiting")
    if waiting is not None and now_us >= waiting.asked_us + PROPOSAL_LIFE_US:
        book.put_old(replace(waiting, state="lapsed"))
