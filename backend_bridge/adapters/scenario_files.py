"""Scenario files, TOML of format `bongsu-scenario/1`: read whole and right or not at all, every defect one sentence.

A sentence names file, table and field, and what would be right.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from backend_bridge.adapters.case_shapes import position_of
from backend_bridge.adapters.json_fields import Fields, Problems, text_of_file
from backend_bridge.adapters.reenactment_seal import refuse_unless_checked
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.scenario_acts import act_of, call_of, expectation_of, patrol_of, ruling_of
from backend_bridge.adapters.scenario_cases import cases_of, with_crowds
from backend_bridge.adapters.scenario_fields import Known, time_of, words_of
from backend_bridge.adapters.scenario_people import device_of, movement_of, report_of
from backend_bridge.domain.case import Case
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.scenarios.scenario import Device, Movement, Origin, Outage, Poison, Scenario

Row = TypeVar("Row")

FORMAT: Final = "bongsu-scenario/1"
BUNDLED: Final = "bundled"
_NOBODY: Final[Mapping[str, str]] = MappingProxyType({})
_LONGEST_S: Final = 48 * 3600.0
_MOST_DOTS: Final = 500
"""In one line; no sentence has as many."""
_TABLES: Final = (
    *(
        "format",
        "scenario",
        "origin",
        "number",
        "seed",
        "starts",
        "lasts",
        "streets",
        "title",
        "briefing",
        "lesson",
        "places",
        "cases",
        "crowds",
    ),
    *("movements", "devices", "reports", "outages", "poison", "calls", "rulings", "patrols", "acts", "expect"),
)


def read_scenario(path: Path, starts_us: int | None = None, signers: Mapping[str, str] = _NOBODY) -> Scenario:
    """The scenario of a file, beginning at `starts_us` where given instead of its own date; raises `InputRefusedError`.

    A re-enactment is taken only with the signatures of two people of `signers` (public key by name).
    """
    scenario = scenario_of_text(text_of_file(path), str(path), starts_us)
    if scenario.origin is Origin.REENACTMENT:
        refuse_unless_checked(path, signers)
    return scenario


def scenario_of_text(text: str, name: str, starts_us: int | None = None) -> Scenario:
    """The scenario of a document called `name` in the sentences about its defects; raises `InputRefusedError`."""
    # A key of n parts costs the parser n² of memory: one line of 60 KB would take gigabytes of the bridge's.
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MOST_DOTS:
            raise InputRefusedError([f"{name}: is not TOML that is read here: more than {_MOST_DOTS} dots (at line {number}, column 1)"])
    try:
        document: dict[str, object] = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputRefusedError([f"{name}: is not TOML: {error}"]) from None
    problems = Problems()
    if document.get("format") != FORMAT:
        problems.add(f"{name}, field format:", f'must be "{FORMAT}"')
    top = Fields(with_crowds(document, Fields(document, name, problems)), name, problems)
    top.only(*_TABLES)
    places = _places_of(top)
    begins_us = top.instant("starts")
    cases: tuple[Case, ...] = ()
    if starts_us is not None:
        begins_us = starts_us
    if begins_us is not None:
        try:
            cases = cases_of(top.raw("cases"), name, begins_us, places)
        except InputRefusedError as error:
            problems.sentences.extend(error.problems)
    scenario = None if begins_us is None else _scenario(top, begins_us, places, cases)
    if scenario is None or problems.sentences:
        raise InputRefusedError(problems.sentences)
    return scenario


def _places_of(top: Fields) -> dict[str, LatLon]:
    places: dict[str, LatLon] = {}
    table = top.raw("places")
    fields = top.child("places")
    if fields is None or not isinstance(table, dict):
        return places
    for key in table:
        place = fields.child(key)
        if place is not None:
            place.only("lat", "lon")
            position = position_of(place)
            if position is not None:
                places[key] = position
    if not table:
        top.wrong("places", "is empty; name the places that people go to, such as home = { lat = 37.51, lon = 127.10 }")
    return places


def _scenario(top: Fields, starts_us: int, places: dict[str, LatLon], cases: tuple[Case, ...]) -> Scenario | None:
    name, title, briefing, lesson = top.identifier("scenario"), words_of(top, "title"), words_of(top, "briefing"), words_of(top, "lesson")
    origin = top.choice("origin", Origin) if top.has("origin") else Origin.SYNTHETIC
    seed = top.number("seed", low=0, high=2**31 - 1)
    number = top.number("number", low=1, high=9999, required=False)
    seconds = time_of(top, "lasts", (1.0, _LONGEST_S))
    streets = top.text("streets", required=False) or BUNDLED
    known = Known.of(cases, places, seconds or _LONGEST_S, starts_us)
    movements = _all(top, "movements", "person", lambda row: movement_of(row, known))
    known = known.with_people(movements)
    devices = _all(top, "devices", "device", lambda row: device_of(row, known))
    _check_devices(top, movements, devices)
    rest = {
        "reports": _all(top, "reports", None, lambda row: report_of(row, known)),
        "outages": _all(top, "outages", None, lambda row: _outage_of(row, known)),
        "poison": _all(top, "poison", None, lambda row: _poison_of(row, known)),
        "calls": _all(top, "calls", None, lambda row: call_of(row, known)),
        "rulings": _all(top, "rulings", None, lambda row: ruling_of(row, known)),
        "patrols": _all(top, "patrols", "unit", lambda row: patrol_of(row, known)),
        "acts": _all(top, "acts", None, lambda row: act_of(row, known)),
        "expectations": _all(top, "expect", None, lambda row: expectation_of(row, known)),
    }
    if (
        name is None
        or origin is None
        or title is None
        or briefing is None
        or lesson is None
        or seed is None
        or seconds is None
        or top.n_wrong
    ):
        return None
    return Scenario(
        scenario=name,
        origin=origin,
        number=None if number is None else int(number),
        seed=int(seed),
        title=title,
        briefing=briefing,
        lesson=lesson,
        starts_us=starts_us,
        seconds=seconds,
        streets=streets,
        places=MappingProxyType(places),
        cases=cases,
        movements=movements,
        devices=devices,
        **rest,  # type: ignore[arg-type]  # each under the name of its field
    )


def _all(top: Fields, table: str, key: str | None, make: Callable[[Fields], Row | None]) -> tuple[Row, ...]:
    """The rows of a table that can be right, each called by the value of `key` or its number."""

    def called(row: object, index: int) -> str:
        value = row.get(key) if isinstance(row, dict) and key is not None else None
        return f"{table} {value}" if isinstance(value, str) and 0 < len(value) <= 64 else f"{table} number {index + 1}"

    made = [make(row) for row in top.rows(table, called)]
    return tuple(row for row in made if row is not None)


def _check_devices(top: Fields, movements: tuple[Movement, ...], devices: tuple[Device, ...]) -> None:
    for what, names in (("movements", [m.person for m in movements]), ("devices", [d.device for d in devices])):
        for name, count in Counter(map(str, names)).items():
            if count > 1:
                top.wrong(what, f"{name} stands {count} times; once is right")


def _outage_of(row: Fields, known: Known) -> Outage | None:
    row.only("from", "to")
    span = known.span(row)
    return None if span is None else Outage(from_s=span[0], to_s=span[1])


def _poison_of(row: Fields, known: Known) -> Poison | None:
    row.only("from", "to", "every")
    span, every = known.span(row), row.number("every", low=1, high=1000)
    return None if span is None or every is None else Poison(from_s=span[0], to_s=span[1], every=int(every))
