"""The same inputs make the same room: what was stored of each step leads to the same events, after a restart too."""

import numpy as np
from nothing_seen import NothingSeen
from room_builder import ANKLET, CASE, OPERATOR, PHONE, PROTECTED, SUPERVISOR, T0, S, a_case

from backend_bridge.application.inbox import Act, EndOrder, ImportCases, Inbox, OpenSession
from backend_bridge.application.outcome import Outcome
from backend_bridge.application.room import Room, again, step
from backend_bridge.domain.alarm import AlarmChange
from backend_bridge.domain.arrivals import Data, Hello, Lane, LinkDown, LinkUp
from backend_bridge.domain.commands import AcknowledgeAlarm, RequestAccess
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import AlarmId, DeviceId, GatewayName, UserId
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.retention import EndGround
from backend_bridge.domain.watching.watch import Watch

GATEWAY = GatewayName("gw-1")


def fixes(now_us: int, places: dict[DeviceId, tuple[float, float]]) -> FixBatch:
    n = len(places)
    return FixBatch(
        device_names=tuple(places),
        device=np.arange(n, dtype=np.int32),
        measured_us=np.full(n, now_us - S, np.int64),
        lat_deg=np.array([place[0] for place in places.values()]),
        lon_deg=np.array([place[1] for place in places.values()]),
        accuracy_m=np.full(n, 6.0, np.float32),
        speed_mps=np.full(n, np.nan, np.float32),
        course_deg=np.full(n, np.nan, np.float32),
        moving=np.full(n, -1, np.int8),
        source=np.zeros(n, np.int8),
        device_seq=np.zeros(n, np.uint64),
        has_device_seq=np.zeros(n, np.bool_),
        received_us=np.full(n, now_us, np.int64),
    )


def message(seq: int, batch: FixBatch | None, events: tuple[DeviceEvent, ...] = ()) -> Data:
    rows = np.arange(len(batch) if batch is not None else len(events), dtype=np.int32)
    lane = Lane.POSITIONS if batch is not None else Lane.ALARMS
    return Data(gateway=GATEWAY, connection=b"c", lane=lane, epoch=1, seq=seq, fixes=batch, events=events, kept_rows=rows, bad=())


def an_evening() -> tuple[Room, list[Outcome]]:
    """He walks up to her, she presses SOS, an operator acknowledges, the gateway falls silent."""
    room = Room(Watch.empty())
    outcomes = []

    def run(second: float, inbox: Inbox) -> None:
        outcomes.append(step(room, inbox, T0 + int(second * S), NothingSeen()))

    sessions = tuple(OpenSession(user=user, seat=f"seat-{user}", desk="d", expires_us=T0 + 10**12) for user in (OPERATOR, SUPERVISOR))
    run(0, Inbox(orders=(ImportCases(by=UserId("root"), cases=(a_case(), a_case("KR-2", n=2))),), news=sessions))
    hellos = tuple(Hello(gateway=GATEWAY, connection=b"c", lane=lane, epoch=1, first=1, last=0) for lane in (Lane.POSITIONS, Lane.ALARMS))
    run(1, Inbox(arrivals=(LinkUp(gateway=GATEWAY, connection=b"c"), *hellos)))
    for k in range(40):
        now_us = T0 + (5 + 5 * k) * S
        stranger = DeviceId("ANK-9999")
        places = {PHONE: (37.556, 126.937), ANKLET: (37.585 - 0.0007 * k, 126.937), stranger: (37.5, 127.0)}
        run(5 + 5 * k, Inbox(arrivals=(message(k + 1, fixes(now_us, places)),)))
    sos = DeviceEvent(device=PHONE, measured_us=T0 + 205 * S, kind=DeviceEventKind.SOS, received_us=T0 + 206 * S)
    run(206, Inbox(arrivals=(message(1, None, (sos,)),)))
    alarm = next(row.alarm for row in room.alarms if row.priority == 1)
    for second in range(207, 280):
        run(second, Inbox())
    run(280, Inbox(acts=(Act(act=1, user=OPERATOR, seat=f"seat-{OPERATOR}", command=AcknowledgeAlarm(alarm=AlarmId(alarm))),)))
    ask = RequestAccess(
        person=PROTECTED, case=CASE, purpose=Purpose.VICTIM_NOTICE, reason="x", from_us=T0, to_us=T0 + S, fields=("position",), minutes=5
    )
    run(281, Inbox(acts=(Act(act=2, user=OPERATOR, seat=f"seat-{OPERATOR}", command=ask),)))
    run(285, Inbox(arrivals=(LinkDown(gateway=GATEWAY, connection=b"c", reason="silent"),)))
    for k in range(140):
        run(286 + k, Inbox())
    return room, outcomes


