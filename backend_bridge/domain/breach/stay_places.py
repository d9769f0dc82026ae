"""Where devices were a moment ago, by their stays (`stay_filter`) and between two fixes of those that go; n devices at once."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.containment import within_probability
from backend_bridge.domain.breach.geometry import PER_LAT, PER_LON
from backend_bridge.domain.breach.kernel import fill_floats, kernel
from backend_bridge.domain.breach.stay_filter import (
    AGREED_US,
    BEST,
    CAME,
    DOUBT_US,
    JUDGED,
    MEMORIES_S,
    MISSED,
    MODEL_LAT,
    MODEL_LON,
    N_FIXES,
    PENDING_US,
    SINCE_US,
    SURPRISE,
    USUAL_US,
    VAR_PLACE,
    Devices,
    Floats,
    has_leapt,
    model_of,
    next_fix,
    stay_until,
)
from backend_bridge.domain.breach.track_table import HISTORY, MEASURED_US, POST_LAT, POST_LON, POST_VAR

_HEARD_US: Final = 300_000_000
_HEARD_TIMES: Final = 3.0
_HEARD_MOST_US: Final = 1_200_000_000
"""A device silent for so long, or for so many times as long as is usual for it, at most so long, is nowhere."""
_NEVER_US: Final = 2**62
_BEND: Final = 0.15
"""How far from the straight line somebody is halfway between two fixes, as a share of it."""
_STRAYS_MPS: Final = 0.1
"""How far somebody who stands may have been away between two fixes, by the time between."""

(PLACE_LAT, PLACE_LON, PLACE_VAR, PLACE_MPS, PLACE_SINCE_US, PLACE_AGREED_US, PLACE_FIXES, PLACE_CAME) = range(8)
"""Columns of a place: where, its variance per axis in m², speed; of a stay: since when, agreed with until when, by how many fixes, and
whether the device was seen to come."""
PLACE_WIDTH: Final = 8


@kernel
def _untaken(tracks: NDArray[np.record], stays: Floats, device: Devices, out: NDArray[np.int64]) -> None:
    for i in range(len(device)):
        track, stay = tracks[device[i]], stays[device[i]]
        n = next_fix(track, stay)
        n = track.first if n < 0 else n
        out[i, 0] = int(track.fixes[n % HISTORY, MEASURED_US]) if n < track.end else _NEVER_US
        newest_us = track.fixes[(track.end - 1) % HISTORY, MEASURED_US] if track.end > 0 else 0.0
        out[i, 1] = int(stay[PENDING_US]) if 0.0 < stay[PENDING_US] <= newest_us else _NEVER_US


@kernel
def _heard(stays: Floats, device: Devices, newest_us: NDArray[np.int64], now_us: int, out: NDArray[np.bool_]) -> None:
    for i in range(len(device)):
        lasts_us = min(max(_HEARD_TIMES * stays[device[i], USUAL_US], _HEARD_US), _HEARD_MOST_US)
        out[i] = newest_us[i] >= 0 and newest_us[i] >= now_us - lasts_us


@kernel
def _between(track: np.record, at_us: int, out: Floats) -> None:
    """Where a device that goes was at an instant: between the two fixes about it, of which the first is there."""
    position = track.end - 1
    while position > track.first and track.fixes[position % HISTORY, MEASURED_US] > at_us:
        position -= 1
    before, after = track.posts[position % HISTORY], track.posts[min(position + 1, track.end - 1) % HISTORY]
    whole_s = (track.fixes[min(position + 1, track.end - 1) % HISTORY, MEASURED_US] - track.fixes[position % HISTORY, MEASURED_US]) * 1e-6
    share = max(at_us - track.fixes[position % HISTORY, MEASURED_US], 0.0) * 1e-6 / max(whole_s, 1e-3)
    north = (after[POST_LAT] - before[POST_LAT]) * track.frame[PER_LAT]
    east = (after[POST_LON] - before[POST_LON]) * track.frame[PER_LON]
    way = sqrt(north * north + east * east)
    strays = 4.0 * share * (1.0 - share) * (_BEND * way + _STRAYS_MPS * whole_s)
    out[PLACE_LAT] = before[POST_LAT] + share * (after[POST_LAT] - before[POST_LAT])
    out[PLACE_LON] = before[POST_LON] + share * (after[POST_LON] - before[POST_LON])
    out[PLACE_VAR] = (1.0 - share) * before[POST_VAR] + share * after[POST_VAR] + strays * strays
    out[PLACE_MPS] = way / max(whole_s, 1.0)


@kernel
def _view_places(tracks: NDArray[np.record], stays: Floats, device: Devices, at_us: int, out: Floats, work: Floats) -> None:
    """Where devices were at an instant, rows of `PLACE_WIDTH`: NaN where that is in doubt, `PLACE_SINCE_US` −1 for those that did not stay.

    Each has a fix. Stays go on to the instant first. `work` has room for each memory.
    """
    for i in range(len(device)):
        d = device[i]
        stay, place = stays[d], out[i]
        stay_until(tracks[d], stay, at_us, work)
        fill_floats(place, np.nan)
        place[PLACE_SINCE_US], place[PLACE_AGREED_US], place[PLACE_FIXES], place[PLACE_CAME] = -1.0, -1.0, 0.0, 0.0
        if tracks[d].end == 0 or tracks[d].fixes[tracks[d].first % HISTORY, MEASURED_US] > at_us:
            continue
        newest_us = tracks[d].fixes[(tracks[d].end - 1) % HISTORY, MEASURED_US]
        if stay[PENDING_US] <= min(at_us, newest_us):
            stay[PENDING_US] = 0.0
        if stay[N_FIXES] < 1.0 or stay[SINCE_US] > at_us:
            if newest_us < at_us:
                stay[PENDING_US] = at_us if stay[PENDING_US] == 0.0 else min(stay[PENDING_US], at_us)
                continue
            if not has_leapt(stay, tracks[d].frame[:], at_us):
                _between(tracks[d], at_us, place)
        elif stay[MISSED] == 0.0 and stay[AGREED_US] >= stay[DOUBT_US]:
            model = model_of(stay, int(stay[BEST]))
            place[PLACE_LAT], place[PLACE_LON], place[PLACE_MPS] = model[MODEL_LAT], model[MODEL_LON], 0.0
            place[PLACE_VAR] = model[VAR_PLACE] * max(1.0, model[SURPRISE] / stay[JUDGED])
            place[PLACE_SINCE_US], place[PLACE_AGREED_US], place[PLACE_FIXES] = stay[SINCE_US], stay[AGREED_US], stay[N_FIXES]
            place[PLACE_CAME] = stay[CAME]


@kernel
def _reach(tracks: NDArray[np.record], device: Devices, from_us: int, out: Floats) -> None:
    """Least and greatest latitude and longitude at which each device may have been since an instant, by its fixes; each has one."""
    for i in range(len(device)):
        track, box = tracks[device[i]], out[i]
        box[0], box[1], box[2], box[3] = np.inf, -np.inf, np.inf, -np.inf
        position = track.end - 1
        while position >= track.first:
            post = track.posts[position % HISTORY]
            box[0], box[1] = min(box[0], post[POST_LAT]), max(box[1], post[POST_LAT])
            box[2], box[3] = min(box[2], post[POST_LON]), max(box[3], post[POST_LON])
            if track.fixes[position % HISTORY, MEASURED_US] < from_us:
                break
            position -= 1


@kernel
def _within(distance_m: Floats, sigma_m: Floats, radius_m: float, out: Floats) -> None:
    for i in range(len(distance_m)):
        out[i] = within_probability(distance_m[i], sigma_m[i], radius_m)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where n devices were at one instant: (n,) arrays; NaN and −1 where that is in doubt, or there was no fix yet."""

    lat_deg: Floats
    lon_deg: Floats
    variance_m2: Floats
    """Per axis."""
    speed_mps: Floats
    """0 of those that stay."""
    since_us: NDArray[np.int64]
    """When the stay began; −1 of those that do not stay."""
    agreed_us: NDArray[np.int64]
    """The newest fix of the stay."""
    n_fixes: NDArray[np.int64]
    came: NDArray[np.bool_]
    """Whether the device was seen elsewhere before the stay."""


