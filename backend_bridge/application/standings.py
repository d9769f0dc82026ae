"""What stands about each case beside its file, and a room that goes on with it: a move must not put an ended order in force again."""

from dataclasses import replace

from backend_bridge.application.inbox import ResumeCase
from backend_bridge.application.order_end_acts import Ended, end
from backend_bridge.application.room_state import Room
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access.destruction import OPEN_STATES
from backend_bridge.domain.access.standing import Agreement, CaseStanding, NamedDevice
from backend_bridge.domain.identifiers import CaseId, DestructionId, UserId
from backend_bridge.domain.outcomes.bridge_events import CaseResumed

_CARRIED = (OPEN_STATES - {"approved"}) | {"refused"}
"""What is approved has made the room forget the case."""
_UNNAMED = DestructionId("")
"""Each room numbers its destructions by itself."""


def standings(room: Room) -> tuple[CaseStanding, ...]:
    """Of all cases, by their names."""
    return tuple(standing_of(room, name) for name in sorted(room.registry.held))


def standing_of(room: Room, name: CaseId) -> CaseStanding:
    """What stands about one case."""
    held, destructions = room.registry.held[name], room.destructions.destructions.values()
    asked = sorted({key[1] for book in (room.consents.consents, room.consents.withheld) for key in book if key[0] == name})
    return CaseStanding(
        case=name,
        version=held.version,
        ends_us=held.case.order.ends_us,
        filed_ends_us=held.imported.order.ends_us,
        devices=tuple(
            NamedDevice(device=device, starts_us=each.from_us, ends_us=each.to_us)
            for device, carried in sorted(room.holders.of_device.items())
            for each in carried
            if each.case == name
        ),
        order_end=room.order_ends.ends.get(name),
        hold=room.destructions.holds.get(name),
        destructions=tuple(
            replace(each, destruction=_UNNAMED)
            for each in destructions
            if each.case == name and each.grant is None and each.state in _CARRIED
        ),
        agreements=tuple(
            Agreement(person=person, word=room.consents.consents.get((name, person)), withheld=room.consents.withheld.get((name, person)))
            for person in asked
        ),
        leave_until_us=room.removals.get(name),
        rules=tuple(rule for (case, _), rule in sorted(room.disclosures.rules.items()) if case == name),
        exports=tuple(each for each in room.exports.exports.values() if each.case == name),
    )


def resume(turn: Turn, order: ResumeCase) -> None:
    """Let a case that was just registered stand as it did in the room that it comes from."""
    room, standing = turn.room, order.standing
    name = standing.case
    if name not in room.registry.held:
        return
    turn.decisions.log(_entry(standing, order.by))
    for named in standing.devices:
        room.holders.name(named.device, name, (named.starts_us, named.ends_us))
    room.registry.resume(name, standing.version, standing.filed_ends_us)
    if standing.ends_us < room.registry.case(name).order.ends_us:
        end(turn, Ended(case=name, at_us=standing.ends_us, destroys=None, by=order.by))
    if standing.order_end is not None:
        room.order_ends.put(standing.order_end)
    if standing.leave_until_us is not None:
        room.removals[name] = standing.leave_until_us
    _resume_register(room, standing)


def _resume_register(room: Room, standing: CaseStanding) -> None:
    """What keeps the case or lets it go, and what its protected persons want and are shown."""
    name = standing.case
    if standing.hold is not None:
        room.destructions.hold(standing.hold)
    for one in standing.destructions:
        room.destructions.resume(one)
    for agreement in standing.agreements:
        if agreement.word is not None:
            room.consents.consents[name, agreement.person] = agreement.word
        room.consents.withhold((name, agreement.person), agreement.withheld)
    room.disclosures.rules.update({(name, rule.about): rule for rule in standing.rules})
    for export in standing.exports:
        room.exports.resume(export)


def _entry(standing: CaseStanding, by: UserId) -> CaseResumed:
    waiting = standing.order_end
    return CaseResumed(
        case=standing.case,
        version=standing.version,
        user=by,
        end_us=standing.ends_us,
        waits=waiting.ground if waiting is not None and waiting.state == "waiting" else None,
        held_until_us=None if standing.hold is None else standing.hold.until_us,
        destructions=tuple(one.ground for one in standing.destructions),
        withdrawn=tuple(each.person for each in standing.agreements if each.word is not None and not each.word.given),
        leave_until_us=standing.leave_until_us,
        exports=tuple(each.export for each in standing.exports),
    )
