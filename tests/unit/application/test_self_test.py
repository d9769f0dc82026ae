"""The bridge's test of itself in the room: the test alarm is raised by the engine, and nobody's work is disturbed by it."""

from dataclasses import replace

import numpy as np
import pytest
from room_builder import OPERATOR, Desk, S, a_case, entries
from test_views import picture_of

from backend_bridge.application.inbox import Inbox, Lag, Milestone, SelfTest, Trouble
from backend_bridge.application.room import again
from backend_bridge.application.rows import GatewayRow, RoomRow
from backend_bridge.application.self_test import TEST_PLACE, fix_of_test, raised
from backend_bridge.application.views import DeskView
from backend_bridge.domain.alarm import AlarmChange
from backend_bridge.domain.arrivals import Data, Hello, Lane, LinkDown, LinkUp
from backend_bridge.domain.lanes.self_test import SELF_TEST
from backend_bridge.domain.outcomes.bridge_events import SelfTested


def of_test(desk: Desk, seq: int = 1) -> Inbox:
    """A connection, a hello and a test fix, as the gate hands them in."""
    wire = b"w"
    data = Data(
        gateway=SELF_TEST,
        connection=wire,
        lane=Lane.POSITIONS,
        epoch=1,
        seq=seq,
        fixes=fix_of_test(desk.room.now_us),
        events=(),
        kept_rows=np.zeros(1, np.int32),
        bad=(),
    )
    hello = Hello(gateway=SELF_TEST, connection=wire, lane=Lane.POSITIONS, epoch=1, first=1, last=0)
    return Inbox(arrivals=(LinkUp(gateway=SELF_TEST, connection=wire), hello, data))


def rows(desk: Desk) -> list[object]:
    view = DeskView(OPERATOR, f"seat-{OPERATOR}")
    return [row for table in view.changes(desk.room, picture_of(desk.room.now_us)) for row in table.put]


def test_a_test_fix_is_judged_logged_and_shown_and_is_in_no_list() -> None:
    desk = Desk([a_case()])
    before = len(desk.room.kpi.came)
    outcome = desk.run(of_test(desk))
    assert [event.entry for event in outcome.events if not isinstance(event, AlarmChange)] == ["self-test"]
    assert not any(kept.fixes is not None for kept in outcome.taken.kept)
    assert len(desk.room.kpi.came) == before
    assert not list(desk.room.alarms)
    assert not outcome.effects
    shown = rows(desk)
    assert not [row for row in shown if isinstance(row, GatewayRow)]
    room_row = next(row for row in shown if isinstance(row, RoomRow))
    assert (room_row.gateways_total, room_row.fixes_per_s) == (0, 0.0)
    assert room_row.last_self_test_us == desk.room.now_us


def test_that_it_goes_away_is_no_entry_and_no_trouble() -> None:
    desk = Desk([a_case()])
    desk.run(of_test(desk))
    gone = desk.run(Inbox(arrivals=(LinkDown(gateway=SELF_TEST, connection=b"w", reason="closed"),)))
    assert "link" not in entries([gone, *desk.wait(90.0)])
    assert not list(desk.room.alarms)


def test_it_is_decided_once_more_after_a_restart() -> None:
    desk = Desk([a_case()])
    outcome = desk.run(of_test(desk))
    other = Desk([a_case()])
    told = [event for event in again(other.room, outcome.taken).events if isinstance(event, SelfTested)]
    assert told == [event for event in outcome.events if isinstance(event, SelfTested)]


def test_an_engine_that_sees_nothing_raises_nothing() -> None:
    test = SelfTest(number=1, measured_us=1_795_000_000 * S, received_us=1_795_000_001 * S, place=TEST_PLACE, accuracy_m=5.0)
    assert raised(test) == pytest.approx(1.0, abs=0.01)
    elsewhere = replace(TEST_PLACE, lat_deg=1.0)
    assert raised(replace(test, place=elsewhere)) is None
    desk = Desk([a_case()])
    desk.run(Inbox(news=(replace(test, place=elsewhere),)))
    assert desk.room.health.self_test_us is None


def test_how_far_the_bridge_is_behind_is_shown() -> None:
    desk = Desk([a_case()])
    desk.run(Inbox(news=(Lag(behind_s=3.5),)))
    assert next(row for row in rows(desk) if isinstance(row, RoomRow)).lag_s == 3.5


def test_what_did_not_work_before_a_restart_stands_no_longer_until_it_is_told_anew() -> None:
    desk = Desk([a_case()])
    desk.run(Inbox(news=(Trouble(code="blind", on=True), Lag(behind_s=9.0))))
    assert desk.room.health.troubles
    desk.run(Inbox(news=(Milestone(what="started"),)))
    shown = next(row for row in rows(desk) if isinstance(row, RoomRow))
    assert (shown.degraded, shown.lag_s) == ((), 0.0)
    assert not [row for row in desk.room.alarms if row.holds]
