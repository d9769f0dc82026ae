"""The orders to police units in an incident, the newest first: who is sent where, and below it how far that is."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from backend_bridge.application.incident_rows import DispatchRow
from widgets.controls import OneLine, clear, column, surface
from widgets.incident_parts import order_state, way_of

ALWAYS_SEEN: Final = 2
"""So many orders are seen however low the panel is; the rest are scrolled to."""
BETWEEN_PX: Final = 4


class _Order(QWidget):
    """Two lines, each read in whole by pointing at it where it does not fit."""

    def __init__(self) -> None:
        super().__init__()
        self.way, self.state = OneLine(), OneLine()
        self.state.setProperty("words", "caption")
        lines = column()
        lines.addWidget(self.way)
        lines.addWidget(self.state)
        self.setLayout(lines)


class UnitOrders(QScrollArea):
    """As high as its orders where there is room, and never lower than the newest two."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unit_orders")
        self.setAccessibleName(self.tr("Units that were sent"))
        self._orders: list[_Order] = []
        self._lines = column(spacing=BETWEEN_PX)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(surface("panel", self._lines))

    def show_orders(self, rows: Sequence[DispatchRow], now_us: int) -> None:
        """The orders as they stand now."""
        if len(rows) != len(self._orders):
            self._make(len(rows))
        for order, row in zip(self._orders, reversed(rows), strict=True):
            order.way.show_whole(way_of(row))
            order.state.show_whole(order_state(row, now_us))

    @override
    def sizeHint(self) -> QSize:
        """Room for all of them."""
        return QSize(super().sizeHint().width(), self._height_of(len(self._orders)))

    @override
    def minimumSizeHint(self) -> QSize:
        """Room for the newest."""
        return QSize(super().minimumSizeHint().width(), self._height_of(min(ALWAYS_SEEN, len(self._orders))))

    def _make(self, n: int) -> None:
        clear(self._lines)
        self._orders = [_Order() for _ in range(n)]
        for order in self._orders:
            self._lines.addWidget(order)
        self._lines.addStretch()
        self.setVisible(n > 0)
        self.updateGeometry()

    def _height_of(self, n: int) -> int:
        return 0 if n == 0 else n * self._orders[0].sizeHint().height() + (n - 1) * BETWEEN_PX
