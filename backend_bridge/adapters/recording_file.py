"""Recordings as files: a stretch of a room's life, sealed and signed, that can be lived again anywhere.

The frames hold rooms (checkpoints) and runs of steps in turn, and last a signed manifest. What is damaged is left out and said:
from the next checkpoint on the recording goes on.
"""

import hashlib
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

from backend_bridge.adapters.recording_frames import FrameReader, FrameWriter, Place
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.state_codec import CodecError, decode, encode
from backend_bridge.application.outcome import Taken
from backend_bridge.application.room import again
from backend_bridge.application.room_state import Room

FIXES_A_RUN: Final = 50_000
STEPS_A_RUN: Final = 2_000
"""A checkpoint stands after so many fixes or steps at the latest; seeking lives at most so much again."""
LEAST_STEPS: Final = 60
_BYTES_A_FIX: Final = 60
"""Of a fix on disk, about."""
_ROOMS_SHARE: Final = 0.25
"""Checkpoints may take four times the room of what comes in between."""


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
    index: bytes = b""
    """SHA-256 of the index, which holds what authenticates every frame; empty in recordings of before there was one."""
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


class _Indexed(msgspec.Struct, frozen=True, array_like=True):
    kind: str
    from_us: int
    to_us: int
    place: Place
    tag: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """A stretch of a recording that cannot be read."""

    from_us: int
    to_us: int


def write_recording(
    path: Path, key: bytes, signing_key: bytes, room: Room, steps: Iterable[Taken], manifest: Manifest, progress: Callable[[int], None]
) -> Manifest:
    """Write a room and what came after it; returns the signed manifest. `room` lives through the steps. Raises `InputRefusedError`."""
    try:
        with path.open("xb") as file:
            written = _Writing(FrameWriter(file, key))
            written.add_room(room)
            for run in _runs(_lived(room, steps), written):
                written.add_run(run)
                written.add_room(room)
                progress(written.n_fixes)
            signed = written.finish(manifest, signing_key)
    except FileExistsError:
        raise InputRefusedError([f"{path}: is there already; name a new file"]) from None
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise InputRefusedError([f"{path}: cannot be written: {error.strerror}"]) from None
    return signed


class _Writing:
    """The frames of a new recording, and where each of them lies."""

    def __init__(self, frames: FrameWriter) -> None:
        self._frames = frames
        self._index: list[_Indexed] = []
        self.n_steps = self.n_fixes = 0
        self.room_bytes = 0
        """Of the newest checkpoint on disk."""

    def add_room(self, room: Room) -> None:
        """Write a checkpoint."""
        self.room_bytes = self._add("room", room.now_us, room.now_us, encode(room))

    def add_run(self, run: list[Taken]) -> None:
        """Write a run of steps."""
        self._add("steps", run[0].now_us, run[-1].now_us, encode(tuple(run)))
        self.n_steps, self.n_fixes = self.n_steps + len(run), self.n_fixes + sum(map(_n_fixes, run))

    def _add(self, kind: str, from_us: int, to_us: int, body: bytes) -> int:
        place, tag = self._frames.add(_packed(kind, from_us, to_us, body))
        self._index.append(_Indexed(kind, from_us, to_us, place, tag))
        return place[2]

    def finish(self, manifest: Manifest, signing_key: bytes) -> Manifest:
        """Write the index and the signed manifest."""
        index = msgspec.msgpack.encode(self._index)
        at, _ = self._frames.add(_packed("index", manifest.from_us, manifest.to_us, index))
        told = msgspec.structs.replace(manifest, n_steps=self.n_steps, n_fixes=self.n_fixes, index=hashlib.sha256(index).digest())
        signed = _signed(msgspec.structs.replace(told, digest=self._frames.digest), signing_key)
        last, _ = self._frames.add(_packed("manifest", signed.from_us, signed.to_us, msgspec.msgpack.encode(signed)))
        self._frames.end(at, last)
        return signed


