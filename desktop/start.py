"""The order in which the desk starts, and why.

The crash hook comes first, before the first widget can fail; then settings, every mistake at once; then the log, and whether a
desk may run here at all; then the map's scheme, which Qt refuses once an application exists; then the application and the window,
so that a person sees it at once; and only then the bridge, on a thread of its own.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from desktop import crash_report, logging_setup
from desktop.bootstrap import Desk
from desktop.bridge_address import BridgeAddress
from desktop.bridge_process import BridgeProcess, DemoBridge, OwnBridge, own_data_folder
from desktop.demo_room import DemoRoom
from desktop.desk_link.keys import DeskKeyError, desk_keys
from desktop.exercise_room import ExerciseRoom
from desktop.picture_taker import PictureTaker
from desktop.self_check import AS_ROOT, miscounting, runs_as_root, tell
from desktop.settings import DeskSettings, SettingsRefusedError, read_settings, settings_path
from widgets.map.web_engine import environment, prepare_engine

SIGNAL_MS = 100


def run(arguments: argparse.Namespace, demo: DemoRoom | None) -> int:
    """Start the desk, run it until its window closes, and return the status of the process."""
    told: list[Callable[[str], None]] = []
    crash_report.install(lambda kind: [tell(kind) for tell in told].clear())
    try:
        settings = with_arguments(read_settings(settings_path()), arguments)
    except SettingsRefusedError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    logging_setup.set_up(logging_setup.log_folder())
    problem = miscounting()
    if problem is not None:
        sys.stderr.write(f"{problem}\n")
        return 2
    as_root = runs_as_root()
    if as_root:
        tell(AS_ROOT)
    os.environ.update(environment(os.environ, as_root=as_root))
    prepare_engine()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("bongsu")
    application.setQuitOnLastWindowClosed(False)
    return _Run(application, settings, demo, told, arguments.picture, until_alarms=arguments.until_alarms).until_the_end()


class _Run:
    """One run of the desk with its bridge, from the window's appearance to the end of both."""

    def __init__(
        self,
        application: QApplication,
        settings: DeskSettings,
        demo: DemoRoom | None,
        told: list[Callable[[str], None]],
        picture: Path | None,
        *,
        until_alarms: bool,
    ) -> None:
        self._application, self._settings = application, settings
        self._picture = picture
        self._ends = False
        layouts = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "bongsu", "demo" if demo else "desk")
        self._desk = Desk(application, settings, None if picture is not None else layouts, self._leave)
        self._trainee = Desk(application, settings, None, self._leave) if isinstance(demo, ExerciseRoom) else None
        self._bridge = self._bridge_for(demo)
        told.append(self._tell_crash)
        if picture is not None:
            PictureTaker(self._desk, picture, self._on_picture_done, until_alarms=until_alarms)

    def until_the_end(self) -> int:
        """Show the window, begin with the bridge, and run until somebody leaves or a signal comes."""
        self._show_window()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: self._leave())
        wake = QTimer(interval=SIGNAL_MS)  # lets Python look at signals while Qt waits
        wake.timeout.connect(_nothing)
        wake.start()
        QTimer.singleShot(0, self._begin)
        status = self._application.exec()
        for desk in filter(None, (self._trainee, self._desk)):  # the last to be made first
            desk.stop()
        if self._bridge is not None:
            self._bridge.stop()
        return status

    def _show_window(self) -> None:
        window = self._desk.window
        if self._picture is not None:
            window.show()
            return
        window.resize(window.screen().availableSize() * 0.9)
        window.showMaximized()
        if self._trainee is not None:
            self._trainee.window.resize(window.screen().availableSize() * 0.9)
            self._trainee.window.show()

    def _bridge_for(self, demo: DemoRoom | None) -> BridgeProcess | None:
        if demo is not None:
            return DemoBridge(demo, lambda address: self._connect(address, demo), self._fail)
        if self._settings.connect is not None:
            return None
        return OwnBridge(own_data_folder(), self._desk.connect_to, self._fail)

    def _connect(self, address: BridgeAddress, room: DemoRoom) -> None:
        self._desk.connect_to(address)
        if self._trainee is not None and isinstance(room, ExerciseRoom):
            self._trainee.connect_to(room.trainee())

    def _begin(self) -> None:
        if self._bridge is not None:
            self._bridge.start()
            return
        try:
            self._desk.connect_to(address_of(self._settings))
        except DeskKeyError as error:
            self._fail(str(error))

    def _fail(self, sentence: str) -> None:
        sys.stderr.write(f"{sentence}\n")
        if self._picture is not None:
            self._end(2)
            return
        self._desk.sign_in.show_waiting(sentence)

    def _leave(self) -> None:
        self._end(0)

    def _end(self, status: int) -> None:
        """End the run from Qt's loop, which may not have begun; a signal may come in the midst of another's handler."""
        QTimer.singleShot(0, self._application, lambda: self._exit(status))

    def _exit(self, status: int) -> None:
        """Leave Qt's loop, once however many ask for it.

        A second time Qt says anew that the application is about to quit, and the web engine deletes what it has deleted; or that ends the
        loop in which the map's page is let go, and the page goes after what it stands on.
        """
        if not self._ends:
            self._ends = True
            self._application.exit(status)

    def _tell_crash(self, kind: str) -> None:
        text = QCoreApplication.translate("Desk", "Something in this desk failed ({kind}). It goes on, and its log says where.")
        self._desk.window.say(text.format(kind=kind))

    def _on_picture_done(self, sentences: list[str], worked: bool) -> None:
        sys.stdout.write("\n".join(sentences) + "\n")
        sys.stdout.flush()
        self._end(0 if worked else 1)


def with_arguments(settings: DeskSettings, arguments: argparse.Namespace) -> DeskSettings:
    """The settings, with what the command line says instead."""
    said = {name: getattr(arguments, name) for name in ("connect", "server_key", "language", "theme")}
    return replace(settings, **{name: value for name, value in said.items() if value is not None})


def address_of(settings: DeskSettings) -> BridgeAddress:
    """Where the bridge of the settings is, with this desk's own key; raises `DeskKeyError`."""
    path = settings_path().with_name("desk.key") if settings.key_file is None else Path(settings.key_file).expanduser()
    public, secret = desk_keys(path)
    return BridgeAddress(
        endpoint=settings.connect or "", server_key=(settings.server_key or "").encode(), desk_public=public, desk_secret=secret
    )


def _nothing() -> None:
    """Give Python a turn."""
