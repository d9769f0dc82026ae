"""Breach decisions: fixes in, crossings of zones and rings out, each with its probability.

The engine holds one track a device (`track_table`), the targets that are watched (zones of one device, rings and approaches of
two) and the level that each target stands at. It knows indices and arrays alone: who a device belongs to, when a schedule is in
force, what an alarm is called and what else may raise one is the watch's business.

Everything follows from the fixes in the order in which they are given, whatever the batching.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.breach.engine_halves import LEAST_ROWS, Beside, halves_of, split
from backend_bridge.domain.breach.geometry import SHAPE_END, SHAPE_FIRST, flat_shape
from backend_bridge.domain.breach.policy import POLICY
from backend_bridge.domain.breach.spot_view import Spot, SpotView
from backend_bridge.domain.breach.stay_places import Places, crossing_ways, places_of, untaken_since
from backend_bridge.domain.breach.target_levels import NOTES_WIDTH, WEIGHTS
from backend_bridge.domain.breach.target_telling import end_standing
from backend_bridge.domain.breach.track_model import (
    MEASURED,
    ROW_WIDTH,
)
from backend_bridge.domain.breach.track_table import (
    ACCURACY_M,
    COURSE_DEG,
    FIGURES_WIDTH,
    FIX_WIDTH,
    LAT_DEG,
    LON_DEG,
    MEASURED_US,
    MOVING,
    POST_WIDTH,
    SOURCE,
    SPEED_MPS,
    Shapes,
    brought_up,
    empty_shapes,
    empty_targets,
    empty_tracks,
)
from backend_bridge.domain.breach.track_views import (
    Pairs,
    Sights,
    Tracks,
    distance_view,
    pair_view,
    sight_view,
    track_view,
)
from backend_bridge.domain.breach.zone_engine import SPARE, advance
from backend_bridge.domain.case import Circle, Polygon
from backend_bridge.domain.fix import FixBatch

Number = TypeVar("Number", np.float64, np.int64)


class TargetKind(IntEnum):
    """What a target asks of a track."""

    EXCLUSION = 0
    """P(inside the shape)."""
    WARNING_BAND = 1
    """P(within `margin_m` of the shape), the shape itself included; amber at most."""
    INCLUSION = 2
    """P(outside the shape)."""
    RING = 3
    """P(distance of two devices < `distance_m`)."""
    APPROACH = 4
    """Contact predicted: entry into the ring of `distance_m` within minutes; amber at most."""


class Step(IntEnum):
    """What a crossing says of its target."""

    RAISED = 0
    UPGRADED = 1
    CLEARED = 2
    RAISED_BESIDE = 3
    """The same of an alarm about the past that is over already and told at once, beside what stands of the target."""
    UPGRADED_BESIDE = 4
    CLEARED_BESIDE = 5


class Level(IntEnum):
    """What a target stands at; as `level` of a crossing: the level after it (of a clearing: the level that ends)."""

    OFF = 0
    AMBER = 1
    RED = 2


CROSSING: Final = np.dtype(
    [
        ("fix", np.int64),  # row of the batch that brought it to light
        ("target", np.int32),
        ("step", np.int8),  # a Step
        ("level", np.int8),  # a Level
        ("probability", np.float64),  # calibrated; of an approach: of contact
        ("distance_m", np.float64),  # signed distance to the edge, negative inside; of a ring: between the two devices
        ("sigma_m", np.float64),  # standard error of that distance
        ("speed_mps", np.float64),  # of the device whose fix it was
        ("closing_mps", np.float64),  # rings, approaches: how fast the distance shrinks; NaN for zones
        ("share", np.float64),  # rings, approaches: the subject's part of the closing speed, 0–1; NaN where nobody closes
        ("contact_s", np.float64),  # modified tau to the ring; NaN where none is predicted
        ("miss_m", np.float64),  # distance of closest approach as they move now
        ("way_us", np.float64),  # when the way between two fixes most likely lay in the zone, where that and no fix raised it; else NaN
        ("way_from_us", np.float64),  # measured time of the fix before that; the one behind is `happened_us`
        ("way_probability", np.float64),  # that it lay inside at `way_us`
        ("way_distance_m", np.float64),  # signed distance to the edge then
        ("way_sigma_m", np.float64),  # its standard error
        ("sigma_subject_m", np.float64),  # rings, approaches: what of the standard error is the subject's,
        ("sigma_protected_m", np.float64),  # and what the protected one's; NaN for zones, as all that follows
        ("speed_subject_mps", np.float64),
        ("speed_protected_mps", np.float64),
        ("relative_mps", np.float64),  # how fast they move against each other
        ("age_subject_s", np.float64),  # of the newest fix measured by then
        ("age_protected_s", np.float64),
        ("n_subject", np.float64),  # fixes as in `n_fixes`, of each
        ("n_protected", np.float64),
        ("weights", np.float64, (6,)),  # still, walk, drive with a nominal fix; the same with a displaced one
        ("happened_us", np.int64),  # measured time of the fix that shows it
        ("known_us", np.int64),  # received time of the fix that brought it to light
        ("n_fixes", np.int32),  # fixes of the device that bear on it (since its track began, or the last 30 min)
    ]
)
"""One decision, in the order in which it was taken."""
_FIGURES: Final = tuple((CROSSING.names or ())[4 : 4 + WEIGHTS])
"""Figures in the order of the kernel's columns."""
_OF_TWO: Final = _FIGURES[_FIGURES.index("sigma_subject_m") : _FIGURES.index("n_protected") + 1]
"""Those of rings and approaches alone."""
_LEAST_ROOM: Final = 64
"""Number of devices, and of targets, that there is room for once there is one."""
_NO_CROSSINGS: Final = np.zeros(0, CROSSING)


