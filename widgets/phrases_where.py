"""Where somebody is and where he is going, as a person says it on the telephone."""

import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend_bridge.domain.spoken_place import SpokenPlace
from widgets import formats, phrases
from widgets.marks import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate
MOVING_MPS: Final = 0.5
"""Slower than this a course is noise."""
SIDES: Final = (
    QT_TRANSLATE_NOOP("where", "north"),
    QT_TRANSLATE_NOOP("where", "north-east"),
    QT_TRANSLATE_NOOP("where", "east"),
    QT_TRANSLATE_NOOP("where", "south-east"),
    QT_TRANSLATE_NOOP("where", "south"),
    QT_TRANSLATE_NOOP("where", "south-west"),
    QT_TRANSLATE_NOOP("where", "west"),
    QT_TRANSLATE_NOOP("where", "north-west"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where a wearer is: words for the place, on which side of the protected person, and his course while he moves."""

    place: str = ""
    side_deg: float | None = None
    course_deg: float | None = None


def spoken(place: SpokenPlace) -> str:
    """A place in the desk's language."""
    match place.kind:
        case "near":
            return near(place.name, "", place.error_m)
        case "position":
            return near(None, place.name, place.error_m)
        case "zone":
            return phrases.place(place.name)
        case "named":
            return place.name
        case _:
            return f"{phrases.place(place.kind)} {place.name}"


def near(name: str | None, person: str, error_m: float | None) -> str:
    """`near Sinchon-ro ±9 m`; where nothing near has a name, `position of V-0142 ±9 m`."""
    error = formats.error(error_m)
    if name is None:
        return translate("where", "position of {person} {error}").format(person=person, error=error).strip()
    return translate("where", "near {place} {error}").format(place=name, error=error).strip()


def side(bearing_deg: float) -> str:
    """One of eight directions."""
    return translate("where", SIDES[round(bearing_deg / 45) % len(SIDES)])


def sentence(way: Way) -> str:
    """Where the wearer is as one sentence: the side he is on, where he is heading, and a place that can be spoken."""
    parts = []
    if way.side_deg is not None:
        parts.append(translate("where", "{side} of the protected person").format(side=side(way.side_deg)))
    if way.course_deg is not None and math.isfinite(way.course_deg):
        parts.append(translate("where", "heading {side}").format(side=side(way.course_deg)))
    if way.place:
        parts.append(way.place)
    return translate("where", "Wearer {parts}.").format(parts=", ".join(parts)) if parts else ""