def places_of(tracks: NDArray[np.record], stays: Floats, device: Devices, at_us: int) -> Places:
    """Where devices were at an instant; `stays` has a row for each device, zeros at first, and goes on to the instant."""
    out = np.empty((len(device), PLACE_WIDTH))
    _view_places(tracks, stays, device, at_us, out, np.empty(len(MEMORIES_S)))
    return Places(
        lat_deg=out[:, PLACE_LAT],
        lon_deg=out[:, PLACE_LON],
        variance_m2=out[:, PLACE_VAR],
        speed_mps=out[:, PLACE_MPS],
        since_us=out[:, PLACE_SINCE_US].astype(np.int64),
        agreed_us=out[:, PLACE_AGREED_US].astype(np.int64),
        n_fixes=out[:, PLACE_FIXES].astype(np.int64),
        came=out[:, PLACE_CAME] > 0.0,
    )


def untaken_since(tracks: NDArray[np.record], stays: Floats, device: Devices) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """When the first fix of each device was measured that its stay has not taken, and the first instant that waited for the next fix.

    A time that never comes where there is none, or the next fix has not come yet.
    """
    out = np.empty((len(device), 2), np.int64)
    _untaken(tracks, stays, device, out)
    return out[:, 0], out[:, 1]


def are_heard(stays: Floats, device: Devices, newest_us: NDArray[np.int64], now_us: int) -> NDArray[np.bool_]:
    """Which devices are not silent for longer than is usual for them, by when their newest fix was measured."""
    out = np.empty(len(device), np.bool_)
    _heard(stays, device, newest_us, now_us, out)
    return out


def crossing_ways(tracks: NDArray[np.record], device: Devices, of: Devices, from_us: int, margin_deg: float) -> Devices:
    """Those devices that since an instant may have been about where one of the devices `of` was; all have fixes."""
    boxes, theirs = np.empty((len(device), 4)), np.empty((len(of), 4))
    _reach(tracks, device, from_us, boxes)
    _reach(tracks, of, from_us, theirs)
    near = np.zeros(len(device), np.bool_)
    for south, north, west, east in theirs + margin_deg * np.array([-1.0, 1.0, -2.0, 2.0]):
        near |= (boxes[:, 0] <= north) & (boxes[:, 1] >= south) & (boxes[:, 2] <= east) & (boxes[:, 3] >= west)
    return device[near]


def within_chances(distance_m: Floats, sigma_m: Floats, radius_m: float) -> Floats:
    """P(two are less than `radius_m` apart) of n pairs, by their distance and its error per axis."""
    out = np.empty(len(distance_m))
    _within(distance_m, sigma_m, radius_m, out)
    return out
