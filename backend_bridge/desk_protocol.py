"""What goes over the wire between the bridge and a desk, exactly as sent; docs/desk-link.md says it in words.

Every message is one ZeroMQ frame that holds one msgpack map, its kind in `t`. Fields that are not named here are refused in
both directions, like values out of range; rows, tracks and frames are the dataclasses of `application/rows.py`, field by field.
"""

from typing import Annotated, Final, TypeAlias

import msgspec
from msgspec import Meta, Struct

from backend_bridge.application.access_rows import DestructionRow, DisclosureRow, ExportRow, GrantRow, HoldRow, OrderEndRow, RequestRow
from backend_bridge.application.incident_rows import IncidentRow
from backend_bridge.application.rows import (
    AlarmRow,
    CaseRow,
    DeviceRow,
    GatewayRow,
    PairRow,
    PositionFrame,
    RoomRow,
    SessionRow,
    Track,
    UnitRow,
)
from backend_bridge.application.tables import Table
from backend_bridge.application.training_rows import ComparedRow, DebriefRow, ScenarioRow
from backend_bridge.desk_wire_types import strict_union
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.commands import Command
from backend_bridge.domain.identifiers import AlarmId, UserId
from backend_bridge.domain.queries import Query, SearchHit
from backend_bridge.domain.user import Role

PROTO: Final = 1
"""The version of this protocol; a desk of another version is refused in words."""

MAX_FROM_DESK: Final = 64 * 1024
"""Bytes of the longest message that a desk may send."""

Number: TypeAlias = Annotated[int, Meta(ge=0, le=2**53)]
Secret: TypeAlias = Annotated[str, Meta(min_length=1, max_length=1024)]


class _FromDesk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="t"):
    """What a desk may say."""


class _FromBridge(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="t"):
    """What the bridge may say."""


class Login(_FromDesk, frozen=True, kw_only=True, tag="login"):
    """A person at the desk says who they are."""

    proto: int
    user: Annotated[str, Meta(min_length=1, max_length=64)]
    password: Secret


class Resume(_FromDesk, frozen=True, kw_only=True, tag="resume"):
    """A desk that lost the link goes on with the session that its ticket names."""

    proto: int
    ticket: Annotated[bytes, Meta(max_length=1024)]


class Logout(_FromDesk, frozen=True, kw_only=True, tag="logout"):
    """The person leaves; the session ends and its ticket is worth nothing."""


class Lock(_FromDesk, frozen=True, kw_only=True, tag="lock"):
    """Hide everything but that there are alarms, until the person proves again who they are."""


class Unlock(_FromDesk, frozen=True, kw_only=True, tag="unlock"):
    """The person is back."""

    password: Secret


class ChangePassword(_FromDesk, frozen=True, kw_only=True, tag="password"):
    """The person chooses another password."""

    old: Secret
    new: Secret


CommandStruct, QueryStruct = strict_union(Command), strict_union(Query)


class Act(_FromDesk, frozen=True, kw_only=True, tag="act"):
    """A command; answered by `done` or `no` with the same `id`."""

    id: Annotated[int, Meta(ge=1, le=2**53)]
    do: CommandStruct.wire  # type: ignore[name-defined]  # built from the dataclasses of commands.py, one struct each


class Ask(_FromDesk, frozen=True, kw_only=True, tag="ask"):
    """A query; answered by `answer` or `no` with the same `id`."""

    id: Annotated[int, Meta(ge=1, le=2**53)]
    of: QueryStruct.wire  # type: ignore[name-defined]  # built from the dataclasses of queries.py, one struct each


class Seen(_FromDesk, frozen=True, kw_only=True, tag="seen"):
    """The desk has taken all numbered messages up to `n` and the position frame `frame`; opens the window for more."""

    n: Number
    frame: Number


class Whole(_FromDesk, frozen=True, kw_only=True, tag="whole"):
    """The desk met a hole in the numbers and asks for everything anew."""


class DeskPing(_FromDesk, frozen=True, kw_only=True, tag="ping"):
    """The desk's working loop is alive; nobody has touched the desk for `idle_s` seconds."""

    sent_us: Number
    idle_s: Annotated[int, Meta(ge=0, le=10**9)] = 0


