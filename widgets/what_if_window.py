"""What if: other rings, zones and thresholds for the recording at this desk, and which alarms would have come when."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QGridLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from backend_bridge.application.rows import CaseRow
from backend_bridge.application.training_rows import ComparedRow
from backend_bridge.domain.breach.policy import POLICY
from backend_bridge.domain.queries import CompareRecording
from backend_bridge.domain.scenarios.what_if import RingAt, ZoneAs
from widgets import phrases
from widgets.controls import button, clear, column, indented, label, line, surface
from widgets.models import debrief_columns
from widgets.models.row_model import RowModel
from widgets.row_table import TWO_LINES_PX
from widgets.table_panel import TablePanel, TableWords
from widgets.theme import Theme
from widgets.time_strip import MarkKind, ReplayMark

RED_PERCENT: Final = round(POLICY[1] * 100)
"""The probability from which an alarm is red unless something else is asked for."""
SIDE_PX: Final = 330


class WhatIfWindow(QDialog):
    """`on_compare(query)` asks; `show_result(rows)` brings the answer; `on_moment(at_us)` goes where a row was opened.

    `on_stop()` ends a comparison that takes too long; `show_progress(share)` says how far it is.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("what_if_window")
        self.setWindowTitle(self.tr("What if"))
        self.resize(1040, 560)
        self.on_compare: Callable[[CompareRecording], None] = lambda _query: None
        self.on_moment: Callable[[int], None] = lambda _at_us: None
        self.on_stop: Callable[[], None] = lambda: None
        self._cases: tuple[CaseRow, ...] = ()
        self._rings: dict[tuple[str, str], QDoubleSpinBox] = {}
        self._wider: dict[tuple[str, str], QDoubleSpinBox] = {}
        self._warned: dict[tuple[str, str], QDoubleSpinBox] = {}
        self._red = indented(QDoubleSpinBox())
        self._red.setObjectName("what_if_red")
        self._red.setRange(5, 99)
        self._red.setDecimals(0)
        self._red.setSuffix("%")
        self._red.setValue(RED_PERCENT)
        self._red.setAccessibleName(self.tr("Red from a probability of"))
        self._state = label("", "soft", wrap=True)
        self._compare = button(self.tr("Compare"), "what_if_compare", self._on_compare_clicked, kind="primary")
        self._stop = button(self.tr("Stop"), "what_if_stop", lambda: self.on_stop())  # noqa: PLW0108 - set later
        self._progress = QProgressBar()
        self._progress.setRange(0, 100)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Progress of the evaluation"))
        self._rules = QGridLayout()
        self.table: TablePanel[ComparedRow] = TablePanel(
            theme,
            RowModel(debrief_columns.COMPARED, debrief_columns.compared_key, debrief_columns.compared_order),
            TableWords(
                name="what_if_table",
                title=self.tr("Differences"),
                empty=self.tr("Change a ring, a zone or the threshold, then compare: both runs are shown side by side."),
            ),
            row_px=TWO_LINES_PX,
        )
        self.table.on_open = self._on_row_open
        self._lay_out()

    def _lay_out(self) -> None:
        self._rules.setContentsMargins(0, 0, 8, 0)
        self._rules.setSpacing(6)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(surface("panel", self._rules))
        threshold = line(margins=(0, 0, 8, 0), spacing=8)
        threshold.addLayout(_named(self.tr("Red from a probability of"), self._in_force(f"{RED_PERCENT}%")), 1)
        threshold.addWidget(self._red)
        side = column(margins=(16, 14, 8, 14), spacing=8)
        side.addWidget(label(self.tr("The rules"), "title"))
        side.addWidget(label(self.tr("Nothing in force changes; only this recording is evaluated again."), "soft", wrap=True))
        side.addLayout(threshold)
        side.addWidget(scroll, 1)
        acts = line(spacing=8)
        acts.addWidget(self._compare, 1)
        acts.addWidget(self._stop)
        side.addLayout(acts)
        left = surface("panel", side)
        left.setFixedWidth(SIDE_PX)
        right = column(margins=(8, 14, 16, 14), spacing=8)
        right.addWidget(label(self.tr("As it was, and what if"), "title"))
        right.addWidget(self._state)
        right.addWidget(self._progress)
        right.addWidget(self.table, 1)
        layout = line(spacing=0)
        layout.addWidget(left)
        layout.addWidget(surface("panel", right), 1)
        self.setLayout(layout)
        self._run(on=False)

    def show_cases(self, cases: Sequence[CaseRow]) -> None:
        """The cases of the recording, with the rules that were in force."""
        clear(self._rules)
        self._cases = tuple(cases)
        self._rings, self._wider, self._warned = {}, {}, {}
        at = 0
        for case in self._cases:
            self._rules.addWidget(label(case.case, "strong"), at, 0, 1, 2)
            at += 1
            for ring in case.rings:
                words = self.tr("Ring {name} · {effect}").format(name=ring.ring, effect=phrases.ring_effect(ring.effect))
                at = self._rule(self._rings, (case.case, ring.ring), words, ring.distance_m, at)
            for zone in case.zones:
                name = phrases.place(zone.label) or zone.zone
                at = self._rule(self._wider, (case.case, zone.zone), self.tr("Zone {name}: wider by").format(name=name), 0.0, at)
                if zone.warning_m is not None:
                    words = self.tr("Zone {name}: warn from").format(name=name)
                    at = self._rule(self._warned, (case.case, zone.zone), words, zone.warning_m, at)
        self._rules.setRowStretch(at, 1)

    def _rule(self, into: dict[tuple[str, str], QDoubleSpinBox], key: tuple[str, str], words: str, value: float, at: int) -> int:
        box = indented(QDoubleSpinBox())
        box.setRange(-5000.0 if into is self._wider else 1.0, 100_000.0)
        box.setDecimals(0)
        box.setSingleStep(50.0)
        box.setSuffix(" m")
        box.setValue(value)
        box.setProperty("was", value)
        box.setAccessibleName(words)
        box.setObjectName(f"what_if_{key[1]}")
        into[key] = box
        self._rules.addLayout(_named(words, "" if into is self._wider else self._in_force(f"{value:.0f} m")), at, 0)
        self._rules.addWidget(box, at, 1)
        return at + 1

    def _in_force(self, value: str) -> str:
        return self.tr("in force: {value}").format(value=value)

    def query(self) -> CompareRecording:
        """What was changed, as a question."""
        zones = []
        for key in self._wider:
            case = next(row for row in self._cases if row.case == key[0])
            zone = next(row for row in case.zones if row.zone == key[1])
            warned = self._warned.get(key)
            if _changed(self._wider[key]) or (warned is not None and _changed(warned)):
                warning_m = warned.value() if warned is not None and _changed(warned) else None
                zones.append(ZoneAs(zone=zone.zone, wider_m=self._wider[key].value(), warning_m=warning_m, case=case.case))
        rings = tuple(
            RingAt(ring=ring.ring, distance_m=self._rings[case.case, ring.ring].value(), case=case.case)
            for case in self._cases
            for ring in case.rings
            if _changed(self._rings[case.case, ring.ring])
        )
        red = None if round(self._red.value()) == RED_PERCENT else self._red.value() / 100
        return CompareRecording(rings=rings, zones=tuple(zones), red_from=red)

    def show_refused(self, sentence: str) -> None:
        """Say why there is no answer."""
        self._run(on=False)
        self._state.setText(sentence)

    def show_result(self, rows: Sequence[ComparedRow]) -> None:
        """Both runs side by side."""
        self._run(on=False)
        keys = {debrief_columns.compared_key(row) for row in rows}
        gone = [key for key in (debrief_columns.compared_key(row) for row in self.table.model.rows()) if key not in keys]
        self.table.show_rows(rows, gone)
        counts = {name: sum(row.difference == name for row in rows) for name in ("earlier", "later", "new", "gone", "same")}
        text = self.tr("{earlier} earlier, {later} later, {new} new, {gone} gone, {same} the same.")
        self._state.setText(text.format(**counts))

    def show_progress(self, share: float | None) -> None:
        """How much of the recording has been decided, 0–1; None while nothing is."""
        if share is not None and not self._compare.isEnabled():
            self._progress.setValue(round(share * 100))
            words = self.tr("Evaluating the recording again: {share} %")
            self._state.setText(words.format(share=round(share * 100)))

    def _run(self, *, on: bool) -> None:
        self._compare.setEnabled(not on)
        self._stop.setVisible(on)
        self._progress.setVisible(on)
        self._progress.setValue(0)

    def _on_compare_clicked(self) -> None:
        self._run(on=True)
        self._state.setText(self.tr("Evaluating the recording again…"))
        self.on_compare(self.query())

    def _on_row_open(self, row: ComparedRow) -> None:
        moments = [at for at in (row.before_us, row.after_us) if at is not None]
        self.on_moment(min(moments))


def marks_of(rows: Sequence[ComparedRow]) -> tuple[ReplayMark, ...]:
    """What differs, for the time bar."""
    return tuple(
        ReplayMark(
            at_us=min(at for at in (row.before_us, row.after_us) if at is not None),
            text=f"{phrases.kind(row.kind)} · {debrief_columns.difference(row)}",
            look=debrief_columns.LOOKS[row.difference],
            kind=MarkKind.DIFFERENCE,
        )
        for row in rows
        if row.difference != "same"
    )


def _named(words: str, below: str) -> QVBoxLayout:
    """What a field is for, and what holds while it is not changed."""
    made = column(spacing=0)
    made.addWidget(label(words, "soft", wrap=True))
    if below:
        made.addWidget(label(below, "caption"))
    return made


def _changed(box: QDoubleSpinBox) -> bool:
    return abs(box.value() - float(box.property("was"))) > 1e-6
