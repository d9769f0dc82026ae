"""Rows of the alarm list, cut for one user."""

from collections.abc import Iterator
from math import inf, isfinite

import numpy as np

from backend_bridge.application.alarm_flow import routed_to
from backend_bridge.application.looking import Look, Sent, number
from backend_bridge.application.rows import AlarmRow, AlarmState, Trend
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.alarms.alarm_state import LiveAlarm
from backend_bridge.domain.case import Circle, Zone
from backend_bridge.domain.identifiers import AlarmId, CaseId, IncidentId, UserId
from backend_bridge.domain.incidents.dispatch import distance_m
from backend_bridge.domain.incidents.incident_book import IncidentBook
from backend_bridge.domain.incidents.jurisdiction import NOT_REACHED_TASK
from backend_bridge.domain.incidents.legal_labels import label_of
from backend_bridge.domain.quantities import MICROSECONDS, LatLon

TRENDS = {1: Trend.CLOSING, 0: Trend.STEADY, -1: Trend.OPENING, -2: Trend.UNKNOWN}
"""The trends of a picture's pairs."""
_SEE_ALARM = Action.SEE_ALARM
_SEE_DISTANCE = Action.SEE_DISTANCE
_SEE_WEARER = Action.SEE_WEARER_POSITION
NEAR_M = 3_000.0
"""A zone that far away still says where somebody is."""
_TELLS_A_PLACE = ("distance", "lat", "lon", "miss", "contact", "place", "closing", "bearing", "course")


class AlarmCutter:
    """Which rows of the alarm list a desk has to be sent."""

    def __init__(self) -> None:
        self._sent = Sent(table=Table.ALARMS)
        self._alarms = self._cases = self._incidents = 0
        self._refreshed_us = 0

    def changes(self, look: Look) -> TableChange | None:
        """Rows that are new, different or gone since the last call."""
        return self._sent.differ((key, _row_or_gone(look, key)) for key in self._candidates(look))

    def _candidates(self, look: Look) -> list[AlarmId]:
        room = look.room
        if look.first:  # all of them, also where other rows wait: they are counted, and one that is missing passes for over
            self._refreshed_us = look.now_us
            keys = list(look.listed)
        elif look.now_us - self._refreshed_us >= MICROSECONDS:
            self._refreshed_us = look.now_us
            keys = list(dict.fromkeys([*(AlarmId(key) for key in self._sent.rows), *room.alarms.rows]))
        else:
            changed = (AlarmId(key) for key in room.alarms.changed.since(self._alarms))
            keys = list(dict.fromkeys([*changed, *self._of_cases(look)]))
        self._alarms = room.alarms.changed.revision
        self._cases = room.access.changed.revision
        self._incidents = room.incidents.changed.revision
        return keys

    def _of_cases(self, look: Look) -> Iterator[AlarmId]:
        room = look.room
        for case in room.access.changed.since(self._cases):
            yield from (row.alarm for row in room.alarms.of_case(CaseId(case)))
        for name in room.incidents.changed.since(self._incidents):
            incident = room.incidents.incidents.get(IncidentId(name))
            yield from incident.alarms if incident is not None else ()


def listed(look: Look) -> tuple[AlarmId, ...]:
    """The alarms that the user may see, in the order of the list: priority, time to contact, the newest first; shelved ones last."""
    rows = look.room.alarms.rows
    seen = (alarm for alarm, row in rows.items() if look.sight.may(_SEE_ALARM, row.newest.subject, row.newest.case))
    return tuple(sorted(seen, key=lambda alarm: _place_in_list(look, rows[alarm])))


def _place_in_list(look: Look, row: LiveAlarm) -> tuple[bool, int, float, int]:
    newest = row.newest
    pair = look.places.pair.get((newest.case, newest.about)) if newest.case is not None and newest.about is not None else None
    contact_s = inf
    if pair is not None and look.sight.may(_SEE_DISTANCE, newest.about, newest.case):
        contact_s = float(look.picture.pairs.contact_s[pair])
    return row.shelved_until_us is not None, row.priority, contact_s if isfinite(contact_s) else inf, -row.since_us


def _row_or_gone(look: Look, alarm: AlarmId) -> AlarmRow | None:
    row = look.room.alarms.rows.get(alarm)
    if row is None or not look.sight.may(_SEE_ALARM, row.newest.subject, row.newest.case):
        return None
    return alarm_row(look, row)


def state_of(row: LiveAlarm) -> AlarmState:
    """The state of a row in the words of ISA-18.2."""
    if row.shelved_until_us is not None:
        return AlarmState.SHELVED
    if row.acknowledged:
        return AlarmState.ACKNOWLEDGED
    if row.holds:
        return AlarmState.UNACKNOWLEDGED
    return AlarmState.RETURNED_UNACKNOWLEDGED


