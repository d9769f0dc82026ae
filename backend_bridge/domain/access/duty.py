"""Who works in the room: the users, and which of them sits where now."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from backend_bridge.domain.alarms.routing import Chair
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.user import Role, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A user at a desk: what the room needs to know of a session."""

    seat: str
    user: UserId
    desk: str
    since_us: int
    expires_us: int
    tested_us: int | None = None
    """When the test alarm of the shift was run at this seat; None while it was not."""


WORKING_ROLES = frozenset({Role.OPERATOR, Role.SUPERVISOR})
"""Whose seats alarms are sounded at."""


class Duty:
    """All users by name, and the sessions that are open, by seat."""

    def __init__(self, users: tuple[User, ...]) -> None:
        self.users = {user.user: user for user in users}
        self.sessions: dict[str, Sitting] = {}

    def tested(self, seat: str, now_us: int) -> None:
        """The test alarm of the shift was run at a seat."""
        self.sessions[seat] = replace(self.sessions[seat], tested_us=now_us)

    def user(self, name: UserId) -> User:
        """The enabled user of that name; refuses any other."""
        user = self.users.get(name)
        if user is None or not user.enabled:
            raise Refused(Code.UNKNOWN_USER, name)
        return user

    def at(self, seat: str, name: UserId) -> User:
        """The user whose session is at `seat`; refuses where there is none of that user."""
        session = self.sessions.get(seat)
        if session is None or session.user != name:
            raise Refused(Code.NO_SESSION)
        return self.user(name)

    def same_person(self, one: UserId, other: UserId) -> bool:
        """Whether two accounts belong to one human being; a name that is not known belongs to itself alone."""
        return self.person_of(one) == self.person_of(other)

    def person_of(self, name: UserId) -> str:
        """The human being behind an account."""
        user = self.users.get(name)
        return user.person if user is not None else f"?{name}"

    def on_duty(self, *roles: Role) -> Iterator[Sitting]:
        """The open sessions of users with one of `roles`, by seat."""
        for session in self.sessions.values():
            user = self.users.get(session.user)
            if user is not None and user.enabled and user.role in roles:
                yield session

    def working_seats(self) -> tuple[str, ...]:
        """The seats at which alarms are worked now."""
        return tuple(session.seat for session in self.on_duty(*WORKING_ROLES))

    def chairs(self) -> Iterator[Chair]:
        """Who works alarms now, and which are theirs first."""
        for session in self.on_duty(*WORKING_ROLES):
            user = self.users[session.user]
            yield Chair(seat=session.seat, user=session.user, role=user.role, route=user.route)

    def is_on_duty(self, name: UserId) -> bool:
        """Whether the user sits at a desk now and may work alarms."""
        return any(session.user == name for session in self.on_duty(*WORKING_ROLES))

    def role_of(self, name: UserId) -> Role | None:
        """The user's role; None where unknown or disabled."""
        user = self.users.get(name)
        return user.role if user is not None and user.enabled else None
