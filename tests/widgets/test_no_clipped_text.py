"""No word is cut off, in either language, on the big and on the small screen."""

from collections.abc import Callable
from functools import partial

import access_rows
import builders
import ledger_answers
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.domain.queries import ReadFigures
from backend_bridge.domain.user import Role
from widgets.models.row_model import RowModel
from widgets.theme import font_of

Open = Callable[..., DeskAtHand]
SIZES = [(1920, 1080), (1366, 768)]
HEADING_PADDING = 12
"""Of a section of a heading, left and right, by the style sheet."""


def cut_widgets(window: QWidget) -> list[str]:
    """Labels and buttons whose words need more room than they have."""
    cut = []
    for one in window.findChildren(QWidget):
        if not isinstance(one, QLabel | QPushButton) or not one.isVisible() or not one.text():
            continue
        if one.visibleRegion().isEmpty():
            continue
        metrics = one.fontMetrics()
        room = one.contentsRect()
        if isinstance(one, QLabel) and one.wordWrap():
            needed = metrics.boundingRect(QRect(0, 0, room.width(), 10_000), int(Qt.TextFlag.TextWordWrap), one.text()).height()
            if needed > room.height() + 2:
                cut.append(f"{one.text()!r} needs {needed} px of height, has {room.height()}")
        elif metrics.horizontalAdvance(one.text().partition("\n")[0]) > room.width() + 1:
            cut.append(f"{one.text()!r} needs {metrics.horizontalAdvance(one.text())} px, has {room.width()}")
    return cut


def fits(window: QWidget) -> None:
    """Nothing is cut, once the layout has settled."""
    assert cut_widgets(window) == []


def cut_headings(window: QWidget) -> list[str]:
    """Headings of tables that are wider than their columns."""
    cut = []
    for table in window.findChildren(QTableView):
        model = table.model()
        if not table.isVisible() or table.visibleRegion().isEmpty() or not isinstance(model, RowModel):
            continue
        metrics = QFontMetrics(font_of(12))
        for column in range(model.columnCount()):
            text = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            room = table.columnWidth(column) - HEADING_PADDING
            if not table.isColumnHidden(column) and metrics.horizontalAdvance(text) > room:
                cut.append(f"{text!r} needs {metrics.horizontalAdvance(text)} px, has {room}")
    return cut


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("page", [0, 1, 2, 3, 4])
def test_no_text_is_cut(open_desk: Open, qtbot: QtBot, language: str, size: tuple[int, int], page: int) -> None:
    desk = open_desk(language, "night", size)
    desk.fill()
    desk.work()
    desk.take(builders.session(Role.SUPERVISOR), *access_rows.destructions(), access_rows.hold(), access_rows.disclosure())
    desk.take(*access_rows.exports(), *access_rows.order_ends(), access_rows.old_positions())
    desk.panels.upkeep.destructions.table.choose("DES-35")
    desk.answers[ReadFigures] = ledger_answers.figures()
    desk.window.show_page(page)
    desk.window.arrange()
    qtbot.waitUntil(partial(fits, desk.window))
    assert desk.window.width() == size[0], "the window is as wide as the screen"
    assert desk.window.height() == size[1]
    assert cut_headings(desk.window) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_in_the_bar_at_the_top_is_cut_when_much_is_to_be_said_at_once(open_desk: Open, qtbot: QtBot, language: str) -> None:
    """At its start a desk may have no sound and its bridge be behind: «수신 48/» stood there, cut like all the rest."""
    desk = open_desk(language, "night", (1366, 768))
    desk.fill()
    top = desk.panels.top
    top.show_sound(works=False)
    top.show_room(builders.room(fixes_per_s=48.0, lag_s=3.0, unacknowledged_technical=12, unacknowledged_red=21, unacknowledged_amber=14))
    top.show_now(builders.NOW_US)
    qtbot.waitUntil(partial(fits, top))
    said = [one.text() for one in top.findChildren(QLabel) if one.isVisible()]
    assert any("21" in text for text in said)
    top.show_sound(works=True)
    top.show_room(builders.room(fixes_per_s=48.0, unacknowledged_technical=0))
    assert [one.text() for one in top.findChildren(QLabel) if one.isVisible() and "48/s" in one.text()], "it is back when there is room"


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("dock", ["incident", "silent"])
def test_no_heading_of_a_part_that_is_brought_to_the_front_is_cut(
    open_desk: Open, qtbot: QtBot, language: str, size: tuple[int, int], dock: str
) -> None:
    desk = open_desk(language, "night", size)
    desk.fill()
    desk.work()
    desk.window.arrange()
    desk.window.raise_dock(dock)
    table = desk.window.docks[dock].findChild(QTableView)
    qtbot.waitUntil(lambda: not table.visibleRegion().isEmpty())
    qtbot.waitUntil(lambda: cut_headings(desk.window) == [])


@pytest.mark.parametrize("language", ["ko", "en"])
def test_kinds_and_states_fit_their_columns_on_the_big_screen(open_desk: Open, language: str) -> None:
    desk = open_desk(language)
    desk.view.take_rows("alarms", builders.many_alarms(200), ())
    desk.view.tick()
    table, model = desk.panels.alarms.table, desk.panels.alarms.model
    bold, caption = QFontMetrics(font_of(14, bold=True)), QFontMetrics(font_of(12))
    cut = set()
    for at in range(model.rowCount()):
        for column in range(model.columnCount()):
            cell, room = model.cell_at(at, column), table.columnWidth(column) - 10
            if bold.horizontalAdvance(cell.top) > room and model.columns[column].key != "kind":
                cut.add(cell.top)
            if caption.horizontalAdvance(cell.bottom) > room:
                cut.add(cell.bottom)
    assert cut == set()


def test_a_case_id_as_offices_write_them_is_whole_on_the_small_screen_too(open_desk: Open) -> None:
    desk = open_desk("en", size=SIZES[1])
    desk.fill()
    desk.work()
    desk.window.raise_dock("incident")  # which asks for the most room
    table, model = desk.panels.alarms.table, desk.panels.alarms.model
    column = next(at for at, each in enumerate(model.columns) if each.key == "case")
    assert QFontMetrics(font_of(14)).horizontalAdvance("KR-DJ-2026-0001") <= table.columnWidth(column) - 10
