"""Rows of cases, cut for one user: whom and what the court named, without names, numbers or addresses."""

from collections.abc import Iterator
from itertools import compress, repeat
from typing import Final

import numpy as np

from backend_bridge.application.alarm_views import cases_listed
from backend_bridge.application.looking import Backlog, Look, Sent
from backend_bridge.application.rows import CaseRow, PersonRow, PlaceRow, RingRow, ZoneRow
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.breach.schedule import in_force
from backend_bridge.domain.case import Case, OrderBasis, Period, PlaceKind, Ring, Zone
from backend_bridge.domain.identifiers import CaseId, PersonId
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.watching.picture import Part
from backend_bridge.domain.watching.registry import Held, person_of, places_of

MOST_EXTENSIONS: Final = 2
"""How often Korea's courts may extend an interim measure (Stalking Act Art. 9(7))."""
_INTERIM: Final = frozenset({OrderBasis.INTERIM_MEASURE_2, OrderBasis.INTERIM_MEASURE_3, OrderBasis.INTERIM_MEASURE_3_2})


class CaseCutter:
    """Which rows of cases a desk has to be sent."""

    def __init__(self) -> None:
        self._sent = Sent(table=Table.CASES)
        self._held = self._access = 0
        self._scheduled: tuple[CaseId, ...] = ()
        self._second = 0
        self._silent: frozenset[tuple[CaseId, bool]] = frozenset()
        self._backlog: Backlog[CaseId] = Backlog()

    def changes(self, look: Look) -> TableChange | None:
        """Rows that are new, different or gone since the last call."""
        candidates = self._candidates(look)
        if look.first and look.recorded:
            self._sent.awaited.update(self._backlog.waiting())
        return self._sent.differ((key, _row_or_gone(look, key)) for key in candidates)

    @property
    def awaited(self) -> frozenset[str]:
        """Rows that are still to be sent."""
        return frozenset(self._sent.awaited)

    def _candidates(self, look: Look) -> list[CaseId]:
        registry, access = look.room.registry, look.room.access
        silent = frozenset(_silent_cases(look))
        at_once: dict[CaseId, None] = {}
        if look.first:
            ahead = (case for case in cases_listed(look) if case in registry.held)
            self._backlog.begin(ahead, _seen(look) if look.recorded else registry.held)
        else:
            at_once = dict.fromkeys(CaseId(key) for key in access.changed.since(self._access))
            self._backlog.add(CaseId(key) for key in registry.changed.since(self._held))
            self._backlog.add({case for case, _ in silent ^ self._silent})
            self._backlog.add(self._due_for_schedule(look))
        if look.first or registry.changed.revision != self._held:
            self._scheduled = tuple(name for name, held in registry.held.items() if _has_schedule(held.case))
        self._silent = silent
        self._held, self._access = registry.changed.revision, access.changed.revision
        return self._backlog.take(at_once)

    def _due_for_schedule(self, look: Look) -> Iterator[CaseId]:
        """Cases whose windows may have opened or closed: a sixtieth of them each second, all within a minute."""
        second = look.now_us // MICROSECONDS
        passed = min(60, second - self._second)
        self._second = second
        for each in range(passed):
            yield from self._scheduled[(second - each) % 60 :: 60]


def _has_schedule(case: Case) -> bool:
    """Whether time alone may put something of it in force, or out of it."""
    if any(zone.schedule is not None or _is_timed(zone.period) for zone in case.zones):
        return True
    if any(ring.schedule is not None or _is_timed(ring.period) for ring in case.rings):
        return True
    return any(_is_timed(place.period) for place in case.places)


def _is_timed(period: Period) -> bool:
    """Whether it is not always, which comparing it would take much longer to find out: this is asked of all cases."""
    return period.starts_us is not None or period.ends_us is not None


def _silent_cases(look: Look) -> Iterator[tuple[CaseId, bool]]:
    """Cases whose wearer is not heard, and whether that is so from the beginning."""
    picture = look.picture
    silent = picture.silent_since_us >= 0
    never = (picture.measured_us < 0) & (picture.part == Part.WEARER) & ~silent
    for index in np.flatnonzero(silent | never).tolist():
        for carrier in look.room.registry.carriers(picture.devices[index]):
            if carrier.part == 0:
                yield carrier.case, bool(never[index])


def _row_or_gone(look: Look, name: CaseId) -> CaseRow | None:
    held = look.room.registry.held.get(name)
    return case_row(look, held) if held is not None and _is_seen(look, name) else None


def _seen(look: Look) -> Iterator[CaseId]:
    names = tuple(look.room.registry.held)
    return compress(names, look.sight.may_each(Action.SEE_CASE, repeat(None, len(names)), names))


def _is_seen(look: Look, name: CaseId) -> bool:
    return bool(look.sight.may(Action.SEE_CASE, None, name))


