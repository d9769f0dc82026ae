"""How a cell is painted: one or two lines, numbers to the right, shape and text and colour saying the same."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget
from typing_extensions import override

from widgets.drawing import Symbol, draw_symbol
from widgets.models.columns import Cell, Column, Tone
from widgets.models.row_model import RowModel
from widgets.theme import Look, Theme, font_of, mix

PADDING_PX = 5
EDGE_PX = 13
"""Words in the first column stand under the words above the table, clear of the bar at the left."""
CHOSEN_PX = 2
"""Lines above and below the chosen row."""
CHOSEN_SHARE = 0.06
"""How much of the colour of soft words lies in the ground of the chosen row; with more, red words on it could not be read."""
TRIANGLE_PX = 8
"""So much higher stands the symbol of a row with a triangle below it."""
TRIANGLE_GAP_PX = 2
BELOW_PX = 4
"""So much further in stands the symbol of a row that is one of several below their head."""
KEPT_BYTES = 12_000_000
"""Cells kept as they were painted take as much of a usual screen, and of a larger one twice what the list covers."""
BYTES_A_PIXEL = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How words stand in a column."""

    right: bool
    edge: bool
    shorten: Qt.TextElideMode


def ground_of(theme: Theme, tone: Tone, *, chosen: bool) -> str:
    """The ground of a row; a chosen one that is filled keeps its own, on which its words can be read, and is told by its edges."""
    if tone.fill is not None:
        return theme.fill(tone.fill)
    return mix(theme.panel, theme.text_soft, CHOSEN_SHARE) if chosen else theme.panel


