"""Which stored positions are older than the law allows, and the room's part of deleting them.

Every country's time for positions counts from their measurement, and for a case from the end of its order; what a legal hold or a
refused destruction keeps is kept. A device that is worn in several cases keeps what any of them needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import assert_never

from backend_bridge.application.inbox import FixesDeleted
from backend_bridge.application.room_state import Room
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access import old_positions
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.access.old_positions import DecideDeletion, ProposeDeletion
from backend_bridge.domain.case import Case
from backend_bridge.domain.identifiers import DeviceId, UserId
from backend_bridge.domain.outcomes.destruction_events import RetentionApproved, RetentionDone
from backend_bridge.domain.outcomes.effects import DeleteFixes
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.retention import DataClass, policy_of
from backend_bridge.domain.user import User

_DAY_US = 86_400 * MICROSECONDS
_KEEP_ALL = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionPlan:
    """What may not be kept any longer at `now_us`."""

    now_us: int
    kept_from_us: Mapping[DeviceId, int]
    """Fixes of a device measured before this are to go; devices of which everything is kept are not in it."""
    n_cases: int
    n_held: int
    """Cases of which a legal hold or a refused destruction keeps everything."""


def plan(room: Room, now_us: int) -> RetentionPlan:
    """The plan for all cases as they stand now."""
    by_device: dict[DeviceId, int] = {}
    n_held = 0
    for held in tuple(room.registry.held.values()):
        is_stopped = _is_stopped(room, held.case)
        n_held += is_stopped
        from_us = _KEEP_ALL if is_stopped else _kept_from_us(held.case, now_us)
        for party in (held.case.subject, *held.case.protected):
            if party.device is not None:
                by_device[party.device] = min(from_us, by_device.get(party.device, from_us))
    kept = {device: from_us for device, from_us in sorted(by_device.items()) if from_us > _KEEP_ALL}
    return RetentionPlan(now_us=now_us, kept_from_us=MappingProxyType(kept), n_cases=len(room.registry.held), n_held=n_held)


RetentionCommand = ProposeDeletion | DecideDeletion


def perform(turn: Turn, user: User, command: RetentionCommand) -> None:
    """Propose a deletion, or decide about what another person proposed."""
    book = turn.room.destructions
    match command:
        case ProposeDeletion():
            turn.must(user.user, Action.ASK_DESTRUCTION)
            wanted = plan(turn.room, turn.now_us)
            counts = (len(wanted.kept_from_us), wanted.n_cases, wanted.n_held)
            old_positions.propose(book, user, command.reason, counts, turn.decisions)
        case DecideDeletion():
            turn.must(user.user, Action.DECIDE_DESTRUCTION)
            proposal = old_positions.decide(book, turn.room.duty, user, command, turn.decisions)
            if proposal is not None:
                _delete(turn, plan(turn.room, proposal.asked_us), user.user)
        case _:
            assert_never(command)


def _delete(turn: Turn, wanted: RetentionPlan, by: UserId) -> None:
    """Enter who had the last word, and let the store do it once that is on disk."""
    turn.decisions.log(RetentionApproved(user=by, n_devices=len(wanted.kept_from_us), n_cases=wanted.n_cases, n_held=wanted.n_held))
    if wanted.kept_from_us:
        kept = turn.room.destructions.deleting = tuple(wanted.kept_from_us.items())
        turn.decisions.do(DeleteFixes(key=f"retention/{turn.now_us}", kept_from_us=kept))


def done(turn: Turn, news: FixesDeleted) -> None:
    """Enter how much went."""
    turn.room.destructions.deleting = ()
    turn.decisions.log(RetentionDone(n_fixes=news.n_fixes, n_devices=news.n_devices, n_records=news.n_records))


def _is_stopped(room: Room, case: Case) -> bool:
    refused = any(each.case == case.case and each.state == "refused" for each in tuple(room.destructions.destructions.values()))
    return refused or case.case in room.destructions.holds


def _kept_from_us(case: Case, now_us: int) -> int:
    keep_days = policy_of(case.jurisdiction).keep_days
    after_end, measured = keep_days[DataClass.CASE], keep_days[DataClass.FIXES]
    if after_end is not None and case.order.ends_us + after_end * _DAY_US <= now_us:
        return now_us
    return _KEEP_ALL if measured is None else max(now_us - measured * _DAY_US, _KEEP_ALL)
