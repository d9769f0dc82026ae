"""What the frames of a recording say: what each holds, where each lies, and who signed the whole."""

import msgspec
import pyarrow as pa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from backend_bridge.adapters.recording_frames import Place


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


class Frame(msgspec.Struct, frozen=True, array_like=True):
    """What is in a frame: a "state" (a room), "turns" (steps), a "piece" of rooms, the "index" or the "manifest"."""

    kind: str
    from_us: int
    to_us: int
    size: int
    body: bytes


class Indexed(msgspec.Struct, frozen=True, array_like=True):
    """Where a frame lies, and what authenticates it."""

    kind: str
    from_us: int
    to_us: int
    place: Place
    tag: bytes


def packed(kind: str, from_us: int, to_us: int, body: bytes) -> bytes:
    """The content of a frame, made smaller."""
    content = msgspec.msgpack.encode(Frame(kind, from_us, to_us, len(body), body))
    compressed: bytes = pa.compress(content, "zstd", asbytes=True)
    return len(content).to_bytes(8, "little") + compressed


def signed(manifest: Manifest, signing_key: bytes) -> Manifest:
    """The manifest with its maker's public key and signature."""
    private = Ed25519PrivateKey.from_private_bytes(signing_key)
    named = msgspec.structs.replace(manifest, public_key=private.public_key().public_bytes_raw())
    return msgspec.structs.replace(named, signature=private.sign(named.message()))


def is_signed(manifest: Manifest) -> bool:
    """Whether the signature fits what is told."""
    try:
        Ed25519PublicKey.from_public_bytes(manifest.public_key).verify(manifest.signature, manifest.message())
    except (InvalidSignature, ValueError):
        return False
    return True
