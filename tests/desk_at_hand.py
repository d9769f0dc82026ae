"""The desk's window as a person has it, fed with made-up rows; what it asks for is written down instead of sent."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

import builders
import pytest
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from backend_bridge.application.rows import AlarmState, Row
from backend_bridge.application.tables import table_of
from backend_bridge.domain.commands import Command
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.queries import PreparePaper, Query, ReadSurroundings, ReadTrack
from desktop import actions, translations
from desktop.board import Board
from desktop.main_window import MainWindow
from desktop.operations import runs
from desktop.panels import Deeds, Panels, build_panels
from desktop.room_view import RoomView
from widgets.map.map_view import MapView
from widgets.map.scheme import register_scheme
from widgets.theme import Theme, dress, load_theme

SHELL = ("quit", "undo", "lock", "log_out", "silence", "switch_theme", "switch_language", "switch_user", "change_password")

if os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")  # Chromium's sandbox cannot be set up by root
register_scheme()


@dataclass
class DeskAtHand:
    """One window with everything behind it."""

    window: MainWindow
    panels: Panels
    view: RoomView
    theme: Theme
    commands: list[Command] = field(default_factory=list)
    queries: list[Query] = field(default_factory=list)
    shell: list[str] = field(default_factory=list)
    answers: dict[type, object] = field(default_factory=dict)
    """What the bridge answers to a kind of query."""

    def take(self, *rows: Row) -> None:
        """Rows arrive from the bridge."""
        for row in rows:
            self.view.take_rows(table_of(row).value, (row,), ())

    def fill(self) -> None:
        """The evening of the pictures arrives."""
        self.view.take_rows("session", (builders.session(),), ())
        self.view.take_rows("room", (builders.room(),), ())
        self.view.take_rows("cases", (builders.case(142), builders.case(88), builders.case(117), *builders.silent_cases()), ())
        self.view.take_rows("pairs", (builders.pair(),), ())
        self.view.take_rows("devices", builders.devices(), ())
        self.view.take_rows("gateways", builders.gateways(), ())
        self.view.take_rows("units", builders.units(), ())
        self.view.take_rows("alarms", builders.evening(), ())
        self.view.take_rows("requests", builders.requests(), ())
        self.view.take_rows("grants", builders.grants(), ())
        self.view.take_frame(builders.frame(["ANK-0142", "VIC-0142", "VIC-0088"]))

    def work(self) -> None:
        """The first alarm of the evening is acknowledged and worked."""
        row = builders.alarm(
            142, place="home 720 m", state=AlarmState.ACKNOWLEDGED, owner="op-1", incident="I-142", acknowledged_us=builders.NOW_US
        )
        self.take(builders.incident(), row)
        self.panels.alarms.choose(row.alarm)
        self.panels.alarms.table.setFocus()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A person presses a key, wherever the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)


def turn() -> None:
    """Let Qt do what it has put off, such as letting widgets go."""
    loop = QEventLoop()
    QTimer.singleShot(50, loop.quit)
    loop.exec()


@pytest.fixture(scope="session")
def map_lives(qapp: QApplication) -> Iterator[list[QObject]]:
    """The profiles of the maps' pages outlive the pages: the web engine's own thread may still look at them."""
    lives: list[QObject] = []
    yield lives
    turn()


@pytest.fixture
def open_desk(qapp: QApplication, map_lives: list[QObject]) -> Iterator[Callable[..., DeskAtHand]]:
    """Opens a desk in a language, a theme and a size."""
    opened: list[DeskAtHand] = []

    def open_one(language: str = "en", theme_name: str = "night", size: tuple[int, int] = (1920, 1080)) -> DeskAtHand:
        translations.install(qapp, language)
        theme = load_theme(theme_name)
        dress(qapp, theme)
        map_view = MapView()
        map_view.set_theme(theme_name)
        map_view.set_language(language)
        commands: list[Command] = []
        queries: list[Query] = []
        shell: list[str] = []
        answers: dict[type, object] = {}

        def ask(query: Query, done: Callable[[object], None]) -> None:
            queries.append(query)
            if isinstance(query, ReadTrack):
                done(builders.track(query.device, wearer=query.device.startswith("ANK")))
            elif isinstance(query, ReadSurroundings):
                done(answers.get(ReadSurroundings, builders.surroundings()))
            elif type(query) in answers:
                done(answers[type(query)])
            elif isinstance(query, PreparePaper):
                session = view.board.session
                mark = {"copy": 12, "user": "" if session is None else session.user, "at_us": builders.NOW_US}
                done((json.dumps(mark | {"purpose": Purpose.COMPLIANCE.value, "access": None}),))

        acts: dict[str, Callable[[], None]] = {}
        deeds = Deeds(
            submit=commands.append,
            ask=ask,
            lock=lambda: shell.append("lock"),
            acknowledge=lambda: acts["acknowledge"](),  # noqa: PLW0108 - made later
            open_incident=lambda: acts["open_incident"](),  # noqa: PLW0108 - made later
            now_us=lambda: builders.NOW_US,
        )
        panels = build_panels(theme, deeds, map_view)
        window = MainWindow(theme, panels, None)
        view = RoomView(window, panels, Board(), deeds)
        acts |= runs(view, {name: partial(shell.append, name) for name in SHELL})
        window.take_actions(actions.build(window, panels.alarms, acts))
        window.resize(*size)
        window.show()
        window.arrange()
        window.activateWindow()
        QTest.qWaitForWindowExposed(window)
        desk = DeskAtHand(window, panels, view, theme, commands, queries, shell, answers)
        opened.append(desk)
        return desk

    yield open_one
    for desk in opened:
        desk.view.live = False
        desk.panels.map.close_mirrors()
        map_lives.append(desk.panels.map.life)
        desk.panels.map.life.outlive_page()
        desk.window.close()
        desk.window.deleteLater()
    turn()
    translations.install(qapp, "en")
