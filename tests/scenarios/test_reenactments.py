"""Nobody who holds the original tracks finds the incident behind a re-enactment; the same attacks find every moved copy."""

import sys
from pathlib import Path

import numpy as np
from shared_folder import shared_folder

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
import reenact_attack

N = 10


def test_matching_and_home_inference_find_copies_and_no_re_enactments() -> None:
    originals = reenact_attack.incidents(shared_folder() / "data", N)
    assert len(originals) == N
    roads = reenact_attack.streets_of("bundled", reenact_attack.RESOURCES / "x", reenact_attack.RESOURCES)
    rng = np.random.default_rng(5)
    moved = [reenact_attack.turned(each.pursuit, rng) for each in originals]
    anew = [reenact_attack.reenacted(each, originals, roads, rng) for each in originals]
    for name in ("distance over time", "shape of both ways"):
        assert reenact_attack.top_1(moved, originals, reenact_attack.ATTACKS[name]) >= N - 1
    # By chance one of ten is right; five or more are in 0.2 % of tries of each reenact_attack.
    assert max(reenact_attack.top_1(anew, originals, each) for each in reenact_attack.ATTACKS.values()) <= 4
