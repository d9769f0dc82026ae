"""A recording lived again at the desk: an unmistakable frame, a time bar that plays, steps and seeks, a clock of its own."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import builders
from desk_at_hand import DeskAtHand, turn
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QInputDialog, QPushButton
from pytestqt.qtbot import QtBot

from backend_bridge.adapters.desk_mirrors import ViewMirror
from backend_bridge.application.playhead import PlayheadRow
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.domain.commands import (
    BookmarkRecording,
    CloseRecording,
    LoopRecording,
    OpenRecording,
    PlayRecording,
    SeekRecording,
    StepRecording,
)
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.queries import ReadTrack
from desktop.replay_view import recording_of
from widgets.recording_dialog import RecordingDialog
from widgets.steps_section import PlannedLine
from widgets.theme import Look
from widgets.time_strip import SIGNS, TICK_PX, Recording, ReplayMark, TimeStrip

Open = Callable[..., DeskAtHand]
STEERING = PlayRecording | SeekRecording | StepRecording | LoopRecording | CloseRecording
START = builders.NOW_US - 3600 * builders.S


def playhead(**changed: object) -> PlayheadRow:
    fields: dict[str, object] = {
        "from_us": START,
        "to_us": builders.NOW_US,
        "at_us": START + 600 * builders.S,
        "speed": 0.0,
        "leaps": 0,
        "density": (3, 8, 2, 5),
        "marks": ((START + 900 * builders.S, "alarm", "A-142"), (START + 960 * builders.S, "acknowledged", "A-142")),
    }
    return PlayheadRow(**{**fields, **changed})  # type: ignore[arg-type]  # the tests name the fields


def in_replay(open_desk: Open, **changed: object) -> DeskAtHand:
    desk = open_desk("en")
    desk.fill()
    desk.take(builders.room(replay=True, playhead=playhead(**changed)))
    return desk


def test_a_recording_shows_no_steps_that_the_live_picture_asked_for(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.panels.alarms.choose(builders.alarm(142).alarm)
    assert desk.panels.case.steps.findChildren(PlannedLine)
    desk.panels.case.show_live(live=False)
    turn()
    assert not desk.panels.case.steps.findChildren(PlannedLine)


def click(desk: DeskAtHand, qtbot: QtBot, name: str) -> None:
    button = desk.panels.replay.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_nobody_can_take_it_for_the_live_room(open_desk: Open) -> None:
    desk = in_replay(open_desk)
    assert desk.window.windowTitle().startswith("REPLAY")
    assert desk.panels.replay.isVisible()
    assert desk.window.frame.isVisible()
    assert (desk.window.frame.kind, desk.window.frame.geometry()) == ("replay", desk.window.rect()), "the list is framed as the map is"
    desk.take(builders.room())
    assert not desk.window.windowTitle().startswith("REPLAY")
    assert not desk.panels.replay.isVisible()
    assert not desk.window.frame.isVisible()


def test_the_mode_and_the_buttons_are_different_words_in_korean(open_desk: Open) -> None:
    desk = open_desk("ko")
    desk.fill()
    desk.take(builders.room(replay=True, playhead=playhead()))
    bar = desk.panels.replay
    assert bar._title.text() == "기록 재생"
    assert desk.window.windowTitle().startswith("기록 재생")
    signs = {one.text(): one.toolTip() for one in bar.findChildren(QPushButton)}
    assert (signs["▶"], signs["−1초"]) == ("재생", "1초 뒤로")
    bar.show_position(START, playing=True)
    assert (bar._play.text(), bar._play.accessibleName()) == ("❚❚", "멈춤")
    steps = [one for one in bar.findChildren(QPushButton) if one.text() in ("|◀", "‹", "›", "▶|")]
    assert len(steps) == 4
    assert all(one.toolTip() == one.accessibleName() != "" for one in steps)


def test_the_clock_of_the_desk_is_that_of_the_recording(open_desk: Open) -> None:
    desk = in_replay(open_desk)
    assert desk.view.replay.now_us() == START + 600 * builders.S
    desk.take(builders.room())
    assert desk.view.replay.now_us() == builders.NOW_US


def test_play_pause_step_seek_and_back_to_the_live_room(open_desk: Open, qtbot: QtBot) -> None:
    desk = in_replay(open_desk)
    click(desk, qtbot, "replay_play")
    click(desk, qtbot, "replay_ahead")
    click(desk, qtbot, "replay_next_fix")
    click(desk, qtbot, "replay_previous_alarm")
    desk.take(builders.room(replay=True, playhead=playhead(speed=60.0)))
    click(desk, qtbot, "replay_play")
    click(desk, qtbot, "replay_close")
    wanted = [
        PlayRecording(speed=1.0),
        SeekRecording(at_us=START + 601 * builders.S),
        StepRecording(to="next-fix"),
        StepRecording(to="previous-alarm"),
        PlayRecording(speed=0.0),
        CloseRecording(),
    ]
    assert [one for one in desk.commands if isinstance(one, STEERING)] == wanted


def test_the_time_bar_goes_where_it_is_clicked_and_never_beyond(open_desk: Open, qtbot: QtBot) -> None:
    desk = in_replay(open_desk)
    strip = desk.panels.replay._strip
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.rect().center())
    strip.setFocus()
    qtbot.keyClick(strip, Qt.Key.Key_End)
    sought = [one.at_us for one in desk.commands if isinstance(one, SeekRecording)]
    assert abs(sought[0] - (START + 1800 * builders.S)) < 10 * builders.S
    assert sought[-1] == builders.NOW_US


def test_nothing_is_drawn_across_a_leap(open_desk: Open) -> None:
    desk = in_replay(open_desk)
    desk.queries.clear()
    desk.take(builders.room(replay=True, playhead=playhead(leaps=1, at_us=START + 1200 * builders.S)))
    read = [one for one in desk.queries if isinstance(one, ReadTrack)]
    assert read
    assert all(one.to_us == START + 1200 * builders.S + 1 for one in read), "tracks end where the playhead is, not now"


def test_the_chosen_alarm_stays_chosen_over_a_seek_and_its_tracks_are_read_though_most_rows_are_still_to_come(open_desk: Open) -> None:
    """Every alarm as it was at another moment arrives; no case, no pair and no device yet."""
    desk = in_replay(open_desk)
    chosen = builders.alarm(142).alarm
    desk.panels.alarms.choose(chosen)
    board, mirror = desk.view.board, ViewMirror()
    held = {Table.CASES: board.cases, Table.PAIRS: board.pairs, Table.DEVICES: board.devices}
    mirror.apply(TableChange(table=table, put=tuple(rows.values())) for table, rows in (*held.items(), (Table.ALARMS, board.alarms)))
    n_before = {table: len(rows) for table, rows in held.items()}
    desk.queries.clear()
    then = tuple(replace(row, updated_us=row.updated_us - builders.S) for row in board.alarms.values())
    for change in mirror.become((TableChange(table=Table.ALARMS, put=then),), {table: frozenset(rows) for table, rows in held.items()}):
        desk.view.take_rows(change.table.value, change.put, change.gone)
    desk.take(builders.room(replay=True, playhead=playhead(leaps=1, at_us=START + 1200 * builders.S)))
    row = desk.panels.alarms.chosen()
    assert row is not None
    assert (row.alarm, desk.view.alarm) == (chosen, chosen)
    assert {one.case for one in desk.queries if isinstance(one, ReadTrack)} == {row.case}
    assert {table: len(rows) for table, rows in held.items()} == n_before


def strip_of(desk: DeskAtHand) -> TimeStrip:
    strip = desk.panels.replay.findChild(TimeStrip, "time_strip")
    assert isinstance(strip, TimeStrip)
    return strip


def test_a_part_dragged_with_shift_is_looped_and_the_button_ends_it(open_desk: Open, qtbot: QtBot) -> None:
    desk = in_replay(open_desk)
    strip = strip_of(desk)
    quarter = strip.width() // 4
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, QPoint(quarter, 20))
    qtbot.mouseMove(strip, QPoint(2 * quarter, 20))
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, QPoint(2 * quarter, 20))
    (looped,) = [one for one in desk.commands if isinstance(one, LoopRecording)]
    assert looped.from_us is not None
    assert looped.to_us is not None
    assert START < looped.from_us < looped.to_us < builders.NOW_US
    desk.take(builders.room(replay=True, playhead=playhead(loop=(looped.from_us, looped.to_us))))
    click(desk, qtbot, "replay_loop")
    assert desk.commands[-1] == LoopRecording()


def test_a_moment_is_marked_with_words_and_the_words_are_read_off_the_bar(open_desk: Open, qtbot: QtBot) -> None:
    desk = in_replay(open_desk)

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QInputDialog)
        dialog.setTextValue("turned round")
        dialog.accept()

    QTimer.singleShot(0, answer)
    click(desk, qtbot, "replay_bookmark")
    at_us = START + 600 * builders.S
    assert desk.commands[-1] == BookmarkRecording(at_us=at_us, text="turned round")
    desk.take(builders.room(replay=True, playhead=playhead(marks=((at_us, "bookmarked", "turned round"),))))
    strip = strip_of(desk)
    assert "turned round" in strip.words_at(strip._x(at_us) + 2)
    assert "turned round" not in strip.words_at(strip._x(at_us) + 60)


def test_an_alarm_that_warned_is_amber_on_the_time_bar_and_one_that_called_is_red() -> None:
    marks = ((START, "raised-amber", "A-1"), (START + builders.S, "upgraded", "A-1"), (START + 2 * builders.S, "acknowledged", "A-1"))
    drawn = recording_of(playhead(marks=marks)).marks
    assert [mark.look for mark in drawn] == [Look.LOOK, Look.ACT, Look.POLICE]
    assert not any("amber" in mark.text for mark in drawn)


def test_keys_step_the_recording_and_do_nothing_in_the_live_room(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    before = len(desk.commands)
    desk.press(Qt.Key.Key_Period)
    assert [one for one in desk.commands[before:] if isinstance(one, STEERING)] == []
    desk.take(builders.room(replay=True, playhead=playhead()))
    desk.press(Qt.Key.Key_Period)
    desk.press(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert [one for one in desk.commands if isinstance(one, STEERING)] == [StepRecording(to="next-fix"), StepRecording(to="previous-alarm")]


def test_whose_eyes_it_is_seen_with_is_said_all_the_time(open_desk: Open, qtbot: QtBot) -> None:
    desk = in_replay(open_desk, as_user=UserId("op-1"))
    assert desk.panels.replay._whose.text() == "as op-1 saw it"
    desk.take(builders.room(replay=True, playhead=playhead(as_user=UserId("op-1"), as_user_sat=False)))
    assert "sat at no desk" in desk.panels.replay._whose.text()
    dialog = RecordingDialog(builders.NOW_US, desk.window)
    qtbot.keyClicks(dialog.as_user, "op-1")
    command = dialog.command()
    assert isinstance(command, OpenRecording)
    assert command.as_user == "op-1"


def test_the_time_bar_has_the_day_round_times_and_a_sign_for_each_look(open_desk: Open) -> None:
    desk = in_replay(open_desk)
    strip = desk.panels.replay._strip
    strip.resize(900, strip.height())
    (_, day), *ticks = strip.times()
    assert day == "2026-11-23"
    assert [words for _, words in ticks] == ["09:00", "09:10", "09:20", "09:30"]
    xs = [x for x, _ in ticks]
    assert all(b - a > TICK_PX for a, b in pairwise(xs)), "no time covers another"
    marks = tuple(ReplayMark(at_us=START + at * 600 * builders.S, text="", look=look) for at, look in enumerate(SIGNS, 1))
    strip.show_recording(Recording(from_us=START, to_us=builders.NOW_US, density=(), marks=marks), exercise=False)
    image = strip.grab().toImage()
    shapes = {mark.look: pixels_of(image, strip, mark, desk.theme.of(mark.look)) for mark in marks}
    assert len({frozenset(shape) for shape in shapes.values()}) == 3, "told apart by shape too"


def pixels_of(image: QImage, strip: TimeStrip, mark: ReplayMark, colour: str) -> set[tuple[int, int]]:
    """Where the sign of a mark is painted, from its middle."""
    middle = round(strip._x(mark.at_us))
    return {(dx, y) for dx in range(-6, 7) for y in range(14) if image.pixelColor(middle + dx, y).name() == colour}
