"""Rows of destructions and legal holds, for those who decide and those who audit."""

from backend_bridge.application.access_rows import DestructionRow, HoldRow
from backend_bridge.application.looking import Look, Sent
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.identifiers import CaseId, DestructionId
from backend_bridge.domain.retention import policy_of


class DestructionCutter:
    """Which rows a desk has to be sent."""

    def __init__(self) -> None:
        self._destructions = Sent(table=Table.DESTRUCTIONS)
        self._holds = Sent(table=Table.HOLDS)
        self._destruction = self._hold = 0

    def destructions(self, look: Look) -> TableChange | None:
        """Rows of destructions that are new or different since the last call."""
        book = look.room.destructions
        keys = list(book.destructions) if look.first else book.changed.since(self._destruction)
        self._destruction = book.changed.revision
        return self._destructions.differ((key, _destruction(look, DestructionId(key))) for key in keys)

    def holds(self, look: Look) -> TableChange | None:
        """Rows of holds that are new, different or over since the last call."""
        book = look.room.destructions
        keys = list(book.holds) if look.first else book.changed_holds.since(self._hold)
        self._hold = book.changed_holds.revision
        return self._holds.differ((key, _hold(look, CaseId(key))) for key in keys)


def _may(look: Look) -> bool:
    return bool(look.sight.may(Action.SEE_REQUESTS)) or bool(look.sight.may(Action.ASK_DESTRUCTION))


def _destruction(look: Look, key: DestructionId) -> DestructionRow | None:
    one = look.room.destructions.destructions.get(key)
    if one is None or not _may(look):
        return None
    hold = look.room.destructions.holds.get(one.case)
    policy = policy_of(one.jurisdiction)
    mine = one.asked_by is not None and look.room.duty.same_person(one.asked_by, look.sight.user)
    return DestructionRow(
        destruction=one.destruction,
        case=one.case,
        grant=one.grant,
        ground=one.ground,
        basis=policy.basis.get(one.ground.value),
        state=one.state,
        due_us=one.due_us,
        asked_by=one.asked_by,
        asked_us=one.asked_us,
        reason=one.reason,
        decided_by=one.decided_by,
        decision_reason=one.decision_reason,
        done_us=one.done_us,
        certificate=one.certificate,
        held_until_us=None if hold is None else hold.until_us,
        mine=mine,
    )


def _hold(look: Look, case: CaseId) -> HoldRow | None:
    hold = look.room.destructions.holds.get(case)
    if hold is None or not _may(look):
        return None
    return HoldRow(case=case, owner=hold.owner, reason=hold.reason, since_us=hold.since_us, until_us=hold.until_us)
