"""Simulated days of the whole bridge under faults, one seed each; prints a failing seed, which belongs into the tests for good.

Example: python bench/simulate.py --seeds 100 --from 1
         python bench/simulate.py --seeds 1000 --minutes 30    as many of them as fit
         python bench/simulate.py --seeds 10 --on-disk         with the real store, whose last write each power cut tears
"""

import argparse
import gc
import multiprocessing
import sys
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "simulation"))

from sim_bridge import SimulatedBridge  # found by the line above
from sim_day import Faults, PromiseBroken, run_day
from sim_durable import DurableBridge

from backend_bridge.bootstrap.warm import warm_up

RESTING = 0.7
"""Most hours of a day devices lie still, and speak every three minutes."""


class Lived(NamedTuple):
    """A day that was lived; what broke, or None; the processor time that it took."""

    seed: int
    broken: str | None
    n_kills: int
    processor_s: float


def one(seed: int, kind: type[SimulatedBridge]) -> Lived:
    """Live one day."""
    began = time.process_time()
    try:
        n_kills, broken = run_day(seed, faults=Faults(rest=RESTING), kind=kind).n_kills, None
    except (PromiseBroken, AssertionError) as failed:
        n_kills, broken = 0, str(failed) or type(failed).__name__
    return Lived(seed, broken, n_kills, time.process_time() - began)


def main() -> None:
    """Run the seeds on all processors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--from", dest="first", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="end after so long")
    parser.add_argument("--processes", type=int, help="as many as there are processors without it")
    parser.add_argument("--on-disk", action="store_true", help="with the real store, and the power cut in the midst of writes")
    given = parser.parse_args()
    began = time.perf_counter()
    lived = []
    # As a bridge does before it is ready; the processes that are forked now have it too.
    warm_up()
    gc.freeze()
    with multiprocessing.Pool(given.processes) as pool:
        lives = partial(one, kind=DurableBridge if given.on_disk else SimulatedBridge)
        for day in pool.imap_unordered(lives, range(given.first, given.first + given.seeds)):
            lived.append(day)
            if day.broken is not None:
                print(f"seed {day.seed}: {day.broken}", flush=True)
            if time.perf_counter() - began > given.minutes * 60:
                pool.terminate()
                break
    broken = sorted(day.seed for day in lived if day.broken is not None)
    print(
        f"{len(lived):,} simulated days with {sum(day.n_kills for day in lived):,} kills in {time.perf_counter() - began:.0f} s, "
        f"{sum(day.processor_s for day in lived) / len(lived):.1f} s of processor time a day; broken promises: {broken or 'none'}"
    )
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
