"""Fixes that show something to be wrong with the device or with what it hears, found in one pass over a batch."""

from enum import IntEnum
from typing import Any, Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.ground import distance_m
from backend_bridge.domain.quantities import MICROSECONDS


class Doubt(IntEnum):
    """Why a position is not to be trusted; `NONE` where it is again."""

    NONE = 0
    IMPOSSIBLE_SPEED = 1
    FROZEN = 2
    TOO_SMOOTH = 3
    SOURCES_CONTRADICT = 4
    CLOCK_AHEAD = 5
    CLOCK_BEHIND = 6
    NO_MOTION = 7


IMPOSSIBLE_MPS: Final = 70.0
_FROZEN_FIXES: Final = 5
_FROZEN_US: Final = 60 * MICROSECONDS
_SMOOTH_FIXES: Final = 20
_SMOOTH_M: Final = 0.3
_CONTRADICTIONS: Final = 3
_CONTRADICTION_US: Final = 180 * MICROSECONDS
_CONTRADICTION_MPS: Final = 36.0
_CONTRADICTION_M: Final = 200.0
_CLOCK_AHEAD_US: Final = 30 * MICROSECONDS
_CLOCK_BEHIND_US: Final = 45 * MICROSECONDS
_CLOCK_STEADY_US: Final = 10 * MICROSECONDS
_CLOCK_FIXES: Final = 10
_NO_MOTION_US: Final = 14 * 3600 * MICROSECONDS
_QUIET_US: Final = 600 * MICROSECONDS
_QUIET_FIXES: Final = 5
_R95_OF_68: Final = 2.45 / 1.51
_UNKNOWN_ACCURACY_M: Final = (100.0, 200.0, 2000.0, 50.0)
_UNSEEN_US: Final = -(2**62)


class TrustColumns(NamedTuple):
    """What the scan remembers of each device; `n` arrays, places of GNSS (0) and of the network (1) apart."""

    newest_us: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    r95_m: NDArray[np.float64]
    before_us: NDArray[np.int64]
    before_lat: NDArray[np.float64]
    before_lon: NDArray[np.float64]
    frozen_since_us: NDArray[np.int64]
    n_frozen: NDArray[np.int64]
    n_smooth: NDArray[np.int64]
    n_contrary: NDArray[np.int64]
    lag_us: NDArray[np.int64]
    n_lag: NDArray[np.int64]
    received_us: NDArray[np.int64]
    motion_us: NDArray[np.int64]
    doubt: NDArray[np.int64]
    doubted_us: NDArray[np.int64]
    n_good: NDArray[np.int64]
    place_us: NDArray[np.int64]
    """(n, 2) newest place by what measured it; likewise below."""
    place_lat: NDArray[np.float64]
    place_lon: NDArray[np.float64]
    place_r95_m: NDArray[np.float64]


_INSTANTS: Final = ("newest_us", "before_us", "frozen_since_us", "received_us", "motion_us", "doubted_us", "place_us")
_PLACES: Final = ("place_us", "place_lat", "place_lon", "place_r95_m")
_DEGREES: Final = ("lat", "lon", "r95_m", "before_lat", "before_lon", "place_lat", "place_lon", "place_r95_m")


def columns_for(n: int) -> TrustColumns:
    """Columns of n devices of which nothing is known."""
    made: dict[str, Any] = {}
    for name in TrustColumns._fields:
        shape = (n, 2) if name in _PLACES else (n,)
        kind = np.float64 if name in _DEGREES else np.int64
        made[name] = np.full(shape, _UNSEEN_US if name in _INSTANTS else 0, kind)
    return TrustColumns(**made)


def grown(columns: TrustColumns, n: int) -> TrustColumns:
    """The columns with room for n devices."""
    more = n - len(columns.newest_us)
    if more <= 0:
        return columns
    return TrustColumns(*(np.concatenate(pair) for pair in zip(columns, columns_for(more), strict=True)))


