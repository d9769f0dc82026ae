"""Alarms by ten minutes as bars."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend_bridge.domain.alarms.clusters import FLOOD_BEGINS
from widgets.theme import Theme, font_of


class Histogram(QWidget):
    """Bars of ten minutes each; those of a flood in amber, with their number."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(110)
        self._theme = theme
        self._counts: tuple[int, ...] = ()
        self._ends = ("", "")

    def show_counts(self, counts: tuple[int, ...], ends: tuple[str, str]) -> None:
        """Draw these counts, oldest first; `ends` are the times below the first and the last."""
        self._counts, self._ends = counts, ends
        self.update()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """One bar a count above a base line."""
        if not self._counts:
            return
        painter, theme = QPainter(self), self._theme
        painter.setFont(font_of(theme.caption_px))
        top, width = max(FLOOD_BEGINS, *self._counts), self.width() / len(self._counts)
        base = self.height() - 18.0
        for at, n in enumerate(self._counts):
            height = n / top * (base - 16)
            colour = theme.look if n > FLOOD_BEGINS else theme.normal
            painter.fillRect(QRectF(at * width + 2, base - height, width - 4, height), QColor(colour))
            if n:
                painter.setPen(QColor(theme.text_soft))
                painter.drawText(QRectF(at * width, base - height - 16, width, 15), Qt.AlignmentFlag.AlignCenter, str(n))
        painter.fillRect(QRectF(0, base, self.width(), 1), QColor(theme.line))
        painter.setPen(QColor(theme.text_faint))
        first, last = self._ends
        painter.drawText(QRectF(0, base + 2, 120, 15), Qt.AlignmentFlag.AlignLeft, first)
        painter.drawText(QRectF(self.width() - 120, base + 2, 120, 15), Qt.AlignmentFlag.AlignRight, last)
        painter.end()
