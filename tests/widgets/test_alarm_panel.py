"""The alarm list under an operator's hands: real keys, real mouse."""

from collections.abc import Callable
from dataclasses import replace

import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from backend_bridge.application.rows import AlarmRow, AlarmState, SessionRow
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.commands import AcknowledgeAlarm, ReportDisplayed, ShelveAlarm, UnshelveAlarm
from backend_bridge.domain.identifiers import AlarmId
from backend_bridge.domain.user import Role
from widgets.alarm_panel import may_shelve
from widgets.hand_over_dialog import HandOverDialog
from widgets.reason_dialog import ReasonDialog
from widgets.row_table import RowTable

Open = Callable[..., DeskAtHand]


def answer(qtbot: QtBot, text: str) -> None:
    """Whatever dialog comes up next is filled in and confirmed."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReasonDialog)
        edit = dialog.findChild(QPlainTextEdit)
        assert edit is not None
        qtbot.keyClicks(edit, text)
        qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, fill)


@pytest.mark.parametrize(
    ("language", "entered", "first"),
    [
        ("en", "refusal:KR-SE-0142", "The wearer refuses the device"),
        ("ko", "refusal:KR-SE-0142", "피부착자가 부착을 거부함"),
        ("en", "victim-refused-device:KR-SE-0142/V-0002", "The protected person refuses the device"),
    ],
)
def test_what_was_entered_says_first_what_happened_and_belongs_to_its_case(
    open_desk: Open, language: str, entered: str, first: str
) -> None:
    desk = open_desk(language)
    desk.fill()
    code = (("code", entered), ("detail", "KR-SE-0142"))
    row = builders.alarm(9, kind=AlarmKind.SYSTEM, level=AlarmLevel.AMBER, priority=4, case=None, device=None, place=None, because=code)
    desk.take(row)
    model = desk.panels.alarms.model
    at = model.position_of(row.alarm)
    assert at is not None
    cells = {column.key: model.cell_at(at, number) for number, column in enumerate(model.columns)}
    assert cells["kind"].bottom.startswith(first)
    assert cells["case"].top == "KR-SE-0142"
    desk.panels.alarms.choose(row.alarm)
    assert desk.view.case == "KR-SE-0142"


def answered(row: AlarmRow, reason: str | None = None) -> AcknowledgeAlarm:
    """The command for an alarm as its row shows it: with the call that a person saw."""
    return AcknowledgeAlarm(alarm=row.alarm, reason=reason, call=row.called_us)


def test_space_acknowledges_one_alarm_and_only_that(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.panels.alarms.table.setFocus()
    desk.panels.alarms.choose(builders.alarm(88).alarm)
    desk.press(Qt.Key.Key_Space)
    assert [one for one in desk.commands if isinstance(one, AcknowledgeAlarm)] == [answered(builders.alarm(88))]


def test_space_on_a_button_presses_the_button_and_acknowledges_nothing(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    lock = desk.panels.top.findChild(type(desk.panels.top._lock), "lock")
    assert lock is not None
    lock.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert desk.shell == ["lock"]
    assert not any(isinstance(one, AcknowledgeAlarm) for one in desk.commands)


def test_an_acknowledged_alarm_is_not_acknowledged_again(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(51).alarm)
    desk.panels.alarms.acknowledge()
    assert not any(isinstance(one, AcknowledgeAlarm) for one in desk.commands)


def test_tamper_asks_for_a_reason(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk()
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(30).alarm)
    answer(qtbot, "checked by officer 7")
    desk.panels.alarms.acknowledge()
    assert answered(builders.alarm(30), reason="checked by officer 7") in desk.commands


def test_sos_red_and_tamper_cannot_be_put_aside(open_desk: Open) -> None:
    assert not may_shelve(builders.alarm(1, kind=AlarmKind.SOS, level=AlarmLevel.AMBER))
    assert not may_shelve(builders.alarm(1, level=AlarmLevel.RED))
    assert not may_shelve(builders.alarm(1, kind=AlarmKind.TAMPER, level=AlarmLevel.AMBER))
    assert may_shelve(builders.alarm(1, kind=AlarmKind.BATTERY, level=AlarmLevel.AMBER))


def test_s_puts_an_amber_alarm_aside_with_a_reason(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk()
    desk.fill()
    desk.panels.alarms.table.setFocus()
    desk.panels.alarms.choose(builders.alarm(97).alarm)
    answer(qtbot, "known building")
    desk.press(Qt.Key.Key_S)
    assert ShelveAlarm(alarm=builders.alarm(97).alarm, minutes=15, reason="known building") in desk.commands


def test_s_brings_a_shelved_alarm_back(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.panels.alarms.table.setFocus()
    desk.panels.alarms.choose(builders.alarm(64).alarm)
    desk.press(Qt.Key.Key_S)
    assert UnshelveAlarm(alarm=builders.alarm(64).alarm) in desk.commands


def test_what_was_painted_is_reported_once(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk()
    desk.fill()
    qtbot.waitUntil(lambda: any(isinstance(one, ReportDisplayed) for one in desk.commands))
    desk.panels.alarms.table.viewport().repaint()
    qtbot.wait(20)
    told = [alarm for one in desk.commands if isinstance(one, ReportDisplayed) for alarm in one.alarms]
    assert sorted(told) == sorted(row.alarm for row in builders.evening())


def n_reported(desk: DeskAtHand, row: AlarmRow) -> int:
    """How often the bridge was told that a row has been painted."""
    return sum(row.alarm in one.alarms for one in desk.commands if isinstance(one, ReportDisplayed))


def test_a_row_that_turns_red_is_reported_again_when_it_is_painted(open_desk: Open, qtbot: QtBot) -> None:
    """The clocks of an incident are of the step that was acknowledged, not of the amber that stood there before."""
    desk = open_desk()
    desk.fill()
    amber = next(row for row in builders.evening() if row.state is AlarmState.UNACKNOWLEDGED and row.level is AlarmLevel.AMBER)

    qtbot.waitUntil(lambda: n_reported(desk, amber) == 1)
    desk.panels.alarms.show_alarms((replace(amber, count=2),), ())
    desk.panels.alarms.table.viewport().repaint()
    qtbot.wait(20)
    assert n_reported(desk, amber) == 1, "nothing new was asked of anybody"
    red = replace(amber, level=AlarmLevel.RED, priority=1, called_us=amber.called_us + builders.S)
    desk.panels.alarms.show_alarms((red,), ())
    qtbot.waitUntil(lambda: n_reported(desk, amber) == 2)
    calls = [dict(zip(one.alarms, one.calls, strict=True)) for one in desk.commands if isinstance(one, ReportDisplayed)]
    assert [one[amber.alarm] for one in calls if amber.alarm in one] == [amber.called_us, red.called_us]


def test_what_turns_red_between_its_paint_and_the_report_is_reported_as_red_alone(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk()
    desk.fill()
    qtbot.waitUntil(lambda: n_reported(desk, builders.alarm(142)) == 1)
    amber = replace(builders.alarm(143), level=AlarmLevel.AMBER, priority=2)
    red = replace(amber, level=AlarmLevel.RED, priority=1, called_us=amber.called_us + builders.S)
    panel = desk.panels.alarms
    panel.show_alarms((amber,), ())
    panel.table.on_paint(amber.alarm)
    panel.show_alarms((red,), ())
    qtbot.waitUntil(lambda: n_reported(desk, red) > 0)
    (calls,) = [one.calls for one in desk.commands if isinstance(one, ReportDisplayed) and red.alarm in one.alarms]
    assert calls == (red.called_us,)


def test_a_row_that_comes_back_unacknowledged_is_reported_again_when_it_is_painted(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk()
    desk.fill()
    row = next(row for row in builders.evening() if row.state is AlarmState.UNACKNOWLEDGED and row.level is AlarmLevel.RED)

    qtbot.waitUntil(lambda: n_reported(desk, row) == 1)
    desk.panels.alarms.show_alarms((replace(row, state=AlarmState.RETURNED_UNACKNOWLEDGED),), ())
    desk.panels.alarms.show_alarms((replace(row, count=2, called_us=row.called_us + builders.S),), ())
    qtbot.waitUntil(lambda: n_reported(desk, row) == 2)


def test_only_what_nobody_has_acknowledged_flashes(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    model = desk.panels.alarms.model
    flashing = {model.key_at(at) for at in range(model.rowCount()) if model.tone_at(at).flashing}
    assert flashing == {row.alarm for row in builders.evening() if row.state is AlarmState.UNACKNOWLEDGED}


def test_a_row_under_the_mouse_stays_under_the_mouse(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    table = desk.panels.alarms.table
    place = QPoint(200, 44 * 3 + 10)
    QTest.mouseMove(table.viewport(), place + QPoint(5, 0))
    QTest.mouseMove(table.viewport(), place)
    before = table.rows.key_at(table.indexAt(place).row())
    desk.take(builders.alarm(7, contact_s=15.0))
    assert table.rows.key_at(table.indexAt(place).row()) == before


def test_the_chosen_alarm_stays_chosen_when_others_come(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(51).alarm)
    desk.take(builders.alarm(7, contact_s=15.0), builders.alarm(8, contact_s=10.0))
    chosen = desk.panels.alarms.chosen()
    assert chosen is not None
    assert chosen.alarm == builders.alarm(51).alarm
    assert desk.panels.alarms.table.currentIndex().row() == desk.panels.alarms.model.position_of(chosen.alarm)


def test_an_alarm_that_goes_while_it_is_chosen_leaves_nobody_chosen(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    desk.panels.alarms.table.setFocus()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    told = list[str]()
    desk.panels.alarms.table.on_select = told.append
    desk.view.take_rows("alarms", (), (builders.alarm(142).alarm,))  # closed at another seat
    desk.panels.alarms.table.rows.hold(None)
    assert desk.panels.alarms.table.chosen_key() is None
    desk.press(Qt.Key.Key_Space)
    assert told == []
    assert not any(isinstance(one, AcknowledgeAlarm) for one in desk.commands), "the next row is another person's"
    desk.press(Qt.Key.Key_Down)
    assert len(told) == 1, "a key chooses again"


def test_there_is_no_way_to_acknowledge_all() -> None:
    from desktop.actions import ACTIONS

    assert [spec.name for spec in ACTIONS if "acknowledge" in spec.name] == ["acknowledge"]


def test_a_shift_that_forgot_its_test_alarm_is_told(open_desk: Open) -> None:
    """A quarter of an hour after the shift began, until it was run; never in an exercise, nor to those who work no alarms."""
    desk = open_desk("en")
    panel = desk.panels.alarms
    said = desk.window.findChild(QLabel, "untested")
    assert said is not None
    began = builders.NOW_US

    def told(after_s: int, row: SessionRow) -> bool:
        panel.show_session(replace(row, shift_started_us=began))
        panel.show_now(began + after_s * builders.S)
        return not said.isHidden()

    forgot = replace(builders.session(), tested_us=None)
    assert [told(after_s, forgot) for after_s in (60, 899, 901, 7200)] == [False, False, True, True]
    assert not told(7200, replace(forgot, tested_us=began + 5000 * builders.S))
    assert not told(7200, replace(forgot, exercise=True))
    assert not told(7200, replace(forgot, role=Role.AUDITOR))


def test_a_shift_with_silent_cases_that_nobody_has_seen_cannot_be_handed_over(open_desk: Open) -> None:
    open_desk("en")
    dialog = HandOverDialog((), (), 2)
    dialog.to.setText("op-2")
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    assert any("2 silent cases" in one.text() for one in dialog.findChildren(QLabel))
    calm = HandOverDialog((), ())
    calm.to.setText("op-2")
    assert calm.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_distance_and_certainty_stand_in_the_list_on_a_small_screen_too(open_desk: Open, size: tuple[int, int]) -> None:
    desk = open_desk("en", "night", size)
    desk.fill()
    desk.panels.alarms.show_now(builders.NOW_US)
    table, model = desk.panels.alarms.table, desk.panels.alarms.model
    at = model.position_of(builders.alarm(142).alarm)
    assert at is not None
    shown = [column for column in range(model.columnCount()) if not table.isColumnHidden(column)]
    words = " · ".join(str(model.data(model.index(at, column))) for column in shown)
    assert "720 m" in words.replace("home 720 m", "")
    assert "97%" in words
    assert "2:10" in words
    assert "home 720 m" in words


def test_what_flashes_is_the_ground_and_never_turns_hollow(open_desk: Open) -> None:
    """Hollow says that something is old, in the list as on the map."""
    desk = open_desk("en")
    desk.fill()
    panel = desk.panels.alarms
    at = panel.model.position_of(builders.alarm(142).alarm)
    assert at is not None
    assert not any(panel.model.cell_at(row, 0).hollow for row in range(panel.model.rowCount())), "nothing of the evening is old"
    box = panel.table.visualRect(panel.model.index(at, 0))
    symbol, bar = (box.center().x() + 2, box.center().y() + 3), (box.left() + 1, box.top() + 6)
    seen = {}
    for lit in (True, False):
        panel.table.painter_of_rows.lit = lit
        image = panel.table.viewport().grab().toImage()
        seen[lit] = [image.pixelColor(x, y).name() for x, y in (symbol, bar)]
    assert seen[True][0] == seen[False][0] == desk.theme.act, "the symbol stands filled"
    assert seen[True][1] == desk.theme.act
    assert seen[False][1] == desk.theme.panel, "the bar and its ground go dark"


def test_the_chosen_row_shows_where_the_keyboard_is(open_desk: Open) -> None:
    """Several tables have a chosen row; what a key does is meant for one of them."""
    desk = open_desk("en")
    desk.fill()
    alarms, silent = desk.panels.alarms.table, desk.panels.silent.table
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    silent.choose(silent.rows.key_at(0))

    def edge(table: RowTable) -> str:
        at = table.rows.position_of(table.chosen_key() or "")
        assert at is not None
        box = table.visualRect(table.rows.index(at, 1))
        return table.viewport().grab().toImage().pixelColor(box.center().x(), box.top()).name()

    for table, other in ((alarms, silent), (silent, alarms)):
        table.setFocus()
        assert (edge(table), edge(other)) == (desk.theme.police, desk.theme.text_faint)


def test_an_escalated_alarm_is_still_unacknowledged(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    model = desk.panels.alarms.model
    at = model.position_of(builders.alarm(88).alarm)
    assert at is not None
    words = " · ".join(str(model.data(model.index(at, column))) for column in range(model.columnCount()))
    for needed in ("unacknowledged", "second seat told", "Telephone 112"):
        assert needed in words


def test_another_language_leaves_the_same_alarm_chosen_so_that_space_is_for_it(open_desk: Open) -> None:
    lesser = builders.alarm(142, alarm=AlarmId("A-lesser"), kind=AlarmKind.PROXIMITY, level=AlarmLevel.AMBER, priority=2)
    before, after = open_desk("en"), open_desk("ko")
    for desk in (before, after):
        desk.fill()
        desk.take(lesser)
    before.panels.alarms.choose(lesser.alarm)
    after.view.choose_as(before.view)
    assert after.view.case == lesser.case
    assert after.view.chosen_alarm() == lesser
    after.panels.alarms.table.setFocus()
    after.press(Qt.Key.Key_Space)
    assert after.commands == [answered(lesser)]
