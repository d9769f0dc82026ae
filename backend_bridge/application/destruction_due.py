"""What the law wants destroyed from now on: because an order ended on a ground of it, or because its years are over."""

from backend_bridge.application.turn import Turn
from backend_bridge.domain.identifiers import CaseId, UserId
from backend_bridge.domain.retention import Ground, policy_of
from backend_bridge.domain.user import User


def order_ended(turn: Turn, case: CaseId, ground: Ground | None, by: UserId) -> None:
    """An order that ended by acquittal, or lost its effect, makes the destruction of the case due; None: nothing is due at once."""
    jurisdiction = turn.room.registry.held[case].case.jurisdiction
    if ground is not None and ground in policy_of(jurisdiction).at_once:
        become_due(turn, case, ground, turn.room.duty.users.get(by))


def become_due(turn: Turn, case: CaseId, ground: Ground, user: User | None) -> None:
    """The destruction of a case is due; `user` entered what led to it, None for time."""
    made = turn.room.destructions.due(case, ground, user, turn.decisions)
    if made is not None:
        turn.room.destructions.under(turn.room.registry.case(case).jurisdiction, made)
