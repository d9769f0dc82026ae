"""How the room copes, as the bridge counts it: how many alarms, how fast they were acknowledged, what would calm the loudest sources."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget
from typing_extensions import override

from backend_bridge.application.rows import SessionRow
from backend_bridge.domain.alarms.kpi import ShiftFigures
from backend_bridge.domain.queries import Query, ReadFigures
from widgets import formats
from widgets.controls import button, clear, column, label, line, restyle, surface
from widgets.kpi_histogram import Histogram
from widgets.kpi_sheet import (
    cure_text,
    figures_of,
    paper_of,
    read_sheet,
    screen_cells,
    screen_heads,
    seat_cells,
    seat_heads,
    source_text,
)
from widgets.phrases_refusals import refusal
from widgets.printed_sheet import Draft, Sheet
from widgets.theme import Theme

HOUR_US: Final = 3_600_000_000
AGAIN_US: Final = 300_000_000
"""How often visible figures are reloaded; each reload is a log entry."""
N_FIGURES: Final = 10
IN_A_ROW: Final = 5
FIGURE_SIGNS: Final = frozenset("0123456789×<>–−")


class KpiPanel(QWidget):
    """Asks for the figures when it is looked at; `show_stale` counts what stands too long, papers go out by `on_save`."""

    def __init__(
        self,
        theme: Theme,
        ask: Callable[[Query, Callable[[object], None]], None],
        now_us: Callable[[], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("kpi_panel")
        self.on_save: Callable[[Draft], None] = lambda _draft: None
        self._ask, self._now_us = ask, now_us
        self._session: SessionRow | None = None
        self._sheet: ShiftFigures | None = None
        self._n_stale = 0
        self._asked = 0
        self._asked_us = 0
        self.shift, self.seat = QComboBox(), QComboBox()
        for words, code in ((self.tr("this shift"), "shift"), (self.tr("last 8 hours"), "8"), (self.tr("last 24 hours"), "24")):
            self.shift.addItem(words, code)
        self.seat.addItem(self.tr("all desks"), "")
        self.shift.setAccessibleName(self.tr("Period"))
        self.seat.setAccessibleName(self.tr("Desk"))
        self._figures = [(label("", "headline"), label("", "soft", wrap=True), label("", "caption")) for _ in range(N_FIGURES)]
        self._histogram = Histogram(theme)
        self._sources, self._screen, self._seats = QGridLayout(), QGridLayout(), QGridLayout()
        for grid in (self._sources, self._screen, self._seats):
            grid.setHorizontalSpacing(18)
        self._said = label("", "caption", wrap=True)
        self._pdf = button(self.tr("Save PDF…"), "kpi_pdf", lambda: self._print(Draft.pdf))
        self._csv = button(self.tr("Save CSV…"), "kpi_csv", lambda: self._print(Draft.csv))
        self._lay_out()
        self.shift.currentIndexChanged.connect(lambda _at: self.read())
        self.seat.currentIndexChanged.connect(lambda _at: self.read())

    def _lay_out(self) -> None:
        head = line(spacing=8)
        head.addWidget(label(self.tr("Statistics of the shift"), "strong"), 1)
        for choice in (self.shift, self.seat, self._pdf, self._csv):
            head.addWidget(choice)
        grid = QGridLayout()
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(8)
        for at, parts in enumerate(self._figures):
            figure = column(spacing=2)  # a figure of its own keeps its aim below its name, however long that of another is
            for part in parts:
                figure.addWidget(part)
            grid.addLayout(figure, at // IN_A_ROW, at % IN_A_ROW, Qt.AlignmentFlag.AlignTop)
        for at in range(IN_A_ROW):
            grid.setColumnStretch(at, 1)
        layout = column(margins=(24, 16, 24, 20), spacing=12)
        layout.addLayout(head)
        layout.addWidget(self._said)
        layout.addLayout(grid)
        layout.addWidget(label(self.tr("Alarms by 10 minutes; more than 10 are a flood"), "title"))
        layout.addWidget(self._histogram)
        for title, rows in (
            (self.tr("Where most alarms come from"), self._sources),
            (self.tr("How soon alarms were on a screen"), self._screen),
            (self.tr("By desk and user"), self._seats),
        ):
            layout.addWidget(label(title, "title"))
            layout.addLayout(rows)
        layout.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(surface("panel", layout))
        outer = column()
        outer.addWidget(scroll)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(outer)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the figures as they are now."""
        super().showEvent(event)
        self.read()

    def show_session(self, row: SessionRow) -> None:
        """Whose shift it is, and who prints."""
        self._session = row

    def show_stale(self, n: int) -> None:
        """How many alarms have stood for more than a day."""
        if n != self._n_stale:
            self._n_stale = n
            self._show()

    def show_now(self, now_us: int) -> None:
        """Ask again after a while."""
        if self.isVisible() and now_us - self._asked_us >= AGAIN_US:
            self.read()

    def period(self) -> tuple[int, int]:
        """[from, to) in µs as chosen; the shift begins with the session."""
        now_us = self._now_us()
        hours = {"8": 8, "24": 24}.get(str(self.shift.currentData()))
        started = None if self._session is None else self._session.shift_started_us
        if hours is None and started is not None and started < now_us:
            return started, now_us + 1
        return now_us - (hours or 8) * HOUR_US, now_us + 1

    def read(self) -> None:
        """Ask the bridge; an answer that comes after another question is thrown away."""
        if not self._now_us():
            return
        self._asked += 1
        self._asked_us = self._now_us()
        number, (from_us, to_us) = self._asked, self.period()

        def take(answer: object) -> None:
            if number == self._asked:
                self._take(answer)

        self._ask(ReadFigures(from_us=from_us, to_us=to_us, seat=str(self.seat.currentData() or "") or None), take)

    def _take(self, answer: object) -> None:
        if not isinstance(answer, tuple) or not answer:
            self._said.setText(refusal(str(answer), getattr(answer, "sentence", "")))
            return
        self._sheet = read_sheet(str(answer[0]))
        known = {str(self.seat.itemData(at)) for at in range(self.seat.count())}
        for seat in sorted({each.seat for each in self._sheet.by_seat} - known):
            self.seat.addItem(seat, seat)
        self._show()

    def _show(self) -> None:
        sheet = self._sheet
        for made in (self._pdf, self._csv):
            made.setEnabled(sheet is not None)
        if sheet is None:
            return
        words = self.tr("{start} – {end} · counted by the bridge at {clock}")
        start, end = formats.minute(sheet.from_us), formats.minute(sheet.to_us)
        self._said.setText(words.format(start=start, end=end, clock=formats.clock(self._asked_us)))
        for (figure, name, target), (value, title, aim, good) in zip(self._figures, figures_of(sheet, self._n_stale), strict=True):
            figure.setText(value)
            name.setText(title)
            target.setText(aim)
            restyle(figure, "look", "" if good else "look")
        self._histogram.show_counts(sheet.windows, sheet.from_us)
        rows = [(str(at), source_text(source), f"×{n}", cure_text(cure)) for at, (source, n, cure) in enumerate(sheet.top_sources, 1)]
        _fill(self._sources, (), rows)
        _fill(self._screen, screen_heads(), [*map(screen_cells, sheet.to_screen)])
        _fill(self._seats, seat_heads(), [*map(seat_cells, sheet.by_seat)])

    def _print(self, draft: Callable[[Sheet, str], Draft]) -> None:
        if self._sheet is not None:
            sheet = paper_of(self._sheet, self._n_stale, self.seat.currentText())
            self.on_save(draft(sheet, f"shift-{formats.day(self._now_us())}"))


def _fill(grid: QGridLayout, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """A list as all lists of the desk look: small headings, figures to the right, words to the left."""
    clear(grid)
    if not rows:
        return
    figures = [all(row[place][:1] in FIGURE_SIGNS for row in rows) for place in range(len(rows[0]))]
    sides = [Qt.AlignmentFlag.AlignRight if place and figures[place] else Qt.AlignmentFlag.AlignLeft for place in range(len(rows[0]))]
    for place, text in enumerate(heads):
        grid.addWidget(label(text, "caption"), 0, place, sides[place])
    for at, row in enumerate(rows, 1):
        for place, text in enumerate(row):
            grid.addWidget(label(text, "soft" if place else ""), at, place, sides[place])
    grid.setColumnStretch(len(rows[0]), 1)
