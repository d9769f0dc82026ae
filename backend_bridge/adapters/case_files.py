"""Case files of format `bongsu-case/1`: read whole and right or not at all, and written so that reading gives the same case."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypeVar

from backend_bridge.adapters.case_shapes import (
    period_document,
    period_of,
    position_of,
    schedule_document,
    schedule_of,
    shape_document,
    shape_of,
)
from backend_bridge.adapters.json_fields import Fields, Problems, json_of_text, text_of_file
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.time_text import text_of_us, us_of_text
from backend_bridge.domain.case import (
    Case,
    Order,
    OrderBasis,
    Party,
    Person,
    Place,
    PlaceKind,
    Responsible,
    Ring,
    RingEffect,
    Tier,
    Zone,
    ZoneKind,
)
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId, PlaceId, RingId, ZoneId

Row = TypeVar("Row")

FORMAT: Final = "bongsu-case/1"
_WIDEST_M: Final = 1_000_000.0
_SCHEDULED_FROM: Final = "1970-01-01T00:00:00Z"
_SCHEDULED_TO: Final = "2200-01-01T00:00:00Z"
"""Between these every window of a schedule is worked out; the calendar itself ends with the year 9999."""


def read_case_file(path: Path) -> tuple[Case, ...]:
    """All cases of a file; raises `InputRefusedError` with every defect of every case when one cannot be right."""
    return cases_of_text(text_of_file(path), str(path))


def cases_of_text(text: str, name: str) -> tuple[Case, ...]:
    """The cases of a document called `name` in the sentences about its defects."""
    try:
        document = json_of_text(text)
    except (ValueError, RecursionError) as error:
        raise InputRefusedError([f"{name}: is not JSON: {error}"]) from None
    problems = Problems()
    top = Fields(document, name, problems)
    if top.raw("format") != FORMAT:
        top.wrong("format", f'must be "{FORMAT}"')
    if not isinstance(top.raw("cases"), list):
        top.wrong("cases", "must be a list of cases")
    cases = [_case_of(fields) for fields in top.rows("cases", _Called("case"))]
    for case, count in Counter(case.case for case in cases if case is not None).items():
        if count > 1:
            problems.add(f"{name}, case {case}:", f"stands {count} times in the file; once is right")
    if problems.sentences:
        n_bad = sum(case is None for case in cases)
        summary = [f"{name}: nothing is imported; {n_bad} of {len(cases)} cases are not right"] if n_bad else []
        raise InputRefusedError([*problems.sentences, *summary])
    return tuple(case for case in cases if case is not None)


class _Called:
    """Says which row of a list a sentence is about: its id where it has one, else its number from 1."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self, row: object, index: int) -> str:
        value = row.get(self._key) if isinstance(row, dict) else None
        return f"{self._key} {value}" if isinstance(value, str) and 0 < len(value) <= 64 else f"{self._key} number {index + 1}"


def _case_of(fields: Fields) -> Case | None:
    fields.expect("case", "jurisdiction", "tier", "subject", "protected", "people", "places", "responsible", "order", "zones", "rings")
    case = fields.identifier("case")
    jurisdiction = fields.identifier("jurisdiction")
    tier = fields.choice("tier", Tier)
    subject_fields = fields.child("subject")
    subject = None if subject_fields is None else _party_of(subject_fields)
    if not fields.has("protected"):
        fields.wrong("protected", "is missing; a list of the protected persons, which may be empty, is needed")
    order = _order_of(fields)
    protected = _whole([_party_of(row) for row in fields.rows("protected", _Called("person"))])
    people = _whole([_person_of(row) for row in fields.rows("people", _Called("person"))])
    places = _whole([_place_of(row) for row in fields.rows("places", _Called("place"))])
    zones = _whole([_zone_of(row) for row in fields.rows("zones", _Called("zone"))])
    rings = _whole([_ring_of(row) for row in fields.rows("rings", _Called("ring"))])
    responsible = _responsible_of(fields)
    if case is None or jurisdiction is None or tier is None or subject is None or order is None or fields.n_wrong:
        return None
    whole = Case(
        case=CaseId(case),
        jurisdiction=jurisdiction,
        tier=tier,
        subject=subject,
        protected=protected,
        people=people,
        places=places,
        responsible=responsible,
        order=order,
        zones=zones,
        rings=rings,
    )
    _check_parts(whole, fields)
    return None if fields.n_wrong else whole


