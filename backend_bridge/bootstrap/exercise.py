"""The world outside of a room for exercises: there is none; what the room wants done is acted out in memory."""

from collections.abc import Callable, Sequence
from pathlib import Path

import resources
from backend_bridge.adapters.engine_loop import EngineItem
from backend_bridge.adapters.exercise_director import ExerciseDirector
from backend_bridge.adapters.fair_inbox import FairInbox
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.scenario_library import Library, library_of
from backend_bridge.application.inbox import Milestone
from backend_bridge.application.outcome import Outcome
from backend_bridge.bootstrap.bridge import OpenFolder
from backend_bridge.bootstrap.outside import SETTINGS
from backend_bridge.domain.outcomes.effects import RoomEffect

OWN_SCENARIOS = "scenarios"
"""Folder of the data folder with scenario files of one's own."""


class Exercise:
    """Stands where a real room has its channels and units."""

    def __init__(self, opened: OpenFolder, inbox: FairInbox[EngineItem]) -> None:
        """Raises `InputRefusedError` where the folder has channels: an exercise that could reach somebody does not start."""
        if (opened.folder / SETTINGS).exists():
            raise InputRefusedError([f"{opened.folder / SETTINGS}: a room for exercises has no channels; remove the file"])
        durable = opened.durable
        self._library, self._inbox = scenarios_of(opened.folder), inbox
        self._director = ExerciseDirector(opened.clock, self._library, lambda: durable.room, inbox.put, inbox.offer)

    def start(self, unreported: Sequence[RoomEffect]) -> None:
        """Begin; what was decided before a crash and never reported is let fall, for nobody waits for it."""
        del unreported
        if self._library.signers:
            told = ", ".join(f"{name} {key}" for name, key in sorted(self._library.signers.items()))
            self._inbox.put(Milestone(what="reenactment-signers", detail=told))
        self._director.start()

    def stop(self) -> None:
        """End."""
        self._director.stop()

    def tell(self, outcome: Outcome) -> None:
        """Act out what a committed step decided."""
        self._director.tell(outcome)

    def takes(self, item: object) -> bool:
        """Nothing of a desk waits for travel times here."""
        del item
        return False


def scenarios_of(folder: Path) -> Library:
    """The scenarios that a room may play: those of its own folder, and those that ship."""
    shipped: Callable[[str], Path] = resources.path
    return library_of(folder / OWN_SCENARIOS, shipped)
