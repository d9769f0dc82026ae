"""What lies over everything when the picture is old: nothing old is ever shown as if it were live."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from widgets import formats
from widgets.theme import Theme, font_of

VEIL_ALPHA = 56
"""Of what is old, soft words too can still be read: 4.5 to 1 in both themes."""
DEEP_ALPHA = 110
"""Where positions are drawn, nothing is read and everything looks like now."""
BAR_PX = 44
"""The bar of the window: under a band so high lies nothing that tells of a case."""
BAND_PX = 84
"""The band where the window is too narrow for both its sentences beside one another; no row of a list lies under it."""
EDGE_PX = 16
GAP_PX = 24


class NotLiveOverlay(QWidget):
    """Covers its parent with a veil and two sentences; lets mouse and keys through, for the list can still be read."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("not_live_overlay")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme
        self._since_us: int | None = None
        self._detail = ""
        self.words = ""
        self.said = ""
        """What stands beside the title: of when the picture is, and what to do."""
        self.free: Callable[[], tuple[int, int]] = lambda: (0, self.width())
        """From where to where the first line of the band may go, so that the clock and what waits stay in sight."""
        self.deeper: QWidget | None = None
        """What lies under a thicker veil."""
        self.hide()
        parent.installEventFilter(self)

    def show_lost(self, since_us: int, detail: str) -> None:
        """Veil everything: the picture is that of `since_us`."""
        new = since_us != self._since_us
        self._since_us, self._detail = since_us, detail
        of_when = self.tr("Picture of {time}.").format(time=formats.clock(since_us))
        self.said = f"{of_when} {detail}"
        if new:
            self.show_now(since_us)
        self.setAccessibleName(self.said)
        self._cover()
        self.show()
        self.raise_()
        self.update()

    def show_now(self, now_us: int) -> None:
        """Let the time count for which the picture has been old."""
        if self._since_us is not None:
            self.words = self.tr("NOT LIVE for {span}").format(span=formats.countdown(max(0, now_us - self._since_us) // 1_000_000))
            self.update()

    def show_live(self) -> None:
        """The picture is live again."""
        self._since_us = None
        self.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering the parent whatever its size, and stay on top of what it shows later."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded) and watched is self.parent():
            self._cover()
            if self.isVisible():
                self.raise_()
        return False

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """A grey veil, and the sentences in a band at the top, where no row of a list lies under it."""
        theme = self._theme
        painter = QPainter(self)
        self._paint_veil(painter)
        title, detail = self.places()
        left, right = self._first_line()
        painter.fillRect(QRect(left, 0, right - left, BAR_PX), QColor(theme.act_fill))
        if detail.bottom() >= BAR_PX:
            painter.fillRect(QRect(0, BAR_PX, self.width(), detail.bottom() + 1 - BAR_PX), QColor(theme.act_fill))
        painter.setPen(QColor(theme.act))
        painter.setFont(font_of(theme.headline_px, bold=True))
        painter.drawText(title, Qt.AlignmentFlag.AlignCenter, self.words)
        painter.setPen(QColor(theme.text))
        painter.setFont(font_of(theme.body_px))
        beside = title.right() < detail.left()
        side = Qt.AlignmentFlag.AlignLeft if beside else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(detail, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), self.said)
        painter.setPen(QPen(QColor(theme.act), 4))
        painter.drawRect(self.rect().adjusted(2, 2, -2, -2))
        painter.end()

    def _paint_veil(self, painter: QPainter) -> None:
        veil = QColor(self._theme.window)
        veil.setAlpha(VEIL_ALPHA)
        painter.fillRect(self.rect(), veil)
        if self.deeper is not None and self.deeper.isVisible():
            veil.setAlpha(DEEP_ALPHA)
            painter.fillRect(QRect(self.mapFromGlobal(self.deeper.mapToGlobal(QPoint(0, 0))), self.deeper.size()), veil)

    def _first_line(self) -> tuple[int, int]:
        """From where to where the first line goes: as far as it is free where that holds the title, else over everything."""
        left, right = self.free()
        return (left, right) if right - left >= self._title_px() + 2 * EDGE_PX else (0, self.width())

    def _title_px(self) -> int:
        return QFontMetrics(font_of(self._theme.headline_px, bold=True)).horizontalAdvance(self.words) + 2

    def places(self) -> tuple[QRect, QRect]:
        """Where the two sentences stand: beside one another over the bar of the window where that holds them, else in two lines."""
        left, right = self._first_line()
        title_px = self._title_px()
        metrics = QFontMetrics(font_of(self._theme.body_px))
        room_px = right - left - 2 * EDGE_PX - GAP_PX - title_px
        detail_px = min(room_px, metrics.horizontalAdvance(self.said) + 2)
        needed = metrics.boundingRect(QRect(0, 0, max(1, detail_px), 1000), int(Qt.TextFlag.TextWordWrap), self.said)
        if detail_px > 0 and needed.height() <= BAR_PX and needed.width() <= detail_px:
            first = left + (right - left - title_px - GAP_PX - detail_px) // 2
            return QRect(first, 0, title_px, BAR_PX), QRect(first + title_px + GAP_PX, 0, detail_px, BAR_PX)
        middle = left + (right - left - title_px) // 2
        return QRect(middle, 0, title_px, BAR_PX), QRect(EDGE_PX, BAR_PX, self.width() - 2 * EDGE_PX, BAND_PX - BAR_PX)

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
