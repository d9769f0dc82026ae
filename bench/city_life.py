"""Who lives in the city of `city.py`: strangers with their days, and wearers who are after one of them.

Metres east and north, seconds of the day.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from people import DAY_S, RIDE_MPS, WALK_MPS, WALKABLE_M, Day, Diary, Floats

SHIFT: Final = (6.0 * 3600.0, 14.0 * 3600.0)
SORTS: Final = ("lingers", "follows", "returns")
"""What staged wearers do, one after the other."""
_MORNING_S: Final = 2.0 * 3600.0
"""Staged is what begins so long after the shift at the earliest,"""
_LATEST_S: Final = 600.0
"""and ends so long before its end."""
_DOOR_S: Final = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """What kind of city."""

    radius_m: float = 13_900.0
    """Of a disc of 605 km², as large as Seoul."""
    quarters: int = 467
    stations_a_side: int = 18
    platform_s: tuple[float, float] = (120.0, 120.0)
    """How long one waits for a train."""
    in_blocks: float = 0.0
    """Share of people who live in one of a few housing blocks;"""
    in_cafes: float = 0.0
    """of lunches and errands spent at one of a few places;"""
    by_car: float = 0.0
    """of people who drive from door to door."""


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """Where people live, work, eat and change trains: (k, 2) metres."""

    town: Town
    quarters: Floats
    centres: Floats
    stations: Floats
    blocks: Floats
    cafes: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A wearer who is after a stranger on purpose."""

    wearer: int
    protected: int
    what: str
    from_s: float
    to_s: float
    apart_m: float
    """How far he keeps, or is behind."""


