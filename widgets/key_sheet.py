"""All keys on one sheet, group by group."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from widgets.controls import column, key_chip, label, line

N_COLUMNS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyGroup:
    """The keys of one menu: pairs of words and key."""

    title: str
    keys: tuple[tuple[str, str], ...]


def _level(lines: Sequence[int]) -> tuple[int, ...]:
    """In which column each of a few groups of so many lines stands, so that the longest column is as short as can be."""

    def tallest(columns: tuple[int, ...]) -> int:
        return max(sum(n for n, each in zip(lines, columns, strict=True) if each == at) for at in range(N_COLUMNS))

    return min(product(range(N_COLUMNS), repeat=len(lines)), key=tallest)


class KeySheet(QDialog):
    """Shows the groups in three columns under a title that says how it is closed."""

    def __init__(self, groups: Sequence[KeyGroup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key_sheet")
        self.setWindowTitle(self.tr("Keys"))
        self._key_px = max((key_chip(keys).sizeHint().width() for group in groups for _, keys in group.keys), default=0)
        columns = [column(spacing=14) for _ in range(N_COLUMNS)]
        for at, group in zip(_level([len(group.keys) + 2 for group in groups]), groups, strict=True):
            columns[at].addWidget(self._group(group))
        row = line(spacing=40)
        for one in columns:
            one.addStretch()
            row.addLayout(one)
        head = line(spacing=14)
        head.addWidget(label(self.tr("Keys"), "strong"))
        head.addStretch()
        head.addWidget(key_chip("Esc"))
        head.addWidget(label(self.tr("closes this sheet"), "soft"))
        layout = column(margins=(28, 14, 28, 16), spacing=12)
        layout.addLayout(head)
        layout.addLayout(row)
        self.setLayout(layout)

    def _group(self, group: KeyGroup) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, self._key_px)  # in every group the words begin at one edge
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(group.title, "title"), 0, 0, 1, 2)
        for at, (words, keys) in enumerate(group.keys):
            grid.addWidget(key_chip(keys), at + 1, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label(words), at + 1, 1)
        return made
