"""`retention`: which stored positions are older than the law allows, and deleting them."""

from collections.abc import Iterator

import msgspec

from backend_bridge.adapters.local_control import Emit, Request
from backend_bridge.adapters.old_fixes import n_too_old
from backend_bridge.adapters.refusals import FolderRefusedError
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.application.inbox import DeleteOldFixes
from backend_bridge.application.retention_acts import RetentionPlan
from backend_bridge.bootstrap.bridge import Bridge
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.outcomes.destruction_events import RetentionDone


def retention_command(bridge: Bridge, request: Request, emit: Emit) -> int:
    """Say what would go, or delete it when that is approved."""
    plan = bridge.retention_plan()
    n_old = n_too_old(bridge.reader, bridge.archive.frozen(), plan.kept_from_us) if plan.kept_from_us else 0
    for sentence in _said(plan, n_old):
        emit.out(sentence)
    if not request.arguments.get("approve"):
        emit.out("nothing was deleted; --approve deletes it for good")
        return 0
    outcome = bridge.carry_out([DeleteOldFixes(by=UserId(request.user))])
    since = outcome.taken.first_n - 1
    if plan.kept_from_us:
        bridge.await_deletion()
        done = _done(bridge, since)
        if done is None:
            raise FolderRefusedError("the deletion was approved and is not finished; run it again, and see the log")
        emit.out(f"deleted: {done['n_fixes']:,} fixes of {done['n_devices']:,} devices in {done['n_records']:,} rows of the store")
    else:
        emit.out("deleted: nothing, because everything may be kept")
    return 0


def _said(plan: RetentionPlan, n_old: int) -> Iterator[str]:
    yield f"{plan.n_cases:,} cases, {plan.n_held:,} of them kept whole by a legal hold or a refused destruction"
    yield f"{n_old:,} fixes of {len(plan.kept_from_us):,} devices are older than the law of their cases lets them be kept"
    if plan.kept_from_us:
        yield f"kept is what was measured from {text_of_us(min(plan.kept_from_us.values()))} on, later for some devices"


def _done(bridge: Bridge, since: int) -> dict[str, int] | None:
    """The entry that says how much went."""
    for _, line in bridge.reader.lines(since):
        entry = msgspec.json.decode(line)
        if entry["event"] == RetentionDone.entry:
            return dict(entry)
    return None
