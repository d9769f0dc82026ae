"""The bridge is killed while a gateway sends: nothing that was taken is lost, nothing is there twice, the log is whole."""

import json
import subprocess
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from bridge_shell import PROGRAM, ROOT, Served, case_document, case_file, log_of, shell

N_DEVICES = 4
N_EACH = 400
SPEED = 150


def recording(path: Path) -> int:
    """Two pairs, a fix each 10 s, walking in and out of their zones."""
    n = N_DEVICES * N_EACH
    row = np.arange(n)
    device = row % N_DEVICES
    measured = 1_767_225_600_000_000 + (row // N_DEVICES) * 10_000_000 + device * 1000
    number = device // 2 + 1
    away = 0.01 * np.sin(row / 150)
    times = pa.timestamp("us", tz="UTC")
    table = pa.table(
        {
            "device": pa.array([f"{'ANK' if d % 2 == 0 else 'VIC'}-{k}" for d, k in zip(device, number, strict=True)]),
            "measured_at": pa.array(measured, times),
            "lat": pa.array(36.30 + number / 50 + np.where(device % 2 == 0, away, 0.02)),
            "lon": pa.array(np.full(n, 127.39)),
            "accuracy_m": pa.array(np.full(n, 8.0), pa.float32()),
            "device_seq": pa.array(row, pa.uint64()),
            "received_at": pa.array(measured + 500_000, times),
        }
    )
    pq.write_table(table, path)
    return n


@pytest.mark.timeout(900)  # four starts of a bridge and a dozen commands, each of which loads its libraries
def test_killed_three_times_it_has_every_fix_once_and_goes_on_with_its_alarms(tmp_path: Path) -> None:
    folder, key = tmp_path / "room", tmp_path / "g.key"
    n = recording(tmp_path / "fixes.parquet")
    shell("import-cases", case_file(tmp_path, case_document(1), case_document(2)), "--data", folder)
    public = shell("keygen", key).stdout.strip()
    enrolled = shell("enrol-gateway", "north", "--public-key", public, "--devices", "ANK-*,VIC-*", "--data", folder)
    bridge = Served(folder, "--clock-speed", SPEED)
    lane = bridge.lane
    gateway = subprocess.Popen(
        [
            *(*PROGRAM, "simulate", "--fixes", str(tmp_path / "fixes.parquet"), "--to", lane, "--speed", str(SPEED)),
            *("--server-key", enrolled.stdout.splitlines()[-1], "--secret-key-file", str(key)),
        ],
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    open_before: set[str] = set()
    for reached in (200, 500, 900):
        _await_fixes(folder, reached)
        bridge.kill()
        open_before = _open_alarms(log_of(folder))
        bridge = Served(folder, "--clock-speed", SPEED, lane=lane)
    try:
        _, said = gateway.communicate(timeout=300)
        assert gateway.returncode == 0, said
        stored = [json.loads(line) for line in shell("fixes", "--data", folder).stdout.splitlines()]
        keys = [(fix["device"], fix["measured_at"], fix["device_seq"]) for fix in stored]
        assert len(set(keys)) == len(keys) == n
        entries = log_of(folder)
        assert [entry["n"] for entry in entries] == list(range(1, len(entries) + 1))
        assert open_before <= {str(entry["alarm"]) for entry in entries if "alarm" in entry}
        assert sum(entry["event"] == "raised" and entry["kind"] == "exclusion-zone" for entry in entries) >= 2
        assert "all is as it was written" in shell("verify", "--data", folder).stdout
    finally:
        gateway.kill()
        assert bridge.stop() == 0


def _await_fixes(folder: Path, reached: int) -> None:
    until = time.monotonic() + 150
    while _count(folder) < reached:
        assert time.monotonic() < until, "no fixes come"
        time.sleep(0.3)  # each look is a process of its own, and takes a processor away from what it waits for


def _count(folder: Path) -> int:
    return int(shell("fixes", "--count", "--data", folder).stdout)


def _open_alarms(entries: list[dict[str, object]]) -> set[str]:
    state = {str(entry["alarm"]): entry["event"] for entry in entries if entry["event"] in ("raised", "upgraded", "cleared")}
    return {alarm for alarm, event in state.items() if event != "cleared"}
