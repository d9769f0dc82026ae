"""What people and timers did about alarms, as the log keeps it."""

from dataclasses import dataclass
from typing import ClassVar

from backend_bridge.domain.identifiers import AlarmId, UserId
from backend_bridge.domain.note import NoteAbout, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmAcknowledged:
    """A person has seen the alarm and owns it."""

    entry: ClassVar[str] = "acknowledged"
    alarm: AlarmId
    user: UserId
    seat: str
    reason: str | None
    group: str | None = None
    """The group in whose row it stood when that row was acknowledged with one key; None for an alarm that was acknowledged by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmShelved:
    """A person put the alarm aside for a time."""

    entry: ClassVar[str] = "shelved"
    alarm: AlarmId
    user: UserId
    until_us: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmUnshelved:
    """A shelved alarm is back; `user` is None when its time was over or it became graver."""

    entry: ClassVar[str] = "unshelved"
    alarm: AlarmId
    user: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmClosed:
    """An alarm left the list; `user` is None for one that ended by itself after it had been acknowledged."""

    entry: ClassVar[str] = "closed"
    alarm: AlarmId
    user: UserId | None
    outcome: str
    note: str | None
    about: NoteAbout | None = None
    statement: Statement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmReturned:
    """The same condition came back while its row was still open: one row, counted."""

    entry: ClassVar[str] = "repeated"
    alarm: AlarmId
    """The alarm that was raised anew."""
    row: AlarmId
    """The alarm whose row shows it."""
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmEscalated:
    """Nobody acknowledged in time: `stage` 1 tells a second seat, 2 the supervisors."""

    entry: ClassVar[str] = "escalated"
    alarm: AlarmId
    stage: int
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRouted:
    """An alarm sounds first where those sit whose region, case or kind it is."""

    entry: ClassVar[str] = "routed"
    alarm: AlarmId
    users: tuple[UserId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmsDisplayed:
    """A desk painted alarms, by the desk's own clock."""

    entry: ClassVar[str] = "displayed"
    alarms: tuple[AlarmId, ...]
    user: UserId
    seat: str
    displayed_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmTakenOver:
    """Another person owns the alarm now."""

    entry: ClassVar[str] = "taken-over"
    alarm: AlarmId
    user: UserId
    from_user: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftHandedOver:
    """Everything that a person owned belongs to another now."""

    entry: ClassVar[str] = "handed-over"
    user: UserId
    to: UserId
    alarms: tuple[AlarmId, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmGrouped:
    """Alarms have one cause and are shown as one."""

    entry: ClassVar[str] = "grouped"
    group: str
    cause: str
    """`gateway-silent`, `gateways-silent`, `device-defeated`."""
    alarms: tuple[AlarmId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FloodChanged:
    """More alarms come than the people on duty can work (`on`), or no longer."""

    entry: ClassVar[str] = "flood"
    on: bool
    n_in_ten_minutes: int
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TestAlarmStarted:
    """A person runs the test alarm of the shift, end to end."""

    __test__: ClassVar[bool] = False
    entry: ClassVar[str] = "test-alarm"
    alarm: AlarmId
    user: UserId
    seat: str


AlarmEvent = (
    AlarmAcknowledged
    | AlarmShelved
    | AlarmUnshelved
    | AlarmClosed
    | AlarmReturned
    | AlarmEscalated
    | AlarmRouted
    | AlarmsDisplayed
    | AlarmTakenOver
    | ShiftHandedOver
    | AlarmGrouped
    | FloodChanged
    | TestAlarmStarted
)
