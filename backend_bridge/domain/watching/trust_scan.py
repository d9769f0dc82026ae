"""Fixes that show something to be wrong with the device or with what it hears, found in one pass over a batch."""

from enum import IntEnum
from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from backend_bridge.domain.breach.ground import distance_m
from backend_bridge.domain.fix import FixBatch, read_only
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


class About(IntEnum):
    """What a doubt is about."""

    NOW = 0
    """The fixes of a device, in turn."""
    PAST = 1
    """What came of it behind newer fixes."""


class Change(NamedTuple):
    """A doubt begins, or is over where `doubt` is `NONE`."""

    row: int
    about: About
    doubt: Doubt
    jump_mps: float
    """The speed that the way from the fix before took, less both errors; 0 where they explain it."""
    lasted_s: float = np.nan
    """For how long the device had been frozen, or without motion."""
    n_fixes: float = np.nan
    """How many fixes on end show it, where several do."""
    apart_m: float = np.nan
    """How far apart satellites and network had it."""


IMPOSSIBLE_MPS: Final = 70.0
_LEAST_APART_S: Final = 1.0
"""Fixes of one second are no farther apart in time: their order says nothing of a way."""
_FROZEN_FIXES: Final = 5
_FROZEN_US: Final = 60 * MICROSECONDS
_MOVES_MPS: Final = 1.0
"""A device without a motion sensor that reports such a speed moves."""
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
_PAUSE_US: Final = 900 * MICROSECONDS
"""What came late goes on so long after what came late before it."""
_R95_OF_68: Final = 2.45 / 1.51
_UNKNOWN_ACCURACY_M: Final = (100.0, 200.0, 2000.0, 50.0)
_UNSEEN_US: Final = -(2**62)
_M_PER_DEGREE: Final = 111_700.0
"""Of latitude at most; of longitude, too."""
_MOST_CHANGES: Final = 2
"""That one fix brings: one about each thing."""


TRUST: Final = np.dtype(
    [
        ("newest_us", np.int64),
        ("lat", np.float64),
        ("lon", np.float64),
        ("r95_m", np.float64),
        ("before_us", np.int64),
        ("before_lat", np.float64),
        ("before_lon", np.float64),
        ("frozen_since_us", np.int64),
        ("n_frozen", np.int64),
        ("n_smooth", np.int64),
        ("n_contrary", np.int64),
        ("lag_us", np.int64),
        ("n_lag", np.int64),
        ("received_us", np.int64),
        ("motion_us", np.int64),
        ("doubt", np.int64),
        ("doubted_us", np.int64),
        ("n_good", np.int64),
        # the newest place by what measured it: satellites, network
        ("place_us", np.int64, (2,)),
        ("place_lat", np.float64, (2,)),
        ("place_lon", np.float64, (2,)),
        ("place_r95_m", np.float64, (2,)),
        # of what came late: 1 where it goes on with the time, −1 against it, where all times count negative; 0 at its first fix
        ("direction", np.int64),
    ]
)
"""What the scan remembers of a device."""
_INSTANTS: Final = ("newest_us", "before_us", "frozen_since_us", "received_us", "motion_us", "doubted_us", "place_us")

Rows = NDArray[np.void]


class Memory(NamedTuple):
    """What the scan remembers: rows of `TRUST`, one for each device in each table."""

    now: Rows
    """Of fixes in turn."""
    past: Rows
    """Of the last piece of track that came late; of its doubts, when they were received."""


NOTHING: Final = Memory(np.zeros(0, TRUST), np.zeros(0, TRUST))


def grown(memory: Memory, n: int) -> Memory:
    """The memory with room for n devices; of new ones nothing is known."""
    return Memory(*(_longer(rows, n) for rows in memory))


def _longer(rows: Rows, n: int) -> Rows:
    if n <= len(rows):
        return rows
    more = np.zeros(n - len(rows), TRUST)
    for name in _INSTANTS:
        more[name] = _UNSEEN_US
    return np.concatenate([rows, more])


def remembered(rows: Rows) -> Rows:
    """A table of its own as it was stored; fields that a version before did not have are empty."""
    found = np.zeros(len(rows), TRUST)
    for name in rows.dtype.names or ():
        found[name] = rows[name]
    return found


