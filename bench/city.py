"""A city of strangers: how often `unpaired` is raised in vain where monitored and protected people pass each other all day.

5,000 wearers and 5,000 protected persons, no two of one case, in a disc as large as Seoul: homes in quarters, work in a few dense
centres and in the quarters, trips through some 250 stations, so that strangers share platforms, trains and pavements. An alarm is
needless if he neither stayed within 100 m of her for five minutes, nor followed her, nor came back to her that day. At most one may
come to a seat (350 wearers) in a shift of eight hours. Staged besides: wearers who linger, follow and come back; all must be told.

    python bench/city.py --people 5000 --seed 1
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
from people import DAY_S, RIDE_MPS, WALK_MPS, WALKABLE_M, Day, Diary, Field, Floats, S, batch, report

from backend_bridge.application.judge import judge
from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmStep
from backend_bridge.domain.case import Case, Order, OrderBasis, Party, Tier
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId

ORIGIN_DEG: Final = (37.55, 126.99)
MIDNIGHT_US: Final = int(datetime(2026, 11, 2, 15, tzinfo=UTC).timestamp()) * S
RADIUS_M: Final = 13_900.0
"""Of a disc of 605 km²."""
SHIFT: Final = (6.0 * 3600.0, 14.0 * 3600.0)
SEAT: Final = 350
NEAR_M: Final = 100.0
STAY_S: Final = 300.0
STEP_S: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """Where people live, work and change trains: (k, 2) metres."""

    quarters: Floats
    centres: Floats
    stations: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A wearer who is after a stranger on purpose."""

    wearer: int
    protected: int
    what: str
    from_s: float
    to_s: float


def made_city(chance: np.random.Generator) -> City:
    """467 quarters, 3 dense centres, 250 stations on a jittered grid."""
    grid = np.linspace(-RADIUS_M, RADIUS_M, 18)
    stations = np.array([(x, y) for x in grid for y in grid if np.hypot(x, y) <= RADIUS_M])
    return City(
        quarters=_disc(chance, 467),
        centres=np.array([[-3_000.0, 1_500.0], [4_500.0, -5_000.0], [-8_000.0, -3_500.0]]),
        stations=stations + chance.normal(0.0, 250.0, stations.shape),
    )


def _disc(chance: np.random.Generator, n: int) -> Floats:
    angle, radius = chance.uniform(0.0, 2.0 * np.pi, n), RADIUS_M * np.sqrt(chance.uniform(0.0, 1.0, n))
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def stranger(chance: np.random.Generator, city: City) -> Day:
    """A day of somebody in the city: to work by train, lunch nearby, an errand, home."""
    home = city.quarters[chance.integers(len(city.quarters))] + chance.normal(0.0, 450.0, 2)
    in_centre = chance.random() < 0.45
    places = city.centres if in_centre else city.quarters
    work = places[chance.integers(len(places))] + chance.normal(0.0, 1_200.0 if in_centre else 450.0, 2)
    diary = Diary(home, chance.normal(8.0, 0.8) * 3600.0)
    _travel(diary, city, work)
    diary.stay(max(chance.normal(4.0, 0.3), 1.0) * 3600.0)
    _travel(diary, city, work + chance.normal(0.0, 200.0, 2))
    diary.stay(chance.uniform(0.4, 1.0) * 3600.0)
    _travel(diary, city, work)
    diary.stay(max(chance.normal(4.5, 0.8), 1.0) * 3600.0)
    _travel(diary, city, diary.here + chance.normal(0.0, 700.0, 2))
    diary.stay(chance.uniform(0.3, 1.5) * 3600.0)
    _travel(diary, city, home)
    return diary.day()


def _travel(diary: Diary, city: City, to: Floats) -> None:
    """On foot if near, else to the nearest station, along the lines to the one nearest the end, and on foot."""
    if float(np.hypot(*(to - diary.here))) <= WALKABLE_M:
        diary.go(to, WALK_MPS)
        return
    first, last = (city.stations[np.argmin(np.hypot(*(city.stations - at).T))] for at in (diary.here, to))
    diary.go(first, WALK_MPS)
    diary.stay(120.0)
    change = city.stations[np.argmin(np.hypot(*(city.stations - np.array([last[0], first[1]])).T))]
    diary.go(change, RIDE_MPS)
    diary.go(last, RIDE_MPS)
    diary.go(to, WALK_MPS)


def staged(chance: np.random.Generator, number: int, hers: Day, city: City) -> tuple[Day, Staged]:
    """The day of a wearer who lingers at her place, follows her to work, or comes back to her; each in a way of its own."""
    what = ("lingers", "follows", "returns")[number % 3]
    leaves_s = float(hers.at_s[1])
    if what == "follows":
        behind = chance.uniform(12.0, 45.0)
        day = Day(at_s=hers.at_s + np.where(hers.at_s > 0, behind, 0.0), xy_m=hers.xy_m, indoors=hers.indoors)
        return day, Staged(wearer=number, protected=number, what=what, from_s=leaves_s, to_s=float(hers.at_s[4]))
    near = hers.xy_m[0] + _way(chance, 5.0, 65.0)
    diary = Diary(near + _way(chance, 400.0, 900.0), SHIFT[0] + chance.uniform(0.0, 600.0))
    visits = 1 if what == "lingers" else int(chance.integers(2, 4))
    begun = 0.0
    for visit in range(visits):
        _travel(diary, city, near)
        begun = begun or diary.now_s
        diary.stay(chance.uniform(480.0, 1200.0) if what == "lingers" else chance.uniform(180.0, 360.0))
        if visit + 1 < visits:
            _travel(diary, city, near + _way(chance, 400.0, 900.0))
            diary.stay(chance.uniform(600.0, 1500.0))
    ended = diary.now_s
    _travel(diary, city, near + _way(chance, 1_500.0, 4_000.0))
    return diary.day(), Staged(wearer=number, protected=number, what=what, from_s=begun, to_s=ended)


