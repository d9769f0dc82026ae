"""A recording lived again at the desk: an unmistakable frame, a time bar that plays, steps and seeks, a clock of its own."""

from collections.abc import Callable

import builders
from desk_at_hand import DeskAtHand
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from backend_bridge.application.playhead import PlayheadRow
from backend_bridge.domain.commands import CloseRecording, PlayRecording, SeekRecording
from backend_bridge.domain.queries import ReadTrack

Open = Callable[..., DeskAtHand]
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


def click(desk: DeskAtHand, qtbot: QtBot, name: str) -> None:
    button = desk.panels.replay.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_nobody_can_take_it_for_the_live_room(open_desk: Open) -> None:
    desk = in_replay(open_desk)
    assert desk.window.windowTitle().startswith("REPLAY")
    assert desk.panels.replay.isVisible()
    assert desk.window.centralWidget().property("banner") == "replay"
    desk.take(builders.room())
    assert not desk.window.windowTitle().startswith("REPLAY")
    assert not desk.panels.replay.isVisible()


def test_the_clock_of_the_desk_is_that_of_the_recording(open_desk: Open) -> None:
    desk = in_replay(open_desk)
    assert desk.view.replay.now_us() == START + 600 * builders.S
    desk.take(builders.room())
    assert desk.view.replay.now_us() == builders.NOW_US


def test_play_pause_step_seek_and_back_to_the_live_room(open_desk: Open, qtbot: QtBot) -> None:
    desk = in_replay(open_desk)
    click(desk, qtbot, "replay_play")
    click(desk, qtbot, "replay_ahead")
    click(desk, qtbot, "replay_next")
    desk.take(builders.room(replay=True, playhead=playhead(speed=60.0)))
    click(desk, qtbot, "replay_play")
    click(desk, qtbot, "replay_close")
    wanted = [
        PlayRecording(speed=1.0),
        SeekRecording(at_us=START + 601 * builders.S),
        SeekRecording(at_us=START + 900 * builders.S),
        PlayRecording(speed=0.0),
        CloseRecording(),
    ]
    assert [one for one in desk.commands if isinstance(one, PlayRecording | SeekRecording | CloseRecording)] == wanted


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
