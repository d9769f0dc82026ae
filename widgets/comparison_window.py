"""Charts to compare: distance and closing speed of several pairs, or of one pair at several times, over each other."""

from collections.abc import Callable, Sequence
from typing import Final

import pyqtgraph
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from backend_bridge.application.rows import AlarmRow, CaseRow, Track
from widgets import chart_series, formats, phrases
from widgets.chart_series import Series
from widgets.controls import column, label, line, surface
from widgets.theme import Theme, font_of

COLOURS: Final = ("act", "police", "look", "technical", "text", "text_soft")
BEFORE_S: Final = 900.0
AFTER_S: Final = 300.0
LIST_PX: Final = 300


class ComparisonWindow(QDialog):
    """Alarms to tick at the left; each is drawn with its own moment at 0 so that what came before lies over each other.

    `on_wanted(alarm, done)` asks for the tracks of the pair about an alarm; `done(subject, protected)` draws them.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparison_window")
        self.setWindowTitle(self.tr("Compare incidents"))
        self.resize(1100, 620)
        self.on_wanted: Callable[[AlarmRow], None] = lambda _alarm: None
        self._theme = theme
        self._alarms: dict[str, AlarmRow] = {}
        self._drawn: dict[str, list[pyqtgraph.PlotDataItem]] = {}
        self._legend = label("", "soft", wrap=True)
        self.list = QListWidget()
        self.list.setObjectName("comparison_list")
        self.list.setAccessibleName(self.tr("Alarms to compare"))
        self.list.itemChanged.connect(self._on_item_changed)
        self._canvas = pyqtgraph.GraphicsLayoutWidget()
        self._canvas.setBackground(theme.panel)
        self._canvas.setAccessibleName(self.tr("Distance and closing speed of the chosen alarms"))
        self._distance = self._plot(0, self.tr("Distance  m"))
        self._closing = self._plot(1, self.tr("Closing  m/s"))
        self._closing.setXLink(self._distance)
        self._distance.setXRange(-BEFORE_S, AFTER_S, padding=0)
        self._lay_out()

    def _lay_out(self) -> None:
        side = column(margins=(16, 14, 8, 14), spacing=8)
        side.addWidget(label(self.tr("Compare incidents"), "title"))
        side.addWidget(label(self.tr("0 is the moment of each alarm, in seconds."), "soft", wrap=True))
        side.addWidget(self.list, 1)
        side.addWidget(self._legend)
        left = surface("panel", side)
        left.setFixedWidth(LIST_PX)
        layout = line(spacing=0)
        layout.addWidget(left)
        layout.addWidget(self._canvas, 1)
        self.setLayout(layout)

    def _plot(self, row: int, title: str) -> pyqtgraph.PlotItem:
        theme = self._theme
        plot = self._canvas.addPlot(row=row, col=0, enableMenu=False)
        plot.setTitle(title, color=theme.text_soft, size=f"{theme.caption_px}px", bold=True)
        plot.hideButtons()
        plot.showGrid(x=True, y=True, alpha=0.18)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(theme.line)
            axis.setTextPen(theme.text_soft)
            axis.setTickFont(font_of(theme.caption_px))
        plot.addItem(pyqtgraph.InfiniteLine(0, angle=90, pen=QPen(QColor(theme.text_faint), 0)))
        return plot

    def show_alarms(self, alarms: Sequence[AlarmRow], cases: Sequence[CaseRow]) -> None:
        """The alarms about a pair that can be compared, newest first."""
        known = {case.case for case in cases}
        rows = sorted((row for row in alarms if row.case in known), key=lambda row: -row.happened_us)
        if [row.alarm for row in rows] == list(self._alarms):
            return
        self._alarms = {row.alarm: row for row in rows}
        self.list.blockSignals(True)
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(f"{formats.clock(row.happened_us)}  {phrases.kind(row.kind)}\n{row.case}")
            item.setData(Qt.ItemDataRole.UserRole, row.alarm)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if row.alarm in self._drawn else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)

    def show_pair(self, alarm: AlarmRow, subject: Track | None, protected: Track | None) -> None:
        """Draw one pair with the alarm's moment at 0."""
        self._erase(alarm.alarm)
        if subject is None or protected is None:
            return
        distance = chart_series.distance_series(chart_series.arrays_of(subject), chart_series.arrays_of(protected))
        closing = chart_series.closing_series(distance)
        colour = QColor(getattr(self._theme, COLOURS[len(self._drawn) % len(COLOURS)]))
        zero_s = alarm.happened_us / 1e6
        self._drawn[alarm.alarm] = [
            self._curve(self._distance, distance, zero_s, colour),
            self._curve(self._closing, closing, zero_s, colour),
        ]
        self._tint(alarm.alarm, colour)
        self._legend.setText(self.tr("{n} drawn over each other").format(n=len(self._drawn)))

    def drawn(self) -> tuple[str, ...]:
        """Which alarms are drawn."""
        return tuple(self._drawn)

    def _curve(self, plot: pyqtgraph.PlotItem, series: Series, zero_s: float, colour: QColor) -> pyqtgraph.PlotDataItem:
        pen = QPen(colour, 2)
        pen.setCosmetic(True)
        return plot.plot(series.at_s - zero_s, series.value, pen=pen, connect="finite")

    def _erase(self, alarm: str) -> None:
        for plot, item in zip((self._distance, self._closing), self._drawn.pop(alarm, ()), strict=False):
            plot.removeItem(item)

    def _tint(self, alarm: str, colour: QColor) -> None:
        """The words of an alarm in the colour of its line."""
        self.list.blockSignals(True)
        for at in range(self.list.count()):
            item = self.list.item(at)
            if item.data(Qt.ItemDataRole.UserRole) == alarm:
                item.setForeground(colour)
        self.list.blockSignals(False)

    @Slot(QListWidgetItem)
    def _on_item_changed(self, item: QListWidgetItem) -> None:
        alarm = self._alarms.get(str(item.data(Qt.ItemDataRole.UserRole)))
        if alarm is None:
            return
        if item.checkState() is Qt.CheckState.Checked:
            self.on_wanted(alarm)
        else:
            self._erase(alarm.alarm)
            self._tint(alarm.alarm, QColor(self._theme.text))
            self._legend.setText(self.tr("{n} drawn over each other").format(n=len(self._drawn)))