class RowDelegate(QStyledItemDelegate):
    """Paints the cells of a row model; tells `painted(key)` for each row whose first cell has been drawn."""

    def __init__(self, theme: Theme, row_px: int, painted: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row_px = row_px
        self._painted = painted
        self._body = font_of(theme.body_px)
        self._bold = font_of(theme.body_px, bold=True)
        self._caption = font_of(theme.caption_px)
        self.lit = True
        """Which half of the flash it is; what does not flash is always lit."""
        self._kept: dict[tuple[object, ...], QPixmap] = {}
        self._kept_bytes = 0

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Every row is equally high."""
        return QSize(super().sizeHint(option, index).width(), self._row_px)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Paint a cell, or copy it from when it was last painted just so: most of a list stays as it is from one second to the next."""
        model = index.model()
        if not isinstance(model, RowModel):
            return
        row, column = index.row(), index.column()
        tone, cell = model.tone_at(row), model.cell_at(row, column)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        edge = self._edge_of(option.widget) if chosen else None
        if column == 0:
            self._painted(model.key_at(row))
        box, ratio = option.rect, painter.device().devicePixelRatioF()
        key = (column, cell, tone, edge, self.lit or not tone.flashing, box.width(), box.height(), ratio)
        kept = self._kept.pop(key, None)
        if kept is None:
            kept = self._picture(model.columns[column], column, cell, (tone, edge), box.size(), ratio)
            self._kept_bytes += _bytes_of(kept.size())
        self._kept[key] = kept  # last, for what was used longest ago is let go first
        self._let_go(max(KEPT_BYTES, 2 * _bytes_of(QSize(painter.device().width(), painter.device().height()) * ratio)))
        painter.drawPixmap(box.topLeft(), kept)

    @override
    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> bool:
        """Whoever points at a cell is told its words where they do not fit, and what its column says of it."""
        model = index.model()
        if event.type() is not QEvent.Type.ToolTip or not isinstance(model, RowModel):
            return super().helpEvent(event, view, option, index)
        cell, column = model.cell_at(index.row(), index.column()), model.columns[index.column()]
        room = self._inner(option.rect, edge=index.column() == 0 or column.apart).width()
        lines = ((cell.top, self._bold if cell.strong else self._body), (cell.bottom, self._caption))
        cut = [text for text, font in lines if QFontMetrics(font).horizontalAdvance(text) > room]
        tip = model.data(index, Qt.ItemDataRole.ToolTipRole)
        QToolTip.showText(event.globalPos(), "\n".join(str(part) for part in (*cut, tip) if part), view.viewport(), option.rect)
        return True

    def _inner(self, box: QRect, *, edge: bool) -> QRect:
        return box.adjusted(EDGE_PX if edge else PADDING_PX, 0, -PADDING_PX, -1)

    def _let_go(self, most: int) -> None:
        while self._kept_bytes > most and len(self._kept) > 1:
            self._kept_bytes -= _bytes_of(self._kept.pop(next(iter(self._kept))).size())

    def _picture(self, column: Column[Any], at: int, cell: Cell, looks: tuple[Tone, str | None], size: QSize, ratio: float) -> QPixmap:
        """Background, bar, then what stands in the cell."""
        tone, edge = looks
        made = QPixmap(size * ratio)
        made.setDevicePixelRatio(ratio)
        box, painter = QRect(QPoint(0, 0), size), QPainter(made)
        dark = at == 0 and tone.flashing and not self.lit
        self._paint_ground(painter, box, Tone() if dark else tone, edge)
        if at == 0 and not dark:
            self._paint_bar(painter, box, tone)
        if cell.symbol is not None:
            self._paint_symbol(painter, box, cell, tone)
        else:
            mode = Qt.TextElideMode.ElideMiddle if column.middle else Qt.TextElideMode.ElideRight
            self._paint_words(painter, box, cell, tone, Setting(right=column.right, edge=at == 0 or column.apart, shorten=mode))
        painter.end()
        return made

    def _edge_of(self, table: QWidget | None) -> str:
        """The lines about the chosen row: where the keyboard is they say so, for what a key does is meant for that row alone."""
        return self._theme.police if table is not None and table.hasFocus() else self._theme.text_faint

    def _paint_ground(self, painter: QPainter, box: QRect, tone: Tone, edge: str | None) -> None:
        theme = self._theme
        painter.fillRect(box, QColor(ground_of(theme, tone, chosen=edge is not None)))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(theme.line))
        if edge is not None:
            for top in (box.top(), box.bottom() - CHOSEN_PX):
                painter.fillRect(QRect(box.left(), top, box.width(), CHOSEN_PX), QColor(edge))

    def _paint_bar(self, painter: QPainter, box: QRect, tone: Tone) -> None:
        if tone.bar is not None:
            painter.fillRect(QRect(box.left(), box.top(), 4, box.height() - 1), QColor(self._theme.of(tone.bar)))

    def _paint_symbol(self, painter: QPainter, box: QRect, cell: Cell, tone: Tone) -> None:
        look = cell.look or Look.NORMAL
        size = 14.0
        place = QRectF(box.center().x() - size / 2 + 2, box.center().y() - size / 2, size, size)
        colour = self._theme.text_faint if tone.faint else self._theme.of(look)
        if cell.unfolded is not None:
            place.translate(0, -TRIANGLE_PX)
            below = place.translated(0, size + 2 * TRIANGLE_GAP_PX)
            sign = Symbol.UNFOLDED if cell.unfolded else Symbol.FOLDED
            draw_symbol(painter, below.adjusted(1, 1, -1, -1), sign, self._theme.text)
        if cell.below:
            painter.fillRect(QRect(box.left() + 9, box.top(), 2, box.height()), QColor(self._theme.text_faint))
            place.translate(BELOW_PX, 0)
        if cell.symbol is not None:
            draw_symbol(painter, place, cell.symbol, colour, hollow=cell.hollow)

    def _paint_words(self, painter: QPainter, box: QRect, cell: Cell, tone: Tone, setting: Setting) -> None:
        inner = self._inner(box, edge=setting.edge)
        font = QFont(self._bold if cell.strong else self._body)
        font.setStrikeOut(cell.struck)
        if not cell.bottom:
            self._line(painter, inner, font, self._colour(cell, tone), cell.top, setting)
            return
        half = inner.height() // 2
        upper = QRect(inner.left(), inner.top() + 2, inner.width(), half)
        lower = QRect(inner.left(), inner.top() + half, inner.width(), inner.height() - half - 3)
        self._line(painter, upper, font, self._colour(cell, tone), cell.top, setting)
        soft = self._theme.text_faint if tone.faint or cell.struck else self._theme.text_soft
        caption = QFont(self._caption)
        caption.setStrikeOut(cell.struck)
        self._line(painter, lower, caption, soft, cell.bottom, setting)

    def _line(self, painter: QPainter, box: QRect, font: QFont, colour: str, text: str, setting: Setting) -> None:
        side = Qt.AlignmentFlag.AlignRight if setting.right else Qt.AlignmentFlag.AlignLeft
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), QFontMetrics(font).elidedText(text, setting.shorten, box.width()))

    def _colour(self, cell: Cell, tone: Tone) -> str:
        if tone.faint or cell.struck:
            return self._theme.text_faint
        return self._theme.text if cell.look is None else self._theme.of(cell.look)


def _bytes_of(size: QSize) -> int:
    return size.width() * size.height() * BYTES_A_PIXEL
