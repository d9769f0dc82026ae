"""One row of the alarm list: the condition, how often it came, and what people did about it."""

from dataclasses import dataclass
from typing import Final, TypeAlias

from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel
from backend_bridge.domain.identifiers import AlarmId, CaseId, IncidentId, PersonId, RingId, UserId, ZoneId
from backend_bridge.domain.quantities import MICROSECONDS

RowKey: TypeAlias = tuple[AlarmKind, CaseId | None, PersonId | None, ZoneId | RingId | None, PersonId | None, str | None]
"""What there is one row of; the last part tells `system` alarms apart."""

TEST_OUTCOME: Final = "test"
SYSTEM_OUTCOMES: Final = frozenset({"technical", TEST_OUTCOME, "allowed"})
"""Outcomes with which a row can be closed although its condition still holds."""

UNSHELVABLE: Final = frozenset({AlarmKind.SOS, AlarmKind.TAMPER})
ENDED_BY_PEOPLE: Final = frozenset({AlarmKind.TAMPER, AlarmKind.SOS})
"""Kinds that stay latched until a person gives a reason."""

_LIFE: Final = frozenset({AlarmKind.PROXIMITY, AlarmKind.APPROACH, AlarmKind.EXCLUSION_ZONE, AlarmKind.UNPAIRED})
_CAN_WAIT: Final = frozenset({AlarmKind.BATTERY, AlarmKind.SYSTEM})


def priority_of(kind: AlarmKind, level: AlarmLevel) -> int:
    """1 (a life, now) to 4 (technical, can wait)."""
    if kind is AlarmKind.SOS:
        return 1
    if level is AlarmLevel.RED:
        return 1 if kind in _LIFE else 2
    if kind in _CAN_WAIT:
        return 4
    return 2 if kind in {AlarmKind.APPROACH, AlarmKind.TAMPER} else 3


def answered_alone(kind: AlarmKind, level: AlarmLevel) -> bool:
    """Whether an alarm is acknowledged by itself, whatever shares its cause: a call for help, an open strap, red, priorities 1 and 2."""
    return kind in UNSHELVABLE or level is AlarmLevel.RED or priority_of(kind, level) <= 2


def row_key(change: AlarmChange) -> RowKey:
    """The row that a change belongs to."""
    which = str(change.because.get("code")) if change.kind is AlarmKind.SYSTEM else None
    return (change.kind, change.case, change.subject, change.zone or change.ring, change.about, which)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveAlarm:
    """A row that has not been closed."""

    alarm: AlarmId
    """The name of the first alarm that the row stood for: the row keeps it."""
    newest: AlarmChange
    """The raise or upgrade that it shows."""
    priority: int
    active: frozenset[AlarmId]
    """The alarms of the row whose condition holds."""
    since_us: int
    """`known_us` of the first raise: the age that a person sees."""
    alert_us: int
    """Since when somebody should acknowledge: the newest raise or upgrade that asked for it, or the end of its shelf."""
    received_us: int
    """When the bridge received what asked for it."""
    count: int = 1
    cleared_us: int | None = None
    owner: UserId | None = None
    acknowledged_us: int | None = None
    reason: str | None = None
    shelved_until_us: int | None = None
    escalation: int = 0
    incident: IncidentId | None = None
    group: str | None = None
    displayed_us: int | None = None
    """When a desk first painted it after it had asked for an acknowledgement, by the clock of that desk."""
    not_reached: bool = False
    """Whether a warning of the protected person because of it reached nobody."""
    measured_us: int | None = None
    """When what asked for it was measured; None in a row that was stored before this was kept."""

    @property
    def device_us(self) -> int:
        """When what asks for an acknowledgement happened, by the clock of the device that showed it."""
        return self.newest.happened_us if self.measured_us is None else self.measured_us

    @property
    def holds(self) -> bool:
        """Whether the condition holds now."""
        return bool(self.active)

    @property
    def acknowledged(self) -> bool:
        """Whether somebody has answered the newest call of it."""
        return self.acknowledged_us is not None

    @property
    def latched(self) -> bool:
        """Whether only a person's reason ends it."""
        return self.newest.kind in ENDED_BY_PEOPLE and self.reason is None

    @property
    def is_red(self) -> bool:
        """Whether it asks for an act."""
        return self.newest.level is AlarmLevel.RED

    @property
    def escalates(self) -> bool:
        """Whether others are told when nobody acknowledges."""
        return self.is_red and not self.acknowledged and self.escalation < len(ESCALATE_AFTER_US)


ESCALATE_AFTER_US: Final = (30 * MICROSECONDS, 60 * MICROSECONDS)
"""When a second seat, and when the supervisors are told of a red alarm that nobody has acknowledged."""

FLAPS_WITHIN_US: Final = 60 * MICROSECONDS
"""A condition that comes back so soon after it ended is still answered by the acknowledgement that it had."""

AGE_ANEW_AFTER_US: Final = 600 * MICROSECONDS
"""A condition that comes back later than this after it ended is on the same row, but its age counts anew."""
