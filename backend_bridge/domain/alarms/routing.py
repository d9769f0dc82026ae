"""Whose alarm it is first: by region, case and kind; everybody sees every alarm all the same, and nothing waits for an empty chair."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.case import Case
from backend_bridge.domain.user import Role, Route

Ear: TypeAlias = tuple[str, str]
"""A seat and the user who sits there."""

EVERYWHERE: Final[Ear] = ("", "")
"""Stands beside those who were there when an alarm sounded at all seats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chair:
    """Somebody who works alarms now, by seat."""

    seat: str
    user: str
    role: Role
    route: Route | None

    @property
    def ear(self) -> Ear:
        """Who hears what sounds there."""
        return (self.seat, self.user)


def first_for(kind: AlarmKind, case: Case | None, chairs: Iterable[Chair]) -> tuple[Chair, ...]:
    """Whose alarm it is first; nobody in particular where nobody has a route, or where no one who is there would take it.

    Operators without a route take all. Supervisors hear what has a route to somebody when it escalates, unless it is theirs too.
    """
    there = tuple(chairs)
    if case is None or all(chair.route is None for chair in there):
        return ()
    return tuple(chair for chair in there if _is_for(chair, kind, case))


def _is_for(chair: Chair, kind: AlarmKind, case: Case) -> bool:
    return chair.role is Role.OPERATOR if chair.route is None else chair.route.takes(kind, case)


def still_hear(heard: frozenset[Ear], first: Iterable[Chair], chairs: Iterable[Chair]) -> bool:
    """Whether one of those whose alarm it is first has heard it; of an alarm of nobody in particular: all did, and one of them is there."""
    theirs = {chair.ear for chair in first}
    if theirs:
        return not theirs.isdisjoint(heard)
    return EVERYWHERE in heard and not heard.isdisjoint(chair.ear for chair in chairs)
