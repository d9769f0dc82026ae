"""The area of a request on a small map: a circle to scale with its radius on the base map, and nobody on it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from backend_bridge.domain.case import Circle
from widgets import formats
from widgets.small_map import Stretch, TileSource, paint_map
from widgets.theme import Theme, font_of, map_colours

RADIUS_SHARE = 0.36
"""Of the shorter side: how large the circle is drawn."""
HEIGHT_PX = 240
FILL_ALPHA = 0.14
STREETS_FROM = 12
"""A base map that goes so far in has streets; whoever drew them is named on the map."""


class AreaSketch(QWidget):
    """Shows where access is asked for; nothing when the request has no area."""

    def __init__(self, theme: Theme, basemaps: tuple[TileSource, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("area_sketch")
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
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
        return f"{area.centre.lat_deg:.4f}, {area.centre.lon_deg:.4f} · {formats.distance(area.radius_m)}"

    def _stretch(self, area: Circle) -> Stretch:
        return Stretch.about(area.centre, area.radius_m, min(self.width(), self.height()) * RADIUS_SHARE)

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
        ground = QPixmap(QSize(round(self.width() * ratio), round(self.height() * ratio)))
        ground.setDevicePixelRatio(ratio)
        painter = QPainter(ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font_of(self._theme.caption_px))
        paint_map(painter, QRectF(self.rect()), self._stretch(self._area), self._basemaps, self._colours)
        painter.end()
        self._ground = ground
        self.update()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, the circle with its radius, where it is, and whose the map is."""
        if self._area is None:
            return
        theme, painter, box = self._theme, QPainter(self), QRectF(self.rect())
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
        self._label(painter, box.bottomLeft() + QPointF(8, -8), self._words(self._area).partition(" · ")[0])
        credit = " · ".join(each.credit for each in self._basemaps if each.max_zoom >= STREETS_FROM)
        width = painter.fontMetrics().horizontalAdvance(credit)
        self._label(painter, box.topRight() + QPointF(-8 - width, 8 + painter.fontMetrics().ascent()), credit)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
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
