"""A panel that is one table: rows in, a chosen key out."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from widgets.controls import column, label
from widgets.models.columns import Column, SortKey, Tone
from widgets.models.row_model import NO_TONE, RowModel
from widgets.row_table import RowTable
from widgets.theme import Theme

R = TypeVar("R")


class TablePanel(QWidget, Generic[R]):
    """One table with a sentence in its place while it is empty; `on_open(row)` gets the row that a person opened."""

    def __init__(
        self,
        theme: Theme,
        columns: Sequence[Column[R]],
        key_of: Callable[[R], str],
        order: Callable[[R], SortKey],
        *,
        name: str,
        title: str,
        empty: str,
        tone: Callable[[R], Tone] = lambda _row: NO_TONE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.on_open: Callable[[R], None] = lambda _row: None
        self.model: RowModel[R] = RowModel(columns, key_of, order, tone, self)
        self.table: RowTable[R] = RowTable(self.model, theme, theme.compact_px)
        self.table.setObjectName(f"{name}_table")
        self.table.setAccessibleName(title)
        self.table.on_open = self._on_table_open
        self._empty = label(empty, "faint", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = column()
        layout.addWidget(self._empty, 1)
        layout.addWidget(self.table, 1)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(layout)
        self._show_or_hide()

    def show_rows(self, put: Iterable[R], gone: Iterable[str]) -> None:
        """Take new, changed and gone rows."""
        self.model.show_changes(put, gone)
        self._show_or_hide()

    def show_now(self, now_us: int) -> None:
        """Let ages count."""
        self.table.show_now(now_us)

    def count(self) -> int:
        """How many rows there are."""
        return self.model.rowCount()

    def chosen(self) -> R | None:
        """The row that is chosen; None when none is."""
        key = self.table.chosen_key()
        return None if key is None else self.model.row_of(key)

    def _show_or_hide(self) -> None:
        some = self.model.rowCount() > 0
        self.table.setVisible(some)
        self._empty.setVisible(not some)

    def _on_table_open(self, key: str) -> None:
        row = self.model.row_of(key)
        if row is not None:
            self.on_open(row)