def made_city(chance: np.random.Generator, town: Town) -> City:
    """Quarters, 3 dense centres, stations on a jittered grid; blocks and cafés at random."""
    grid = np.linspace(-town.radius_m, town.radius_m, town.stations_a_side)
    stations = np.array([(x, y) for x in grid for y in grid if np.hypot(x, y) <= town.radius_m * 1.001])
    quarters = _disc(chance, town.radius_m, town.quarters)
    centres = np.array([[-3_000.0, 1_500.0], [4_500.0, -5_000.0], [-8_000.0, -3_500.0]]) * (town.radius_m / 13_900.0)
    stations = stations + chance.normal(0.0, 250.0, stations.shape)
    few = max(town.quarters // 6, 2)
    blocks, cafes = _disc(chance, town.radius_m, few), _disc(chance, town.radius_m, few)
    return City(town=town, quarters=quarters, centres=centres, stations=stations, blocks=blocks, cafes=cafes)


def _disc(chance: np.random.Generator, radius_m: float, n: int) -> Floats:
    angle, radius = chance.uniform(0.0, 2.0 * np.pi, n), radius_m * np.sqrt(chance.uniform(0.0, 1.0, n))
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


class Walker:
    """Takes one person through the city."""

    def __init__(self, chance: np.random.Generator, city: City, diary: Diary, *, drives: bool) -> None:
        self._chance, self._city, self.diary, self._drives = chance, city, diary, drives

    def travel(self, to: Floats) -> None:
        """On foot if near, else by car, or to the nearest station, along the lines to the one nearest the end, and on foot."""
        diary, stations = self.diary, self._city.stations
        if float(np.hypot(*(to - diary.here))) <= WALKABLE_M:
            diary.go(to, WALK_MPS)
            return
        if self._drives:
            corner = np.array([to[0], diary.here[1]])
            diary.go(corner, RIDE_MPS)
            diary.go(to, RIDE_MPS)
            return
        first, last = (stations[np.argmin(np.hypot(*(stations - at).T))] for at in (diary.here, to))
        diary.go(first, WALK_MPS)
        diary.stay(self._chance.uniform(*self._city.town.platform_s))
        change = stations[np.argmin(np.hypot(*(stations - np.array([last[0], first[1]])).T))]
        diary.go(change, RIDE_MPS)
        diary.go(last, RIDE_MPS)
        diary.go(to, WALK_MPS)

    def place(self, near: Floats, spread_m: float) -> Floats:
        """Somewhere about a place, or at the café nearest to it."""
        cafes = self._city.cafes
        if self._chance.random() < self._city.town.in_cafes:
            return cafes[np.argmin(np.hypot(*(cafes - near).T))] + self._chance.normal(0.0, 8.0, 2)
        return near + self._chance.normal(0.0, spread_m, 2)


def stranger(chance: np.random.Generator, city: City) -> Day:
    """A day of somebody in the city: to work, lunch nearby, an errand, home."""
    town = city.town
    in_block = chance.random() < town.in_blocks
    homes, spread_m = (city.blocks, 40.0) if in_block else (city.quarters, 450.0)
    home = homes[chance.integers(len(homes))] + chance.normal(0.0, spread_m, 2)
    in_centre = chance.random() < 0.45
    places = city.centres if in_centre else city.quarters
    work = places[chance.integers(len(places))] + chance.normal(0.0, 1_200.0 if in_centre else 450.0, 2)
    diary = Diary(home, chance.normal(8.0, 0.8) * 3600.0)
    walker = Walker(chance, city, diary, drives=chance.random() < town.by_car)
    walker.travel(work)
    diary.stay(max(chance.normal(4.0, 0.3), 1.0) * 3600.0)
    walker.travel(walker.place(work, 200.0))
    diary.stay(chance.uniform(0.4, 1.0) * 3600.0)
    walker.travel(work)
    diary.stay(max(chance.normal(4.5, 0.8), 1.0) * 3600.0)
    walker.travel(walker.place(diary.here, 700.0))
    diary.stay(chance.uniform(0.3, 1.5) * 3600.0)
    walker.travel(home)
    return diary.day()


def staged(chance: np.random.Generator, number: int, hers: Day) -> tuple[Day, Staged] | None:
    """The day of a wearer who lingers where she is, follows her, or comes back to her; None where her day leaves no room for it."""
    what = SORTS[number % len(SORTS)]
    if what == "follows":
        return _follower(chance, number, hers)
    length_s = [chance.uniform(360.0, 1800.0)] if what == "lingers" else list(chance.uniform(180.0, 420.0, 2))
    gap_s = np.exp(chance.uniform(np.log(900.0), np.log(6.0 * 3600.0)))
    begins = _room(chance, hers, length_s, gap_s)
    if begins is None:
        return None
    way = _way(chance, 5.0, 90.0)
    places = [hers.where(np.array([at_s]))[0] + way for at_s in begins]
    day = _visitor(chance, places, begins, length_s)
    if day is None:
        return None
    story = Staged(wearer=number, protected=number, what=what, from_s=begins[0], to_s=begins[-1] + length_s[-1], apart_m=_length(way))
    return day, story


def _room(chance: np.random.Generator, hers: Day, length_s: list[float], gap_s: float) -> list[float] | None:
    """Times at which visits of some lengths begin, a gap apart, while she stays where she is."""
    starts, ends = hers.at_s[:-1], hers.at_s[1:]
    stays = hers.indoors[:-1] & (np.hypot(*np.diff(hers.xy_m, axis=0).T) < 1.0)
    for _ in range(40):
        begins = [float(chance.uniform(SHIFT[0] + _MORNING_S, SHIFT[1] - _LATEST_S - length_s[0]))]
        if len(length_s) > 1:
            begins.append(begins[0] + length_s[0] + gap_s)
        spans = list(zip(begins, length_s, strict=True))
        if spans[-1][0] + length_s[-1] > SHIFT[1] - _LATEST_S:
            continue
        if all((stays & (starts + _DOOR_S <= at_s) & (ends - _DOOR_S >= at_s + lasts_s)).any() for at_s, lasts_s in spans):
            return begins
    return None


def _visitor(chance: np.random.Generator, places: list[Floats], begins: list[float], length_s: list[float]) -> Day | None:
    """The day of somebody who is at places at times and away in between, on foot or by car; None where the ways take too long."""
    speed_mps = RIDE_MPS if chance.random() < 0.3 else WALK_MPS
    afar = places[0] + _way(chance, 500.0, 1_000.0) * speed_mps / WALK_MPS
    diary = Diary(afar, begins[0] - _length(places[0] - afar) / speed_mps)
    for visit, (place, lasts_s) in enumerate(zip(places, length_s, strict=True)):
        if visit:
            way_s = _length(place - diary.here) / speed_mps
            if diary.now_s + way_s > begins[visit]:
                return None
            diary.stay(begins[visit] - diary.now_s - way_s)
        diary.go(place, speed_mps)
        diary.stay(lasts_s)
        diary.go(place + _way(chance, 400.0, 600.0) * speed_mps / WALK_MPS, speed_mps)
    return diary.day()


def _follower(chance: np.random.Generator, number: int, hers: Day) -> tuple[Day, Staged] | None:
    """Somebody who waits near her home and goes where she goes, some seconds behind, until she has stayed somewhere for a while."""
    leaves_s = float(hers.at_s[1])
    lasts_s = np.diff(hers.at_s, append=np.inf)
    stops = np.flatnonzero(hers.indoors & (lasts_s > 1_200.0) & (hers.at_s > leaves_s))
    last = int(stops[0])
    if leaves_s < SHIFT[0] + 900.0 or hers.at_s[last] > SHIFT[1] - 1_800.0:
        return None
    behind_s, aside = _behind(chance, hers)[1 : last + 1], _way(chance, 2.0, 15.0)
    path = hers.xy_m[1 : last + 1] + aside
    afar, away = path[0] + _way(chance, 500.0, 900.0), path[-1] + _way(chance, 1_000.0, 2_000.0)
    waits_s = chance.uniform(30.0, 300.0)
    comes_s = _length(path[0] - afar) / WALK_MPS
    at_s = np.maximum.accumulate(hers.at_s[1 : last + 1] + behind_s)
    until_s = float(at_s[-1]) + chance.uniform(30.0, 300.0)
    before_s = leaves_s - waits_s
    day = Day(
        at_s=np.r_[0.0, before_s - comes_s, before_s, at_s, until_s, until_s + 900.0, 2.0 * DAY_S],
        xy_m=np.vstack([afar, afar, path[:1], path, path[-1:], away, away]),
        indoors=np.r_[True, False, False, hers.indoors[1:last], False, False, True, True],
    )
    return day, Staged(wearer=number, protected=number, what="follows", from_s=leaves_s, to_s=until_s, apart_m=float(behind_s[0]))


def _behind(chance: np.random.Generator, hers: Day) -> Floats:
    """How many seconds behind her he is at each corner of her day: fewer where she rides, in the same train or the car behind."""
    rides = np.hypot(*np.diff(hers.xy_m, axis=0).T) > 2.0 * WALK_MPS * np.diff(hers.at_s)
    at_ride = np.r_[rides, False] | np.r_[False, rides]
    return np.where(at_ride, chance.uniform(2.0, 8.0), chance.uniform(8.0, 45.0))


def _way(chance: np.random.Generator, least_m: float, most_m: float) -> Floats:
    """A way of some length in any direction."""
    angle = chance.uniform(0.0, 2.0 * np.pi)
    return chance.uniform(least_m, most_m) * np.array([np.cos(angle), np.sin(angle)])


def _length(way: Floats) -> float:
    return float(np.hypot(*way))
