"""Writes a stretch of a room's life to a file: rooms (checkpoints) and runs of steps in turn, an index, and a signed manifest."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from backend_bridge.adapters.recording_frames import FrameWriter
from backend_bridge.adapters.recording_manifest import Indexed, Manifest, packed, signed
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.room_pieces import RoomWriter
from backend_bridge.adapters.state_columns import encode
from backend_bridge.application.outcome import Taken
from backend_bridge.application.room import again
from backend_bridge.application.room_state import Room

FIXES_A_RUN: Final = 50_000
STEPS_A_RUN: Final = 2_000
"""A checkpoint stands after so many fixes or steps at the latest; seeking lives at most so much again."""
LEAST_STEPS: Final = 30
_BYTES_A_FIX: Final = 60
"""Of a fix on disk, about."""
ROOMS_SHARE: Final = 0.1
"""Checkpoints may take ten times the room of what comes in between."""


def write_recording(
    path: Path, keys: tuple[bytes, bytes], room: Room, steps: Iterable[Taken], manifest: Manifest, progress: Callable[[int], None]
) -> Manifest:
    """Write a room and what came after it; returns the signed manifest. `room` lives through the steps.

    `keys` are the one that opens it and the one that signs it. Raises `InputRefusedError`.
    """
    try:
        with path.open("xb") as file:
            written = _Writing(FrameWriter(file, keys[0]))
            written.add_room(room)
            for run in _runs(_lived(room, steps), written):
                written.add_run(run)
                written.add_room(room)
                progress(written.n_fixes)
            made = written.finish(manifest, keys[1])
    except FileExistsError:
        raise InputRefusedError([f"{path}: is there already; name a new file"]) from None
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise InputRefusedError([f"{path}: cannot be written: {error.strerror}"]) from None
    return made


class _Writing:
    """The frames of a new recording, and where each of them lies."""

    def __init__(self, frames: FrameWriter) -> None:
        self._frames = frames
        self._rooms = RoomWriter(self._add_piece)
        self._index: list[Indexed] = []
        self.n_steps = self.n_fixes = 0
        self.room_bytes = self._piece_bytes = 0
        """Of the newest checkpoint on disk, but for tables that were written whole."""

    def add_room(self, room: Room) -> None:
        """Write a checkpoint."""
        self._piece_bytes = 0
        self.room_bytes = self._add("state", room.now_us, room.now_us, self._rooms.body(room)) + self._piece_bytes

    def _add_piece(self, content: bytes | memoryview, *, plain: bool) -> int:
        sealed = content if plain else packed("piece", 0, 0, bytes(content))
        place, tag = self._frames.add(sealed, plain=plain)
        self._index.append(Indexed("piece", 0, 0, place, tag))
        self._piece_bytes += 0 if plain else place[2]
        return place[0]

    def add_run(self, run: list[Taken]) -> None:
        """Write a run of steps."""
        self._add("turns", run[0].now_us, run[-1].now_us, encode(tuple(run)))
        self.n_steps, self.n_fixes = self.n_steps + len(run), self.n_fixes + sum(map(_n_fixes, run))

    def _add(self, kind: str, from_us: int, to_us: int, body: bytes) -> int:
        place, tag = self._frames.add(packed(kind, from_us, to_us, body))
        self._index.append(Indexed(kind, from_us, to_us, place, tag))
        return place[2]

    def finish(self, manifest: Manifest, signing_key: bytes) -> Manifest:
        """Write the index and the signed manifest."""
        index = msgspec.msgpack.encode(self._index)
        at, _ = self._frames.add(packed("index", manifest.from_us, manifest.to_us, index))
        told = msgspec.structs.replace(manifest, n_steps=self.n_steps, n_fixes=self.n_fixes, index=hashlib.sha256(index).digest())
        made = signed(msgspec.structs.replace(told, digest=self._frames.digest), signing_key)
        last, _ = self._frames.add(packed("manifest", made.from_us, made.to_us, msgspec.msgpack.encode(made)))
        self._frames.end(at, last)
        return made


def _lived(room: Room, steps: Iterable[Taken]) -> Iterator[Taken]:
    for taken in steps:
        again(room, taken)
        yield taken


def _runs(steps: Iterable[Taken], written: _Writing) -> Iterator[list[Taken]]:
    """Runs of steps, each followed by a checkpoint.

    Checkpoints come as often as the file may grow for them: where a room is small beside what comes in, seeking lives little again.
    """
    run: list[Taken] = []
    n_fixes = 0
    for taken in steps:
        run.append(taken)
        n_fixes += _n_fixes(taken)
        is_worth_it = len(run) >= LEAST_STEPS and n_fixes * _BYTES_A_FIX >= written.room_bytes * ROOMS_SHARE
        if is_worth_it or n_fixes >= FIXES_A_RUN or len(run) >= STEPS_A_RUN:
            yield run
            run, n_fixes = [], 0
    if run:
        yield run


def _n_fixes(taken: Taken) -> int:
    return sum(len(kept.fixes) for kept in taken.kept if kept.fixes is not None)
