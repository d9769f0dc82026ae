"""The hot path of detection: each fix through its track's filter, then against the targets that it can touch.

A target's level is a machine with hysteresis over the calibrated probability, walked along measured time. A fix that comes in its turn
takes one step. A late one rewinds its track and walks again; `reconciled` then tells what has been said already from what has not.
"""

from math import sqrt
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from backend_bridge.domain.containment import CERTAIN, inside_probability
from backend_bridge.domain.geometry import LAT, LON, PER_LAT, PER_LON, east_m, north_m
from backend_bridge.domain.pair_engine import approach_chance, ring_chance
from backend_bridge.domain.target_levels import (
    AMBER,
    CLEARED,
    CLOSING,
    DISTANCE,
    FIX,
    HAPPENED,
    KNOWN,
    LEVEL,
    N_FIXES,
    OFF,
    PROBABILITY,
    RAISED,
    RED,
    SIGMA,
    SPEED,
    STEP,
    TARGET,
    WEIGHTS,
    calibrated,
    level_after,
    reconciled,
    rewind_level,
    stepped,
    tell,
    was_told,
)
from backend_bridge.domain.track_filter import MEASURED, MODE_WIDTH, N_MODES, PP, PX, PY, W, begin, take_fix
from backend_bridge.domain.track_history import (
    as_measurement,
    begin_track,
    placed_in_history,
    rewound,
    speed_of,
    take_history,
)
from backend_bridge.domain.track_table import HISTORY, LAT_DEG, LON_DEG, MEASURED_US, MOVING, SOURCE, Shapes, Targets, Tracks

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EXCLUSION, WARNING_BAND, INCLUSION, RING, APPROACH = 0, 1, 2, 3, 4

NEGLIGIBLE: Final = 1e-6
"""Weight of a mode that cannot carry a probability over any threshold."""
SPARE: Final = 4096
"""Rows kept free for the events of one late fix: more than the fixes of a history times the targets of a device can make."""


@njit(cache=True)
def in_force(targets: Targets, shapes: Shapes, target: int, at_us: int) -> bool:
    """Whether the target applies at an instant."""
    low, high = targets.force_first[target], targets.force_end[target]
    while low < high:
        middle = (low + high) // 2
        if shapes.force[middle, 1] <= at_us:
            low = middle + 1
        else:
            high = middle
    return bool(low < targets.force_end[target] and shapes.force[low, 0] <= at_us)


@njit(cache=True)
def zone_chance(row: Floats, frame: Floats, shape: Floats, edges: Floats, margin: float, out: Floats) -> float:
    """P(within `margin` of a shape), all modes together, with distance and error of the likeliest mode, into `out`; the distance."""
    shift_x, shift_y = -east_m(frame, shape[LON]), -north_m(frame, shape[LAT])
    scale_x, scale_y = shape[PER_LON] / frame[PER_LON], shape[PER_LAT] / frame[PER_LAT]
    chance, heaviest = 0.0, -1.0
    for mode in range(N_MODES):
        b = mode * MODE_WIDTH
        weight = row[b + W]
        if weight < NEGLIGIBLE:
            continue
        x, y = (row[b + PX] + shift_x) * scale_x, (row[b + PY] + shift_y) * scale_y
        sigma = sqrt(row[b + PP])
        p, distance = inside_probability(shape, edges, x, y, sigma, margin)
        chance += weight * p
        if weight > heaviest:
            heaviest = weight
            out[DISTANCE], out[SIGMA] = distance, sigma
    out[PROBABILITY] = min(chance, 1.0)
    return float(out[DISTANCE])


@njit(cache=True)
def target_chance(tracks: Tracks, targets: Targets, shapes: Shapes, target: int, device: int, at_us: int, out: Floats) -> float:
    """The figures of a target as a fix of one of its devices shows it, into `out`; metres that it is from mattering."""
    kind = targets.kind[target]
    out[CLOSING:WEIGHTS] = np.nan
    out[SPEED] = speed_of(tracks.rows[device])
    for mode in range(N_MODES):
        out[WEIGHTS + mode] = tracks.rows[device, mode * MODE_WIDTH + W]
    if kind == RING:
        return float(ring_chance(tracks, targets, target, at_us, out))
    if kind == APPROACH:
        return float(approach_chance(tracks, targets, target, at_us, out))
    shape = shapes.rows[targets.shape[target]]
    distance = zone_chance(tracks.rows[device], tracks.frames[device], shape, shapes.edges, targets.margin_m[target], out)
    if kind == INCLUSION:
        out[PROBABILITY] = 1.0 - out[PROBABILITY]
        return -float(distance)
    return float(distance)


