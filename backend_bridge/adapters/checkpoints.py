"""Signed checkpoints of the log in a second place: whoever rewrites the store cannot rewrite these.

A checkpoint is a line of JSON: how many entries the log had, the root of the Merkle tree (RFC 6962) over their chain hashes, when,
and the Ed25519 signature over the three.
"""

import base64
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

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
        self._key = Ed25519PrivateKey.from_private_bytes(private_key)
        self._reader = reader
        self._tree = MerkleTree()

    def write(self, now_us: int) -> Written | None:
        """Sign the log as it is; None when nothing was added since the last. Raises `OSError` when it cannot be written."""
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
        with (self._folder / LINES_NAME).open("ab") as file:
            file.write(msgspec.json.encode(signed) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        return Written(n=self._tree.size, root=root)

    def _write_key(self) -> None:
        path = self._folder / KEY_NAME
        if not path.exists():
            path.write_text(_text(self._key.public_key().public_bytes_raw()) + "\n")


def new_signing_key() -> bytes:
    """A new private key."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def signed_heads(folder: Path) -> list[Signed]:
    """What the checkpoints of a folder say, sorted by n; empty when there are none. Raises `CheckpointError`."""
    path = folder / LINES_NAME
    if not path.exists():
        return []
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode((folder / KEY_NAME).read_text()))
    except (OSError, ValueError) as error:
        raise CheckpointError(f"{folder / KEY_NAME}: the key of the checkpoints cannot be read") from error
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


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
