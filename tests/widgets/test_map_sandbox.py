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


def test_a_map_that_hangs_in_a_recording_says_for_how_long_it_hangs(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    view = shown_map(qtbot)
    watch = MapWatch(load_theme("night"), view, lambda: map_scenes.AT_US + 72 * 3600 * 1_000_000)
    monkeypatch.setattr(map_watch, "LATE_MS", 0)
    view.show_frame(map_scenes.frame())
    qtbot.waitUntil(lambda: view.last_rendered_us == map_scenes.AT_US, timeout=30_000)
    watch._on_timer_timeout()
    watch.sent()
    qtbot.waitUntil(lambda: watch.overlay.isVisibleTo(view), timeout=5000)
    assert watch.overlay.words in ("NOT LIVE for 0:00", "NOT LIVE for 0:01")


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
