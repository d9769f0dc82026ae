"""What the bridge says to gateways once its decisions are on disk: the messages that the gate sends.

`connection` is the routing id under which the gate knows the connection; an effect for a connection that is gone is dropped,
because acks are cumulative, naks are repeated and a gateway says hello again.
"""

from dataclasses import dataclass
from enum import StrEnum

from backend_bridge.domain.arrivals import Lane, RejectCode
from backend_bridge.domain.identifiers import DeviceId, GatewayName


@dataclass(frozen=True, slots=True, kw_only=True)
class SendWelcome:
    """A lane is open: send what comes after `resume_after`, at most `credit` messages under way."""

    gateway: GatewayName
    connection: bytes
    lane: Lane
    epoch: int
    resume_after: int
    credit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SendAck:
    """All sequence numbers up to `seq` are settled and on disk."""

    gateway: GatewayName
    connection: bytes
    lane: Lane
    epoch: int
    seq: int
    credit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SendNak:
    """`from_seq`…`to_seq` (inclusive) are missing: please send them again, or say that they are lost."""

    gateway: GatewayName
    connection: bytes
    lane: Lane
    epoch: int
    from_seq: int
    to_seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReject:
    """The message cannot be taken and need not be sent again; `seq` is 0 for a hello."""

    gateway: GatewayName
    connection: bytes
    lane: Lane
    epoch: int
    seq: int
    code: RejectCode
    detail: str


class AskKind(StrEnum):
    """What a device can be asked for."""

    LOCATE = "locate"
    RATE = "rate"
    NOTIFY = "notify"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendAsk:
    """Ask a device through its gateway; the gate sends it on the gateway's newest connection that is up."""

    gateway: GatewayName
    id: int
    device: DeviceId
    what: AskKind
    value: float | str | None = None
    """Seconds between fixes for `rate`, the text for `notify`, None for `locate`."""


LaneEffect = SendWelcome | SendAck | SendNak | SendReject | SendAsk
