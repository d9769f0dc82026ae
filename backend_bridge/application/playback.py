"""Living a recording again: the same step over what was stored, a playhead that plays and seeks, and no effect ever performed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from backend_bridge.application.outcome import Taken
from backend_bridge.application.room import again
from backend_bridge.application.room_state import Room
from backend_bridge.domain.outcomes.events import Event
from backend_bridge.domain.quantities import MICROSECONDS

NEAR_US = 10 * MICROSECONDS
"""Up to this far ahead the playhead runs on rather than look for a checkpoint."""
_NOTED_STEPS = 100


class Recording(Protocol):
    """What was stored of a run."""

    def span_us(self) -> tuple[int, int]:
        """Times of its first and its last step."""
        ...

    def room_before(self, at_us: int) -> Room:
        """A room of one's own as it was at the newest checkpoint at or before `at_us`; an empty one before the first."""
        ...

    def glimpse_before(self, at_us: int) -> Room | None:
        """The room of `room_before` with tracks that remember minutes only, read much faster; None where there is no such short way."""
        ...

    def is_nearer(self, now_us: int, at_us: int) -> bool:
        """Whether a checkpoint lies after `now_us` and at or before `at_us`, so that it is nearer to it."""
        ...

    def steps(self, after_us: int) -> Iterator[Taken]:
        """The inputs of the steps after `after_us`, in their order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event of the recording, as the playhead passed it."""

    at_us: int
    n: int
    event: Event


class Player:
    """A playhead over a recording; `room` is the room as it was at `at_us`.

    Going forward runs the steps in between; going back starts at a checkpoint. After every seek `leaps` is one more, so that
    whoever shows the room begins anew and draws no line across the gap.
    """

    def __init__(self, recording: Recording, at_us: int | None = None, note: Callable[[Room], None] | None = None) -> None:
        """`note` is shown the room every hundred steps on the way, and may keep it for a `room_before` to come."""
        self._recording = recording
        self._note = note
        self._n_steps = 0
        self.from_us, self.to_us = recording.span_us()
        self.speed = 0.0
        """How many seconds of the recording pass in a second; 0 is paused."""
        self.leaps = 1
        self._glimpsed: list[Happened] | None = None
        target_us = min(max(self.from_us if at_us is None else at_us, self.from_us), self.to_us)
        self._ahead: Taken | None = None
        self._begin_before(target_us)
        self._run(target_us)

    @property
    def is_over(self) -> bool:
        """Whether the playhead is at the end."""
        return self.at_us >= self.to_us

    @property
    def is_glimpse(self) -> bool:
        """Whether tracks of the room remember their last minutes only, so that it is there to be looked at until `complete`."""
        return self._glimpsed is not None

    def advance(self, elapsed_us: int) -> tuple[Happened, ...]:
        """Play on for `elapsed_us` of the viewer's time; what happened on the way. Stops at the end."""
        self.complete()
        if self.speed <= 0.0 or self.is_over:
            return ()
        passed = self._run(min(self.to_us, self.at_us + int(elapsed_us * self.speed)))
        if self.at_us >= self.to_us:
            self.speed = 0.0
        return passed

    def seek(self, at_us: int, *, glimpse: bool = False) -> None:
        """Put the playhead anywhere in the recording: from the nearest checkpoint on, whether it lies before or behind.

        For a `glimpse` the room is only looked at, at once: where that is faster its tracks remember minutes only, until `complete`.
        """
        target_us = min(max(at_us, self.from_us), self.to_us)
        self.leaps += 1
        is_far = not 0 <= target_us - self.at_us <= NEAR_US
        if is_far and (target_us < self.at_us or self._recording.is_nearer(self.room.now_us, target_us)):
            self.room.watch.let_go()
            del self.room  # before there is another one: a large room is a large part of what a process may hold
            self._begin_before(target_us, glimpse=glimpse)
        else:
            self.complete()
        passed = self._run(target_us)
        if self._glimpsed is not None:
            self._glimpsed.extend(passed)

    def complete(self) -> None:
        """Have the whole room where there is only a glimpse of it; where that had shown anything else, it counts as another seek."""
        glimpsed, at_us = self._glimpsed, self.at_us
        if glimpsed is None:
            return
        self.room.watch.let_go()
        del self.room
        self._begin_before(at_us)
        if list(self._run(at_us)) != glimpsed:
            self.leaps += 1

    def _begin_before(self, at_us: int, *, glimpse: bool = False) -> None:
        room = self._recording.glimpse_before(at_us) if glimpse else None
        self._glimpsed = None if room is None else []
        self.room = self._recording.room_before(at_us) if room is None else room
        self.room.replay = True
        self.at_us = self.room.now_us
        self._steps, self._ahead = self._recording.steps(self.room.now_us), None

    def _run(self, until_us: int) -> tuple[Happened, ...]:
        passed: list[Happened] = []
        taken = self._next()
        while taken is not None and taken.now_us <= until_us:
            # What the step wants done is let fall here: a recording calls nobody.
            events = again(self.room, taken).events
            passed.extend(Happened(at_us=taken.now_us, n=taken.first_n + place, event=event) for place, event in enumerate(events))
            self._ahead = None
            self._n_steps += 1
            if self._note is not None and not self.is_glimpse and self._n_steps % _NOTED_STEPS == 0:
                self._note(self.room)
            taken = self._next()
        self.at_us = until_us
        return tuple(passed)

    def _next(self) -> Taken | None:
        if self._ahead is None:
            self._ahead = next(self._steps, None)
        return self._ahead
