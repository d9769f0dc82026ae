"""The quick look at a whole batch: one pass over its bytes says whether every row is in order and makes the columns meanwhile.

It only ever says yes or "look closer": what is wrong, and with which row, is for `lane_columns` to find out.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]


@njit(cache=True)
def _is_there(body: Bytes, valid: int, i: int) -> bool:
    return valid < 0 or (body[valid + (i >> 3)] >> (i & 7)) & 1 != 0


@njit(cache=True)
def _are_all_there(body: Bytes, valid: int, n: int) -> bool:
    found = 0
    for i in range(n if valid >= 0 else 0):
        found += _is_there(body, valid, i)
    return valid < 0 or found == n


@njit(cache=True)
def _floats(body: Bytes, place: Ints, low: float, high: float, values: NDArray[np.float32]) -> bool:
    """Take a column of finite numbers within [low, high], NaN where null."""
    start, valid, nulls = place[0], place[1], place[2]
    if start < 0:
        values[:] = np.nan
        return True
    raw = body[start : start + 4 * len(values)].view(np.float32)
    found, wrong = 0, 0
    for i in range(len(values)):
        is_there = _is_there(body, valid, i)
        wrong += is_there and not low <= raw[i] <= high
        found += not is_there
        values[i] = raw[i] if is_there else np.nan
    return bool(found == nulls and wrong == 0)


@njit(cache=True)
def _degrees(body: Bytes, place: Ints, n: int, limit: float) -> bool:
    """Whether a column has no null, and nothing beyond ±limit."""
    start = place[0]
    raw = body[start : start + 8 * n].view(np.float64)
    wrong = 0
    for i in range(n):
        wrong += not -limit <= raw[i] <= limit
    return wrong == 0 and _are_all_there(body, place[1], n)


@njit(cache=True)
def _times(body: Bytes, place: Ints, n: int, earliest: int, latest: int) -> bool:
    """Whether a column has no null, and nothing outside [earliest, latest]."""
    start = place[0]
    raw = body[start : start + 8 * n].view(np.int64)
    wrong = 0
    for i in range(n):
        wrong += not earliest <= raw[i] <= latest
    return wrong == 0 and _are_all_there(body, place[1], n)


@njit(cache=True)
def _indices(body: Bytes, place: Ints, values: NDArray[np.uint32]) -> None:
    """Take a column of indices of 1, 2 or 4 bytes; one that is negative as a signed number comes out too large for any text."""
    start, width, n = place[0], place[3], len(values)
    if width == 1:
        values[:] = body[start : start + n]
    elif width == 2:
        values[:] = body[start : start + 2 * n].view(np.uint16)
    else:
        values[:] = body[start : start + 4 * n].view(np.uint32)


@njit(cache=True)
def _devices(body: Bytes, place: Ints, seen: NDArray[np.bool_], values: NDArray[np.int32]) -> bool:
    """Take indices into as many names as `seen` is long, marking those that occur."""
    n, most = len(values), len(seen)
    indices = np.empty(n, np.uint32)
    _indices(body, place, indices)
    for i in range(n):
        if indices[i] >= most:
            return False
        seen[indices[i]] = True
        values[i] = indices[i]
    return _are_all_there(body, place[1], n)


@njit(cache=True)
def _sources(body: Bytes, place: Ints, codes: NDArray[np.int8], values: NDArray[np.int8]) -> bool:
    """Take the code of each row's text, −1 where null."""
    values[:] = -1
    n, most, found = len(values), len(codes), 0
    if place[0] < 0:
        return True
    indices = np.empty(n, np.uint32)
    _indices(body, place, indices)
    for i in range(n):
        if _is_there(body, place[1], i):
            if indices[i] >= most:
                return False
            values[i] = codes[indices[i]]
        else:
            found += 1
    return bool(found == place[2])


@njit(cache=True)
def _moving(body: Bytes, place: Ints, values: NDArray[np.int8]) -> bool:
    """Take bits, −1 where null."""
    values[:] = -1
    found = 0
    for i in range(len(values) if place[0] >= 0 else 0):
        if _is_there(body, place[1], i):
            values[i] = (body[place[0] + (i >> 3)] >> (i & 7)) & 1
        else:
            found += 1
    return bool(found == place[2])


@njit(cache=True)
def _counters(body: Bytes, place: Ints, values: NDArray[np.uint64], has: NDArray[np.bool_]) -> bool:
    """Take counters, 0 where null, and where there is one."""
    start, n = place[0], len(values)
    values[:] = 0
    has[:] = False
    if start < 0:
        return True
    raw = body[start : start + 8 * n].view(np.uint64)
    found = 0
    for i in range(n):
        if _is_there(body, place[1], i):
            values[i] = raw[i]
            has[i] = True
        else:
            found += 1
    return bool(found == place[2])


@njit(cache=True, nogil=True)
def quick_look(body: Bytes, places: Ints, n: int, seen: NDArray[np.bool_], codes: NDArray[np.int8], span: Ints) -> tuple[Any, ...]:
    """Whether all n rows are in order, and device, accuracy, speed, course, moving, source, device_seq and whether there is one.

    `places` (10, 4) says of each column of `fix/1` where its values and its validity begin (−1: there are none), how many nulls
    it claims and how wide an index is; all of it lies within `body`, at multiples of 8. `seen` (all false) has a place for each
    device name and learns which occur, `codes` has the code of each source text, `span` is (earliest, latest) in µs.
    """
    device = np.empty(n, np.int32)
    accuracy, speed, course = np.empty(n, np.float32), np.empty(n, np.float32), np.empty(n, np.float32)
    moving, source = np.empty(n, np.int8), np.empty(n, np.int8)
    device_seq, has_device_seq = np.empty(n, np.uint64), np.empty(n, np.bool_)
    is_right = (
        _devices(body, places[0], seen, device)
        and _times(body, places[1], n, span[0], span[1])
        and _degrees(body, places[2], n, 90.0)
        and _degrees(body, places[3], n, 180.0)
        and _floats(body, places[4], 0.0, 1e7, accuracy)
        and _floats(body, places[5], 0.0, 1e4, speed)
        and _floats(body, places[6], -360.0, 360.0, course)
        and _moving(body, places[7], moving)
        and _sources(body, places[8], codes, source)
        and _counters(body, places[9], device_seq, has_device_seq)
    )
    return is_right, device, accuracy, speed, course, moving, source, device_seq, has_device_seq
