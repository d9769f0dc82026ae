"""Alarms as the watch decides them: raised, upgraded, cleared, each with the figures behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from backend_bridge.domain.identifiers import AlarmId, CaseId, DeviceId, PersonId, RingId, ZoneId


class AlarmKind(StrEnum):
    """The kinds of alarms, as docs/formats.md lists them."""

    EXCLUSION_ZONE = "exclusion-zone"
    ZONE_WARNING = "zone-warning"
    INCLUSION_ZONE = "inclusion-zone"
    PROXIMITY = "proximity"
    APPROACH = "approach"
    NOT_EXCLUDED = "not-excluded"
    POSITION_NOT_TRUSTED = "position-not-trusted"
    TAMPER = "tamper"
    JAMMING = "jamming"
    SILENT = "silent"
    BATTERY = "battery"
    SOS = "sos"
    SEPARATED = "separated"
    LOITERING = "loitering"
    UNPAIRED = "unpaired"
    SYSTEM = "system"


TECHNICAL: Final = frozenset(
    {
        AlarmKind.TAMPER,
        AlarmKind.JAMMING,
        AlarmKind.SILENT,
        AlarmKind.BATTERY,
        AlarmKind.SEPARATED,
        AlarmKind.POSITION_NOT_TRUSTED,
        AlarmKind.SYSTEM,
    }
)
"""What a device or the room itself has, and nobody's way."""


class AlarmLevel(StrEnum):
    """Amber: look. Red: act."""

    AMBER = "amber"
    RED = "red"


class AlarmStep(StrEnum):
    """What happened to the alarm; the value of `event` in the log and in what `judge` writes."""

    RAISED = "raised"
    UPGRADED = "upgraded"
    CLEARED = "cleared"


Scalar: TypeAlias = str | int | float | bool | None
"""One figure or word."""

Figure: TypeAlias = Scalar | tuple[Scalar | tuple[Scalar, ...], ...]
"""A value in `because`, nested at most twice so that every wire can carry it.

Floats are rounded to the decimals that their name deserves before they are put there.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmChange:
    """One decision of the watch about one alarm: a line as docs/formats.md has it."""

    step: AlarmStep
    alarm: AlarmId
    kind: AlarmKind
    level: AlarmLevel
    case: CaseId | None
    """None for kind `system` alone, like `subject` and `device`."""
    subject: PersonId | None
    device: DeviceId | None
    zone: ZoneId | None = None
    ring: RingId | None = None
    about: PersonId | None = None
    happened_us: int
    known_us: int
    probability: float | None = None
    because: Mapping[str, Figure]
