"""Lives recorded runs with crashes, late batches, clock steps, partitions and floods again, and compares the logs byte by byte.

Each run is a simulated day of the whole bridge under faults. What its disk holds is written as a recording, opened, and lived again as
`bongsu-bridge replay` does. Example:
  python bench/replay_runs.py --runs 100 --hours 6
"""

import argparse
import multiprocessing
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "simulation"))

from sim_day import Faults, lived_day  # found by the line above

from backend_bridge.adapters.log_lines import entry_bytes
from backend_bridge.adapters.recording_file import RecordingFile
from backend_bridge.adapters.recording_manifest import Manifest
from backend_bridge.adapters.recording_write import write_recording
from backend_bridge.adapters.state_codec import decode
from backend_bridge.application.outcome import Taken
from backend_bridge.application.room_state import Room
from backend_bridge.bootstrap.recordings import lived_again
from backend_bridge.domain.watching.watch import Watch

KEY, SIGNING = bytes(32), bytes(range(32))
BAD = Faults(kills=3.0, partitions=3.0, clock_steps=2.0, floods=0.5, disk_losses=0.3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run and what living it again gave."""

    seed: int
    n_entries: int
    n_kills: int
    differs_at: int | None
    """The first line that is not the same; None for none."""


def one(seed: int, hours: float) -> Run:
    """Live a run, record it, live it again, compare."""
    bridge = lived_day(seed, hours, BAD)
    taken = [_taken(commit.body) for commit in bridge.disk]
    live = [
        entry_bytes(step.first_n + place, step.now_us, event)
        for step, commit in zip(taken, bridge.disk, strict=True)
        for place, event in enumerate(commit.events)
    ]
    again: list[bytes] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "run.bongsu"
        span = Manifest(from_us=taken[0].now_us, to_us=taken[-1].now_us + 1, cases=(), made_by="bench", made_us=taken[-1].now_us)
        write_recording(file, (KEY, SIGNING), Room(Watch.empty()), taken, span, lambda _: None)
        lived_again(RecordingFile(file, KEY), lambda line: again.append(line.rstrip(b"\n")))
    differs = next((place for place, (a, b) in enumerate(zip(live, again, strict=False)) if a != b), None)
    if differs is None and len(live) != len(again):
        differs = min(len(live), len(again))
    return Run(seed=seed, n_entries=len(live), n_kills=bridge.n_kills, differs_at=differs)


def _taken(body: bytes) -> Taken:
    taken, _ = decode(body)  # type: ignore[misc]  # written by the simulation's disk
    assert isinstance(taken, Taken)
    return taken


def main() -> int:
    """Run them; status 1 where a log is not the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--hours", type=float, default=2.0)
    parser.add_argument("--from", dest="first", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=None)
    given = parser.parse_args()
    began = time.perf_counter()
    with multiprocessing.Pool(given.processes) as pool:
        runs = list(pool.imap_unordered(partial(one, hours=given.hours), range(given.first, given.first + given.runs)))
    broken = [run for run in runs if run.differs_at is not None]
    for run in broken:
        print(f"seed {run.seed}: entry {run.differs_at} of {run.n_entries} is not the same")
    n_kills, n_entries, seconds = sum(run.n_kills for run in runs), sum(run.n_entries for run in runs), time.perf_counter() - began
    print(f"{len(runs)} runs of {given.hours:g} h with {n_kills} kills and {n_entries:,} entries in {seconds:.0f} s:")
    print(f"{len(runs) - len(broken)} lived again byte by byte the same, {len(broken)} not")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
