"""Which stored positions are older than the law allows, and the room's part of deleting them.

Every country's time for positions counts from their measurement, and for a case from the end of its order; what a legal hold or a
refused destruction keeps is kept. A device that several cases name, or ever named, keeps what any of them needs.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import assert_never

from backend_bridge.application.inbox import FixesDeleted
from backend_bridge.application.room_state import Room
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access import old_positions
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.access.destruction import OldPositions
from backend_bridge.domain.case import Case
from backend_bridge.domain.commands import DecideDeletion, ProposeDeletion
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId, DestructionId, DeviceId
from backend_bridge.domain.outcomes.destruction_events import RetentionApproved
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
    cases_of: Mapping[DeviceId, tuple[CaseId, ...]]
    """Which cases name those devices, or ever did: whose positions they are."""
    n_cases: int
    held: tuple[CaseId, ...]
    """Cases of which a legal hold or a refused destruction keeps everything."""
    basis: tuple[str, ...]
    """The provisions by which the positions go."""

    @property
    def n_held(self) -> int:
        """How many cases are kept whole."""
        return len(self.held)


def plan(room: Room, now_us: int) -> RetentionPlan:
    """The plan for all cases as they stand now."""
    cases = {name: each.case for name, each in tuple(room.registry.held.items())}
    stopped = dict.fromkeys(name for name, case in cases.items() if _is_stopped(room, case))
    kept_from = {name: _KEEP_ALL if name in stopped else _kept_from_us(case, now_us) for name, case in cases.items()}
    kept: dict[DeviceId, int] = {}
    cases_of: dict[DeviceId, tuple[CaseId, ...]] = {}
    for device, carried in sorted(room.holders.of_device.copy().items()):
        whose = tuple(each.case for each in carried if each.case in cases)
        from_us = min((kept_from[name] for name in whose), default=_KEEP_ALL)
        if from_us > _KEEP_ALL:
            kept[device], cases_of[device] = from_us, whose
    return RetentionPlan(
        now_us=now_us,
        kept_from_us=MappingProxyType(kept),
        cases_of=MappingProxyType(cases_of),
        n_cases=len(cases),
        held=tuple(stopped),
        basis=tuple(sorted({_provision(cases[name]) for whose in cases_of.values() for name in whose})),
    )


def planned(room: Room, proposal: DestructionId | None, now_us: int) -> RetentionPlan:
    """What goes by a proposal, or what is too old now; refuses a proposal that nobody made."""
    if proposal is None:
        return plan(room, now_us)
    known = room.destructions.old.get(proposal)
    if known is None:
        raise Refused(Code.UNKNOWN_DESTRUCTION, proposal)
    return plan(room, known.asked_us)


def plan_text(room: Room, wanted: RetentionPlan, n_old: Mapping[DeviceId, int]) -> str:
    """The dry run as JSON; `n_old` are the stored fixes of each device that would go."""
    limits = sorted(set(wanted.kept_from_us.values()))
    holds = [room.destructions.holds.get(case) for case in wanted.held]
    found = {
        "fixes": sum(n_old.values()),
        "devices": len(n_old),
        "cases": len({case for device in n_old for case in wanted.cases_of.get(device, ())}),
        "of_cases": wanted.n_cases,
        "measured_before_us": list(dict.fromkeys(limits[:1] + limits[-1:])),
        "basis": list(wanted.basis),
        "holds": [{"case": hold.case, "owner": hold.owner, "until_us": hold.until_us} for hold in holds if hold is not None],
        "refused": [case for case, hold in zip(wanted.held, holds, strict=True) if hold is None],
    }
    return json.dumps(found, ensure_ascii=False)


RetentionCommand = ProposeDeletion | DecideDeletion


def perform(turn: Turn, user: User, command: RetentionCommand) -> str:
    """Propose a deletion, or decide about what another person proposed; the name of the proposal."""
    book = turn.room.destructions
    match command:
        case ProposeDeletion():
            turn.must(user.user, Action.ASK_DESTRUCTION)
            wanted = plan(turn.room, turn.now_us)
            counts = (len(wanted.kept_from_us), wanted.n_cases, wanted.n_held)
            return old_positions.propose(book, user, command.reason, counts, turn.decisions).proposal
        case DecideDeletion():
            turn.must(user.user, Action.DECIDE_DESTRUCTION)
            proposal = old_positions.decide(book, turn.room.duty, user, command, turn.decisions)
            if proposal.state == "approved":
                _delete(turn, proposal, user)
            return proposal.proposal
        case _:
            assert_never(command)


def _delete(turn: Turn, proposal: OldPositions, user: User) -> None:
    """Enter who had the last word, and let the store do it once that is on disk."""
    book = turn.room.destructions
    wanted = plan(turn.room, proposal.asked_us)
    book.put_old(replace(proposal, n_held=wanted.n_held, basis=wanted.basis))
    turn.decisions.log(RetentionApproved(user=user.user, n_devices=len(wanted.kept_from_us), n_cases=wanted.n_cases, n_held=wanted.n_held))
    if wanted.kept_from_us:
        kept = book.deleting = tuple(wanted.kept_from_us.items())
        turn.decisions.do(DeleteFixes(key=f"retention/{turn.now_us}", kept_from_us=kept))
    else:
        old_positions.done(book, (0, 0, 0), None, turn.decisions)


def done(turn: Turn, news: FixesDeleted) -> None:
    """Enter how much went."""
    counts = (news.n_fixes, news.n_devices, news.n_records)
    old_positions.done(turn.room.destructions, counts, news.certificate, turn.decisions)


def _provision(case: Case) -> str:
    basis = policy_of(case.jurisdiction).basis
    return basis.get(DataClass.FIXES.value) or basis[DataClass.CASE.value]


def _is_stopped(room: Room, case: Case) -> bool:
    refused = any(each.case == case.case and each.state == "refused" for each in tuple(room.destructions.destructions.values()))
    return refused or case.case in room.destructions.holds


def _kept_from_us(case: Case, now_us: int) -> int:
    keep_days = policy_of(case.jurisdiction).keep_days
    after_end, measured = keep_days[DataClass.CASE], keep_days[DataClass.FIXES]
    if after_end is not None and case.order.ends_us + after_end * _DAY_US <= now_us:
        return now_us
    return _KEEP_ALL if measured is None else max(now_us - measured * _DAY_US, _KEEP_ALL)
