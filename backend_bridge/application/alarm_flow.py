"""From a decision of the watch to what people hear and see: rows, groups, sounds, warnings, escalation, what is opened."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from backend_bridge.application import warnings
from backend_bridge.application.room_state import Room
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access.access_table import TABLE, Action
from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.alarms.alarm_list import escalated
from backend_bridge.domain.alarms.alarm_state import LiveAlarm
from backend_bridge.domain.alarms.kpi import Came, source_of
from backend_bridge.domain.alarms.routing import EVERYWHERE, Chair, first_for, still_hear
from backend_bridge.domain.identifiers import CaseId, GatewayName, UserId
from backend_bridge.domain.outcomes.access_events import ViewNarrowed, ViewWidened
from backend_bridge.domain.outcomes.alarm_events import AlarmEscalated, AlarmRouted
from backend_bridge.domain.outcomes.effects import SoundAlarm
from backend_bridge.domain.outcomes.lane_effects import AskKind
from backend_bridge.domain.outcomes.lane_events import LaneEvent, LinkChanged
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.user import Role

OPENS_MORE: Final = frozenset(AlarmKind) - {AlarmKind.BATTERY, AlarmKind.SYSTEM, AlarmKind.SEPARATED}
"""The kinds of alarm for which the protected person's position and the longer trail are needed."""
OPENED_FIELDS: Final = ("position", "track", "identity", "phones", "places")
LINK_AMBER_US: Final = 5 * MICROSECONDS
LINK_RED_US: Final = 60 * MICROSECONDS
BLIND_AFTER_US: Final = 60 * MICROSECONDS
BLIND_AT_LEAST: Final = 3
"""Fewer silent people than this never make the room blind."""
BLIND_SHARE: Final = 0.05
"""Share of those who are watched that may be silent before the room is called blind to them."""
LATCHED_BY_STRAP: Final = frozenset({AlarmKind.TAMPER})
USUAL_S: Final = 60.0
FAST_S: Final = 15.0
"""Interval between fixes that a device is asked for while an alarm about its wearer is red."""


def take_changes(turn: Turn, changes: Iterable[AlarmChange]) -> None:
    """Log the watch's decisions in their order and let the rows follow."""
    touched: dict[CaseId, None] = {}
    for change in changes:
        turn.decisions.log(change)
        known = change.alarm in turn.room.alarms.rows
        row = turn.room.alarms.take(change, turn.decisions)
        if row is not None and change.step is not AlarmStep.CLEARED:
            _call(turn, row, is_new=not known and row.alarm == change.alarm)
        if change.case is not None:
            touched[change.case] = None
    for case in touched:
        open_or_shut(turn, case)


def _call(turn: Turn, row: LiveAlarm, *, is_new: bool) -> None:
    """Let people hear of a raise or upgrade."""
    room = turn.room
    seats = len(room.duty.working_seats())
    if is_new:
        room.clusters.count(seats, turn.decisions)
        newest = row.newest
        source = source_of(newest.case, newest.kind, newest.zone or newest.ring or newest.about)
        room.kpi.note_came(Came(at_us=turn.now_us, priority=row.priority, source=source))
    gateway = room.devices.gateway.get(row.newest.device) if row.newest.device is not None else None
    row = room.clusters.group(room.alarms, row, gateway, turn.decisions)
    if _is_heard(turn, row):
        sound_first(turn, row)
    incident = room.incidents.open_of(row.newest.case)
    if incident is not None and row.is_red and row.incident is None:
        join(turn, row)
    warnings.warn_protected(turn, room.alarms.the(row.alarm))
    if row.is_red and row.newest.kind in {AlarmKind.APPROACH, AlarmKind.PROXIMITY, AlarmKind.EXCLUSION_ZONE, AlarmKind.SOS}:
        hurry(turn, row)


def _is_heard(turn: Turn, row: LiveAlarm) -> bool:
    """Red always sounds; amber does not in a flood, nor as a further member of a group that has sounded.

    What is over and waits to be acknowledged has sounded for another silence.
    """
    if row.acknowledged or row.shelved_until_us is not None:
        return False
    if row.is_red:
        return True
    others = (each for each in turn.room.alarms if each.group == row.group and each.alarm != row.alarm and each.holds)
    alone = row.group is None or not any(others)
    return alone and not _is_drowned(turn, row)


def _is_drowned(turn: Turn, row: LiveAlarm) -> bool:
    """Whether so many alarms come that this one had better be silent."""
    return turn.room.clusters.flood and not row.is_red and row.priority > 2


