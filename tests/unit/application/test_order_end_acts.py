"""Ends of orders: entered by one, confirmed by another who reads the same record, and until then the order protects."""

import pytest
from room_builder import CASE, OPERATOR, SUPERVISOR, T0, Desk, S, a_case, change, entries
from test_views import Screen

from backend_bridge.application.access_rows import OrderEndRow
from backend_bridge.application.inbox import EndOrder, Inbox, OpenSession, PutUser, ShellAct
from backend_bridge.application.tables import Table
from backend_bridge.domain.commands import (
    AcknowledgeAlarm,
    CloseAlarm,
    Command,
    DecideDestruction,
    DecideOrderEnd,
    ProposeOrderEnd,
    RequestDestruction,
)
from backend_bridge.domain.identifiers import CaseId, UserId
from backend_bridge.domain.outcomes.bridge_events import OrderEndedOn
from backend_bridge.domain.retention import EndGround, Ground
from backend_bridge.domain.user import Role

HAN, HAN_TOO, ADMIN = UserId("supervisor-2"), UserId("supervisor-3"), UserId("admin-1")
ENDS_US = T0 + 90 * 86_400 * S
AT_US = T0 + 60 * S
ACQUITTED = ProposeOrderEnd(case=CASE, at_us=AT_US, ground=EndGround.ACQUITTED, reason="judgment 2026-123 is final")
YES = DecideOrderEnd(case=CASE, at_us=AT_US, ground=EndGround.ACQUITTED, approve=True, reason="read in the record")
NO = DecideOrderEnd(case=CASE, at_us=AT_US, ground=EndGround.ACQUITTED, approve=False, reason="not final yet")


def room(jurisdiction: str = "KR") -> Desk:
    """Two supervisors, a second account of the first, and an administrator."""
    desk = Desk((a_case(jurisdiction=jurisdiction),))
    people = ((HAN, "h-han", Role.SUPERVISOR), (HAN_TOO, desk.room.duty.person_of(SUPERVISOR), Role.SUPERVISOR))
    for user, person, role in (*people, (ADMIN, "h-admin", Role.ADMINISTRATOR)):
        office = PutUser(by=UserId("root"), user=user, person=person, role=role)
        seat = OpenSession(user=user, seat=f"seat-{user}", desk=f"desk-{user}", expires_us=desk.now_us + 10**9 * S)
        desk.run(Inbox(orders=(office,), news=(seat,)))
    return desk


def refusal(desk: Desk, user: UserId, command: Command) -> str | None:
    return desk.act(user, command).replies[0].refusal


def ends_us(desk: Desk) -> int:
    return desk.room.registry.held[CASE].case.order.ends_us


def alarms(desk: Desk) -> list[object]:
    return [row.newest.because.get("code") for row in desk.room.alarms if row.holds]


def test_an_order_holds_until_another_person_confirms_that_it_ends() -> None:
    desk = room()
    entered = desk.act(SUPERVISOR, ACQUITTED)
    assert (entered.replies[0].note, ends_us(desk)) == ("waiting", ENDS_US)
    assert alarms(desk) == [f"order-end:{CASE}"], "nobody forgets it"
    confirmed = desk.act(HAN, YES)
    assert [name for name in entries(confirmed) if name.startswith("order-end")] == ["order-end-decided", "order-ended"]
    (ended,) = [event for event in confirmed.events if isinstance(event, OrderEndedOn)]
    assert (ended.user, ended.ground, ends_us(desk)) == (SUPERVISOR, EndGround.ACQUITTED, AT_US)
    assert "destruction-due" in entries(confirmed)
    assert not alarms(desk)
    assert refusal(desk, HAN, YES) == "no-order-end", "once"


def test_nobody_confirms_what_they_entered_under_any_account() -> None:
    desk = room()
    desk.act(SUPERVISOR, ACQUITTED)
    assert refusal(desk, SUPERVISOR, YES) == "own-request"
    assert refusal(desk, HAN_TOO, YES) == "own-request"
    assert refusal(desk, OPERATOR, YES) == "not-allowed"
    assert refusal(desk, ADMIN, YES) == "not-allowed", "an administrator enters and never confirms"
    assert ends_us(desk) == ENDS_US


def test_a_refused_end_changes_nothing_but_the_log() -> None:
    desk = room()
    desk.act(ADMIN, ACQUITTED)
    assert desk.act(HAN, NO).replies[0].note == "refused"
    assert (ends_us(desk), alarms(desk)) == (ENDS_US, [])
    assert "destruction-due" not in entries(desk.outcomes)


@pytest.mark.parametrize("other", [{"at_us": AT_US + 1}, {"ground": EndGround.REVOKED}])
def test_what_is_confirmed_is_what_was_entered(other: dict[str, object]) -> None:
    desk = room()
    desk.act(SUPERVISOR, ACQUITTED)
    changed = {"case": CASE, "at_us": AT_US, "ground": EndGround.ACQUITTED} | other
    assert refusal(desk, HAN, DecideOrderEnd(approve=True, reason="so", **changed)) == "order-end-changed"  # type: ignore[arg-type]
    desk.act(ADMIN, ProposeOrderEnd(reason="corrected", **changed))  # type: ignore[arg-type]
    assert refusal(desk, HAN, YES) == "order-end-changed", "what the desk showed was replaced meanwhile"


@pytest.mark.parametrize("at_us", [ENDS_US, ENDS_US + S])
def test_an_end_that_takes_nothing_away_needs_nobody_second(at_us: int) -> None:
    desk = room()
    command = ProposeOrderEnd(case=CASE, at_us=at_us, ground=EndGround.TERM_OVER, reason="served")
    assert desk.act(SUPERVISOR, command).replies[0].note == "confirmed"
    assert (ends_us(desk), alarms(desk)) == (ENDS_US, [])
    assert refusal(desk, OPERATOR, command) == "not-allowed"


