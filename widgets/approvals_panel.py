"""The supervisor's inbox: who asks to see whom and why; what runs now; what was seen without asking."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from backend_bridge.application.access_rows import GrantRow, RequestRow
from backend_bridge.application.rows import RoomRow
from backend_bridge.domain.commands import Command, DecideRequest, EndGrant, ReviewBreakGlass
from widgets import formats, phrases, phrases_work
from widgets.area_sketch import AreaSketch
from widgets.controls import button, clear, column, label, line, rule, surface
from widgets.models import access_columns
from widgets.models.row_model import RowModel
from widgets.narrow_dialog import NarrowDialog
from widgets.order_ends_panel import OrderEndsPanel
from widgets.reason_dialog import Choice, ask_choice, ask_reason
from widgets.row_table import TWO_LINES_PX, RowTable
from widgets.small_map import TileSource
from widgets.table_panel import TablePanel, TableWords
from widgets.theme import Theme

WIDE_PX, WIDE_SIDE_PX, NARROW_SIDE_PX = 780, 340, 250


class ApprovalsPanel(QWidget):
    """Rows in by `show_requests`, `show_grants`, `show_room`; decisions out by `submit`. One's own request cannot be decided here."""

    def __init__(
        self,
        theme: Theme,
        submit: Callable[[Command], None],
        now_us: Callable[[], int],
        basemaps: tuple[TileSource, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Areas are drawn on `basemaps`."""
        super().__init__(parent)
        self.setObjectName("approvals_panel")
        self.on_open: Callable[[RequestRow], None] = lambda _row: None
        self._submit = submit
        self.requests: RowModel[RequestRow] = RowModel(
            access_columns.REQUESTS, lambda row: row.request, access_columns.request_order, access_columns.request_tone, self
        )
        self.inbox: RowTable[RequestRow] = RowTable(self.requests, theme, TWO_LINES_PX)
        self.inbox.setObjectName("inbox")
        self.inbox.setAccessibleName(self.tr("Requests"))
        self.inbox.on_select = self._on_inbox_select
        self.inbox.on_open = self._on_inbox_open
        self.grants: TablePanel[GrantRow] = TablePanel(
            theme,
            RowModel(access_columns.GRANTS, lambda row: row.grant, access_columns.grant_order, access_columns.grant_tone),
            TableWords(name="grants_panel", title=self.tr("Running access"), empty=self.tr("Nobody sees more than routine shows.")),
            TWO_LINES_PX,
        )
        self.grants.table.on_select = lambda _key: self._show_grant_acts()
        self.ends = OrderEndsPanel(theme, submit, now_us)
        self._approve = button(self.tr("Approve"), "approve", lambda: self._decide("approve"), kind="primary")
        self._narrow = button(self.tr("Narrow…"), "narrow", self._on_narrow_clicked)
        self._deny = button(self.tr("Deny"), "deny", lambda: self._decide("deny"))
        self._end = button(self.tr("End now"), "end_grant", self._on_end_clicked, kind="small")
        self._end.setToolTip(self.tr("End the access that is chosen; for access that still runs"))
        self._review = button(self.tr("Review…"), "review", self._on_review_clicked, kind="small")
        self._review.setToolTip(self.tr("Say whether the chosen use of break-glass was right; for uses that nobody has reviewed yet"))
        self._now_us = now_us
        self._details = column(spacing=6)
        self._sketch = AreaSketch(theme, basemaps)
        self._log = label("", "caption", wrap=True)
        self._title = label(self.tr("Requests"), "title")
        self._own = label(self.tr("Your own request: another person decides it."), "soft", wrap=True)
        self._own.setContentsMargins(16, 0, 16, 0)
        self._lay_out()
        self._show_details(None)
        self._show_grant_acts()

    def _lay_out(self) -> None:
        left = column()
        head = line(margins=(14, 10, 8, 6))
        head.addWidget(self._title)
        left.addLayout(head)
        left.addWidget(self.inbox, 3)
        left.addWidget(rule())
        head = line(margins=(14, 8, 8, 4))
        head.addWidget(label(self.tr("Running access and break-glass"), "title", wrap=True), 1)
        head.addWidget(self._review)
        head.addWidget(self._end)
        left.addLayout(head)
        left.addWidget(self.grants, 2)
        left.addWidget(rule())
        left.addWidget(self.ends, 2)
        left.addWidget(rule())
        self._log.setContentsMargins(14, 8, 8, 8)
        left.addWidget(self._log)
        inner = column(margins=(16, 12, 16, 4), spacing=10)
        inner.addLayout(self._details)
        inner.addWidget(self._sketch, 1)
        inner.addStretch(0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(surface("panel", inner))
        right = column(margins=(0, 0, 0, 12), spacing=8)
        right.addWidget(scroll, 1)
        right.addWidget(self._own)
        decide = line(margins=(16, 0, 16, 0), spacing=8)
        for one in (self._approve, self._narrow, self._deny):
            decide.addWidget(one, 1)
        right.addLayout(decide)
        self._side = surface("panel", right)
        row = line(spacing=1)
        row.addWidget(surface("panel", left), 1)
        row.addWidget(self._side)
        self.setLayout(row)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the details what they need, and the list the rest."""
        super().resizeEvent(event)
        self._side.setFixedWidth(WIDE_SIDE_PX if event.size().width() >= WIDE_PX else NARROW_SIDE_PX)

    def show_requests(self, put: Iterable[RequestRow], gone: Iterable[str]) -> None:
        """Take new and decided requests."""
        self.requests.show_changes(put, gone)
        waiting = sum(row.state == "waiting" and not row.mine for row in self.requests.rows())
        self._title.setText(self.tr("Requests · {n} to decide").format(n=waiting) if waiting else self.tr("Requests"))
        self._show_details(self.chosen())

    def show_grants(self, put: Iterable[GrantRow], gone: Iterable[str]) -> None:
        """Take access that began or ended."""
        self.grants.show_rows(put, gone)
        self._show_grant_acts()

    def show_room(self, row: RoomRow) -> None:
        """How well the log is kept."""

        def moment(at_us: int | None) -> str:
            return self.tr("never") if at_us is None else formats.clock(at_us)

        text = self.tr("Log: verified {verified} · checkpoint {checkpoint} · copy outside {copy}")
        self._log.setText(
            text.format(
                verified=moment(row.last_verified_us), checkpoint=moment(row.last_checkpoint_us), copy=moment(row.last_outside_copy_us)
            )
        )

    def show_now(self, now_us: int) -> None:
        """Let deadlines run."""
        self.inbox.show_now(now_us)
        self.grants.show_now(now_us)
        self.ends.show_now(now_us)
        self._show_grant_acts()

    def chosen(self) -> RequestRow | None:
        """The request that is chosen; None when none is."""
        key = self.inbox.chosen_key()
        return None if key is None else self.requests.row_of(key)

    def _show_grant_acts(self) -> None:
        row = self.grants.chosen()
        self._end.setEnabled(access_columns.can_end(row, self._now_us()))
        self._review.setEnabled(access_columns.can_review(row))

    def _show_details(self, row: RequestRow | None) -> None:
        clear(self._details)
        may = row is not None and row.state == "waiting" and not row.mine
        for one in (self._approve, self._narrow, self._deny):
            one.setEnabled(may)
        self._own.setVisible(row is not None and row.mine and row.state == "waiting")
        self._sketch.show_area(None if row is None else row.area)
        if row is None:
            self._details.addWidget(label(self.tr("Choose a request to see what would be seen."), "faint", wrap=True))
            return
        self._details.addWidget(label(f"{row.request} · {row.by} → {row.person}", "strong", wrap=True))
        for name, text in self._facts(row):
            if text:
                fact = column(spacing=0)
                fact.addWidget(label(name, "caption"))
                fact.addWidget(label(text, wrap=True))
                self._details.addLayout(fact)

    def _facts(self, row: RequestRow) -> tuple[tuple[str, str], ...]:
        period = f"{formats.minute(row.from_us)} – {formats.minute(row.to_us)}"
        needed = self.tr("{have} of {need}: {who}").format(
            have=len(row.approvals), need=row.n_approvals_needed, who=", ".join(row.approvals)
        )
        return (
            (self.tr("Case"), row.case),
            (self.tr("Purpose"), phrases.word(phrases.PURPOSES, row.purpose)),
            (self.tr("Reason"), row.reason),
            (self.tr("Would be seen"), access_columns.fields_text(row.fields)),
            (self.tr("Period"), period),
            (self.tr("Access runs for"), phrases.length(row.minutes * 60)),
            (self.tr("Legal paper"), row.paper or self.tr("none")),
            (self.tr("On behalf of"), row.on_behalf_of or ""),
            (self.tr("Approvals"), needed if row.n_approvals_needed > 1 else ""),
            (self.tr("Decision"), self._decision(row)),
        )

    def _decision(self, row: RequestRow) -> str:
        if row.state == "waiting":
            return ""
        return f"{phrases.word(phrases_work.REQUEST_STATES, row.state)}: {row.decision_reason or formats.NOTHING}"

    def _decide(self, decision: str) -> None:
        row = self.chosen()
        if row is None or row.mine:
            return
        title = self.tr("Approve this request") if decision == "approve" else self.tr("Deny this request")
        reason = ask_reason(self, title, self.tr("Why? The reason is kept with the request."))
        if reason is not None:
            self._submit(DecideRequest(request=row.request, decision=decision, reason=reason))

    def _on_narrow_clicked(self) -> None:
        row = self.chosen()
        if row is None or row.mine:
            return
        dialog = NarrowDialog(row, self)
        if dialog.exec():
            self._submit(dialog.command())

    def _on_end_clicked(self) -> None:
        row = self.grants.chosen()
        if row is None:
            return
        reason = ask_reason(self, self.tr("End this access now"), self.tr("Why? It ends within a second."))
        if reason is not None:
            self._submit(EndGrant(grant=row.grant, reason=reason))

    def _on_review_clicked(self) -> None:
        row = self.grants.chosen()
        if row is None or not access_columns.can_review(row):
            return
        choices = (Choice(code="yes", text=self.tr("It was justified")), Choice(code="no", text=self.tr("It was not justified")))
        answer = ask_choice(self, self.tr("Review a use of break-glass"), self.tr("Why?"), choices, needs_text=True)
        if answer is not None:
            self._submit(ReviewBreakGlass(grant=row.grant, justified=answer[0] == "yes", reason=answer[1]))

    def _on_inbox_open(self, key: str) -> None:
        row = self.requests.row_of(key)
        if row is not None:
            self.on_open(row)

    def _on_inbox_select(self, _key: str) -> None:
        self._show_details(self.chosen())
