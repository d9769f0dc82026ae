"""What protected persons' apps are shown: the rules of the cases, what the log has of it, and how it stands now."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from backend_bridge.application.access_rows import DisclosureRow
from backend_bridge.application.looking import Look, Sent
from backend_bridge.application.room_state import Room
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.access.disclosure import NOTHING, RANK, REVIEW_WITHIN_US, Meeting, RuleState, Shown, shown
from backend_bridge.domain.access.disclosure_book import Key
from backend_bridge.domain.identifiers import CaseId, PersonId
from backend_bridge.domain.quantities import MICROSECONDS, LatLon
from backend_bridge.domain.watching.picture import Age, Picture

EVERY_US: Final = MICROSECONDS // 2
"""The rows follow as often as the apps are told."""
_TRENDS: Final = {1: "closing", 0: "steady", -1: "opening", -2: "unknown"}


def meeting_at(room: Room, picture: Picture, row: int) -> Meeting | None:
    """How the pair in a row of the picture stands now; None where its order does not hold."""
    pairs = picture.pairs
    case, about = pairs.case[row], pairs.about[row]
    held = room.registry.held.get(case)
    if held is None or not held.in_force(room.now_us):
        return None
    his, hers = int(pairs.subject[row]), int(pairs.protected[row])
    distance_m = float(pairs.distance_m[row])
    return Meeting(
        case=case,
        about=about,
        subject=held.case.subject.person,
        device=held.case.subject.device,
        distance_m=distance_m if np.isfinite(distance_m) else None,
        distance_error_m=float(np.nan_to_num(pairs.distance_error_m[row])),
        wearer=_place_of(picture, his),
        protected=_place_of(picture, hers),
        accuracy_m=float(np.nan_to_num(picture.accuracy_m[his], nan=50.0)),
        trend=_TRENDS.get(int(pairs.trend[row]), "unknown"),
        measured_us=int(min(picture.measured_us[his], picture.measured_us[hers])),
        is_live=bool(max(picture.freshness[his], picture.freshness[hers]) <= Age.LATE),
    )


def meetings_of(room: Room, picture: Picture, persons: set[PersonId]) -> Iterator[Meeting]:
    """How the wearers of cases in force stand to `persons` now."""
    for row, about in enumerate(picture.pairs.about):
        meeting = meeting_at(room, picture, row) if about in persons else None
        if meeting is not None:
            yield meeting


def _place_of(picture: Picture, row: int) -> LatLon | None:
    lat, lon = float(picture.lat_deg[row]), float(picture.lon_deg[row])
    return LatLon(lat_deg=lat, lon_deg=lon) if np.isfinite(lat) and np.isfinite(lon) else None


def wanted(room: Room, meeting: Meeting) -> Shown:
    """What the rule gives, whether or not the log has it yet."""
    rule = room.disclosures.rules.get((meeting.case, meeting.about))
    return NOTHING if rule is None else shown(rule, meeting)


def in_log(room: Room, meeting: Meeting, given: Shown) -> Shown:
    """What of it may be shown: nothing that the log does not have already."""
    return given if RANK[given.detail] <= RANK[room.disclosures.logged_of((meeting.case, meeting.about))] else NOTHING


@dataclass(slots=True, kw_only=True)
class DisclosureCutter:
    """Which rows of disclosures a desk has to be sent."""

    _sent: Sent = field(default_factory=lambda: Sent(table=Table.DISCLOSURES))
    _due_us: int = 0

    def changes(self, look: Look) -> TableChange | None:
        """Rows that are new, different or gone, at most twice a second."""
        if not look.first and look.now_us < self._due_us:
            return None
        self._due_us = look.now_us + EVERY_US
        keys = {f"{case}/{about}": (case, about) for case, about in look.room.disclosures.rules}
        gone = [key for key in self._sent.rows if key not in keys]
        rows = [(name, _row(look, name, key)) for name, key in keys.items()]
        return self._sent.differ([*rows, *((key, None) for key in gone)])


def _row(look: Look, name: str, key: Key) -> DisclosureRow | None:
    case, about = key
    if not look.sight.may(Action.SEE_DISCLOSURE, about, case):
        return None
    room = look.room
    rule, index = room.disclosures.rules[key], look.places.pair.get(key)
    n_apps = room.disclosures.apps.get(about, 0)
    meeting = None if index is None or not n_apps else meeting_at(room, look.picture, index)
    now = NOTHING if meeting is None else in_log(room, meeting, wanted(room, meeting))
    is_due = rule.state is RuleState.IN_FORCE_AT_ONCE
    row = DisclosureRow(
        disclosure=name,
        case=case,
        about=about,
        state=rule.state.value,
        since_us=rule.since_us,
        review_due_us=rule.since_us + REVIEW_WITHIN_US if is_due else None,
        decided_by=rule.decided_by,
        reason=rule.reason,
        steps=tuple((step.within_m, step.detail.value, step.direction) for step in rule.steps),
        n_apps=n_apps,
        detail=now.detail.value,
        within_m=now.within_m,
        distance_m=now.distance_m,
        direction=now.direction,
        trend=now.trend,
        place=now.place,
        radius_m=now.radius_m,
        measured_us=now.measured_us,
        live=now.is_live,
    )
    return _cut(look, row, case, meeting)


def _cut(look: Look, row: DisclosureRow, case: CaseId, meeting: Meeting | None) -> DisclosureRow:
    """The row without what this user may not see themselves."""
    if meeting is None or row.within_m is None:
        return row
    if not look.sight.may(Action.SEE_DISTANCE, meeting.about, case):
        row = replace(row, distance_m=None, direction=None, trend=None, masked=True)
    if row.place is not None and not look.sight.may(Action.SEE_WEARER_POSITION, meeting.subject, case):
        row = replace(row, place=None, radius_m=None, masked=True)
    return row
