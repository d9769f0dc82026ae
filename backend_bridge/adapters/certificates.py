"""Certificates of destruction: what was erased, when, by whose decision, signed with the bridge's checkpoint key; and the dry run."""

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import func, select

from backend_bridge.adapters.artefacts import artefacts_of
from backend_bridge.adapters.checkpoints import SIGNING_KEY, new_signing_key
from backend_bridge.adapters.fix_archive import FixArchive
from backend_bridge.adapters.store import Record
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.adapters.store_schema import ENTRIES, RECORDS
from backend_bridge.domain.identifiers import CaseId, DestructionId, DeviceId

CERTIFICATE: Final = "certificate"
"""Kind of the records that hold certificates."""
OLD_POSITIONS: Final = "OLD-"
"""What the names of deletions of old positions begin with, and so their certificates; those of destructions do not."""
_SIGNED: Final = b"bongsu destruction certificate 1\n"


def planned(reader: StoreReader, archive: FixArchive, case: CaseId, devices: tuple[DeviceId, ...]) -> dict[str, object]:
    """What a destruction of the case would make unreadable: positions and events by device, versions, files that are known."""
    fixes = {device: len(archive.read(device, -(2**62), 2**62).fixes) for device in devices}
    with reader.connection() as connection:
        count = select(func.count()).select_from(RECORDS)
        events_of = count.where(RECORDS.c.kind == "event", RECORDS.c.body.is_not(None))  # one whose place went is there once more
        events = {device: int(connection.execute(events_of.where(RECORDS.c.name == device)).scalar_one()) for device in devices}
        versions = int(connection.execute(count.where(RECORDS.c.kind == "case", RECORDS.c.name == case)).scalar_one())
    return {
        "case": case,
        "fixes": fixes,
        "events": events,
        "versions": versions,
        "log_entries": sum(f'"case":"{case}"'.encode() in line for _, line in reader.lines(0)),
        "files": [artefact.path for artefact in artefacts_of(reader, case)],
    }


def signed_certificate(document: Mapping[str, object], private_key: bytes) -> bytes:
    """The document as JSON with its signature and the public key that checks it."""
    key = Ed25519PrivateKey.from_private_bytes(private_key)
    body = json.dumps(document, ensure_ascii=False, sort_keys=True)
    signature = key.sign(_SIGNED + body.encode())
    public = key.public_key().public_bytes_raw()
    return json.dumps({"certificate": body, "signature": _text(signature), "key": _text(public)}, ensure_ascii=False).encode()


def is_genuine(signed: bytes) -> bool:
    """Whether the signature is that of the key it names; whose key that is says `checkpoints.pub`."""
    try:
        found = json.loads(signed)
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(found["key"]))
        key.verify(base64.b64decode(found["signature"]), _SIGNED + found["certificate"].encode())
    except (InvalidSignature, ValueError, KeyError, TypeError):
        return False
    return True


def signing_key(reader: StoreReader) -> tuple[bytes, tuple[Record, ...]]:
    """The key that signs checkpoints and certificates, and what is to be stored of it: a bridge that has never run has none yet."""
    kept = reader.newest(SIGNING_KEY)
    if kept is not None:
        return kept.body, ()
    private = new_signing_key()
    return private, (Record(kind=SIGNING_KEY, body=private),)


def log_end(reader: StoreReader) -> tuple[int, str]:
    """Number and chain hash (hexadecimal) of the newest entry of the log."""
    with reader.connection() as connection:
        row = connection.execute(select(ENTRIES.c.n, ENTRIES.c.hash).order_by(ENTRIES.c.n.desc()).limit(1)).one_or_none()
    return (0, "") if row is None else (row.n, row.hash.hex())


def certificate_record(destruction: DestructionId, signed: bytes) -> tuple[Record, str]:
    """The record of a certificate, and its SHA-256 in hexadecimal."""
    return Record(kind=CERTIFICATE, name=destruction, body=signed), hashlib.sha256(signed).hexdigest()


def certificate_of(reader: StoreReader, destruction: DestructionId) -> tuple[str, ...]:
    """The text and the signed document of a certificate; empty where there is none."""
    kept = reader.newest(CERTIFICATE, destruction)
    return () if kept is None else (text_of_certificate(kept.body), kept.body.decode())


def text_of_certificate(signed: bytes) -> str:
    """A certificate for people, in Korean and English, line by line."""
    document = json.loads(json.loads(signed)["certificate"])
    lines = ["파기 증명서 · Certificate of destruction", ""]
    lines += [f"{_LABELS.get(key, key)}: {_said(value)}" for key, value in document.items()]
    return "\n".join([*lines, "", f"SHA-256: {hashlib.sha256(signed).hexdigest()}"])


_LABELS: Final[Mapping[str, str]] = {
    "destruction": "번호 · Number",
    "case": "사건 · Case",
    "grant": "열람 · Access",
    "ground": "사유 · Ground",
    "basis": "근거 · Provision",
    "asked_by": "요청 · Asked by",
    "approved_by": "승인 · Approved by",
    "measured_before": "이 시각 이전에 측정된 위치 · Positions measured before",
    "held": "보존 중인 사건 수 · Cases kept whole",
    "done_at": "파기 시각 · Done at",
    "keys": "파기한 키 · Keys destroyed",
    "erased": "읽을 수 없게 된 자료 · Made unreadable",
    "erased_sha256": "파기 자료 해시 · Hash of what was erased",
    "files": "파기한 파일 · Files destroyed",
    "unreached": "파기하지 못한 파일 (직접 파기) · Not reached, destroy by hand",
    "log": "기록 · Log",
}


def _said(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {part}" for key, part in value.items()) or "–"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    return "–" if value is None else str(value)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
