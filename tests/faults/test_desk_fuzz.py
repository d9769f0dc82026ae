"""A short run of the fuzzer of commands and queries, a user of each role; `bench/fuzz_desk.py` makes a million of them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

from fuzz_desk import run

from backend_bridge.domain.user import Role


def test_made_up_commands_and_queries_crash_nothing_and_bring_out_nothing_of_a_case_without_an_alarm() -> None:
    n = 1000 * len(Role)
    found = run(n, seed=2, lives=1000)
    assert found.total() == n
    assert found["refused by the decoder"] > n / 5
    assert found["refused: not-allowed"] > n / 5
    assert found["queries answered"] > 100
    assert found["commands carried out"] > 50
