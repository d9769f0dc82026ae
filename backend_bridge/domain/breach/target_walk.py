"""What a fix means for the targets of its device: how likely each is crossed, and the step that its level takes."""

from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.containment import CERTAIN, inside_probability
from backend_bridge.domain.breach.geometry import LAT, LON, PER_LAT, PER_LON, east_m, north_m
from backend_bridge.domain.breach.kernel import copy_floats, kernel, whole
from backend_bridge.domain.breach.pair_engine import FARTHEST_RADII, approach_chance, newest_by, ring_chance
from backend_bridge.domain.breach.pair_sides import both_sides
from backend_bridge.domain.breach.target_levels import (
    AMBER,
    APPROACH,
    CLOSING,
    DISTANCE,
    EXCLUSION,
    HAPPENED,
    INCLUSION,
    OFF,
    PROBABILITY,
    RED,
    RED_FROM,
    RING,
    SIGMA,
    SPEED,
    TARGET,
    WARNING_BAND,
    WEIGHTS,
    calibrated,
    comes_anew,
    level_after,
    note_beginning,
    stepped,
)
from backend_bridge.domain.breach.target_telling import is_closed
from backend_bridge.domain.breach.track_history import speed_of
from backend_bridge.domain.breach.track_model import MODE_WIDTH, N_MODES, PP, PX, PY, UNSAID, W
from backend_bridge.domain.breach.track_table import HISTORY, MEASURED_US, Shapes

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Tracks = NDArray[np.record]
Targets = NDArray[np.record]

UNSAID_DEPTH_M: Final = 36.0
"""So deep inside a zone is who is surely inside, whatever the error of a device that does not say it."""
LEAST_VARIANCE_M2: Final = 0.01
NEGLIGIBLE: Final = 1e-6
"""Weight of a mode that cannot carry a probability over any threshold."""


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
    out[PROBABILITY] = calibrated(chance)
    return float(out[DISTANCE])


@kernel
def zone_figures(row: Floats, frame: Floats, target: np.record, shapes: Shapes, out: Floats) -> float:
    """The figures of a zone as a track shows it, into `out`; metres that it is from mattering."""
    track_figures(row, out)
    distance = zone_chance(row, frame, shapes.rows[target.shape], shapes.edges, target.margin_m, out)
    if target.kind == INCLUSION:
        out[PROBABILITY] = 1.0 - out[PROBABILITY]
        return -distance
    return distance


@kernel
def track_figures(row: Floats, out: Floats) -> None:
    """What a track says of itself, into `out`: speed and the weights of its modes; no figures of a pair or a way yet."""
    for k in range(CLOSING, WEIGHTS):
        out[k] = np.nan
    out[SPEED] = speed_of(row)
    for mode in range(N_MODES):
        out[WEIGHTS + mode] = row[mode * MODE_WIDTH + W]


@kernel
def target_chance(tracks: Tracks, target: np.record, shapes: Shapes, device: int, at_us: int, out: Floats, work: Floats) -> float:
    """The figures of a target as a fix of one of its devices shows it, into `out`; metres that it is from mattering."""
    kind, track = target.kind, tracks[device]
    if kind < RING:
        return zone_figures(track.row[:], track.frame[:], target, shapes, out)
    track_figures(track.row[:], out)
    his, hers = tracks[target.subject], tracks[target.protected]
    reach = target.margin_m if kind == RING else FARTHEST_RADII * target.margin_m
    if kind == RING:
        ring_chance(his, hers, target.margin_m, at_us, out, work[7])
    else:
        approach_chance(target, his, hers, at_us, out, work[7])
    if not out[DISTANCE] >= 0.0:
        return 0.0 if kind == RING else np.nan
    both_sides(his, hers, at_us, work[7], out)
    return float(out[DISTANCE] - reach)


@kernel
def highest_level(target: np.record, row: Floats, frame: Floats, shapes: Shapes, policy: Floats, out: Floats) -> int:
    """The highest level that a track may raise: what a device that does not say its error shows of a zone is red only well inside."""
    if target.kind in (WARNING_BAND, APPROACH):
        return AMBER
    if target.kind != EXCLUSION or row[UNSAID] == 0.0:
        return RED
    zone_chance(row, frame, shapes.rows[target.shape], shapes.edges, -UNSAID_DEPTH_M, out)
    return RED if out[PROBABILITY] >= policy[RED_FROM] else AMBER


