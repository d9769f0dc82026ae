"""Tracks that remember their last minutes only: enough to look at a room, and a tenth of what it takes to have all of it again."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.kernel import copy_floats, kernel
from backend_bridge.domain.breach.track_history import checkpoint_slot
from backend_bridge.domain.breach.track_model import MODE_WIDTH, N_MODES, W
from backend_bridge.domain.breach.track_table import (
    FIX_WIDTH,
    HISTORY,
    MEASURED_US,
    POST_VAR,
    POST_WIDTH,
)

Floats = NDArray[np.float64]
NEWEST_WIDTH: Final = FIX_WIDTH + POST_WIDTH


def newest_of(tracks: NDArray[np.record]) -> Floats:
    """(n, `NEWEST_WIDTH`): the newest fix of each device, and what was thought of it then; of one without a fix, anything."""
    at = np.arange(len(tracks)), (tracks["end"] - 1) % HISTORY
    return np.hstack([tracks["fixes"][at], tracks["posts"][at]])


@kernel
def shorten(tracks: NDArray[np.record], newest: Floats) -> None:
    """Let tracks, of which all but their last fixes is zero, remember those alone, and `newest` (see `newest_of`) where there are none.

    As tracks of devices that were first heard minutes ago: what comes too late for that is a fix older than all that is kept.
    """
    for i in range(len(tracks)):
        track = tracks[i]
        if track.end == track.first:
            continue
        last, first = (track.end - 1) % HISTORY, track.end - 1
        copy_floats(newest[i, :FIX_WIDTH], track.fixes[last])
        copy_floats(newest[i, FIX_WIDTH:], track.posts[last])
        while first > track.first and _is_there(track, (first - 1) % HISTORY):
            first -= 1
        track.first = first
        _keep_checkpoints_from(track, first)


@kernel
def _is_there(track: np.record, place: int) -> bool:
    """Whether a fix and what was thought then are there: neither its time nor that variance is ever zero.

    What was the same at that place a whole history before is not, for it has not changed.
    """
    return bool(track.fixes[place, MEASURED_US] != 0.0 and track.posts[place, POST_VAR] != 0.0)


@kernel
def _keep_checkpoints_from(track: np.record, first: int) -> None:
    """Forget the filters before fixes that are not there any more, and those that are not there themselves."""
    drop = 0
    for k in range(track.n_checkpoints):
        row = track.checkpoints[checkpoint_slot(track.checkpoint_at[k])]
        weights = 0.0
        for mode in range(N_MODES):
            weights += row[mode * MODE_WIDTH + W]
        if track.checkpoint_at[k] < first or weights == 0.0:
            drop = k + 1
    for k in range(drop, track.n_checkpoints):
        track.checkpoint_at[k - drop] = track.checkpoint_at[k]
    track.n_checkpoints -= drop
