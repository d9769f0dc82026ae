"""An incident on the smallest screen: three units at least, the newest orders, and a way to read whatever is cut."""

from collections.abc import Callable
from dataclasses import replace

import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.application.incident_rows import DispatchRow, IncidentRow
from backend_bridge.domain.identifiers import UnitId
from backend_bridge.domain.spoken_place import SpokenPlace
from widgets.controls import OneLine
from widgets.row_table import TWO_LINES_PX

Open = Callable[..., DeskAtHand]
SMALL = (1366, 768)
LONG = SpokenPlace(kind="near", name="서울특별시 서대문구 연세로5가길 27-14 (창천동)", error_m=25.0)


def order(at: int) -> DispatchRow:
    return replace(builders.incident().dispatches[0], unit=UnitId(f"P-{at}"), callsign=f"순찰 {at}", spoken=LONG)


def incident(orders: int) -> IncidentRow:
    row = builders.incident()
    clocks = replace(row.clocks, displayed_us=row.clocks.evaluated_us - 400_000)
    return replace(row, clocks=clocks, dispatches=tuple(order(at) for at in range(orders)))


def turn_to(open_desk: Open, language: str, theme: str, orders: int) -> DeskAtHand:
    desk = open_desk(language, theme, SMALL)
    desk.fill()
    desk.work()
    desk.take(incident(orders))
    desk.window.raise_dock("incident")
    return desk


def lies_within(inner: QWidget, outer: QWidget) -> bool:
    return inner.isVisible() and outer.rect().contains(inner.rect().translated(inner.mapTo(outer, QPoint(0, 0))))


@pytest.mark.parametrize(("language", "theme"), [("ko", "night"), ("en", "day")])
@pytest.mark.parametrize("orders", [0, 1, 2, 4])
def test_three_units_and_the_newest_orders_are_seen_whatever_else_is_said(
    open_desk: Open, qtbot: QtBot, language: str, theme: str, orders: int
) -> None:
    desk = turn_to(open_desk, language, theme, orders)
    panel = desk.panels.incident

    def clocks() -> list[QLabel]:
        return [one for one in panel._clocks.findChildren(QLabel) if lies_within(one, desk.window)]

    qtbot.waitUntil(lambda: len(clocks()) == 2 and panel.units.table.viewport().height() >= 3 * TWO_LINES_PX)
    assert panel.units.table.rowViewportPosition(2) + TWO_LINES_PX <= panel.units.table.viewport().height()
    assert all(one.height() >= one.heightForWidth(one.width()) for one in clocks()), "the clocks, and that they do not agree"
    shown = [one for one in panel.orders.findChildren(OneLine) if lies_within(one, panel.orders.viewport())]
    assert len(shown) == 2 * min(orders, 2), "two lines of each"
    assert not shown or shown[0].whole.startswith(f"순찰 {orders - 1} → "), "the newest is the first"
    assert all(one.toolTip() == one.whole for one in shown if one.text() != one.whole), "what is cut is read by pointing at it"
    assert all(lies_within(one, desk.window) for one in (panel.orders, panel.units, panel._recall) if one.isVisible())
    assert desk.window.height() == SMALL[1]


def test_an_order_that_is_not_among_the_newest_is_scrolled_to(open_desk: Open, qtbot: QtBot) -> None:
    desk = turn_to(open_desk, "en", "night", 4)
    orders = desk.panels.incident.orders
    qtbot.waitUntil(lambda: orders.verticalScrollBar().isVisible())
    orders.verticalScrollBar().setValue(orders.verticalScrollBar().maximum())
    first = orders.findChildren(OneLine)[-2]
    assert first.whole.startswith("순찰 0 → ")
    assert lies_within(first, orders.viewport())


def test_whoever_points_at_a_cell_reads_the_words_that_do_not_fit(open_desk: Open, qtbot: QtBot) -> None:
    desk = turn_to(open_desk, "en", "night", 0)
    long = replace(builders.units()[0], callsign="서대문경찰서 신촌지구대 순찰 31")
    desk.panels.incident.show_ranked([long, *builders.units()[1:]])
    table = desk.panels.incident.units.table
    qtbot.waitUntil(lambda: table.viewport().height() >= 3 * TWO_LINES_PX)

    def tip(row: int, column: int) -> str:
        spot = table.visualRect(table.model().index(row, column)).center()
        event = QHelpEvent(QEvent.Type.ToolTip, spot, table.viewport().mapToGlobal(spot))
        table.viewportEvent(event)
        return QToolTip.text()

    assert tip(0, 1).startswith("서대문경찰서 신촌지구대 순찰 31")
    assert "P-07" not in tip(1, 1), "a call sign that fits is not said again"
    assert tip(1, 2).count("KST") == 1, "what a column says of its cells is still said"
