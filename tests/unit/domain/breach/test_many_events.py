"""A late fix of somebody who went in and out of a hundred zones for hours: what there is no room for harms nothing else."""

import numpy as np
from walks_by import ALWAYS, ZONE, Seen, engine, told

from backend_bridge.domain.breach.breach_engine import Level, TargetKind
from backend_bridge.domain.breach.target_levels import NOTES_WIDTH
from backend_bridge.domain.breach.track_table import FIGURES_WIDTH
from backend_bridge.domain.breach.zone_engine import SPARE

N_ZONES = 100
EVERY_S = 121.0
"""Longer than an alarm stands without its cause, so that each fix changes the level of every zone."""


def test_more_events_than_there_is_room_for_harm_nothing_else() -> None:
    made, target = engine()
    targets = [target, *(made.watch_zone(0, TargetKind.EXCLUSION, ZONE, ALWAYS) for _ in range(N_ZONES - 1))]
    figures, notes = np.full((5 * SPARE, FIGURES_WIDTH), 7.0), np.full((5 * SPARE, NOTES_WIDTH), 7)
    made._figures, made._notes = figures[: 4 * SPARE], notes[: 4 * SPARE]
    in_and_out = [Seen(EVERY_S * k, -700.0 if k % 2 else 0.0, speed_mps=float("nan")) for k in range(143)]
    for fix in in_and_out:
        told(made, [fix])
    told(made, [Seen(EVERY_S * 9.5, -700.0, EVERY_S * 143)])
    assert (figures[4 * SPARE :] == 7.0).all()
    assert (notes[4 * SPARE :] == 7).all()
    for k, level in ((144, Level.OFF), (146, Level.RED)):
        told(made, [Seen(EVERY_S * k, 0.0 if level else -700.0, speed_mps=float("nan"))])
        assert {made.level(each) for each in targets} == {level}
