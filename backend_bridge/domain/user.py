"""The people who work with Bongsu and what their office lets them be."""

from dataclasses import dataclass
from enum import StrEnum

from backend_bridge.domain.identifiers import UserId


class Role(StrEnum):
    """An office in the room; what each may do is the table in `access.py`."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    TRAINER = "trainer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who can log in; `person` is the human being behind it, so that two accounts of one person are one."""

    user: UserId
    person: str
    role: Role
    enabled: bool = True
    postcode: str = ""
    """Where they live, for the review of looks; empty where it is not known."""
