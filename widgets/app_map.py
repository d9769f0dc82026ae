"""The map of the protected person's app: Korea's boundaries and the circle in which the wearer is, at the app's own zoom."""

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

import resources
from backend_bridge.domain.quantities import LatLon
from widgets.app_names import SIZE_PX, Named, place_names
from widgets.phrases_training import in_language
from widgets.theme import font_of

ZOOM: Final = 13
"""What the app shows a wearer at."""
TILE_PX: Final = 256
EQUATOR_M: Final = 40_075_016.686
FILL_ALPHA: Final = 0.3

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Area:
    """One outline of a municipality."""

    korean: str
    english: str
    bounds: QRectF
    polygon: QPolygonF


def draw_app_map(painter: QPainter, box: QRectF, mark: tuple[LatLon, float, bool] | None, colours: dict[str, QColor]) -> None:
    """Fill `box`; `mark` is the wearer's place, its radius in metres and whether it is of now; None draws the ground alone."""
    outline = QPainterPath()
    outline.addRoundedRect(box, 14, 14)
    painter.save()
    painter.setClipPath(outline)
    painter.fillRect(box, colours["panel"])
    if mark is not None:
        place, radius_m, live = mark
        radius_px = radius_m / metres_per_px(place.lat_deg)
        seen = _draw_areas(painter, box, place, colours)
        _draw_circle(painter, box, radius_px, colours["act"], live=live)
        reach = QPointF(radius_px, radius_px)
        _draw_names(painter, place_names(seen, box, QRectF(box.center() - reach, box.center() + reach)), colours)
    painter.restore()


def metres_per_px(lat_deg: float) -> float:
    """How far apart two points are that stand one pixel apart on the app's map."""
    return EQUATOR_M * math.cos(math.radians(lat_deg)) / (TILE_PX * 2**ZOOM)


def _draw_circle(painter: QPainter, box: QRectF, radius_px: float, colour: QColor, *, live: bool) -> None:
    pen = QPen(colour, 3)
    if not live:
        pen.setDashPattern([2, 2])
    painter.setPen(pen)
    fill = QColor(colour)
    fill.setAlphaF(FILL_ALPHA if live else 0.0)
    painter.setBrush(fill)
    painter.drawEllipse(box.center(), radius_px, radius_px)


def _draw_areas(painter: QPainter, box: QRectF, centre: LatLon, colours: dict[str, QColor]) -> list[tuple[str, QPolygonF]]:
    """Returns the areas that are seen, by name, where they are painted."""
    middle = _mercator_px(centre.lon_deg, centre.lat_deg)
    reach = QRectF(middle.x() - box.width() / 2, middle.y() - box.height() / 2, box.width(), box.height())
    painter.setPen(QPen(colours["edge"], 1))
    painter.setBrush(colours["area"])
    seen = [(area, area.polygon.translated(box.center() - middle)) for area in _areas() if area.bounds.intersects(reach)]
    for _, polygon in seen:
        painter.drawPolygon(polygon, Qt.FillRule.OddEvenFill)
    return [(in_language(area.korean, area.english), polygon) for area, polygon in seen]


def _draw_names(painter: QPainter, names: list[Named], colours: dict[str, QColor]) -> None:
    painter.setFont(font_of(SIZE_PX))
    painter.setPen(colours["quiet"])
    for named in names:
        painter.drawText(named.words, Qt.AlignmentFlag.AlignCenter, named.text)


@lru_cache(maxsize=1)
def _areas() -> tuple[_Area, ...]:
    """The municipalities in pixels of the app's zoom; read once."""
    features = json.loads(resources.path("app/korea.json").read_text(encoding="utf-8"))["features"]
    polygons = [(feature["properties"], _polygon(ring)) for feature in features for ring in _rings(feature["geometry"])]
    return tuple(_Area(korean=name["ko"], english=name["en"], bounds=polygon.boundingRect(), polygon=polygon) for name, polygon in polygons)


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [part[0] for part in parts]


def _polygon(ring: Ring) -> QPolygonF:
    return QPolygonF([_mercator_px(lon, lat) for lon, lat in ring])


def _mercator_px(lon_deg: float, lat_deg: float) -> QPointF:
    size = TILE_PX * 2**ZOOM
    sine = math.sin(math.radians(lat_deg))
    return QPointF((lon_deg + 180) / 360 * size, (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * size)
