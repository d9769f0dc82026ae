"""Orders in force without a position: silent cases, most dangerous first, orders whose device was never heard, and those without one."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from backend_bridge.application.rows import CaseRow, RoomRow
from widgets.models import device_columns
from widgets.models.row_model import RowModel
from widgets.table_panel import TablePanel, TableWords
from widgets.theme import Theme


class SilentPanel(TablePanel[CaseRow]):
    """Rows in by `show_cases`: it keeps those in force whose wearer nobody can see."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            RowModel(device_columns.SILENT, lambda row: row.case, device_columns.silent_order),
            TableWords(
                name="silent_panel",
                title=QCoreApplication.translate("SilentPanel", "Silent cases"),
                empty=QCoreApplication.translate("SilentPanel", "No silent cases."),
            ),
            parent=parent,
        )

    def show_room(self, row: RoomRow) -> None:
        """That everybody is heard is said only while anything is heard at all."""
        heard = row.gateways_up > 0 and row.fixes_per_s > 0 and not row.replay
        all_heard = QCoreApplication.translate("SilentPanel", "No silent case: every wearer under an order is reporting.")
        self.show_empty_words(all_heard if heard else QCoreApplication.translate("SilentPanel", "No silent cases."))

    def show_cases(self, put: Iterable[CaseRow], gone: Iterable[str]) -> None:
        """Take changed cases; those that are heard again leave the list."""
        silent, heard = [], list(gone)
        for row in put:
            if row.in_force and (not row.tracked or row.silent_since_us is not None or row.unfitted_since_us is not None):
                silent.append(row)
            else:
                heard.append(row.case)
        self.show_rows(silent, heard)
