"""`make faults`: the long runs of what the tests do briefly; what each says, and one table of all at the end.

python bench/faults.py                          everything as it must be shown, several hours
python bench/faults.py --short                  the same, in some minutes (`make faults SHORT=1`)
python bench/faults.py --only kills --n 1000    one of them, as many times as wanted
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]


class Run(NamedTuple):
    """One kind of run: its program, how often it is done, and how often in short."""

    command: tuple[str, ...]
    n: int
    short: int
    what: str
    headline: int = 0
    """Which of its lines the table repeats."""
    brief: tuple[str, ...] = ()
    """The program in short, where the whole takes long however few of it are wanted."""


PYTEST = ("-m", "pytest", "-q", "--timeout=0")
STEPS = "BONGSU_GRANT_STEPS"
"""How many acts the walk over requests and grants is told to make."""

RUNS = {
    "days": Run(("bench/simulate.py", "--seeds"), 1000, 10, "simulated days under all faults at once", -1),
    "kills": Run(("bench/kill_bridge.py",), 1000, 5, "kill -9 at random moments, with a gateway that sends"),
    "torn": Run(("bench/torn_writes.py",), 1000, 10, "power cuts in the middle of a write"),
    "lanes": Run(("bench/fuzz_lane.py",), 1_000_000, 5_000, "messages through the lanes' decoders"),
    "port": Run(("bench/fuzz_port.py",), 1_000_000, 5_000, "messages and raw bytes on the gateways' port"),
    "desks": Run(("bench/hostile_desk.py",), 1_000_000, 5_000, "things a desk should not say"),
    "room": Run(("bench/fuzz_desk.py",), 1_000_000, 20_000, "commands and queries of a hostile desk straight into the room"),
    "grants": Run(
        (*PYTEST, "tests/unit/domain/access/test_grant_laws.py"), 100_000, 4_000, "acts of people who ask, grant, look and crash", -1
    ),
    "recorded": Run(("bench/recorded_run.py",), 20, 1, "rounds of which everything that left is looked up in the log"),
    "verify": Run(("bench/verify_large.py",), 1_000_000, 20_000, "entries verified"),
    "flood": Run(("bench/flooder.py",), 30, 8, "seconds each of a quiet gateway alone and beside floods", -1),
    "soak": Run(("bench/soak.py",), 60, 2, "minutes at 2,000 fixes/s", -1),
    "attacks": Run(
        (*PYTEST, "tests/faults", "tests/integration/test_canaries.py"),
        1,
        1,
        "times strangers, floods, canaries",
        -1,
        (*PYTEST, "tests/faults/test_lane_attack.py", "tests/integration/test_canaries.py"),
    ),
}


class Done(NamedTuple):
    """What became of a run: how many, in how many seconds, whether every promise held, and its headline."""

    name: str
    n: int
    passed_s: float
    is_kept: bool
    said: str


def main() -> int:
    """Run what was chosen; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=tuple(RUNS))
    parser.add_argument("--short", action="store_true", help="a few of each")
    parser.add_argument("--n", type=int, help="how many, with --only")
    given = parser.parse_args()
    done = []
    for name, run in RUNS.items():
        if given.only in (None, name):
            chosen = run._replace(n=run.short, command=run.brief or run.command) if given.short else run
            done.append(_done(name, chosen, given.n or chosen.n))
    print("\n".join(_table(done)))
    broken = [one.name for one in done if not one.is_kept]
    print(f"broken: {', '.join(broken) or 'nothing'}")
    return 1 if broken else 0


def _done(name: str, run: Run, n: int) -> Done:
    began = time.monotonic()
    is_counted = run.command[: len(PYTEST)] != PYTEST
    command = [sys.executable, *run.command, *([str(n)] if is_counted else [])]
    counts = {} if is_counted or n == 1 else {STEPS: str(n)}
    print(f"{name}: {n:,} {run.what} …", flush=True)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ | counts)
    lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    for line in lines[-4:] if done.returncode == 0 else [*lines[-30:], done.stderr[-1000:]]:
        print(f"  {line}", flush=True)
    return Done(name, n, time.monotonic() - began, done.returncode == 0, lines[run.headline] if lines else f"status {done.returncode}")


def _table(done: list[Done]) -> list[str]:
    """All runs, a line each, as docs/figures.md writes tables."""
    rows = [
        f"| {one.name} | {one.n:,} {RUNS[one.name].what} | {one.passed_s:,.0f} s | {'kept' if one.is_kept else 'BROKEN'} | {one.said} |"
        for one in done
    ]
    return ["", "| run | what | took | promises | said |", "|---|---|---|---|---|", *rows, ""]


if __name__ == "__main__":
    sys.exit(main())
