"""What is kept and for how long: the state of the log, what the law wants destroyed, who keeps it from being so, what is out."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QScrollArea, QWidget
from typing_extensions import override

from backend_bridge.application.access_rows import DestructionRow, HoldRow
from backend_bridge.application.rows import RoomRow, SessionRow
from backend_bridge.domain.commands import Command, DecideDeletion, DecideDestruction, LiftHold
from backend_bridge.domain.queries import PlanDestruction, PlanRetention, Query, ReadCertificate
from backend_bridge.domain.user import Role
from widgets import formats, phrases, phrases_upkeep
from widgets.controls import button, clear, column, label, line, restyle, rule, surface
from widgets.exports_panel import ExportsPanel
from widgets.models import upkeep_columns
from widgets.models.row_model import RowModel
from widgets.phrases_refusals import refusal
from widgets.printed_sheet import Draft
from widgets.reason_dialog import ask_reason
from widgets.retention_dialog import RetentionQuestion
from widgets.row_table import TWO_LINES_PX
from widgets.table_panel import TablePanel, TableWords
from widgets.theme import Theme
from widgets.upkeep_dialogs import CertificateView, DestructionQuestion, HoldQuestion

HOUR_US: Final = 3600 * 1_000_000
LATEST_US: Final = (24 * HOUR_US, HOUR_US, 24 * HOUR_US)
"""How old verification, checkpoint and outside copy may be before somebody should ask why."""
WIDE_PX, WIDE_SIDE_PX, NARROW_SIDE_PX = 780, 320, 260
APART_PX: Final = 12
"""So far from everything else stands what cannot be undone."""
NARROWEST_PX: Final = 480
"""What a page may ask of a small screen; the case stands beside it on the map's page alone."""


