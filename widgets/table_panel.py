"""A panel that is one table: rows in, a chosen key out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from widgets.controls import column, label
from widgets.models.row_model import RowModel
from widgets.row_table import RowTable
from widgets.theme import Theme

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableWords:
    """What a table is called, by programs and by people, and what stands in its place while it is empty."""

    name: str
    title: str
    empty: str


class TablePanel(QWidget, Generic[R]):
    """One table with a sentence in its place while it is empty; `on_open(row)` gets the row that a person opened."""

    def __init__(
        self, theme: Theme, model: RowModel[R], words: TableWords, row_px: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(words.name)
        self.on_open: Callable[[R], None] = lambda _row: None
        self.model = model
        model.setParent(self)
        self.table: RowTable[R] = RowTable(model, theme, theme.compact_px if row_px is None else row_px)
        self.table.setObjectName(f"{words.name}_table")
        self.table.setAccessibleName(words.title)
        self.table.on_open = self._on_table_open
        self._empty = label(words.empty, "faint", wrap=True)
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

    def show_empty_words(self, words: str) -> None:
        """Say something else while the table is empty."""
        self._empty.setText(words)

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
