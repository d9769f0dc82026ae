"""The row that stands for the alarms of one cause, under an operator's hands: real keys, real mouse."""

from collections.abc import Callable

import builders
import pytest
from builders import alike
from desk_at_hand import DeskAtHand
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.commands import AcknowledgeAlarm, AcknowledgeGroup, ReportDisplayed, ShelveAlarm, TakeOver
from backend_bridge.domain.identifiers import DeviceId
from widgets.alarm_panel import MOST_NAMED
from widgets.models.row_model import RowModel
from widgets.theme import font_of

Open = Callable[..., DeskAtHand]
N = 1200


def outage(open_desk: Open, *other: object, n: int = N) -> DeskAtHand:
    """The evening, in which a gateway with `n` devices has fallen silent; the list has the keyboard and all of it was painted."""
    desk = open_desk(*other)
    desk.fill()
    desk.view.take_rows("alarms", tuple(alike.silent(k) for k in range(1000, 1000 + n)), ())
    desk.panels.alarms.choose(alike.silent(1000).alarm)
    desk.panels.alarms.table.setFocus()
    desk.panels.alarms.table.viewport().repaint()
    desk.commands.clear()
    return desk


def keys(desk: DeskAtHand) -> list[str]:
    model = desk.panels.alarms.model
    return [model.key_at(at) for at in range(model.rowCount())]


def words(desk: DeskAtHand, alarm: str) -> dict[str, str]:
    model = desk.panels.alarms.model
    at = model.position_of(alarm)
    assert at is not None
    return {column.key: str(model.data(model.index(at, number))) for number, column in enumerate(model.columns)}


def title(desk: DeskAtHand) -> str:
    return next(one.text() for one in desk.panels.alarms.head.findChildren(QLabel) if one.text().startswith(("Alarms", "경보")))


def acknowledged(desk: DeskAtHand) -> list[str]:
    """Every alarm that the bridge was asked to acknowledge, in the order of the commands."""
    groups = [one for one in desk.commands if isinstance(one, AcknowledgeGroup)]
    assert {one.group for one in groups} <= {alike.GROUP}
    alone = [one.alarm for one in desk.commands if isinstance(one, AcknowledgeAlarm)]
    return alone + [alarm for one in groups for alarm in one.alarms]


