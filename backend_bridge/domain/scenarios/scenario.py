"""A scenario: people who move along roads, devices with faults, calls, and what is expected of the room and of the operator.

Times are seconds from the scenario's beginning; the same scenario with the same seed always gives the same fixes.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.bilingual import Words
from backend_bridge.domain.case import Case
from backend_bridge.domain.device_event import DeviceEventKind
from backend_bridge.domain.fix import FixSource
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId, UnitId
from backend_bridge.domain.quantities import LatLon


class Origin(StrEnum):
    """Where a scenario comes from."""

    SYNTHETIC = "synthetic"
    """Somebody made it up."""
    REENACTMENT = "re-enactment"
    """Made anew from the structure of a real incident: played only with a second person's signature."""


class Way(StrEnum):
    """How somebody goes: along streets on foot, by bicycle or car; by train straight from place to place."""

    FOOT = "foot"
    BICYCLE = "bicycle"
    CAR = "car"
    TRAIN = "train"


SPEED_MPS: Final = MappingProxyType({Way.FOOT: 1.35, Way.BICYCLE: 4.2, Way.CAR: 9.0, Way.TRAIN: 12.5})
"""Unless a step names another speed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Remain where one is until a time."""

    until_s: float
    indoors: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Go:
    """Go to a place, or to where a person is when one sets out, and stop `short_m` before it."""

    place: str | None
    person: PersonId | None
    way: Way
    speed_mps: float
    short_m: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """Return the way one came with the last `Go`."""

    speed_mps: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Go wherever a person goes, `apart_m` from them, until a time."""

    person: PersonId
    until_s: float
    apart_m: float


Step = Stay | Go | Back | Beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What a person does from the beginning on; whoever has no movement stays at their first place."""

    person: PersonId
    start: str
    """The name of a place."""
    steps: tuple[Step, ...]


class FaultKind(StrEnum):
    """What can be wrong with a device, or with the way from it."""

    SILENT = "silent"
    """It measures nothing."""
    HELD = "held"
    """What it measures arrives only at the end, newest last."""
    TOWER = "tower"
    """It knows the cell tower alone; `amount` is the error in metres."""
    LEFT = "left"
    """It lies where it was at the beginning, without its person."""
    CLOCK = "clock"
    """Its clock is `amount` seconds fast, negative slow."""
    TWICE = "twice"
    """Everything is sent twice."""
    SHUFFLED = "shuffled"
    """Neighbours arrive in the wrong order."""
    JITTER = "jitter"
    """It is `amount` metres to the north and to the south of the truth in turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault of a device from one time to another."""

    kind: FaultKind
    from_s: float
    to_s: float
    amount: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A device that a person carries, and how well it measures."""

    device: DeviceId
    person: PersonId
    every_s: float = 15.0
    error_m: float = 6.0
    """Of one axis, 68 %."""
    source: FixSource = FixSource.GNSS
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a device says besides its position."""

    at_s: float
    device: DeviceId
    kind: DeviceEventKind
    value: float | str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """Nothing reaches the bridge between two times; what was measured comes afterwards, as a backlog."""

    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Poison:
    """Between two times every `every`-th message of the gateway is broken."""

    from_s: float
    to_s: float
    every: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Somebody calls, or a letter comes: read out or shown to the trainee, it changes nothing by itself."""

    at_s: float
    by: str
    """Who: a person of a case, or an office such as `112`, `court`, `probation-office`."""
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Patrol:
    """A police unit that is free at the beginning."""

    unit: UnitId
    callsign: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChanges:
    """An office registers a new version of a case."""

    at_s: float
    case: Case


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEnds:
    """A court ends an order."""

    at_s: float
    case: CaseId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtSays:
    """A court permits or refuses the emergency access that was used last."""

    at_s: float
    permitted: bool
    number: str


Ruling = CaseChanges | OrderEnds | CourtSays


class Do(StrEnum):
    """What an operator is expected to do."""

    ACKNOWLEDGE = "acknowledge"
    TASK = "task"
    DISPATCH = "dispatch"
    CLOSE = "close"
    CLOSE_ALARM = "close-alarm"
    BREAK_GLASS = "break-glass"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedAct:
    """An act that is expected within `within_s` of what calls for it, and that the expert does after `after_s`.

    What calls for it is the first alarm of kind `on` and of `level` or graver in `case` (any where None); where `on` is None it is the
    time `at_s`. For `task` and `close` the incident of that alarm is meant.
    """

    do: Do
    on: AlarmKind | None
    level: AlarmLevel = AlarmLevel.AMBER
    case: CaseId | None = None
    at_s: float | None = None
    within_s: float
    after_s: float
    task: str | None = None
    outcome: str | None = None
    text: str | None = None
    """A reason or note, where the act needs one."""
    person: PersonId | None = None
    """Whose data `break-glass` opens."""
    each: bool = False
    """Whether every such alarm is meant, not the first alone."""


class Sign(StrEnum):
    """What an expectation looks at."""

    ALARM = "alarm"
    TASK = "task"
    MESSAGE = "message"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What the room must decide: an alarm, a step of an incident, a message, or any other entry of the log.

    `name` is the alarm's kind, the task, the recipient (`112`, `protected`) or the entry's name. It must be seen between `least` and
    `most` times within [from_s, to_s].
    """

    sign: Sign
    name: str
    level: AlarmLevel | None = None
    case: CaseId | None = None
    from_s: float = 0.0
    to_s: float = float("inf")
    least: int = 1
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One scenario, checked: everything that it names exists."""

    scenario: str
    """Its short name, as its file is called."""
    origin: Origin = Origin.SYNTHETIC
    number: int | None
    """Its number in the library of the twenty."""
    seed: int
    title: Words
    briefing: Words
    lesson: Words
    """What is to be learnt, for the debrief."""
    starts_us: int
    seconds: float
    streets: str
    """`bundled`, or the extract that its roads are read from."""
    places: MappingProxyType[str, LatLon]
    cases: tuple[Case, ...]
    movements: tuple[Movement, ...]
    devices: tuple[Device, ...]
    reports: tuple[Report, ...] = ()
    outages: tuple[Outage, ...] = ()
    poison: tuple[Poison, ...] = ()
    calls: tuple[Call, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    patrols: tuple[Patrol, ...] = ()
    acts: tuple[ExpectedAct, ...] = ()
    expectations: tuple[Expectation, ...] = field(default=())

    @property
    def ends_us(self) -> int:
        """When it is over."""
        return self.starts_us + round(self.seconds * 1_000_000)
