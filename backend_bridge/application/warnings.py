"""Telling people outside: the protected person at once, the police when an incident opens; and how far each message got."""

from dataclasses import replace

from backend_bridge.application.turn import Turn
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.alarms.alarm_state import LiveAlarm
from backend_bridge.domain.case import Case, Party
from backend_bridge.domain.errors import Refused
from backend_bridge.domain.identifiers import AlarmId, CaseId, IncidentId
from backend_bridge.domain.incidents.incident import DUTY_OFFICER, Delivery, Incident, task_of
from backend_bridge.domain.incidents.jurisdiction import NOT_REACHED_TASK, Jurisdiction, WarnRule, rules_of
from backend_bridge.domain.outcomes.effects import NotifyProtected, SendMessage
from backend_bridge.domain.outcomes.incident_events import MessageMoved, MessageOrdered, ProtectedNotReached
from backend_bridge.domain.outcomes.lane_effects import AskKind
from backend_bridge.domain.quantities import MICROSECONDS, LatLon
from backend_bridge.domain.watching.registry import person_of

_ORDER = ("pending", "sent", "delivered", "seen")


def warn_protected(turn: Turn, row: LiveAlarm) -> None:
    """Warn the protected persons that an alarm is about, as the order's country says; each kind and level once in a while."""
    case = _case_of(turn, row)
    if case is None:
        return
    rules = rules_of(case.jurisdiction)
    rule = next((each for each in rules.warnings if row.newest.kind in each.kinds and row.newest.level in each.levels), None)
    if rule is None:
        return
    for party in case.protected:
        if row.newest.about in {None, party.person} and _is_due(turn, case, party, row, rule):
            _warn(turn, row, case, party, rule)


def _is_due(turn: Turn, case: Case, party: Party, row: LiveAlarm, rule: WarnRule) -> bool:
    key = (case.case, party.person, f"{row.newest.kind}/{row.newest.level}")
    last_us = turn.room.warned.get(key)
    if last_us is not None and turn.now_us - last_us < rule.again_after_s * MICROSECONDS:
        return False
    turn.room.warned[key] = turn.now_us
    return True


def _warn(turn: Turn, row: LiveAlarm, case: Case, party: Party, rule: WarnRule) -> None:
    for channel in rule.channels:
        delivery = _order(turn, (case.case, row.alarm), channel, party.person, rule.text)
        delivery = replace(delivery, person=party.person)
        turn.room.incidents.messages.waiting[delivery.delivery] = None
        if channel == "app":
            _by_app(turn, case, party, delivery)
        else:
            _by_sms(turn, case, party, delivery)


def _by_app(turn: Turn, case: Case, party: Party, delivery: Delivery) -> None:
    if party.device is None:
        _hold(turn, replace(delivery, state="failed", detail="no-device"))
        return
    try:
        ask = turn.ask_device(party.device, AskKind.NOTIFY, delivery.text, (case.case, None))
    except Refused as refused:
        _hold(turn, replace(delivery, state="failed", detail=refused.code.value))
        return
    turn.room.incidents.messages.by_ask[ask] = delivery.delivery
    _hold(turn, delivery)


def _by_sms(turn: Turn, case: Case, party: Party, delivery: Delivery) -> None:
    person = person_of(case, party.person)
    if person is None or not person.phones:
        _hold(turn, replace(delivery, state="failed", detail="no-phone"))
        return
    _hold(turn, delivery)
    turn.decisions.do(NotifyProtected(key=delivery.delivery, case=case.case, person=party.person, phones=person.phones, text=delivery.text))


def tell_police(turn: Turn, incident: Incident, row: LiveAlarm, place: LatLon | None) -> None:
    """Send the notice that the law asks for over each of the police's channels."""
    rules = rules_of(incident.jurisdiction)
    text = notice_text(rules, row)
    for channel in rules.police_channels:
        delivery = _order(turn, (incident.case, row.alarm), channel, rules.police_recipient, text)
        _send(turn, delivery, row.newest.level, incident.incident, place)


def tell_police_of_case(turn: Turn, case: Case, alarm: AlarmId, text: str) -> None:
    """Tell the police something of a case that belongs to no incident, because of an amber alarm of the bridge's own."""
    rules = rules_of(case.jurisdiction)
    for channel in rules.police_channels:
        delivery = _order(turn, (case.case, alarm), channel, rules.police_recipient, text)
        _send(turn, delivery, AlarmLevel.AMBER)


def tell_duty_officer(turn: Turn, row: LiveAlarm) -> None:
    """Reach somebody outside when a red alarm waits and nobody sits at any desk."""
    text = f"[Bongsu] {row.newest.kind} {row.newest.level} {row.newest.case or 'room'}: nobody has acknowledged"
    delivery = _order(turn, (row.newest.case, row.alarm), "sms", DUTY_OFFICER, text)
    _send(turn, delivery, row.newest.level)


