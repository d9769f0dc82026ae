"""Reading a gateway's message: frames in, what it says or what is wrong with it out; nothing in it is trusted or evaluated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeGuard

import msgspec

from backend_bridge.adapters.lane_headers import (
    MOST_HEADER_BYTES,
    AnswerHeader,
    DataHeader,
    FromGateway,
    HelloHeader,
    LostHeader,
    PingHeader,
    PongHeader,
)
from backend_bridge.adapters.lane_reports import map_length
from backend_bridge.domain.arrivals import Lane, RejectCode

_HEADER: Final[msgspec.msgpack.Decoder[FromGateway]] = msgspec.msgpack.Decoder(FromGateway)
_ANYTHING: Final = msgspec.msgpack.Decoder(object)
_KINDS: Final = frozenset({"hello", "data", "lost", "ping", "pong", "answer"})
_N_REQUIRED: Final[Mapping[object, int]] = {
    HelloHeader: 7,
    DataHeader: 5,
    LostHeader: 5,
    PingHeader: 2,
    PongHeader: 3,
    AnswerHeader: 3,
}
"""Keys that a header must have, `t` included; one that was decoded and has no more keys cannot hold a key twice."""


@dataclass(frozen=True, slots=True)
class BadData:
    """A `data` message that cannot be taken, but whose lane, epoch and seq can be read: it can be rejected."""

    lane: Lane
    epoch: int
    seq: int
    code: RejectCode
    detail: str


@dataclass(frozen=True, slots=True)
class BadHeader:
    """A message that cannot be answered: quarantined and no more."""

    code: RejectCode
    detail: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message in order, with its body."""

    header: FromGateway
    body: bytes


def read_message(frames: Sequence[bytes], n_frames: int) -> Message | BadData | BadHeader:
    """What a message says; `frames` are its first two frames (or fewer) without the routing id, `n_frames` how many it had."""
    head = frames[0] if frames else b""
    if n_frames != 2:
        return _salvaged(head, RejectCode.MALFORMED, f"a message must have two frames, not {n_frames}")
    if len(head) > MOST_HEADER_BYTES:
        return _salvaged(head, RejectCode.MALFORMED, f"the header has {len(head)} bytes; at most {MOST_HEADER_BYTES} are taken")
    try:
        header = _decoded(head)
    except msgspec.ValidationError:
        return _salvaged(head, RejectCode.SCHEMA, "a field of the header is missing or of the wrong type, or `t` is not known")
    except (msgspec.DecodeError, ValueError, RecursionError):
        return BadHeader(RejectCode.MALFORMED, "the header is not a msgpack map")
    if map_length(head) > _N_REQUIRED[type(header)] and not _has_each_key_once(head):
        return BadHeader(RejectCode.SCHEMA, "a field of the header stands twice")
    if isinstance(header, HelloHeader) and header.proto != 1:
        return BadHeader(RejectCode.SCHEMA, "proto: must be 1")
    return Message(header, frames[1])


def _decoded(head: bytes) -> FromGateway:
    try:
        return _HEADER.decode(head)
    except msgspec.ValidationError:
        found = _anything(head)
        if not isinstance(found, dict) or all(isinstance(key, str) for key in found):
            raise
        # A key that is no text is a key that is not known.
        header: FromGateway = msgspec.convert({key: value for key, value in found.items() if isinstance(key, str)}, FromGateway)
        return header


def _has_each_key_once(head: bytes) -> bool:
    found = _anything(head)
    return isinstance(found, dict) and len(found) == map_length(head)


def _salvaged(head: bytes, code: RejectCode, detail: str) -> BadData | BadHeader:
    """What can be said of a message with a defect: lane, epoch and seq if it is `data` and all three can be read."""
    found = _anything(head)
    if not isinstance(found, dict) or len(found) != map_length(head):
        return BadHeader(RejectCode.MALFORMED, "the header is not a msgpack map with each key once")
    if found.get("t") == "data":
        lane, epoch, seq = found.get("lane"), found.get("epoch"), found.get("seq")
        if isinstance(lane, str) and lane in set(Lane) and _is_u64(epoch) and _is_u64(seq):
            return BadData(Lane(lane), epoch, seq, code, detail)
        return BadHeader(code, f"{detail}; lane, epoch or seq cannot be read")
    kind = found.get("t")
    return BadHeader(code, detail if isinstance(kind, str) and kind in _KINDS else "t: no such message is known")


def _anything(head: bytes) -> object:
    try:
        return _ANYTHING.decode(head)
    except Exception:  # noqa: BLE001  # hostile bytes may provoke anything, such as keys that cannot be hashed
        return None


def _is_u64(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**64
