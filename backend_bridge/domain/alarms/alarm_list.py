"""The alarm list: which rows are open, what the watch's decisions do to them, and what time alone does."""

from collections.abc import Iterator
from dataclasses import replace

from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.alarms.alarm_state import (
    AGE_ANEW_AFTER_US,
    ESCALATE_AFTER_US,
    FLAPS_WITHIN_US,
    LiveAlarm,
    RowKey,
    priority_of,
    row_key,
)
from backend_bridge.domain.alarms.routing import Ear
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import AlarmId, CaseId
from backend_bridge.domain.outcomes.alarm_events import AlarmClosed, AlarmEscalated, AlarmReturned, AlarmUnshelved
from backend_bridge.domain.outcomes.changed import Changed
from backend_bridge.domain.outcomes.decisions import Decisions

ENDED = "ended"
"""Outcome of a row of low priority that was acknowledged and whose condition has stayed away."""


class AlarmList:
    """The open rows by the name of their first alarm; `changed` says which of them look different."""

    def __init__(self) -> None:
        self.rows: dict[AlarmId, LiveAlarm] = {}
        self.changed = Changed()
        self.changed_cases = Changed()
        """Cases of which a row is new, different or gone."""
        self._by_key: dict[RowKey, AlarmId] = {}
        self._row_of: dict[AlarmId, AlarmId] = {}
        self._by_case: dict[CaseId, dict[AlarmId, None]] = {}
        self._waiting: dict[AlarmId, None] = {}
        """Rows that time alone may change: unacknowledged red, shelved, or about to end."""
        self._heard: dict[AlarmId, frozenset[Ear]] = {}
        self._silent: frozenset[AlarmId] = frozenset()
        """Rows of silent devices whose condition holds, as of the change `_silent_of`."""
        self._silent_of = 0

    def __iter__(self) -> Iterator[LiveAlarm]:
        return iter(self.rows.values())

    def find(self, alarm: AlarmId) -> LiveAlarm | None:
        """The row that stands for an alarm."""
        return self.rows.get(self._row_of.get(alarm, alarm))

    def the(self, alarm: AlarmId) -> LiveAlarm:
        """The row that stands for an alarm; refuses where there is none."""
        row = self.find(alarm)
        if row is None:
            raise Refused(Code.UNKNOWN_ALARM, alarm)
        return row

    def heard_by(self, alarm: AlarmId) -> frozenset[Ear] | None:
        """Who has heard a row; None where it was never sounded."""
        return self._heard.get(alarm)

    def heard(self, alarm: AlarmId, ears: frozenset[Ear]) -> None:
        """A row was sounded at those seats, to those who sat there."""
        self._heard[alarm] = self._heard.get(alarm, frozenset()) | ears

    def n_silent(self) -> int:
        """How many devices are silent now; costs as much as has changed since it was asked last."""
        if self._silent_of != self.changed.revision:
            changed = [AlarmId(key) for key in self.changed.since(self._silent_of)]
            rows = (self.rows[alarm] for alarm in changed if alarm in self.rows)
            silent = [row.alarm for row in rows if row.newest.kind is AlarmKind.SILENT and row.holds]
            if silent or not self._silent.isdisjoint(changed):
                self._silent = self._silent.difference(changed).union(silent)
            self._silent_of = self.changed.revision
        return len(self._silent)

    def of_case(self, case: CaseId) -> tuple[LiveAlarm, ...]:
        """The rows of a case in the order in which they came."""
        return tuple(self.rows[alarm] for alarm in self._by_case.get(case, ()))

    def put(self, row: LiveAlarm) -> LiveAlarm:
        """Hold `row` as it is now."""
        self.rows[row.alarm] = row
        case = row.newest.case
        if case is not None:
            self._by_case.setdefault(case, {})[row.alarm] = None
            self.changed_cases.touch(case)
        if row.escalates or row.shelved_until_us is not None or _may_end(row):
            self._waiting[row.alarm] = None
        else:
            self._waiting.pop(row.alarm, None)
        self.changed.touch(row.alarm)
        return row

    def take(self, change: AlarmChange, decisions: Decisions) -> LiveAlarm | None:
        """The row after a decision of the watch; None where the row had been closed by a person already."""
        if change.step is AlarmStep.CLEARED:
            return self._cleared(change)
        row = self.find(change.alarm)
        if row is not None:
            return self.put(_graver(row, change, decisions))
        back = self.rows.get(self._by_key.get(row_key(change), AlarmId("")))
        if back is not None:
            return self._again(back, change, decisions)
        return self._new(change)

    def close(self, row: LiveAlarm) -> None:
        """Take a row off the list."""
        del self.rows[row.alarm]
        self._waiting.pop(row.alarm, None)
        self._heard.pop(row.alarm, None)
        for alarm in [alarm for alarm, first in self._row_of.items() if first == row.alarm]:
            del self._row_of[alarm]
        if self._by_key.get(row_key(row.newest)) == row.alarm:
            del self._by_key[row_key(row.newest)]
        if row.newest.case is not None:
            self._by_case[row.newest.case].pop(row.alarm, None)
            self.changed_cases.touch(row.newest.case)
        self.changed.touch(row.alarm)

    def end(self, row: LiveAlarm, decisions: Decisions) -> None:
        """Take a row off the list that nobody needs to close, and log it."""
        decisions.log(AlarmClosed(alarm=row.alarm, user=None, outcome=ENDED, note=None))
        self.close(row)

    def pass_time(self, decisions: Decisions) -> Iterator[LiveAlarm]:
        """What time alone does: escalations (yielded), the end of shelves, the end of what nobody needs to close."""
        for alarm in tuple(self._waiting):
            row = self.rows[alarm]
            if row.shelved_until_us is not None and row.shelved_until_us <= decisions.now_us:
                decisions.log(AlarmUnshelved(alarm=alarm, user=None))
                row = self.put(replace(row, shelved_until_us=None, alert_us=decisions.now_us, displayed_us=None))
            if _may_end(row) and decisions.now_us - (row.cleared_us or 0) > FLAPS_WITHIN_US:
                self.end(row, decisions)
            elif row.escalates and decisions.now_us - row.alert_us >= ESCALATE_AFTER_US[row.escalation]:
                yield self.put(replace(row, escalation=row.escalation + 1))

    def _new(self, change: AlarmChange) -> LiveAlarm:
        self._row_of[change.alarm] = change.alarm
        self._by_key[row_key(change)] = change.alarm
        row = LiveAlarm(
            alarm=change.alarm,
            newest=change,
            priority=priority_of(change.kind, change.level),
            active=frozenset({change.alarm}),
            since_us=change.known_us,
            alert_us=change.known_us,
            received_us=change.known_us,
            measured_us=change.happened_us,
        )
        return self.put(row)

    def _again(self, row: LiveAlarm, change: AlarmChange, decisions: Decisions) -> LiveAlarm:
        self._row_of[change.alarm] = row.alarm
        decisions.log(AlarmReturned(alarm=change.alarm, row=row.alarm, count=row.count + 1))
        graver = change.level is AlarmLevel.RED and not row.is_red
        was_over_us = row.cleared_us
        flaps = row.holds or change.known_us - (row.cleared_us or 0) <= FLAPS_WITHIN_US
        shown = change if graver or not row.holds else row.newest  # what holds is shown, not what is told of the past beside it
        row = replace(
            row,
            newest=shown,
            priority=priority_of(shown.kind, shown.level),
            active=row.active | {change.alarm},
            count=row.count + 1,
            cleared_us=None,
        )
        row = _unshelved(row, decisions) if graver else row
        if graver or not (flaps or row.incident is not None):
            row = _asks_anew(row, change)
        if was_over_us is not None and change.known_us - was_over_us > AGE_ANEW_AFTER_US:
            row = replace(row, since_us=change.known_us)
        return self.put(row)

    def _cleared(self, change: AlarmChange) -> LiveAlarm | None:
        row = self.find(change.alarm)
        if row is None:
            return None
        active = row.active - {change.alarm}
        return self.put(replace(row, active=active, cleared_us=None if active else change.known_us))