@dataclass(frozen=True, slots=True, kw_only=True)
class FixFindings:
    """What the filter thought of each fix of a batch: (n,) arrays, in its order."""

    surprise: NDArray[np.float64]
    """Squared distance from where it was expected, in units of the expected variance (about 2 on average)."""
    displaced: NDArray[np.float64]
    """Probability that the fix shows another place than where the device was (jump, multipath, spoofing)."""
    late: NDArray[np.bool_]
    """Measured before another fix of its device that was there already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurements:
    """Fixes as the engine reads them, so that a batch can be judged piece by piece."""

    device: NDArray[np.int32]
    """The engine's indices."""
    columns: NDArray[np.float64]
    received_us: NDArray[np.int64]
    findings: NDArray[np.float64]
    """(n, 3), filled as fixes are judged: surprise, displaced, late."""

    @staticmethod
    def of(fixes: FixBatch, device: NDArray[np.int32]) -> "Measurements":
        """The fixes of a batch; `device` holds the engine's index of each row."""
        return Measurements(device=device, columns=_columns(fixes), received_us=fixes.received_us, findings=np.zeros((len(device), 3)))

    def take(self, rows: NDArray[np.intp]) -> "Measurements":
        """Some of them, with findings of their own."""
        return Measurements(
            device=self.device[rows], columns=self.columns[rows], received_us=self.received_us[rows], findings=np.zeros((len(rows), 3))
        )


class _Scratch:
    """What the kernel works on beside the tables: room for what is told, and for its arithmetic."""

    def __init__(self) -> None:
        self.work = np.zeros((8, ROW_WIDTH))
        self.figures = np.full((4 * SPARE, FIGURES_WIDTH), np.nan)
        self.notes = np.zeros((4 * SPARE, NOTES_WIDTH), np.int64)


