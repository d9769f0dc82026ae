"""A small room to test with: one case in Seoul, a watch that decides what it is told, people at their desks."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from nothing_seen import NothingSeen
from numpy.typing import NDArray

from backend_bridge.application.inbox import Act, Ask, ImportCases, Inbox, OpenSession
from backend_bridge.application.outcome import Outcome
from backend_bridge.application.room import Room, step
from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.case import (
    Case,
    Circle,
    Order,
    OrderBasis,
    Party,
    Person,
    Place,
    PlaceKind,
    Ring,
    RingEffect,
    Tier,
    Zone,
    ZoneKind,
)
from backend_bridge.domain.commands import Command
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import AlarmId, CaseId, DeviceId, PersonId, PlaceId, RingId, UserId, ZoneId
from backend_bridge.domain.quantities import MICROSECONDS, LatLon
from backend_bridge.domain.queries import Query
from backend_bridge.domain.watching.bounds import NO_BOUNDS, Bounds
from backend_bridge.domain.watching.watch import Watch

T0 = 1_795_000_000 * MICROSECONDS
S = MICROSECONDS
OPERATOR, SUPERVISOR = UserId("operator-1"), UserId("supervisor-1")
CASE = CaseId("KR-SE-2026-0001")
WEARER, PROTECTED = PersonId("S-0001"), PersonId("V-0001")
ANKLET, PHONE = DeviceId("ANK-0001"), DeviceId("VIC-0001")
HOME = LatLon(lat_deg=37.556, lon_deg=126.937)


def a_case(name: str = CASE, *, jurisdiction: str = "KR", n: int = 1) -> Case:
    return Case(
        case=CaseId(name),
        jurisdiction=jurisdiction,
        tier=Tier.HIGH,
        subject=Party(person=PersonId(f"S-{n:04}"), device=DeviceId(f"ANK-{n:04}")),
        protected=(Party(person=PersonId(f"V-{n:04}"), device=DeviceId(f"VIC-{n:04}")),),
        people=(Person(person=PersonId(f"V-{n:04}"), name="김가온", phones=("010-0000-0001",)),),
        places=(Place(place=PlaceId("P1"), person=PersonId(f"V-{n:04}"), kind=PlaceKind.HOME, address="가온로 1", position=HOME),),
        order=Order(basis=OrderBasis.INTERIM_MEASURE_3_2, starts_us=T0 - 86_400 * S, ends_us=T0 + 90 * 86_400 * S),
        zones=(Zone(zone=ZoneId("Z1"), kind=ZoneKind.EXCLUSION, label="home", shape=Circle(centre=HOME, radius_m=100.0), warning_m=500.0),),
        rings=(
            Ring(ring=RingId("R1"), about=PersonId(f"V-{n:04}"), distance_m=2000.0, effect=RingEffect.WARN),
            Ring(ring=RingId("R2"), about=PersonId(f"V-{n:04}"), distance_m=1000.0, effect=RingEffect.ALARM),
        ),
    )


def change(
    step_: AlarmStep = AlarmStep.RAISED,
    kind: AlarmKind = AlarmKind.PROXIMITY,
    level: AlarmLevel = AlarmLevel.RED,
    *,
    n: int = 1,
    at_us: int = T0,
    case: str = CASE,
    device: str = ANKLET,
    ring: str | None = "R2",
) -> AlarmChange:
    return AlarmChange(
        step=step_,
        alarm=AlarmId(f"{case}/{kind}/{ring or '-'}/{n}"),
        kind=kind,
        level=level,
        case=CaseId(case),
        subject=WEARER,
        device=DeviceId(device),
        ring=RingId(ring) if ring else None,
        about=PROTECTED,
        happened_us=at_us - S,
        known_us=at_us,
        probability=0.9,
        because={"distance_m": 420.0},
    )


@dataclass
class ToldWatch:
    """A watch that says at its next advance what a test tells it to."""

    next: deque[AlarmChange] = field(default_factory=deque)
    released: list[AlarmId] = field(default_factory=list)
    batches: list[FixBatch] = field(default_factory=list)
    now_us: int = 0
    held: dict[DeviceId, Bounds] = field(default_factory=dict)

    def register(self, cases: Sequence[Case], at_us: int) -> tuple[AlarmChange, ...]:
        return ()

    def end_order(self, case: CaseId, at_us: int) -> tuple[AlarmChange, ...]:
        return ()

    def release(self, alarm: AlarmId, at_us: int) -> tuple[AlarmChange, ...]:
        self.released.append(alarm)
        return ()

    def listed(self, several: Sequence[tuple[DeviceId, ...]]) -> None:
        """No names that it knows."""

    def concerns(self, batch: FixBatch) -> NDArray[np.bool_]:
        return np.ones(len(batch), np.bool_)

    def let_go(self) -> None:
        """Nothing to free."""

    def bounds(self, case: CaseId, device: DeviceId) -> Bounds:
        return self.held.get(device, NO_BOUNDS)

    def advance(self, fixes: FixBatch, events: Sequence[DeviceEvent], now_us: int) -> tuple[AlarmChange, ...]:
        self.batches.append(fixes)
        told = tuple(self.next)
        self.next.clear()
        return told


class Desk:
    """A room under test, with a clock that only the test moves."""

    def __init__(self, cases: Sequence[Case] = (), users: Sequence[UserId] = (OPERATOR, SUPERVISOR), watch: Watch | None = None) -> None:
        self.watch = ToldWatch()
        self.room = Room(watch or self.watch)  # type: ignore[arg-type]  # decides what it is told, draws no picture
        self.now_us = T0
        self.outcomes: list[Outcome] = []
        self._n = 0
        sessions = tuple(OpenSession(user=user, seat=f"seat-{user}", desk="desk", expires_us=T0 + 12 * 3600 * S) for user in users)
        imported = cases or (a_case(),)
        self.run(Inbox(orders=(ImportCases(by=UserId("root"), cases=tuple(imported)),), news=sessions))

    def run(self, inbox: Inbox | None = None, *, after_s: float = 0.1) -> Outcome:
        self.now_us += int(after_s * S)
        outcome = step(self.room, inbox or Inbox(), self.now_us, NothingSeen())
        self.outcomes.append(outcome)
        return outcome

    def raises(self, *changes: AlarmChange, after_s: float = 0.1) -> Outcome:
        self.watch.next.extend(changes)
        return self.run(after_s=after_s)

    def act(self, user: UserId, command: Command, after_s: float = 0.1) -> Outcome:
        self._n += 1
        return self.run(Inbox(acts=(Act(act=self._n, user=user, seat=f"seat-{user}", command=command),)), after_s=after_s)

    def ask(self, user: UserId, query: Query, after_s: float = 0.1) -> Outcome:
        self._n += 1
        return self.run(Inbox(acts=(Ask(act=self._n, user=user, seat=f"seat-{user}", query=query),)), after_s=after_s)

    def wait(self, seconds: float, every_s: float = 1.0) -> list[Outcome]:
        return [self.run(after_s=every_s) for _ in range(int(seconds / every_s))]


def entries(outcomes: Outcome | Sequence[Outcome]) -> list[str]:
    """The names of the log entries, in order."""
    several = [outcomes] if isinstance(outcomes, Outcome) else outcomes
    return [str(getattr(event, "entry", getattr(event, "step", "?"))) for outcome in several for event in outcome.events]
