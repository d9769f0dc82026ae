"""What somebody decides at a shell after proving who they are: as if they sat at a desk, and refused for the same reasons."""

from backend_bridge.adapters.account_records import AccountBook
from backend_bridge.adapters.local_control import Request
from backend_bridge.adapters.passwords import Passwords
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.application.destruction_acts import DestructionCommand
from backend_bridge.application.inbox import ShellAct
from backend_bridge.application.outcome import Outcome
from backend_bridge.bootstrap.bridge import Bridge
from backend_bridge.domain.errors import SENTENCES, Code
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.outcomes.access_events import ActRefused


def proven(bridge: Bridge, request: Request) -> UserId:
    """The user named by `--by`, whose password was given; raises `InputRefusedError`."""
    name, password = request.arguments.get("by"), request.arguments.get("password")
    account = AccountBook(bridge.reader).account(name) if isinstance(name, str) else None
    kept = account.secret if account is not None and account.enabled else None
    if not isinstance(password, str) or not Passwords().is_right(kept, password) or account is None:
        raise InputRefusedError(["--by: a supervisor's name and password are needed"])
    return UserId(account.user)


def decide(bridge: Bridge, request: Request, command: DestructionCommand) -> Outcome:
    """Carry out a command of whoever has proved who they are; raises `InputRefusedError` where the room refuses."""
    outcome = bridge.carry_out([ShellAct(by=proven(bridge, request), command=command)])
    for event in outcome.events:
        if isinstance(event, ActRefused) and event.seat == "shell":
            raise InputRefusedError([SENTENCES[Code(event.code)].format(which="this")])
    bridge.finish_destructions()
    return outcome
