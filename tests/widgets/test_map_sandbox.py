"""Every process that shows the map's page is looked at once, whether it is in its sandbox."""

import os
import signal

import map_scenes
import pytest
from map_scenes import shown_map
from pytestqt.qtbot import QtBot

from desktop import map_watch
from desktop.map_watch import MapWatch
from widgets.map.page_life import PageHealth
from widgets.theme import load_theme

map_scenes.prepare()


def test_what_the_pages_process_lacks_is_said_once_and_again_for_the_next(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(map_watch, "runs_as_root", lambda: False)
    monkeypatch.setattr(map_watch, "without_sandbox", lambda pid: f"{pid} has none")
    monkeypatch.setattr(map_watch, "tell", told.append)
    view = shown_map(qtbot)
    watch = MapWatch(load_theme("night"), view, lambda: 0)
    first = view.life.page.renderProcessPid()
    for _ in range(3):
        watch._on_timer_timeout()
    assert told == [f"{first} has none"]
    os.kill(first, signal.SIGKILL)
    qtbot.waitUntil(lambda: view.life.restarts == 1 and view.life.health is PageHealth.LIVE, timeout=30_000)
    watch._on_timer_timeout()
    assert told == [f"{first} has none", f"{view.life.page.renderProcessPid()} has none"]
