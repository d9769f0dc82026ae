"""Signed checkpoints of the log in a second place: whoever rewrites the store cannot rewrite these.

A checkpoint is a line of JSON: how many entries the log had, the root of the Merkle tree (RFC 6962) over their chain hashes, when,
and the Ed25519 signature over the three.
"""

import base64
import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from backend_bridge.adapters.chain import MerkleTree
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.store_verify import Signed
from backend_bridge.adapters.time_text import text_of_us

LINES_NAME: Final = "checkpoints.jsonl"
KEY_NAME: Final = "checkpoints.pub"
SIGNING_KEY: Final = "signing-key"
"""Kind of the record that holds the private key."""
_LOOK_BACK: Final = 4096


class CheckpointError(Exception):
    """A line of the second place is not a checkpoint that this bridge signed; the text is one sentence."""


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    n: int
    root: str
    at: str
    signature: str

    def message(self) -> bytes:
        """What is signed."""
        return f"bongsu log checkpoint 1\n{self.n}\n{self.root}\n{self.at}\n".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A checkpoint that was written."""

    n: int
    root: bytes


class Checkpointer:
    """Adds checkpoints to a folder; used by one thread."""

    def __init__(self, folder: Path, private_key: bytes, reader: StoreReader) -> None:
        self._folder = folder
        self._private_key = private_key
        self._key = Ed25519PrivateKey.from_private_bytes(private_key)
        self._reader = reader
        self._tree = MerkleTree()

    def write(self, now_us: int) -> Written | None:
        """Sign the log as it is; None when nothing was added since the last.

        Raises `OSError` when it cannot be written, also where the folder is that of another bridge.
        """
        before = self._tree.size
        for value in self._reader.entry_hashes(before):
            self._tree.append(value)
        if self._tree.size == before:
            return None
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._write_key()
        root = self._tree.root()
        line = _Line(n=self._tree.size, root=_text(root), at=text_of_us(now_us), signature="")
        signed = msgspec.structs.replace(line, signature=_text(self._key.sign(line.message())))
        with (self._folder / LINES_NAME).open("ab+") as file:
            _cut_torn_line(file)
            file.write(msgspec.json.encode(signed) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        return Written(n=self._tree.size, root=root)

    def _write_key(self) -> None:
        path, own = self._folder / KEY_NAME, public_key_of(self._private_key) + "\n"
        found = path.read_text(errors="replace") if path.exists() else ""
        if found == own:
            return
        if not own.startswith(found):
            raise FileExistsError(errno.EEXIST, "the folder holds the checkpoints of another bridge")
        path.write_text(own)  # there was none, or it was being written when the machine stopped


def public_key_of(private_key: bytes) -> str:
    """The public key as the second place holds it, without the end of its line."""
    return _text(Ed25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw())


def new_signing_key() -> bytes:
    """A new private key."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def signed_heads(folder: Path, expected_key: str | None = None) -> list[Signed]:
    """What the checkpoints of a folder say, sorted by n; empty when there are none. Raises `CheckpointError`.

    With `expected_key` also where they are signed with another key than this.
    """
    path = folder / LINES_NAME
    if not path.exists():
        return []
    try:
        public = (folder / KEY_NAME).read_text().strip()
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public))
    except (OSError, ValueError) as error:
        raise CheckpointError(f"{folder / KEY_NAME}: the key of the checkpoints cannot be read") from error
    if expected_key is not None and public != expected_key:
        raise CheckpointError(f"{folder / KEY_NAME}: is not the key of this bridge; the folder holds the checkpoints of another one")
    return sorted(_checked(path, key), key=lambda signed: signed.n)


def _checked(path: Path, key: Ed25519PublicKey) -> Iterator[Signed]:
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines[:-1] if lines[-1] == b"" else lines, start=1):
        try:
            found = msgspec.json.decode(line, type=_Line)
            key.verify(base64.b64decode(found.signature), found.message())
            yield Signed(n=found.n, root=base64.b64decode(found.root))
        except (msgspec.DecodeError, InvalidSignature, ValueError):
            if number == len(lines):
                return  # the last line was being written when the machine stopped
            raise CheckpointError(f"{path}: row {number} is not a checkpoint that this bridge signed") from None


def _cut_torn_line(file: BinaryIO) -> None:
    """Take away what follows the last end of a line: it was being written when the machine or the disk stopped."""
    end = start = file.seek(0, os.SEEK_END)
    while start > 0:
        start = max(0, start - _LOOK_BACK)
        file.seek(start)
        last = file.read(_LOOK_BACK).rfind(b"\n")
        if last >= 0:
            start += last + 1
            break
    if start < end:
        file.truncate(start)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
