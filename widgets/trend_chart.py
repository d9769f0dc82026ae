"""How fast both move, how fast they come together, how far apart they are, how sure a breach is: four charts on one time axis."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPen
from PySide6.QtWidgets import QButtonGroup, QWidget
from typing_extensions import override

from backend_bridge.application.rows import RingRow, Track
from backend_bridge.domain.case import RingEffect
from widgets import chart_series, formats
from widgets.chart_series import Series, Thresholds, TrackArrays
from widgets.controls import button, column, label, line, surface
from widgets.ring_axis import WIDTH_PX as RING_PX
from widgets.ring_axis import RingAxis, RingName
from widgets.theme import Look, Theme, font_of

SPANS_S: Final = (900, 3600, 21_600)
LIVE_MARGIN: Final = 0.02
STEPS: Final = 900
"""The charts move on in steps of this share of their span, about a pixel: each step draws all four anew."""
CLOCK_STEPS_S: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400)
"""What a time axis may be divided into."""
TIME_PX: Final = 46
LONG_TIME_PX: Final = 68
"""The room that `09:42` and `09:42:16` need below a chart."""
HALF_FIGURE_PX: Final = 8
LEFT_PX: Final = 2
SIDES_PX: Final = 10
FIGURES_PX: Final = 46
TITLE_PX: Final = 18
TIME_AXIS_PX: Final = 20
NAMED_FROM_PX: Final = 72
"""A chart as high as this has room for a name along an upright line."""
FROM_TOP: Final = [(1, 0), (1, 1)]
"""The name of an upright line ends at its top, so that it lies within the chart on either side of the line."""
BEHIND: Final = -10
"""Where ring lines lie: never over a curve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something that happened, drawn as a line across all charts."""

    at_us: int
    text: str
    look: Look


class TimeAxis(pyqtgraph.AxisItem):  # type: ignore[misc]  # pyqtgraph ships no types
    """Time of day in Korea below the charts."""

    def tickSpacing(self, first_s: float, last_s: float, size_px: float) -> list[tuple[float, float]]:
        """Whole seconds, minutes or hours, so far apart that the times below never touch and none is cut short."""
        px_per_s = size_px / max(1e-9, last_s - first_s)
        wide = (step for step in CLOCK_STEPS_S if step * px_per_s >= (LONG_TIME_PX if step < 60 else TIME_PX))
        return [(float(next(wide, CLOCK_STEPS_S[-1])), 0.0)]

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:
        """`09:42`, with seconds when zoomed in."""
        return [formats.clock(int(at * 1e6))[: 8 if spacing < 60 else 5] for at in values]


class FigureAxis(pyqtgraph.AxisItem):  # type: ignore[misc]  # pyqtgraph ships no types
    """Figures at the left of a chart, those of both its ends too, however low it is."""

    def boundingRect(self) -> QRectF:
        """Half a figure higher and lower than the chart: pyqtgraph leaves out what does not fit in here."""
        return QRectF(super().boundingRect()).adjusted(0, -HALF_FIGURE_PX, 0, HALF_FIGURE_PX)


class DistanceAxis(FigureAxis):
    """Distances as the rings beside them are written."""

    def tickStrings(self, values: Sequence[float], _scale: float, _spacing: float) -> list[str]:
        """`500 m`, `1.5 km`."""
        return [formats.distance(value) if value else "0" for value in values]


class TrendChart(QWidget):
    """Tracks in by `show_tracks`; `on_span(seconds)` asks for another length of time, `on_cursor(at_us)` follows the crosshair."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trend_chart")
        self.on_span: Callable[[int], None] = lambda _seconds: None
        self.on_cursor: Callable[[int | None], None] = lambda _at_us: None
        self.span_s = SPANS_S[0]
        self._following = True
        self._theme = theme
        self._now_s = self._moved_s = 0.0
        self._shown_marks: tuple[Mark, ...] = ()
        self._shown_rings: tuple[RingRow, ...] = ()
        self._series: dict[str, Series] = {}
        self._marks: list[tuple[pyqtgraph.PlotItem, pyqtgraph.InfiniteLine]] = []
        self._rings: list[pyqtgraph.InfiniteLine] = []
        self._threshold_lines: list[pyqtgraph.InfiniteLine] = []
        self._zone_red = _band(theme.act)
        self._thresholds: Thresholds | None = None
        self._canvas = pyqtgraph.GraphicsLayoutWidget()
        self._canvas.setBackground(theme.panel)
        self._canvas.ci.layout.setSpacing(6)
        self._canvas.ci.setContentsMargins(LEFT_PX, 0, SIDES_PX - LEFT_PX, 0)
        self._canvas.setAccessibleName(self.tr("Charts of speed, distance and certainty"))
        names = (
            ("speed", self.tr("Speed  m/s")),
            ("distance", self.tr("Distance")),
            ("closing", self.tr("Closing  m/s")),
            ("inside", ""),
        )
        self._ring_names, self._threshold_names = RingAxis(theme), RingAxis(theme)
        self._plots = {name: self._plot(text, at) for at, (name, text) in enumerate(names)}
        for plot in self._plots.values():
            plot.setXLink(self._plots["speed"])
        self._plots["inside"].getAxis("left").setTickSpacing(50, 50)
        self._plots["inside"].addItem(self._zone_red, ignoreBounds=True)
        self._lines = self._draw_lines()
        self._name_heights()
        self._cross = {name: self._crosshair(plot) for name, plot in self._plots.items()}
        self._lay_out()
        self._canvas.installEventFilter(self)
        self._canvas.scene().sigMouseMoved.connect(self._on_scene_mouse_moved)
        self._plots["speed"].vb.sigXRangeChanged.connect(self._on_plot_stretched)
        self._plots["speed"].vb.sigResized.connect(self._on_plot_stretched)

    def _lay_out(self) -> None:
        head = line(margins=(14, 2, 8, 0), spacing=12)
        self._legend_subject = label(self.tr("— wearer"), look="act")
        self._legend_protected = label(self.tr("— protected person"), "soft")
        self._readout = label("", "soft")
        for widget in (self._legend_subject, self._legend_protected, self._readout):
            head.addWidget(widget)
        head.addStretch()
        self._spans = QButtonGroup(self)
        for seconds, text in zip(SPANS_S, (self.tr("15 min"), self.tr("1 h"), self.tr("6 h")), strict=True):
            made = button(text, f"span_{seconds}", partial(self.choose_span, seconds), kind="plain")
            made.setCheckable(True)
            made.setChecked(seconds == self.span_s)
            self._spans.addButton(made, seconds)
            head.addWidget(made)
        layout = column()
        layout.addWidget(surface("panel", head))
        layout.addWidget(self._canvas, 1)
        self.setLayout(layout)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Charts beside one another are equally wide, and so are their times: the names in the right margin have room of their own."""
        if watched is self._canvas and event.type() is QEvent.Type.Resize:
            self._share_width()
        return False

    def _share_width(self) -> None:
        grid = self._canvas.ci.layout
        wide_px = max(1.0, (self._canvas.width() - SIDES_PX - grid.horizontalSpacing() - RING_PX) / 2)
        self._name_inside(wide_px)
        for at, more_px in ((0, 0), (1, RING_PX)):
            grid.setColumnFixedWidth(at, wide_px + more_px)
        self._show_names()

    def _name_inside(self, wide_px: float) -> None:
        """What the fourth chart draws, as long as it fits: a title that is wider than its chart would push it out of sight."""
        long = self.tr("Likelihood of being inside  %   — a zone   ┄ a ring")
        font = font_of(self._theme.caption_px, bold=True)
        text = long if QFontMetrics(font).horizontalAdvance(long) < wide_px - FIGURES_PX else self.tr("Inside  %   — zone   ┄ ring")
        self._title(self._plots["inside"], text)

    def _show_names(self) -> None:
        """Name upright lines where a chart is high enough for a name along the line, and the next name leaves room for it."""
        high = self._canvas.height() / 2 - TITLE_PX - TIME_AXIS_PX >= NAMED_FROM_PX
        for plot in (self._plots["speed"], self._plots["distance"]):
            first_s, last_s = plot.vb.viewRange()[0]
            s_per_px, middle_s, next_s = (last_s - first_s) / max(1.0, plot.vb.width()), (first_s + last_s) / 2, float("inf")
            for mark in sorted((one for of, one in self._marks if of is plot), key=lambda one: float(one.value()), reverse=True):
                at_s = float(mark.value())
                wide_px = mark.label.boundingRect().height() * (2 if at_s < middle_s <= next_s else 1)  # names lie towards the middle
                shown = high and next_s - at_s >= wide_px * s_per_px
                mark.label.setVisible(shown)
                next_s = at_s if shown else next_s

    def show_tracks(self, subject: Track | None, protected: Track | None, now_us: int) -> None:
        """Draw what was measured of both; None where nothing may be shown or nothing is known."""
        one = None if subject is None else chart_series.arrays_of(subject)
        other = None if protected is None else chart_series.arrays_of(protected)
        self._series = self._work_out(one, other)
        if one is not None and other is not None and protected is not None:
            self._series["ring"] = chart_series.ring_series(protected, one, other)
        if subject is not None:
            self._series["outside"] = chart_series.outside_series(subject)
        doubted = [chart_series.rejected_series(track) for track in (subject, protected) if track is not None]
        self._series["rejected"] = chart_series.joined(doubted)
        marks = [one for track in (subject, protected) if track is not None for one in chart_series.rejected_symbols(track)]
        for name, item in self._lines.items():
            series = self._series.get(name, chart_series.EMPTY)
            if name != "rejected":
                item.setData(series.at_s, series.value, connect="finite")
        crosses = self._series["rejected"]
        self._lines["rejected"].setData(crosses.at_s, crosses.value, symbol=marks or "x")
        if subject is not None:
            self._show_thresholds(chart_series.thresholds_of(subject))
        self._now_s = now_us / 1e6
        self._fit_heights()
        self._name_heights()
        self._moved_s = 0.0
        self.show_now(now_us)

    def _show_thresholds(self, thresholds: Thresholds | None) -> None:
        """Draw from where a decision is amber and red, named at the side."""
        if thresholds == self._thresholds:
            return
        self._thresholds = thresholds
        plot, theme = self._plots["inside"], self._theme
        for old in self._threshold_lines:
            plot.removeItem(old)
        values = () if thresholds is None else ((thresholds.amber, theme.look), (thresholds.red, theme.act))
        said = (self.tr("amber {share}"), self.tr("red {share}"))
        names = [
            RingName(distance_m=value, text=text.format(share=f"{value:.0f}%"), colour=colour)
            for (value, colour), text in zip(values, said, strict=False)
        ]
        self._threshold_lines = [_level(value, colour) for value, colour in values]
        zone = None if thresholds is None else thresholds.zone
        self._zone_red.setVisible(zone is not None)
        if zone is not None:
            self._zone_red.setRegion(zone)
            text = said[1].format(share=f"{zone[0]:.0f}–{zone[1]:.0f}%")
            names[1] = RingName(distance_m=names[1].distance_m, text=text, colour=theme.act)
        left = None if thresholds is None else thresholds.outside
        if left is not None:
            named = self.tr("left {share}").format(share=f"{left:.0f}%")
            names.append(RingName(distance_m=left, text=named, colour=theme.act))
            self._threshold_lines.append(_level(left, theme.act, Qt.PenStyle.DotLine))
        for made in self._threshold_lines:
            plot.addItem(made, ignoreBounds=True)
        self._threshold_names.show_rings(names)

    def show_rings(self, rings: Sequence[RingRow]) -> None:
        """Draw each ring as a line across the distance chart, named at its end."""
        if tuple(rings) == self._shown_rings:
            return
        self._shown_rings = tuple(rings)
        plot = self._plots["distance"]
        for old in self._rings:
            plot.removeItem(old)
        self._rings = []
        named = []
        for ring in rings:
            colour = self._theme.act if ring.effect is RingEffect.ALARM else self._theme.look
            made = _level(ring.distance_m, colour)
            plot.addItem(made)
            self._rings.append(made)
            named.append(RingName(distance_m=ring.distance_m, text=formats.distance(ring.distance_m), colour=colour))
        self._ring_names.show_rings(named)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Draw alarms and acts as upright lines, named in the topmost charts."""
        if tuple(marks) == self._shown_marks:
            return
        self._shown_marks = tuple(marks)
        for plot, old in self._marks:
            plot.removeItem(old)
        self._marks = []
        for mark in marks:
            for name, plot in self._plots.items():
                text = mark.text if name in ("speed", "distance") else None
                colour = self._theme.of(mark.look)
                options = {"position": 0.97, "color": colour, "fill": self._theme.panel, "rotateAxis": (1, 0), "anchors": FROM_TOP}
                made = pyqtgraph.InfiniteLine(mark.at_us / 1e6, angle=90, pen=_pen(colour, width=1), label=text, labelOpts=options)
                if text is not None:
                    made.label.setFont(font_of(self._theme.caption_px))
                plot.addItem(made, ignoreBounds=True)
                self._marks.append((plot, made))
        self._show_names()

    def show_now(self, now_us: int) -> None:
        """Let the charts move on, unless a person has zoomed or dragged them."""
        self._now_s = now_us / 1e6
        first = self._plots["speed"]
        if self._following and abs(self._now_s - self._moved_s) >= self.span_s / STEPS:
            self._moved_s = self._now_s
            first.setXRange(self._now_s - self.span_s, self._now_s + self.span_s * LIVE_MARGIN, padding=0)

    def show_cursor(self, at_us: int | None) -> None:
        """Put the crosshair where another view points."""
        for cross in self._cross.values():
            cross.setVisible(at_us is not None)
            if at_us is not None:
                cross.setValue(at_us / 1e6)
        self._readout.setText("" if at_us is None else self._read(at_us / 1e6))

    def choose_span(self, seconds: int) -> None:
        """Show the last `seconds`."""
        self.span_s = seconds
        self._following = True
        self._moved_s = 0.0
        self._fit_heights()
        chosen = self._spans.button(seconds)
        if chosen is not None:
            chosen.setChecked(True)
        self.show_now(int(self._now_s * 1e6))
        self.on_span(seconds)

    def _work_out(self, one: TrackArrays | None, other: TrackArrays | None) -> dict[str, Series]:
        found: dict[str, Series] = {}
        if one is not None:
            found["subject"] = chart_series.speed_series(one)
            found["inside"] = chart_series.inside_series(one)
        if other is not None:
            found["protected"] = chart_series.speed_series(other)
        if one is not None and other is not None:
            found["distance"] = chart_series.distance_series(one, other)
            found["closing"] = chart_series.closing_series(found["distance"])
        return found

    def _fit_heights(self) -> None:
        """Room for what is looked at: of a longer way that was read, what lies before is left out."""
        for name, parts in (("speed", ("subject", "protected")), ("distance", ("distance",))):
            values = self._in_span(parts)
            self._plots[name].setYRange(0, max(1.0, float(values.max(initial=0.0))) * 1.12, padding=0)
        closing = self._in_span(("closing",))
        low, high = float(closing.min(initial=0.0)), float(closing.max(initial=1.0))
        self._plots["closing"].setYRange(low * 1.12, high * 1.12, padding=0)  # nothing is where both keep their distance
        self._plots["inside"].setYRange(-8, 106, padding=0)  # room for a cross at 0

    def _in_span(self, parts: Sequence[str]) -> NDArray[np.float64]:
        """All that is known in these series of the time that is shown."""
        start_s = self._now_s - self.span_s
        found = [one.value[one.at_s >= start_s] for part in parts if (one := self._series.get(part)) is not None]
        values = np.concatenate(found) if found else np.empty(0)
        return values[np.isfinite(values)]

    def _name_heights(self) -> None:
        """A chart of nothing has no figures at its side."""
        for name, plot in self._plots.items():
            parts = {"speed": ("subject", "protected"), "inside": ("inside", "ring", "outside")}.get(name, (name,))
            known = any(part in self._series and not np.isnan(self._series[part].value).all() for part in parts)
            plot.getAxis("left").setStyle(showValues=known)

    def _plot(self, text: str, at: int) -> pyqtgraph.PlotItem:
        theme = self._theme
        axes = {"bottom": TimeAxis("bottom"), "left": DistanceAxis("left") if at == 1 else FigureAxis("left")}
        if at % 2:  # charts below one another end at the same moment
            axes["right"] = self._ring_names if at == 1 else self._threshold_names
        plot = self._canvas.addPlot(row=at // 2, col=at % 2, axisItems=axes, enableMenu=False)
        self._title(plot, text)
        plot.titleLabel.setMaximumHeight(TITLE_PX)
        plot.layout.setRowFixedHeight(0, TITLE_PX)
        plot.hideButtons()
        plot.setMouseEnabled(x=True, y=False)
        plot.showGrid(x=False, y=True, alpha=0.18)
        if at % 2:
            plot.showAxis("right")
            plot.getAxis("right").setPen(None)
            plot.getAxis("right").setGrid(False)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(theme.line)
            axis.setTextPen(theme.text_soft)
            axis.setTickFont(font_of(theme.caption_px))
            axis.setStyle(tickLength=-4, autoExpandTextSpace=False, maxTickLevel=0)
        plot.getAxis("left").setWidth(FIGURES_PX)
        plot.getAxis("bottom").setHeight(TIME_AXIS_PX)
        plot.vb.sigRangeChangedManually.connect(self._on_plot_dragged)
        return plot

    def _title(self, plot: pyqtgraph.PlotItem, text: str) -> None:
        plot.setTitle(text, color=self._theme.text_soft, size=f"{self._theme.caption_px}px", justify="left", bold=True)
        plot.titleLabel.item.document().setDocumentMargin(0)  # else the words reach down into the chart, where upright lines are
        plot.titleLabel.updateMin()
        plot.titleLabel.resizeEvent(None)

    def _draw_lines(self) -> dict[str, pyqtgraph.PlotDataItem]:
        theme = self._theme
        zero = pyqtgraph.InfiniteLine(0, angle=0, pen=_pen(theme.text_faint, width=1))
        self._plots["closing"].addItem(zero, ignoreBounds=True)
        thin = _pen(theme.technical, width=1)  # + and × are told apart at their size
        made = {
            "protected": self._plots["speed"].plot(pen=_pen(theme.text_soft)),
            "subject": self._plots["speed"].plot(pen=_pen(theme.act)),
            "distance": self._plots["distance"].plot(pen=_pen(theme.text)),
            "closing": self._plots["closing"].plot(pen=_pen(theme.text)),
            "inside": self._plots["inside"].plot(pen=_pen(theme.text), fillLevel=0, brush=QColor(theme.raised)),
            "ring": self._plots["inside"].plot(pen=_pen(theme.text, style=Qt.PenStyle.DashLine)),
            "outside": self._plots["inside"].plot(pen=_pen(theme.text, style=Qt.PenStyle.DotLine)),
            "rejected": self._plots["inside"].plot(pen=None, symbol="x", symbolSize=9, symbolPen=thin, symbolBrush=None),
        }
        for item in made.values():
            item.setClipToView(True)  # a day of fixes is drawn only as far as it is looked at
        return made

    def _crosshair(self, plot: pyqtgraph.PlotItem) -> pyqtgraph.InfiniteLine:
        made = pyqtgraph.InfiniteLine(angle=90, pen=_pen(self._theme.text_faint, width=1))
        made.hide()
        plot.addItem(made, ignoreBounds=True)
        return made

    def _read(self, at_s: float) -> str:
        parts = [formats.clock(int(at_s * 1e6))]
        subject = chart_series.value_at(self._series.get("subject", chart_series.EMPTY), at_s)
        distance = chart_series.value_at(self._series.get("distance", chart_series.EMPTY), at_s)
        closing = chart_series.value_at(self._series.get("closing", chart_series.EMPTY), at_s)
        inside = chart_series.value_at(self._series.get("inside", chart_series.EMPTY), at_s)
        parts += [formats.speed(subject), formats.distance(distance), self.tr("closing {speed}").format(speed=formats.speed(closing))]
        ring = chart_series.value_at(self._series.get("ring", chart_series.EMPTY), at_s)
        if not np.isnan(inside):
            parts.append(self.tr("in a zone {share}").format(share=f"{inside:.0f}%"))
        if not np.isnan(ring):
            parts.append(self.tr("in a ring {share}").format(share=f"{ring:.0f}%"))
        outside = chart_series.value_at(self._series.get("outside", chart_series.EMPTY), at_s)
        if not np.isnan(outside):
            parts.append(self.tr("left a zone {share}").format(share=f"{outside:.0f}%"))
        return "   ".join(parts)

    @Slot()
    def _on_plot_stretched(self) -> None:
        self._show_names()

    @Slot()
    def _on_plot_dragged(self) -> None:
        self._following = False
        for one in self._spans.buttons():
            self._spans.setExclusive(False)
            one.setChecked(False)
            self._spans.setExclusive(True)

    @Slot(QPointF)
    def _on_scene_mouse_moved(self, place: QPointF) -> None:
        for plot in self._plots.values():
            if plot.sceneBoundingRect().contains(place):
                at_us = int(plot.vb.mapSceneToView(place).x() * 1e6)
                self.show_cursor(at_us)
                self.on_cursor(at_us)
                return
        self.show_cursor(None)
        self.on_cursor(None)


def _band(colour: str) -> pyqtgraph.LinearRegionItem:
    """A stretch of a scale across a chart, behind its curves."""
    tint = QColor(colour)
    tint.setAlpha(40)
    made = pyqtgraph.LinearRegionItem(orientation="horizontal", movable=False, brush=tint, pen=pyqtgraph.mkPen(None))
    made.setZValue(-10)
    made.setVisible(False)
    return made


def _level(value: float, colour: str, style: Qt.PenStyle = Qt.PenStyle.DashLine) -> pyqtgraph.InfiniteLine:
    """A broken line across a chart, behind its curves."""
    made = pyqtgraph.InfiniteLine(value, angle=0, pen=_pen(colour, style=style))
    made.setZValue(BEHIND)
    return made


def _pen(colour: str, *, width: float = 1.6, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(QColor(colour), width, style)
    pen.setCosmetic(True)
    return pen
