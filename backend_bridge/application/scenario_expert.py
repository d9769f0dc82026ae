"""The operator who does in a scenario what is expected, when it is expected: to compare trainees with, and to show what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend_bridge.application.inbox import Act
from backend_bridge.application.room_state import Room
from backend_bridge.domain.alarm import AlarmChange
from backend_bridge.domain.commands import AcknowledgeAlarm, BreakGlass, CloseAlarm, CloseIncident, Command, DispatchUnit, WorkTask
from backend_bridge.domain.identifiers import AlarmId, CaseId, UnitId, UserId
from backend_bridge.domain.incidents.incident import Incident
from backend_bridge.domain.outcomes.events import Event
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.quantities import MICROSECONDS, LatLon
from backend_bridge.domain.scenarios.assessment import calls
from backend_bridge.domain.scenarios.scenario import Do, ExpectedAct, Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    act: ExpectedAct
    alarm: AlarmId | None
    case: CaseId | None
    at_us: int
    until_us: int


class Expert:
    """Watches the log for what calls for an act and gives each when its time has come; tries again until its limit is over."""

    def __init__(self, scenario: Scenario, user: UserId, seat: str) -> None:
        self._user, self._seat = user, seat
        self._place = next(iter(scenario.places.values()))
        self._waiting = [act for act in scenario.acts if act.on is not None]
        self._planned = [
            self._plan(act, None, scenario.starts_us + round((act.at_s or 0.0) * MICROSECONDS)) for act in scenario.acts if act.on is None
        ]
        self._n = 0

    def note(self, events: Sequence[Event], now_us: int) -> None:
        """Take in what a step decided."""
        for event in events:
            if not isinstance(event, AlarmChange):
                continue
            for act in [act for act in self._waiting if calls(act, event)]:
                self._planned.append(self._plan(act, event, now_us))
                if not act.each:
                    self._waiting.remove(act)

    def next_us(self) -> int | None:
        """When the next act is due."""
        return min((planned.at_us for planned in self._planned), default=None)

    def due(self, now_us: int, room: Room) -> tuple[Act, ...]:
        """What is to be done now; what cannot be done yet is tried again a second later."""
        acts: list[Act] = []
        for planned in sorted((each for each in self._planned if each.at_us <= now_us), key=lambda each: each.at_us):
            self._planned.remove(planned)
            command = self._command(planned, room)
            if command is not None:
                self._n += 1
                acts.append(Act(act=self._n, user=self._user, seat=self._seat, command=command))
            elif now_us < planned.until_us:
                self._planned.append(_later(planned, now_us + MICROSECONDS))
        return tuple(acts)

    def _plan(self, act: ExpectedAct, change: AlarmChange | None, called_us: int) -> _Planned:
        return _Planned(
            act=act,
            alarm=None if change is None else change.alarm,
            case=act.case if change is None else change.case,
            at_us=called_us + round(act.after_s * MICROSECONDS),
            until_us=called_us + round(act.within_s * MICROSECONDS),
        )

    def _command(self, planned: _Planned, room: Room) -> Command | None:
        """The command, None where it cannot be given now."""
        act = planned.act
        row = None if planned.alarm is None else room.alarms.find(planned.alarm)
        incident = room.incidents.open_of(planned.case)
        match act.do:
            case Do.ACKNOWLEDGE:
                return None if row is None or row.acknowledged else AcknowledgeAlarm(alarm=row.alarm, reason=act.text)
            case Do.CLOSE_ALARM:
                return None if row is None else CloseAlarm(alarm=row.alarm, outcome=act.outcome or "", note=act.text)
            case Do.BREAK_GLASS:
                return _break_glass(act)
            case _:
                return None if incident is None else self._in_incident(act, incident, room)

    def _in_incident(self, act: ExpectedAct, incident: Incident, room: Room) -> Command | None:
        if act.do is Do.TASK:
            opened = any(task.rule.task == act.task and task.is_open for task in incident.tasks)
            return WorkTask(incident=incident.incident, task=act.task or "", outcome=act.outcome or "", note=act.text) if opened else None
        if act.do is Do.DISPATCH:
            free = next((unit for unit in room.units.values() if unit.state == "free"), None)
            return None if free is None else self._dispatch(incident, room, free.unit)
        return CloseIncident(incident=incident.incident, outcome=act.outcome or "", note=act.text or "")

    def _dispatch(self, incident: Incident, room: Room, unit: UnitId) -> DispatchUnit:
        places = room.registry.case(incident.case).places
        where: LatLon = next((place.position for place in places if place.position is not None), self._place)
        return DispatchUnit(incident=incident.incident, unit=unit, destination=where, label="home")


def _break_glass(act: ExpectedAct) -> BreakGlass | None:
    if act.person is None or act.case is None:
        return None
    return BreakGlass(person=act.person, case=act.case, purpose=Purpose.STALKING_CRIME, reason=act.text or "")


def _later(planned: _Planned, at_us: int) -> _Planned:
    return _Planned(act=planned.act, alarm=planned.alarm, case=planned.case, at_us=at_us, until_us=planned.until_us)
