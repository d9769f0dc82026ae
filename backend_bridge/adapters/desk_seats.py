"""One desk's place at the gate: its connection, its session, and what is still to be sent to it within its window."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from backend_bridge.adapters.desk_mirrors import Encoded, encoded, nothing
from backend_bridge.application.locked_view import without_persons
from backend_bridge.application.tables import TableChange
from backend_bridge.desk_protocol import ChangesRaw, SnapshotRaw, encode
from backend_bridge.domain.access.session import Session

WINDOW_BYTES: Final = 4 * 1024 * 1024
"""Bytes of numbered messages that may be under way to a desk which has not said that it took them."""

WINDOW_MESSAGES: Final = 500
BACKLOG_BYTES: Final = 32 * 1024 * 1024
BACKLOG_MESSAGES: Final = 3000
"""What may wait for a slow desk before all of it is dropped for a new snapshot."""


class Bucket:
    """A limit of `per_s` a second with bursts of `burst`; time is an argument, in seconds."""

    def __init__(self, per_s: float, burst: float) -> None:
        self._per_s, self._burst, self._tokens, self._at_s = per_s, burst, burst, 0.0

    def takes(self, now_s: float) -> bool:
        """Whether one more is within the limit."""
        self._tokens = min(self._burst, self._tokens + (now_s - self._at_s) * self._per_s)
        self._at_s = now_s
        if self._tokens < 1.0:
            return False
        self._tokens -= 1.0
        return True


@dataclass(slots=True)
class Peer:
    """One connection of a desk."""

    routing: bytes
    desk_key: str
    desk: str
    heard_s: float
    seat: "Seat | None" = None
    proving: bool = False
    """A password of this connection is being checked."""
    all_messages: Bucket = field(default_factory=lambda: Bucket(500.0, 1000.0))
    requests: Bucket = field(default_factory=lambda: Bucket(20.0, 60.0))
    logins: Bucket = field(default_factory=lambda: Bucket(0.5, 5.0))
    refusals: Bucket = field(default_factory=lambda: Bucket(50.0, 100.0))


@dataclass(slots=True)
class _Waiting:
    part: Encoded
    snapshot: bool
    first: bool = False
    last: bool = False


class Seat:
    """A session as the gate serves it; belongs to the gate's thread."""

    def __init__(self, session: Session, *, held: bool) -> None:
        self.session = session
        self.held = held
        """Nothing is shown and nothing taken before the user has chosen a password of their own."""
        self.peer: Peer | None = None
        self.gone_s = 0.0
        """Since when no connection serves the seat, where `peer` is None."""
        self.views: tuple[str, ...] = ()
        self.behind = True
        """Everything must be sent anew before changes mean anything again."""
        self.frame_sent_s = 0.0
        self._outbox: deque[_Waiting] = deque()
        self._waiting_bytes = 0
        self._flight: deque[tuple[int, int]] = deque()
        self._flight_bytes = 0
        self._number = 0
        self._frame_number = 0
        self._frame_seen = 0
        self._frame_pending = False
        self._not_before_s = 0.0

    def connected(self, peer: Peer) -> None:
        """A connection serves the seat from now on: nothing that was under way counts any more."""
        self.peer = peer
        peer.seat = self
        self._flight.clear()
        self._flight_bytes = 0
        self._frame_seen = self._frame_number
        self._frame_pending = True
        self.needs_whole()

    def disconnected(self, now_s: float) -> None:
        """The connection is gone; the seat waits for the desk to come back."""
        if self.peer is not None:
            self.peer.seat = None
        self.peer = None
        self.gone_s = now_s
        self.needs_whole()

    def needs_whole(self) -> None:
        """Forget what waits; a snapshot follows once the desk has taken what is under way."""
        self.behind = True
        self._outbox.clear()
        self._waiting_bytes = 0

    def blocked(self, now_s: float) -> None:
        """The connection takes nothing more: what was numbered is lost, and a snapshot is tried a little later."""
        self.needs_whole()
        self._flight.clear()
        self._flight_bytes = 0
        self._not_before_s = now_s + 0.5

    def may_begin_whole(self, now_s: float) -> bool:
        """Whether a snapshot is due and nothing is under way that the desk has not taken."""
        connected = self.peer is not None and now_s >= self._not_before_s
        return self.behind and connected and bool(self.views) and not self._flight and not self.held

    def begin_whole(self, rows: Iterable[TableChange]) -> None:
        """Queue all rows as a snapshot; its last part is marked."""
        parts = list(encoded(without_persons(rows) if self.session.locked else rows)) or [nothing()]
        for part in parts:
            self._queue(_Waiting(part, snapshot=True, first=part is parts[0], last=part is parts[-1]))
        self.behind = False

    def add(self, parts: Iterable[Encoded]) -> None:
        """Queue changes; too many for a slow desk become a snapshot later."""
        if self.behind:
            return
        for part in parts:
            for shown in encoded(without_persons(part.changes)) if self.session.locked else (part,):
                self._queue(_Waiting(shown, snapshot=False))
        if len(self._outbox) > BACKLOG_MESSAGES or self._waiting_bytes > BACKLOG_BYTES:
            self.needs_whole()

    def next_message(self) -> bytes | None:
        """The next numbered message that fits into the window; None when there is none."""
        if not self._outbox or self._flight_bytes > WINDOW_BYTES or len(self._flight) >= WINDOW_MESSAGES:
            return None
        waiting = self._outbox.popleft()
        self._waiting_bytes -= len(waiting.part.raw)
        self._number += 1
        if waiting.snapshot:
            message = encode(SnapshotRaw(n=self._number, first=waiting.first, last=waiting.last, rows=waiting.part.raw))
        else:
            message = encode(ChangesRaw(n=self._number, rows=waiting.part.raw))
        self._flight.append((self._number, len(message)))
        self._flight_bytes += len(message)
        return message

    def seen(self, number: int, frame: int) -> bool:
        """The desk took everything up to `number`, and frame `frame`; False for what was never sent."""
        if number > self._number or frame > self._frame_number:
            return False
        while self._flight and self._flight[0][0] <= number:
            self._flight_bytes -= self._flight.popleft()[1]
        self._frame_seen = max(self._frame_seen, frame)
        return True

    def frame_is_new(self) -> None:
        """There are newer positions than the desk was sent."""
        self._frame_pending = True

    def takes_frame(self, now_s: float, every_s: float) -> bool:
        """Whether the desk has taken the frame before and it is time for the next."""
        hidden = self.held or self.session.locked or self.peer is None
        taken = self._frame_seen == self._frame_number
        return self._frame_pending and taken and not hidden and now_s - self.frame_sent_s >= every_s

    def frame_sent(self, now_s: float) -> int:
        """Count one frame as sent and return its number."""
        self._frame_number += 1
        self._frame_pending = False
        self.frame_sent_s = now_s
        return self._frame_number

    def _queue(self, waiting: _Waiting) -> None:
        self._outbox.append(waiting)
        self._waiting_bytes += len(waiting.part.raw)
