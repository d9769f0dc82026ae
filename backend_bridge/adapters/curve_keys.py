"""CURVE keys as text: Z85, 40 characters; a secret-key file is one line."""

import os
from pathlib import Path
from typing import Final

import zmq
from zmq.utils import z85

from backend_bridge.adapters.refusals import InputRefusedError

_LENGTH: Final = 40
_KEY_BYTES: Final = 32


def is_key(text: str) -> bool:
    """Whether `text` is 32 bytes in Z85."""
    if len(text) != _LENGTH or not text.isascii():
        return False
    try:
        decoded = z85.decode(text)
    except (ValueError, KeyError):
        return False
    return len(decoded) == _KEY_BYTES and z85.encode(decoded).decode() == text


def checked_key(text: str, option: str) -> str:
    """The key given with `option`; raises `InputRefusedError` when it is none."""
    if not is_key(text):
        raise InputRefusedError([f"{option}: must be a CURVE key in Z85, 40 characters, as keygen prints it"])
    return text


def new_pair() -> tuple[str, str]:
    """(public, secret) of a new key pair."""
    public, secret = zmq.curve_keypair()
    return public.decode(), secret.decode()


def public_of(secret: str) -> str:
    """The public key that belongs to a secret one."""
    return zmq.curve_public(secret.encode()).decode()


def write_secret(path: Path, secret: str) -> None:
    """Put a secret key into a new file that only its owner can read."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secret + "\n")
    except FileExistsError:
        raise InputRefusedError([f"{path}: is there already; a key is never written over"]) from None
    except OSError as error:
        raise InputRefusedError([f"{path}: cannot be written: {error.strerror}"]) from None


def read_secret(path: Path) -> str:
    """The secret key of a file; raises `InputRefusedError`."""
    try:
        text = path.read_bytes().decode("ascii").strip()
    except UnicodeDecodeError:
        text = ""
    except OSError as error:
        raise InputRefusedError([f"{path}: cannot be read: {error.strerror}"]) from None
    if not is_key(text):
        raise InputRefusedError([f"{path}: must hold one line, a secret CURVE key in Z85 (40 characters), as keygen makes it"])
    return text
