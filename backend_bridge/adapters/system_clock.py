"""The bridge's clock: the only place that reads the time of day."""

import threading
import time
from typing import Final

from backend_bridge.domain.quantities import MICROSECONDS

_CATCHING_UP: Final = 0.98
"""How fast time runs while the machine's clock, set back, is behind: timers are late by a fiftieth, an hour is made up in two days."""
STEP_US: Final = 2 * MICROSECONDS
"""What counts as a step of the machine's clock."""


class SystemClock:
    """Microseconds of UTC that never go back; runs `speed` times as fast as the world from `since_us` on.

    `since_us` is a time of the world; left out, it is now. May be read from any thread.
    """

    def __init__(self, *, speed: float = 1.0, not_before_us: int = 0, since_us: int | None = None) -> None:
        self._speed = speed
        self._is_free = speed != 1.0
        self._lock = threading.Lock()
        self._wall_us = wall_us_now()
        self._boot_us = _boot_us()
        ahead_us = 0 if since_us is None else int((self._wall_us - since_us) * (speed - 1.0))
        self._now_us = max(self._wall_us + ahead_us, not_before_us + 1)
        self._stepped_us = 0
        self._ahead_since: tuple[int, int] | None = None
        """Since when time runs ahead of the machine's clock: what the counter and the time were; None while it does not."""

    @property
    def speed(self) -> float:
        """How many seconds pass here in a second of the world."""
        return self._speed

    def run_at(self, speed: float) -> None:
        """Let time pass at another speed from now on, without a leap; for rooms for exercises."""
        self.now_us()
        with self._lock:
            self._speed, self._is_free = speed, True

    def now_us(self) -> int:
        """The time now; later calls never give an earlier one."""
        with self._lock:
            boot_us, wall_us = _boot_us(), wall_us_now()
            before, elapsed = (self._boot_us, self._now_us), boot_us - self._boot_us
            step = (wall_us - self._wall_us) - elapsed
            self._boot_us, self._wall_us = boot_us, wall_us
            if abs(step) > STEP_US:
                self._stepped_us += step
            if self._is_free:
                self._now_us += int(elapsed * self._speed)
            else:
                self._follow(wall_us, boot_us, before)
            return self._now_us

    def _follow(self, wall_us: int, boot_us: int, before: tuple[int, int]) -> None:
        """Go along with the machine's clock, or on from where it was when that was set back, until it has caught up."""
        if wall_us < self._now_us and self._ahead_since is None:
            self._ahead_since = before
        slowed_us = wall_us
        if self._ahead_since is not None:
            slowed_us = self._ahead_since[1] + int((boot_us - self._ahead_since[0]) * _CATCHING_UP)
        if wall_us >= slowed_us:
            self._ahead_since = None
        self._now_us = max(wall_us, slowed_us)

    def step_seen_us(self) -> int:
        """By how much the machine's clock was set since this was last asked; 0 when it was not."""
        with self._lock:
            stepped, self._stepped_us = self._stepped_us, 0
            return stepped

    def ahead_us(self) -> int:
        """By how much the time here is ahead of the machine's clock, which was set back; 0 when it is not, or has its own speed."""
        with self._lock:
            return 0 if self._is_free else max(0, self._now_us - self._wall_us)


def wall_us_now() -> int:
    """What the machine's clock says."""
    return time.time_ns() // 1000


def _boot_us() -> int:
    # Unlike the monotonic clock it goes on while the machine is suspended.
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000
