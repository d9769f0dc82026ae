"""What the room asks the world to do once its decisions are on disk: values, so that a replay cannot do any of it.

Each effect carries a `key` that names the one act it stands for: whoever performs effects performs a key once, also over a
crash, and reports back with `inbox.EffectReport` under the same key.
"""

from dataclasses import dataclass

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.commands import EndScenario, InjectEvent, StartScenario, SteerExercise
from backend_bridge.domain.identifiers import (
    AlarmId,
    CaseId,
    DestructionId,
    DeviceId,
    GrantId,
    IncidentId,
    PersonId,
    UnitId,
    UserId,
)
from backend_bridge.domain.quantities import LatLon


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundAlarm:
    """Sound the alarm at `seats` (all seats on duty where empty), whether or not anything is painted there."""

    key: str
    alarm: AlarmId
    kind: AlarmKind
    level: AlarmLevel
    priority: int
    escalation: int
    """0 at the owner's seat, 1 a second seat, 2 the supervisors."""
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDispatch:
    """Send a police unit to a place."""

    key: str
    incident: IncidentId
    case: CaseId
    unit: UnitId
    destination: LatLon
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendRecall:
    """Call back a unit that was sent."""

    key: str
    incident: IncidentId
    unit: UnitId


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyProtected:
    """Warn a protected person by SMS; the warning by app goes out as the lane's `ask` `notify`."""

    key: str
    case: CaseId
    person: PersonId
    phones: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMessage:
    """Tell an office outside: `channel` is `sms`, `email`, `cap`, `cot` or `webhook`."""

    key: str
    channel: str
    incident: IncidentId | None
    """None for what cannot wait for an incident: an alarm that nobody is there to acknowledge."""
    case: CaseId | None
    recipient: str
    """Code of the office (`police-station`, `112`, `probation-office`); the channel's settings know its address."""
    text: str
    place: LatLon | None
    radius_m: float | None
    level: AlarmLevel
    exercise: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSessions:
    """Close every desk of a user at once."""

    key: str
    user: UserId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DestroyDelivered:
    """Destroy what was handed out under a grant whose permission was refused, and certify it."""

    key: str
    grant: GrantId
    case: CaseId
    person: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class DestroyCase:
    """Destroy the keys of a case and what else holds its data, and certify it."""

    key: str
    destruction: DestructionId
    case: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteFixes:
    """Delete the stored fixes of each device that were measured before that instant."""

    key: str
    kept_from_us: tuple[tuple[DeviceId, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectExercise:
    """Let the director of an exercise do what a trainer wants; in any other room nobody performs it."""

    key: str
    command: StartScenario | EndScenario | SteerExercise | InjectEvent


RoomEffect = (
    SoundAlarm
    | SendDispatch
    | SendRecall
    | NotifyProtected
    | SendMessage
    | EndSessions
    | DirectExercise
    | DestroyDelivered
    | DestroyCase
    | DeleteFixes
)
