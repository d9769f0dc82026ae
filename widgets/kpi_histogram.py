"""Alarms by ten minutes as bars."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend_bridge.domain.alarms.clusters import FLOOD_BEGINS
from widgets.theme import Theme, font_of
from widgets.time_ticks import ticks_of

WINDOW_US = 600_000_000
TICK_PX = 70


class Histogram(QWidget):
    """Bars of ten minutes each; those of a flood in amber, with their number."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(110)
        self._theme = theme
        self._counts: tuple[int, ...] = ()
        self._from_us = 0

    def show_counts(self, counts: tuple[int, ...], from_us: int) -> None:
        """Draw these counts, oldest first; the first began at `from_us`."""
        self._counts, self._from_us = counts, from_us
        self.update()

    def times(self) -> list[tuple[float, str]]:
        """Round times and where they stand below, as many as there is room for."""
        if not self._counts:
            return []
        whole_us = len(self._counts) * WINDOW_US
        ticks = ticks_of((self._from_us, self._from_us + whole_us), self.width() // TICK_PX)
        placed = [((at_us - self._from_us) / whole_us * self.width(), words) for at_us, words in ticks]
        return [(x, words) for x, words in placed if TICK_PX / 2 <= x <= self.width() - TICK_PX / 2]

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
        for x, words in self.times():
            painter.fillRect(QRectF(x, base, 1, 4), QColor(theme.text_faint))
            painter.drawText(QRectF(x - TICK_PX / 2, base + 3, TICK_PX, 15), Qt.AlignmentFlag.AlignHCenter, words)
        painter.end()
