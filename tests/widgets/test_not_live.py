"""Nothing old is ever shown as if it were live."""

from collections.abc import Callable

import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QFontMetrics

from widgets.not_live_overlay import BAND_PX, BAR_PX
from widgets.theme import font_of

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


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("width", [1024, 1366, 1920])
def test_both_sentences_are_whole_and_on_usual_screens_cover_the_bar_alone(open_desk: Open, language: str, width: int) -> None:
    desk = open_desk(language)
    overlay = desk.window.overlay
    sentence = "The bridge is not heard. Telephone 112 and the next desk; alarms go on there and escalate, this desk reconnects by itself."
    said = QCoreApplication.translate("Desk", sentence)
    overlay.show_lost(builders.NOW_US, said)
    overlay.resize(width, 700)
    title, detail = overlay.places()
    assert QFontMetrics(font_of(desk.theme.headline_px, bold=True)).horizontalAdvance(overlay.words) <= title.width()
    metrics = QFontMetrics(font_of(desk.theme.body_px))
    needed = metrics.boundingRect(QRect(0, 0, detail.width(), 1000), int(Qt.TextFlag.TextWordWrap), said)
    assert (needed.width(), needed.height()) <= (detail.width(), detail.height())
    assert not title.intersects(detail)
    assert overlay.rect().contains(title.united(detail))
    if width >= 1366:
        assert detail.bottom() < BAR_PX, "the case and the lists below keep their headings"
