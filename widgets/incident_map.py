"""Where it happened, for paper: both ways, zones and rings on the base map, with a scale and whose the map is."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPolygonF

from backend_bridge.application.rows import CaseRow
from backend_bridge.domain.case import Circle, RingEffect, ZoneKind
from backend_bridge.domain.quantities import LatLon
from widgets import formats, phrases
from widgets.chart_series import GAP_S, TrackArrays
from widgets.drawing import Symbol, draw_symbol
from widgets.map_credits import credit_text
from widgets.small_map import EQUATOR_M, TILE_PX, Stretch, TileSource, paint_map
from widgets.theme import Theme, font_of, map_colours

translate = QCoreApplication.translate

M_PER_DEG: Final = 111_195.0
LEAST_M: Final = 400.0
NEAR_M: Final = 3000.0
"""Zones further off are left outside rather than make everything else small."""
MARGIN_PX: Final = 40.0
SHARP: Final = 2
"""The ground is painted with so many pixels a side, so that it can be printed."""
TITLE_PX: Final = 30
FOOT_PX: Final = 46
SCALES_M: Final = (50, 100, 200, 500, 1000, 2000, 5000)


def _apart_m(one: LatLon, other: LatLon) -> float:
    east_deg = (one.lon_deg - other.lon_deg) * math.cos(math.radians(one.lat_deg))
    return math.hypot(one.lat_deg - other.lat_deg, east_deg) * M_PER_DEG


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """What of the world stands in a box."""

    box: QRectF
    stretch: Stretch

    def at(self, lat_deg: float, lon_deg: float) -> QPointF:
        """Where a place stands."""
        middle, shrink = self.stretch.middle, math.cos(math.radians(self.stretch.middle.lat_deg))
        east_m, north_m = (lon_deg - middle.lon_deg) * M_PER_DEG * shrink, (lat_deg - middle.lat_deg) * M_PER_DEG
        return self.box.center() + QPointF(east_m, -north_m) / self.stretch.metres_per_px

    def px(self, metres: float) -> float:
        """How long a distance is drawn."""
        return metres / self.stretch.metres_per_px


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentMap:
    """The ways of the wearer and of the protected person, in this order; None where nothing may be shown."""

    theme: Theme
    case: CaseRow | None
    tracks: tuple[TrackArrays | None, TrackArrays | None]
    basemaps: tuple[TileSource, ...]

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Fill `box`: a title, the map, and below it scale, legend and credit."""
        painter.fillRect(box, QColor(self.theme.panel))
        painter.setFont(font_of(16, bold=True))
        painter.setPen(QColor(self.theme.text_soft))
        title = QRectF(box.left() + 10, box.top() + 2, 400, TITLE_PX - 2)
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, translate("IncidentSheet", "Where"))
        inner = box.adjusted(0, TITLE_PX, 0, -FOOT_PX)
        known = [track for track in self.tracks if track is not None and len(track.at_s)]
        if not known:
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, translate("IncidentSheet", "No positions may be shown."))
            return
        view = _View(box=inner, stretch=self._stretch(known, inner))
        painter.save()
        painter.setClipRect(inner)
        painter.drawImage(inner, self._ground(view))
        self._paint_zones(painter, view)
        self._paint_ways(painter, view)
        painter.restore()
        self._paint_foot(painter, view)

    def _circles(self) -> Iterator[tuple[LatLon, float]]:
        """Rings about where the protected person was last, and round zones near there: middle and radius."""
        protected = self.tracks[1]
        if self.case is None or protected is None or not len(protected.at_s):
            return
        last = LatLon(lat_deg=float(protected.lat_deg[-1]), lon_deg=float(protected.lon_deg[-1]))
        yield from ((last, ring.distance_m) for ring in self.case.rings)
        for zone in self.case.zones:
            if isinstance(zone.shape, Circle) and _apart_m(last, zone.shape.centre) < NEAR_M:
                yield zone.shape.centre, zone.shape.radius_m

    def _stretch(self, known: list[TrackArrays], box: QRectF) -> Stretch:
        """Both ways, all rings and round zones as large as they fit."""
        lats, lons = [track.lat_deg for track in known], [track.lon_deg for track in known]
        for middle, radius_m in self._circles():
            reach = radius_m / M_PER_DEG
            lats.append(np.array([middle.lat_deg - reach, middle.lat_deg + reach]))
            reach /= math.cos(math.radians(middle.lat_deg))
            lons.append(np.array([middle.lon_deg - reach, middle.lon_deg + reach]))
        lat, lon = np.concatenate(lats), np.concatenate(lons)
        middle = LatLon(lat_deg=float(lat.min() + lat.max()) / 2, lon_deg=float(lon.min() + lon.max()) / 2)
        shrink = math.cos(math.radians(middle.lat_deg))
        high_m = max(LEAST_M, float(np.ptp(lat)) * M_PER_DEG)
        wide_m = max(LEAST_M, float(np.ptp(lon)) * M_PER_DEG * shrink)
        scale = min((box.width() - 2 * MARGIN_PX) / wide_m, (box.height() - 2 * MARGIN_PX) / high_m)
        return Stretch(middle=middle, zoom=math.log2(EQUATOR_M * shrink / TILE_PX * scale))

    def _ground(self, view: _View) -> QImage:
        """The base map alone, sharp enough to be printed."""
        size = view.box.size()
        ground = QImage(QSize(round(size.width() * SHARP), round(size.height() * SHARP)), QImage.Format.Format_RGB32)
        painter = QPainter(ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(SHARP, SHARP)
        painter.setFont(font_of(13))
        paint_map(painter, QRectF(0, 0, size.width(), size.height()), view.stretch, self.basemaps, map_colours(self.theme))
        painter.end()
        return ground

    def _paint_zones(self, painter: QPainter, view: _View) -> None:
        for zone in () if self.case is None else self.case.zones:
            colour = QColor(self.theme.act if zone.kind is ZoneKind.EXCLUSION else self.theme.text_soft)
            ink = QColor(colour)
            painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine if zone.in_force else Qt.PenStyle.DotLine))
            colour.setAlphaF(0.10 if zone.in_force else 0.0)
            painter.setBrush(colour)
            if isinstance(zone.shape, Circle):
                radius = view.px(zone.shape.radius_m)
                centre = view.at(zone.shape.centre.lat_deg, zone.shape.centre.lon_deg)
                painter.drawEllipse(centre, radius, radius)
                self._name(painter, centre + QPointF(0, radius), f"{phrases.zone_kind(zone.kind)} {zone.zone}", ink.name())
            for polygon in zone.shape if isinstance(zone.shape, tuple) else ():
                path = QPainterPath()
                path.setFillRule(Qt.FillRule.OddEvenFill)
                for ring in (polygon.outer, *polygon.holes):
                    path.addPolygon(QPolygonF([view.at(each.lat_deg, each.lon_deg) for each in ring]))
                    path.closeSubpath()
                painter.drawPath(path)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_ways(self, painter: QPainter, view: _View) -> None:
        theme = self.theme
        for track, colour, part in zip(self.tracks, (theme.act, theme.text), ("subject", "protected"), strict=True):
            if track is None or not len(track.at_s):
                continue
            points = [view.at(float(lat), float(lon)) for lat, lon in zip(track.lat_deg, track.lon_deg, strict=True)]
            if part == "protected":
                self._paint_rings(painter, view, points[-1])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for pen in (QPen(QColor(theme.panel), 7), QPen(QColor(colour), 3)):
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                for run in np.split(np.arange(len(points)), np.flatnonzero(np.diff(track.at_s) > GAP_S) + 1):
                    painter.drawPolyline(QPolygonF([points[at] for at in run]))
            if part == "subject":
                self._paint_arrow(painter, points, colour)
            else:
                self._paint_shield(painter, points[-1], colour)

    def _paint_arrow(self, painter: QPainter, points: list[QPointF], colour: str) -> None:
        """The wearer as on the desk's map: an arrow head the way that they went last."""
        here = points[-1]
        before = next((one for one in reversed(points) if (here - one).manhattanLength() > 4), here + QPointF(0, 1))
        way = here - before
        painter.save()
        painter.translate(here)
        painter.rotate(math.degrees(math.atan2(way.x(), -way.y())))
        for size, ink in ((26.0, self.theme.panel), (20.0, colour)):
            draw_symbol(painter, QRectF(-size / 2, -size / 2, size, size), Symbol.ARROW, ink)
        painter.restore()

    def _paint_shield(self, painter: QPainter, here: QPointF, colour: str) -> None:
        """The protected person as on the desk's map: a ring with a shield."""
        painter.setPen(QPen(QColor(colour), 2.4))
        painter.setBrush(QColor(self.theme.panel))
        painter.drawEllipse(here, 12, 12)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        draw_symbol(painter, QRectF(here.x() - 6, here.y() - 7, 12, 14), Symbol.SHIELD, colour)

    def _paint_rings(self, painter: QPainter, view: _View, middle: QPointF) -> None:
        """The distances that are watched, about where the protected person was last."""
        for ring in () if self.case is None else self.case.rings:
            colour = self.theme.act if ring.effect is RingEffect.ALARM else self.theme.look
            radius = view.px(ring.distance_m)
            style = Qt.PenStyle.SolidLine if ring.effect is RingEffect.ALARM else Qt.PenStyle.DashLine
            painter.setPen(QPen(QColor(colour), 1.4, style))
            painter.drawEllipse(middle, radius, radius)
            self._name(painter, middle - QPointF(0, radius), formats.distance(ring.distance_m), colour)

    def _name(self, painter: QPainter, middle: QPointF, words: str, colour: str) -> None:
        """Words on a line, with a ground of their own so that the line does not strike them through."""
        painter.setFont(font_of(13))
        wide = QFontMetricsF(painter.font()).horizontalAdvance(words) + 8
        box = QRectF(middle.x() - wide / 2, middle.y() - 9, wide, 18)
        painter.fillRect(box, QColor(self.theme.panel))
        painter.setPen(QColor(colour))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_foot(self, painter: QPainter, view: _View) -> None:
        """What each line is, how long a stretch is, and who made the map."""
        theme, box = self.theme, view.box
        left, middle = box.left() + 12, box.bottom() + 14
        painter.setFont(font_of(13))
        for colour, words in self._legend():
            painter.setPen(QPen(QColor(colour), 3))
            painter.drawLine(QPointF(left, middle), QPointF(left + 22, middle))
            painter.setPen(QColor(theme.text))
            painter.drawText(QPointF(left + 28, middle + 5), words)
            left += 28 + QFontMetricsF(painter.font()).horizontalAdvance(words) + 18
        metres = next((each for each in SCALES_M if view.px(each) > 70), 10_000)
        right = box.right() - 12
        painter.setPen(QPen(QColor(theme.text), 2))
        painter.drawLine(QPointF(right - view.px(metres), middle), QPointF(right, middle))
        length = QRectF(right - view.px(metres) - 90, middle - 10, 82, 20)
        painter.drawText(length, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), formats.distance(metres))
        painter.setFont(font_of(11))
        painter.setPen(QColor(theme.text_soft))
        whose = " · ".join(credit_text(each.credit) for each in self.basemaps if each.credit)
        painter.drawText(QRectF(box.left() + 12, box.bottom() + 24, box.width() - 24, 20), Qt.AlignmentFlag.AlignVCenter, whose)

    def _legend(self) -> Iterator[tuple[str, str]]:
        yield self.theme.act, translate("IncidentSheet", "wearer")
        yield self.theme.text, translate("IncidentSheet", "protected person")
