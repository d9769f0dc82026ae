"""What the protected person's app says, word for word and number for number, in the language of the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend_bridge.application.access_rows import DisclosureRow
from widgets.marks import QT_TRANSLATE_NOOP

TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": QT_TRANSLATE_NOOP("app", "Bongsu Protect"),
        "sos": QT_TRANSLATE_NOOP("app", "Call for help (hold for 1 s)"),
        "limits": QT_TRANSLATE_NOOP("app", "This app does not always know where somebody is. If you feel in danger, call 112 at once."),
        "credit": QT_TRANSLATE_NOOP("app", "Boundaries: Statistics Korea (KOGL type 1)"),
        "unpaired": QT_TRANSLATE_NOOP("app", "Not paired"),
        "unpairedDetail": QT_TRANSLATE_NOOP("app", "Scan the QR code that you were given with this phone."),
        "clear": QT_TRANSLATE_NOOP("app", "Nobody is near"),
        "clearDetail": QT_TRANSLATE_NOOP("app", "Nobody was found within the distance that was set."),
        "near": QT_TRANSLATE_NOOP("app", "The person under the order is near"),
        "old": QT_TRANSLATE_NOOP("app", "The position is old"),
        "within": QT_TRANSLATE_NOOP("app", "within {m}"),
        "distance": QT_TRANSLATE_NOOP("app", "about {m} away"),
        "measured": QT_TRANSLATE_NOOP("app", "position measured {s} ago"),
        "closing": QT_TRANSLATE_NOOP("app", "coming nearer"),
        "opening": QT_TRANSLATE_NOOP("app", "moving away"),
        "steady": QT_TRANSLATE_NOOP("app", "distance unchanged"),
        "unknown": QT_TRANSLATE_NOOP("app", "movement unknown"),
        "n": QT_TRANSLATE_NOOP("app", "to the north"),
        "ne": QT_TRANSLATE_NOOP("app", "to the north-east"),
        "e": QT_TRANSLATE_NOOP("app", "to the east"),
        "se": QT_TRANSLATE_NOOP("app", "to the south-east"),
        "s": QT_TRANSLATE_NOOP("app", "to the south"),
        "sw": QT_TRANSLATE_NOOP("app", "to the south-west"),
        "w": QT_TRANSLATE_NOOP("app", "to the west"),
        "nw": QT_TRANSLATE_NOOP("app", "to the north-west"),
        "second": QT_TRANSLATE_NOOP("app", "{n} s"),
        "minute": QT_TRANSLATE_NOOP("app", "{n} min"),
        "hour": QT_TRANSLATE_NOOP("app", "{n} h"),
    }
)
_SECOND_US: Final = 1_000_000
_MINUTES_FROM_S: Final = 120
_HOURS_FROM_S: Final = 7200
_KM_FROM_M: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class AppPicture:
    """One moment of the app: `kind` is `unpaired`, `clear`, `near` or `old`, as the page itself calls it."""

    kind: str
    headline: str
    detail: str
    age: str


def text(name: str) -> str:
    """A text of the app."""
    return QCoreApplication.translate("app", TEXTS[name])


def picture_of(row: DisclosureRow, now_us: int) -> AppPicture:
    """What stands on the screen of a phone that hears the bridge."""
    if row.n_apps == 0:
        return AppPicture(kind="unpaired", headline=text("unpaired"), detail=text("unpairedDetail"), age="")
    if row.detail == "nothing":
        return AppPicture(kind="clear", headline=text("clear"), detail=text("clearDetail"), age="")
    kind = "near" if row.live else "old"
    return AppPicture(kind=kind, headline=text(kind), detail=_sentence(row), age=_age(row, now_us))


def _sentence(row: DisclosureRow) -> str:
    if row.distance_m is None:
        parts = [text("within").format(m=metres(row.within_m or 0))]
    else:
        parts = [text("distance").format(m=metres(row.distance_m))]
    parts += [text(code) for code in (row.direction, row.trend) if code]
    return " · ".join(parts)


def _age(row: DisclosureRow, now_us: int) -> str:
    if row.measured_us is None:
        return ""
    told_us = row.measured_us // _SECOND_US * _SECOND_US
    return text("measured").format(s=ago(max(0, round((now_us - told_us) / _SECOND_US))))


def metres(m: float) -> str:
    """`400 m`, `1.5 km`."""
    return f"{round(m / _KM_FROM_M, 3):g} km" if m >= _KM_FROM_M else f"{m:g} m"


def ago(seconds: int) -> str:
    """Seconds up to two minutes, minutes up to two hours, then hours."""
    if seconds < _MINUTES_FROM_S:
        return text("second").format(n=seconds)
    return text("minute").format(n=round(seconds / 60)) if seconds < _HOURS_FROM_S else text("hour").format(n=round(seconds / 3600))
