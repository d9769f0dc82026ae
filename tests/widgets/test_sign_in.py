"""Behind the card of a locked desk nothing can be read and nothing done, whatever key is pressed."""

from collections.abc import Callable

import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.operations import key_groups
from desktop.room_view import red_waiting
from widgets.key_sheet import KeySheet
from widgets.sign_in import SignIn
from widgets.theme import contrast

Open = Callable[..., DeskAtHand]


def locked(open_desk: Open) -> tuple[DeskAtHand, SignIn]:
    desk = open_desk("en")
    desk.fill()
    card = SignIn(desk.theme, lambda *_: None, lambda _: None, desk.window)
    card.on_cover = desk.window.show_covered
    card.ask_again("op-1", "")
    return desk, card


def covers(desk: DeskAtHand, card: SignIn) -> bool:
    """True where a person sees the card wherever they look in the window."""
    window = desk.window
    places = [QPoint(window.width() * x // 16, window.height() * y // 9) for x in range(1, 16) for y in range(1, 9)]
    seen = [window.childAt(place) for place in places]
    return all(one is card or (one is not None and card.isAncestorOf(one)) for one in seen)


def test_no_part_that_comes_to_the_front_uncovers_a_locked_desk(open_desk: Open) -> None:
    desk, card = locked(open_desk)
    for name in ("incident", "chart", "case", "gateways"):
        desk.window.raise_dock(name)
        assert covers(desk, card), name


@pytest.mark.parametrize("name", ["go_incident", "palette", "search", "acknowledge", "silence", "dispatch"])
def test_no_key_of_the_room_works_behind_the_lock(open_desk: Open, name: str) -> None:
    desk, card = locked(open_desk)
    assert not desk.window.actions_by_name[name].isEnabled()
    desk.press(Qt.Key.Key_F7)
    assert covers(desk, card)
    assert desk.window.actions_by_name["log_out"].isEnabled(), "another person may log in"
    card.leave()
    assert desk.window.actions_by_name[name].isEnabled()


def test_windows_beside_the_desk_go_with_the_lock_and_come_back(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.window.docks["case"].setFloating(True)
    card = SignIn(desk.theme, lambda *_: None, lambda _: None, desk.window)
    card.on_cover = desk.window.show_covered
    card.ask_again("op-1", "")
    card.ask_again("op-1", "Name or password is wrong.")
    assert not desk.window.docks["case"].isVisible()
    card.leave()
    assert desk.window.docks["case"].isVisible()
    assert desk.window.docks["case"].isFloating()


def test_a_locked_desk_says_what_time_it_is_and_how_long_reds_wait_and_never_about_whom(open_desk: Open) -> None:
    desk, card = locked(open_desk)
    card.now_us = lambda: builders.NOW_US
    card.show_alarms(red_waiting(desk.view.board))
    said = {one.text().replace("\u00a0", " ") for one in card.findChildren(QLabel)}
    assert {"09:42:16 KST", "2 red to acknowledge, 1 of them SOS; the oldest for 41 s"} <= said
    assert not any("0142" in text or "0088" in text for text in said)
    card.now_us = lambda: builders.NOW_US + 20 * builders.S
    card._on_tick()
    assert card._waiting.text().replace("\u00a0", " ").endswith("1 min 1 s"), "it counts on"
    card.show_alarms([row for row in red_waiting(desk.view.board) if row.case == builders.case_id(142)])
    assert card._waiting.text().replace("\u00a0", " ") == "1 red to acknowledge; the oldest for 32 s"


def test_somebody_else_may_log_in_at_a_locked_desk_and_at_no_other_card(open_desk: Open, qtbot: QtBot) -> None:
    _desk, card = locked(open_desk)
    asked: list[str] = []
    card.on_other = lambda: asked.append("other")
    button = card.findChild(QPushButton, "log_in_other")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == ["other"]
    card.ask_who("")
    assert button.isHidden()


@pytest.mark.parametrize("theme", ["night", "day"])
def test_what_is_to_be_typed_can_be_read_in_the_empty_field(open_desk: Open, theme: str) -> None:
    desk = open_desk("en", theme)
    card = SignIn(desk.theme, lambda *_: None, lambda _: None, desk.window)
    card.ask_who("")
    words = card.password.palette().color(QPalette.ColorRole.PlaceholderText)
    assert words.alpha() == 255
    assert contrast(words.name(), desk.theme.raised) >= 4.5


def test_the_sheet_of_keys_says_what_it_is_and_how_it_is_closed(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk("en")
    sheet = KeySheet(key_groups(), desk.window)
    sheet.setModal(True)
    sheet.show()
    said = [one.text() for one in sheet.findChildren(QLabel)]
    assert {"Keys", "Esc", "closes this sheet"} <= set(said)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
