"""The load on a person: alarms of ordinary days, when pairs live their lives, mostly apart.

350 wearers to an operator, each with a protected person some kilometres away, her home and workplace as exclusion zones with a
warning band, rings of 2 km (warn) and 500 m (alarm), every third with a curfew at home, devices as bad as in the field. At most
150 alarms of all kinds together may come to an operator in a day, and more than ten in ten minutes in less than 1 % of the time.

    python bench/ordinary_days.py --wearers 350 --days 2 --seed 1
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import numpy as np
from people import (
    DAY_S,
    M_PER_DEGREE,
    RIDE_MPS,
    WALK_MPS,
    WALKABLE_M,
    Day,
    Diary,
    Field,
    Floats,
    S,
    batch,
    batteries,
    report,
)

from backend_bridge.application.judge import judge
from backend_bridge.domain.alarm import AlarmChange, AlarmStep
from backend_bridge.domain.breach.schedule import schedule_of
from backend_bridge.domain.case import Case, Circle, Order, OrderBasis, Party, Ring, RingEffect, Tier, Zone, ZoneKind
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId, RingId, ZoneId
from backend_bridge.domain.quantities import LatLon

ORIGIN_DEG: Final = (37.5, 127.0)
MIDNIGHT_US: Final = int(datetime(2026, 11, 2, 15, tzinfo=UTC).timestamp()) * S
MOST_A_DAY: Final = 150
FLOOD: Final = 10
FLOOD_S: Final = 600.0
MOST_FLOODED: Final = 0.01
CITY_M: Final = 13_000.0


def ordinary_day(chance: np.random.Generator, home: Floats, work: Floats) -> Day:
    """Work and some errands near home or work, then home."""
    diary = Diary(home, chance.normal(8.0, 0.7) * 3600.0)
    _travel(diary, work)
    diary.stay(max(chance.normal(8.5, 1.0), 3.0) * 3600.0)
    for _ in range(chance.integers(0, 3)):
        _travel(diary, diary.here + chance.normal(0.0, 500.0, 2))
        diary.stay(chance.uniform(0.2, 1.2) * 3600.0)
    _travel(diary, home)
    return diary.day()


def _travel(diary: Diary, to: Floats) -> None:
    """On foot if it is near; else to the corner, by bus or car along two streets, and on foot again."""
    if float(np.hypot(*(to - diary.here))) <= WALKABLE_M:
        diary.go(to, WALK_MPS)
        return
    corner = np.array([to[0], diary.here[1]])
    diary.go(diary.here + np.clip(to - diary.here, -250.0, 250.0), WALK_MPS)
    diary.go(corner, RIDE_MPS)
    diary.go(to, RIDE_MPS)


def apart(chance: np.random.Generator) -> tuple[Floats, Floats, Floats, Floats]:
    """Homes and workplaces of a pair somewhere in a city region, none of his within 4 km of one of hers."""
    while True:
        hers, home = chance.uniform(-CITY_M, CITY_M, (2, 2))
        her_work, work = (_within(at + chance.normal(0.0, 5_000.0, 2)) for at in (hers, home))
        ways = [float(np.hypot(*(a - b))) for a in (home, work) for b in (hers, her_work)]
        if min(ways) >= 4_000.0:
            return home, work, hers, her_work


def _within(place: Floats) -> Floats:
    """The place, mirrored at the city's edge where it lies beyond: at the edge itself half of the city would meet."""
    return np.where(np.abs(place) > CITY_M, np.sign(place) * 2.0 * CITY_M - place, place)


def pair_case(number: int, zones: tuple[Zone, ...]) -> Case:
    """The case of pair `number`."""
    her = PersonId(f"V-{number}")
    return Case(
        case=CaseId(f"C{number}"),
        jurisdiction="KR",
        tier=Tier.MEDIUM,
        subject=Party(person=PersonId(f"S-{number}"), device=DeviceId(f"ANK-{number}")),
        protected=(Party(person=her, device=DeviceId(f"VIC-{number}")),),
        order=Order(
            basis=OrderBasis.INTERIM_MEASURE_3_2,
            starts_us=MIDNIGHT_US - 30 * int(DAY_S) * S,
            ends_us=MIDNIGHT_US + 60 * int(DAY_S) * S,
        ),
        zones=zones,
        rings=(
            Ring(ring=RingId("R1"), about=her, distance_m=2000.0, effect=RingEffect.WARN),
            Ring(ring=RingId("R2"), about=her, distance_m=500.0, effect=RingEffect.ALARM),
        ),
    )


