"""What people do about access: ask, decide, end, break the glass, review; no one ever about their own."""

from dataclasses import replace

from backend_bridge.domain.access.access_table import FIELDS
from backend_bridge.domain.access.duty import Duty
from backend_bridge.domain.access.grants import (
    BREAK_GLASS_FIELDS,
    BREAK_GLASS_MINUTES,
    COURT_WITHIN_US,
    LAPSES_AFTER_US,
    MAX_MINUTES,
    REVIEW_WITHIN_US,
    Approval,
    Grant,
    GrantBook,
    Request,
)
from backend_bridge.domain.alarms.alarm_acts import must_say, said
from backend_bridge.domain.commands import BreakGlass, DecideRequest, EndGrant, RequestAccess, ReviewBreakGlass
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import GrantId, UserId
from backend_bridge.domain.incidents.jurisdiction import Jurisdiction
from backend_bridge.domain.outcomes.access_events import AccessDecided, AccessRequested, CourtSpoke, GlassReviewed
from backend_bridge.domain.outcomes.decisions import Decisions
from backend_bridge.domain.outcomes.effects import DestroyDelivered
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.user import Role, User

_MINUTE_US = 60 * MICROSECONDS


def ask(book: GrantBook, user: User, command: RequestAccess, rules: Jurisdiction, decisions: Decisions) -> Request:
    """A request that waits for somebody else."""
    _check_asked(command, rules)
    number = str(command.purpose)[:1]
    needed = 2 if rules.two_approvers & {number, *command.fields} else 1
    request = Request(
        request=book.next_request(),
        by=user.user,
        human=user.person,
        person=command.person,
        case=command.case,
        purpose=command.purpose,
        reason=must_say(command.reason, Code.NEEDS_REASON),
        from_us=command.from_us,
        to_us=command.to_us,
        minutes=command.minutes,
        area=command.area,
        fields=tuple(sorted(set(command.fields))),
        paper=said(command.paper),
        on_behalf_of=said(command.on_behalf_of),
        made_us=decisions.now_us,
        lapses_us=decisions.now_us + LAPSES_AFTER_US,
        needed=needed,
    )
    decisions.log(_requested(request))
    return book.put_request(request)


def _check_asked(command: RequestAccess, rules: Jurisdiction) -> None:
    if command.purpose is Purpose.COMPLIANCE:
        raise Refused(Code.ROUTINE_PURPOSE)
    if not 1 <= command.minutes <= MAX_MINUTES:
        raise Refused(Code.BAD_DURATION)
    if command.to_us <= command.from_us:
        raise Refused(Code.BAD_PERIOD)
    if not command.fields or not set(command.fields) <= FIELDS:
        raise Refused(Code.BAD_FIELDS)
    permitted = said(command.paper) is not None and said(command.on_behalf_of) is not None
    if str(command.purpose)[:1] in rules.court_permission and not permitted:
        raise Refused(Code.NEEDS_PAPER)


def _requested(request: Request) -> AccessRequested:
    return AccessRequested(
        request=request.request,
        user=request.by,
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
        approvals_needed=request.needed,
        lapses_us=request.lapses_us,
    )


def decide(book: GrantBook, duty: Duty, user: User, command: DecideRequest, decisions: Decisions) -> Grant | None:
    """The grant that starts with this decision; None where it is a no, or where another yes is needed."""
    request = book.request(command.request)
    if request.state != "waiting" or request.lapses_us <= decisions.now_us:
        raise Refused(Code.REQUEST_DECIDED)
    _must_be_another(duty, user, request)
    reason = must_say(command.reason, Code.NEEDS_REASON)
    if command.decision == "deny":
        book.put_request(replace(request, state="denied", decision_reason=reason))
        decisions.log(_decided(request, user, "deny", reason))
        return None
    if command.decision not in {"approve", "narrow"}:
        raise Refused(Code.UNKNOWN_DECISION)
    if command.decision == "narrow":
        request = _narrowed(request, command)
    if any(approval.human == user.person or approval.user == user.user for approval in request.approvals):
        raise Refused(Code.SAME_APPROVER)
    request = replace(request, approvals=(*request.approvals, Approval(user=user.user, human=user.person)), decision_reason=reason)
    decisions.log(_decided(request, user, command.decision, reason))
    valid = [each for each in request.approvals if _still_decides(duty, each)]
    if len(valid) < request.needed:
        book.put_request(request)
        return None
    book.put_request(replace(request, state="narrowed" if request.narrowed else "approved"))
    return book.start(_grant_of(book, request, decisions.now_us), request.reason, decisions)


def _must_be_another(duty: Duty, user: User, request: Request) -> None:
    """Refuse whoever made the request, entered it for somebody, or is the one it was entered for, by any account."""
    mine = request.by == user.user or request.human == user.person or duty.same_person(request.by, user.user)
    for_me = request.on_behalf_of is not None and request.on_behalf_of in {user.user, user.person}
    if mine or for_me:
        raise Refused(Code.OWN_REQUEST)


def _still_decides(duty: Duty, approval: Approval) -> bool:
    user = duty.users.get(approval.user)
    return user is not None and user.enabled and user.role is Role.SUPERVISOR and user.person == approval.human


