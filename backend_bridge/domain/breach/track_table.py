"""Tracks, targets and shapes as arrays of records: the state of the breach engine.

The kernels of `track_history`, `target_levels`, `pair_engine` and `zone_engine` read and change them in place; `breach_engine` owns and
grows them.
"""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.geometry import FRAME_WIDTH, SHAPE_WIDTH
from backend_bridge.domain.breach.track_model import (
    ROW_WIDTH,
)

HISTORY: Final = 144
"""Fixes kept a device, the newest by measurement: at least 30 min at one fix in 12.5 s."""
PLACES: Final = 180
"""Places kept of a device from before that, about one a minute: three hours, for where two people were when one of them is heard late."""
PLACE_AT, PLACE_LAT, PLACE_LON, PLACE_VAR = range(4)
"""Columns of such a place: when, where, variance per axis."""
PLACE_WIDTH: Final = 4
CHECKPOINTS: Final = 10
CHECKPOINT_EVERY: Final = 16
TRANSITIONS: Final = 16
EPISODES: Final = 8
SURE_SPANS: Final = 8
SHOWN, UNTIL_US, HIGHEST, TOLD = range(4)
"""Columns of an episode: from when until when fixes have shown it (an open one: the end of time), its highest level, its alarm's time."""
EPISODE_WIDTH: Final = 4

FIGURES_WIDTH: Final = 28
"""Figures of a crossing; `target_levels` names them."""

MEASURED_US, LAT_DEG, LON_DEG, ACCURACY_M, SPEED_MPS, COURSE_DEG, MOVING, SOURCE = range(8)
"""Columns of a fix in the history; NaN where not reported, −1 for `MOVING` and `SOURCE`."""
FIX_WIDTH: Final = 8
POST_LAT, POST_LON, POST_VX, POST_VY, POST_VAR, POST_VVAR, POST_DRIVE = range(7)
"""Columns of what was thought of the device after that fix: place, velocity, variance per axis of both, usual variance of velocity."""
POST_WIDTH: Final = 7

TRACK: Final[np.dtype[np.record]] = np.dtype(  # type: ignore[assignment]  # NumPy's stubs take a record for a void
    (
        np.record,
        [
            ("row", np.float64, (ROW_WIDTH,)),  # the filter after the newest fix
            ("frame", np.float64, (FRAME_WIDTH,)),  # the frame that the filter works in
            ("safe", np.float64, (3,)),  # x, y, radius of the circle in which nothing has to be looked at; radius −1 for none
            ("first", np.int64),  # the history holds fixes first ≤ i < end,
            ("end", np.int64),  # counted from 0 in the order of measurement
            ("n_checkpoints", np.int64),
            ("received_us", np.int64),  # of the newest fix by receipt, −1 before the first
            ("link", np.int64),  # first link to a target, −1 for none
            ("old", np.float64, (ROW_WIDTH,)),  # the filter after the newest received of the fixes that were older than the history,
            ("old_us", np.int64),  # when that was measured, −1 before the first,
            ("old_back", np.int64),  # and 1 where they come newest first
            ("n_places", np.int64),  # places kept so far
            ("past", np.int64),  # 1 where alarms about the past wait for the next fix in turn
            ("fixes", np.float64, (HISTORY, FIX_WIDTH)),  # fix i stands at i modulo HISTORY
            ("posts", np.float64, (HISTORY, POST_WIDTH)),  # likewise
            ("checkpoints", np.float64, (CHECKPOINTS, ROW_WIDTH)),  # filters before fix i, every 16th, at i / 16 modulo CHECKPOINTS
            ("checkpoint_at", np.int64, (CHECKPOINTS,)),  # before which fixes there is one, oldest first
            ("places", np.float64, (PLACES, PLACE_WIDTH)),  # place i stands at i modulo PLACES
        ],
    )
)
"""One device."""

