"""The last half hour of a track: fixes in the order of measurement, and going back to put a late one where it belongs."""

from math import isnan, sqrt
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from backend_bridge.domain.exact_math import DEG, sin_cos
from backend_bridge.domain.geometry import LAT, LON, PER_LAT, PER_LON, east_m, north_m, set_frame
from backend_bridge.domain.track_filter import (
    MODE_WIDTH,
    N_MODES,
    N_MOTIONS,
    PP,
    PX,
    PY,
    RIDE,
    RIDE_MPS,
    VV,
    VX,
    VY,
    WALK,
    WALK_MPS,
    W,
    begin,
    take_fix,
)
from backend_bridge.domain.track_table import (
    ACCURACY_M,
    CHECKPOINT_EVERY,
    CHECKPOINTS,
    COURSE_DEG,
    FIX_WIDTH,
    HISTORY,
    LAT_DEG,
    LON_DEG,
    MEASURED_US,
    MOVING,
    POST_LAT,
    POST_LON,
    SOURCE,
    SPEED_MPS,
    Tracks,
)

Floats = NDArray[np.float64]

FRAME_REACH_M: Final = 15_000.0
"""Farther from its origin a frame is moved to where the device is."""


@njit(cache=True)
def placed_in_history(tracks: Tracks, device: int, fix: Floats) -> int:
    """Put a fix into the history behind all that were measured no later; its number, or −1 where it is older than all that is kept."""
    position = tracks.end[device]
    while position > tracks.first[device] and tracks.history[device, (position - 1) % HISTORY, MEASURED_US] > fix[MEASURED_US]:
        position -= 1
    full = tracks.end[device] - tracks.first[device] == HISTORY
    if position < tracks.end[device] and not _can_rewind(tracks, device, position, tracks.first[device] + (1 if full else 0)):
        return -1
    if full:
        tracks.first[device] += 1
    for i in range(tracks.end[device], position, -1):
        for k in range(FIX_WIDTH):
            tracks.history[device, i % HISTORY, k] = tracks.history[device, (i - 1) % HISTORY, k]
    for k in range(FIX_WIDTH):
        tracks.history[device, position % HISTORY, k] = fix[k]
    tracks.end[device] += 1
    return int(position)


@njit(cache=True)
def _can_rewind(tracks: Tracks, device: int, position: int, first: int) -> bool:
    for k in range(tracks.n_checkpoints[device]):
        if first <= tracks.checkpoint_at[device, k] <= position:
            return True
    return False


@njit(cache=True)
def rewound(tracks: Tracks, device: int, position: int) -> int:
    """Set the filter back to its newest checkpoint no later than fix `position`; the fix to go on from."""
    n = tracks.n_checkpoints[device]
    while n > 0 and tracks.checkpoint_at[device, n - 1] > position:
        n -= 1
    tracks.n_checkpoints[device] = n
    tracks.rows[device, :] = tracks.checkpoints[device, n - 1, :]
    return int(tracks.checkpoint_at[device, n - 1])


@njit(cache=True)
def keep_checkpoint(tracks: Tracks, device: int, position: int) -> None:
    """Remember the filter as it is before fix `position`; forget the oldest when there are too many, or its fixes are gone."""
    n = tracks.n_checkpoints[device]
    drop = 1 if n == CHECKPOINTS else 0
    while drop < n and tracks.checkpoint_at[device, drop] < tracks.first[device]:
        drop += 1
    if drop:
        for k in range(drop, n):
            tracks.checkpoints[device, k - drop, :] = tracks.checkpoints[device, k, :]
            tracks.checkpoint_at[device, k - drop] = tracks.checkpoint_at[device, k]
        n -= drop
    tracks.checkpoints[device, n, :] = tracks.rows[device, :]
    tracks.checkpoint_at[device, n] = position
    tracks.n_checkpoints[device] = n + 1


@njit(cache=True)
def begin_track(tracks: Tracks, device: int, lat_deg: float, lon_deg: float) -> None:
    """The track of a device whose first fix is here."""
    set_frame(tracks.frames[device], lat_deg, lon_deg)
    begin(tracks.rows[device])
    keep_checkpoint(tracks, device, 0)