class RecordingFile:
    """A recording opened: a `Recording` to be played, its manifest, and what of it is damaged."""

    def __init__(self, path: Path, key: bytes, *, thorough: bool = True) -> None:
        """Raises `InputRefusedError`.

        Without `thorough` the index is trusted to say where everything is, once its signature fits: a file of any size opens at once,
        and what is damaged is found, left out and added to `holes` when it is come to.
        """
        self._rooms: list[tuple[int, Place]] = []
        self._runs: list[tuple[int, int, Place]] = []
        self._tags: dict[int, bytes] = {}
        self.manifest: Manifest | None = None
        """None where the end of the file is damaged or gone."""
        self.is_genuine = False
        """Whether the signature fits and nothing of the file was changed."""
        self.holes: tuple[Hole, ...] = ()
        if not thorough:
            self._frames = FrameReader(path, key, walk=False)
            if self._take_index():
                return
        self._frames = FrameReader(path, key)
        self._walk(path)

    def span_us(self) -> tuple[int, int]:
        """The period that was asked for, or what is left of it."""
        if self.manifest is not None:
            return self.manifest.from_us, self.manifest.to_us
        times = [at_us for at_us, _ in self._rooms] + [from_us for from_us, _, _ in self._runs]
        return min(times), max(times)

    def room_before(self, at_us: int) -> Room:
        """The room of the newest checkpoint at or before `at_us`, of the first one before it."""
        at = max(0, bisect_right(self._rooms, at_us, key=lambda room: room[0]) - 1)
        for _, place in (*reversed(self._rooms[: at + 1]), *self._rooms[at + 1 :]):
            body = self._body(place)
            room = None if body is None else decode(body)
            if isinstance(room, Room):
                return room
        raise CodecError("no checkpoint of the recording can be read")

    def steps(self, after_us: int) -> Iterator[Taken]:
        """The steps after `after_us` that can be read, in order."""
        first = max(0, bisect_right(self._runs, after_us, key=lambda run: run[0]) - 1)
        for from_us, to_us, place in self._runs[first:]:
            body = self._body(place)
            if body is None:
                self._add_hole(Hole(from_us=from_us, to_us=to_us))
                continue
            run = decode(body)
            if isinstance(run, tuple):
                yield from (taken for taken in run if isinstance(taken, Taken) and taken.now_us > after_us)

    def _add_hole(self, hole: Hole) -> None:
        if hole not in self.holes:
            self.holes = tuple(sorted((*self.holes, hole), key=lambda each: each.from_us))

    def _take_index(self) -> bool:
        """Take everything from the index; False where there is none that can be trusted."""
        index, manifest = map(self._frame, self._frames.places or (None, None))
        if index is None or manifest is None or (index.kind, manifest.kind) != ("index", "manifest"):
            return False
        told = msgspec.msgpack.decode(manifest.body, type=Manifest)
        if not _is_signed(told) or told.index != hashlib.sha256(index.body).digest():
            return False
        for entry in msgspec.msgpack.decode(index.body, type=list[_Indexed]):
            self._tags[entry.place[0]] = entry.tag
            if entry.kind == "room":
                self._rooms.append((entry.from_us, entry.place))
            else:
                self._runs.append((entry.from_us, entry.to_us, entry.place))
        self.manifest, self.is_genuine = told, True
        return bool(self._rooms)

    def _walk(self, path: Path) -> None:
        expected, bad_from_us, last_us = 0, None, 0
        holes: list[Hole] = []
        for place in self._frames.places:
            number, frame = place[0], self._frame(place)
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

    def _enter(self, frame: _Frame, place: Place) -> None:
        match frame.kind:
            case "room":
                self._rooms.append((frame.from_us, place))
            case "steps":
                self._runs.append((frame.from_us, frame.to_us, place))
            case "manifest":
                self.manifest = msgspec.msgpack.decode(frame.body, type=Manifest)
                self.is_genuine = _is_signed(self.manifest) and self.manifest.digest == self._frames.digest_before(place)
            case _:
                pass  # of a later version of the format

    def _frame(self, place: Place | None) -> _Frame | None:
        content = None if place is None else self._frames.open(place)
        if place is None or content is None or (place[0] in self._tags and self._frames.tag(place) != self._tags[place[0]]):
            return None
        size = int.from_bytes(content[:8], "little")
        return msgspec.msgpack.decode(pa.decompress(content[8:], size, "zstd", asbytes=True), type=_Frame)

    def _body(self, place: Place) -> bytes | None:
        frame = self._frame(place)
        return None if frame is None else frame.body


def _packed(kind: str, from_us: int, to_us: int, body: bytes) -> bytes:
    content = msgspec.msgpack.encode(_Frame(kind, from_us, to_us, len(body), body))
    compressed: bytes = pa.compress(content, "zstd", asbytes=True)
    return len(content).to_bytes(8, "little") + compressed


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
        is_worth_it = len(run) >= LEAST_STEPS and n_fixes * _BYTES_A_FIX >= written.room_bytes * _ROOMS_SHARE
        if is_worth_it or n_fixes >= FIXES_A_RUN or len(run) >= STEPS_A_RUN:
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
