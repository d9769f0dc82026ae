"""A small still map of a place from the tiles of the base maps: ground, water, green, borders, roads, and districts by name."""

import gzip
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Protocol

import mapbox_vector_tile
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from backend_bridge.domain.quantities import LatLon
from widgets.phrases_training import in_language

TILE_PX: Final = 256
EQUATOR_M: Final = 40_075_016.686
CLOSEST: Final = 16.0
_GZIP: Final = b"\x1f\x8b"
AREAS: Final[Mapping[str, str]] = MappingProxyType({"land": "land", "green": "green", "water": "water"})
ROADS: Final[Mapping[str, tuple[str, float]]] = MappingProxyType(
    {
        "motorway": ("road_major", 3.0),
        "trunk": ("road_major", 2.6),
        "primary": ("road_major", 2.2),
        "secondary": ("road", 1.8),
        "tertiary": ("road", 1.4),
    }
)
"""Colour and width of the roads that are told apart; all others are `MINOR`."""
MINOR: Final = ("road_minor", 0.9)
BORDERS: Final = frozenset({"country", "province", "district"})
KEPT_FREE_PX: Final = 26
"""Above and below no names stand: credit and coordinates do."""
NAMED: Final = frozenset({"city", "district", "dong"})


class TileSource(Protocol):
    """A base map, as far as a still map needs it."""

    @property
    def name(self) -> str:
        """Short; what others say that they replace."""
        ...

    @property
    def min_zoom(self) -> int:
        """The farthest zoom that it has."""
        ...

    @property
    def max_zoom(self) -> int:
        """The closest zoom that it has."""
        ...

    @property
    def credit(self) -> str:
        """Who must be named."""
        ...

    @property
    def replaces(self) -> tuple[str, ...]:
        """Names of others that are not drawn where this one is."""
        ...

    @property
    def tile(self) -> Callable[[int, int, int], bytes | None]:
        """Zoom, column and row to the bytes of the tile (MVT, perhaps gzipped), None where there is none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What of the world is painted: a middle, and how far in."""

    middle: LatLon
    zoom: float

    @classmethod
    def about(cls, middle: LatLon, radius_m: float, radius_px: float) -> "Stretch":
        """The stretch on which a circle of so many metres has a radius of so many pixels; never closer than streets are drawn."""
        metres_at_0 = EQUATOR_M * math.cos(math.radians(middle.lat_deg)) / TILE_PX
        zoom = math.log2(metres_at_0 * radius_px / max(radius_m, 1.0))
        return cls(middle=middle, zoom=min(max(zoom, 0.0), CLOSEST))

    @property
    def metres_per_px(self) -> float:
        """How far apart two points are that stand one pixel apart."""
        return EQUATOR_M * math.cos(math.radians(self.middle.lat_deg)) / (TILE_PX * math.pow(2.0, self.zoom))


def paint_map(painter: QPainter, box: QRectF, stretch: Stretch, basemaps: Iterable[TileSource], colours: Mapping[str, QColor]) -> None:
    """Fill `box` with what the base maps have there, names in the painter's font; one that has nothing there adds nothing."""
    named: list[tuple[int, str, QPointF]] = []
    known = {each.name: each for each in basemaps}
    replaced = {name for each in known.values() for name in each.replaces}
    painter.save()
    painter.setClipRect(box)
    painter.fillRect(box, colours["water"])
    for each in known.values():
        if each.name not in replaced:
            for frame, layers in _tiles(each, box, stretch):
                _paint_tile(painter, frame, layers, colours)
                named.extend(_names(layers, frame))
    _paint_names(painter, box, sorted(named, key=lambda each: each[0]), colours["label"])
    painter.restore()


def _names(layers: dict[str, Any], frame: QRectF) -> Iterator[tuple[int, str, QPointF]]:
    """Rank, name in the language of the desk, and where it stands."""
    for feature, scale in _features(layers, "place", frame):
        said, geometry = feature["properties"], feature["geometry"]
        if geometry["type"] == "Point" and said.get("class") in NAMED:
            x, y = geometry["coordinates"]
            yield (
                int(said.get("rank", 9)),
                in_language(str(said.get("name", "")), str(said.get("name:en") or said.get("name", ""))),
                QPointF(frame.x() + x * scale, frame.y() + y * scale),
            )


