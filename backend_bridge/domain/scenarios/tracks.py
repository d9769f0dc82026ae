"""Where the people of a scenario truly are: stays and ways along roads, each with its time."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.identifiers import PersonId
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.scenarios.scenario import Back, Beside, Go, Movement, Scenario, Stay, Way

M_PER_DEG: Final = 111_195.0
_FOLLOWED_EVERY_S: Final = 5.0


class Roads(Protocol):
    """The streets that people go along."""

    def route(self, start: LatLon, goal: LatLon, way: Way) -> NDArray[np.float64]:
        """The way from `start` to `goal`, both included, as (n, 2) degrees of latitude and longitude."""
        ...


class EndlessPursuitError(Exception):
    """People of a scenario go after each other in a circle, so that nobody's way can be worked out first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The flat ground about a scenario's places: metres east and north of `origin`."""

    origin: LatLon

    @property
    def _east_m_per_deg(self) -> float:
        return M_PER_DEG * float(np.cos(np.radians(self.origin.lat_deg)))

    def metres(self, lat_lon: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, 2) degrees to (n, 2) metres east and north."""
        east = (lat_lon[:, 1] - self.origin.lon_deg) * self._east_m_per_deg
        return np.column_stack([east, (lat_lon[:, 0] - self.origin.lat_deg) * M_PER_DEG])

    def degrees(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, 2) metres east and north to (n, 2) degrees of latitude and longitude."""
        lon = self.origin.lon_deg + metres[:, 0] / self._east_m_per_deg
        return np.column_stack([self.origin.lat_deg + metres[:, 1] / M_PER_DEG, lon])

    def point(self, place: LatLon) -> NDArray[np.float64]:
        """(2,) metres of a place."""
        point: NDArray[np.float64] = self.metres(np.array([[place.lat_deg, place.lon_deg]]))[0]
        return point

    def place(self, point: NDArray[np.float64]) -> LatLon:
        """The place at (2,) metres."""
        lat, lon = self.degrees(point[None, :])[0]
        return LatLon(lat_deg=float(lat), lon_deg=float(lon))


@dataclass(slots=True)
class Track:
    """A growing track: seconds, metres, and whether the person is indoors from each point on."""

    start_m: NDArray[np.float64]
    times_s: list[float] = field(default_factory=lambda: [0.0])
    points_m: list[NDArray[np.float64]] = field(default_factory=list)
    indoors: list[bool] = field(default_factory=lambda: [True])
    way_m: NDArray[np.float64] | None = None
    """The last way that was gone."""

    def __post_init__(self) -> None:
        """Begin where the person is."""
        self.points_m.append(self.start_m)

    @property
    def now_s(self) -> float:
        """The end of the track so far."""
        return self.times_s[-1]

    @property
    def at_m(self) -> NDArray[np.float64]:
        """Where the track ends so far, (2,)."""
        return self.points_m[-1]

    def stay(self, until_s: float, *, indoors: bool) -> None:
        """Remain until a time; nothing where that is past."""
        if until_s > self.now_s:
            self.indoors[-1] = indoors
            self.add(until_s, self.at_m)

    def go(self, way_m: NDArray[np.float64], speed_mps: float) -> None:
        """Follow a way at a speed."""
        self.way_m = np.vstack([self.at_m, way_m])
        for point in way_m:
            metres = float(np.hypot(*(point - self.at_m)))
            if metres > 0.0:
                self.indoors[-1] = False
                self.add(self.now_s + metres / speed_mps, point)

    def add(self, at_s: float, point_m: NDArray[np.float64]) -> None:
        """Be at a point at a time."""
        self.times_s.append(at_s)
        self.points_m.append(point_m)
        self.indoors.append(False)

    def sampled(self, times_s: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
        """Positions (n, 2) in metres, velocities (n, 2) in m/s and whether indoors (n,), at the given seconds."""
        known, points = np.array(self.times_s), np.array(self.points_m)
        where = np.column_stack([np.interp(times_s, known, points[:, k]) for k in (0, 1)])
        ahead = np.column_stack([np.interp(times_s + 1.0, known, points[:, k]) for k in (0, 1)])
        leg = np.clip(np.searchsorted(known, times_s, side="right") - 1, 0, len(known) - 1)
        return where, ahead - where, np.array(self.indoors)[leg]

    def at(self, at_s: float) -> NDArray[np.float64]:
        """Where the person is at a time, (2,) metres."""
        after = min(max(bisect_right(self.times_s, at_s), 1), len(self.times_s) - 1)
        if len(self.times_s) == 1:
            return self.points_m[0]
        start, end = self.times_s[after - 1], self.times_s[after]
        share = min(max((at_s - start) / (end - start), 0.0), 1.0) if end > start else 1.0
        return self.points_m[after - 1] + share * (self.points_m[after] - self.points_m[after - 1])


class TrackMaker:
    """Works out the tracks of a scenario's people, each after those whom they go after."""

    def __init__(self, scenario: Scenario, roads: Roads) -> None:
        self._roads, self._seconds = roads, scenario.seconds
        self._places: Mapping[str, LatLon] = scenario.places
        self._movements = {movement.person: movement for movement in scenario.movements}
        self.ground = Ground(origin=next(iter(scenario.places.values())))
        self._done: dict[PersonId, Track] = {}
        self._under_way: list[PersonId] = []

    def track(self, person: PersonId) -> Track:
        """Where a person with a movement is; raises `EndlessPursuitError`."""
        if person not in self._done:
            if person in self._under_way:
                raise EndlessPursuitError(", ".join(self._under_way))
            self._under_way.append(person)
            self._done[person] = self._made(self._movements[person])
            self._under_way.pop()
        return self._done[person]

    def _made(self, movement: Movement) -> Track:
        track = Track(self.ground.point(self._places[movement.start]))
        for step in movement.steps:
            match step:
                case Stay():
                    track.stay(step.until_s, indoors=step.indoors)
                case Go():
                    track.go(self._shortened(self._way(track, step), step.short_m), step.speed_mps)
                case Back():
                    if track.way_m is not None:
                        track.go(track.way_m[-2::-1], step.speed_mps)
                case Beside():
                    self._follow(track, step)
        track.stay(self._seconds, indoors=True)
        return track

    def _way(self, track: Track, step: Go) -> NDArray[np.float64]:
        goal_m = self.track(step.person).at(track.now_s) if step.person is not None else self.ground.point(self._places[step.place or ""])
        if step.way is Way.TRAIN:
            return np.vstack([track.at_m, goal_m])
        return self.ground.metres(self._roads.route(self.ground.place(track.at_m), self.ground.place(goal_m), step.way))

    def _follow(self, track: Track, step: Beside) -> None:
        other = self.track(step.person)
        times = np.arange(track.now_s + _FOLLOWED_EVERY_S, step.until_s, _FOLLOWED_EVERY_S)
        where, _, _ = other.sampled(times)
        aside = np.array([step.apart_m, 0.0])
        track.indoors[-1] = False
        for at_s, point in zip(times.tolist(), where, strict=True):
            track.add(at_s, point + aside)

    @staticmethod
    def _shortened(way_m: NDArray[np.float64], short_m: float) -> NDArray[np.float64]:
        """The way until it first comes within `short_m` of its end, ending at that distance."""
        if short_m <= 0.0:
            return way_m
        apart = np.hypot(*(way_m - way_m[-1]).T)
        inside = int(np.argmax(apart <= short_m))
        if inside == 0:
            return way_m[:1]
        outer, inner = way_m[inside - 1], way_m[inside]
        share = (apart[inside - 1] - short_m) / max(apart[inside - 1] - apart[inside], 1e-9)
        return np.vstack([way_m[:inside], outer + min(share, 1.0) * (inner - outer)])
