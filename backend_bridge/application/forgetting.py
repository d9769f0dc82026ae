"""Letting the room forget a case for good: what is left are its code, its register and the destruction itself."""

from backend_bridge.application import alarm_flow, consent_acts, order_end_acts, removals
from backend_bridge.application.case_alarms import label_codes
from backend_bridge.application.turn import Turn
from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.identifiers import CaseId, PersonId
from backend_bridge.domain.watching.watch import Watch
from backend_bridge.domain.watching.watch_without_case import without_case


def forget(turn: Turn, case: CaseId) -> None:
    """Drop everything that the room holds of a case that is over; nothing of it is worked on by anybody."""
    room = turn.room
    held = room.registry.held[case]
    persons = {held.case.subject.person, *(party.person for party in held.case.protected)}
    devices = room.holders.devices_of(case)
    room.holders.forget(case, turn.now_us)
    alone = tuple(device for device in devices if device not in room.holders.of_device)
    if isinstance(room.watch, Watch):
        room.watch = without_case(room.watch, case, alone)
    room.registry.forget(case)
    room.access.jurisdictions.pop(case, None)
    room.access.alarmed.pop(case, None)
    room.access.changed.touch(case)
    room.removals.pop(case, None)
    room.disclosures.forget(case)
    room.order_ends.forget(case)
    room.consents.forget(case)
    room.warned = {key: at_us for key, at_us in room.warned.items() if key[0] != case}
    for device in alone:
        for known in (room.devices.gateway, room.devices.source, room.devices.strap_cut, room.devices.hurried):
            known.pop(device, None)
    _forget_alarms(turn, case, persons)
    _forget_incidents(turn, case, persons)
    room.exports.must_go(case, None, turn.now_us)


def _forget_alarms(turn: Turn, case: CaseId, persons: set[PersonId]) -> None:
    """Nothing of the case waits for anybody any more."""
    of_case = (order_end_acts.alarm_code(case), removals.alarm_code(case), *label_codes(case, sorted(persons)))
    codes = (*of_case, *(consent_acts.alarm_code(case, person) for person in sorted(persons)))
    for code in codes:
        alarm_flow.take_changes(turn, turn.system_clear(code))
    for row in tuple(turn.room.alarms):
        if row.newest.kind is AlarmKind.SYSTEM and row.newest.because.get("code") in codes:
            turn.room.alarms.end(row, turn.decisions)  # nobody may see it any more, so nobody could acknowledge it


def _forget_incidents(turn: Turn, case: CaseId, persons: set[PersonId]) -> None:
    book = turn.room.incidents
    for name in [name for name, incident in book.incidents.items() if incident.case == case]:
        for key in book.incidents.pop(name).deliveries:
            book.messages.by_key.pop(key, None)
            book.messages.waiting.pop(key, None)
        book.changed.touch(name)
    for key in [key for key, delivery in book.messages.by_key.items() if delivery.case == case or delivery.recipient in persons]:
        del book.messages.by_key[key]
        book.messages.waiting.pop(key, None)
    wanted = {dispatch.destination for incident in book.opened() for dispatch in incident.dispatches}
    turn.room.roads = {key: seconds for key, seconds in turn.room.roads.items() if key[0] in wanted}
