"""Instants as text: RFC 3339 in and out, whole microseconds of UTC inside."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from backend_bridge.domain.quantities import MICROSECONDS

_RFC3339: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:([Zz])|([+-])(\d\d):(\d\d))", re.ASCII)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_KOREA_US: Final = 9 * 3600 * MICROSECONDS
_FIRST_US: Final = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
_LAST_US: Final = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND


def us_of_text(text: str) -> int:
    """The microseconds since 1970 of an RFC 3339 text with an offset; digits beyond microseconds are cut off.

    Raises ValueError with a sentence when the text is not such an instant.
    """
    found = _RFC3339.fullmatch(text)
    if found is None:
        raise ValueError("must be a time with an offset such as 2026-11-23T07:36:00Z")
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    fraction = (found[7] or "").ljust(6, "0")[:6]
    try:
        moment = datetime(year, month, day, hour, minute, second, int(fraction), tzinfo=UTC)
    except ValueError as error:
        raise ValueError(f"is no time that exists ({error})") from None
    instant_us = (moment - _EPOCH) // _MICROSECOND - _offset_us(found)
    if not _FIRST_US <= instant_us <= _LAST_US:
        raise ValueError("is no time of the years 1 to 9999 in UTC")
    return instant_us


def _offset_us(found: re.Match[str]) -> int:
    if found[8]:
        return 0
    hours, minutes = int(found[10]), int(found[11])
    if hours > 23 or minutes > 59:
        raise ValueError("has an offset from UTC that does not exist")
    offset = (hours * 3600 + minutes * 60) * MICROSECONDS
    return -offset if found[9] == "-" else offset


def text_of_us(instant_us: int) -> str:
    """An instant as RFC 3339 UTC: no fraction on a whole second, else milliseconds, else microseconds."""
    moment = _EPOCH + timedelta(microseconds=instant_us)
    head = f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}T{moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}"
    fraction = moment.microsecond
    if fraction == 0:
        return head + "Z"
    if fraction % 1000 == 0:
        return f"{head}.{fraction // 1000:03d}Z"
    return f"{head}.{fraction:06d}Z"


def korean_text_of_us(instant_us: int) -> str:
    """An instant as RFC 3339 in Korean time, which is nine hours ahead of UTC all year."""
    return text_of_us(instant_us + _KOREA_US).removesuffix("Z") + "+09:00"
