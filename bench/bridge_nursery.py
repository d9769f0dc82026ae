"""Starts bridges without loading their libraries each time: one process has loaded them, and forks a bridge whenever it is told to.

`Nursery` is the near side. Run as a program this is the far side: it takes the arguments of `bongsu-bridge` as JSON, a line each,
and says `pid N` when that bridge begins, and `ended STATUS` when it is gone; what the bridge prints comes in between.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parents[1]


class Nursery:
    """Bridges of one folder, one after the other; each a process of its own, which SIGKILL ends like any other."""

    def __init__(self, folder: Path, lane: str, desk: str) -> None:
        self._arguments = ["serve", "--data", str(folder), "--bind", lane, "--desk", desk]
        self._far = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        self.pid = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pid:
            self.end(signal.SIGKILL)
        self._far.communicate(timeout=60)

    def begin(self) -> None:
        """Let a bridge begin; it need not be ready yet when this returns."""
        assert self._far.stdin is not None
        self._far.stdin.write(json.dumps(self._arguments) + "\n")
        self._far.stdin.flush()
        self.pid = int(self._heard("pid"))

    def ready_after_s(self) -> tuple[float, float]:
        """Wait until the bridge that has just begun is ready; how long that took, and how much of a processor's time."""
        began = time.monotonic()
        self._heard("ready")
        used = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return time.monotonic() - began, (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")

    def end(self, how: int) -> int:
        """Send the signal and wait for the end; the exit status, negative for a signal."""
        os.kill(self.pid, how)
        self.pid = 0
        return int(self._heard("ended"))

    def _heard(self, word: str) -> str:
        assert self._far.stdout is not None
        for line in self._far.stdout:
            first, _, rest = line.strip().partition(" ")
            if first == word:
                return rest
            assert first == "ready", f"waiting for {word}, heard {line!r}"
        raise AssertionError(f"waiting for {word}, the nursery is gone")


def main() -> None:
    """The far side."""
    sys.path.insert(0, str(ROOT))
    import backend_bridge.bootstrap.serve  # noqa: F401  # loaded here once for all
    from backend_bridge.bootstrap.warm import warm_up
    from backend_bridge.command_line import main as run

    warm_up()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            print(f"pid {os.getpid()}", flush=True)
            os._exit(run(json.loads(line)))
        _, status = os.waitpid(pid, 0)
        print(f"ended {os.waitstatus_to_exitcode(status)}", flush=True)


if __name__ == "__main__":
    main()
