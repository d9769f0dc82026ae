"""Taking stored fixes through the track filter once more, for people who look back: how likely each showed a breach of a zone or a ring."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.breach_engine import Measurements
from backend_bridge.domain.breach.geometry import SHAPE_END, SHAPE_FIRST, SHAPE_WIDTH, flat_shape
from backend_bridge.domain.breach.kernel import kernel
from backend_bridge.domain.breach.pair_engine import post_at, ring_chance
from backend_bridge.domain.breach.target_levels import DISTANCE, PROBABILITY
from backend_bridge.domain.breach.target_walk import zone_chance
from backend_bridge.domain.breach.track_history import begin_track, placed_in_history, take_history
from backend_bridge.domain.breach.track_model import MODE_WIDTH, N_MODES, N_MOTIONS, ROW_WIDTH, W
from backend_bridge.domain.breach.track_table import (
    FIGURES_WIDTH,
    LAT_DEG,
    LON_DEG,
    MEASURED_US,
    POST_LAT,
    POST_LON,
    POST_WIDTH,
    empty_tracks,
)
from backend_bridge.domain.case import Circle, Polygon
from backend_bridge.domain.fix import FixBatch

Floats = NDArray[np.float64]
_INSIDE, _OUTSIDE, _DISPLACED, _LAT, _LON = range(5)
"""Rows of what the kernel tells of each fix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneSpan:
    """A zone and when it is in force."""

    shape: Circle | tuple[Polygon, ...]
    in_force: NDArray[np.int64]
    """(k, 2) µs, each [from, to), in order and apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RingSpan:
    """A ring about a person who moves, and when it is in force."""

    distance_m: float
    in_force: NDArray[np.int64]
    """(k, 2) µs, each [from, to), in order and apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refiltered:
    """What the filter makes of each of n fixes of one device and those before it; nothing else is known."""

    inside: NDArray[np.float32]
    """(n,) P(inside the likeliest of the zones to keep out of), NaN where none was in force."""
    outside: NDArray[np.float32]
    """(n,) P(outside of the likeliest of the zones to stay in), NaN where none was in force."""
    displaced: NDArray[np.float32]
    """(n,) P(the fix is displaced: by a reflection, a tower, a forger), as far as the fixes until then tell."""
    lat_deg: Floats
    lon_deg: Floats
    """(n,) where the device is taken to have been then."""


def chance_crossed(fixes: FixBatch, keep_out: Sequence[ZoneSpan], stay_in: Sequence[ZoneSpan]) -> Refiltered:
    """What each of n fixes of one device, in the order of measurement, shows of the zones, and whether it can be believed."""
    told, zones = np.full((5, len(fixes)), np.nan), (*keep_out, *stay_in)
    columns = Measurements.of(fixes, np.zeros(len(fixes), np.int32)).columns
    rows, edges = _shapes(zones)
    applies = np.array([_holds(zone.in_force, fixes.measured_us) for zone in zones], np.bool_).reshape(len(zones), len(fixes))
    side = np.repeat(np.array([_INSIDE, _OUTSIDE]), [len(keep_out), len(stay_in)])
    figures = np.zeros(max(FIGURES_WIDTH, POST_WIDTH))
    _live(empty_tracks(1), columns, rows, edges, applies, side, told, np.zeros((8, ROW_WIDTH)), figures)
    inside, outside, displaced = told[:_LAT].astype(np.float32)
    return Refiltered(inside=inside, outside=outside, displaced=displaced, lat_deg=told[_LAT], lon_deg=told[_LON])


