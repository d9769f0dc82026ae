"""Which wearers are about which protected persons, and for how long: pairs by a grid, remembered as columns, looked at each minute.

A fix is wrong for minutes on end, so that two people 120 m apart seem 50 m apart now and then. Here alone the filter's probability of
being within reach counts, which knows of such fixes; and not that of a moment, but what it was over the minutes of a meeting.
"""

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from backend_bridge.domain.breach.ground import distance_m, distances_m
from backend_bridge.domain.quantities import MICROSECONDS

Floats = NDArray[np.float64]
Instants = NDArray[np.int64]

_CELL_DEG: Final = 0.002
"""Side of a grid cell in latitude, some 220 m; in longitude it is as wide on the ground or wider up to 60° of latitude."""
_STRIDE: Final = 1 << 20
_FEW: Final = 1000
"""Up to so many pairs all are compared."""
PAUSE_US: Final = 240 * MICROSECONDS
"""Not having seemed near each other for so long ends a meeting."""
_MAYBE: Final = 0.3
"""P(near) from which two may be near each other: that begins a meeting and goes on with it."""
_GONE: Final = 0.02
"""P(near) below which they surely are not: that ends it."""
_NEAR: Final = 0.9
SURE: Final = 0.98
_DOUBTFUL: Final = 0.5
"""P(near) from which two are surely near, and below which that is over."""
_VISIT_LOOKS: Final = 2
_VISIT_BEST: Final = 0.98
_VISIT_LASTS_US: Final = 30 * 60 * MICROSECONDS
"""Who was there for longer lives or works there."""

MEETING: Final = np.dtype(
    [
        ("code", np.int64),  # wearer · 2³² + protected
        ("begun_us", np.int64),
        ("last_us", np.int64),  # the last look at which they may have been near
        ("n_near", np.int64),  # looks at which they were likely near
        ("best", np.float64),  # highest P(near) so far
        ("sure_us", np.int64),  # since when they are surely near; −1 where they are not
        ("sure_last_us", np.int64),
        ("n_sure", np.int64),  # looks at which they were, since then
        ("lat_deg", np.float64),  # where she was at the begin
        ("lon_deg", np.float64),
        ("way_m", np.float64),  # how far she has come from there while both went
        ("told", np.int64),
    ]
)
"""One wearer about one protected person, since they may have come near each other."""

LOOK: Final = np.dtype(
    [
        ("code", np.int64),
        ("chance", np.float64),  # P(near)
        ("lat_deg", np.float64),  # where she is
        ("lon_deg", np.float64),
        ("going", np.bool_),  # whether both go
    ]
)
"""One pair at one look."""


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


def gone_on(known: NDArray[np.void], seen: NDArray[np.void], now_us: int) -> tuple[NDArray[np.void], NDArray[np.void]]:
    """The meetings after a look at `now_us` in the order of their codes, and those that are over.

    `seen` are the looks at all pairs about each other, of which each has one; `known` the meetings before.
    """
    seen = seen[np.argsort(seen["code"], kind="stable")]
    place = np.searchsorted(seen["code"], known["code"])
    looked = place < len(seen)
    looked[looked] = seen["code"][place[looked]] == known["code"][looked]
    parted = looked.copy()
    parted[looked] = seen["chance"][place[looked]] < _GONE
    over = parted | (now_us - known["last_us"] > PAUSE_US)
    going_on = looked & ~over
    joined = known[~over].copy()
    joined[looked[~over]] = _joined(known[going_on], seen[place[going_on]], now_us)
    begins = (seen["chance"] >= _MAYBE) & ~np.isin(seen["code"], joined["code"])
    together = np.concatenate([joined, _joined(_begun(seen[begins], now_us), seen[begins], now_us)])
    return together[np.argsort(together["code"], kind="stable")], known[over]


def _begun(seen: NDArray[np.void], now_us: int) -> NDArray[np.void]:
    """Meetings of which nothing is known yet but who and where."""
    new = np.zeros(len(seen), MEETING)
    new["code"], new["begun_us"], new["last_us"], new["sure_us"] = seen["code"], now_us, now_us, -1
    new["lat_deg"], new["lon_deg"] = seen["lat_deg"], seen["lon_deg"]
    return new


def _joined(old: NDArray[np.void], look: NDArray[np.void], now_us: int) -> NDArray[np.void]:
    """Meetings with one more look each."""
    joined, chance = old.copy(), look["chance"]
    joined["last_us"] = np.where(chance >= _MAYBE, now_us, old["last_us"])
    joined["n_near"] += chance >= _NEAR
    joined["best"] = np.maximum(old["best"], chance)
    sure = chance >= SURE
    over = (old["sure_us"] >= 0) & ((now_us - old["sure_last_us"] > PAUSE_US) | (chance < _DOUBTFUL))
    anew = (over | (old["sure_us"] < 0)) & sure
    joined["sure_us"] = np.where(anew, now_us, np.where(over, -1, old["sure_us"]))
    joined["sure_last_us"] = np.where(sure, now_us, old["sure_last_us"])
    joined["n_sure"] = np.where(anew | over, 0, old["n_sure"]) + sure
    come_m = distances_m(old["lat_deg"], old["lon_deg"], look["lat_deg"], look["lon_deg"])
    joined["way_m"] = np.where(look["going"], np.maximum(old["way_m"], come_m), old["way_m"])
    return joined


def sure_for_us(meetings: NDArray[np.void]) -> Instants:
    """How long they have surely been near each other until the last such look; 0 where they are not."""
    lasted: Instants = np.where(meetings["sure_us"] >= 0, meetings["sure_last_us"] - meetings["sure_us"], 0)
    return lasted


def are_near(meetings: NDArray[np.void]) -> NDArray[np.bool_]:
    """In which meetings they have been near each other at all, beyond what an error makes of two who pass at a distance."""
    near: NDArray[np.bool_] = (meetings["n_near"] >= _VISIT_LOOKS) & (meetings["best"] >= _VISIT_BEST)
    return near


def are_visits(meetings: NDArray[np.void]) -> NDArray[np.bool_]:
    """Which of the meetings that are over were visits: near each other, and not for so long as who lives or works there."""
    visits: NDArray[np.bool_] = are_near(meetings) & (meetings["last_us"] - meetings["begun_us"] <= _VISIT_LASTS_US)
    return visits
