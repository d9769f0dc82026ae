"""Names of municipalities on the app's map: each in the middle of what of it is seen, none over the edge, on another or on the circle."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPolygonF

from widgets.theme import font_of

SIZE_PX: Final = 14
HIGH_PX: Final = 20.0
LEAST_PX2: Final = 1500.0
"""Of less than this nothing is named."""
MOST: Final = 12
EDGE_PX: Final = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name and the rectangle in which it stands."""

    text: str
    words: QRectF


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What of an area is seen: its outline, how large it is in square pixels, its middle."""

    text: str
    outline: QPolygonF
    area_px2: float
    middle: QPointF


def place_names(areas: Iterable[tuple[str, QPolygonF]], box: QRectF, circle: QRectF | None) -> list[Named]:
    """Where the names of `areas` stand in `box`, the largest first; `circle` stays free."""
    inner = box.adjusted(EDGE_PX, EDGE_PX, -EDGE_PX, -EDGE_PX)
    size = QFontMetricsF(font_of(SIZE_PX))
    placed: list[Named] = []
    taken = [] if circle is None else [circle]
    for part in sorted(_parts(areas, inner), key=lambda part: -part.area_px2):
        half = size.horizontalAdvance(part.text) / 2 + 4
        for spot in _spots(part.middle, circle):
            words = QRectF(spot.x() - half, spot.y() - HIGH_PX / 2, 2 * half, HIGH_PX)
            held = part.outline.containsPoint(spot, Qt.FillRule.OddEvenFill)
            if held and inner.contains(words) and not any(words.intersects(other) for other in taken):
                taken.append(words)
                placed.append(Named(text=part.text, words=words))
                break
        if len(placed) >= MOST:
            break
    return placed


def _spots(middle: QPointF, circle: QRectF | None) -> tuple[QPointF, ...]:
    """The middle, else below or above the circle."""
    if circle is None:
        return (middle,)
    away = HIGH_PX / 2 + 2
    return middle, QPointF(middle.x(), circle.bottom() + away), QPointF(middle.x(), circle.top() - away)


def _parts(areas: Iterable[tuple[str, QPolygonF]], box: QRectF) -> Iterator[_Part]:
    """The largest part of each name that is seen."""
    best: dict[str, _Part] = {}
    for text, polygon in areas:
        outline = polygon.intersected(QPolygonF(box))
        area_px2, middle = _middle_of(outline)
        if area_px2 >= LEAST_PX2 and (text not in best or best[text].area_px2 < area_px2):
            best[text] = _Part(text=text, outline=outline, area_px2=area_px2, middle=middle)
    yield from best.values()


def _middle_of(outline: QPolygonF) -> tuple[float, QPointF]:
    """Area and centre of gravity."""
    twice = x = y = 0.0
    points = [outline.at(at) for at in range(outline.size())]
    for before, point in zip(points[-1:] + points[:-1], points, strict=True):
        cross = before.x() * point.y() - point.x() * before.y()
        twice += cross
        x += (before.x() + point.x()) * cross
        y += (before.y() + point.y()) * cross
    return abs(twice) / 2, QPointF(x / (3 * twice), y / (3 * twice)) if twice else QPointF()
