"""Orders that last for years: schedules are written out a little at a time, and nobody notices."""

from dataclasses import replace

import pytest
from worlds import DAY, HERE, T0, S, at, case, fixes, of_kind, seconds_of, stay, walk, zone

from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmStep
from backend_bridge.domain.breach.breach_engine import BreachEngine, TargetKind
from backend_bridge.domain.breach.schedule import in_force, schedule_of
from backend_bridge.domain.case import Case, Circle, ZoneKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.watching.case_book import CaseVersion
from backend_bridge.domain.watching.picture import Part
from backend_bridge.domain.watching.target_book import AHEAD_US, TargetBook
from backend_bridge.domain.watching.watch import Watch

YEARS = 5
NIGHTS = schedule_of("Asia/Seoul", "FREQ=DAILY", "22:00", "06:00")
ALWAYS = schedule_of("Asia/Seoul", "FREQ=DAILY", "00:00", "00:00")


def long_case(number: int = 1, schedule: object = NIGHTS) -> Case:
    order = replace(case().order, ends_us=T0 + YEARS * 365 * DAY * S)
    return case(number, order=order, zones=(zone(schedule=schedule),))


def restarted(watch: Watch) -> Watch:
    return Watch.of_parts(watch.parts())


@pytest.mark.parametrize("day", [1, 61, 200, 400, 1700])
@pytest.mark.parametrize("again", [False, True])
def test_a_zone_is_in_force_in_every_night_of_a_long_order(day: int, *, again: bool) -> None:
    watch = Watch.empty()
    watch.register([long_case()], T0 - DAY * S)
    for before in range(0, day, 97):
        watch.advance(FixBatch.empty(), (), T0 + before * DAY * S)
    watch = restarted(watch) if again else watch
    # 21:00 in Seoul is noon in UTC.
    rows = stay("ANK-1", HERE, day * DAY + 12 * 3600, day * DAY + 14 * 3600, 60)
    inside = of_kind(watch.advance(fixes(rows), (), T0 + (day * DAY + 14 * 3600) * S), AlarmKind.EXCLUSION_ZONE)
    assert inside[0].step is AlarmStep.RAISED
    assert 3600 <= seconds_of(inside[0].happened_us) - day * DAY - 12 * 3600 <= 3660


def test_the_same_is_decided_in_one_call_day_by_day_and_over_restarts() -> None:
    nights = [row for day in range(0, 300, 20) for row in stay("ANK-1", HERE, day * DAY + 12 * 3600, day * DAY + 14 * 3600, 120)]
    whole, daily = Watch.empty(), Watch.empty()
    whole.register([long_case()], T0 - DAY * S)
    daily.register([long_case()], T0 - DAY * S)
    end_us = T0 + 320 * DAY * S
    expected = whole.advance(fixes(nights), (), end_us)
    found: list[AlarmChange] = []
    batch = fixes(nights)
    for day in range(1, 321):
        until_us = T0 + day * DAY * S
        rows = (batch.received_us > until_us - DAY * S) & (batch.received_us <= until_us)
        found += daily.advance(batch.take(rows.nonzero()[0]), (), until_us)
        daily = restarted(daily) if day % 40 == 0 else daily
    assert tuple(found) == expected
    assert len(of_kind(expected, AlarmKind.EXCLUSION_ZONE)) >= 2 * 15


def test_an_alarm_in_a_zone_that_is_always_in_force_stands_beyond_what_is_written_out_and_ends_with_the_order() -> None:
    order = replace(case().order, ends_us=T0 + 200 * DAY * S)
    watch = Watch.empty()
    watch.register([case(order=order, zones=(zone(schedule=ALWAYS),))], T0 - DAY * S)
    raised = of_kind(watch.advance(fixes(stay("ANK-1", HERE, 0, 1200)), (), T0 + 1300 * S), AlarmKind.EXCLUSION_ZONE)
    assert raised[-1].step is not AlarmStep.CLEARED
    later = of_kind(watch.advance(FixBatch.empty(), (), T0 + 199 * DAY * S), AlarmKind.EXCLUSION_ZONE)
    assert later == []
    ended = of_kind(watch.advance(FixBatch.empty(), (), T0 + 201 * DAY * S), AlarmKind.EXCLUSION_ZONE)
    assert [(change.step, change.known_us) for change in ended] == [(AlarmStep.CLEARED, order.ends_us)]