@kernel
def look_now(
    tracks: Tracks, target: np.record, number: int, shapes: Shapes, device: int, figures: Floats, notes: Ints, row: int, work: Floats
) -> None:
    """Note a target's figures as they are now, at the newest fix of a device (of a ring: of either), in row `row`."""
    now_us = measured_us(tracks[device], tracks[device].end - 1)
    if target.kind == RING:
        other = tracks[other_of(target, device)]
        now_us = now_us if other.end == other.first else max(now_us, measured_us(other, other.end - 1))
    target_chance(tracks, target, shapes, device, now_us, figures[row], work)
    notes[row, TARGET], notes[row, HAPPENED] = number, now_us


@kernel
def other_of(target: np.record, device: int) -> int:
    """The other device of a pair."""
    return int(target.protected if device == target.subject else target.subject)


@kernel
def step(
    tracks: Tracks,
    target: np.record,
    number: int,
    shapes: Shapes,
    device: int,
    at_us: int,
    policy: Floats,
    figures: Floats,
    notes: Ints,
    n: int,
    work: Floats,
) -> tuple[int, float]:
    """One step of a target by what is known of an instant; the number after the last event, and metres that it is from mattering.

    Of a pair of which one is unknown then nothing changes.
    """
    distance = target_chance(tracks, target, shapes, device, at_us, figures[n], work)
    if target.kind >= RING and not figures[n, DISTANCE] >= 0.0:
        return n, -1.0
    before = target.level
    chance = figures[n, PROBABILITY] if in_force(target, shapes.force, at_us) else 0.0
    figures[n, PROBABILITY] = chance
    if target.kind != APPROACH and comes_anew(target, chance, at_us):
        copy_floats(figures[n], figures[n + 1])
        n = stepped(target, number, whole(OFF), at_us, notes, n)
    highest = highest_level(target, tracks[device].row[:], tracks[device].frame[:], shapes, policy, work[7])
    level = level_after(target, figures[n], at_us, highest, policy)
    if before == OFF and level != OFF and is_closed(target, at_us, level):
        level = OFF
    if target.kind >= RING:
        distance = shared_slack(tracks, target, device, distance - CERTAIN * figures[n, SIGMA])
    if level > target.level:
        note_beginning(target, figures[n], at_us)
    return stepped(target, number, level, at_us, notes, n), distance


@kernel
def step_rings(
    tracks: Tracks,
    targets: Targets,
    shapes: Shapes,
    device: int,
    from_us: int,
    before_us: int,
    policy: Floats,
    figures: Floats,
    notes: Ints,
    n: int,
    most: int,
    work: Floats,
) -> int:
    """One step of every ring of a device for each fix of the other one measured from `from_us` on and before `before_us`.

    Returns the new n, which is `most` at most.
    """
    link = tracks[device].link
    while link >= 0:
        number = link // 2
        target = targets[number]
        link = next_link(target, link)
        if target.kind != RING:
            continue
        other = tracks[other_of(target, device)]
        position = newest_by(other, from_us - 1) + 1
        while position < other.end and measured_us(other, position) < before_us:
            n, _ = step(tracks, target, number, shapes, device, measured_us(other, position), policy, figures, notes, n, work)
            n = min(n, most)
            tracks[device].safe[2] = -1.0
            position += 1
    return n


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
        before = target.level
        n, distance = step(tracks, target, number, shapes, device, at_us, policy, figures, notes, n, work)
        safe = -1.0 if target.level != OFF or before != OFF else min(safe, distance)
    track, heaviest = tracks[device], likeliest(tracks[device].row[:]) * MODE_WIDTH
    track.safe[0], track.safe[1], track.safe[2] = track.row[heaviest + PX], track.row[heaviest + PY], safe
    return n


@kernel
def shared_slack(tracks: Tracks, target: np.record, device: int, metres: float) -> float:
    """Half of the metres that two devices may come nearer before it matters: what this one may move; the other gets its half."""
    if not metres > 0.0:
        return -1.0
    other = tracks[other_of(target, device)]
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
