"""An exercise under way: which scenario is played, since when, how fast, and who has called."""

from dataclasses import dataclass
from enum import StrEnum

from backend_bridge.domain.bilingual import Words


class Inject(StrEnum):
    """What a trainer may let happen in an exercise, besides what the scenario brings."""

    SOS = "sos"
    """The protected person presses the button."""
    LINK_LOSS = "link-loss"
    """Nothing is heard of the wearer's device from now on."""
    LINK_BACK = "link-back"
    """It is heard again."""
    SECOND_OFFENDER = "second-offender"
    """Another monitored person comes towards the protected person."""
    WRONG_ADDRESS = "wrong-address"
    """112 reports that the address on file is wrong."""
    CALL = "call"
    """Somebody calls with words of the trainer's own."""


class Vouched(StrEnum):
    """Who vouches that nobody in a scenario lives."""

    SHIPPED = "shipped"
    """It is one that comes with Bongsu, to the letter."""
    SIGNED = "signed"
    """Two people signed it as a re-enactment."""
    OWN = "own"
    """Nobody but whoever wrote it into the room's folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseCall:
    """A call that the trainee has to take."""

    at_us: int
    by: str
    """A person of the case or an office."""
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A scenario as it is played in a room."""

    scenario: str
    title: Words
    briefing: Words
    starts_us: int
    ends_us: int
    """When the scenario is over by itself."""
    ended_us: int | None = None
    """When it was over; None while it runs."""
    speed: float = 1.0
    calls: tuple[ExerciseCall, ...] = ()
