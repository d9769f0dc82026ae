"""The last half hour of a track: fixes in the order of measurement, and going back to put a late one where it belongs."""

from math import isnan, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.exact_math import DEG, sin_cos
from backend_bridge.domain.breach.geometry import LAT, LON, PER_LAT, PER_LON, east_m, north_m, set_frame
from backend_bridge.domain.breach.kernel import copy_floats, fill_floats, kernel, whole
from backend_bridge.domain.breach.track_filter import begin, take_fix
from backend_bridge.domain.breach.track_model import (
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
)
from backend_bridge.domain.breach.track_table import (
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
    PLACE_AT,
    PLACE_LAT,
    PLACE_LON,
    PLACE_VAR,
    PLACES,
    POST_LAT,
    POST_LON,
    POST_VAR,
    SOURCE,
    SPEED_MPS,
)

Floats = NDArray[np.float64]

FRAME_REACH_M: Final = 15_000.0
"""Farther from its origin a frame is moved to where the device is."""
PLACE_EVERY_US: Final = 55_000_000
"""At least so much lies between two places that are kept when their fixes are forgotten."""


@kernel
def placed_in_history(track: np.record, fix: Floats) -> int:
    """Put a fix into the history behind all that were measured no later; its number, or −1 where it is older than all that is kept."""
    position = track.end
    while position > track.first and track.fixes[(position - 1) % HISTORY, MEASURED_US] > fix[MEASURED_US]:
        position -= 1
    full = track.end - track.first == HISTORY
    if position < track.end and not _can_rewind(track, position, track.first + (1 if full else 0)):
        return -1
    if full:
        _keep_place(track)
        track.first += 1
    for i in range(track.end, position, -1):
        for k in range(FIX_WIDTH):
            track.fixes[i % HISTORY, k] = track.fixes[(i - 1) % HISTORY, k]
    for k in range(FIX_WIDTH):
        track.fixes[position % HISTORY, k] = fix[k]
    track.end += 1
    return int(position)


@kernel
def _keep_place(track: np.record) -> None:
    """Keep where a device was at its oldest fix, which is about to be forgotten, unless a place was kept just before it."""
    oldest, n = track.first % HISTORY, track.n_places
    at_us = track.fixes[oldest, MEASURED_US]
    if n > 0 and at_us - track.places[(n - 1) % PLACES, PLACE_AT] < PLACE_EVERY_US:
        return
    place = track.places[n % PLACES]
    place[PLACE_AT], place[PLACE_VAR] = at_us, track.posts[oldest, POST_VAR]
    place[PLACE_LAT], place[PLACE_LON] = track.posts[oldest, POST_LAT], track.posts[oldest, POST_LON]
    track.n_places = n + 1


@kernel
def _can_rewind(track: np.record, position: int, first: int) -> bool:
    found = False
    for k in range(track.n_checkpoints):
        found = found or first <= track.checkpoint_at[k] <= position
    return found


@kernel
def rewound(track: np.record, position: int) -> int:
    """Set the filter back to its newest checkpoint no later than fix `position`; the fix to go on from."""
    n = track.n_checkpoints
    while n > 0 and track.checkpoint_at[n - 1] > position:
        n -= 1
    track.n_checkpoints = n
    at = int(track.checkpoint_at[n - 1])
    copy_floats(track.checkpoints[checkpoint_slot(at)], track.row[:])
    return at


@kernel
def checkpoint_slot(at: int) -> int:
    """Where the checkpoint before fix `at` stands; it stays there, so that little of a track changes with a fix."""
    return at // CHECKPOINT_EVERY % CHECKPOINTS


@kernel
def keep_checkpoint(track: np.record, position: int) -> None:
    """Remember the filter as it is before fix `position`; forget the oldest when there are too many, or its fixes are gone."""
    n = track.n_checkpoints
    if n > 0 and track.checkpoint_at[n - 1] == position:
        return
    drop = 1 if n == CHECKPOINTS else 0
    while drop < n and track.checkpoint_at[drop] < track.first:
        drop += 1
    if drop:
        for k in range(drop, n):
            track.checkpoint_at[k - drop] = track.checkpoint_at[k]
        n -= drop
    copy_floats(track.row[:], track.checkpoints[checkpoint_slot(position)])
    track.checkpoint_at[n] = position
    track.n_checkpoints = n + 1


