"""Where a person of the demo set truly is: stays and ways, each with its time."""

from dataclasses import dataclass, field

import numpy as np
from demo.streets import Streets
from numpy.typing import NDArray


@dataclass(slots=True, kw_only=True)
class Movement:
    """A growing track: seconds since the start of the set, metres, and whether the person is indoors from then on."""

    at_m: NDArray[np.float64]
    times_s: list[float] = field(default_factory=lambda: [0.0])
    points_m: list[NDArray[np.float64]] = field(default_factory=list)
    indoors: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin where the person is."""
        self.points_m.append(self.at_m)
        self.indoors.append(True)

    @property
    def now_s(self) -> float:
        """The end of the track so far."""
        return self.times_s[-1]

    def stay_until(self, at_s: float, *, indoors: bool = True) -> None:
        """Remain where one is until `at_s`; nothing if that is past."""
        if at_s > self.now_s:
            self.indoors[-1] = indoors
            self._add(at_s, self.at_m, indoors=indoors)

    def go(self, way_m: NDArray[np.float64], speed_mps: float, *, indoors: bool = False) -> None:
        """Follow a way at a speed."""
        self.indoors[-1] = indoors
        for point in way_m:
            metres = float(np.hypot(*(point - self.at_m)))
            if metres > 0.0:
                self._add(self.now_s + metres / speed_mps, point, indoors=indoors)

    def travel(self, streets: Streets, goal: int, speed_mps: float, *, by_car: bool = False) -> None:
        """Follow the streets to a node at a speed."""
        self.go(streets.route(streets.nearest(self.at_m), goal, by_car=by_car), speed_mps)

    def _add(self, at_s: float, point_m: NDArray[np.float64], *, indoors: bool) -> None:
        self.times_s.append(at_s)
        self.points_m.append(point_m)
        self.indoors.append(indoors)
        self.at_m = point_m

    def sampled(self, times_s: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
        """True positions (n, 2) in metres, velocities (n, 2) in m/s, and whether indoors, at the given seconds."""
        known = np.array(self.times_s)
        points = np.array(self.points_m)
        where = np.column_stack([np.interp(times_s, known, points[:, k]) for k in (0, 1)])
        ahead = np.column_stack([np.interp(times_s + 1.0, known, points[:, k]) for k in (0, 1)])
        leg = np.clip(np.searchsorted(known, times_s, side="right") - 1, 0, len(known) - 1)
        return where, ahead - where, np.array(self.indoors)[leg]
