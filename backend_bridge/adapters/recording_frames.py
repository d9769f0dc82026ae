"""The container of `.bongsu` files: sealed frames, each found and opened by itself, so that a damaged one costs no other.

A file is a line of JSON in the clear (format and salt), then frames: a mark, a number, a length, a nonce, and the content under
AES-256-GCM, bound to the file and the frame's number. Whoever changes, swaps or leaves out a frame is found.
"""

import hashlib
import json
import secrets
import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend_bridge.adapters.read_ahead import read_ahead
from backend_bridge.adapters.refusals import InputRefusedError

_FORMAT: Final = "bongsu-recording/3"
_MARK: Final = b"\x89BFR"
_HEAD: Final = struct.Struct("<4sIQ12s")
_MOST_HEADER: Final = 1024
_TAIL: Final = struct.Struct("<4sQQ")
"""Shorter than the head of a frame, so that whoever walks along the frames ends before it."""
_TAIL_MARK: Final = b"\x89BFT"
TAG_BYTES: Final = 16
PLAIN: Final = 1 << 31
"""Set in the number of a frame whose content is a piece of a table as it lies in memory; its place among the frames is the rest."""
_TRIED: Final = 32
"""Maximum number of frames, from all over the file, that are tried before the key is taken for another one."""

Place: TypeAlias = tuple[int, int, int, bytes]
"""(number, offset of the sealed content, its length, nonce) of a frame."""


class FrameWriter:
    """Writes frames one after another to a new file."""

    def __init__(self, file: IO[bytes], key: bytes) -> None:
        salt = secrets.token_bytes(16)
        header = json.dumps({"format": _FORMAT, "salt": salt.hex()}).encode() + b"\n"
        file.write(header)
        self._file, self._seal = file, _sealer(key, salt)
        self._bound = hashlib.sha256(header).digest()
        self._n = 0
        self._digest = hashlib.sha256(header)

    @property
    def digest(self) -> bytes:
        """SHA-256 of everything written so far."""
        return self._digest.digest()

    def add(self, content: bytes | memoryview, *, plain: bool = False) -> tuple[Place, bytes]:
        """Seal a frame and write it; where it lies, and what authenticates it."""
        nonce = secrets.token_bytes(12)
        number = self._n | PLAIN if plain else self._n
        sealed = self._seal.encrypt(nonce, content, self._bound + number.to_bytes(4, "little"))
        head = _HEAD.pack(_MARK, number, len(sealed), nonce)
        place = (number, self._file.tell() + _HEAD.size, len(sealed), nonce)
        for part in (head, sealed):
            self._file.write(part)
            self._digest.update(part)
        self._n += 1
        return place, sealed[-TAG_BYTES:]

    def end(self, index: Place, last: Place) -> None:
        """Say at the very end where two frames lie, so that a reader need not look for them."""
        self._file.write(_TAIL.pack(_TAIL_MARK, index[1] - _HEAD.size, last[1] - _HEAD.size))