def press_triangle(desk: DeskAtHand, alarm: str) -> QPoint:
    table, model = desk.panels.alarms.table, desk.panels.alarms.model
    at = model.position_of(alarm)
    assert at is not None
    place = table.visualRect(model.index(at, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    return place


@pytest.mark.parametrize(
    ("language", "size", "kind", "case", "said"),
    [
        ("en", (1920, 1080), "No signal · gw-seoul-2", "1,200 alarms · nobody yet", "Alarms  1,207 in 8 rows"),
        ("en", (1366, 768), "No signal · gw-seoul-2", "1,200 alarms · nobody yet", "Alarms  1,207 in 8 rows"),
        ("ko", (1920, 1080), "무신호 · gw-seoul-2", "경보 1,200건 · 담당 없음", "경보  1,207건 · 8줄"),
        ("ko", (1366, 768), "무신호 · gw-seoul-2", "경보 1,200건 · 담당 없음", "경보  1,207건 · 8줄"),
    ],
)
def test_twelve_hundred_devices_of_a_silent_gateway_are_one_row_that_says_how_many_and_why(
    open_desk: Open, language: str, size: tuple[int, int], kind: str, case: str, said: str
) -> None:
    desk = outage(open_desk, language, "night", size)
    assert len(keys(desk)) == len(builders.evening()) + 1
    told = words(desk, "A-1000")
    assert (told["kind"], told["case"]) == (kind, case)
    assert "KR-SE" not in "".join(told.values()), "it does not pass for the alarm of one person"
    assert title(desk) == said
    table, model = desk.panels.alarms.table, desk.panels.alarms.model
    at = model.position_of("A-1000")
    assert at is not None
    bold, caption = QFontMetrics(font_of(14, bold=True)), QFontMetrics(font_of(12))
    for column in range(1, model.columnCount()):
        cell, room = model.cell_at(at, column), table.columnWidth(column) - 10
        if not table.isColumnHidden(column):
            assert bold.horizontalAdvance(cell.top) <= room, cell
            assert caption.horizontalAdvance(cell.bottom) <= room, cell


def test_the_hover_text_says_more_and_that_red_is_not_among_them(open_desk: Open) -> None:
    desk = outage(open_desk, "en")
    model = desk.panels.alarms.model
    at = model.position_of("A-1000")
    assert at is not None
    for column in range(model.columnCount()):
        tip = str(model.data(model.index(at, column), Qt.ItemDataRole.ToolTipRole))
        assert "1,200 alarms · No signal · gateway gw-seoul-2" in tip
        assert "red is never among them" in tip


def test_one_key_acknowledges_all_that_stood_in_the_row(open_desk: Open) -> None:
    desk = outage(open_desk)
    button = desk.window.findChild(QPushButton, "acknowledge")
    assert button is not None
    assert button.text() == "Acknowledge 1,200  Space", "nothing else is told where a person reads one case"
    desk.press(Qt.Key.Key_Space)
    assert sorted(acknowledged(desk)) == sorted(alike.silent(k).alarm for k in range(1000, 1000 + N))
    assert all(len(one.alarms) <= MOST_NAMED for one in desk.commands if isinstance(one, AcknowledgeGroup))
    desk.view.take_rows("alarms", tuple(alike.seen(k, "op-1") for k in range(1000, 1000 + N)), ())
    told = words(desk, "A-1000")
    assert (told["case"], told["state"].split(" · ")[0]) == ("1,200 alarms · op-1", "acknowledged"), "the row says how many were"
    assert button.text() == "Acknowledge  Space"
    desk.commands.clear()
    desk.press(Qt.Key.Key_Space)
    assert acknowledged(desk) == []


def test_what_was_not_painted_as_part_of_the_row_is_not_acknowledged_with_it(open_desk: Open) -> None:
    desk = outage(open_desk, n=20)
    desk.view.take_rows("alarms", (alike.silent(1020), alike.silent(1021)), ())
    desk.press(Qt.Key.Key_Space)  # before the desk had time to paint the two
    assert sorted(acknowledged(desk)) == [f"A-{k}" for k in range(1000, 1020)]


def test_one_that_turns_red_has_its_own_row_at_once_and_is_not_acknowledged_with_the_others(open_desk: Open) -> None:
    desk = outage(open_desk, n=20)
    desk.view.take_rows("alarms", (alike.silent(1005, level=AlarmLevel.RED, priority=2),), ())
    assert keys(desk).index("A-1005") < keys(desk).index("A-1000")
    assert words(desk, "A-1000")["case"] == "19 alarms · nobody yet"
    desk.panels.alarms.table.viewport().repaint()
    desk.press(Qt.Key.Key_Space)
    assert "A-1005" not in acknowledged(desk)
    assert len(acknowledged(desk)) == 19


def test_a_key_that_was_meant_for_the_row_does_not_answer_its_first_that_turned_red_in_that_moment(open_desk: Open) -> None:
    desk = outage(open_desk, n=20)
    desk.view.take_rows("alarms", (alike.silent(1000, level=AlarmLevel.RED, priority=2, called_us=builders.NOW_US),), ())
    desk.press(Qt.Key.Key_Space)
    assert acknowledged(desk) == []
    desk.panels.alarms.table.viewport().repaint()
    desk.press(Qt.Key.Key_Space)
    assert acknowledged(desk) == ["A-1000"], "once it was painted so, a key is meant for it"


def test_one_that_turns_red_is_reported_anew_when_it_is_painted(open_desk: Open, qtbot: QtBot) -> None:
    desk = outage(open_desk, n=20)
    qtbot.waitUntil(lambda: "A-1005" in told(desk))
    desk.commands.clear()
    desk.view.take_rows("alarms", (alike.silent(1005, level=AlarmLevel.RED, priority=2, called_us=builders.NOW_US),), ())
    qtbot.waitUntil(lambda: told(desk) == ["A-1005"])


def told(desk: DeskAtHand) -> list[str]:
    return [alarm for one in desk.commands if isinstance(one, ReportDisplayed) for alarm in one.alarms]


def test_all_that_stand_in_the_row_are_reported_as_displayed_once_in_commands_that_the_bridge_takes(open_desk: Open, qtbot: QtBot) -> None:
    desk = outage(open_desk)
    wanted = {alike.silent(k).alarm for k in range(1000, 1000 + N)}
    qtbot.waitUntil(lambda: wanted <= set(told(desk)))
    desk.panels.alarms.table.viewport().repaint()
    qtbot.wait(20)
    assert len(told(desk)) == len(set(told(desk)))
    assert all(len(one.alarms) <= MOST_NAMED for one in desk.commands if isinstance(one, ReportDisplayed))


def test_right_unfolds_and_goes_in_and_left_goes_up_and_folds(open_desk: Open) -> None:
    desk = outage(open_desk, n=5)
    panel, folded = desk.panels.alarms, keys(desk)
    desk.press(Qt.Key.Key_Right)
    at = keys(desk).index("A-1000")
    assert keys(desk)[at : at + 5] == ["A-1000", "A-1004", "A-1003", "A-1002", "A-1001"], "below it, in the list's own order"
    assert words(desk, "A-1000")["case"].startswith("KR-SE-1000")
    desk.press(Qt.Key.Key_Right)
    assert panel.table.chosen_key() == "A-1004"
    desk.press(Qt.Key.Key_Space)
    assert acknowledged(desk) == ["A-1004"], "what has a row of its own is acknowledged by itself"
    desk.press(Qt.Key.Key_Left)
    assert panel.table.chosen_key() == "A-1000"
    desk.press(Qt.Key.Key_Left)
    assert keys(desk) == folded
    desk.press(Qt.Key.Key_Left)
    assert keys(desk) == folded


def test_the_head_is_acknowledged_by_itself_while_its_row_is_unfolded(open_desk: Open) -> None:
    desk = outage(open_desk, n=5)
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Space)
    assert acknowledged(desk) == ["A-1000"]


def test_a_press_on_the_triangle_unfolds_and_folds_and_chooses_nothing(open_desk: Open) -> None:
    desk = outage(open_desk, n=5)
    panel, folded = desk.panels.alarms, keys(desk)
    panel.choose(builders.alarm(142).alarm)
    place = press_triangle(desk, "A-1000")
    assert len(keys(desk)) == len(folded) + 4
    assert panel.table.indexAt(place).row() == keys(desk).index("A-1000"), "the row stays under the mouse"
    assert panel.table.chosen_key() == builders.alarm(142).alarm
    press_triangle(desk, "A-1000")
    assert keys(desk) == folded
    QTest.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert panel.table.chosen_key() == builders.alarm(142).alarm
    press_symbol_of_another(desk)
    assert keys(desk) == folded


def test_a_mouse_that_slips_while_it_presses_the_triangle_chooses_nothing(open_desk: Open) -> None:
    desk = outage(open_desk, n=5)
    panel = desk.panels.alarms
    panel.choose(builders.alarm(142).alarm)
    at = panel.model.position_of("A-1000")
    assert at is not None
    place = panel.table.visualRect(panel.model.index(at, 0)).center()
    view, left = panel.table.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, Qt.KeyboardModifier.NoModifier, place)
    slipped = place + QPoint(60, 50)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(slipped), QPointF(view.mapToGlobal(slipped)), left, left, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view, moved)
    QTest.mouseRelease(view, left, Qt.KeyboardModifier.NoModifier, slipped)
    assert len(keys(desk)) == len(builders.evening()) + 5
    assert panel.table.chosen_key() == builders.alarm(142).alarm
    QTest.mouseClick(view, left, Qt.KeyboardModifier.NoModifier, slipped)
    assert panel.table.chosen_key() == "A-1004", "afterwards a press is a press again"


