"""How far the bridge is behind what comes in, as news that is worth an entry in the room's books."""

from typing import Final

from backend_bridge.application.inbox import Lag, Trouble

_TELL_EVERY_S: Final = 1.0
_FROM_S: Final = 1.0
"""Shorter waits are how a busy bridge works, and told as none."""
_STEP_S: Final = 0.5
LARGE_S: Final = 5.0
"""From here on it is an alarm."""
_OVER_S: Final = 2.0
"""Below this the alarm is over."""


class LagMeter:
    """Keeps the worst of each second; times are seconds of a monotonic clock."""

    def __init__(self) -> None:
        self._worst_s = 0.0
        self._told_s = 0.0
        self._since = 0.0
        self._is_large = False

    def news(self, behind_s: float, now: float) -> tuple[Lag | Trouble, ...]:
        """What is to be told now that the newest decision had waited for `behind_s`."""
        self._worst_s = max(self._worst_s, behind_s)
        if now - self._since < _TELL_EVERY_S:
            return ()
        worst, self._worst_s, self._since = self._worst_s, 0.0, now
        rounded = round(worst / _STEP_S) * _STEP_S if worst >= _FROM_S else 0.0
        told: list[Lag | Trouble] = []
        if rounded != self._told_s:
            self._told_s = rounded
            told.append(Lag(behind_s=rounded))
        if self._is_large != (worst >= (_OVER_S if self._is_large else LARGE_S)):
            self._is_large = not self._is_large
            told.append(Trouble(code="lag", on=self._is_large, detail=f"{rounded:.1f} s" if self._is_large else ""))
        return tuple(told)
