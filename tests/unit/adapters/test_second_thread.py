"""The engine's second thread, and that a room has it from its first fix on."""

import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.second_thread import SecondThread
from backend_bridge.application.inbox import ImportCases, Inbox
from backend_bridge.domain.breach.engine_halves import LEAST_ROWS
from backend_bridge.domain.case import Case, Circle, Order, OrderBasis, Party, Tier, Zone, ZoneKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId, UserId, ZoneId
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.watching.watch import Watch
from backend_bridge.domain.watching.watch_without_case import without_case

KEY = bytes(range(32))
NOW_US = 1_795_394_536_000_000
DAY_US = 86_400_000_000


def test_a_second_thread_does_both_and_tells_what_failed() -> None:
    thread, done = SecondThread(), []
    thread.both(lambda: done.append(1), lambda: done.append(2))
    assert sorted(done) == [1, 2]

    def fails() -> None:
        raise ValueError("second")

    with pytest.raises(ValueError, match="second"):
        thread.both(lambda: done.append(3), fails)
    assert 3 in done
    with pytest.raises(ValueError, match="second"):
        thread.both(fails, lambda: done.append(4))
    assert 4 in done, "the other half was not waited for"
    thread.close()


def case_of(number: int) -> Case:
    zone = Zone(zone=ZoneId("Z1"), kind=ZoneKind.EXCLUSION, shape=Circle(centre=LatLon(lat_deg=36.0, lon_deg=127.0), radius_m=300.0))
    return Case(
        case=CaseId(f"C-{number}"),
        jurisdiction="KR",
        tier=Tier.HIGH,
        subject=Party(person=PersonId(f"S-{number}"), device=DeviceId(f"ANK-{number}")),
        protected=(),
        order=Order(basis=OrderBasis.INTERIM_MEASURE_3_2, starts_us=NOW_US - DAY_US, ends_us=NOW_US + DAY_US),
        zones=(zone,),
        rings=(),
    )


def fixes_of_two(n: int) -> FixBatch:
    unknown = np.full(n, np.nan, np.float32)
    return FixBatch(
        device_names=(DeviceId("ANK-0"), DeviceId("ANK-1")),
        device=(np.arange(n) % 2).astype(np.int32),
        measured_us=NOW_US + np.arange(n, dtype=np.int64),
        lat_deg=np.full(n, 36.5),
        lon_deg=np.full(n, 127.0),
        accuracy_m=unknown,
        speed_mps=unknown,
        course_deg=unknown,
        moving=np.full(n, -1, np.int8),
        source=np.zeros(n, np.int8),
        device_seq=np.arange(n, dtype=np.uint64),
        has_device_seq=np.ones(n, np.bool_),
        received_us=np.full(n, NOW_US + DAY_US // 2, np.int64),
    )


@pytest.mark.parametrize("is_begun_anew", [False, True])
def test_a_room_judges_many_fixes_on_two_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_begun_anew: bool) -> None:
    both, n_both = SecondThread.both, 0

    def counted(self: SecondThread, first: Callable[[], None], second: Callable[[], None]) -> None:
        nonlocal n_both
        n_both += 1
        both(self, first, second)

    monkeypatch.setattr(SecondThread, "both", counted)
    times = itertools.count(NOW_US, 1_000_000)
    durable = DurableRoom.open(tmp_path, KEY, lambda: next(times))
    durable.step(Inbox(orders=(ImportCases(by=UserId("me"), cases=(case_of(0), case_of(1))),)))
    if is_begun_anew:
        durable.write_snapshot()
        durable.close()
        durable = DurableRoom.open(tmp_path, KEY, lambda: next(times))
    durable.room.watch.advance(fixes_of_two(LEAST_ROWS), (), NOW_US + DAY_US // 2)
    assert n_both == 1
    durable.close()


def test_a_watch_that_forgets_a_case_judges_in_two_halves_as_before() -> None:
    done: list[int] = []

    def counted(first: Callable[[], None], second: Callable[[], None]) -> None:
        done.append(1)
        first()
        second()

    watch = Watch.empty()
    watch.use_beside(counted)
    watch.register([case_of(0), case_of(1), case_of(2)], NOW_US)
    watch = without_case(watch, CaseId("C-2"), [DeviceId("ANK-2")])
    watch.advance(fixes_of_two(LEAST_ROWS), (), NOW_US + DAY_US // 2)
    assert done == [1]
