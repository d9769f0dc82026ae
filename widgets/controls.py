"""The small controls that all panels are made of, dressed by the style sheet through properties."""

import re
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

NO_BREAK: Final = "\u00a0"
PARTED: Final = re.compile(r"(?<=\d) (?=(?:km|m|s|min|h|d)(?![A-Za-z]))")
"""The space between a figure and its unit."""
FIELD_INDENT_PX: Final = 8
SpinBox = TypeVar("SpinBox", bound=QAbstractSpinBox)


class Lines(QLabel):
    """A text that takes as many lines as it needs, and never parts a figure from its unit."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setText(text)

    @override
    def setText(self, text: str) -> None:
        """Show these words."""
        super().setText(PARTED.sub(NO_BREAK, text))


class OneLine(QLabel):
    """A text on one line; where it does not fit it ends in an ellipsis, and the whole of it is read by pointing at it."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.whole = ""
        self.show_whole(text)

    def show_whole(self, text: str) -> None:
        """Show these words, or as many of them as fit."""
        self.whole = text
        self.setAccessibleName(text)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the words into the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self.whole, Qt.TextElideMode.ElideRight, self.contentsRect().width())
        self.setText(shown)
        self.setToolTip("" if shown == self.whole else self.whole)


def label(text: str = "", words: str = "", *, look: str = "", wrap: bool = False) -> QLabel:
    """A text; `words` and `look` choose its rule in the style sheet."""
    made = Lines(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if wrap:
        made.setMinimumWidth(40)
    if words:
        made.setProperty("words", words)
    if look:
        made.setProperty("look", look)
    return made


def key_chip(text: str) -> QLabel:
    """A key as it stands on the keyboard."""
    made = QLabel(text.replace("Return", "Enter"))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("chip", "key")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


class Chip(QFrame):
    """A symbol and a word on a ground of their own: `act`, `look` or `quiet`."""

    def __init__(self, name: str, kind: str, sign: QPixmap) -> None:
        super().__init__()
        self.setObjectName(name)
        self._kind = kind
        self._sign, self.words = QLabel(), label()
        self._sign.setPixmap(sign)
        row = line(margins=(10, 4, 10, 4), spacing=7)
        row.addWidget(self._sign)
        row.addWidget(self.words)
        self.setLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_count(self, n: int, some: str, none: str) -> None:
        """Coloured while there are any, quiet when there are none."""
        self._sign.setVisible(n > 0)
        self.words.setText(some if n else none)
        restyle(self, "chip", self._kind if n else "quiet")
        for part in (self._sign, self.words):
            part.style().unpolish(part)
            part.style().polish(part)


def button(text: str, name: str, pressed: Callable[[], None], *, kind: str = "") -> QPushButton:
    """A button called `name` that calls `pressed`; `kind` is `act`, `small`, `plain` or nothing."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    made.clicked.connect(pressed)
    return made


def indented(box: SpinBox) -> SpinBox:
    """The same box, its figure as far from the edge as the words of other fields: a style sheet's padding does not reach it."""
    box.lineEdit().setTextMargins(FIELD_INDENT_PX, 0, 0, 0)
    return box


def form_grid(lines: Iterable[tuple[str, QWidget]]) -> QGridLayout:
    """Fields below one another, each with its name before it, by which a screen reader knows it too."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(8)
    for at, (name, widget) in enumerate(lines):
        grid.addWidget(label(name, "soft"), at, 0)
        grid.addWidget(widget, at, 1)
        widget.setAccessibleName(name)
    return grid


def pairs(grid: QGridLayout, lines: Iterable[tuple[str, str]], first_row: int) -> None:
    """Add names and what is said of each below one another."""
    for at, (name, text) in enumerate(lines, first_row):
        grid.addWidget(label(name, "soft", wrap=True), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(text, wrap=True), at, 1, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(1, 1)


def rule() -> QFrame:
    """A thin line across."""
    made = QFrame()
    made.setProperty("rule", "line")
    return made


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at and let Qt look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def column(*, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 0) -> QVBoxLayout:
    """A layout from top to bottom."""
    layout = QVBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return layout


def line(*, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 8) -> QHBoxLayout:
    """A layout from left to right."""
    layout = QHBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return layout


def surface(kind: str, layout: QLayout) -> QWidget:
    """A widget with the ground `kind` (`panel`, `raised`, `bar`, `foot`) around a layout."""
    made = QWidget()
    made.setProperty("surface", kind)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made.setLayout(layout)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