@njit(cache=True)
def as_measurement(frame: Floats, fix: Floats, out: Floats) -> None:
    """A fix of the history as the filter takes it: x, y, accuracy, speed, velocity east and north."""
    out[0], out[1] = east_m(frame, fix[LON_DEG]), north_m(frame, fix[LAT_DEG])
    out[2], out[3], out[4], out[5] = fix[ACCURACY_M], fix[SPEED_MPS], np.nan, np.nan
    if not isnan(fix[COURSE_DEG]) and not isnan(fix[SPEED_MPS]):
        sine, cosine = sin_cos(fix[COURSE_DEG] * DEG)
        out[4], out[5] = fix[SPEED_MPS] * sine, fix[SPEED_MPS] * cosine


@njit(cache=True)
def take_history(tracks: Tracks, device: int, position: int, work: Floats) -> float:
    """Run fix `position` through the filter; its surprise."""
    if position % CHECKPOINT_EVERY == 0 and position > 0:
        keep_checkpoint(tracks, device, position)
    fix = tracks.history[device, position % HISTORY]
    frame = tracks.frames[device]
    if max(abs(east_m(frame, fix[LON_DEG])), abs(north_m(frame, fix[LAT_DEG]))) > FRAME_REACH_M:
        move_frame(tracks, device, fix[LAT_DEG], fix[LON_DEG])
    measurement = work[4]
    as_measurement(frame, fix, measurement)
    surprise = take_fix(tracks.rows[device], measurement, int(fix[MOVING]), int(fix[SOURCE]), fix[MEASURED_US], work)
    _note_post(tracks, device, position)
    return surprise


@njit(cache=True)
def move_frame(tracks: Tracks, device: int, lat_deg: float, lon_deg: float) -> None:
    """Give a device's frame a new origin, and all that is remembered in it new coordinates."""
    old = tracks.frames[device].copy()
    set_frame(tracks.frames[device], lat_deg, lon_deg)
    new = tracks.frames[device]
    _reframe(tracks.rows[device], old, new)
    for k in range(tracks.n_checkpoints[device]):
        _reframe(tracks.checkpoints[device, k], old, new)
    tracks.safe[device, 2] = -1.0


@njit(cache=True)
def _reframe(row: Floats, old: Floats, new: Floats) -> None:
    for mode in range(N_MODES):
        b = mode * MODE_WIDTH
        lat = old[LAT] + row[b + PY] / old[PER_LAT]
        lon = old[LON] + row[b + PX] / old[PER_LON]
        row[b + PX], row[b + PY] = east_m(new, lon), north_m(new, lat)


@njit(cache=True)
def summary(row: Floats, out: Floats) -> None:
    """Mean place and velocity of a track and their variances per axis, all modes together: x, y, vx, vy, var,
    velocity var, and the variance that its motions' velocities usually have."""
    out[:7] = 0.0
    for mode in range(N_MODES):
        b = mode * MODE_WIDTH
        for k in range(4):
            out[k] += row[b + W] * row[b + PX + k]
    for mode in range(N_MODES):
        b = mode * MODE_WIDTH
        dx, dy, dvx, dvy = row[b + PX] - out[0], row[b + PY] - out[1], row[b + VX] - out[2], row[b + VY] - out[3]
        out[4] += row[b + W] * (row[b + PP] + 0.5 * (dx * dx + dy * dy))
        out[5] += row[b + W] * (row[b + VV] + 0.5 * (dvx * dvx + dvy * dvy))
    out[6] = (row[WALK * MODE_WIDTH] + row[(N_MOTIONS + WALK) * MODE_WIDTH]) * WALK_MPS * WALK_MPS
    out[6] += (row[RIDE * MODE_WIDTH] + row[(N_MOTIONS + RIDE) * MODE_WIDTH]) * RIDE_MPS * RIDE_MPS


@njit(cache=True)
def _note_post(tracks: Tracks, device: int, position: int) -> None:
    post, frame = tracks.posts[device, position % HISTORY], tracks.frames[device]
    summary(tracks.rows[device], post)
    x, y = post[0], post[1]
    post[POST_LAT], post[POST_LON] = frame[LAT] + y / frame[PER_LAT], frame[LON] + x / frame[PER_LON]


@njit(cache=True)
def speed_of(row: Floats) -> float:
    """Length of the mean velocity in m/s."""
    vx, vy = 0.0, 0.0
    for mode in range(N_MODES):
        b = mode * MODE_WIDTH
        vx += row[b + W] * row[b + VX]
        vy += row[b + W] * row[b + VY]
    return sqrt(vx * vx + vy * vy)