def press_symbol_of_another(desk: DeskAtHand) -> None:
    press_triangle(desk, builders.alarm(88).alarm)
    assert desk.panels.alarms.table.chosen_key() == builders.alarm(88).alarm, "without a triangle it is a row as any other"


def test_an_alarm_that_is_chosen_elsewhere_is_never_out_of_sight(open_desk: Open, qtbot: QtBot) -> None:
    desk = outage(open_desk, n=50)
    folded = keys(desk)
    desk.view.choose_case(alike.silent(1020).case)
    assert desk.panels.alarms.chosen() == alike.silent(1020)
    at = keys(desk).index("A-1020")
    assert keys(desk)[at - 1] == "A-1000"
    assert words(desk, "A-1000")["case"].startswith("49 alarms")
    assert len(keys(desk)) == len(folded) + 1, "the others stay folded"
    desk.press(Qt.Key.Key_Space)
    assert acknowledged(desk) == ["A-1020"]
    desk.view.choose_case(builders.alarm(142).case)
    qtbot.waitUntil(lambda: keys(desk) == folded)


def test_a_key_answers_the_alarm_that_is_shown_after_its_person_was_chosen_on_the_map(open_desk: Open) -> None:
    desk = outage(open_desk, n=20)
    assert desk.panels.map.on_selected is not None
    desk.panels.map.on_selected(DeviceId("ANK-0142"))
    shown = desk.view.chosen_alarm()
    assert shown is not None
    assert shown == desk.panels.alarms.chosen()
    button = desk.window.findChild(QPushButton, "acknowledge")
    assert button is not None
    assert button.text() == "Acknowledge  Space"
    button.click()
    assert acknowledged(desk) == [shown.alarm]


