"""The comparison of screens notices what a person would, and nothing less."""

from collections.abc import Callable

import builders
from desk_at_hand import DeskAtHand
from drawn import png_of
from pytestqt.qtbot import QtBot
from screen_compare import MOST_CHANGED, share_of_change

Open = Callable[..., DeskAtHand]


def test_a_missing_part_is_noticed_and_another_second_on_the_clock_is_not(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk()
    desk.fill()
    qtbot.wait(50)
    whole = png_of(desk.window)
    desk.take(builders.alarm(142, place="home 720 m", distance_m=655.0, contact_s=118.0))
    qtbot.wait(50)
    assert share_of_change(desk.window, desk.panels.map, png_of(desk.window), whole) < MOST_CHANGED / 4
    desk.panels.case._scroll.hide()
    desk.panels.alarms.table.hide()
    qtbot.wait(50)
    assert share_of_change(desk.window, desk.panels.map, png_of(desk.window), whole) > MOST_CHANGED


def test_another_theme_is_another_picture(open_desk: Open, qtbot: QtBot) -> None:
    night, day = open_desk("en", "night"), open_desk("en", "day")
    for desk in (night, day):
        desk.fill()
    qtbot.wait(50)
    assert share_of_change(day.window, day.panels.map, png_of(day.window), png_of(night.window)) > 2 * MOST_CHANGED
