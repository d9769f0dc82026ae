"""The police cars of an exercise report like real ones: while they drive, and while they stand."""

from itertools import pairwise

from backend_bridge.adapters.rehearsal import STILL_EVERY_US, Rehearsal, Told
from backend_bridge.application.inbox import UnitReport
from backend_bridge.domain.identifiers import CaseId, IncidentId, UnitId
from backend_bridge.domain.incidents.dispatch import SILENT_AFTER_US
from backend_bridge.domain.outcomes.effects import SendDispatch
from backend_bridge.domain.quantities import MICROSECONDS, LatLon

T0 = 1_795_000_000 * MICROSECONDS
S = MICROSECONDS
STATION, FAR = LatLon(lat_deg=37.55, lon_deg=126.93), LatLon(lat_deg=37.60, lon_deg=126.93)


def stationed(told: list[Told]) -> Rehearsal:
    rehearsal = Rehearsal(told.append)
    names = ("P-1", "P-2")
    rehearsal.station(
        [UnitReport(unit=UnitId(name), callsign=name, position=STATION, course_deg=None, state="free", reported_us=T0) for name in names]
    )
    return rehearsal


def reports(told: list[Told], unit: str) -> list[UnitReport]:
    return [each for each in told if isinstance(each, UnitReport) and each.unit == unit]


def test_a_unit_that_stands_still_never_passes_for_one_that_is_heard_no_more() -> None:
    told: list[Told] = []
    rehearsal = stationed(told)
    for second in range(1, 601):
        rehearsal.turn(T0 + second * S)
    heard_us = [T0, *(each.reported_us for each in reports(told, "P-1"))]
    assert max(after - before for before, after in pairwise(heard_us)) < SILENT_AFTER_US // 2
    assert len(heard_us) <= 2 + 600 * S // STILL_EVERY_US, "and it does not fill the recording"
    assert {(each.state, each.position) for each in reports(told, "P-1")} == {("free", STATION)}


def test_a_unit_that_drives_reports_each_of_its_steps() -> None:
    told: list[Told] = []
    rehearsal = stationed(told)
    order = SendDispatch(
        key="INC-1/dispatch/1", incident=IncidentId("INC-1"), case=CaseId("C-1"), unit=UnitId("P-2"), destination=FAR, label="place"
    )
    rehearsal.turn(T0 + S)
    rehearsal.perform([order], [], T0 + 2 * S)
    for second in range(3, 23):
        rehearsal.turn(T0 + second * S)
    driven = reports(told, "P-2")
    assert len(driven) == 10
    assert {each.state for each in driven} == {"en-route"}
    assert not reports(told, "P-1")
