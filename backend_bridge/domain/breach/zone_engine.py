"""The hot path of detection: each fix through its track's filter, then against the targets that it can touch.

A target's level is a machine with hysteresis over the calibrated probability, walked along measured time. A fix that comes in its turn
takes one step. A late one rewinds its track and walks again; `reconciled` then tells what has been said already from what has not.
"""

from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.containment import CERTAIN, inside_probability
from backend_bridge.domain.breach.geometry import LAT, LON, PER_LAT, PER_LON, east_m, north_m
from backend_bridge.domain.breach.kernel import copy_floats, kernel, whole
from backend_bridge.domain.breach.pair_engine import FARTHEST_RADII, approach_chance, ring_chance
from backend_bridge.domain.breach.target_levels import (
    AMBER,
    APPROACH,
    CLEARED,
    CLOSING,
    DISTANCE,
    FIX,
    HAPPENED,
    INCLUSION,
    KNOWN,
    LEVEL,
    N_FIXES,
    OFF,
    PROBABILITY,
    RAISED,
    RED,
    RING,
    SIGMA,
    SPEED,
    STEP,
    TARGET,
    WARNING_BAND,
    WEIGHTS,
    calibrated,
    level_after,
    level_alone,
    rewind_level,
    stepped,
)
from backend_bridge.domain.breach.target_telling import ended, reconciled, said_again, stretched, tell
from backend_bridge.domain.breach.track_filter import begin, take_fix
from backend_bridge.domain.breach.track_history import (
    as_measurement,
    begin_track,
    placed_in_history,
    rewound,
    speed_of,
    take_history,
)
from backend_bridge.domain.breach.track_model import (
    MEASURED,
    MODE_WIDTH,
    N_MODES,
    PP,
    PX,
    PY,
    W,
)
from backend_bridge.domain.breach.track_table import HISTORY, LAT_DEG, LON_DEG, MEASURED_US, MOVING, SOURCE, Shapes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Tracks = NDArray[np.record]
Targets = NDArray[np.record]

LEAST_VARIANCE_M2: Final = 0.01
NEGLIGIBLE: Final = 1e-6
"""Weight of a mode that cannot carry a probability over any threshold."""
SPARE: Final = 4096
"""Rows kept free for the events of one late fix: more than the fixes of a history times the targets of a device can make."""


@kernel
def in_force(target: np.record, force: Ints, at_us: int) -> bool:
    """Whether the target applies at an instant."""
    low, high = target.force_first, target.force_end
    while low < high:
        middle = (low + high) // 2
        if force[middle, 1] <= at_us:
            low = middle + 1
        else:
            high = middle
    return bool(low < target.force_end and force[low, 0] <= at_us)


@kernel
def next_link(target: np.record, link: int) -> int:
    """The link after `link` in the chain of its device."""
    return int(target.next_of_protected if link % 2 else target.next_of_subject)


@kernel
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
        sigma = sqrt(max(row[b + PP], LEAST_VARIANCE_M2))
        p, distance = inside_probability(shape, edges, x, y, sigma, margin)
        chance += weight * p
        if weight > heaviest:
            heaviest = weight
            out[DISTANCE], out[SIGMA] = distance, sigma
    out[PROBABILITY] = min(chance, 1.0)
    return float(out[DISTANCE])


@kernel
def target_chance(tracks: Tracks, target: np.record, shapes: Shapes, device: int, at_us: int, out: Floats, work: Floats) -> float:
    """The figures of a target as a fix of one of its devices shows it, into `out`; metres that it is from mattering."""
    kind, track = target.kind, tracks[device]
    for k in range(CLOSING, WEIGHTS):
        out[k] = np.nan
    out[SPEED] = speed_of(track.row[:])
    for mode in range(N_MODES):
        out[WEIGHTS + mode] = track.row[mode * MODE_WIDTH + W]
    if kind == RING:
        return float(ring_chance(tracks[target.subject], tracks[target.protected], target.margin_m, at_us, out, work[7]))
    if kind == APPROACH:
        approach_chance(target, tracks[target.subject], tracks[target.protected], at_us, out, work[7])
        return float(out[DISTANCE] - FARTHEST_RADII * target.margin_m)
    distance = zone_chance(track.row[:], track.frame[:], shapes.rows[target.shape], shapes.edges, target.margin_m, out)
    if kind == INCLUSION:
        out[PROBABILITY] = 1.0 - out[PROBABILITY]
        return -float(distance)
    return float(distance)


