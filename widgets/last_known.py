"""Where everybody was last, on paper: what a room works by while it is blind, the most dangerous case first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from backend_bridge.application.rows import CaseRow, DeviceRow, Freshness, PersonRow, PositionFrame
from backend_bridge.domain.quantities import LatLon
from widgets import formats, phrases
from widgets.models.device_columns import TIER_ORDER
from widgets.printed_sheet import Sheet, SheetTable

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSeen:
    """One person of a case as this desk last knew of them."""

    case: CaseRow
    person: PersonRow
    freshness: Freshness | None
    """None where nothing is known of a device."""
    measured_us: int | None
    place: LatLon | None
    """None where none is known, or where this desk may not see it."""
    error_m: float | None


def last_seen(cases: Iterable[CaseRow], devices: Mapping[str, DeviceRow], frame: PositionFrame | None) -> tuple[LastSeen, ...]:
    """Wearers and protected persons of every case in force, the most dangerous case first, the wearer of each before the others."""
    places = {} if frame is None else _places(frame)
    ordered = sorted((case for case in cases if case.in_force), key=lambda case: (TIER_ORDER[case.tier], case.case))
    return tuple(one for case in ordered for one in _of_case(case, devices, places))


def _places(frame: PositionFrame) -> dict[str, tuple[LatLon, float]]:
    columns = (np.frombuffer(frame.lat_deg, "<f8"), np.frombuffer(frame.lon_deg, "<f8"), np.frombuffer(frame.accuracy_m, "<f4"))
    rows = zip(frame.devices, *(column.tolist() for column in columns), strict=True)
    return {device: (LatLon(lat_deg=lat, lon_deg=lon), error_m) for device, lat, lon, error_m in rows}


def _of_case(case: CaseRow, devices: Mapping[str, DeviceRow], places: Mapping[str, tuple[LatLon, float]]) -> Iterator[LastSeen]:
    people = (person for person in case.people if person.part in ("subject", "protected"))
    for person in sorted(people, key=lambda person: (person.part != "subject", person.person)):
        health = devices.get(person.device or "")
        place, error_m = places.get(person.device or "", (None, None))
        yield LastSeen(
            case=case,
            person=person,
            freshness=None if health is None else health.freshness,
            measured_us=None if health is None else health.last_measured_us,
            place=place,
            error_m=error_m,
        )


def paper_of(seen: Iterable[LastSeen], now_us: int) -> Sheet:
    """The list for paper; it says how old each position is, and never passes one off as where somebody is."""
    rows = tuple(_cells(one, now_us) for one in seen)
    return Sheet(
        title=translate("LastKnown", "Last known positions"),
        facts=((translate("LastKnown", "As of"), f"{formats.minute(now_us)} KST"), (translate("LastKnown", "People"), str(len(rows)))),
        tables=(SheetTable(title="", heads=_heads(), rows=rows),),
    )


def _heads() -> tuple[str, ...]:
    return (
        translate("LastKnown", "Risk"),
        translate("LastKnown", "Case"),
        translate("LastKnown", "Person"),
        translate("LastKnown", "Heard"),
        translate("LastKnown", "Measured (KST)"),
        translate("LastKnown", "Age"),
        translate("LastKnown", "Position (WGS 84)"),
        translate("LastKnown", "Error"),
        translate("LastKnown", "Police station · officer"),
    )


def _cells(one: LastSeen, now_us: int) -> tuple[str, ...]:
    case, at_us, place = one.case, one.measured_us, one.place
    return (
        phrases.word(phrases.TIERS, case.tier),
        case.case,
        f"{one.person.person} · {phrases.word(phrases.PARTS, one.person.part)}",
        _heard(one),
        formats.NOTHING if at_us is None else f"{formats.day(at_us)} {formats.clock(at_us)}",
        formats.NOTHING if at_us is None else formats.span(formats.age_s(now_us, at_us)),
        formats.NOTHING if place is None else f"{place.lat_deg:.5f}, {place.lon_deg:.5f}",
        formats.error(one.error_m),
        " · ".join(part for part in (case.police_station, case.officer) if part) or formats.NOTHING,
    )


def _heard(one: LastSeen) -> str:
    if one.person.device is None:
        return translate("LastKnown", "no device")
    return formats.NOTHING if one.freshness is None else phrases.word(phrases.FRESHNESS, one.freshness)