@njit(cache=True)
def walk(tracks: Tracks, targets: Targets, shapes: Shapes, device: int, at_us: int, figures: Floats, notes: Ints, n: int) -> int:
    """One step of every target of a device by what its filter thinks now; events go to row n and on; the new n."""
    safe = 1e9
    link = tracks.links[device]
    while link >= 0:
        target = targets.link_target[link]
        link = targets.link_next[link]
        distance = target_chance(tracks, targets, shapes, target, device, at_us, figures[n])
        before = targets.level[target]
        chance = calibrated(figures[n, PROBABILITY]) if in_force(targets, shapes, target, at_us) else 0.0
        figures[n, PROBABILITY] = chance
        highest = RED if targets.kind[target] != WARNING_BAND and targets.kind[target] != APPROACH else AMBER
        level = level_after(before, chance, highest)
        n = stepped(targets, target, level, at_us, notes, n)
        pair = targets.kind[target] >= RING
        safe = -1.0 if pair or level != OFF or before != OFF else min(safe, distance)
    row, heaviest = tracks.rows[device], likeliest(tracks.rows[device])
    tracks.safe[device, 0], tracks.safe[device, 1] = row[heaviest * MODE_WIDTH + PX], row[heaviest * MODE_WIDTH + PY]
    tracks.safe[device, 2] = safe
    return n


@njit(cache=True)
def likeliest(row: Floats) -> int:
    """The mode of the greatest weight."""
    best = 0
    for mode in range(1, N_MODES):
        if row[mode * MODE_WIDTH + W] > row[best * MODE_WIDTH + W]:
            best = mode
    return best


@njit(cache=True)
def is_safe(row: Floats, safe: Floats) -> bool:
    """Whether every mode that counts lies, with its error, inside the circle in which nothing can happen."""
    if safe[2] < 0.0:
        return False
    for mode in range(N_MODES):
        b = mode * MODE_WIDTH
        if row[b + W] >= NEGLIGIBLE:
            dx, dy = row[b + PX] - safe[0], row[b + PY] - safe[1]
            if sqrt(dx * dx + dy * dy) + CERTAIN * sqrt(row[b + PP]) > safe[2]:
                return False
    return True


@njit(cache=True)
def take_in_turn(tracks: Tracks, targets: Targets, shapes: Shapes, device: int, figures: Floats, notes: Ints, n: int, work: Floats) -> int:
    """Judge the newest fix of a device, which was measured last; the number after the last event told."""
    position = tracks.end[device] - 1
    work[5, 0] = take_history(tracks, device, position, work)
    if is_safe(tracks.rows[device], tracks.safe[device]):
        return n
    at_us = int(tracks.history[device, position % HISTORY, MEASURED_US])
    end = walk(tracks, targets, shapes, device, at_us, figures, notes, n)
    for event in range(n, end):
        tell(targets, notes[event, TARGET], notes, event)
    return end


@njit(cache=True)
def take_late(
    tracks: Tracks, targets: Targets, shapes: Shapes, device: int, position: int, figures: Floats, notes: Ints, n: int, work: Floats
) -> int:
    """Judge fix `position`, which came late, and all after it again; the number after the last event told.

    The second walk's events are kept behind the told ones, `SPARE` rows on, until they are reconciled.
    """
    late_us = int(tracks.history[device, position % HISTORY, MEASURED_US])
    link = tracks.links[device]
    while link >= 0:
        rewind_level(targets, targets.link_target[link], late_us)
        link = targets.link_next[link]
    first = n + SPARE
    end = first
    for i in range(rewound(tracks, device, position), tracks.end[device]):
        surprise = take_history(tracks, device, i, work)
        if i == position:
            work[5, 0] = surprise
        if i >= position:
            end = walk(tracks, targets, shapes, device, int(tracks.history[device, i % HISTORY, MEASURED_US]), figures, notes, end)
    newest_us = int(tracks.history[device, (tracks.end[device] - 1) % HISTORY, MEASURED_US])
    link = tracks.links[device]
    while link >= 0:
        target = targets.link_target[link]
        link = targets.link_next[link]
        target_chance(tracks, targets, shapes, target, device, newest_us, figures[end])
        figures[end, PROBABILITY] = calibrated(figures[end, PROBABILITY])
        notes[end, TARGET], notes[end, HAPPENED] = target, newest_us
        n = reconciled(targets, target, figures, notes, first, end, n)
    return n


