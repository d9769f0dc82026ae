"""Room for much that need not be remembered long: a file without a name, sealed under a key that nothing but this process ever has."""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend_bridge.adapters.read_ahead import read_ahead

_TAG_BYTES: Final = 16
_SIZE_BYTES: Final = 8
_NONCE_BYTES: Final = 12


class ScratchFullError(Exception):
    """The file may not grow any more, or the disk has no room for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    start: int
    size: int
    nonce: bytes


class SealedScratch:
    """Pieces by their numbers, see `room_pieces_read.Pieces`; gone with the process, whatever becomes of it."""

    def __init__(self, most_bytes: int) -> None:
        """Raises `ScratchFullError`."""
        self._most_bytes = most_bytes
        self._seal = AESGCM(AESGCM.generate_key(bit_length=256))
        self._places: list[_Place] = []
        self._n_sealed = 0
        self._end = 0
        try:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - lives as long as what it is for
        except OSError as error:
            raise ScratchFullError(error.strerror) from None

    def put(self, content: bytes | memoryview, *, plain: bool) -> int:
        """Keep a piece; a plain one is asked for with `piece_into`. Raises `ScratchFullError`."""
        made = content if plain else len(content).to_bytes(_SIZE_BYTES, "little") + pa.compress(content, "zstd", asbytes=True)
        nonce = self._n_sealed.to_bytes(_NONCE_BYTES, "little")
        self._n_sealed += 1  # also where the piece finds no room: no two pieces are ever sealed alike
        sealed = memoryview(self._seal.encrypt(nonce, made, None))
        if self._end + len(sealed) > self._most_bytes:
            raise ScratchFullError("as large as it may be")
        written = 0
        try:
            while written < len(sealed):
                written += os.pwrite(self._file.fileno(), sealed[written:], self._end + written)
        except OSError as error:
            raise ScratchFullError(error.strerror) from None
        self._places.append(_Place(start=self._end, size=len(sealed), nonce=nonce))
        self._end += len(sealed)
        return len(self._places) - 1

    def piece(self, number: int) -> bytes | None:
        """The content of a piece that was not put as plain; None where the file is damaged."""
        try:
            made = self._seal.decrypt(self._places[number].nonce, self._sealed(number), None)
        except InvalidTag:
            return None
        size = int.from_bytes(made[:_SIZE_BYTES], "little")
        content: bytes = pa.decompress(memoryview(made)[_SIZE_BYTES:], size, "zstd", asbytes=True)
        return content

    def piece_into(self, number: int, room: memoryview) -> bool:
        """Copy a plain piece, which fills `room`; False where the file is damaged."""
        sealed = self._sealed(number)
        if len(sealed) != len(room) + _TAG_BYTES:
            return False
        try:
            self._seal.decrypt_into(self._places[number].nonce, sealed, None, room)
        except InvalidTag:
            return False
        return True

    def expect(self, numbers: Sequence[int]) -> None:
        """Let pieces be read from the disk into the memory of the machine, where the system can do so beside."""
        places = (self._places[number] for number in numbers)
        read_ahead(self._file.fileno(), ((place.start, place.size) for place in places))

    def _sealed(self, number: int) -> bytes:
        place = self._places[number]
        return os.pread(self._file.fileno(), place.size, place.start)
