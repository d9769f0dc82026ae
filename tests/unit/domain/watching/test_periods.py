"""A zone or a ring with a period of its own decides within it and not before or after, also over a new version of its case."""

from dataclasses import replace

import pytest
from worlds import HERE, T0, S, alarms, at, case, fixes, of_kind, ring, stay, zone

from backend_bridge.domain.alarm import AlarmKind, AlarmStep
from backend_bridge.domain.case import Case, Period
from backend_bridge.domain.watching.watch import Watch

INSIDE = stay("ANK-1", HERE, 0, 3600, 30)
HALF_PAST = T0 + 1800 * S


def with_period(period: Period) -> Case:
    return case(zones=(zone(period=period),))


@pytest.mark.parametrize(
    ("period", "first_s"),
    [
        (Period(), 0.0),
        (Period(starts_us=HALF_PAST), 1800.0),
        (Period(ends_us=HALF_PAST), 0.0),
        (Period(ends_us=T0 - S), None),
        (Period(ends_us=0), None),
    ],
)
def test_being_in_a_zone_is_a_breach_from_the_begin_of_its_period_on(period: Period, first_s: float | None) -> None:
    raised = [
        change for change in of_kind(alarms([with_period(period)], INSIDE), AlarmKind.EXCLUSION_ZONE) if change.step is AlarmStep.RAISED
    ]
    if first_s is None:
        assert not raised
        return
    assert abs((raised[0].happened_us - T0) / S - first_s) <= 120.0


def test_its_alarm_is_over_with_the_period() -> None:
    told = of_kind(alarms([with_period(Period(ends_us=HALF_PAST))], INSIDE), AlarmKind.EXCLUSION_ZONE)
    assert told[-1].step is AlarmStep.CLEARED
    assert abs(told[-1].known_us - HALF_PAST) <= 120 * S


def test_a_ring_with_a_period_is_no_ring_before_it() -> None:
    rings = (replace(ring("R1", 500.0), period=Period(starts_us=HALF_PAST)),)
    rows = sorted([*stay("ANK-1", at(100, 0), 0, 3600, 30), *stay("VIC-1", HERE, 0, 3600, 30)], key=lambda row: row[1])
    told = of_kind(alarms([case(rings=rings)], rows), AlarmKind.PROXIMITY)
    assert told
    assert min(change.happened_us for change in told) >= HALF_PAST - S


def test_a_new_version_that_only_gives_a_zone_an_end_leaves_its_alarm_standing() -> None:
    watch = Watch.empty()
    watch.register([with_period(Period())], T0 - S)
    early = fixes(stay("ANK-1", HERE, 0, 600, 30))
    raised = of_kind(list(watch.advance(early, (), T0 + 601 * S)), AlarmKind.EXCLUSION_ZONE)
    assert raised
    again = watch.register([with_period(Period(ends_us=T0 + 86_400 * S))], T0 + 602 * S)
    assert of_kind(list(again), AlarmKind.EXCLUSION_ZONE) == []
