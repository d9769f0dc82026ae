"""Fixes that are older than all that is remembered of their device: a backlog of hours that comes behind the fixes of now.

They have a filter of their own, which follows such a piece forwards or, where it comes newest first, backwards: how people move looks the
same. A stay that they show is one alarm, from the first fix that shows it until the next fix in turn; beside one that stands and goes on
it is told at once, as of that fix.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.containment import within_probability
from backend_bridge.domain.breach.kernel import copy_floats, kernel
from backend_bridge.domain.breach.pair_engine import pair_figures, placed_at
from backend_bridge.domain.breach.pair_sides import both_sides
from backend_bridge.domain.breach.target_levels import (
    APPROACH,
    AWAY_US,
    BESIDE,
    CLEARED,
    DISTANCE,
    HAPPENED,
    LEVEL,
    OFF,
    PROBABILITY,
    RAISED,
    RING,
    SIGMA,
    STEP,
    TARGET,
    UNTIL,
    level_alone,
)
from backend_bridge.domain.breach.target_telling import count_beside, ended, raised_as_of, reached, upgraded
from backend_bridge.domain.breach.target_walk import highest_level, in_force, look_now, next_link, other_of, track_figures, zone_figures
from backend_bridge.domain.breach.track_filter import begin, take_fix
from backend_bridge.domain.breach.track_history import as_measurement, note_post
from backend_bridge.domain.breach.track_model import EAST_MPS, MEASURED, MODE_WIDTH, N_MODES, NORTH_MPS, PV, VU, VX, VY
from backend_bridge.domain.breach.track_table import (
    HIGHEST,
    MEASURED_US,
    MOVING,
    POST_VX,
    POST_VY,
    POST_WIDTH,
    SHOWN,
    SOURCE,
    UNTIL_US,
    Shapes,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Tracks = NDArray[np.record]
Targets = NDArray[np.record]

PIECE_US: Final = 900_000_000
"""A longer pause parts two pieces, and two stays."""


@kernel
def take_old(
    tracks: Tracks,
    targets: Targets,
    shapes: Shapes,
    device: int,
    fix: Floats,
    policy: Floats,
    figures: Floats,
    notes: Ints,
    n: int,
    spare: int,
    work: Floats,
) -> int:
    """Judge a fix older than all that is remembered, for the zones and rings of its device; the number after the last event told.

    Rows `spare` and `spare + 1` are free for what is now and what it shows.
    """
    track, at_us, shown = tracks[device], int(fix[MEASURED_US]), spare + 1
    follow(track, fix, work)
    link = track.link
    while link >= 0:
        number = link // 2
        target = targets[number]
        link = next_link(target, link)
        if target.kind == APPROACH or not in_force(target, shapes.force, at_us):
            continue
        if target.kind == RING:
            _ring_figures(track, tracks[other_of(target, device)], target, device, at_us, figures[shown], work[7])
        else:
            zone_figures(track.old[:], track.frame[:], target, shapes, figures[shown])
        notes[shown, TARGET], notes[shown, HAPPENED] = number, at_us
        highest = highest_level(target, track.old[:], track.frame[:], shapes, policy, work[7])
        level = _level_told(target, figures[shown], highest, at_us, policy)
        if level == OFF:
            continue
        if target.said != OFF:
            look_now(tracks, target, number, shapes, device, figures, notes, spare, work)
        n = _told_old(target, level, figures, notes, spare, n)
        track.past = 1
    return n


@kernel
def _ring_figures(track: np.record, other: np.record, target: np.record, device: int, at_us: int, out: Floats, work: Floats) -> None:
    """The figures of a ring as the old piece of a device and what is kept of the other one show it, into `out`; `work` is room for both."""
    is_his = device == target.subject
    his, hers = work[:POST_WIDTH], work[POST_WIDTH : 2 * POST_WIDTH]
    mine, theirs = (his, hers) if is_his else (hers, his)
    track_figures(track.old[:], out)
    out[PROBABILITY], out[DISTANCE], out[SIGMA] = 0.0, np.nan, np.nan
    if not placed_at(other, at_us, theirs):
        return
    note_post(track.old[:], track.frame[:], mine)
    if track.old_back:
        mine[POST_VX], mine[POST_VY] = -mine[POST_VX], -mine[POST_VY]
    pair_figures(his, hers, track.frame[:], target.margin_m, out)
    if is_his:
        both_sides(track, other, at_us, work, out)
    else:
        both_sides(other, track, at_us, work, out)
    out[PROBABILITY] = within_probability(out[DISTANCE], out[SIGMA], target.margin_m)


@kernel
def follow(track: np.record, fix: Floats, work: Floats) -> None:
    """Take a fix into the filter of a device's old piece, in whichever direction of time it goes on; after a long pause it begins anew."""
    row, elapsed_us = track.old[:], int(fix[MEASURED_US]) - track.old_us
    if track.old_us < 0 or abs(elapsed_us) > PIECE_US:
        begin(row)
        elapsed_us, track.old_back = 0, 0
    elif elapsed_us != 0 and track.old_back != (elapsed_us < 0):
        _turn(row)
        track.old_back = 1 - track.old_back
    measurement = work[4]
    as_measurement(track.frame[:], fix, measurement)
    if track.old_back:
        measurement[EAST_MPS], measurement[NORTH_MPS] = -measurement[EAST_MPS], -measurement[NORTH_MPS]
    take_fix(row, measurement, int(fix[MOVING]), int(fix[SOURCE]), max(row[MEASURED], 0.0) + abs(elapsed_us), work)
    track.old_us = int(fix[MEASURED_US])


