"""The whole demonstration as a newcomer starts it: bridge, gateway and desk; and what the desk says when the bridge falls silent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from stopwatch import Stopwatch

from backend_bridge.application.link_state import LinkPhase
from desktop.bootstrap import Desk
from desktop.bridge_process import DemoBridge
from desktop.demo_room import DemoRoom, demo_set
from desktop.settings import DeskSettings
from widgets.map.map_view import MapView
from widgets.map.scheme import register_scheme

if os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")  # Chromium's sandbox cannot be set up by root
register_scheme()
MINUTE_MS = 60_000


@pytest.fixture
def demo(qapp: QApplication) -> Iterator[tuple[Desk, DemoBridge]]:
    failures: list[str] = []
    desk = Desk(qapp, DeskSettings(language="en", wall=True), None, lambda: None)
    bridge = DemoBridge(DemoRoom(demo_set(None, 1.0)), desk.connect_to, failures.append)
    desk.window.resize(1920, 1080)
    desk.window.show()
    bridge.start()
    yield desk, bridge
    desk.stop()
    bridge.stop()
    desk.window.on_closed = lambda: None
    desk.window.close()
    assert failures == []


def test_a_demonstration_comes_up_raises_alarms_and_says_when_it_is_not_live(demo: tuple[Desk, DemoBridge], qtbot: QtBot) -> None:
    desk, bridge = demo
    qtbot.waitUntil(lambda: desk.state is not None and desk.state.phase is LinkPhase.LIVE, timeout=MINUTE_MS)
    assert not desk.sign_in.isVisible(), "the demonstration logs in by itself"
    qtbot.waitUntil(lambda: len(desk.board.cases) == 40 and bool(desk.board.alarms), timeout=2 * MINUTE_MS)
    qtbot.waitUntil(lambda: desk.view.panels.alarms.model.rowCount() == len(desk.board.alarms), timeout=5_000)
    (wall,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, MapView) and one.isVisible())
    qtbot.waitUntil(lambda: wall.rendered_frame > 0, timeout=MINUTE_MS)
    named: list[str] = []
    wall.life.page.runJavaScript("bongsu.symbolWords().map(w => w.text).join()", named.append)
    qtbot.waitUntil(lambda: bool(named), timeout=10_000)
    assert "ANK" not in named[0], "the wall of the settings stands there and names nobody"
    assert "-0" not in named[0]
    assert not wall.isEnabled(), "it takes neither mouse nor keyboard"
    pid = bridge._room.processes[0].pid
    os.kill(pid, signal.SIGSTOP)
    watch = Stopwatch()
    try:
        qtbot.waitUntil(desk.window.overlay.isVisible, timeout=8_000)
        took_s = watch.seconds()
    finally:
        os.kill(pid, signal.SIGCONT)
    assert took_s <= 4.0
    qtbot.waitUntil(lambda: not desk.window.overlay.isVisible(), timeout=MINUTE_MS)
    assert "not_live" in desk.alerts.started


@contextmanager
def demonstration(folder: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """The demonstration as a process with its temporary files in `folder`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "desktop", "--demo"],
        env={**os.environ, "TMPDIR": str(folder), **environment},
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(process: subprocess.Popen[bytes], holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 120
    while not holds():
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.01)


def is_ready(folder: Path) -> bool:
    return any("ready" in path.read_text().split() for path in folder.glob("bongsu-demo-*/bridge.out"))


def test_a_demonstration_as_a_process_ends_cleanly_when_it_is_asked_to(tmp_path: Path) -> None:
    with demonstration(tmp_path) as process:
        wait_for(process, lambda: is_ready(tmp_path))
        process.send_signal(signal.SIGTERM)
        watch = Stopwatch(process.pid)
        assert process.wait(30) == 0
        assert watch.seconds() <= 5.0
        assert list(tmp_path.glob("bongsu-demo-*")) == []


def test_a_demonstration_that_is_asked_to_end_again_while_it_ends_does_so_as_cleanly(tmp_path: Path) -> None:
    """`timeout` and `make` each pass a signal on: the desk gets it twice, and once it crashed in the web engine. What is freed is
    overwritten here, so that its use after that cannot go well by chance.
    """
    with demonstration(tmp_path, MALLOC_PERTURB_="165") as process:
        wait_for(process, lambda: is_ready(tmp_path))
        for number in 8 * (signal.SIGTERM, signal.SIGINT):
            process.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.02)
        assert process.wait(30) == 0
        assert list(tmp_path.glob("bongsu-demo-*")) == []


def test_a_demonstration_that_is_ended_while_it_starts_leaves_nothing_behind(tmp_path: Path) -> None:
    with demonstration(tmp_path) as process:
        wait_for(process, lambda: any(tmp_path.glob("bongsu-demo-*")))
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) in (-signal.SIGTERM, 0), "it may be up by now"
        assert list(tmp_path.glob("bongsu-demo-*")) == []
