"""Positions that are older than the law allows go for good when one person proposes and another approves it, and nothing else does."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from bridge_shell import log_of, served, shell

from backend_bridge.adapters import retention_rewrite
from backend_bridge.adapters.account_records import record_of
from backend_bridge.adapters.case_files import cases_of_text
from backend_bridge.adapters.certificates import is_genuine
from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.fix_archive import pieces_of_track, share_of
from backend_bridge.adapters.keys import store_key
from backend_bridge.adapters.passwords import Passwords
from backend_bridge.adapters.store_reads import StoredRecord
from backend_bridge.adapters.stored_fixes import Message, StoredFixes
from backend_bridge.adapters.user_accounts import NewAccount, added
from backend_bridge.application.inbox import ImportCases, Inbox, PutUser, ShellAct
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.commands import DecideDeletion, ProposeDeletion
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DestructionId, DeviceId, GatewayName, UserId
from backend_bridge.domain.quantities import MICROSECONDS

DAY_US = 86_400 * MICROSECONDS
N_OLD, N_NEW = 300, 200
PASSWORD = "a long enough secret"


def case(name: str, jurisdiction: str, device: str) -> dict[str, object]:
    now = datetime.now(UTC)
    dates = {"starts": (now - timedelta(days=400)).isoformat(), "ends": (now + timedelta(days=30)).isoformat()}
    return {
        "case": name,
        "jurisdiction": jurisdiction,
        "tier": "low",
        "subject": {"person": f"S-{name}", "device": device},
        "protected": [],
        "order": {"basis": "other", **dates},
        "zones": [{"zone": "Z1", "kind": "exclusion", "circle": {"lat": 10.0, "lon": 10.0, "radius_m": 100}}],
        "rings": [],
    }


def fixes_of(device: str, now_us: int, first_number: int) -> StoredFixes:
    """Three hundred fixes of two months ago and two hundred of today."""
    n = N_OLD + N_NEW
    row = np.arange(n)
    measured = np.where(row < N_OLD, now_us - 60 * DAY_US, now_us - DAY_US // 2) + row * MICROSECONDS
    batch = FixBatch(
        device_names=(DeviceId(device),),
        device=np.zeros(n, np.int32),
        measured_us=measured.astype(np.int64),
        lat_deg=np.full(n, 36.0),
        lon_deg=np.full(n, 127.0),
        accuracy_m=np.full(n, 8.0, np.float32),
        speed_mps=np.full(n, np.nan, np.float32),
        course_deg=np.full(n, np.nan, np.float32),
        moving=np.full(n, -1, np.int8),
        source=np.zeros(n, np.int8),
        device_seq=row.astype(np.uint64),
        has_device_seq=np.ones(n, np.bool_),
        received_us=measured.astype(np.int64),
    )
    message = Message(gateway=GatewayName("north"), lane=Lane.POSITIONS, epoch=1, seq=first_number)
    number = np.arange(first_number, first_number + n, dtype=np.int64)
    return StoredFixes(fixes=batch, messages=(message,), message=np.zeros(n, np.int32), number=number)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A room with a French and a Korean case, and another French one that is worn in a Korean case too."""
    place = tmp_path / "room"
    place.mkdir(mode=0o700)
    key = store_key(place, None).key
    cases = [case("FR-1", "FR", "ANK-1"), case("KR-1", "KR", "ANK-2"), case("FR-2", "FR", "ANK-3"), case("KR-2", "KR", "ANK-3")]
    now_us = int(datetime.now(UTC).timestamp() * 1e6)
    durable = DurableRoom.open(place, key, lambda: now_us)
    read = cases_of_text(json.dumps({"format": "bongsu-case/1", "cases": cases}), "cases.json")
    people = (
        ("park", "supervisor", "park"),
        ("choi", "supervisor", "choi"),
        ("park2", "administrator", "park"),
        ("kim", "operator", "kim"),
    )
    accounts = [added([], NewAccount(user=name, role=role, person=person), PASSWORD, Passwords()) for name, role, person in people]
    users = [PutUser(by=UserId("me"), user=one.user, person=one.person, role=one.role) for one in accounts]
    durable.step(Inbox(orders=(ImportCases(by=UserId("me"), cases=read), *users)), [record_of(one) for one in accounts])
    for index, device in enumerate(("ANK-1", "ANK-2", "ANK-3")):
        durable.adopt([], fixes_of(device, now_us, 1 + index * (N_OLD + N_NEW)), [])
    durable.write_snapshot()
    durable.close()
    return place


def by(folder: Path, user: str, *arguments: str, status: int = 0, secret: str = PASSWORD) -> str:
    """What `retention` says to somebody who gives a password."""
    given = ("retention", *arguments, "--by", user, "--password-stdin", "--data", folder)
    done = shell(*given, status=status, stdin=secret + "\n")
    return done.stdout if status == 0 else done.stderr


def approved(folder: Path, proposal: str) -> str:
    """Proposed by one, approved by another."""
    assert f"{proposal}:" in by(folder, "park", "--propose", "--reason", "month is over")
    return by(folder, "choi", "--approve", proposal, "--reason", "counted")


def counts(folder: Path) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in shell("fixes", "--data", folder).stdout.splitlines():
        device = json.loads(line)["device"]
        found[device] = found.get(device, 0) + 1
    return found


def test_a_dry_run_says_what_would_go_and_deletes_nothing(folder: Path) -> None:
    said = shell("retention", "--dry-run", "--data", folder).stdout
    assert "300 fixes of 1 devices" in said
    assert "nothing was deleted" in said
    assert counts(folder) == {"ANK-1": 500, "ANK-2": 500, "ANK-3": 500}


