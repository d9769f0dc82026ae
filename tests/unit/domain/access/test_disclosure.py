"""What a protected person's app is shown: no more than the rule gives, nothing when nobody may be near, and nothing after a no."""

from dataclasses import replace

import pytest
import worlds
from hypothesis import given
from hypothesis import strategies as st

from backend_bridge.domain.access.disclosure import (
    NOTHING,
    REVIEW_WITHIN_US,
    Detail,
    DisclosureRule,
    Meeting,
    RuleState,
    cell_centre,
    decided,
    preset,
    rounded_m,
    shown,
    wind,
)
from backend_bridge.domain.case import Tier
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId, UserId
from backend_bridge.domain.quantities import LatLon

RULE = preset(worlds.case(), PersonId("V-1"), 0)


def meeting(distance_m: float | None = 450.0, **changed: object) -> Meeting:
    plain = Meeting(
        case=CaseId("C1"),
        about=PersonId("V-1"),
        subject=PersonId("S-1"),
        device=DeviceId("ANK-1"),
        distance_m=distance_m,
        distance_error_m=0.0,
        wearer=worlds.at(0.0, 450.0),
        protected=worlds.HERE,
        accuracy_m=8.0,
        trend="closing",
        measured_us=5,
        is_live=True,
    )
    return replace(plain, **changed)


def test_a_grave_case_shows_at_once_and_must_be_reviewed_within_a_day() -> None:
    assert RULE.state is RuleState.IN_FORCE_AT_ONCE
    assert not RULE.is_overdue(REVIEW_WITHIN_US - 1)
    assert RULE.is_overdue(REVIEW_WITHIN_US)
    reviewed = decided(RULE, "approve", UserId("park"), "fits", 9)
    assert not reviewed.is_overdue(10**15)


@pytest.mark.parametrize("tier", [Tier.MEDIUM, Tier.LOW])
def test_any_other_case_shows_nothing_before_a_supervisor_says_yes(tier: Tier) -> None:
    rule = preset(worlds.case(tier=tier), PersonId("V-1"), 0)
    assert shown(rule, meeting()) == NOTHING
    assert shown(decided(rule, "approve", UserId("park"), "fits", 9), meeting()).detail is Detail.EXACT


def test_after_a_no_nothing_is_shown_at_once() -> None:
    assert shown(decided(RULE, "revoke", UserId("park"), "wish of the person", 9), meeting()) == NOTHING


@pytest.mark.parametrize(("decision", "reason"), [("approve", " "), ("maybe", "so")])
def test_a_decision_needs_a_word_and_a_reason(decision: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"why|approve or revoke"):
        decided(RULE, decision, UserId("park"), reason, 1)


@pytest.mark.parametrize(
    ("distance_m", "detail"),
    [(10.0, Detail.EXACT), (600.0, Detail.EXACT), (601.0, Detail.COARSE), (1001.0, Detail.DISTANCE), (2001.0, Detail.NOTHING)],
)
def test_the_nearer_the_more_exactly(distance_m: float, detail: Detail) -> None:
    assert shown(RULE, meeting(distance_m)).detail is detail


def test_an_uncertain_position_never_hides_somebody_who_may_be_near() -> None:
    assert shown(RULE, meeting(2500.0, distance_error_m=600.0)).detail is Detail.DISTANCE


@pytest.mark.parametrize("unknown", [None, float("nan"), float("inf")])
def test_an_unknown_distance_is_not_shown_as_one(unknown: float | None) -> None:
    assert shown(RULE, meeting(unknown)) == NOTHING


def test_in_other_countries_only_that_somebody_is_near_is_said() -> None:
    rule = preset(worlds.case(jurisdiction="FR"), PersonId("V-1"), 0)
    said = shown(rule, meeting())
    assert said.detail is Detail.BAND
    assert (said.distance_m, said.direction, said.trend, said.place) == (None, None, None, None)


def test_old_positions_are_marked_as_old() -> None:
    assert not shown(RULE, meeting(is_live=False)).is_live


@given(st.floats(-89, 89), st.floats(-179, 179), st.floats(0, 0.999), st.floats(0, 0.999))
def test_a_coarse_place_is_the_same_for_all_places_of_a_cell(lat: float, lon: float, up: float, right: float) -> None:
    centre = cell_centre(LatLon(lat_deg=lat, lon_deg=lon))
    other = LatLon(lat_deg=centre.lat_deg - 0.0024 + up * 0.0048, lon_deg=centre.lon_deg - 0.0024 + right * 0.0048)
    assert cell_centre(other) == centre


@given(st.floats(0, 5e4))
def test_a_distance_is_told_round_and_never_far_off(distance_m: float) -> None:
    assert abs(rounded_m(distance_m) - distance_m) <= max(5.0, 0.125 * distance_m + 5.0)


def test_directions_are_those_of_the_compass() -> None:
    winds = [wind(worlds.HERE, worlds.at(*to)) for to in ((0, 9), (9, 9), (9, 0), (9, -9), (0, -9), (-9, -9), (-9, 0), (-9, 9))]
    assert winds == ["n", "ne", "e", "se", "s", "sw", "w", "nw"]
    assert wind(worlds.HERE, worlds.HERE) is None
    assert wind(None, worlds.HERE) is None


@given(st.floats(0, 10_000), st.floats(0, 1000), st.sampled_from(list(RuleState)))
def test_nothing_beyond_the_step_is_ever_shown(distance_m: float, error_m: float, state: RuleState) -> None:
    rule: DisclosureRule = replace(RULE, state=state)
    said = shown(rule, meeting(distance_m, distance_error_m=error_m))
    if said.detail is not Detail.NOTHING:
        assert rule.shows
        assert said.within_m is not None
        assert max(0.0, distance_m - error_m) <= said.within_m
    if said.detail in (Detail.NOTHING, Detail.BAND, Detail.DISTANCE):
        assert said.place is None
    if said.detail is Detail.COARSE:
        assert said.place == cell_centre(worlds.at(0.0, 450.0))
