"""Times promises of the kind "within a second" so that a busy machine fails no test and a slow program still does."""

import os
import time
from pathlib import Path
from typing import Final

_NS: Final = 1e9
_LEAST: Final = 0.1


class Stopwatch:
    """Seconds since it was made, less those in which a thread of the processes stood in line for a processor.

    This process is always among them; name the others whose work is timed. Linux alone counts the line (`schedstat`); elsewhere
    nothing is taken off.
    """

    def __init__(self, *pids: int) -> None:
        self._pids = (os.getpid(), *pids)
        self._queued_ns = self._queued()
        self._began = time.monotonic()

    def seconds(self) -> float:
        """Time that passed and was not spent in the line; a tenth of it at least counts, so that every wait ends."""
        passed_s = time.monotonic() - self._began
        before, now = self._queued_ns, self._queued()
        queued_s = sum(max(0, now[thread] - before.get(thread, 0)) for thread in now) / _NS
        return max(_LEAST * passed_s, passed_s - queued_s)

    def _queued(self) -> dict[Path, int]:
        return {
            path: ns for pid in self._pids for path in Path(f"/proc/{pid}/task").glob("*/schedstat") if (ns := _wait_ns(path)) is not None
        }


def _wait_ns(schedstat: Path) -> int | None:
    try:
        return int(schedstat.read_text().split()[1])
    except OSError:  # a thread that ended between the listing and the look
        return None
