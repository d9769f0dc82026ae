"""The bridge in a simulation with its real room and store on a real disk, which a power cut leaves with a torn end."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from sim_bridge import SimulatedBridge, fix_keys
from sim_world import World
from typing_extensions import override

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

from torn_writes import WAL, torn

from backend_bridge.adapters.case_keys import FILE_NAME as KEYS_NAME
from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.store_verify import verify
from backend_bridge.application.outcome import Outcome
from backend_bridge.domain.lanes.enrolment import Enrolments
from backend_bridge.domain.outcomes.events import Event

KEY = bytes(range(32))
_IN_MEMORY = Path("/dev/shm")


class DurableBridge(SimulatedBridge):
    """Like `SimulatedBridge`, but nothing of it is simulated but the clock; `kill` is the power going."""

    def __init__(self, world: World, enrolments: Enrolments, answer: Callable[[str, bytes, bytes], None]) -> None:
        super().__init__(world, enrolments, answer)
        self._place = TemporaryDirectory(prefix="bongsu-day-", dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None)
        self._folder = Path(self._place.name) / "0"
        self._folder.mkdir()
        self._events: list[Event] = []
        self._unsure: Outcome | None = None
        """What was under way when the power went."""
        self._next_die = ""
        self.n_torn = 0
        self._open()

    @override
    def turn(self, *, die: str = "") -> Outcome | None:
        """One turn; `before` the commit is whole, or `after` it, the power goes: with the next turn for which something came."""
        if not self.is_up:
            return None
        if die and not self._arrivals:
            self._next_die = die
            return None
        if self._arrivals:
            die, self._next_die = die or self._next_die, ""
        inbox = self.taken_inbox()
        image = self._image() if die == "before" else None
        told = self._durable.step(inbox)
        self.step_us = self._durable.turn_us
        if die:
            self._unsure = told[-1]
            self._cut_power(self._image() if image is None else self._torn(image))
            return None
        for outcome in told:
            self._note(outcome)
            self._tell(outcome)
        return told[-1]

    @override
    def restart(self) -> None:
        """Start again from what the disk has; at the end of a day also without a power cut."""
        if self.is_up:
            self._durable.close()
        self._open()
        if self._unsure is not None and self._durable.reader.last_us() >= self._unsure.taken.now_us:
            self._note(self._unsure)
        self._unsure = None
        assert self._durable.last_n == len(self._events), "the log has not the entries that were told"
        self._reset()

    @override
    def log(self) -> list[Event]:
        """All entries on disk."""
        return list(self._events)

    def end(self) -> None:
        """Whether the store is as it was written and holds each fix as often as was noted; lets go of the disk."""
        with self._durable.reader.snapshot() as connection:
            bad = verify(connection, [], lambda _: None).bad
        assert bad is None, bad
        stored = [key for part in self._durable.archive.everything() for key in fix_keys(part.fixes)]
        assert sorted(stored) == sorted(key for key, times in self.stored.items() for _ in range(times)), "the store holds other fixes"
        self._durable.close()
        self._place.cleanup()

    def _open(self) -> None:
        self._durable = DurableRoom.open(self._folder, KEY, lambda: self.clock_us)
        self.room = self._durable.room

    def _note(self, outcome: Outcome) -> None:
        self._events.extend(outcome.events)
        for kept in outcome.taken.kept:
            for key in () if kept.fixes is None else fix_keys(kept.fixes):
                self.stored[key] = self.stored.get(key, 0) + 1

    def _image(self) -> Path:
        """The folder as a disk has it now."""
        image = self._folder.with_name(str(int(self._folder.name) + 1))
        shutil.copytree(self._folder, image, ignore=shutil.ignore_patterns("*-shm"))
        return image

    def _torn(self, image: Path) -> Path:
        """The image of before a turn with a torn part of what the turn wrote; its keys were on the disk before that."""
        shutil.copy(self._folder / KEYS_NAME, image / KEYS_NAME)
        made = torn(self._world.dice, (image / WAL).read_bytes(), (self._folder / WAL).read_bytes())
        if made is not None:
            self.n_torn += 1
            (image / WAL).write_bytes(made)
        return image

    def _cut_power(self, image: Path) -> None:
        self.kill()
        self._durable.close()
        shutil.rmtree(self._folder)
        self._folder = image
