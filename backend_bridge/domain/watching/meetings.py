"""Which wearers are about which protected persons, and for how long: pairs by a grid, remembered as columns, looked at each minute.

A fix is wrong for minutes on end, so that two people 120 m apart seem 50 m apart now and then. What counts is the probability of being
near by all fixes of the stays of both, or, where they go, over all looks of a meeting.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from backend_bridge.domain.breach.ground import distance_m, distances_m
from backend_bridge.domain.breach.stay_places import Places, within_chances
from backend_bridge.domain.quantities import MICROSECONDS

Floats = NDArray[np.float64]
Instants = NDArray[np.int64]

_CELL_DEG: Final = 0.002
"""Side of a grid cell in latitude, some 220 m; in longitude it is as wide on the ground or wider up to 60° of latitude."""
_STRIDE: Final = 1 << 20
_LEAST_PER_DEG: Final = 110_000.0
"""A degree of latitude, and of longitude at the equator, has more metres than that."""
_NO_CELLS: Final = np.zeros(0, np.int64)
_FEW: Final = 1000
"""Up to this number of pairs, all are compared."""
NEAR_M: Final = 100.0
_GOES_MPS: Final = 0.7
PAUSE_US: Final = 240 * MICROSECONDS
"""Not having seemed near each other for this long ends a meeting."""
_MAYBE: Final = 0.3
"""P(near) from which two may be near each other: that begins a meeting and goes on with it."""
_GONE: Final = 0.02
"""P(near) below which they surely are not: that ends it."""
_CAME_US: Final = 6 * 60 * MICROSECONDS
"""Who came at most so long before they may have been near each other has come to be near."""
_BEFORE_US: Final = 90 * MICROSECONDS
"""At most so much of coming nearer counts as being near, before both stay."""
_VISIT_LASTS_US: Final = 30 * 60 * MICROSECONDS
"""Who was there for longer lives or works there."""
_LEFT_US: Final = 120 * MICROSECONDS
"""Who has begun to stay again so shortly before the end, or does not stay then, has gone."""

MEETING: Final = np.dtype(
    [
        ("code", np.int64),  # wearer · 2³² + protected
        ("begun_us", np.int64),
        ("last_us", np.int64),  # the last look at which they may have been near
        ("counted_us", np.int64),  # the newest instant that counts in what is summed up over looks
        ("near_us", np.int64),  # how long they were near, by all looks: the sum of P(near) over time
        ("chance", np.float64),  # P(near) at the last look
        ("best", np.float64),  # highest and second highest P(near) so far
        ("second", np.float64),
        ("distance_m", np.float64),  # at the last look, with its error per axis
        ("sigma_m", np.float64),
        ("came", np.bool_),  # whether he has come, before it or during it
        ("came_to_it", np.bool_),  # whether he had come when it began
        ("his_since_us", np.int64),  # since when he stays where he is; −1 where he does not
        ("staying", np.bool_),  # whether both stay; of the last time that both did:
        ("since_us", np.int64),  # since when; −1 where they did not
        ("agreed_us", np.int64),  # until when
        ("n_fixes", np.int64),  # by how many fixes of the one of whom there are fewer
        ("stay_chance", np.float64),  # P(near) by all of them
        ("stay_m", np.float64),  # how far apart
        ("before_us", np.int64),  # how long they were near already before
        ("from_lat_deg", np.float64),  # where she was at the begin
        ("from_lon_deg", np.float64),
        ("way_m", np.float64),  # how far she has come from there while both went
        ("n_going", np.int64),  # looks at which both went,
        ("near_going", np.float64),  # and the sum of P(near) over them
        ("lat_deg", np.float64),  # where she and he were when they last may have been near
        ("lon_deg", np.float64),
        ("his_lat_deg", np.float64),
        ("his_lon_deg", np.float64),
        ("told", np.int64),
    ]
)
"""One wearer about one protected person, since they may have come near each other."""

LOOK: Final = np.dtype(
    [
        ("code", np.int64),
        ("chance", np.float64),  # P(near)
        ("distance_m", np.float64),
        ("sigma_m", np.float64),
        ("lat_deg", np.float64),  # where she is
        ("lon_deg", np.float64),
        ("his_lat_deg", np.float64),
        ("his_lon_deg", np.float64),
        ("going", np.bool_),  # whether both go
        ("his_since_us", np.int64),  # since when he stays where he is; −1 where he does not
        ("his_came", np.bool_),  # whether he was seen to come there
        ("since_us", np.int64),  # since when both stay where they are; −1 where one does not
        ("agreed_us", np.int64),  # and until when: halfway between the newest fixes of the two,
        ("n_fixes", np.int64),  # and how many of the one of whom there are fewer
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

    Places are (latitudes, longitudes) in degrees; who is nowhere (NaN) is near nobody.
    """
    if len(wearers[0]) * len(protected[0]) <= _FEW:
        his_lat, his_lon, her_lat, her_lon = map(np.ascontiguousarray, (*wearers, *protected))
        return _near_of_few(his_lat, his_lon, her_lat, her_lon, radius_m)
    his_rows, her_rows = np.flatnonzero(~np.isnan(wearers[0])), np.flatnonzero(~np.isnan(protected[0]))
    his, hers = (wearers[0][his_rows], wearers[1][his_rows]), (protected[0][her_rows], protected[1][her_rows])
    w, p = _near_of_many(his, hers, radius_m)
    return his_rows[w], her_rows[p]


