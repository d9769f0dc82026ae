"""The tour of a first start: short, by keyboard, left at any moment, never over the alarm list, and only once by itself."""

from collections.abc import Callable
from pathlib import Path

import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import QPoint, QRect, QSettings, Qt
from PySide6.QtTest import QTest

from widgets.tour import Tour

Open = Callable[..., DeskAtHand]


def tours(desk: DeskAtHand) -> list[Tour]:
    return [one for one in desk.window.findChildren(Tour) if not one.isHidden()]


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768)])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_it_stands_over_the_map_alone_and_ends_after_a_few_steps(open_desk: Open, size: tuple[int, int], language: str) -> None:
    desk = open_desk(language, "night", size)
    desk.fill()
    desk.press(Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    lists = QRect(desk.panels.alarms.mapTo(desk.window, QPoint(0, 0)), desk.panels.alarms.size())
    for _ in range(5):
        (tour,) = tours(desk)
        card = QRect(tour.mapTo(desk.window, QPoint(0, 0)), tour.size())
        assert not card.intersects(lists)
        assert desk.window.rect().contains(card)
        assert tour.accessibleName()
        QTest.keyClick(tour, Qt.Key.Key_Right)
    assert tours(desk) == []


def test_escape_leaves_it_and_the_list_has_the_keyboard(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.press(Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(tours(desk)[0], Qt.Key.Key_Escape)
    assert tours(desk) == []
    assert desk.panels.alarms.table.hasFocus()


def test_alarms_are_worked_while_it_stands_there(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.press(Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    desk.panels.alarms.table.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert desk.commands
    assert tours(desk)


def test_it_comes_by_itself_once(open_desk: Open, tmp_path: Path) -> None:
    desk = open_desk()
    desk.window._layouts = QSettings(str(tmp_path / "desk.ini"), QSettings.Format.IniFormat)
    desk.window.tour_first_start()
    tours(desk)[0].leave()
    desk.window.tour_first_start()
    assert tours(desk) == []


def test_it_outlines_what_it_explains_stands_beside_it_and_goes_back(open_desk: Open) -> None:
    desk = open_desk("en", "night", (1920, 1080))
    desk.fill()
    desk.press(Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    (tour,) = tours(desk)
    window, middle = desk.window, desk.panels.map
    for name in ("alarms", "", "case", "chart"):
        card = QRect(tour.mapTo(window, QPoint(0, 0)), tour.size())
        centre = QRect(middle.mapTo(window, QPoint(0, 0)), middle.size()).center()
        assert not card.contains(centre), "whom the map shows in danger stands there"
        if name:
            dock = window.docks[name]
            assert tour.outlined() == QRect(dock.mapTo(window, QPoint(0, 0)), dock.size())
        assert tour._outline.geometry() == tour.outlined()
        QTest.keyClick(tour, Qt.Key.Key_Right)
    assert tour.outlined().isEmpty(), "the last card is about the whole desk"
    QTest.keyClick(tour, Qt.Key.Key_Left)
    assert tour.outlined() == QRect(window.docks["chart"].mapTo(window, QPoint(0, 0)), window.docks["chart"].size())
    outline = tour._outline
    tour.leave()
    assert outline.isHidden()
