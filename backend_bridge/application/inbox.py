"""What reaches the room between two steps: gateways' messages, people's acts, orders from a shell, news from outside."""

from dataclasses import dataclass, field

from backend_bridge.domain.access.disclosure import DisclosureRule
from backend_bridge.domain.access.standing import CaseStanding
from backend_bridge.domain.arrivals import Arrival
from backend_bridge.domain.case import Case
from backend_bridge.domain.commands import (
    Command,
    ConfirmExportGone,
    DecideDeletion,
    DecideDestruction,
    DecideDisclosure,
    DecideOrderEnd,
    LiftHold,
    PlaceHold,
    ProposeDeletion,
    ProposeOrderEnd,
    RequestDestruction,
)
from backend_bridge.domain.exercise import Course, ExerciseCall, Vouched
from backend_bridge.domain.identifiers import CaseId, DestructionId, DeviceId, GatewayName, PersonId, UnitId, UserId
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.queries import MakeExport, Query
from backend_bridge.domain.retention import EndGround
from backend_bridge.domain.user import Role, Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A command that a person at a seat gave; answered by the one `Reply` with the same `act`."""

    act: int
    """Chosen by the one who hands it in, different for all acts that are under way."""
    user: UserId
    seat: str
    """The session: one desk of one user."""
    command: Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A query of a person at a seat; answered by the `Reply` with the same `act`, after its entry is in the log."""

    act: int
    user: UserId
    seat: str
    query: Query


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """Somebody has proved who they are at a desk; rows flow only after the entry of it is in the log."""

    user: UserId
    seat: str
    desk: str
    """Name under which the desk is enrolled."""
    expires_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSession:
    """A desk is closed, lost or locked out; alarms that its user owns stay with the user until handed over."""

    seat: str
    reason: str
    """`logout`, `lost`, `expired`, `ended`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginRefused:
    """Somebody could not prove who they are."""

    user: UserId
    desk: str
    reason: str
    """`wrong-secret`, `locked`, `disabled`, `unknown`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCases:
    """Register cases; one that is known and unchanged changes nothing."""

    by: UserId
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeCase:
    """A case that is registered with this came from another room, where it stood so."""

    by: UserId
    case: CaseId
    standing: CaseStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOrder:
    """A court's order ended before its date: so an office's own system tells it, and scenarios do."""

    by: UserId
    case: CaseId
    at_us: int
    reason: str
    ground: EndGround | None = None
    """Of the law; None where the reason alone tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolGateway:
    """A gateway may come in, for the devices that match `devices`."""

    by: UserId
    gateway: GatewayName
    public_key: str
    devices: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeGateway:
    """A gateway may come in no longer."""

    by: UserId
    gateway: GatewayName


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolDesk:
    """A desk may come in."""

    by: UserId
    desk: str
    public_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PutUser:
    """A user is new or changed; whoever lost a role loses at once what it let them see."""

    by: UserId
    user: UserId
    person: str
    """The human being behind the account."""
    role: Role
    enabled: bool = True
    postcode: str = ""
    route: Route | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteShellRead:
    """A shell command is about to print personal data (`log`, `fixes`, `export`); it prints only after this is on disk."""

    by: UserId
    command: str
    scope: str
    """What was asked for, without any value of the data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectReport:
    """How far an effect got: `state` is `sent`, `delivered`, `seen`, `accepted`, `refused` or `failed`."""

    key: str
    state: str
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitReport:
    """A police unit said where it is and what it does."""

    unit: UnitId
    callsign: str
    position: LatLon | None
    course_deg: float | None
    state: str | None
    """`free`, `en-route`, `on-scene`, `busy`, `off`; None leaves it as it was."""
    reported_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelTimes:
    """Road travel times that a routing engine found for the units of an incident."""

    destination: LatLon
    seconds: tuple[tuple[UnitId, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A part of the bridge stopped working, or works again; raises or clears a `system` alarm."""

    code: str
    """`disk-full`, `authenticator`, `clock-step`, `lag`, `channel-sms`, …"""
    on: bool
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """The bridge about its own life: `started`, `stopped`, `verified`, `checkpoint`, `outside-copy`."""

    what: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTest:
    """A test fix of the bridge's own came in over the port of gateways."""

    number: int
    measured_us: int
    received_us: int
    place: LatLon
    accuracy_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """How long what was just decided had waited since it came in; 0 when the bridge keeps up."""

    behind_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowInApp:
    """A protected person's app is about to be shown something else of a wearer; it is shown after this is in the log."""

    case: CaseId
    about: PersonId
    subject: PersonId
    device: DeviceId | None
    detail: str
    """A `disclosure.Detail`; `nothing` ends it."""
    within_m: float | None
    """The distance of the rule's step that recognises the urgency."""
    distance_m: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginExercise:
    """Make a room that is still empty one for exercises, for good."""

    by: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseBegan:
    """The director plays a scenario from now on."""

    course: Course


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseMoved:
    """The director goes on at another speed, or somebody of the scenario calls."""

    speed: float
    calls: tuple[ExerciseCall, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseEnded:
    """A scenario is over: `over`, `ended` by the trainer, or `refused` because it cannot be played."""

    scenario: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioTaken:
    """Which file a scenario that is about to be played was read from, and who vouches that nobody in it lives."""

    scenario: str
    sha256: str
    vouched: Vouched


ExerciseNews = CourseBegan | CourseMoved | CourseEnded | ScenarioTaken
"""What the director of an exercise tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtDecided:
    """What a court said about access that was used before it was asked: permitted or refused."""

    by: UserId
    grant: str
    permitted: bool
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteByOffice:
    """Something without telemetry that people enter: a legal label such as `NO_SHOW` or `TEMP_REMOVAL`."""

    by: UserId
    case: CaseId
    person: PersonId | None
    label: str
    text: str
    until_us: int | None = None
    """For `TEMP_REMOVAL`: when the device must be back on; None says that it is."""


ShellCommand = (
    RequestDestruction
    | DecideDestruction
    | PlaceHold
    | LiftHold
    | ConfirmExportGone
    | DecideDisclosure
    | ProposeDeletion
    | DecideDeletion
    | ProposeOrderEnd
    | DecideOrderEnd
)
"""What can be decided at a shell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellAct:
    """What somebody who proved who they are at a shell decides: carried out as if they sat at a desk."""

    by: UserId
    command: ShellCommand


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellExport:
    """An export that somebody who proved who they are asks for at a shell."""

    by: UserId
    query: MakeExport


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDestroyed:
    """A destruction is done; its certificate is stored with this."""

    by: UserId
    destruction: DestructionId
    n_keys: int
    n_files: int
    n_unreached: int
    certificate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FixesDeleted:
    """What an approved deletion came to; its certificate is stored with this."""

    n_fixes: int
    n_devices: int
    n_records: int
    certificate: str
    """SHA-256 of the signed certificate in hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginRule:
    """From now on a protected person's app may be shown something by this rule; nothing where the pair has one already."""

    rule: DisclosureRule


@dataclass(frozen=True, slots=True, kw_only=True)
class AppsPaired:
    """How many apps of a protected person are paired."""

    person: PersonId
    n: int


Order = (
    ShellAct
    | ShellExport
    | NoteDestroyed
    | ImportCases
    | ResumeCase
    | BeginExercise
    | EndOrder
    | EnrolGateway
    | RevokeGateway
    | EnrolDesk
    | PutUser
    | NoteShellRead
    | CourtDecided
    | NoteByOffice
    | LoginRefused
)
"""What comes from a shell on the bridge's own machine."""

News = (
    OpenSession
    | CloseSession
    | LoginRefused
    | EffectReport
    | UnitReport
    | TravelTimes
    | Trouble
    | Milestone
    | ExerciseNews
    | SelfTest
    | Lag
    | FixesDeleted
    | ShowInApp
    | BeginRule
    | AppsPaired
)
"""What the bridge's own parts tell the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """All that has come since the last step, each kind in the order in which it came."""

    arrivals: tuple[Arrival, ...] = ()
    orders: tuple[Order, ...] = ()
    news: tuple[News, ...] = ()
    acts: tuple[Act | Ask, ...] = field(default=())
