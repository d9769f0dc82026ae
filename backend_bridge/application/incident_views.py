"""Rows of incidents: steps, units, messages, the timeline, the five clocks."""

from backend_bridge.application.incident_rows import ClocksRow, DeliveryRow, DispatchRow, IncidentRow, TaskRow, TimelineRow
from backend_bridge.application.looking import Look, Sent
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.application.unit_views import callsign_of
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.alarm import Scalar
from backend_bridge.domain.case import Case
from backend_bridge.domain.identifiers import CaseId, IncidentId, UnitId
from backend_bridge.domain.incidents.dispatch import eta
from backend_bridge.domain.incidents.incident import Delivery, Dispatch, Happening, Incident, Task
from backend_bridge.domain.quantities import MICROSECONDS

CLOSED_SHOWN_US = 12 * 3600 * MICROSECONDS
"""How long a closed incident stays on the desks."""
ETA_EVERY_US = 5 * MICROSECONDS


class IncidentCutter:
    """Which rows of incidents a desk has to be sent."""

    def __init__(self) -> None:
        self._sent = Sent(table=Table.INCIDENTS)
        self._incidents = 0
        self._eta_us = 0

    def changes(self, look: Look) -> TableChange | None:
        """Rows that are new, different or gone since the last call."""
        book = look.room.incidents
        if look.first:
            keys = dict.fromkeys(book.incidents)
        else:
            keys = dict.fromkeys(IncidentId(key) for key in book.changed.since(self._incidents))
        if look.now_us - self._eta_us >= ETA_EVERY_US:
            self._eta_us = look.now_us
            keys.update(dict.fromkeys(each.incident for each in book.opened() if each.dispatches))
            keys.update(dict.fromkeys(IncidentId(key) for key in self._sent.rows if _is_past(look, IncidentId(key))))
        self._incidents = book.changed.revision
        return self._sent.differ((key, _row_or_gone(look, key)) for key in keys)


def _row_or_gone(look: Look, key: IncidentId) -> IncidentRow | None:
    incident = look.room.incidents.incidents.get(key)
    if incident is None or _is_past(look, key) or not look.sight.may(Action.SEE_INCIDENT, None, incident.case):
        return None
    return incident_row(look, incident)


def _is_past(look: Look, key: IncidentId) -> bool:
    incident = look.room.incidents.incidents.get(key)
    return incident is None or (incident.closed_us is not None and look.now_us - incident.closed_us >= CLOSED_SHOWN_US)


def incident_row(look: Look, incident: Incident) -> IncidentRow:
    """An incident as the desk shows it."""
    by_key = look.room.incidents.messages.by_key
    return IncidentRow(
        incident=incident.incident,
        case=incident.case,
        alarms=incident.alarms,
        opened_us=incident.opened_us,
        owner=incident.owner,
        clocks=ClocksRow(
            device_us=incident.device_us,
            received_us=incident.received_us,
            evaluated_us=incident.evaluated_us,
            displayed_us=incident.displayed_us,
            acknowledged_us=incident.acknowledged_us,
        ),
        tasks=tuple(_task(task) for task in incident.tasks),
        dispatches=tuple(_dispatch(look, dispatch) for dispatch in incident.dispatches),
        deliveries=tuple(_delivery(by_key[key]) for key in incident.deliveries),
        timeline=tuple(_happened(look, incident.case, line) for line in incident.timeline),
        closed_us=incident.closed_us,
        outcome=incident.outcome,
    )


def _happened(look: Look, case: CaseId, line: Happening) -> TimelineRow:
    held = look.room.registry.held.get(case)
    called = (_as_called(look, None if held is None else held.case, part) for part in line.detail)
    detail = tuple(part for part in called if part[1] is not None)
    return TimelineRow(n=line.n, at_us=line.at_us, event=line.event, by=line.by, detail=detail)


def _as_called(look: Look, case: Case | None, part: tuple[str, Scalar]) -> tuple[str, Scalar]:
    """A detail by the name that people use: units by call sign, zones by label as a place, devices by whose they are; None if unknown."""
    code, named = part
    if code == "unit":
        return code, callsign_of(look.room, UnitId(str(named)))
    if code == "zone":
        seen = case is not None and look.sight.may(Action.SEE_WEARER_POSITION, case.subject.person, case.case)
        zones = case.zones if seen and case is not None else ()
        return "place", next((zone.label for zone in zones if zone.zone == named), None)
    if code == "device":
        parties = [] if case is None else [("subject", case.subject), *(("protected", party) for party in case.protected)]
        return "part", next((whose for whose, party in parties if party.device == named), None)
    return part


def _task(task: Task) -> TaskRow:
    return TaskRow(
        task=task.rule.task,
        state=task.state,
        opened_us=task.opened_us,
        due_us=task.due_us,
        done_us=task.done_us,
        by=task.by,
        outcome=task.outcome,
        note=task.note,
        outcomes=task.rule.outcomes,
        legal=task.rule.legal,
        about=task.about,
        statement=task.statement,
    )


def _dispatch(look: Look, dispatch: Dispatch) -> DispatchRow:
    unit = look.room.units.get(dispatch.unit)
    seconds: float | None = None
    if unit is not None and dispatch.under_way and dispatch.state != "on-scene":
        road_s = look.room.roads.get((dispatch.destination, dispatch.unit))
        seconds, _ = eta(unit, dispatch.destination, road_s, look.now_us, is_at_it=dispatch.state == "en-route")
    return DispatchRow(
        unit=dispatch.unit,
        destination=dispatch.destination,
        label=dispatch.label,
        sent_us=dispatch.sent_us,
        state=dispatch.state,
        state_us=dispatch.state_us,
        eta_s=seconds,
        by=dispatch.by,
        reported_us=None if unit is None else unit.reported_us,
        callsign=callsign_of(look.room, dispatch.unit),
        spoken=dispatch.spoken,
    )


def _delivery(delivery: Delivery) -> DeliveryRow:
    return DeliveryRow(
        delivery=delivery.delivery,
        channel=delivery.channel,
        recipient=delivery.recipient,
        state=delivery.state,
        text=delivery.text,
        at_us=delivery.at_us,
        detail=delivery.detail,
    )
