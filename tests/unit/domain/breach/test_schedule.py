"""When a zone is in force: local days, midnight, changes of the clock; what of an rrule is read."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from backend_bridge.domain.breach.schedule import in_force, schedule_of
from backend_bridge.domain.case import Schedule

S = 1_000_000
HOUR = 3600 * S


def us(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * S


def spans(schedule: Schedule, start: str, end: str) -> list[tuple[str, str]]:
    found = in_force(schedule, us(start), us(end))
    return [tuple(datetime.fromtimestamp(t / S, UTC).strftime("%d %H:%M") for t in span) for span in found.tolist()]  # type: ignore[misc]


def test_office_hours_in_seoul_are_utc_minus_nine() -> None:
    office = schedule_of("Asia/Seoul", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "08:00", "18:00")
    # 2026-11-06 is a Friday.
    assert spans(office, "2026-11-05T15:00", "2026-11-09T15:00") == [("05 23:00", "06 09:00"), ("08 23:00", "09 09:00")]


def test_window_past_midnight_belongs_to_the_day_on_which_it_begins() -> None:
    night = schedule_of("UTC", "FREQ=WEEKLY;BYDAY=SU", "22:00", "06:00")
    assert spans(night, "2026-11-01T00:00", "2026-11-08T00:00") == [("01 22:00", "02 06:00")]


def test_window_that_ends_as_it_begins_is_a_whole_day() -> None:
    day = schedule_of("UTC", "FREQ=WEEKLY;BYDAY=MO", "07:00", "07:00")
    assert spans(day, "2026-11-01T00:00", "2026-11-08T00:00") == [("02 07:00", "03 07:00")]


def test_whole_days_one_after_another_are_one_interval() -> None:
    always = schedule_of("UTC", "FREQ=DAILY", "00:00", "00:00")
    assert spans(always, "2026-11-01T05:00", "2026-11-04T06:00") == [("01 05:00", "04 06:00")]


def test_night_of_the_change_to_winter_time_is_an_hour_longer() -> None:
    night = schedule_of("Europe/Madrid", "FREQ=DAILY", "22:00", "06:00")
    assert spans(night, "2026-10-24T12:00", "2026-10-26T12:00") == [("24 20:00", "25 05:00"), ("25 21:00", "26 05:00")]


def test_of_an_hour_that_comes_twice_the_first_counts() -> None:
    twice = schedule_of("Europe/Madrid", "FREQ=DAILY", "02:30", "04:00")
    assert spans(twice, "2026-10-25T00:00", "2026-10-25T12:00") == [("25 00:30", "25 03:00")]


def test_window_in_an_hour_that_does_not_exist_is_empty_or_short() -> None:
    gap = schedule_of("Europe/Madrid", "FREQ=DAILY", "02:30", "03:15")
    assert spans(gap, "2026-03-29T00:00", "2026-03-29T12:00") == []
    over = schedule_of("Europe/Madrid", "FREQ=DAILY", "02:30", "04:00")
    assert spans(over, "2026-03-29T00:00", "2026-03-29T12:00") == [("29 01:30", "29 02:00")]


def test_no_schedule_is_always() -> None:
    assert in_force(None, 5, 9).tolist() == [[5, 9]]
    assert len(in_force(None, 9, 9)) == 0


@pytest.mark.parametrize(
    ("tz", "rrule", "start", "end", "named"),
    [
        ("Asia/Soul", "FREQ=DAILY", "08:00", "09:00", "tz"),
        ("../../etc/passwd", "FREQ=DAILY", "08:00", "09:00", "tz"),
        ("Asia/Seoul", "FREQ=MONTHLY", "08:00", "09:00", "FREQ"),
        ("Asia/Seoul", "BYDAY=MO", "08:00", "09:00", "FREQ"),
        ("Asia/Seoul", "FREQ=WEEKLY;BYDAY=1MO", "08:00", "09:00", "BYDAY"),
        ("Asia/Seoul", "FREQ=WEEKLY;COUNT=3", "08:00", "09:00", "COUNT"),
        ("Asia/Seoul", "FREQ=DAILY", "8:00", "09:00", "from"),
        ("Asia/Seoul", "FREQ=DAILY", "08:00", "24:00", "to"),
    ],
)
def test_what_is_not_read_is_refused_by_name(tz: str, rrule: str, start: str, end: str, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        schedule_of(tz, rrule, start, end)


@settings(max_examples=60, deadline=None)
@given(
    some.sampled_from(["Asia/Seoul", "Europe/Madrid", "America/New_York", "UTC"]),
    some.frozensets(some.integers(0, 6)),
    some.integers(0, 1439),
    some.integers(0, 1439),
    some.integers(0, 400 * 24),
    some.integers(1, 24 * 20),
)
def test_any_span_is_cut_from_the_whole(tz: str, days: frozenset[int], start: int, end: int, from_h: int, hours: int) -> None:
    schedule = Schedule(tz=tz, weekdays=days, from_minute=start, to_minute=end)
    first, last = us("2026-01-01T00:00"), us("2027-04-01T00:00")
    low, high = first + from_h * HOUR, min(first + (from_h + hours) * HOUR, last)
    whole = in_force(schedule, first, last).tolist()
    part = in_force(schedule, low, high).tolist()
    assert part == [[max(a, low), min(b, high)] for a, b in whole if a < high and b > low and low < high]
    assert all(a < b for a, b in whole)
    assert all(b < c for (_, b), (c, _) in pairwise(whole))
