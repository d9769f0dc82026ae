"""A shift of forty alarms worked by keyboard alone: a whole bridge, the real window, nothing left open, a sheet of figures at its end."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from live_bridge import PASSWORD, Gateway, LiveBridge, now_us
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from backend_bridge.application.incident_rows import IncidentRow
from backend_bridge.application.link_state import LinkPhase
from backend_bridge.domain.queries import ReadFigures
from desktop.bootstrap import Desk
from desktop.bridge_address import BridgeAddress
from desktop.settings import DeskSettings
from widgets.map.scheme import register_scheme
from widgets.models.alarm_columns import WAITING

if os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")  # Chromium's sandbox cannot be set up by root
register_scheme()
ALARMS = 40
PATIENCE_MS = 30_000


@pytest.fixture
def bridge(tmp_path: Path) -> Iterator[LiveBridge]:
    made = LiveBridge(tmp_path, ALARMS)
    made.user("kim", "operator")
    yield made
    made.stop()


@pytest.fixture
def desk(qapp: QApplication, bridge: LiveBridge, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qapp, DeskSettings(language="en"), None, lambda: None)
    public, secret = bridge.enrolled("desk-1")
    address = BridgeAddress(
        endpoint=bridge.endpoint,
        server_key=bridge.server_key,
        desk_public=public,
        desk_secret=secret,
        logins=(("operator", "kim", PASSWORD),),
    )
    made.window.resize(1366, 768)
    made.window.show()
    made.window.activateWindow()
    assert QTest.qWaitForWindowActive(made.window, PATIENCE_MS)
    made.connect_to(address)
    qtbot.waitUntil(lambda: made.state is not None and made.state.phase is LinkPhase.LIVE, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: len(made.board.cases) == ALARMS, timeout=PATIENCE_MS)
    yield made
    made.stop()
    made.window.on_closed = lambda: None
    made.window.close()


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A person presses a key, wherever the keyboard is; the window in front stays in front, though no window manager sees to it."""
    for _ in range(100):
        if QApplication.activePopupWidget() is not None or (desk.window.isActiveWindow() and QApplication.focusWidget() is not None):
            break
        desk.window.activateWindow()
        QTest.qWait(20)
    QTest.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget() or desk.window, key, modifier)


def answer_dialog(note: str) -> Callable[[], None]:
    """Types into the dialog that opens: past the choice into the text, what kind of words they are, on to the button, press it."""

    def type_it() -> None:
        dialog, at = QApplication.activeModalWidget(), QApplication.focusWidget()
        if not isinstance(dialog, QDialog) or at is None or at.window() is not dialog:
            if dialog is not None:
                dialog.activateWindow()  # no window manager brings it to the front
            QTimer.singleShot(50, type_it)
            return
        tab, down = Qt.Key.Key_Tab, Qt.Key.Key_Down
        for keys in (tab, note, tab, down, tab, down, tab, Qt.Key.Key_Space):
            at = QApplication.focusWidget() or dialog
            QTest.keyClicks(at, keys) if isinstance(keys, str) else QTest.keyClick(at, keys)

    return type_it


def open_steps(incident: IncidentRow | None) -> int:
    return 0 if incident is None else sum(task.state == "open" for task in incident.tasks)


def record_step(desk: Desk, qtbot: QtBot) -> None:
    """W opens the outcomes of the first open step, Enter takes the first; W again where the window was not in front yet."""
    before = desk.view.incident()
    for _ in range(20):
        press(desk, Qt.Key.Key_W)
        if QApplication.activePopupWidget() is not None:
            press(desk, Qt.Key.Key_Return)
            break
        qtbot.wait(100)
    qtbot.waitUntil(lambda: desk.view.incident() != before, timeout=PATIENCE_MS)


def waiting(desk: Desk) -> bool:
    """Whether an alarm of a case waits; the bridge's own alarms about a busy machine are nobody's case."""
    return any(row.state in WAITING and row.case is not None for row in desk.board.alarms.values())


def work(desk: Desk, qtbot: QtBot) -> None:
    """One alarm from its acknowledgement to its closing."""
    press(desk, Qt.Key.Key_Escape)
    for _ in range(5):
        press(desk, Qt.Key.Key_N)
        chosen = desk.view.chosen_alarm()
        assert chosen is not None
        press(desk, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda key=chosen.alarm: key not in desk.board.alarms or desk.board.alarms[key].owner == "kim", timeout=PATIENCE_MS)
        if chosen.case is not None:
            break
    qtbot.waitUntil(lambda: desk.view.incident() is not None, timeout=PATIENCE_MS)
    press(desk, Qt.Key.Key_Return)
    while open_steps(desk.view.incident()):
        record_step(desk, qtbot)
    incident = desk.view.incident()
    assert incident is not None
    QTimer.singleShot(50, answer_dialog("pressed by mistake, spoken to"))
    press(desk, Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    desk.held.let_go()  # nobody takes it back: no need to wait for that here
    qtbot.waitUntil(lambda: desk.board.incidents[incident.incident].closed_us is not None, timeout=PATIENCE_MS)


@pytest.mark.timeout(900)
def test_a_shift_of_forty_alarms_is_worked_by_keyboard_alone(desk: Desk, bridge: LiveBridge, qtbot: QtBot) -> None:
    began_us, gateway = now_us(), Gateway(bridge)
    for number in range(1, ALARMS + 1):
        gateway.sos(f"VIC-{number}")
        qtbot.waitUntil(lambda: waiting(desk), timeout=PATIENCE_MS)
        work(desk, qtbot)
    gateway.close()
    qtbot.waitUntil(lambda: not [row for row in desk.board.alarms.values() if row.case is not None], timeout=PATIENCE_MS)
    assert len(desk.board.incidents) == ALARMS
    assert all(row.closed_us is not None and not open_steps(row) for row in desk.board.incidents.values())
    press(desk, Qt.Key.Key_F4)
    assert desk.window.page() == 2
    assert desk.view.panels.kpi.isVisible()
    answers: list[object] = []
    assert desk.link is not None
    desk.link.ask(ReadFigures(from_us=began_us, to_us=now_us() + 1), answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE_MS)
    assert isinstance(answers[0], tuple), answers
    sheet = json.loads(answers[0][0])
    assert min(sheet["n_alarms"], sheet["n_acknowledged"]) >= ALARMS
    assert sheet["within_60_s"] == 1.0
