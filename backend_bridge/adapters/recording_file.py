"""Recordings as files: a stretch of a room's life, sealed and signed, that can be lived again anywhere.

The frames hold rooms (checkpoints) and runs of steps in turn, and last an index and a signed manifest. What is damaged is left out and
said: from the next checkpoint on the recording goes on.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import msgspec
import pyarrow as pa

from backend_bridge.adapters.recording_frames import PLAIN, FrameReader, Place
from backend_bridge.adapters.recording_manifest import Frame, Indexed, Manifest, is_signed
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.room_pieces_read import RoomReader
from backend_bridge.adapters.state_codec import CodecError, OtherVersionError
from backend_bridge.adapters.state_columns import decode
from backend_bridge.application.outcome import Taken
from backend_bridge.application.room_state import Room

_Run: TypeAlias = tuple[int, int, Place]
"""Times of the first and the last step of a run, and where it lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """A stretch of a recording that cannot be read."""

    from_us: int
    to_us: int | None
    """None where it reaches to an end that nothing of the file tells any more."""


class RecordingFile:
    """A recording opened: a `Recording` to be played, its manifest, and what of it is damaged."""

    def __init__(self, path: Path, key: bytes, *, thorough: bool = True) -> None:
        """Raises `InputRefusedError`.

        Without `thorough` the index is trusted to say where everything is, once its signature fits: a file of any size opens at once,
        and what is damaged is found, left out and added to `holes` when it is come to.
        """
        self._rooms: list[tuple[int, Place]] = []
        self._runs: list[_Run] = []
        self._pieces: dict[int, Place] = {}
        self._tags: dict[int, bytes] = {}
        self.manifest: Manifest | None = None
        """None where the end of the file is damaged or gone."""
        self.is_genuine = False
        """Whether the signature fits and nothing of the file was changed."""
        self.holes: tuple[Hole, ...] = ()
        """Stretches of which steps are missing."""
        self._reader = RoomReader(self)
        self._frames = FrameReader(path, key, walk=False)
        at = self._take_index()
        if at is None:
            self._frames = FrameReader(path, key)
            self._walk()
        elif thorough:
            self._look_at_all(at)
        if not self._rooms:
            raise InputRefusedError([f"{path}: no checkpoint in it can be read; nothing of it can be played"])

    def span_us(self) -> tuple[int, int]:
        """The period that was asked for, or what is left of it."""
        if self.manifest is not None:
            return self.manifest.from_us, self.manifest.to_us
        times = [at_us for at_us, _ in self._rooms] + [time for from_us, to_us, _ in self._runs for time in (from_us, to_us)]
        return min(times), max(times)

    def room_before(self, at_us: int) -> Room:
        """The room of the newest checkpoint at or before `at_us`, of the first one before it."""
        at = max(0, bisect_right(self._rooms, at_us, key=_time_us) - 1)
        room = next(self._rooms_of((*reversed(self._rooms[: at + 1]), *self._rooms[at + 1 :])), None)
        if room is None:
            raise CodecError("no checkpoint of the recording can be read")
        return room

    def glimpse_before(self, at_us: int) -> Room | None:
        """The same with tracks that remember minutes only; None where that is no faster, or anything of it is damaged."""
        at = max(0, bisect_right(self._rooms, at_us, key=_time_us) - 1)
        frame = self._frame(self._rooms[at][1])
        with suppress(CodecError):
            return None if frame is None else self._reader.glimpse(frame.body)
        return None

    def is_nearer(self, now_us: int, at_us: int) -> bool:
        """Whether a checkpoint lies after `now_us` and at or before `at_us`."""
        at = bisect_right(self._rooms, at_us, key=_time_us) - 1
        return at >= 0 and self._rooms[at][0] > now_us

    def steps(self, after_us: int) -> Iterator[Taken]:
        """The steps after `after_us` that can be read, in order."""
        first = max(0, bisect_right(self._runs, after_us, key=lambda run: run[0]) - 1)
        for run in self._runs[first:]:
            yield from (taken for taken in self._run(run) or () if taken.now_us > after_us)

    def parts(self) -> Iterator[Room | Hole | Taken]:
        """Everything in order: a room to begin with, the steps, and for each hole the hole and the room to go on with.

        What comes after a hole begins at its first checkpoint: on a room without the missing steps, other things would be decided.
        """
        start_us, end_us = self.span_us()
        room = self.room_before(start_us)
        ahead: list[Hole | _Run] = sorted([*self.holes, *self._runs], key=_begins_us)
        if ahead and _begins_us(ahead[0]) <= room.now_us:
            yield Hole(from_us=start_us, to_us=room.now_us)
        yield room
        lived_us = room.now_us
        for part in ahead:
            hole = part if isinstance(part, Hole) else None
            steps: tuple[Taken, ...] | None = None
            if not isinstance(part, Hole):
                steps = self._run(part)
                hole = Hole(from_us=part[0], to_us=part[1]) if steps is None else None
            if hole is None:
                yield from (taken for taken in steps or () if taken.now_us > lived_us)
            elif hole.to_us is None or hole.to_us > lived_us:
                found = next(self._rooms_of([each for each in self._rooms if hole.to_us is not None and each[0] >= hole.to_us]), None)
                yield Hole(from_us=hole.from_us, to_us=found.now_us if found is not None else end_us if self.manifest else None)
                if found is None:
                    return
                yield found
                lived_us = found.now_us

    def piece(self, number: int) -> bytes | None:
        """The content of a piece of a checkpoint; None where it is damaged."""
        return self._body(self._pieces[number]) if number in self._pieces else None

    def piece_into(self, number: int, room: memoryview) -> bool:
        """Copy a piece of a table; False where it is damaged."""
        place = self._pieces.get(number)
        return place is not None and self._is_told(place) and self._frames.open_into(place, room)

    def expect(self, numbers: Sequence[int]) -> None:
        """Let pieces be read from the disk into the memory of the machine."""
        self._frames.expect([self._pieces[number] for number in numbers if number in self._pieces])

    def _rooms_of(self, checkpoints: Sequence[tuple[int, Place]]) -> Iterator[Room]:
        """The rooms of checkpoints, but for those that cannot be read."""
        for _, place in checkpoints:
            frame = self._frame(place)
            if frame is None:
                continue
            try:
                room = self._reader.room(frame.body)
            except OtherVersionError:
                raise  # no checkpoint of the file is of this version
            except CodecError:
                continue
            if isinstance(room, Room):
                yield room

    def _run(self, run: _Run) -> tuple[Taken, ...] | None:
        """The steps of a run; None, and a hole, where they cannot be read."""
        from_us, to_us, place = run
        frame = self._frame(place)
        steps = None
        if frame is not None:
            steps = decode(frame.body)
        if not isinstance(steps, tuple):
            self._add_hole(Hole(from_us=from_us, to_us=to_us))
            return None
        return tuple(taken for taken in steps if isinstance(taken, Taken))

    def _add_hole(self, hole: Hole) -> None:
        if hole not in self.holes:
            self.holes = tuple(sorted((*self.holes, hole), key=lambda each: each.from_us))

    def _take_index(self) -> Place | None:
        """Take everything from the index; the place of the manifest, None where there is no index that can be trusted."""
        index, manifest = map(self._frame, self._frames.places or (None, None))
        if index is None or manifest is None or (index.kind, manifest.kind) != ("index", "manifest"):
            return None
        told = msgspec.msgpack.decode(manifest.body, type=Manifest)
        if not is_signed(told) or told.index != hashlib.sha256(index.body).digest():
            return None
        for entry in msgspec.msgpack.decode(index.body, type=list[Indexed]):
            self._tags[entry.place[0]] = entry.tag
            self._enter(entry.kind, entry.from_us, entry.to_us, entry.place)
        self.manifest, self.is_genuine = told, True
        return self._frames.places[1]

    def _look_at_all(self, manifest: Place) -> None:
        """Find what is damaged, by the index that says what there was."""
        if self.manifest is None or self.manifest.digest == self._frames.digest_before(manifest):
            return
        self.is_genuine = False
        sound = {run: self._frame(run[2]) is not None for run in self._runs}
        self._runs = [run for run, is_sound in sound.items() if is_sound]
        self.holes = tuple(Hole(from_us=from_us, to_us=to_us) for (from_us, to_us, _), is_sound in sound.items() if not is_sound)

    def _walk(self) -> None:
        """Go from frame to frame; where some are missing that may have been steps, there is a hole."""
        expected, gap, before, last_us = 0, 0, "piece", None
        for place in self._frames.places:
            number = place[0] & ~PLAIN
            kind = self._walked(place)
            if kind is None:
                continue
            gap += number - expected
            expected = number + 1
            is_end = kind.kind in ("index", "manifest")
            if kind.from_us and _may_be_steps(before, gap):
                from_us = kind.from_us if last_us is None else last_us
                self._add_hole(Hole(from_us=from_us, to_us=kind.to_us if is_end else kind.from_us))
            if kind.from_us:
                gap, last_us = 0, last_us if is_end else kind.to_us
            before = kind.kind if not gap else before
        if self.manifest is None:
            self._add_hole(Hole(from_us=last_us or 0, to_us=None))

    def _walked(self, place: Place) -> Frame | None:
        """Enter a frame; None where it is damaged. Frames of pieces bear no time."""
        if place[0] & PLAIN:
            if self._frames.open(place) is None:
                return None
            frame: Frame | None = Frame("piece", 0, 0, 0, b"")
        else:
            frame = self._frame(place)
        if frame is not None:
            self._enter(frame.kind, frame.from_us, frame.to_us, place)
            if frame.kind == "manifest":
                self.manifest = msgspec.msgpack.decode(frame.body, type=Manifest)
                self.is_genuine = is_signed(self.manifest) and self.manifest.digest == self._frames.digest_before(place)
        return frame

    def _enter(self, kind: str, from_us: int, to_us: int, place: Place) -> None:
        match kind:
            case "state":
                self._rooms.append((from_us, place))
            case "turns":
                self._runs.append((from_us, to_us, place))
            case "piece":
                self._pieces[place[0]] = place
            case _:
                pass  # the index, the manifest, and what a later version of the format may have

    def _frame(self, place: Place | None) -> Frame | None:
        content = None if place is None or not self._is_told(place) else self._frames.open(place)
        if content is None:
            return None
        size = int.from_bytes(content[:8], "little")
        return msgspec.msgpack.decode(pa.decompress(memoryview(content)[8:], size, "zstd", asbytes=True), type=Frame)

    def _is_told(self, place: Place) -> bool:
        """Whether the frame is the one that the index tells of, where there is an index."""
        return place[0] not in self._tags or self._frames.tag(place) == self._tags[place[0]]

    def _body(self, place: Place) -> bytes | None:
        frame = self._frame(place)
        return None if frame is None else frame.body


def _time_us(checkpoint: tuple[int, Place]) -> int:
    return checkpoint[0]


def _begins_us(part: Hole | _Run) -> int:
    return part.from_us if isinstance(part, Hole) else part[0]


def _may_be_steps(before: str, n_missing: int) -> bool:
    """Whether steps may be among the frames that are missing after a frame of that kind: a run stands between two checkpoints."""
    return n_missing > 1 or (n_missing == 1 and before == "state")