def scan(memory: Memory, fixes: FixBatch, device: NDArray[np.int32]) -> list[Change]:
    """What becomes doubted and what no longer is, in the order of the rows; `memory` goes on changed."""
    room = _MOST_CHANGES * len(device)
    rows, codes, figures = np.empty(room, np.int64), np.empty((room, 2), np.int64), np.full((room, 4), np.nan)
    n = _scan(
        memory.now, memory.past, read_only(device), read_only(fixes.measured_us), read_only(fixes.received_us),
        read_only(fixes.lat_deg), read_only(fixes.lon_deg), read_only(fixes.accuracy_m), read_only(fixes.speed_mps),
        read_only(fixes.moving), read_only(fixes.source), rows, codes, figures,
    )  # fmt: skip
    told = zip(rows[:n].tolist(), codes[:n].tolist(), figures[:n].tolist(), strict=True)
    return [Change(row, About(about), Doubt(doubt), *behind) for row, (about, doubt), behind in told]


@njit(cache=True, nogil=True)
def _scan(
    now: Rows,
    past: Rows,
    device: NDArray[np.int32],
    measured_us: NDArray[np.int64],
    received_us: NDArray[np.int64],
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    accuracy_m: NDArray[np.float32],
    speed_mps: NDArray[np.float32],
    moving: NDArray[np.int8],
    source: NDArray[np.int8],
    rows: NDArray[np.int64],
    codes: NDArray[np.int64],
    figures: NDArray[np.float64],
) -> int:
    """The loop of `scan`; a fix that comes late goes on with what came late before it."""
    found = 0
    for i in range(len(device)):
        one, late = now[device[i]], past[device[i]]
        r95_m = _r95_m(accuracy_m[i], source[i])
        motion = 1 if moving[i] < 0 and speed_mps[i] > _MOVES_MPS else moving[i]
        if measured_us[i] <= one.newest_us:
            at_us = _of_piece(late, measured_us[i])
            jump_mps = _jump_mps(late, at_us, lat[i], lon[i], r95_m)
            doubt = _place_doubt(late, at_us, lat[i], lon[i], r95_m, jump_mps, motion, source[i])
            _take(late, at_us, lat[i], lon[i], r95_m)
            if doubt > 0:
                late.doubted_us = received_us[i]
                if late.doubt == 0:
                    late.doubt = doubt
                    found = _tell(rows, codes, figures, found, i, 1, doubt, jump_mps)
                    _show(late, doubt, figures[found - 1])
            continue
        if late.doubt > 0 and received_us[i] - late.doubted_us >= _QUIET_US:
            late.doubt = 0
            found = _tell(rows, codes, figures, found, i, 1, 0, 0.0)
        doubt = _time_doubt(one, measured_us[i], received_us[i])
        jump_mps = _jump_mps(one, measured_us[i], lat[i], lon[i], r95_m)
        seen = _place_doubt(one, measured_us[i], lat[i], lon[i], r95_m, jump_mps, motion, source[i])
        if seen > 1 or doubt == 0:
            doubt = seen
        if _motionless(one, measured_us[i], motion):
            doubt = 7
        _take(one, measured_us[i], lat[i], lon[i], r95_m)
        one.received_us = received_us[i]
        if _changes(one, measured_us[i], doubt):
            found = _tell(rows, codes, figures, found, i, 0, one.doubt, jump_mps)
            _show(one, one.doubt, figures[found - 1])
    return found


@njit(cache=True)
def _tell(
    rows: NDArray[np.int64],
    codes: NDArray[np.int64],
    figures: NDArray[np.float64],
    found: int,
    row: int,
    about: int,
    doubt: int,
    mps: float,
) -> int:
    """Write one change down; how many there are."""
    rows[found], codes[found, 0], codes[found, 1], figures[found, 0] = row, about, doubt, mps
    return found + 1