def test_a_backlog_of_weeks_is_judged_by_the_nights_of_then() -> None:
    watch = Watch.empty()
    watch.register([long_case()], T0 - DAY * S)
    watch.advance(FixBatch.empty(), (), T0 + 160 * DAY * S)
    rows = stay("ANK-1", HERE, 100 * DAY + 12 * 3600, 100 * DAY + 14 * 3600, 60)
    late = fixes(rows, [160 * DAY + 1 + k / 100 for k in range(len(rows))])
    inside = of_kind(watch.advance(late, (), T0 + (160 * DAY + 60) * S), AlarmKind.EXCLUSION_ZONE)
    assert inside[0].step is AlarmStep.RAISED
    assert 100 * DAY + 13 * 3600 <= seconds_of(inside[0].happened_us) <= 100 * DAY + 13 * 3600 + 60


def test_what_is_written_out_does_not_grow_with_the_order() -> None:
    engine, book = BreachEngine(), TargetBook()
    one = long_case()
    version = CaseVersion(case=one, imported=one, number=1, from_us=T0, to_us=None)
    again_us = book.update(engine, [version], T0)
    assert again_us is not None
    assert T0 + 20 * DAY * S < again_us < T0 + AHEAD_US
    (target,) = book.of_case(one.case)
    assert 85 <= len(target.in_force) <= 95
    for month in range(1, 40):
        book.update(engine, [version], T0 + month * 30 * DAY * S)
    (target,) = book.of_case(one.case)
    assert len(target.in_force) <= 500
    assert len(engine.parts()["shapes.force"]) <= 4 * len(target.in_force)
    ends_us = one.order.ends_us
    assert book.update(engine, [version], ends_us - DAY * S) is None
    assert (book.of_case(one.case)[0].in_force[-1] == in_force(NIGHTS, T0, ends_us)[-1]).all()


def test_many_zones_keep_their_shapes_and_times_while_tables_grow() -> None:
    engine = BreachEngine()
    device = engine.device("ANK-1")
    numbers = []
    for k in range(300):
        shape = Circle(centre=at(100.0 * k, 0), radius_m=20.0)
        numbers.append(engine.watch_zone(device, TargetKind.EXCLUSION, shape, in_force(NIGHTS, T0, T0 + (k % 7 + 1) * DAY * S)))
    for k in range(0, 300, 3):
        engine.set_in_force(numbers[k], in_force(NIGHTS, T0, T0 + 30 * DAY * S))
    taken = fixes(walk("ANK-1", at(0, 0), at(0, 10), 0, 60))
    engine.advance(taken, taken.device)
    twin = BreachEngine.of_parts(engine.parts())
    for made in (engine, twin):
        away_m = [made.distance_to(number, device, T0)[0] for number in numbers]
        assert away_m == pytest.approx([100.0 * k - 20.0 for k in range(300)], rel=0.002, abs=25.0)


def test_a_picture_follows_every_change_of_the_cases() -> None:
    watch = Watch.empty()
    watch.register([case(1)], T0 - DAY * S)
    first = watch.picture(T0)
    assert (first.devices, first.pairs.case) == (("ANK-1", "VIC-1"), ("C1",))
    watch.register([case(2, zones=(zone(kind=ZoneKind.INCLUSION),))], T0)
    second = watch.picture(T0 + S)
    assert second.pairs.about == ("V-1", "V-2")
    assert second.part.tolist() == [Part.WEARER, Part.PROTECTED] * 2
    watch.end_order(case(1).case, T0 + 2 * S)
    assert watch.picture(T0 + 3 * S).pairs.case == ("C2",)
    assert restarted(watch).picture(T0 + 3 * S).pairs.case == ("C2",)
    assert watch.picture(T0 + 10 * DAY * S).pairs.case == ()
