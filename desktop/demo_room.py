"""The demonstration: a bridge on a fresh temporary folder with made-up cases, and a simulated gateway; all of it ends with the desk.

It knows nothing of Qt, so that it can begin before the desk's libraries are loaded: bridge, gateway and desk then load side by side.
"""

import json
import secrets
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Final

import resources
from desktop import bridge_commands as commands
from desktop.bridge_address import BridgeAddress
from desktop.desk_link.keys import fresh_keys

_PATIENCE_S: Final = 2.0
"""How long its processes may take to end by themselves; nothing of them is kept."""


class DemoSetMissingError(Exception):
    """There is nothing to play; the text says what is missing and what would work."""


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


def demo_set(folder: Path | None, speed: float) -> DemoSet:
    """What a demonstration plays: the set that is shipped, or that of `folder`; raises `DemoSetMissingError`."""
    if folder is None:
        shipped = resources.path("demo")
        return DemoSet(
            cases=shipped / "cases.json",
            fixes=shipped / "fixes.parquet",
            events=shipped / "events.jsonl",
            units=shipped / "units.json",
            roads=shipped / "roads.npz",
            speed=speed,
        )
    if not folder.is_dir():
        raise DemoSetMissingError(f"{folder}: there is no such folder; --set needs one with cases, fixes and events.")
    cases = next(iter([*sorted(folder.glob("cases.json")), *sorted(folder.glob("cases/*-cases.json"))]), None)
    if cases is None:
        raise DemoSetMissingError(f"{folder}: neither cases.json nor cases/NAME-cases.json is there.")
    name = cases.name.removesuffix("-cases.json")
    fixes = next((path for path in (folder / "fixes.parquet", folder / "fixes" / f"{name}-day.parquet") if path.is_file()), None)
    if fixes is None:
        raise DemoSetMissingError(f"{folder}: neither fixes.parquet nor fixes/{name}-day.parquet is there.")
    events = next((path for path in (folder / "events.jsonl", folder / "events" / f"{name}-day.jsonl") if path.is_file()), None)
    return DemoSet(cases=cases, fixes=fixes, events=events, speed=speed)


class DemoRoom:
    """Starts its processes when it is made; `address` waits until the bridge listens, `end` leaves nothing behind."""

    ROLES: tuple[str, ...] = ("operator", "supervisor")
    """Who works in it, one of each."""

    def __init__(self, demo: DemoSet) -> None:
        self._demo = demo
        self.folder = Path(tempfile.mkdtemp(prefix="bongsu-demo-"))
        self.processes: list[Popen[bytes]] = []
        """The bridge, the gateway and, once the bridge listens, the police units."""
        self._lanes, desks = commands.free_endpoints(2)
        server, server_secret = fresh_keys()
        gateway, gateway_secret = fresh_keys()
        public, secret = fresh_keys()
        logins = tuple((role, role, secrets.token_urlsafe(16)) for role in self.ROLES)
        self._address = BridgeAddress(endpoint=desks, server_key=server, desk_public=public, desk_secret=secret, logins=logins, demo=True)
        self._write_secretly("gateway.key", gateway_secret.decode() + "\n")
        self._write_secretly("set-up.json", json.dumps(self._set_up(server_secret, gateway)))
        self._write_secretly("store.key", secrets.token_hex(32) + "\n")
        self._serve(desks)
        self._simulate()

    def address(self) -> BridgeAddress:
        """Where the bridge listens, once it does; raises `BridgeStartError`."""
        commands.wait_for_ready(self.processes[0], self.folder / "bridge.out")
        if self._demo.units is not None:
            self._run("units.out", ["simulate-units", "--units", str(self._demo.units), "--data", self._data])
        return self._address

    def end(self) -> None:
        """End all processes within seconds and remove the folder."""
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
        for process in self.processes:
            commands.end(process, _PATIENCE_S)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _set_up(self, server_secret: bytes, gateway: bytes) -> dict[str, object]:
        found: dict[str, object] = {
            "format": "bongsu-setup/1",
            "secret_key": server_secret.decode(),
            "users": [{"name": name, "role": role, "password": password} for role, name, password in self._address.logins],
            "desks": [{"name": "demo", "public_key": self._address.desk_public.decode()}],
            "gateways": [{"name": "demo", "public_key": gateway.decode(), "devices": "*"}],
            "cases": str(self._demo.cases.resolve()),
        }
        if self._demo.units is not None and self._demo.roads is not None:
            found["roads"] = str(self._demo.roads.resolve())
        return found

    def _serve(self, desks: str) -> None:
        arguments = ["serve", "--data", self._data, "--bind", self._lanes, "--desk", desks, "--set-up", str(self.folder / "set-up.json")]
        arguments += ["--key-file", str(self.folder / "store.key")]
        if self._demo.speed != 1.0:
            arguments += ["--clock-speed", f"{self._demo.speed:g}"]
        self._run("bridge.out", [*arguments, *self._demo.more])

    def _simulate(self) -> None:
        arguments = ["simulate", "--fixes", str(self._demo.fixes), "--to", self._lanes]
        arguments += [f"--server-key={self._address.server_key.decode()}", "--secret-key-file", str(self.folder / "gateway.key")]
        arguments += ["--loop", "--speed", f"{self._demo.speed:g}"]
        if self._demo.events is not None:
            arguments += ["--events", str(self._demo.events)]
        self._run("gateway.out", arguments)

    def _run(self, output: str, arguments: Sequence[str]) -> None:
        with (self.folder / output).open("wb") as file:
            self.processes.append(commands.ending_with_us(arguments, file))

    def _write_secretly(self, name: str, text: str) -> None:
        path = self.folder / name
        path.touch(0o600)
        path.write_text(text, encoding="utf8")
