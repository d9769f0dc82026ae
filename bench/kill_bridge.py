"""Kills the bridge at random moments while a gateway sends: python bench/kill_bridge.py [KILLS, default 1,000].

At the end every fix that was sent must be stored once, the log whole, and nothing changed. Prints how long restarts took.
"""

import json
import random
import sys
import tempfile
import time
from pathlib import Path

from steady_gateway import SteadyGateway, prepared  # puts the tests on the path

from bridge_shell import Served, shell  # isort: skip

PER_S, ROWS, DEVICES = 200.0, 20, 8
SLOWEST_S = 5.0


def run(n_kills: int, seed: int = 20261123) -> list[str]:
    """What was broken; empty when every promise held."""
    rng = random.Random(seed)
    broken: list[str] = []
    with tempfile.TemporaryDirectory(prefix="bongsu-kills-") as place:
        folder = Path(place) / "room"
        keys = prepared(folder, DEVICES // 2)
        bridge = Served(folder)
        gateway = SteadyGateway(bridge.lane, keys, Path(place) / "queue.db", n_devices=DEVICES, n_per_s=PER_S, rows=ROWS)
        gateway.start()
        took = []
        for _ in range(n_kills):
            time.sleep(rng.uniform(0.0, 1.5))
            bridge.kill()
            bridge = Served(folder, lane=bridge.lane)
            took.append(bridge.started_s)
        if not gateway.finish(120.0):
            broken.append("the gateway was not acknowledged in two minutes after the last start")
        stored = [json.loads(line) for line in shell("fixes", "--data", folder).stdout.splitlines()]
        seen = {(fix["device"], fix["measured_at"], fix["device_seq"]) for fix in stored}
        if not len(stored) == len(seen) == gateway.sent:
            broken.append(f"{gateway.sent} fixes were sent, {len(stored)} are stored, {len(seen)} of them different")
        numbers = [json.loads(line)["n"] for line in shell("log", "--data", folder).stdout.splitlines()]
        if numbers != list(range(1, len(numbers) + 1)):
            broken.append("the log has a hole")
        if bridge.stop() != 0:
            broken.append("the bridge did not end well")
        if "all is as it was written" not in shell("verify", "--data", folder).stdout:
            broken.append("the store is not as it was written")
        took.sort()
        late = sum(s > SLOWEST_S for s in took)
        print(
            f"{n_kills:,} kills, {gateway.sent:,} fixes sent, {len(stored):,} stored; ready after {took[len(took) // 2]:.1f} s in the "
            f"median, {took[-1]:.1f} s at worst, {late} later than {SLOWEST_S:.0f} s; broken: {broken or 'nothing'}"
        )
    return broken


if __name__ == "__main__":
    sys.exit(1 if run(int(sys.argv[1]) if len(sys.argv) > 1 else 1000) else 0)
