"""Ending an order: two people for what takes protection or data away, nobody for an order that ends by its date."""

from dataclasses import dataclass, replace
from typing import assert_never

from backend_bridge.application import alarm_flow, destruction_due
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access import order_ends
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.access.order_ends import OrderEnd
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.alarms.alarm_acts import must_say
from backend_bridge.domain.commands import DecideOrderEnd, ProposeOrderEnd
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId, UserId
from backend_bridge.domain.outcomes.bridge_events import OrderEndedOn
from backend_bridge.domain.retention import DESTROYS, EndGround, Ground
from backend_bridge.domain.user import User

OrderEndCommand = ProposeOrderEnd | DecideOrderEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """An order that is over from `at_us` on, and what makes its data due for destruction at once."""

    case: CaseId
    at_us: int
    destroys: Ground | None
    by: UserId


def perform(turn: Turn, user: User, command: OrderEndCommand) -> str:
    """Enter the end of an order, or decide about what another person entered; the state of it: `waiting`, `confirmed`, `refused`."""
    match command:
        case ProposeOrderEnd():
            turn.must(user.user, Action.PROPOSE_ORDER_END)
            return _propose(turn, user, command)
        case DecideOrderEnd():
            turn.must(user.user, Action.DECIDE_ORDER_END)
            one = order_ends.decide(turn.room.order_ends, turn.room.duty, user, command, turn.decisions)
            alarm_flow.take_changes(turn, turn.system_clear(alarm_code(one.case)))
            if one.state == "confirmed":
                enter(turn, one.case, one.at_us, (one.ground, one.reason), one.asked_by)
            return one.state
        case _:
            assert_never(command)


def _propose(turn: Turn, user: User, command: ProposeOrderEnd) -> str:
    if command.case not in turn.room.registry.held:
        raise Refused(Code.UNKNOWN_CASE, command.case)
    order = turn.room.registry.held[command.case].case.order
    if command.at_us < order.starts_us:
        raise Refused(Code.BAD_PERIOD)
    if not order_ends.takes_something(order.ends_us, command):
        reason = must_say(command.reason, Code.NEEDS_REASON)
        enter(turn, command.case, command.at_us, (command.ground, reason), user.user)
        return "confirmed"
    one = order_ends.propose(turn.room.order_ends, user, command, turn.decisions)
    _call(turn, one)
    return one.state


def pass_time(turn: Turn) -> None:
    """Whoever closes the alarm of an end that waits has not decided it: it comes again."""
    for one in turn.room.order_ends.waiting():
        _call(turn, one)


def _call(turn: Turn, one: OrderEnd) -> None:
    alarm_flow.take_changes(turn, turn.system_alarm(alarm_code(one.case), AlarmLevel.AMBER, {"detail": one.case}))


def enter(turn: Turn, case: CaseId, at_us: int, why: tuple[EndGround, str], by: UserId) -> None:
    """Enter that an order is over from `at_us` on, on a ground of the law and for a reason in words, and let it end."""
    ground, reason = why
    turn.decisions.log(OrderEndedOn(case=case, end_us=at_us, reason=reason, user=by, ground=ground))
    end(turn, Ended(case=case, at_us=at_us, destroys=DESTROYS[ground], by=by))


def end(turn: Turn, ended: Ended) -> None:
    """Let an order end: nothing is decided about its wearer from then on, access to it stops, and destruction may be due."""
    room, case = turn.room, ended.case
    room.registry.end(case, ended.at_us)
    room.holders.end(case, ended.at_us)
    alarm_flow.take_changes(turn, room.watch.end_order(case, ended.at_us))
    for grant in room.grants.running():
        if grant.case == case and grant.to_us > ended.at_us:
            room.grants.put_grant(replace(grant, to_us=max(ended.at_us, grant.from_us)))
    destruction_due.order_ended(turn, case, ended.destroys, ended.by)
    _settle(turn, ended)


def _settle(turn: Turn, ended: Ended) -> None:
    """What waits for another person is over with the order, unless it says that it ended earlier still or that its data must go."""
    one = turn.room.order_ends.ends.get(ended.case)
    if one is None or one.state != "waiting" or one.at_us < turn.room.registry.case(ended.case).order.ends_us:
        return
    if DESTROYS[one.ground] is None or ended.destroys is not None:
        turn.room.order_ends.put(replace(one, state="confirmed", decided_by=ended.by))
        alarm_flow.take_changes(turn, turn.system_clear(alarm_code(one.case)))


def alarm_code(case: CaseId) -> str:
    """Code of the alarm that keeps an end of an order from being left undecided."""
    return f"order-end:{case}"
