"""Recordings as files: a stretch of a room's life, sealed and signed, that can be lived again anywhere.

The frames hold rooms (checkpoints) and runs of steps in turn, and last a signed manifest. What is damaged is left out and said:
from the next checkpoint on the recording goes on.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
import pyarrow as pa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from backend_bridge.adapters.recording_frames import FrameReader, FrameWriter
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.state_codec import CodecError, decode, encode
from backend_bridge.application.outcome import Taken
from backend_bridge.application.room import again
from backend_bridge.application.room_state import Room

FIXES_A_RUN: Final = 50_000
STEPS_A_RUN: Final = 2_000
"""A checkpoint stands after so many fixes or steps; seeking lives at most so much again."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the maker says of a recording."""

    from_us: int
    to_us: int
    cases: tuple[str, ...]
    """The cases that it was cut to; none named: all."""
    n_steps: int = 0
    n_fixes: int = 0
    made_by: str
    made_us: int
    public_key: bytes = b""
    digest: bytes = b""
    """SHA-256 of the file before the manifest."""
    signature: bytes = b""

    def message(self) -> bytes:
        """What is signed."""
        return msgspec.msgpack.encode(msgspec.structs.replace(self, signature=b""))


class _Frame(msgspec.Struct, frozen=True, array_like=True):
    kind: str
    from_us: int
    to_us: int
    size: int
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """A stretch of a recording that cannot be read."""

    from_us: int
    to_us: int


def write_recording(
    path: Path, key: bytes, signing_key: bytes, room: Room, steps: Iterable[Taken], manifest: Manifest, progress: Callable[[int], None]
) -> Manifest:
    """Write a room and what came after it; returns the signed manifest. `room` lives through the steps. Raises `InputRefusedError`."""
    n_steps = n_fixes = 0
    try:
        with path.open("xb") as file:
            frames = FrameWriter(file, key)
            frames.add(_packed("room", room.now_us, room.now_us, encode(room)))
            for run in _runs(_lived(room, steps)):
                frames.add(_packed("steps", run[0].now_us, run[-1].now_us, encode(tuple(run))))
                frames.add(_packed("room", room.now_us, room.now_us, encode(room)))
                n_steps, n_fixes = n_steps + len(run), n_fixes + sum(map(_n_fixes, run))
                progress(n_fixes)
            signed = _signed(msgspec.structs.replace(manifest, n_steps=n_steps, n_fixes=n_fixes, digest=frames.digest), signing_key)
            frames.add(_packed("manifest", signed.from_us, signed.to_us, msgspec.msgpack.encode(signed)))
    except FileExistsError:
        raise InputRefusedError([f"{path}: is there already; name a new file"]) from None
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise InputRefusedError([f"{path}: cannot be written: {error.strerror}"]) from None
    return signed


