"""Sound: one for each priority, started on arrival, silent without being an acknowledgement, in a process that may die."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.identifiers import AlarmId
from desktop.alerts import Alerts
from desktop.sounding import NAMES

ROOT = Path(__file__).parents[2]


@pytest.fixture
def told() -> list[bool]:
    return []


@pytest.fixture
def alerts(qapp: QApplication, told: list[bool]) -> Iterator[Alerts]:
    made = Alerts(1.0, told.append)
    yield made
    made.sounder.end()


@pytest.mark.parametrize(
    ("kind", "priority", "name"), [(AlarmKind.SOS, 1, "sos"), *[(AlarmKind.APPROACH, n, f"priority{n}") for n in range(1, 5)]]
)
def test_each_priority_and_sos_have_a_sound_of_their_own(alerts: Alerts, kind: AlarmKind, priority: int, name: str) -> None:
    alerts.sound(AlarmId("A-1"), kind, priority)
    assert alerts.started == [name]
    assert name in NAMES


def test_a_red_alarm_sounds_again_until_somebody_owns_it(alerts: Alerts) -> None:
    alerts.sound(AlarmId("A-1"), AlarmKind.APPROACH, 1)
    alerts._again.timeout.emit()
    assert alerts.started == ["priority1", "priority1"]
    alerts.acknowledged(AlarmId("A-1"))
    assert not alerts._again.isActive()


def test_silencing_acknowledges_nothing_and_the_next_alarm_sounds(alerts: Alerts) -> None:
    alerts.sound(AlarmId("A-1"), AlarmKind.APPROACH, 1)
    alerts.silence()
    alerts._again.timeout.emit()
    assert alerts.started == ["priority1"]
    assert alerts.waiting() == {"A-1"}, "it still waits for a person"
    alerts.sound(AlarmId("A-2"), AlarmKind.SOS, 1)
    assert alerts.started[-1] == "sos"


def test_a_sound_process_that_dies_takes_nothing_along_is_told_and_comes_back(alerts: Alerts, told: list[bool], qtbot: QtBot) -> None:
    """A sound server that ends makes its library end whoever plays through it."""
    qtbot.waitUntil(lambda: alerts.sounder.pid() != 0, timeout=30_000)
    alerts.sound(AlarmId("A-1"), AlarmKind.APPROACH, 1)
    before = alerts.sounder.pid()
    os.kill(before, signal.SIGABRT)
    qtbot.waitUntil(lambda: False in told, timeout=30_000)
    qtbot.waitUntil(lambda: alerts.sounder.pid() not in {0, before}, timeout=30_000)
    assert alerts.waiting() == {"A-1"}


def test_a_sound_process_that_stands_still_is_replaced(alerts: Alerts, told: list[bool], qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: alerts.sounder.pid() != 0, timeout=30_000)
    before = alerts.sounder.pid()
    os.kill(before, signal.SIGSTOP)
    alerts.sound(AlarmId("A-1"), AlarmKind.APPROACH, 1)
    qtbot.waitUntil(lambda: alerts.sounder.pid() not in {0, before}, timeout=60_000)
    assert False in told


def test_as_long_as_nothing_can_be_heard_the_desk_says_so(open_desk: object) -> None:
    desk = open_desk("en")  # type: ignore[operator]  # a callable that opens a desk
    assert isinstance(desk, DeskAtHand)
    desk.panels.top.show_sound(works=False)
    assert "No sound" in [one.text() for one in desk.panels.top.findChildren(QLabel) if one.isVisible()]
    desk.panels.top.show_sound(works=True)
    assert "No sound" not in [one.text() for one in desk.panels.top.findChildren(QLabel)]


@pytest.mark.skipif(shutil.which("pulseaudio") is None or shutil.which("parec") is None, reason="no software sound server here")
def test_every_sound_is_heard_at_its_own_pitch_and_a_lost_device_is_told() -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "bench/desk_sound.py", "--alone"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.stdout.count("its own pitch") == 5, done.stdout
    assert "the alarm still waits for a person, the next one sounds" in done.stdout
    assert "the device is taken away: told" in done.stdout
    assert "the device comes back: told and heard again" in done.stdout
