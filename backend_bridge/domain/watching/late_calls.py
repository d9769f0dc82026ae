"""SOS that are heard late: their hour is looked back at minute by minute, so many at a time, once the places of then may have come."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from typing import Final

from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.watching.ledger import TICK_US, Ledger, Timer, TimerKind

MOST_CALLS: Final = 64
MOST_INSTANTS: Final = 256
"""What one minute looks back at, at most; one more call's hour may be added to the instants."""
MOST_LOOKS: Final = 10
"""An SOS without a place waits for so many minutes for what its device measured about then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LateCall:
    """An SOS whose hour, or whose place, is still to be looked for."""

    device: int
    pressed_us: int
    place: LatLon | None
    accuracy_m: float | None
    n_looks: int = 0
    """How often its place has been looked for."""

    @property
    def is_last_look(self) -> bool:
        """Whether its place is looked for no more after this."""
        return self.n_looks + 1 >= MOST_LOOKS

    def tells_more(self, than: "LateCall") -> bool:
        """Whether it says better from where than an earlier one of the same minute."""
        if self.place is None or than.place is None:
            return self.place is not None and than.place is None
        mine, other = self.accuracy_m or inf, than.accuracy_m or inf  # 0 is none
        return mine < other


LateParts = tuple[LateCall, ...]


class LateCalls:
    """Calls that wait, one a minute of each device."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._waiting: dict[tuple[int, int], LateCall] = {}

    def wait(self, call: LateCall) -> None:
        """Look back at a call at the next full minute; of a device's calls of one minute only at that which tells most."""
        if not self._waiting:
            self._ask()
        key = call.device, call.pressed_us // TICK_US
        known = self._waiting.get(key)
        if known is None or call.tells_more(known):
            self._waiting[key] = call

    def taken(self) -> list[LateCall]:
        """The calls that are looked back at now, those that have waited longest first; they wait no longer."""
        keys = list(self._waiting)[:MOST_CALLS]
        return [self._waiting.pop(key) for key in keys]

    def again(self, calls: list[LateCall], unseen: list[LateCall]) -> None:
        """Let calls wait on: those not come to yet before all others, those whose place has not been found behind them."""
        before = [*calls, *self._waiting.values()]
        behind = [replace(call, n_looks=call.n_looks + 1) for call in unseen if not call.is_last_look]
        self._waiting = {(call.device, call.pressed_us // TICK_US): call for call in (*before, *behind)}
        if self._waiting:
            self._ask()

    def _ask(self) -> None:
        self._ledger.at(Timer((self._ledger.now_us // TICK_US + 1) * TICK_US, TimerKind.LATE_CALLS))

    def parts(self) -> LateParts:
        """Everything that waits; the timer is the ledger's."""
        return tuple(self._waiting.values())

    def restore(self, parts: LateParts) -> None:
        """Let wait what waited."""
        self._waiting = {(call.device, call.pressed_us // TICK_US): call for call in parts}


def instants_of(pressed_us: int, until_us: int) -> list[int]:
    """When it is looked who was about a call: at once, then at each full minute, which calls share, before `until_us`."""
    if pressed_us >= until_us:
        return []
    return [pressed_us, *range((pressed_us // TICK_US + 1) * TICK_US, until_us, TICK_US)]


def next_presses(calls: Iterable[LateCall]) -> dict[LateCall, int]:
    """When the device of a call called again, by call; those that are their devices' last are left out."""
    in_order = sorted(calls, key=lambda call: (call.device, call.pressed_us))
    return {before: after.pressed_us for before, after in pairwise(in_order) if before.device == after.device}
