"""What is handed out says under which circumstances it was made, and the bridge's signature stands beside that."""

import base64
import hashlib
import json
from pathlib import Path

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from backend_bridge.adapters.report_signatures import checked_report
from backend_bridge.adapters.sealed_exports import new_passphrase, opened, sealed_export, write_opened
from backend_bridge.adapters.stored_fixes import StoredFixes
from backend_bridge.domain.access.export_book import Mark
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import UserId

MARK = Mark(
    export="EXP-1", user=UserId("kim"), at_us=1_795_394_536_000_000, request="Q-1", recipient="court", destroy_by_us=1_803_000_000_000_000
)
NOTHING = StoredFixes(fixes=FixBatch.empty(), messages=(), message=np.empty(0, np.int32), number=np.empty(0, np.int64))


def test_the_manifest_says_the_circumstances_and_the_bridge_signs_it(tmp_path: Path) -> None:
    key, passphrase = Ed25519PrivateKey.generate(), new_passphrase()
    sealed, told = sealed_export(NOTHING, "csv", MARK, passphrase, key.private_bytes_raw())
    files = opened(sealed, passphrase)
    assert files["manifest.json"].decode() == told
    manifest = json.loads(told)
    assert manifest["files"]["track.csv"] == hashlib.sha256(files["track.csv"]).hexdigest()
    assert "EPSG:4326" in manifest["crs"]
    assert "UTC" in manifest["times"]
    assert manifest["software"].startswith("Bongsu ")
    assert {"accuracy_m", "source", "device", "measured_at", "received_at"} <= set(manifest["columns"])
    write_opened(files, tmp_path / "out")
    public = tmp_path / "checkpoints.pub"
    public.write_bytes(base64.b64encode(key.public_key().public_bytes_raw()))
    signed = checked_report(tmp_path / "out" / "manifest.json", tmp_path / "out" / "manifest.json.sig", public)
    assert signed.incident == "EXP-1"


def test_without_a_key_there_is_no_signature_and_the_file_opens_all_the_same() -> None:
    passphrase = new_passphrase()
    sealed, _ = sealed_export(NOTHING, "kml", MARK, passphrase, None)
    assert set(opened(sealed, passphrase)) == {"track.kml", "manifest.json"}
