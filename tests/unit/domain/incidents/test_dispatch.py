from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.domain.identifiers import UnitId
from backend_bridge.domain.incidents.dispatch import DETOUR, SILENT_AFTER_US, STRAIGHT_SPEED_MPS, Unit, distance_m, eta, rank
from backend_bridge.domain.quantities import LatLon

PLACE = LatLon(lat_deg=37.55, lon_deg=126.93)


NOW_US = 1_795_000_000_000_000


def unit(name: str, lat: float | None, state: str = "free", reported_us: int = NOW_US) -> Unit:
    where = None if lat is None else LatLon(lat_deg=lat, lon_deg=126.93)
    return Unit(unit=UnitId(name), callsign=name, position=where, course_deg=None, state=state, reported_us=reported_us)


def test_a_hundredth_of_a_degree_north_is_about_1112_metres() -> None:
    assert distance_m(PLACE, LatLon(lat_deg=37.56, lon_deg=126.93)) == pytest.approx(1111.95, abs=0.5)


def test_without_roads_a_straight_line_with_a_detour_is_marked_as_such() -> None:
    seconds, basis = eta(unit("P", 37.56), PLACE, None, NOW_US)
    assert basis == "straight-line"
    assert seconds == pytest.approx(1111.95 * DETOUR / STRAIGHT_SPEED_MPS, abs=0.5)


def test_the_road_goes_before_the_straight_line() -> None:
    assert eta(unit("P", 37.56), PLACE, 300.0, NOW_US) == (300.0, "road")


def test_a_unit_that_is_off_or_nowhere_has_no_estimate() -> None:
    assert eta(unit("P", None), PLACE, 300.0, NOW_US) == (None, None)
    assert eta(unit("P", 37.56, "off"), PLACE, 300.0, NOW_US) == (None, None)


def test_a_unit_that_has_not_reported_for_long_has_no_estimate_and_stands_behind_those_that_do() -> None:
    just, gone = unit("just", 37.551, reported_us=NOW_US - SILENT_AFTER_US), unit("gone", 37.5501, reported_us=NOW_US - SILENT_AFTER_US - 1)
    assert eta(just, PLACE, 300.0, NOW_US) == (300.0, "road")
    assert eta(gone, PLACE, 300.0, NOW_US) == (None, None)
    ranked = rank([gone, unit("far", 37.70), just], PLACE, {}, 120.0, NOW_US)
    assert [(each.unit, each.in_time) for each in ranked] == [("just", True), ("far", False), ("gone", None)]


def test_whether_it_would_be_in_time_is_said() -> None:
    ranked = rank([unit("near", 37.551), unit("far", 37.70)], PLACE, {}, 120.0, NOW_US)
    assert [(each.unit, each.in_time) for each in ranked] == [("near", True), ("far", False)]
    assert rank([unit("near", 37.551)], PLACE, {}, None, NOW_US)[0].in_time is None


@given(st.lists(st.tuples(st.floats(37.0, 38.0), st.sampled_from(["free", "busy", "en-route", "on-scene", "off"])), max_size=8))
def test_ranks_are_in_order_and_nobody_is_lost(states: list[tuple[float, str]]) -> None:
    units = [unit(f"P-{n}", lat, state) for n, (lat, state) in enumerate(states)]
    ranked = rank(units, PLACE, {}, None, NOW_US)
    assert {each.unit for each in ranked} == {each.unit for each in units}
    known = [each.eta_s for each in ranked if each.eta_s is not None]
    assert all(one <= other for one, other in pairwise(known))
    assert all(each.eta_s is None for each in ranked[len(known) :])
