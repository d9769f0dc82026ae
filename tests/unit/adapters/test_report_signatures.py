"""Whoever has a report, its signature and the bridge's public key can tell whether it is the report that was made."""

import base64
import hashlib
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from backend_bridge.adapters.checkpoints import new_signing_key
from backend_bridge.adapters.report_signatures import ReportRefusedError, ReportUnreadableError, checked_report, signed_report
from backend_bridge.command_line import main

PDF = b"%PDF-1.4 a report"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A report, its signature and the key of the bridge that signed it."""
    private = new_signing_key()
    report, signature, key = tmp_path / "INC-1.pdf", tmp_path / "INC-1.pdf.sig", tmp_path / "checkpoints.pub"
    report.write_bytes(PDF)
    signature.write_text(signed_report(private, "INC-1", hashlib.sha256(PDF).hexdigest(), 1_795_394_536_000_000))
    key.write_bytes(base64.b64encode(Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()) + b"\n")
    return report, signature, key


def test_a_report_as_it_was_made_is_found_whole(made: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    report, _, key = made
    assert main(["verify-report", str(report), "--key", str(key)]) == 0
    assert "INC-1" in capsys.readouterr().out


@pytest.mark.parametrize("fault", ["report", "incident", "time", "digest", "key", "garbage", "huge"])
def test_whatever_is_changed_is_told_in_one_sentence(made: tuple[Path, Path, Path], fault: str, capsys: pytest.CaptureFixture[str]) -> None:
    report, signature, key = made
    said = msgspec.json.decode(signature.read_bytes())
    match fault:
        case "report":
            report.write_bytes(PDF + b" ")
        case "incident":
            signature.write_bytes(msgspec.json.encode({**said, "incident": "INC-2"}))
        case "time":
            signature.write_bytes(msgspec.json.encode({**said, "at": "2026-01-01T00:00:00Z"}))
        case "digest":
            report.write_bytes(b"another")
            signature.write_bytes(msgspec.json.encode({**said, "sha256": hashlib.sha256(b"another").hexdigest()}))
        case "key":
            key.write_bytes(base64.b64encode(bytes(32)))
        case "garbage":
            signature.write_bytes(b"\xff\x00{")
        case _:
            signature.write_bytes(b" " * 100_000)
    with pytest.raises(ReportRefusedError):
        checked_report(report, signature, key)
    assert main(["verify-report", str(report), "--key", str(key)]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_file_that_is_not_there_says_nothing_of_the_report(
    made: tuple[Path, Path, Path], missing: int, capsys: pytest.CaptureFixture[str]
) -> None:
    made[missing].unlink()
    with pytest.raises(ReportUnreadableError):
        checked_report(*made)
    assert main(["verify-report", str(made[0]), "--key", str(made[2])]) == 2
    (sentence,) = capsys.readouterr().err.strip().splitlines()
    assert made[missing].name in sentence
