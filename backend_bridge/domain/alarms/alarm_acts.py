"""What people do to alarms: acknowledge, shelve, close, take over, hand over; each refused with a reason or done."""

from collections.abc import Callable
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.alarms.alarm_list import AlarmList
from backend_bridge.domain.alarms.alarm_state import ENDED_BY_PEOPLE, SYSTEM_OUTCOMES, UNSHELVABLE, LiveAlarm, answered_alone
from backend_bridge.domain.commands import (
    AcknowledgeAlarm,
    AcknowledgeGroup,
    CloseAlarm,
    CloseIncident,
    ReportDisplayed,
    ShelveAlarm,
    UnshelveAlarm,
    WorkTask,
)
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import AlarmId, UserId
from backend_bridge.domain.note import Remark
from backend_bridge.domain.outcomes.alarm_events import (
    AlarmAcknowledged,
    AlarmClosed,
    AlarmsDisplayed,
    AlarmShelved,
    AlarmTakenOver,
    AlarmUnshelved,
    ShiftHandedOver,
)
from backend_bridge.domain.outcomes.decisions import Decisions
from backend_bridge.domain.quantities import MICROSECONDS

MAX_SHELF_MINUTES: Final = 480
MAX_TEXT: Final = 4000


def said(text: str | None) -> str | None:
    """What a person wrote, without the space around it; None where nothing was written, refused where it is a book."""
    stripped = (text or "").strip()
    if len(stripped) > MAX_TEXT:
        raise Refused(Code.TEXT_TOO_LONG)
    return stripped or None


def remark(command: CloseAlarm | WorkTask | CloseIncident) -> Remark | None:
    """What a person wrote beside an outcome; None where nothing was written."""
    text = said(command.note)
    return None if text is None else Remark(text=text, about=command.about, statement=command.statement)


def must_say(text: str | None, code: Code) -> str:
    """What a person wrote; refuses with `code` where nothing was written."""
    words = said(text)
    if words is None:
        raise Refused(code)
    return words


def acknowledge(alarms: AlarmList, command: AcknowledgeAlarm, user: UserId, seat: str, decisions: Decisions) -> LiveAlarm:
    """The row, now owned by the user; an owned one is refused with its owner's name, a tamper without a reason too.

    So is one that has called anew since the call that the person saw: who pressed a key for an amber alarm has not seen that it is red.
    """
    row = alarms.the(command.alarm)
    if row.acknowledged:
        raise Refused(Code.ALREADY_ACKNOWLEDGED, str(row.owner))
    if command.call is not None and command.call != row.alert_us:
        raise Refused(Code.CALLED_ANEW)
    reason = said(command.reason)
    if row.newest.kind is AlarmKind.TAMPER and reason is None:
        raise Refused(Code.NEEDS_REASON)
    decisions.log(AlarmAcknowledged(alarm=row.alarm, user=user, seat=seat, reason=reason))
    return alarms.put(replace(row, owner=user, acknowledged_us=decisions.now_us, reason=reason, shelved_until_us=None))


def acknowledge_group(
    alarms: AlarmList, command: AcknowledgeGroup, may_see: Callable[[LiveAlarm], bool], by: tuple[UserId, str], decisions: Decisions
) -> tuple[LiveAlarm, ...]:
    """The rows that the command acknowledges, now owned by the user of `by` (with the seat); refuses where there is none.

    Passed over is what has called anew, has left the group, was put aside, has an incident or a message that reached nobody, or is
    `answered_alone`.
    """
    user, seat = by
    named = {row.alarm: row for row in map(alarms.find, command.alarms) if row is not None and may_see(row)}
    if not named:
        raise Refused(Code.UNKNOWN_ALARM, command.group)
    waiting = [row for row in named.values() if not row.acknowledged]
    if not waiting:
        raise Refused(Code.ALREADY_ACKNOWLEDGED, str(next(iter(named.values())).owner))
    called = _called(command)
    seen = [row for row in waiting if called[row.alarm] in (None, row.alert_us)]
    if not seen:
        raise Refused(Code.CALLED_ANEW)
    answered = [row for row in seen if row.group == command.group and _stands_with_others(row)]
    if not answered:
        raise Refused(Code.ANSWERED_ALONE)
    for row in answered:
        decisions.log(AlarmAcknowledged(alarm=row.alarm, user=user, seat=seat, reason=None, group=command.group))
    return tuple(alarms.put(replace(row, owner=user, acknowledged_us=decisions.now_us, reason=None)) for row in answered)


def _stands_with_others(row: LiveAlarm) -> bool:
    alone = answered_alone(row.newest.kind, row.newest.level)
    return not alone and row.shelved_until_us is None and row.incident is None and not row.not_reached


