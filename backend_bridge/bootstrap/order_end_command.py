"""`end-order`: with `--by`, what the court's record says is entered by one person and confirmed by another who reads it there too.

Without `--by` it is the office's own system, or whoever holds the folder and its key, that tells of an end, which holds at once.
"""

from backend_bridge.adapters.local_control import Emit, Request
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.time_text import text_of_us, us_of_text
from backend_bridge.application.inbox import EndOrder
from backend_bridge.application.outcome import Outcome
from backend_bridge.bootstrap.bridge import Bridge
from backend_bridge.bootstrap.proven import decide
from backend_bridge.domain.access.order_ends import OrderEnd
from backend_bridge.domain.commands import DecideOrderEnd, ProposeOrderEnd
from backend_bridge.domain.identifiers import CaseId, UserId
from backend_bridge.domain.outcomes.bridge_events import OrderEnded
from backend_bridge.domain.retention import DESTROYS, EndGround


def end_order_command(bridge: Bridge, request: Request, emit: Emit) -> int:
    """Enter the end of an order, or confirm or refuse what another person entered."""
    case, reason = CaseId(_text(request, "case")), _text(request, "reason")
    if request.arguments.get("refuse"):
        waiting = _waiting(bridge, case)
        decide(bridge, request, DecideOrderEnd(case=case, at_us=waiting.at_us, ground=waiting.ground, approve=False, reason=reason))
        emit.out(f"refused: the order of {case} {'holds' if _holds(bridge, case) else 'is over'} as before")
        return 0
    at_us, ground = _instant(request), _ground(request.arguments.get("ground"), reason)
    if request.arguments.get("confirm"):
        outcome = decide(bridge, request, DecideOrderEnd(case=case, at_us=at_us, ground=ground, approve=True, reason=reason))
    elif request.arguments.get("by") is None:
        outcome = bridge.carry_out([EndOrder(by=UserId(request.user), case=case, at_us=at_us, ground=ground, reason=reason)])
        if not _is_ended(outcome, case):
            raise InputRefusedError([f"CASE {case}: no case of that name is registered"])
    else:
        outcome = decide(bridge, request, ProposeOrderEnd(case=case, at_us=at_us, ground=ground, reason=reason))
    if _is_ended(outcome, case):
        _say_ended(emit, case, bridge.room.registry.case(case).order.ends_us, ground)
    else:
        what = f"the order of {case} ends at {text_of_us(at_us)} ({ground.value})"
        emit.out(f"{what} once another supervisor confirms it, here with --confirm or at a desk; until then it holds")
    return 0


def _is_ended(outcome: Outcome, case: CaseId) -> bool:
    """Whether the turn, in which others act too, ended the order of this case."""
    return any(isinstance(event, OrderEnded) and event.case == case for event in outcome.events)


def _holds(bridge: Bridge, case: CaseId) -> bool:
    return bridge.clock.now_us() < bridge.room.registry.case(case).order.ends_us


def _say_ended(emit: Emit, case: CaseId, ends_us: int, ground: EndGround) -> None:
    """Say when the order is over, which is its own date where what was entered is later: no order is made longer."""
    emit.out(f"the order of {case} ends at {text_of_us(ends_us)} ({ground.value})")
    if DESTROYS[ground] is not None:
        emit.out("the case is due for destruction: see destroy list")
    if ground is EndGround.OTHER:
        emit.out("no ground of the law is named, so nothing is due for destruction now; name one with --ground if there is one")


def _waiting(bridge: Bridge, case: CaseId) -> OrderEnd:
    waiting = bridge.room.order_ends.ends.get(case)
    if waiting is None or waiting.state != "waiting":
        raise InputRefusedError([f"CASE {case}: no end of its order waits for a decision"])
    return waiting


def _instant(request: Request) -> int:
    try:
        return us_of_text(_text(request, "at"))
    except ValueError as error:
        raise InputRefusedError([f"--at: {error}"]) from None


def _ground(named: object, reason: str) -> EndGround:
    """The ground as named, or the reason where it is nothing but the name of one; no ground is guessed from a sentence."""
    names = {ground.value: ground for ground in EndGround}
    if isinstance(named, str):
        if named not in names:
            raise InputRefusedError([f"--ground {named}: must be one of {', '.join(names)}"])
        return names[named]
    return names.get(reason.casefold(), EndGround.OTHER)


def _text(request: Request, name: str) -> str:
    value = request.arguments.get(name)
    if not isinstance(value, str) or not value.strip():
        sentence = {"reason": "must say why the order ends", "at": "must say when it ends, as the court's record does"}
        raise InputRefusedError([f"--{name}: {sentence.get(name, 'is missing')}"])
    return value.strip()
