"""The gateway's side of one lane: hello until welcomed, data within the credit, again when nothing answers."""

from collections.abc import Iterator
from typing import Final

from backend_bridge.adapters.gateway_queue import DiskQueue
from backend_bridge.adapters.lane_headers import AckHeader, DataHeader, HelloHeader, LostHeader, NakHeader, RejectHeader, WelcomeHeader
from backend_bridge.domain.arrivals import Lane

_HELLO_EVERY_S: Final = 1.0
_RESEND_AFTER_S: Final = 0.4
_AT_ONCE: Final = 64

Outgoing = tuple[HelloHeader | DataHeader | LostHeader, bytes]


class GatewayLane:
    """What is under way on one lane of a connection; times are seconds of a monotonic clock."""

    def __init__(self, queue: DiskQueue, lane: Lane) -> None:
        self.lane = lane
        self._queue = queue
        self._epoch = queue.epoch(lane)
        self.n_acked = 0
        """Messages settled since the gateway started."""
        self.restart()

    def restart(self) -> None:
        """A new connection: nothing is under way, hello has to be said."""
        self._is_welcome = False
        self._hello_at = float("-inf")
        self._credit = 0
        self._next = 0
        self._under_way: dict[int, None] = {}
        self._answered_at = 0.0
        self._again: list[tuple[int, int]] = []
        self._lost: list[tuple[int, int]] = []

    def outgoing(self, now: float, now_us: int) -> Iterator[Outgoing]:
        """The messages to send now."""
        if not self._is_welcome:
            if now - self._hello_at >= _HELLO_EVERY_S:
                self._hello_at = now
                yield self._hello(now_us), b""
            return
        while self._lost:
            first, last = self._lost.pop()
            yield LostHeader(self.lane, self._epoch, first, last, "not kept"), b""
        if self._under_way and now - self._answered_at >= _RESEND_AFTER_S:
            self._under_way.clear()
            self._next = 0
            self._answered_at = now
        yield from self._data(now, now_us)

    def hear_welcome(self, header: WelcomeHeader, now: float) -> None:
        """The bridge opened the lane; if it knows numbers that were never given out here, the queue is an old copy of itself."""
        if header.epoch != self._epoch:
            return
        if header.resume_after > self._queue.last(self.lane):
            self._renew(now)
            return
        self._is_welcome = True
        self._settle(header.resume_after)
        self._under_way.clear()
        self._next = 0
        self._credit = header.credit
        self._answered_at = now

    def hear_ack(self, header: AckHeader, now: float) -> None:
        """The bridge has settled everything up to a number."""
        if header.epoch == self._epoch:
            self._settle(header.seq)
            self._credit = header.credit
            self._answered_at = now

    def hear_reject(self, header: RejectHeader, now: float) -> None:
        """The bridge will not take a message; for a hello or an epoch that is over, a new epoch begins."""
        if header.epoch != self._epoch:
            return
        self._answered_at = now
        if header.code == "epoch":
            self._renew(now)
        else:
            self._queue.settle(self.lane, header.seq, header.seq)
            self._under_way.pop(header.seq, None)
            self.n_acked += 1

    def hear_nak(self, header: NakHeader) -> None:
        """The bridge misses a range: send what is kept of it again, and give up the rest."""
        if header.epoch == self._epoch:
            self._again.append((header.from_seq, header.to_seq))
            self._lost.extend(self._queue.gaps(self.lane, header.from_seq, header.to_seq))

    def _renew(self, now: float) -> None:
        """Number what is kept from 1 in a new epoch, and say hello with that in a second: a bridge may refuse every epoch."""
        self._queue.renew(self.lane)
        self._epoch = self._queue.epoch(self.lane)
        self.restart()
        self._hello_at = now

    def _hello(self, now_us: int) -> HelloHeader:
        return HelloHeader(1, self.lane, self._epoch, self._queue.first(self.lane), self._queue.last(self.lane), now_us)

    def _data(self, now: float, now_us: int) -> Iterator[Outgoing]:
        while self._again:
            first, last = self._again.pop()
            yield from self._packed(self._queue.read(self.lane, first, last, self._credit), now_us)
        free = min(self._credit - len(self._under_way), _AT_ONCE)
        if free > 0:
            rows = self._queue.read(self.lane, self._next, 2**64 - 1, free)
            if rows and not self._under_way:
                self._answered_at = now
            yield from self._packed(rows, now_us)
            if rows:
                self._next = rows[-1][0] + 1

    def _packed(self, rows: list[tuple[int, bytes]], now_us: int) -> Iterator[Outgoing]:
        for seq, body in rows:
            self._under_way[seq] = None
            yield DataHeader(self.lane, self._epoch, seq, now_us), body

    def _settle(self, seq: int) -> None:
        settled = [under_way for under_way in self._under_way if under_way <= seq]
        for one in settled:
            del self._under_way[one]
        self.n_acked += len(settled)
        self._queue.settle(self.lane, 0, seq)
