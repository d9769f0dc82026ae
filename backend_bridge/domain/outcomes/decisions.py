"""Where one step gathers what it decides: events for the log, effects for the world, and which rows look different now."""

from dataclasses import dataclass, field

from backend_bridge.domain.outcomes.effects import RoomEffect
from backend_bridge.domain.outcomes.events import Event


@dataclass(slots=True, kw_only=True)
class Decisions:
    """The decisions of one step in their order; `now_us` is the instant of the step."""

    now_us: int
    first_n: int
    """Number of the log entry that the first event becomes."""
    events: list[Event] = field(default_factory=list)
    effects: list[RoomEffect] = field(default_factory=list)

    def log(self, event: Event) -> int:
        """Write an event down and return the number of the entry that it becomes."""
        self.events.append(event)
        return self.first_n + len(self.events) - 1

    def do(self, effect: RoomEffect) -> None:
        """Ask the world for something once the step is on disk."""
        self.effects.append(effect)
