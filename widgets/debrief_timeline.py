"""The time line of a debrief: alarms, then what the trainer did, then each expected act with its limit, the expert and the trainee."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from backend_bridge.application.training_rows import DebriefActRow, DebriefMomentRow, DebriefRow
from widgets import formats
from widgets.models.debrief_columns import verdict_look
from widgets.phrases_training import act, moment, short_moment, verdict
from widgets.theme import Theme, font_of
from widgets.time_ticks import ticks_of

NAMES_PX: Final = 170
RIGHT_PX: Final = 18
LANE_PX: Final = 26
MOMENT_PX: Final = 22
"""Alarms stand in one line, what the trainer injected and who called in the next: no mark hides another's."""
TOP_PX: Final = 2 * MOMENT_PX + 8
FOOT_PX: Final = 44
TICK_PX: Final = 76
"""So much room has the time of a tick at least."""
DIRECTED: Final = frozenset({"exercise-directed", "exercise-called"})
MOST_LANES: Final = 9
MARGIN_S: Final = 20.0
NEAR_PX: Final = 8


class DebriefTimeline(QWidget):
    """Shows the part of the exercise in which something was expected; a click gives the moment to `on_moment`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("debrief_timeline")
        self.setAccessibleName(self.tr("Time line of the exercise"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.on_moment: Callable[[int], None] = lambda _at_us: None
        self._theme = theme
        self._acts: tuple[DebriefActRow, ...] = ()
        self._moments: tuple[DebriefMomentRow, ...] = ()
        self._span_us = (0, 1)
        self.setFixedHeight(TOP_PX + LANE_PX + FOOT_PX)

    def show_debrief(self, row: DebriefRow) -> None:
        """Draw this exercise."""
        called = [each for each in row.acts if each.called_us is not None]
        self._acts = tuple(sorted(called, key=lambda each: (each.called_us or 0, each.limit_s)))[:MOST_LANES]
        self._moments = row.moments
        moments = [at for each in self._acts for at in (each.called_us, _limit_us(each), each.done_us) if at is not None]
        margin_us = int(MARGIN_S * 1e6)
        start, end = (min(moments), max(moments)) if moments else (row.starts_us, row.ends_us)
        self._span_us = (start - margin_us, max(end, start + 60_000_000) + margin_us)
        self.setFixedHeight(TOP_PX + LANE_PX * max(1, len(self._acts)) + FOOT_PX)
        self.update()

    def x_of(self, at_us: int) -> float:
        """Where a moment stands across."""
        share = (at_us - self._span_us[0]) / max(1, self._span_us[1] - self._span_us[0])
        return NAMES_PX + share * (self.width() - NAMES_PX - RIGHT_PX)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the moment that is nearest, or to the time itself."""
        self.on_moment(self._moment_at(event.position().x()))

    @override
    def event(self, event: QEvent) -> bool:
        """Name what is under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            near = [row for row in self._moments if abs(self.x_of(row.at_us) - event.pos().x()) <= NEAR_PX]
            QToolTip.showText(event.globalPos(), "\n".join(f"{formats.clock(row.at_us)}  {moment(row)}" for row in near[:8]), self)
            return True
        return super().event(event)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Moments by name on top, one lane an act, and the time below in round steps."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.raised))
        painter.setFont(font_of(theme.caption_px))
        self._paint_ticks(painter)
        seen = [row for row in self._moments if self._span_us[0] <= row.at_us <= self._span_us[1]]
        self._paint_moments(painter, [row for row in seen if row.what == "alarm"], self.tr("Alarms"), 4)
        self._paint_moments(painter, [row for row in seen if row.what in DIRECTED], self.tr("Trainer, calls"), 4 + MOMENT_PX)
        for at, each in enumerate(self._acts):
            self._paint_act(painter, each, TOP_PX + at * LANE_PX)
        self._paint_foot(painter)
        painter.end()

    def _paint_ticks(self, painter: QPainter) -> None:
        """Lines at round times, each with its time below."""
        top, theme = self.height() - FOOT_PX, self._theme
        for at_us, words in ticks_of(self._span_us, (self.width() - NAMES_PX - RIGHT_PX) // TICK_PX):
            x = self.x_of(at_us)
            painter.fillRect(QRectF(x, 0, 1, top), QColor(theme.line))
            painter.setPen(QColor(theme.text_soft))
            painter.drawText(QRectF(x - TICK_PX / 2, top, TICK_PX, FOOT_PX / 2), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_moments(self, painter: QPainter, rows: Sequence[DebriefMomentRow], name: str, top: float) -> None:
        """One line of marks, each with its name where the next one leaves room for it."""
        painter.setPen(QColor(self._theme.text_soft))
        painter.drawText(QRectF(14, top, NAMES_PX - 24, MOMENT_PX), Qt.AlignmentFlag.AlignVCenter, name)
        ends = [self.x_of(row.at_us) - 8 for row in rows[1:]] + [float(self.width() - RIGHT_PX)]
        for row, end in zip(rows, ends, strict=True):
            x = self.x_of(row.at_us)
            self._paint_mark(painter, row, QRectF(x - 5, top + 3, 10, MOMENT_PX - 6))
            room = QRectF(x + 8, top, end - x - 8, MOMENT_PX)
            words = short_moment(row)
            if painter.fontMetrics().horizontalAdvance(words) <= room.width():
                painter.setPen(QColor(self._theme.text_soft))
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_mark(self, painter: QPainter, row: DebriefMomentRow, box: QRectF) -> None:
        x = box.center().x()
        if row.what == "alarm":
            look = self._theme.act if row.detail.endswith("red") else self._theme.look
            painter.fillRect(QRectF(x - 1.5, box.top(), 3, box.height()), QColor(look))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.technical))
        top = box.top() + 3
        painter.drawPolygon(QPolygonF((QPointF(x - 5, top), QPointF(x + 5, top), QPointF(x, top + 10))))

    def _paint_act(self, painter: QPainter, row: DebriefActRow, top: float) -> None:
        theme, middle = self._theme, top + LANE_PX / 2
        painter.setPen(QColor(theme.text_soft))
        painter.drawText(QRectF(14, top, NAMES_PX - 24, LANE_PX), Qt.AlignmentFlag.AlignVCenter, act(row))
        if row.called_us is None:
            return
        start, limit = self.x_of(row.called_us), self.x_of(_limit_us(row) or row.called_us)
        painter.fillRect(QRectF(start, middle - 5, limit - start, 10), QColor(theme.line))
        painter.setPen(QPen(QColor(theme.text_soft), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        expert = self.x_of(row.called_us + int(row.expert_s * 1e6))
        diamond = (QPointF(expert, middle - 6), QPointF(expert + 6, middle), QPointF(expert, middle + 6), QPointF(expert - 6, middle))
        painter.drawPolygon(QPolygonF(diamond))
        look = verdict_look(row)
        colour = QColor(theme.police if look is None else theme.of(look))
        if row.done_us is None:
            painter.setPen(QColor(theme.text_soft if look is None else theme.of(look)))
            painter.drawText(QPointF(limit + 6, middle + 4), verdict(row))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(self.x_of(row.done_us), middle), 5.5, 5.5)

    def _paint_foot(self, painter: QPainter) -> None:
        painter.setPen(QColor(self._theme.text_soft))
        box = QRectF(NAMES_PX, self.height() - FOOT_PX / 2 - 4, self.width() - NAMES_PX - RIGHT_PX, FOOT_PX / 2)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.tr("● done   ◇ expert   ▬ limit   ▼ trainer, call"))

    def _moment_at(self, x: float) -> int:
        near = min(self._moments, key=lambda row: abs(self.x_of(row.at_us) - x), default=None)
        if near is not None and abs(self.x_of(near.at_us) - x) <= NEAR_PX:
            return near.at_us
        share = (x - NAMES_PX) / max(1, self.width() - NAMES_PX - RIGHT_PX)
        return int(self._span_us[0] + min(1.0, max(0.0, share)) * (self._span_us[1] - self._span_us[0]))


def _limit_us(row: DebriefActRow) -> int | None:
    return None if row.called_us is None else row.called_us + int(row.limit_s * 1e6)
