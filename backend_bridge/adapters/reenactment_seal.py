"""Who made a re-enactment and who checked it: two people's signatures in a file beside it, and whose signatures a room takes.

A room takes none until somebody enters a signer: re-enactments are off by default.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from backend_bridge.adapters.refusals import InputRefusedError

SIGNERS: Final = "reenactment-signers.json"
_FORMAT: Final = "bongsu-reenactment/1"
_KEY_CHARACTERS: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Somebody with the key that they sign with."""

    name: str
    key: Ed25519PrivateKey


def seal_file_of(path: Path) -> Path:
    """Where the signatures of a re-enactment lie."""
    return path.with_name(path.name + ".sig")


def new_key() -> tuple[str, str]:
    """A key pair: public and secret, each 64 hexadecimal digits."""
    key = Ed25519PrivateKey.generate()
    return key.public_key().public_bytes_raw().hex(), key.private_bytes_raw().hex()


def signer_of(name: str, key_file: Path) -> Signer:
    """Somebody by name and key file; raises `InputRefusedError`."""
    try:
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key_file.read_text().strip()))
    except (OSError, ValueError, UnicodeDecodeError):
        raise InputRefusedError([f"{key_file}: must hold a secret key, 64 hexadecimal digits, as reenact key makes it"]) from None
    return Signer(name=name, key=key)


def sign_as_maker(path: Path, maker: Signer) -> None:
    """Say who made the file at `path`; raises `InputRefusedError`."""
    text = _bytes(path)
    document = {"format": _FORMAT, "sha256": hashlib.sha256(text).hexdigest(), "made": _signature(text, "made", maker)}
    _write(seal_file_of(path), document)


def sign_as_checker(path: Path, checker: Signer) -> None:
    """Say that a second person has read the file and holds it for a re-enactment; raises `InputRefusedError`."""
    document = _document(path)
    made = document.get("made")
    own = checker.key.public_key().public_bytes_raw().hex()
    if not isinstance(made, dict) or made.get("name") == checker.name or made.get("key") == own:
        raise InputRefusedError([f"{path}: was made by {checker.name}; somebody else must check and sign it"])
    document["checked"] = _signature(_bytes(path), "checked", checker)
    _write(seal_file_of(path), document)


def refuse_unless_checked(path: Path, signers: Mapping[str, str]) -> None:
    """Let a re-enactment pass that two people of `signers` (public key by name) signed; raises `InputRefusedError`."""
    if not signers:
        raise InputRefusedError(
            [f"{path}: is a re-enactment of a real incident, and this room takes none; enter the people who may sign with reenact trust"]
        )
    document, text = _document(path), _bytes(path)
    names = set()
    for part in ("made", "checked"):
        signed = document.get(part)
        if not isinstance(signed, dict):
            raise InputRefusedError([f"{path}: nobody has {part} it by signature; a second person must check it with reenact sign"])
        name, key = str(signed.get("name")), str(signed.get("key"))
        if signers.get(name) != key or not _fits(text, part, signed):
            raise InputRefusedError(
                [f"{path}: the signature of {name} does not fit the file or is not one that this room takes; sign it anew"]
            )
        names.add((name, key))
    if len({name for name, _ in names}) < 2 or len({key for _, key in names}) < 2:
        raise InputRefusedError([f"{path}: was made and checked by one person; somebody else must sign it"])


def signers_of(folder: Path) -> dict[str, str]:
    """The public keys that a room takes, by name; none where nobody was entered."""
    try:
        document = json.loads((folder / SIGNERS).read_text(encoding="utf8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {str(name): str(key) for name, key in document.items()} if isinstance(document, dict) else {}


def check_signer_key(public_key: str) -> None:
    """Refuse what is no public key of a signer; raises `InputRefusedError`."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    except ValueError:
        raise InputRefusedError(
            [f"--public-key {public_key}: must be {_KEY_CHARACTERS} hexadecimal digits, as reenact key prints them"]
        ) from None


def trust(folder: Path, name: str, public_key: str) -> None:
    """Let a room take somebody's signatures; raises `InputRefusedError`."""
    check_signer_key(public_key)
    known = signers_of(folder)
    if not known and (folder / SIGNERS).exists():
        raise InputRefusedError([f"{folder / SIGNERS}: cannot be read as the list of signers; mend or remove it, or it would be lost"])
    _write(folder / SIGNERS, known | {name: public_key})


def _signature(text: bytes, part: str, signer: Signer) -> dict[str, str]:
    signed = signer.key.sign(_message(text, part, signer.name))
    return {"name": signer.name, "key": signer.key.public_key().public_bytes_raw().hex(), "signature": signed.hex()}


def _fits(text: bytes, part: str, signed: dict[str, str]) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signed["key"]))
        key.verify(bytes.fromhex(signed["signature"]), _message(text, part, signed["name"]))
    except (InvalidSignature, ValueError, KeyError, TypeError, AttributeError):
        return False
    return True


def _message(text: bytes, part: str, name: str) -> bytes:
    return b"\n".join((_FORMAT.encode(), part.encode(), name.encode(), hashlib.sha256(text).digest()))


def _document(path: Path) -> dict[str, object]:
    try:
        document = json.loads(seal_file_of(path).read_text(encoding="utf8"))
    except (OSError, ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or document.get("format") != _FORMAT:
        raise InputRefusedError(
            [f"{path}: has no signatures beside it ({seal_file_of(path).name}); it cannot be told who made and checked it"]
        )
    return document


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputRefusedError([f"{path}: cannot be read: {error.strerror}"]) from None


def _write(path: Path, document: object) -> None:
    try:
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
    except OSError as error:
        raise InputRefusedError([f"{path}: cannot be written: {error.strerror}"]) from None
