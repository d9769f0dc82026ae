"""At the shell: a case destroyed by two people, exports under a grant alone, ledgers as CSV."""

import csv
import io
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bridge_shell import log_of, shell
from desk_room import RawDesk
from live_bridge import PASSWORD, Gateway, LiveBridge, fixes_of, place_of

FROM, TO = "2026-01-01T00:00:00Z", "2040-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveBridge]:
    made = LiveBridge(tmp_path_factory.mktemp("destroy"))
    for name, role in (("kim", "operator"), ("park", "supervisor"), ("choi", "supervisor"), ("han", "supervisor")):
        made.user(name, role)
    yield made
    made.stop()


def as_user(bridge: LiveBridge, user: str, *arguments: object, status: int = 0, secret: str = PASSWORD) -> str:
    done = shell(*arguments, "--by", user, "--password-stdin", "--data", bridge.folder, status=status, stdin=secret + "\n")
    return done.stdout if status == 0 else done.stderr


def granted(bridge: LiveBridge, *fields: str) -> str:
    """A grant of kim's for the wearer of case 1, approved by two."""
    desk = bridge.desk(f"desk-{len(bridge.opened)}", "kim")
    now_us = int(datetime.now(UTC).timestamp() * 1e6)
    asked = {
        "name": "request-access", "person": "S-1", "case": "C-1", "purpose": "4-breach-investigation", "reason": "breach of the ban",
        "from_us": now_us - 3_600_000_000, "to_us": now_us + 3_600_000_000, "fields": list(fields),
    }  # fmt: skip
    request = done(desk, asked)["note"]
    for name in ("park", "choi"):
        decider = bridge.desk(f"{name}-{request}", name)
        note = done(decider, {"name": "decide-request", "request": request, "decision": "approve", "reason": "so"}).get("note")
    assert note
    return str(note)


def done(desk: RawDesk, command: dict[str, object]) -> dict[str, object]:
    desk.say({"t": "act", "id": 1, "do": command})
    answer = desk.hear("done", "no", timeout_s=15.0)
    assert answer["t"] == "done", answer
    return answer


def answered(desk: RawDesk, query: dict[str, object]) -> dict[str, object]:
    desk.say({"t": "ask", "id": 2, "of": query})
    return desk.hear("answer", "no", timeout_s=30.0)


def test_an_export_needs_a_grant_of_its_own_and_leaves_sealed_and_marked(bridge: LiveBridge, tmp_path: Path) -> None:
    gateway = Gateway(bridge)
    lat, lon = place_of(1)
    gateway.hand_in("P", fixes_of("ANK-1", [(lat + 0.1, lon)] * 20))
    grant = granted(bridge, "track", "export")
    track = ("export-track", "ANK-1", tmp_path / "track.csv", "--from", FROM, "--to", TO, "--recipient", "court")
    assert "password" in as_user(bridge, "kim", *track, "--grant", grant, status=2, secret="wrong password")
    assert "no access of that name" in as_user(bridge, "kim", *track, "--grant", "GRANT-99", status=2)
    assert "does not allow" in as_user(bridge, "park", *track, "--grant", grant, status=2)
    nowhere = (*track[:2], tmp_path / "none" / "track.csv", *track[3:])
    assert "cannot be written" in as_user(bridge, "kim", *nowhere, "--grant", grant, status=2)
    printed = as_user(bridge, "kim", *track, "--grant", grant)
    passphrase = printed.strip().splitlines()[-1]
    sealed = tmp_path / "track.csv.bongsu-export"
    assert str(lat + 0.1).encode() not in sealed.read_bytes()
    shell("open-export", sealed, "--out", tmp_path / "no", "--password-stdin", status=2, stdin="another\n")
    shell("open-export", sealed, "--out", tmp_path / "opened", "--password-stdin", stdin=passphrase + "\n")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "opened" / "track.csv").read_text())))
    assert rows
    assert all("kim" in row["watermark"] and "court" in row["watermark"] and "REQ-" in row["watermark"] for row in rows)
    manifest = json.loads((tmp_path / "opened" / "manifest.json").read_text())
    assert manifest["recipient"] == "court"
    assert set(manifest["files"]) == {"track.csv"}
    entries = log_of(bridge.folder)
    made = next(entry for entry in entries if entry["event"] == "export-made")
    read = next(entry for entry in entries if entry["event"] == "read" and entry["what"] == "export")
    assert read["n"] < made["n"]
    assert "EXP-1 of C-1 is out at court" in shell("destroy", "list", "--data", bridge.folder).stdout


def test_a_desk_is_handed_the_same_file_and_the_passphrase_apart(bridge: LiveBridge, tmp_path: Path) -> None:
    granted(bridge, "export")
    desk = bridge.desk("export-desk", "kim")
    query = {"name": "make-export", "case": "C-1", "person": "S-1", "from_us": 0, "to_us": 2**52, "form": "gpx", "recipient": "court"}
    assert answered(desk, {**query, "person": "V-1"})["code"] == "not-allowed"
    answer = answered(desk, query)
    passphrase, manifest = answer["texts"]
    (tmp_path / "x").write_bytes(answer["file"])
    shell("open-export", tmp_path / "x", "--out", tmp_path / "opened", "--password-stdin", stdin=passphrase + "\n")
    assert "court" in (tmp_path / "opened" / "track.gpx").read_text()
    assert json.loads(manifest)["n_fixes"] > 0


