"""Everything that a person can do has a name, a key that clashes with none, a place in the menu, and works by keyboard alone."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit

from backend_bridge.domain.commands import DispatchUnit, LocateNow, StartTestAlarm, TakeOver, WorkTask
from desktop.actions import ACTIONS, MENUS, words
from desktop.operations import key_groups
from widgets.command_palette import CommandPalette
from widgets.key_sheet import KeySheet

Open = Callable[..., DeskAtHand]


def test_no_two_actions_share_a_key() -> None:
    keys = Counter(QKeySequence(spec.keys).toString() for spec in ACTIONS if spec.keys)
    assert [key for key, n in keys.items() if n > 1] == []
    assert all(QKeySequence(spec.keys).toString() for spec in ACTIONS if spec.keys), "every key is one that Qt knows"


def test_every_action_has_a_name_of_its_own_and_a_place_in_the_menu() -> None:
    assert len({spec.name for spec in ACTIONS}) == len(ACTIONS)
    assert {spec.menu for spec in ACTIONS} == {name for name, _ in MENUS}


@pytest.mark.parametrize(
    ("key", "command"),
    [(Qt.Key.Key_T, TakeOver), (Qt.Key.Key_P, LocateNow), (Qt.Key.Key_D, DispatchUnit)],
)
def test_a_key_does_its_act(open_desk: Open, key: Qt.Key, command: type) -> None:
    desk = open_desk()
    desk.fill()
    desk.work()
    desk.press(key)
    assert [one for one in desk.commands if isinstance(one, command)]


def test_the_fastest_unit_that_is_not_on_its_way_yet_is_sent_to_the_protected_person(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.work()
    desk.press(Qt.Key.Key_D)
    sent = next(one for one in desk.commands if isinstance(one, DispatchUnit))
    assert [row.unit for row in builders.incident().dispatches] == ["P-31"]
    assert sent.unit == "P-07"
    assert abs(sent.destination.lat_deg - 37.5585) < 0.05


def test_the_test_alarm_is_started_by_its_key(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert StartTestAlarm() in desk.commands


def test_a_step_is_recorded_from_its_menu_by_keyboard(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.work()
    desk.press(Qt.Key.Key_W)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert [one for one in desk.commands if isinstance(one, WorkTask)] == [
        WorkTask(incident=builders.incident().incident, task="notify-112", outcome="acknowledged")
    ]


def test_enter_opens_the_alarm_with_its_incident(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.work()
    desk.press(Qt.Key.Key_Return)
    assert desk.panels.incident.isVisible()
    assert desk.window.docks["incident"].visibleRegion().isEmpty() is False


def test_pages_are_reached_by_function_keys(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    for key, page in ((Qt.Key.Key_F3, 1), (Qt.Key.Key_F4, 2), (Qt.Key.Key_F2, 0)):
        desk.press(key)
        assert desk.window.page() == page


def test_letters_typed_into_a_field_are_letters(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    field = QLineEdit(desk.window)
    field.show()
    field.setFocus()
    QTest.keyClicks(field, "stop")
    assert field.text() == "stop"
    assert not any(isinstance(one, TakeOver) for one in desk.commands)


def test_the_palette_finds_and_runs_an_action(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    palette = CommandPalette(list(desk.window.actions_by_name.values()), desk.window)
    palette.show()
    QTest.keyClicks(palette.text, "statistics")
    QTest.keyClick(palette.text, Qt.Key.Key_Return)
    assert desk.window.page() == 2


def test_the_palette_lists_every_action(open_desk: Open) -> None:
    desk = open_desk()
    palette = CommandPalette(list(desk.window.actions_by_name.values()), desk.window)
    assert palette.list.count() == len(ACTIONS)


def test_the_key_sheet_shows_every_key(open_desk: Open) -> None:
    sheet = KeySheet(key_groups())
    shown = {one.text() for one in sheet.findChildren(QLabel)}
    assert {spec.keys.replace("Return", "Enter") for spec in ACTIONS if spec.keys} <= shown, "one word for one key"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_key_sheet_fits_a_small_screen_and_its_words_begin_at_one_edge(open_desk: Open, language: str) -> None:
    open_desk(language)
    sheet = KeySheet(key_groups())
    sheet.show()
    assert sheet.height() <= 740
    assert sheet.width() <= 1366
    texts = {words(spec.text) for spec in ACTIONS if spec.keys} - {words(title) for _, title in MENUS}
    listed = [one for one in sheet.findChildren(QLabel) if one.text() in texts and one.parent() is not sheet]  # the head is the sheet's own
    edges = {one.mapTo(sheet, one.rect().topLeft()).x() for one in listed}
    assert len(edges) == 3, "one edge in each of the three columns"


def test_every_control_has_a_name_for_screen_readers(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    nameless = [
        one.objectName() or type(one).__name__
        for one in desk.window.findChildren(QAbstractButton)
        if one.isVisible() and not one.accessibleName() and not one.text() and not one.objectName().startswith("qt_")
    ]
    assert nameless == []


def test_tab_reaches_every_visible_button(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.work()
    unreachable = [
        one.objectName()
        for one in desk.window.findChildren(QAbstractButton)
        if one.isVisible()
        and one.isEnabled()
        and one.objectName()
        and not one.objectName().startswith("qt_")
        and not one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert unreachable == []


def test_the_page_of_keys_says_what_the_table_says() -> None:
    text = (Path(__file__).parents[2] / "docs" / "keys.md").read_text(encoding="utf-8")
    for spec in ACTIONS:
        assert f"| {f'`{spec.keys}`' if spec.keys else 'menu, `Ctrl+K`'} | {spec.text} |" in text
