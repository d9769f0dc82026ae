"""What lies over everything when the picture is old: nothing old is ever shown as if it were live."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from widgets import formats
from widgets.theme import Theme, font_of

VEIL_ALPHA = 170
BAND_PX = 84
"""The bar of the window and the headings of its lists: nothing that tells of a person."""


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
        band = QRect(0, 0, self.width(), BAND_PX)
        painter.fillRect(band, QColor(theme.act_fill))
        painter.setPen(QColor(theme.act))
        painter.setFont(font_of(theme.headline_px, bold=True))
        painter.drawText(band.adjusted(16, 4, -16, -36), Qt.AlignmentFlag.AlignCenter, self.words)
        painter.setPen(QColor(theme.text))
        painter.setFont(font_of(theme.strong_px))
        painter.drawText(band.adjusted(16, 48, -16, -6), Qt.AlignmentFlag.AlignCenter, self._detail)
        painter.setPen(QPen(QColor(theme.act), 4))
        painter.drawRect(self.rect().adjusted(2, 2, -2, -2))
        painter.end()

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
