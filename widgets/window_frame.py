"""The frame about a whole window that shows a recording or an exercise: no list and no panel in it can be taken for the live room."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from widgets.theme import Theme

FRAME_PX = 6
PART_PX = 48
"""So long is each part of a frame in two colours."""


class WindowFrame(QWidget):
    """Lies about its parent's edges, which leaves room for it; lets mouse and keys through."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("window_frame")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._theme = theme
        self.kind = ""
        self.hide()
        parent.installEventFilter(self)

    def show_kind(self, kind: str) -> None:
        """`replay`, `exercise` or `exercise-replay`, in the colours of both; empty for the live picture, which has no frame."""
        parent = self.parentWidget()
        if kind == self.kind or parent is None:
            return
        self.kind = kind
        room = FRAME_PX if kind else 0
        parent.setContentsMargins(room, room, room, room)
        self.setGeometry(parent.rect())
        self.setVisible(bool(kind))
        self.raise_()
        self.update()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay about the edges whatever the size."""
        parent = self.parentWidget()
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded) and parent is not None:
            self.setGeometry(parent.rect())
            self.raise_()
        return False

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line all round."""
        if not self.kind:
            return
        painter = QPainter(self)
        colours = {"replay": self._theme.replay, "exercise": self._theme.exercise, "exercise-replay": self._theme.exercise}
        half = FRAME_PX / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        pen = QPen(QColor(colours[self.kind]), FRAME_PX, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(box)
        if self.kind == "exercise-replay":
            pen.setColor(QColor(self._theme.replay))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([PART_PX / FRAME_PX, PART_PX / FRAME_PX])
            painter.setPen(pen)
            painter.drawRect(box)
        painter.end()
