"""Files with positions that were handed out: who has which, until when, and that they are destroyed."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from backend_bridge.application.access_rows import ExportRow
from backend_bridge.application.rows import SessionRow
from backend_bridge.domain.commands import Command
from backend_bridge.domain.user import Role
from widgets.controls import button, column, label, line, restyle
from widgets.export_dialog import ExportGoneDialog
from widgets.models import export_columns
from widgets.models.row_model import RowModel
from widgets.row_table import TWO_LINES_PX
from widgets.table_panel import TablePanel, TableWords
from widgets.theme import Theme


class ExportsPanel(QWidget):
    """Rows in by `show_rows`; that a file is destroyed goes out by `submit`."""

    def __init__(self, theme: Theme, submit: Callable[[Command], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exports_panel")
        self._submit = submit
        self._session: SessionRow | None = None
        self.list: TablePanel[ExportRow] = TablePanel(
            theme,
            RowModel(export_columns.EXPORTS, lambda row: row.export, export_columns.export_order, export_columns.export_tone),
            TableWords(name="exports", title=self.tr("Handed out"), empty=self.tr("No file with positions is out.")),
            TWO_LINES_PX,
        )
        self.list.table.on_select = lambda _key: self._show_chosen()
        self._overdue = label("", "soft")
        self._gone = button(self.tr("Confirm destruction…"), "confirm_export_gone", self._on_gone_clicked, kind="small")
        self._gone.setToolTip(self.tr("Confirm that the recipient has destroyed or returned the file"))
        head = line(margins=(14, 8, 8, 4), spacing=10)
        head.addWidget(label(self.tr("Handed out"), "title"))
        head.addWidget(self._overdue, 1)
        head.addWidget(self._gone)
        layout = column()
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        self.setLayout(layout)
        self._show_chosen()

    def show_rows(self, put: Iterable[ExportRow], gone: Iterable[str]) -> None:
        """Take what was handed out, came due or is destroyed."""
        self.list.show_rows(put, gone)
        rows = self.list.model.rows()
        n_out, n_due = sum(row.state != "destroyed" for row in rows), sum(row.state == "due" for row in rows)
        words = self.tr("{out} out, {due} of them overdue") if n_due else self.tr("{out} out")
        self._overdue.setText(words.format(out=n_out, due=n_due) if n_out else "")
        restyle(self._overdue, "look", "look" if n_due else "")
        self._show_chosen()

    def show_session(self, row: SessionRow) -> None:
        """Who looks, and so what they may confirm."""
        self._session = row
        self._show_chosen()

    def show_now(self, now_us: int) -> None:
        """Let the time that is left run."""
        self.list.show_now(now_us)

    def _show_chosen(self) -> None:
        row, session = self.list.chosen(), self._session
        mine = row is not None and session is not None and (row.user == session.user or session.role is Role.SUPERVISOR)
        self._gone.setEnabled(mine and row is not None and row.state != "destroyed")

    def _on_gone_clicked(self) -> None:
        row = self.list.chosen()
        if row is None:
            return
        dialog = ExportGoneDialog(self)
        dialog.export.setText(row.export)
        dialog.reason.setFocus()
        if dialog.exec():
            self._submit(dialog.command())
