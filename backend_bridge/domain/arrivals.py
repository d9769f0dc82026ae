"""What gateways send, decoded and validated: the messages of `lane/1` as the core sees them."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import GatewayName


class Lane(StrEnum):
    """The three streams of a gateway, none of which waits for another."""

    ALARMS = "A"
    POSITIONS = "P"
    BACKFILL = "B"


class RejectCode(StrEnum):
    """Why a row or a message cannot be taken (docs/lane.md)."""

    MALFORMED = "malformed"
    SCHEMA = "schema"
    RANGE = "range"
    FUTURE = "future"
    TOO_LARGE = "too_large"
    NOT_YOURS = "not_yours"
    UNKNOWN_DEVICE = "unknown_device"
    EPOCH = "epoch"


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row of a message that was quarantined; `row` counts from 0, None for the message as a whole."""

    row: int | None
    code: RejectCode
    detail: str
    """What was wrong and what would be right; never the row's values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """A gateway opens a lane on a connection."""

    gateway: GatewayName
    connection: bytes
    """Routing id of the connection, for the answer alone."""
    lane: Lane
    epoch: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """One message of a lane; `fixes` on lanes P and B, `events` on lane A, whichever rows were good.

    `kept_rows` are the numbers in the message of the good rows, in order. If `bad` names the message as a whole
    (row None) nothing of it was good. An empty batch has neither good nor bad rows.
    """

    gateway: GatewayName
    connection: bytes
    lane: Lane
    epoch: int
    seq: int
    fixes: FixBatch | None
    events: tuple[DeviceEvent, ...]
    kept_rows: NDArray[np.int32]
    bad: tuple[BadRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A gateway says that it cannot send `from_seq`…`to_seq` (inclusive) any more."""

    gateway: GatewayName
    connection: bytes
    lane: Lane
    epoch: int
    from_seq: int
    to_seq: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A message whose lane, epoch or seq cannot be read, or of an unknown kind: quarantined without an answer."""

    gateway: GatewayName
    connection: bytes
    code: RejectCode
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a gateway answers to an `ask`."""

    gateway: GatewayName
    id: int
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkUp:
    """A gateway's connection showed its first sign of life."""

    gateway: GatewayName
    connection: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDown:
    """A connection is gone or has been silent for 3 s; `reason` is a code such as `silent`, `closed`, `revoked`."""

    gateway: GatewayName
    connection: bytes
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerTrouble:
    """The port was knocked at in vain, or a connection broke; counted by the gate, at most one a second of each kind."""

    what: str
    """`handshake-failed`, `key-refused`, `disconnected`, `not-enrolled`, `over-rate`, `authenticator-restarted`."""
    gateway: GatewayName | None
    count: int
    detail: str


Arrival = Hello | Data | Lost | Unreadable | Answer | LinkUp | LinkDown | PeerTrouble
