"""An acknowledged red alarm being worked: its steps with their timers, who was sent, who was told."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import AlarmId, CaseId, IncidentId, PersonId, UnitId, UserId
from backend_bridge.domain.incidents.jurisdiction import Jurisdiction, TaskRule
from backend_bridge.domain.note import NoteAbout, Remark, Statement
from backend_bridge.domain.quantities import MICROSECONDS, LatLon
from backend_bridge.domain.spoken_place import SpokenPlace

DUTY_OFFICER: Final = "duty-officer"
"""Who gets a message when a red alarm waits and nobody sits at any desk; the one recipient that is neither a person nor a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One step of the working of an incident."""

    rule: TaskRule
    state: str
    """`open`, `done`, `failed`, `not-needed`."""
    opened_us: int
    due_us: int | None
    done_us: int | None = None
    by: UserId | None = None
    outcome: str | None = None
    note: str | None = None
    about: NoteAbout | None = None
    statement: Statement | None = None
    overdue: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody."""
        return self.state == "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """A unit sent to a place."""

    unit: UnitId
    destination: LatLon
    label: str
    sent_us: int
    state: str
    state_us: int
    by: UserId
    key: str
    """The effect that carries it."""
    spoken: SpokenPlace | None = None
    """What `label` says, without its language; None where it was not said so."""

    @property
    def under_way(self) -> bool:
        """Whether the unit still works for this incident."""
        return self.state not in {"done", "refused", "failed", "recalled"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A message to somebody outside, and how far it got."""

    delivery: str
    channel: str
    recipient: str
    case: CaseId | None
    alarm: AlarmId | None
    person: PersonId | None
    """The protected person it warns; None for an office."""
    state: str
    text: str
    ordered_us: int
    at_us: int
    detail: str | None = None

    @property
    def reached(self) -> bool:
        """Whether it came to a person's device."""
        return self.state in {"delivered", "seen"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A line of the timeline; `n` is the log entry that says so."""

    n: int
    at_us: int
    event: str
    by: UserId | None
    detail: tuple[tuple[str, str | float | int | bool | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What is done about the red alarms of a case from the first acknowledgement to the outcome."""

    incident: IncidentId
    case: CaseId
    jurisdiction: str
    alarms: tuple[AlarmId, ...]
    kinds: frozenset[AlarmKind]
    opened_us: int
    owner: UserId
    device_us: int
    """The five clocks, of one step of the alarm that opened it: when that happened, was received, judged, on a screen, acknowledged."""
    received_us: int
    evaluated_us: int
    displayed_us: int | None
    acknowledged_us: int
    tasks: tuple[Task, ...] = ()
    dispatches: tuple[Dispatch, ...] = ()
    deliveries: tuple[str, ...] = ()
    timeline: tuple[Happening, ...] = ()
    closed_us: int | None = None
    outcome: str | None = None
    note: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still worked."""
        return self.closed_us is None

    def task(self, name: str) -> Task:
        """The newest step of that name; refuses where there is none."""
        for task in reversed(self.tasks):
            if task.rule.task == name:
                return task
        raise Refused(Code.UNKNOWN_TASK, name)

    def next_task(self) -> Task | None:
        """The open step that is due first; those without a time limit last."""
        waiting = [task for task in self.tasks if task.is_open]
        return min(waiting, key=lambda task: (task.due_us is None, task.due_us or 0, task.opened_us), default=None)


def task_of(rule: TaskRule, now_us: int) -> Task:
    """A step opened now."""
    due_us = None if rule.within_s is None else now_us + rule.within_s * MICROSECONDS
    return Task(rule=rule, state="open", opened_us=now_us, due_us=due_us)


def first_tasks(rules: Jurisdiction, kinds: frozenset[AlarmKind], have: frozenset[str], now_us: int) -> Iterator[Task]:
    """The steps that alarms of `kinds` ask for at once, without those that the incident has already."""
    for rule in rules.tasks:
        asked = rule.kinds is None or bool(rule.kinds & kinds)
        if rule.after is None and asked and rule.task not in have:
            yield task_of(rule, now_us)


def following_tasks(rules: Jurisdiction, worked: Task, have: frozenset[str], now_us: int) -> Iterator[Task]:
    """The steps that the outcome of another one asks for."""
    for rule in rules.tasks:
        follows = rule.after == worked.rule.task and (not rule.after_outcomes or worked.outcome in rule.after_outcomes)
        if follows and rule.task not in have:
            yield task_of(rule, now_us)


def worked(incident: Incident, name: str, by: UserId | None, result: tuple[str, Remark | None], now_us: int) -> tuple[Incident, Task]:
    """The incident after a step ended with an outcome and a note, and that step; refuses an outcome not on its list."""
    task = incident.task(name)
    outcome, note = result
    if not task.is_open:
        raise Refused(Code.TASK_ENDED, name)
    if outcome not in task.rule.outcomes:
        raise Refused(Code.UNKNOWN_OUTCOME, outcome)
    state = "not-needed" if outcome == "not-needed" else "failed" if outcome in task.rule.failed_outcomes else "done"
    ended = replace(task, state=state, done_us=now_us, by=by, outcome=outcome)
    if note is not None:
        ended = replace(ended, note=note.text, about=note.about, statement=note.statement)
    tasks = tuple(ended if each is task else each for each in incident.tasks)
    return replace(incident, tasks=tasks), ended


def may_close(incident: Incident) -> None:
    """Refuse to close an incident that has steps open which the law asks for."""
    waiting = sorted(task.rule.task for task in incident.tasks if task.is_open and not task.rule.optional)
    if waiting:
        raise Refused(Code.TASKS_OPEN, ", ".join(waiting))


@dataclass(slots=True, kw_only=True)
class Messages:
    """Every message that was ordered, by its delivery key."""

    by_key: dict[str, Delivery] = field(default_factory=dict)
    n_ordered: int = 0
    by_ask: dict[int, str] = field(default_factory=dict)
    """The delivery that an `ask` on a lane carries."""
    waiting: dict[str, None] = field(default_factory=dict)
    """Warnings of protected persons that have reached nobody yet."""
