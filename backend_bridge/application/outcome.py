"""What a step leaves behind: what to store, what to log, what to do, whom to answer."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend_bridge.application.inbox import Act, Ask, News, Order
from backend_bridge.domain.access.export_book import Mark
from backend_bridge.domain.access.paper_book import PaperMark
from backend_bridge.domain.access.verdict import Verdict
from backend_bridge.domain.arrivals import Answer, Lane
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, GatewayName
from backend_bridge.domain.outcomes.effects import RoomEffect
from backend_bridge.domain.outcomes.events import Event
from backend_bridge.domain.outcomes.lane_effects import LaneEffect
from backend_bridge.domain.outcomes.lane_events import LaneEvent
from backend_bridge.domain.queries import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of one message of a lane: new fixes of devices in a case in force, and new events.

    `heard` are the devices of the message that were heard at all, in their order of appearance. It is empty where those are the devices
    of `fixes`: of a message of nothing but fixes that are all kept.
    """

    gateway: GatewayName
    lane: Lane
    epoch: int
    seq: int
    rows: NDArray[np.int32]
    """(n,) the row numbers in the message of the n fixes or events that are kept."""
    fixes: FixBatch | None
    events: tuple[DeviceEvent, ...]
    heard: tuple[DeviceId, ...]
    signs: tuple[tuple[DeviceId, int], ...] = ()
    """(device, measured_us) of new fixes that are not kept, of devices in a case: signs of life without a position."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The input of one step as it is stored: `room.again` decides the same from it as `step` did."""

    now_us: int
    first_n: int
    """Number of the log entry that the first event of this step becomes."""
    kept: tuple[Kept, ...] = ()
    lane_events: tuple[LaneEvent, ...] = ()
    """What the lane book decided (links, holes, quarantine): logged first, and shown to people."""
    answers: tuple[Answer, ...] = ()
    orders: tuple[Order, ...] = ()
    news: tuple[News, ...] = ()
    acts: tuple[Act | Ask, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Whose trail the rings about a protected person tell of as well, and which part of it may be seen."""

    wearer: DeviceId
    span_us: tuple[int, int]
    verdict: Verdict
    """Why it may be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to the `Act` or `Ask` of the same number; sent after the commit."""

    act: int
    seat: str
    refusal: str | None = None
    """Code of the refusal (`errors.Code`); None when it was done."""
    sentence: str | None = None
    query: Query | None = None
    """For an `Ask` that is allowed: the query as cut to what the user may see, to be answered by `answers.answer`."""
    verdict: Verdict | None = None
    beside: Beside | None = None
    """For the track of a protected person: the wearer's trail that the answer rests on, too; the log says so."""
    mark: Mark | None = None
    """For an export that is allowed: what it is marked with."""
    paper: PaperMark | None = None
    """For something that is about to be printed: what its pages bear."""
    note: str | None = None
    """What the act made: the id of a request, grant or incident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All that one step decided."""

    taken: Taken
    events: tuple[Event, ...]
    """In the order of the log; the first becomes entry `taken.first_n`."""
    effects: tuple[RoomEffect, ...]
    lane_effects: tuple[LaneEffect, ...]
    """Welcomes, acks, naks, rejects: for the gate, after the commit."""
    replies: tuple[Reply, ...]

    @property
    def is_for_gateways(self) -> bool:
        """Whether it came of positions alone and nobody but gateways hears of it."""
        taken = self.taken
        asked = taken.orders or taken.news or taken.acts or taken.answers or any(kept.events for kept in taken.kept)
        return not (asked or self.events or self.effects or self.replies)