@kernel
def walk(
    tracks: Tracks,
    targets: Targets,
    shapes: Shapes,
    device: int,
    at_us: int,
    policy: Floats,
    figures: Floats,
    notes: Ints,
    n: int,
    work: Floats,
) -> int:
    """One step of every target of a device by what its filter thinks now; events go to row n and on; the new n."""
    safe = 1e9
    link = tracks[device].link
    while link >= 0:
        number = link // 2
        target = targets[number]
        link = next_link(target, link)
        if target.kind == APPROACH and at_us <= target.closing_us:
            safe = -1.0
            continue
        distance = target_chance(tracks, target, shapes, device, at_us, figures[n], work)
        before = target.level
        chance = calibrated(figures[n, PROBABILITY]) if in_force(target, shapes.force, at_us) else 0.0
        figures[n, PROBABILITY] = chance
        highest = RED if target.kind not in (WARNING_BAND, APPROACH) else AMBER
        level = level_after(target, chance, at_us, highest, policy)
        if target.kind >= RING:
            distance = shared_slack(tracks, target, device, distance - CERTAIN * figures[n, SIGMA])
        n = stepped(target, number, level, at_us, notes, n)
        safe = -1.0 if level != OFF or before != OFF else min(safe, distance)
    track, heaviest = tracks[device], likeliest(tracks[device].row[:]) * MODE_WIDTH
    track.safe[0], track.safe[1], track.safe[2] = track.row[heaviest + PX], track.row[heaviest + PY], safe
    return n


@kernel
def shared_slack(tracks: Tracks, target: np.record, device: int, metres: float) -> float:
    """Half of the metres that two devices may come nearer before it matters: what this one may move; the other gets its half."""
    if not metres > 0.0:
        return -1.0
    other = tracks[target.protected if device == target.subject else target.subject]
    mode = likeliest(other.row[:]) * MODE_WIDTH
    x, y = other.row[mode + PX], other.row[mode + PY]
    moved = sqrt((x - other.safe[0]) * (x - other.safe[0]) + (y - other.safe[1]) * (y - other.safe[1]))
    if other.safe[2] >= 0.0:
        other.safe[0], other.safe[1], other.safe[2] = x, y, min(other.safe[2] - moved, 0.5 * metres)
    return 0.5 * metres


@kernel
def measured_us(track: np.record, position: int) -> int:
    """When fix `position` was measured."""
    return int(track.fixes[position % HISTORY, MEASURED_US])


@kernel
def likeliest(row: Floats) -> int:
    """The mode of the greatest weight."""
    best = 0
    for mode in range(1, N_MODES):
        if row[mode * MODE_WIDTH + W] > row[best * MODE_WIDTH + W]:
            best = mode
    return best


@kernel
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


@kernel
def take_in_turn(
    tracks: Tracks, targets: Targets, shapes: Shapes, device: int, policy: Floats, figures: Floats, notes: Ints, n: int, work: Floats
) -> int:
    """Judge the newest fix of a device, which was measured last; the number after the last event told."""
    track = tracks[device]
    work[5, 0] = take_history(track, track.end - 1, work)
    at_us = measured_us(track, track.end - 1)
    if track.past:
        n = end_pasts(tracks, targets, shapes, device, at_us, figures, notes, n, work)
    elif is_safe(track.row[:], track.safe[:]):
        return n
    end = walk(tracks, targets, shapes, device, at_us, policy, figures, notes, n, work)
    for event in range(n, end):
        tell(targets[notes[event, TARGET]], notes, event)
    return end


@kernel
def end_pasts(
    tracks: Tracks, targets: Targets, shapes: Shapes, device: int, at_us: int, figures: Floats, notes: Ints, n: int, work: Floats
) -> int:
    """End a device's alarms about the past, with the figures of now; the number after the last event told."""
    tracks[device].past = 0
    link = tracks[device].link
    while link >= 0:
        number = link // 2
        target = targets[number]
        link = next_link(target, link)
        if target.over_us >= 0 or target.again:
            present = n + SPARE
            target_chance(tracks, target, shapes, device, at_us, figures[present], work)
            figures[present, PROBABILITY] = calibrated(figures[present, PROBABILITY])
            notes[present, TARGET], notes[present, HAPPENED] = number, at_us
            n = said_again(target, figures, notes, present, n) if target.again else n
            n = ended(target, figures, notes, present, n) if target.over_us >= 0 else n
    return n


