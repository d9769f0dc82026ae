"""Some runs with crashes, late batches and clock steps, recorded and lived again; `bench/replay_runs.py` does a hundred."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

from replay_runs import one


@pytest.mark.parametrize("seed", [1000, 1001])
def test_a_recorded_run_lived_again_gives_the_same_log_byte_by_byte(seed: int) -> None:
    run = one(seed, hours=1.0)
    assert run.differs_at is None
    assert run.n_entries > 60
    assert run.n_kills > 0
