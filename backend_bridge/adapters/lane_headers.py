"""The headers of `lane/1`, one class a message, as docs/lane.md lists them; unknown keys are ignored."""

from typing import Annotated, Final

import msgspec

from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.outcomes.lane_effects import LaneEffect, SendAck, SendAsk, SendNak, SendReject, SendWelcome

U64 = Annotated[int, msgspec.Meta(ge=0)]
"""An unsigned whole number; msgpack itself ends at 64 bits."""


class HelloHeader(msgspec.Struct, frozen=True, tag_field="t", tag="hello"):
    """A gateway opens a lane."""

    proto: int
    lane: Lane
    epoch: U64
    first: U64
    last: U64
    sent_at: int


class WelcomeHeader(msgspec.Struct, frozen=True, tag_field="t", tag="welcome"):
    """The bridge has opened a lane."""

    lane: Lane
    epoch: U64
    resume_after: U64
    credit: U64


class DataHeader(msgspec.Struct, frozen=True, tag_field="t", tag="data"):
    """Fixes or device events are in the body."""

    lane: Lane
    epoch: U64
    seq: U64
    sent_at: int


class AckHeader(msgspec.Struct, frozen=True, tag_field="t", tag="ack"):
    """All up to `seq` are settled and on disk."""

    lane: Lane
    epoch: U64
    seq: U64
    credit: U64


class NakHeader(msgspec.Struct, frozen=True, tag_field="t", tag="nak"):
    """Please send these again, both ends included."""

    lane: Lane
    epoch: U64
    from_seq: U64 = msgspec.field(name="from")
    to_seq: U64 = msgspec.field(name="to")


class LostHeader(msgspec.Struct, frozen=True, tag_field="t", tag="lost"):
    """The gateway cannot send these any more, both ends included."""

    lane: Lane
    epoch: U64
    from_seq: U64 = msgspec.field(name="from")
    to_seq: U64 = msgspec.field(name="to")
    reason: str = ""


class RejectHeader(msgspec.Struct, frozen=True, tag_field="t", tag="reject"):
    """A message was quarantined and need not be sent again."""

    lane: Lane
    epoch: U64
    seq: U64
    code: str
    detail: str = ""


class PingHeader(msgspec.Struct, frozen=True, tag_field="t", tag="ping"):
    """A sign of life that wants one back."""

    sent_at: int
    echo: int = 0


class PongHeader(msgspec.Struct, frozen=True, tag_field="t", tag="pong"):
    """The sign of life that a ping wanted."""

    sent_at: int
    echo: int


class AskHeader(msgspec.Struct, frozen=True, tag_field="t", tag="ask"):
    """The bridge wants something of a device."""

    id: int
    device: str
    what: str
    value: float | str | None = None


class AnswerHeader(msgspec.Struct, frozen=True, tag_field="t", tag="answer"):
    """What became of an `ask`."""

    id: int
    ok: bool
    detail: str = ""


FromGateway = HelloHeader | DataHeader | LostHeader | PingHeader | PongHeader | AnswerHeader
FromBridge = WelcomeHeader | AckHeader | NakHeader | RejectHeader | PingHeader | PongHeader | AskHeader

MOST_HEADER_BYTES: Final = 1024


def packed(header: FromGateway | FromBridge) -> bytes:
    """The first frame of a message."""
    return msgspec.msgpack.encode(header)


def header_of_effect(effect: LaneEffect) -> FromBridge:
    """The message that performs an effect."""
    match effect:
        case SendWelcome():
            return WelcomeHeader(effect.lane, effect.epoch, effect.resume_after, effect.credit)
        case SendAck():
            return AckHeader(effect.lane, effect.epoch, effect.seq, effect.credit)
        case SendNak():
            return NakHeader(effect.lane, effect.epoch, effect.from_seq, effect.to_seq)
        case SendReject():
            return RejectHeader(effect.lane, effect.epoch, effect.seq, str(effect.code), effect.detail)
        case SendAsk():
            return AskHeader(effect.id, effect.device, str(effect.what), effect.value)
