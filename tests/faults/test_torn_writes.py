"""A few power cuts in the middle of a write; `bench/torn_writes.py` makes hundreds."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

from torn_writes import run


def test_whatever_was_being_written_when_the_power_went_all_that_was_acked_is_there() -> None:
    assert run(4, seed=7) == []