def test_a_row_that_is_chosen_stays_when_others_of_its_cause_come(open_desk: Open) -> None:
    desk = open_desk()
    desk.fill()
    first, second = alike.silent(1001, group=None), alike.silent(1002, group=None)
    desk.take(first, second)
    desk.panels.alarms.choose(second.alarm)
    desk.view.take_rows("alarms", tuple(alike.silent(k) for k in range(1001, 1005)), ())
    assert desk.panels.alarms.chosen() == alike.silent(1002)
    assert words(desk, "A-1001")["case"].startswith("3 alarms")


def test_unfolded_from_the_menu_they_stand_below_their_first_wherever_the_mouse_rests(open_desk: Open) -> None:
    desk = outage(open_desk, n=4)
    desk.take(builders.alarm(7, priority=4, level=AlarmLevel.AMBER, kind=AlarmKind.BATTERY))
    table = desk.panels.alarms.table
    last = table.visualRect(table.rows.index(table.rows.rowCount() - 1, 2)).center()
    for place in (last + QPoint(4, 0), last):
        QTest.mouseMove(table.viewport(), place)
    desk.window.actions_by_name["unfold"].trigger()
    at = keys(desk).index("A-1000")
    assert keys(desk)[at + 1 : at + 4] == ["A-1003", "A-1002", "A-1001"]


def test_a_row_that_was_chosen_just_now_does_not_fold_away_with_the_next_news(open_desk: Open) -> None:
    desk = outage(open_desk, n=4)
    desk.take(alike.silent(2000, group=None))
    desk.panels.alarms.table.choose("A-2000")  # as an arrow key does
    desk.view.take_rows("alarms", (alike.silent(2000),), ())
    assert desk.panels.alarms.chosen() == alike.silent(2000)
    desk.press(Qt.Key.Key_Space)
    assert acknowledged(desk) == ["A-2000"]


