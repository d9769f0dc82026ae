"""Checkpoints of a recording that a player has lived through, kept aside: the second seek to a time starts beside it."""

import gc
import time
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from backend_bridge.adapters.room_pieces import RoomWriter
from backend_bridge.adapters.room_pieces_read import RoomReader
from backend_bridge.adapters.sealed_scratch import ScratchFullError, SealedScratch
from backend_bridge.application.outcome import Taken
from backend_bridge.application.playback import Recording
from backend_bridge.application.room_state import Room

MOST_BYTES: Final = 4_000_000_000
"""On disk."""
SHARE: Final = 4.0
"""Replaying may take this many times as long as saving a checkpoint before another is saved."""


class RememberedRecording:
    """A recording with more checkpoints than it came with; of one player alone.

    They lie in a file without a name that nobody else can read. Where it is full no more are kept. That a checkpoint is there or not
    changes how long a seek takes and nothing else.
    """

    def __init__(self, recording: Recording, most_bytes: int = MOST_BYTES, share: float = SHARE) -> None:
        self._recording = recording
        self._share = share
        self._most_bytes = most_bytes
        self._times_us: list[int] = []
        self._bodies: list[int] = []
        self._scratch: SealedScratch | None = None
        self._writer: RoomWriter | None = None
        self._reader: RoomReader | None = None
        self._is_full = False
        self._lived_from_s = time.thread_time()
        self._cost_s = 0.0

    def span_us(self) -> tuple[int, int]:
        """Times of its first and its last step."""
        return self._recording.span_us()

    def steps(self, after_us: int) -> Iterator[Taken]:
        """The inputs of the steps after `after_us`."""
        return self._recording.steps(after_us)

    def is_nearer(self, now_us: int, at_us: int) -> bool:
        """Whether a checkpoint, remembered or the recording's own, lies after `now_us` and at or before `at_us`."""
        at = bisect_right(self._times_us, at_us) - 1
        return (at >= 0 and self._times_us[at] > now_us) or self._recording.is_nearer(now_us, at_us)

    def room_before(self, at_us: int) -> Room:
        """A room as it was at the newest checkpoint at or before `at_us`, remembered or the recording's own."""
        self._lived_from_s = time.thread_time()
        body = self._body_before(at_us)
        return self._recording.room_before(at_us) if body is None or self._reader is None else self._reader.room(body)

    def glimpse_before(self, at_us: int) -> Room | None:
        """The same with tracks that remember minutes only; None where that is no faster."""
        body = self._body_before(at_us)
        return self._recording.glimpse_before(at_us) if body is None or self._reader is None else self._reader.glimpse(body)

    def _body_before(self, at_us: int) -> bytes | None:
        """What was remembered at or before `at_us`; None where the recording itself has something nearer."""
        at = bisect_right(self._times_us, at_us) - 1
        if at < 0 or self._scratch is None or self._recording.is_nearer(self._times_us[at], at_us):
            return None
        return self._scratch.piece(self._bodies[at])

    def note(self, room: Room) -> None:
        """Keep the room as it is now, where that is worth its while."""
        if not gc.isenabled():  # a seek that lives long: what became of it in cycles is let go all the same
            gc.collect(1)
        now_s = time.thread_time()
        at = bisect_right(self._times_us, room.now_us)
        is_known = at > 0 and self._times_us[at - 1] == room.now_us
        if self._is_full or is_known or now_s - self._lived_from_s < self._share * self._cost_s:
            return
        try:
            number = self._kept(room)
        except ScratchFullError:
            self._is_full, self._writer = True, None
            return
        self._times_us.insert(at, room.now_us)
        self._bodies.insert(at, number)
        self._lived_from_s = time.thread_time()
        self._cost_s = self._lived_from_s - now_s

    def _kept(self, room: Room) -> int:
        if self._scratch is None or self._writer is None:
            self._scratch = SealedScratch(self._most_bytes)
            self._writer, self._reader = RoomWriter(self._scratch.put), RoomReader(self._scratch)
        return self._scratch.put(self._writer.body(room), plain=False)

    @property
    def checkpoints_us(self) -> tuple[int, ...]:
        """The times that are remembered."""
        return tuple(self._times_us)
