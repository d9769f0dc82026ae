"""Looking at tracks: where devices are, and how two of them stand to each other, at one instant."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.exact_math import DEG, arc_tangent
from backend_bridge.domain.breach.geometry import east_m, north_m, signed_distance
from backend_bridge.domain.breach.kernel import fill_floats, kernel, whole
from backend_bridge.domain.breach.pair_engine import newest_by, newest_place_by, pair_figures, placed_at, post_at
from backend_bridge.domain.breach.target_levels import CLOSING, CONTACT, DISTANCE, MISS, SHARE, SIGMA
from backend_bridge.domain.breach.track_model import (
    MEASURED,
    MODE_WIDTH,
    N_MODES,
    W,
)
from backend_bridge.domain.breach.track_table import (
    ACCURACY_M,
    FIGURES_WIDTH,
    HISTORY,
    LAT_DEG,
    LON_DEG,
    MEASURED_US,
    PLACE_AT,
    PLACES,
    POST_LAT,
    POST_LON,
    POST_VAR,
    POST_VX,
    POST_VY,
    POST_WIDTH,
)

Floats = NDArray[np.float64]
Devices = NDArray[np.int32]

RADIUS_95: Final = 2.4477
"""Radius that holds 95 % of a round Gaussian, in its deviations per axis."""
COURSE_FROM_MPS: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracks:
    """n tracks at one instant: (n,) arrays. A device without a fix has NaN and `measured_us` −1."""

    lat_deg: Floats
    lon_deg: Floats
    radius95_m: Floats
    """Radius that holds the true position with 95 %, grown by what the device may have moved since its last fix."""
    speed_mps: Floats
    course_deg: Floats
    """NaN below 0.5 m/s."""
    measured_us: NDArray[np.int64]
    """Of the newest fix by measurement."""
    received_us: NDArray[np.int64]
    """Of the newest fix by receipt."""
    weights: Floats
    """(n, 6): still, walk, ride with a nominal fix, then the same with a displaced one."""
    last_lat_deg: Floats
    last_lon_deg: Floats
    last_accuracy_m: Floats
    """The newest fix itself, NaN where it reported none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """n pairs at one instant: (n,) arrays; NaN where a device has no fix yet, or where nothing is predicted."""

    distance_m: Floats
    sigma_m: Floats
    closing_mps: Floats
    subject_share: Floats
    contact_s: Floats
    """Until the given radius is reached (modified tau); 0 within it."""
    miss_m: Floats
    relative_speed_mps: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Sights:
    """Where n devices were at one instant of the last hours: (n,) arrays. A device of which nothing is kept has NaN and `shown_us` −1."""

    lat_deg: Floats
    lon_deg: Floats
    radius95_m: Floats
    """Radius that holds the true position with 95 %."""
    speed_mps: Floats
    shown_us: NDArray[np.int64]
    """Of the newest fix or place kept from no later than the instant, else of the oldest fix kept."""


@kernel
def _view_sights(tracks: NDArray[np.record], device: Devices, at_us: int, out: Floats, shown_us: NDArray[np.int64], post: Floats) -> None:
    """Rows of lat, lon, radius, speed."""
    for i in range(len(device)):
        track = tracks[device[i]]
        fill_floats(out[i], np.nan)
        shown_us[i] = -1
        if track.end == track.first:
            continue
        fix, place = newest_by(track, at_us), newest_place_by(track, at_us)
        if fix >= track.first or place < max(whole(0), track.n_places - PLACES):
            shown_us[i] = int(track.fixes[max(fix, track.first) % HISTORY, MEASURED_US])
            post_at(track, at_us, post)
        else:
            shown_us[i] = int(track.places[place % PLACES, PLACE_AT])
            placed_at(track, at_us, post)
        out[i, 0], out[i, 1] = post[POST_LAT], post[POST_LON]
        out[i, 2] = RADIUS_95 * sqrt(post[POST_VAR])
        out[i, 3] = sqrt(post[POST_VX] * post[POST_VX] + post[POST_VY] * post[POST_VY])


