"""The debrief of an exercise: what was expected and done, beside the limits and the expert, and the moments to look at again."""

from collections.abc import Iterator, Mapping, Sequence

from backend_bridge.application.training_rows import DebriefActRow, DebriefMomentRow, DebriefRow
from backend_bridge.domain.alarm import AlarmChange, AlarmStep
from backend_bridge.domain.exercise import Course
from backend_bridge.domain.identifiers import CaseId, IncidentId, UnitId, UserId
from backend_bridge.domain.outcomes.alarm_events import AlarmAcknowledged, AlarmClosed, AlarmEscalated
from backend_bridge.domain.outcomes.events import Event
from backend_bridge.domain.outcomes.exercise_events import ExerciseCalled, ExerciseDirected
from backend_bridge.domain.outcomes.incident_events import IncidentClosed, IncidentOpened, TaskWorked, UnitDispatched
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.scenarios.assessment import ActResult, Entry, assess
from backend_bridge.domain.scenarios.scenario import Do, Scenario

ACKNOWLEDGE_S = 30.0
TELL_112_S = 60.0
MOST_MOMENTS = 400


def debrief_of(scenario: Scenario, course: Course, entries: Sequence[Entry], now_us: int) -> DebriefRow:
    """Measure a run that `entries` tell of; `scenario` begins when the run began."""
    found = assess(scenario, entries)
    ends_us = course.ended_us or min(now_us, course.ends_us)
    return DebriefRow(
        scenario=scenario.scenario,
        title_ko=scenario.title.ko,
        title_en=scenario.title.en,
        lesson_ko=scenario.lesson.ko,
        lesson_en=scenario.lesson.en,
        starts_us=course.starts_us,
        ends_us=ends_us,
        acts=tuple(_act(result, ends_us) for result in found.acts),
        moments=tuple(_moments(entries, {patrol.unit: patrol.callsign for patrol in scenario.patrols}))[-MOST_MOMENTS:],
        acknowledged_in_30=found.share_in_time(Do.ACKNOWLEDGE, ACKNOWLEDGE_S),
        told_in_60=_share_told(found.acts),
    )


def _share_told(acts: Sequence[ActResult]) -> float | None:
    """Which share of the notices to 112 that were called for was given within a minute."""
    called = [result for result in acts if result.act.task == "notify-112" and result.called_us is not None]
    if not called:
        return None
    return sum(result.seconds is not None and result.seconds <= TELL_112_S for result in called) / len(called)


def _act(result: ActResult, ends_us: int) -> DebriefActRow:
    act = result.act
    return DebriefActRow(
        do=act.do.value,
        task=act.task,
        case=act.case,
        alarm=result.alarm,
        kind=act.on,
        called_us=result.called_us,
        done_us=result.done_us,
        by=result.by,
        limit_s=act.within_s,
        expert_s=act.after_s,
        seconds=result.seconds,
        in_time=result.in_time,
        as_expected=result.as_expected,
        outcome=result.outcome,
        wanted_outcome=act.outcome,
        cut_short=result.called_us is not None and result.done_us is None and result.called_us + int(act.within_s * MICROSECONDS) > ends_us,
    )


def _moments(entries: Sequence[Entry], callsigns: Mapping[UnitId, str]) -> Iterator[DebriefMomentRow]:
    cases: dict[IncidentId, CaseId] = {}
    for entry in entries:
        if isinstance(entry.event, IncidentOpened):
            cases[entry.event.incident] = entry.event.case
        said = _said(entry.event, cases, callsigns)
        if said is not None:
            what, case, detail, by = said
            yield DebriefMomentRow(at_us=entry.at_us, what=what, case=case, detail=detail, by=by)


def _said(  # noqa: PLR0911 - one line a kind of entry
    event: Event, cases: Mapping[IncidentId, CaseId], callsigns: Mapping[UnitId, str]
) -> tuple[str, CaseId | None, str, UserId | None] | None:
    match event:
        case AlarmChange(step=step, kind=kind, level=level, case=case) if step is not AlarmStep.CLEARED:
            return "alarm", case, f"{kind}:{level}", None
        case AlarmAcknowledged(user=user, alarm=alarm):
            return "acknowledged", None, alarm, user
        case AlarmEscalated(stage=stage):
            return "escalated", None, str(stage), None
        case TaskWorked(user=user, task=task, incident=incident) if user is not None:
            return "task-worked", cases.get(incident), task, user
        case UnitDispatched(user=user, unit=unit, incident=incident):
            return "dispatched", cases.get(incident), callsigns.get(unit, unit), user
        case IncidentClosed(user=user, outcome=outcome, incident=incident):
            return "incident-closed", cases.get(incident), outcome, user
        case AlarmClosed(user=user, outcome=outcome) if user is not None:
            return "closed", None, outcome, user
        case ExerciseDirected(user=user, what=what, case=case):
            return "exercise-directed", case, what, user
        case ExerciseCalled(by=by):
            return "exercise-called", None, by, None
        case _:
            return None
