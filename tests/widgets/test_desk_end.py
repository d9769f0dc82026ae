"""How a desk ends: nothing is painted or looked for that has gone, and no error keeps Qt's objects until Python itself ends."""

import os
import signal
import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import crash_report
from desktop.bootstrap import Desk
from desktop.settings import DeskSettings


def test_a_desk_that_ends_together_with_its_bridge_and_its_map_fails_at_nothing(qapp: QApplication, qtbot: QtBot) -> None:
    """A signal to the whole group ends all of them at once: the veil of *not live* was painted over a map that had gone."""
    desk = Desk(qapp, DeskSettings(language="en"), None, lambda: None)
    desk.window.resize(1366, 768)
    desk.window.show()
    qtbot.waitUntil(lambda: desk.map.life.health == "live", timeout=30_000)
    desk.window.overlay.show_lost(0, "")
    qtbot.waitUntil(desk.window.overlay.isVisible)
    os.kill(desk.map.life.page.renderProcessPid(), signal.SIGTERM)
    paint = QTimer(interval=10)
    paint.timeout.connect(desk.window.overlay.update)
    paint.start()
    with qtbot.captureExceptions() as failures:
        desk.stop()
    paint.stop()
    desk.window.on_closed = lambda: None
    desk.window.close()
    assert failures == []


def test_an_error_that_was_told_keeps_nothing_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    told: list[str] = []
    crash_report.install(told.append)
    try:
        raise RuntimeError  # noqa: TRY301 - as in a method that Qt calls
    except RuntimeError as error:
        kind, at = type(error), error.__traceback__
        monkeypatch.setattr(sys, "last_traceback", at, raising=False)
        monkeypatch.setattr(sys, "last_value", error, raising=False)
        sys.excepthook(kind, error, at)
    assert told == ["RuntimeError"]
    assert sys.last_traceback is None
    assert sys.last_value is None
