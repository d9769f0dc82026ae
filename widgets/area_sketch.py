"""The area of a request on a sketch: a circle to scale with its radius, drawn without a map so that nothing else is given away."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from backend_bridge.domain.case import Circle
from widgets import formats
from widgets.theme import Theme, font_of

LINES = 6


class AreaSketch(QWidget):
    """Shows where access is asked for; nothing when the request has no area."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("area_sketch")
        self.setFixedHeight(240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._area: Circle | None = None

    def show_area(self, area: Circle | None) -> None:
        """Draw this area."""
        self._area = area
        self.setVisible(area is not None)
        self.update()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """A grid, the circle, its centre and radius."""
        if self._area is None:
            return
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.fillRect(box, QColor(theme.raised))
        painter.setPen(QPen(QColor(theme.line), 1))
        step = box.width() / LINES
        for at in range(1, LINES):
            painter.drawLine(QPointF(at * step, 0), QPointF(at * step, box.height()))
            painter.drawLine(QPointF(0, at * step), QPointF(box.width(), at * step))
        radius = min(box.width(), box.height()) * 0.36
        painter.setPen(QPen(QColor(theme.police), 2))
        painter.drawEllipse(box.center(), radius, radius)
        painter.drawLine(box.center(), box.center() + QPointF(radius, 0))
        painter.setFont(font_of(theme.caption_px))
        painter.setPen(QColor(theme.text))
        painter.drawText(box.center() + QPointF(8, -6), formats.distance(self._area.radius_m))
        place = f"{self._area.centre.lat_deg:.4f}, {self._area.centre.lon_deg:.4f}"
        painter.drawText(box.adjusted(8, 0, -8, -6), Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, place)
        painter.end()
