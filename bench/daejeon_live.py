"""The recorded day of ../shared played at sixty times its speed through a real gateway, bridge and desk link, and scored.

The bridge's clock is set so that the day happens on its own date: the truth and the schedules of the zones hold as they are.
Takes 24 minutes; `--speed 240` plays faster. Prints the score beside that of the frozen single-fix Gaussian on the same file.

    python bench/daejeon_live.py --shared ../shared
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from live_room import LiveBridge

LEAD_S = 40.0
"""Of the world: from the start of the bridge's clock to the first fix."""


def main() -> int:
    """Play, score, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--speed", type=float, default=60.0)
    given = parser.parse_args()
    data = given.shared / "data"
    fixes = data / "fixes" / "daejeon-day.parquet"
    table = pq.read_table(fixes, columns=["device", "measured_at", "device_seq"])
    first = table["measured_at"].to_numpy().min().astype("datetime64[us]").astype(np.int64)
    n_unique = len(set(zip(table["device"].to_pylist(), table["measured_at"].to_pylist(), table["device_seq"].to_pylist(), strict=True)))
    with tempfile.TemporaryDirectory(prefix="bongsu-bench-") as folder:
        n_stored, lines = _played(Path(folder), data, fixes, int(first), given.speed)
        alarms = Path(folder) / "alarms.jsonl"
        alarms.write_text("".join(line + "\n" for line in lines), encoding="utf8")
        print(f"fixes in the file {n_unique:,}, stored {n_stored:,}, each once")
        print("live:", _score(given.shared, alarms))
        gaussian = Path(folder) / "gaussian.jsonl"
        baseline = ["--cases", data / "cases" / "daejeon-cases.json", "--fixes", fixes, "--rule", "gaussian-single-fix", "--out", gaussian]
        subprocess.run([sys.executable, given.shared / "bench/breach/baselines.py", *map(str, baseline)], check=True, capture_output=True)
        print("single-fix Gaussian:", _score(given.shared, gaussian))
    return 0


def _played(folder: Path, data: Path, fixes: Path, first_us: int, speed: float) -> tuple[int, list[str]]:
    room = folder / "room"
    room.mkdir(mode=0o700)
    wall_us = time.time_ns() // 1000
    began_us = first_us - int(LEAD_S * speed * 1e6)
    # The clock shows wall + (wall − since) · (speed − 1): chosen so that it shows `began_us` now.
    (room / "fast-since").write_text(f"{wall_us - int((began_us - wall_us) / (speed - 1))}\n")
    bridge = LiveBridge(folder, n_cases=0, serve=["--clock-speed", f"{speed:g}"])
    bridge.shell("import-cases", str(data / "cases" / "daejeon-cases.json"))
    bridge.user("bench", "operator")
    desk = bridge.desk("bench-desk", "bench")
    key = folder / "gateway.key"
    key.touch(0o600)
    key.write_bytes(bridge.gateway_keys[1] + b"\n")
    events = data / "events" / "daejeon-day.jsonl"
    time.sleep(max(0.0, LEAD_S - 3.0 - (time.time_ns() // 1000 - wall_us) / 1e6))
    command = ["simulate", "--fixes", fixes, "--events", events, "--to", bridge.lanes, f"--server-key={bridge.server_key.decode()}"]
    command += ["--secret-key-file", key, "--speed", f"{speed:g}"]
    subprocess.run([sys.executable, "-m", "backend_bridge", *map(str, command)], check=True, stderr=subprocess.DEVNULL)
    n_stored = int(bridge.shell("fixes", "--count"))
    log = bridge.log()
    stored_first = json.loads(bridge.shell("fixes").splitlines()[0])["measured_at"]
    shift = datetime.fromtimestamp(first_us / 1e6, UTC) - datetime.fromisoformat(stored_first)
    print(f"the day began {-shift.total_seconds():.0f} s late by the bridge's clock; desk {'live' if desk else 'lost'} all along")
    bridge.stop()
    steps = [entry for entry in log if entry["event"] in {"raised", "upgraded", "cleared"} and entry["kind"] != "system"]
    return n_stored, [_moved(entry, shift) for entry in steps]


def _moved(entry: dict[str, object], shift: timedelta) -> str:
    """The alarm at the time of the file."""
    moved = {key: datetime.fromisoformat(str(entry[key])) + shift for key in ("happened_at", "known_at")}
    return json.dumps({**entry, **{key: at.isoformat().replace("+00:00", "Z") for key, at in moved.items()}})


def _score(shared: Path, alarms: Path) -> str:
    truth = ["--truth", shared / "data" / "cases" / "daejeon-truth.json", "--alarms", alarms]
    done = subprocess.run(
        [sys.executable, shared / "bench" / "daejeon_score.py", *map(str, truth)], capture_output=True, text=True, check=False
    )
    return re.sub(r"\n", "; ", done.stdout.strip())


if __name__ == "__main__":
    sys.exit(main())