class RecordingFile:
    """A recording opened: a `Recording` to be played, its manifest, and what of it is damaged."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Raises `InputRefusedError`."""
        self._frames = FrameReader(path, key)
        self._rooms: list[tuple[int, int]] = []
        self._runs: list[tuple[int, int]] = []
        self.manifest: Manifest | None = None
        """None where the end of the file is damaged or gone."""
        self.is_genuine = False
        """Whether the signature fits and nothing of the file was changed."""
        self.holes: tuple[Hole, ...] = ()
        self._index(path)

    def span_us(self) -> tuple[int, int]:
        """The period that was asked for, or what is left of it."""
        if self.manifest is not None:
            return self.manifest.from_us, self.manifest.to_us
        times = [at_us for at_us, _ in (*self._rooms, *self._runs)]
        return min(times), max(times)

    def room_before(self, at_us: int) -> Room:
        """The room of the newest checkpoint at or before `at_us`, of the first one before it."""
        at = max(0, bisect_right(self._rooms, at_us, key=lambda room: room[0]) - 1)
        room = decode(self._body(self._rooms[at][1]))
        if not isinstance(room, Room):
            raise CodecError("a checkpoint is not what it should be")
        return room

    def steps(self, after_us: int) -> Iterator[Taken]:
        """The steps after `after_us` that can be read, in order."""
        first = max(0, bisect_right(self._runs, after_us, key=lambda run: run[0]) - 1)
        for _, place in self._runs[first:]:
            run = decode(self._body(place))
            if isinstance(run, tuple):
                yield from (taken for taken in run if isinstance(taken, Taken) and taken.now_us > after_us)

    def _index(self, path: Path) -> None:
        expected, bad_from_us, last_us = 0, None, 0
        holes: list[Hole] = []
        for place, (number, *_) in enumerate(self._frames.places):
            frame = self._frame(place)
            if (frame is None or number != expected) and bad_from_us is None:
                bad_from_us = last_us
            expected = number + 1
            if frame is None:
                continue
            if bad_from_us is not None:
                holes.append(Hole(from_us=bad_from_us, to_us=frame.from_us))
                bad_from_us = None
            last_us = frame.to_us
            self._enter(frame, place)
        if bad_from_us is not None or self.manifest is None:
            holes.append(Hole(from_us=last_us, to_us=last_us if self.manifest is None else self.manifest.to_us))
        self.holes = tuple(holes)
        if not self._rooms:
            raise InputRefusedError([f"{path}: no checkpoint in it can be read; nothing of it can be played"])

    def _enter(self, frame: _Frame, place: int) -> None:
        match frame.kind:
            case "room":
                self._rooms.append((frame.from_us, place))
            case "steps":
                self._runs.append((frame.from_us, place))
            case "manifest":
                self.manifest = msgspec.msgpack.decode(frame.body, type=Manifest)
                self.is_genuine = _is_signed(self.manifest) and self.manifest.digest == self._frames.digest_before(
                    self._frames.places[place]
                )
            case _:
                pass  # of a later version of the format

    def _frame(self, place: int) -> _Frame | None:
        content = self._frames.open(self._frames.places[place])
        if content is None:
            return None
        size = int.from_bytes(content[:8], "little")
        return msgspec.msgpack.decode(pa.decompress(content[8:], size, "zstd", asbytes=True), type=_Frame)

    def _body(self, place: int) -> bytes:
        frame = self._frame(place)
        if frame is None:
            raise CodecError("a frame that could be read a moment ago cannot be read any more")
        return frame.body


def _packed(kind: str, from_us: int, to_us: int, body: bytes) -> bytes:
    content = msgspec.msgpack.encode(_Frame(kind, from_us, to_us, len(body), body))
    compressed: bytes = pa.compress(content, "zstd", asbytes=True)
    return len(content).to_bytes(8, "little") + compressed


def _lived(room: Room, steps: Iterable[Taken]) -> Iterator[Taken]:
    for taken in steps:
        again(room, taken)
        yield taken


def _runs(steps: Iterable[Taken]) -> Iterator[list[Taken]]:
    run: list[Taken] = []
    n_fixes = 0
    for taken in steps:
        run.append(taken)
        n_fixes += _n_fixes(taken)
        if n_fixes >= FIXES_A_RUN or len(run) >= STEPS_A_RUN:
            yield run
            run, n_fixes = [], 0
    if run:
        yield run


def _n_fixes(taken: Taken) -> int:
    return sum(len(kept.fixes) for kept in taken.kept if kept.fixes is not None)


def _signed(manifest: Manifest, signing_key: bytes) -> Manifest:
    private = Ed25519PrivateKey.from_private_bytes(signing_key)
    named = msgspec.structs.replace(manifest, public_key=private.public_key().public_bytes_raw())
    return msgspec.structs.replace(named, signature=private.sign(named.message()))


def _is_signed(manifest: Manifest) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(manifest.public_key).verify(manifest.signature, manifest.message())
    except (InvalidSignature, ValueError):
        return False
    return True
