"""An export that somebody who proved who they are asks for at a shell: under the same grant, with the same entries as at a desk."""

from backend_bridge.application import exports
from backend_bridge.application.inbox import ShellExport
from backend_bridge.application.reads import decide
from backend_bridge.application.turn import Turn
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.outcomes.access_events import ActRefused
from backend_bridge.domain.queries import MakeExport


def take_shell_export(turn: Turn, order: ShellExport) -> None:
    """Decide it, write it down, and enter what is handed out; whoever asked reads the answer from the entries."""
    try:
        user = turn.room.duty.user(order.by)
        verdict, event, query = decide(order.query, user, "shell", turn.room, turn.now_us)
        if verdict and isinstance(query, MakeExport):
            turn.decisions.log(event)
            exports.enter(turn, query, user, verdict)
            return
        refused = Refused(Code.NOT_ALLOWED, "export")
    except Refused as error:
        refused = error
    turn.decisions.log(ActRefused(user=order.by, seat="shell", act="MakeExport", code=refused.code.value))