def days_later(desk: Desk, days: int) -> None:
    """So many days go by, and the supervisors come to their desks."""
    desk.run(after_s=days * 86_400)
    for user in (SUPERVISOR, HAN):
        news = OpenSession(user=user, seat=f"seat-{user}", desk=f"desk-{user}", expires_us=desk.now_us + 10**9 * S)
        desk.run(Inbox(news=(news,)))


@pytest.mark.parametrize("ground", [EndGround.OTHER, EndGround.ACQUITTED])
def test_nobody_alone_puts_the_end_of_a_past_order_back_and_lets_its_data_go_early(ground: EndGround) -> None:
    desk = room("FR")
    days_later(desk, 91)
    early = ProposeOrderEnd(case=CASE, at_us=ENDS_US - 60 * 86_400 * S, ground=ground, reason="term corrected")
    assert desk.act(SUPERVISOR, early).replies[0].note == "waiting"
    assert ends_us(desk) == ENDS_US
    desk.wait(7200, every_s=600)
    assert "destruction-due" not in entries(desk.outcomes), "a month after its end, and not before"


def close_the_alarm(desk: Desk) -> None:
    (row,) = [row for row in desk.room.alarms if row.newest.because.get("code") == f"order-end:{CASE}"]
    for command in (AcknowledgeAlarm(alarm=row.alarm), CloseAlarm(alarm=row.alarm, outcome="technical")):
        assert refusal(desk, OPERATOR, command) is None


def test_the_alarm_of_an_end_that_waits_comes_again_however_often_it_is_closed() -> None:
    desk = room()
    desk.act(SUPERVISOR, ACQUITTED)
    close_the_alarm(desk)
    desk.run()
    assert alarms(desk) == [f"order-end:{CASE}"]
    desk.act(HAN, NO)
    desk.run()
    assert alarms(desk) == []


@pytest.mark.parametrize("ground", [EndGround.ACQUITTED, EndGround.REVOKED])
def test_what_the_offices_own_system_ended_waits_for_nobody(ground: EndGround) -> None:
    desk = room()
    desk.act(SUPERVISOR, ACQUITTED)
    told = EndOrder(by=UserId("root"), case=CASE, at_us=AT_US - S, ground=ground, reason="read in the record")
    desk.run(Inbox(orders=(told,)))
    assert (alarms(desk), refusal(desk, HAN, NO)) == ([], "no-order-end")
    one = desk.room.order_ends.ends[CASE]
    assert (one.state, one.decided_by) == ("confirmed", "root")


def test_an_end_that_would_still_make_the_data_due_waits_on() -> None:
    desk = room()
    desk.act(SUPERVISOR, ACQUITTED)
    told = EndOrder(by=UserId("root"), case=CASE, at_us=AT_US - S, ground=EndGround.OTHER, reason="served")
    desk.run(Inbox(orders=(told,)))
    assert alarms(desk) == [f"order-end:{CASE}"]
    assert "destruction-due" in entries(desk.act(HAN, YES))


def test_nothing_waits_about_a_case_that_is_destroyed() -> None:
    desk = room()
    days_later(desk, 91)
    desk.act(SUPERVISOR, ACQUITTED)
    desk.act(SUPERVISOR, RequestDestruction(case=CASE, ground=Ground.PERSON_ASKED, reason="asked and right"))
    name = next(iter(desk.room.destructions.destructions))
    assert refusal(desk, HAN, DecideDestruction(destruction=name, approve=True, reason="checked")) is None
    desk.run()
    assert alarms(desk) == []
    assert not [code for code in desk.room.health.system if CASE in code]
    assert not [row.alarm for row in desk.room.alarms if CASE in row.alarm], "nobody who might acknowledge it may see it"


def test_the_same_at_a_shell_and_at_desks() -> None:
    desk = room()
    desk.run(Inbox(orders=(ShellAct(by=SUPERVISOR, command=ACQUITTED),)))
    screen, watching = Screen(desk, HAN), Screen(desk, OPERATOR)
    row = screen.rows[Table.ORDER_ENDS][CASE]
    assert isinstance(row, OrderEndRow)
    assert (row.state, row.mine, row.destroys, row.asked_by) == ("waiting", False, True, SUPERVISOR)
    assert not watching.rows[Table.ORDER_ENDS]
    refused = desk.run(Inbox(orders=(ShellAct(by=SUPERVISOR, command=YES),)))
    assert entries(refused) == ["refused"]
    desk.act(HAN, YES)
    screen.look()
    confirmed = screen.rows[Table.ORDER_ENDS][CASE]
    assert isinstance(confirmed, OrderEndRow)
    assert (confirmed.state, confirmed.decided_by) == ("confirmed", HAN)


def test_what_cannot_be_is_refused_by_name() -> None:
    desk = room()
    unknown = ProposeOrderEnd(case=CaseId("C-99"), at_us=AT_US, ground=EndGround.OTHER, reason="so")
    before = ProposeOrderEnd(case=CASE, at_us=T0 - 2 * 86_400 * S, ground=EndGround.OTHER, reason="so")
    silent = ProposeOrderEnd(case=CASE, at_us=AT_US, ground=EndGround.OTHER, reason="  ")
    codes = [refusal(desk, SUPERVISOR, command) for command in (unknown, before, silent, YES)]
    assert codes == ["unknown-case", "bad-period", "needs-reason", "no-order-end"]


def test_an_open_alarm_is_worked_until_the_end_is_confirmed() -> None:
    desk = room()
    desk.raises(change())
    desk.act(SUPERVISOR, ACQUITTED)
    assert any(row.newest.case == CASE for row in desk.room.alarms), "entering an end alone ends no alarm"
