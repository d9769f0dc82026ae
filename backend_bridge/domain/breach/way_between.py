"""What two fixes with minutes between them tell of the way from one to the other: whether it went through a zone.

Who passes through a zone in a minute and a half may show no fix in it. Place and velocity are known at both ends, so the way between is,
too, with an error that is largest in the middle. Where it most likely lay inside, amber is told with the newer fix: that one, with the one
before, shows it. The zone has to be in force at that fix, as for any alarm, and at the instant of the way. When that was and how likely
goes with the alarm. What the next fixes show goes on from there, as one alarm.
"""

from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.containment import inside_probability
from backend_bridge.domain.breach.exact_math import exp
from backend_bridge.domain.breach.geometry import SHAPE_REACH, east_m, holds, north_m
from backend_bridge.domain.breach.kernel import fill_floats, kernel, whole
from backend_bridge.domain.breach.target_levels import (
    AMBER,
    AMBER_FROM,
    AWAY_US,
    EXCLUSION,
    OFF,
    WAY_CHANCE,
    WAY_DISTANCE,
    WAY_FROM_US,
    WAY_SIGMA,
    WAY_US,
    WEIGHTS,
    at_odds,
    begins,
    stepped,
)
from backend_bridge.domain.breach.target_telling import tell
from backend_bridge.domain.breach.target_walk import in_force, measured_us, next_link, zone_figures
from backend_bridge.domain.breach.track_model import (
    PP,
    PV,
    PX,
    PY,
    VELOCITY_S,
    VV,
    VX,
    VY,
    mode_of,
)
from backend_bridge.domain.breach.track_motion import moved_on
from backend_bridge.domain.breach.track_table import (
    HISTORY,
    POST_DRIVE,
    POST_LAT,
    POST_LON,
    POST_VAR,
    POST_VVAR,
    POST_VX,
    POST_VY,
    SHOWN,
    TOLD,
    UNTIL_US,
    Shapes,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Tracks = NDArray[np.record]
Targets = NDArray[np.record]

LONG_US: Final = 65_000_000
"""Fixes less far apart are not looked between: little happens there that neither shows."""
LONGEST_US: Final = 300_000_000
"""Nor are fixes farther apart than this: the way may have been any."""
INSTANTS: Final = 8
"""Number of parts that the time is cut into; the way is looked at after each."""
STEADY: Final = 0.5
"""Share of the usual variance of velocity: between two fixes people keep it better than over a trip."""
RESTING_M2_PER_S2: Final = 0.7
"""A person with less variance of velocity than this at both ends has stayed."""
WORTH: Final = 0.35
"""The model's odds that the way lay inside are multiplied by this, as calibration gave."""
SUREST: Final = 0.98
"""Highest probability that the model may give, before that."""
ASKED: Final = 4.2
"""The odds of amber times this are required: an alarm about what is over helps nobody in a hurry."""
APART_US: Final = 2 * AWAY_US
"""What a way shows within this time after an alarm is no other breach."""


@kernel
def told_between(
    tracks: Tracks, targets: Targets, shapes: Shapes, device: int, policy: Floats, figures: Floats, notes: Ints, n: int, work: Floats
) -> int:
    """Raise amber for the zones that the way to a device's newest fix led through unseen; the number after the last event told."""
    track = tracks[device]
    from_us, to_us = measured_us(track, track.end - 2), measured_us(track, track.end - 1)
    before, after = track.posts[(track.end - 2) % HISTORY], track.posts[(track.end - 1) % HISTORY]
    usual = max(before[POST_DRIVE], after[POST_DRIVE])
    if to_us - from_us > LONGEST_US or usual < RESTING_M2_PER_S2:
        return n
    link = tracks[device].link
    while link >= 0:
        number = link // 2
        target = targets[number]
        link = next_link(target, link)
        if target.kind != EXCLUSION or target.level != OFF or target.said != OFF or not in_force(target, shapes.force, to_us):
            continue
        at_us = _likeliest_us(target, shapes, before, after, from_us, to_us, STEADY * usual, work[7], work[6])
        if work[7, WAY_CHANCE] >= at_odds(policy[AMBER_FROM], ASKED) and not was_just_told(target, at_us):
            n = raise_way(track, target, number, shapes, work[7], figures, notes, n, to_us)
    return n


@kernel
def raise_way(
    track: np.record, target: np.record, number: int, shapes: Shapes, way: Floats, figures: Floats, notes: Ints, n: int, to_us: int
) -> int:
    """Raise amber of a zone as of a device's newest fix, measured at `to_us`, for the way in `way`; the number after that event."""
    at_us = int(way[WAY_US])
    zone_figures(track.row[:], track.frame[:], target, shapes, figures[n])
    copy_way(way, figures[n])
    target.inside_us = target.surely_us = at_us
    begins(target, at_us)
    end = stepped(target, number, whole(AMBER), to_us, notes, n)
    tell(target, notes, end - 1)
    counts_as_of(target, at_us)
    track.safe[2] = -1.0
    return int(end)


@kernel
def copy_way(way: Floats, out: Floats) -> None:
    """Copy the figures of a way into those of a crossing."""
    for k in range(WAY_US, WEIGHTS):
        out[k] = way[k]


@kernel
def counts_as_of(target: np.record, at_us: int) -> None:
    """Have what was just told count as about an instant before its fix: a late fix that shows him inside then shows the same breach."""
    target.episodes[target.n_episodes - 1, SHOWN] = target.episodes[target.n_episodes - 1, TOLD] = at_us


@kernel
def was_just_told(target: np.record, at_us: int) -> bool:
    """Whether an alarm of a target has stood shortly before."""
    last = target.n_episodes - 1
    return bool(last >= 0 and target.episodes[last, UNTIL_US] > at_us - APART_US)


@kernel
def _likeliest_us(
    target: np.record,
    shapes: Shapes,
    before: Floats,
    after: Floats,
    from_us: int,
    to_us: int,
    usual: float,
    out: Floats,
    work: Floats,
) -> int:
    """The instant at which the way lay most likely in a zone in force, with probability, distance and error then among `out`'s figures."""
    shape, gap_s, best_us = shapes.rows[target.shape], (to_us - from_us) * 1e-6, from_us
    way = mode_of(work, 0)
    out[WAY_CHANCE] = 0.0
    for k in range(1, INSTANTS):
        at_us = from_us + (to_us - from_us) * k // INSTANTS
        on_the_way(shape, before, after, gap_s * k / INSTANTS, gap_s, usual, way, mode_of(work, 1))
        x, y = way[PX], way[PY]
        if x * x + y * y > shape[SHAPE_REACH] * shape[SHAPE_REACH] or not holds(shape, shapes.edges, x, y):
            continue
        chance, distance = inside_probability(shape, shapes.edges, x, y, sqrt(way[PP]), 0.0)
        chance = at_odds(min(chance, SUREST), WORTH)
        if chance > out[WAY_CHANCE] and in_force(target, shapes.force, at_us):
            out[WAY_CHANCE], out[WAY_DISTANCE], out[WAY_SIGMA], best_us = chance, distance, sqrt(way[PP]), at_us
    out[WAY_US], out[WAY_FROM_US] = best_us, from_us
    return best_us


@kernel
def on_the_way(shape: Floats, before: Floats, after: Floats, at_s: float, gap_s: float, usual: float, way: Floats, end: Floats) -> None:
    """Place and its variance in a shape's frame `at_s` seconds after one summary of a track and before another, into `way`.

    Velocity wanders as in the filter, and both ends are known: what the one behind foretells is drawn to the one ahead (Rauch, Tung and
    Striebel). `end` is room for what it foretells of that.
    """
    _stand(shape, before, usual, way)
    moved_on(way, usual, at_s, exp(-at_s / VELOCITY_S))
    for k in range(len(way)):
        end[k] = way[k]
    left_s = gap_s - at_s
    decay = exp(-left_s / VELOCITY_S)
    moved_on(end, usual, left_s, decay)
    with_place, with_velocity = way[PP] + VELOCITY_S * (1.0 - decay) * way[PV], decay * way[PV]
    scale = 1.0 / (end[PP] * end[VV] - end[PV] * end[PV])
    by_place = (with_place * end[VV] - with_velocity * end[PV]) * scale
    by_velocity = (with_velocity * end[PP] - with_place * end[PV]) * scale
    dx, dy = east_m(shape, after[POST_LON]) - end[PX], north_m(shape, after[POST_LAT]) - end[PY]
    way[PX] += by_place * dx + by_velocity * (after[POST_VX] - end[VX])
    way[PY] += by_place * dy + by_velocity * (after[POST_VY] - end[VY])
    known = by_place * by_place * (after[POST_VAR] - end[PP]) - 2.0 * by_place * by_velocity * end[PV]
    way[PP] = max(way[PP] + known + by_velocity * by_velocity * (after[POST_VVAR] - end[VV]), 0.01)


@kernel
def _stand(shape: Floats, post: Floats, usual: float, mode: Floats) -> None:
    """A mode at a summary of a track, in a shape's frame."""
    fill_floats(mode, 0.0)
    mode[PX], mode[PY] = east_m(shape, post[POST_LON]), north_m(shape, post[POST_LAT])
    mode[VX], mode[VY] = post[POST_VX], post[POST_VY]
    mode[PP], mode[VV] = post[POST_VAR], min(post[POST_VVAR], usual)
