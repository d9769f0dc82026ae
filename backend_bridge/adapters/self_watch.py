"""The bridge's eye on itself: checkpoints of the log, room on the disk, steps of the machine's clock."""

import math
import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DatabaseError

from backend_bridge.adapters.checkpoints import Checkpointer
from backend_bridge.adapters.store_engine import reason_of
from backend_bridge.adapters.system_clock import STEP_US, SystemClock
from backend_bridge.application.inbox import Milestone, Trouble
from backend_bridge.domain.quantities import MICROSECONDS

_EVERY_S: Final = 1.0
_CHECKPOINT_EVERY: Final = 60
_DISK_EVERY: Final = 10
_HOUR: Final = 360
"""Looks in it. How fast the disk fills is measured from one hour to the next, over two."""
_SETTLED: Final = 60
"""What was free at its best within ten minutes counts: shorter work with temporary files fills nothing."""
_WORK: Final = 0.2
"""A larger share than this of what is free is no temporary file's: it counts at once."""
_LEAST_LOOKS: Final = 60
"""Over less than ten minutes nothing is foretold."""
_ROOM_MADE: Final = 0.05
"""Where more than this share of what is free came at once, beyond all that was free in the last hour, somebody made room: that says
nothing about how fast it fills."""
_WARN_S: Final = 24 * 3600.0
_CALM_S: Final = 30 * 3600.0
_LEAST_FREE_BYTES: Final = 64 * 1024 * 1024
"""With less than this free the warning comes whatever the rate; it stays until there is twice as much."""


class DiskOutlook:
    """Whether room on the disk is short: when it will be full within a day at the rate of the last hours, or nearly is."""

    def __init__(self) -> None:
        self._looks: deque[int] = deque(maxlen=2 * _HOUR + 1)
        self.is_short = False
        self.lasts_s = math.inf
        """How long what is free lasts at that rate; endless where it does not shrink, or is not watched for long enough."""

    def look(self, free_bytes: int) -> None:
        """What is free now; to be told every ten seconds."""
        beyond = free_bytes - max(list(self._looks)[-_HOUR:], default=free_bytes)
        if beyond > free_bytes * _ROOM_MADE:
            made = free_bytes - self._looks[-1]
            self._looks = deque((before + made for before in self._looks), maxlen=self._looks.maxlen)
        self._looks.append(free_bytes)
        shrinks = _shrinks(list(self._looks)) if len(self._looks) > _LEAST_LOOKS else 0.0
        self.lasts_s = free_bytes / shrinks * _DISK_EVERY * _EVERY_S if shrinks > 0.0 else math.inf
        times = 2 if self.is_short else 1
        self.is_short = self.lasts_s < (_CALM_S if self.is_short else _WARN_S) or free_bytes < times * _LEAST_FREE_BYTES


def _shrinks(looks: Sequence[int]) -> float:
    """By how many bytes a look less is free, at its best and at its least: what comes and goes moves only one of the two for long."""
    half = len(looks) // 2
    few = min(_SETTLED, half)
    best = max(looks[-few:])
    n_best = len(looks) - few
    if looks[-1] < best * (1.0 - _WORK):
        best, n_best = looks[-1], len(looks) - 1
    at_best = (max(looks[:few]) - best) / n_best
    at_least = (min(looks[:half]) - min(looks[half:])) / (len(looks) - half)
    return min(at_best, at_least)


class SelfWatch:
    """A thread that looks each second and puts what it finds into the inbox."""

    def __init__(self, folder: Path, clock: SystemClock, checkpointer: Checkpointer, put: Callable[[Milestone | Trouble], None]) -> None:
        self._folder = folder
        self._clock = clock
        self._checkpointer = checkpointer
        self._put = put
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="self-watch", daemon=True)
        self._on: dict[str, bool] = {}
        self._disk = DiskOutlook()

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Write a last checkpoint and end."""
        self._stopping.set()
        self._thread.join(5.0)
        self._checkpoint()

    def _run(self) -> None:
        turn = 0
        while not self._stopping.wait(_EVERY_S):
            turn += 1
            self._look_at_clock()
            if turn % _DISK_EVERY == 1:
                self._look_at_disk()
            if turn % _CHECKPOINT_EVERY == 1:
                self._checkpoint()

    def _look_at_clock(self) -> None:
        """Tell of a step, and that the machine's clock is behind for as long as it is: until then ages are doubtful."""
        step, ahead = self._clock.step_seen_us(), self._clock.ahead_us()
        if step:
            self._on["clock-step"] = True
            self._put(Trouble(code="clock-step", on=True, detail=f"{step / MICROSECONDS:+.1f} s"))
        else:
            is_behind = ahead > STEP_US
            self._say("clock-step", on=is_behind, detail=f"{-ahead / MICROSECONDS:+.1f} s" if is_behind else "")

    def _look_at_disk(self) -> None:
        found = os.statvfs(self._folder)
        free = found.f_bavail * found.f_frsize
        self._disk.look(free)
        lasts = "" if math.isinf(self._disk.lasts_s) else f", full in {self._disk.lasts_s / 3600:.1f} h"
        self._say("disk-space", on=self._disk.is_short, detail=f"{free // 1_000_000} MB free{lasts}")

    def _checkpoint(self) -> None:
        try:
            written = self._checkpointer.write(self._clock.now_us())
        except OSError as error:
            self._say("checkpoint", on=True, detail=error.strerror or "")
            return
        except DatabaseError as error:
            self._say("checkpoint", on=True, detail=reason_of(error))
            return
        self._say("checkpoint", on=False)
        if written is not None:
            self._put(Milestone(what="checkpoint", detail=f"{written.n} {written.root.hex()}"))

    def _say(self, code: str, *, on: bool, detail: str = "") -> None:
        """Tell of a trouble when it begins and when it ends."""
        if self._on.get(code, False) != on:
            self._on[code] = on
            self._put(Trouble(code=code, on=on, detail=detail))
