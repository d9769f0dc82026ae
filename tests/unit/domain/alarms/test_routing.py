"""An alarm comes first to those whose region, case or kind it is, everybody sees it all the same, and none waits for an empty chair."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from room_builder import CASE, OPERATOR, SUPERVISOR, Desk, a_case, change, entries

from backend_bridge.application.inbox import CloseSession, ImportCases, Inbox, News, OpenSession, Order, PutUser
from backend_bridge.application.outcome import Outcome
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
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


def put(desk: Desk, user: UserId, route: Route | None, *, role: Role = Role.OPERATOR, enabled: bool = True) -> PutUser:
    known = desk.room.duty.users.get(user)
    person = user if known is None else known.person
    return PutUser(by=UserId("root"), user=user, person=person, role=role, enabled=enabled, route=route)


def login(desk: Desk, user: UserId, seat: str) -> OpenSession:
    return OpenSession(user=user, seat=seat, desk="desk-2", expires_us=desk.now_us + 10**12)


def routed_desk() -> Desk:
    """The first operator is there for other cases, a second one for this."""
    desk = Desk()
    desk.run(Inbox(orders=(put(desk, OTHER, Route(cases=("KR-SE-*",))), put(desk, OPERATOR, Route(cases=("KR-DJ-*",))))))
    desk.run(Inbox(news=(login(desk, OTHER, "seat-operator-2"),)))
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


def departures(desk: Desk) -> dict[str, Inbox]:
    """All ways in which the one who has heard an alarm is no longer the one whose it is."""
    mine = Route(cases=("KR-SE-*",))
    moved = replace(a_case(), responsible=Responsible(police_station="대전중부경찰서", probation_office="대전보호관찰소"))
    return {
        "disabled": Inbox(orders=(put(desk, OTHER, mine, enabled=False),)),
        "another office": Inbox(orders=(put(desk, OTHER, mine, role=Role.AUDITOR),)),
        "another route": Inbox(orders=(put(desk, OTHER, Route(cases=("KR-XX-*",))),)),
        "no route, while the other takes it": Inbox(orders=(put(desk, OTHER, Route(cases=("KR-XX-*",))), put(desk, OPERATOR, None))),
        "the case is another office's": Inbox(
            orders=(ImportCases(by=UserId("root"), cases=(moved,)), put(desk, OTHER, Route(offices=("서대문*",))))
        ),
        "somebody else at the seat": Inbox(news=(login(desk, OPERATOR, "seat-operator-2"),)),
        "gone": Inbox(news=(CloseSession(seat="seat-operator-2", reason="lost"),)),
    }


@pytest.mark.parametrize("way", departures(Desk()))
@pytest.mark.parametrize("level", AlarmLevel)
def test_what_only_they_have_heard_sounds_elsewhere_at_once_whatever_takes_it_from_them(way: str, level: AlarmLevel) -> None:
    desk = routed_desk()
    desk.raises(replace(change(), level=level))
    outcome = desk.run(departures(desk)[way])
    assert seats(outcome) == [("seat-operator-1",) if way.startswith("no route") else ()]


def test_it_sounds_when_the_first_sits_down_where_nobody_was_and_not_again_for_the_next() -> None:
    desk = Desk(users=())
    desk.raises(replace(change(), level=AlarmLevel.AMBER))
    assert seats(desk.run(Inbox(news=(login(desk, OPERATOR, "a"),)))) == [()]
    assert seats(desk.run(Inbox(news=(login(desk, SUPERVISOR, "b"),)))) == []


_ROUTES = st.sampled_from([None, Route(cases=("KR-SE-*",)), Route(cases=("KR-XX-*",)), Route(kinds=(AlarmKind.PROXIMITY,))])
_USERS = st.sampled_from([OPERATOR, OTHER, SUPERVISOR])
_SEATS = st.sampled_from(["a", "b", "c"])
_ROLES = st.sampled_from([Role.OPERATOR, Role.SUPERVISOR, Role.AUDITOR])


@st.composite
def moves(draw: st.DrawFn) -> Inbox:
    """Somebody logs in, leaves, or is another user than before."""
    far = 10**18
    news: st.SearchStrategy[News] = st.one_of(
        st.builds(OpenSession, user=_USERS, seat=_SEATS, desk=st.just("d"), expires_us=st.just(far)),
        st.builds(CloseSession, seat=_SEATS, reason=st.just("logout")),
    )
    order: st.SearchStrategy[Order] = st.builds(
        PutUser, by=st.just(UserId("root")), user=_USERS, person=st.just("one"), role=_ROLES, enabled=st.booleans(), route=_ROUTES
    )
    return draw(st.one_of(st.builds(lambda each: Inbox(news=(each,)), news), st.builds(lambda each: Inbox(orders=(each,)), order)))


def ears(desk: Desk, effect: SoundAlarm) -> Iterator[tuple[str, str]]:
    there = desk.room.duty.chairs()
    return ((chair.seat, chair.user) for chair in there if not effect.seats or chair.seat in effect.seats)


@settings(max_examples=60)
@given(st.lists(moves() | st.just(None), max_size=12))
def test_whoever_comes_and_goes_what_waits_has_sounded_for_somebody_there_whose_it_is(story: list[Inbox | None]) -> None:
    desk, n = Desk(users=()), 0
    heard: dict[str, set[tuple[str, str]]] = {}
    for each in story:
        n += each is None and n < 4  # more would be a flood
        told = replace(change(n=n, at_us=desk.now_us, ring=f"R{n}"), level=AlarmLevel.AMBER)
        outcome = desk.raises(told) if each is None else desk.run(each)
        for effect in outcome.effects:
            if isinstance(effect, SoundAlarm):
                heard.setdefault(effect.alarm, set()).update(ears(desk, effect))
        chairs = tuple(desk.room.duty.chairs())
        for row in desk.room.alarms:
            first = first_for(row.newest.kind, desk.room.registry.case(CASE), chairs) or chairs
            assert not first or {(chair.seat, chair.user) for chair in first} & heard[row.alarm]
