"""Case files are taken whole and right or not at all, and every defect is named."""

import copy
import json
import math
from pathlib import Path

import pytest
from shared_folder import shared_folder

from backend_bridge.adapters.case_files import bytes_of_case, case_of_bytes, cases_of_text, read_case_file
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.domain.case import ALWAYS, Case, Circle

RIGHT = {
    "case": "KR-1",
    "jurisdiction": "KR",
    "tier": "high",
    "subject": {"person": "S-1", "device": "ANK-1"},
    "protected": [{"person": "V-1", "device": "VIC-1"}],
    "people": [{"person": "V-1", "name": "김", "phones": ["010"], "relation": None}],
    "places": [{"place": "P1", "person": "V-1", "kind": "home", "address": "길 1", "lat": 36.36, "lon": 127.39}],
    "responsible": {"police_station": "X"},
    "order": {"basis": "interim-measure-3-2", "starts": "2026-10-01T00:00:00Z", "ends": "2026-12-31T15:00:00Z"},
    "zones": [
        {
            "zone": "Z1",
            "kind": "exclusion",
            "warning_m": 500,
            "geometry": {"type": "Polygon", "coordinates": [[[127.38, 36.35], [127.39, 36.35], [127.39, 36.36], [127.38, 36.35]]]},
        },
        {
            "zone": "Z3",
            "kind": "inclusion",
            "circle": {"lat": 36.37, "lon": 127.35, "radius_m": 200},
            "schedule": {"tz": "Asia/Seoul", "rrule": "FREQ=DAILY", "from": "22:00", "to": "06:00"},
        },
    ],
    "rings": [{"ring": "R2", "about": "V-1", "distance_m": 1000, "effect": "alarm"}],
}


def text(*cases: object) -> str:
    return json.dumps({"format": "bongsu-case/1", "cases": list(cases)})


def changed(path: str, value: object) -> dict[str, object]:
    case: dict[str, object] = copy.deepcopy(RIGHT)
    *way, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    target: object = case
    for key in way:
        target = target[key]  # type: ignore[index]  # the path is one of the document above
    target[last] = value  # type: ignore[index]  # likewise
    return case


def problems(*cases: object) -> list[str]:
    with pytest.raises(InputRefusedError) as refused:
        cases_of_text(text(*cases), "c.json")
    return list(refused.value.problems)


def test_a_right_case_is_read_with_all_its_parts() -> None:
    (case,) = cases_of_text(text(RIGHT), "c.json")
    assert case.zones[0].warning_m == 500
    assert isinstance(case.zones[1].shape, Circle)
    assert case.zones[1].schedule is not None
    assert (case.zones[1].schedule.from_minute, case.zones[1].schedule.to_minute) == (22 * 60, 6 * 60)
    assert case.people[0].phones == ("010",)


def test_a_case_written_to_the_store_is_the_same_case_again() -> None:
    (case,) = cases_of_text(text(RIGHT), "c.json")
    assert case_of_bytes(bytes_of_case(case)) == case


def test_the_real_cases_survive_the_store() -> None:
    cases: tuple[Case, ...] = read_case_file(shared_folder() / "data/cases/daejeon-cases.json")
    assert len(cases) == 31
    assert all(case_of_bytes(bytes_of_case(case)) == case for case in cases)


CROSSING = [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("tier", "extreme", "field tier"),
        ("jurisdiction", None, "field jurisdiction"),
        ("subject.device", "ANK 1", "field device"),
        ("order.ends", "2026-10-01T00:00:00Z", "field ends"),
        ("order.starts", "2026-10-01", "field starts"),
        ("order.starts", "0001-01-01T00:00:00+09:00", "field starts"),
        ("order.starts", "0001-01-01T00:00:00Z", "field order: starts before 1970"),
        ("order.ends", "9999-12-31T23:59:59Z", "field order: ends after 2200"),
        ("zones.0.geometry.coordinates", [[[0, math.nan], [1, 0], [1, 1], [0, 91]]], "zone Z1"),
        ("zones.1.circle.lat", math.nan, "zone Z3, circle, field lat"),
        ("zones.1.circle.radius_m", math.inf, "zone Z3, circle, field radius_m"),
        ("order.starts", "2026-02-30T00:00:00Z", "field starts"),
        ("zones.0.geometry.coordinates", CROSSING, "zone Z1, geometry, field coordinates"),
        ("zones.0.geometry.coordinates", [[[0, 0], [1, 0], [2, 0], [0, 0]]], "zone Z1"),
        ("zones.0.geometry.coordinates", [[[0, 0], [1, 0], [1, 1]]], "zone Z1"),
        ("zones.0.geometry.coordinates", [[[0, 91], [1, 0], [1, 1], [0, 91]]], "zone Z1"),
        ("zones.0.geometry.type", "Point", "field type"),
        ("zones.1.circle.radius_m", 0, "field radius_m"),
        ("zones.1.circle.radius_m", True, "field radius_m"),
        ("zones.1.schedule.rrule", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "INTERVAL"),
        ("zones.1.schedule.rrule", "FREQ=MONTHLY", "field rrule"),
        ("zones.1.schedule.rrule", "FREQ=WEEKLY;BYDAY=1MO", "field rrule"),
        ("zones.1.schedule.tz", "Asia/Atlantis", "field tz"),
        ("zones.1.schedule.from", "25:00", "field from"),
        ("zones.1.warning_m", 100, "field warning_m"),
        ("zones.1.zone", "Z1", "field zones: uses the zone id Z1 2 times"),
        ("rings.0.ring", "Z1", "field rings: uses the zone or ring id Z1 2 times"),
        ("rings.0.about", "V-9", "V-9, who is not a protected person"),
        ("rings.0.distance_m", -1, "field distance_m"),
        ("rings.0.effect", "shout", "field effect"),
        ("places.0.person", "X-1", "X-1, who is not a person"),
        ("protected.0.device", "ANK-1", "ANK-1 2 times"),
        ("rings", {}, "field rings"),
    ],
)
def test_what_cannot_be_right_is_refused_by_name(path: str, value: object, named: str) -> None:
    found = problems(changed(path, value))
    assert named in found[0]
    assert "case KR-1" in found[0]


