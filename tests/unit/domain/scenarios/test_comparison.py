"""Two runs side by side: what came earlier or later, is new or gone; and what is changed to ask for it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from room_builder import CASE, HOME, T0, S, a_case, change

from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.case import Circle, Polygon
from backend_bridge.domain.identifiers import CaseId, RingId, ZoneId
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.scenarios.comparison import Difference, compare
from backend_bridge.domain.scenarios.what_if import RingAt, WhatIf, ZoneAs, changed_case, unknown_names


def at(seconds: float, *, kind: AlarmKind = AlarmKind.PROXIMITY, level: AlarmLevel = AlarmLevel.RED, n: int = 1) -> AlarmChange:
    return change(kind=kind, level=level, n=n, at_us=T0 + int(seconds * S))


def test_a_wider_ring_that_warns_earlier_is_told_with_by_how_much() -> None:
    comparison = compare([at(100.0), at(40.0, level=AlarmLevel.AMBER)], [at(70.0), at(40.0, level=AlarmLevel.AMBER)])
    assert [(row.difference, row.by_s) for row in comparison.rows] == [(Difference.SAME, 0.0), (Difference.EARLIER, -30.0)]


def test_what_stands_in_one_run_alone_is_new_or_gone() -> None:
    sos = at(10.0, kind=AlarmKind.SOS)
    assert [row.difference for row in compare([sos], []).rows] == [Difference.GONE]
    assert [row.difference for row in compare([], [sos]).rows] == [Difference.NEW]
    assert compare([], [sos]).rows[0].by_s is None


def test_an_alarm_of_the_evening_is_not_the_one_of_the_morning_come_late() -> None:
    rows = compare([at(0.0)], [at(8 * 3600.0, n=2)]).rows
    assert [row.difference for row in rows] == [Difference.GONE, Difference.NEW]


def test_what_comes_back_belongs_together_in_its_order() -> None:
    rows = compare([at(0.0), at(600.0, n=2)], [at(5.0), at(590.0, n=2)]).rows
    assert [row.by_s for row in rows] == [5.0, -10.0]


def test_that_an_alarm_ended_is_no_alarm() -> None:
    assert compare([replace(at(0.0), step=AlarmStep.CLEARED)], []).rows == ()


@given(st.lists(st.floats(0, 50_000), max_size=8), st.lists(st.floats(0, 50_000), max_size=8))
def test_nothing_is_lost_and_turning_the_question_round_turns_the_answer(left: list[float], right: list[float]) -> None:
    before, after = [at(s, n=k) for k, s in enumerate(sorted(left))], [at(s, n=k) for k, s in enumerate(sorted(right))]
    there, back = compare(before, after), compare(after, before)
    assert sum(row.before is not None for row in there.rows) == len(before)
    assert sum(row.after is not None for row in there.rows) == len(after)
    assert there.count(Difference.NEW) == back.count(Difference.GONE)
    assert there.count(Difference.EARLIER) == back.count(Difference.LATER)


def test_rings_and_round_zones_take_their_new_size_and_the_rest_stays() -> None:
    case = a_case()
    what_if = WhatIf(
        rings=(RingAt(ring=RingId("R2"), distance_m=1500.0),), zones=(ZoneAs(zone=ZoneId("Z1"), wider_m=50.0, warning_m=800.0),)
    )
    other = changed_case(case, what_if)
    assert [ring.distance_m for ring in other.rings] == [2000.0, 1500.0]
    assert other.zones[0].shape == Circle(centre=HOME, radius_m=150.0)
    assert other.zones[0].warning_m == 800.0
    assert replace(other, rings=case.rings, zones=case.zones) == case


def test_a_drawn_zone_grows_by_metres_on_all_sides() -> None:
    side = 0.001
    corners = tuple(LatLon(lat_deg=37.5 + a * side, lon_deg=127.0 + b * side) for a, b in ((0, 0), (0, 1), (1, 1), (1, 0)))
    zone = replace(a_case().zones[0], shape=(Polygon(outer=corners),))
    other = changed_case(replace(a_case(), zones=(zone,)), WhatIf(zones=(ZoneAs(zone=ZoneId("Z1"), wider_m=100.0),)))
    assert isinstance(other.zones[0].shape, tuple)
    lats = [place.lat_deg for place in other.zones[0].shape[0].outer]
    assert abs((37.5 - min(lats)) * 111_195.0 - 100.0) < 0.1
    assert abs((max(lats) - 37.5 - side) * 111_195.0 - 100.0) < 0.1


def test_a_change_of_one_case_leaves_others_and_unknown_names_are_told() -> None:
    what_if = WhatIf(rings=(RingAt(ring=RingId("R2"), distance_m=1.0, case=CaseId("other")),), zones=(ZoneAs(zone=ZoneId("Z9")),))
    assert changed_case(a_case(), what_if) is not None
    assert changed_case(a_case(), what_if) == a_case()
    assert unknown_names([a_case()], what_if) == ("ring R2 of case other", "zone Z9")
    assert unknown_names([a_case()], WhatIf(rings=(RingAt(ring=RingId("R1"), distance_m=9.0, case=CASE),))) == ()