def _whole(rows: Sequence[Row | None]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row is not None)


def _party_of(fields: Fields) -> Party | None:
    fields.expect("person", "device")
    person = fields.identifier("person")
    device = fields.device("device", required=False)
    return None if person is None else Party(person=PersonId(person), device=None if device is None else DeviceId(device))


def _order_of(case: Fields) -> Order | None:
    fields = case.child("order")
    if fields is None:
        return None
    fields.expect("basis", "starts", "ends", "court", "extensions")
    basis = fields.choice("basis", OrderBasis)
    starts, ends = fields.instant("starts"), fields.instant("ends")
    if basis is None or starts is None or ends is None:
        return None
    if ends <= starts:
        fields.wrong("ends", "must be later than starts")
    extensions = fields.number("extensions", low=0, high=99, required=False)
    if extensions is not None and extensions != int(extensions):
        fields.wrong("extensions", "must be a whole number")
    court = fields.text("court", required=False, longest=200)
    return Order(basis=basis, starts_us=starts, ends_us=ends, court=court, extensions=None if extensions is None else int(extensions))


def _person_of(fields: Fields) -> Person | None:
    fields.expect("person", "name", "phones", "relation")
    person = fields.identifier("person")
    name = fields.text("name", longest=200)
    phones = fields.raw("phones")
    if phones is None:
        phones = []
    if not isinstance(phones, list) or not all(isinstance(phone, str) and 0 < len(phone) <= 40 for phone in phones):
        fields.wrong("phones", "must be a list of texts")
        return None
    relation = fields.text("relation", required=False, longest=200)
    if person is None or name is None:
        return None
    return Person(person=PersonId(person), name=name, phones=tuple(phones), relation=relation)


def _place_of(fields: Fields) -> Place | None:
    fields.expect("place", "person", "kind", "address", "lat", "lon", "starts", "ends")
    place, person = fields.identifier("place"), fields.identifier("person")
    kind = fields.choice("kind", PlaceKind)
    address = fields.text("address", required=False)
    position = position_of(fields, required=False)
    if place is None or person is None or kind is None:
        return None
    return Place(place=PlaceId(place), person=PersonId(person), kind=kind, address=address, position=position, period=period_of(fields))


def _responsible_of(case: Fields) -> Responsible | None:
    fields = case.child("responsible") if case.has("responsible") else None
    if fields is None:
        return None
    fields.expect("police_station", "officer", "phone", "probation_office")
    return Responsible(
        police_station=fields.text("police_station", required=False),
        officer=fields.text("officer", required=False),
        phone=fields.text("phone", required=False),
        probation_office=fields.text("probation_office", required=False),
    )


def _zone_of(fields: Fields) -> Zone | None:
    fields.expect("zone", "kind", "label", "warning_m", "geometry", "circle", "schedule", "starts", "ends")
    zone = fields.identifier("zone")
    kind = fields.choice("kind", ZoneKind)
    label = fields.text("label", required=False, longest=200)
    warning = fields.number("warning_m", low=0, high=_WIDEST_M, required=False) or None
    if warning is not None and kind is ZoneKind.INCLUSION:
        fields.wrong("warning_m", "belongs to an exclusion zone; leave it out of an inclusion zone")
    shape = shape_of(fields)
    schedule = schedule_of(fields)
    if zone is None or kind is None or shape is None:
        return None
    return Zone(zone=ZoneId(zone), kind=kind, label=label, shape=shape, warning_m=warning, schedule=schedule, period=period_of(fields))


def _ring_of(fields: Fields) -> Ring | None:
    fields.expect("ring", "about", "distance_m", "effect", "schedule", "starts", "ends")
    ring, about = fields.identifier("ring"), fields.identifier("about")
    distance = fields.number("distance_m", low=1, high=_WIDEST_M)
    effect = fields.choice("effect", RingEffect)
    schedule = schedule_of(fields)
    if ring is None or about is None or distance is None or effect is None:
        return None
    return Ring(ring=RingId(ring), about=PersonId(about), distance_m=distance, effect=effect, schedule=schedule, period=period_of(fields))


