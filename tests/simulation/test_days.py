"""Some simulated hours in the tests; `make simulate SEEDS=n` runs whole days. A seed that ever failed stays here for good."""

import pytest
from sim_day import Faults, run_day

ONCE_BROKEN: tuple[int, ...] = ()
DAYS_ONCE_BROKEN = (20010,)
"""Whole days as `make simulate` lives them: 20010 forgot messages by the time of steps that no restart knows of."""


@pytest.mark.parametrize("seed", [1, 2, 3, *ONCE_BROKEN])
def test_a_bad_day_keeps_every_promise(seed: int) -> None:
    result = run_day(seed, hours=3.0, faults=Faults(kills=3.0, partitions=3.0, clock_steps=2.0, floods=1.0, disk_losses=0.3))
    assert result.n_fixes > 900
    assert result.n_kills > 0
    assert result.n_alarms > 0
    assert result.n_reads > 0


@pytest.mark.parametrize("seed", DAYS_ONCE_BROKEN)
def test_a_day_that_broke_a_promise_once_keeps_every_one(seed: int) -> None:
    assert run_day(seed, faults=Faults(rest=0.7)).n_kills > 0


def test_a_quiet_day_stores_every_fix_once() -> None:
    quiet = Faults(loss=0, double=0, kills=0, partitions=0, clock_steps=0, floods=0, disk_losses=0, forgotten=0, poison=0)
    result = run_day(7, hours=1.0, faults=quiet)
    assert result.n_fixes >= 60 * 6


def test_the_same_seed_is_the_same_day() -> None:
    assert run_day(11, hours=0.5) == run_day(11, hours=0.5)
