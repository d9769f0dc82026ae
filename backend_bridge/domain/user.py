"""The people who work with Bongsu and what their role lets them be."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from fnmatch import fnmatchcase
from glob import escape
from typing import Final

from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.case import Case
from backend_bridge.domain.identifiers import CaseId, UserId

_NO_CASE: Final = ("",)
"""A pattern that matches no case: each has a name."""


class Role(StrEnum):
    """Somebody's role in the room; what each may do is the table in `access.py`."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    TRAINER = "trainer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The alarms that somebody is there for; what is empty is left open, so that a route without any part takes everything."""

    cases: tuple[str, ...] = ()
    """Shell patterns of case ids, as `KR-DJ-*`."""
    offices: tuple[str, ...] = ()
    """Shell patterns of the police station or the probation office that answers for the case: the region."""
    kinds: tuple[AlarmKind, ...] = ()
    """What the person is trained for."""

    def takes(self, kind: AlarmKind, case: Case | None) -> bool:
        """Whether an alarm of that kind about that case is for this person; the whole room's are for everybody."""
        if case is None:
            return True
        if self.kinds and kind not in self.kinds:
            return False
        if self.cases and not _matches(self.cases, (case.case,)):
            return False
        return not self.offices or _matches(self.offices, _offices_of(case))

    def cut_to(self, cases: Collection[CaseId]) -> "Route":
        """The route that takes the same alarms of these cases, and names no other."""
        if not self.cases:
            return self
        named = tuple(sorted(escape(case) for case in cases if _matches(self.cases, (case,))))
        return replace(self, cases=named or _NO_CASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who can log in; `person` is the human being behind it, so that two accounts of one person are one."""

    user: UserId
    person: str
    role: Role
    enabled: bool = True
    postcode: str = ""
    """Where they live, for the review of looks; empty where it is not known."""
    route: Route | None = None
    """The alarms that come to them first; None for all."""


def _offices_of(case: Case) -> tuple[str, ...]:
    who = case.responsible
    return () if who is None else tuple(office for office in (who.police_station, who.probation_office) if office)


def _matches(patterns: tuple[str, ...], names: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for name in names for pattern in patterns)


def route_words(route: Route | None) -> str:
    """A route as one line for logs and lists; empty for none."""
    if route is None:
        return ""
    parts = (("cases", route.cases), ("offices", route.offices), ("kinds", tuple(kind.value for kind in route.kinds)))
    return "; ".join(f"{name} {', '.join(values)}" for name, values in parts if values)
