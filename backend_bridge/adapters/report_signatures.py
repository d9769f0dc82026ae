"""What a bridge signs of a report that a desk made: the file's SHA-256, the incident and when, by the key of the log's checkpoints.

The signature is a JSON document beside the file (`FILE.sig`). Whoever has the file, this document and the bridge's public key
(`checkpoints.pub` of its checkpoints' folder) can check it without the bridge.
"""

import base64
import hashlib
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from backend_bridge.adapters.time_text import text_of_us

FORMAT: Final = "bongsu-report-signature/1"
LARGEST_BYTES: Final = 64 * 1024


class ReportRefusedError(Exception):
    """A report or its signature is not what it should be; the text is one sentence."""


class ReportUnreadableError(Exception):
    """A file that is to be compared is not there or cannot be read: nothing is known of the report; the text is one sentence."""


class Signature(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The document beside a report."""

    format: str
    incident: str
    sha256: str
    """Of the report's file, 64 hexadecimal digits."""
    at: str
    public_key: str
    """Ed25519, base64; to be compared with that of the bridge."""
    signature: str

    def message(self) -> bytes:
        """What is signed."""
        return f"bongsu report 1\n{self.incident}\n{self.sha256}\n{self.at}\n".encode()


def signed_report(private_key: bytes, incident: str, sha256: str, at_us: int) -> str:
    """The document for a report's file."""
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    public = _text(key.public_key().public_bytes_raw())
    unsigned = Signature(format=FORMAT, incident=incident, sha256=sha256, at=text_of_us(at_us), public_key=public, signature="")
    return msgspec.json.encode(msgspec.structs.replace(unsigned, signature=_text(key.sign(unsigned.message())))).decode()


def checked_report(report: Path, signature: Path, key: Path) -> Signature:
    """What was signed of the file `report`; raises `ReportRefusedError` where it is another file, another key, or no signature.

    Raises `ReportUnreadableError` where one of the three is not there.
    """
    found = _read(signature)
    public = _bytes_of(key, LARGEST_BYTES).strip().decode("ascii", "replace")
    if found.public_key != public:
        raise ReportRefusedError(f"{signature.name}: signed by another key than that of {key.name}")
    if hashlib.sha256(_bytes_of(report, None)).hexdigest() != found.sha256:
        raise ReportRefusedError(f"{report.name}: is not the file that was signed; its SHA-256 is another")
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public)).verify(base64.b64decode(found.signature), found.message())
    except (InvalidSignature, ValueError):
        raise ReportRefusedError(f"{signature.name}: the signature does not fit what it says") from None
    return found


def _read(path: Path) -> Signature:
    try:
        found = msgspec.json.decode(_bytes_of(path, LARGEST_BYTES), type=Signature)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise ReportRefusedError(f"{path.name}: is no signature of a report") from None
    if found.format != FORMAT:
        raise ReportRefusedError(f"{path.name}: is of another format than {FORMAT}")
    return found


def _bytes_of(path: Path, most: int | None) -> bytes:
    try:
        if most is not None and path.stat().st_size > most:
            raise ReportRefusedError(f"{path.name}: is larger than {most:,} bytes, which no signature or key is")
        return path.read_bytes()
    except OSError as error:
        raise ReportUnreadableError(f"{path}: cannot be read: {error.strerror}") from None


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
