"""The engine: one thread that takes what has come, lets the room decide, makes it durable, and only then tells anybody.

Under a flood of positions it decides the next turns while those of which only gateways hear are still being written. Whatever else
hears of the room hears of it settled: when nothing is decided that is not on disk.
"""

import logging
import math
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.fair_inbox import FairInbox
from backend_bridge.adapters.store import Record
from backend_bridge.application.inbox import Act, Ask, Inbox, News, Order
from backend_bridge.application.outcome import Outcome
from backend_bridge.domain.arrivals import Arrival

_LOG: Final = logging.getLogger(__name__)
_IDLE_S: Final = 0.1
_SETTLED_EVERY_S: Final = 0.5
"""How often, at least, desks, apps and the watch over the bridge get their turn."""
_CATCH_UP_S: Final = 5.0
"""How long a bridge that is stopped lets the disk take what still waits."""
_LAST_S: Final = 9.0
"""How long it has after that for what the next start needs; the store must not be closed under it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Orders of a shell with rows of their own; `done` is told once they are on disk, or None when they cannot be.

    `held` is told before that when they are decided and the disk did not take them.
    """

    orders: tuple[Order, ...]
    records: tuple[Record, ...] = ()
    done: Callable[[Outcome | None], None]
    held: Callable[[], None] = lambda: None


EngineItem = Order | News | Act | Ask | Submission
"""What the bridge's own parts put in beside the arrivals of gateways."""


@dataclass(slots=True, kw_only=True)
class _Sorted:
    arrivals: list[Arrival] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    acts: list[Act | Ask] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    submissions: list[Submission] = field(default_factory=list)

    def inbox(self) -> Inbox:
        """What the room gets."""
        return Inbox(arrivals=tuple(self.arrivals), orders=tuple(self.orders), news=tuple(self.news), acts=tuple(self.acts))


class EngineLoop:
    """`start`, then everything through the inbox; `stop` leaves what the next start needs to be soon there, and ends the thread."""

    def __init__(
        self,
        durable: DurableRoom,
        inbox: FairInbox[EngineItem],
        tell: Callable[[Outcome], None],
        alert: Callable[[Outcome], None],
        each_turn: Callable[[], Sequence[News]],
    ) -> None:
        """`tell` is called with each outcome that is on disk, `alert` with one that cannot be written now.

        `each_turn` is called whenever the room is settled, and brings news of the bridge itself.
        """
        self._durable = durable
        self._inbox = inbox
        self._tell = tell
        self._alert = alert
        self._each_turn = each_turn
        self._stopping = threading.Event()
        self._waiting: dict[int, list[Submission]] = {}
        """Whose orders are not on disk yet, by the instant of their turn."""
        self._unheard: dict[int, list[Submission]] = {}
        """Those of them who were not told that the disk did not take theirs."""
        self._catch_up_until_s = math.inf
        self._settled_s = 0.0
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self.fault: str | None = None
        """What ended the loop against its will."""
        self.behind_s = 0.0
        """How long the oldest of what the last turn decided, or what still waits, had waited when it was on disk."""

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is in hand, leave the state for the next start where that needs it, end."""
        self._catch_up_until_s = time.monotonic() + _CATCH_UP_S
        self._stopping.set()
        self._thread.join(_CATCH_UP_S + _LAST_S)

    @property
    def is_running(self) -> bool:
        """Whether the thread lives."""
        return self._thread.is_alive()

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._turn(self._inbox.take(wait_s=_IDLE_S))
            self._turn(self._inbox.take(wait_s=0.0, gather_s=0.0))
            self._settle()
            self._catch_up()
            self._durable.end()
        except Exception as error:  # noqa: BLE001  # whatever it is, the process ends with it said
            self.fault = _place_of(error)
            _LOG.exception("the engine stopped")
        finally:
            self._refuse_all()

    def _turn(self, items: Sequence[EngineItem | Arrival]) -> None:
        taken = _sorted(items)
        told = self._durable.begin(taken.inbox(), taken.records)
        if taken.submissions:
            self._waiting[self._durable.turn_us] = taken.submissions
            self._unheard[self._durable.turn_us] = taken.submissions
        self._tell_all(told)
        if not self._may_go_on():
            self._settle()

    def _may_go_on(self) -> bool:
        """Whether the next turn may be decided while what was decided is being written."""
        is_due = time.monotonic() - self._settled_s >= _SETTLED_EVERY_S
        return self._durable.is_quiet and self._inbox.has_a_step() and not is_due

    def _settle(self) -> None:
        told = self._durable.settle(waits_for_upkeep=not self._inbox.has_a_step())
        oldest_s = self._inbox.oldest_s()
        self.behind_s = 0.0 if oldest_s is None else time.monotonic() - oldest_s
        self._tell_all(told)
        for outcome in self._durable.unwritten:
            self._alert(outcome)
        if self._durable.is_held_up:
            self._hold_all()
        if self._durable.failure is not None:
            self._refuse_all()
        for news in self._each_turn():
            self._inbox.put(news)
        self._settled_s = time.monotonic()

    def _catch_up(self) -> None:
        """Let the disk take what still waits, as long as whoever stops the bridge waits for it; nobody was told of the rest."""
        while self._durable.is_behind and time.monotonic() < self._catch_up_until_s:
            self._settle()

    def _tell_all(self, outcomes: Sequence[Outcome]) -> None:
        for outcome in outcomes:
            self._tell(outcome)
            for submission in self._waiting.pop(outcome.taken.now_us, ()):
                submission.done(outcome)
            self._unheard.pop(outcome.taken.now_us, None)

    def _hold_all(self) -> None:
        unheard, self._unheard = self._unheard, {}
        for submissions in unheard.values():
            for submission in submissions:
                submission.held()

    def _refuse_all(self) -> None:
        waiting, self._waiting = self._waiting, {}
        self._unheard.clear()
        for submissions in waiting.values():
            for submission in submissions:
                submission.done(None)


def _sorted(items: Sequence[EngineItem | Arrival]) -> _Sorted:
    taken = _Sorted()
    for item in items:
        match item:
            case Submission():
                taken.submissions.append(item)
                taken.orders.extend(item.orders)
                taken.records.extend(item.records)
            case Act() | Ask():
                taken.acts.append(item)
            case _ if isinstance(item, Order):
                taken.orders.append(item)
            case _ if isinstance(item, News):
                taken.news.append(item)
            case _:
                taken.arrivals.append(item)
    return taken


def _place_of(error: Exception) -> str:
    """Of which kind an error is and where it came up; never its text, which may hold what is about people."""
    at = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {at.name}, {Path(at.filename).name} line {at.lineno}"