def shelve(alarms: AlarmList, command: ShelveAlarm, user: UserId, decisions: Decisions) -> None:
    """Put the row aside for a time."""
    row = alarms.the(command.alarm)
    if row.newest.kind in UNSHELVABLE or row.is_red:
        raise Refused(Code.NOT_SHELVABLE)
    if not 1 <= command.minutes <= MAX_SHELF_MINUTES:
        raise Refused(Code.SHELF_TOO_LONG)
    reason = must_say(command.reason, Code.NEEDS_REASON)
    until_us = decisions.now_us + command.minutes * 60 * MICROSECONDS
    decisions.log(AlarmShelved(alarm=row.alarm, user=user, until_us=until_us, reason=reason))
    alarms.put(replace(row, shelved_until_us=until_us))


def unshelve(alarms: AlarmList, command: UnshelveAlarm, user: UserId, decisions: Decisions) -> None:
    """Bring the row back now."""
    row = alarms.the(command.alarm)
    if row.shelved_until_us is None:
        raise Refused(Code.NOT_SHELVED)
    decisions.log(AlarmUnshelved(alarm=row.alarm, user=user))
    alarms.put(replace(row, shelved_until_us=None))


def close(alarms: AlarmList, command: CloseAlarm, user: UserId, outcomes: tuple[str, ...], decisions: Decisions) -> LiveAlarm:
    """Take the row off the list with an outcome; what it was is returned."""
    row = alarms.the(command.alarm)
    if not row.acknowledged:
        raise Refused(Code.NOT_ACKNOWLEDGED)
    if command.outcome not in outcomes:
        raise Refused(Code.UNKNOWN_OUTCOME, command.outcome)
    kind = row.newest.kind
    if row.holds and kind not in ENDED_BY_PEOPLE and row.priority <= 2 and command.outcome not in SYSTEM_OUTCOMES:
        raise Refused(Code.STILL_ACTIVE)
    note = remark(command)
    if (row.priority == 1 or kind in ENDED_BY_PEOPLE) and note is None:
        raise Refused(Code.NEEDS_NOTE)
    decisions.log(closing(row, user, command.outcome, note))
    alarms.close(row)
    return row


def closing(row: LiveAlarm, user: UserId, outcome: str, note: Remark | None) -> AlarmClosed:
    """The entry that a person closed a row."""
    if note is None:
        return AlarmClosed(alarm=row.alarm, user=user, outcome=outcome, note=None)
    return AlarmClosed(alarm=row.alarm, user=user, outcome=outcome, note=note.text, about=note.about, statement=note.statement)


def take_over(alarms: AlarmList, alarm: AlarmId, user: UserId, decisions: Decisions) -> LiveAlarm:
    """The row, now owned by the user."""
    row = alarms.the(alarm)
    if not row.acknowledged:
        raise Refused(Code.NOT_ACKNOWLEDGED)
    if row.owner == user:
        raise Refused(Code.ALREADY_OWNER)
    decisions.log(AlarmTakenOver(alarm=row.alarm, user=user, from_user=row.owner))
    return alarms.put(replace(row, owner=user))


def hand_over(alarms: AlarmList, user: UserId, to: UserId, note: str, decisions: Decisions) -> tuple[LiveAlarm, ...]:
    """All rows that the user owned, now the other's."""
    owned = tuple(row for row in alarms if row.owner == user)
    decisions.log(ShiftHandedOver(user=user, to=to, alarms=tuple(row.alarm for row in owned), note=said(note) or ""))
    return tuple(alarms.put(replace(row, owner=to)) for row in owned)


def displayed(alarms: AlarmList, command: ReportDisplayed, user: UserId, seat: str, decisions: Decisions) -> tuple[LiveAlarm, ...]:
    """Note when a desk first painted rows after they had called: the fourth of the five clocks; those noted by this, none twice a call.

    What was painted before the newest call says nothing of it: an amber row may be reported when it has become red.
    """
    called = _called(command)
    rows = ((alarms.find(alarm), call_us) for alarm, call_us in called.items())
    new = [row for row, call_us in rows if row is not None and row.displayed_us is None and call_us in (None, row.alert_us)]
    if not new:
        return ()
    names = tuple(row.alarm for row in new)
    decisions.log(AlarmsDisplayed(alarms=names, user=user, seat=seat, displayed_us=command.at_us))
    return tuple(alarms.put(replace(row, displayed_us=command.at_us)) for row in new)


def _called(command: AcknowledgeGroup | ReportDisplayed) -> dict[AlarmId, int | None]:
    """When each of the alarms made the call that a person or a screen has seen; None where that is not said."""
    return dict(zip_longest(command.alarms, command.calls[: len(command.alarms)]))
