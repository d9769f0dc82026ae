"""Police units as a desk shows them: where they are, and when each would arrive."""

from backend_bridge.application.room_state import Room
from backend_bridge.application.rows import UnitRow
from backend_bridge.domain.identifiers import UnitId
from backend_bridge.domain.incidents.dispatch import Unit, rank
from backend_bridge.domain.queries import RankUnits


def unit_row(unit: Unit, eta_s: float | None = None, basis: str | None = None) -> UnitRow:
    """A unit as its last report showed it."""
    return UnitRow(
        unit=unit.unit,
        callsign=unit.callsign,
        position=unit.position,
        course_deg=unit.course_deg,
        state=unit.state,
        reported_us=unit.reported_us,
        eta_s=eta_s,
        eta_basis=basis,
    )


def callsign_of(room: Room, unit: UnitId) -> str:
    """What a unit is called wherever it is named; its key where it is not known."""
    known = room.units.get(unit)
    return unit if known is None else known.callsign


def ranked_rows(room: Room, query: RankUnits) -> tuple[UnitRow, ...]:
    """The units for an incident, the first to arrive first; those not heard for long last, without a time."""
    incident = room.incidents.incidents.get(query.incident)
    sent = {order.unit for order in incident.dispatches if order.under_way} if incident is not None else set()
    at_it = {unit.unit for unit in room.units.values() if unit.unit in sent and unit.state in {"en-route", "on-scene"}}
    road_s: dict[UnitId, float] = {unit: seconds for (place, unit), seconds in room.roads.items() if place == query.destination}
    ranked = rank(room.units.values(), query.destination, road_s, None, room.now_us, at_it=at_it)
    return tuple(unit_row(room.units[each.unit], each.eta_s, each.basis) for each in ranked)