def _paint_names(painter: QPainter, box: QRectF, named: Iterable[tuple[int, str, QPointF]], colour: QColor) -> None:
    """The most important first; what would lie on another or over the edge is left out."""
    taken: list[QRectF] = []
    free = box.adjusted(0, KEPT_FREE_PX, 0, -KEPT_FREE_PX)
    painter.setPen(colour)
    for _, words, at in named:
        size = painter.fontMetrics()
        ground = QRectF(
            at.x() - size.horizontalAdvance(words) / 2, at.y() - size.height() / 2, size.horizontalAdvance(words), size.height()
        )
        if free.contains(ground) and not any(ground.adjusted(-4, -2, 4, 2).intersects(other) for other in taken):
            taken.append(ground)
            painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, words)


def _tiles(basemap: TileSource, box: QRectF, stretch: Stretch) -> Iterator[tuple[QRectF, dict[str, Any]]]:
    """The tiles of a base map that lie in the box, each with the rectangle that it fills."""
    zoom = min(max(math.floor(stretch.zoom + 0.5), basemap.min_zoom), basemap.max_zoom)
    side = TILE_PX * 2.0 ** (stretch.zoom - zoom)
    x, y = _tile_at(stretch.middle, zoom)
    reach_x, reach_y = box.width() / 2 / side, box.height() / 2 / side
    for column in range(math.floor(x - reach_x), math.floor(x + reach_x) + 1):
        for row in range(math.floor(y - reach_y), math.floor(y + reach_y) + 1):
            packed = basemap.tile(zoom, column, row)
            if packed:
                content = gzip.decompress(packed) if packed[:2] == _GZIP else packed
                layers: dict[str, Any] = mapbox_vector_tile.decode(content, default_options={"y_coord_down": True})
                yield QRectF(box.center().x() + (column - x) * side, box.center().y() + (row - y) * side, side, side), layers


def _tile_at(place: LatLon, zoom: int) -> tuple[float, float]:
    """Column and row of a place among the tiles of a zoom, with the part of the tile as fraction."""
    sine = math.sin(math.radians(place.lat_deg))
    size = 2.0**zoom
    return (place.lon_deg + 180) / 360 * size, (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * size


def _paint_tile(painter: QPainter, frame: QRectF, layers: dict[str, Any], colours: Mapping[str, QColor]) -> None:
    for name, colour in AREAS.items():
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours[colour])
        for feature, scale in _features(layers, name, frame):
            painter.drawPath(_path(feature, frame, scale, "Polygon"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    lines = [(0.0, *part) for part in _borders(layers, frame, colours)] + list(_roads(layers, frame, colours))
    for _, pen, path in sorted(lines, key=lambda line: line[0]):
        painter.setPen(pen)
        painter.drawPath(path)


def _borders(layers: dict[str, Any], frame: QRectF, colours: Mapping[str, QColor]) -> Iterator[tuple[QPen, QPainterPath]]:
    pen = QPen(colours["border"], 1.0, Qt.PenStyle.DashLine)
    for feature, scale in _features(layers, "border", frame):
        if feature["properties"].get("class") in BORDERS:
            yield pen, _path(feature, frame, scale, "LineString")


def _roads(layers: dict[str, Any], frame: QRectF, colours: Mapping[str, QColor]) -> Iterator[tuple[float, QPen, QPainterPath]]:
    """Railways and roads, each with its width, so that the widest lie on top."""
    for feature, scale in _features(layers, "rail", frame):
        yield 0.1, QPen(colours["rail"], 1.2, Qt.PenStyle.DashLine), _path(feature, frame, scale, "LineString")
    for feature, scale in _features(layers, "road", frame):
        kind = str(feature["properties"].get("class", "")).removesuffix("_link")
        colour, width = ROADS.get(kind, MINOR)
        yield width, QPen(colours[colour], width), _path(feature, frame, scale, "LineString")


def _features(layers: dict[str, Any], name: str, frame: QRectF) -> Iterator[tuple[dict[str, Any], float]]:
    if name in layers:
        for feature in layers[name]["features"]:
            yield feature, frame.width() / layers[name]["extent"]


def _path(feature: dict[str, Any], frame: QRectF, scale: float, kind: str) -> QPainterPath:
    """The polygons or lines of a feature in pixels; empty where it has none."""
    geometry = feature["geometry"]
    parts = geometry["coordinates"] if geometry["type"].startswith("Multi") else [geometry["coordinates"]]
    path = QPainterPath()
    if geometry["type"].removeprefix("Multi") == kind:
        for line in (ring for part in parts for ring in part) if kind == "Polygon" else parts:
            for at, (x, y) in enumerate(line):
                point = QPointF(frame.x() + x * scale, frame.y() + y * scale)
                path.lineTo(point) if at else path.moveTo(point)
    return path
