"""Rows of destructions, legal holds and exports, for those who decide and those who audit."""

from backend_bridge.application.access_rows import DestructionRow, ExportRow, HoldRow, OldPositionsPart, OrderEndRow
from backend_bridge.application.looking import Look, Sent
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.access.destruction import OldPositions
from backend_bridge.domain.access.export_book import Destroyed, Export
from backend_bridge.domain.access.order_ends import OrderEnd
from backend_bridge.domain.identifiers import CaseId, DestructionId
from backend_bridge.domain.retention import DESTROYS, Ground, policy_of

OLD_SHOWN = 50
"""Maximum number of proposals about old positions that stay on the desks."""


class DestructionCutter:
    """Which rows a desk has to be sent."""

    def __init__(self) -> None:
        self._destructions = Sent(table=Table.DESTRUCTIONS)
        self._holds = Sent(table=Table.HOLDS)
        self._ends = Sent(table=Table.ORDER_ENDS)
        self._exports = Sent(table=Table.EXPORTS)
        self._destruction = self._hold = self._end = 0
        self._export = -1

    def destructions(self, look: Look) -> TableChange | None:
        """Rows of destructions that are new or different since the last call."""
        book = look.room.destructions
        keys = [*book.destructions, *list(book.old)[-OLD_SHOWN:]] if look.first else book.changed.since(self._destruction)
        self._destruction = book.changed.revision
        return self._destructions.differ((key, _destruction(look, DestructionId(key))) for key in keys)

    def holds(self, look: Look) -> TableChange | None:
        """Rows of holds that are new, different or over since the last call."""
        book = look.room.destructions
        keys = list(book.holds) if look.first else book.changed_holds.since(self._hold)
        self._hold = book.changed_holds.revision
        return self._holds.differ((key, _hold(look, CaseId(key))) for key in keys)

    def order_ends(self, look: Look) -> TableChange | None:
        """Rows of ends of orders that are new or different since the last call."""
        book = look.room.order_ends
        keys = list(book.ends) if look.first else book.changed.since(self._end)
        self._end = book.changed.revision
        return self._ends.differ((key, _order_end(look, CaseId(key))) for key in keys)

    def exports(self, look: Look) -> TableChange | None:
        """Rows of exports that changed since the last call: one's own to everybody, all to those who decide."""
        book = look.room.exports
        if book.revision == self._export and not look.first:
            return None
        self._export = book.revision
        known = [*(each.export for each in book.destroyed), *book.exports.values()]
        rows = {each.export: each for each in known if _may(look) or each.user == look.sight.user}
        ended = {each.export.export: each for each in book.destroyed}
        gone = [name for name in self._exports.rows if name not in rows]
        put = ((name, _export(each, ended.get(name))) for name, each in rows.items())
        return self._exports.differ([*((name, None) for name in gone), *put])


def _may(look: Look) -> bool:
    return bool(look.sight.may(Action.SEE_REQUESTS)) or bool(look.sight.may(Action.ASK_DESTRUCTION))


def _destruction(look: Look, key: DestructionId) -> DestructionRow | None:
    old = look.room.destructions.old.get(key)
    if old is not None:
        return _old_positions(look, old) if _may(look) else None
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


def _old_positions(look: Look, one: OldPositions) -> DestructionRow:
    return DestructionRow(
        destruction=one.proposal,
        case=None,
        grant=None,
        ground=Ground.PERIOD_OVER,
        basis=", ".join(one.basis) or None,
        state=one.state,
        due_us=one.asked_us,
        asked_by=one.asked_by,
        asked_us=one.asked_us,
        reason=one.reason,
        decided_by=one.decided_by,
        decision_reason=one.decision_reason,
        done_us=one.done_us,
        certificate=one.certificate,
        held_until_us=None,
        mine=_is_own(look, one),
        old=OldPositionsPart(n_devices=one.n_devices, n_cases=one.n_cases, n_held=one.n_held, n_fixes=one.n_fixes),
    )


def _is_own(look: Look, one: OldPositions | OrderEnd) -> bool:
    """Whether whoever looks has asked for it, under any account."""
    duty, user = look.room.duty, look.sight.user
    return one.human == duty.person_of(user) or duty.same_person(one.asked_by, user)


def _order_end(look: Look, case: CaseId) -> OrderEndRow | None:
    one = look.room.order_ends.ends.get(case)
    if one is None or not (look.sight.may(Action.SEE_REQUESTS) or look.sight.may(Action.PROPOSE_ORDER_END)):
        return None
    return OrderEndRow(
        case=case,
        at_us=one.at_us,
        ground=one.ground,
        destroys=DESTROYS[one.ground] is not None,
        reason=one.reason,
        state=one.state,
        asked_by=one.asked_by,
        asked_us=one.asked_us,
        decided_by=one.decided_by,
        decision_reason=one.decision_reason,
        mine=_is_own(look, one),
    )


def _hold(look: Look, case: CaseId) -> HoldRow | None:
    hold = look.room.destructions.holds.get(case)
    if hold is None or not _may(look):
        return None
    return HoldRow(case=case, owner=hold.owner, reason=hold.reason, since_us=hold.since_us, until_us=hold.until_us)


def _export(one: Export, ended: Destroyed | None) -> ExportRow:
    state = "destroyed" if ended is not None else "due" if one.told else "out"
    return ExportRow(
        export=one.export,
        case=one.case,
        person=one.person,
        user=one.user,
        grant=one.grant,
        recipient=one.recipient,
        made_us=one.made_us,
        destroy_by_us=one.destroy_by_us,
        state=state,
        confirmed_by=None if ended is None else ended.by,
        confirmed_us=None if ended is None else ended.at_us,
        reason=None if ended is None else ended.reason,
    )
