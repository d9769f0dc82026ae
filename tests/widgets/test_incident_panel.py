"""Sending units: to the person, to known addresses within the error, to places of the map; several units, several places."""

from collections.abc import Callable
from dataclasses import replace

import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from backend_bridge.domain.commands import AddNote, CloseIncident, DispatchUnit
from backend_bridge.domain.identifiers import UnitId
from backend_bridge.domain.note import NoteAbout, Statement
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.queries import RankUnits
from backend_bridge.domain.spoken_place import SpokenPlace
from widgets.controls import OneLine
from widgets.drawing import Symbol, symbol_pixmap
from widgets.incident_parts import clocks_of, delivery_line, detail_of, script_of, timed_clocks, timeline_line, way_of
from widgets.note_dialog import NoteDialog
from widgets.note_kinds import NoteKinds
from widgets.phrases_bridge import failure
from widgets.reason_dialog import Choice, ReasonDialog

Open = Callable[..., DeskAtHand]


def sent(desk: DeskAtHand) -> list[tuple[str, str]]:
    return [(one.unit, one.label) for one in desk.commands if isinstance(one, DispatchUnit)]


def choices(desk: DeskAtHand) -> list[str]:
    to = desk.panels.incident.to
    return [to.itemText(at) for at in range(to.count())]


