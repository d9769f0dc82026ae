"""The bridge's own alarms that are about a case: their codes name it, so nobody is sent one who may not see the case."""

from collections.abc import Iterable, Iterator
from typing import Final

from backend_bridge.application.room_state import Room
from backend_bridge.domain.alarm import AlarmChange, AlarmKind
from backend_bridge.domain.identifiers import CaseId, PersonId
from backend_bridge.domain.note import Entered

_OF_CASES: Final = frozenset({"order-end", "removal-overdue", "consent-withdrawn", *(label.code for label in Entered)})
"""What stands before the colon of their codes; behind it stands the case, or `case/person`."""


def case_of(room: Room, change: AlarmChange) -> CaseId | None:
    """The case that an alarm is about, also where it is the bridge's own; None where it is about none."""
    if change.kind is not AlarmKind.SYSTEM:
        return change.case
    kind, _, which = str(change.because.get("code")).partition(":")
    if kind not in _OF_CASES:
        return change.case
    parts = which.split("/")
    names = (CaseId("/".join(parts[:n])) for n in range(len(parts), 0, -1))
    return next((name for name in names if name in room.registry.held), CaseId(which))


def label_code(case: CaseId, label: Entered, person: PersonId | None = None) -> str:
    """Code of the alarm that something was entered of a case; of which protected person, where there are several."""
    return f"{label.code}:{case}" if person is None else f"{label.code}:{case}/{person}"


def label_codes(case: CaseId, persons: Iterable[PersonId]) -> Iterator[str]:
    """Those of everything that can be entered."""
    return (label_code(case, label, person) for label in Entered for person in (None, *persons))
