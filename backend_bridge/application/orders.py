"""What comes from a shell on the bridge's machine, and what the bridge's own parts tell: entered as it comes."""

from dataclasses import replace
from typing import assert_never

from backend_bridge.application import (
    alarm_flow,
    case_register,
    destruction_acts,
    exercise_acts,
    removals,
    retention_acts,
    self_test,
    standings,
    warnings,
)
from backend_bridge.application.inbox import (
    AppsPaired,
    BeginExercise,
    BeginRule,
    CloseSession,
    CourseBegan,
    CourseEnded,
    CourseMoved,
    CourtDecided,
    EffectReport,
    EndOrder,
    EnrolDesk,
    EnrolGateway,
    FixesDeleted,
    ImportCases,
    Lag,
    LoginRefused,
    Milestone,
    News,
    NoteByOffice,
    NoteDestroyed,
    NoteShellRead,
    OpenSession,
    Order,
    PutUser,
    ResumeCase,
    RevokeGateway,
    ScenarioTaken,
    SelfTest,
    ShellAct,
    ShellExport,
    ShowInApp,
    TravelTimes,
    Trouble,
    UnitReport,
)
from backend_bridge.application.order_end_acts import Ended, end, enter
from backend_bridge.application.shell_exports import take_shell_export
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access import grant_acts
from backend_bridge.domain.access.access_table import Action, table_of
from backend_bridge.domain.access.disclosure import Detail
from backend_bridge.domain.access.duty import Sitting
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.errors import Refused
from backend_bridge.domain.identifiers import GrantId, UserId
from backend_bridge.domain.incidents.dispatch import Unit
from backend_bridge.domain.incidents.incident import Incident
from backend_bridge.domain.outcomes.access_events import DataRead, LoginFailed, ViewClosed, ViewOpened
from backend_bridge.domain.outcomes.bridge_events import (
    BridgeNoted,
    DeskEnrolled,
    GatewayEnrolled,
    GatewayRevoked,
    OrderEnded,
    TroubleChanged,
    UserChanged,
    UserRouted,
)
from backend_bridge.domain.outcomes.effects import EndSessions
from backend_bridge.domain.outcomes.exercise_events import ExerciseBegun
from backend_bridge.domain.outcomes.incident_events import DispatchMoved
from backend_bridge.domain.outcomes.lane_effects import AskKind, SendAsk
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.retention import ground_of
from backend_bridge.domain.user import User, route_words

RED_TROUBLES = frozenset({"disk-full", "store", "engine", "blind", "self-test", "thread"})
"""Troubles that keep the bridge from doing its work."""


def take_order(turn: Turn, order: Order) -> None:  # noqa: C901, PLR0912 - one line a kind of order
    """Enter one order; what is not known any more is left alone."""
    match order:
        case ImportCases():
            case_register.register(turn, order.cases, order.by)
        case ResumeCase():
            standings.resume(turn, order)
        case BeginExercise():
            _begin_exercise(turn, order)
        case EndOrder():
            _end_order(turn, order)
        case EnrolGateway():
            turn.room.devices.revoked.pop(order.gateway, None)
            turn.decisions.log(GatewayEnrolled(gateway=order.gateway, public_key=order.public_key, devices=order.devices, user=order.by))
        case RevokeGateway():
            turn.room.devices.revoked[order.gateway] = None
            alarm_flow.expect_nothing_of(turn, order.gateway)
            turn.decisions.log(GatewayRevoked(gateway=order.gateway, user=order.by))
        case EnrolDesk():
            turn.decisions.log(DeskEnrolled(desk=order.desk, public_key=order.public_key, user=order.by))
        case PutUser():
            put_user(turn, order)
        case NoteShellRead() | CourtDecided() | NoteByOffice():
            _note(turn, order)
        case ShellAct():
            destruction_acts.take_shell_act(turn, order)
        case ShellExport():
            take_shell_export(turn, order)
        case NoteDestroyed():
            destruction_acts.take_destroyed(turn, order)
        case LoginRefused():
            take_news(turn, order)
        case _:
            assert_never(order)


def _begin_exercise(turn: Turn, order: BeginExercise) -> None:
    """A room with cases stays what it is."""
    if not turn.room.registry.held and not turn.room.exercise:
        turn.room.exercise = turn.room.access.exercise = True
        turn.decisions.log(ExerciseBegun(user=order.by))


def _end_order(turn: Turn, order: EndOrder) -> None:
    if order.case not in turn.room.registry.held:
        return
    if order.ground is not None:
        enter(turn, order.case, order.at_us, (order.ground, order.reason), order.by)
    else:
        turn.decisions.log(OrderEnded(case=order.case, end_us=order.at_us, reason=order.reason, user=order.by))
        end(turn, Ended(case=order.case, at_us=order.at_us, destroys=ground_of(order.reason), by=order.by))


