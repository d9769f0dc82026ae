"""Ends of orders before their date: entered from the court's record by one person, confirmed here by another."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from backend_bridge.application.access_rows import OrderEndRow
from backend_bridge.application.rows import SessionRow
from backend_bridge.domain.commands import Command, DecideOrderEnd, ProposeOrderEnd
from backend_bridge.domain.retention import EndGround
from backend_bridge.domain.user import Role
from widgets import phrases_upkeep
from widgets.controls import button, column, label, line
from widgets.models import order_end_columns
from widgets.models.row_model import RowModel
from widgets.reason_dialog import ask_reason
from widgets.request_dialog import moment_edit
from widgets.row_table import TWO_LINES_PX
from widgets.table_panel import TablePanel, TableWords
from widgets.theme import Theme
from widgets.upkeep_dialogs import CaseQuestion


class OrderEndQuestion(CaseQuestion):
    """Enters that an order ends before its date."""

    def __init__(self, cases: Sequence[str], now_us: int, parent: QWidget | None = None) -> None:
        question = self.tr("As the court's record says. The order holds until another supervisor has confirmed it.")
        super().__init__(self.tr("End an order"), question, cases, parent)
        self.setObjectName("order_end_question")
        self.ground = QComboBox()
        for ground in EndGround:
            self.ground.addItem(phrases_upkeep.end_ground(ground), ground.value)
        self.at = moment_edit(now_us)
        self._put(self.tr("Ends at (KST)"), self.at)
        self._put(self.tr("Ground"), self.ground)
        self._put(self.tr("Reason"), self.reason)
        self._on_changed()

    def command(self) -> ProposeOrderEnd:
        """What is entered, as filled in."""
        at_us = self.at.dateTime().toMSecsSinceEpoch() * 1000
        return ProposeOrderEnd(case=self.case_id(), at_us=at_us, ground=EndGround(str(self.ground.currentData())), reason=self.words())


class OrderEndsPanel(QWidget):
    """Rows in by `show_rows`; what is entered and decided goes out by `submit`. One's own entry cannot be decided here."""

    def __init__(self, theme: Theme, submit: Callable[[Command], None], now_us: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("order_ends_panel")
        self._submit, self._now_us = submit, now_us
        self._session: SessionRow | None = None
        self.cases: Callable[[], tuple[str, ...]] = tuple
        """The cases to offer where one is asked for."""
        self.list: TablePanel[OrderEndRow] = TablePanel(
            theme,
            RowModel(
                order_end_columns.ORDER_ENDS, lambda row: row.case, order_end_columns.order_end_order, order_end_columns.order_end_tone
            ),
            TableWords(name="order_ends", title=self.tr("Ends of orders"), empty=self.tr("No order was ended before its date.")),
            TWO_LINES_PX,
        )
        self.list.table.on_select = lambda _key: self._show_chosen()
        self._new = button(self.tr("Enter…"), "end_order", self._on_new_clicked, kind="small")
        self._new.setToolTip(self.tr("Enter that an order ends before its date"))
        self._confirm = button(self.tr("Confirm…"), "confirm_order_end", lambda: self._decide(approve=True), kind="small")
        self._refuse = button(self.tr("Refuse…"), "refuse_order_end", lambda: self._decide(approve=False), kind="small")
        head = line(margins=(14, 8, 8, 4))
        head.addWidget(label(self.tr("Ends of orders"), "title", wrap=True), 1)
        for one in (self._new, self._confirm, self._refuse):
            head.addWidget(one)
        layout = column()
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        self.setLayout(layout)
        self._show_chosen()

    def show_rows(self, put: Iterable[OrderEndRow], gone: Iterable[str]) -> None:
        """Take what was entered or decided."""
        self.list.show_rows(put, gone)
        self._show_chosen()

    def show_session(self, row: SessionRow) -> None:
        """Who looks, and so what they may enter and decide."""
        self._session = row
        self._show_chosen()

    def show_now(self, now_us: int) -> None:
        """Let ages count."""
        self.list.show_now(now_us)

    def _show_chosen(self) -> None:
        role = None if self._session is None else self._session.role
        row = self.list.chosen()
        may = role is Role.SUPERVISOR
        self._new.setVisible(may or role is Role.ADMINISTRATOR)
        for one in (self._confirm, self._refuse):
            one.setVisible(may)
            one.setEnabled(row is not None and row.state == "waiting" and not row.mine)
        own = row is not None and row.state == "waiting" and row.mine
        self._confirm.setToolTip(self.tr("Your own entry: another person decides it.") if own else "")

    def _decide(self, *, approve: bool) -> None:
        row = self.list.chosen()
        if row is None or row.mine:
            return
        refused = self.tr("The order of {case} holds as before").format(case=row.case)
        title = phrases_upkeep.order_end_effect(row) if approve else refused
        reason = ask_reason(self, title, self.tr("What does the court's record say? It stands in the log."))
        if reason is not None:
            self._submit(DecideOrderEnd(case=row.case, at_us=row.at_us, ground=row.ground, approve=approve, reason=reason))

    def _on_new_clicked(self) -> None:
        dialog = OrderEndQuestion(self.cases(), self._now_us(), self)
        if dialog.exec():
            self._submit(dialog.command())
