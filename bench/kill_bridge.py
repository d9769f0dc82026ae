"""Kills the bridge at random moments while a gateway sends: python bench/kill_bridge.py [KILLS, default 1,000].

At the end every fix that was acknowledged must be stored, none more than once, the log whole, and nothing changed; that is compared
also where a starved gateway still has fixes in its queue, which is said apart. Prints how long restarts took.
"""

import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from steady_gateway import SteadyGateway, prepared  # puts the tests on the path

from bridge_nursery import Nursery  # isort: skip
from bridge_shell import PROGRAM, ROOT, Served, free_ports  # isort: skip

PER_S, ROWS, DEVICES = 200.0, 20, 8
EARLY = 0.2
"""Share of the kills that come while the bridge is still starting."""
SLOWEST_S = 5.0
ENDS_WITHIN_S = 300.0
STILL_S = 120.0
"""A gateway of which nothing was acknowledged for so long is given up."""


def run(n_kills: int, seed: int = 20261123) -> list[str]:
    """What was broken; empty when every promise held."""
    rng = random.Random(seed)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bongsu-kills-") as place:
        folder = Path(place) / "room"
        keys = prepared(folder, DEVICES // 2)
        lane, desk = (f"tcp://127.0.0.1:{port}" for port in free_ports(2))
        gateway = SteadyGateway(lane, keys, Path(place) / "queue.db", n_devices=DEVICES, n_per_s=PER_S, rows=ROWS)
        gateway.start()
        with Nursery(folder, lane, desk) as bridges:
            took = killed(bridges, n_kills, rng)
        passed_s = time.monotonic() - began
        bridge = Served(folder, lane=lane)
        is_settled = settled(gateway)
        gateway.leave()
        broken = [] if is_settled else ["the gateway was not acknowledged after the last start"]
        broken += [*fixes_wrong(gateway, folder), *log_wrong(folder)]
        if bridge.stop(ENDS_WITHIN_S) != 0:
            broken.append("the bridge did not end well")
        if not any("all is as it was written" in line for line in printed("verify", folder)):
            broken.append("the store is not as it was written")
    tell(n_kills, took, passed_s)
    print(f"libraries loaded before, with them ready after {bridge.started_s:.1f} s; broken: {broken or 'nothing'}")
    return broken


def fixes_wrong(gateway: SteadyGateway, folder: Path) -> list[str]:
    """Compare what was acknowledged with what is stored, whether or not everything was; what does not fit."""
    seen = Counter(json.loads(line)["device_seq"] for line in printed("fixes", folder))
    acked = set(range(gateway.sent)) - gateway.waiting
    n_lost, n_double = len(acked - seen.keys()), sum(n > 1 for n in seen.values())
    n_unknown = len(seen.keys() - set(range(gateway.sent)))
    print(
        f"{gateway.sent:,} fixes sent, {len(acked):,} acknowledged, {len(gateway.waiting):,} still in the gateway's queue; "
        f"{seen.total():,} stored; acknowledged and not stored {n_lost:,}, stored more than once {n_double:,}, "
        f"never sent {n_unknown:,}, refused {gateway.n_rejected:,} messages"
    )
    wrong = []
    if n_lost or n_double or n_unknown or gateway.n_rejected:
        wrong.append(f"fixes: {n_lost} lost, {n_double} doubled, {n_unknown} made up, {gateway.n_rejected} messages refused")
    if not gateway.waiting and seen.total() != gateway.sent:
        wrong.append(f"{gateway.sent} fixes were sent and all settled, {seen.total()} are stored")
    return wrong


def log_wrong(folder: Path) -> list[str]:
    """What is wrong with the numbers of the log's entries."""
    numbers = [json.loads(line)["n"] for line in printed("log", folder)]
    return [] if numbers == list(range(1, len(numbers) + 1)) else ["the log has a hole"]


def printed(command: str, folder: Path) -> Iterator[str]:
    """The lines that a command prints, however long it takes: a thousand kills leave a million fixes."""
    arguments = [*PROGRAM, command, "--data", str(folder)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=ROOT) as program:
        assert program.stdout is not None
        yield from program.stdout


def tell(n_kills: int, took: list[tuple[float, float]], passed_s: float) -> None:
    """Print how long the restarts took."""
    if not took:
        print(f"{n_kills:,} kills in {passed_s:.0f} s, all of them before the bridge was ready again")
        return
    by_clock, used = (sorted(column) for column in zip(*took, strict=True))
    late, middle = sum(s > SLOWEST_S for s in by_clock), len(took) // 2
    print(
        f"{n_kills:,} kills in {passed_s:.0f} s, {n_kills - len(took):,} of them before the bridge was ready again; "
        f"ready after {by_clock[middle]:.1f} s in the median, {by_clock[-1]:.1f} s at worst, {late} later than {SLOWEST_S:.0f} s; "
        f"of a processor's time {used[middle]:.2f} s in the median, {used[-1]:.2f} s at worst"
    )


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
