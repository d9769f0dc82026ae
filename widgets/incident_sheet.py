"""The incident as one picture for a briefing: a map, distance, speeds and acts as small multiples over one time axis."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen, QPolygonF

from backend_bridge.application.incident_rows import IncidentRow, TimelineRow
from backend_bridge.application.rows import AlarmRow, CaseRow, Track
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.case import RingEffect
from widgets import chart_series, formats, phrases, phrases_work
from widgets.chart_series import EMPTY, Series
from widgets.incident_map import IncidentMap
from widgets.incident_parts import clocks_of
from widgets.printed_sheet import Maker
from widgets.small_map import TileSource
from widgets.theme import Theme, font_of
from widgets.time_ticks import ticks_of

translate = QCoreApplication.translate
WIDTH: Final = 1600
HEIGHT: Final = 1000
ACTS: Final = frozenset({"acknowledged", "task-worked", "dispatched", "incident-closed", "noted", "escalated"})
TICK_PX: Final = 90.0
BEFORE_S: Final = 600
"""So long before the first alarm the curves begin; acts begin a minute before it."""
SHORTEST_S, SHORTEST_ACTS_S = BEFORE_S + 60, 120
MOST_ACTS, MOST_ALARMS = 12, 5
EDGE: Final = 30.0
MARK_ALPHA: Final = 20
MARK_SLOPE_DEG: Final = -24.0
MARK_STEP: Final = 240.0


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPicture:
    """Everything that the picture shows; tracks are None where nothing may be shown."""

    incident: IncidentRow
    case: CaseRow | None
    alarms: tuple[AlarmRow, ...]
    subject: Track | None
    protected: Track | None
    maker: Maker
    basemaps: tuple[TileSource, ...] = ()
    """What the map is drawn on."""


class _Panel:
    """A box with a time axis, shared by all small multiples."""

    def __init__(self, painter: QPainter, theme: Theme, box: QRectF, span_s: tuple[float, float], title: str) -> None:
        self.painter, self.theme, self.box, self.span_s = painter, theme, box, span_s
        painter.fillRect(box, QColor(theme.panel))
        painter.setFont(font_of(16, bold=True))
        painter.setPen(QColor(theme.text_soft))
        painter.drawText(QRectF(box.left() + 10, box.top() + 4, box.width() - 20, 26), Qt.AlignmentFlag.AlignVCenter, title)
        self.plot = box.adjusted(64, 36, -14, -28)

    def x(self, at_s: float) -> float:
        share = (at_s - self.span_s[0]) / max(1e-9, self.span_s[1] - self.span_s[0])
        return self.plot.left() + share * self.plot.width()

    def line(self, series: Series, top: float, colour: str) -> None:
        """A curve from 0 to `top`; gaps stay gaps."""
        self.painter.setPen(QPen(QColor(colour), 2.4))
        run = QPolygonF()
        for at_s, value in zip(series.at_s.tolist(), series.value.tolist(), strict=True):
            if math.isnan(value) or not self.span_s[0] <= at_s <= self.span_s[1]:
                self.painter.drawPolyline(run)
                run = QPolygonF()
            else:
                run.append(QPointF(self.x(at_s), self.y(value, top)))
        self.painter.drawPolyline(run)

    def y(self, value: float, top: float) -> float:
        return self.plot.bottom() - min(1.0, max(0.0, value / top)) * self.plot.height()

    def level(self, value: float, top: float, words: str, colour: str) -> None:
        """A line across at a value."""
        if value > top:
            return
        self.painter.setPen(QPen(QColor(colour), 1.4, Qt.PenStyle.DashLine))
        self.painter.drawLine(QPointF(self.plot.left(), self.y(value, top)), QPointF(self.plot.right(), self.y(value, top)))
        self.painter.setFont(font_of(13))
        self.painter.drawText(QPointF(self.plot.left() + 6, self.y(value, top) - 4), words)

    def axes(self, top: float | None) -> None:
        """Round times below, round values at the left."""
        self.painter.setPen(QPen(QColor(self.theme.line), 1))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRect(self.plot)
        self.painter.setFont(font_of(13))
        self.painter.setPen(QColor(self.theme.text_soft))
        span_us = int(self.span_s[0] * 1e6), int(self.span_s[1] * 1e6)
        for at_us, words in ticks_of(span_us, int(self.plot.width() // TICK_PX)):
            x = self.x(at_us / 1e6)
            self.painter.fillRect(QRectF(x, self.plot.bottom(), 1, 4), QColor(self.theme.text_soft))
            self.painter.drawText(QRectF(x - TICK_PX / 2, self.plot.bottom() + 4, TICK_PX, 22), Qt.AlignmentFlag.AlignHCenter, words)
        if top is not None:
            step = _step(top)
            for value in (at * step for at in range(int(top / step) + 1)):
                place = QRectF(self.box.left() + 2, self.y(value, top) - 10, 56, 20)
                self.painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:g}")

    def upright(self, at_us: int, colour: str) -> None:
        """A moment as a line from top to bottom."""
        if self.span_s[0] <= at_us / 1e6 <= self.span_s[1]:
            self.painter.fillRect(QRectF(self.x(at_us / 1e6) - 1, self.plot.top(), 2, self.plot.height()), QColor(colour))


def _step(top: float) -> float:
    """Round steps of a scale from 0 to `top`: 1, 2 or 5 and noughts, three to seven of them."""
    ten = 10.0 ** math.floor(math.log10(top / 3))
    return max(each * ten for each in (1, 2, 5) if each * ten <= top / 3)


def sheet_image(picture: IncidentPicture, theme: Theme) -> QImage:
    """The picture in 1600 × 1000 pixels."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    _paint(painter, picture, theme)
    painter.end()
    return image


