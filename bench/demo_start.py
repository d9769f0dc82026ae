"""How long after the start of `bongsu --demo` the first positions stand on the map, and how much memory its processes take.

`python bench/demo_start.py [RUNS]` prints each run and the median.
"""

import re
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from typing_extensions import override

ROOT = Path(__file__).parents[1]
LOOK_EVERY_S = 0.2
PARTS = (
    ("bridge", "backend_bridge serve"),
    ("gateway", "backend_bridge simulate "),
    ("desk", "desktop --demo"),
    ("map page", "type=renderer"),
)


class Memory(threading.Thread):
    """Watches the resident memory of the demonstration's processes, and keeps the most of each."""

    def __init__(self) -> None:
        super().__init__(name="memory")
        self.most_mib: dict[str, float] = {}
        self._ends = threading.Event()

    @override
    def run(self) -> None:
        """Look until told to end."""
        while not self._ends.wait(LOOK_EVERY_S):
            for part, mib in _parts():
                self.most_mib[part] = max(mib, self.most_mib.get(part, 0.0))

    def end(self) -> None:
        """Look no more."""
        self._ends.set()
        self.join()


def _parts() -> Iterator[tuple[str, float]]:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_text(errors="replace").replace("\0", " ")
            found = next((part for part, words in PARTS if words in command and "desktop.ends_with_parent" not in command), None)
            if found is not None:
                resident = re.search(r"VmRSS:\s+(\d+)", (process / "status").read_text())
                yield found, int(resident[1]) / 1024 if resident else 0.0
        except OSError:
            continue


def main() -> int:
    """Start the demonstration so many times; 1 where one did not come up."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    memory = Memory()
    memory.start()
    seconds = []
    with tempfile.TemporaryDirectory(prefix="bongsu-bench-") as folder:
        command = [sys.executable, "-m", "desktop", "--demo", "--language", "en", "--picture", f"{folder}/picture.png"]
        for _ in range(runs):
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            told = re.search(r"First positions on the map ([\d.]+) s", done.stdout)
            if done.returncode != 0 or told is None:
                print(done.stdout + done.stderr[-800:])
                memory.end()
                return 1
            seconds.append(float(told[1]))
    memory.end()
    print("first positions on the map: " + ", ".join(f"{one:.1f}" for one in seconds) + f" s; median {statistics.median(seconds):.1f} s")
    print("most memory: " + ", ".join(f"{part} {mib:.0f} MiB" for part, mib in memory.most_mib.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