class DeskPong(_FromDesk, frozen=True, kw_only=True, tag="pong"):
    """The answer to the bridge's ping."""

    echo_us: Number


DeskMessage: TypeAlias = Login | Resume | Logout | Lock | Unlock | ChangePassword | Act | Ask | Seen | Whole | DeskPing | DeskPong


class Welcome(_FromBridge, frozen=True, kw_only=True, tag="welcome"):
    """The session is open; a snapshot follows."""

    proto: int
    seat: str
    """Name of the session."""
    user: UserId
    role: Role
    desk: str
    """Name under which the desk is enrolled."""
    ticket: bytes
    """Worth the session, from this desk's key alone, until `expires_us`; never to be written to a disk."""
    expires_us: int
    now_us: int
    speed: float
    """How fast the bridge's clock runs; 1 but in demonstrations."""
    locked: bool
    idle_lock_s: int
    must_change_password: bool = False


class No(_FromBridge, frozen=True, kw_only=True, tag="no"):
    """A refusal; `id` is that of the act or ask, 0 for anything else. The text never holds what is refused."""

    id: int = 0
    code: str
    detail: str = ""


class Done(_FromBridge, frozen=True, kw_only=True, tag="done"):
    """The command was taken, and is on disk; `id` 0: the password was changed."""

    id: int = 0
    note: str | None = None
    """What the command made: the id of a request, grant or incident."""


class Answer(_FromBridge, frozen=True, kw_only=True, tag="answer"):
    """What a query found: exactly one of the fields besides `id`; an export has `file` and `texts`."""

    id: int
    track: Track | None = None
    hits: tuple[SearchHit, ...] | None = None
    units: tuple[UnitRow, ...] | None = None
    texts: tuple[str, ...] | None = None
    file: bytes | None = None
    scenarios: tuple[ScenarioRow, ...] | None = None
    debrief: DebriefRow | None = None
    compared: tuple[ComparedRow, ...] | None = None


