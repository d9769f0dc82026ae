"""The pairs of the demo set, how they spend their day, and what is staged between them."""

from dataclasses import dataclass, field

import numpy as np
from demo.movement import Movement
from demo.streets import Streets
from numpy.typing import NDArray

DAY_S = 86_400.0
WALK_MPS, CAR_MPS = 1.35, 9.0


@dataclass(slots=True, kw_only=True)
class Pair:
    """One case of the demo: a wearer and a protected person, each with their own streets, home and work."""

    number: int
    wearer_streets: Streets
    protected_streets: Streets
    wearer_home: int
    wearer_work: int
    protected_home: int
    protected_work: int
    wearer: Movement
    protected: Movement
    events: list[tuple[str, float, str, object]] = field(default_factory=list)
    """(device, seconds, kind, value)"""
    silences: list[tuple[str, float, float]] = field(default_factory=list)
    """(device, from, to): what it measured then arrives only after `to`"""

    @property
    def wearer_device(self) -> str:
        """The ankle monitor's id."""
        return f"ANK-{self.number:04d}"

    @property
    def protected_device(self) -> str:
        """The protected person's device id."""
        return f"VIC-{self.number:04d}"

    @property
    def near(self) -> bool:
        """Whether both live in one quarter."""
        return self.wearer_streets is self.protected_streets


def make_pair(number: int, wearer_streets: Streets, protected_streets: Streets, rng: np.random.Generator) -> Pair:
    """A pair at home at the start of the day, living as far apart as two of thirty random homes in one quarter can."""
    home, work = rng.integers(0, len(protected_streets.xy_m), 2)
    candidates = rng.integers(0, len(wearer_streets.xy_m), 30)
    away = candidates
    if wearer_streets is protected_streets:
        far = np.minimum(*(np.hypot(*(wearer_streets.xy_m[candidates] - protected_streets.xy_m[k]).T) for k in (home, work)))
        away = candidates[np.argsort(-far)]
    return Pair(
        number=number,
        wearer_streets=wearer_streets,
        protected_streets=protected_streets,
        wearer_home=int(away[0]),
        wearer_work=int(away[1]),
        protected_home=int(home),
        protected_work=int(work),
        wearer=Movement(at_m=wearer_streets.xy_m[away[0]]),
        protected=Movement(at_m=protected_streets.xy_m[home]),
    )


def live_until(movement: Movement, streets: Streets, home: int, work: int, end_s: float, rng: np.random.Generator) -> None:
    """Spend the time to `end_s` as people do: at home, at work, on errands between; the set starts at seven in the morning."""
    while movement.now_s < end_s - 1800.0:
        hour = movement.now_s / 3600.0
        at_work = 1.0 < hour < 10.5
        goal = work if at_work else home
        if rng.random() < 0.35 and hour < 15.0:
            goal = int(rng.integers(0, len(streets.xy_m)))
        stay = rng.uniform(900.0, 5400.0) if hour < 15.0 else rng.uniform(5400.0, 18000.0)
        movement.stay_until(min(movement.now_s + stay, end_s))
        if movement.now_s < end_s - 1800.0:
            _travel(movement, streets, goal, rng)
    movement.stay_until(end_s)


def _travel(movement: Movement, streets: Streets, goal: int, rng: np.random.Generator) -> None:
    metres = float(np.hypot(*(streets.xy_m[goal] - movement.at_m)))
    by_car = metres > 1200.0 and rng.random() < 0.6
    speed = CAR_MPS * rng.uniform(0.7, 1.3) if by_car else WALK_MPS * rng.uniform(0.85, 1.15)
    movement.travel(streets, goal, speed, by_car=by_car)


def place_of(movement: Movement, at_s: float) -> NDArray[np.float64]:
    """Where somebody is at a time, in metres."""
    return movement.sampled(np.array([at_s]))[0][0]


def approach(pair: Pair, at_s: float, *, speed_mps: float, stop_short_m: float, linger_s: float) -> None:
    """Let the wearer go to where the protected person is, stop short of them, linger, and turn back."""
    streets = pair.wearer_streets
    pair.wearer.stay_until(at_s)
    goal = place_of(pair.protected, at_s + 240.0)
    way = streets.route(streets.nearest(pair.wearer.at_m), streets.nearest(goal), by_car=speed_mps > 3.0)
    short = np.hypot(*(way - goal).T) >= stop_short_m
    there = way[: max(2, int(short.cumprod().sum()) + 1)]
    pair.wearer.go(there, speed_mps)
    pair.wearer.stay_until(pair.wearer.now_s + linger_s, indoors=False)
    pair.wearer.go(there[::-1], speed_mps)


def start_apart(pair: Pair, metres: float, rng: np.random.Generator) -> None:
    """Put the wearer, at the start of the day, some metres away from where the protected person is."""
    streets = pair.wearer_streets
    off = np.abs(np.hypot(*(streets.xy_m - pair.protected.points_m[0]).T) - metres)
    node = int(rng.choice(np.argsort(off)[:8]))
    pair.wearer = Movement(at_m=streets.xy_m[node])


def enter_home_zone(pair: Pair, at_s: float, *, depth_m: float, minutes: float) -> None:
    """Let the wearer walk towards the protected person's home until `depth_m` from it, negative for past it, and away again."""
    streets = pair.wearer_streets
    pair.wearer.stay_until(at_s)
    home = streets.xy_m[pair.protected_home]
    way = streets.route(streets.nearest(pair.wearer.at_m), pair.protected_home)
    outside = np.hypot(*(way - home).T) >= depth_m
    there = way[: max(2, int(outside.cumprod().sum()) + 1)]
    pair.wearer.go(there, WALK_MPS)
    pair.wearer.stay_until(pair.wearer.now_s + 60.0 * minutes, indoors=False)
    pair.wearer.go(there[::-1], WALK_MPS)