def put_user(turn: Turn, order: PutUser) -> None:
    """Enter a new or changed user; another role, or none, ends what the old one had opened, and the user's desks."""
    before = turn.room.duty.users.get(order.user)
    postcode = order.postcode or (before.postcode if before is not None else "")
    after = User(user=order.user, person=order.person, role=order.role, enabled=order.enabled, postcode=postcode, route=order.route)
    if before == after:
        return
    turn.room.duty.users[order.user] = after
    if before is not None and replace(before, route=after.route) == after:
        turn.decisions.log(UserRouted(user=order.user, route=route_words(order.route), by=order.by))
        return
    turn.decisions.log(UserChanged(user=order.user, person=order.person, role=order.role, enabled=order.enabled, by=order.by))
    if before is None:
        return
    grant_acts.role_lost(turn.room.grants, order.user, turn.decisions)
    for sitting in [each for each in turn.room.duty.sessions.values() if each.user == order.user]:
        _close(turn, sitting, "ended")
    turn.decisions.do(EndSessions(key=f"end-sessions/{order.user}/{turn.now_us}", user=order.user, reason="office-changed"))


def _note(turn: Turn, order: NoteShellRead | CourtDecided | NoteByOffice) -> None:
    match order:
        case NoteShellRead():
            turn.decisions.log(shell_read(order))
        case CourtDecided():
            if GrantId(order.grant) in turn.room.grants.grants:
                spoke = (order.permitted, order.number)
                grant_acts.court(turn.room.grants, GrantId(order.grant), order.by, spoke, turn.decisions)
        case NoteByOffice():
            removals.enter_label(turn, order)


def shell_read(order: NoteShellRead) -> DataRead:
    """The entry that a shell command which prints personal data leaves before it prints."""
    return DataRead(
        user=order.by,
        seat="shell",
        what=f"shell:{order.command}",
        case=None,
        person=None,
        device=None,
        purpose=None,
        from_us=None,
        to_us=None,
        allowed=True,
        why="store-key",
        grant=None,
        scope=order.scope,
    )


def take_news(turn: Turn, news: News) -> None:  # noqa: C901, PLR0912 - one line a kind of news
    """Enter one piece of news."""
    match news:
        case OpenSession():
            _open(turn, news)
        case CloseSession():
            sitting = turn.room.duty.sessions.get(news.seat)
            if sitting is not None:
                _close(turn, sitting, news.reason)
        case LoginRefused():
            turn.decisions.log(LoginFailed(user=news.user, desk=news.desk, reason=news.reason))
        case EffectReport():
            _report(turn, news)
        case UnitReport():
            _unit(turn, news)
        case TravelTimes():
            turn.room.roads.update({(news.destination, unit): seconds for unit, seconds in news.seconds})
            turn.room.changed_units.touch_all(unit for unit, _ in news.seconds)
        case Trouble():
            _trouble(turn, news)
        case Milestone():
            _milestone(turn, news)
        case CourseBegan() | CourseMoved() | CourseEnded() | ScenarioTaken():
            exercise_acts.take_news(turn, news)
        case SelfTest():
            self_test.take(turn, news)
        case FixesDeleted():
            retention_acts.done(turn, news)
        case Lag():
            turn.room.health.lag_s = news.behind_s
        case ShowInApp():
            _show_in_app(turn, news)
        case BeginRule():
            turn.room.disclosures.begin(news.rule, turn.decisions)
        case AppsPaired():
            turn.room.disclosures.apps[news.person] = news.n
        case _:
            assert_never(news)


def _open(turn: Turn, news: OpenSession) -> None:
    try:
        user = turn.room.duty.user(news.user)
    except Refused as refused:
        turn.decisions.log(LoginFailed(user=news.user, desk=news.desk, reason=refused.code.value))
        turn.decisions.do(EndSessions(key=f"end-sessions/{news.user}/{turn.now_us}", user=news.user, reason="unknown"))
        return
    before = turn.room.duty.sessions.get(news.seat)
    if before is not None and before.user != news.user:
        _close(turn, before, "elsewhere")
    turn.room.duty.sessions[news.seat] = Sitting(
        seat=news.seat, user=news.user, desk=news.desk, since_us=turn.now_us, expires_us=news.expires_us
    )
    allowed = table_of(user.role, exercise=turn.room.exercise)
    turn.decisions.log(
        ViewOpened(
            user=user.user,
            seat=news.seat,
            role=user.role,
            desk=news.desk,
            purpose=Purpose.COMPLIANCE,
            n_cases=len(turn.room.registry.held) if Action.SEE_CASE in allowed else 0,
            hides=tuple(action.value for action in Action if action.name.startswith("SEE_") and action not in allowed),
        )
    )


