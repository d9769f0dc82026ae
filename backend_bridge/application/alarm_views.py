"""Rows of the alarm list, cut for one user."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, repeat
from math import inf, isfinite
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend_bridge.application.case_alarms import case_of
from backend_bridge.application.columnwise import of_columns
from backend_bridge.application.looking import Look, Sent, numbers
from backend_bridge.application.rows import AlarmRow, AlarmState, Trend
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, Figure
from backend_bridge.domain.alarms.alarm_state import LiveAlarm
from backend_bridge.domain.alarms.routing import first_for
from backend_bridge.domain.case import Case, Circle, Zone
from backend_bridge.domain.identifiers import AlarmId, CaseId, IncidentId, UserId, ZoneId
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
_OF_NEWEST = ("kind", "level", "case", "subject", "device", "zone", "ring", "about", "happened_us", "probability")
"""Columns of rows that are said of the alarm's newest change."""
_OF_ROW = (
    "alarm", "priority", "cleared_us", "count", "owner", "acknowledged_us", "shelved_until_us", "escalation", "incident", "group",
)  # fmt: skip
_TELLS_A_PLACE = (
    "distance", "lat", "lon", "miss", "contact", "place", "closing", "bearing", "course", "reach", "largest", "on_foot", "co_travel",
)  # fmt: skip


class AlarmCutter:
    """Which rows of the alarm list a desk has to be sent."""

    def __init__(self) -> None:
        self._sent = Sent(table=Table.ALARMS)
        self._alarms = self._cases = self._incidents = 0
        self._refreshed_us = 0

    def changes(self, look: Look) -> TableChange | None:
        """Rows that are new, different or gone since the last call."""
        keys = self._candidates(look)
        rows = {row.alarm: row for row in alarm_rows(look, _seen(look, keys))}
        return self._sent.differ((key, rows.get(key)) for key in keys)

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


def _seen(look: Look, keys: Iterable[AlarmId]) -> list[LiveAlarm]:
    """The rows of those alarms that are open and that the user may see."""
    rows = [row for row in map(look.room.alarms.rows.get, keys) if row is not None]
    newest = [row.newest for row in rows]
    cases = [case_of(look.room, each) for each in newest]
    return list(compress(rows, look.sight.may_each(_SEE_ALARM, [each.subject for each in newest], cases)))


def listed(look: Look) -> tuple[AlarmId, ...]:
    """The alarms that the user may see, in the order of the list: priority, time to contact, the newest first; shelved ones last."""
    seen = _seen(look, look.room.alarms.rows)
    pairs = _pairs_of(look, [row.newest for row in seen])
    contact_s = pairs.column(look.picture.pairs.contact_s)
    contact_s = np.where(np.isfinite(contact_s), contact_s, inf).tolist()
    places = [
        (row.shelved_until_us is not None, row.priority, contact, -row.since_us, at)
        for at, (row, contact) in enumerate(zip(seen, contact_s, strict=True))
    ]
    return tuple(seen[place[-1]].alarm for place in sorted(places))


