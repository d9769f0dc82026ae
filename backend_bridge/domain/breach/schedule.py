"""When a zone or ring is in force: local windows turned into intervals of UTC, across changes of the clock."""

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.case import Schedule
from backend_bridge.domain.quantities import MICROSECONDS

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ALWAYS_US: Final = (-(2**62), 2**62)
"""The interval of what has no schedule: earlier and later than any instant."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


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
    spans: list[list[int]] = []
    for window in _windows(schedule, from_us, to_us):
        start_us, end_us = max(window[0], from_us), min(window[1], to_us)
        if start_us >= end_us:
            continue
        if spans and start_us <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], end_us)
        else:
            spans.append([start_us, end_us])
    return np.array(spans, np.int64).reshape(-1, 2)


def _windows(schedule: Schedule, from_us: int, to_us: int) -> list[tuple[int, int]]:
    """Windows, in the order of their local days, that may touch the span; each begins on a local day that the rule names."""
    zone = ZoneInfo(schedule.tz)
    past_midnight = schedule.to_minute <= schedule.from_minute
    day = _local_day(from_us) - timedelta(days=2)
    last = _local_day(to_us) + timedelta(days=1)
    found = []
    while day <= last:
        if day.weekday() in schedule.weekdays:
            end_day = day + timedelta(days=1) if past_midnight else day
            found.append((_utc_us(day, schedule.from_minute, zone), _utc_us(end_day, schedule.to_minute, zone)))
        day += timedelta(days=1)
    return found


def _local_day(at_us: int) -> date:
    """The day of an instant in UTC; a local day differs by at most one."""
    return (_EPOCH + timedelta(microseconds=at_us)).date()


def _utc_us(day: date, minute: int, zone: ZoneInfo) -> int:
    """The instant of a wall-clock time: fold 0, so of two the first, and in a gap as if the clock had not been changed."""
    local = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
    return (local.astimezone(UTC) - _EPOCH) // timedelta(seconds=1) * MICROSECONDS