class RowSet(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Rows by table, and by table the keys whose rows are no more."""

    alarms: tuple[AlarmRow, ...] = ()
    cases: tuple[CaseRow, ...] = ()
    pairs: tuple[PairRow, ...] = ()
    devices: tuple[DeviceRow, ...] = ()
    gateways: tuple[GatewayRow, ...] = ()
    incidents: tuple[IncidentRow, ...] = ()
    units: tuple[UnitRow, ...] = ()
    requests: tuple[RequestRow, ...] = ()
    grants: tuple[GrantRow, ...] = ()
    destructions: tuple[DestructionRow, ...] = ()
    holds: tuple[HoldRow, ...] = ()
    order_ends: tuple[OrderEndRow, ...] = ()
    exports: tuple[ExportRow, ...] = ()
    disclosures: tuple[DisclosureRow, ...] = ()
    session: tuple[SessionRow, ...] = ()
    room: tuple[RoomRow, ...] = ()
    gone: dict[Table, tuple[str, ...]] = {}


class _Numbered(_FromBridge, frozen=True, kw_only=True):
    """A message that counts: `n` is one more than that of the one before; `rows` was encoded once for all who may see it."""

    n: int
    rows: msgspec.Raw


class SnapshotRaw(_Numbered, frozen=True, kw_only=True, tag="snapshot"):
    """A part of everything, as the bridge sends it."""

    first: bool
    last: bool


class ChangesRaw(_Numbered, frozen=True, kw_only=True, tag="rows"):
    """What changed, as the bridge sends it."""


class Snapshot(_FromBridge, frozen=True, kw_only=True, tag="snapshot"):
    """A part of everything that the user may see; with the `last` part all that a desk held before is void.

    With the `first` part the count may begin anywhere; parts follow one another without changes between them.
    """

    n: int
    first: bool
    last: bool
    rows: RowSet


class Changes(_FromBridge, frozen=True, kw_only=True, tag="rows"):
    """What changed since the message with the number before."""

    n: int
    rows: RowSet


class FrameRaw(_FromBridge, frozen=True, kw_only=True, tag="frame"):
    """The newest positions, as the bridge sends them."""

    k: int
    frame: msgspec.Raw


class Frame(_FromBridge, frozen=True, kw_only=True, tag="frame"):
    """Where everybody is whom the user may see; the newest counts, others are skipped and never sent later."""

    k: int
    frame: PositionFrame


class Sound(_FromBridge, frozen=True, kw_only=True, tag="sound"):
    """Sound this alarm here, whether or not anything is painted."""

    alarm: AlarmId
    level: AlarmLevel
    priority: int
    escalation: int


class Locked(_FromBridge, frozen=True, kw_only=True, tag="locked"):
    """Whether the desk is locked from now on; a snapshot follows."""

    on: bool


class Ended(_FromBridge, frozen=True, kw_only=True, tag="ended"):
    """The session is over: `logout`, `expired`, `ended`, `disabled`, `revoked`, `elsewhere`, `stopping`."""

    reason: str


class BridgePing(_FromBridge, frozen=True, kw_only=True, tag="ping"):
    """The bridge's working loop is alive; its clock shows `now_us`."""

    now_us: int


class BridgePong(_FromBridge, frozen=True, kw_only=True, tag="pong"):
    """The answer to the desk's ping."""

    echo_us: int
    now_us: int


BridgeMessage: TypeAlias = Welcome | No | Done | Answer | Snapshot | Changes | Frame | Sound | Locked | Ended | BridgePing | BridgePong

_ENCODER: Final = msgspec.msgpack.Encoder()
_DESK_DECODER: Final = msgspec.msgpack.Decoder(DeskMessage)
_BRIDGE_DECODER: Final[msgspec.msgpack.Decoder[BridgeMessage]] = msgspec.msgpack.Decoder(BridgeMessage)


class FrameRefusedError(ValueError):
    """A message that is not one of this protocol; the text names the field at fault and never a value."""


def encode(message: Struct) -> bytes:
    """The one frame that says `message`."""
    return _ENCODER.encode(message)


def encode_part(part: RowSet | PositionFrame) -> msgspec.Raw:
    """Rows or positions encoded once, to go into the messages of all who may see them."""
    return msgspec.Raw(_ENCODER.encode(part))


def decode_from_desk(frame: bytes | memoryview) -> DeskMessage:
    """The message of a desk; raises `FrameRefusedError`."""
    if len(frame) > MAX_FROM_DESK:
        raise FrameRefusedError("the message is longer than 64 KiB")
    try:
        message: DeskMessage = _DESK_DECODER.decode(frame)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FrameRefusedError(_without_values(str(error))) from None
    return message


def decode_from_bridge(frame: bytes | memoryview) -> BridgeMessage:
    """The message of the bridge; raises `FrameRefusedError`."""
    try:
        return _BRIDGE_DECODER.decode(frame)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FrameRefusedError(_without_values(str(error))) from None


def act(number: int, command: Command) -> Act:
    """The message that asks the bridge to carry out `command`; raises `FrameRefusedError` where a value is out of range."""
    try:
        return Act(id=number, do=CommandStruct.to_wire(command))
    except msgspec.ValidationError as error:
        raise FrameRefusedError(_without_values(str(error))) from None


def ask(number: int, query: Query) -> Ask:
    """The message that asks the bridge `query`; raises `FrameRefusedError` where a value is out of range."""
    try:
        return Ask(id=number, of=QueryStruct.to_wire(query))
    except msgspec.ValidationError as error:
        raise FrameRefusedError(_without_values(str(error))) from None


def command_of(message: Act) -> Command:
    """The command that a desk gave."""
    command: Command = CommandStruct.from_wire(message.do)
    return command


def query_of(message: Ask) -> Query:
    """The query that a desk asked."""
    query: Query = QueryStruct.from_wire(message.of)
    return query


def _without_values(problem: str) -> str:
    """`problem` without what msgspec quotes of the message, which may be personal; where it stands is kept."""
    what, at, where = problem.partition(" - at ")
    said = what.split("'", 1)[0].rstrip() if what.startswith("Invalid") else what
    said = "Object contains an unknown field" if what.startswith("Object contains unknown") else said
    return f"{said} at {where.strip('`')}" if at else said