TARGET: Final[np.dtype[np.record]] = np.dtype(  # type: ignore[assignment]  # likewise
    (
        np.record,
        [
            ("kind", np.int64),
            ("subject", np.int64),
            ("protected", np.int64),  # −1 for a zone
            ("shape", np.int64),  # −1 for a pair
            ("margin_m", np.float64),  # distance of a ring, width of a warning band
            ("force_first", np.int64),  # rows of its intervals
            ("force_end", np.int64),
            ("next_of_subject", np.int64),  # next link of the same device, −1 for none
            ("next_of_protected", np.int64),
            ("level", np.int64),  # what the fixes say
            ("said", np.int64),  # what the crossings have said; the same between two fixes
            ("closing_us", np.int64),  # of an approach: when its distance was last taken, −1 before the first,
            ("closing_m", np.float64),  # the distance then,
            ("closing_slow_mps", np.float64),  # and how fast it has been shrinking, over minutes
            ("closing_fast_mps", np.float64),  # and over a minute and a half
            ("inside_us", np.int64),  # of a standing alarm: the newest measured time at which its cause could not be excluded,
            ("surely_us", np.int64),  # at which it was sure,
            ("unsure_us", np.int64),  # at which it was not,
            ("unlikely_us", np.int64),  # and at which it was unlikely
            ("run_over_us", np.int64),  # when no sure fix had shown its cause for a while, for the first time since it was raised; −1
            ("again", np.int64),  # 1 where what stands may have to be said again, once its beginning holds still, and for how long it has
            ("begun_us", np.int64),  # the newest instant at which something began to stand, −1 before the first,
            ("begun", np.float64, (FIGURES_WIDTH,)),  # and the figures that it was decided by
            ("n_sure", np.int64),
            ("sure", np.int64, (SURE_SPANS, 3)),  # until then: first and last of sure fixes on end, the unsure one after them or −1
            ("closed_us", np.int64),  # when what stood was last ended without a fix: its window closed, its order ended; −1 for never
            ("over_us", np.int64),  # of a raised alarm about the past that may still grow: when its cause was over; −1 for none
            ("old_us", np.int64),  # the last fix older than the history that showed it, of a stay that may go on; −1 for none
            ("n_transitions", np.int64),
            ("transitions", np.int64, (TRANSITIONS, 2)),  # the newest changes: measured time, level from then on
            ("n_episodes", np.int64),
            ("episodes", np.int64, (EPISODES, EPISODE_WIDTH)),  # what was raised of late
        ],
    )
)
"""One target. A link is twice the target's number, plus 1 for the protected device."""


class Shapes(NamedTuple):
    """The shapes of all zones and the intervals of all targets."""

    rows: NDArray[np.float64]
    edges: NDArray[np.float64]
    force: NDArray[np.int64]


def byte_of(field: str) -> int:
    """Where a field of a track begins in it."""
    return int(TRACK.fields[field][1])  # type: ignore[index]  # a table of records has fields


def empty_tracks(n: int) -> NDArray[np.record]:
    """Room for n devices, all of it taken at once: written with zeros, not promised by the system and taken page by page over hours."""
    tracks = np.empty(n, TRACK)
    tracks.view(np.uint8).fill(0)
    tracks["safe"] = tracks["link"] = tracks["received_us"] = tracks["old_us"] = -1
    tracks["frame"] = np.nan
    return tracks


def empty_targets(n: int) -> NDArray[np.record]:
    """Room for n targets."""
    targets = np.zeros(n, TARGET)
    links = ("subject", "protected", "shape", "next_of_subject", "next_of_protected")
    for name in (*links, "closing_us", "run_over_us", "begun_us", "closed_us", "over_us", "old_us"):
        targets[name] = -1
    return targets


def brought_up(stored: NDArray[Any], empty: Callable[[int], NDArray[np.record]]) -> NDArray[np.record]:
    """A table as it was stored; where it has fields to get that came in since, a new one, in which they are as in an `empty` one.

    Raises `ValueError` where a field went or means something else: what was stored would be lost.
    """
    now = empty(0).dtype
    if stored.dtype.descr == now.descr:
        return stored.view(now)
    names = stored.dtype.names or ()
    if not names or any(name not in (now.names or ()) or now[name] != stored.dtype[name] for name in names):
        raise ValueError("a table that another version stored has other fields")
    made = empty(len(stored))
    for name in names:
        made[name] = stored[name]
    return made


def empty_shapes() -> Shapes:
    """No shapes, no intervals."""
    return Shapes(rows=np.zeros((0, SHAPE_WIDTH)), edges=np.zeros((0, 5)), force=np.zeros((0, 2), np.int64))