def sound(turn: Turn, row: LiveAlarm, seats: tuple[str, ...]) -> None:
    """Sound an alarm at `seats`; at all seats on duty where none is named."""
    turn.decisions.do(
        SoundAlarm(
            key=f"sound/{row.alarm}/{row.count}/{row.newest.level}/{row.escalation}/{turn.now_us}",
            alarm=row.alarm,
            kind=row.newest.kind,
            level=row.newest.level,
            priority=row.priority,
            escalation=row.escalation,
            seats=seats,
        )
    )
    ears = frozenset(chair.ear for chair in turn.room.duty.chairs() if not seats or chair.seat in seats)
    turn.room.alarms.heard(row.alarm, ears if seats else ears | {EVERYWHERE})


def sound_first(turn: Turn, row: LiveAlarm) -> None:
    """Sound an alarm where those sit whose it is first; everywhere where it is nobody's in particular."""
    chairs = routed_to(turn.room, row)
    if chairs:
        turn.decisions.log(AlarmRouted(alarm=row.alarm, users=tuple(dict.fromkeys(UserId(chair.user) for chair in chairs))))
    sound(turn, row, tuple(chair.seat for chair in chairs))


def routed_to(room: Room, row: LiveAlarm) -> tuple[Chair, ...]:
    """Who of those at desks an alarm comes to first; empty for everybody."""
    held = room.registry.held.get(row.newest.case) if row.newest.case is not None else None
    return first_for(row.newest.kind, None if held is None else held.case, room.duty.chairs())


def call_again(turn: Turn) -> None:
    """Somebody came, left or has another route: what waits and was heard by nobody there whose it is now sounds anew."""
    room = turn.room
    chairs = tuple(room.duty.chairs())
    for row in tuple(room.alarms):
        heard = room.alarms.heard_by(row.alarm)
        if heard is None or row.acknowledged or row.shelved_until_us is not None or _is_drowned(turn, row):
            continue
        if not still_hear(heard, routed_to(room, row), chairs):
            sound_first(turn, row)


def hurry(turn: Turn, row: LiveAlarm) -> None:
    """Ask the wearer's device for more frequent fixes, unless that was asked already and is not answered."""
    device = row.newest.device
    held = turn.room.registry.held.get(row.newest.case) if row.newest.case is not None else None
    if held is not None and held.case.subject.device is not None:
        device = held.case.subject.device
    asks = turn.room.devices.asks.values()
    if device is None or device not in turn.room.devices.gateway or any(ask.device == device and ask.what == "rate" for ask in asks):
        return
    turn.room.devices.hurried[device] = None
    turn.ask_device(device, AskKind.RATE, FAST_S, (row.newest.case, None))


def slow_down(turn: Turn, case: CaseId) -> None:
    """Ask a device that was hurried for its usual interval again, once nothing of its case needs more."""
    held = turn.room.registry.held.get(case)
    device = held.case.subject.device if held is not None else None
    if device is None or device not in turn.room.devices.hurried:
        return
    del turn.room.devices.hurried[device]
    if device in turn.room.devices.gateway:
        turn.ask_device(device, AskKind.RATE, USUAL_S, (case, None))


def call_for_orphans(turn: Turn, user: UserId) -> None:
    """Somebody left every desk and still owns red alarms whose condition holds: the supervisors hear of each at once."""
    if any(sitting.user == user for sitting in turn.room.duty.sessions.values()):
        return
    seats = tuple(each.seat for each in turn.room.duty.on_duty(Role.SUPERVISOR))
    for row in tuple(turn.room.alarms):
        if row.owner == user and row.is_red and row.holds:
            turn.decisions.log(AlarmEscalated(alarm=row.alarm, stage=2, seats=seats))
            sound(turn, row, seats)


def join(turn: Turn, row: LiveAlarm) -> LiveAlarm:
    """Put an alarm into the incident of its case that is being worked."""
    incident = turn.room.incidents.open_of(row.newest.case)
    if incident is None or row.incident is not None:
        return row
    turn.room.incidents.join(incident, row, turn.decisions)
    return turn.room.alarms.put(replace(row, incident=incident.incident))


def pass_time(turn: Turn) -> None:
    """What time alone does to alarms: escalations to a second seat, to the supervisors, or to somebody outside."""
    room = turn.room
    room.clusters.judge_flood(len(room.duty.working_seats()), turn.decisions)
    for row in tuple(room.alarms.pass_time(turn.decisions)):
        seats = _escalation_seats(turn, row)
        turn.decisions.log(escalated(row, seats))
        sound(turn, row, seats)
        if not room.duty.working_seats():
            warnings.tell_duty_officer(turn, row)
    for case in room.alarms.changed_cases.since(room.opened_revision):
        open_or_shut(turn, CaseId(case))
    room.opened_revision = room.alarms.changed_cases.revision


def _escalation_seats(turn: Turn, row: LiveAlarm) -> tuple[str, ...]:
    duty = turn.room.duty
    if row.escalation == 1:
        return tuple(each.seat for each in duty.on_duty(Role.OPERATOR, Role.SUPERVISOR) if each.user != row.owner)
    return tuple(each.seat for each in duty.on_duty(Role.SUPERVISOR))