class UpkeepPanel(QWidget):
    """Rows in by `show_*`; commands out by `submit`, questions by `ask`, papers by `on_save`."""

    def __init__(
        self,
        theme: Theme,
        submit: Callable[[Command], None],
        ask: Callable[[Query, Callable[[object], None]], None],
        now_us: Callable[[], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("upkeep_panel")
        self.on_save: Callable[[Draft], None] = lambda _draft: None
        self._submit, self._ask, self._now_us = submit, ask, now_us
        self._room: RoomRow | None = None
        self._session: SessionRow | None = None
        self.cases: Callable[[], tuple[str, ...]] = tuple
        """The cases to offer where one is asked for."""
        names = (self.tr("integrity of the log verified"), self.tr("signed checkpoint"), self.tr("copy outside"))
        self._gauges = [(label("", "strong"), label(name, "soft"), label("", "caption", wrap=True)) for name in names]
        self.destructions: TablePanel[DestructionRow] = TablePanel(
            theme,
            RowModel(
                upkeep_columns.DESTRUCTIONS,
                lambda row: row.destruction,
                upkeep_columns.destruction_order,
                upkeep_columns.destruction_tone,
            ),
            TableWords(name="destructions", title=self.tr("Destruction"), empty=self.tr("Nothing is due for destruction.")),
            TWO_LINES_PX,
        )
        self.destructions.table.on_select = lambda _key: self._show_chosen()
        self.holds: TablePanel[HoldRow] = TablePanel(
            theme,
            RowModel(upkeep_columns.HOLDS, lambda row: row.case, upkeep_columns.hold_order),
            TableWords(name="holds", title=self.tr("Legal holds"), empty=self.tr("No case is on hold.")),
        )
        self.holds.table.on_select = lambda _key: self._lift.setEnabled(self.holds.chosen() is not None)
        self.exports = ExportsPanel(theme, submit)
        self._new = button(self.tr("Ask for destruction…"), "ask_destruction", self._on_new_clicked, kind="small")
        self._old = button(self.tr("Old positions…"), "old_positions", self._on_old_clicked, kind="small")
        self._place = button(self.tr("Place a hold…"), "place_hold", self._on_place_clicked, kind="small")
        self._lift = button(self.tr("Lift the hold…"), "lift_hold", self._on_lift_clicked, kind="small")
        self._plan = button(self.tr("Dry run"), "plan_destruction", self._on_plan_clicked)
        self._certificate = button(self.tr("Show certificate…"), "certificate", self._on_certificate_clicked)
        self._approve = button(self.tr("Destroy for good…"), "approve_destruction", lambda: self._decide(approve=True), kind="danger")
        self._refuse = button(self.tr("Refuse…"), "refuse_destruction", lambda: self._decide(approve=False))
        self._details = column(spacing=6)
        self._found = column(spacing=6)
        self._why_not = label("", "soft", wrap=True)
        self._lay_out()
        self._show_chosen()

    def _lay_out(self) -> None:
        left = column()
        left.addWidget(self._gauges_row())
        left.addWidget(rule())
        left.addLayout(self._head(self.tr("Destruction"), self._old, self._new))
        left.addWidget(self.destructions, 3)
        left.addWidget(rule())
        left.addLayout(self._head(self.tr("Legal holds"), self._place, self._lift))
        left.addWidget(self.holds, 1)
        left.addWidget(rule())
        left.addWidget(self.exports, 2)
        inner = column(margins=(16, 12, 16, 8), spacing=10)
        inner.addLayout(self._details)
        inner.addLayout(self._found)
        inner.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(surface("panel", inner))
        right = column(margins=(0, 0, 0, 12), spacing=8)
        right.addWidget(scroll, 1)
        self._why_not.setContentsMargins(16, 0, 16, 0)
        right.addWidget(self._why_not)
        for acts in ((self._plan, self._certificate), (self._refuse,)):
            row = line(margins=(16, 0, 16, 0), spacing=8)
            for one in acts:
                row.addWidget(one, 1)
            right.addLayout(row)
        right.addSpacing(APART_PX)
        row = line(margins=(16, 0, 16, 0))
        row.addWidget(self._approve)
        right.addLayout(row)
        self._side = surface("panel", right)
        layout = line(spacing=1)
        layout.addWidget(surface("panel", left), 1)
        layout.addWidget(self._side)
        self.setMinimumWidth(NARROWEST_PX)
        self.setLayout(layout)

    def _gauges_row(self) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(1)
        grid.addWidget(label(self.tr("State of the log"), "title"), 0, 0, 1, 3)
        for at, parts in enumerate(self._gauges):
            for row, part in enumerate(parts):
                grid.addWidget(part, row + 1, at, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(at, 1)
        return surface("panel", grid)

    @staticmethod
    def _head(title: str, *buttons: QWidget) -> QHBoxLayout:
        head = line(margins=(14, 8, 8, 4))
        head.addWidget(label(title, "title"), 1)
        for one in buttons:
            head.addWidget(one)
        return head

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the details what they need, and the lists the rest."""
        super().resizeEvent(event)
        self._side.setFixedWidth(WIDE_SIDE_PX if event.size().width() >= WIDE_PX else NARROW_SIDE_PX)

    def show_room(self, row: RoomRow) -> None:
        """How well the log is kept."""
        self._room = row
        self._show_gauges()

    def show_session(self, row: SessionRow) -> None:
        """Who looks, and so what they may decide."""
        self._session = row
        self.exports.show_session(row)
        self._show_chosen()

    def show_destructions(self, put: Iterable[DestructionRow], gone: Iterable[str]) -> None:
        """Take what became due, was asked for, decided or done."""
        self.destructions.show_rows(put, gone)
        self._show_chosen()

    def show_holds(self, put: Iterable[HoldRow], gone: Iterable[str]) -> None:
        """Take holds that began, changed or ended."""
        self.holds.show_rows(put, gone)
        self._show_chosen()

    def show_now(self, now_us: int) -> None:
        """Let ages count."""
        self.destructions.show_now(now_us)
        self.exports.show_now(now_us)
        self._show_gauges()

    def _show_gauges(self) -> None:
        if self._room is None:
            return
        now_us = self._now_us()
        moments = (self._room.last_verified_us, self._room.last_checkpoint_us, self._room.last_outside_copy_us)
        for (figure, _name, note), at_us, limit_us in zip(self._gauges, moments, LATEST_US, strict=True):
            late = at_us is None or now_us - at_us > limit_us
            figure.setText(self.tr("never") if at_us is None else phrases.ago(formats.age_s(now_us, at_us)))
            restyle(figure, "look", "look" if late else "")
            wanted = self.tr("due every {span}").format(span=phrases.length(limit_us / 1e6))
            note.setText(wanted)
            figure.setToolTip("" if at_us is None else formats.both_zones(at_us))

    def _may(self) -> bool:
        return self._session is not None and self._session.role is Role.SUPERVISOR

    def _show_chosen(self) -> None:
        clear(self._details)
        clear(self._found)
        row, may = self.destructions.chosen(), self._may()
        for one in (self._place, self._lift, self._approve, self._refuse):
            one.setVisible(may)
        for one in (self._new, self._old):
            one.setVisible(may or (self._session is not None and self._session.role is Role.ADMINISTRATOR))
        self._lift.setEnabled(self.holds.chosen() is not None)
        open_ = row is not None and row.state in ("due", "waiting")
        self._plan.setEnabled(row is not None and open_)
        self._certificate.setEnabled(row is not None and row.state == "done")
        self._refuse.setEnabled(row is not None and open_ and not row.mine)
        self._approve.setEnabled(row is not None and open_ and not row.mine and not phrases_upkeep.is_held(row))
        why_not = self._obstacle(row)
        self._why_not.setText(why_not)
        self._why_not.setVisible(bool(why_not))
        if row is None:
            self._details.addWidget(label(self.tr("Choose a line to see what would be destroyed, and why."), "faint", wrap=True))
            return
        self._details.addWidget(label(f"{phrases_upkeep.about(row)} · {phrases_upkeep.state(row)}", "strong", wrap=True))
        for name, text in self._facts(row):
            if text:
                self._details.addLayout(_fact(name, text))

    def _obstacle(self, row: DestructionRow | None) -> str:
        if row is None or row.state not in ("due", "waiting"):
            return ""
        if phrases_upkeep.is_held(row) and row.held_until_us is not None:
            return self.tr("A legal hold until {day} keeps it from being destroyed.").format(day=formats.day(row.held_until_us))
        return self.tr("Your own request: another person decides it.") if row.mine else ""

    def _facts(self, row: DestructionRow) -> tuple[tuple[str, str], ...]:
        asked = "" if row.asked_by is None else row.asked_by + ("" if row.reason is None else f": {row.reason}")
        decided = "" if row.decided_by is None else row.decided_by + ("" if row.decision_reason is None else f": {row.decision_reason}")
        return (
            (self.tr("What"), self._extent(row)),
            (self.tr("Ground"), phrases_upkeep.ground(row)),
            (self.tr("Provision"), phrases_upkeep.provision(row.basis)),
            (self.tr("Due since"), formats.minute(row.due_us)),
            (self.tr("Asked for by"), asked or self.tr("due by law")),
            (self.tr("Decision"), decided),
            (self.tr("Destroyed"), "" if row.done_us is None else formats.minute(row.done_us)),
            (self.tr("SHA-256 of the certificate"), row.certificate or ""),
        )

    def _extent(self, row: DestructionRow) -> str:
        if row.old is None:
            return self.tr("what was delivered under {grant}").format(grant=row.grant) if row.grant else self.tr("whole case")
        held = self.tr("{held} of {cases} cases kept whole").format(held=row.old.n_held, cases=row.old.n_cases)
        if row.old.n_fixes is not None:
            return self.tr("{fixes} positions of {devices} devices; {held}").format(
                fixes=formats.count(row.old.n_fixes), devices=row.old.n_devices, held=held
            )
        return self.tr("positions of {devices} devices; {held}").format(devices=row.old.n_devices, held=held)

    def _decide(self, *, approve: bool) -> None:
        row = self.destructions.chosen()
        if row is None:
            return
        if approve and row.case is None:
            title = self.tr("Delete the old positions of {case} for good. It cannot be undone.")
        elif approve:
            title = self.tr("Destroy {case} for good: positions, recordings, exports and copies. It cannot be undone.")
        else:
            title = self.tr("Refuse the destruction of {case}")
        about = row.case or row.destruction
        reason = ask_reason(self, title.format(case=about), self.tr("Why? The reason stands on the certificate and in the log."))
        if reason is not None and row.case is None:
            self._submit(DecideDeletion(proposal=row.destruction, approve=approve, reason=reason))
        elif reason is not None:
            self._submit(DecideDestruction(destruction=row.destruction, approve=approve, reason=reason))

    def _on_new_clicked(self) -> None:
        dialog = DestructionQuestion(self.cases(), self)
        if dialog.exec():
            self._submit(dialog.command())

    def _on_old_clicked(self) -> None:
        dialog = RetentionQuestion(self._ask, self)
        if dialog.exec():
            self._submit(dialog.command())

    def _on_place_clicked(self) -> None:
        dialog = HoldQuestion(self.cases(), self._now_us(), self)
        row = self.destructions.chosen()
        if row is not None and row.case is not None:
            dialog.case.setEditText(row.case)
        if dialog.exec():
            self._submit(dialog.command())

    def _on_lift_clicked(self) -> None:
        row = self.holds.chosen()
        if row is None:
            return
        reason = ask_reason(
            self, self.tr("Lift the hold on {case}").format(case=row.case), self.tr("Why? What is due may then be destroyed.")
        )
        if reason is not None:
            self._submit(LiftHold(case=row.case, reason=reason))

    def _on_plan_clicked(self) -> None:
        row = self.destructions.chosen()
        if row is None:
            return

        def take(answer: object) -> None:
            chosen = self.destructions.chosen()
            if chosen is not None and chosen.destruction == row.destruction:
                self._show_plan(answer)

        plan = PlanRetention(proposal=row.destruction) if row.case is None else PlanDestruction(case=row.case)
        self._ask(plan, take)

    def _show_plan(self, answer: object) -> None:
        clear(self._found)
        if answer == ():
            self._found.addWidget(label(self.tr("There is no certificate yet."), "soft", wrap=True))
            return
        if not isinstance(answer, tuple):
            self._found.addWidget(label(refusal(str(answer), getattr(answer, "sentence", "")), "soft", look="look", wrap=True))
            return
        row = self.destructions.chosen()
        is_old = row is not None and row.case is None
        title = self.tr("Dry run: these positions would be deleted") if is_old else self.tr("Dry run: this would become unreadable")
        self._found.addWidget(label(title, "title", wrap=True))
        read = phrases_upkeep.retention_lines if is_old else phrases_upkeep.plan_lines
        for name, text in read(str(answer[0])):
            self._found.addLayout(_fact(name, text))

    def _on_certificate_clicked(self) -> None:
        row = self.destructions.chosen()
        if row is not None:
            self._ask(ReadCertificate(destruction=row.destruction), self._show_certificate)

    def _show_certificate(self, answer: object) -> None:
        if not isinstance(answer, tuple) or len(answer) < 2:
            self._show_plan(answer)
            return
        CertificateView((str(answer[0]), str(answer[1])), self.on_save, self).exec()


def _fact(name: str, text: str) -> QLayout:
    """What is said below the name of it: the side is too narrow for both in one line."""
    made = column(spacing=0)
    made.addWidget(label(name, "caption"))
    made.addWidget(label(text, wrap=True))
    return made
