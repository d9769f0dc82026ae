"""A text of lines with their numbers: for files that people write, with the lines marked in which something is not right."""

from collections.abc import Collection

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget
from typing_extensions import override

from widgets.theme import Theme

PAD_PX = 10


class CodeEdit(QPlainTextEdit):
    """`mark(lines)` marks lines, counted from 1; `go_to(line)` puts the cursor into one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marked: frozenset[int] = frozenset()
        font = QFont(["Noto Sans Mono CJK KR", "NanumGothicCoding", "DejaVu Sans Mono", "monospace"])
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setPixelSize(13)
        self.setFont(font)
        self.setStyleSheet(f"QPlainTextEdit {{ font-family: 'DejaVu Sans Mono', monospace; font-size: 13px; background: {theme.window}; }}")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self._numbers = _Numbers(self)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._on_updated)
        self._make_room()

    def mark(self, lines: Collection[int]) -> None:
        """Mark these lines, and no others."""
        self._marked = frozenset(lines)
        found = []
        for line in sorted(self._marked):
            block = self.document().findBlockByNumber(line - 1)
            if block.isValid():
                ground = QTextCharFormat()
                ground.setBackground(QColor(self._theme.look_fill))
                ground.setProperty(QTextFormat.Property.FullWidthSelection, True)
                selection = QTextEdit.ExtraSelection()
                selection.format, selection.cursor = ground, QTextCursor(block)
                found.append(selection)
        self.setExtraSelections(found)
        self._numbers.update()

    def go_to(self, line: int) -> None:
        """Put the cursor at the beginning of a line and show it."""
        block = self.document().findBlockByNumber(line - 1)
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()
            self.setFocus()

    def numbers_px(self) -> int:
        """How wide the numbers are."""
        return self.fontMetrics().horizontalAdvance("9") * max(3, len(str(self.blockCount()))) + 2 * PAD_PX

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Draw the numbers of the lines that are seen."""
        theme = self._theme
        painter = QPainter(self._numbers)
        painter.fillRect(event.rect(), QColor(theme.panel))
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if place.top() > event.rect().bottom():
                break
            number = block.blockNumber() + 1
            painter.setPen(QColor(theme.look if number in self._marked else theme.text_faint))
            room = QRect(0, round(place.top()), self._numbers.width() - PAD_PX, self.fontMetrics().height())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight, str(number))
            block = block.next()
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the numbers at the left."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(inside.left(), inside.top(), self.numbers_px(), inside.height())

    @Slot()
    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_px(), 0, 0, 0)

    @Slot(QRect, int)
    def _on_updated(self, rect: QRect, moved_px: int) -> None:
        if moved_px:
            self._numbers.scroll(0, moved_px)
        else:
            self._numbers.update(0, rect.y(), self._numbers.width(), rect.height())


class _Numbers(QWidget):
    """The numbers beside the lines."""

    def __init__(self, edit: CodeEdit) -> None:
        super().__init__(edit)
        self._edit = edit

    @override
    def sizeHint(self) -> QSize:
        """As wide as the longest number."""
        return QSize(self._edit.numbers_px(), 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """The editor knows its lines."""
        self._edit.paint_numbers(event)