def case_row(look: Look, held: Held) -> CaseRow:
    """A case as the user may see it."""
    case = held.case
    responsible = case.responsible
    places = tuple(_places(look, case))
    return CaseRow(
        case=case.case,
        version=held.version,
        jurisdiction=case.jurisdiction,
        tier=case.tier,
        basis=case.order.basis,
        starts_us=case.order.starts_us,
        ends_us=case.order.ends_us,
        in_force=held.in_force(look.now_us),
        people=tuple(_people(look, case)),
        places=places,
        zones=tuple(_zones(case, look.now_us)),
        rings=tuple(_rings(case, look.now_us)),
        police_station=responsible.police_station if responsible else None,
        officer=responsible.officer if responsible else None,
        probation_office=responsible.probation_office if responsible else None,
        defects=tuple(defects_of(case)),
        tracked=case.subject.device is not None,
        silent_since_us=_silent_since(look, case),
        unfitted_since_us=_unfitted_since(look, held),
        masked=any(place.position is None for place in places),
        court=case.order.court,
        extensions=case.order.extensions,
    )


def _people(look: Look, case: Case) -> Iterator[PersonRow]:
    parties = [("subject", case.subject), *(("protected", party) for party in case.protected)]
    for part, party in parties:
        person = person_of(case, party.person)
        n_phones = len(person.phones) if person is not None else 0
        consent = look.room.consents.consents.get((case.case, party.person))
        yield PersonRow(
            person=party.person,
            part=part,
            device=party.device,
            relation=None,
            n_phones=n_phones,
            consent=None if consent is None else "given" if consent.given else "withdrawn",
            consent_version=None if consent is None else consent.version,
            consent_us=None if consent is None else consent.at_us,
        )
    named = {party.person for _, party in parties}
    for person in case.people:
        if person.person not in named:
            yield PersonRow(person=person.person, part="relation", device=None, relation=person.relation, n_phones=len(person.phones))


def _places(look: Look, case: Case) -> Iterator[PlaceRow]:
    for place in case.places:
        shown = look.sight.may(Action.SEE_PLACES, place.person, case.case)
        yield PlaceRow(
            place=place.place,
            person=place.person,
            kind=place.kind,
            position=place.position if shown else None,
            starts_us=place.period.starts_us,
            ends_us=place.period.ends_us,
            in_force=place.period.holds(look.now_us),
        )


def _zones(case: Case, now_us: int) -> Iterator[ZoneRow]:
    for zone in case.zones:
        yield ZoneRow(
            zone=zone.zone,
            kind=zone.kind,
            label=zone.label,
            shape=zone.shape,
            warning_m=zone.warning_m,
            schedule=zone.schedule,
            in_force=_holds(zone, now_us),
            starts_us=zone.period.starts_us,
            ends_us=zone.period.ends_us,
        )


def _rings(case: Case, now_us: int) -> Iterator[RingRow]:
    for ring in case.rings:
        yield RingRow(
            ring=ring.ring,
            about=ring.about,
            distance_m=ring.distance_m,
            effect=ring.effect,
            in_force=_holds(ring, now_us),
            starts_us=ring.period.starts_us,
            ends_us=ring.period.ends_us,
        )


def _holds(part: Zone | Ring, now_us: int) -> bool:
    return part.period.holds(now_us) and (part.schedule is None or len(in_force(part.schedule, now_us, now_us + 1)) > 0)


def defects_of(case: Case) -> Iterator[str]:
    """Codes of what is missing in a case and may cost a life: addresses, numbers, devices."""
    if case.subject.device is None:
        yield "no-telemetry"
    if not case.protected:
        yield "no-protected-person"
    for party in case.protected:
        yield from _defects_of(case, party.person)
        if party.device is None:
            yield "no-device-protected"
    if case.responsible is None or case.responsible.police_station is None:
        yield "no-police-station"
    if case.jurisdiction == "KR" and case.order.basis in _INTERIM and (case.order.extensions or 0) > MOST_EXTENSIONS:
        yield "too-many-extensions"


def _defects_of(case: Case, person: PersonId) -> Iterator[str]:
    kinds = {place.kind for place in places_of(case, person)}
    if PlaceKind.HOME not in kinds:
        yield "no-home-address"
    if PlaceKind.WORK not in kinds:
        yield "no-work-address"
    known = person_of(case, person)
    if known is None or not known.phones:
        yield "no-phone"


def _unfitted_since(look: Look, held: Held) -> int | None:
    device, order = held.case.subject.device, held.case.order
    if device is None or not held.in_force(look.now_us):
        return None
    index = look.places.device.get(device)
    was_heard = index is not None and (look.picture.measured_us[index] >= 0 or look.picture.silent_since_us[index] >= 0)
    return None if was_heard else order.starts_us


def _silent_since(look: Look, case: Case) -> int | None:
    index = look.places.device.get(case.subject.device) if case.subject.device is not None else None
    if index is None:
        return None
    since_us = int(look.picture.silent_since_us[index])
    return since_us if since_us >= 0 else None