def test_what_was_stored_leads_to_the_same_entries_and_effects() -> None:
    room, outcomes = an_evening()
    once_more = Room(Watch.empty())
    for outcome in outcomes:
        repeated = again(once_more, outcome.taken)
        assert repeated.events == outcome.events
        assert repeated.effects == outcome.effects
        assert repeated.replies == outcome.replies
    assert once_more.next_n == room.next_n
    assert once_more.alarms.rows == room.alarms.rows
    assert once_more.incidents.incidents == room.incidents.incidents


def test_the_evening_raises_what_it_must() -> None:
    _, outcomes = an_evening()
    kinds = {(event.kind, event.level) for outcome in outcomes for event in outcome.events if isinstance(event, AlarmChange)}
    assert {("proximity", "amber"), ("proximity", "red"), ("sos", "red"), ("system", "amber")} <= kinds


def test_ticks_in_which_nothing_happened_need_not_be_stored() -> None:
    _, outcomes = an_evening()
    assert "not-reached" in [getattr(event, "entry", "") for outcome in outcomes for event in outcome.events]
    once_more = Room(Watch.empty())
    for outcome in outcomes:
        taken = outcome.taken
        if outcome.events or taken.kept or taken.orders or taken.news or taken.acts or taken.answers:
            assert again(once_more, taken).events == outcome.events


def an_order_ended_long_ago_after_an_idle_look() -> list[Outcome]:
    """At 10:00 nothing is over, and nothing is stored of that look; at 10:05 the office tells of an end of weeks ago; so until noon."""
    room, outcomes = Room(Watch.empty()), []
    ten_us = (T0 // (3600 * S) + 1) * 3600 * S
    told = EndOrder(by=UserId("root"), case=CASE, at_us=T0 - 40 * 86_400 * S, ground=EndGround.OTHER, reason="term corrected")
    orders = {-3599: ImportCases(by=UserId("root"), cases=(a_case(jurisdiction="FR"),)), 300: told}
    for second in (-3599, 2, 300, 301, 3000, 3602, 7000, 7202):
        inbox = Inbox(orders=(orders[second],) if second in orders else ())
        outcomes.append(step(room, inbox, ten_us + second * S, NothingSeen()))
    return outcomes


def test_a_restart_makes_no_destruction_due_that_the_run_had_not() -> None:
    outcomes = an_order_ended_long_ago_after_an_idle_look()
    due = [k for k, outcome in enumerate(outcomes) if "destruction-due" in [getattr(event, "entry", "") for event in outcome.events]]
    assert due == [5], "at the next full hour"
    once_more = Room(Watch.empty())
    for outcome in outcomes:
        if outcome.events or outcome.taken.orders:
            assert again(once_more, outcome.taken).events == outcome.events
    assert once_more.destructions.destructions.keys() == {"DES-1"}


def test_positions_of_devices_that_no_case_names_are_not_kept() -> None:
    _, outcomes = an_evening()
    kept = {
        name
        for outcome in outcomes
        for each in outcome.taken.kept
        if each.fixes is not None
        for name in np.array(each.fixes.device_names)[each.fixes.device]
    }
    assert kept == {PHONE, ANKLET}
    heard = [event for outcome in outcomes for event in outcome.events if getattr(event, "entry", "") == "device-heard"]
    assert [event.device for event in heard] == ["ANK-9999"]  # type: ignore[union-attr]
