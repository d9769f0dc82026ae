"""The room: all state of the core, and the one step that turns what came into what is decided."""

from backend_bridge.application.inbox import Inbox
from backend_bridge.application.outcome import Outcome, Taken
from backend_bridge.application.ports import Seen


class Room:
    """Everything that the bridge knows while it runs: the same inputs always make the same room."""

    def __init__(self) -> None:
        self.next_n = 1


def step(room: Room, inbox: Inbox, now_us: int, seen: Seen) -> Outcome:
    """Take what came, decide, and say what follows; `now_us` is later than that of every step before."""
    taken = Taken(now_us=now_us, first_n=room.next_n, orders=inbox.orders, news=inbox.news, acts=inbox.acts)
    return again(room, taken)


def again(room: Room, taken: Taken) -> Outcome:
    """Decide once more what a stored input led to: for restarts, replays and judging; the same room, the same outcome."""
    return Outcome(taken=taken, events=(), effects=(), lane_effects=(), replies=())
