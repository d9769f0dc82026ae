"""One table model for all tables: rows by key, in an order of its own, changed in place and never under the cursor."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from widgets import formats
from widgets.models.columns import Cell, Column, SortKey, Tone

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
NO_INDEX: Final = QModelIndex()
APART: Final = "\u2002"
"""A space so wide as words stand apart from figures before them."""
NO_TONE: Final = Tone()
GONE_TONE: Final = Tone(faint=True)


class RowModel(QAbstractTableModel, Generic[R]):
    """The rows of one table, sorted by `order` or by a column that a person chose; those with a head (`head_of`) stand below it.

    While a row is held (the cursor is on it), it and all rows above it stay where they are; what is new or has moved stands below,
    and what is gone stays as a faint row until the hold ends.
    """

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key_of: Callable[[R], str],
        order: Callable[[R], SortKey],
        tone: Callable[[R], Tone] = lambda _row: NO_TONE,
        parent: QObject | None = None,
        *,
        head_of: Callable[[R], str | None] = lambda _row: None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.now_us = 0
        self.lost_us: int | None = None
        """Since when the picture is not live; None while it is."""
        self.is_narrow = False
        """Whether what does not fit stands in fewer columns."""
        self.is_removing = False
        """Whether rows are going just now: what a view then calls the current row nobody has chosen."""
        self._key_of = key_of
        self._order = order
        self._tone = tone
        self._head_of = head_of
        self._rows: dict[str, R] = {}
        self._places: dict[str, SortKey] = {}
        """Where each row belongs in the table's own order, worked out once a change."""
        self._column_places: dict[int, dict[str, SortKey | float | str]] = {}
        """The same by each column that a person has sorted by, for the rows that have not changed since."""
        self._tones: dict[str, Tone] = {}
        self._heads: dict[str, str] = {}
        """Of rows that stand below another one, whatever they are sorted by: below which."""
        self._by_place: list[str] | None = None
        """All keys in the table's own order; None when a row has changed since."""
        self._shown: list[str] = []
        self._at: dict[str, int] = {}
        self._gone: set[str] = set()
        self._held: str | None = None
        self._sort: tuple[int, bool] | None = None

    @override
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The translated heading, aligned as its column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return APART * column.apart + QCoreApplication.translate("columns", column.title) if column.title else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The cell as words for screen readers and for whoever copies it; the delegate paints from `cell_at`."""
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            tip = self.columns[index.column()].tip
            return None if tip is None else tip(self._rows[self._shown[index.row()]])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            cell = self.cell_at(index.row(), index.column())
            return " · ".join(part for part in (cell.top, cell.bottom) if part)
        return None

    def cell_at(self, at: int, column: int) -> Cell:
        """What stands in a cell now."""
        row, of = self._rows[self._shown[at]], self.columns[column]
        made = of.narrow_cell if self.is_narrow and of.narrow_cell is not None else of.cell
        if self.lost_us is not None and of.foretells:
            cell = made(row, self.lost_us)
            return replace(cell, struck=cell.top != formats.NOTHING or any(sign.isdigit() for sign in cell.bottom))
        return made(row, self.now_us)

    def tone_at(self, at: int) -> Tone:
        """How a row looks now."""
        key = self._shown[at]
        return GONE_TONE if key in self._gone else self._tones[key]

    def key_at(self, at: int) -> str:
        """The key of the row shown at position `at`."""
        return self._shown[at]

    def position_of(self, key: str) -> int | None:
        """Where the row with `key` is shown; None when it is not."""
        return self._at.get(key)

    def row_of(self, key: str) -> R | None:
        """The row with `key`, if it is still there."""
        return None if key in self._gone else self._rows.get(key)

    def rows(self) -> tuple[R, ...]:
        """All rows that are still there, as shown."""
        return tuple(self._rows[key] for key in self._shown if key not in self._gone)

    def is_flashing(self) -> bool:
        """Whether anything waits for an acknowledgement."""
        return any(tone.flashing for tone in self._tones.values())

    def show_changes(self, put: Iterable[R], gone: Iterable[str]) -> None:
        """Take new and changed rows and drop those that are gone; the order is kept for what is held."""
        changed, added = self._take(put)
        self._drop([key for key in gone if key in self._rows])
        if added:
            first = len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(added) - 1)
            self._shown.extend(added)
            self._index()
            self.endInsertRows()
        self._arrange()
        self._tell_changed(changed)

    def show_now(self, now_us: int) -> None:
        """Let ages count; the view repaints what is visible."""
        self.now_us = now_us

    def hold(self, key: str | None) -> None:
        """Keep the row with `key` and all above it in place; None ends that and puts everything in order."""
        if key == self._held:
            return
        self._held = key if key in self._at else None
        if self._held is None:
            self._purge()
            self._arrange()

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; −1 returns to the table's own order."""
        self._sort = None if column < 0 else (column, order is Qt.SortOrder.DescendingOrder)
        self._held = None
        self._purge()
        self._arrange()

    def _take(self, put: Iterable[R]) -> tuple[list[str], list[str]]:
        changed, added = [], []
        for row in put:
            key = self._key_of(row)
            if key not in self._rows:
                added.append(key)
            elif self._rows[key] != row:
                changed.append(key)
            self._rows[key] = row
            self._places[key], self._tones[key] = self._order(row), self._tone(row)
            head = self._head_of(row)
            if head is not None:
                self._heads[key] = head
            elif self._heads:
                self._heads.pop(key, None)
            self._forget_places(key)
            self._gone.discard(key)
        return changed, added

    def _drop(self, keys: Sequence[str]) -> None:
        floor = -1 if self._held is None else self._at[self._held]
        for key in keys:
            if self._at.get(key, floor + 1) <= floor:
                self._gone.add(key)
        self._remove([key for key in keys if key not in self._gone])

    def _purge(self) -> None:
        gone, self._gone = self._gone, set()
        self._remove(list(gone))

    def _remove(self, keys: Sequence[str]) -> None:
        for first, past in _runs(sorted({self._at[key] for key in keys if key in self._at})):
            self.is_removing = True
            self.beginRemoveRows(QModelIndex(), first, past - 1)
            for key in self._shown[first:past]:
                del self._rows[key], self._places[key], self._tones[key]
                self._heads.pop(key, None)
                self._forget_places(key)
            del self._shown[first:past]
            self._index()
            self.endRemoveRows()
            self.is_removing = False

    def _arrange(self) -> None:
        floor = 0 if self._held is None else self._at[self._held] + 1
        wanted = self._shown[:floor] + self._ordered(self._shown[floor:])
        if wanted == self._shown:
            return
        self.layoutAboutToBeChanged.emit()
        before = self._shown
        self._shown = wanted
        self._index()
        moved = self.persistentIndexList()
        self.changePersistentIndexList(moved, [self.index(self._at[before[one.row()]], one.column()) for one in moved])
        self.layoutChanged.emit()

    def _ordered(self, keys: list[str]) -> list[str]:
        held = {self._heads[key] for key in keys if key in self._heads}.difference(keys) & self._rows.keys() if self._heads else set()
        some = [*keys, *held]  # a head that is held says where those below it belong: behind what is more urgent
        ordered = self._in_place() if len(some) == len(self._rows) else sorted(some, key=self._places.__getitem__)
        if self._sort is not None:
            column, descending = self._sort
            ordered.sort(key=self._places_by(column).__getitem__, reverse=descending)
        return [key for key in self._below_their_heads(ordered) if key not in held] if self._heads else ordered

    def _below_their_heads(self, ordered: list[str]) -> list[str]:
        """The same with every row below its head; last come those whose head is there no longer."""
        heads, below = self._heads, dict[str, list[str]]()
        top: list[str] = []
        for key in ordered:
            head = heads.get(key)
            if head is None:
                top.append(key)
            elif head in below:
                below[head].append(key)
            else:
                below[head] = [key]
        placed = [each for key in top for each in (key, *below.pop(key, ()))]
        return placed + [key for keys in below.values() for key in keys]

    def _places_by(self, column: int) -> dict[str, SortKey | float | str]:
        places, order = self._column_places.setdefault(column, {}), self.columns[column].order
        for key in self._rows.keys() - places.keys():
            place = order(self._rows[key])
            places[key] = place[0] if len(place) == 1 else place  # one figure compares faster than a tuple of one
        return places

    def _forget_places(self, key: str) -> None:
        self._by_place = None
        for places in self._column_places.values():
            places.pop(key, None)

    def _in_place(self) -> list[str]:
        if self._by_place is None:
            self._by_place = sorted(self._rows, key=self._places.__getitem__)
        return self._by_place.copy()

    def _tell_changed(self, keys: Sequence[str]) -> None:
        right = len(self.columns) - 1
        for first, past in _runs(sorted({self._at[key] for key in keys if key in self._at})):
            self.dataChanged.emit(self.index(first, 0), self.index(past - 1, right))

    def _index(self) -> None:
        self._at = {key: at for at, key in enumerate(self._shown)}


def _runs(positions: Sequence[int]) -> list[tuple[int, int]]:
    """Contiguous runs [first, past) of ascending `positions`, the last run first so that removing keeps the others valid."""
    runs: list[tuple[int, int]] = []
    for at in positions:
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs[::-1]
