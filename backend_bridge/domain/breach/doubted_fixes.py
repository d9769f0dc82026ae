"""What later fixes make of those that the filter took for displaced: whether the person was inside after all.

A fix that lies inside a zone, by itself beyond doubt, raises nothing where the track before makes a displacement likelier. Once a fix
comes that shows where the person went, the way from the last fix outside to that one is known, with its error: where a doubted fix agrees
with it, the person was there. Amber is raised then, as of the newer fix, like that of any way between two fixes (`way_between`).
"""

from math import isnan, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.containment import inside_probability
from backend_bridge.domain.breach.exact_math import exp, log, normal_cdf
from backend_bridge.domain.breach.geometry import SHAPE_REACH, east_m, north_m, signed_distance
from backend_bridge.domain.breach.kernel import kernel, whole
from backend_bridge.domain.breach.target_levels import (
    AMBER,
    AMBER_FROM,
    AWAY_US,
    DISTANCE,
    EXCLUSION,
    FOREVER,
    HAPPENED,
    OFF,
    PROBABILITY,
    SIGMA,
    TARGET,
    WAY_CHANCE,
    WAY_DISTANCE,
    WAY_FROM_US,
    WAY_SIGMA,
    WAY_US,
    at_odds,
)
from backend_bridge.domain.breach.target_telling import raised_as_of, was_told
from backend_bridge.domain.breach.target_walk import LEAST_VARIANCE_M2, in_force, measured_us, next_link, track_figures
from backend_bridge.domain.breach.track_model import PP, PX, PY, RADIUS_68, error_scale, mode_of
from backend_bridge.domain.breach.track_table import (
    ACCURACY_M,
    HISTORY,
    LAT_DEG,
    LON_DEG,
    POST_DRIVE,
    POST_LAT,
    POST_LON,
    POST_VAR,
    UNTIL_US,
    Shapes,
)
from backend_bridge.domain.breach.way_between import (
    APART_US,
    LONGEST_US,
    RESTING_M2_PER_S2,
    copy_way,
    counts_as_of,
    on_the_way,
    raise_way,
    was_just_told,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Tracks = NDArray[np.record]
Targets = NDArray[np.record]

ALONE: Final = 0.7
"""Probability of being inside, by a fix alone, from which it is looked at again."""
MOST_DOUBTED: Final = 7
"""Longest run of such fixes that is looked at; more of them are no matter of one passage."""
SOON_US: Final = 150_000_000
"""How long after a doubted fix the next one may raise an alarm about it."""
DISPLACED: Final = 0.1
"""Probability that a fix is displaced, whatever those around it say."""
OFFSET_M: Final = 150.0
"""Usual offset of a displaced fix, standard deviation per axis."""
ASKED: Final = 3.0
"""The odds of amber times this are required: an alarm about what is over helps nobody in a hurry."""


@kernel
def raise_doubted(
    tracks: Tracks, targets: Targets, shapes: Shapes, device: int, policy: Floats, figures: Floats, notes: Ints, n: int, work: Floats
) -> int:
    """Raise amber for zones in which fixes just before a device's newest one lay after all; the number after the last event told."""
    track = tracks[device]
    newest, found = track.end - 1, work[7]
    link = tracks[device].link
    while link >= 0:
        number = link // 2
        target = targets[number]
        link = next_link(target, link)
        if target.level != OFF or target.said != OFF or not _was_inside(track, newest, target, shapes, policy, found, work):
            continue
        if not was_just_told(target, int(found[WAY_US])):
            n = raise_way(track, target, number, shapes, found, figures, notes, n, measured_us(track, newest))
    return n


@kernel
def raise_doubted_late(
    tracks: Tracks,
    targets: Targets,
    shapes: Shapes,
    device: int,
    position: int,
    policy: Floats,
    figures: Floats,
    notes: Ints,
    n: int,
    row: int,
    work: Floats,
) -> int:
    """Raise amber for zones in which fixes beside a late one, or itself, lay after all; row `row` is free. As an alarm about the past."""
    track, found = tracks[device], work[7]
    link = tracks[device].link
    while link >= 0:
        number = link // 2
        target = targets[number]
        link = next_link(target, link)
        if target.kind != EXCLUSION or target.said != OFF:
            continue
        after = position
        if not _was_inside(track, after, target, shapes, policy, found, work):
            after = _next_outside(track, position, target, shapes)
            if after < 0 or not _was_inside(track, after, target, shapes, policy, found, work):
                continue
        at_us, after_us = int(found[WAY_US]), measured_us(track, after)
        if was_told(target, at_us - APART_US, after_us, FOREVER, whole(AMBER)):
            continue
        _figures_of(track, after, target, shapes, figures[row])
        copy_way(found, figures[row])
        notes[row, TARGET], notes[row, HAPPENED] = number, after_us
        n = raised_as_of(target, figures, notes, row, n, after_us, whole(AMBER))
        counts_as_of(target, at_us)
        target.over_us, target.episodes[target.n_episodes - 1, UNTIL_US] = after_us + AWAY_US, after_us
        track.past = 1
    return n


@kernel
def _was_inside(track: np.record, after: int, target: np.record, shapes: Shapes, policy: Floats, found: Floats, work: Floats) -> bool:
    """Whether one of the doubted fixes just before fix `after`, which is outside, was inside; the likeliest goes into `found`."""
    if target.kind != EXCLUSION or after - 2 < track.first or _alone(track, after - 1, target, shapes) < ALONE:
        return False
    if _alone(track, after, target, shapes) >= ALONE:
        return False
    before = after - 2
    while before >= track.first and after - before <= MOST_DOUBTED and _alone(track, before, target, shapes) >= ALONE:
        before -= 1
    if before < track.first or _alone(track, before, target, shapes) >= ALONE:
        return False
    from_us, to_us = measured_us(track, before), measured_us(track, after)
    if to_us - from_us > LONGEST_US or not in_force(target, shapes.force, to_us):
        return False
    usual = max(track.posts[before % HISTORY, POST_DRIVE], track.posts[after % HISTORY, POST_DRIVE])
    if usual < RESTING_M2_PER_S2:
        return False
    found[WAY_CHANCE], found[WAY_FROM_US] = 0.0, from_us
    for k in range(before + 1, after):
        at_us = measured_us(track, k)
        if to_us - at_us <= SOON_US and in_force(target, shapes.force, at_us):
            _weigh(track, before, k, after, target, shapes, usual, found, work)
    return bool(found[WAY_CHANCE] >= at_odds(policy[AMBER_FROM], ASKED))


@kernel
def _weigh(
    track: np.record, before: int, k: int, after: int, target: np.record, shapes: Shapes, usual: float, found: Floats, work: Floats
) -> None:
    """P(inside at fix `k`) by that fix and the way from fix `before` to fix `after`; into `found` where it is the greatest so far."""
    shape, fix, way = shapes.rows[target.shape], track.fixes[k % HISTORY], mode_of(work[6], 0)
    from_us, at_us = measured_us(track, before), measured_us(track, k)
    gap_s, at_s = (measured_us(track, after) - from_us) * 1e-6, (at_us - from_us) * 1e-6
    on_the_way(shape, track.posts[before % HISTORY], track.posts[after % HISTORY], at_s, gap_s, usual, way, mode_of(work[6], 1))
    scale = error_scale(log(max(fix[ACCURACY_M], 1.0)))
    error, dx, dy = scale * scale, east_m(shape, fix[LON_DEG]) - way[PX], north_m(shape, fix[LAT_DEG]) - way[PY]
    narrow, wide = way[PP] + error, way[PP] + error + OFFSET_M * OFFSET_M
    against = 0.5 * (dx * dx + dy * dy) * (1.0 / narrow - 1.0 / wide)
    agrees = (1.0 - DISPLACED) * wide * exp(-against) / ((1.0 - DISPLACED) * wide * exp(-against) + DISPLACED * narrow)
    gain = way[PP] / narrow
    sigma = sqrt(max(gain * error, LEAST_VARIANCE_M2))
    inside, distance = inside_probability(shape, shapes.edges, way[PX] + gain * dx, way[PY] + gain * dy, sigma, 0.0)
    passing, _ = inside_probability(shape, shapes.edges, way[PX], way[PY], sqrt(max(way[PP], LEAST_VARIANCE_M2)), 0.0)
    chance = agrees * inside + (1.0 - agrees) * passing
    if chance > found[WAY_CHANCE]:
        found[WAY_US], found[WAY_CHANCE], found[WAY_DISTANCE], found[WAY_SIGMA] = at_us, chance, distance, sigma


@kernel
def _alone(track: np.record, i: int, target: np.record, shapes: Shapes) -> float:
    """P(inside) by fix `i` alone; 0 where it does not say its error."""
    shape, fix = shapes.rows[target.shape], track.fixes[i % HISTORY]
    x, y = east_m(shape, fix[LON_DEG]), north_m(shape, fix[LAT_DEG])
    if isnan(fix[ACCURACY_M]) or x * x + y * y > shape[SHAPE_REACH] * shape[SHAPE_REACH]:
        return 0.0
    return float(normal_cdf(-signed_distance(shape, shapes.edges, x, y)[0] * RADIUS_68 / max(fix[ACCURACY_M], 1.0)))


@kernel
def _next_outside(track: np.record, position: int, target: np.record, shapes: Shapes) -> int:
    """The first fix after `position` that is not inside by itself, where those between are; −1 where there is none near."""
    after = position + 1
    while after < track.end and after - position <= MOST_DOUBTED and _alone(track, after, target, shapes) >= ALONE:
        after += 1
    return int(after) if after < track.end and after - position <= MOST_DOUBTED else whole(-1)


@kernel
def _figures_of(track: np.record, i: int, target: np.record, shapes: Shapes, out: Floats) -> None:
    """The figures of a zone as fix `i` left them, as far as they are remembered; speed and movement are those of now."""
    shape, post = shapes.rows[target.shape], track.posts[i % HISTORY]
    track_figures(track.row[:], out)
    out[SIGMA] = sqrt(max(post[POST_VAR], LEAST_VARIANCE_M2))
    x, y = east_m(shape, post[POST_LON]), north_m(shape, post[POST_LAT])
    out[PROBABILITY], out[DISTANCE] = inside_probability(shape, shapes.edges, x, y, out[SIGMA], 0.0)