@kernel
def _view_tracks(tracks: NDArray[np.record], device: Devices, at_us: int, out: Floats, post: Floats) -> None:
    """Rows of lat, lon, radius, speed, course, last lat, last lon, last accuracy, six weights."""
    for i in range(len(device)):
        d = device[i]
        fill_floats(out[i], np.nan)
        if not post_at(tracks[d], at_us, post):
            continue
        out[i, 0], out[i, 1] = post[POST_LAT], post[POST_LON]
        out[i, 2] = RADIUS_95 * sqrt(post[POST_VAR])
        speed = sqrt(post[POST_VX] * post[POST_VX] + post[POST_VY] * post[POST_VY])
        out[i, 3] = speed
        if speed >= COURSE_FROM_MPS:
            course = arc_tangent(post[POST_VX], post[POST_VY]) / DEG
            out[i, 4] = course + 360.0 if course < 0.0 else course
        last = tracks[d].fixes[(tracks[d].end - 1) % HISTORY]
        out[i, 5], out[i, 6], out[i, 7] = last[LAT_DEG], last[LON_DEG], last[ACCURACY_M]
        for mode in range(N_MODES):
            out[i, 8 + mode] = tracks[d].row[mode * MODE_WIDTH + W]


@kernel
def _view_pairs(
    tracks: NDArray[np.record], subject: Devices, protected: Devices, radius_m: float, at_us: int, out: Floats, work: Floats
) -> None:
    """Rows of distance, error, closing, share, contact, miss, relative speed."""
    his, hers, figures = work[0], work[1], work[2]
    for i in range(len(subject)):
        fill_floats(out[i], np.nan)
        if not post_at(tracks[subject[i]], at_us, his) or not post_at(tracks[protected[i]], at_us, hers):
            continue
        pair_figures(his, hers, tracks[subject[i]].frame[:], radius_m, figures)
        out[i, 0], out[i, 1], out[i, 2] = figures[DISTANCE], figures[SIGMA], figures[CLOSING]
        out[i, 3], out[i, 4], out[i, 5] = figures[SHARE], figures[CONTACT], figures[MISS]
        vx, vy = hers[POST_VX] - his[POST_VX], hers[POST_VY] - his[POST_VY]
        out[i, 6] = sqrt(vx * vx + vy * vy)


def track_view(tracks: NDArray[np.record], device: Devices, at_us: int) -> Tracks:
    """Where devices are at an instant, as far as their fixes until now tell; an earlier instant is looked up in the last half hour."""
    out = np.empty((len(device), 8 + N_MODES))
    _view_tracks(tracks, device, at_us, out, np.empty(POST_WIDTH))
    measured = tracks["row"][device, MEASURED]
    return Tracks(
        lat_deg=out[:, 0],
        lon_deg=out[:, 1],
        radius95_m=out[:, 2],
        speed_mps=out[:, 3],
        course_deg=out[:, 4],
        measured_us=np.where(tracks["end"][device] > 0, measured, -1.0).astype(np.int64),
        received_us=tracks["received_us"][device],
        weights=out[:, 8:],
        last_lat_deg=out[:, 5],
        last_lon_deg=out[:, 6],
        last_accuracy_m=out[:, 7],
    )


def sight_view(tracks: NDArray[np.record], device: Devices, at_us: int) -> Sights:
    """Where devices were at an instant, by their fixes, and before these by the places that are kept of them (three hours or longer)."""
    out, shown_us = np.empty((len(device), 4)), np.empty(len(device), np.int64)
    _view_sights(tracks, device, at_us, out, shown_us, np.empty(POST_WIDTH))
    return Sights(lat_deg=out[:, 0], lon_deg=out[:, 1], radius95_m=out[:, 2], speed_mps=out[:, 3], shown_us=shown_us)


def pair_view(tracks: NDArray[np.record], subject: Devices, protected: Devices, radius_m: float, at_us: int) -> Pairs:
    """How two devices of n pairs stand to each other at an instant; contact is with `radius_m`."""
    out = np.empty((len(subject), 7))
    _view_pairs(tracks, subject, protected, radius_m, at_us, out, np.empty((3, FIGURES_WIDTH)))
    return Pairs(
        distance_m=out[:, 0],
        sigma_m=out[:, 1],
        closing_mps=out[:, 2],
        subject_share=out[:, 3],
        contact_s=out[:, 4],
        miss_m=out[:, 5],
        relative_speed_mps=out[:, 6],
    )


@kernel
def distance_view(track: np.record, shape: Floats, edges: Floats, at_us: int, post: Floats) -> tuple[float, float]:
    """Signed metres from a device's expected place at an instant to a shape's edge, and their standard error; NaN without a fix.

    `post` is room for a summary.
    """
    if not post_at(track, at_us, post):
        return np.nan, np.nan
    distance, _, _ = signed_distance(shape, edges, east_m(shape, post[POST_LON]), north_m(shape, post[POST_LAT]))
    return distance, sqrt(post[POST_VAR])