@kernel
def _turn(row: Floats) -> None:
    """Look at a track from the other side of time: its velocities are reversed."""
    for mode in range(N_MODES):
        for k in (VX, VY, PV, VU):
            row[mode * MODE_WIDTH + k] = -row[mode * MODE_WIDTH + k]


@kernel
def _level_told(target: np.record, figures: Floats, highest: int, at_us: int, policy: Floats) -> int:
    """The level that an old fix shows and nobody has been told, `OFF` for none; remembers how far the stay that it belongs to goes."""
    level = level_alone(target, figures, highest, policy)
    apart_us = abs(at_us - target.old_us)
    stays = target.old_us >= 0 and apart_us <= PIECE_US and figures[PROBABILITY] > policy[UNTIL]
    if level == OFF and not stays:
        target.old_us = -1 if apart_us >= AWAY_US else target.old_us
        return OFF
    episode = reached(target, target.old_us if stays else at_us, at_us)
    target.old_us = at_us
    return OFF if episode >= 0 and level <= target.episodes[episode, HIGHEST] else level


@kernel
def _told_old(target: np.record, level: int, figures: Floats, notes: Ints, spare: int, n: int) -> int:
    """Tell a level that an old fix shows.

    What stands becomes red where it is of this stay. Beside what stands and goes on it is told as over; else it is an alarm of its own.
    """
    shown = spare + 1
    at_us = notes[shown, HAPPENED]
    last = target.n_episodes - 1
    if target.said != OFF and target.episodes[last, SHOWN] <= at_us <= target.episodes[last, UNTIL_US]:
        return int(upgraded(target, figures, notes, n, shown))
    if target.said != OFF and target.over_us < 0 and target.level != OFF:
        return int(_told_at_once(target, level, figures, notes, shown, n))
    if target.said != OFF:
        n = ended(target, figures, notes, spare, n)
    n = raised_as_of(target, figures, notes, shown, n, at_us, level)
    target.over_us, target.episodes[target.n_episodes - 1, UNTIL_US] = at_us + AWAY_US, at_us
    return int(n)


@kernel
def _told_at_once(target: np.record, level: int, figures: Floats, notes: Ints, shown: int, n: int) -> int:
    """Tell beside what stands what a fix of the past shows, row `shown`."""
    at_us = notes[shown, HAPPENED]
    for step in (RAISED, CLEARED):
        copy_floats(figures[shown], figures[n])
        notes[n, TARGET], notes[n, HAPPENED] = notes[shown, TARGET], at_us
        notes[n, STEP], notes[n, LEVEL] = step + BESIDE, level
        n += 1
    count_beside(target, at_us, at_us, level)
    return n
