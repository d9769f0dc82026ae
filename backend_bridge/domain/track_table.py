"""Tracks and targets as arrays: the state of the breach engine, one row a device, a target, a shape.

The kernels of `track_history` and `zone_engine` read and change these arrays in place; `breach_engine` owns and grows them.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.geometry import FRAME_WIDTH, SHAPE_WIDTH
from backend_bridge.domain.track_filter import ROW_WIDTH

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Smalls = NDArray[np.int32]
Bytes = NDArray[np.int8]

HISTORY: Final = 144
"""Fixes kept a device, the newest by measurement: at least 30 min at one fix in 12.5 s."""
CHECKPOINTS: Final = 10
CHECKPOINT_EVERY: Final = 16
TRANSITIONS: Final = 16
EPISODES: Final = 8

MEASURED_US, LAT_DEG, LON_DEG, ACCURACY_M, SPEED_MPS, COURSE_DEG, MOVING, SOURCE = range(8)
"""Columns of a fix in the history; NaN where not reported, −1 for `MOVING` and `SOURCE`."""
FIX_WIDTH: Final = 8

POST_LAT, POST_LON, POST_VX, POST_VY, POST_VAR, POST_VVAR, POST_DRIVE = range(7)
"""Columns of what was thought of the device after that fix: place, velocity, variance per axis of both, usual variance of velocity."""
POST_WIDTH: Final = 7


class Tracks(NamedTuple):
    """One row a device."""

    rows: Floats
    """(n, ROW_WIDTH): the filter after the newest fix."""
    frames: Floats
    """(n, FRAME_WIDTH): the frame that the filter works in."""
    safe: Floats
    """(n, 3): x, y and radius of the circle in which nothing has to be looked at; radius −1 for none."""
    history: Floats
    """(n, HISTORY, FIX_WIDTH): fix i (counted from 0, by measurement) stands at i modulo HISTORY."""
    posts: Floats
    """(n, HISTORY, POST_WIDTH), likewise."""
    first: Ints
    end: Ints
    """(n,): the history holds fixes `first` ≤ i < `end`."""
    checkpoints: Floats
    """(n, CHECKPOINTS, ROW_WIDTH): filters before some fix, oldest first."""
    checkpoint_at: Ints
    """(n, CHECKPOINTS): before which fix."""
    n_checkpoints: Ints
    links: Smalls
    """(n,): first of the device's links, −1 for none."""
    received_us: Ints
    interval_s: Floats
    """(n,): smoothed time between fixes, NaN before the second."""


class Targets(NamedTuple):
    """One row a target; `link_*` two rows a target (subject, protected), chains of a device's targets."""

    kind: Bytes
    subject: Smalls
    protected: Smalls
    shape: Smalls
    margin_m: Floats
    """Distance of a ring, width of a warning band."""
    force_first: Ints
    force_end: Ints
    """Rows of the intervals."""
    level: Bytes
    """What the fixes say."""
    said: Bytes
    """What the crossings have said; the same between two fixes."""
    log_us: Ints
    log_level: Bytes
    """(n, TRANSITIONS): the newest changes of the level by measured time, and what it changed to."""
    log_n: Ints
    episode_from: Ints
    episode_to: Ints
    episode_level: Bytes
    """(n, EPISODES): what was raised of late, by measured time; an open one ends at the end of time."""
    episode_n: Ints
    link_target: Smalls
    link_next: Smalls


class Shapes(NamedTuple):
    """The shapes of all zones and the intervals of all targets."""

    rows: Floats
    edges: Floats
    force: Ints


def empty_tracks(n: int) -> Tracks:
    """Room for n devices."""
    return Tracks(
        rows=np.zeros((n, ROW_WIDTH)),
        frames=np.full((n, FRAME_WIDTH), np.nan),
        safe=np.full((n, 3), -1.0),
        history=np.zeros((n, HISTORY, FIX_WIDTH)),
        posts=np.zeros((n, HISTORY, POST_WIDTH)),
        first=np.zeros(n, np.int64),
        end=np.zeros(n, np.int64),
        checkpoints=np.zeros((n, CHECKPOINTS, ROW_WIDTH)),
        checkpoint_at=np.zeros((n, CHECKPOINTS), np.int64),
        n_checkpoints=np.zeros(n, np.int64),
        links=np.full(n, -1, np.int32),
        received_us=np.full(n, -1, np.int64),
        interval_s=np.full(n, np.nan),
    )


def empty_targets(n: int) -> Targets:
    """Room for n targets."""
    return Targets(
        kind=np.zeros(n, np.int8),
        subject=np.full(n, -1, np.int32),
        protected=np.full(n, -1, np.int32),
        shape=np.full(n, -1, np.int32),
        margin_m=np.zeros(n),
        force_first=np.zeros(n, np.int64),
        force_end=np.zeros(n, np.int64),
        level=np.zeros(n, np.int8),
        said=np.zeros(n, np.int8),
        log_us=np.zeros((n, TRANSITIONS), np.int64),
        log_level=np.zeros((n, TRANSITIONS), np.int8),
        log_n=np.zeros(n, np.int64),
        episode_from=np.zeros((n, EPISODES), np.int64),
        episode_to=np.zeros((n, EPISODES), np.int64),
        episode_level=np.zeros((n, EPISODES), np.int8),
        episode_n=np.zeros(n, np.int64),
        link_target=np.full(2 * n, -1, np.int32),
        link_next=np.full(2 * n, -1, np.int32),
    )


def empty_shapes() -> Shapes:
    """No shapes, no intervals."""
    return Shapes(rows=np.zeros((0, SHAPE_WIDTH)), edges=np.zeros((0, 5)), force=np.zeros((0, 2), np.int64))


Table = TypeVar("Table", Tracks, Targets, Shapes)


def grown(table: Table, more: Table) -> Table:
    """A table with room for as many more rows as `more` has."""
    return type(table)(*(np.concatenate([old, new]) for old, new in zip(table, more, strict=True)))


def restored(like: Table, parts: Mapping[str, NDArray[np.generic]], name: str) -> Table:
    """The table whose arrays are kept in `parts` under «name.field»."""
    return type(like)(*(parts[f"{name}.{field}"].astype(old.dtype) for field, old in zip(like._fields, like, strict=True)))
