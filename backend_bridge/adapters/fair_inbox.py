"""Where everything that the engine takes waits, so that one noisy gateway cannot make another one wait.

Messages stand in a queue of their own for each gateway and lane; `take` goes round the gateways, at each of them round the
lanes, and stops when it has enough rows for one step. News about links and whatever the bridge's other parts put in are
served first. All methods may be called from any thread.
"""

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import numpy as np

from backend_bridge.domain.arrivals import Answer, Arrival, Data, Hello, Lane, LinkDown, LinkUp, Lost, PeerTrouble, Unreadable
from backend_bridge.domain.device_event import DeviceEventKind
from backend_bridge.domain.identifiers import GatewayName
from backend_bridge.domain.quantities import MICROSECONDS

Item = TypeVar("Item")

_Key = tuple[GatewayName, Lane | None]
_DataKey = tuple[GatewayName, bytes, Lane, int, int]
_ROWS_A_SERVING: Final = 2000
_BAD_ROW_COST: Final = 20
"""A bad row becomes an entry of the log, which costs about as much as this many good ones."""
_LATE_US: Final = 60 * MICROSECONDS
_LATE_ROW_COST: Final = 10
"""A row that comes late may be a repeat of something stored: finding out costs about as much as this many that come on time."""
_SOS_COST: Final = 40
"""At an SOS all wearers are looked at."""
MESSAGES_A_STEP: Final = 200
ROWS_A_STEP: Final = 20_000
"""What one step takes at most, but for a single message that is longer."""


@dataclass(slots=True)
class _Mark:
    """One queued message whose waiting time is being measured."""

    came_s: float
    n_before: int
    """How many messages are still to be served until it has been, itself among them."""


