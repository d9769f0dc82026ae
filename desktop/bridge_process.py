"""The bridge that the desk starts itself when none is given: the user's own, which goes on watching, or that of a demonstration."""

import json
import os
import secrets
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Final

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal, Slot
from typing_extensions import override

from desktop import bridge_commands as commands
from desktop.desk_link.keys import DeskKeyError, desk_keys, fresh_keys

_DEMO_PATIENCE_S: Final = 2.0
"""How long a demonstration's bridge may take to end by itself; nothing of it is kept."""

_STATE_FILE: Final = "desk-bridge.json"
FIRST_LOGIN_FILE: Final = "first-login"
"""Where a bridge without users leaves the name and the one-time password of its first administrator."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BridgeAddress:
    """A bridge that listens, and how this desk gets in; never shown in a text."""

    endpoint: str
    server_key: bytes
    desk_public: bytes
    desk_secret: bytes
    logins: tuple[tuple[str, str, str], ...] = ()
    """(role, name, password) that the desk may use by itself: a demonstration's users, or the first administrator's one-time password."""
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSet:
    """What a demonstration plays: cases, fixes and events, and how many times as fast as they were."""

    cases: Path
    fixes: Path
    events: Path | None = None
    units: Path | None = None
    """Police units to simulate, and the roads for their travel times; none where None."""
    roads: Path | None = None
    speed: float = 1.0
    more: tuple[str, ...] = ()
    """Further arguments for `bongsu-bridge serve`."""


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
        """The whole life of the process, on one thread, because a leash is held by a thread."""
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
    """Ask the user's own bridge to end: nothing watches from then on. False where it does not run."""
    state = running_state(folder)
    if state is None:
        return False
    with suppress(ProcessLookupError):
        os.kill(int(state["pid"]), signal.SIGTERM)
    return True


def _first_login(folder: Path) -> tuple[tuple[str, str, str], ...]:
    try:
        user, _, password = (folder / FIRST_LOGIN_FILE).read_text().strip().partition(" ")
    except OSError:
        return ()
    return (("administrator", user, password),)


class DemoBridge(BridgeProcess):
    """A bridge on a fresh temporary folder with made-up cases and a simulated gateway; all of it ends with the desk."""

    def __init__(self, demo: DemoSet, on_ready: Callable[[BridgeAddress], None], on_failed: Callable[[str], None]) -> None:
        super().__init__(on_ready, on_failed)
        self._demo = demo
        self._folder = Path(tempfile.mkdtemp(prefix="bongsu-demo-"))
        self._processes: list[Popen[bytes]] = []

    @override
    def _begin(self) -> BridgeAddress:
        data, (lanes, desks) = str(self._folder / "data"), commands.free_endpoints(2)
        if self._demo.units is not None and self._demo.roads is not None:
            commands.run("simulate-units", "--prepare", "--roads", str(self._demo.roads), "--data", data)
        self._serve(data, lanes, desks)
        gateway, gateway_secret = fresh_keys()
        public, secret = fresh_keys()
        people = [("operator", "operator", secrets.token_urlsafe(16)), ("supervisor", "supervisor", secrets.token_urlsafe(16))]
        with ThreadPoolExecutor(2) as pool:
            adding = [
                pool.submit(commands.run, "user", "add", name, "--role", role, "--password-stdin", "--data", data, secret=word + "\n")
                for role, name, word in people
            ]
            desk = pool.submit(commands.run, "enrol-desk", "demo", f"--public-key={public.decode()}", "--data", data)
            cases = pool.submit(commands.run, "import-cases", str(self._demo.cases), "--data", data)
            gate = pool.submit(commands.run, "enrol-gateway", "demo", f"--public-key={gateway.decode()}", "--devices", "*", "--data", data)
            server_key = desk.result().strip().rpartition("\n")[2]
            for waited in (*adding, cases, gate):
                waited.result()
        self._simulate(lanes, server_key, gateway_secret)
        self._simulate_units(data)
        return BridgeAddress(
            endpoint=desks,
            server_key=server_key.encode(),
            desk_public=public,
            desk_secret=secret,
            logins=tuple(people),
            demo=True,
        )

    def _serve(self, data: str, lanes: str, desks: str) -> None:
        output = self._folder / "bridge.out"
        arguments = ["serve", "--data", data, "--bind", lanes, "--desk", desks, *self._demo.more]
        if self._demo.speed != 1.0:
            arguments += ["--clock-speed", f"{self._demo.speed:g}"]
        with output.open("wb") as file:
            self._processes.append(commands.on_leash(arguments, file))
        commands.wait_for_ready(self._processes[0], output)

    def _simulate(self, lanes: str, server_key: str, gateway_secret: bytes) -> None:
        key = self._folder / "gateway.key"
        key.touch(0o600)
        key.write_bytes(gateway_secret + b"\n")
        arguments = ["simulate", "--fixes", str(self._demo.fixes), "--to", lanes, f"--server-key={server_key}"]
        arguments += ["--secret-key-file", str(key), "--loop", "--speed", f"{self._demo.speed:g}"]
        if self._demo.events is not None:
            arguments += ["--events", str(self._demo.events)]
        with (self._folder / "gateway.out").open("wb") as file:
            self._processes.append(commands.on_leash(arguments, file))

    def _simulate_units(self, data: str) -> None:
        if self._demo.units is None:
            return
        with (self._folder / "units.out").open("wb") as file:
            arguments = ["simulate-units", "--units", str(self._demo.units), "--data", data]
            self._processes.append(commands.on_leash(arguments, file))

    @override
    def _finish(self) -> None:
        for process in reversed(self._processes):
            if process.poll() is None:
                process.terminate()
        for process in self._processes:
            commands.end(process, _DEMO_PATIENCE_S)
        shutil.rmtree(self._folder, ignore_errors=True)
