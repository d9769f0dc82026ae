"""How the room copes: what waits, how fast it was acknowledged against 30 s and 60 s, which cases alarm most."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget
from typing_extensions import override

from backend_bridge.application.rows import AlarmRow
from widgets import formats, phrases
from widgets.controls import column, label, restyle, surface
from widgets.theme import Theme, font_of

TEN_MIN_US: Final = 600_000_000
WITHIN_30_S: Final = 0.80
WITHIN_60_S: Final = 0.985
STALE_US: Final = 86_400_000_000
N_SOURCES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The statistics of what this desk has seen in its shift."""

    n_alarms: int
    last_10_min: int
    busiest_10_min: int
    within_30_s: float | None
    within_60_s: float | None
    median_s: float | None
    n_stale: int
    sources: tuple[tuple[str, int], ...]
    histogram: tuple[int, ...]
    """Alarms by ten minutes, oldest first, of the last eight hours."""


class KpiPanel(QWidget):
    """Rows in by `show_alarms`; keeps when each alarm came and when it was acknowledged, also after it is closed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kpi_panel")
        self._seen: dict[str, AlarmRow] = {}
        self._at: tuple[int, int | None] = (0, None)
        names: tuple[str, ...] = (self.tr("alarms this shift"), self.tr("in the last 10 min"), self.tr("busiest 10 min"))
        names += (
            self.tr("acknowledged in 30 s"),
            self.tr("acknowledged in 60 s"),
            self.tr("median to acknowledge"),
            self.tr("older than 24 h"),
        )
        self._figures = [(label("", "headline"), label(name, "soft", wrap=True), label("", "caption")) for name in names]
        self._histogram = Histogram(theme)
        self._sources = QGridLayout()
        self._sources.setHorizontalSpacing(18)
        self._lay_out()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(2)
        for at, parts in enumerate(self._figures):
            for row, part in enumerate(parts):
                grid.addWidget(part, (at // 4) * 4 + row, at % 4, Qt.AlignmentFlag.AlignTop)
        layout = column(margins=(24, 20, 24, 20), spacing=14)
        layout.addWidget(label(self.tr("Statistics of the shift"), "strong"))
        layout.addLayout(grid)
        layout.addWidget(label(self.tr("Alarms by 10 minutes, last 8 hours; a flood begins at 10"), "title"))
        layout.addWidget(self._histogram)
        layout.addWidget(label(self.tr("Where most alarms come from"), "title"))
        layout.addLayout(self._sources)
        layout.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(surface("panel", layout))
        outer = column()
        outer.addWidget(scroll)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(outer)

    def show_alarms(self, put: Iterable[AlarmRow], now_us: int, shift_started_us: int | None) -> None:
        """Take changed alarms; they are counted anew while somebody looks, else when somebody does."""
        for row in put:
            self._seen[row.alarm] = row
        self._at = now_us, shift_started_us
        if self.isVisible():
            self._show(figures_of(tuple(self._seen.values()), *self._at))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Count what came while nobody looked."""
        super().showEvent(event)
        self._show(figures_of(tuple(self._seen.values()), *self._at))

    def _show(self, found: Figures) -> None:
        values = (
            (str(found.n_alarms), "", True),
            (str(found.last_10_min), self.tr("target: 1"), found.last_10_min < 10),
            (str(found.busiest_10_min), self.tr("flood: 10"), found.busiest_10_min < 10),
            (formats.percent(found.within_30_s), self.tr("target: 80%"), found.within_30_s is None or found.within_30_s >= WITHIN_30_S),
            (formats.percent(found.within_60_s), self.tr("target: 98.5%"), found.within_60_s is None or found.within_60_s >= WITHIN_60_S),
            (formats.span(found.median_s), "", True),
            (str(found.n_stale), self.tr("each needs a plan"), found.n_stale == 0),
        )
        for (figure, _name, target), (text, aim, good) in zip(self._figures, values, strict=True):
            figure.setText(text)
            target.setText(aim)
            restyle(figure, "look", "" if good else "look")
        self._histogram.show_counts(found.histogram)
        self._show_sources(found.sources)

    def _show_sources(self, sources: Sequence[tuple[str, int]]) -> None:
        while (item := self._sources.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for at, (source, n) in enumerate(sources):
            self._sources.addWidget(label(f"{at + 1}"), at, 0)
            self._sources.addWidget(label(source, "soft"), at, 1)
            self._sources.addWidget(label(f"×{n}"), at, 2, Qt.AlignmentFlag.AlignRight)
            cure = self.tr("propose a change of zone or ring") if n >= 3 else ""
            self._sources.addWidget(label(cure, "faint"), at, 3)
        self._sources.setColumnStretch(3, 1)


class Histogram(QWidget):
    """Bars of ten minutes each; those of a flood in amber, with their number."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(110)
        self._theme = theme
        self._counts: tuple[int, ...] = ()

    def show_counts(self, counts: tuple[int, ...]) -> None:
        """Draw these counts, oldest first."""
        self._counts = counts
        self.update()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """One bar a count above a base line."""
        if not self._counts:
            return
        painter, theme = QPainter(self), self._theme
        painter.setFont(font_of(theme.caption_px))
        top, width = max(10, *self._counts), self.width() / len(self._counts)
        base = self.height() - 18.0
        for at, n in enumerate(self._counts):
            height = n / top * (base - 16)
            colour = theme.look if n >= 10 else theme.normal
            painter.fillRect(QRectF(at * width + 2, base - height, width - 4, height), QColor(colour))
            if n:
                painter.setPen(QColor(theme.text_soft))
                painter.drawText(QRectF(at * width, base - height - 16, width, 15), Qt.AlignmentFlag.AlignCenter, str(n))
        painter.fillRect(QRectF(0, base, self.width(), 1), QColor(theme.line))
        painter.setPen(QColor(theme.text_faint))
        painter.drawText(QRectF(0, base + 2, 80, 15), Qt.AlignmentFlag.AlignLeft, "−8:00")
        painter.drawText(QRectF(self.width() - 80, base + 2, 80, 15), Qt.AlignmentFlag.AlignRight, "0:00")
        painter.end()


def figures_of(rows: Sequence[AlarmRow], now_us: int, shift_started_us: int | None) -> Figures:
    """The statistics of these alarms since the shift began."""
    start = now_us - 8 * 3_600_000_000 if shift_started_us is None else shift_started_us
    shift = [row for row in rows if row.known_us >= start]
    took = sorted((row.acknowledged_us - row.known_us) / 1e6 for row in shift if row.acknowledged_us is not None and row.priority == 1)
    bins = [0] * 48
    for row in rows:
        at = 47 - (now_us - row.known_us) // TEN_MIN_US
        if 0 <= at < 48:
            bins[at] += 1
    sources = Counter(f"{row.case or formats.NOTHING} · {phrases.kind(row.kind)}" for row in shift for _ in range(row.count))
    return Figures(
        n_alarms=len(shift),
        last_10_min=sum(now_us - row.known_us < TEN_MIN_US for row in shift),
        busiest_10_min=max(bins),
        within_30_s=sum(one <= 30 for one in took) / len(took) if took else None,
        within_60_s=sum(one <= 60 for one in took) / len(took) if took else None,
        median_s=took[len(took) // 2] if took else None,
        n_stale=sum(now_us - row.known_us > STALE_US for row in rows),
        sources=tuple(sources.most_common(N_SOURCES)),
        histogram=tuple(bins),
    )
