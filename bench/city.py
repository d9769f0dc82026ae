"""A city of strangers: how often `unpaired` is raised in vain where monitored and protected people pass each other all day.

5,000 wearers and 5,000 protected persons, no two of one case, in a disc as large as Seoul: homes in quarters, work in a few dense
centres and in the quarters, trips through some 250 stations, so that strangers share platforms, trains and pavements. An alarm is
needless if he neither stayed within 100 m of her for five minutes, nor followed her, nor came back to her that day. At most one may
come to a seat (350 wearers) in a shift of eight hours. Staged besides: wearers who linger, follow and come back; all must be told.

    python bench/city.py --people 5000 --seed 1
    python bench/city.py --people 300 --staged 30 --town district --devices white
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

import numpy as np
from city_life import SHIFT, SORTS, Staged, Town, made_city, staged, stranger
from people import DAY_S, Day, Field, S, batch, report

from backend_bridge.application.judge import judge
from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmStep
from backend_bridge.domain.case import Case, Order, OrderBasis, Party, Tier
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId

ORIGIN_DEG: Final = (37.55, 126.99)
MIDNIGHT_US: Final = int(datetime(2026, 11, 2, 15, tzinfo=UTC).timestamp()) * S
SEAT: Final = 350
NEAR_M: Final = 100.0
STAY_S: Final = 300.0
STEP_S: Final = 10.0
WITHIN_M: Final = 80.0
WANTED: Final = {"lingers": 0.9, "follows": 0.97, "returns": 0.97}
"""Shares that are to be told of those who keep within that distance."""


TOWNS: Final = {
    "seoul": Town(),
    "dense": Town(radius_m=8_000.0, stations_a_side=11, quarters=155),
    "blocks": Town(in_blocks=0.5, in_cafes=0.7, by_car=0.3, platform_s=(180.0, 600.0)),
    "district": Town(radius_m=2_000.0, stations_a_side=4, quarters=10, in_blocks=0.3, in_cafes=0.5, by_car=0.3, platform_s=(180.0, 600.0)),
}
"""Kinds of cities: as large and as dense as Seoul, denser, with large housing blocks and cafés and long waits, and a single district."""
DEVICES: Final = {
    "usual": Field(),
    "white": Field(memory=0.0),
    "sticky": Field(memory=3.0),
    "proud": Field(told=0.6),
    "modest": Field(told=1.7),
    "rough": Field(error=1.6, jumps_an_hour=3.0),
    "sparse": Field(still_s=180.0, moving_s=90.0),
    "frequent": Field(still_s=15.0, moving_s=10.0),
}
"""Kinds of devices: errors that are forgotten at once, or for long; that are reported too small, or too large; larger ones; rhythms."""


def populate(town: Town, n: int, n_staged: int, seed: int) -> tuple[list[Day], list[Day], list[Staged]]:
    """Days of wearers and of protected persons; what some of the wearers are after."""
    city = made_city(np.random.default_rng([seed, 0]), town)
    protected = [stranger(np.random.default_rng([seed, 1, number]), city) for number in range(n)]
    wearers = [stranger(np.random.default_rng([seed, 2, number]), city) for number in range(n)]
    stories: list[Staged] = []
    for number in range(n):
        made = staged(np.random.default_rng([seed, 3, number]), number, protected[number]) if len(stories) < n_staged else None
        if made is not None:
            wearers[number] = made[0]
            stories.append(made[1])
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


def reported(wearers: Sequence[Day], protected: Sequence[Day], field: Field, seed: int) -> FixBatch:
    """What all devices report during the shift."""
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
    parser.add_argument("--staged", type=int, default=150)
    parser.add_argument("--town", choices=TOWNS, default="seoul")
    parser.add_argument("--devices", choices=DEVICES, default="usual")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    wearers, protected, stories = populate(TOWNS[arguments.town], arguments.people, arguments.staged, arguments.seed)
    fixes = reported(wearers, protected, DEVICES[arguments.devices], arguments.seed)
    raised: list[AlarmChange] = []
    for done, changes in judge(list(cases_of(arguments.people)), fixes, ()):
        raised += [change for change in changes if change.kind is AlarmKind.UNPAIRED and change.step is AlarmStep.RAISED]
        print(f"\r{done:,} of {len(fixes):,} fixes", end="", file=sys.stderr)
    print(file=sys.stderr)
    return told(raised, wearers, protected, stories, arguments.people / SEAT)


def told(raised: Sequence[AlarmChange], wearers: Sequence[Day], protected: Sequence[Day], stories: Sequence[Staged], seats: float) -> int:
    """The table; 0 where the needless are few enough and of the staged nearly all are told."""
    on_purpose = {(story.wearer, story.protected) for story in stories}
    pairs = [(int(change.case[1:]) if change.case else 0, int((change.about or "V-0")[2:])) for change in raised]
    vain: Counter[str] = Counter()
    for (his, hers), change in zip(pairs, raised, strict=True):
        if (his, hers) not in on_purpose and not needful(wearers[his], protected[hers], (change.known_us - MIDNIGHT_US) / S):
            vain[str(change.because["cause"])] += 1
    needless = sum(vain.values()) / seats
    print(f"{len(raised)} alarms, {len(raised) / seats:.1f} a seat and shift; needless {needless:.2f} (at most 1): {dict(vain)}")
    enough = needless <= 1.0
    for what in SORTS:
        those = [story for story in stories if story.what == what]
        for name, among in ((what, those), (f"{what} within {WITHIN_M:.0f} m", [one for one in those if one.apart_m <= WITHIN_M])):
            found = sum((story.wearer, story.protected) in pairs for story in among)
            print(f"{name}: {found} of {len(among)} told ({found / max(len(among), 1):.1%})")
        enough = enough and found >= WANTED[what] * len(among)
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())
