"""Breach decisions: fixes in, crossings of zones and rings out, each with its probability.

The engine holds one track a device (`track_table`), the targets that are watched (zones of one device, rings and approaches of
two) and the level that each target stands at. It knows indices and arrays alone: who a device belongs to, when a schedule is in
force, what an alarm is called and what else may raise one is the watch's business.

Everything follows from the fixes in the order in which they are given, whatever the batching.
"""

from collections.abc import Sequence
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.case import Circle, Polygon
from backend_bridge.domain.fix import FixBatch


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
        ("weights", np.float64, (6,)),  # still, walk, drive with a nominal fix; the same with a displaced one
        ("happened_us", np.int64),  # measured time of the fix that shows it
        ("known_us", np.int64),  # received time of the fix that brought it to light
        ("n_fixes", np.int32),  # fixes of the device that bear on it (since its track began, or the last 30 min)
    ]
)
"""One decision, in the order in which it was taken."""


class BreachEngine:
    """Tracks, targets and their levels; the one mutable value of detection.

    Indices of devices and targets count from 0 and are never given out again.
    """

    def device(self, name: str) -> int:
        """Index of a device; a new one is added."""
        raise NotImplementedError

    def watch_zone(
        self, device: int, kind: TargetKind, shape: Circle | Sequence[Polygon], in_force: NDArray[np.int64], margin_m: float = 0.0
    ) -> int:
        """Watch a zone for one device; returns the target. `in_force` is (k, 2) µs, sorted, disjoint, each [from, to)."""
        raise NotImplementedError

    def watch_ring(self, kind: TargetKind, subject: int, protected: int, distance_m: float, in_force: NDArray[np.int64]) -> int:
        """Watch a pair for `RING` or `APPROACH`; returns the target."""
        raise NotImplementedError

    def set_in_force(self, target: int, in_force: NDArray[np.int64]) -> None:
        """Replace the intervals of a target (a schedule's horizon moves on, an order ends, a version is replaced)."""
        raise NotImplementedError

    def level(self, target: int) -> Level:
        """What the target stands at now, as its crossings have said."""
        raise NotImplementedError

    def clear(self, target: int, at_us: int) -> bool:
        """End the target's standing alarm without a fix (its window closed, its order ended); whether one stood."""
        raise NotImplementedError

    def advance(self, fixes: FixBatch, device: NDArray[np.int32]) -> tuple[NDArray[np.void], "FixFindings"]:
        """Take fixes in the order of the batch (`device` holds the engine's index of each row); crossings, in order.

        A fix measured before its device's newest is put where it belongs and what came after is judged again; a breach
        that it brings to light is raised with its true time, and cleared at once where it is over. Fixes are taken as
        they are: what was seen before (duplicates) and what must not be kept has to be left out by the caller.
        """
        raise NotImplementedError

    def tracks_at(self, device: NDArray[np.int32], at_us: int) -> "Tracks":
        """Where devices are at an instant, as far as their fixes until now tell."""
        raise NotImplementedError

    def pairs_at(self, subject: NDArray[np.int32], protected: NDArray[np.int32], at_us: int) -> "Pairs":
        """How two devices stand to each other at an instant (n pairs)."""
        raise NotImplementedError

    def within(self, subject: NDArray[np.int32], protected: NDArray[np.int32], radius_m: float, at_us: int) -> NDArray[np.float64]:
        """P(distance < `radius_m`) of n pairs at an instant; 0 where a device has no fix yet."""
        raise NotImplementedError

    def distance_to(self, target: int, device: int, at_us: int) -> tuple[float, float]:
        """Signed metres from a device's expected place to a zone's edge (negative inside), and their standard error."""
        raise NotImplementedError

    def parts(self) -> dict[str, NDArray[np.generic]]:
        """All state as arrays, for a snapshot."""
        raise NotImplementedError

    @classmethod
    def of_parts(cls, parts: dict[str, NDArray[np.generic]]) -> "BreachEngine":
        """The engine that `parts` were taken of: the same decisions afterwards."""
        raise NotImplementedError


class FixFindings:
    """What the filter thought of each fix of a batch: (n,) arrays, in its order."""

    surprise: NDArray[np.float64]
    """Squared distance from where it was expected, in units of the expected variance (about 2 on average)."""
    displaced: NDArray[np.float64]
    """Probability that the fix shows another place than where the device was (jump, multipath, spoofing)."""
    jump_mps: NDArray[np.float64]
    """Speed that the way from the fix before it takes, less both errors; 0 where the errors explain it."""
    late: NDArray[np.bool_]
    """Measured before another fix of its device that was there already."""


class Tracks:
    """n tracks at one instant: (n,) arrays. A device without a fix has NaN and `measured_us` −1."""

    lat_deg: NDArray[np.float64]
    lon_deg: NDArray[np.float64]
    radius95_m: NDArray[np.float64]
    """Radius that holds the true position with 95 %, grown by what the device may have moved since its last fix."""
    speed_mps: NDArray[np.float64]
    course_deg: NDArray[np.float64]
    """NaN below 0.5 m/s."""
    measured_us: NDArray[np.int64]
    """Of the newest fix by measurement."""
    received_us: NDArray[np.int64]
    """Of the newest fix by receipt."""
    interval_s: NDArray[np.float64]
    """Usual time between the device's fixes; NaN before the second."""
    weights: NDArray[np.float64]
    """(n, 6) as in `CROSSING`."""
    last_lat_deg: NDArray[np.float64]
    last_lon_deg: NDArray[np.float64]
    last_accuracy_m: NDArray[np.float64]
    """The newest fix itself, NaN where it reported none."""


class Pairs:
    """n pairs at one instant: (n,) arrays; NaN where a device has no fix yet."""

    distance_m: NDArray[np.float64]
    sigma_m: NDArray[np.float64]
    closing_mps: NDArray[np.float64]
    subject_share: NDArray[np.float64]
    contact_s: NDArray[np.float64]
    miss_m: NDArray[np.float64]
    relative_speed_mps: NDArray[np.float64]
