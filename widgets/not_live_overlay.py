"""What lies over everything when the picture is old: nothing old is ever shown as if it were live."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from widgets import formats
from widgets.theme import Theme, font_of

VEIL_ALPHA = 170
BAR_PX = 44
"""The bar of the window: under a band so high lies nothing that tells of a case."""
BAND_PX = 84
"""The band where the window is too narrow for both its sentences beside one another; no row of a list lies under it."""
EDGE_PX = 16
GAP_PX = 24


class NotLiveOverlay(QWidget):
    """Covers its parent with a veil and one sentence; lets mouse and keys through, for the list can still be read."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("not_live_overlay")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme
        self._since_us: int | None = None
        self._detail = ""
        self.words = ""
        self.hide()
        parent.installEventFilter(self)

    def show_lost(self, since_us: int, detail: str) -> None:
        """Veil everything: the picture is that of `since_us`."""
        self._since_us = since_us
        self._detail = detail
        self.words = self.tr("PICTURE NOT LIVE since {time}").format(time=formats.clock(since_us))
        self.setAccessibleName(self.words)
        self._cover()
        self.show()
        self.raise_()
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
        """A grey veil and the sentence in a band at the top, where no row of a list lies under it."""
        theme = self._theme
        painter = QPainter(self)
        veil = QColor(theme.window)
        veil.setAlpha(VEIL_ALPHA)
        painter.fillRect(self.rect(), veil)
        title, detail = self.places()
        painter.fillRect(QRect(0, 0, self.width(), detail.bottom() + 1), QColor(theme.act_fill))
        painter.setPen(QColor(theme.act))
        painter.setFont(font_of(theme.headline_px, bold=True))
        painter.drawText(title, Qt.AlignmentFlag.AlignCenter, self.words)
        painter.setPen(QColor(theme.text))
        painter.setFont(font_of(theme.body_px))
        beside = title.right() < detail.left()
        side = Qt.AlignmentFlag.AlignLeft if beside else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(detail, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), self._detail)
        painter.setPen(QPen(QColor(theme.act), 4))
        painter.drawRect(self.rect().adjusted(2, 2, -2, -2))
        painter.end()

    def places(self) -> tuple[QRect, QRect]:
        """Where the two sentences stand: beside one another over the bar of the window where that holds them, else in two lines."""
        title_px = QFontMetrics(font_of(self._theme.headline_px, bold=True)).horizontalAdvance(self.words) + 2
        metrics = QFontMetrics(font_of(self._theme.body_px))
        room_px = self.width() - 2 * EDGE_PX - GAP_PX - title_px
        detail_px = min(room_px, metrics.horizontalAdvance(self._detail) + 2)
        needed = metrics.boundingRect(QRect(0, 0, max(1, detail_px), 1000), int(Qt.TextFlag.TextWordWrap), self._detail)
        if detail_px > 0 and needed.height() <= BAR_PX and needed.width() <= detail_px:
            left = (self.width() - title_px - GAP_PX - detail_px) // 2
            return QRect(left, 0, title_px, BAR_PX), QRect(left + title_px + GAP_PX, 0, detail_px, BAR_PX)
        inner = self.width() - 2 * EDGE_PX
        return QRect(EDGE_PX, 4, inner, 40), QRect(EDGE_PX, 46, inner, BAND_PX - 46)

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