def _circle(place: Floats, radius_m: float) -> Circle:
    lon = ORIGIN_DEG[1] + float(place[0]) / (M_PER_DEGREE * float(np.cos(np.radians(ORIGIN_DEG[0]))))
    return Circle(centre=LatLon(lat_deg=ORIGIN_DEG[0] + float(place[1]) / M_PER_DEGREE, lon_deg=lon), radius_m=radius_m)


def ordinary(n_wearers: int, seed: int, field: Field) -> tuple[list[Case], FixBatch, list[DeviceEvent]]:
    """A day of `n_wearers` pairs: cases, fixes, events."""
    cases, reports = [], {}
    night = schedule_of("Asia/Seoul", "FREQ=DAILY", "23:00", "05:00")
    for number in range(n_wearers):
        chance = np.random.default_rng([seed, number])
        home, work, hers, her_work = apart(chance)
        zones = [
            Zone(zone=ZoneId("Z1"), kind=ZoneKind.EXCLUSION, shape=_circle(hers, 500.0), warning_m=500.0),
            Zone(zone=ZoneId("Z2"), kind=ZoneKind.EXCLUSION, shape=_circle(her_work, 300.0), warning_m=300.0),
        ]
        if number % 3 == 0:
            zones.append(Zone(zone=ZoneId("Z3"), kind=ZoneKind.INCLUSION, shape=_circle(home, 200.0), schedule=night))
        cases.append(pair_case(number, tuple(zones)))
        for name, day in ((f"ANK-{number}", ordinary_day(chance, home, work)), (f"VIC-{number}", ordinary_day(chance, hers, her_work))):
            reports[DeviceId(name)] = report(chance, day, field, (0.0, DAY_S))
    events = batteries(np.random.default_rng([seed, 10**6]), list(reports), MIDNIGHT_US)
    return cases, batch(reports, MIDNIGHT_US, ORIGIN_DEG), events


def flooded(raised_us: Sequence[int]) -> float:
    """Share of ten-minute windows, begun each minute of the day, with more than ten alarms."""
    seconds = (np.sort(np.array(raised_us, np.int64)) - MIDNIGHT_US) / S
    starts = np.arange(0.0, DAY_S - FLOOD_S, 60.0)
    counts = np.searchsorted(seconds, starts + FLOOD_S) - np.searchsorted(seconds, starts)
    return float(np.mean(counts > FLOOD))


def measure(n_wearers: int, seed: int, field: Field) -> tuple[Counter[str], float, int]:
    """Alarms by kind, share of flooded windows, number of fixes of one operator's day."""
    cases, fixes, events = ordinary(n_wearers, seed, field)
    raised: list[AlarmChange] = []
    for _, changes in judge(cases, fixes, events):
        raised += [change for change in changes if change.step is AlarmStep.RAISED]
    return Counter(change.kind.value for change in raised), flooded([change.known_us for change in raised]), len(fixes)


def main() -> int:
    """Print alarms by kind for each day, and whether a person could bear them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wearers", type=int, default=350)
    parser.add_argument("--days", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    bearable = True
    for day in range(arguments.days):
        kinds, share, n = measure(arguments.wearers, arguments.seed + day, Field())
        total = sum(kinds.values()) * 350.0 / arguments.wearers
        bearable &= total <= MOST_A_DAY and share < MOST_FLOODED
        print(f"day {day + 1}: {n:,} fixes; {total:.0f} alarms an operator-day, {share:.2%} of windows flooded")
        print("  " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    print(f"at most {MOST_A_DAY} a day and under {MOST_FLOODED:.0%} flooded: {'met' if bearable else 'NOT met'}")
    return 0 if bearable else 1


if __name__ == "__main__":
    sys.exit(main())
