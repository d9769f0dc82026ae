"""Deleting positions that are older than the law allows: proposed by one person, decided by another."""

from dataclasses import dataclass
from typing import Final

from backend_bridge.domain.access.destruction import DestructionBook, Proposal
from backend_bridge.domain.access.duty import Duty
from backend_bridge.domain.alarms.alarm_acts import must_say
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.outcomes.decisions import Decisions
from backend_bridge.domain.outcomes.destruction_events import RetentionDecided, RetentionProposed
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.user import User

PROPOSAL_LIFE_US: Final = 24 * 3600 * MICROSECONDS
"""So long a proposal may be decided, like any other request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeDeletion:
    """Ask that what is too old now is deleted; takes the place of a proposal that waits."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideDeletion:
    """Let what a proposal is about be deleted for good, or not."""

    proposal: str
    approve: bool
    reason: str


def propose(book: DestructionBook, user: User, reason: str, counts: tuple[int, int, int], decisions: Decisions) -> Proposal:
    """The proposal; `counts` are the devices, cases and held cases that it is about."""
    said = must_say(reason, Code.NEEDS_REASON)
    book.n_proposals += 1
    made = Proposal(proposal=f"OLD-{book.n_proposals}", asked_by=user.user, human=user.person, asked_us=decisions.now_us)
    n_devices, n_cases, n_held = counts
    decisions.log(
        RetentionProposed(proposal=made.proposal, user=user.user, reason=said, n_devices=n_devices, n_cases=n_cases, n_held=n_held)
    )
    book.proposal = made
    return made


def decide(book: DestructionBook, duty: Duty, user: User, command: DecideDeletion, decisions: Decisions) -> Proposal | None:
    """The proposal to carry out, or None where it is refused; refuses whoever made it, under any account."""
    one = book.proposal
    if one is None or one.proposal != command.proposal:
        raise Refused(Code.UNKNOWN_DESTRUCTION, command.proposal)
    if decisions.now_us >= one.asked_us + PROPOSAL_LIFE_US:
        raise Refused(Code.REQUEST_DECIDED)
    if user.user == one.asked_by or user.person == one.human or duty.same_person(one.asked_by, user.user):
        raise Refused(Code.OWN_REQUEST)
    said = must_say(command.reason, Code.NEEDS_REASON)
    decisions.log(RetentionDecided(proposal=one.proposal, user=user.user, approved=command.approve, reason=said))
    book.proposal = None
    return one if command.approve else None
