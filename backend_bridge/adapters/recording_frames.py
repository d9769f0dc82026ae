"""The container of `.bongsu` files: sealed frames, each found and opened by itself, so that a damaged one costs no other.

A file is a line of JSON in the clear (format and salt), then frames: a mark, a number, a length, a nonce, and the content under
AES-256-GCM, bound to the file and the frame's number. Whoever changes, swaps or leaves out a frame is found.
"""

import hashlib
import json
import secrets
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend_bridge.adapters.refusals import InputRefusedError

_FORMAT: Final = "bongsu-recording/1"
_MARK: Final = b"\x89BFR"
_HEAD: Final = struct.Struct("<4sIQ12s")
_MOST_HEADER: Final = 1024


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

    def add(self, content: bytes) -> None:
        """Seal a frame and write it."""
        nonce = secrets.token_bytes(12)
        sealed = self._seal.encrypt(nonce, content, self._bound + self._n.to_bytes(4, "little"))
        frame = _HEAD.pack(_MARK, self._n, len(sealed), nonce) + sealed
        self._file.write(frame)
        self._digest.update(frame)
        self._n += 1


class FrameReader:
    """Finds and opens the frames of a file; raises `InputRefusedError` where it is no such file or the key is another one."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        try:
            with path.open("rb") as file:
                header = file.readline(_MOST_HEADER)
        except OSError as error:
            raise InputRefusedError([f"{path}: cannot be read: {error.strerror}"]) from None
        self._start = len(header)
        self._bound = hashlib.sha256(header).digest()
        self._seal = _sealer(key, _salt_of(path, header))
        self.places = list(self._scan())
        """(number, offset of the sealed content, its length, nonce) of every frame whose mark was found."""
        if not self.places:
            raise InputRefusedError([f"{path}: holds no frame; the file is cut off at its beginning"])
        if all(self.open(place) is None for place in self.places[:3]):
            raise InputRefusedError([f"{path}: does not open with this key; name the key file that was made with it"])

    def open(self, place: tuple[int, int, int, bytes]) -> bytes | None:
        """The content of a frame; None where it is damaged."""
        number, offset, length, nonce = place
        with self._path.open("rb") as file:
            file.seek(offset)
            sealed = file.read(length)
        try:
            return self._seal.decrypt(nonce, sealed, self._bound + number.to_bytes(4, "little"))
        except InvalidTag:
            return None

    def digest_before(self, place: tuple[int, int, int, bytes]) -> bytes:
        """SHA-256 of the file up to a frame."""
        digest = hashlib.sha256()
        left = place[1] - _HEAD.size
        with self._path.open("rb") as file:
            while left > 0 and (piece := file.read(min(left, 1 << 20))):
                digest.update(piece)
                left -= len(piece)
        return digest.digest()

    def _scan(self) -> Iterator[tuple[int, int, int, bytes]]:
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
    except (ValueError, KeyError, TypeError):
        pass
    raise InputRefusedError([f"{path}: is not a recording; one begins with a line that names the format {_FORMAT}"])


def _sealer(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"bongsu recording").derive(key))