def _narrowed(request: Request, command: DecideRequest) -> Request:
    minutes = request.minutes if command.minutes is None else command.minutes
    fields = request.fields if command.fields is None else tuple(sorted(set(command.fields)))
    from_us = request.from_us if command.from_us is None else command.from_us
    to_us = request.to_us if command.to_us is None else command.to_us
    inside = request.from_us <= from_us < to_us <= request.to_us
    if not (1 <= minutes <= request.minutes and fields and set(fields) <= set(request.fields) and inside):
        raise Refused(Code.NOT_NARROWER)
    return replace(request, minutes=minutes, fields=fields, from_us=from_us, to_us=to_us, narrowed=True)


def _decided(request: Request, user: User, decision: str, reason: str) -> AccessDecided:
    return AccessDecided(
        request=request.request,
        user=user.user,
        decision=decision,
        reason=reason,
        minutes=request.minutes,
        fields=request.fields,
        from_us=request.from_us,
        to_us=request.to_us,
    )


def _grant_of(book: GrantBook, request: Request, now_us: int) -> Grant:
    return Grant(
        grant=book.next_grant(),
        request=request.request,
        user=request.by,
        human=request.human,
        person=request.person,
        case=request.case,
        purpose=request.purpose,
        fields=frozenset(request.fields),
        from_us=request.from_us,
        to_us=request.to_us,
        starts_us=now_us,
        ends_us=now_us + request.minutes * _MINUTE_US,
    )


def end(book: GrantBook, user: User, command: EndGrant, decisions: Decisions) -> Grant:
    """The grant, ended; its own user may end it too."""
    grant = book.grant(command.grant)
    if not grant.runs(decisions.now_us):
        raise Refused(Code.GRANT_OVER)
    reason = must_say(command.reason, Code.NEEDS_REASON)
    return book.end(grant, "ended", (user.user, reason), decisions)


def break_glass(book: GrantBook, user: User, command: BreakGlass, rules: Jurisdiction, decisions: Decisions) -> Grant:
    """Access at once; somebody else must review it within a day, and a court permit it where its purpose needs that."""
    if command.purpose is Purpose.COMPLIANCE:
        raise Refused(Code.ROUTINE_PURPOSE)
    now_us = decisions.now_us
    needs_court = str(command.purpose)[:1] in rules.court_permission
    grant = Grant(
        grant=book.next_grant(),
        request=None,
        user=user.user,
        human=user.person,
        person=command.person,
        case=command.case,
        purpose=command.purpose,
        fields=frozenset(BREAK_GLASS_FIELDS),
        from_us=now_us - LAPSES_AFTER_US,
        to_us=now_us + BREAK_GLASS_MINUTES * _MINUTE_US,
        starts_us=now_us,
        ends_us=now_us + BREAK_GLASS_MINUTES * _MINUTE_US,
        break_glass=True,
        review_due_us=now_us + REVIEW_WITHIN_US,
        court_due_us=now_us + COURT_WITHIN_US if needs_court else None,
    )
    return book.start(grant, must_say(command.reason, Code.NEEDS_REASON), decisions)


def review(book: GrantBook, duty: Duty, user: User, command: ReviewBreakGlass, decisions: Decisions) -> Grant:
    """The use of break-glass, reviewed by somebody else; one that was not right ends at once."""
    grant = book.grant(command.grant)
    if not grant.break_glass:
        raise Refused(Code.NOT_BREAK_GLASS)
    if grant.reviewed is not None:
        raise Refused(Code.GRANT_OVER)
    if grant.user == user.user or grant.human == user.person or duty.same_person(grant.user, user.user):
        raise Refused(Code.OWN_USE)
    reason = must_say(command.reason, Code.NEEDS_REASON)
    decisions.log(GlassReviewed(grant=grant.grant, user=user.user, justified=command.justified, reason=reason))
    grant = book.put_grant(replace(grant, reviewed=command.justified))
    if not command.justified and grant.ended is None:
        grant = book.end(grant, "ended", (user.user, reason), decisions)
    return grant


def court(book: GrantBook, name: GrantId, by: UserId, spoke: tuple[bool, str], decisions: Decisions) -> None:
    """What a court said about emergency access; a refusal ends it and destroys what was handed out."""
    grant = book.grant(name)
    permitted, number = spoke
    decisions.log(CourtSpoke(grant=name, user=by, permitted=permitted, number=number))
    book.put_grant(replace(grant, court_due_us=None))
    if not permitted:
        refuse_by_court(book, name, decisions)


def refuse_by_court(book: GrantBook, name: GrantId, decisions: Decisions) -> None:
    """End emergency access that no court permitted, and have what was handed out destroyed."""
    grant = replace(book.grant(name), court_due_us=None)
    book.put_grant(grant)
    if grant.ended is None:
        book.end(grant, "court-refused", None, decisions)
    decisions.do(DestroyDelivered(key=f"destroy/{name}", grant=name, case=grant.case, person=grant.person))


def pass_court_time(book: GrantBook, decisions: Decisions) -> None:
    """Treat a permission that did not come in its time as refused."""
    for grant in book.due():
        if grant.court_due_us is not None and grant.court_due_us <= decisions.now_us:
            refuse_by_court(book, grant.grant, decisions)


def role_lost(book: GrantBook, user: UserId, decisions: Decisions) -> None:
    """End everything that a user had or asked for: their role is another, or none."""
    for grant in [each for each in book.running() if each.user == user]:
        book.end(grant, "office-lost", None, decisions)
    for request in [each for each in book.waiting() if each.by == user]:
        book.lapse(request, decisions)
