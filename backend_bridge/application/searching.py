"""Looking for cases, persons, devices and places: by codes for everybody, by names and addresses only for who may see them."""

from collections.abc import Iterator
from typing import Final, Protocol

from backend_bridge.application.room_state import Room
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.access.verdict import Verdict
from backend_bridge.domain.identifiers import CaseId, PersonId
from backend_bridge.domain.queries import SearchHit
from backend_bridge.domain.user import User

MAX_HITS: Final = 50


def hits(text: str, user: User, room: Room) -> Iterator[SearchHit]:
    """Cases, persons, devices by their codes; names and addresses only where they may be seen, positions likewise."""
    wanted = text.strip().casefold()
    if not wanted:
        return
    sight = room.access.sight(user.user, room.now_us)
    n = 0
    for name in room.registry.held:
        if not sight.may(Action.SEE_CASE, None, name):
            continue
        for hit in _hits_in_case(wanted, name, room, sight_of=sight.may):
            yield hit
            n += 1
            if n >= MAX_HITS:
                return


class _May(Protocol):
    def __call__(self, action: Action, subject: PersonId | None = None, case: CaseId | None = None) -> Verdict: ...


def _hits_in_case(wanted: str, name: CaseId, room: Room, *, sight_of: _May) -> Iterator[SearchHit]:
    case = room.registry.held[name].case
    if wanted in name.casefold():
        yield SearchHit(what="case", key=name, case=name, label=name, position=None)
    for party in (case.subject, *case.protected):
        if wanted in party.person.casefold():
            yield SearchHit(what="person", key=party.person, case=name, label=party.person, position=None)
        if party.device is not None and wanted in party.device.casefold():
            yield SearchHit(what="device", key=party.device, case=name, label=party.device, position=None)
    for person in case.people:
        if wanted in person.name.casefold() and sight_of(Action.SEE_IDENTITY, person.person, name):
            yield SearchHit(what="person", key=person.person, case=name, label=person.name, position=None)
    for place in case.places:
        address = place.address or ""
        if wanted in address.casefold() and sight_of(Action.SEE_PLACES, place.person, name):
            yield SearchHit(what="place", key=place.place, case=name, label=address, position=place.position)
