"""What happened in an exercise beside the scenario's own people and devices, as the log keeps it."""

from dataclasses import dataclass
from typing import ClassVar

from backend_bridge.domain.exercise import Vouched
from backend_bridge.domain.identifiers import CaseId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseBegun:
    """From its first entry on this room is one for exercises: nothing in it is real, and nothing leaves it."""

    entry: ClassVar[str] = "exercise-begun"
    user: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseDirected:
    """A trainer started, steered or ended a scenario, or let something happen in it."""

    entry: ClassVar[str] = "exercise-directed"
    user: UserId
    what: str
    """`start`, `end`, `speed`, or an `Inject`."""
    scenario: str | None
    case: CaseId | None
    detail: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioRead:
    """The file of a scenario that is played next, by its hash: one without a signature can be found, and found out, later."""

    entry: ClassVar[str] = "scenario-read"
    scenario: str
    sha256: str
    vouched: Vouched


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioStarted:
    """A scenario is played from now on."""

    entry: ClassVar[str] = "scenario-started"
    scenario: str
    starts_us: int
    ends_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioEnded:
    """A scenario is over: `over` by itself, `ended` by the trainer, `refused` because it cannot be played."""

    entry: ClassVar[str] = "scenario-ended"
    scenario: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseCalled:
    """Somebody of the scenario called the trainee."""

    entry: ClassVar[str] = "exercise-called"
    by: str
    text: str


ExerciseEvent = ExerciseBegun | ExerciseDirected | ScenarioRead | ScenarioStarted | ScenarioEnded | ExerciseCalled
