"""Exports as they leave: positions and a manifest in one file, encrypted under a passphrase, marked with who, when and why.

`bongsu-export/1`: the eight bytes `BONGSUX1`, a salt of 16 bytes, a nonce of 12, then AES-256-GCM over a ZIP archive; the key is
scrypt(passphrase, salt, N = 2^15, r = 8, p = 1), 32 bytes; everything before the ciphertext is its associated data. The archive
holds `track.csv` (or another form of `track_files.FORMS`), `manifest.json` with the SHA-256 of the track, its circumstances and
the whole mark, and `manifest.json.sig`, which `bongsu-bridge verify-report manifest.json --key checkpoints.pub` checks.
"""

import hashlib
import io
import json
import secrets
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.adapters.report_signatures import signed_report
from backend_bridge.adapters.stored_fixes import StoredFixes
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.adapters.track_files import text_of_track
from backend_bridge.adapters.track_texts import COLUMNS
from backend_bridge.domain.access.export_book import Mark

MAGIC: Final = b"BONGSUX1"
FORMAT: Final = "bongsu-export/1"
SUFFIX: Final = ".bongsu-export"
_SALT: Final = 16
_NONCE: Final = 12
_HEAD: Final = len(MAGIC) + _SALT + _NONCE
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS: Final = 6
_GROUP: Final = 5
_MOST_BYTES: Final = 1 << 30


def watermark(mark: Mark) -> str:
    """The sentence that stands in every part of an export: who, when, under which request, for whom, and its end."""
    end = f"destroy by {text_of_us(mark.destroy_by_us)}"
    return " · ".join([mark.export, mark.user, text_of_us(mark.at_us), mark.request, mark.recipient, end])


def new_passphrase() -> str:
    """Thirty letters and digits in six groups, 148 bits; told once and kept nowhere."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))


def sealed_export(stored: StoredFixes, form: str, mark: Mark, passphrase: str, signing_key: bytes | None) -> tuple[bytes, str]:
    """The file that leaves, and its manifest as JSON, which the bridge signs where it has a key to."""
    track = text_of_track(stored, form, watermark(mark)).encode()
    manifest = json.dumps(_manifest(stored, form, mark, track), ensure_ascii=False, indent=1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"track.{form}", track)
        archive.writestr("manifest.json", manifest)
        if signing_key is not None:
            digest = hashlib.sha256(manifest.encode()).hexdigest()
            archive.writestr("manifest.json.sig", signed_report(signing_key, mark.export, digest, mark.at_us))
    return sealed(packed.getvalue(), passphrase), manifest


def _manifest(stored: StoredFixes, form: str, mark: Mark, track: bytes) -> dict[str, object]:
    return {
        "format": FORMAT,
        "export": mark.export,
        "user": mark.user,
        "made_at": text_of_us(mark.at_us),
        "request": mark.request,
        "recipient": mark.recipient,
        "destroy_by": text_of_us(mark.destroy_by_us),
        "software": f"Bongsu {version('bongsu')}",
        "crs": "EPSG:4326 (WGS 84, latitude and longitude in degrees); east and north of a table in EPSG:5179 and 5186, metres",
        "times": "UTC, RFC 3339: measured_at by the device's clock, received_at by the bridge's; measured_kst of a table at +09:00",
        "columns": list(COLUMNS),
        "n_fixes": len(stored.fixes),
        "files": {f"track.{form}": hashlib.sha256(track).hexdigest()},
    }


def sealed(plain: bytes, passphrase: str) -> bytes:
    """`plain` under a passphrase."""
    head = MAGIC + secrets.token_bytes(_SALT + _NONCE)
    return head + AESGCM(_key(passphrase, head)).encrypt(head[-_NONCE:], plain, head)


def opened(file: bytes, passphrase: str) -> dict[str, bytes]:
    """The files of an export by name; raises `InputRefusedError` with the sentence."""
    if not file.startswith(MAGIC) or len(file) < _HEAD + 16:
        raise InputRefusedError(["the file is no export of Bongsu"])
    head = file[:_HEAD]
    try:
        plain = AESGCM(_key(passphrase, head)).decrypt(head[-_NONCE:], file[_HEAD:], head)
    except InvalidTag:
        raise InputRefusedError(["the passphrase is not the one of this export, or the file was changed"]) from None
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        if sum(part.file_size for part in archive.infolist()) > _MOST_BYTES:
            raise InputRefusedError(["the export is longer than it can be"])
        files = {part.filename: archive.read(part) for part in archive.infolist()}
    manifest = json.loads(files["manifest.json"])
    for name, said in manifest["files"].items():
        if hashlib.sha256(files.get(name, b"")).hexdigest() != said:
            raise InputRefusedError([f"{name}: is not the file that the manifest names"])
    return files


def write_opened(files: dict[str, bytes], folder: Path) -> None:
    """Put the files into a new folder that only its owner can read."""
    try:
        folder.mkdir(mode=0o700, parents=True)
        for name, content in files.items():
            target = folder / Path(name).name
            target.touch(mode=0o600, exist_ok=False)
            target.write_bytes(content)
    except OSError as error:
        raise InputRefusedError([f"{folder}: a new folder is needed for the export: {error.strerror}"]) from None


def _key(passphrase: str, head: bytes) -> bytes:
    salt = head[len(MAGIC) : len(MAGIC) + _SALT]
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.strip().encode())