def _close(turn: Turn, sitting: Sitting, reason: str) -> None:
    del turn.room.duty.sessions[sitting.seat]
    turn.decisions.log(ViewClosed(user=sitting.user, seat=sitting.seat, reason=reason))
    alarm_flow.call_for_orphans(turn, sitting.user)


def _report(turn: Turn, report: EffectReport) -> None:
    if report.key in turn.room.incidents.messages.by_key:
        warnings.message_moved(turn, report.key, report.state, report.detail)
        return
    for incident in turn.room.incidents.opened():
        if any(dispatch.key == report.key for dispatch in incident.dispatches):
            dispatch_moved(turn, incident, report.key, report.state)


def dispatch_moved(turn: Turn, incident: Incident, key: str, state: str) -> None:
    """A dispatch got further; what it was already changes nothing."""
    moved = next(each for each in incident.dispatches if each.key == key)
    if not moved.under_way or moved.state == state:
        return
    after = replace(moved, state=state, state_us=turn.now_us)
    event = DispatchMoved(incident=incident.incident, unit=moved.unit, state=state, user=None)
    incident = replace(incident, dispatches=tuple(after if each is moved else each for each in incident.dispatches))
    turn.room.incidents.log(incident, event, turn.decisions, None, (("unit", moved.unit), ("state", state)))


def _unit(turn: Turn, news: UnitReport) -> None:
    before = turn.room.units.get(news.unit)
    state = news.state or (before.state if before is not None else "free")
    if before is not None and news.reported_us < before.reported_us:
        return
    turn.room.units[news.unit] = Unit(
        unit=news.unit,
        callsign=news.callsign,
        position=news.position,
        course_deg=news.course_deg,
        state=state,
        reported_us=news.reported_us,
    )
    turn.room.changed_units.touch(news.unit)
    if news.state in {"en-route", "on-scene"}:
        for incident in turn.room.incidents.opened():
            for dispatch in incident.dispatches:
                if dispatch.unit == news.unit and dispatch.under_way:
                    dispatch_moved(turn, turn.room.incidents.the(incident.incident), dispatch.key, news.state)


def _trouble(turn: Turn, news: Trouble) -> None:
    troubles = turn.room.health.troubles
    if news.on == (news.code in troubles):
        return
    turn.decisions.log(TroubleChanged(code=news.code, on=news.on, detail=news.detail))
    if news.on:
        troubles[news.code] = news.detail
        level = AlarmLevel.RED if news.code.partition(":")[0] in RED_TROUBLES else AlarmLevel.AMBER
        alarm_flow.take_changes(turn, turn.system_alarm(news.code, level, {"detail": news.detail}))
    else:
        del troubles[news.code]
        alarm_flow.take_changes(turn, turn.system_clear(news.code))


def _show_in_app(turn: Turn, news: ShowInApp) -> None:
    """Enter a disclosure to a protected person: what, to whom, and the distance that makes it urgent."""
    turn.room.disclosures.logged[news.case, news.about] = Detail(news.detail)
    near = "" if news.distance_m is None else f" at {news.distance_m} m"
    turn.decisions.log(
        DataRead(
            user=UserId("app"),
            seat=f"app:{news.about}",
            what="disclosure",
            case=news.case,
            person=news.subject,
            device=news.device,
            purpose=Purpose.VICTIM_NOTICE,
            from_us=None,
            to_us=None,
            allowed=True,
            why="disclosure-rule",
            grant=None,
            scope=f"{news.detail} to {news.about}{near}" + ("" if news.within_m is None else f", within {news.within_m:.0f} m"),
        )
    )


def _milestone(turn: Turn, news: Milestone) -> None:
    health = turn.room.health
    turn.decisions.log(BridgeNoted(what=news.what, detail=news.detail))
    match news.what:
        case "started":
            _started(turn)
        case "verified":
            health.verified_us = turn.now_us
        case "checkpoint":
            health.checkpoint_us = turn.now_us
        case "outside-copy":
            health.outside_copy_us = turn.now_us
        case _:
            pass


def _started(turn: Turn) -> None:
    """After a restart no desk is connected yet, and questions that gateways may not have got are put again.

    What did not work before is not known to be broken now: what still is will be told anew.
    """
    turn.room.health.started_us = turn.now_us
    turn.room.health.lag_s = 0.0
    for code in tuple(turn.room.health.troubles):
        _trouble(turn, Trouble(code=code, on=False))
    for sitting in tuple(turn.room.duty.sessions.values()):
        _close(turn, sitting, "restart")
    for ask in turn.room.devices.asks.values():
        turn.lane_effects.append(SendAsk(gateway=ask.gateway, id=ask.ask, device=ask.device, what=AskKind(ask.what), value=ask.value))
