"""The whole of a recording as one strip: where it is dense, what happened when, which part is looped, and where we are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from widgets import formats
from widgets.drawing import Symbol, draw_symbol
from widgets.theme import Look, Theme, font_of, mix
from widgets.time_ticks import ticks_of

STEP_US: Final = 1_000_000
EDGE_PX: Final = 14
NEAR_PX: Final = 5
SHORTEST_LOOP_PX: Final = 6
SIGN_PX: Final = 9
"""So large are the signs above the strip, by which marks are told apart without their colours."""
TICK_PX: Final = 90
DATE_PX: Final = 84
DENSITY_ALPHA: Final = 0.45
SIGNS: Final = {Look.ACT: Symbol.TRIANGLE, Look.LOOK: Symbol.DIAMOND, Look.TECHNICAL: Symbol.DISC}


class MarkKind(StrEnum):
    """How a mark stands on the strip."""

    ALARM = "alarm"
    """From top to bottom, with the sign of its look above."""
    ACT = "act"
    """In the lower half: what people did."""
    BOOKMARK = "bookmark"
    """A flag on top."""
    DIFFERENCE = "difference"
    """A hollow diamond in the middle: what another run decided otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayMark:
    """An alarm, a person's act or a bookmark on the time bar."""

    at_us: int
    text: str
    look: Look
    kind: MarkKind = MarkKind.ALARM


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What is played: its period, how much was received when, what happened, and which part is looped."""

    from_us: int
    to_us: int
    density: tuple[float, ...]
    """Amounts in equal parts of the period, any unit."""
    marks: tuple[ReplayMark, ...] = ()
    loop: tuple[int, int] | None = None


class TimeStrip(QWidget):
    """A click, a drag or the arrow keys seek; a drag with Shift chooses a part to loop; hovering names what stands there."""

    def __init__(self, theme: Theme, seek: Callable[[int], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("time_strip")
        self.setAccessibleName(self.tr("Time bar"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(66)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.on_loop: Callable[[int, int], None] = lambda _from_us, _to_us: None
        self._theme, self._seek = theme, seek
        self._recording: Recording | None = None
        self._at_us = 0
        self._part: tuple[float, float] | None = None
        self._colour = theme.replay

    def show_recording(self, recording: Recording, *, exercise: bool) -> None:
        """Draw another recording."""
        self._recording = recording
        self._colour = self._theme.exercise if exercise else self._theme.replay
        self.update()

    def show_position(self, at_us: int) -> None:
        """Move the playhead."""
        self._at_us = at_us
        self.update()

    def words_at(self, x: float) -> str:
        """What stands at a place of the strip: its moment, and the marks near it."""
        if self._recording is None:
            return ""
        near = [mark for mark in self._recording.marks if abs(self._x(mark.at_us) - x) <= NEAR_PX and mark.text]
        lines = [f"{formats.clock(mark.at_us)}  {mark.text}" for mark in sorted(near, key=lambda mark: mark.at_us)[:8]]
        return "\n".join(lines) or formats.clock(self._moment(x))

    @override
    def event(self, event: QEvent) -> bool:
        """Name what is under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().x()), self)
            return True
        return super().event(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there; with Shift begin to choose a part."""
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._part = (event.position().x(), event.position().x())
        else:
            self._go(event.position().x())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the playhead, or the end of the part."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if self._part is not None:
            self._part = (self._part[0], event.position().x())
            self.update()
        else:
            self._go(event.position().x())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The part is chosen."""
        if self._part is None:
            return
        start, end = sorted((self._part[0], event.position().x()))
        self._part = None
        if end - start >= SHORTEST_LOOP_PX:
            self.on_loop(self._moment(start), self._moment(end))
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go a second, with Shift a minute; Home and End to the ends."""
        step = 60 * STEP_US if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP_US
        moves = {Qt.Key.Key_Left: self._at_us - step, Qt.Key.Key_Right: self._at_us + step}
        if self._recording is not None:
            moves |= {Qt.Key.Key_Home: self._recording.from_us, Qt.Key.Key_End: self._recording.to_us}
        if event.key() in moves:
            self._seek(moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Density below, marks above, the playhead through both; the day and round times underneath."""
        if self._recording is None:
            return
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(EDGE_PX, 8 + SIGN_PX, self.width() - 2 * EDGE_PX, self.height() - 28 - SIGN_PX)
        painter.fillRect(box, QColor(theme.raised))
        self._paint_density(painter, box, self._recording.density)
        self._paint_part(painter, box)
        for mark in self._recording.marks:
            self._paint_mark(painter, box, mark)
        self._paint_times(painter, box)
        x = self._x(self._at_us)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(QRectF(x - 1.5, box.top() - 4, 3, box.height() + 8), QColor(theme.text))
        painter.setBrush(QColor(theme.text))
        painter.drawEllipse(QPointF(x, box.top() - 1), 4, 4)
        painter.end()

    def times(self) -> list[tuple[float, str]]:
        """What stands below the strip, and where: the day at the left end, then round times clear of it."""
        if self._recording is None:
            return []
        span_us = self._recording.from_us, self._recording.to_us
        ticks = ticks_of(span_us, (self.width() - 2 * EDGE_PX) // TICK_PX)
        placed = [(self._x(at_us), words) for at_us, words in ticks]
        right = self.width() - EDGE_PX - TICK_PX / 2
        return [(float(EDGE_PX), formats.day(span_us[0])), *(one for one in placed if EDGE_PX + DATE_PX + TICK_PX / 2 < one[0] <= right)]

    def _paint_times(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(font_of(self._theme.caption_px))
        painter.setPen(QColor(self._theme.text_soft))
        (left, day), *ticks = self.times()
        painter.drawText(QRectF(left, box.bottom() + 4, DATE_PX, 16), Qt.AlignmentFlag.AlignLeft, day)
        for x, words in ticks:
            painter.fillRect(QRectF(x, box.bottom(), 1, 4), QColor(self._theme.text_faint))
            painter.drawText(QRectF(x - TICK_PX / 2, box.bottom() + 4, TICK_PX, 16), Qt.AlignmentFlag.AlignHCenter, words)

    def _paint_density(self, painter: QPainter, box: QRectF, density: Sequence[float]) -> None:
        top, width = max([1.0, *density]), box.width() / max(1, len(density))
        pale = QColor(mix(self._theme.raised, self._colour, DENSITY_ALPHA))
        for at, amount in enumerate(density):
            height = amount / top * (box.height() - 6)
            painter.fillRect(QRectF(box.left() + at * width, box.bottom() - height, width + 0.5, height), pale)

    def _paint_part(self, painter: QPainter, box: QRectF) -> None:
        """The part that is looped, or is being chosen."""
        loop = None if self._recording is None else self._recording.loop
        ends = self._part or (None if loop is None else (self._x(loop[0]), self._x(loop[1])))
        if ends is None:
            return
        start, end = sorted(ends)
        ground = QColor(self._theme.police)
        ground.setAlpha(60)
        painter.fillRect(QRectF(start, box.top(), end - start, box.height()), ground)
        for x in (start, end):
            painter.fillRect(QRectF(x - 1, box.top(), 2, box.height()), QColor(self._theme.police))

    def _paint_mark(self, painter: QPainter, box: QRectF, mark: ReplayMark) -> None:
        x, colour = self._x(mark.at_us), QColor(self._theme.of(mark.look))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        match mark.kind:
            case MarkKind.ALARM:
                painter.fillRect(QRectF(x - 1.5, box.top(), 3, box.height()), colour)
                sign = QRectF(x - SIGN_PX / 2, box.top() - SIGN_PX - 4, SIGN_PX, SIGN_PX)
                draw_symbol(painter, sign, SIGNS.get(mark.look, Symbol.DISC), colour.name())
            case MarkKind.ACT:
                painter.fillRect(QRectF(x - 1, box.center().y(), 2, box.height() / 2), colour)
            case MarkKind.BOOKMARK:
                flag = (QPointF(x, box.top() - 5), QPointF(x + 9, box.top() - 1), QPointF(x, box.top() + 3))
                painter.drawPolygon(QPolygonF(flag))
                painter.fillRect(QRectF(x - 0.5, box.top() - 5, 1.5, box.height() + 5), colour)
            case MarkKind.DIFFERENCE:
                y = box.center().y()
                painter.setPen(QPen(colour, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPolygon(QPolygonF((QPointF(x, y - 6), QPointF(x + 5, y), QPointF(x, y + 6), QPointF(x - 5, y))))

    def _x(self, at_us: int) -> float:
        if self._recording is None:
            return 0.0
        share = (at_us - self._recording.from_us) / max(1, self._recording.to_us - self._recording.from_us)
        return EDGE_PX + share * (self.width() - 2 * EDGE_PX)

    def _moment(self, x: float) -> int:
        if self._recording is None:
            return 0
        share = min(1.0, max(0.0, (x - EDGE_PX) / max(1, self.width() - 2 * EDGE_PX)))
        return int(self._recording.from_us + share * (self._recording.to_us - self._recording.from_us))

    def _go(self, x: float) -> None:
        if self._recording is not None:
            self._seek(self._moment(x))
