"""What was done in an incident, as the log keeps it."""

from dataclasses import dataclass
from typing import ClassVar

from backend_bridge.domain.identifiers import AlarmId, CaseId, DeviceId, IncidentId, PersonId, UnitId, UserId
from backend_bridge.domain.note import NoteAbout, Statement
from backend_bridge.domain.quantities import LatLon


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentOpened:
    """An acknowledged red alarm is being worked."""

    entry: ClassVar[str] = "incident-opened"
    incident: IncidentId
    case: CaseId
    alarm: AlarmId
    user: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmJoined:
    """Another alarm of the case belongs to an incident that is open."""

    entry: ClassVar[str] = "incident-joined"
    incident: IncidentId
    alarm: AlarmId


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOpened:
    """A step must be taken by `due_us`; `legal` cites what demands it."""

    entry: ClassVar[str] = "task-opened"
    incident: IncidentId
    task: str
    due_us: int | None
    legal: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskWorked:
    """A step ended; `user` is None where the bridge itself did it."""

    entry: ClassVar[str] = "task-worked"
    incident: IncidentId
    task: str
    state: str
    user: UserId | None
    outcome: str
    note: str | None
    about: NoteAbout | None = None
    statement: Statement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOverdue:
    """A step was not taken in its time."""

    entry: ClassVar[str] = "task-overdue"
    incident: IncidentId
    task: str
    due_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentNoted:
    """A person wrote a line into the timeline."""

    entry: ClassVar[str] = "noted"
    incident: IncidentId
    user: UserId
    text: str
    about: NoteAbout
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentClosed:
    """An incident ended with an outcome."""

    entry: ClassVar[str] = "incident-closed"
    incident: IncidentId
    user: UserId
    outcome: str
    note: str
    about: NoteAbout | None = None
    statement: Statement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentOwned:
    """Another person works the incident now."""

    entry: ClassVar[str] = "incident-owned"
    incident: IncidentId
    user: UserId
    from_user: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDispatched:
    """A unit was sent to a place."""

    entry: ClassVar[str] = "dispatched"
    incident: IncidentId
    unit: UnitId
    user: UserId
    destination: LatLon
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchMoved:
    """A dispatch is `delivered`, `accepted`, `en-route`, `on-scene`, `done`, `refused`, `failed` or `recalled`."""

    entry: ClassVar[str] = "dispatch-state"
    incident: IncidentId
    unit: UnitId
    state: str
    user: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageOrdered:
    """A message to somebody outside is about to leave; the text is what will be sent."""

    entry: ClassVar[str] = "message-ordered"
    delivery: str
    channel: str
    recipient: str
    case: CaseId | None
    incident: IncidentId | None
    alarm: AlarmId | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageMoved:
    """A message got as far as `sent`, `delivered`, `seen` or `failed`."""

    entry: ClassVar[str] = "message-state"
    delivery: str
    state: str
    detail: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedNotReached:
    """No warning of a protected person arrived in its time, by any way."""

    entry: ClassVar[str] = "not-reached"
    case: CaseId | None
    person: PersonId | None
    alarm: AlarmId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceAsked:
    """A device was asked for a position, another rate, or to show a notice."""

    entry: ClassVar[str] = "device-asked"
    ask: int
    device: DeviceId
    case: CaseId | None
    what: str
    user: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceAnswered:
    """A device answered, or did not within its time."""

    entry: ClassVar[str] = "device-answered"
    ask: int
    device: DeviceId
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelEntered:
    """Something that no device shows was entered by people: `NO_SHOW`, `REFUSAL`, `TEMP_REMOVAL`, `VICTIM_REFUSED_DEVICE`."""

    entry: ClassVar[str] = "label-entered"
    case: CaseId
    person: PersonId | None
    label: str
    user: UserId
    text: str
    until_us: int | None = None


IncidentEvent = (
    IncidentOpened
    | AlarmJoined
    | TaskOpened
    | TaskWorked
    | TaskOverdue
    | IncidentNoted
    | IncidentClosed
    | IncidentOwned
    | UnitDispatched
    | DispatchMoved
    | MessageOrdered
    | MessageMoved
    | ProtectedNotReached
    | DeviceAsked
    | DeviceAnswered
    | LabelEntered
)
