"""What a store holds of a run, to be lived again: its steps with their fixes, and the rooms that its snapshots still hold."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import numpy as np

from backend_bridge.adapters.fix_archive import FixArchive
from backend_bridge.adapters.snapshot_child import unpacked
from backend_bridge.adapters.state_codec import CodecError
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.stored_fixes import StoredFixes
from backend_bridge.adapters.tick_records import tick_of_body
from backend_bridge.application.outcome import Taken
from backend_bridge.application.room_state import Room
from backend_bridge.domain.watching.watch import Watch


class StoreRecording:
    """The whole history of a data folder as a `Recording`; read by any thread, while the bridge goes on writing."""

    def __init__(self, reader: StoreReader, archive: FixArchive) -> None:
        self._reader, self._archive = reader, archive

    def span_us(self) -> tuple[int, int]:
        """Times of the first and of the newest step."""
        first = next(iter(self._reader.records(("taken",))), None)
        last_us = self._reader.last_us()
        return (last_us if first is None else first.from_us, last_us)

    def room_before(self, at_us: int) -> Room:
        """The room of the newest snapshot at or before `at_us` that can be read, an empty one before the first."""
        after = self._reader.tick_after(at_us)
        for snapshot in self._reader.newest_first("snapshot"):
            with suppress(CodecError):
                match unpacked(snapshot.body) if snapshot.size < after else None:
                    case (Room() as room, *_) if room.now_us <= at_us:
                        return room
                    case _:
                        pass
        return Room(Watch.empty())

    def glimpse_before(self, at_us: int) -> Room | None:  # noqa: ARG002
        """None: a snapshot can only be read whole."""
        return None

    def is_nearer(self, now_us: int, at_us: int) -> bool:
        """Whether a snapshot lies after `now_us` and at or before `at_us`."""
        first, after = self._reader.tick_after(now_us), self._reader.tick_after(at_us)
        return any(first <= snapshot.size < after for snapshot in self._reader.newest_first("snapshot"))

    def steps(self, after_us: int) -> Iterator[Taken]:
        """The inputs of all steps after `after_us`, in their order, with their fixes."""
        first = self._reader.tick_after(after_us)
        fixes = FixesByTurn(self._archive.everything(first))
        for record in self._reader.records(("taken",), after_tick=first - 1):
            stored = fixes.received_at(record.from_us)
            if record.from_us > after_us:
                yield tick_of_body(record.body, stored, self._reader.part).taken


class FixesByTurn:
    """Takes fixes that come in parts of many steps apart again: all of one step bear its time of receipt."""

    def __init__(self, parts: Iterator[StoredFixes]) -> None:
        self._parts = parts
        self._stored: StoredFixes | None = None
        self._place = 0

    def received_at(self, now_us: int) -> StoredFixes | None:
        """The fixes of the step at `now_us`, None for none; ask in order of time."""
        while self._stored is None or self._place >= len(self._stored.fixes) or self._stored.fixes.received_us[-1] < now_us:
            part = next(self._parts, None)
            if part is None:
                return None
            self._stored, self._place = part, 0
        start, end = np.searchsorted(self._stored.fixes.received_us, [now_us, now_us + 1])
        if end <= start:
            return None
        self._place = int(end)
        taken = self._stored.take(np.arange(start, end))
        used, message = np.unique(taken.message, return_inverse=True)
        return replace(taken, messages=tuple(taken.messages[index] for index in used.tolist()), message=message.astype(np.int32))
