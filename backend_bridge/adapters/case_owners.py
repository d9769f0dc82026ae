"""Which cases an entry, act, order or message belongs to; their keys seal it. Empty: it belongs to no case.

Requests, grants, looks, destructions and holds are nobody's on purpose: they are the register that the law wants kept after the
data are gone, and name people by their codes.
"""

from typing import Final

from backend_bridge.application.inbox import Act, Ask, EndOrder, News, NoteByOffice, Order, ResumeCase, ShellAct, ShellExport, ShowInApp
from backend_bridge.application.room_state import Room
from backend_bridge.domain.alarm import AlarmChange
from backend_bridge.domain.commands import DecideOrderEnd, ProposeOrderEnd
from backend_bridge.domain.identifiers import AlarmId, CaseId, GrantId, IncidentId, RequestId
from backend_bridge.domain.outcomes.access_events import AccessEvent, ConsentGiven, ConsentWithdrawn
from backend_bridge.domain.outcomes.bridge_events import OrderEndDecided, OrderEnded, OrderEndProposed, OrderExpires
from backend_bridge.domain.outcomes.destruction_events import DestructionEvent
from backend_bridge.domain.outcomes.effects import RoomEffect
from backend_bridge.domain.outcomes.events import Event

NOBODYS: Final = frozenset[CaseId]()
_FORGOTTEN: Final = frozenset({"approved", "done"})
_BRIDGES_OWN: Final = "system/"
"""What the ids of the bridge's own alarms begin with."""


def cases_of_event(event: Event, room: Room) -> frozenset[CaseId]:
    """The case that an entry is about, where it holds data of its people."""
    if isinstance(event, AlarmChange | ConsentGiven | ConsentWithdrawn):
        return _one(event.case)
    if isinstance(event, AccessEvent | DestructionEvent | OrderEndProposed | OrderEndDecided | OrderEnded | OrderExpires):
        return NOBODYS
    return _named(event, room)


def cases_of_effect(effect: RoomEffect, room: Room) -> frozenset[CaseId]:
    """The case that an effect is about."""
    return _named(effect, room)


def cases_of_act(act: Act | Ask, room: Room) -> frozenset[CaseId]:
    """The case that somebody's act or question is about."""
    return _named(act.command if isinstance(act, Act) else act.query, room)


def cases_of_order(order: Order) -> frozenset[CaseId]:
    """The case of an order about one case; imports are sealed case by case."""
    match order:
        case EndOrder() | NoteByOffice() | ResumeCase():
            return _one(order.case)
        case ShellAct(command=ProposeOrderEnd() | DecideOrderEnd() as command):
            return _one(command.case)
        case _:
            return NOBODYS


def cases_of_news(news: News) -> frozenset[CaseId]:
    """The case of a piece of news."""
    return _one(news.case) if isinstance(news, ShowInApp) else NOBODYS


def names_nothing_held(given: Act | Ask | Order, room: Room) -> bool:
    """Whether it names a case, or an incident, alarm, request or grant, that the room does not hold (any more).

    Whose that is nobody can tell then, but what people wrote with it may be about somebody all the same.
    """
    match given:
        case Act() | ShellAct():
            thing: object = given.command
        case Ask() | ShellExport():
            thing = given.query
        case _:
            thing = given
    case, alarm = getattr(thing, "case", None), getattr(thing, "alarm", None)
    known = (("incident", room.incidents.incidents), ("request", room.grants.requests), ("grant", room.grants.grants))
    if case is not None or _named(thing, room):
        return case is not None and case not in room.registry.held
    if isinstance(alarm, str) and not alarm.startswith(_BRIDGES_OWN):
        return room.alarms.find(AlarmId(alarm)) is None
    return any(name is not None and name not in held for name, held in ((getattr(thing, what, None), held) for what, held in known))


def are_destroyed(cases: frozenset[CaseId], room: Room) -> bool:
    """Whether the room forgot all of some cases because they are destroyed, or about to be."""
    if not cases.isdisjoint(room.registry.held):
        return False
    return cases <= {one.case for one in room.destructions.destructions.values() if one.grant is None and one.state in _FORGOTTEN}


def _named(thing: object, room: Room) -> frozenset[CaseId]:
    """By its own case, or that of the incident, alarm, request or grant that it names."""
    case = getattr(thing, "case", None)
    if case is None:
        case = _by_incident(getattr(thing, "incident", None), room)
    if case is None:
        case = _by_alarm(getattr(thing, "alarm", None), room)
    if case is None:
        request = room.grants.requests.get(RequestId(str(getattr(thing, "request", ""))))
        grant = room.grants.grants.get(GrantId(str(getattr(thing, "grant", ""))))
        case = request.case if request is not None else grant.case if grant is not None else None
    return _one(case)


def _by_incident(name: object, room: Room) -> CaseId | None:
    incident = room.incidents.incidents.get(IncidentId(str(name))) if name is not None else None
    return incident.case if incident is not None else None


def _by_alarm(name: object, room: Room) -> CaseId | None:
    """An alarm's id begins with its case."""
    if not isinstance(name, str):
        return None
    row = room.alarms.find(AlarmId(name))
    if row is not None:
        return row.newest.case
    stem = name
    while "/" in stem:
        stem = stem.rpartition("/")[0]
        if stem in room.registry.held:
            return CaseId(stem)
    return None


def _one(case: CaseId | None) -> frozenset[CaseId]:
    return frozenset({case}) if case else NOBODYS
