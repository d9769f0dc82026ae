"""The case of the chosen alarm: the answer to who, in how many seconds, who has been told, what next."""

from collections.abc import Callable
from dataclasses import replace

import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.application.rows import Trend
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.commands import WithdrawConsent
from backend_bridge.domain.queries import Reveal
from widgets import formats, phrases, phrases_because
from widgets.case_panel import CasePanel
from widgets.controls import label
from widgets.reason_dialog import ReasonDialog
from widgets.theme import load_theme

Open = Callable[..., DeskAtHand]


def words_of(panel: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in panel.findChildren(QLabel) if one.isVisible()).replace("\u00a0", " ")


def test_the_pair_is_said_in_one_sentence(open_desk: Open) -> None:
    open_desk("en")
    row = builders.pair(distance_m=1200.0, closing_mps=4.1, contact_s=290.0)
    assert phrases.pair_sentence(row).replace("\u00a0", " ") == "1.2 km apart, closing 4.1 m/s, red limit in 4 min 50 s."


def test_a_masked_pair_is_a_band_and_says_why(open_desk: Open) -> None:
    open_desk("en")
    row = builders.pair(distance_m=None, distance_error_m=None, band_m=(500.0, 1000.0), contact_s=None, trend=Trend.UNKNOWN)
    sentence = phrases.pair_sentence(row)
    assert sentence.startswith("500 m – 1.0 km apart")
    assert "grant" in sentence


