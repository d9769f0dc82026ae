"""The hot path of detection: each fix through its track's filter, then against the targets that it can touch.

A target's level is a machine with hysteresis over the calibrated probability, walked along measured time. A fix that comes in its turn
takes one step. A late one rewinds its track and walks again; `reconciled` then tells what has been said already from what has not. One
that is older than all that is remembered is judged with its like (`late_pieces`).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.doubted_fixes import raise_doubted, raise_doubted_late
from backend_bridge.domain.breach.kernel import fetch_ahead, kernel, whole
from backend_bridge.domain.breach.late_pieces import take_old
from backend_bridge.domain.breach.pair_engine import known_since_us, newest_by
from backend_bridge.domain.breach.target_levels import (
    APPROACH,
    FIX,
    FOREVER,
    HAPPENED,
    KNOWN,
    N_FIXES,
    RING,
    TARGET,
    rewind_level,
)
from backend_bridge.domain.breach.target_telling import ended, reconciled, said_again, stands_again, tell
from backend_bridge.domain.breach.target_walk import in_force, is_safe, look_now, measured_us, next_link, other_of, step_rings, walk
from backend_bridge.domain.breach.track_history import begin_track, placed_in_history, rewound, take_history
from backend_bridge.domain.breach.track_model import MEASURED, MODE_WIDTH
from backend_bridge.domain.breach.track_table import FIX_WIDTH, HISTORY, LAT_DEG, LON_DEG, MEASURED_US, POST_WIDTH, Shapes, byte_of
from backend_bridge.domain.breach.way_between import LONG_US, told_between

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Tracks = NDArray[np.record]
Targets = NDArray[np.record]

SPARE: Final = 4096
"""Rows kept free for what is told of one fix, and behind them for the events of the second walk that a late one asks for."""
MOST_EVENTS: Final = SPARE // 2
"""So many events of a second walk are kept: 14 of each fix of a history. Each may need more than a row to be told, and a step goes on
behind them."""
FAR_AHEAD: Final = 4
AHEAD: Final = 2
"""So many fixes ahead the head of a track is fetched, and then the places in its history that the fix will need."""
HEAD_BYTES: Final = byte_of("old")
FIXES_BYTE: Final = byte_of("fixes")
POSTS_BYTE: Final = byte_of("posts")


@kernel
def take_in_turn(
    tracks: Tracks, targets: Targets, shapes: Shapes, device: int, policy: Floats, figures: Floats, notes: Ints, n: int, work: Floats
) -> int:
    """Judge the newest fix of a device, which was measured last; the number after the last event told."""
    track = tracks[device]
    work[5, 0] = take_history(track, track.end - 1, work)
    at_us = measured_us(track, track.end - 1)
    if track.past:
        n = end_pasts(tracks, targets, shapes, device, figures, notes, n, work)
    elif is_safe(track.row[:], track.safe[:]):
        return n
    end = walk(tracks, targets, shapes, device, at_us, policy, figures, notes, n, work)
    for event in range(n, end):
        tell(targets[notes[event, TARGET]], notes, event)
    if track.end - track.first > 1 and at_us - measured_us(track, track.end - 2) >= LONG_US:
        end = told_between(tracks, targets, shapes, device, policy, figures, notes, end, work)
    return int(raise_doubted(tracks, targets, shapes, device, policy, figures, notes, end, work))


@kernel
def end_pasts(tracks: Tracks, targets: Targets, shapes: Shapes, device: int, figures: Floats, notes: Ints, n: int, work: Floats) -> int:
    """End a device's alarms about the past, and raise again what stood before them; the number after the last event told."""
    tracks[device].past = 0
    present = n + SPARE
    link = tracks[device].link
    while link >= 0:
        number = link // 2
        target = targets[number]
        link = next_link(target, link)
        if target.over_us >= 0 or target.again or target.said != target.level:
            look_now(tracks, target, number, shapes, device, figures, notes, present, work)
            n = said_again(target, figures, notes, present, n) if target.again else n
            n = ended(target, figures, notes, present, n) if target.over_us >= 0 else n
            n = stands_again(target, figures, notes, present, n, in_force(target, shapes.force, notes[present, HAPPENED]))
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

    A ring is looked at again at the fixes of both. The second walk's events are kept behind the told ones, `SPARE` rows on, until they
    are reconciled; what more there are than `MOST_EVENTS` change the levels alone.
    """
    track = tracks[device]
    late_us = measured_us(track, position)
    _rewind_targets(tracks, targets, device, position)
    first = n + SPARE
    end, most = first, first + MOST_EVENTS
    for i in range(rewound(track, position), track.end):
        surprise = take_history(track, i, work)
        if i == position:
            work[5, 0] = surprise
        if i >= position:
            at_us = measured_us(track, i)
            next_us = measured_us(track, i + 1) if i + 1 < track.end else FOREVER
            end = min(walk(tracks, targets, shapes, device, at_us, policy, figures, notes, end, work), most)
            end = step_rings(tracks, targets, shapes, device, at_us, next_us, policy, figures, notes, end, most, work)
    link = tracks[device].link
    while link >= 0:
        number = link // 2
        target = targets[number]
        link = next_link(target, link)
        if target.kind == APPROACH:
            continue
        look_now(tracks, target, number, shapes, device, figures, notes, end, work)
        n = reconciled(target, number, policy, figures, notes, first, end, n, late_us)
        if target.over_us >= 0 or target.again:
            track.past = 1
    return int(raise_doubted_late(tracks, targets, shapes, device, position, policy, figures, notes, n, end + 1, work))


@kernel
def _rewind_targets(tracks: Tracks, targets: Targets, device: int, position: int) -> None:
    """Set the zones and rings of a device back to before fix `position`: a ring no farther than to where both are known."""
    track = tracks[device]
    late_us, before_us = measured_us(track, position), measured_us(track, max(position - 1, track.first))
    link = track.link
    while link >= 0:
        target = targets[link // 2]
        link = next_link(target, link)
        if target.kind < RING:
            rewind_level(target, late_us, before_us)
        elif target.kind == RING:
            other = tracks[other_of(target, device)]
            if other.end > other.first:
                from_us = max(late_us, known_since_us(other))
                hers = measured_us(other, max(newest_by(other, from_us - 1), other.first))
                his = measured_us(track, max(newest_by(track, from_us - 1), track.first))
                rewind_level(target, from_us, min(max(his, hers), from_us))


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
        return take_old(tracks, targets, shapes, device, fix, policy, figures, notes, n, n + SPARE, work)
    if position == track.end - 1:
        return take_in_turn(tracks, targets, shapes, device, policy, figures, notes, n, work)
    return take_late(tracks, targets, shapes, device, position, policy, figures, notes, n, work)


@kernel
def fetch_tracks(tracks: Tracks, device: NDArray[np.int32], i: int, end: int) -> None:
    """Have the tracks of the next fixes fetched: all tracks together are many times larger than what the processor keeps at hand."""
    if i + FAR_AHEAD < end:
        fetch_ahead(tracks, device[i + FAR_AHEAD], 0, HEAD_BYTES)
    if i + AHEAD < end:
        place = tracks[device[i + AHEAD]].end % HISTORY
        fetch_ahead(tracks, device[i + AHEAD], FIXES_BYTE + place * FIX_WIDTH * 8, FIXES_BYTE + (place + 1) * FIX_WIDTH * 8)
        fetch_ahead(tracks, device[i + AHEAD], POSTS_BYTE + place * POST_WIDTH * 8, POSTS_BYTE + (place + 1) * POST_WIDTH * 8)


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
        fetch_tracks(tracks, device, i, end)
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
            notes[event, N_FIXES] = min(track.end, HISTORY)
    return end, n
