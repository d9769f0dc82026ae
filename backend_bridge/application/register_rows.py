"""Rows of the investigative register, and of what a person may be told about themselves: values that both halves know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One request with all that became of it, as the law wants it registered on both sides for three years."""

    request: str
    at: str
    user: str
    on_behalf_of: str | None
    person: str
    case: str
    purpose: str
    reason: str
    paper: str | None
    period: str
    fields: str
    state: str
    """`waiting`, `approved`, `narrowed`, `denied`, `lapsed`, `break-glass`."""
    decided_by: str
    decision_reason: str | None
    access: str | None
    """From when to when access ran."""
    ended: str | None
    """Why it ended."""
    looks: int
    """How often something was looked at under it."""
    exports: str
    """What was handed out under it, and to whom."""
    court: str | None
    """What a court said, with the number of its paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRow:
    """One line of what a person is told about themselves: data that are held (`held`), or a use of them (`shown`)."""

    what: str
    at: str | None
    case: str | None
    detail: str
    by: str | None
    purpose: str | None
    n: int | None
    """The entry of the log that says so."""