@njit(cache=True)
def _show(one: np.record, doubt: int, figures: NDArray[np.float64]) -> None:
    """Write down what a doubt rests on besides the speed: how long, how many fixes, how far apart."""
    if doubt == 2:
        figures[1], figures[2] = (one.newest_us - one.frozen_since_us) / MICROSECONDS, one.n_frozen + 1
    elif doubt == 3:
        figures[2] = one.n_smooth
    elif doubt == 4:
        figures[2] = one.n_contrary
        figures[3] = distance_m(one.place_lat[0], one.place_lon[0], one.place_lat[1], one.place_lon[1])
    elif doubt == 6:
        figures[2] = one.n_lag
    elif doubt == 7:
        figures[1] = (one.newest_us - one.motion_us) / MICROSECONDS


@njit(cache=True)
def _take(one: np.record, at_us: int, lat: float, lon: float, r95_m: float) -> None:
    """Let a fix be the newest."""
    one.before_us, one.before_lat, one.before_lon = one.newest_us, one.lat, one.lon
    one.newest_us, one.lat, one.lon, one.r95_m = at_us, lat, lon, r95_m


@njit(cache=True)
def _of_piece(late: np.record, measured_us: int) -> int:
    """When a late fix counts as measured in its piece of track, which may come newest first; a new piece begins where it fits none."""
    direction: int = late.direction
    last_us: int = late.newest_us if direction == 0 else direction * late.newest_us
    ahead = 1 if measured_us > last_us else -1
    goes_on = late.newest_us != _UNSEEN_US and 0 < abs(measured_us - last_us) <= _PAUSE_US
    if goes_on and direction == 0:
        direction = ahead
        late.direction, late.newest_us, late.frozen_since_us = ahead, ahead * last_us, ahead * last_us
        for kind in range(2):
            if late.place_us[kind] != _UNSEEN_US:
                late.place_us[kind] = ahead * last_us
    elif not goes_on or ahead != direction:
        late.direction, late.newest_us = 0, _UNSEEN_US
        late.lat, late.n_smooth, late.n_contrary = np.nan, 0, 0
        late.place_us[0], late.place_us[1] = _UNSEEN_US, _UNSEEN_US
        return measured_us
    return direction * measured_us


@njit(cache=True)
def _place_doubt(one: np.record, at_us: int, lat: float, lon: float, r95_m: float, jump_mps: float, moving: int, source: int) -> int:
    """Why a fix is not to be trusted, by those before it."""
    doubt = 0
    if jump_mps > IMPOSSIBLE_MPS:
        doubt = 1
    if source <= 0:
        if _frozen(one, at_us, lat, lon, moving):
            doubt = 2
        if _smooth(one, at_us, lat, lon, moving):
            doubt = 3
    if _contrary(one, at_us, lat, lon, r95_m, source):
        doubt = 4
    return doubt


@njit(cache=True)
def _time_doubt(one: np.record, measured_us: int, received_us: int) -> int:
    """Whether the device's clock is ahead or behind."""
    behind = _lags(one, measured_us, received_us)
    if measured_us - received_us > _CLOCK_AHEAD_US:
        return 5
    return 6 if behind else 0


@njit(cache=True)
def _changes(one: np.record, measured_us: int, doubt: int) -> bool:
    """Whether the device becomes doubted, or has been good for long enough to be trusted again."""
    if doubt > 0:
        one.doubted_us, one.n_good = measured_us, 0
        if one.doubt > 0:
            return False
        one.doubt = doubt
        return True
    n_good = one.n_good + 1
    one.n_good = n_good
    quiet = n_good >= _QUIET_FIXES and measured_us - one.doubted_us >= _QUIET_US
    if one.doubt > 0 and quiet:
        one.doubt = 0
        return True
    return False


@njit(cache=True)
def _lags(one: np.record, measured_us: int, received_us: int) -> bool:
    """The same lag between device and bridge again and again, at the pace of measuring: a clock that is behind, no backlog."""
    lag_us = received_us - measured_us
    pace_us = (received_us - one.received_us) - (measured_us - one.newest_us)
    if lag_us > _CLOCK_BEHIND_US and abs(lag_us - one.lag_us) < _CLOCK_STEADY_US and abs(pace_us) < _CLOCK_STEADY_US:
        n_lag = one.n_lag + 1
    else:
        n_lag = 0
    one.n_lag, one.lag_us = n_lag, lag_us
    return bool(n_lag >= _CLOCK_FIXES)


