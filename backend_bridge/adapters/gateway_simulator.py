"""A simulated gateway: plays files of fixes and events into a disk queue, and the queue over `lane/1` to a bridge."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

from backend_bridge.adapters.gateway_client import GatewayClient
from backend_bridge.adapters.gateway_playback import Playback
from backend_bridge.adapters.gateway_queue import DiskQueue
from backend_bridge.adapters.lane_headers import AnswerHeader, AskHeader
from backend_bridge.adapters.lane_packing import fix_messages, report_messages
from backend_bridge.adapters.system_clock import SystemClock
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.quantities import MICROSECONDS

_ROWS_A_TURN: Final = 20_000
_TURN_MS: Final = 50
_WAIT_FOR_CLOCK_S: Final = 5.0
_OUTAGE_AFTER_S: Final = 5.0
_REPORT_EVERY_S: Final = 10.0


class GatewaySimulator:
    """One gateway that plays recordings; `run` it in a thread or a process of its own."""

    def __init__(
        self,
        *,
        fixes: FixBatch,
        events: Sequence[DeviceEvent],
        to: str,
        server_key: str,
        secret_key: str,
        queue: DiskQueue,
        speed: float = 1.0,
        is_looped: bool = False,
    ) -> None:
        """Play `fixes` (at least one, in order of receipt) and `events`, `speed` times as fast as they were received."""
        self._fixes = fixes
        self._events = events
        self._speed = speed
        self._is_looped = is_looped
        self._queue = queue
        self._clock = SystemClock()
        self._client = GatewayClient(
            to=to, server_key=server_key, secret_key=secret_key, queue=queue, clock=self._clock.now_us, answer=self._answered
        )
        self._playback: Playback | None = None
        self._began_at = 0.0
        self._began_us = 0
        self._linked_at = time.monotonic()
        self._reported_at = time.monotonic()
        self.n_fixes = 0
        """Fixes that were put into the queue."""

    def run(self, stop: threading.Event, report: Callable[[str], None]) -> None:
        """Play until the files are over and the bridge has settled everything, or until `stop`; `report` hears how it goes."""
        try:
            self._await_clock(stop)
            while not stop.is_set():
                self._play_due()
                self._client.turn(_TURN_MS)
                if self._client.is_linked:
                    self._linked_at = time.monotonic()
                self._report(report)
                if self._playback is not None and self._playback.is_over and self._queue.is_empty():
                    report(self._sentence())
                    return
        finally:
            self._client.close()

    def _await_clock(self, stop: threading.Event) -> None:
        """Begin at the bridge's own time: its clock may run faster, and a recording that lags it would look late."""
        until = time.monotonic() + _WAIT_FOR_CLOCK_S
        if self._speed != 1.0:
            while not stop.is_set() and self._client.bridge_us is None and time.monotonic() < until:
                self._client.turn(_TURN_MS)
        self._began_at = time.monotonic()
        is_scaled = self._speed != 1.0 and self._client.bridge_us is not None
        self._began_us = (self._client.bridge_us or 0) if is_scaled else self._clock.now_us()
        self._playback = Playback(self._fixes, self._events, self._began_us, is_looped=self._is_looped)

    def _now_us(self) -> int:
        return self._began_us + int((time.monotonic() - self._began_at) * self._speed * MICROSECONDS)

    def _play_due(self) -> None:
        if self._playback is None:
            return
        live, late, events = self._playback.due(self._now_us(), _ROWS_A_TURN)
        is_out = time.monotonic() - self._linked_at > _OUTAGE_AFTER_S
        self._enqueue(Lane.BACKFILL if is_out else Lane.POSITIONS, live)
        self._enqueue(Lane.BACKFILL, late)
        self._queue.add(Lane.ALARMS, report_messages(events))

    def _enqueue(self, lane: Lane, fixes: FixBatch) -> None:
        self.n_fixes += len(fixes)
        self._queue.add(lane, fix_messages(fixes))

    def _answered(self, ask: AskHeader) -> AnswerHeader:
        """A simulated device does as it is asked: it says where it is, keeps another rate or shows a message."""
        if ask.device not in self._fixes.device_names:
            return AnswerHeader(ask.id, ok=False, detail="no such device here")
        if ask.what == "locate" and self._playback is not None:
            found = self._playback.last_fix_of(ask.device, self._now_us())
            if found is None:
                return AnswerHeader(ask.id, ok=False, detail="no position yet")
            self._enqueue(Lane.POSITIONS, found)
        return AnswerHeader(ask.id, ok=True, detail=ask.what)

    def _report(self, report: Callable[[str], None]) -> None:
        if time.monotonic() - self._reported_at >= _REPORT_EVERY_S:
            self._reported_at = time.monotonic()
            report(self._sentence())

    def _sentence(self) -> str:
        link = "linked" if self._client.is_linked else "no link"
        settled, waiting = self._client.n_settled, self._queue.count()
        rejected = f", {self._client.n_rejected} rejected" if self._client.n_rejected else ""
        return f"{self.n_fixes} fixes played, {settled} messages settled, {waiting} waiting{rejected}, {link}"
