"""Rows about exercises and comparisons: what is played, how it went, and how two runs over the same time differ."""

from dataclasses import dataclass

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.exercise import Vouched
from backend_bridge.domain.identifiers import AlarmId, CaseId, DeviceId, PersonId, RingId, UserId, ZoneId
from backend_bridge.domain.quantities import LatLon


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseRow:
    """The scenario that a room for exercises plays, or played last."""

    scenario: str
    title_ko: str
    title_en: str
    briefing_ko: str
    briefing_en: str
    starts_us: int
    ends_us: int
    ended_us: int | None
    """None while it runs."""
    speed: float
    """How many times as fast the room's clock runs."""
    calls: tuple[tuple[int, str, str, str], ...]
    """Who has called: when, a person or an office, and the words in Korean and English."""
    vouched: Vouched = Vouched.SHIPPED
    """Who vouches that nobody in it lives; `own`: nobody but whoever wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewTrack:
    """The way of one person of a scenario, oldest first, in equal steps of time."""

    person: PersonId
    device: DeviceId
    is_wearer: bool
    points: tuple[LatLon, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioRow:
    """A scenario of the library; `tracks` are there where one scenario was asked for by name."""

    scenario: str
    number: int | None
    title_ko: str
    title_en: str
    briefing_ko: str
    briefing_en: str
    seconds: float
    n_cases: int
    n_acts: int
    places: tuple[tuple[str, LatLon], ...]
    tracks: tuple[PreviewTrack, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefActRow:
    """An act that was expected in an exercise, and what became of it."""

    do: str
    """`acknowledge`, `task`, `dispatch`, `close`, `close-alarm`, `break-glass`."""
    task: str | None
    case: CaseId | None
    alarm: AlarmId | None
    kind: AlarmKind | None
    """Of the alarm that calls for it; None where it is called for by time."""
    called_us: int | None
    """None: it was never called for."""
    done_us: int | None
    by: UserId | None
    limit_s: float
    expert_s: float
    seconds: float | None
    in_time: bool
    as_expected: bool
    outcome: str | None
    wanted_outcome: str | None
    cut_short: bool = False
    """It was called for and not done, and the exercise ended before its limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefMomentRow:
    """A moment of an exercise to look at again."""

    at_us: int
    what: str
    """`alarm`, `acknowledged`, `escalated`, `task-worked`, `dispatched`, `incident-closed`, `closed`, `exercise-directed`,
    `exercise-called`."""
    case: CaseId | None
    detail: str
    by: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefRow:
    """An exercise measured: against its limits, and beside the expert."""

    scenario: str
    title_ko: str
    title_en: str
    lesson_ko: str
    lesson_en: str
    starts_us: int
    ends_us: int
    acts: tuple[DebriefActRow, ...]
    moments: tuple[DebriefMomentRow, ...]
    acknowledged_in_30: float | None
    """Share of the alarms that called for it; None where none did."""
    told_in_60: float | None
    """Share of the notices to 112 that were called for and given within a minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """One alarm at one level in two runs over the same time."""

    difference: str
    """`same`, `earlier`, `later`, `new`, `gone`."""
    kind: AlarmKind
    level: AlarmLevel
    case: CaseId | None
    zone: ZoneId | None
    ring: RingId | None
    about: PersonId | None
    before_us: int | None
    """When the recording's own rules knew it."""
    after_us: int | None
    """When the changed rules know it."""
