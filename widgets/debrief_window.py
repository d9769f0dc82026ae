"""The debrief of an exercise: measured against 30 s, 60 s and the expert, with a time line whose every moment can be lived again."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QSplitter, QWidget

from backend_bridge.application.training_rows import DebriefActRow, DebriefMomentRow, DebriefRow
from widgets import formats
from widgets.controls import button, column, label, line, surface
from widgets.debrief_timeline import DebriefTimeline
from widgets.models import debrief_columns
from widgets.models.row_model import RowModel
from widgets.phrases_training import act, in_language, moment, verdict
from widgets.printed_sheet import Draft, Sheet, SheetTable
from widgets.row_table import TWO_LINES_PX
from widgets.table_panel import TablePanel, TableWords
from widgets.theme import Theme


class DebriefWindow(QDialog):
    """`show_debrief(row)` fills it; `on_moment(at_us)` lives a moment again, `on_save(paper)` saves the report."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("debrief_window")
        self.setWindowTitle(self.tr("Debrief"))
        self.resize(1180, 720)
        self.on_moment: Callable[[int], None] = lambda _at_us: None
        self.on_save: Callable[[Draft], None] = lambda _draft: None
        self._row: DebriefRow | None = None
        self._title, self._when = label("", "strong", wrap=True), label("", "soft")
        self._acknowledged, self._told, self._done = label("", "headline"), label("", "headline"), label("", "headline")
        self._lesson = label("", wrap=True)
        self.timeline = DebriefTimeline(theme)
        self.timeline.on_moment = self._go
        self.acts: TablePanel[DebriefActRow] = TablePanel(
            theme,
            RowModel(debrief_columns.ACTS, debrief_columns.act_key, debrief_columns.act_order),
            TableWords(name="debrief_acts", title=self.tr("Expected acts"), empty=self.tr("This scenario expects no act.")),
            row_px=TWO_LINES_PX,
        )
        self.acts.on_open = self._on_act_open
        self.moments: TablePanel[DebriefMomentRow] = TablePanel(
            theme,
            RowModel(debrief_columns.MOMENTS, debrief_columns.moment_key, lambda row: (row.at_us,)),
            TableWords(name="debrief_moments", title=self.tr("Moments"), empty=self.tr("Nothing has happened yet.")),
        )
        self.moments.on_open = lambda row: self._go(row.at_us)
        self._lay_out()

    def _lay_out(self) -> None:
        head = column(margins=(20, 16, 20, 8), spacing=6)
        head.addWidget(self._title)
        head.addWidget(self._when)
        scores = line(spacing=36)
        names = (self.tr("Acknowledged within 30 s"), self.tr("112 told within 60 s"), self.tr("Acts as expected"))
        for figure, name in zip((self._acknowledged, self._told, self._done), names, strict=True):
            score = column(spacing=0)
            score.addWidget(figure)
            score.addWidget(label(name, "caption"))
            scores.addLayout(score)
        scores.addStretch()
        scores.addWidget(button(self.tr("Save as PDF"), "debrief_save", self._on_save_clicked))
        head.addLayout(scores)
        head.addWidget(self._lesson)
        tables = QSplitter(Qt.Orientation.Horizontal)
        tables.addWidget(self.acts)
        tables.addWidget(self.moments)
        tables.setSizes([680, 440])
        layout = column()
        layout.addWidget(surface("panel", head))
        layout.addWidget(self.timeline)
        hint = label(self.tr("A click on the time line, or Enter on a row, lives that moment again."), "caption")
        hint.setContentsMargins(20, 6, 20, 6)
        layout.addWidget(hint)
        layout.addWidget(tables, 1)
        self.setLayout(layout)

    def show_debrief(self, row: DebriefRow) -> None:
        """Show how it went so far."""
        before, self._row = self._row, row
        self._title.setText(in_language(row.title_ko, row.title_en))
        self._when.setText(f"{formats.day(row.starts_us)} {formats.clock(row.starts_us)} – {formats.clock(row.ends_us)}")
        called = [each for each in row.acts if each.called_us is not None]
        expected = sum(each.as_expected for each in called)
        self._acknowledged.setText(formats.percent(row.acknowledged_in_30))
        self._told.setText(formats.percent(row.told_in_60))
        self._done.setText(self.tr("{n} of {m}").format(n=expected, m=len(called)))
        self._lesson.setText(in_language(row.lesson_ko, row.lesson_en).strip())
        self.timeline.show_debrief(row)
        acts = {debrief_columns.act_key(each) for each in row.acts}
        moments = {debrief_columns.moment_key(each) for each in row.moments}
        old = before or row
        self.acts.show_rows(row.acts, [key for key in map(debrief_columns.act_key, old.acts) if key not in acts])
        self.moments.show_rows(row.moments, [key for key in map(debrief_columns.moment_key, old.moments) if key not in moments])

    def _go(self, at_us: int) -> None:
        if self._row is not None:
            self.on_moment(min(max(at_us, self._row.starts_us), self._row.ends_us))

    def _on_act_open(self, row: DebriefActRow) -> None:
        at_us = row.done_us or row.called_us
        if at_us is not None:
            self._go(at_us)

    def _on_save_clicked(self) -> None:
        if self._row is not None:
            self.on_save(self.report(self._row))

    def report(self, row: DebriefRow) -> Draft:
        """The debrief on paper."""
        facts = (
            (self.tr("Scenario"), f"{row.scenario} · {in_language(row.title_ko, row.title_en)}"),
            (self.tr("Played"), f"{formats.both_zones(row.starts_us)} – {formats.clock(row.ends_us)}".replace("\n", " · ")),
            (self.tr("Acknowledged within 30 s"), formats.percent(row.acknowledged_in_30)),
            (self.tr("112 told within 60 s"), formats.percent(row.told_in_60)),
            (self.tr("To be learnt"), in_language(row.lesson_ko, row.lesson_en).strip()),
        )
        heads = (
            *(self.tr("Expected"), self.tr("Called for"), self.tr("Done"), self.tr("By"), self.tr("Took")),
            *(self.tr("Limit"), self.tr("Expert"), self.tr("Verdict")),
        )
        acts = SheetTable(title=self.tr("Expected acts"), heads=heads, rows=tuple(map(_act_cells, row.acts)))
        moments = SheetTable(
            title=self.tr("Moments"),
            heads=(self.tr("Time"), self.tr("What happened"), self.tr("By"), self.tr("Case")),
            rows=tuple((formats.clock(each.at_us), moment(each), each.by or "", each.case or "") for each in row.moments),
        )
        sheet = Sheet(title=self.tr("Debrief of an exercise: nobody in it exists"), facts=facts, tables=(acts, moments))
        return Draft.pdf(sheet, f"debrief-{row.scenario}")


def _act_cells(row: DebriefActRow) -> tuple[str, ...]:
    times = tuple(formats.NOTHING if at is None else formats.clock(at) for at in (row.called_us, row.done_us))
    took = formats.NOTHING if row.seconds is None else formats.seconds_text(row.seconds)
    return (act(row), *times, row.by or "", took, formats.seconds_text(row.limit_s), formats.seconds_text(row.expert_s), verdict(row))
