"""What is printed or saved at desks: each copy has a number and a mark before it exists, and a hash once it does."""

from dataclasses import dataclass
from typing import Final

from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import GrantId, UserId
from backend_bridge.domain.purpose import Purpose

OPEN_COPIES: Final = 500
"""Maximum number of copies that wait for their hash; the oldest is forgotten first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMark:
    """What every page of a copy bears."""

    copy: int
    user: UserId
    at_us: int
    purpose: Purpose
    access: GrantId | None
    """The access under which it is printed, where the user has one for the case."""


class PaperBook:
    """Numbers copies over the whole life of the room, and knows whose each is until its hash is told: one copy, one file."""

    def __init__(self) -> None:
        self.n = 0
        self.owners: dict[int, UserId] = {}

    def begin(self, user: UserId) -> int:
        """The number of the copy that `user` is about to make."""
        self.n += 1
        self.owners[self.n] = user
        while len(self.owners) > OPEN_COPIES:
            del self.owners[next(iter(self.owners))]
        return self.n

    def must_be_of(self, copy: int, user: UserId) -> None:
        """Refuse a copy that this user did not begin."""
        if self.owners.get(copy) != user:
            raise Refused(Code.UNKNOWN_COPY, str(copy))

    def done(self, copy: int) -> None:
        """The hash of a copy is told."""
        del self.owners[copy]