@njit(cache=True)
def _frozen(one: np.record, measured_us: int, lat: float, lon: float, moving: int) -> bool:
    """The very same coordinates over and over while the device moves."""
    if lat != one.lat or lon != one.lon or moving != 1:
        one.n_frozen, one.frozen_since_us = 0, measured_us
        return False
    n_frozen = one.n_frozen + 1
    one.n_frozen = n_frozen
    return bool(n_frozen >= _FROZEN_FIXES and measured_us - one.frozen_since_us >= _FROZEN_US)


@njit(cache=True)
def _smooth(one: np.record, measured_us: int, lat: float, lon: float, moving: int) -> bool:
    """Fix after fix exactly where the last two lead: no receiver is so quiet on the move."""
    last_us, step_us = one.newest_us, one.newest_us - one.before_us
    if one.before_us == _UNSEEN_US or step_us <= 0 or moving == 0:
        one.n_smooth = 0
        return False
    share = (measured_us - last_us) / step_us
    ahead_lat = one.lat + share * (one.lat - one.before_lat)
    if abs(ahead_lat - lat) * _M_PER_DEGREE > 2.0 * _SMOOTH_M:
        one.n_smooth = 0
        return False
    ahead_lon = one.lon + share * (one.lon - one.before_lon)
    way_m = distance_m(one.lat, one.lon, lat, lon)
    if way_m < 5.0 or distance_m(ahead_lat, ahead_lon, lat, lon) > _SMOOTH_M:
        one.n_smooth = 0
        return False
    n_smooth = one.n_smooth + 1
    one.n_smooth = n_smooth
    return bool(n_smooth >= _SMOOTH_FIXES)


@njit(cache=True)
def _r95_m(accuracy_m: float, source: int) -> float:
    """The 95 % radius of a fix."""
    if not accuracy_m > 0.0:
        return _UNKNOWN_ACCURACY_M[max(source, 0)]
    return accuracy_m * _R95_OF_68


@njit(cache=True)
def _jump_mps(one: np.record, measured_us: int, lat: float, lon: float, r95_m: float) -> float:
    """The speed that the way from the fix before takes, less both errors."""
    if one.newest_us == _UNSEEN_US:
        return 0.0
    seconds = max((measured_us - one.newest_us) / MICROSECONDS, _LEAST_APART_S)
    if (abs(lat - one.lat) + abs(lon - one.lon)) * _M_PER_DEGREE < IMPOSSIBLE_MPS * seconds:
        return 0.0
    way_m = distance_m(one.lat, one.lon, lat, lon) - r95_m - one.r95_m
    return float(max(way_m, 0.0) / seconds)


@njit(cache=True)
def _contrary(one: np.record, measured_us: int, lat: float, lon: float, r95_m: float, source: int) -> bool:
    """Satellites and network that put the device where it cannot be at once, several times in a row."""
    if source == 3:
        return False
    kind = 1 if source > 0 else 0
    other = 1 - kind
    one.place_us[kind] = measured_us
    one.place_lat[kind], one.place_lon[kind], one.place_r95_m[kind] = lat, lon, r95_m
    apart_us = measured_us - one.place_us[other]
    if one.place_us[other] == _UNSEEN_US or apart_us > _CONTRADICTION_US:
        return False
    reach_m = 2.0 * (r95_m + one.place_r95_m[other]) + _CONTRADICTION_MPS * apart_us / MICROSECONDS + _CONTRADICTION_M
    apart_m = distance_m(one.place_lat[other], one.place_lon[other], lat, lon)
    n_contrary = one.n_contrary + 1 if apart_m > reach_m else 0
    one.n_contrary = n_contrary
    return bool(n_contrary >= _CONTRADICTIONS)


@njit(cache=True)
def _motionless(one: np.record, measured_us: int, moving: int) -> bool:
    """No motion felt for longer than anybody sleeps: the device may be without its wearer."""
    if moving != 0 or one.motion_us == _UNSEEN_US:
        one.motion_us = measured_us
    return bool(measured_us - one.motion_us > _NO_MOTION_US)
