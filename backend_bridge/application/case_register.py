"""Registering cases: held, logged with their content, and watched from now on; nobody who withdrew consent is tracked in them."""

from collections.abc import Iterable

from backend_bridge.application import alarm_flow
from backend_bridge.application.turn import Turn
from backend_bridge.domain.case import Case
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId, UserId
from backend_bridge.domain.outcomes.bridge_events import CaseRegistered


def register(turn: Turn, cases: Iterable[Case], by: UserId) -> None:
    """Take new and changed cases; one that is known and unchanged changes nothing."""
    watched = [turn.room.consents.without_withdrawn(case) for case in cases]
    _enter(turn, [case for case in watched if turn.room.registry.put(case) is not None], by)


def carry(turn: Turn, name: CaseId, person: PersonId, device: DeviceId | None, by: UserId) -> None:
    """Let a protected person carry another device, or none; the rest of the case stays, also that its order ended early."""
    held = turn.room.registry.carry(name, person, device)
    if held is not None:
        _enter(turn, [held.case], by)


def _enter(turn: Turn, new: list[Case], by: UserId) -> None:
    for case in new:
        version = turn.room.registry.held[case.case].version
        turn.decisions.log(CaseRegistered(case=case.case, version=version, user=by, content=case))
        turn.room.access.jurisdictions[case.case] = case.jurisdiction
        turn.room.holders.put(case)
        turn.room.access.changed.touch(case.case)
        for party in (case.subject, *case.protected):
            if party.device is not None:
                turn.room.devices.unknown.pop(party.device, None)
    if new:
        alarm_flow.take_changes(turn, turn.room.watch.register(new, turn.now_us))