def _near_of_many(
    wearers: tuple[Floats, Floats], protected: tuple[Floats, Floats], radius_m: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """`near_pairs` of those who are somewhere, by the cells of a grid."""
    cells, hers = cells_of(*wearers), cells_of(*protected)
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
    beside = np.abs(wearers[0][w] - protected[0][p]) <= radius_m / _LEAST_PER_DEG
    beside &= np.abs(wearers[1][w] - protected[1][p]) <= (radius_m / _LEAST_PER_DEG / np.cos(np.radians(wearers[0])))[w]
    w, p = w[beside], p[beside]
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


def cells_of(lat_deg: Floats, lon_deg: Floats) -> NDArray[np.int64]:
    """Numbers of grid cells; neighbours in a row differ by 1, rows by `_STRIDE`."""
    return np.floor(lat_deg / _CELL_DEG).astype(np.int64) * _STRIDE + np.floor(lon_deg / (2.0 * _CELL_DEG)).astype(np.int64)


def crowd_about(cells: NDArray[np.int64], lat_deg: float, lon_deg: float) -> int:
    """How many of those whose cells are given, sorted, are in the nine about a place: some 0.7 km² in Korea."""
    (cell,) = cells_of(np.array([lat_deg]), np.array([lon_deg])).tolist()
    rows = [cell + step * _STRIDE for step in (-1, 0, 1)]
    return sum(int(np.searchsorted(cells, row + 1, side="right") - np.searchsorted(cells, row - 1, side="left")) for row in rows)


class Crowd:
    """Where protected persons were at one look; in which cells of the grid is worked out when it is asked for."""

    def __init__(self, cells: NDArray[np.int64] = _NO_CELLS) -> None:
        """Of a crowd of which the cells are known."""
        self._cells = cells
        self._places: tuple[Floats, Floats] | None = None

    def is_now(self, lat_deg: Floats, lon_deg: Floats) -> None:
        """They are there, or nowhere (NaN); nobody changes the columns any more."""
        self._places = lat_deg, lon_deg

    def cells(self) -> NDArray[np.int64]:
        """The cells in which they were, sorted, each as often as somebody was in it."""
        if self._places is not None:
            known = ~np.isnan(self._places[0])
            self._cells, self._places = np.sort(cells_of(self._places[0][known], self._places[1][known])), None
        return self._cells


def looks_at(codes: NDArray[np.int64], his: Places, hers: Places) -> NDArray[np.void]:
    """Looks at n pairs, by where each of the two was."""
    seen = np.zeros(len(codes), LOOK)
    seen["code"] = codes
    seen["distance_m"] = distances_m(his.lat_deg, his.lon_deg, hers.lat_deg, hers.lon_deg)
    seen["sigma_m"] = np.sqrt(his.variance_m2 + hers.variance_m2)
    seen["chance"] = within_chances(seen["distance_m"].copy(), seen["sigma_m"].copy(), NEAR_M)
    seen["lat_deg"], seen["lon_deg"], seen["his_lat_deg"], seen["his_lon_deg"] = hers.lat_deg, hers.lon_deg, his.lat_deg, his.lon_deg
    seen["going"] = (his.speed_mps > _GOES_MPS) & (hers.speed_mps > _GOES_MPS)
    seen["his_since_us"], seen["his_came"] = his.since_us, his.came
    both = (his.since_us >= 0) & (hers.since_us >= 0)
    seen["since_us"] = np.where(both, np.maximum(his.since_us, hers.since_us), -1)
    seen["agreed_us"], seen["n_fixes"] = (his.agreed_us + hers.agreed_us) // 2, np.minimum(his.n_fixes, hers.n_fixes)
    return seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Of whom it is known where they were at a look, by device."""

    his_since_us: Instants
    """Since when a wearer stays where he is, −1 where he does not; −2 of whom nothing is known."""
    hers: NDArray[np.bool_]
    """Of which protected persons it is known."""

    @staticmethod
    def of(n: int, his: tuple[NDArray[np.int32], Instants], her_device: NDArray[np.int32]) -> "Elsewhere":
        """What is known where, of n devices, these wearers' whereabouts are known with since when each stays, and these persons'."""
        known = Elsewhere(his_since_us=np.full(n, -2), hers=np.zeros(n, np.bool_))
        known.his_since_us[his[0]], known.hers[her_device] = his[1], True
        return known

    def are_apart(self, codes: Instants) -> NDArray[np.bool_]:
        """Of which pairs both are known: where no look shows them about each other, they are not."""
        apart: NDArray[np.bool_] = (self.his_since_us[codes >> 32] > -2) & self.hers[codes & 0xFFFFFFFF]
        return apart


def gone_on(
    known: NDArray[np.void], seen: NDArray[np.void], at_us: int, since_us: int, elsewhere: Elsewhere | None = None
) -> tuple[NDArray[np.void], NDArray[np.void]]:
    """The meetings after a look at `at_us` in the order of their codes, and those that are over; the look before was at `since_us`.

    `seen` are the looks at all pairs about each other, of which each has one; `known` the meetings before. Of a meeting that was not
    looked at, `elsewhere` says whether both are known to be elsewhere; without it that is not known of anybody.
    """
    seen = seen[np.argsort(seen["code"], kind="stable")]
    place = np.searchsorted(seen["code"], known["code"])
    looked = place < len(seen)
    looked[looked] = seen["code"][place[looked]] == known["code"][looked]
    parted = looked.copy()
    parted[looked] = seen["chance"][place[looked]] < _GONE
    away = np.zeros(len(known), np.bool_) if elsewhere is None else elsewhere.are_apart(known["code"]) & ~looked
    gone = parted | away
    over = gone | (at_us - known["last_us"] > PAUSE_US)
    ended = known[over].copy()
    ended["his_since_us"][parted[over]] = seen["his_since_us"][place[parted]]
    if elsewhere is not None:
        ended["his_since_us"][away[over]] = elsewhere.his_since_us[known["code"][away] >> 32]
    ended["chance"][gone[over]] = 0.0
    ended["staying"] = False
    joined = known[~over].copy()
    still = looked[~over]
    begins = (seen["chance"] >= _MAYBE) & ~np.isin(seen["code"], joined["code"])
    together = joined if not np.count_nonzero(begins) else np.concatenate([joined, _begun(seen[begins], at_us)])
    looks = np.concatenate([np.searchsorted(seen["code"], joined["code"]), np.flatnonzero(begins)])
    lasted_us = min(at_us - since_us, PAUSE_US) if since_us < at_us else 0
    _join(together, seen, looks, np.append(still, np.ones(len(together) - len(still), np.bool_)), at_us, lasted_us)
    return together[np.argsort(together["code"], kind="stable")], ended


def _begun(seen: NDArray[np.void], at_us: int) -> NDArray[np.void]:
    """Meetings of which nothing is known yet but who and where, and whether he has come to it."""
    new = np.zeros(len(seen), MEETING)
    new["code"], new["from_lat_deg"], new["from_lon_deg"] = seen["code"], seen["lat_deg"], seen["lon_deg"]
    new["begun_us"], new["last_us"], new["since_us"] = at_us, at_us, -1
    new["came_to_it"] = new["came"] = _has_come(seen["his_since_us"], seen["his_came"], at_us)
    return new


def _has_come(since_us: Instants, came: NDArray[np.bool_], begun_us: int) -> NDArray[np.bool_]:
    has: NDArray[np.bool_] = (since_us < 0) | (came & (since_us >= begun_us - _CAME_US))
    return has


@njit(cache=True)
def _join(
    meetings: NDArray[np.void], seen: NDArray[np.void], looks: NDArray[np.intp], looked: NDArray[np.bool_], at_us: int, lasted_us: int
) -> None:
    """Take its look into each meeting that was looked at, in place; `looks` are rows of `seen`, the look before was `lasted_us` ago."""
    for i in range(len(meetings)):
        one = meetings[i]
        if not looked[i]:
            one["staying"] = False
            continue
        look = seen[looks[i]]
        chance = look["chance"]
        if chance >= _MAYBE:
            one["last_us"] = at_us
            one["lat_deg"], one["lon_deg"] = look["lat_deg"], look["lon_deg"]
            one["his_lat_deg"], one["his_lon_deg"] = look["his_lat_deg"], look["his_lon_deg"]
        if chance > one["best"]:
            one["best"], one["second"] = chance, one["best"]
        else:
            one["second"] = max(one["second"], chance)
        one["chance"], one["distance_m"], one["sigma_m"] = chance, look["distance_m"], look["sigma_m"]
        one["his_since_us"] = look["his_since_us"]
        one["came"] = one["came"] or (look["his_came"] and look["his_since_us"] >= one["begun_us"] - _CAME_US)
        _join_stay(one, look)
        if one["begun_us"] < at_us and one["counted_us"] < at_us:
            one["near_us"] += int(chance * lasted_us)
        if look["going"] and one["counted_us"] < at_us:
            one["n_going"] += 1
            one["near_going"] += chance
            one["way_m"] = max(one["way_m"], distance_m(one["from_lat_deg"], one["from_lon_deg"], look["lat_deg"], look["lon_deg"]))
        one["counted_us"] = max(one["counted_us"], at_us)


@njit(cache=True)
def _join_stay(one: np.void, look: np.void) -> None:
    """What a look says of both staying where they are, into a meeting that does not count the look's time yet."""
    one["staying"] = look["since_us"] >= 0
    if not one["staying"]:
        return
    if look["since_us"] != one["since_us"]:
        one["since_us"] = look["since_us"]
        # Coming nearer counts only if it was for this stay.
        one["before_us"] = min(one["near_us"], _BEFORE_US) if look["since_us"] >= one["begun_us"] - 60 * MICROSECONDS else 0
    one["agreed_us"], one["n_fixes"], one["stay_chance"], one["stay_m"] = (
        look["agreed_us"],
        look["n_fixes"],
        look["chance"],
        look["distance_m"],
    )


def stayed_us(meetings: NDArray[np.void]) -> Instants:
    """How long both have stayed near each other, as far as fixes of both show it; 0 where they did not stay."""
    lasted: Instants = np.where(meetings["since_us"] >= 0, meetings["agreed_us"] - meetings["since_us"] + meetings["before_us"], 0)
    return lasted


def are_visits(meetings: NDArray[np.void]) -> NDArray[np.bool_]:
    """Which of the meetings that are over were visits: he came to them and went, and not after so long as who lives or works there."""
    went = (meetings["his_since_us"] < 0) | (meetings["his_since_us"] > meetings["last_us"] - _LEFT_US)
    brief = meetings["last_us"] - meetings["begun_us"] <= _VISIT_LASTS_US
    visits: NDArray[np.bool_] = meetings["came_to_it"] & went & brief & (meetings["second"] >= _MAYBE)
    return visits
