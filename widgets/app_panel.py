"""What the protected person's app shows now, by which rule, who answers for it, and the supervisor's word on it."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtWidgets import QComboBox, QWidget

from backend_bridge.application.access_rows import DisclosureRow
from backend_bridge.application.rows import SessionRow
from backend_bridge.domain.commands import Command, DecideDisclosure
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.user import Role
from widgets.app_screen import AppScreen
from widgets.controls import button, column, label, line, restyle, surface
from widgets.phrases_disclosure import rule_state, steps_text
from widgets.reason_dialog import ask_reason
from widgets.theme import Theme

SOON_US: Final = 3600 * 1_000_000
WAITING: Final = frozenset({"waiting", "in-force-at-once"})
PREVIEW_GAP_PX: Final = 12


class AppPanel(QWidget):
    """Rows in by `show_rows`; `submit` takes the decision, `on_case` the case of the next rule that waits for one."""

    def __init__(self, theme: Theme, submit: Callable[[Command], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("app_panel")
        self.on_case: Callable[[CaseId], None] = lambda _case: None
        self._theme, self._submit = theme, submit
        self._rows: dict[str, DisclosureRow] = {}
        self._case: CaseId | None = None
        self._may = False
        self._now_us = 0
        self.people = QComboBox()
        self.people.setAccessibleName(self.tr("Protected person"))
        self.people.currentIndexChanged.connect(lambda _at: self._show())
        self._next = button("", "next_rule", self._on_next_clicked, kind="link")
        self._state, self._steps = label("", "strong", wrap=True), label("", "soft", wrap=True)
        self._apps, self._word = label("", "soft", wrap=True), label("", "caption", wrap=True)
        self.approve = button(self.tr("Approve this rule…"), "approve_rule", lambda: self._decide("approve"), kind="primary")
        self.revoke = button(self.tr("Revoke this rule…"), "revoke_rule", lambda: self._decide("revoke"))
        self.phone = AppScreen()
        self._note = label("", "caption", wrap=True)
        self._none = label(self.tr("No rule yet: it begins with the first app that is paired in this case."), "faint", wrap=True)
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        layout = column(margins=(16, 12, 16, 12), spacing=8)
        head = line(spacing=8)
        head.addWidget(label(self.tr("The protected person's app"), "title"), 1)
        head.addWidget(self._next)
        layout.addLayout(head)
        layout.addWidget(self._none)
        inner = column(spacing=6)
        for part in (self.people, self._state, self._steps, self._apps, self._word):
            inner.addWidget(part)
        buttons = line(spacing=8)
        buttons.addWidget(self.approve, 1)
        buttons.addWidget(self.revoke, 1)
        inner.addLayout(buttons)
        inner.addSpacing(PREVIEW_GAP_PX)
        inner.addWidget(label(self.tr("Preview of the phone: nothing in it can be pressed here"), "caption", wrap=True))
        inner.addWidget(self.phone, 1)
        inner.addWidget(self._note)
        self._rule = surface("panel", inner)
        inner.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._rule, 1)
        layout.addStretch()
        outer = column()
        outer.addWidget(surface("panel", layout))
        self.setMinimumWidth(320)
        self.setLayout(outer)

    def show_session(self, row: SessionRow) -> None:
        """Supervisors decide; others see."""
        self._may = row.role is Role.SUPERVISOR
        self._show()

    def show_rows(self, put: Iterable[DisclosureRow], gone: Iterable[str]) -> None:
        """Take new and changed rules, and what the apps show by them."""
        for key in gone:
            self._rows.pop(key, None)
        for row in put:
            self._rows[row.disclosure] = row
        self._list_people()

    def show_case(self, case: CaseId | None) -> None:
        """Show the app of this case's protected person."""
        if case != self._case:
            self._case = case
            self._list_people()

    def show_now(self, now_us: int) -> None:
        """Let deadline and age count."""
        self._now_us = now_us
        row = self.chosen()
        if row is not None and self.isVisible():
            self._show_state(row)
            self.phone.show_now(now_us)

    def chosen(self) -> DisclosureRow | None:
        """The rule that is shown."""
        return self._rows.get(str(self.people.currentData() or ""))

    def waiting(self) -> list[DisclosureRow]:
        """The rules that a supervisor has still to speak about, the nearest deadline first."""
        rows = (row for row in self._rows.values() if row.state in WAITING)
        return sorted(rows, key=lambda row: (row.review_due_us is None, row.review_due_us or 0, row.disclosure))

    def _list_people(self) -> None:
        rows = sorted((row for row in self._rows.values() if row.case == self._case), key=lambda row: row.about)
        names = [row.disclosure for row in rows]
        if names != [self.people.itemData(at) for at in range(self.people.count())]:
            self.people.clear()
            for row in rows:
                self.people.addItem(row.about, row.disclosure)
        self._show()

    def _show(self) -> None:
        row = self.chosen()
        self._rule.setVisible(row is not None)
        self._none.setVisible(row is None)
        self.people.setVisible(self.people.count() > 1)
        n = len(self.waiting())
        self._next.setVisible(self._may and n > 0)
        self._next.setText(self.tr("{n} to decide ›").format(n=n))
        if row is None:
            return
        self._show_state(row)
        self._steps.setText(steps_text(row))
        apps = self.tr("{n} paired").format(n=row.n_apps) if row.n_apps else self.tr("No app is paired: nobody is shown anything.")
        self._apps.setText(f"{row.about} · {apps}")
        said = " · ".join(part for part in (row.decided_by or "", row.reason) if part)
        self._word.setText(said)
        self._word.setVisible(bool(said))
        for made in (self.approve, self.revoke):
            made.setVisible(self._may)
        self.approve.setEnabled(row.state != "in-force")
        self.revoke.setEnabled(row.state != "revoked")
        hidden = row.masked and row.detail in ("coarse", "exact")
        note = self.tr("The app draws a circle on its map; where it is, your role does not show you now.")
        self._note.setText(note if hidden else self.tr("As the app shows it while it hears the bridge; without connection it says so."))
        self.phone.show_row(row, self._now_us)

    def _show_state(self, row: DisclosureRow) -> None:
        self._state.setText(rule_state(row, self._now_us))
        left_us = None if row.review_due_us is None else row.review_due_us - self._now_us
        urgent = row.state == "waiting" or (left_us is not None and left_us < SOON_US)
        restyle(self._state, "look", "look" if urgent else "")

    def _decide(self, decision: str) -> None:
        row = self.chosen()
        if row is None:
            return
        question = self.tr("Why? The reason is kept with the rule and in the log.")
        if decision == "approve":
            title = self.tr("Let the app of {person} show the wearer by this rule").format(person=row.about)
        else:
            title = self.tr("Show nothing more in the app of {person}; it stops within a second").format(person=row.about)
        reason = ask_reason(self, title, question)
        if reason is not None:
            self._submit(DecideDisclosure(case=row.case, person=row.about, decision=decision, reason=reason))

    def _on_next_clicked(self) -> None:
        rows = self.waiting()
        here = self.chosen()
        after = [row for row in rows if here is None or row.disclosure != here.disclosure] or rows
        if after:
            self.on_case(after[0].case)
            self.people.setCurrentIndex(max(0, self.people.findData(after[0].disclosure)))