def sheet_pdf(picture: IncidentPicture, theme: Theme) -> bytes:
    """The same on one sheet of A4, across."""
    bytes_ = QByteArray()
    buffer = QBuffer(bytes_)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(picture.incident.incident)
    writer.setCreator("Bongsu")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Landscape)
    painter = QPainter(writer)
    scale = min(writer.width() / WIDTH, writer.height() / HEIGHT)
    painter.scale(scale, scale)
    _paint(painter, picture, theme)
    painter.end()
    buffer.close()
    return bytes(bytes_.data())


def png_of(image: QImage) -> bytes:
    """The image as PNG."""
    bytes_ = QByteArray()
    buffer = QBuffer(bytes_)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know the names of files alone
    buffer.close()
    return bytes(bytes_.data())


def _paint(painter: QPainter, picture: IncidentPicture, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), QColor(theme.window))
    one = None if picture.subject is None else chart_series.arrays_of(picture.subject)
    other = None if picture.protected is None else chart_series.arrays_of(picture.protected)
    span_s = _span_s(picture)
    _paint_head(painter, picture, theme)
    where = IncidentMap(theme=theme, case=picture.case, tracks=(one, other), basemaps=picture.basemaps)
    where.paint(painter, QRectF(EDGE, 100, 700, 560))
    right = QRectF(760, 100, WIDTH - 760 - EDGE, 270)
    distance = EMPTY if one is None or other is None else chart_series.distance_series(one, other)
    panel = _Panel(painter, theme, right, span_s, translate("IncidentSheet", "Distance, m"))
    rings = () if picture.case is None else picture.case.rings
    top = _top(distance, span_s, [ring.distance_m * 1.15 for ring in rings])
    for ring in rings:
        colour = theme.act if ring.effect is RingEffect.ALARM else theme.look
        panel.level(ring.distance_m, top, formats.distance(ring.distance_m), colour)
    _finish(panel, picture, top, lambda: panel.line(distance, top, theme.text))
    speeds = [EMPTY if track is None else chart_series.speed_series(track) for track in (one, other)]
    panel2 = _Panel(painter, theme, QRectF(760, 390, right.width(), 270), span_s, translate("IncidentSheet", "Speed, m/s"))
    top2 = max(_top(series, span_s, [2.0]) for series in speeds)

    def lines() -> None:
        panel2.line(speeds[1], top2, theme.text)
        panel2.line(speeds[0], top2, theme.act)

    _finish(panel2, picture, top2, lines)
    span_of_acts = _span_of_acts_s(picture, span_s[1])
    below = QRectF(EDGE, 680, WIDTH - 2 * EDGE, 290)
    _paint_acts(_Panel(painter, theme, below, span_of_acts, translate("IncidentSheet", "Acts")), picture)
    _paint_marks(painter, picture.maker, theme)


def _paint_marks(painter: QPainter, maker: Maker, theme: Theme) -> None:
    """Who took it along, when and under what: at the foot, and pale across the whole so that a part of it says so too."""
    stamp = maker.stamp()
    painter.save()
    painter.setFont(font_of(13))
    painter.setPen(QColor(theme.text_soft))
    painter.drawText(QRectF(EDGE, HEIGHT - 29, WIDTH - 2 * EDGE, 24), Qt.AlignmentFlag.AlignVCenter, stamp)
    pale = QColor(theme.text)
    pale.setAlpha(MARK_ALPHA)
    painter.setPen(pale)
    painter.setFont(font_of(30, bold=True))
    painter.translate(WIDTH / 2, HEIGHT / 2)
    painter.rotate(MARK_SLOPE_DEG)
    for line in range(-4, 5):
        for place in range(-2, 3):
            middle = QRectF(place * MARK_STEP * 3 + (line % 2) * MARK_STEP - WIDTH / 2, line * MARK_STEP - 30, WIDTH, 60)
            painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, stamp)
    painter.restore()


def _finish(panel: _Panel, picture: IncidentPicture, top: float, draw: Callable[[], None]) -> None:
    for alarm in picture.alarms:
        panel.upright(alarm.happened_us, panel.theme.act if alarm.level is AlarmLevel.RED else panel.theme.look)
    draw()
    panel.axes(top)


