"""Which wearers are about which protected persons, and for how long: pairs by a grid, remembered as columns, looked at each minute.

A position is wrong for minutes on end, so that two people 120 m apart seem 50 m apart now and then. What tells them from two who
are near is the way between them averaged over the whole time together: its error shrinks with time, that of a moment does not.
"""

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from backend_bridge.domain.breach.ground import distance_m, distances_m, offsets_m
from backend_bridge.domain.quantities import MICROSECONDS

Floats = NDArray[np.float64]
Instants = NDArray[np.int64]

_CELL_DEG: Final = 0.002
"""Side of a grid cell in latitude, some 220 m; in longitude it is as wide on the ground or wider up to 60° of latitude."""
_STRIDE: Final = 1 << 20
_FEW: Final = 1000
"""Up to so many pairs all are compared."""
PAUSE_US: Final = 300 * MICROSECONDS
"""Not having been about each other for so long ends a meeting."""
_STILL_TAU_US: Final = 300 * MICROSECONDS
_MOVING_TAU_US: Final = 120 * MICROSECONDS
"""How long an error lasts: indoors for minutes; on the move less."""
_MOVED_M: Final = 150.0
_LEAST_SIGMA_M: Final = 22.0
"""Two devices indoors are no more exact than that together, whatever they say of themselves;"""
_LEAST_WALKING_M: Final = 15.0
_LEAST_RIDING_M: Final = 40.0
"""nor on the move: along a line two go on unseen between their fixes."""
_RIDES_MPS: Final = 2.0
_ELSEWHERE_M: Final = 80.0
"""A way between them that far from the mean, twice running, is a new meeting at another distance."""

SEEM_NEAR_M: Final = 60.0
"""No farther apart at one look, two are within 100 m very likely, whatever their errors."""
_VISIT_LOOKS: Final = 3

MEETING: Final = np.dtype(
    [
        ("code", np.int64),  # wearer · 2³² + protected
        ("begun_us", np.int64),
        ("last_us", np.int64),
        ("n", np.int64),  # looks
        ("n_near", np.int64),  # looks at which they seemed near
        ("east_m", np.float64),  # mean way from her to him
        ("north_m", np.float64),
        ("sigma_m", np.float64),  # mean error of it per axis, at one look
        ("elsewhere", np.int64),  # looks running that were far from the mean
        ("lat_deg", np.float64),  # where she was at the begin
        ("lon_deg", np.float64),
        ("way_m", np.float64),  # how far she has come from there while both went
        ("going", np.int64),  # 1 where both go at this look
        ("told", np.int64),
    ]
)
"""One wearer about one protected person, since they came within reach of each other."""


def code_of(wearer: NDArray[np.int32], protected: NDArray[np.int32]) -> NDArray[np.int64]:
    """The number of a pair of devices."""
    return wearer.astype(np.int64) * (1 << 32) + protected


def pair_of(code: int) -> tuple[int, int]:
    """The devices of a pair: wearer, protected."""
    return code >> 32, code & ((1 << 32) - 1)


