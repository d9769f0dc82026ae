"""Where everybody was last, on paper: what a room works by while it is blind, the most dangerous case first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QCoreApplication

from backend_bridge.application.rows import CaseRow, DeviceRow, Freshness, PersonRow, PositionFrame
from backend_bridge.domain.korean_grid import point_number
from backend_bridge.domain.quantities import LatLon
from widgets import formats, phrases
from widgets.models.device_columns import TIER_ORDER
from widgets.printed_sheet import Sheet, SheetTable

translate = QCoreApplication.translate
_FRESHNESS: Final = (Freshness.LIVE, Freshness.LATE, Freshness.STALE, Freshness.LOST)
"""In the order of the numbers of `PositionFrame.freshness`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSeen:
    """One person of a case as this desk last knew of them."""

    case: CaseRow
    person: PersonRow
    freshness: Freshness | None
    """None where nothing is known of a device."""
    measured_us: int | None
    """Of `place` where there is one, else as the device's row had it, which is up to a minute old."""
    place: LatLon | None
    """None where none is known, or where this desk may not see it."""
    error_m: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the list has to say of itself."""

    now_us: int
    n_cases: int | None
    """Cases in force in the room; None where the bridge has not said it yet."""
    exercise: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fix:
    """One row of the newest frame."""

    place: LatLon
    error_m: float
    measured_us: int
    freshness: Freshness


def last_seen(cases: Iterable[CaseRow], devices: Mapping[str, DeviceRow], frame: PositionFrame | None) -> tuple[LastSeen, ...]:
    """Wearers and protected persons of every case in force, the most dangerous case first, the wearer of each before the others."""
    places = {} if frame is None else _places(frame)
    ordered = sorted((case for case in cases if case.in_force), key=lambda case: (TIER_ORDER[case.tier], case.case))
    return tuple(one for case in ordered for one in _of_case(case, devices, places))


def _places(frame: PositionFrame) -> dict[str, _Fix]:
    columns = (
        np.frombuffer(frame.lat_deg, "<f8"),
        np.frombuffer(frame.lon_deg, "<f8"),
        np.frombuffer(frame.accuracy_m, "<f4"),
        np.frombuffer(frame.measured_us, "<i8"),
        np.frombuffer(frame.freshness, "u1"),
    )
    rows = zip(frame.devices, *(column.tolist() for column in columns), strict=True)
    return {
        device: _Fix(place=LatLon(lat_deg=lat, lon_deg=lon), error_m=error_m, measured_us=at_us, freshness=_FRESHNESS[age])
        for device, lat, lon, error_m, at_us, age in rows
    }


def _of_case(case: CaseRow, devices: Mapping[str, DeviceRow], places: Mapping[str, _Fix]) -> Iterator[LastSeen]:
    people = (person for person in case.people if person.part in ("subject", "protected"))
    for person in sorted(people, key=lambda person: (person.part != "subject", person.person)):
        health, fix = devices.get(person.device or ""), places.get(person.device or "")
        if fix is not None:
            yield _seen_at(case, person, fix)
            continue
        yield LastSeen(
            case=case,
            person=person,
            freshness=None if health is None else health.freshness,
            measured_us=None if health is None else health.last_measured_us,
            place=None,
            error_m=None,
        )


def _seen_at(case: CaseRow, person: PersonRow, fix: _Fix) -> LastSeen:
    return LastSeen(case=case, person=person, freshness=fix.freshness, measured_us=fix.measured_us, place=fix.place, error_m=fix.error_m)


def paper_of(seen: Sequence[LastSeen], said: Circumstances) -> Sheet:
    """The list for paper: how old each position is, how many cases are missing, and on every row that it is an exercise if it is."""
    title = translate("LastKnown", "Last known positions")
    return Sheet(
        title=f"{_exercise()} · {title}" if said.exercise else title,
        facts=tuple(_facts(seen, said)),
        tables=(SheetTable(title="", heads=_heads(), rows=tuple(_cells(one, said) for one in seen)),),
    )


def _facts(seen: Sequence[LastSeen], said: Circumstances) -> Iterator[tuple[str, str]]:
    if said.exercise:
        yield _exercise(), translate("LastKnown", "Nobody on this list exists. Do not act on it.")
    yield translate("LastKnown", "As of"), f"{formats.minute(said.now_us)} KST"
    yield translate("LastKnown", "People"), str(len(seen))
    n_cases = len({one.case.case for one in seen})
    if said.n_cases is None:
        yield translate("LastKnown", "Cases"), formats.count(n_cases)
        yield _incomplete(), translate("LastKnown", "The bridge has not said yet how many cases there are.")
        return
    of_cases = translate("LastKnown", "{n} of {all} in force").format(
        n=formats.count(n_cases), all=formats.count(max(n_cases, said.n_cases))
    )
    yield translate("LastKnown", "Cases"), of_cases
    if n_cases < said.n_cases:
        missing = translate("LastKnown", "{n} cases are missing: this desk has not received them, or may not see them.")
        yield _incomplete(), missing.format(n=formats.count(said.n_cases - n_cases))


def _incomplete() -> str:
    return translate("LastKnown", "NOT COMPLETE")


def _exercise() -> str:
    return translate("LastKnown", "EXERCISE")


def _heads() -> tuple[str, ...]:
    return (
        translate("LastKnown", "Risk"),
        translate("LastKnown", "Case"),
        translate("LastKnown", "Person"),
        translate("LastKnown", "Heard"),
        translate("LastKnown", "Measured (KST)"),
        translate("LastKnown", "Age"),
        translate("LastKnown", "Position (WGS 84 · national point number)"),
        translate("LastKnown", "Error"),
        translate("LastKnown", "Police station · officer"),
    )


def _cells(one: LastSeen, said: Circumstances) -> tuple[str, ...]:
    case, at_us, place = one.case, one.measured_us, one.place
    return (
        phrases.word(phrases.TIERS, case.tier),
        f"{_exercise()} · {case.case}" if said.exercise else case.case,
        f"{one.person.person} · {phrases.word(phrases.PARTS, one.person.part)}",
        _heard(one),
        formats.NOTHING if at_us is None else f"{formats.day(at_us)} {formats.clock(at_us)}",
        formats.NOTHING if at_us is None else formats.span(formats.age_s(said.now_us, at_us)),
        formats.NOTHING if place is None else _spoken(place),
        formats.error(one.error_m),
        " · ".join(part for part in (case.police_station, case.officer) if part) or formats.NOTHING,
    )


def _spoken(place: LatLon) -> str:
    """A place in degrees, and in Korea by the national point number, which can be read out over the radio."""
    degrees, number = f"{place.lat_deg:.5f}, {place.lon_deg:.5f}", point_number(place)
    return degrees if number is None else f"{degrees} · {number}"


def _heard(one: LastSeen) -> str:
    if one.person.device is None:
        return translate("LastKnown", "no device")
    return formats.NOTHING if one.freshness is None else phrases.word(phrases.FRESHNESS, one.freshness)
