"""A room for exercises: it stays what it was made, opens nothing real, and what a trainer does in it is written down."""

import ast
from pathlib import Path

import pytest
from room_builder import CASE, OPERATOR, SUPERVISOR, T0, Desk, S, a_case, entries
from test_views import Screen

import backend_bridge
from backend_bridge.application.inbox import (
    BeginExercise,
    CourseBegan,
    CourseEnded,
    CourseMoved,
    ImportCases,
    Inbox,
    OpenSession,
    PutUser,
    ScenarioTaken,
)
from backend_bridge.application.outcome import Outcome
from backend_bridge.application.playback import Player
from backend_bridge.application.room import Room
from backend_bridge.application.rows import RoomRow
from backend_bridge.application.tables import Table
from backend_bridge.domain.access.access_table import EXERCISE_TABLE, TABLE, Action, Need
from backend_bridge.domain.commands import (
    AcknowledgeAlarm,
    Command,
    EndScenario,
    InjectEvent,
    OpenRecording,
    StartScenario,
    SteerExercise,
)
from backend_bridge.domain.exercise import Course, ExerciseCall, Inject, Vouched
from backend_bridge.domain.identifiers import AlarmId, CaseId, UserId
from backend_bridge.domain.outcomes.effects import DirectExercise
from backend_bridge.domain.scenarios.scenario import Words
from backend_bridge.domain.user import Role

TEACHER = UserId("teacher")
LATER = T0 + 12 * 3600 * S
WORDS = Words(ko="걸어서", en="on foot")
COURSE = Course(scenario="01-walk-in", title=WORDS, briefing=WORDS, starts_us=T0, ends_us=T0 + 3600 * S)
BRIDGE = Path(backend_bridge.__file__).parent


def a_room(*, exercise: bool) -> Desk:
    """A room with a trainer at a desk, for exercises or not; in one for exercises the case comes from a scenario."""
    desk = Desk([a_case()])
    if exercise:
        desk.room = Room(desk.watch)  # type: ignore[arg-type]  # decides what it is told
        desk.run(Inbox(orders=(BeginExercise(by=UserId("root")),)))
        seats = tuple(OpenSession(user=user, seat=f"seat-{user}", desk="desk", expires_us=LATER) for user in (OPERATOR, SUPERVISOR))
        desk.run(Inbox(orders=(ImportCases(by=UserId("exercise"), cases=(a_case(),)),), news=seats))
    desk.run(Inbox(orders=(PutUser(by=UserId("root"), user=TEACHER, person="p-9", role=Role.TRAINER),)))
    desk.run(Inbox(news=(OpenSession(user=TEACHER, seat=f"seat-{TEACHER}", desk="desk", expires_us=LATER),)))
    return desk


def refusal(outcome: Outcome) -> str | None:
    return outcome.replies[0].refusal


def test_a_room_with_cases_never_becomes_one_for_exercises() -> None:
    desk = a_room(exercise=False)
    desk.run(Inbox(orders=(BeginExercise(by=UserId("root")),)))
    assert not desk.room.exercise
    assert refusal(desk.act(TEACHER, StartScenario(scenario="01-walk-in"))) == "not-allowed"


@pytest.mark.parametrize(
    "command",
    [
        OpenRecording(from_us=T0, to_us=T0 + S),
        StartScenario(scenario="x"),
        AcknowledgeAlarm(alarm=AlarmId("a")),
    ],
)
def test_in_a_real_room_the_trainer_opens_nothing_and_does_nothing(command: Command) -> None:
    desk = a_room(exercise=False)
    assert refusal(desk.act(TEACHER, command)) == "not-allowed"
    assert set(TABLE[Role.TRAINER]) == {Action.SEE_ROOM, Action.SEE_GATEWAYS}


def test_in_an_exercise_the_trainer_sees_all_and_works_no_alarm() -> None:
    table = EXERCISE_TABLE[Role.TRAINER]
    assert all(need is Need.NOTHING for need in table.values())
    working = {Action.WORK_ALARM, Action.WORK_INCIDENT, Action.DISPATCH, Action.DECIDE, Action.EXPORT}
    assert not working & set(table)
    others = {role: set(table) - set(TABLE[role]) for role, table in EXERCISE_TABLE.items() if role is not Role.TRAINER}
    assert all(more == set() for more in others.values()), "nobody else may more than in a real room"
    desk = a_room(exercise=True)
    assert refusal(desk.act(TEACHER, OpenRecording(from_us=T0, to_us=T0 + S))) is None
    assert refusal(desk.act(OPERATOR, StartScenario(scenario="01-walk-in"))) == "not-allowed", "a trainee directs nothing"


