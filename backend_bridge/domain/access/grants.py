"""Requests to see more than routine shows, the decisions of others about them, and the access that runs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from backend_bridge.domain.case import Circle
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId, GrantId, PersonId, RequestId, UserId
from backend_bridge.domain.outcomes.access_events import AccessLapsed, GrantEnded, GrantStarted, ReviewOverdue
from backend_bridge.domain.outcomes.changed import Changed
from backend_bridge.domain.outcomes.decisions import Decisions
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.quantities import MICROSECONDS

HOUR_US: Final = 3600 * MICROSECONDS
LAPSES_AFTER_US: Final = 24 * HOUR_US
REVIEW_WITHIN_US: Final = 24 * HOUR_US
COURT_WITHIN_US: Final = 48 * HOUR_US
MAX_MINUTES: Final = 480
BREAK_GLASS_MINUTES: Final = 60
BREAK_GLASS_FIELDS: Final = ("position", "track", "identity", "phones", "places")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One person's yes; the human being is kept with the account, so that neither can be swapped later."""

    user: UserId
    human: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Somebody asked to see more than routine shows; the figures are those that hold now, narrowed or not."""

    request: RequestId
    by: UserId
    human: str
    """The human being who made it, as the account stood then."""
    person: PersonId
    case: CaseId
    purpose: Purpose
    reason: str
    from_us: int
    to_us: int
    minutes: int
    area: Circle | None
    fields: tuple[str, ...]
    paper: str | None
    on_behalf_of: str | None
    made_us: int
    lapses_us: int
    needed: int
    approvals: tuple[Approval, ...] = ()
    state: str = "waiting"
    decision_reason: str | None = None
    narrowed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Access that runs, ran, or awaits review; nothing is shown by it at or after `ends_us`."""

    grant: GrantId
    request: RequestId | None
    user: UserId
    human: str
    person: PersonId
    case: CaseId
    purpose: Purpose
    fields: frozenset[str]
    from_us: int
    to_us: int
    starts_us: int
    ends_us: int
    break_glass: bool = False
    ended: str | None = None
    """Why it stopped; None while it runs."""
    reviewed: bool | None = None
    """Whether a use of break-glass was found right; None before the review."""
    review_due_us: int | None = None
    review_overdue: bool = False
    court_due_us: int | None = None
    """Until when a court's permission must be there for what was used in an emergency; None where none is needed."""

    def runs(self, now_us: int) -> bool:
        """Whether it opens anything at `now_us`."""
        return self.ended is None and self.starts_us <= now_us < self.ends_us

    @property
    def awaits_review(self) -> bool:
        """Whether somebody else must still look at it."""
        return self.break_glass and self.reviewed is None


class GrantBook:
    """All requests and grants that still matter; `changed_…` say which of them look different."""

    def __init__(self) -> None:
        self.requests: dict[RequestId, Request] = {}
        self.grants: dict[GrantId, Grant] = {}
        self.changed_requests = Changed()
        self.changed_grants = Changed()
        self.n_requests = 0
        self.n_grants = 0
        self._running: dict[UserId, dict[GrantId, None]] = {}
        self._waiting: dict[RequestId, None] = {}
        self._due: dict[GrantId, None] = {}
        """Grants that a person or a court has still to speak about."""

    def request(self, name: RequestId) -> Request:
        """The request of that name; refuses where there is none."""
        request = self.requests.get(name)
        if request is None:
            raise Refused(Code.UNKNOWN_REQUEST, name)
        return request

    def grant(self, name: GrantId) -> Grant:
        """The grant of that name; refuses where there is none."""
        grant = self.grants.get(name)
        if grant is None:
            raise Refused(Code.UNKNOWN_GRANT, name)
        return grant

    def put_request(self, request: Request) -> Request:
        """Hold a request as it is now."""
        self.requests[request.request] = request
        if request.state == "waiting":
            self._waiting[request.request] = None
        else:
            self._waiting.pop(request.request, None)
        self.changed_requests.touch(request.request)
        return request

    def put_grant(self, grant: Grant) -> Grant:
        """Hold a grant as it is now."""
        self.grants[grant.grant] = grant
        if grant.awaits_review or grant.court_due_us is not None:
            self._due[grant.grant] = None
        else:
            self._due.pop(grant.grant, None)
        running = self._running.setdefault(grant.user, {})
        if grant.ended is None:
            running[grant.grant] = None
        else:
            running.pop(grant.grant, None)
        self.changed_grants.touch(grant.grant)
        return grant

    def of_user(self, user: UserId, now_us: int) -> Iterator[Grant]:
        """The grants that open something to the user now."""
        for name in self._running.get(user, ()):
            grant = self.grants[name]
            if grant.runs(now_us):
                yield grant

    def running(self) -> tuple[Grant, ...]:
        """All grants that have not ended."""
        return tuple(self.grants[name] for running in self._running.values() for name in running)

    def waiting(self) -> tuple[Request, ...]:
        """The requests that nobody has decided."""
        return tuple(self.requests[name] for name in self._waiting)

    def due(self) -> tuple[Grant, ...]:
        """The grants that a person has still to review, or a court to permit."""
        return tuple(self.grants[name] for name in self._due)

    def start(self, grant: Grant, reason: str, decisions: Decisions) -> Grant:
        """Let access run from now on."""
        decisions.log(
            GrantStarted(
                grant=grant.grant,
                request=grant.request,
                user=grant.user,
                person=grant.person,
                case=grant.case,
                purpose=grant.purpose,
                fields=tuple(sorted(grant.fields)),
                from_us=grant.from_us,
                to_us=grant.to_us,
                ends_us=grant.ends_us,
                break_glass=grant.break_glass,
                reason=reason,
            )
        )
        self.n_grants += 1
        return self.put_grant(grant)

    def end(self, grant: Grant, cause: str, by: tuple[UserId, str] | None, decisions: Decisions) -> Grant:
        """Stop access now; `by` is the person who did it with their reason, None for time and law."""
        user, reason = by if by is not None else (None, None)
        decisions.log(GrantEnded(grant=grant.grant, user=user, cause=cause, reason=reason))
        return self.put_grant(replace(grant, ended=cause, ends_us=min(grant.ends_us, decisions.now_us)))

    def pass_time(self, decisions: Decisions) -> None:
        """Let lapse what nobody decided, end what has run its time, and note reviews that are overdue."""
        now_us = decisions.now_us
        for request in self.waiting():
            if request.lapses_us <= now_us:
                self.lapse(request, decisions)
        for grant in self.running():
            if grant.ends_us <= now_us:
                self.end(grant, "expired", None, decisions)
        for grant in self.due():
            late = grant.review_due_us is not None and grant.review_due_us <= now_us
            if late and grant.awaits_review and not grant.review_overdue:
                decisions.log(ReviewOverdue(grant=grant.grant))
                self.put_grant(replace(grant, review_overdue=True))

    def lapse(self, request: Request, decisions: Decisions) -> None:
        """Let a request end undecided."""
        decisions.log(AccessLapsed(request=request.request))
        self.put_request(replace(request, state="lapsed"))

    def next_request(self) -> RequestId:
        """The name of the next request."""
        self.n_requests += 1
        return RequestId(f"REQ-{self.n_requests}")

    def next_grant(self) -> GrantId:
        """The name of the next grant."""
        return GrantId(f"GRANT-{self.n_grants + 1}")