def _way(chance: np.random.Generator, least_m: float, most_m: float) -> Floats:
    """A way of some length in any direction."""
    angle = chance.uniform(0.0, 2.0 * np.pi)
    return chance.uniform(least_m, most_m) * np.array([np.cos(angle), np.sin(angle)])


def populate(n: int, n_staged: int, seed: int) -> tuple[list[Day], list[Day], list[Staged]]:
    """Days of wearers and of protected persons; of the first wearers, what they are after."""
    city = made_city(np.random.default_rng([seed, 0]))
    protected = [stranger(np.random.default_rng([seed, 1, number]), city) for number in range(n)]
    wearers = [stranger(np.random.default_rng([seed, 2, number]), city) for number in range(n)]
    stories = []
    late_risers = [number for number in range(n) if protected[number].at_s[1] >= SHIFT[0] + 2.0 * 3600.0]
    for number in late_risers[:n_staged]:
        wearers[number], story = staged(np.random.default_rng([seed, 3, number]), number, protected[number], city)
        stories.append(story)
    return wearers, protected, stories


def cases_of(n: int) -> Iterator[Case]:
    """A case for each wearer without anybody protected, and one for each protected person without a wearer's device."""
    day_us = int(DAY_S) * S
    order = Order(basis=OrderBasis.POST_SENTENCE_EM, starts_us=MIDNIGHT_US - 30 * day_us, ends_us=MIDNIGHT_US + 60 * day_us)
    for number in range(n):
        wearer = Party(person=PersonId(f"S-{number}"), device=DeviceId(f"ANK-{number}"))
        nobody = Party(person=PersonId(f"X-{number}"), device=None)
        her = Party(person=PersonId(f"V-{number}"), device=DeviceId(f"VIC-{number}"))
        yield Case(case=CaseId(f"W{number}"), jurisdiction="KR", tier=Tier.HIGH, subject=wearer, protected=(), order=order)
        yield Case(case=CaseId(f"P{number}"), jurisdiction="KR", tier=Tier.HIGH, subject=nobody, protected=(her,), order=order)


def reported(wearers: Sequence[Day], protected: Sequence[Day], seed: int) -> FixBatch:
    """What all devices report during the shift."""
    field = Field()
    reports = {}
    for kind, (name, days) in enumerate((("ANK", wearers), ("VIC", protected))):
        for number, day in enumerate(days):
            chance = np.random.default_rng([seed, 4 + kind, number])
            reports[DeviceId(f"{name}-{number}")] = report(chance, day, field, SHIFT)
    return batch(reports, MIDNIGHT_US, ORIGIN_DEG)


def needful(his: Day, hers: Day, until_s: float) -> bool:
    """Whether he truly stayed near her, followed her or came back, from the shift's begin to ten minutes after `until_s`."""
    seconds = np.arange(SHIFT[0], min(until_s + 600.0, SHIFT[1]), STEP_S)
    near = np.hypot(*(his.where(seconds) - hers.where(seconds)).T) <= NEAR_M
    edges = np.flatnonzero(np.diff(np.r_[0, near.astype(np.int8), 0]))
    begins, ends = seconds[edges[::2]], seconds[edges[1::2] - 1]
    stayed = bool(len(begins)) and float((ends - begins).max()) >= STAY_S
    back = bool((begins[1:] - ends[:-1] >= 600.0).any())
    return stayed or back


def main() -> int:
    """Print needless alarms a seat and shift, and what of the staged was told."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=5000, help="wearers, and as many protected persons")
    parser.add_argument("--staged", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    wearers, protected, stories = populate(arguments.people, arguments.staged, arguments.seed)
    fixes = reported(wearers, protected, arguments.seed)
    raised: list[AlarmChange] = []
    for done, changes in judge(list(cases_of(arguments.people)), fixes, ()):
        raised += [change for change in changes if change.kind is AlarmKind.UNPAIRED and change.step is AlarmStep.RAISED]
        print(f"\r{done:,} of {len(fixes):,} fixes", end="", file=sys.stderr)
    print(file=sys.stderr)
    return told(raised, wearers, protected, stories, arguments.people / SEAT)


def told(raised: Sequence[AlarmChange], wearers: Sequence[Day], protected: Sequence[Day], stories: Sequence[Staged], seats: float) -> int:
    """The table; 0 where the needless are few enough and nothing staged was missed."""
    vain: Counter[str] = Counter()
    for change in raised:
        his, hers = int(change.case[1:]) if change.case else 0, int((change.about or "V-0")[2:])
        if not needful(wearers[his], protected[hers], (change.known_us - MIDNIGHT_US) / S):
            vain[str(change.because["cause"])] += 1
    found = Counter(
        story.what for story in stories if any(c.case == f"W{story.wearer}" and c.about == f"V-{story.protected}" for c in raised)
    )
    missed = Counter(story.what for story in stories)
    missed.subtract(found)
    needless = sum(vain.values()) / seats
    print(f"{len(raised)} alarms, {len(raised) / seats:.1f} a seat and shift; needless {needless:.2f} (at most 1): {dict(vain)}")
    print(f"staged and told: {dict(found)}; missed: {dict(+missed)}")
    return 0 if needless <= 1.0 and not +missed else 1


if __name__ == "__main__":
    sys.exit(main())