def open_or_shut(turn: Turn, case: CaseId) -> None:
    """Show more of a case while an alarm needs it, and no longer; either is in the log before any row says so."""
    access = turn.room.access
    needed = [row for row in turn.room.alarms.of_case(case) if row.newest.kind in OPENS_MORE and _needs_more(turn, row)]
    if needed and case not in access.alarmed:
        held = turn.room.registry.held.get(case)
        persons = tuple(party.person for party in held.case.protected) if held is not None else ()
        event = ViewWidened(case=case, persons=persons, fields=OPENED_FIELDS, users=_watchers(turn), because=needed[0].alarm)
        turn.decisions.log(event)
        access.open_more(case, needed[0].since_us)
    elif not needed and case in access.alarmed:
        turn.decisions.log(ViewNarrowed(case=case, users=_watchers(turn)))
        access.open_less(case)
        slow_down(turn, case)


def _needs_more(turn: Turn, row: LiveAlarm) -> bool:
    incident = turn.room.incidents.incidents.get(row.incident) if row.incident is not None else None
    return row.holds or not row.acknowledged or (incident is not None and incident.is_open)


def _watchers(turn: Turn) -> tuple[UserId, ...]:
    """The users at desks whom an alarm opens more for."""
    duty = turn.room.duty
    roles = tuple(role for role in Role if Action.SEE_PROTECTED_POSITION in TABLE[role])
    return tuple(dict.fromkeys(session.user for session in duty.on_duty(*roles)))


def release(turn: Turn, row: LiveAlarm) -> None:
    """Let go of alarms that only a person ends."""
    for alarm in sorted(row.active):
        take_changes(turn, turn.room.watch.release(alarm, turn.now_us))


def after_closing(turn: Turn, row: LiveAlarm) -> None:
    """Let go of what the alarm held: its latch, and what it opened of its case."""
    release(turn, row)
    if row.newest.kind is AlarmKind.SYSTEM:
        turn.room.health.system.pop(str(row.newest.because.get("code")), None)
    if row.newest.case is not None:
        open_or_shut(turn, row.newest.case)


def take_links(turn: Turn, events: Iterable[LaneEvent]) -> None:
    """Remember which gateways are down, and end their alarm when they are back."""
    for event in events:
        turn.decisions.log(event)
        if not isinstance(event, LinkChanged):
            continue
        if event.state == "down" and event.gateway not in turn.room.devices.revoked:
            turn.room.clusters.down.setdefault(event.gateway, turn.now_us)
        else:
            expect_nothing_of(turn, event.gateway)


def expect_nothing_of(turn: Turn, gateway: GatewayName) -> None:
    """A gateway is back, or may come in no longer: that it was away is no trouble any more."""
    turn.room.clusters.down.pop(gateway, None)
    take_changes(turn, turn.system_clear(f"gateway-down:{gateway}"))


def judge_links(turn: Turn) -> None:
    """Raise the bridge's own alarms: a gateway that stays away, or no fix from anybody."""
    for gateway, since_us in tuple(turn.room.clusters.down.items()):
        away_us = turn.now_us - since_us
        if away_us >= LINK_AMBER_US:
            level = AlarmLevel.RED if away_us >= LINK_RED_US else AlarmLevel.AMBER
            take_changes(turn, turn.system_alarm(f"gateway-down:{gateway}", level, _gateway_figures(turn, gateway)))
    if turn.room.health.last_input_us is None:
        return
    blind = _blindness(turn, turn.room.health.last_input_us)
    if blind is not None:
        take_changes(turn, turn.system_alarm("blind", AlarmLevel.RED, blind))
    elif "blind" in turn.room.health.system:
        take_changes(turn, turn.system_clear("blind"))


def _blindness(turn: Turn, last_us: int) -> dict[str, float | int] | None:
    """The figures that show that the room is blind: nothing comes any more, or too many are silent at once; None while it sees."""
    n_silent = turn.room.alarms.n_silent()
    nothing = turn.now_us - last_us >= BLIND_AFTER_US
    if not nothing and n_silent < BLIND_AT_LEAST:
        return None
    n_watched = turn.room.registry.n_watched(turn.now_us)
    if nothing and n_watched:
        return {"silent_s": round((turn.now_us - last_us) / MICROSECONDS, 1), "n_watched": n_watched}
    if n_silent >= BLIND_AT_LEAST and n_silent > BLIND_SHARE * n_watched:
        return {"n_silent": n_silent, "n_watched": n_watched}
    return None


def _gateway_figures(turn: Turn, gateway: GatewayName) -> dict[str, str | int]:
    n = sum(each == gateway for each in turn.room.devices.gateway.values())
    return {"gateway": gateway, "n_devices": n}
