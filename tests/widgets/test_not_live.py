"""Nothing old is ever shown as if it were live."""

from collections.abc import Callable
from dataclasses import replace

import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton
from test_replay import playhead

from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.commands import DispatchUnit, ReportDisplayed
from widgets import phrases_bridge
from widgets.not_live_overlay import BAND_PX, BAR_PX, VEIL_ALPHA
from widgets.theme import contrast, font_of, load_theme, mix

Open = Callable[..., DeskAtHand]


def test_a_lost_bridge_covers_the_whole_window_with_the_time_of_the_picture(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.window.overlay.show_lost(builders.NOW_US, "detail")
    assert desk.window.overlay.isVisible()
    assert desk.window.overlay.geometry() == desk.window.rect()
    assert "09:42:16" in desk.window.overlay.said
    desk.window.overlay.show_now(builders.NOW_US + 14 * builders.S)
    assert desk.window.overlay.words == "NOT LIVE for 0:14"
    desk.window.resize(1500, 900)
    assert desk.window.overlay.geometry() == desk.window.rect()
    desk.window.overlay.show_live()
    assert not desk.window.overlay.isVisible()


def struck(desk: DeskAtHand) -> list[str]:
    """What stands in the case panel struck out."""
    return [one.text() for one in desk.panels.case.findChildren(QLabel) if one.property("struck") == "yes" and one.isVisible()]


def test_ages_go_on_and_what_was_foretold_stands_struck_out_as_it_was(open_desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk()
    desk.fill()
    desk.view.choose_case(builders.case_id(142))
    desk.view.tick()
    alarms = desk.panels.alarms.model
    columns = {one.key: at for at, one in enumerate(alarms.columns)}
    row = alarms.position_of(builders.alarm(142).alarm)
    assert row is not None
    before = {key: alarms.cell_at(row, at).top for key, at in columns.items()}
    assert (before["age"], before["contact"]) == ("12 s", "2:10")
    desk.view.live = False
    desk.view.show_lost(builders.NOW_US)
    monkeypatch.setattr(desk.view.replay, "now_us", lambda: builders.NOW_US + 30 * builders.S)
    desk.view.tick()
    assert alarms.cell_at(row, columns["age"]).top == "42 s"
    contact, apart = alarms.cell_at(row, columns["contact"]), alarms.cell_at(row, columns["distance"])
    assert (contact.top, contact.struck) == ("2:10", True)
    assert (apart.top, apart.struck) == ("720 m", True)
    closing = replace(builders.alarm(143), contact_s=None, closing_mps=4.0)
    desk.take(closing)
    at = alarms.position_of(closing.alarm)
    assert at is not None
    assert alarms.cell_at(at, columns["contact"]).struck, "nobody knows how fast they still come together"
    assert struck(desk)[:3] == ["2:10", "720 m", "4.0"]
    assert struck(desk)[3].startswith("720\u00a0m apart")
    silent = next(at for at, row in enumerate(alarms.rows()) if row.row.kind is AlarmKind.SOS)
    assert not alarms.cell_at(silent, columns["contact"]).struck, "nothing was foretold"
    desk.view.live = True
    desk.view.show_lost(None)
    assert struck(desk) == []
    assert not alarms.cell_at(row, columns["contact"]).struck


def test_a_desk_whose_link_only_comes_up_counts_nothing(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.view.live = False
    before = desk.panels.alarms.model.now_us = 7
    desk.view.tick()
    assert desk.panels.alarms.model.now_us == before


def test_nothing_can_be_acknowledged_until_the_bridge_is_heard_again(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.view.choose_case(builders.case_id(142))
    button = desk.panels.case.findChild(QPushButton, "acknowledge")
    assert button is not None
    assert button.isEnabled()
    desk.view.live = False
    desk.view.show_lost(builders.NOW_US)
    assert not button.isEnabled()
    desk.take(builders.alarm(142, count=2))
    assert not button.isEnabled(), "also when the panel is shown anew"
    desk.view.show_lost(None)
    assert button.isEnabled()


def test_while_the_bridge_is_lost_the_keys_do_nothing_and_the_steps_do_not_ask_for_them(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    desk.panels.alarms.table.setFocus()
    asked = "Acknowledge with Space"
    assert any(asked in one.text() for one in desk.panels.case.steps.findChildren(QLabel))
    desk.commands.clear()
    desk.view.live = False
    desk.view.show_lost(builders.NOW_US)
    said = [one.text() for one in desk.panels.case.steps.findChildren(QLabel) if one.isVisibleTo(desk.panels.case.steps)]
    assert not any(asked in text or "when you acknowledge" in text for text in said), said
    assert any("until the bridge is heard again" in text for text in said)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_T, Qt.Key.Key_S):
        desk.press(key)
    desk.work()
    for key in (Qt.Key.Key_D, Qt.Key.Key_W):
        desk.press(key)
    assert QApplication.activePopupWidget() is None
    assert [one for one in desk.commands if not isinstance(one, ReportDisplayed)] == []
    desk.view.live = True
    desk.view.show_lost(None)
    desk.press(Qt.Key.Key_D)
    assert [type(one) for one in desk.commands if not isinstance(one, ReportDisplayed)] == [DispatchUnit]


def test_a_recording_whose_bridge_is_lost_counts_for_how_long(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.take(builders.room(replay=True, playhead=playhead()))
    desk.view.live = False
    desk.window.overlay.show_lost(builders.NOW_US - 14 * builders.S, "")
    desk.view.show_lost(builders.NOW_US - 14 * builders.S)
    assert desk.window.overlay.words == "NOT LIVE for 0:14"


@pytest.mark.parametrize("theme", ["night", "day"])
def test_old_lists_can_be_read_under_the_veil(theme: str) -> None:
    tokens = load_theme(theme)
    share = VEIL_ALPHA / 255
    ground = mix(tokens.panel, tokens.window, share)
    assert [name for name in ("text", "text_soft") if contrast(mix(getattr(tokens, name), tokens.window, share), ground) < 4.5] == []


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("width", [1366, 1920])
def test_the_clock_and_what_waits_stay_in_sight_and_the_next_desks_number_is_said(open_desk: Open, language: str, width: int) -> None:
    desk = open_desk(language, "night", (width, 768))
    desk.fill()
    desk.view.tick()
    overlay = desk.window.overlay
    overlay.show_lost(builders.NOW_US, phrases_bridge.lost("02-123-4567"))
    assert "02-123-4567" in overlay.said
    title, detail = overlay.places()
    top = desk.panels.top
    waiting, clocks = top.findChildren(QFrame, "unacknowledged_red"), [one for one in top.findChildren(QLabel) if one.text() == "09:42:16"]
    assert (len(waiting), len(clocks)) == (1, 1)
    for part in (*waiting, *clocks):
        place = QRect(part.mapTo(desk.window, QPoint(0, 0)), part.size())
        assert not place.intersects(title), part.objectName()
        assert not place.intersects(detail)


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
    said = phrases_bridge.lost("02-123-4567")
    overlay.show_lost(builders.NOW_US, said)
    desk.window.resize(width, 700)
    title, detail = overlay.places()
    assert QFontMetrics(font_of(desk.theme.headline_px, bold=True)).horizontalAdvance(overlay.words) <= title.width()
    metrics = QFontMetrics(font_of(desk.theme.body_px))
    needed = metrics.boundingRect(QRect(0, 0, detail.width(), 1000), int(Qt.TextFlag.TextWordWrap), overlay.said)
    assert (needed.width(), needed.height()) <= (detail.width(), detail.height())
    assert not title.intersects(detail)
    assert overlay.rect().contains(title.united(detail))
    if width >= 1366:
        assert detail.bottom() < BAR_PX, "the case and the lists below keep their headings"
