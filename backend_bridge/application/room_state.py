"""The state of the room: every book of the core, changed only by the step."""

from dataclasses import dataclass, field

from backend_bridge.application.ports import WatchPort
from backend_bridge.domain.access.access import Access
from backend_bridge.domain.access.consents import ConsentBook
from backend_bridge.domain.access.destruction import DestructionBook
from backend_bridge.domain.access.disclosure_book import DisclosureBook
from backend_bridge.domain.access.duty import Duty
from backend_bridge.domain.access.export_book import ExportBook
from backend_bridge.domain.access.grants import GrantBook
from backend_bridge.domain.access.order_ends import OrderEndBook
from backend_bridge.domain.access.paper_book import PaperBook
from backend_bridge.domain.alarms.alarm_list import AlarmList
from backend_bridge.domain.alarms.clusters import Clusters
from backend_bridge.domain.alarms.kpi import Kpi
from backend_bridge.domain.exercise import Course, Vouched
from backend_bridge.domain.identifiers import AlarmId, CaseId, DeviceId, GatewayName, PersonId, UnitId, UserId
from backend_bridge.domain.incidents.dispatch import Unit
from backend_bridge.domain.incidents.incident_book import IncidentBook
from backend_bridge.domain.lanes.lane_book import LaneBook
from backend_bridge.domain.outcomes.changed import Changed
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.user import Role, User
from backend_bridge.domain.watching.holders import Holders
from backend_bridge.domain.watching.registry import Registry

DEMO_USERS = (
    User(user=UserId("operator-1"), person="person-1", role=Role.OPERATOR),
    User(user=UserId("supervisor-1"), person="person-2", role=Role.SUPERVISOR),
)
"""The two people of a fresh room; different human beings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingAsk:
    """A question to a device that has no answer yet."""

    ask: int
    gateway: GatewayName
    device: DeviceId
    what: str
    value: float | str | None
    asked_us: int


@dataclass(slots=True, kw_only=True)
class Devices:
    """Through which gateway each device was last heard, and questions to devices that are open."""

    gateway: dict[DeviceId, GatewayName] = field(default_factory=dict)
    unknown: dict[DeviceId, None] = field(default_factory=dict)
    """Devices that were heard and are in no case."""
    revoked: dict[GatewayName, None] = field(default_factory=dict)
    """Gateways that may come in no longer."""
    source: dict[DeviceId, int] = field(default_factory=dict)
    """The `FixSource` of each device's last fix that was kept."""
    strap_cut: dict[DeviceId, None] = field(default_factory=dict)
    """Devices whose strap or case was last reported open."""
    hurried: dict[DeviceId, None] = field(default_factory=dict)
    """Devices that were asked for more frequent fixes."""
    asks: dict[int, PendingAsk] = field(default_factory=dict)
    n_asks: int = 0


@dataclass(slots=True, kw_only=True)
class Health:
    """What the bridge knows of itself: milestones, troubles, and how much comes in."""

    started_us: int = 0
    verified_us: int | None = None
    checkpoint_us: int | None = None
    outside_copy_us: int | None = None
    self_test_us: int | None = None
    """When the bridge's own test alarm was last raised."""
    lag_s: float = 0.0
    """How long what was last decided had waited."""
    troubles: dict[str, str] = field(default_factory=dict)
    """What does not work, by code, with its detail."""
    system: dict[str, AlarmId] = field(default_factory=dict)
    """The open `system` alarm of each code."""
    n_system: int = 0
    last_input_us: int | None = None
    """When the last fix of a known device came."""
    second_us: int = 0
    """Start of the second that `in_second` counts."""
    in_second: dict[GatewayName, int] = field(default_factory=dict)
    rate: dict[GatewayName, float] = field(default_factory=dict)
    """Fixes a second of each gateway, smoothed over about ten seconds."""


class Room:
    """Everything that the bridge knows while it runs: the same inputs always make the same room."""

    course: Course | None = None
    """The scenario that is played, or was last; of the class, so that rooms that were stored before have it too."""

    vouched: Vouched = Vouched.SHIPPED
    """Who vouches for the scenario that is played, or was last."""

    def __init__(self, watch: WatchPort, users: tuple[User, ...] = DEMO_USERS, lanes: LaneBook | None = None) -> None:
        self.watch = watch
        self.lanes = lanes or LaneBook.empty()
        self.next_n = 1
        """Number of the next log entry; whoever writes entries of their own sets it before a step."""
        self.now_us = 0
        """Time of the last step."""
        self.exercise = False
        """Whether what happens is practice: messages to the outside say so."""
        self.replay = False
        """Whether a recording is played: nothing of it happens now."""
        self.duty = Duty(users)
        self.registry = Registry()
        self.alarms = AlarmList()
        self.clusters = Clusters()
        self.incidents = IncidentBook()
        self.grants = GrantBook()
        self.access = Access(self.duty, self.grants)
        self.devices = Devices()
        self.units: dict[UnitId, Unit] = {}
        self.changed_units = Changed()
        self.roads: dict[tuple[LatLon, UnitId], float] = {}
        """Road travel times in seconds, as a routing engine last gave them."""
        self.health = Health()
        self.warned: dict[tuple[CaseId, PersonId, str], int] = {}
        """When a protected person was last warned, by kind and level of the alarm."""
        self.kpi = Kpi()
        self.tidied_us = 0
        self.opened_revision = 0
        """Up to which change of the alarms it is decided what each case shows."""
        self.destructions = DestructionBook()
        self.order_ends = OrderEndBook()
        self.papers = PaperBook()
        self.consents = ConsentBook()
        self.exports = ExportBook()
        self.disclosures = DisclosureBook()
        self.holders = Holders()
        self.removals: dict[CaseId, int] = {}
        """Until when devices may be off with leave, by case."""