def test_what_a_trainer_wants_is_in_the_log_before_the_director_does_it() -> None:
    desk = a_room(exercise=True)
    started = desk.act(TEACHER, StartScenario(scenario="01-walk-in"))
    assert entries(started) == ["exercise-directed"]
    (effect,) = [effect for effect in started.effects if isinstance(effect, DirectExercise)]
    assert effect.command == StartScenario(scenario="01-walk-in")
    assert refusal(desk.act(TEACHER, InjectEvent(inject=Inject.SOS, case=CaseId(CASE)))) == "no-exercise"
    desk.run(Inbox(news=(CourseBegan(course=COURSE),)))
    assert refusal(desk.act(TEACHER, StartScenario(scenario="02-by-car"))) == "exercise-runs"
    assert refusal(desk.act(TEACHER, SteerExercise(speed=1000.0))) == "bad-speed"
    assert refusal(desk.act(TEACHER, InjectEvent(inject=Inject.CALL, case=CaseId(CASE)))) == "empty-text"
    assert refusal(desk.act(TEACHER, InjectEvent(inject=Inject.SOS, case=CaseId("KR-NOBODY")))) == "unknown-case"
    assert refusal(desk.act(TEACHER, InjectEvent(inject=Inject.LINK_LOSS, case=CaseId(CASE)))) is None
    call = ExerciseCall(at_us=desk.now_us, by="112", text=WORDS)
    assert entries(desk.run(Inbox(news=(CourseMoved(speed=10.0, calls=(call,)),)))) == ["exercise-called"]
    assert desk.room.course is not None
    assert (desk.room.course.speed, desk.room.course.calls) == (10.0, (call,))
    desk.run(Inbox(news=(CourseEnded(scenario="01-walk-in", reason="over"),)))
    assert desk.room.course.ended_us == desk.now_us
    assert refusal(desk.act(TEACHER, EndScenario())) == "no-exercise"


def test_news_of_an_exercise_change_nothing_in_a_real_room() -> None:
    desk = a_room(exercise=False)
    assert entries(desk.run(Inbox(news=(CourseBegan(course=COURSE), CourseEnded(scenario="x", reason="over"))))) == []
    assert desk.room.course is None


@pytest.mark.parametrize("vouched", list(Vouched))
def test_which_file_is_played_and_who_vouches_for_it_is_in_the_log_and_at_every_desk(vouched: Vouched) -> None:
    desk = a_room(exercise=True)
    told = ScenarioTaken(scenario="01-walk-in", sha256="ab" * 32, vouched=vouched)
    outcome = desk.run(Inbox(news=(told, CourseBegan(course=COURSE))))
    assert entries(outcome) == ["scenario-read", "scenario-started"]
    seen = Screen(desk, TEACHER).rows[Table.ROOM]["room"]
    assert isinstance(seen, RoomRow)
    assert seen.exercise is not None
    assert seen.exercise.vouched is vouched


def test_a_recorded_exercise_lived_again_directs_nothing() -> None:
    assert not hasattr(Player, "perform")
    desk = a_room(exercise=True)
    outcome = desk.act(TEACHER, StartScenario(scenario="01-walk-in"))
    assert isinstance(outcome.effects[-1], DirectExercise), "an effect is a value: whoever plays it again lets it fall"


@pytest.mark.parametrize("module", ["rehearsal", "exercise_director", "exercise_injections", "unit_driving", "scenario_library"])
def test_what_acts_an_exercise_out_knows_no_way_out(module: str) -> None:
    ways_out = {"socket", "ssl", "zmq", "smtplib", "urllib", "http", "requests", "subprocess"}
    channels = {"message_channels", "effect_runner", "unit_server", "unit_simulator", "gateway_client", "desk_gate", "channel_settings"}
    seen: set[str] = set()
    waiting = [f"backend_bridge.adapters.{module}"]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        file = BRIDGE.parent / Path(*name.split(".")).with_suffix(".py")
        if not file.exists():
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf8"))):
            found = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            assert not {each.split(".")[0] for each in found} & ways_out, (name, found)
            assert not {each.rpartition(".")[2] for each in found} & channels, (name, found)
            waiting += [each for each in found if each.startswith("backend_bridge.")]
