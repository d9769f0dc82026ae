"""What somebody decides at a shell after proving who they are: as if they sat at a desk, and refused for the same reasons."""

from typing import Final, NoReturn

from backend_bridge.adapters.account_records import AccountBook
from backend_bridge.adapters.local_control import Request
from backend_bridge.adapters.login_tries import tries_record
from backend_bridge.adapters.passwords import Passwords
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.user_accounts import Account
from backend_bridge.application.inbox import LoginRefused, ShellAct, ShellCommand
from backend_bridge.application.outcome import Outcome
from backend_bridge.bootstrap.bridge import Bridge
from backend_bridge.domain.access.session import SessionPolicy, Tries, at_speed
from backend_bridge.domain.errors import SENTENCES, Code
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.outcomes.access_events import ActRefused

_OF_A_CASE: Final = (Code.UNKNOWN_CASE.value, Code.NO_ORDER_END.value, Code.ORDER_END_CHANGED.value)
_WHO: Final = "--by: a supervisor's name and password are needed"


def proven(bridge: Bridge, request: Request) -> UserId:
    """The user named by `--by`, whose password was given; raises `InputRefusedError`."""
    name, password = request.arguments.get("by"), request.arguments.get("password")
    if not isinstance(name, str) or not isinstance(password, str):
        raise InputRefusedError([_WHO])
    account = AccountBook(bridge.reader).account(name)
    if bridge.tries.is_shut_out(name, bridge.clock.now_us()):
        _refuse(bridge, request, account, ("locked", "--by: too many wrong passwords for this name; try again in a quarter of an hour"))
    _count(bridge, name, account)
    kept = account.secret if account is not None and account.enabled else None
    if not Passwords().is_right(kept, password) or account is None:
        _refuse(bridge, request, account, ("wrong-secret", _WHO))
    if bridge.tries.forget(name):
        bridge.carry_out([], [tries_record(name, Tries())])
    return UserId(name)


def _count(bridge: Bridge, name: str, account: Account | None) -> None:
    """Every try counts as wrong, and is on disk as such, until it has turned out to be right: nobody gains one by ending the command."""
    tries = bridge.tries.count(name, bridge.clock.now_us(), at_speed(SessionPolicy(), bridge.clock.speed))
    if account is not None:
        bridge.carry_out([], [tries_record(name, tries)])


def _refuse(bridge: Bridge, request: Request, account: Account | None, why: tuple[str, str]) -> NoReturn:
    """Enter who tried as whom, and say no; a name without an account may be a password, and stays out of the log."""
    reason = "unknown" if account is None else "disabled" if not account.enabled else why[0]
    named = UserId("?") if account is None else account.user
    bridge.carry_out([LoginRefused(user=named, desk=f"shell:{request.user}", reason=reason)])
    raise InputRefusedError([why[1]])


def decide(bridge: Bridge, request: Request, command: ShellCommand) -> Outcome:
    """Carry out a command of whoever has proved who they are; raises `InputRefusedError` where the room refuses."""
    outcome = bridge.carry_out([ShellAct(by=proven(bridge, request), command=command)])
    for event in outcome.events:
        if isinstance(event, ActRefused) and event.seat == "shell":
            raise InputRefusedError([SENTENCES[Code(event.code)].format(which=_which(request, event.code))])
    bridge.finish_destructions()
    return outcome


def _which(request: Request, code: str) -> str:
    """What a refusal is about, where it was named and is not there."""
    names = {Code.UNKNOWN_DESTRUCTION.value: ("name", "approve", "refuse")} | dict.fromkeys(_OF_A_CASE, ("case",))
    named = [request.arguments.get(name) for name in names.get(code, ())]
    return next((text for text in named if isinstance(text, str)), "this")
