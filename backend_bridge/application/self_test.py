"""The bridge's test of itself: a test fix that came the way of every other must raise its test alarm.

The test fix comes over the port of gateways, is decoded, judged by the engine that judges everybody, and stored; what is decided
about it is an entry `self-test` of the log and a time in the row of the room. It is in no case, no list of alarms and no count.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from backend_bridge.application.inbox import SelfTest
from backend_bridge.application.intake import received_at
from backend_bridge.application.turn import Turn
from backend_bridge.domain.alarm import AlarmKind, AlarmStep
from backend_bridge.domain.arrivals import Data
from backend_bridge.domain.case import Case, Circle, Order, OrderBasis, Party, Tier, Zone, ZoneKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, PersonId, ZoneId
from backend_bridge.domain.lanes.lane_book import LaneOutcome
from backend_bridge.domain.lanes.self_test import SELF_TEST, TEST_DEVICE
from backend_bridge.domain.outcomes.bridge_events import SelfTested
from backend_bridge.domain.outcomes.lane_events import LaneEvent, PeerTroubled, Quarantined
from backend_bridge.domain.quantities import MICROSECONDS, LatLon
from backend_bridge.domain.watching.watch import Watch

TEST_PLACE: Final = LatLon(lat_deg=0.0, lon_deg=0.0)
"""In the sea, where nobody is watched."""
_RADIUS_M: Final = 1000.0
_HOUR_US: Final = 3600 * MICROSECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """What the lanes brought, without the test's own, and the tests that came."""

    lanes: LaneOutcome
    tests: tuple[SelfTest, ...]


def parted(lanes: LaneOutcome, now_us: int) -> Parted:
    """Take the bridge's own test out of what everybody else sent."""
    if not lanes.accepted and not lanes.events:
        return Parted(lanes=lanes, tests=())
    tests = tuple(test for data in lanes.accepted if data.gateway == SELF_TEST and (test := _test_of(data, now_us)) is not None)
    events = tuple(event for event in lanes.events if not _is_of_test(event))
    accepted = tuple(data for data in lanes.accepted if data.gateway != SELF_TEST)
    return Parted(lanes=replace(lanes, accepted=accepted, events=events), tests=tests)


def take(turn: Turn, test: SelfTest) -> None:
    """Judge a test fix as any other is judged; without an alarm there is no entry, and its absence is told."""
    probability = raised(test)
    if probability is None:
        return
    turn.room.health.self_test_us = turn.now_us
    turn.decisions.log(SelfTested(number=test.number, measured_us=test.measured_us, probability=round(probability, 4)))


def raised(test: SelfTest) -> float | None:
    """The probability with which the test alarm is raised; None where it is not."""
    watch = Watch.empty()
    watch.register([_case(test.measured_us)], test.measured_us)
    fix = _fix(test)
    if not watch.concerns(fix).all():
        return None
    changes = watch.advance(fix, (), test.received_us)
    alarms = (each for each in changes if each.step is AlarmStep.RAISED and each.kind is AlarmKind.EXCLUSION_ZONE)
    return next((each.probability for each in alarms), None)


def _is_of_test(event: LaneEvent) -> bool:
    """What went wrong with the test is told; that it comes and goes is not."""
    return getattr(event, "gateway", None) == SELF_TEST and not isinstance(event, Quarantined | PeerTroubled)


def _test_of(data: Data, now_us: int) -> SelfTest | None:
    fixes = data.fixes
    if fixes is None or len(fixes) != 1 or fixes.device_names != (TEST_DEVICE,):
        return None
    return SelfTest(
        number=data.seq,
        measured_us=int(fixes.measured_us[0]),
        received_us=max(now_us, int(fixes.measured_us[0])),
        place=LatLon(lat_deg=float(fixes.lat_deg[0]), lon_deg=float(fixes.lon_deg[0])),
        accuracy_m=float(fixes.accuracy_m[0]),
    )


def _fix(test: SelfTest) -> FixBatch:
    return received_at(fix_of_test(test.measured_us, test.place, test.accuracy_m), test.received_us)


def fix_of_test(measured_us: int, place: LatLon = TEST_PLACE, accuracy_m: float = 5.0) -> FixBatch:
    """One fix of the test device, with nothing known but where and when."""
    unknown = np.full(1, np.nan, np.float32)
    return FixBatch(
        device_names=(TEST_DEVICE,),
        device=np.zeros(1, np.int32),
        measured_us=np.full(1, measured_us, np.int64),
        lat_deg=np.full(1, place.lat_deg),
        lon_deg=np.full(1, place.lon_deg),
        accuracy_m=np.full(1, accuracy_m, np.float32),
        speed_mps=unknown,
        course_deg=unknown,
        moving=np.full(1, -1, np.int8),
        source=np.zeros(1, np.int8),
        device_seq=np.zeros(1, np.uint64),
        has_device_seq=np.zeros(1, np.bool_),
        received_us=np.full(1, measured_us, np.int64),
    )


def _case(at_us: int) -> Case:
    """A wearer who may not be where the test device is."""
    zone = Zone(zone=ZoneId("TEST"), kind=ZoneKind.EXCLUSION, shape=Circle(centre=TEST_PLACE, radius_m=_RADIUS_M))
    return Case(
        case=CaseId("SELF-TEST"),
        jurisdiction="KR",
        tier=Tier.LOW,
        subject=Party(person=PersonId("SELF-TEST"), device=TEST_DEVICE),
        protected=(),
        order=Order(basis=OrderBasis.OTHER, starts_us=at_us - _HOUR_US, ends_us=at_us + _HOUR_US),
        zones=(zone,),
        rings=(),
    )