@njit(cache=True)
def take_ancient(
    tracks: Tracks, targets: Targets, shapes: Shapes, device: int, fix: Floats, figures: Floats, notes: Ints, n: int, work: Floats
) -> int:
    """Judge a fix older than all that is remembered by itself: what it shows is raised and cleared at once."""
    kept = work[6]
    kept[:] = tracks.rows[device]
    begin(tracks.rows[device])
    as_measurement(tracks.frames[device], fix, work[4])
    take_fix(tracks.rows[device], work[4], int(fix[MOVING]), int(fix[SOURCE]), fix[MEASURED_US], work)
    at_us = int(fix[MEASURED_US])
    link = tracks.links[device]
    while link >= 0:
        target = targets.link_target[link]
        link = targets.link_next[link]
        if targets.kind[target] >= RING or targets.said[target] != OFF or not in_force(targets, shapes, target, at_us):
            continue
        target_chance(tracks, targets, shapes, target, device, at_us, figures[n])
        chance = calibrated(figures[n, PROBABILITY])
        level = level_after(OFF, chance, AMBER if targets.kind[target] == WARNING_BAND else RED)
        if level == OFF or was_told(targets, target, at_us, at_us, level):
            continue
        figures[n, PROBABILITY] = chance
        figures[n + 1, :] = figures[n, :]
        for k in range(2):
            notes[n + k, TARGET], notes[n + k, HAPPENED], notes[n + k, LEVEL] = target, at_us, level
            notes[n + k, STEP] = RAISED if k == 0 else CLEARED
            tell(targets, target, notes, n + k)
        n += 2
    tracks.rows[device, :] = kept
    return n


@njit(cache=True)
def take(
    tracks: Tracks, targets: Targets, shapes: Shapes, device: int, fix: Floats, figures: Floats, notes: Ints, n: int, work: Floats
) -> int:
    """Judge one fix, whenever it was measured; the number after the last event told."""
    if tracks.end[device] == 0:
        begin_track(tracks, device, fix[LAT_DEG], fix[LON_DEG])
    position = placed_in_history(tracks, device, fix)
    if position < 0:
        return take_ancient(tracks, targets, shapes, device, fix, figures, notes, n, work)
    if position == tracks.end[device] - 1:
        return take_in_turn(tracks, targets, shapes, device, figures, notes, n, work)
    return take_late(tracks, targets, shapes, device, position, figures, notes, n, work)


@njit(cache=True)
def advance(
    tracks: Tracks,
    targets: Targets,
    shapes: Shapes,
    device: NDArray[np.int32],
    fixes: Floats,
    received_us: Ints,
    start: int,
    figures: Floats,
    notes: Ints,
    findings: Floats,
    work: Floats,
) -> tuple[int, int]:
    """Judge fixes from row `start` on, until all are or room for events runs short; the next row, and the number of events."""
    n = 0
    for i in range(start, len(device)):
        if n + 2 * SPARE > len(notes):
            return i, n
        d = device[i]
        work[5, 0] = 0.0
        before = n
        late = tracks.end[d] > 0 and fixes[i, MEASURED_US] < tracks.rows[d, MEASURED]
        n = take(tracks, targets, shapes, d, fixes[i], figures, notes, n, work)
        tracks.received_us[d] = received_us[i]
        findings[i, 0], findings[i, 3] = work[5, 0], 1.0 if late else 0.0
        findings[i, 1] = tracks.rows[d, 3 * MODE_WIDTH] + tracks.rows[d, 4 * MODE_WIDTH] + tracks.rows[d, 5 * MODE_WIDTH]
        for event in range(before, n):
            notes[event, FIX], notes[event, KNOWN] = i, received_us[i]
            notes[event, N_FIXES] = tracks.end[d] - tracks.first[d]
    return len(device), n
