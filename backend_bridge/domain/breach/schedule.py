"""When a zone or ring is in force: local windows turned into intervals of UTC, across changes of the clock."""

from calendar import isleap
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.case import Schedule
from backend_bridge.domain.quantities import MICROSECONDS

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_WEEKDAY_OF_EPOCH: Final = 3
_DAY_US: Final = 86_400 * MICROSECONDS
_CLOCK_CHANGES: Final = 2**40


def schedule_of(tz: str, rrule: str, from_time: str, to_time: str) -> Schedule:
    """A schedule as case files write it (`"FREQ=WEEKLY;BYDAY=MO,TU"`, `"08:00"`); ValueError says which part is wrong."""
    try:
        ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"tz {tz!r} is no IANA time zone; one such as 'Asia/Seoul' would be") from None
    return Schedule(tz=tz, weekdays=_weekdays(rrule), from_minute=_minute(from_time, "from"), to_minute=_minute(to_time, "to"))


def _weekdays(rrule: str) -> frozenset[int]:
    """The local days that a rule names; no BYDAY means every day."""
    parts: dict[str, str] = {}
    for part in rrule.split(";"):
        name, equals, value = part.partition("=")
        if not equals or name in parts or name not in ("FREQ", "BYDAY"):
            raise ValueError(f"rrule part {part!r} is not read; FREQ=DAILY or FREQ=WEEKLY, and BYDAY once, are")
        parts[name] = value
    if parts.get("FREQ") not in ("DAILY", "WEEKLY"):
        raise ValueError("rrule needs FREQ=DAILY or FREQ=WEEKLY")
    if "BYDAY" not in parts:
        return frozenset(range(7))
    days = parts["BYDAY"].split(",")
    unknown = [day for day in days if day not in WEEKDAYS]
    if unknown:
        raise ValueError(f"rrule BYDAY {unknown[0]!r} is no day; use {','.join(WEEKDAYS)}")
    return frozenset(WEEKDAYS.index(day) for day in days)


def _minute(text: str, field: str) -> int:
    hours, colon, minutes = text.partition(":")
    good = colon and len(hours) == 2 and len(minutes) == 2 and (hours + minutes).isascii() and (hours + minutes).isdigit()
    if not good or int(hours) > 23 or int(minutes) > 59:
        raise ValueError(f"{field} {text!r} is no time of day; 'HH:MM' from 00:00 to 23:59 is")
    return int(hours) * 60 + int(minutes)


def in_force(schedule: Schedule | None, from_us: int, to_us: int) -> NDArray[np.int64]:
    """The instants of [from_us, to_us) in which `schedule` is in force: (k, 2) intervals [start, end) in µs, apart and in order."""
    if from_us >= to_us:
        return np.empty((0, 2), np.int64)
    if schedule is None:
        return np.array([[from_us, to_us]], np.int64)
    # A local day differs by at most one from UTC's, and a window may last until the next.
    start_us, end_us = _windows(schedule, from_us // _DAY_US - 2, to_us // _DAY_US + 2)
    return joined(np.maximum(start_us, from_us), np.minimum(end_us, to_us))


def joined(start_us: NDArray[np.int64], end_us: NDArray[np.int64]) -> NDArray[np.int64]:
    """Intervals in the order of their starts as (k, 2), joined where they touch; empty ones are left out."""
    lasts = start_us < end_us
    start_us, end_us = start_us[lasts], end_us[lasts]
    until_us = np.maximum.accumulate(end_us)
    begins = np.ones(len(start_us), np.bool_)
    begins[1:] = start_us[1:] > until_us[:-1]
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(start_us))[: len(first)] - 1
    return np.column_stack([start_us[first], until_us[last]])


@lru_cache(maxsize=1024)
def _windows(schedule: Schedule, first_day: int, end_day: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Begin and end of the windows that begin on local days [first_day, end_day), counted from 1970, in their order.

    The cases of one import have mostly the same few schedules and the same days.
    """
    day = np.arange(first_day, end_day)
    is_named = np.array([weekday in schedule.weekdays for weekday in range(7)])
    begins = day[is_named[(day + _WEEKDAY_OF_EPOCH) % 7]]
    past_midnight = schedule.to_minute <= schedule.from_minute
    start_us = _utc_us(schedule.tz, begins, schedule.from_minute)
    end_us = _utc_us(schedule.tz, begins + past_midnight, schedule.to_minute)
    start_us.flags.writeable = end_us.flags.writeable = False
    return start_us, end_us


def _utc_us(tz: str, day: NDArray[np.int64], minute: int) -> NDArray[np.int64]:
    """The instants of a wall-clock time on local days, given as days since 1970, in order."""
    if not len(day):
        return day
    years = range(_date(int(day[0])).year, _date(int(day[-1])).year + 1)
    ahead_s = np.concatenate([_offsets_s(tz, year) for year in years])[day - _day_number(date(years[0], 1, 1))]
    instants: NDArray[np.int64] = (day * 86_400 + minute * 60 - ahead_s) * MICROSECONDS
    for row in np.flatnonzero(ahead_s == _CLOCK_CHANGES).tolist():
        instants[row] = _utc_s(_date(int(day[row])), minute, ZoneInfo(tz)) * MICROSECONDS
    return instants


@lru_cache(maxsize=512)
def _offsets_s(tz: str, year: int) -> NDArray[np.int64]:
    """How many seconds local time is ahead of UTC on each day of a year; `_CLOCK_CHANGES` where it is not the same all day."""
    first = _day_number(date(year, 1, 1))
    midnights = np.arange(first, first + 366 + isleap(year))
    zone = ZoneInfo(tz)
    ahead_s = midnights * 86_400 - np.array([_utc_s(_date(day), 0, zone) for day in midnights.tolist()])
    offsets: NDArray[np.int64] = np.where(ahead_s[1:] == ahead_s[:-1], ahead_s[:-1], _CLOCK_CHANGES)
    offsets.flags.writeable = False
    return offsets


def _day_number(day: date) -> int:
    return day.toordinal() - _EPOCH.toordinal()


def _date(day: int) -> date:
    return date.fromordinal(day + _EPOCH.toordinal())


def _utc_s(day: date, minute: int, zone: ZoneInfo) -> int:
    """The second of a wall-clock time: fold 0, so of two the first, and in a gap as if the clock had not been changed."""
    local = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
    return (local.astimezone(UTC) - _EPOCH) // timedelta(seconds=1)