def _send(turn: Turn, delivery: Delivery, level: AlarmLevel, incident: IncidentId | None = None, place: LatLon | None = None) -> None:
    _hold(turn, delivery)
    turn.decisions.do(
        SendMessage(
            key=delivery.delivery,
            channel=delivery.channel,
            incident=incident,
            case=delivery.case,
            recipient=delivery.recipient,
            text=delivery.text,
            place=place,
            radius_m=None,
            level=level,
            exercise=turn.room.exercise,
        )
    )


def notice_text(rules: Jurisdiction, row: LiveAlarm) -> str:
    """The compact text of the notice to the police."""
    because = row.newest.because
    distance, contact = because.get("distance_m"), because.get("contact_s")
    return rules.police_notice.format(
        case=row.newest.case,
        kind=row.newest.kind,
        level=row.newest.level,
        happened=f"{row.newest.happened_us // MICROSECONDS}",
        distance="-" if distance is None else f"{distance} m",
        contact="-" if contact is None else f"{contact} s",
    )


def _order(turn: Turn, about: tuple[CaseId | None, AlarmId], channel: str, recipient: str, text: str) -> Delivery:
    case, alarm = about
    messages = turn.room.incidents.messages
    incident = turn.room.incidents.open_of(case)
    messages.n_ordered += 1
    name = f"MSG-{messages.n_ordered}"
    event = MessageOrdered(
        delivery=name,
        channel=channel,
        recipient=recipient,
        case=case,
        incident=incident.incident if incident else None,
        alarm=alarm,
        text=text,
    )
    if incident is None:
        turn.decisions.log(event)
    else:
        turn.room.incidents.log(incident, event, turn.decisions, None, (("channel", channel), ("recipient", recipient)))
    delivery = Delivery(
        delivery=name,
        channel=channel,
        recipient=recipient,
        case=case,
        alarm=alarm,
        person=None,
        state="pending",
        text=text,
        ordered_us=turn.now_us,
        at_us=turn.now_us,
    )
    messages.by_key[name] = delivery
    return delivery


def _hold(turn: Turn, delivery: Delivery) -> None:
    turn.room.incidents.messages.by_key[delivery.delivery] = delivery
    if delivery.state == "failed":
        turn.decisions.log(MessageMoved(delivery=delivery.delivery, state="failed", detail=delivery.detail))
    _show(turn, delivery)


def _show(turn: Turn, delivery: Delivery) -> None:
    """Let the incident of the message, where there is one, show it as it stands."""
    incident = turn.room.incidents.open_of(delivery.case)
    if incident is None:
        return
    if delivery.delivery not in incident.deliveries:
        incident = replace(incident, deliveries=(*incident.deliveries, delivery.delivery))
    turn.room.incidents.put(incident)


def message_moved(turn: Turn, key: str, state: str, detail: str | None) -> None:
    """A message got further; what comes late or twice changes nothing, and nothing goes back."""
    messages = turn.room.incidents.messages
    delivery = messages.by_key.get(key)
    if delivery is None or not _is_news(delivery.state, state):
        return
    delivery = replace(delivery, state=state, detail=detail, at_us=turn.now_us)
    messages.by_key[key] = delivery
    turn.decisions.log(MessageMoved(delivery=key, state=state, detail=detail))
    if delivery.reached:
        for other in _siblings(turn, delivery):
            messages.waiting.pop(other, None)
    _show(turn, delivery)


def _is_news(was: str, now: str) -> bool:
    if now == "failed":
        return was in {"pending", "sent"}
    if now not in _ORDER:
        return False
    return was == "failed" or _ORDER.index(now) > _ORDER.index(was)


def _siblings(turn: Turn, delivery: Delivery) -> tuple[str, ...]:
    """The warnings of the same person that wait: one that arrives answers for all."""
    by_key = turn.room.incidents.messages.by_key
    waiting = turn.room.incidents.messages.waiting
    return tuple(key for key in waiting if by_key[key].person == delivery.person and by_key[key].case == delivery.case)


def pass_time(turn: Turn) -> None:
    """A warning that reached nobody in its time becomes a step for a person, and is shown on the alarm."""
    messages = turn.room.incidents.messages
    within_us = NOT_REACHED_TASK.within_s or 60
    for key in tuple(messages.waiting):
        delivery = messages.by_key[key]
        if turn.now_us - delivery.ordered_us < within_us * MICROSECONDS:
            continue
        for other in _siblings(turn, delivery):
            messages.waiting.pop(other, None)
        turn.decisions.log(ProtectedNotReached(case=delivery.case, person=delivery.person, alarm=delivery.alarm))
        row = turn.room.alarms.find(delivery.alarm) if delivery.alarm is not None else None
        if row is not None:
            turn.room.alarms.put(replace(row, not_reached=True))
        incident = turn.room.incidents.open_of(delivery.case)
        if incident is not None:
            turn.room.incidents.open_task(incident, task_of(NOT_REACHED_TASK, turn.now_us), turn.decisions)


def _case_of(turn: Turn, row: LiveAlarm) -> Case | None:
    held = turn.room.registry.held.get(row.newest.case) if row.newest.case is not None else None
    return held.case if held is not None else None
