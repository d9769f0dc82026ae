"""The desk's own CURVE key: made once, kept in a file that only its user can read."""

import os
from pathlib import Path

import zmq


class DeskKeyError(OSError):
    """The desk's key cannot be read or made; the text is one sentence for a person."""


def desk_keys(path: Path) -> tuple[bytes, bytes]:
    """The public and the secret key (Z85) of the file at `path`, made when it is not there; raises `DeskKeyError`."""
    if not path.exists():
        _make(path)
    try:
        secret = path.read_bytes().strip()
        return zmq.curve_public(secret), secret
    except OSError as error:
        raise DeskKeyError(f"{path}: the desk's key cannot be read: {error.strerror}.") from None
    except (ValueError, zmq.ZMQError):
        raise DeskKeyError(f"{path}: this is no secret key; remove the file to get a new one, and enrol the desk again.") from None


def fresh_keys() -> tuple[bytes, bytes]:
    """A public and a secret key (Z85) that are written nowhere."""
    public, secret = zmq.curve_keypair()
    return public, secret


def _make(path: Path) -> None:
    _, secret = fresh_keys()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secret + b"\n")
    except OSError as error:
        raise DeskKeyError(f"{path}: the desk's key cannot be written: {error.strerror}.") from None