class BreachEngine:
    """Tracks, targets and their levels; the one mutable value of detection.

    Indices of devices and targets count from 0 and are never given out again.
    """

    def __init__(self) -> None:
        self._names: dict[str, int] = {}
        self._tracks = empty_tracks(0)
        self._newest_us = np.full(0, -1)
        self._targets = empty_targets(0)
        self._shapes = empty_shapes()
        self._n_targets = 0
        self._n_shapes = 0
        self._n_edges = 0
        self._n_force = 0
        self._policy = np.array(POLICY)
        self._spots = SpotView()
        self._scratch = (_Scratch(), _Scratch())
        self.beside: Beside | None = None
        """What judges two halves of many fixes at once, if anything does; what is decided is the same."""
        self._halves: NDArray[np.int8] | None = None
        """In which half each device is; None when devices or targets have been added since."""

    def use_policy(self, policy: tuple[float, float, float]) -> None:
        """Go by other probabilities from now on: amber from, red from, an alarm stands until."""
        self._policy = np.array(policy)

    def policy(self) -> tuple[float, float, float]:
        """The probabilities that it goes by: amber from, red from, an alarm stands until."""
        amber_from, red_from, until = self._policy.tolist()
        return amber_from, red_from, until

    def device(self, name: str) -> int:
        """Index of a device; a new one is added."""
        known = self._names.get(name)
        if known is not None:
            return known
        index = len(self._names)
        self._names[name] = index
        self.make_room(index + 1)
        return index

    def make_room(self, n_devices: int) -> None:
        """Have room for so many devices at once: tables are large, and growing them again and again is slow."""
        if n_devices > len(self._tracks):
            grown = empty_tracks(max(n_devices, len(self._tracks) * 5 // 4, _LEAST_ROOM))
            grown[: len(self._tracks)] = self._tracks
            self._tracks = grown
            self._newest_us = np.append(self._newest_us, np.full(len(grown) - len(self._newest_us), -1))
            self._halves = None

    def watch_zone(
        self, device: int, kind: TargetKind, shape: Circle | Sequence[Polygon], in_force: NDArray[np.int64], margin_m: float = 0.0
    ) -> int:
        """Watch a zone for one device; returns the target. `in_force` is (k, 2) µs, sorted, disjoint, each [from, to)."""
        flat = flat_shape(shape)
        row = flat.row.copy()
        row[SHAPE_FIRST] += self._n_edges
        row[SHAPE_END] += self._n_edges
        self._shapes = self._shapes._replace(
            rows=_with(self._shapes.rows, self._n_shapes, row[None]), edges=_with(self._shapes.edges, self._n_edges, flat.edges)
        )
        self._n_shapes += 1
        self._n_edges += len(flat.edges)
        target = self._add_target(kind, device, -1, margin_m, in_force)
        self._targets["shape"][target] = self._n_shapes - 1
        return target

    def watch_ring(self, kind: TargetKind, subject: int, protected: int, distance_m: float, in_force: NDArray[np.int64]) -> int:
        """Watch a pair for `RING` or `APPROACH`; returns the target."""
        return self._add_target(kind, subject, protected, distance_m, in_force)

    def _add_target(self, kind: TargetKind, subject: int, protected: int, margin_m: float, in_force: NDArray[np.int64]) -> int:
        target = self._n_targets
        self._n_targets += 1
        self._halves = None
        if target == len(self._targets):
            self._targets = np.concatenate([self._targets, empty_targets(max(target, _LEAST_ROOM))])
        for name, value in (("kind", kind), ("subject", subject), ("protected", protected), ("margin_m", margin_m)):
            self._targets[name][target] = value
        for part, (device, name) in enumerate(((subject, "next_of_subject"), (protected, "next_of_protected"))):
            if device >= 0:
                self._targets[name][target] = self._tracks["link"][device]
                self._tracks["link"][device] = 2 * target + part
        self.set_in_force(target, in_force)
        return target

    def set_in_force(self, target: int, in_force: NDArray[np.int64]) -> None:
        """Replace the intervals of a target (a schedule's horizon moves on, an order ends, a version is replaced)."""
        intervals = in_force.reshape(-1, 2)
        self._targets["force_first"][target] = self._targets["force_end"][target] = 0
        if self._n_force + len(intervals) > len(self._shapes.force):
            self._gather_force()
        self._shapes = self._shapes._replace(force=_with(self._shapes.force, self._n_force, intervals))
        self._targets["force_first"][target] = self._n_force
        self._n_force += len(intervals)
        self._targets["force_end"][target] = self._n_force
        for device in (self._targets["subject"][target], self._targets["protected"][target]):
            if device >= 0:
                self._tracks["safe"][device, 2] = -1.0

    def _gather_force(self) -> None:
        """Let go of the intervals that no target has any more."""
        targets = self._targets[: self._n_targets]
        spans = zip(targets["force_first"].tolist(), targets["force_end"].tolist(), strict=True)
        live = [self._shapes.force[first:end] for first, end in spans]
        ends = np.cumsum([len(part) for part in live])
        targets["force_first"], targets["force_end"] = ends - [len(part) for part in live], ends
        self._n_force = int(ends[-1])
        self._shapes = self._shapes._replace(force=np.concatenate(live))

    def level(self, target: int) -> Level:
        """What the target stands at now, as its crossings have said."""
        return Level(int(self._targets["said"][target]))

    def clear(self, target: int, at_us: int) -> bool:
        """End the target's standing alarm without a fix (its window closed, its order ended); whether one stood."""
        return end_standing(self._targets, target, at_us)

    def advance(self, fixes: FixBatch, device: NDArray[np.int32]) -> tuple[NDArray[np.void], FixFindings]:
        """Take fixes in the order of the batch (`device` holds the engine's index of each row); crossings, in order."""
        rows = Measurements.of(fixes, device)
        crossings, findings = self.advance_rows(rows, 0, len(device)), rows.findings
        return crossings, FixFindings(surprise=findings[:, 0], displaced=findings[:, 1], late=findings[:, 2] > 0.0)

    def advance_rows(self, rows: Measurements, start: int, end: int) -> NDArray[np.void]:
        """Take rows [start, end) in their order; crossings, in order."""
        if self.beside is not None and end - start >= LEAST_ROWS:
            halves = split(self._half_of(rows.device[start:end]))
            if halves is not None:
                return self._both_judged(rows, start, halves, self.beside)
        return self._judged(rows, start, end, self._scratch[0])

    def _half_of(self, device: NDArray[np.int32]) -> NDArray[np.int8]:
        if self._halves is None:
            targets = self._targets[: self._n_targets]
            self._halves = halves_of(targets["subject"], targets["protected"], len(self._tracks))
        return self._halves[device]

    def _both_judged(
        self, rows: Measurements, start: int, halves: tuple[NDArray[np.intp], NDArray[np.intp]], beside: Beside
    ) -> NDArray[np.void]:
        """The same of two halves, each by itself: a row's crossings are of one half, and so stand in the order of the rows again."""
        told = [_NO_CROSSINGS, _NO_CROSSINGS]

        def judge(half: int) -> None:
            taken = halves[half] + start
            part = rows.take(taken)
            told[half] = self._judged(part, 0, len(taken), self._scratch[half])
            told[half]["fix"] = taken[told[half]["fix"]]
            rows.findings[taken] = part.findings

        beside(lambda: judge(0), lambda: judge(1))
        both = np.concatenate(told)
        return both[np.argsort(both["fix"], kind="stable")]

    def _judged(self, rows: Measurements, start: int, end: int, scratch: _Scratch) -> NDArray[np.void]:
        parts = []
        while start < end:
            start, n = advance(
                self._tracks,
                self._targets,
                self._shapes,
                rows.device,
                rows.columns,
                rows.received_us,
                start,
                end,
                self._policy,
                self._newest_us,
                scratch.figures,
                scratch.notes,
                rows.findings,
                scratch.work,
            )
            if n:
                parts.append(_crossings(scratch.figures[:n], scratch.notes[:n], self._targets["protected"]))
        return parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else _NO_CROSSINGS

    def newest_us(self, device: NDArray[np.int32]) -> NDArray[np.int64]:
        """When the newest fix of devices was measured, −1 before the first."""
        return self._newest_us[device]

    def tracks_at(self, device: NDArray[np.int32], at_us: int) -> Tracks:
        """Where devices are at an instant, as far as their fixes until now tell."""
        return track_view(self._tracks, device, at_us)

    def sights_at(self, device: NDArray[np.int32], at_us: int) -> Sights:
        """Where devices were at an instant of the last hours: for what is heard late."""
        return sight_view(self._tracks, device, at_us)

    def spot_at(self, device: int, at_us: int | None = None) -> Spot | None:
        """Where one device is at an instant (by default that of its newest fix); None before its first."""
        newest_us = int(self._newest_us[device])
        return None if newest_us < 0 else self._spots.at(self._tracks, device, newest_us if at_us is None else at_us, newest_us)

    def places_at(self, stays: NDArray[np.float64], device: NDArray[np.int32], at_us: int) -> Places:
        """Where devices were at an instant, for looking back; `stays` has a row for each device and goes on to the instant."""
        return places_of(self._tracks, stays, device, at_us)

    def untaken_since_us(self, stays: NDArray[np.float64], device: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """When the first fix of each device was measured that its stay has not taken, and the first instant that had waited for it."""
        return untaken_since(self._tracks, stays, device)

    def crossing(self, device: NDArray[np.int32], of: NDArray[np.int32], from_us: int, margin_deg: float) -> NDArray[np.int32]:
        """Those devices that since an instant may have been about where one of the devices `of` was; all have fixes."""
        return crossing_ways(self._tracks, device, of, from_us, margin_deg)

    def pairs_at(self, subject: NDArray[np.int32], protected: NDArray[np.int32], at_us: int, radius_m: float = 0.0) -> Pairs:
        """How two devices stand to each other at an instant (n pairs); contact is reaching `radius_m`."""
        return pair_view(self._tracks, subject, protected, radius_m, at_us)

    def distance_to(self, target: int, device: int, at_us: int) -> tuple[float, float]:
        """Signed metres from a device's expected place to a zone's edge (negative inside) and their error; NaN before its first fix."""
        return distance_view(
            self._tracks[device], self._shapes.rows[self._targets["shape"][target]], self._shapes.edges, at_us, np.empty(POST_WIDTH)
        )

    def parts(self) -> dict[str, NDArray[np.generic]]:
        """All state as arrays of their own, for a snapshot."""
        parts: dict[str, NDArray[np.generic]] = {
            "names": np.array(list(self._names), dtype=np.str_),
            "n_targets": np.array([self._n_targets]),
            "tracks": self._tracks[: len(self._names)].copy(),
            "targets": self._targets[: self._n_targets].copy(),
            "shapes.rows": self._shapes.rows[: self._n_shapes].copy(),
            "shapes.edges": self._shapes.edges[: self._n_edges].copy(),
            "shapes.force": self._shapes.force[: self._n_force].copy(),
        }
        return parts

    @classmethod
    def of_parts(cls, parts: Mapping[str, NDArray[np.generic]]) -> "BreachEngine":
        """The engine that `parts` were taken of: the same decisions afterwards. It goes on in the tables of tracks and targets.

        A version before may have stored them with fewer fields; raises `ValueError` where they are others otherwise.
        """
        engine = cls()
        engine._names = {str(name): index for index, name in enumerate(parts["names"])}
        engine._n_targets = int(parts["n_targets"][0])
        tracks = brought_up(parts["tracks"], empty_tracks)
        engine._tracks, engine._newest_us = tracks, np.where(tracks["end"] > 0, tracks["row"][:, MEASURED], -1.0).astype(np.int64)
        engine._targets = brought_up(parts["targets"], empty_targets)
        engine._shapes = Shapes(*(np.array(parts[f"shapes.{name}"]) for name in Shapes._fields))
        engine._n_shapes, engine._n_edges, engine._n_force = (len(part) for part in engine._shapes)
        return engine


def _with(table: NDArray[Number], n: int, rows: NDArray[Number]) -> NDArray[Number]:
    """A table of which n rows are in use with more rows after those; it doubles when it is full."""
    if n + len(rows) > len(table):
        room = np.zeros((max(64, n, len(rows)), table.shape[1]), table.dtype)
        table = np.concatenate([table[:n], rows, room])
    table[n : n + len(rows)] = rows
    return table


def _columns(fixes: FixBatch) -> NDArray[np.float64]:
    """A batch as rows of the history. An accuracy of 0 is what devices say that do not know it."""
    out = np.empty((len(fixes), FIX_WIDTH))
    out[:, MEASURED_US], out[:, LAT_DEG], out[:, LON_DEG] = fixes.measured_us, fixes.lat_deg, fixes.lon_deg
    out[:, ACCURACY_M] = np.where(fixes.accuracy_m > 0.0, fixes.accuracy_m, np.nan)
    out[:, SPEED_MPS], out[:, COURSE_DEG] = fixes.speed_mps, fixes.course_deg
    out[:, MOVING], out[:, SOURCE] = fixes.moving, fixes.source
    return out


def _crossings(figures: NDArray[np.float64], notes: NDArray[np.int64], protected: NDArray[np.int32]) -> NDArray[np.void]:
    """What the kernel wrote as records; what is of two devices it leaves in the rows of others as an earlier crossing left it."""
    out = np.zeros(len(notes), CROSSING)
    for column, name in enumerate(("fix", "target", "step", "level", "happened_us", "known_us", "n_fixes")):
        out[name] = notes[:, column]
    for column, name in enumerate(_FIGURES):
        out[name] = figures[:, column]
    out["weights"] = figures[:, WEIGHTS:]
    of_one = protected[out["target"]] < 0
    for name in _OF_TWO:
        out[name][of_one] = np.nan
    return out