def escalated(row: LiveAlarm, seats: tuple[str, ...]) -> AlarmEscalated:
    """The entry that says who was told that nobody had acknowledged."""
    return AlarmEscalated(alarm=row.alarm, stage=row.escalation, seats=seats)


def _graver(row: LiveAlarm, change: AlarmChange, decisions: Decisions) -> LiveAlarm:
    beside_red = row.is_red and bool(row.active - {change.alarm})
    was_red = beside_red or (row.is_red and row.newest.alarm == change.alarm)  # not by an alarm about the past that is over
    shown = row.newest if beside_red else change
    row = replace(row, newest=shown, priority=priority_of(shown.kind, shown.level), active=row.active | {change.alarm}, cleared_us=None)
    row = _unshelved(row, decisions)
    return row if was_red else _asks_anew(row, change)


def _unshelved(row: LiveAlarm, decisions: Decisions) -> LiveAlarm:
    """The row back from its shelf, if it lies on one."""
    if row.shelved_until_us is None:
        return row
    decisions.log(AlarmUnshelved(alarm=row.alarm, user=None))
    return replace(row, shelved_until_us=None)


def _asks_anew(row: LiveAlarm, change: AlarmChange) -> LiveAlarm:
    """The row calls for an acknowledgement again because of `change`, of which its clocks are now; who owned it still does."""
    return replace(
        row,
        acknowledged_us=None,
        reason=None,
        escalation=0,
        measured_us=change.happened_us,
        received_us=change.known_us,
        alert_us=change.known_us,
        displayed_us=None,
    )


def _may_end(row: LiveAlarm) -> bool:
    return row.acknowledged and not row.holds and row.priority > 2 and row.incident is None and not row.latched
