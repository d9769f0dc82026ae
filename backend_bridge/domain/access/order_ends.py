"""Ending an order before its date: entered by one person from the court's record, confirmed by another before anything ends."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from backend_bridge.domain.access.duty import Duty
from backend_bridge.domain.alarms.alarm_acts import must_say
from backend_bridge.domain.commands import DecideOrderEnd, ProposeOrderEnd
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId, UserId
from backend_bridge.domain.outcomes.bridge_events import OrderEndDecided, OrderEndProposed
from backend_bridge.domain.outcomes.changed import Changed
from backend_bridge.domain.outcomes.decisions import Decisions
from backend_bridge.domain.retention import DESTROYS, EndGround
from backend_bridge.domain.user import User


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEnd:
    """What one person entered about the end of an order, and what another said to it."""

    case: CaseId
    at_us: int
    ground: EndGround
    reason: str
    state: str
    """`waiting`, `confirmed`, `refused`."""
    asked_by: UserId
    human: str
    """The human being who entered it, as the account stood then."""
    asked_us: int
    decided_by: UserId | None = None
    """Who confirmed or refused it; or who ended the order so before anybody had."""
    decision_reason: str | None = None


class OrderEndBook:
    """The newest entry of each case; one that waits has no end of its own: until it is decided, the order holds."""

    def __init__(self) -> None:
        self.ends: dict[CaseId, OrderEnd] = {}
        self.changed = Changed()

    def put(self, one: OrderEnd) -> OrderEnd:
        """Hold what is entered about a case, in the place of what was."""
        self.ends[one.case] = one
        self.changed.touch(one.case)
        return one

    def waiting(self) -> Iterator[OrderEnd]:
        """What nobody has decided about yet."""
        return (each for each in tuple(self.ends.values()) if each.state == "waiting")

    def forget(self, case: CaseId) -> None:
        """Hold nothing about a case any more."""
        if self.ends.pop(case, None) is not None:
            self.changed.touch(case)


def takes_something(ends_us: int, command: ProposeOrderEnd) -> bool:
    """Whether an order that ends, or ended, at `ends_us` would protect for less time, or its data go sooner: they count from its end."""
    return DESTROYS[command.ground] is not None or command.at_us < ends_us


def propose(book: OrderEndBook, user: User, command: ProposeOrderEnd, decisions: Decisions) -> OrderEnd:
    """What waits for another person from now on."""
    reason = must_say(command.reason, Code.NEEDS_REASON)
    decisions.log(OrderEndProposed(case=command.case, end_us=command.at_us, ground=command.ground, reason=reason, user=user.user))
    return book.put(
        OrderEnd(
            case=command.case,
            at_us=command.at_us,
            ground=command.ground,
            reason=reason,
            state="waiting",
            asked_by=user.user,
            human=user.person,
            asked_us=decisions.now_us,
        )
    )


def decide(book: OrderEndBook, duty: Duty, user: User, command: DecideOrderEnd, decisions: Decisions) -> OrderEnd:
    """What was entered, after another person's word; refuses whoever entered it, under any account."""
    one = book.ends.get(command.case)
    if one is None or one.state != "waiting":
        raise Refused(Code.NO_ORDER_END, command.case)
    if one.at_us != command.at_us or one.ground is not command.ground:
        raise Refused(Code.ORDER_END_CHANGED, command.case)
    if user.user == one.asked_by or user.person == one.human or duty.same_person(one.asked_by, user.user):
        raise Refused(Code.OWN_REQUEST)
    reason = must_say(command.reason, Code.NEEDS_REASON)
    decisions.log(OrderEndDecided(case=one.case, user=user.user, approved=command.approve, reason=reason))
    state = "confirmed" if command.approve else "refused"
    return book.put(replace(one, state=state, decided_by=user.user, decision_reason=reason))
