"""A short run of the fuzzer of the lanes' decoders; `bench/fuzz_lane.py` runs a million messages."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

from fuzz_lane import fuzz


def test_thousands_of_broken_messages_crash_nothing_and_are_seen_alike_by_both_readers() -> None:
    found = fuzz(4000, seed=1)
    assert found.total() == 4000
    assert found["malformed"] > 1000
