"""What of the lane book must survive a restart, as values that a store can keep."""

from dataclasses import dataclass

from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.identifiers import GatewayName
from backend_bridge.domain.lanes.settled import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class HolePart:
    """A hole as a snapshot keeps it: from…to, and the parts that were named as lost."""

    first: int
    last: int
    lost: tuple[Interval, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LanePart:
    """A lane as a snapshot keeps it."""

    gateway: GatewayName
    lane: Lane
    epoch: int | None
    ack: int
    highest: int
    islands: tuple[tuple[int, int, int], ...]
    holes: tuple[HolePart, ...]
    ended: tuple[int, ...]
    """Epochs that are over, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayPart:
    """A gateway's figures: as a snapshot keeps them, and as people are shown them."""

    gateway: GatewayName
    up: bool
    last_heard_us: int | None
    """Time of the last step in which something other than a ping came from it."""
    lost: int
    """Sequence numbers that will never come."""
    quarantined: int
    dropped: int
    """Messages beyond the credit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneParts:
    """A snapshot of the book, or of what changed in it."""

    lanes: tuple[LanePart, ...]
    gateways: tuple[GatewayPart, ...]