@kernel
def begin_track(track: np.record, lat_deg: float, lon_deg: float) -> None:
    """The track of a device whose first fix is here."""
    set_frame(track.frame[:], lat_deg, lon_deg)
    begin(track.row[:])
    keep_checkpoint(track, whole(0))


@kernel
def as_measurement(frame: Floats, fix: Floats, out: Floats) -> None:
    """A fix of the history as the filter takes it: x, y, accuracy, speed, velocity east and north."""
    out[0], out[1] = east_m(frame, fix[LON_DEG]), north_m(frame, fix[LAT_DEG])
    out[2], out[3], out[4], out[5] = fix[ACCURACY_M], fix[SPEED_MPS], np.nan, np.nan
    if not isnan(fix[COURSE_DEG]) and not isnan(fix[SPEED_MPS]):
        sine, cosine = sin_cos(fix[COURSE_DEG] * DEG)
        out[4], out[5] = fix[SPEED_MPS] * sine, fix[SPEED_MPS] * cosine


@kernel
def take_history(track: np.record, position: int, work: Floats) -> float:
    """Run fix `position` through the filter; its surprise."""
    if position % CHECKPOINT_EVERY == 0 and position > 0:
        keep_checkpoint(track, position)
    fix = track.fixes[position % HISTORY]
    frame = track.frame[:]
    if max(abs(east_m(frame, fix[LON_DEG])), abs(north_m(frame, fix[LAT_DEG]))) > FRAME_REACH_M:
        move_frame(track, fix[LAT_DEG], fix[LON_DEG])
    measurement = work[4]
    as_measurement(frame, fix, measurement)
    surprise = take_fix(track.row[:], measurement, int(fix[MOVING]), int(fix[SOURCE]), fix[MEASURED_US], work)
    note_post(track.row[:], frame, track.posts[position % HISTORY])
    return surprise


@kernel
def move_frame(track: np.record, lat_deg: float, lon_deg: float) -> None:
    """Give a device's frame a new origin, and all that is remembered in it new coordinates."""
    new = track.frame[:]
    old = (new[LAT], new[LON], new[PER_LAT], new[PER_LON])
    set_frame(new, lat_deg, lon_deg)
    _reframe(track.row[:], old, new)
    _reframe(track.old[:], old, new)
    for k in range(track.n_checkpoints):
        _reframe(track.checkpoints[checkpoint_slot(track.checkpoint_at[k])], old, new)
    track.safe[2] = -1.0


@kernel
def _reframe(row: Floats, old: tuple[float, float, float, float], new: Floats) -> None:
    for mode in range(N_MODES):
        b = mode * MODE_WIDTH
        lat = old[LAT] + row[b + PY] / old[PER_LAT]
        lon = old[LON] + row[b + PX] / old[PER_LON]
        row[b + PX], row[b + PY] = east_m(new, lon), north_m(new, lat)


@kernel
def summary(row: Floats, out: Floats) -> None:
    """What all modes of a track say together, into `out`.

    Mean place and velocity (x, y, vx, vy), their variances per axis, and the variance that its motions' velocities usually have.
    """
    fill_floats(out, 0.0)
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


@kernel
def note_post(row: Floats, frame: Floats, post: Floats) -> None:
    """What all modes of a track say together, its place in degrees, into `post`."""
    summary(row, post)
    x, y = post[0], post[1]
    post[POST_LAT], post[POST_LON] = frame[LAT] + y / frame[PER_LAT], frame[LON] + x / frame[PER_LON]


@kernel
def speed_of(row: Floats) -> float:
    """Length of the mean velocity in m/s."""
    vx, vy = 0.0, 0.0
    for mode in range(N_MODES):
        b = mode * MODE_WIDTH
        vx += row[b + W] * row[b + VX]
        vy += row[b + W] * row[b + VY]
    return sqrt(vx * vx + vy * vy)