def test_the_headline_answers_at_one_look(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.work()
    words = words_of(desk.panels.case)
    for needed in ("KR-SE-0142", "2:10", "720 m", "4.0", "Telephone 112", "0:48"):
        assert needed in words


def test_in_a_recording_nobody_is_asked_to_acknowledge(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    assert "Acknowledge with Space" in words_of(desk.panels.case)
    desk.panels.case.show_live(live=False)
    words = words_of(desk.panels.case)
    assert "Acknowledge" not in words
    assert "nobody had acknowledged it" in words
    assert "The police have not been told" not in words


def test_before_it_is_acknowledged_the_steps_stand_there_with_their_limits(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    shown = words_of(desk.panels.case.steps).split("\n")
    assert [text for text in shown if text[:1].isdigit()][:2] == ["1. Telephone 112", "2. Send a unit"]
    assert shown[shown.index("1. Telephone 112") + 1] == "within 1:00"
    assert not desk.panels.case.steps.findChildren(QPushButton), "nothing can be recorded yet"
    desk.panels.alarms.choose(builders.alarm(97).alarm)
    words = words_of(desk.panels.case.steps)
    assert "Acknowledge with Space" in words
    assert "within" not in words, "an amber alarm opens no incident"


def test_a_step_has_a_number_and_the_key_stands_at_the_first_open_one(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.work()
    steps = desk.panels.case.steps
    assert [one.text() for one in steps.findChildren(QLabel) if one.property("chip") == "key"] == ["W"]
    words = words_of(steps)
    assert words.index("1. Telephone 112") < words.index("W") < words.index("2. Call protected person")
    assert "Send a unit" in words
    assert "4. Send a unit" not in words, "what is done has no number"


def test_what_devices_have_is_counted_apart_from_what_people_do(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.take(builders.room(unacknowledged_amber=1, unacknowledged_technical=2))
    shown = [one.text() for one in desk.panels.top.findChildren(QLabel) if one.isVisible()]
    assert "1 to look at" in shown
    assert "2 technical" in shown


def test_timers_run_with_the_clock_of_the_bridge(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.work()
    desk.view.live = False
    desk.panels.case.show_now(builders.NOW_US + 30 * builders.S)
    words = words_of(desk.panels.case)
    assert "0:18" in words
    assert "1:40" in words


def test_names_and_numbers_come_only_when_asked_for_and_go_again(open_desk: Open, qtbot: QtBot) -> None:
    asked = []

    def ask(query: object, done: Callable[[object], None]) -> None:
        asked.append(query)
        done(("010-0000-0000",))

    open_desk("en")
    panel = CasePanel(load_theme("night"), lambda _: None, ask, lambda: None, lambda: None)
    qtbot.addWidget(panel)
    panel.show_case(builders.case(), builders.pair(), builders.alarm(142), None, builders.devices()[:2], builders.NOW_US)
    panel.resize(400, 1000)
    panel.show()
    assert "010-0000-0000" not in words_of(panel)
    button = panel.findChild(QPushButton, "reveal_phones_V-0142")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [Reveal(case=builders.case().case, person=builders.pair().about, field="phones")]
    assert "010-0000-0000" in words_of(panel)
    panel.show_case(builders.case(88), None, None, None, (), builders.NOW_US)
    panel.show_case(builders.case(), builders.pair(), None, None, (), builders.NOW_US)
    assert "010-0000-0000" not in words_of(panel), "another case was looked at meanwhile"


def test_the_figures_behind_an_alarm_have_names_and_units(open_desk: Open) -> None:
    open_desk("en")
    text = phrases_because.sentence(builders.alarm(142).because, 0.97).replace("\u00a0", " ")
    assert text == (
        "97% likely; positions used: 6. The wearer's position is known to 9 m, the protected person's to 11 m. "
        "If both go on like this they pass within 40 m of each other."
    )
    assert (
        phrases_because.sentence((("error_subject_m", 9.0), ("speed_mps", 4.0)))
        == "error of the wearer's position\u00a09\u00a0m, speed\u00a04.0\u00a0m/s."
    )


def test_what_is_missing_in_the_file_is_said(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    assert "Missing: work address" in words_of(desk.panels.case)


def test_an_order_whose_device_was_never_heard_stands_among_the_silent_with_a_running_clock(open_desk: Open) -> None:
    desk = open_desk("en")
    ordered_us = builders.NOW_US - (26 * 3600 + 600) * builders.S
    desk.take(builders.case(55, starts_us=ordered_us, unfitted_since_us=ordered_us))
    silent = desk.panels.silent
    silent.show_now(builders.NOW_US)
    column = next(at for at, one in enumerate(silent.model.columns) if one.key == "why")
    assert silent.model.cell_at(0, column).top.replace("\u00a0", " ") == "never heard, 26 h 10 min since the order"
    silent.show_now(builders.NOW_US + 3600 * builders.S)
    assert "27 h 10 min" in silent.model.cell_at(0, column).top.replace("\u00a0", " ")
    desk.take(builders.case(55, starts_us=ordered_us))
    assert silent.model.rowCount() == 0


def test_a_protected_persons_consent_is_shown_and_a_withdrawal_entered(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk("en")
    desk.fill()
    case = builders.case(142)
    people = tuple(
        replace(one, consent="given", consent_version="v3", consent_us=builders.NOW_US) if one.part == "protected" else one
        for one in case.people
    )
    desk.take(replace(case, people=people))
    desk.view.choose_case(case.case)
    protected = next(one.person for one in people if one.part == "protected")
    said = " ".join(one.text() for one in desk.panels.case.people.findChildren(QLabel))
    assert "agreed to being tracked: v3, 2026-11-23" in said

    def withdraw() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReasonDialog)
        dialog.choice.setCurrentIndex(1)
        qtbot.keyClicks(dialog.text, "wants to be left alone")
        qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, withdraw)
    link = desk.panels.case.people.findChild(QPushButton, f"consent_{protected}")
    assert link is not None
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert WithdrawConsent(case=case.case, person=protected, reason="wants to be left alone") in desk.commands


def test_who_has_been_told_and_whom_the_notice_did_not_reach_stands_with_the_steps(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    assert "The police have not been told" in words_of(desk.panels.case)
    desk.work()
    words = words_of(desk.panels.case)
    assert "Told: 112 notice failed · V-0142 App seen, SMS delivered" in words
    assert "Automatic notice failed · telephone" in words
    lost = builders.incident().deliveries[2]
    arrived = replace(lost, delivery="D-4", channel="sms", state="delivered")
    desk.take(builders.incident(deliveries=(lost, arrived)))
    assert "Automatic notice failed" not in words_of(desk.panels.case), "it came through on the other channel"
    desk.take(builders.incident(deliveries=()))
    assert "Nobody has been told yet." in words_of(desk.panels.case)


def test_only_danger_has_a_red_button(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.take(builders.alarm(9, kind=AlarmKind.SYSTEM, level=AlarmLevel.AMBER, priority=4, case=None, place=None, incident=None))
    kinds = []
    for number in (142, 9):
        desk.panels.alarms.choose(builders.alarm(number).alarm)
        button = desk.panels.case.findChild(QPushButton, "acknowledge")
        assert button is not None
        kinds.append(button.property("kind"))
    assert kinds == ["act", ""]


def test_everybody_is_said_to_be_heard_only_while_anything_is_heard(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.take(builders.room(n_silent=0))
    assert "No silent case: every wearer under an order is reporting." in [one.text() for one in desk.panels.silent.findChildren(QLabel)]
    for changed in ({"gateways_up": 0}, {"fixes_per_s": 0.0}, {"replay": True}):
        desk.take(builders.room(n_silent=0, **changed))
        assert "No silent cases." in [one.text() for one in desk.panels.silent.findChildren(QLabel)]


def test_no_red_to_acknowledge_is_not_no_red(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.take(builders.room(unacknowledged_red=0, unacknowledged_amber=0))
    shown = [one.text() for one in desk.panels.top.findChildren(QLabel) if one.isVisible()]
    assert "no red to acknowledge" in shown
    assert "no amber to acknowledge" in shown


def test_a_part_of_the_order_says_from_when_until_when_it_holds(open_desk: Open) -> None:
    desk = open_desk("en")
    row = builders.case()
    begin, end = builders.NOW_US - 3600 * builders.S, builders.NOW_US + 86_400 * builders.S
    ring = replace(row.rings[0], ends_us=end, in_force=False)
    zone = replace(row.zones[0], starts_us=end, in_force=False)
    place = replace(row.places[0], starts_us=begin, ends_us=end, in_force=False)
    desk.take(replace(row, rings=(ring,), zones=(zone,), places=(place,), court="Seoul Western District Court", extensions=1))
    desk.view.choose_case(row.case)
    words = words_of(desk.panels.case)
    assert f"until {formats.minute(end)} · not now" in words
    assert f"from {formats.minute(end)} · not now" in words
    assert f"home · V-0142 · {formats.minute(begin)} to {formats.minute(end)} · not now" in words
    assert "Seoul Western District Court · extended 1 ×" in words


@pytest.mark.parametrize(("language", "relative"), [("en", "Relative"), ("ko", "가족")])
def test_a_relative_of_whom_the_order_says_no_more_is_a_relative_in_the_language_of_the_desk(
    open_desk: Open, language: str, relative: str
) -> None:
    desk = open_desk(language)
    desk.fill()
    case = builders.case(142)
    people = tuple(replace(person, relation="family") if person.relation else person for person in case.people)
    desk.panels.case.show_case(replace(case, people=people), builders.pair(), None, None, (), builders.NOW_US)
    assert relative in words_of(desk.panels.case).splitlines()


def test_a_figure_and_its_unit_stand_in_one_line(open_desk: Open) -> None:
    open_desk("en")
    assert label("near Sinchon-ro ±25 m, 4.1 m/s, 5 men", wrap=True).text() == "near Sinchon-ro ±25\u00a0m, 4.1\u00a0m/s, 5 men"
    assert label("두 사람은 40 m까지 가까워집니다.", wrap=True).text() == "두 사람은 40\u00a0m까지 가까워집니다."
    assert phrases_because.sentence((("n_fixes", 6),)).endswith("\u00a06.")


def test_an_alarm_says_what_the_law_calls_it(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.take(builders.alarm(142, legal="VICTIM_PROX_RING:1000"))
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    assert "By law: within 1.0 km of the protected person" in words_of(desk.panels.case)


def test_beside_another_page_the_case_is_its_headline_and_nothing_is_louder_than_that_page(open_desk: Open) -> None:
    desk = open_desk("en", "night", (1920, 1080))
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    panel = desk.panels.case
    assert panel._acknowledge.property("kind") == "act"
    desk.window.show_page(1)
    desk.view.tick()
    assert panel.headline.isVisible()
    assert not panel.people.isVisible()
    assert panel._acknowledge.property("kind") == "danger"
    assert panel._acknowledge.isEnabled(), "it can still be acknowledged"
    desk.window.show_page(0)
    assert panel.people.isVisible()
    assert panel._acknowledge.property("kind") == "act"


def test_on_a_small_screen_nothing_of_what_waits_is_cut_in_the_top_bar(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk("en", "night", (1366, 768))
    desk.fill()
    desk.view.tick()
    top = desk.panels.top
    shown = [one for one in top.findChildren(QLabel) if one.isVisible() and one.text()]
    qtbot.waitUntil(lambda: [one.text() for one in shown if one.width() < one.sizeHint().width()] == [], timeout=5000)
    assert "2 to acknowledge" in [one.text() for one in shown]


def test_a_seat_that_the_bridge_numbered_by_itself_is_not_named(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.take(replace(builders.session(), seat="3e27c06e5996049e"))
    shown = [one.text() for one in desk.panels.top.findChildren(QLabel)] + [one.toolTip() for one in desk.panels.top.findChildren(QLabel)]
    assert "op-1 · Operator" in shown
    assert not [text for text in shown if "3e27" in text]


def test_the_top_bar_says_when_gateways_were_heard_who_sits_where_and_in_which_time(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.take(builders.room(gateways_up=3))
    top = desk.panels.top
    top.show_now(builders.NOW_US + 4 * builders.S)
    shown = {one.text(): one for one in top.findChildren(QLabel) if one.isVisible()}
    assert {"KST", "op-1 · Operator · Seat 1"} <= shown.keys()
    gateways = shown["Gateways 3/4 · 5 s"]
    assert gateways.property("look") == "technical"
    assert "gw-backup · 1 min 39 s ago" in gateways.toolTip().replace("\u00a0", " ")
    assert shown["Silent 3"].property("look") == "technical", "as in its own list"
    lock = top.findChild(QPushButton, "lock")
    assert lock is not None
    assert "Ctrl+Shift+L" in lock.toolTip()


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_how_many_numbers_there_are_is_no_number_to_ring(open_desk: Open, size: tuple[int, int]) -> None:
    desk = open_desk("en", "night", size)
    desk.fill()
    desk.view.choose_case(builders.case_id(142))
    people = desk.panels.case.people
    texts = {one.objectName(): one.text() for one in people.findChildren(QPushButton)}
    assert (texts["reveal_phones_S-0142"], texts["reveal_phones_V-0142"]) == ("1 phone", "2 phones")
    panel = desk.panels.case
    QApplication.processEvents()
    assert panel._inside.width() <= panel._scroll.viewport().width(), "and all of it is seen"
