"""`make faults`: the long runs of what the tests do briefly: simulated days, a million hostile messages, kills, attacks, a soak.

python bench/faults.py                 about two hours
python bench/faults.py --only kills --kills 1000
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Run what was chosen; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("days", "lanes", "desks", "kills", "attacks"))
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=1000)
    given = parser.parse_args()
    runs = {
        "days": [["bench/simulate.py", "--seeds", str(given.seeds)]],
        "lanes": [["bench/fuzz_lane.py", "1000000"]],
        "desks": [["bench/hostile_desk.py", "1000000"]],
        "kills": [["-m", "pytest", "-q", "tests/faults/test_kill_bridge.py"]] * (given.kills // 3),
        "attacks": [["-m", "pytest", "-q", "tests/faults"]],
    }
    broken = 0
    for name, commands in runs.items():
        if given.only in (None, name):
            broken += _run(name, commands)
    return 1 if broken else 0


def _run(name: str, commands: list[list[str]]) -> int:
    began, failed, last = time.monotonic(), 0, ""
    for command in commands:
        done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
        lines = done.stdout.strip().splitlines()
        last = lines[-1] if lines else ""
        if done.returncode != 0:
            failed += 1
            print(done.stdout[-2000:], done.stderr[-500:], sep="\n", flush=True)
    print(f"{name}: {len(commands)} runs in {time.monotonic() - began:.0f} s, {failed} failed; {last}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