def test_the_chosen_row_is_held_when_many_of_its_cause_come(open_desk: Open) -> None:
    desk = outage(open_desk, n=3)
    at = keys(desk).index("A-1000")
    for k in range(1003, 1100):
        desk.take(alike.silent(k))
    assert keys(desk).index("A-1000") == at
    assert desk.panels.alarms.table.chosen_key() == "A-1000"


def test_a_red_that_comes_while_a_person_walks_among_those_unfolded_stands_right_below_the_held_row(open_desk: Open) -> None:
    desk = outage(open_desk, n=200)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        desk.press(key)
    at = keys(desk).index(str(desk.panels.alarms.table.chosen_key()))
    desk.take(builders.alarm(900))
    assert keys(desk)[at + 1] == "A-900", "it would stand below the two hundred as long as keys are pressed"
    desk.panels.alarms.model.hold(None)
    assert keys(desk).index("A-900") < keys(desk).index("A-1000")


@pytest.mark.parametrize(("key", "command"), [(Qt.Key.Key_S, ShelveAlarm), (Qt.Key.Key_T, TakeOver), (Qt.Key.Key_C, None)])
def test_putting_aside_taking_over_and_closing_unfold_first(open_desk: Open, key: Qt.Key, command: type | None) -> None:
    desk = outage(open_desk, "en", n=5)
    said: list[str] = []
    desk.panels.alarms.on_say = said.append
    desk.press(key)
    assert len(keys(desk)) == len(builders.evening()) + 5
    assert said == ["This is done to each alarm by itself: choose one of them, then press the key again."]
    assert not [one for one in desk.commands if command is not None and isinstance(one, command)]


@pytest.mark.parametrize("column", [1, 2, 3, 6])
@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
def test_sorted_by_any_column_those_of_a_cause_stand_below_their_first(open_desk: Open, column: int, order: Qt.SortOrder) -> None:
    desk = outage(open_desk, n=6)
    desk.press(Qt.Key.Key_Right)
    desk.panels.alarms.model.sort(column, order)
    at = keys(desk).index("A-1000")
    assert set(keys(desk)[at + 1 : at + 6]) == {f"A-{k}" for k in range(1001, 1006)}


def test_what_waits_next_is_the_row_that_stands_for_many(open_desk: Open) -> None:
    desk = open_desk()
    desk.view.take_rows("alarms", tuple(alike.silent(k) for k in range(1, 10)), ())
    desk.panels.alarms.choose_next_waiting()
    assert desk.panels.alarms.table.chosen_key() == "A-1"


def test_gateways_that_fall_silent_at_once_are_one_row_until_one_turns_red(open_desk: Open) -> None:
    desk = open_desk("en")
    about = {"kind": AlarmKind.SYSTEM, "priority": 4, "case": None, "device": None, "group": "gateways/system/gateway-down:gw-1/1"}
    away = [alike.silent(k, because=(("code", f"gateway-down:gw-{k}"), ("gateway", f"gw-{k}")), **about) for k in range(1, 5)]
    desk.view.take_rows("alarms", tuple(away), ())
    assert words(desk, "A-1")["kind"] == "System · gateways at once"
    desk.take(alike.silent(2, level=AlarmLevel.RED, **(about | {"priority": 2})))
    assert keys(desk) == ["A-2", "A-1"]


def test_nothing_of_a_folded_row_is_struck_out_as_foretold_while_the_bridge_is_not_heard(open_desk: Open) -> None:
    desk = outage(open_desk, n=5)
    desk.view.show_lost(builders.NOW_US)
    desk.press(Qt.Key.Key_Space)
    assert acknowledged(desk) == [], "nobody would hear it"
    model: RowModel[object] = desk.panels.alarms.model  # type: ignore[assignment]  # whatever its rows are
    at = model.position_of("A-1000")
    assert at is not None
    assert not any(model.cell_at(at, column).struck for column in range(model.columnCount()))
