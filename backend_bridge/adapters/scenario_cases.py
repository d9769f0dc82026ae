"""The cases of a scenario file: as in case files, with places by their names and times by the scenario's clock; and crowds of them."""

import copy
import json
import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeGuard

from backend_bridge.adapters.case_files import FORMAT, cases_of_text
from backend_bridge.adapters.json_fields import Fields, Problems
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.domain.case import Case
from backend_bridge.domain.quantities import MICROSECONDS, LatLon

Json = dict[str, object]

_TIME: Final = re.compile(r"(-?)(\d{1,5}):([0-5]\d):([0-5]\d)", re.ASCII)
_ORDER: Final = {"basis": "interim-measure-3-2", "starts": "-480:00:00", "ends": "1440:00:00"}
_OF_TIME: Final = ("at", "stay", "until", "from", "to")
_MOST_COPIES: Final = 500


def seconds_of(text: str) -> float:
    """`h:mm:ss` of a scenario's clock as seconds; raises ValueError with a sentence."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError("must be a time after the beginning such as 0:12:30 (hours:minutes:seconds)")
    seconds = int(found[2]) * 3600 + int(found[3]) * 60 + int(found[4])
    return float(-seconds if found[1] else seconds)


def cases_of(rows: object, name: str, starts_us: int, places: Mapping[str, LatLon]) -> tuple[Case, ...]:
    """The cases of the tables `rows` of the file `name`; raises `InputRefusedError`."""
    problems = Problems()
    tables = [_expanded(row, name, starts_us, places, problems) for row in rows] if isinstance(rows, list) else []
    if problems.sentences:
        raise InputRefusedError(problems.sentences)
    if not tables:
        raise InputRefusedError([f"{name}: holds no case; add a table [[cases]] as docs/scenarios.md shows"])
    try:
        text = json.dumps({"format": FORMAT, "cases": tables})
    except TypeError:
        raise InputRefusedError([f"{name}, cases: holds a date without quotes; write times as text, 0:12:30 or -480:00:00"]) from None
    return cases_of_text(text, name)


def _expanded(row: object, name: str, starts_us: int, places: Mapping[str, LatLon], problems: Problems) -> object:
    if not isinstance(row, dict):
        return row
    made: Json = copy.deepcopy(row)
    made.setdefault("jurisdiction", "KR")
    where = f"{name}, case {made.get('case', '?')}"
    order = made.setdefault("order", {})
    if is_table(order):
        for key, value in _ORDER.items():
            order.setdefault(key, value)
        for key in ("starts", "ends"):
            order[key] = _instant(order[key], starts_us, f"{where}, order, field {key}:", problems)
    for zone in tables_of(made.get("zones")):
        circle = zone.get("circle")
        if is_table(circle):
            _locate(circle, "place", f"{where}, zone {zone.get('zone', '?')}, circle", places, problems)
    for place in tables_of(made.get("places")):
        _locate(place, "at", f"{where}, place {place.get('place', '?')}", places, problems)
        place.setdefault("address", f"표본 주소 {place.get('place', '')}")
    return made


def _instant(value: object, starts_us: int, where: str, problems: Problems) -> object:
    if not isinstance(value, str) or "T" in value:
        return value
    try:
        return text_of_us(starts_us + round(seconds_of(value) * MICROSECONDS))
    except ValueError as error:
        problems.add(where, str(error))
    except OverflowError:
        problems.add(where, "is no time of the years 1 to 9999; let the scenario begin earlier or later")
    return None


def _locate(table: Json, key: str, where: str, places: Mapping[str, LatLon], problems: Problems) -> None:
    """Put the position of a named place where its name stands."""
    named = table.pop(key, None)
    if named is None:
        return
    place = places.get(named) if isinstance(named, str) else None
    if place is None:
        problems.add(f"{where}, field {key}:", f"{named!r} is no place of this file; its places are {', '.join(places) or 'none'}")
    else:
        table["lat"], table["lon"] = place.lat_deg, place.lon_deg


def with_crowds(document: Json, fields: Fields) -> Json:
    """The document with the copies that its `crowds` ask for: of a case, its people, their ways, devices and reports, each later."""
    made = copy.deepcopy(document)
    for crowd in fields.rows("crowds", lambda _, index: f"crowds number {index + 1}"):
        crowd.only("of", "copies", "apart")
        of, copies, apart = crowd.text("of"), crowd.number("copies", low=1, high=_MOST_COPIES), crowd.text("apart")
        first = next((case for case in tables_of(document.get("cases")) if case.get("case") == of), None)
        if of is not None and first is None:
            crowd.wrong("of", f"{of!r} is no case of this file")
        if first is None or copies is None or apart is None:
            continue
        try:
            apart_s = seconds_of(apart)
        except ValueError as error:
            crowd.wrong("apart", str(error))
            continue
        for k in range(1, int(copies) + 1):
            _add_copy(made, document, first, (k, k * apart_s))
    return made


def _add_copy(made: Json, document: Json, case: Json, nth: tuple[int, float]) -> None:
    number, later_s = nth
    parties = [*tables_of([case.get("subject")]), *tables_of(case.get("protected"))]
    names = [case.get("case"), *(party.get(key) for party in parties for key in ("person", "device"))]
    names += [person.get("person") for person in tables_of(case.get("people"))]
    renamed = {name: f"{name}-{number:03d}" for name in names if isinstance(name, str)}
    _append(made, "cases", _renamed(case, renamed, 0.0))
    for key, owner in (("movements", "person"), ("devices", "device"), ("reports", "device")):
        for row in tables_of(document.get(key)):
            if str(row.get(owner)) in renamed:
                _append(made, key, _renamed(row, renamed, later_s))


def _append(made: Json, key: str, row: object) -> None:
    rows = made.get(key)
    if isinstance(rows, list):
        rows.append(row)


def _renamed(value: object, names: Mapping[str, str], later_s: float, key: str = "") -> object:
    if isinstance(value, dict):
        return {k: _renamed(each, names, later_s, k) for k, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each, names, later_s) for each in value]
    if isinstance(value, str):
        return _later(value, later_s) if key in _OF_TIME and _TIME.fullmatch(value) and later_s else names.get(value, value)
    return value


def _later(text: str, by_s: float) -> str:
    whole = int(seconds_of(text) + by_s)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def is_table(value: object) -> TypeGuard[Json]:
    """Whether it is a table."""
    return isinstance(value, dict)


def tables_of(value: object) -> Sequence[Json]:
    """The tables of a list, none where it is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