def test_an_order_without_schedules_may_be_open_ended() -> None:
    case = changed("order.ends", "9999-12-31T23:59:59Z") | {"zones": []}
    assert len(cases_of_text(text(case), "c.json")) == 1


def test_every_defect_of_every_case_is_reported_and_nothing_is_taken() -> None:
    other = changed("tier", "x") | {"case": "KR-2"}
    found = problems(changed("order.ends", "2000-01-01T00:00:00Z"), other, RIGHT | {"case": "KR-3"})
    assert any("KR-1" in line and "ends" in line for line in found)
    assert any("KR-2" in line and "tier" in line for line in found)
    assert "nothing is imported; 2 of 3 cases are not right" in found[-1]


def test_the_same_case_twice_in_a_file_is_refused() -> None:
    (sentence,) = problems(RIGHT, RIGHT)
    assert "stands 2 times" in sentence


def test_a_misspelt_field_is_not_silently_ignored() -> None:
    ring = {"ring": "R2", "about": "V-1", "distance_m": 1000, "effect": "alarm", "shedule": {}}
    assert "did you mean 'schedule'?" in problems(changed("rings", [ring]))[0]


@pytest.mark.parametrize(
    "bad", ["", "[", '{"format":"bongsu-case/2","cases":[]}', '{"format":"bongsu-case/1"}', '{"a":1,"a":2}', "NaN", "[" * 100_000]
)
def test_a_file_that_is_no_case_file_is_refused_with_its_name(bad: str) -> None:
    with pytest.raises(InputRefusedError, match=r"c\.json") as refused:
        cases_of_text(bad, "c.json")
    assert "are not right" not in str(refused.value)


def test_a_missing_file_and_one_that_is_not_utf_8_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefusedError, match="cannot be read"):
        read_case_file(tmp_path / "none.json")
    (tmp_path / "latin.json").write_bytes(b'{"format":"\xff"}')
    with pytest.raises(InputRefusedError, match="not UTF-8"):
        read_case_file(tmp_path / "latin.json")


def test_court_extensions_and_the_periods_of_zones_rings_and_addresses_are_read_and_written_again() -> None:
    said = copy.deepcopy(RIGHT)
    said["order"] |= {"court": "대전지방법원", "extensions": 1}  # type: ignore[operator]  # a map, as above
    for part in ("zones", "rings", "places"):
        said[part][0] |= {"starts": "2026-11-01T00:00:00Z", "ends": "2026-12-01T00:00:00Z"}  # type: ignore[index]
    (case,) = cases_of_text(text(said), "c.json")
    assert (case.order.court, case.order.extensions) == ("대전지방법원", 1)
    periods = [case.zones[0].period, case.rings[0].period, case.places[0].period]
    assert all(period.starts_us is not None and period.ends_us is not None for period in periods)
    assert case.zones[1].period == ALWAYS
    assert case_of_bytes(bytes_of_case(case)) == case


@pytest.mark.parametrize("part", ["zones", "rings", "places"])
def test_a_period_that_ends_before_it_begins_is_refused_by_name(part: str) -> None:
    said = copy.deepcopy(RIGHT)
    said[part][0] |= {"starts": "2026-12-01T00:00:00Z", "ends": "2026-11-01T00:00:00Z"}  # type: ignore[index]
    assert "must be later than starts" in problems(said)[0]


@pytest.mark.parametrize("value", [1.5, -1, "2"])
def test_a_count_of_extensions_that_is_none_is_refused(value: object) -> None:
    said = copy.deepcopy(RIGHT)
    said["order"] |= {"extensions": value}  # type: ignore[operator]
    assert "extensions" in problems(said)[0]
