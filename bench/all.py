"""`make bench`: the figures of the README and docs/figures.md, each by its own program, one after another, with the machine named.

python bench/all.py            about ten minutes
python bench/all.py --long     the everyday load as long as it is promised (5 min), and the recorded day at 60 times its speed (24 min)
"""

import argparse
import os
import platform
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Run all; 1 where one of them failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long", action="store_true")
    given = parser.parse_args()
    print(f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, {time.strftime('%Y-%m-%d')}", flush=True)
    shared = ROOT.parent / "shared"
    programs = [
        ("Start of the demo", ["bench/demo_start.py"]),
        ("Everyday load, 400 fixes/s", ["bench/desk_latency.py", "300" if given.long else "60", "400"]),
        ("Everyday load, 2,000 fixes/s", ["bench/desk_latency.py", "60", "2000"]),
        ("Map frames without a graphics card", ["bench/map_frames.py", *([] if given.long else ["--quick"])]),
        ("Decoding on one core", ["bench/decode.py"]),
        ("Throughput over TCP with CURVE, durable, decided", ["bench/throughput.py"]),
        ("Alarms of ordinary days", ["bench/ordinary_days.py", "--days", "1"]),
    ]
    if (shared / "data").is_dir():
        programs.append(("The recorded day, played", ["bench/daejeon_live.py", "--speed", "60" if given.long else "480"]))
    failed = [title for title, command in programs if not _run(title, command)]
    if failed:
        print("\nFailed: " + ", ".join(failed))
    return 1 if failed else 0


def _run(title: str, command: list[str]) -> bool:
    print(f"\n## {title}", flush=True)
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    print(done.stdout.strip(), flush=True)
    if done.returncode != 0:
        print(done.stderr.strip()[-800:], flush=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"(largest process so far: {peak:.0f} MiB)", flush=True)
    return done.returncode == 0


def _processor() -> str:
    try:
        found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf8"))
    except OSError:
        found = None
    return found[1] if found else platform.machine()


if __name__ == "__main__":
    sys.exit(main())