def test_addresses_within_the_error_come_first_then_places_of_the_map_then_the_rest(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk()
    desk.fill()
    desk.work()
    assert [text.split(" · ")[0] for text in choices(desk)] == ["To the person", "home V-0142", "work V-0142", "home F-0142"]
    qtbot.waitUntil(lambda: len(choices(desk)) > 6, timeout=30_000)
    named = choices(desk)[3:-1]
    assert named, "the bundled map names places about Sinchon"
    assert all("inside" in text for text in named)
    assert choices(desk)[-1].endswith("outside")


def test_two_units_go_to_two_places_by_keyboard(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.work()
    desk.press(Qt.Key.Key_D)
    desk.press(Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    to = desk.panels.incident.to
    QTest.keyClick(to.view(), Qt.Key.Key_Down)
    QTest.keyClick(to.view(), Qt.Key.Key_Down)
    QTest.keyClick(to.view(), Qt.Key.Key_Return)
    desk.panels.alarms.table.setFocus()
    desk.press(Qt.Key.Key_D)
    first, second = (label for _unit, label in sent(desk))
    assert first.endswith("±11 m"), "to the protected person, by the nearest street or by her name"
    assert second == "work V-0142"
    ranked = [query.destination for query in desk.queries if isinstance(query, RankUnits)]
    assert LatLon(lat_deg=37.561, lon_deg=126.94) in ranked, "units are ranked by their way to the place that was chosen"


def test_an_sos_shows_every_source_with_its_error_and_who_else_is_near(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.work()
    shown = [one.text() for one in desk.panels.case.around.findChildren(QLabel)]
    assert any(text.startswith("GNSS · ±8") for text in shown), shown
    assert any(text.startswith("Cell · ±640\u00a0m") for text in shown)
    assert desk.panels.case.around.isVisible()
    assert any("S-0088" in text and "another case" in text for text in shown)


def test_what_was_chosen_for_one_incident_is_forgotten_with_it(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.work()
    desk.panels.incident.to.activated.emit(2)
    assert desk.panels.incident.to.place() is not None
    desk.panels.incident.show_incident(None, None, None, 0)
    assert desk.panels.incident.to.place() is None


def test_whom_no_message_reached_stands_above_what_is_to_be_said(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk()
    desk.fill()
    desk.work()
    desk.window.raise_dock("incident")
    shown = desk.panels.incident.findChildren(QLabel)
    failed = next(one for one in shown if "failed" in one.text())
    said = next(one for one in shown if one.text().startswith("To say"))
    qtbot.waitUntil(lambda: 0 < failed.geometry().bottom() < said.geometry().top())


def test_a_note_says_about_whom_it_is_and_whether_it_was_seen_or_thought(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.work()

    def write() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NoteDialog)
        ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
        assert not ok.isEnabled()
        qtbot.keyClicks(dialog.text, "he waits for her")
        assert not ok.isEnabled(), "neither question has an answer yet"
        dialog.about.setCurrentIndex(list(NoteAbout).index(NoteAbout.WEARER))
        assert not ok.isEnabled()
        dialog.statement.setCurrentIndex(list(Statement).index(Statement.ASSESSMENT))
        qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, write)
    desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    (note,) = [one for one in desk.commands if isinstance(one, AddNote)]
    assert (note.text, note.about, note.statement) == ("he waits for her", NoteAbout.WEARER, Statement.ASSESSMENT)


def test_without_words_the_keyboard_goes_straight_to_the_end_and_with_words_past_what_they_are(qtbot: QtBot) -> None:
    dialog, kinds = ReasonDialog("112", "?", [Choice(code="told", text="told")], needs_text=False), NoteKinds()
    qtbot.addWidget(dialog)
    dialog.add(kinds)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    dialog.text.setFocus()
    qtbot.keyClick(dialog.text, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is ok
    dialog.text.setFocus()
    qtbot.keyClicks(dialog.text, "he waits")
    for box in (kinds.about_box, kinds.statement_box):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        assert dialog.focusWidget() is box
        assert not ok.isEnabled()
        qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert dialog.focusWidget() is ok
    assert (kinds.about(), kinds.statement()) == (next(iter(NoteAbout)), next(iter(Statement)))


def test_words_beside_a_closing_say_what_they_are(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.work()

    def close() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReasonDialog)
        kinds = dialog.findChild(NoteKinds)
        assert kinds is not None
        ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
        assert not kinds.isEnabled(), "nothing to ask about yet"
        qtbot.keyClicks(dialog.text, "a bus full of people")
        assert kinds.isEnabled()
        assert not ok.isEnabled(), "neither question has an answer yet"
        kinds.about_box.setCurrentIndex(list(NoteAbout).index(NoteAbout.OTHER))
        kinds.statement_box.setCurrentIndex(list(Statement).index(Statement.FACT))
        qtbot.mouseClick(ok, Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, close)
    desk.window.actions_by_name["close_incident"].trigger()
    (ended,) = [one for one in desk.commands if isinstance(one, CloseIncident)]
    assert (ended.note, ended.about, ended.statement) == ("a bus full of people", NoteAbout.OTHER, Statement.FACT)


def test_the_five_clocks_stand_side_by_side_with_what_they_took_in_all(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.work()
    desk.window.raise_dock("incident")

    def said() -> list[str]:
        return [one.text() for one in desk.panels.incident._clocks.findChildren(QLabel)]

    qtbot.waitUntil(lambda: said()[:3] == ["measured", "09:42:02", ""])
    texts = said()
    assert texts[3:6] == ["received", "09:42:03", "+1.75\u00a0s"]
    assert texts[-3:-1] == ["in all", "5.00\u00a0s"]
    unseen = replace(builders.incident().clocks, displayed_us=None, acknowledged_us=None)
    assert not any("agree" in text for text in texts)
    assert timed_clocks(unseen)[3:] == [("on screen", "–", ""), ("acknowledged", "–", ""), ("in all", "1.82\u00a0s", "")]


def test_a_clock_that_stands_before_the_one_it_followed_is_said_and_not_taken_for_no_time_at_all(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.work()
    clocks = builders.incident().clocks
    ahead = replace(clocks, device_us=clocks.received_us + 3_500_000)
    assert timed_clocks(ahead)[1][2] == "−3.50\u00a0s"
    assert clocks_of(ahead)[-1] == ("", "− : the clocks of device, bridge and desk do not agree")
    desk.panels.incident._clocks.show_clocks(ahead)
    assert "do not agree" in desk.panels.incident._clocks.findChildren(QLabel)[-1].text()
    assert len(clocks_of(clocks)) == 6


def test_the_timeline_says_what_went_to_whom_and_what_was_opened(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.work()
    said = " | ".join(one.text() for one in desk.panels.incident.findChildren(QLabel))
    assert "Message sent out · App → V-0142" in said
    assert "Message sent out · notice → 112" in said
    assert "Incident opened · Approach · op-1" in said


def test_a_timeline_calls_alarms_as_the_list_does_in_both_languages(open_desk: Open) -> None:
    zone = (("alarm", "KR-SE-0142/exclusion-zone/Z1/1"), ("kind", "exclusion-zone"), ("place", "home"))
    strap = (("alarm", "KR-SE-0142/tamper/-/2"), ("kind", "tamper"), ("part", "subject"))
    line = builders.incident().timeline[3]
    open_desk("en")
    assert [detail_of(replace(line, detail=each)) for each in (zone, strap)] == ["Zone breach, home", "Strap tampered, Wearer"]
    open_desk("ko")
    assert [detail_of(replace(line, detail=each)) for each in (zone, strap)] == ["금지구역 침입, 집", "스트랩 훼손, 피부착자"]
    assert "KR-SE-0142/exclusion-zone/Z1/1" in timeline_line(replace(line, detail=zone)).toolTip(), "for the log"


def test_a_unit_that_was_sent_says_so_and_against_what_its_arrival_is_reckoned(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.work()
    units = desk.panels.incident.units.model
    sent_at, free_at = units.position_of("P-31"), units.position_of("P-07")
    assert sent_at is not None
    assert free_at is not None
    assert (units.cell_at(sent_at, 1).top, units.cell_at(sent_at, 1).bottom) == ("✓ P-31", "order accepted")
    assert units.cell_at(free_at, 1).top == "P-07"
    why = units.cell_at(free_at, 3)
    assert (why.top, why.bottom) == ("≈ 1:10 after", "3:20 vs. 2:10 · by road")
    way = [one.whole.replace("\u00a0", " ") for one in desk.panels.incident.orders.findChildren(OneLine)]
    assert way == [f"P-31 → {builders.incident().dispatches[0].label}", "order accepted · in 1:50"]


def test_a_unit_says_how_old_its_word_is_and_after_two_minutes_no_arrival_is_known(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.work()
    units, now_us = desk.panels.incident.units.model, builders.NOW_US

    def cells(unit: str) -> list[str]:
        at = units.position_of(unit)
        assert at is not None
        return [units.cell_at(at, 2).top, units.cell_at(at, 2).bottom.replace("\u00a0", " "), units.cell_at(at, 3).top]

    assert cells("P-07") == ["3:20", "3 s ago", "≈ 1:10 after"]
    desk.panels.incident.show_now(now_us + 117 * builders.S)
    assert cells("P-07") == ["3:20", "2 min ago", "≈ 1:10 after"]
    desk.panels.incident.show_now(now_us + 119 * builders.S)
    assert cells("P-07") == ["–", "2 min ago", "not heard"]
    assert units.cell_at(units.position_of("P-07") or 0, 0).hollow
    assert cells("P-44") == ["–", "2 min ago", "–"], "off duty"
    assert desk.panels.incident.orders.findChildren(OneLine)[-1].whole.replace("\u00a0", " ") == "order accepted · not heard for 2 min"


def test_a_unit_without_an_arrival_stands_behind_those_that_have_one_and_is_not_the_one_that_is_sent(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.work()
    silent = replace(builders.units()[1], eta_s=None, eta_basis=None, reported_us=builders.NOW_US - 600 * builders.S)
    near = replace(builders.units()[1], unit=UnitId("P-20"), callsign="P-20", eta_s=400.0)
    desk.panels.incident.show_ranked([*builders.units()[2:], silent, near, builders.units()[0]])
    assert [row.unit for row in desk.panels.incident.units.model.rows()] == ["P-31", "P-20", "P-12", "P-07", "P-44"]
    desk.press(Qt.Key.Key_D)
    assert [unit for unit, _place in sent(desk)] == ["P-20"]


def test_a_unit_that_reports_keeps_its_arrival_until_it_is_reckoned_anew(open_desk: Open) -> None:
    """Reports come each other second and are reckoned with each fifth: the time stood there for a moment and was gone."""
    desk = open_desk("en")
    desk.fill()
    desk.work()
    report = replace(builders.units()[1], eta_s=None, eta_basis=None, reported_us=builders.NOW_US)
    desk.panels.incident.show_ranked(builders.units())
    desk.take(report)
    (now,) = [row for row in desk.panels.incident.units.model.rows() if row.unit == report.unit]
    assert (now.eta_s, now.eta_basis, now.reported_us) == (200.0, "road", builders.NOW_US)
    desk.take(replace(report, state="off"))
    assert [row.eta_s for row in desk.panels.incident.units.model.rows() if row.unit == report.unit] == [None], "nobody drives off duty"
    desk.panels.incident.show_ranked([report])
    assert [row.eta_s for row in desk.panels.incident.units.model.rows() if row.unit == report.unit] == [None]


def test_a_unit_is_called_by_its_call_sign_in_its_order_as_in_the_list(open_desk: Open) -> None:
    open_desk("ko")
    order = replace(builders.incident().dispatches[0], unit=UnitId("P-12"), callsign="순찰 12")
    assert way_of(order).startswith("순찰 12 → ")


def test_the_place_of_an_order_is_said_in_the_language_of_whoever_reads_it(open_desk: Open) -> None:
    order = builders.incident().dispatches[0]
    position = replace(order, label="V-0142 위치 ±25 m", spoken=SpokenPlace(kind="position", name="V-0142", error_m=25.0))
    address = replace(order, label="집 V-0142", spoken=SpokenPlace(kind="home", name="V-0142"))
    open_desk("en")
    assert [way_of(each) for each in (position, address)] == ["P-31 → position of V-0142 ±25 m", "P-31 → home V-0142"]
    assert way_of(replace(position, spoken=None)) == "P-31 → V-0142 위치 ±25 m", "an order of before is read as it was sent"
    open_desk("ko")
    assert way_of(address) == "P-31 → 집 V-0142"


def test_an_incident_that_is_turned_to_shows_without_scrolling_who_was_told_and_what_is_to_be_said(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk("en", "night", (1920, 1080))
    desk.fill()
    desk.work()
    desk.window.raise_dock("incident")
    bars = [one.verticalScrollBar() for one in desk.panels.incident.findChildren(QAbstractScrollArea)]
    qtbot.waitUntil(lambda: all(bar.maximum() == 0 for bar in bars))


def test_a_notice_that_did_not_reach_112_is_red_and_says_to_telephone(open_desk: Open) -> None:
    """It is not the desk that has to be mended: somebody has to telephone."""
    open_desk("en")
    lost, seen = delivery_line(builders.incident().deliveries[2]), delivery_line(builders.incident().deliveries[0])
    assert lost.text().endswith("telephone 112")
    assert lost.property("look") == "act"
    assert "telephone" not in seen.text()


@pytest.mark.parametrize(
    ("language", "reasons"),
    [
        ("en", ["SMS is not set up", "notice is not set up", "no phone number is known for the recipient"]),
        ("ko", ["문자 발송이 설정되어 있지 않습니다", "통보 발송이 설정되어 있지 않습니다", "수신자의 전화번호가 없습니다"]),
    ],
)
def test_why_a_message_failed_is_said_in_words_that_people_use(open_desk: Open, language: str, reasons: list[str]) -> None:
    open_desk(language)
    said = [failure(each) for each in ("channel sms is not configured", "channel cap is not configured", "no-phone")]
    assert said == reasons
    assert not any(failure(code) == code for code in ("no-device", "device-not-heard", "no-answer"))


def test_a_unit_that_cannot_be_sent_is_cut_in_two_and_not_hollow(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    units = desk.panels.incident.units.model
    signs = {row.state: units.cell_at(at, 0) for at, row in enumerate(units.rows())}
    assert (signs["free"].symbol, signs["busy"].symbol) == (Symbol.SQUARE, Symbol.SLASHED)
    assert not any(sign.hollow for sign in signs.values())
    picture = symbol_pixmap(Symbol.SLASHED, "#0000ff", 20).toImage()
    assert picture.pixelColor(10, 10).alpha() == 0
    assert picture.pixelColor(5, 5).name() == picture.pixelColor(15, 15).name() == "#0000ff"


def test_the_police_are_told_first_that_a_protected_person_has_called_for_help(open_desk: Open) -> None:
    incident = builders.incident()
    (task,) = (one for one in incident.tasks if one.task == "notify-112")
    assert "called for help" not in script_of(incident, task)
    called = replace(incident.timeline[0], event="alarm", detail=(("kind", "sos"),))
    assert "called for help" in script_of(replace(incident, timeline=(called, *incident.timeline[1:])), task)
