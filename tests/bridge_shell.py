"""`bongsu-bridge` as people use it: commands as processes, a served folder, a gateway's connection."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from free_ports import free_ports

PROGRAM = (sys.executable, "-m", "backend_bridge")
ROOT = Path(__file__).parents[1]
READY_WITHIN_S = 150.0


def shell(*arguments: object, status: int = 0, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run one command to its end and check its status."""
    done = subprocess.run([*PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=150, input=stdin, cwd=ROOT)
    assert done.returncode == status, (done.returncode, done.stdout, done.stderr)
    return done


def log_of(folder: Path, *more: object) -> list[dict[str, object]]:
    """The entries that `log` prints."""
    return [json.loads(line) for line in shell("log", "--data", folder, *more).stdout.splitlines()]


class Served:
    """A bridge that runs on `folder`."""

    def __init__(self, folder: Path, *more: object, lane: str | None = None, under: Sequence[str] = ()) -> None:
        """`under` is a command that starts it."""
        self.folder = folder
        lane_port, desk = free_ports(2)
        self.lane = lane or f"tcp://127.0.0.1:{lane_port}"
        self._process = subprocess.Popen(
            [*under, *PROGRAM, "serve", "--data", str(folder), "--bind", self.lane, "--desk", f"tcp://127.0.0.1:{desk}", *map(str, more)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        started = time.monotonic()
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        self.started_s = time.monotonic() - started
        assert line == "ready\n", self._process.communicate(timeout=20)

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        """End it as a power cut would."""
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.communicate(timeout=20)

    def stop(self, within_s: float = 20.0) -> int:
        """SIGTERM; the exit status."""
        self._process.send_signal(signal.SIGTERM)
        self._process.communicate(timeout=within_s)
        return self._process.returncode

    def is_running(self) -> bool:
        return self._process.poll() is None


@contextmanager
def served(folder: Path, *more: object) -> Iterator[Served]:
    bridge = Served(folder, *more)
    try:
        yield bridge
    finally:
        if bridge.is_running():
            bridge.stop()


def case_document(number: int = 1, **changed: object) -> dict[str, object]:
    """A wearer ANK-n, a protected person VIC-n, a zone and two rings, in force for years."""
    lat = 36.30 + number / 50
    case: dict[str, object] = {
        "case": f"C-{number}",
        "jurisdiction": "KR",
        "tier": "high",
        "subject": {"person": f"S-{number}", "device": f"ANK-{number}"},
        "protected": [{"person": f"V-{number}", "device": f"VIC-{number}"}],
        "people": [{"person": f"V-{number}", "name": "CANARYNAME", "phones": ["CANARYPHONE"], "relation": None}],
        "order": {"basis": "interim-measure-3-2", "starts": "2020-01-01T00:00:00Z", "ends": "2040-01-01T00:00:00Z"},
        "zones": [{"zone": "Z1", "kind": "exclusion", "circle": {"lat": lat, "lon": 127.39, "radius_m": 300}}],
        "rings": [{"ring": "R1", "about": f"V-{number}", "distance_m": 500, "effect": "alarm"}],
    }
    return case | changed


def case_file(folder: Path, *cases: dict[str, object]) -> Path:
    path = folder / "cases.json"
    path.write_text(json.dumps({"format": "bongsu-case/1", "cases": list(cases)}))
    return path