@kernel
def take_late(
    tracks: Tracks,
    targets: Targets,
    shapes: Shapes,
    device: int,
    position: int,
    policy: Floats,
    figures: Floats,
    notes: Ints,
    n: int,
    work: Floats,
) -> int:
    """Judge fix `position`, which came late, and all after it again; the number after the last event told.

    The second walk's events are kept behind the told ones, `SPARE` rows on, until they are reconciled.
    """
    track = tracks[device]
    late_us = measured_us(track, position)
    link = tracks[device].link
    while link >= 0:
        target = targets[link // 2]
        if target.kind != APPROACH:
            rewind_level(target, late_us)
        link = next_link(target, link)
    first = n + SPARE
    end = first
    for i in range(rewound(track, position), track.end):
        surprise = take_history(track, i, work)
        if i == position:
            work[5, 0] = surprise
        if i >= position:
            end = walk(tracks, targets, shapes, device, measured_us(track, i), policy, figures, notes, end, work)
    newest_us = measured_us(track, track.end - 1)
    link = tracks[device].link
    while link >= 0:
        number = link // 2
        target = targets[number]
        link = next_link(target, link)
        if target.kind == APPROACH:
            continue
        target_chance(tracks, target, shapes, device, newest_us, figures[end], work)
        figures[end, PROBABILITY] = calibrated(figures[end, PROBABILITY])
        notes[end, TARGET], notes[end, HAPPENED] = number, newest_us
        n = reconciled(target, number, policy, figures, notes, first, end, n, late_us)
        if target.over_us >= 0 or target.again:
            track.past = 1
    return n


@kernel
def take_ancient(
    tracks: Tracks,
    targets: Targets,
    shapes: Shapes,
    device: int,
    fix: Floats,
    policy: Floats,
    figures: Floats,
    notes: Ints,
    n: int,
    work: Floats,
) -> int:
    """Judge a fix older than all that is remembered by itself: what it shows is raised and cleared at once."""
    track, kept = tracks[device], work[6]
    if track.past:
        n = end_pasts(tracks, targets, shapes, device, measured_us(track, track.end - 1), figures, notes, n, work)
    copy_floats(track.row[:], kept)
    begin(track.row[:])
    as_measurement(track.frame[:], fix, work[4])
    take_fix(track.row[:], work[4], int(fix[MOVING]), int(fix[SOURCE]), fix[MEASURED_US], work)
    at_us = int(fix[MEASURED_US])
    link = tracks[device].link
    while link >= 0:
        number = link // 2
        target = targets[number]
        link = next_link(target, link)
        if target.kind >= RING or target.said != OFF or not in_force(target, shapes.force, at_us):
            continue
        target_chance(tracks, target, shapes, device, at_us, figures[n], work)
        chance = calibrated(figures[n, PROBABILITY])
        level = level_alone(target, chance, AMBER if target.kind == WARNING_BAND else RED, policy)
        if level == OFF or stretched(target, at_us, level):
            continue
        figures[n, PROBABILITY] = chance
        copy_floats(figures[n], figures[n + 1])
        for k in range(2):
            notes[n + k, TARGET], notes[n + k, HAPPENED], notes[n + k, LEVEL] = number, at_us, level
            notes[n + k, STEP] = RAISED if k == 0 else CLEARED
            tell(target, notes, n + k)
        n += 2
    copy_floats(kept, track.row[:])
    return n


@kernel
def take(
    tracks: Tracks,
    targets: Targets,
    shapes: Shapes,
    device: int,
    fix: Floats,
    policy: Floats,
    figures: Floats,
    notes: Ints,
    n: int,
    work: Floats,
) -> int:
    """Judge one fix, whenever it was measured; the number after the last event told."""
    track = tracks[device]
    if track.end == 0:
        begin_track(track, fix[LAT_DEG], fix[LON_DEG])
    position = placed_in_history(track, fix)
    if position < 0:
        return take_ancient(tracks, targets, shapes, device, fix, policy, figures, notes, n, work)
    if position == track.end - 1:
        return take_in_turn(tracks, targets, shapes, device, policy, figures, notes, n, work)
    return take_late(tracks, targets, shapes, device, position, policy, figures, notes, n, work)


@kernel
def advance(
    tracks: Tracks,
    targets: Targets,
    shapes: Shapes,
    device: NDArray[np.int32],
    fixes: Floats,
    received_us: Ints,
    start: int,
    end: int,
    policy: Floats,
    newest_us: Ints,
    figures: Floats,
    notes: Ints,
    findings: Floats,
    work: Floats,
) -> tuple[int, int]:
    """Judge the fixes of rows [start, end) until all are or room for events runs short; the next row, and the number of events."""
    n = whole(0)
    for i in range(start, end):
        if n + 2 * SPARE > len(notes):
            return i, n
        track = tracks[device[i]]
        work[5, 0] = 0.0
        before = n
        late = track.end > 0 and fixes[i, MEASURED_US] < track.row[MEASURED]
        n = take(tracks, targets, shapes, device[i], fixes[i], policy, figures, notes, n, work)
        track.received_us = received_us[i]
        newest_us[device[i]] = int(track.row[MEASURED])
        findings[i, 0], findings[i, 2] = work[5, 0], 1.0 if late else 0.0
        findings[i, 1] = track.row[3 * MODE_WIDTH] + track.row[4 * MODE_WIDTH] + track.row[5 * MODE_WIDTH]
        for event in range(before, n):
            notes[event, FIX], notes[event, KNOWN] = i, received_us[i]
            notes[event, N_FIXES] = track.end - track.first
    return end, n
