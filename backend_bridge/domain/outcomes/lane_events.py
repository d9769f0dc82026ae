"""What people and the log are told about gateways: links, holes and how they ended, what was quarantined, who was refused.

In the log `from_seq` and `to_seq` stand as `from` and `to`.
"""

from dataclasses import dataclass
from typing import ClassVar

from backend_bridge.domain.arrivals import Lane, RejectCode
from backend_bridge.domain.identifiers import GatewayName


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChanged:
    """A gateway's link is `up` or `down`; `reason` is a code such as `hello`, `silent`, `closed`, `revoked`, `restart`."""

    entry: ClassVar[str] = "link"
    gateway: GatewayName
    state: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoleOpened:
    """`from_seq`…`to_seq` (inclusive) have not come although something after them has, or is the oldest still kept."""

    entry: ClassVar[str] = "hole"
    gateway: GatewayName
    lane: Lane
    epoch: int
    from_seq: int
    to_seq: int
    reason: str
    """`skipped` (a later message came first) or `not-kept` (the gateway's oldest is later)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoleFilled:
    """`from_seq`…`to_seq` (inclusive) of a hole have come after all."""

    entry: ClassVar[str] = "filled"
    gateway: GatewayName
    lane: Lane
    epoch: int
    from_seq: int
    to_seq: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoleLost:
    """`from_seq`…`to_seq` (inclusive) of a hole will never come; `reason` is the gateway's, or `epoch-ended`."""

    entry: ClassVar[str] = "lost"
    gateway: GatewayName
    lane: Lane
    epoch: int
    from_seq: int
    to_seq: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A message (`row` None) or one row of it was not taken; lane, epoch and seq are None where they cannot be read."""

    entry: ClassVar[str] = "quarantined"
    gateway: GatewayName
    lane: Lane | None
    epoch: int | None
    seq: int | None
    row: int | None
    code: RejectCode
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerTroubled:
    """The port was knocked at in vain, or a connection broke: `what` happened `count` times since the last such entry."""

    entry: ClassVar[str] = "peer-trouble"
    what: str
    """`handshake-failed`, `key-refused`, `disconnected`, `not-enrolled`, `over-rate`, `authenticator-restarted`."""
    gateway: GatewayName | None
    count: int
    detail: str


LaneEvent = LinkChanged | HoleOpened | HoleFilled | HoleLost | Quarantined | PeerTroubled
