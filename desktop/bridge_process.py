"""The bridge that the desk starts itself when none is given: the user's own, which goes on watching, or that of a demonstration."""

import json
import os
import select
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal, Slot
from typing_extensions import override

from desktop import bridge_commands as commands
from desktop.bridge_address import BridgeAddress
from desktop.demo_room import DemoRoom
from desktop.desk_link.keys import DeskKeyError, desk_keys

_STATE_FILE: Final = "desk-bridge.json"
ENDS_WITHIN_S: Final = 30.0
FIRST_LOGIN_FILE: Final = "first-login"
"""Where a bridge without users leaves the name and the one-time password of its first administrator."""


def own_data_folder() -> Path:
    """Where the user's own bridge keeps its store."""
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(base) / "bongsu" / "bridge"


class BridgeProcess(QObject):
    """Starts a bridge on a thread of its own; tells the GUI thread when it is ready or why not."""

    _told = Signal(object)

    def __init__(self, on_ready: Callable[[BridgeAddress], None], on_failed: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on_ready, self._on_failed = on_ready, on_failed
        self._ends = threading.Event()
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._live, name="bridge-process")

    def start(self) -> None:
        """Begin; exactly one of the two callables is called, in the GUI thread."""
        self._thread.start()

    def stop(self) -> None:
        """Let go of the bridge: a demonstration's ends within five seconds, the user's own goes on."""
        self._ends.set()
        self._thread.join(6)

    def _live(self) -> None:
        """The whole life of the process, on one thread: a bridge that ends with its parent ends with the thread that started it."""
        try:
            self._told.emit(self._begin())
            self._ends.wait()
        except (commands.BridgeStartError, DeskKeyError, OSError) as error:
            self._told.emit(str(error))
        finally:
            self._finish()

    def _begin(self) -> BridgeAddress:
        raise NotImplementedError

    def _finish(self) -> None:
        """What is to be done in the end."""

    @Slot(object)
    def _on_told(self, told: object) -> None:
        if isinstance(told, BridgeAddress):
            self._on_ready(told)
        else:
            self._on_failed(str(told))


class OwnBridge(BridgeProcess):
    """The user's own bridge: found running, or started as a process that goes on when the window closes."""

    def __init__(self, folder: Path, on_ready: Callable[[BridgeAddress], None], on_failed: Callable[[str], None]) -> None:
        super().__init__(on_ready, on_failed)
        self._folder = folder

    @override
    def _begin(self) -> BridgeAddress:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        public, secret = desk_keys(self._folder / "desk.key")
        state = running_state(self._folder) or self._serve()
        printed = commands.run("enrol-desk", "own", f"--public-key={public.decode()}", "--data", str(self._folder))
        return BridgeAddress(
            endpoint=state["desk"],
            server_key=printed.strip().rpartition("\n")[2].encode(),
            desk_public=public,
            desk_secret=secret,
            logins=_first_login(self._folder),
        )

    def _serve(self) -> dict[str, str]:
        lanes, desks = commands.free_endpoints(2)
        output = self._folder / "bridge.out"
        with output.open("wb") as file:
            process = commands.on_its_own(["serve", "--data", str(self._folder), "--bind", lanes, "--desk", desks], file)
        commands.wait_for_ready(process, output)
        state = {"pid": str(process.pid), "lanes": lanes, "desk": desks}
        (self._folder / _STATE_FILE).write_text(json.dumps(state))
        return state


def running_state(folder: Path) -> dict[str, str] | None:
    """Where the user's own bridge listens; None where it does not run."""
    try:
        state: dict[str, str] = json.loads((folder / _STATE_FILE).read_text())
        command = Path(f"/proc/{int(state['pid'])}/cmdline").read_bytes()
    except (OSError, ValueError, KeyError):
        return None
    return state if b"backend_bridge" in command and str(folder).encode() in command else None


def stop_own_bridge(folder: Path) -> bool:
    """End the user's own bridge: nobody is watched from then on. False where it does not run; `TimeoutError` where it takes too long."""
    state = running_state(folder)
    if state is None:
        return False
    try:
        process = os.pidfd_open(int(state["pid"]))
    except ProcessLookupError:
        return False
    try:
        signal.pidfd_send_signal(process, signal.SIGTERM)
        if not select.select([process], [], [], ENDS_WITHIN_S)[0]:
            raise TimeoutError
    finally:
        os.close(process)
    return True


def _first_login(folder: Path) -> tuple[tuple[str, str, str], ...]:
    try:
        user, _, password = (folder / FIRST_LOGIN_FILE).read_text().strip().partition(" ")
    except OSError:
        return ()
    return (("administrator", user, password),)


class DemoBridge(BridgeProcess):
    """The bridge of a demonstration, which ends with the desk."""

    def __init__(self, room: DemoRoom, on_ready: Callable[[BridgeAddress], None], on_failed: Callable[[str], None]) -> None:
        super().__init__(on_ready, on_failed)
        self._room = room

    @override
    def _begin(self) -> BridgeAddress:
        return self._room.address()

    @override
    def _finish(self) -> None:
        self._room.end()