def test_ledgers_are_printed_as_csv_and_reading_them_is_in_the_log(bridge: LiveBridge, tmp_path: Path) -> None:
    period = ("--from", FROM, "--to", TO, "--data", bridge.folder)
    usage = rows_of(shell("ledger", "usage", *period).stdout)
    assert {"4-breach-investigation"} == {row["purpose"] for row in usage}
    register = rows_of(shell("ledger", "register", *period).stdout)
    assert (register[0]["state"], register[0]["decided_by"], register[0]["user"]) == ("approved", "park, choi", "kim")
    assert "EXP-1 (csv) to court" in register[0]["exports"]
    review = rows_of(shell("ledger", "review", *period).stdout)
    assert "kim" in {row["user"] for row in review}
    looks = rows_of(shell("ledger", "looks", "--of-user", "kim", "--person", "S-1", *period).stdout)
    assert "export" in {row["what"] for row in looks}
    subject = rows_of(shell("ledger", "subject", "--person", "V-1", *period).stdout)
    assert "name: CANARYNAME1" in {row["detail"] for row in subject}
    assert "'" not in {cell for row in (*usage, *register, *review, *looks, *subject) for cell in row.values()}
    shell("ledger", "usage", *period, "--out", tmp_path / "u.csv")
    assert (tmp_path / "u.csv").read_text(encoding="utf-8-sig").startswith("n,at,user")
    assert {"shell:ledger usage", "shell:ledger subject"} <= {str(entry.get("what")) for entry in log_of(bridge.folder)}


def test_a_case_is_destroyed_by_two_people_and_a_hold_stops_it(bridge: LiveBridge, tmp_path: Path) -> None:
    ask = ("destroy", "ask", "--case", "C-3", "--ground", "acquitted", "--reason", "final")
    assert "cannot be destroyed while its order holds" in as_user(bridge, "park", *ask, status=2)
    end = ("end-order", "C-3", "--at", said(), "--reason", "judgment 2026-123 is final")
    assert "once another supervisor confirms it" in as_user(bridge, "han", *end)
    assert "Nobody decides a request" in as_user(bridge, "han", *end, "--confirm", status=2)
    assert "compare it with the court's record" in as_user(bridge, "choi", *end, "--ground", "acquitted", "--confirm", status=2)
    assert "nothing is due" in as_user(bridge, "choi", *end, "--confirm")
    assert "DES-1" not in shell("destroy", "list", "--data", bridge.folder).stdout
    as_user(bridge, "han", *end, "--ground", "acquitted")
    assert "due for destruction" in as_user(bridge, "choi", *end, "--ground", "acquitted", "--confirm")
    plan = json.loads(shell("destroy", "plan", "--case", "C-3", "--data", bridge.folder).stdout)
    assert plan["versions"] == 1
    assert "DES-1 of C-3: due" in shell("destroy", "list", "--data", bridge.folder).stdout
    assert "DES-1 of C-3: waiting" in as_user(bridge, "park", *ask)
    decide = ("destroy", "approve", "DES-1", "--reason", "checked")
    assert "Nobody decides a request" in as_user(bridge, "park", *decide, status=2)
    as_user(bridge, "han", "destroy", "hold", "--case", "C-3", "--reason", "appeal", "--until", "2027-06-01T00:00:00Z")
    assert "legal hold" in as_user(bridge, "choi", *decide, status=2)
    as_user(bridge, "han", "destroy", "lift", "--case", "C-3", "--reason", "appeal withdrawn")
    copy = tmp_path / "copy.db"
    shell("backup", copy, "--data", bridge.folder)
    as_user(bridge, "choi", *decide)
    done_entry = entry_of(bridge, "destruction-done")
    assert (done_entry["case"], done_entry["n_files"], done_entry["n_unreached"]) == ("C-3", 1, 0)
    assert "DES-1" in shell("destroy", "certificate", "DES-1", "--data", bridge.folder).stdout
    nowhere = shell("destroy", "certificate", "DES-1", "--out", tmp_path / "none" / "x", "--data", bridge.folder, status=2).stderr
    assert "cannot be written" in nowhere
    assert "all is as it was written" in shell("verify", "--data", bridge.folder).stdout
    assert all(entry.get("case") != "C-3" or entry["event"] not in {"case-registered", "raised"} for entry in bridge.log())


def rows_of(printed: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(printed)))


def said() -> str:
    return (datetime.now(UTC) - timedelta(seconds=1)).isoformat().replace("+00:00", "Z")


def entry_of(bridge: LiveBridge, event: str, timeout_s: float = 60.0) -> dict[str, object]:
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        for entry in bridge.log():
            if entry["event"] == event:
                return entry
    raise AssertionError(f"no {event}")
