"""A scenario played through the real room with a clock of its own: what is decided, and how an expert fares."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.application.inbox import Inbox, OpenSession
from backend_bridge.application.outcome import Outcome
from backend_bridge.application.room import step
from backend_bridge.application.room_state import Room
from backend_bridge.application.scenario_expert import Expert
from backend_bridge.application.scenario_feed import Feed
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.scenarios.assessment import Entry
from backend_bridge.domain.scenarios.compiled import Compiled
from backend_bridge.domain.watching.watch import Watch

EXPERT: Final = UserId("operator-1")
SECOND: Final = UserId("supervisor-1")
TURN_US: Final = 5 * MICROSECONDS


class SeenOnce:
    """Remembers everything that it was asked about, in memory: for runs without a store."""

    def __init__(self) -> None:
        self._fixes: set[tuple[object, ...]] = set()
        self._events: set[tuple[object, ...]] = set()

    def new_fixes(self, fixes: FixBatch) -> NDArray[np.bool_]:
        """(n,) true where the fix was not seen before."""
        seqs = zip(fixes.has_device_seq.tolist(), fixes.device_seq.tolist(), strict=True)
        places = zip(fixes.lat_deg.tolist(), fixes.lon_deg.tolist(), strict=True)
        keys = [
            (fixes.device_names[device], at_us, seq if has_seq else place)
            for device, at_us, (has_seq, seq), place in zip(fixes.device.tolist(), fixes.measured_us.tolist(), seqs, places, strict=True)
        ]
        return _news(self._fixes, keys)

    def new_events(self, events: Sequence[DeviceEvent]) -> NDArray[np.bool_]:
        """(n,) true where the event was not seen before."""
        return _news(self._events, [(event.device, event.measured_us, event.kind, event.value) for event in events])


def played(compiled: Compiled, *, with_expert: bool = True, turn_us: int = TURN_US) -> Iterator[tuple[Room, Outcome]]:
    """Every step of the scenario from its beginning to its end, with the room after it."""
    scenario = compiled.scenario
    room = Room(Watch.empty())
    room.exercise = True
    feed, seen = Feed(compiled), SeenOnce()
    expert = Expert(scenario, EXPERT, f"seat-{EXPERT}")
    opening = feed.opening()
    seats = tuple(
        OpenSession(user=user, seat=f"seat-{user}", desk="exercise", expires_us=scenario.ends_us + MICROSECONDS)
        for user in (EXPERT, SECOND)
    )
    first = Inbox(arrivals=opening.arrivals, orders=opening.orders, news=(*opening.news, *seats))
    opened = step(room, first, scenario.starts_us - 1, seen)
    feed.answer(opened)
    yield room, opened
    moments = feed.moments(turn_us)
    upcoming = next(moments, None)
    while upcoming is not None:
        act_us = expert.next_us() if with_expert else None
        now_us = upcoming if act_us is None or act_us >= upcoming else max(act_us, room.now_us + 1)
        if now_us == upcoming:
            upcoming = next(moments, None)
        due = feed.due(now_us, room)
        acts = expert.due(now_us, room) if with_expert else ()
        outcome = step(room, Inbox(arrivals=due.arrivals, orders=due.orders, news=due.news, acts=acts), now_us, seen)
        feed.answer(outcome)
        expert.note(outcome.events, now_us)
        yield room, outcome


def entries_of(outcomes: Iterator[tuple[Room, Outcome]]) -> tuple[Entry, ...]:
    """The log of a run."""
    return tuple(Entry(at_us=outcome.taken.now_us, event=event) for _, outcome in outcomes for event in outcome.events)


def _news(known: set[tuple[object, ...]], keys: Sequence[tuple[object, ...]]) -> NDArray[np.bool_]:
    fresh = np.zeros(len(keys), np.bool_)
    for place, key in enumerate(keys):
        if key not in known:
            known.add(key)
            fresh[place] = True
    return fresh
