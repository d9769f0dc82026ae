"""An alarm comes first to those whose region, case or kind it is, everybody sees it all the same, and none waits for an empty chair."""

from dataclasses import replace

import pytest
from room_builder import OPERATOR, SUPERVISOR, Desk, a_case, change, entries

from backend_bridge.application.inbox import CloseSession, Inbox, OpenSession, PutUser
from backend_bridge.application.outcome import Outcome
from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.alarms.routing import Chair, first_for
from backend_bridge.domain.case import Responsible
from backend_bridge.domain.commands import AcknowledgeAlarm
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.outcomes.alarm_events import AlarmEscalated, AlarmRouted
from backend_bridge.domain.outcomes.effects import SoundAlarm
from backend_bridge.domain.user import Role, Route

SEOUL = replace(a_case(), responsible=Responsible(police_station="서대문경찰서", probation_office="서울보호관찰소"))
OTHER = UserId("operator-2")


def chair(name: str, route: Route | None, role: Role = Role.OPERATOR) -> Chair:
    return Chair(seat=f"seat-{name}", user=name, role=role, route=route)


def names(*chairs: Chair, kind: AlarmKind = AlarmKind.PROXIMITY) -> list[str]:
    return [each.user for each in first_for(kind, SEOUL, chairs)]


@pytest.mark.parametrize(
    ("route", "takes"),
    [
        (Route(cases=("KR-SE-*",)), True),
        (Route(cases=("KR-DJ-*",)), False),
        (Route(offices=("서대문*",)), True),
        (Route(offices=("서울보호관찰소",)), True),
        (Route(offices=("대전*",)), False),
        (Route(kinds=(AlarmKind.PROXIMITY, AlarmKind.SOS)), True),
        (Route(kinds=(AlarmKind.BATTERY,)), False),
        (Route(cases=("KR-SE-*",), kinds=(AlarmKind.BATTERY,)), False),
    ],
)
def test_a_route_goes_by_case_office_and_kind_and_every_part_of_it_must_fit(route: Route, *, takes: bool) -> None:
    assert names(chair("kim", route)) == (["kim"] if takes else [])


def test_where_nobody_has_a_route_or_nobody_there_would_take_it_everybody_hears_it() -> None:
    assert names(chair("kim", None), chair("lee", None)) == []
    assert names(chair("kim", Route(cases=("KR-DJ-*",)))) == []
    assert first_for(AlarmKind.SYSTEM, None, [chair("kim", Route(cases=("KR-DJ-*",)))]) == ()


def test_operators_without_a_route_take_all_and_supervisors_wait_for_the_escalation() -> None:
    daejeon, seoul = Route(cases=("KR-DJ-*",)), Route(cases=("KR-SE-*",))
    there = (chair("dj", daejeon), chair("se", seoul), chair("all", None), chair("boss", None, Role.SUPERVISOR))
    assert names(*there) == ["se", "all"]
    assert names(*there, chair("head", seoul, Role.SUPERVISOR)) == ["se", "all", "head"]


def put(desk: Desk, user: UserId, route: Route | None) -> PutUser:
    known = desk.room.duty.users.get(user)
    return PutUser(by=UserId("root"), user=user, person=user if known is None else known.person, role=Role.OPERATOR, route=route)


def routed_desk() -> Desk:
    """The first operator is there for other cases, a second one for this."""
    desk = Desk()
    desk.run(Inbox(orders=(put(desk, OTHER, Route(cases=("KR-SE-*",))), put(desk, OPERATOR, Route(cases=("KR-DJ-*",))))))
    desk.run(Inbox(news=(OpenSession(user=OTHER, seat="seat-operator-2", desk="desk-2", expires_us=desk.now_us + 10**12),)))
    return desk


def seats(outcome: Outcome) -> list[tuple[str, ...]]:
    return [effect.seats for effect in outcome.effects if isinstance(effect, SoundAlarm)]


def test_it_sounds_where_it_belongs_is_in_the_log_and_the_others_hear_it_when_nobody_takes_it() -> None:
    desk = routed_desk()
    outcome = desk.raises(change())
    assert seats(outcome) == [("seat-operator-2",)]
    assert [event.users for event in outcome.events if isinstance(event, AlarmRouted)] == [(OTHER,)]
    escalated = [event.seats for each in desk.wait(31, every_s=0.5) for event in each.events if isinstance(event, AlarmEscalated)]
    assert escalated[0] == ("seat-operator-1", "seat-supervisor-1", "seat-operator-2")


def test_who_leaves_leaves_no_alarm_behind_that_nobody_has_heard() -> None:
    desk = routed_desk()
    desk.raises(change())
    left = desk.run(Inbox(news=(CloseSession(seat="seat-operator-2", reason="logout"),)))
    assert seats(left) == [()], "nobody in particular: everywhere"


def test_an_acknowledged_alarm_sounds_no_more_when_its_seat_is_left() -> None:
    desk = routed_desk()
    desk.raises(change())
    desk.act(OTHER, AcknowledgeAlarm(alarm=change().alarm))
    left = desk.run(Inbox(news=(CloseSession(seat="seat-operator-2", reason="logout"),)))
    assert [each for each in seats(left) if each == ()] == []


def test_another_route_ends_no_session_and_is_in_the_log() -> None:
    desk = Desk()
    outcome = desk.run(Inbox(orders=(put(desk, OPERATOR, Route(kinds=(AlarmKind.SOS,))),)))
    assert entries(outcome) == ["user-routed"]
    assert "seat-operator-1" in desk.room.duty.sessions
    assert SUPERVISOR in desk.room.duty.users