def _check_parts(case: Case, fields: Fields) -> None:
    """Note what is wrong between the parts of a case whose parts are right by themselves."""
    protected = {party.person for party in case.protected}
    known = protected | {case.subject.person} | {person.person for person in case.people}
    for ring in case.rings:
        if ring.about not in protected:
            fields.wrong("rings", f"holds ring {ring.ring} about {ring.about}, who is not a protected person of the case")
    schedules = [*(zone.schedule for zone in case.zones), *(ring.schedule for ring in case.rings)]
    if any(schedule is not None for schedule in schedules):
        if case.order.starts_us < us_of_text(_SCHEDULED_FROM):
            fields.wrong("order", f"starts before {_SCHEDULED_FROM}; a zone or ring with a schedule needs a later date")
        if case.order.ends_us > us_of_text(_SCHEDULED_TO):
            fields.wrong("order", f"ends after {_SCHEDULED_TO}; a zone or ring with a schedule needs an earlier date")
    for place in case.places:
        if place.person not in known:
            fields.wrong("places", f"holds place {place.place} of {place.person}, who is not a person of the case")
    zones = [zone.zone for zone in case.zones]
    _once(fields, "zones", zones, "zone")
    _once(fields, "rings", [*dict.fromkeys(zones), *(ring.ring for ring in case.rings)], "zone or ring")
    _once(fields, "places", [place.place for place in case.places], "place")
    _once(fields, "people", [person.person for person in case.people], "person")
    _once(fields, "protected", [case.subject.person, *(party.person for party in case.protected)], "person")
    devices = [party.device for party in (case.subject, *case.protected) if party.device is not None]
    _once(fields, "protected", devices, "device")


def _once(fields: Fields, key: str, names: Sequence[str], what: str) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            fields.wrong(key, f"uses the {what} id {name} {count} times; each must be its own")


def document_of_case(case: Case) -> dict[str, object]:
    """The case as an object of a case file; reading it back gives an equal case."""
    return {
        "case": case.case,
        "jurisdiction": case.jurisdiction,
        "tier": case.tier.value,
        "subject": _party_document(case.subject),
        "protected": [_party_document(party) for party in case.protected],
        "people": [
            {"person": person.person, "name": person.name, "phones": list(person.phones), "relation": person.relation}
            for person in case.people
        ],
        "places": [_place_document(place) for place in case.places],
        "responsible": _responsible_document(case.responsible),
        "order": {
            "basis": case.order.basis.value,
            "starts": text_of_us(case.order.starts_us),
            "ends": text_of_us(case.order.ends_us),
            **_said(court=case.order.court, extensions=case.order.extensions),
        },
        "zones": [_zone_document(zone) for zone in case.zones],
        "rings": [_ring_document(ring) for ring in case.rings],
    }


def _said(**values: object) -> dict[str, object]:
    """Fields that a file leaves out where nothing is known."""
    return {name: value for name, value in values.items() if value is not None}


def _party_document(party: Party) -> dict[str, object]:
    return {"person": party.person, "device": party.device}


def _responsible_document(responsible: Responsible | None) -> dict[str, object] | None:
    if responsible is None:
        return None
    return {
        "police_station": responsible.police_station,
        "officer": responsible.officer,
        "phone": responsible.phone,
        "probation_office": responsible.probation_office,
    }


def _place_document(place: Place) -> dict[str, object]:
    position = {} if place.position is None else {"lat": place.position.lat_deg, "lon": place.position.lon_deg}
    return {
        "place": place.place,
        "person": place.person,
        "kind": place.kind.value,
        "address": place.address,
        **position,
        **period_document(place.period),
    }


def _zone_document(zone: Zone) -> dict[str, object]:
    schedule = {} if zone.schedule is None else {"schedule": schedule_document(zone.schedule)}
    return {
        "zone": zone.zone,
        "kind": zone.kind.value,
        "label": zone.label,
        "warning_m": zone.warning_m,
        **shape_document(zone.shape),
        **schedule,
        **period_document(zone.period),
    }


def _ring_document(ring: Ring) -> dict[str, object]:
    schedule = {} if ring.schedule is None else {"schedule": schedule_document(ring.schedule)}
    return {
        "ring": ring.ring,
        "about": ring.about,
        "distance_m": ring.distance_m,
        "effect": ring.effect.value,
        **schedule,
        **period_document(ring.period),
    }


def bytes_of_case(case: Case) -> bytes:
    """The case as bytes for the store, the same for equal cases."""
    return json.dumps(document_of_case(case), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def case_of_bytes(stored: bytes) -> Case:
    """The case that `bytes_of_case` wrote."""
    (case,) = cases_of_text('{"format":"bongsu-case/1","cases":[' + stored.decode() + "]}", "store")
    return case
