"""What changed in the bridge's own books, and its own life, as the log keeps it."""

from dataclasses import dataclass
from typing import ClassVar

from backend_bridge.domain.case import Case
from backend_bridge.domain.identifiers import CaseId, DeviceId, GatewayName, PersonId, UserId
from backend_bridge.domain.retention import EndGround, Ground
from backend_bridge.domain.user import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRegistered:
    """A case is new, or a new version of it is in force from now on."""

    entry: ClassVar[str] = "case-registered"
    case: CaseId
    version: int
    user: UserId
    content: Case
    """The whole case; the log writes it without names, numbers and addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResumed:
    """A case that came from another room stands as it did there: ended, held, or with what waits for a decision."""

    entry: ClassVar[str] = "case-resumed"
    case: CaseId
    version: int
    user: UserId
    end_us: int
    """When its order ends, or ended."""
    waits: EndGround | None
    """The ground of an earlier end that another person has yet to confirm."""
    held_until_us: int | None
    destructions: tuple[Ground, ...]
    """What is due, asked for or refused."""
    withdrawn: tuple[PersonId, ...]
    """Protected persons who withdrew consent."""
    leave_until_us: int | None
    exports: tuple[str, ...]
    """Numbers of files that were handed out and are not known to be destroyed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEnded:
    """An order ended before its date; nothing is decided about its wearer from `end_us` on."""

    entry: ClassVar[str] = "order-ended"
    case: CaseId
    end_us: int
    reason: str
    user: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEndedOn(OrderEnded):
    """The same with the ground of the law, which decides what becomes of the data."""

    ground: EndGround


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEndProposed:
    """Somebody entered that an order ends before its date; it holds until another person confirms that."""

    entry: ClassVar[str] = "order-end-proposed"
    case: CaseId
    end_us: int
    ground: EndGround
    reason: str
    user: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEndDecided:
    """Another person confirmed that an order ends, or refused it."""

    entry: ClassVar[str] = "order-end-decided"
    case: CaseId
    user: UserId
    approved: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderExpires:
    """An order ends in `days` days: time to ask for an extension."""

    entry: ClassVar[str] = "order-expires"
    case: CaseId
    end_us: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayEnrolled:
    """A gateway may come in."""

    entry: ClassVar[str] = "gateway-enrolled"
    gateway: GatewayName
    public_key: str
    devices: str
    user: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayRevoked:
    """A gateway may come in no longer."""

    entry: ClassVar[str] = "gateway-revoked"
    gateway: GatewayName
    user: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskEnrolled:
    """A desk may come in."""

    entry: ClassVar[str] = "desk-enrolled"
    desk: str
    public_key: str
    user: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class UserChanged:
    """A user is new or changed."""

    entry: ClassVar[str] = "user-changed"
    user: UserId
    person: str
    role: Role
    enabled: bool
    by: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRouted:
    """Other alarms come to a user first from now on; empty where all do."""

    entry: ClassVar[str] = "user-routed"
    user: UserId
    route: str
    by: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceHeard:
    """A device that is in no case in force was heard for the first time; its positions are not kept."""

    entry: ClassVar[str] = "device-heard"
    device: DeviceId
    gateway: GatewayName


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleChanged:
    """A part of the bridge stopped working, or works again."""

    entry: ClassVar[str] = "trouble"
    code: str
    on: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeNoted:
    """The bridge about its own life: `started`, `stopped`, `verified`, `checkpoint`, `outside-copy`."""

    entry: ClassVar[str] = "bridge"
    what: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTested:
    """A test fix of the bridge's own came the whole way and raised its test alarm, which nobody is shown."""

    entry: ClassVar[str] = "self-test"
    number: int
    measured_us: int
    probability: float


BridgeEvent = (
    CaseRegistered
    | CaseResumed
    | OrderEndProposed
    | OrderEndDecided
    | OrderEnded
    | OrderExpires
    | GatewayEnrolled
    | GatewayRevoked
    | DeskEnrolled
    | UserChanged
    | UserRouted
    | DeviceHeard
    | TroubleChanged
    | BridgeNoted
    | SelfTested
)
