"""What a trainer does in a room for exercises, and what its director tells: acts outside of such a room are refused by the table."""

from dataclasses import replace
from typing import assert_never

from backend_bridge.application.inbox import CourseBegan, CourseEnded, CourseMoved, ExerciseNews, ScenarioTaken
from backend_bridge.application.turn import Turn
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.alarms.alarm_acts import must_say
from backend_bridge.domain.commands import EndScenario, InjectEvent, StartScenario, SteerExercise
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.exercise import Course, Inject
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.outcomes.effects import DirectExercise
from backend_bridge.domain.outcomes.exercise_events import ExerciseCalled, ExerciseDirected, ScenarioEnded, ScenarioRead, ScenarioStarted
from backend_bridge.domain.user import User

ExerciseCommand = StartScenario | EndScenario | SteerExercise | InjectEvent
MAX_SPEED = 60.0


def perform(turn: Turn, user: User, command: ExerciseCommand) -> None:
    """Allow it, write it down, and let the director do it."""
    turn.must(user.user, Action.DIRECT)
    course = turn.room.course
    if not isinstance(command, StartScenario) and (course is None or course.ended_us is not None):
        raise Refused(Code.NO_EXERCISE)
    what, case, detail = _said(turn, command)
    scenario = command.scenario if isinstance(command, StartScenario) else None if course is None else course.scenario
    turn.decisions.log(ExerciseDirected(user=user.user, what=what, scenario=scenario, case=case, detail=detail))
    turn.decisions.do(DirectExercise(key=f"exercise/{turn.decisions.first_n}/{len(turn.decisions.events)}", command=command))


def _said(turn: Turn, command: ExerciseCommand) -> tuple[str, CaseId | None, str | None]:
    """What was asked for, about which case, with which words."""
    match command:
        case StartScenario():
            if turn.room.course is not None and turn.room.course.ended_us is None:
                raise Refused(Code.EXERCISE_RUNS)
            return "start", None, None
        case EndScenario():
            return "end", None, None
        case SteerExercise(speed=speed):
            if not 0.1 <= speed <= MAX_SPEED:
                raise Refused(Code.BAD_SPEED)
            return "speed", None, f"{speed:g}"
        case InjectEvent(inject=inject, case=case, text=text):
            turn.room.registry.case(case)
            return inject.value, case, must_say(text, Code.EMPTY_TEXT) if inject is Inject.CALL else text
        case _:
            assert_never(command)


def take_news(turn: Turn, news: ExerciseNews) -> None:
    """What the director tells of the scenario that it plays; nothing in any other room."""
    room = turn.room
    if not room.exercise:
        return
    course = room.course
    match news:
        case CourseBegan():
            room.course = news.course
            event = ScenarioStarted(scenario=news.course.scenario, starts_us=news.course.starts_us, ends_us=news.course.ends_us)
            turn.decisions.log(event)
        case CourseMoved() if course is not None:
            for call in news.calls:
                turn.decisions.log(ExerciseCalled(by=call.by, text=call.text.ko))
            room.course = replace(course, speed=news.speed, calls=(*course.calls, *news.calls))
        case CourseEnded():
            _end(turn, course, news)
        case ScenarioTaken():
            room.vouched = news.vouched
            turn.decisions.log(ScenarioRead(scenario=news.scenario, sha256=news.sha256, vouched=news.vouched))
        case _:
            pass


def _end(turn: Turn, course: Course | None, news: CourseEnded) -> None:
    turn.decisions.log(ScenarioEnded(scenario=news.scenario, reason=news.reason))
    if course is not None and course.scenario == news.scenario and course.ended_us is None:
        turn.room.course = replace(course, ended_us=turn.now_us, speed=1.0)