class FrameReader:
    """Finds and opens the frames of a file; raises `InputRefusedError` where it is no such file or the key is another one."""

    def __init__(self, path: Path, key: bytes, *, walk: bool = True) -> None:
        """Without `walk` the frames are not looked for: `ending` tells where the last two are, and they where the others are."""
        self._path = path
        try:
            with path.open("rb") as file:
                header = file.readline(_MOST_HEADER)
        except OSError as error:
            raise InputRefusedError([f"{path}: cannot be read: {error.strerror}"]) from None
        self._start = len(header)
        self._bound = hashlib.sha256(header).digest()
        self._seal = _sealer(key, _salt_of(path, header))
        self._spare: list[bytearray] = []  # to read into: new memory for every frame costs as much again
        self.places: list[Place] = list(self._scan()) if walk else list(self.ending() or ())
        """Every frame whose mark was found."""
        if not walk:
            return
        if not self.places:
            raise InputRefusedError([f"{path}: holds no frame; the file is cut off at its beginning"])
        if all(self.open(place) is None for place in self.places[:: 1 + len(self.places) // _TRIED]):
            raise InputRefusedError([f"{path}: does not open with this key; name the key file that was made with it"])

    def ending(self) -> tuple[Place, Place] | None:
        """The index and the last frame, as the end of the file says; None for a file without, or one that was cut off or added to."""
        size = self._path.stat().st_size
        if size < self._start + _TAIL.size:
            return None
        with self._path.open("rb") as file:
            file.seek(size - _TAIL.size)
            mark, *heads = _TAIL.unpack(file.read(_TAIL.size))
            found = [self._place_at(file, head, size) for head in heads] if mark == _TAIL_MARK else []
        first, last = found if len(found) == 2 else (None, None)
        return None if first is None or last is None else (first, last)

    def tag(self, place: Place) -> bytes:
        """What authenticates a frame: no other content of it has the same."""
        with self._path.open("rb") as file:
            file.seek(place[1] + place[2] - TAG_BYTES)
            return file.read(TAG_BYTES)

    def _place_at(self, file: IO[bytes], head: int, size: int) -> Place | None:
        if not self._start <= head <= size - _HEAD.size:
            return None
        file.seek(head)
        mark, number, length, nonce = _HEAD.unpack(file.read(_HEAD.size))
        return (number, head + _HEAD.size, length, nonce) if mark == _MARK and head + _HEAD.size + length <= size else None

    def open(self, place: Place) -> bytes | None:
        """The content of a frame; None where it is damaged."""
        number, offset, length, nonce = place
        with self._path.open("rb") as file:
            file.seek(offset)
            sealed = file.read(length)
        try:
            return self._seal.decrypt(nonce, sealed, self._bound + number.to_bytes(4, "little"))
        except InvalidTag:
            return None

    def open_into(self, place: Place, room: memoryview) -> bool:
        """Put the content of a frame where it fits exactly; False where it is damaged, and `room` is then anything."""
        number, offset, length, nonce = place
        if length != len(room) + TAG_BYTES:
            return False
        buffer = self._spare.pop() if self._spare else bytearray()
        if len(buffer) < length:
            buffer = bytearray(length)
        sealed = memoryview(buffer)[:length]
        try:
            with self._path.open("rb", buffering=0) as file:
                file.seek(offset)
                if file.readinto(sealed) != length:
                    return False
            self._seal.decrypt_into(nonce, sealed, self._bound + number.to_bytes(4, "little"), room)
        except InvalidTag:
            return False
        finally:
            self._spare.append(buffer)
        return True

    def expect(self, places: Sequence[Place]) -> None:
        """Have frames read from the disk into the memory of the machine, where the system can do so beside."""
        with suppress(OSError), self._path.open("rb", buffering=0) as file:  # who reads a file that is gone will say so
            read_ahead(file.fileno(), _stretches(places))

    def digest_before(self, place: Place) -> bytes:
        """SHA-256 of the file up to a frame."""
        digest = hashlib.sha256()
        left = place[1] - _HEAD.size
        with self._path.open("rb") as file:
            while left > 0 and (piece := file.read(min(left, 1 << 20))):
                digest.update(piece)
                left -= len(piece)
        return digest.digest()

    def _scan(self) -> Iterator[Place]:
        """Walk from frame to frame; where a head is damaged, look for the next mark."""
        size = self._path.stat().st_size
        place = self._start
        with self._path.open("rb") as file:
            while place + _HEAD.size <= size:
                file.seek(place)
                mark, number, length, nonce = _HEAD.unpack(file.read(_HEAD.size))
                if mark == _MARK and place + _HEAD.size + length <= size:
                    yield number, place + _HEAD.size, length, nonce
                    place += _HEAD.size + length
                else:
                    place = _next_mark(file, place + 1)
                    if place < 0:
                        return


def _stretches(places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """Where frames lie, as start and length; those that lie side by side as one."""
    start = end = 0
    for _, offset, length, _ in sorted(places, key=lambda place: place[1]):
        if offset > end + _HEAD.size:
            if end > start:
                yield start, end - start
            start = offset
        end = offset + length
    if end > start:
        yield start, end - start


def _next_mark(file: IO[bytes], start: int) -> int:
    file.seek(start)
    before = b""
    place = start
    while piece := file.read(1 << 20):
        found = (before + piece).find(_MARK)
        if found >= 0:
            return place - len(before) + found
        place += len(piece)
        before = piece[-(len(_MARK) - 1) :]
    return -1


def _salt_of(path: Path, header: bytes) -> bytes:
    try:
        fields = json.loads(header)
        if fields["format"] == _FORMAT:
            return bytes.fromhex(fields["salt"])
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise InputRefusedError([f"{path}: is not a recording; one begins with a line that names the format {_FORMAT}"])


def _sealer(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"bongsu recording").derive(key))