def _span_s(picture: IncidentPicture) -> tuple[float, float]:
    """From ten minutes before the first alarm to the end of the incident, or to now while it is open."""
    start = _first_s(picture) - BEFORE_S
    ends = [act.at_us for act in _acts(picture)] + [picture.incident.closed_us or picture.maker.at_us]
    return start, max(max(ends) / 1e6, start + SHORTEST_S)


def _span_of_acts_s(picture: IncidentPicture, end_s: float) -> tuple[float, float]:
    """From a minute before the first alarm to the same end: what was done fills the whole width."""
    start = _first_s(picture) - 60
    return start, max(end_s, start + SHORTEST_ACTS_S)


def _first_s(picture: IncidentPicture) -> float:
    return min([alarm.happened_us for alarm in picture.alarms] + [picture.incident.opened_us]) / 1e6


def _top(series: Series, span_s: tuple[float, float], least: Sequence[float]) -> float:
    inside = series.value[(series.at_s >= span_s[0]) & (series.at_s <= span_s[1])]
    known = inside[~np.isnan(inside)]
    return max([1.0, *least, *([float(known.max()) * 1.08] if len(known) else [])])


def _paint_head(painter: QPainter, picture: IncidentPicture, theme: Theme) -> None:
    incident = picture.incident
    painter.setPen(QColor(theme.text))
    painter.setFont(font_of(30, bold=True))
    title = translate("IncidentSheet", "Incident {name} · case {case}").format(name=incident.incident, case=incident.case)
    painter.drawText(QRectF(EDGE, 16, WIDTH - 2 * EDGE, 44), Qt.AlignmentFlag.AlignVCenter, title)
    painter.setFont(font_of(16))
    painter.setPen(QColor(theme.text_soft))
    painter.drawText(QRectF(EDGE, 56, WIDTH - 2 * EDGE, 22), Qt.AlignmentFlag.AlignVCenter, _story(picture))
    clocks = " · ".join(f"{name} {when}" for name, when in clocks_of(incident.clocks))
    painter.setFont(font_of(14))
    painter.drawText(QRectF(EDGE, 77, WIDTH - 2 * EDGE, 20), Qt.AlignmentFlag.AlignVCenter, clocks)


def _story(picture: IncidentPicture) -> str:
    """The day, each alarm with its place and when it happened, who works it, and how it ended."""
    incident = picture.incident
    alarms = [
        " ".join(part for part in (phrases.kind(row.kind), phrases.place(row.place), formats.clock(row.happened_us)) if part)
        for row in picture.alarms[:MOST_ALARMS]
    ]
    outcome = phrases.word(phrases_work.OUTCOMES, incident.outcome) if incident.outcome else translate("IncidentSheet", "still open")
    owner = translate("IncidentSheet", "owner {user}").format(user=incident.owner) if incident.owner else ""
    return "   ".join(part for part in (formats.day(incident.opened_us), " · ".join(alarms), owner, f"→ {outcome}") if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """Something that was done, or a message that reached nobody."""

    at_us: int
    words: str
    lost: bool = False


def _acts(picture: IncidentPicture) -> list[_Act]:
    """What people did and whom no message reached, in the order of time."""
    made = [_Act(at_us=row.at_us, words=_words_of(row)) for row in picture.incident.timeline if row.event in ACTS]
    for delivery in picture.incident.deliveries:
        if delivery.state == "failed":
            whom = phrases.word(phrases_work.RECIPIENTS, delivery.recipient)
            what = (phrases.word(phrases_work.CHANNELS, delivery.channel), phrases.word(phrases_work.DELIVERIES, delivery.state))
            made.append(_Act(at_us=delivery.at_us, words=" ".join((whom, *what)), lost=True))
    return sorted(made, key=lambda act: act.at_us)[:MOST_ACTS]


def _words_of(row: TimelineRow) -> str:
    task = dict(row.detail).get("task")
    what = phrases.word(phrases_work.TASKS, task) if isinstance(task, str) else phrases.word(phrases_work.TIMELINE, row.event)
    return what + (f" · {row.by}" if row.by else "")


def _paint_acts(panel: _Panel, picture: IncidentPicture) -> None:
    painter, theme = panel.painter, panel.theme
    acts = _acts(picture)
    for alarm in picture.alarms:
        panel.upright(alarm.happened_us, theme.act if alarm.level is AlarmLevel.RED else theme.look)
    painter.setFont(font_of(14))
    step = panel.plot.height() / max(1, len(acts))
    for at, act in enumerate(acts):
        x, y = panel.x(act.at_us / 1e6), panel.plot.top() + (at + 0.5) * step
        if not panel.plot.left() <= x <= panel.plot.right():
            continue
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.act if act.lost else theme.police))
        painter.drawEllipse(QPointF(x, y), 5, 5)
        words = f"{formats.clock(act.at_us)}  {act.words}"
        painter.setPen(QColor(theme.text))
        is_late = x > panel.plot.left() + panel.plot.width() * 0.72
        side = Qt.AlignmentFlag.AlignRight if is_late else Qt.AlignmentFlag.AlignLeft
        place = QRectF(x - 610, y - 12, 600, 24) if is_late else QRectF(x + 10, y - 12, 600, 24)
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, words)
    panel.axes(None)
