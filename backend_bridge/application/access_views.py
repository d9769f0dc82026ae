"""Rows of requests, grants and the session: who asked for what, and what runs."""

from backend_bridge.application.access_rows import GrantRow, RequestRow
from backend_bridge.application.looking import Look, Sent
from backend_bridge.application.rows import SessionRow
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.access.grants import Grant, Request
from backend_bridge.domain.identifiers import GrantId, RequestId, UserId

ENDED_SHOWN = 200
"""Maximum number of requests, and of grants, that stay on the desks when they are over."""


class AccessCutter:
    """Which rows of requests and grants a desk has to be sent: one's own to everybody, all to those who decide or audit."""

    def __init__(self) -> None:
        self._requests = Sent(table=Table.REQUESTS)
        self._grants = Sent(table=Table.GRANTS)
        self._request = self._grant = 0

    def requests(self, look: Look) -> TableChange | None:
        """Rows of requests that are new or different since the last call."""
        book = look.room.grants
        keys = list(book.requests)[-ENDED_SHOWN:] if look.first else book.changed_requests.since(self._request)
        self._request = book.changed_requests.revision
        return self._requests.differ((key, _request_or_gone(look, RequestId(key))) for key in keys)

    def grants(self, look: Look) -> TableChange | None:
        """Rows of grants that are new or different since the last call."""
        book = look.room.grants
        keys = list(book.grants)[-ENDED_SHOWN:] if look.first else book.changed_grants.since(self._grant)
        self._grant = book.changed_grants.revision
        return self._grants.differ((key, _grant_or_gone(look, GrantId(key))) for key in keys)


def _request_or_gone(look: Look, key: RequestId) -> RequestRow | None:
    request = look.room.grants.requests.get(key)
    return request_row(look, request) if request is not None and _may(look, request.by) else None


def _grant_or_gone(look: Look, key: GrantId) -> GrantRow | None:
    grant = look.room.grants.grants.get(key)
    return grant_row(grant) if grant is not None and _may(look, grant.user) else None


def _may(look: Look, owner: UserId) -> bool:
    return owner == look.sight.user or bool(look.sight.may(Action.SEE_REQUESTS))


def request_row(look: Look, request: Request) -> RequestRow:
    """A request as the user sees it; `mine` is true for the human being who made it, under any account."""
    return RequestRow(
        request=request.request,
        by=request.by,
        person=request.person,
        case=request.case,
        purpose=request.purpose,
        reason=request.reason,
        from_us=request.from_us,
        to_us=request.to_us,
        minutes=request.minutes,
        area=request.area,
        fields=request.fields,
        paper=request.paper,
        on_behalf_of=request.on_behalf_of,
        made_us=request.made_us,
        lapses_us=request.lapses_us,
        state=request.state,
        approvals=tuple(approval.user for approval in request.approvals),
        n_approvals_needed=request.needed,
        decision_reason=request.decision_reason,
        mine=request.human == look.room.duty.person_of(look.sight.user) or request.by == look.sight.user,
    )


def grant_row(grant: Grant) -> GrantRow:
    """A grant, with the review that it may still need before its end."""
    state = "running"
    if grant.ended is not None:
        state = "expired" if grant.ended == "expired" else "ended"
    if grant.break_glass and (grant.ended is not None or grant.reviewed is not None):
        state = "awaiting-review" if grant.reviewed is None else "reviewed"
    return GrantRow(
        grant=grant.grant,
        request=grant.request,
        user=grant.user,
        person=grant.person,
        case=grant.case,
        purpose=grant.purpose,
        fields=tuple(sorted(grant.fields)),
        starts_us=grant.starts_us,
        ends_us=grant.ends_us,
        state=state,
        break_glass=grant.break_glass,
    )


def session_row(look: Look, seat: str) -> SessionRow | None:
    """Who sits at a desk; None where nobody does any more."""
    sitting = look.room.duty.sessions.get(seat)
    role = look.sight.role
    if sitting is None or role is None:
        return None
    return SessionRow(
        user=sitting.user,
        role=role,
        seat=seat,
        shift_started_us=sitting.since_us,
        expires_us=sitting.expires_us,
        exercise=look.room.exercise,
        tested_us=sitting.tested_us,
    )
