"""Checkpoints of a recording that a player has lived through, kept in memory: the second seek to a time starts beside it."""

import time
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

import pyarrow as pa

from backend_bridge.adapters.state_columns import decode, encode
from backend_bridge.application.outcome import Taken
from backend_bridge.application.playback import Recording
from backend_bridge.application.room_state import Room

MOST_BYTES: Final = 192_000_000
_SHARE: Final = 4.0
"""Living the recording may take so many times as long as keeping the last checkpoint did, before the next is kept."""


class RememberedRecording:
    """A recording with more checkpoints than it came with; of one player alone.

    Where memory is full every second checkpoint goes, so that those that stay lie evenly. That a checkpoint is there or not changes how
    long a seek takes and nothing else.
    """

    def __init__(self, recording: Recording, most_bytes: int = MOST_BYTES) -> None:
        self._recording = recording
        self._most_bytes = most_bytes
        self._times_us: list[int] = []
        self._rooms: list[tuple[int, bytes]] = []
        """(size, compressed) of each."""
        self._lived_from_s = time.monotonic()
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
        """A room as it was at the newest checkpoint at or before `at_us` that is remembered, else as the recording has it."""
        self._lived_from_s = time.monotonic()
        at = bisect_right(self._times_us, at_us) - 1
        if at < 0:
            return self._recording.room_before(at_us)
        size, body = self._rooms[at]
        room = decode(pa.decompress(body, size, "zstd", asbytes=True))
        assert isinstance(room, Room)  # noqa: S101 - encoded here, a moment ago
        return room

    def note(self, room: Room) -> None:
        """Keep the room as it is now, where that is worth its while."""
        now_s = time.monotonic()
        if now_s - self._lived_from_s < _SHARE * self._cost_s:
            return
        at = bisect_right(self._times_us, room.now_us)
        if at and self._times_us[at - 1] == room.now_us:
            return
        content = encode(room)
        self._times_us.insert(at, room.now_us)
        self._rooms.insert(at, (len(content), pa.compress(content, "zstd", asbytes=True)))
        while len(self._rooms) > 1 and sum(len(body) for _, body in self._rooms) > self._most_bytes:
            self._times_us, self._rooms = self._times_us[::2], self._rooms[::2]
        self._lived_from_s = time.monotonic()
        self._cost_s = self._lived_from_s - now_s

    @property
    def checkpoints_us(self) -> tuple[int, ...]:
        """The times that are remembered."""
        return tuple(self._times_us)