def scan(
    columns: TrustColumns, fixes: FixBatch, device: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """The rows at which the doubt about a device changes, what it is from then on, and the speed that the way there took.

    `columns` go on changed. The speed is that of the way from the fix before, less both errors; 0 where they explain it.
    """
    rows, doubts, speeds_mps = np.empty(len(device), np.int64), np.empty(len(device), np.int64), np.empty(len(device))
    n = _scan(
        columns, device, fixes.measured_us, fixes.received_us, fixes.lat_deg, fixes.lon_deg, fixes.accuracy_m, fixes.moving,
        fixes.source, rows, doubts, speeds_mps,
    )  # fmt: skip
    return rows[:n], doubts[:n], speeds_mps[:n]


@njit(cache=True)
def _scan(
    columns: TrustColumns,
    device: NDArray[np.int32],
    measured_us: NDArray[np.int64],
    received_us: NDArray[np.int64],
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    accuracy_m: NDArray[np.float32],
    moving: NDArray[np.int8],
    source: NDArray[np.int8],
    rows: NDArray[np.int64],
    doubts: NDArray[np.int64],
    speeds_mps: NDArray[np.float64],
) -> int:
    """The loop of `scan`; fixes that come late are left out, for what they show is past."""
    found = 0
    for i in range(len(device)):
        d = device[i]
        if measured_us[i] <= columns.newest_us[d]:
            continue
        doubt = _time_doubt(columns, d, measured_us[i], received_us[i])
        r95_m = _r95_m(accuracy_m[i], source[i])
        speed_mps = _jump_mps(columns, d, measured_us[i], lat[i], lon[i], r95_m)
        if doubt == 0 and speed_mps > IMPOSSIBLE_MPS:
            doubt = 1
        if source[i] <= 0:
            if _frozen(columns, d, measured_us[i], lat[i], lon[i], moving[i]):
                doubt = 2
            if _smooth(columns, d, measured_us[i], lat[i], lon[i], moving[i]):
                doubt = 3
        if _contrary(columns, d, measured_us[i], lat[i], lon[i], r95_m, source[i]):
            doubt = 4
        if _motionless(columns, d, measured_us[i], moving[i]):
            doubt = 7
        columns.before_us[d], columns.before_lat[d], columns.before_lon[d] = columns.newest_us[d], columns.lat[d], columns.lon[d]
        columns.newest_us[d], columns.lat[d], columns.lon[d] = measured_us[i], lat[i], lon[i]
        columns.received_us[d], columns.r95_m[d] = received_us[i], r95_m
        if _changes(columns, d, measured_us[i], doubt):
            rows[found], doubts[found], speeds_mps[found] = i, columns.doubt[d], speed_mps
            found += 1
    return found


@njit(cache=True)
def _time_doubt(columns: TrustColumns, d: int, measured_us: int, received_us: int) -> int:
    """Whether the device's clock is ahead or behind."""
    behind = _lags(columns, d, measured_us, received_us)
    if measured_us - received_us > _CLOCK_AHEAD_US:
        return 5
    return 6 if behind else 0


@njit(cache=True)
def _changes(columns: TrustColumns, d: int, measured_us: int, doubt: int) -> bool:
    """Whether the device becomes doubted, or has been good for long enough to be trusted again."""
    if doubt > 0:
        columns.doubted_us[d], columns.n_good[d] = measured_us, 0
        if columns.doubt[d] > 0:
            return False
        columns.doubt[d] = doubt
        return True
    columns.n_good[d] += 1
    quiet = columns.n_good[d] >= _QUIET_FIXES and measured_us - columns.doubted_us[d] >= _QUIET_US
    if columns.doubt[d] > 0 and quiet:
        columns.doubt[d] = 0
        return True
    return False


@njit(cache=True)
def _lags(columns: TrustColumns, d: int, measured_us: int, received_us: int) -> bool:
    """The same lag between device and bridge again and again, at the pace of measuring: a clock that is behind, no backlog."""
    lag_us = received_us - measured_us
    pace_us = (received_us - columns.received_us[d]) - (measured_us - columns.newest_us[d])
    if lag_us > _CLOCK_BEHIND_US and abs(lag_us - columns.lag_us[d]) < _CLOCK_STEADY_US and abs(pace_us) < _CLOCK_STEADY_US:
        columns.n_lag[d] += 1
    else:
        columns.n_lag[d] = 0
    columns.lag_us[d] = lag_us
    return bool(columns.n_lag[d] >= _CLOCK_FIXES)


@njit(cache=True)
def _frozen(columns: TrustColumns, d: int, measured_us: int, lat: float, lon: float, moving: int) -> bool:
    """The very same coordinates over and over while the device feels motion."""
    if lat != columns.lat[d] or lon != columns.lon[d] or moving != 1:
        columns.n_frozen[d], columns.frozen_since_us[d] = 0, measured_us
        return False
    columns.n_frozen[d] += 1
    return bool(columns.n_frozen[d] >= _FROZEN_FIXES and measured_us - columns.frozen_since_us[d] >= _FROZEN_US)


@njit(cache=True)
def _smooth(columns: TrustColumns, d: int, measured_us: int, lat: float, lon: float, moving: int) -> bool:
    """Fix after fix exactly where the last two lead: no receiver is so quiet on the move."""
    last_us, step_us = columns.newest_us[d], columns.newest_us[d] - columns.before_us[d]
    if columns.before_us[d] == _UNSEEN_US or step_us <= 0 or moving == 0:
        columns.n_smooth[d] = 0
        return False
    share = (measured_us - last_us) / step_us
    ahead_lat = columns.lat[d] + share * (columns.lat[d] - columns.before_lat[d])
    ahead_lon = columns.lon[d] + share * (columns.lon[d] - columns.before_lon[d])
    way_m = distance_m(columns.lat[d], columns.lon[d], lat, lon)
    if way_m < 5.0 or distance_m(ahead_lat, ahead_lon, lat, lon) > _SMOOTH_M:
        columns.n_smooth[d] = 0
        return False
    columns.n_smooth[d] += 1
    return bool(columns.n_smooth[d] >= _SMOOTH_FIXES)


@njit(cache=True)
def _r95_m(accuracy_m: float, source: int) -> float:
    """The 95 % radius of a fix."""
    if np.isnan(accuracy_m):
        return _UNKNOWN_ACCURACY_M[max(source, 0)]
    return accuracy_m * _R95_OF_68


@njit(cache=True)
def _jump_mps(columns: TrustColumns, d: int, measured_us: int, lat: float, lon: float, r95_m: float) -> float:
    """The speed that the way from the fix before takes, less both errors."""
    if columns.newest_us[d] == _UNSEEN_US:
        return 0.0
    way_m = distance_m(columns.lat[d], columns.lon[d], lat, lon) - r95_m - columns.r95_m[d]
    return float(max(way_m, 0.0) * MICROSECONDS / (measured_us - columns.newest_us[d]))


@njit(cache=True)
def _contrary(columns: TrustColumns, d: int, measured_us: int, lat: float, lon: float, r95_m: float, source: int) -> bool:
    """Satellites and network that put the device where it cannot be at once, several times in a row."""
    if source == 3:
        return False
    kind = 1 if source > 0 else 0
    other = 1 - kind
    columns.place_us[d, kind] = measured_us
    columns.place_lat[d, kind], columns.place_lon[d, kind], columns.place_r95_m[d, kind] = lat, lon, r95_m
    apart_us = measured_us - columns.place_us[d, other]
    if columns.place_us[d, other] == _UNSEEN_US or apart_us > _CONTRADICTION_US:
        return False
    reach_m = 2.0 * (r95_m + columns.place_r95_m[d, other]) + _CONTRADICTION_MPS * apart_us / MICROSECONDS + _CONTRADICTION_M
    if distance_m(columns.place_lat[d, other], columns.place_lon[d, other], lat, lon) > reach_m:
        columns.n_contrary[d] += 1
    else:
        columns.n_contrary[d] = 0
    return bool(columns.n_contrary[d] >= _CONTRADICTIONS)


@njit(cache=True)
def _motionless(columns: TrustColumns, d: int, measured_us: int, moving: int) -> bool:
    """No motion felt for longer than anybody sleeps: the device may be without its wearer."""
    if moving != 0 or columns.motion_us[d] == _UNSEEN_US:
        columns.motion_us[d] = measured_us
    return bool(measured_us - columns.motion_us[d] > _NO_MOTION_US)
