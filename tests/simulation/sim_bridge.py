"""The bridge in a simulation: the real decoder, room and codec on a disk that keeps whole commits and nothing else."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sim_world import World

from backend_bridge.adapters.gate_reader import MessageReader
from backend_bridge.adapters.lane_headers import header_of_effect, packed
from backend_bridge.adapters.lane_wire import read_message
from backend_bridge.adapters.state_codec import decode, encode
from backend_bridge.application.inbox import Act, Ask, ImportCases, Inbox, News, OpenSession, Order
from backend_bridge.application.outcome import Outcome, Taken
from backend_bridge.application.room import again, step
from backend_bridge.application.room_state import Room
from backend_bridge.domain.arrivals import Arrival, LinkDown, LinkUp
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import GatewayName
from backend_bridge.domain.lanes.enrolment import Enrolments
from backend_bridge.domain.lanes.lane_book import LaneParts
from backend_bridge.domain.outcomes.events import Event
from backend_bridge.domain.outcomes.lane_effects import SendAck, SendAsk
from backend_bridge.domain.watching.watch import Watch

SNAPSHOT_EVERY = 150

FixKey = tuple[str, str, int, int]


class Seen:
    """Exact memory of what is stored; what a step saw counts only once it is committed."""

    def __init__(self) -> None:
        self._stored: set[object] = set()
        self._pending: set[object] = set()

    def new_fixes(self, fixes: FixBatch) -> NDArray[np.bool_]:
        return np.array([self._is_new(key) for key in fix_keys(fixes)], dtype=np.bool_)

    def new_events(self, events: Sequence[DeviceEvent]) -> NDArray[np.bool_]:
        return np.array([self._is_new(key) for key in _event_keys(events)], dtype=np.bool_)

    def _is_new(self, key: object) -> bool:
        fresh = key not in self._stored and key not in self._pending
        self._pending.add(key)
        return fresh

    def has_stored(self, fixes: FixBatch | None, events: Sequence[DeviceEvent]) -> bool:
        """Whether all of these are known."""
        return self._stored.issuperset([*(() if fixes is None else fix_keys(fixes)), *_event_keys(events)])

    def settle(self) -> None:
        """What was seen since is stored."""
        self._stored |= self._pending
        self._pending.clear()

    def forget(self) -> None:
        """The process died before what it saw was stored."""
        self._pending.clear()


@dataclass(frozen=True)
class Commit:
    """One transaction of the disk: exact bytes, so that a restart reads only what was really written."""

    body: bytes
    events: tuple[Event, ...]

    def read(self) -> tuple[Taken, LaneParts]:
        """What the bytes say."""
        taken, lanes = decode(self.body)  # type: ignore[misc]  # written by `_commit` alone
        assert isinstance(taken, Taken)
        return taken, lanes


class SimulatedBridge:
    """Takes messages, decides, commits, answers; may be killed at any of these moments."""

    def __init__(self, world: World, enrolments: Enrolments, answer: Callable[[str, bytes, bytes], None]) -> None:
        self._world, self._answer = world, answer
        self._reader = MessageReader(lambda: self.clock_us)
        self._reader.enrol(enrolments)
        self.disk: list[Commit] = []
        self.snapshot: tuple[int, bytes] | None = None
        self.room = Room(Watch.empty())
        self.seen = Seen()
        self.step_us = 0
        self.clock_offset_us = 0
        self.acked: dict[tuple[str, str, int], int] = {}
        self.stored: dict[FixKey, int] = {}
        self.outcomes_told: list[Outcome] = []
        self.n_kills = 0
        self._reset()

    def _reset(self) -> None:
        self.is_up = True
        self._arrivals: list[Arrival] = []
        self._links: dict[bytes, str] = {}
        self._orders: list[Order] = []
        self._news: list[News] = []
        self._acts: list[Act | Ask] = []

    @property
    def clock_us(self) -> int:
        """The bridge's wall clock, which may step."""
        return self._world.now_us + self.clock_offset_us

    def order(self, *orders: Order | News | Act | Ask) -> None:
        """Hand in what shells, parts and people want."""
        for one in orders:
            target = self._acts if isinstance(one, Act | Ask) else self._orders if isinstance(one, ImportCases) else self._news
            target.append(one)  # type: ignore[arg-type]  # sorted by the line above

    def open_session(self, user: str) -> None:
        self.order(OpenSession(user=user, seat=f"seat-{user}", desk="desk-1", expires_us=self.clock_us + 10**14))  # type: ignore[arg-type]

    def receive(self, gateway: str, connection: bytes, frames: list[bytes]) -> None:
        """A message of a gateway arrives."""
        if not self.is_up:
            return
        name = GatewayName(gateway)
        if connection not in self._links:
            self._links[connection] = gateway
            self._arrivals.append(LinkUp(gateway=name, connection=connection))
        arrival = self._reader.arrival(name, connection, read_message(frames, len(frames)))
        if arrival is not None:
            self._arrivals.append(arrival)

    def cut(self, connection: bytes) -> None:
        """A connection is gone."""
        gateway = self._links.pop(connection, None)
        if gateway is not None:
            self._arrivals.append(LinkDown(gateway=GatewayName(gateway), connection=connection, reason="closed"))

    def turn(self, *, die: str = "") -> Outcome | None:
        """One tick; `die` is `before` or `after` the commit, or empty."""
        if not self.is_up:
            return None
        self.step_us = max(self.clock_us, self.step_us + 1)
        outcome = step(self.room, self.taken_inbox(), self.step_us, self.seen)
        if die == "before":
            self.kill()
            return None
        self._commit(outcome)
        if die == "after":
            self.kill()
            return None
        self._tell(outcome)
        return outcome

    def taken_inbox(self) -> Inbox:
        """What has come since this was last called."""
        inbox = Inbox(arrivals=tuple(self._arrivals), orders=tuple(self._orders), news=tuple(self._news), acts=tuple(self._acts))
        self._arrivals, self._orders, self._news, self._acts = [], [], [], []
        return inbox

    def kill(self) -> None:
        """Power off: only the disk stays."""
        self.n_kills += 1
        self.is_up = False

    def restart(self) -> None:
        """Start again from the disk."""
        after, self.room = 0, Room(Watch.empty())
        if self.snapshot is not None:
            after, body = self.snapshot
            room = decode(body)
            assert isinstance(room, Room)
            self.room = room
        for commit in self.disk[after:]:
            taken, lanes = commit.read()
            assert again(self.room, taken).events == commit.events, "a restart decides otherwise than the log says"
            self.room.lanes.put_parts(lanes)
            for kept in taken.kept:
                assert self.seen.has_stored(kept.fixes, kept.events), "the disk holds what was not known to be stored"
        self.seen.forget()
        self.room.next_n = sum(len(commit.events) for commit in self.disk) + 1
        self._reset()

    def end(self) -> None:
        """Nothing is left to look at."""

    def log(self) -> list[Event]:
        """All entries on disk."""
        return [event for commit in self.disk for event in commit.events]

    def _commit(self, outcome: Outcome) -> None:
        taken = outcome.taken
        lanes = self.room.lanes.changed_parts()
        if outcome.events or taken.kept or taken.orders or taken.news or taken.acts or taken.answers or lanes.lanes:
            self.disk.append(Commit(body=encode((taken, lanes)), events=outcome.events))
            for kept in taken.kept:
                for key in () if kept.fixes is None else fix_keys(kept.fixes):
                    self.stored[key] = self.stored.get(key, 0) + 1
        self.seen.settle()
        if len(self.disk) % SNAPSHOT_EVERY == SNAPSHOT_EVERY - 1:
            self.snapshot = (len(self.disk), encode(self.room))

    def _tell(self, outcome: Outcome) -> None:
        for effect in outcome.lane_effects:
            if isinstance(effect, SendAsk):
                continue
            if isinstance(effect, SendAck):
                key = (effect.gateway, effect.lane, effect.epoch)
                self.acked[key] = max(self.acked.get(key, 0), effect.seq)
            self._answer(effect.gateway, effect.connection, packed(header_of_effect(effect)))


def fix_keys(fixes: FixBatch) -> list[FixKey]:
    """What tells each fix from all others."""
    columns = (fixes.device.tolist(), fixes.measured_us.tolist(), fixes.device_seq.tolist())
    return [(fixes.device_names[device], "fix", at_us, seq) for device, at_us, seq in zip(*columns, strict=True)]


def _event_keys(events: Iterable[DeviceEvent]) -> list[object]:
    return [(event.device, event.measured_us, event.kind, event.value) for event in events]
