"""Kills the bridge at random moments while a gateway sends: python bench/kill_bridge.py [KILLS, default 1,000].

At the end every fix that was sent must be stored once, the log whole, and nothing changed. Prints how long restarts took.
"""

import json
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from steady_gateway import SteadyGateway, prepared  # puts the tests on the path

from bridge_nursery import Nursery  # isort: skip
from bridge_shell import Served, free_ports, shell  # isort: skip

PER_S, ROWS, DEVICES = 200.0, 20, 8
EARLY = 0.2
"""Share of the kills that come while the bridge is still starting."""
SLOWEST_S = 5.0
STILL_S = 120.0
"""A gateway of which nothing was acknowledged for so long is given up."""


def run(n_kills: int, seed: int = 20261123) -> list[str]:
    """What was broken; empty when every promise held."""
    rng = random.Random(seed)
    broken: list[str] = []
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bongsu-kills-") as place:
        folder = Path(place) / "room"
        keys = prepared(folder, DEVICES // 2)
        lane, desk = (f"tcp://127.0.0.1:{port}" for port in free_ports(2))
        gateway = SteadyGateway(lane, keys, Path(place) / "queue.db", n_devices=DEVICES, n_per_s=PER_S, rows=ROWS)
        gateway.start()
        with Nursery(folder, lane, desk) as bridges:
            took = killed(bridges, n_kills, rng)
        bridge = Served(folder, lane=lane)
        if not settled(gateway):
            broken.append("the gateway was not acknowledged after the last start")
        stored = [json.loads(line) for line in shell("fixes", "--data", folder).stdout.splitlines()]
        seen = {(fix["device"], fix["measured_at"], fix["device_seq"]) for fix in stored}
        if not len(stored) == len(seen) == gateway.sent:
            acked = gateway.n_settled * ROWS
            broken.append(f"of {gateway.sent} fixes {acked} were acknowledged, {len(stored)} are stored, {len(seen)} of them different")
        numbers = [json.loads(line)["n"] for line in shell("log", "--data", folder).stdout.splitlines()]
        if numbers != list(range(1, len(numbers) + 1)):
            broken.append("the log has a hole")
        if bridge.stop() != 0:
            broken.append("the bridge did not end well")
        if "all is as it was written" not in shell("verify", "--data", folder).stdout:
            broken.append("the store is not as it was written")
        passed, used = (sorted(column) for column in zip(*took, strict=True))
        late = sum(s > SLOWEST_S for s in passed)
        print(
            f"{n_kills:,} kills in {time.monotonic() - began:.0f} s, {n_kills - len(took):,} of them before the bridge was ready again; "
            f"{gateway.sent:,} fixes sent, {len(stored):,} stored; broken: {broken or 'nothing'}\n"
            f"ready after {passed[len(took) // 2]:.1f} s in the median, {passed[-1]:.1f} s at worst, {late} later than {SLOWEST_S:.0f} s; "
            f"of a processor's time {used[len(took) // 2]:.2f} s in the median, {used[-1]:.2f} s at worst; libraries loaded before, with "
            f"them {bridge.started_s:.1f} s"
        )
    return broken


def settled(gateway: SteadyGateway) -> bool:
    """Wait until everything that waits at the gateway is acknowledged, as long as it becomes less."""
    before = -1
    while before < gateway.n_settled:
        before = gateway.n_settled
        if gateway.finish(STILL_S):
            return True
    return False


def killed(bridges: Nursery, n_kills: int, rng: random.Random) -> list[tuple[float, float]]:
    """Kill as often, every fifth time while the bridge is still starting; how long the others took to be ready, by clock and processor."""
    took = []
    for _ in range(n_kills):
        bridges.begin()
        if rng.random() < EARLY:
            time.sleep(rng.uniform(0.0, 0.5))
        else:
            took.append(bridges.ready_after_s())
            time.sleep(rng.uniform(0.0, 1.0))
        assert bridges.end(signal.SIGKILL) == -signal.SIGKILL, "the bridge had ended by itself"
    return took


if __name__ == "__main__":
    sys.exit(1 if run(int(sys.argv[1]) if len(sys.argv) > 1 else 1000) else 0)
