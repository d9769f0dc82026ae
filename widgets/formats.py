"""Numbers and instants as text, lengths of time in the desk's language; sentences are in `phrases`."""

import math
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from PySide6.QtCore import QCoreApplication

KST: Final = timezone(timedelta(hours=9), "KST")
NOTHING: Final = "–"


def at_of(instant_us: int) -> datetime:
    """The instant as an aware UTC datetime."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=instant_us)


def clock(instant_us: int) -> str:
    """Time of day in Korea, `09:42:16`."""
    return f"{at_of(instant_us).astimezone(KST):%H:%M:%S}"


def day(instant_us: int) -> str:
    """Date in Korea, `2026-11-23`."""
    return f"{at_of(instant_us).astimezone(KST):%Y-%m-%d}"


def minute(instant_us: int) -> str:
    """Date and minute in Korea, `2026-11-23 09:42`."""
    return f"{at_of(instant_us).astimezone(KST):%Y-%m-%d %H:%M}"


def utc(instant_us: int) -> str:
    """Date and time in UTC for the hover text, `2026-11-23 00:42:16 UTC`."""
    return f"{at_of(instant_us):%Y-%m-%d %H:%M:%S} UTC"


def both_zones(instant_us: int) -> str:
    """KST and UTC one below the other, as hover texts show them."""
    return f"{day(instant_us)} {clock(instant_us)} KST\n{utc(instant_us)}"


def span(seconds: float | None) -> str:
    """A length of time that lines up in a column: `12 s`, `2:10`, `1:04:09`, `3 d`; negative lengths keep their sign."""
    if seconds is None or not math.isfinite(seconds):
        return NOTHING
    sign, whole = ("−" if seconds <= -1 else ""), int(abs(seconds))
    if whole < 60:
        return sign + seconds_text(whole)
    if whole < 3600:
        return f"{sign}{whole // 60}:{whole % 60:02d}"
    if whole < 86_400:
        return f"{sign}{whole // 3600}:{whole % 3600 // 60:02d}:{whole % 60:02d}"
    return sign + QCoreApplication.translate("formats", "{n} d").format(n=whole // 86_400)


def seconds_text(seconds: float | str) -> str:
    """`12 s`, or a figure that has been written out already, as `0.25 s`."""
    return QCoreApplication.translate("formats", "{n} s").format(n=seconds if isinstance(seconds, str) else f"{seconds:.0f}")


def countdown(seconds: float | None) -> str:
    """A timer, `0:48`, `12:05`; past its end `−0:07`."""
    if seconds is None or not math.isfinite(seconds):
        return NOTHING
    whole = math.ceil(seconds) if seconds > 0 else int(seconds)
    sign, whole = ("−" if whole < 0 else ""), abs(whole)
    if whole < 3600:
        return f"{sign}{whole // 60}:{whole % 60:02d}"
    return f"{sign}{whole // 3600}:{whole % 3600 // 60:02d}:{whole % 60:02d}"


def age_s(now_us: int, then_us: int) -> float:
    """Seconds from `then_us` to `now_us`, never negative."""
    return max(0, now_us - then_us) / 1e6


def distance(metres: float | None) -> str:
    """`40 m`, `720 m`, `1.6 km`, `24 km`."""
    if metres is None or not math.isfinite(metres):
        return NOTHING
    if metres < 100:
        return f"{metres:.0f} m"
    if metres < 995:
        return f"{round(metres / 10) * 10} m"
    if metres < 9950:
        return f"{metres / 1000:.1f} km"
    return f"{metres / 1000:,.0f} km"


def error(metres: float | None) -> str:
    """`±14 m`; empty when unknown."""
    return "" if metres is None or not math.isfinite(metres) else f"±{distance(metres)}"


def band(limits_m: tuple[float, float | None]) -> str:
    """`0.5–1 km`, `< 500 m`, `> 5 km`."""
    low, high = limits_m
    if high is None:
        return f"> {distance(low)}"
    if low <= 0:
        return f"< {distance(high)}"
    return f"{distance(low)} – {distance(high)}"


def speed(metres_per_s: float | None) -> str:
    """`4.1 m/s`."""
    return NOTHING if metres_per_s is None or not math.isfinite(metres_per_s) else f"{metres_per_s:.1f} m/s"


def percent(share: float | None) -> str:
    """`97%` from 0.97; never 100 % or 0 % unless it is exactly so."""
    if share is None or not math.isfinite(share):
        return NOTHING
    if 0.995 <= share < 1:
        return "> 99%"
    if 0 < share < 0.005:
        return "< 1%"
    return f"{share * 100:.0f}%"


def count(number: float) -> str:
    """`1,284`."""
    return f"{number:,}" if isinstance(number, int) else f"{number:,.0f}"


def battery(level: int | None) -> str:
    """`68%`."""
    return NOTHING if level is None else f"{level}%"
