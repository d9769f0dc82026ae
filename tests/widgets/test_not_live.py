"""Nothing old is ever shown as if it were live."""

from collections.abc import Callable

import builders
from desk_at_hand import DeskAtHand

from widgets.not_live_overlay import BAND_PX

Open = Callable[..., DeskAtHand]


def test_a_lost_bridge_covers_the_whole_window_with_the_time_of_the_picture(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.window.overlay.show_lost(builders.NOW_US, "detail")
    assert desk.window.overlay.isVisible()
    assert desk.window.overlay.geometry() == desk.window.rect()
    assert "09:42:16" in desk.window.overlay.words
    desk.window.resize(1500, 900)
    assert desk.window.overlay.geometry() == desk.window.rect()
    desk.window.overlay.show_live()
    assert not desk.window.overlay.isVisible()


def test_ages_stand_still_while_the_picture_is_old(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.view.live = False
    before = desk.panels.alarms.model.now_us
    desk.view.tick()
    assert desk.panels.alarms.model.now_us == before


def test_the_overlay_darkens_what_is_old_and_lets_it_be_read(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    place = (100, desk.window.height() // 4)
    live = desk.window.grab().toImage().pixelColor(*place).lightness()
    desk.window.overlay.show_lost(builders.NOW_US, "")
    assert desk.window.grab().toImage().pixelColor(*place).lightness() <= live


def test_no_row_lies_under_the_words(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    for table in (desk.panels.alarms.table, desk.panels.silent.table):
        assert table.mapTo(desk.window, table.viewport().pos()).y() >= BAND_PX
