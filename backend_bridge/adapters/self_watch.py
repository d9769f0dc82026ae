"""The bridge's eye on itself: checkpoints of the log, room on the disk, steps of the machine's clock."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DatabaseError

from backend_bridge.adapters.checkpoints import Checkpointer
from backend_bridge.adapters.store_engine import reason_of
from backend_bridge.adapters.system_clock import SystemClock
from backend_bridge.application.inbox import Milestone, Trouble
from backend_bridge.domain.quantities import MICROSECONDS

_EVERY_S: Final = 1.0
_CHECKPOINT_EVERY: Final = 60
_DISK_EVERY: Final = 10
_DAY_S: Final = 86_400.0
_LEAST_FREE_SHARE: Final = 0.05
_LEAST_FREE_BYTES: Final = 64 * 1024 * 1024


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
        self._free_before: int | None = None

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
        step = self._clock.step_seen_us()
        if step:
            self._put(Trouble(code="clock-step", on=True, detail=f"{step / MICROSECONDS:+.1f} s"))
            self._on["clock-step"] = True
        elif self._on.get("clock-step"):
            self._say("clock-step", on=False)

    def _look_at_disk(self) -> None:
        """Warn when what is free will not last a day at the rate at which it shrinks, or is nearly nothing."""
        found = os.statvfs(self._folder)
        free, total = found.f_bavail * found.f_frsize, found.f_blocks * found.f_frsize
        shrunk = 0 if self._free_before is None else self._free_before - free
        self._free_before = free
        lasts_s = free / shrunk * _DISK_EVERY * _EVERY_S if shrunk > 0 else float("inf")
        short = free < max(_LEAST_FREE_BYTES, total * _LEAST_FREE_SHARE) and (lasts_s < _DAY_S or free < _LEAST_FREE_BYTES)
        self._say("disk-space", on=short, detail=f"{free // 1_000_000} MB free")

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
