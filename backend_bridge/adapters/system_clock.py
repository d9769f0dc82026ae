"""The bridge's clock: the only place that reads the time of day."""

import threading
import time
from typing import Final

from backend_bridge.domain.quantities import MICROSECONDS

_CATCHING_UP: Final = 0.5
"""How fast time runs while the machine's clock, set back, is behind: it never stands still and never goes back."""
_STEP_US: Final = 2 * MICROSECONDS


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
            elapsed = boot_us - self._boot_us
            step = (wall_us - self._wall_us) - elapsed
            self._boot_us, self._wall_us = boot_us, wall_us
            if abs(step) > _STEP_US:
                self._stepped_us += step
            if self._is_free:
                self._now_us += int(elapsed * self._speed)
            elif wall_us >= self._now_us:
                self._now_us = wall_us
            else:
                self._now_us += int(elapsed * _CATCHING_UP)
            return self._now_us

    def step_seen_us(self) -> int:
        """By how much the machine's clock was set since this was last asked; 0 when it was not."""
        with self._lock:
            stepped, self._stepped_us = self._stepped_us, 0
            return stepped


def wall_us_now() -> int:
    """What the machine's clock says."""
    return time.time_ns() // 1000


def _boot_us() -> int:
    # Unlike the monotonic clock it goes on while the machine is suspended.
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000
