"""Contacts of beacons that are heard late: the positions of then come behind them, and are waited for."""

from collections.abc import Callable
from typing import Final

from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.watching.ledger import TICK_US, Ledger, Timer, TimerKind

LateParts = tuple[tuple[int, DeviceEvent], ...]
NOTHING_LATE: Final[LateParts] = ()


class LateContacts:
    """Lets contacts be compared with positions: at once, or one to two minutes after those that come more than a minute late."""

    def __init__(self, ledger: Ledger, compare: Callable[[int, DeviceEvent], None]) -> None:
        self._ledger = ledger
        self._compare = compare
        self._waiting: list[tuple[int, DeviceEvent]] = []

    def hear(self, device: int, event: DeviceEvent) -> None:
        """Compare a contact, now or once what was measured about then may have come."""
        if event.kind is not DeviceEventKind.BEACON_CONTACT:
            return
        now_us = self._ledger.now_us
        if now_us - event.measured_us <= TICK_US:
            self._compare(device, event)
            return
        self._waiting.append((device, event))
        self._ledger.at(Timer((now_us // TICK_US + 2) * TICK_US, TimerKind.LATE_CONTACTS))

    def due(self, now_us: int) -> None:
        """Compare those that have waited for a minute."""
        waited, self._waiting = self._waiting, []
        for device, event in waited:
            if event.received_us // TICK_US + 2 <= now_us // TICK_US:
                self._compare(device, event)
            else:
                self._waiting.append((device, event))

    def parts(self) -> LateParts:
        """Everything that waits; the timer is the ledger's."""
        return tuple(self._waiting)

    def restore(self, parts: LateParts) -> None:
        """Let wait what waited."""
        self._waiting = list(parts)
