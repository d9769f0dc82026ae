"""The time line of a debrief: alarms and calls on top, below them each expected act with its limit, the expert and the trainee."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from backend_bridge.application.training_rows import DebriefActRow, DebriefMomentRow, DebriefRow
from widgets import formats
from widgets.models.debrief_columns import verdict_look
from widgets.phrases_training import act, moment, verdict
from widgets.theme import Theme, font_of

NAMES_PX: Final = 170
RIGHT_PX: Final = 18
LANE_PX: Final = 26
TOP_PX: Final = 34
FOOT_PX: Final = 24
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
        """Moments on top, one lane an act."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.raised))
        painter.setFont(font_of(theme.caption_px))
        for row in self._moments:
            if self._span_us[0] <= row.at_us <= self._span_us[1]:
                self._paint_moment(painter, row)
        for at, each in enumerate(self._acts):
            self._paint_act(painter, each, TOP_PX + at * LANE_PX)
        self._paint_foot(painter)
        painter.end()

    def _paint_moment(self, painter: QPainter, row: DebriefMomentRow) -> None:
        x = self.x_of(row.at_us)
        if row.what == "alarm":
            painter.fillRect(QRectF(x - 1.5, 6, 3, 18), QColor(self._theme.act if row.detail.endswith("red") else self._theme.look))
        elif row.what in ("exercise-directed", "exercise-called"):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.technical))
            painter.drawPolygon(QPolygonF((QPointF(x - 5, 6), QPointF(x + 5, 6), QPointF(x, 16))))

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
        theme, top = self._theme, self.height() - FOOT_PX
        painter.setPen(QColor(theme.text_soft))
        box = QRectF(NAMES_PX, top, self.width() - NAMES_PX - RIGHT_PX, FOOT_PX)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, formats.clock(self._span_us[0]))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, formats.clock(self._span_us[1]))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.tr("● done   ◇ expert   ▬ limit   ▼ trainer, call"))

    def _moment_at(self, x: float) -> int:
        near = min(self._moments, key=lambda row: abs(self.x_of(row.at_us) - x), default=None)
        if near is not None and abs(self.x_of(near.at_us) - x) <= NEAR_PX:
            return near.at_us
        share = (x - NAMES_PX) / max(1, self.width() - NAMES_PX - RIGHT_PX)
        return int(self._span_us[0] + min(1.0, max(0.0, share)) * (self._span_us[1] - self._span_us[0]))


def _limit_us(row: DebriefActRow) -> int | None:
    return None if row.called_us is None else row.called_us + int(row.limit_s * 1e6)
