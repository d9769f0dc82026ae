"""Simulated days of the whole bridge under faults, one seed each; prints a failing seed, which belongs into the tests for good.

Example: python bench/simulate.py --seeds 100 --from 1
"""

import argparse
import multiprocessing
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "simulation"))

from sim_day import PromiseBroken, run_day  # found by the line above


def one(seed: int) -> tuple[int, str | None]:
    """Live one day; what broke, or None."""
    try:
        run_day(seed)
    except (PromiseBroken, AssertionError) as broken:
        return seed, str(broken) or type(broken).__name__
    return seed, None


def main() -> None:
    """Run the seeds on all processors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--from", dest="first", type=int, default=1)
    given = parser.parse_args()
    began = time.perf_counter()
    broken = []
    with multiprocessing.Pool() as pool:
        for seed, what in pool.imap_unordered(one, range(given.first, given.first + given.seeds)):
            if what is not None:
                broken.append(seed)
                print(f"seed {seed}: {what}", flush=True)
    seconds = time.perf_counter() - began
    print(f"{given.seeds} simulated days in {seconds:.0f} s, {len(broken)} with a broken promise: {sorted(broken)}")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