@pytest.mark.parametrize("through", ["no bridge", "a bridge"])
def test_what_is_too_old_goes_for_good_and_the_log_says_how_much(folder: Path, through: str) -> None:
    if through == "a bridge":
        with served(folder):
            said = approved(folder, "OLD-1")
    else:
        said = approved(folder, "OLD-1")
    assert "deleted: 300 fixes of 1 devices" in said
    assert counts(folder) == {"ANK-1": N_NEW, "ANK-2": 500, "ANK-3": 500}
    assert shell("fixes", "--count", "--data", folder).stdout.strip() == "1200"
    entries = {entry["event"]: entry for entry in log_of(folder)}
    assert (entries["retention-proposed"]["user"], entries["retention-decided"]["user"]) == ("park", "choi")
    assert (entries["retention-approved"]["n_devices"], entries["retention-approved"]["user"]) == (1, "choi")
    assert entries["retention-done"]["n_fixes"] == N_OLD
    shell("destroy", "certificate", "OLD-1", "--out", folder.parent / "OLD-1.json", "--data", folder)
    signed = (folder.parent / "OLD-1.json").read_bytes()
    document = json.loads(json.loads(signed)["certificate"])
    assert is_genuine(signed)
    assert hashlib.sha256(signed).hexdigest() == entries["retention-done"]["certificate"]
    assert (document["asked_by"], document["approved_by"], document["erased"]["fixes"]) == ("park", "choi", N_OLD)
    assert "CPP art. R. 631-11" in shell("destroy", "certificate", "OLD-1", "--data", folder).stdout
    assert "all is as it was written" in shell("verify", "--data", folder).stdout
    with served(folder):
        assert counts(folder) == {"ANK-1": N_NEW, "ANK-2": 500, "ANK-3": 500}
    assert "deleted: 0 fixes" in approved(folder, "OLD-2")


@pytest.mark.parametrize("has_tracks", [False, True])
def test_a_deletion_that_was_approved_before_a_crash_is_finished_after_it(folder: Path, *, has_tracks: bool) -> None:
    key, now_us = store_key(folder, None).key, int(datetime.now(UTC).timestamp() * 1e6)
    crashed = DurableRoom.open(folder, key, lambda: now_us)
    asked = ProposeDeletion(reason="month is over")
    decided = DecideDeletion(proposal=DestructionId("OLD-1"), approve=True, reason="counted")
    for by_whom, command in (("park", asked), ("choi", decided)):
        crashed.step(Inbox(orders=(ShellAct(by=UserId(by_whom), command=command),)))
    while has_tracks and not crashed.reader.tracks(str(share_of(DeviceId("ANK-1"))), 0, 2**62):
        time.sleep(0.01)  # the tracks are there and the ticks' own fixes still too: a restart makes the tracks once more
        crashed.step(Inbox())
    assert crashed.is_deleting
    crashed.close()
    again = DurableRoom.open(folder, key, lambda: now_us)
    until = time.monotonic() + 120
    while again.is_deleting and time.monotonic() < until:
        again.step(Inbox())
        time.sleep(0.01)
    assert not again.is_deleting
    again.write_snapshot()
    again.close()
    assert counts(folder) == {"ANK-1": N_NEW, "ANK-2": 500, "ANK-3": 500}
    entries = {entry["event"]: entry for entry in log_of(folder)}
    assert entries["retention-done"]["n_fixes"] == N_OLD
    assert shell("fixes", "--count", "--data", folder).stdout.strip() == "1200"
    last = DurableRoom.open(folder, key, lambda: now_us)
    assert not last.is_deleting
    last.close()
    assert "all is as it was written" in shell("verify", "--data", folder).stdout


def test_what_is_kept_of_a_case_that_is_destroyed_meanwhile_gets_no_new_key(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, now_us = store_key(folder, None).key, int(datetime.now(UTC).timestamp() * 1e6)
    durable = DurableRoom.open(folder, key, lambda: now_us)

    def destroyed_when_read(
        record: StoredRecord, open_part: Callable[[bytes], bytes | None]
    ) -> Iterator[tuple[tuple[str, int, bytes], StoredFixes]]:
        for piece in pieces_of_track(record, open_part):
            durable.keys.destroy(CaseId("FR-1"))
            yield piece

    monkeypatch.setattr(retention_rewrite, "pieces_of_track", destroyed_when_read)
    asked = ProposeDeletion(reason="month is over")
    decided = DecideDeletion(proposal=DestructionId("OLD-1"), approve=True, reason="counted")
    for by_whom, command in (("park", asked), ("choi", decided)):
        durable.step(Inbox(orders=(ShellAct(by=UserId(by_whom), command=command),)))
    while durable.is_deleting:
        durable.step(Inbox())
        time.sleep(0.01)  # what is written anew is made by a thread and a process beside
    assert "FR-1" not in durable.keys.cases()
    left = {device: len(durable.archive.read(DeviceId(device), 0, 2**62).fixes) for device in ("ANK-1", "ANK-2", "ANK-3")}
    durable.close()
    assert left == {"ANK-1": 0, "ANK-2": 500, "ANK-3": 500}
    assert "all is as it was written" in shell("verify", "--data", folder).stdout


def test_an_old_row_that_goes_without_an_approval_is_found(folder: Path) -> None:
    from sqlalchemy import text

    from backend_bridge.adapters.store_engine import open_engine

    approved(folder, "OLD-1")
    with open_engine(folder, store_key(folder, None).key).begin() as connection:
        connection.execute(text("UPDATE records SET body = NULL WHERE kind = 'rest'"))
    assert "are missing" in shell("verify", "--data", folder, status=1).stdout
