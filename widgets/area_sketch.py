"""The area of a request on a small map: a circle to scale with its radius on the base map, and nobody on it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from backend_bridge.domain.case import Circle
from widgets import formats
from widgets.map_credits import credit_text
from widgets.small_map import Stretch, TileSource, paint_map
from widgets.theme import Theme, font_of, map_colours

RADIUS_SHARE = 0.36
"""Of the shorter side: how large the circle is drawn."""
HEIGHT_PX = 240
"""So high is the map at least; where there is room it fills it."""
CREDIT_PX = 56
"""Below the map: lines for whose it is, so that they hide nothing of it and are never cut."""
FILL_ALPHA = 0.14


class AreaSketch(QWidget):
    """Shows where access is asked for; nothing when the request has no area."""

    def __init__(self, theme: Theme, basemaps: tuple[TileSource, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("area_sketch")
        self.setMinimumHeight(HEIGHT_PX + CREDIT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._theme, self._colours = theme, map_colours(theme)
        self._area: Circle | None = None
        self._basemaps = basemaps
        self._ground: QPixmap | None = None
        self._later = QTimer(self, interval=0, singleShot=True)
        self._later.timeout.connect(self._paint_ground)

    def show_area(self, area: Circle | None) -> None:
        """Draw this area."""
        if area != self._area:
            self._area = area
            self._paint_later()
        self.setVisible(area is not None)
        if area is not None:
            name = self.tr("Area")
            self.setAccessibleName(f"{name}: {self._words(area)}")

    def _words(self, area: Circle) -> str:
        return f"{self._middle(area)} · {formats.distance(area.radius_m)}"

    def _middle(self, area: Circle) -> str:
        place = f"{area.centre.lat_deg:.4f}, {area.centre.lon_deg:.4f}"
        return self.tr("centre {place}").format(place=place)

    def _stretch(self, area: Circle) -> Stretch:
        return Stretch.about(area.centre, area.radius_m, min(self.width(), self._map_px()) * RADIUS_SHARE)

    def _map_box(self) -> QRectF:
        return QRectF(0, 0, self.width(), self._map_px())

    def _map_px(self) -> int:
        return max(HEIGHT_PX, self.height() - CREDIT_PX)

    def _paint_later(self) -> None:
        """The ground comes after the facts beside it, which need no tiles."""
        self._ground = None
        self._later.start()
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint the ground anew for another size."""
        super().resizeEvent(event)
        self._paint_later()

    def _paint_ground(self) -> None:
        if self._area is None or self.width() < 1:
            return
        ratio = self.devicePixelRatioF()
        ground = QPixmap(QSize(round(self.width() * ratio), round(self._map_px() * ratio)))
        ground.setDevicePixelRatio(ratio)
        painter = QPainter(ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font_of(self._theme.caption_px))
        paint_map(painter, self._map_box(), self._stretch(self._area), self._basemaps, self._colours)
        painter.end()
        self._ground = ground
        self.update()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, the circle with its radius, where it is, and whose the map is."""
        if self._area is None:
            return
        theme, painter, box = self._theme, QPainter(self), self._map_box()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._ground is None:
            painter.fillRect(box, self._colours["land"])
        else:
            painter.drawPixmap(0, 0, self._ground)
        radius = self._area.radius_m / self._stretch(self._area).metres_per_px
        fill = QColor(theme.police)
        fill.setAlphaF(FILL_ALPHA)
        painter.setBrush(fill)
        painter.setPen(QPen(QColor(theme.police), 2))
        painter.drawEllipse(box.center(), radius, radius)
        painter.drawLine(box.center(), box.center() + QPointF(radius, 0))
        self._label(painter, box.center() + QPointF(8, -8), formats.distance(self._area.radius_m))
        self._label(painter, box.bottomLeft() + QPointF(8, -8), self._middle(self._area))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        whose = "\n".join(credit_text(each.credit) for each in self._basemaps if each.credit)
        painter.setPen(QColor(theme.text_soft))
        below = QRectF(0, box.bottom() + 4, self.width(), CREDIT_PX - 4)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, whose)
        painter.end()

    def _label(self, painter: QPainter, at: QPointF, words: str) -> None:
        """Words on a ground of their own, so that they can be read on any map."""
        painter.setFont(font_of(self._theme.caption_px))
        size = painter.fontMetrics()
        ground = QColor(self._theme.panel)
        ground.setAlphaF(0.9)
        wide = size.horizontalAdvance(words)
        if wide:
            painter.fillRect(QRectF(at.x() - 3, at.y() - size.ascent() - 1, wide + 6, size.height() + 2), ground)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(at, words)
