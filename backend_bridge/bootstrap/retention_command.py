"""`retention`: which stored positions are older than the law allows, and deleting them."""

import time
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from backend_bridge.adapters.local_control import Emit, Request
from backend_bridge.adapters.old_places import n_positions_too_old
from backend_bridge.adapters.refusals import FolderRefusedError, InputRefusedError
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.application.retention_acts import RetentionPlan
from backend_bridge.bootstrap.bridge import Bridge
from backend_bridge.bootstrap.proven import decide
from backend_bridge.domain.commands import DecideDeletion, ProposeDeletion
from backend_bridge.domain.identifiers import DestructionId, DeviceId
from backend_bridge.domain.outcomes.destruction_events import RetentionDone, RetentionProposed
from backend_bridge.domain.outcomes.effects import DeleteFixes

_TOLD_WITHIN_S: Final = 60.0
_LOOK_S: Final = 0.05


def retention_command(bridge: Bridge, request: Request, emit: Emit) -> int:
    """Say what would go, propose that it goes, or decide about what another person proposed."""
    approved, refused = request.arguments.get("approve"), request.arguments.get("refuse")
    if request.arguments.get("propose"):
        outcome = decide(bridge, request, ProposeDeletion(reason=_reason(request)))
        made = next(event for event in outcome.events if isinstance(event, RetentionProposed))
        emit.out(f"{made.proposal}: what is too old now goes once somebody else approves it within 24 hours; nothing was deleted")
    elif isinstance(refused, str):
        decide(bridge, request, DecideDeletion(proposal=DestructionId(refused), approve=False, reason=_reason(request)))
        emit.out(f"{refused}: refused; nothing was deleted")
    elif isinstance(approved, str):
        _approve(bridge, request, approved, emit)
    else:
        plan = bridge.retention_plan()
        n_old = n_positions_too_old(bridge.reader, bridge.archive.frozen(), plan.kept_from_us) if plan.kept_from_us else {}
        for sentence in _said(plan, n_old):
            emit.out(sentence)
        emit.out("nothing was deleted; --propose asks for it, and another person approves")
    return 0


def _approve(bridge: Bridge, request: Request, proposal: str, emit: Emit) -> None:
    outcome = decide(bridge, request, DecideDeletion(proposal=DestructionId(proposal), approve=True, reason=_reason(request)))
    since = outcome.taken.first_n - 1
    if not any(isinstance(effect, DeleteFixes) for effect in outcome.effects):
        emit.out("deleted: nothing, because everything may be kept")
        return
    done = _awaited(bridge, since)
    if done is None:
        raise FolderRefusedError("the deletion was approved and is not finished; the bridge goes on with it, see the log")
    emit.out(f"deleted: {done['n_fixes']:,} fixes of {done['n_devices']:,} devices in {done['n_records']:,} rows of the store")
    emit.out(f"certificate: destroy certificate {proposal}")


def _reason(request: Request) -> str:
    reason = request.arguments.get("reason")
    if not isinstance(reason, str) or not reason.strip():
        raise InputRefusedError(["--reason: must say why; it stands in the log"])
    return reason


def _said(plan: RetentionPlan, n_old: Mapping[DeviceId, int]) -> Iterator[str]:
    yield f"{plan.n_cases:,} cases, {plan.n_held:,} of them kept whole by a legal hold or a refused destruction"
    if plan.held:
        yield f"kept whole: {', '.join(plan.held)}"
    n_cases = len({case for device in n_old for case in plan.cases_of[device]})
    n_fixes = sum(n_old.values())
    yield f"{n_fixes:,} fixes of {len(n_old):,} devices in {n_cases:,} cases are older than the law of their cases lets them be kept"
    if plan.kept_from_us:
        yield f"kept is what was measured from {text_of_us(min(plan.kept_from_us.values()))} on, later for some devices"


def _awaited(bridge: Bridge, since: int) -> dict[str, int] | None:
    """The same once it is on disk: the bridge goes on while what it deleted last is being written."""
    until = time.monotonic() + _TOLD_WITHIN_S
    while True:
        bridge.await_deletion()
        done = _done(bridge, since)
        if done is not None or time.monotonic() > until:
            return done
        time.sleep(_LOOK_S)


def _done(bridge: Bridge, since: int) -> dict[str, int] | None:
    """The entry that says how much went."""
    for _, line in bridge.reader.lines(since):
        entry = msgspec.json.decode(line)
        if entry["event"] == RetentionDone.entry:
            return dict(entry)
    return None
