"""All incidents: opened by an acknowledgement, worked step by step, closed with an outcome."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from backend_bridge.domain.alarm import TECHNICAL, AlarmKind
from backend_bridge.domain.alarms.alarm_state import LiveAlarm
from backend_bridge.domain.commands import AddNote
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId, IncidentId, UserId
from backend_bridge.domain.incidents.incident import Happening, Incident, Messages, Task, first_tasks, following_tasks, may_close, worked
from backend_bridge.domain.incidents.jurisdiction import Jurisdiction, rules_of
from backend_bridge.domain.note import Remark
from backend_bridge.domain.outcomes.changed import Changed
from backend_bridge.domain.outcomes.decisions import Decisions
from backend_bridge.domain.outcomes.events import Event
from backend_bridge.domain.outcomes.incident_events import (
    AlarmJoined,
    IncidentClosed,
    IncidentNoted,
    IncidentOpened,
    IncidentOwned,
    TaskOpened,
    TaskOverdue,
    TaskWorked,
)

Detail: TypeAlias = tuple[tuple[str, str | float | int | bool | None], ...]


class IncidentBook:
    """Incidents by name; those that are open by case; `changed` says which of them look different."""

    def __init__(self) -> None:
        self.incidents: dict[IncidentId, Incident] = {}
        self.messages = Messages()
        self.changed = Changed()
        self.n_opened = 0
        self._open: dict[CaseId, IncidentId] = {}

    def the(self, name: IncidentId) -> Incident:
        """The open incident of that name; refuses where there is none or it is closed."""
        incident = self.incidents.get(name)
        if incident is None:
            raise Refused(Code.UNKNOWN_INCIDENT, name)
        if not incident.is_open:
            raise Refused(Code.INCIDENT_CLOSED)
        return incident

    def open_of(self, case: CaseId | None) -> Incident | None:
        """The incident of a case that is being worked."""
        name = self._open.get(case) if case is not None else None
        return self.incidents[name] if name is not None else None

    def opened(self) -> tuple[Incident, ...]:
        """All incidents that are being worked."""
        return tuple(self.incidents[name] for name in self._open.values())

    def put(self, incident: Incident) -> Incident:
        """Hold an incident as it is now."""
        self.incidents[incident.incident] = incident
        if incident.is_open:
            self._open[incident.case] = incident.incident
        elif self._open.get(incident.case) == incident.incident:
            del self._open[incident.case]
        self.changed.touch(incident.incident)
        return incident

    def log(self, incident: Incident, event: Event, decisions: Decisions, by: UserId | None, detail: Detail = ()) -> Incident:
        """Write an event of the incident down, also into its timeline."""
        n = decisions.log(event)
        entry = str(getattr(event, "entry", "alarm"))
        line = Happening(n=n, at_us=decisions.now_us, event=entry, by=by, detail=detail)
        return self.put(replace(incident, timeline=(*incident.timeline, line)))

    def open(self, row: LiveAlarm, case: CaseId, rules: Jurisdiction, owner: UserId, decisions: Decisions) -> Incident:
        """A new incident about an acknowledged alarm, with the steps that the law asks for at once.

        All five clocks are of the raise or upgrade that asked for the acknowledgement: they say how long the room took to answer that.
        """
        self.n_opened += 1
        incident = Incident(
            incident=IncidentId(f"INC-{self.n_opened}"),
            case=case,
            jurisdiction=rules.code,
            alarms=(row.alarm,),
            kinds=frozenset({row.newest.kind}),
            opened_us=decisions.now_us,
            owner=owner,
            device_us=row.device_us,
            received_us=row.alert_us,
            evaluated_us=row.alert_us,  # a turn judges what it takes at once: the two are one instant of the bridge's clock
            displayed_us=row.displayed_us,
            acknowledged_us=decisions.now_us,
        )
        event = IncidentOpened(incident=incident.incident, case=case, alarm=row.alarm, user=owner)
        incident = self.log(incident, event, decisions, owner, _which(row))
        return self._open_tasks(incident, first_tasks(rules, incident.kinds, frozenset(), decisions.now_us), decisions)

    def join(self, incident: Incident, row: LiveAlarm, decisions: Decisions) -> Incident:
        """The incident with another alarm of its case, and the steps that this one asks for besides."""
        event = AlarmJoined(incident=incident.incident, alarm=row.alarm)
        incident = self.log(incident, event, decisions, None, _which(row))
        kinds = incident.kinds | {row.newest.kind}
        incident = self.put(replace(incident, alarms=(*incident.alarms, row.alarm), kinds=kinds))
        have = frozenset(task.rule.task for task in incident.tasks)
        rules = rules_of(incident.jurisdiction)
        return self._open_tasks(incident, first_tasks(rules, kinds, have, decisions.now_us), decisions)

    def open_task(self, incident: Incident, task: Task, decisions: Decisions) -> Incident:
        """The incident with one more step, unless the same one is open already."""
        if any(each.rule.task == task.rule.task and each.is_open for each in incident.tasks):
            return incident
        return self._open_tasks(incident, (task,), decisions)

    def work(self, incident: Incident, task: str, by: UserId | None, result: tuple[str, Remark | None], decisions: Decisions) -> Incident:
        """The incident after a step ended with (outcome, note), and with the steps that follow from it."""
        incident, ended = worked(incident, task, by, result, decisions.now_us)
        outcome, note = result
        event = TaskWorked(
            incident=incident.incident,
            task=task,
            state=ended.state,
            user=by,
            outcome=outcome,
            note=ended.note,
            about=ended.about,
            statement=ended.statement,
        )
        incident = self.log(incident, event, decisions, by, (("task", task), ("outcome", outcome), *_told(note)))
        have = frozenset(each.rule.task for each in incident.tasks)
        follow = following_tasks(rules_of(incident.jurisdiction), ended, have, decisions.now_us)
        return self._open_tasks(incident, follow, decisions)

    def note(self, incident: Incident, user: UserId, note: AddNote, decisions: Decisions) -> None:
        """Write a line into the timeline."""
        event = IncidentNoted(incident=incident.incident, user=user, text=note.text, about=note.about, statement=note.statement)
        detail = (("about", note.about.value), ("statement", note.statement.value), ("text", note.text))
        self.log(incident, event, decisions, user, detail)

    def own(self, incident: Incident, user: UserId, decisions: Decisions) -> None:
        """Let another person work the incident."""
        if incident.owner == user:
            return
        event = IncidentOwned(incident=incident.incident, user=user, from_user=incident.owner)
        self.put(replace(self.log(incident, event, decisions, user), owner=user))

    def close(self, incident: Incident, user: UserId, result: tuple[str, Remark], decisions: Decisions) -> Incident:
        """The incident, ended with (outcome, note); refuses while steps that the law asks for are open."""
        may_close(incident)
        outcome, note = result
        if outcome not in rules_of(incident.jurisdiction).outcomes:
            raise Refused(Code.UNKNOWN_OUTCOME, outcome)
        event = IncidentClosed(
            incident=incident.incident, user=user, outcome=outcome, note=note.text, about=note.about, statement=note.statement
        )
        incident = self.log(incident, event, decisions, user, (("outcome", outcome), *_told(note)))
        return self.put(replace(incident, closed_us=decisions.now_us, outcome=outcome, note=note.text))

    def pass_time(self, decisions: Decisions) -> None:
        """Note steps that were not taken in their time."""
        for incident in self.opened():
            due = [task for task in incident.tasks if _is_overdue(task, decisions.now_us)]
            for task in due:
                tasks = tuple(replace(each, overdue=True) if each is task else each for each in incident.tasks)
                event = TaskOverdue(incident=incident.incident, task=task.rule.task, due_us=task.due_us or 0)
                incident = self.log(replace(incident, tasks=tasks), event, decisions, None, (("task", task.rule.task),))  # noqa: PLW2901 -- each step builds on the last

    def _open_tasks(self, incident: Incident, tasks: Iterable[Task], decisions: Decisions) -> Incident:
        for task in tasks:
            event = TaskOpened(incident=incident.incident, task=task.rule.task, due_us=task.due_us, legal=task.rule.legal)
            incident = replace(incident, tasks=(*incident.tasks, task))
            incident = self.log(incident, event, decisions, None, (("task", task.rule.task),))
        return incident


def _which(row: LiveAlarm) -> Detail:
    """Which alarm a line of the timeline speaks of: its kind, and the zone that it is about or the device that has it."""
    newest = row.newest
    named: Detail = (("alarm", row.alarm), ("kind", newest.kind))
    if newest.zone is not None:
        return (*named, ("zone", newest.zone))
    return (*named, ("device", newest.device)) if newest.kind in TECHNICAL or newest.kind is AlarmKind.SOS else named


def _told(note: Remark | None) -> Detail:
    """The words beside an outcome as the timeline has them."""
    if note is None:
        return ()
    kinds = (("about", note.about), ("statement", note.statement))
    return (*((name, value.value) for name, value in kinds if value is not None), ("text", note.text))


def _is_overdue(task: Task, now_us: int) -> bool:
    return task.is_open and not task.overdue and task.due_us is not None and task.due_us <= now_us