def near_pairs(
    wearers: tuple[Floats, Floats], protected: tuple[Floats, Floats], radius_m: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """All pairs within `radius_m` (at most 220 m): row among the wearers, row among the protected.

    Places are (latitudes, longitudes) in degrees, without NaN.
    """
    if len(wearers[0]) * len(protected[0]) <= _FEW:
        return _near_of_few(wearers[0], wearers[1], protected[0], protected[1], radius_m)
    cells, hers = _cells(*wearers), _cells(*protected)
    order = np.argsort(hers, kind="stable")
    sorted_hers = hers[order]
    found_wearers, found_protected = [], []
    for row_step in (-1, 0, 1):
        # The three neighbours of one row of cells have consecutive numbers: one search finds them all.
        first = np.searchsorted(sorted_hers, cells + row_step * _STRIDE - 1, side="left")
        last = np.searchsorted(sorted_hers, cells + row_step * _STRIDE + 1, side="right")
        count = last - first
        rows = np.repeat(np.arange(len(cells)), count)
        offsets = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
        found_wearers.append(rows)
        found_protected.append(order[np.repeat(first, count) + offsets])
    w, p = np.concatenate(found_wearers), np.concatenate(found_protected)
    near = np.flatnonzero(distances_m(wearers[0][w], wearers[1][w], protected[0][p], protected[1][p]) <= radius_m)
    return w[near], p[near]


@njit(cache=True)
def _near_of_few(
    his_lat: Floats, his_lon: Floats, her_lat: Floats, her_lon: Floats, radius_m: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """`near_pairs` by comparing all."""
    most = len(his_lat) * len(her_lat)
    w, p, n = np.empty(most, np.intp), np.empty(most, np.intp), 0
    for i in range(len(his_lat)):
        for j in range(len(her_lat)):
            if distance_m(his_lat[i], his_lon[i], her_lat[j], her_lon[j]) <= radius_m:
                w[n], p[n] = i, j
                n += 1
    return w[:n], p[:n]


def _cells(lat_deg: Floats, lon_deg: Floats) -> NDArray[np.int64]:
    """Numbers of grid cells; neighbours in a row differ by 1, rows by `_STRIDE`."""
    return np.floor(lat_deg / _CELL_DEG).astype(np.int64) * _STRIDE + np.floor(lon_deg / (2.0 * _CELL_DEG)).astype(np.int64)


def looks(
    code: NDArray[np.int64], his: tuple[Floats, Floats], hers: tuple[Floats, Floats], sigma_m: Floats, going: NDArray[np.bool_], now_us: int
) -> NDArray[np.void]:
    """What one look shows of pairs that are about each other: new meetings, in the order of their codes."""
    found = np.zeros(len(code), MEETING)
    found["code"], found["begun_us"], found["last_us"], found["n"] = code, now_us, now_us, 1
    found["east_m"], found["north_m"] = offsets_m(hers[0], hers[1], his[0], his[1])
    found["n_near"] = found["east_m"] ** 2 + found["north_m"] ** 2 <= SEEM_NEAR_M * SEEM_NEAR_M
    found["sigma_m"], found["going"], found["lat_deg"], found["lon_deg"] = sigma_m, going, hers[0], hers[1]
    return found[np.argsort(code, kind="stable")]


def gone_on(known: NDArray[np.void], seen: NDArray[np.void], now_us: int) -> tuple[NDArray[np.void], NDArray[np.void]]:
    """The meetings after a look at `now_us` in the order of their codes, and those that are over, or go on at another distance."""
    over = now_us - known["last_us"] > PAUSE_US
    ended, lasting = known[over], known[~over].copy()
    place = np.searchsorted(lasting["code"], seen["code"])
    again = place < len(lasting)
    again[again] = lasting["code"][place[again]] == seen["code"][again]
    rows = place[again]
    before = lasting[rows]
    lasting[rows], anew = _joined(before, seen[again], now_us)
    together = np.concatenate([lasting, seen[~again]])
    return together[np.argsort(together["code"], kind="stable")], np.concatenate([ended, before[anew]])


def _joined(old: NDArray[np.void], new: NDArray[np.void], now_us: int) -> tuple[NDArray[np.void], NDArray[np.bool_]]:
    """Old meetings with one more look each, and which of them begin anew, for they go on at another distance."""
    east, north = new["east_m"] - old["east_m"], new["north_m"] - old["north_m"]
    far = east * east + north * north > _ELSEWHERE_M * _ELSEWHERE_M
    joined = old.copy()
    joined["elsewhere"] = np.where(far, old["elsewhere"] + 1, 0)
    joined["n"] += 1
    joined["n_near"] += new["n_near"]
    for name, step in (("east_m", east), ("north_m", north), ("sigma_m", new["sigma_m"] - old["sigma_m"])):
        joined[name] += step / joined["n"]
    joined["last_us"] = now_us
    come = distances_m(old["lat_deg"], old["lon_deg"], new["lat_deg"], new["lon_deg"])
    joined["going"] = new["going"]
    joined["way_m"] = np.where(new["going"] == 1, np.maximum(old["way_m"], come), old["way_m"])
    anew = joined["elsewhere"] >= 2
    joined[anew] = new[anew]
    return joined, anew


def apart_at_most_m(meetings: NDArray[np.void], sigmas: float) -> Floats:
    """How far apart they are on average at most, with so many standard errors of that mean."""
    span_us = np.maximum(meetings["last_us"] - meetings["begun_us"], 1)
    moved = meetings["way_m"] >= _MOVED_M
    tau_us = np.where(moved, _MOVING_TAU_US, _STILL_TAU_US)
    rides = meetings["way_m"] * MICROSECONDS > _RIDES_MPS * span_us
    least_m = np.where(moved, np.where(rides, _LEAST_RIDING_M, _LEAST_WALKING_M), _LEAST_SIGMA_M)
    sigma_m = np.maximum(meetings["sigma_m"], least_m)
    shrinks = np.sqrt(np.minimum(1.0, 2.0 * tau_us / span_us))
    mean = np.sqrt(meetings["east_m"] ** 2 + meetings["north_m"] ** 2)
    most: Floats = mean + sigmas * sigma_m * shrinks
    return most


def are_visits(meetings: NDArray[np.void]) -> NDArray[np.bool_]:
    """Which meetings are visits: seemingly near at several looks, and at many of all."""
    visits: NDArray[np.bool_] = (meetings["n_near"] >= _VISIT_LOOKS) & (4 * meetings["n_near"] >= meetings["n"])
    return visits