class FairInbox(Generic[Item]):
    """Arrivals of all gateways, and items of type `Item` (acts, orders, news) of everybody else."""

    def __init__(self, *, most_waiting: int = 1024) -> None:
        """Keep at most `most_waiting` messages a lane."""
        self._most_waiting = most_waiting
        self._lock = threading.Lock()
        self._has_some = threading.Condition(self._lock)
        self._first: deque[Item | Arrival] = deque()
        self._queues: dict[_Key, deque[Arrival]] = {}
        self._data: set[_DataKey] = set()
        self._order: deque[_Key] = deque()
        self._n = 0
        self._n_rows = 0
        self._enough = (1, 1)
        self._marks: dict[_Key, _Mark] = {}
        self._oldest_s: float | None = None

    def put(self, item: Item) -> None:
        """Add something that is served before the messages of gateways."""
        with self._has_some:
            self._first.append(item)
            self._count_one()

    def offer(self, arrival: Arrival) -> bool:
        """Add what a gateway sent; False, and nothing added, when too much of it waits already."""
        with self._has_some:
            if isinstance(arrival, LinkUp | LinkDown | PeerTrouble):
                self._first.append(arrival)
            elif isinstance(arrival, Data) and _data_key(arrival) in self._data:
                # A gateway that waits for an ack sends again what waits here already; the first copy will be answered.
                return True
            else:
                key = _key(arrival)
                queue = self._queues.setdefault(key, deque())
                if len(queue) >= self._most_waiting:
                    return False
                if not queue:
                    self._order.append(key)
                queue.append(arrival)
                if key not in self._marks:
                    self._marks[key] = _Mark(came_s=time.monotonic(), n_before=len(queue))
                if isinstance(arrival, Data):
                    self._data.add(_data_key(arrival))
                self._n_rows += cost(arrival)
            self._count_one()
            return True

    def is_full(self, gateway: GatewayName, lane: Lane) -> bool:
        """Whether `offer` of a message of this lane would be refused now."""
        with self._lock:
            return len(self._queues.get((gateway, lane), ())) >= self._most_waiting

    def has(self, gateway: GatewayName, connection: bytes, lane: Lane, epoch: int, seq: int) -> bool:
        """Whether this message, as it came on this connection, waits already."""
        with self._lock:
            return (gateway, connection, lane, epoch, seq) in self._data

    def take(
        self, *, wait_s: float, gather_s: float = 0.02, n_messages: int = MESSAGES_A_STEP, n_rows: int = ROWS_A_STEP
    ) -> list[Item | Arrival]:
        """What the next step takes, [] after `wait_s` with nothing.

        Once something is there it waits `gather_s` for more, unless `n_messages` or `n_rows` wait already; a single
        message may exceed `n_rows`.
        """
        with self._has_some:
            if not self._has_some.wait_for(lambda: self._n > 0, wait_s):
                return []
            until = time.monotonic() + gather_s
            self._enough = (n_messages, n_rows)
            while self._n < n_messages and self._n_rows < n_rows and (left := until - time.monotonic()) > 0:
                self._has_some.wait(left)
            self._enough = (1, 1)
            return self._taken(n_messages, n_rows)

    def has_a_step(self) -> bool:
        """Whether as much waits as one step takes."""
        return self._n >= MESSAGES_A_STEP or self._n_rows >= ROWS_A_STEP

    def oldest_s(self) -> float | None:
        """When the oldest of what was last taken, or still waits, came in (monotonic seconds); known of one message a queue."""
        with self._lock:
            known = [mark.came_s for mark in self._marks.values()]
            return min(known if self._oldest_s is None else [*known, self._oldest_s], default=None)

    def __len__(self) -> int:
        """How many items wait."""
        return self._n

    @property
    def n_rows(self) -> int:
        """How many rows wait, bad ones counted by what they cost."""
        return self._n_rows

    def _count_one(self) -> None:
        """Wake the taker when there is enough for it, and not for every message: each wake costs the senders time."""
        self._n += 1
        if self._n >= self._enough[0] or self._n_rows >= self._enough[1]:
            self._has_some.notify()

    def _taken(self, n_messages: int, n_rows: int) -> list[Item | Arrival]:
        taken: list[Item | Arrival] = []
        self._oldest_s = None
        while self._first:
            taken.append(self._first.popleft())
        left = n_rows
        while self._order and left > 0 and len(taken) < n_messages:
            left -= self._serve(taken, min(_ROWS_A_SERVING, left))
        self._n -= len(taken)
        return taken

    def _serve(self, taken: list[Item | Arrival], n_rows: int) -> int:
        """Serve the queue that comes next: at least one message, and until `n_rows` are reached."""
        key = self._order.popleft()
        queue = self._queues[key]
        served, n_before = 0, len(queue)
        while queue and served < n_rows:
            arrival = queue.popleft()
            served += cost(arrival)
            taken.append(arrival)
            if isinstance(arrival, Data):
                self._data.discard(_data_key(arrival))
        if queue:
            self._order.append(key)
        else:
            del self._queues[key]
        self._n_rows -= served
        self._pass_mark(key, n_before - len(queue))
        return served

    def _pass_mark(self, key: _Key, n_served: int) -> None:
        mark = self._marks.get(key)
        if mark is None:
            return
        mark.n_before -= n_served
        if mark.n_before <= 0:
            del self._marks[key]
            self._oldest_s = mark.came_s if self._oldest_s is None else min(self._oldest_s, mark.came_s)


def cost(arrival: Arrival) -> int:
    """What an arrival costs a step, in rows."""
    if isinstance(arrival, Data):
        return (
            1
            + _SOS_COST * sum(event.kind is DeviceEventKind.SOS for event in arrival.events)
            + len(arrival.kept_rows)
            + (_LATE_ROW_COST - 1) * _n_late(arrival)
            + _BAD_ROW_COST * len(arrival.bad)
        )
    return _BAD_ROW_COST if isinstance(arrival, Unreadable) else 1


def _n_late(data: Data) -> int:
    if data.fixes is None:
        return 0
    return int(np.count_nonzero(data.fixes.measured_us < data.fixes.received_us - _LATE_US))


def _key(arrival: Hello | Data | Lost | Unreadable | Answer) -> _Key:
    return arrival.gateway, arrival.lane if isinstance(arrival, Hello | Data | Lost) else None


def _data_key(data: Data) -> _DataKey:
    return data.gateway, data.connection, data.lane, data.epoch, data.seq
