"""The engine's inbox: whose turn it is, how much a step takes, and what happens to a flood."""

import threading
import time
from dataclasses import replace

import numpy as np
import worlds

from backend_bridge.adapters.fair_inbox import FairInbox, cost
from backend_bridge.domain.arrivals import BadRow, Data, Lane, LinkUp, RejectCode
from backend_bridge.domain.device_event import DeviceEventKind
from backend_bridge.domain.identifiers import GatewayName
from backend_bridge.domain.quantities import LatLon


def data(gateway: str, seq: int, *, lane: Lane = Lane.POSITIONS, n_rows: int = 100, n_bad: int = 0, wire: bytes = b"w") -> Data:
    bad = tuple(BadRow(row=row, code=RejectCode.RANGE, detail="") for row in range(n_bad))
    rows = np.arange(n_rows, dtype=np.int32)
    name = GatewayName(gateway)
    return Data(gateway=name, connection=wire, lane=lane, epoch=1, seq=seq, fixes=None, events=(), kept_rows=rows, bad=bad)


def taken(inbox: FairInbox[str], n_rows: int = 20_000) -> list[object]:
    return list(inbox.take(wait_s=0.0, gather_s=0.0, n_rows=n_rows))


def test_a_quiet_gateway_has_its_turn_beside_a_flooder() -> None:
    inbox: FairInbox[str] = FairInbox()
    for seq in range(500):
        inbox.offer(data("flooder", seq, n_rows=1000))
    inbox.offer(data("quiet", 1, lane=Lane.ALARMS, n_rows=1))
    step = taken(inbox)
    assert sum(isinstance(one, Data) and one.gateway == "quiet" for one in step) == 1
    assert sum(cost(one) for one in step if isinstance(one, Data)) <= 21_100


def test_each_lane_keeps_its_order() -> None:
    inbox: FairInbox[str] = FairInbox()
    for seq in range(1, 60):
        inbox.offer(data("north", seq))
        inbox.offer(data("north", seq, lane=Lane.BACKFILL))
    step = [one for one in taken(inbox) if isinstance(one, Data)]
    for lane in (Lane.POSITIONS, Lane.BACKFILL):
        assert [one.seq for one in step if one.lane is lane] == list(range(1, 60))


def test_people_and_links_are_served_first() -> None:
    inbox: FairInbox[str] = FairInbox()
    inbox.offer(data("north", 1))
    inbox.put("acknowledge")
    inbox.offer(LinkUp(gateway=GatewayName("south"), connection=b""))
    step = taken(inbox)
    assert step[0] == "acknowledge"
    assert isinstance(step[1], LinkUp)
    assert isinstance(step[2], Data)


def test_a_copy_of_what_waits_is_not_kept_twice() -> None:
    inbox: FairInbox[str] = FairInbox()
    assert all(inbox.offer(data("north", 7)) for _ in range(50))
    inbox.offer(data("north", 7, wire=b"another"))
    assert len(inbox) == 2
    assert inbox.has(GatewayName("north"), b"w", Lane.POSITIONS, 1, 7)
    assert len(taken(inbox)) == 2
    assert not inbox.has(GatewayName("north"), b"w", Lane.POSITIONS, 1, 7)
    assert inbox.offer(data("north", 7))
    assert len(inbox) == 1


def test_a_lane_that_is_full_refuses_more_and_leaves_the_others_alone() -> None:
    inbox: FairInbox[str] = FairInbox(most_waiting=3)
    assert [inbox.offer(data("north", seq)) for seq in range(4)] == [True, True, True, False]
    assert inbox.is_full(GatewayName("north"), Lane.POSITIONS)
    assert inbox.offer(data("north", 1, lane=Lane.ALARMS))
    assert inbox.offer(data("south", 1))
    taken(inbox)
    assert inbox.offer(data("north", 4))


def test_late_rows_count_for_what_they_cost() -> None:
    inbox: FairInbox[str] = FairInbox()
    fixes = worlds.fixes([("ANK-1", 0, LatLon(lat_deg=36.3, lon_deg=127.4))] * 1000)
    fixes = replace(fixes, received_us=np.full(1000, 10**15), measured_us=np.full(1000, 10**15 - 61_000_000))
    for seq in range(50):
        inbox.offer(replace(data("north", seq, lane=Lane.BACKFILL, n_rows=1000), fixes=fixes))
    assert len(taken(inbox)) == 2, "a step of a backlog is soon over"
    on_time = replace(fixes, measured_us=fixes.received_us - 59_000_000)
    assert cost(replace(data("north", 1, n_rows=1000), fixes=on_time)) == 1001


def test_bad_rows_count_for_what_they_cost() -> None:
    inbox: FairInbox[str] = FairInbox()
    for seq in range(20):
        inbox.offer(data("poisoner", seq, n_rows=0, n_bad=1000))
    assert len(taken(inbox)) == 1


def test_the_taker_is_woken_by_the_first_item() -> None:
    inbox: FairInbox[str] = FairInbox()
    threading.Timer(0.05, inbox.put, ("order",)).start()
    began = time.monotonic()
    assert inbox.take(wait_s=5.0, gather_s=0.01) == ["order"]
    assert time.monotonic() - began < 2.0
    assert inbox.take(wait_s=0.0) == []


def test_an_sos_counts_as_much_as_it_costs_and_other_reports_as_one_row() -> None:
    quiet = replace(data("north", 1, lane=Lane.ALARMS, n_rows=2), events=(worlds.event("A", 1, DeviceEventKind.TEST),) * 2)
    assert cost(quiet) == 3
    assert cost(replace(quiet, events=(*quiet.events[:1], worlds.event("A", 1, DeviceEventKind.SOS)))) == 43
