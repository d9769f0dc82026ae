"""The table view that all lists share: fixed rows, columns that fit their words, nothing moving under the cursor."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget
from typing_extensions import override

from widgets.models.row_model import RowModel
from widgets.row_delegate import RowDelegate
from widgets.theme import Theme

R = TypeVar("R")
TWO_LINES_PX = 44
HOLD_MS = 6000
NARROW_PX = 600


def _ignore(_key: str) -> None:
    """Nobody listens."""


class RowTable(QTableView, Generic[R]):
    """Shows a row model; `on_select(key)` and `on_open(key)` say what a person chose.

    For six seconds after a person last moved the mouse over the list or a key in it, rows stay where they are.
    """

    def __init__(self, model: RowModel[R], theme: Theme, row_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.on_select: Callable[[str], None] = _ignore
        self.on_open: Callable[[str], None] = _ignore
        self.on_paint: Callable[[str], None] = _ignore
        self.on_unfold: Callable[[str], None] = _ignore
        """A person pressed on the triangle of a row that may stand for several."""
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None
        self._chosen: str | None = None
        self._on_triangle = False
        """Whether a button of the mouse is down that was pressed on a triangle."""
        self.painter_of_rows = RowDelegate(theme, row_px, self._on_painted, self)
        self._release = QTimer(self)
        self._release.setSingleShot(True)
        self._release.setInterval(HOLD_MS)
        self._release.timeout.connect(self._on_release_timeout)
        self._set_up(row_px)
        self.setModel(model)
        self.setItemDelegate(self.painter_of_rows)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        model.rowsInserted.connect(self._on_rows_changed)
        model.rowsRemoved.connect(self._on_rows_removed)
        model.layoutChanged.connect(self._on_rows_changed)
        self.activated.connect(self._on_activated)

    def _set_up(self, row_px: int) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setMinimumSectionSize(20)
        vertical.setDefaultSectionSize(row_px)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.sectionClicked.connect(self._on_header_clicked)

    def chosen_key(self) -> str | None:
        """The key of the row that is chosen; None when none is."""
        return self._chosen if self._chosen is not None and self.rows.row_of(self._chosen) is not None else None

    def choose(self, key: str) -> None:
        """Choose the row with `key` and scroll to it; nothing when it is not there."""
        at = self.rows.position_of(key)
        if at is None:
            return
        index = self.rows.index(at, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def show_now(self, now_us: int) -> None:
        """Let ages count in what is visible."""
        self.rows.show_now(now_us)
        self.viewport().update()

    def sort_as_given(self) -> None:
        """Return to the order that the table has by itself."""
        self._sorted_by = None
        self.rows.sort(-1)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hold the row under the cursor; what is pressed on a triangle is not drawn over rows, as that would choose them."""
        self._hold(event.position().toPoint())
        if not self._on_triangle:
            super().mouseMoveEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the row; a press on its triangle unfolds or folds it and chooses nothing."""
        key = self._triangle_at(event)
        self._on_triangle = key is not None
        if key is None:
            super().mousePressEvent(event)
        elif event.button() is Qt.MouseButton.LeftButton:
            self.on_unfold(key)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The end of a press, on whatever it was."""
        if not self._on_triangle:
            super().mouseReleaseEvent(event)
        self._on_triangle = False

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row; the second press on a triangle does nothing more than the first."""
        if self._triangle_at(event) is None:
            super().mouseDoubleClickEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        """The cursor has gone: everything may take its place."""
        self._on_release_timeout()
        super().leaveEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hold the chosen row while a person walks the list; keys of the desk's actions pass on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen is not None:
            self.on_open(self._chosen)
            return
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.rows.hold(self._chosen)
            self._release.start()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.viewport().width()
        narrow = self.rows.is_narrow = width < NARROW_PX
        shown = [(at, column) for at, column in enumerate(self.rows.columns) if not (narrow and column.wide_only)]
        for at, column in enumerate(self.rows.columns):
            self.setColumnHidden(at, narrow and column.wide_only)
        wanted = {at: column.narrow_px if narrow and column.narrow_px is not None else column.width_px for at, column in shown}
        fixed = sum(wanted.values())
        stretching = [at for at, column in shown if column.stretch]
        spare, shrink = max(0, width - fixed), min(1.0, width / max(1, fixed))
        for at, width_px in wanted.items():
            extra = spare // len(stretching) if at in stretching else 0
            self.setColumnWidth(at, int(width_px * shrink) + extra)

    def _triangle_at(self, event: QMouseEvent) -> str | None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or self.rows.cell_at(index.row(), index.column()).unfolded is None:
            return None
        return self.rows.key_at(index.row())

    def _hold(self, point: QPoint) -> None:
        index = self.indexAt(point)
        if index.isValid():
            self.rows.hold(self.rows.key_at(index.row()))
            self._release.start()

    def _on_painted(self, key: str) -> None:
        self.on_paint(key)

    @Slot()
    def _on_release_timeout(self) -> None:
        self._release.stop()
        self.rows.hold(None)

    @Slot()
    def _on_rows_changed(self) -> None:
        if self._chosen is not None and not self.selectionModel().hasSelection():
            self.choose(self._chosen)

    @Slot()
    def _on_rows_removed(self) -> None:
        # Qt goes on to the row beside, which is another person's: what a key does next was not meant for them.
        if self._chosen is not None and self.rows.row_of(self._chosen) is None:
            self.selectionModel().clear()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not current.isValid() or self.rows.is_removing:
            return
        key = self.rows.key_at(current.row())
        if key != self._chosen:
            self._chosen = key
            self.on_select(key)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.on_open(self.rows.key_at(index.row()))

    @Slot(int)
    def _on_header_clicked(self, column: int) -> None:
        if self._sorted_by is not None and self._sorted_by == (column, Qt.SortOrder.DescendingOrder):
            self.sort_as_given()
            return
        again = self._sorted_by is not None and self._sorted_by[0] == column
        order = Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder
        self._sorted_by = (column, order)
        self.rows.sort(column, order)