def chance_within(his: FixBatch, hers: FixBatch, rings: Sequence[RingSpan]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """When each fix of either was measured, in order, and P(within the likeliest of the rings in force) then; NaN where none was.

    Both batches hold one device, in the order of measurement.
    """
    of = np.repeat(np.array([0, 1], np.int32), [len(his), len(hers)])
    order = np.argsort(np.concatenate([his.measured_us, hers.measured_us]), kind="stable")
    columns = np.concatenate([Measurements.of(batch, np.zeros(len(batch), np.int32)).columns for batch in (his, hers)])[order]
    measured_us = np.concatenate([his.measured_us, hers.measured_us])[order]
    within = np.full(len(order), np.nan)
    if rings:
        metres = np.array([ring.distance_m for ring in rings])
        applies = np.array([_holds(ring.in_force, measured_us) for ring in rings])
        _live_both(empty_tracks(2), columns, of[order], metres, applies, within, np.zeros((8, ROW_WIDTH)), np.zeros(FIGURES_WIDTH))
    return measured_us, within.astype(np.float32)


def _holds(in_force: NDArray[np.int64], at_us: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each instant lies in one of the intervals."""
    begun = np.searchsorted(in_force[:, 0], at_us, side="right")
    return np.asarray(begun > np.searchsorted(in_force[:, 1], at_us, side="right"), np.bool_)


def _shapes(zones: Sequence[ZoneSpan]) -> tuple[Floats, Floats]:
    """The shapes as kernels read them: a row each, and the edges of all."""
    flat = [flat_shape(zone.shape) for zone in zones]
    if not flat:
        return np.empty((0, SHAPE_WIDTH)), np.empty((0, 5))
    rows = np.array([shape.row for shape in flat])
    before = np.cumsum([0, *(len(shape.edges) for shape in flat[:-1])])
    rows[:, SHAPE_FIRST] += before
    rows[:, SHAPE_END] += before
    return rows, np.concatenate([shape.edges for shape in flat])


@kernel
def _live(
    tracks: NDArray[np.record],
    fixes: Floats,
    shapes: Floats,
    edges: Floats,
    applies: NDArray[np.bool_],
    side: NDArray[np.int64],
    crossed: Floats,
    work: Floats,
    figures: Floats,
) -> None:
    """Take each fix into the one track, and note what it shows then; `crossed` has the rows of `Refiltered`."""
    track = tracks[0]
    for i in range(len(fixes)):
        fix = fixes[i]
        if track.end == 0:
            begin_track(track, fix[LAT_DEG], fix[LON_DEG])
        take_history(track, placed_in_history(track, fix), work)
        for zone in range(len(shapes)):
            if applies[zone, i]:
                zone_chance(track.row[:], track.frame[:], shapes[zone], edges, 0.0, figures)
                chance = figures[PROBABILITY] if side[zone] == _INSIDE else 1.0 - figures[PROBABILITY]
                if not chance <= crossed[side[zone], i]:  # also where that is still NaN
                    crossed[side[zone], i] = chance
        crossed[_DISPLACED, i] = _share_displaced(track.row[:])
        post_at(track, int(fix[MEASURED_US]), figures)
        crossed[_LAT, i], crossed[_LON, i] = figures[POST_LAT], figures[POST_LON]


@kernel
def _share_displaced(row: Floats) -> float:
    """How much of what explains the fixes says that the newest is displaced."""
    share = 0.0
    for mode in range(N_MOTIONS, N_MODES):
        share += row[mode * MODE_WIDTH + W]
    return share


@kernel
def _live_both(
    tracks: NDArray[np.record],
    fixes: Floats,
    of: NDArray[np.int32],
    metres: Floats,
    applies: NDArray[np.bool_],
    within: Floats,
    work: Floats,
    figures: Floats,
) -> None:
    """Take each fix into the track of its device, the wearer's first, and note how the two stand to one another then."""
    for i in range(len(fixes)):
        fix, track = fixes[i], tracks[of[i]]
        if track.end == 0:
            begin_track(track, fix[LAT_DEG], fix[LON_DEG])
        take_history(track, placed_in_history(track, fix), work)
        for ring in range(len(metres)):
            if applies[ring, i]:
                ring_chance(tracks[0], tracks[1], metres[ring], int(fix[MEASURED_US]), figures, work[7])
                if figures[DISTANCE] >= 0.0 and not figures[PROBABILITY] <= within[i]:  # nothing is known before the first of both
                    within[i] = figures[PROBABILITY]
