"""How a run of a scenario went: which expected acts were done, how fast, and whether the room decided what it should."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.identifiers import AlarmId, CaseId, IncidentId, UserId
from backend_bridge.domain.outcomes.access_events import GrantStarted
from backend_bridge.domain.outcomes.alarm_events import AlarmAcknowledged, AlarmClosed, AlarmReturned
from backend_bridge.domain.outcomes.events import Event
from backend_bridge.domain.outcomes.incident_events import (
    IncidentClosed,
    IncidentOpened,
    MessageOrdered,
    TaskOpened,
    TaskWorked,
    UnitDispatched,
)
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.scenarios.scenario import Do, Expectation, ExpectedAct, Scenario, Sign

PROTECTED: Final = "protected"
"""Whoever is protected, as the recipient of an expected message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of the log with its time."""

    at_us: int
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ActResult:
    """One expected act: when it was called for, when somebody did it."""

    act: ExpectedAct
    alarm: AlarmId | None
    """What called for it."""
    called_us: int | None
    """None: it was never called for."""
    done_us: int | None
    by: UserId | None
    outcome: str | None
    """The outcome that was chosen, where the act has one."""

    @property
    def seconds(self) -> float | None:
        """From the call to the act; None where one of them is missing."""
        return None if self.called_us is None or self.done_us is None else (self.done_us - self.called_us) / MICROSECONDS

    @property
    def in_time(self) -> bool:
        """Whether it was done within its limit."""
        return self.seconds is not None and self.seconds <= self.act.within_s

    @property
    def as_expected(self) -> bool:
        """Whether it was done in time and with the expected outcome."""
        return self.in_time and (self.act.outcome is None or self.outcome == self.act.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationResult:
    """One expectation of the room: how often it was seen, and when first."""

    expectation: Expectation
    count: int
    first_us: int | None

    @property
    def met(self) -> bool:
        """Whether it was seen as often as it should."""
        most = self.expectation.most
        return self.count >= self.expectation.least and (most is None or self.count <= most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """All that was expected of a run, and what came of it."""

    acts: tuple[ActResult, ...]
    expectations: tuple[ExpectationResult, ...]

    def share_in_time(self, do: Do, within_s: float) -> float | None:
        """Which share of the acts of a kind that were called for was done within so many seconds; None where none was called for."""
        called = [result for result in self.acts if result.act.do is do and result.called_us is not None]
        if not called:
            return None
        return sum(result.seconds is not None and result.seconds <= within_s for result in called) / len(called)


@dataclass(slots=True)
class _Log:
    """What the log says, by what it is looked for."""

    rows: dict[AlarmId, AlarmId] = field(default_factory=dict)
    alarms: dict[AlarmId, AlarmChange] = field(default_factory=dict)
    cases: dict[IncidentId, CaseId] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    protected: frozenset[str] = frozenset()
    """Everybody who is protected in the scenario."""


def assess(scenario: Scenario, entries: Sequence[Entry]) -> Assessment:
    """Measure a run by its log; people's acts count whoever did them, the bridge's own do not."""
    log = _Log(entries=list(entries), protected=frozenset(party.person for case in scenario.cases for party in case.protected))
    for entry in entries:
        match entry.event:
            case AlarmReturned(alarm=alarm, row=row):
                log.rows[alarm] = row
            case IncidentOpened(incident=incident, case=case):
                log.cases[incident] = case
            case AlarmChange(alarm=alarm):
                log.alarms.setdefault(alarm, entry.event)
            case _:
                pass
    acts = tuple(result for act in scenario.acts for result in _results(act, scenario, log))
    return Assessment(acts=acts, expectations=tuple(_seen(each, scenario, log) for each in scenario.expectations))


def calls(act: ExpectedAct, change: AlarmChange) -> bool:
    """Whether an alarm is one that calls for the act."""
    return (
        change.step is not AlarmStep.CLEARED
        and change.kind is act.on
        and (act.level is AlarmLevel.AMBER or change.level is AlarmLevel.RED)
        and act.case in {None, change.case}
    )


def _results(act: ExpectedAct, scenario: Scenario, log: _Log) -> Iterator[ActResult]:
    if act.on is None:
        called_us = scenario.starts_us + round((act.at_s or 0.0) * MICROSECONDS)
        yield _result(act, None, called_us, log)
        return
    known: set[AlarmId] = set()
    for entry in log.entries:
        if isinstance(entry.event, AlarmChange) and calls(act, entry.event):
            row = log.rows.get(entry.event.alarm, entry.event.alarm)
            if row not in known:
                known.add(row)
                yield _result(act, entry.event, entry.at_us, log)
            if not act.each:
                return
    if not known:
        yield ActResult(act=act, alarm=None, called_us=None, done_us=None, by=None, outcome=None)


def _result(act: ExpectedAct, change: AlarmChange | None, called_us: int, log: _Log) -> ActResult:
    row = None if change is None else log.rows.get(change.alarm, change.alarm)
    for entry in log.entries:
        done = _done(act, entry.event, row, log, act.case if change is None else change.case) if entry.at_us >= called_us else None
        if done is not None:
            return ActResult(act=act, alarm=row, called_us=called_us, done_us=entry.at_us, by=done[0], outcome=done[1])
    return ActResult(act=act, alarm=row, called_us=called_us, done_us=None, by=None, outcome=None)


def _done(act: ExpectedAct, event: Event, row: AlarmId | None, log: _Log, case: CaseId | None) -> tuple[UserId, str | None] | None:
    """Who did it, and with which outcome, if this entry says that it was done."""
    match act.do, event:
        case Do.ACKNOWLEDGE, AlarmAcknowledged(alarm=alarm, user=user) if row is None or alarm == row:
            return user, None
        case Do.TASK, TaskWorked(incident=incident, task=task, user=user, outcome=outcome) if task == act.task:
            return (user, outcome) if user is not None and log.cases.get(incident) == case else None
        case Do.DISPATCH, UnitDispatched(incident=incident, user=user) if log.cases.get(incident) == case:
            return user, None
        case Do.CLOSE, IncidentClosed(incident=incident, user=user, outcome=outcome) if log.cases.get(incident) == case:
            return user, outcome
        case Do.CLOSE_ALARM, AlarmClosed(alarm=alarm, user=user, outcome=outcome) if alarm == row:
            return None if user is None else (user, outcome)
        case Do.BREAK_GLASS, GrantStarted(user=user, break_glass=True, person=person) if person == act.person:
            return user, None
        case _:
            return None


def _seen(expectation: Expectation, scenario: Scenario, log: _Log) -> ExpectationResult:
    times = [
        entry.at_us
        for entry in log.entries
        if expectation.from_s <= (entry.at_us - scenario.starts_us) / MICROSECONDS <= expectation.to_s
        and _shows(expectation, entry.event, log)
    ]
    return ExpectationResult(expectation=expectation, count=len(times), first_us=times[0] if times else None)


def _shows(expectation: Expectation, event: Event, log: _Log) -> bool:
    match expectation.sign, event:
        case Sign.ALARM, AlarmChange(kind=kind, level=level, case=case, step=step):
            graver = expectation.level is None or level is expectation.level
            return step is not AlarmStep.CLEARED and kind is AlarmKind(expectation.name) and graver and expectation.case in {None, case}
        case Sign.TASK, TaskOpened(task=task, incident=incident):
            return task == expectation.name and expectation.case in {None, log.cases.get(incident)}
        case Sign.MESSAGE, MessageOrdered(recipient=recipient, case=case):
            names = {recipient, PROTECTED} if recipient in log.protected else {recipient}
            return expectation.name in names and expectation.case in {None, case}
        case Sign.ENTRY, _:
            return getattr(event, "entry", None) == expectation.name and expectation.case in {None, getattr(event, "case", None)}
        case _:
            return False