@dataclass(frozen=True, slots=True, kw_only=True)
class _PairsOf:
    """For each of n alarms, which pair of the picture it is about and the user may see the distance of."""

    shown: list[bool]
    """Whether the user may see distances in the case of the alarm, whether or not it is about a pair."""
    index: NDArray[np.intp]
    """−1 where there is none, or none that may be seen."""

    def column(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """The value of each alarm's pair, NaN where there is none."""
        return np.append(values, np.nan)[self.index]


def _pairs_of(look: Look, newest: Sequence[AlarmChange]) -> _PairsOf:
    cases, abouts = [each.case for each in newest], [each.about for each in newest]
    shown = [case is None or may for case, may in zip(cases, look.sight.may_each(_SEE_DISTANCE, abouts, cases), strict=True)]
    pairs: Mapping[Any, int] = look.places.pair  # asked for alarms without a case or another person too: there is no such pair
    index = [pairs.get(key, -1) if may else -1 for key, may in zip(zip(cases, abouts, strict=True), shown, strict=True)]
    return _PairsOf(shown=shown, index=np.array(index, np.intp))


def state_of(row: LiveAlarm) -> AlarmState:
    """The state of a row in the words of ISA-18.2."""
    if row.shelved_until_us is not None:
        return AlarmState.SHELVED
    if row.acknowledged:
        return AlarmState.ACKNOWLEDGED
    if row.holds:
        return AlarmState.UNACKNOWLEDGED
    return AlarmState.RETURNED_UNACKNOWLEDGED


def alarm_rows(look: Look, rows: Sequence[LiveAlarm]) -> list[AlarmRow]:
    """Rows of the list as the user may see them."""
    if not rows:
        return []
    newest = [row.newest for row in rows]
    pairs, cases = _pairs_of(look, newest), _cases_of(look, newest)
    columns: dict[str, Iterable[Any]] = {
        **_figures(look, pairs),
        **_attributes(newest, _OF_NEWEST),
        **_attributes(rows, _OF_ROW),
        "known_us": [row.since_us for row in rows],
        "state": [AlarmState.LATCHED if _is_latched(row, look) else state_of(row) for row in rows],
        "place": _places(look, newest, cases),
        "next_step": [_next_step(look.room.incidents, row) for row in rows],
        "because": [_because(each.because, shown=shown) for each, shown in zip(newest, pairs.shown, strict=True)],
        "updated_us": [each.known_us if pair < 0 else look.picture.at_us for each, pair in zip(newest, pairs.index.tolist(), strict=True)],
        "masked": [not shown for shown in pairs.shown],
        "routed": _routed(look, rows, cases),
        "called_us": [row.alert_us for row in rows],
        "legal": map(label_of, newest, cases),
    }
    return of_columns(AlarmRow, len(rows), columns)


def _attributes(objects: Sequence[object], names: tuple[str, ...]) -> dict[str, Iterable[Any]]:
    """A column of each attribute of one object or more."""
    return dict(zip(names, zip(*map(attrgetter(*names), objects), strict=True), strict=True))


def _cases_of(look: Look, newest: Sequence[AlarmChange]) -> list[Case | None]:
    held = [look.room.registry.held.get(each.case) if each.case is not None else None for each in newest]
    return [None if each is None else each.case for each in held]


def _routed(look: Look, rows: Sequence[LiveAlarm], cases: Sequence[Case | None]) -> Iterable[tuple[UserId, ...]]:
    """Whose each alarm is first that nobody has acknowledged; empty for everybody's."""
    chairs = tuple(look.room.duty.chairs())
    if all(chair.route is None for chair in chairs):
        return repeat((), len(rows))
    first = (() if row.acknowledged else first_for(row.newest.kind, case, chairs) for row, case in zip(rows, cases, strict=True))
    return (tuple(dict.fromkeys(UserId(chair.user) for chair in each)) for each in first)


def _is_latched(row: LiveAlarm, look: Look) -> bool:
    """A tamper whose device says that all is well again, and which waits for a person's reason all the same."""
    tamper = row.newest.kind is AlarmKind.TAMPER
    return tamper and row.latched and row.newest.device not in look.room.devices.strap_cut


def cases_listed(look: Look) -> list[CaseId]:
    """The case that the desk looks into, and those of the alarms in the order of their list."""
    rows = look.room.alarms.rows
    cases = (look.chosen, *(rows[alarm].newest.case for alarm in look.listed))
    return list(dict.fromkeys(case for case in cases if case is not None))


def _figures(look: Look, pairs: _PairsOf) -> dict[str, Iterable[Any]]:
    """How the pair of each alarm stands now; all unknown where there is none, or it is masked."""
    now = look.picture.pairs
    return {
        "distance_m": numbers(pairs.column(now.distance_m), 0),
        "distance_error_m": numbers(pairs.column(now.distance_error_m), 0),
        "closing_mps": numbers(pairs.column(now.closing_mps)),
        "contact_s": numbers(pairs.column(now.contact_s), 0),
        "trend": map(TRENDS.__getitem__, np.append(now.trend, np.int8(-2))[pairs.index].tolist()),
    }


def _because(because: Mapping[str, Figure], *, shown: bool) -> tuple[tuple[str, Figure], ...]:
    return tuple(because.items()) if shown else tuple((key, value) for key, value in because.items() if not _tells_a_place(key))


@lru_cache(maxsize=1024)
def _tells_a_place(key: str) -> bool:
    return any(word in key for word in _TELLS_A_PLACE)


def _next_step(incidents: IncidentBook, row: LiveAlarm) -> str | None:
    incident = incidents.incidents.get(row.incident) if row.incident is not None else None
    if incident is not None and incident.is_open:
        task = incident.next_task()
        return task.rule.task if task is not None else None
    return NOT_REACHED_TASK.task if row.not_reached else None


def _places(look: Look, newest: Sequence[AlarmChange], cases: Sequence[Case | None]) -> list[str | None]:
    """For each alarm, the label of the zone that it is about, or of the zone that the wearer is nearest to, with the distance."""
    subjects = (None if case is None else case.subject.person for case in cases)
    seen = look.sight.may_each(_SEE_WEARER, subjects, [None if case is None else case.case for case in cases])
    each = zip(newest, cases, seen, strict=True)
    return [_place(look, alarm.zone, case) if case is not None and may else None for alarm, case, may in each]


def _place(look: Look, about: ZoneId | None, case: Case) -> str | None:
    if about is not None:
        return next((zone.label for zone in case.zones if zone.zone == about), None)
    labelled = [zone for zone in case.zones if zone.label]
    index = look.places.device.get(case.subject.device) if labelled and case.subject.device is not None else None
    if index is None or not isfinite(look.picture.lat_deg[index]):
        return None
    at = LatLon(lat_deg=float(look.picture.lat_deg[index]), lon_deg=float(look.picture.lon_deg[index]))
    near = min((distance_m(at, _centre(zone)), zone.label) for zone in labelled)
    return f"{near[1]} {round(near[0], -1):.0f} m" if near[0] <= NEAR_M else None


def _centre(zone: Zone) -> LatLon:
    if isinstance(zone.shape, Circle):
        return zone.shape.centre
    points = [point for polygon in zone.shape for point in polygon.outer]
    return LatLon(
        lat_deg=sum(point.lat_deg for point in points) / len(points), lon_deg=sum(point.lon_deg for point in points) / len(points)
    )


def levels_of_devices(look: Look, n: int) -> NDArray[np.uint8]:
    """(n,) uint8, the worst open alarm of each device: 0 normal, 1 amber, 2 red, 3 technical, 4 SOS."""
    newest = [row.newest for row in look.room.alarms if row.active or row.acknowledged_us is None]
    index: Mapping[Any, int] = look.places.device  # asked for alarms without a device too: there is no such device
    devices = np.array([index.get(each.device, -1) for each in newest], np.intp)
    ranks = np.array([_RANKS[each.kind, each.level] for each in newest], np.uint8)
    rank = np.zeros(n + 1, np.uint8)
    np.maximum.at(rank, devices, ranks)
    return np.array([0, 3, 1, 2, 4], np.uint8)[rank[:n]]


def _rank(kind: AlarmKind, level: AlarmLevel) -> int:
    """How bad: technical 1, amber 2, red 3, SOS 4."""
    if kind is AlarmKind.SOS:
        return 4
    if level is AlarmLevel.RED:
        return 3
    return 1 if kind in {AlarmKind.BATTERY, AlarmKind.SILENT, AlarmKind.SEPARATED} else 2


_RANKS = {(kind, level): _rank(kind, level) for kind in AlarmKind for level in AlarmLevel}
