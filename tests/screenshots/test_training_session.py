"""A trainee's session from the first look at the library to the printed debrief: a real bridge, two real desks, a mouse and keys."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from backend_bridge.application.link_state import LinkPhase
from backend_bridge.application.rows import AlarmRow
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from desktop.bootstrap import Desk
from desktop.bridge_process import DemoBridge
from desktop.exercise_room import ExerciseRoom
from desktop.settings import DeskSettings
from widgets.map.scheme import register_scheme

if os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")  # Chromium's sandbox cannot be set up by root
register_scheme()
MINUTE_MS = 60_000
FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
WALK_IN = "01-walk-in"
pytestmark = pytest.mark.timeout(900)


@dataclass
class Session:
    """Both desks of one exercise."""

    trainer: Desk
    trainee: Desk
    qtbot: QtBot
    keep: bool
    look: str

    def until(self, condition: Callable[[], bool], minutes: float = 2.0) -> None:
        self.qtbot.waitUntil(condition, timeout=int(minutes * MINUTE_MS))

    def click(self, owner: QWidget, name: str) -> None:
        self.trainer.window.show()
        found = owner.findChild(QPushButton, name)
        assert found is not None, name
        self.until(found.isEnabled, 1.0)
        self.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)

    def picture(self, widget: QWidget, name: str) -> None:
        """Keep what is to be seen, for the docs."""
        widget.show()
        for desk in (self.trainer, self.trainee):
            desk.window._message.hide()
            if desk.window is widget and self.keep:
                overlay = desk.map_watch.overlay
                self.until(lambda overlay=overlay: not overlay.isVisible(), 0.5)  # type: ignore[misc]  # binds the loop's value
        self.qtbot.wait(1500 if self.keep else 50)
        image = widget.grab()
        assert not image.isNull()
        if not self.keep:
            return
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        small = Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB")
        target = FOLDER / f"{name}-{self.look}.png"
        small.quantize(256, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)

    def alarm(self, kind: AlarmKind, level: AlarmLevel) -> AlarmRow | None:
        """The first alarm of that kind on the trainee's board."""
        rows = self.trainee.board.alarms.values()
        return next((row for row in rows if row.kind is kind and row.level is level), None)

    def press(self, desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A person presses a key in the alarm list of a desk."""
        other = self.trainer if desk is self.trainee else self.trainee
        other.window.hide()  # two people sit at two screens; here the one who acts has the keyboard
        desk.window.show()
        self.until(lambda: _is_taken_up(desk.window), 1.0)
        table = desk.view.panels.alarms.table
        table.setFocus()
        self.until(table.hasFocus, 0.2)
        QTest.keyClick(table, key, modifier)

    def speed(self, times: int) -> None:
        """The trainer chooses how fast the room's clock runs."""
        box = self.trainer.view.panels.training._speed
        at = box.findText(f"{times}×")
        box.setCurrentIndex(at)
        box.activated.emit(at)
        self.until(lambda: self.course().speed == times, 1.0)

    def course(self):
        room = self.trainee.board.room
        assert room is not None
        assert room.exercise is not None
        return room.exercise


@pytest.fixture(params=["en-night", "ko-day"])
def session(qapp: QApplication, qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Session]:
    if request.param == "en-night" and not request.config.getoption("--pictures", default=False):
        pytest.skip("the same session with other colours and words: played when the pictures are drawn")
    language, theme = str(request.param).split("-")
    failures: list[str] = []
    room = ExerciseRoom()
    settings = DeskSettings(language=language, theme=theme)
    trainer, trainee = (Desk(qapp, settings, None, lambda: None) for _ in range(2))

    def connect(address: object) -> None:
        trainer.connect_to(address)  # type: ignore[arg-type]  # the address of the trainer's desk
        trainee.connect_to(room.trainee())

    bridge = DemoBridge(room, connect, failures.append)
    size = (1920, 1080) if language == "en" else (1366, 768)
    for desk in (trainer, trainee):
        desk.window.resize(*size)
        desk.window.show()
        desk.window.arrange()
    bridge.start()
    keep = bool(request.config.getoption("--pictures", default=False))
    yield Session(trainer, trainee, qtbot, keep, str(request.param))
    for desk in (trainee, trainer):  # the last to be made first
        desk.stop()
    bridge.stop()
    for desk in (trainer, trainee):
        desk.window.on_closed = lambda: None
        desk.window.close()
    assert failures == []


def start(session: Session) -> None:
    """The trainer looks at a scenario on the map and starts it."""
    panel = session.trainer.view.panels.training
    session.until(lambda: all(desk.state is not None and desk.state.phase is LinkPhase.LIVE for desk in (session.trainer, session.trainee)))
    session.until(lambda: panel.library.count() >= 20)
    assert session.trainer.window.windowTitle().startswith(("EXERCISE", "훈련"))
    for desk in (session.trainer, session.trainee):
        desk.window.actions_by_name["go_training"].trigger()
    session.until(panel.library.isVisible, 0.5)
    assert not session.trainee.view.panels.training.library.isVisible(), "the library is the trainer's"
    place = panel.library.visualItemRect(panel.library.item(0)).center()
    session.qtbot.mouseClick(panel.library.viewport(), Qt.MouseButton.LeftButton, pos=place)
    session.until(lambda: bool(panel._briefing.text()))
    session.qtbot.wait(1000)
    session.picture(session.trainer.window, "scenario")
    write_one(session)
    session.click(panel, "scenario_start")
    session.until(lambda: session.trainee.board.room is not None and session.trainee.board.room.exercise is not None)
    assert session.course().scenario == WALK_IN
    session.until(lambda: bool(session.trainee.view.panels.training._briefing.text()))


def write_one(session: Session) -> None:
    """The trainer looks at the scenario's text, breaks a line, is shown which, and closes without keeping it."""
    session.click(session.trainer.view.panels.training, "scenario_write")
    editor = session.trainer.view.training.editor
    assert editor is not None
    session.until(lambda: WALK_IN in editor.text.toPlainText(), 0.5)
    session.until(editor._save.isEnabled, 0.5)
    kept = editor.text.toPlainText()
    editor.text.setPlainText(kept.replace("lat = 3", "lat = 93", 1).replace('within = "0:01:00"', 'within = "soon"', 1))
    session.click(editor, "editor_check")
    session.until(lambda: editor.defects.count() >= 2, 0.5)
    session.picture(editor, "scenario-editor")
    editor.text.setPlainText(kept)
    editor.close()


def work(session: Session) -> None:
    """The trainee acknowledges, tells 112 and sends a unit, by keys alone."""
    session.speed(60)
    session.until(lambda: session.alarm(AlarmKind.PROXIMITY, AlarmLevel.AMBER) is not None, 4.0)
    session.speed(10)
    session.until(lambda: session.alarm(AlarmKind.PROXIMITY, AlarmLevel.RED) is not None, 4.0)
    session.speed(1)
    red = session.alarm(AlarmKind.PROXIMITY, AlarmLevel.RED)
    assert red is not None
    alarms = session.trainee.view.panels.alarms
    alarms.choose(red.alarm)
    session.press(session.trainee, Qt.Key.Key_Space)
    session.until(lambda: any(row.owner == "operator" for row in session.trainee.board.incidents.values()), 1.0)
    session.press(session.trainee, Qt.Key.Key_W)
    menu = QApplication.activePopupWidget()
    assert menu is not None, "the step's outcomes are offered"
    QTest.keyClick(menu, Qt.Key.Key_Return)
    session.until(lambda: next(iter(session.trainee.board.incidents.values())).tasks[0].done_us is not None, 1.0)
    session.until(lambda: session.trainee.view.destination() is not None, 1.0)
    session.press(session.trainee, Qt.Key.Key_D)
    session.until(lambda: bool(next(iter(session.trainee.board.incidents.values())).dispatches), 1.0)


def _is_taken_up(window: QWidget) -> bool:
    """Whether a window has the keyboard; where something else took it since, a person takes it up again."""
    window.activateWindow()
    return window.isActiveWindow()


def surprise(session: Session) -> None:
    """The trainer lets the address be wrong and the button be pressed; the trainee sees both."""
    panel = session.trainer.view.panels.training
    session.click(panel, "inject_wrong-address")
    session.until(lambda: len(session.course().calls) == 1, 1.0)
    session.click(panel, "inject_sos")
    session.until(lambda: session.alarm(AlarmKind.SOS, AlarmLevel.RED) is not None, 1.0)
    sos = session.alarm(AlarmKind.SOS, AlarmLevel.RED)
    assert sos is not None
    session.trainee.view.panels.alarms.choose(sos.alarm)
    session.press(session.trainee, Qt.Key.Key_Space)
    session.until(lambda: session.trainer.board.alarms[sos.alarm].owner == "operator", 1.0)
    session.picture(session.trainee.window, "exercise")


def debrief(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was done stands beside the limits and the expert; a moment of it is lived again; the report is printed."""
    trainer = session.trainer
    session.click(trainer.view.panels.training, "scenario_end")
    session.until(lambda: session.course().ended_us is not None, 1.0)
    session.click(trainer.view.panels.training, "scenario_debrief")
    session.until(lambda: trainer.view.training.debrief is not None and trainer.view.training.debrief.isVisible(), 1.0)
    window = trainer.view.training.debrief
    assert window is not None
    acts = {(row.do, row.task): row for row in window.acts.model.rows()}
    assert acts["acknowledge", None].in_time
    assert acts["acknowledge", None].by == "operator"
    assert acts["task", "notify-112"].done_us is not None
    assert acts["dispatch", None].done_us is not None
    assert acts["task", "call-wearer"].done_us is None, "what was not done is not hidden"
    session.picture(window, "debrief")
    report = tmp_path / "debrief.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(report), ""))
    session.click(window, "debrief_save")
    session.until(report.exists)
    assert report.read_bytes().startswith(b"%PDF")
    called_us = acts["acknowledge", None].called_us
    assert called_us is not None
    line = window.timeline
    session.qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.rect().center().__class__(round(line.x_of(called_us)), 12))
    session.until(lambda: trainer.view.replay.playhead is not None and abs(trainer.view.replay.playhead.at_us - called_us) < 2_000_000)
    window.hide()
    assert trainer.board.room is not None
    assert trainer.board.room.replay


def ask_what_if(session: Session) -> None:
    """A ring of another size: the alarm would have come at another time, in the table and on the time bar."""
    trainer = session.trainer
    session.picture(trainer.window, "replay-exercise")
    session.click(trainer.view.panels.replay, "replay_compare")
    window = trainer.view.training.what_if
    assert window is not None
    ring = next(box for (case, name), box in window._rings.items() if name == "R2" and "-X" not in case)
    ring.setFocus()
    ring.selectAll()
    QTest.keyClicks(ring, "1500")
    QTest.keyClick(ring, Qt.Key.Key_Return)
    session.click(window, "what_if_compare")
    session.until(lambda: bool(window.table.model.rows()), 3.0)
    red = next(row for row in window.table.model.rows() if row.kind is AlarmKind.PROXIMITY and row.level is AlarmLevel.RED)
    assert red.difference == "earlier"
    assert red.before_us is not None
    assert red.after_us is not None
    assert red.after_us < red.before_us
    assert trainer.view.panels.replay._differences, "the time bar shows what differs"
    session.picture(window, "what-if")
    assert isinstance(window, QDialog)
    window.hide()
    session.click(trainer.view.panels.replay, "replay_close")
    session.until(lambda: trainer.view.replay.playhead is None, 1.0)


def test_a_session_from_the_library_to_the_debrief(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start(session)
    work(session)
    surprise(session)
    debrief(session, tmp_path, monkeypatch)
    ask_what_if(session)
