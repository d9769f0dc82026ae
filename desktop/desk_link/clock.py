"""The bridge's clock as the desk knows it: carried on between pings, through suspend, and at the speed of a demonstration."""

import time
from collections import deque
from typing import Final

_PINGS: Final = 10


class BridgeClock:
    """Written by the receiver thread, read by any."""

    def __init__(self) -> None:
        self._speed = 1.0
        self._offsets: deque[float] = deque(maxlen=_PINGS)
        self._offset_us: float | None = None

    def hear(self, now_us: int, speed: float | None = None) -> None:
        """The bridge's clock showed `now_us` a moment ago; of the last pings the one that was least under way counts."""
        if speed is not None and speed != self._speed:
            self._speed = speed
            self._offsets.clear()
        self._offsets.append(now_us - self._speed * _boot_us())
        self._offset_us = max(self._offsets)

    def now_us(self) -> int | None:
        """What the bridge's clock shows now; None before the bridge was first heard."""
        return None if self._offset_us is None else int(self._offset_us + self._speed * _boot_us())


def _boot_us() -> int:
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000
