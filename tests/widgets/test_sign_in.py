"""Behind the card of a locked desk nothing can be read and nothing done, whatever key is pressed."""

from collections.abc import Callable

import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import QPoint, Qt

from widgets.sign_in import SignIn

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
