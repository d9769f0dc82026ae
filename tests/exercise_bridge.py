"""A bridge for exercises as a process: set up from one file, with a trainer and a trainee, and desks for both."""

import json
import secrets
import subprocess
import sys
import time
from pathlib import Path

import zmq
from desk_room import RawDesk
from free_ports import free_ports

PASSWORD = "a long enough secret"
PEOPLE = (("teacher", "trainer"), ("pupil", "operator"), ("boss", "supervisor"))


class ExerciseBridge:
    """`serve` on a folder of its own that is one for exercises from its first entry on."""

    def __init__(self, folder: Path, scenarios: dict[str, str] | None = None) -> None:
        self.folder = folder / "room"
        self.folder.mkdir(parents=True)
        (self.folder / "scenarios").mkdir()
        for name, text in (scenarios or {}).items():
            (self.folder / "scenarios" / f"{name}.toml").write_text(text, encoding="utf8")
        self.lanes, self.endpoint = (f"tcp://127.0.0.1:{port}" for port in free_ports(2))
        server_public, server_secret = zmq.curve_keypair()
        self.server_key = server_public
        self.keys = {name: zmq.curve_keypair() for name in ("teacher", "pupil", "boss")}
        self.opened: list[RawDesk] = []
        set_up = folder / "set-up.json"
        wanted = {
            "format": "bongsu-setup/1",
            "secret_key": server_secret.decode(),
            "exercise": True,
            "users": [{"name": name, "role": role, "password": PASSWORD} for name, role in PEOPLE],
            "desks": [{"name": f"desk-{name}", "public_key": keys[0].decode()} for name, keys in self.keys.items()],
        }
        set_up.write_text(json.dumps(wanted))
        key = folder / "store.key"
        key.write_text(secrets.token_hex(32) + "\n")
        self.key_file = key
        command = [sys.executable, "-m", "backend_bridge", "serve", "--data", str(self.folder), "--key-file", str(key)]
        self.process = subprocess.Popen(
            [*command, "--bind", self.lanes, "--desk", self.endpoint, "--set-up", str(set_up)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline().strip() == "ready", self.process.stderr and self.process.stderr.read()

    @property
    def gate(self) -> "ExerciseBridge":
        """Where raw desks look for the endpoint."""
        return self

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes whose waiting for a processor raw desks do not count."""
        return (self.process.pid,)

    def desk(self, user: str) -> RawDesk:
        """The raw desk of a user, logged in."""
        made = RawDesk(self, self.keys[user])  # type: ignore[arg-type]  # looks for the endpoint and the server's key alone
        assert made.log_in(user, PASSWORD)["t"] == "welcome"
        return made

    def shell(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of `bongsu-bridge` on the folder."""
        command = [sys.executable, "-m", "backend_bridge", *arguments, "--data", str(self.folder), "--key-file", str(self.key_file)]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    def log(self) -> list[dict[str, object]]:
        """Every entry of the room's log."""
        return [json.loads(line) for line in self.shell("log").stdout.splitlines()]

    def stop(self) -> None:
        """End the desks and the process."""
        for desk in self.opened:
            desk.close()
        self.process.terminate()
        assert self.process.wait(20) == 0


def until(deadline_s: float) -> float:
    """The moment so many seconds from now, for loops that wait."""
    return time.monotonic() + deadline_s