def alarm_row(look: Look, row: LiveAlarm) -> AlarmRow:
    """A row of the list as the user may see it."""
    newest = row.newest
    pair = look.places.pair.get((newest.case, newest.about)) if newest.case is not None and newest.about is not None else None
    shown = bool(look.sight.may(_SEE_DISTANCE, newest.about, newest.case)) if newest.case is not None else True
    because = newest.because if shown else {key: value for key, value in newest.because.items() if not _tells_a_place(key)}
    figures = _pair_figures(look, pair) if pair is not None and shown else _Figures()
    return AlarmRow(
        alarm=row.alarm,
        kind=newest.kind,
        level=newest.level,
        priority=row.priority,
        state=AlarmState.LATCHED if _is_latched(row, look) else state_of(row),
        case=newest.case,
        subject=newest.subject,
        device=newest.device,
        zone=newest.zone,
        ring=newest.ring,
        about=newest.about,
        happened_us=newest.happened_us,
        known_us=row.since_us,
        cleared_us=row.cleared_us,
        place=_place(look, row),
        distance_m=figures.distance_m,
        distance_error_m=figures.error_m,
        closing_mps=figures.closing_mps,
        contact_s=figures.contact_s,
        trend=figures.trend,
        probability=newest.probability,
        count=row.count,
        owner=row.owner,
        acknowledged_us=row.acknowledged_us,
        shelved_until_us=row.shelved_until_us,
        escalation=row.escalation,
        incident=row.incident,
        group=row.group,
        next_step=_next_step(look.room.incidents, row),
        because=tuple(because.items()),
        updated_us=look.picture.at_us if pair is not None and shown else newest.known_us,
        masked=not shown,
        routed=() if row.acknowledged else _routed(look, row),
        legal=_legal(look, row),
    )


def _legal(look: Look, row: LiveAlarm) -> str | None:
    held = look.room.registry.held.get(row.newest.case) if row.newest.case is not None else None
    return None if held is None else label_of(row.newest, held.case)


def _routed(look: Look, row: LiveAlarm) -> tuple[UserId, ...]:
    return tuple(dict.fromkeys(UserId(chair.user) for chair in routed_to(look.room, row)))


def _is_latched(row: LiveAlarm, look: Look) -> bool:
    """A tamper whose device says that all is well again, and which waits for a person's reason all the same."""
    tamper = row.newest.kind is AlarmKind.TAMPER
    return tamper and row.latched and row.newest.device not in look.room.devices.strap_cut


class _Figures:
    """How the pair of an alarm stands now; all unknown where there is none, or it is masked."""

    def __init__(self) -> None:
        self.distance_m: float | None = None
        self.error_m: float | None = None
        self.closing_mps: float | None = None
        self.contact_s: float | None = None
        self.trend = Trend.UNKNOWN


def cases_listed(look: Look) -> list[CaseId]:
    """The case that the desk looks into, and those of the alarms in the order of their list."""
    rows = look.room.alarms.rows
    cases = (look.chosen, *(rows[alarm].newest.case for alarm in look.listed))
    return list(dict.fromkeys(case for case in cases if case is not None))


def _pair_figures(look: Look, index: int) -> _Figures:
    pairs = look.picture.pairs
    figures = _Figures()
    figures.distance_m = number(pairs.distance_m[index], 0)
    figures.error_m = number(pairs.distance_error_m[index], 0)
    figures.closing_mps = number(pairs.closing_mps[index])
    figures.contact_s = number(pairs.contact_s[index], 0)
    figures.trend = TRENDS[int(pairs.trend[index])]
    return figures


def _tells_a_place(key: str) -> bool:
    return any(word in key for word in _TELLS_A_PLACE)


def _next_step(incidents: IncidentBook, row: LiveAlarm) -> str | None:
    incident = incidents.incidents.get(row.incident) if row.incident is not None else None
    if incident is not None and incident.is_open:
        task = incident.next_task()
        return task.rule.task if task is not None else None
    return NOT_REACHED_TASK.task if row.not_reached else None


def _place(look: Look, row: LiveAlarm) -> str | None:
    """The label of the zone that the alarm is about, or of the zone that the wearer is nearest to, with the distance."""
    held = look.room.registry.held.get(row.newest.case) if row.newest.case is not None else None
    if held is None or not look.sight.may(_SEE_WEARER, held.case.subject.person, held.case.case):
        return None
    if row.newest.zone is not None:
        return next((zone.label for zone in held.case.zones if zone.zone == row.newest.zone), None)
    index = look.places.device.get(held.case.subject.device) if held.case.subject.device is not None else None
    if index is None or not isfinite(look.picture.lat_deg[index]):
        return None
    at = LatLon(lat_deg=float(look.picture.lat_deg[index]), lon_deg=float(look.picture.lon_deg[index]))
    near = min(((distance_m(at, _centre(zone)), zone.label) for zone in held.case.zones if zone.label), default=None)
    return f"{near[1]} {round(near[0], -1):.0f} m" if near is not None and near[0] <= NEAR_M else None


def _centre(zone: Zone) -> LatLon:
    if isinstance(zone.shape, Circle):
        return zone.shape.centre
    points = [point for polygon in zone.shape for point in polygon.outer]
    return LatLon(
        lat_deg=sum(point.lat_deg for point in points) / len(points), lon_deg=sum(point.lon_deg for point in points) / len(points)
    )


def levels_of_devices(look: Look, n: int) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    """(n,) uint8, the worst open alarm of each device: 0 normal, 1 amber, 2 red, 3 technical, 4 SOS."""
    rank = np.zeros(n, np.uint8)
    for row in look.room.alarms:
        newest = row.newest
        index = look.places.device.get(newest.device) if newest.device is not None else None
        if index is not None and (row.holds or not row.acknowledged):
            rank[index] = max(rank[index], _rank(row))
    return np.array([0, 3, 1, 2, 4], np.uint8)[rank]


def _rank(row: LiveAlarm) -> int:
    """How bad: technical 1, amber 2, red 3, SOS 4."""
    if row.newest.kind is AlarmKind.SOS:
        return 4
    if row.is_red:
        return 3
    return 1 if row.newest.kind in {AlarmKind.BATTERY, AlarmKind.SILENT, AlarmKind.SEPARATED} else 2
