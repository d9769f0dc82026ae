"""Exercises and comparisons at the desk: what a trainer and a trainee have, a debrief that can be clicked, rules that can be changed."""

from collections.abc import Callable
from dataclasses import replace

import builders
import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from test_no_clipped_text import fits

from backend_bridge.application.playhead import PlayheadRow
from backend_bridge.application.training_rows import (
    ComparedRow,
    DebriefActRow,
    DebriefMomentRow,
    DebriefRow,
    ExerciseRow,
    PreviewTrack,
    ScenarioRow,
)
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.breach.policy import POLICY
from backend_bridge.domain.commands import EndScenario, InjectEvent, OpenRecording, SeekRecording, StartScenario, SteerExercise
from backend_bridge.domain.exercise import Inject, Vouched
from backend_bridge.domain.identifiers import AlarmId, CaseId, DeviceId, PersonId, RingId, UserId
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.queries import CompareRecording, ReadDebrief, ReadScenarios
from backend_bridge.domain.scenarios.what_if import RingAt
from backend_bridge.domain.user import Role
from widgets.debrief_window import DebriefWindow
from widgets.map.map_texts import page_texts
from widgets.models import debrief_columns
from widgets.models.debrief_columns import verdict_look
from widgets.phrases_training import moment, short_moment, verdict
from widgets.printed_sheet import Draft, Maker
from widgets.theme import Look
from widgets.time_ticks import ticks_of
from widgets.what_if_window import WhatIfWindow

Open = Callable[..., DeskAtHand]
S = builders.S
START = builders.NOW_US - 1800 * S
LOOKS = [("ko", "night", (1366, 768)), ("en", "day", (1366, 768)), ("ko", "day", (1920, 1080)), ("en", "night", (1920, 1080))]
SCENARIO = ScenarioRow(
    scenario="01-walk-in",
    number=1,
    title_ko="걸어서 3km 밖에서 접근",
    title_en="Walking in from three kilometres",
    briefing_ko="평일 오후 2시. 보호대상자는 집에 있습니다.",
    briefing_en="A weekday, two in the afternoon. The protected person is at home.",
    seconds=3000.0,
    n_cases=1,
    n_acts=5,
    places=(("home", LatLon(lat_deg=37.55, lon_deg=126.93)),),
    tracks=(),
)
EXERCISE = ExerciseRow(
    scenario="01-walk-in",
    title_ko=SCENARIO.title_ko,
    title_en=SCENARIO.title_en,
    briefing_ko=SCENARIO.briefing_ko,
    briefing_en=SCENARIO.briefing_en,
    starts_us=START,
    ends_us=START + 3000 * S,
    ended_us=None,
    speed=1.0,
    calls=((START + 600 * S, "112", "등록된 주소에 아무도 없습니다.", "Nobody is at the address on file."),),
)


def expected(do: str, task: str | None, limit_s: float, expert_s: float, took_s: float | None) -> DebriefActRow:
    called_us = START + 900 * S
    return DebriefActRow(
        do=do,
        task=task,
        case=None,
        alarm=AlarmId("A-142"),
        kind=AlarmKind.PROXIMITY,
        called_us=called_us,
        done_us=None if took_s is None else called_us + int(took_s * S),
        by=None if took_s is None else UserId("kim"),
        limit_s=limit_s,
        expert_s=expert_s,
        seconds=took_s,
        in_time=took_s is not None and took_s <= limit_s,
        as_expected=took_s is not None and took_s <= limit_s,
        outcome=None,
        wanted_outcome=None,
    )


DEBRIEF = DebriefRow(
    scenario="01-walk-in",
    title_ko=SCENARIO.title_ko,
    title_en=SCENARIO.title_en,
    lesson_ko="느린 접근은 시간을 줍니다.",
    lesson_en="A slow approach gives time.",
    starts_us=START,
    ends_us=START + 1700 * S,
    acts=(
        expected("acknowledge", None, 30, 12, 24.0),
        expected("task", "notify-112", 60, 40, 81.0),
        expected("dispatch", None, 120, 55, 70.0),
        expected("task", "call-protected", 120, 90, None),
    ),
    moments=(
        DebriefMomentRow(at_us=START + 900 * S, what="alarm", case=builders.case_id(142), detail="proximity:red", by=None),
        DebriefMomentRow(at_us=START + 924 * S, what="acknowledged", case=None, detail="A-142", by=UserId("kim")),
        DebriefMomentRow(at_us=START + 930 * S, what="exercise-directed", case=None, detail="second-offender", by=UserId("lee")),
    ),
    acknowledged_in_30=1.0,
    told_in_60=0.0,
)
COMPARED = (
    ComparedRow(
        difference="earlier",
        kind=AlarmKind.PROXIMITY,
        level=AlarmLevel.RED,
        case=builders.case_id(142),
        zone=None,
        ring=RingId("R2"),
        about=PersonId("V-0142"),
        before_us=START + 900 * S,
        after_us=START + 820 * S,
    ),
    ComparedRow(
        difference="new",
        kind=AlarmKind.APPROACH,
        level=AlarmLevel.AMBER,
        case=builders.case_id(142),
        zone=None,
        ring=RingId("R2"),
        about=PersonId("V-0142"),
        before_us=None,
        after_us=START + 700 * S,
    ),
)


def in_exercise(open_desk: Open, role: Role, *look: object) -> DeskAtHand:
    desk = open_desk(*look)
    desk.fill()
    desk.take(builders.session(role, exercise=True), builders.room(exercise=EXERCISE))
    desk.window.raise_dock("training")
    return desk


def click(owner: QWidget, qtbot: QtBot, name: str) -> None:
    found = owner.findChild(QPushButton, name)
    assert found is not None
    assert found.isEnabled()
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(("language", "theme", "size"), LOOKS)
@pytest.mark.parametrize("role", [Role.TRAINER, Role.OPERATOR])
def test_nothing_of_an_exercise_is_cut_off(
    open_desk: Open, qtbot: QtBot, role: Role, language: str, theme: str, size: tuple[int, int]
) -> None:
    desk = in_exercise(open_desk, role, language, theme, size)
    desk.panels.training._take_library((SCENARIO,))
    desk.view.tick()
    qtbot.wait(300)
    assert desk.panels.training.isVisible()
    fits(desk.window)


@pytest.mark.parametrize(("language", "theme", "size"), LOOKS)
def test_nothing_of_debrief_and_comparison_is_cut_off(
    open_desk: Open, qtbot: QtBot, language: str, theme: str, size: tuple[int, int]
) -> None:
    desk = open_desk(language, theme, size)
    debrief = DebriefWindow(desk.theme, desk.window)
    debrief.show_debrief(DEBRIEF)
    what_if = WhatIfWindow(desk.theme, desk.window)
    what_if.show_cases((builders.case(142),))
    what_if.show_result(COMPARED)
    for window in (debrief, what_if):
        window.show()
        qtbot.wait(50)
        fits(window)


def test_a_what_if_begins_with_the_probability_that_decisions_go_by_and_asks_for_another_as_a_share(open_desk: Open) -> None:
    desk = open_desk("en")
    what_if = WhatIfWindow(desk.theme, desk.window)
    assert what_if._red.text() == f"{POLICY[1]:.0%}"
    assert what_if.query().red_from is None
    what_if._red.setValue(80)
    assert what_if.query().red_from == pytest.approx(0.8)


def test_a_trainer_starts_steers_injects_and_ends(open_desk: Open, qtbot: QtBot) -> None:
    desk = in_exercise(open_desk, Role.TRAINER, "en")
    panel = desk.panels.training
    assert [one for one in desk.queries if isinstance(one, ReadScenarios)] == [ReadScenarios()], "the library is asked for once"
    panel._take_library((SCENARIO,))
    desk.take(builders.room(exercise=replace(EXERCISE, ended_us=START + 60 * S)))
    place = panel.library.visualItemRect(panel.library.item(0)).center()
    qtbot.mouseClick(panel.library.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.queries[-1] == ReadScenarios(scenario="01-walk-in"), "one click previews it"
    walk = PreviewTrack(
        person=PersonId("S"),
        device=DeviceId("ANK"),
        is_wearer=True,
        points=tuple(LatLon(lat_deg=37.5 + k / 1000, lon_deg=127.0) for k in range(9)),
    )
    panel._take_preview((replace(SCENARIO, tracks=(walk,)),))
    click(panel, qtbot, "scenario_start")
    desk.take(builders.room(exercise=EXERCISE))
    panel._speed.setCurrentIndex(panel._speed.findText("10×"))
    panel._speed.activated.emit(panel._speed.currentIndex())
    case = CaseId(str(panel.case.currentData()))
    for name in ("sos", "link-loss", "second-offender", "wrong-address"):
        click(panel, qtbot, f"inject_{name}")

    def say() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QInputDialog)
        dialog.setTextValue("help")
        dialog.accept()

    QTimer.singleShot(0, say)
    click(panel, qtbot, "inject_call")
    click(panel, qtbot, "scenario_end")
    kinds = StartScenario | SteerExercise | InjectEvent | EndScenario
    assert [one for one in desk.commands if isinstance(one, kinds)] == [
        StartScenario(scenario="01-walk-in"),
        SteerExercise(speed=10.0),
        InjectEvent(inject=Inject.SOS, case=case),
        InjectEvent(inject=Inject.LINK_LOSS, case=case),
        InjectEvent(inject=Inject.SECOND_OFFENDER, case=case),
        InjectEvent(inject=Inject.WRONG_ADDRESS, case=case),
        InjectEvent(inject=Inject.CALL, case=case, text="help"),
        EndScenario(),
    ]


def test_the_places_of_a_previewed_scenario_leave_the_map_once_it_is_played_or_lived_again(open_desk: Open) -> None:
    desk = in_exercise(open_desk, Role.TRAINER)
    shown = desk.panels.map.life.server.state
    over = replace(EXERCISE, ended_us=START + 60 * S)
    lived = PlayheadRow(from_us=START, to_us=builders.NOW_US, at_us=START, speed=0.0, leaps=1, density=(), marks=())
    for begins in (builders.room(exercise=EXERCISE), builders.room(replay=True, exercise=over, playhead=lived)):
        desk.take(builders.room(exercise=over))
        desk.panels.training._take_preview((replace(SCENARIO, places=(("home", LatLon(lat_deg=37.5, lon_deg=127.0)),)),))
        assert not shown.holds("found", [])
        desk.take(begins)
        assert shown.holds("found", [])


def test_a_trainee_reads_the_briefing_and_hears_calls_and_directs_nothing(open_desk: Open) -> None:
    desk = in_exercise(open_desk, Role.OPERATOR, "en")
    panel = desk.panels.training
    assert panel._briefing.text() == SCENARIO.briefing_en
    assert "Nobody is at the address" in " ".join(one.text() for one in panel.findChildren(type(panel._briefing)))
    assert not panel.library.isVisible()
    assert not panel._directing.isVisible()
    assert [one for one in desk.queries if isinstance(one, ReadScenarios)] == []


def test_in_a_real_room_there_is_no_part_for_exercises(open_desk: Open) -> None:
    desk = open_desk("en")
    desk.fill()
    assert not desk.panels.training.isVisible()


def test_what_the_end_of_the_exercise_left_open_is_said_and_is_not_red(open_desk: Open) -> None:
    open_desk("en")
    open_at_end = replace(DEBRIEF.acts[3], cut_short=True)
    assert (verdict(open_at_end), verdict_look(open_at_end)) == ("ended early", None)
    assert (verdict(DEBRIEF.acts[3]), verdict_look(DEBRIEF.acts[3])) == ("not done", Look.ACT)


def test_a_moment_of_the_debrief_is_lived_again(open_desk: Open, qtbot: QtBot) -> None:
    desk = in_exercise(open_desk, Role.TRAINER, "en")
    desk.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert desk.queries[-1] == ReadDebrief()
    desk.view.training._take_debrief(DEBRIEF)
    window = desk.view.training.debrief
    assert window is not None
    assert window.isVisible()
    assert next(iter(window.acts.model.rows())).do == "acknowledge"
    line = window.timeline
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(round(line.x_of(START + 924 * S)), 12))
    opened = desk.commands[-1]
    assert opened == OpenRecording(from_us=START, to_us=builders.NOW_US)
    head = PlayheadRow(from_us=START, to_us=builders.NOW_US, at_us=START, speed=0.0, leaps=1, density=(), marks=())
    desk.take(builders.room(replay=True, exercise=EXERCISE, playhead=head))
    assert desk.commands[-1] == SeekRecording(at_us=START + 924 * S)
    assert desk.window.windowTitle().startswith("EXERCISE · REPLAY")
    assert desk.window.frame.kind == "exercise-replay"
    assert colours_of_the_frame(desk) == {desk.theme.exercise, desk.theme.replay}, "both are said, by colour too"
    assert page_texts()["frame_exercise-replay"] == "EXERCISE · REPLAY"
    assert not desk.panels.training._end.isEnabled(), "nothing is steered from a recording"
    papers: list[Draft] = []
    window.on_save = papers.append
    click(window, qtbot, "debrief_save")
    assert papers[0].draw(Maker(user="kim", at_us=builders.NOW_US)).data.startswith(b"%PDF")
    assert papers[0].name == "debrief-01-walk-in.pdf"


def colours_of_the_frame(desk: DeskAtHand) -> set[str]:
    desk.window.frame.setGeometry(desk.window.rect())
    image = desk.window.frame.grab().toImage()
    return {image.pixelColor(x, 1).name() for x in range(20, image.width() - 20, 4)}


def test_a_debrief_tells_people_and_cases_apart_and_names_its_marks(open_desk: Open) -> None:
    open_desk("en")
    alarm, acknowledged, injected = DEBRIEF.moments
    cells = [[column.cell(row, 0).top for column in debrief_columns.MOMENTS[1:]] for row in (alarm, acknowledged)]
    assert cells == [["Too close · red", "", builders.case_id(142)], ["Acknowledged", "kim", ""]]
    assert (short_moment(alarm), short_moment(injected)) == ("Too close", "Another wearer")
    worked = replace(acknowledged, what="task-worked", detail="dispatch")
    assert moment(worked) == "Send a unit: recorded", "not as if a second unit had been sent"


def test_ticks_stand_at_round_times() -> None:
    minute_us = 60 * S
    base = builders.NOW_US // (3600 * S) * 3600 * S
    assert [words[3:] for _, words in ticks_of((base + 10 * S, base + 4 * minute_us), 5)] == ["01", "02", "03", "04"]
    assert [words[3:] for _, words in ticks_of((base + 7 * S, base + 58 * S), 6)] == ["00:10", "00:20", "00:30", "00:40", "00:50"]
    assert len(ticks_of((base, base + 30 * 86_400 * S), 10)) <= 11
    assert len(ticks_of((base, base + 3600 * S), 1)) <= 2


def test_a_what_if_names_the_effect_of_a_ring_and_what_is_in_force(open_desk: Open) -> None:
    desk = open_desk("en")
    window = WhatIfWindow(desk.theme, desk.window)
    window.show_cases((builders.case(142),))
    said = [one.text() for one in window.findChildren(QLabel)]
    assert "Ring R1 · warns" in said
    assert "in force: 1000 m" in said
    assert "in force: 66%" in said
    window._rings[builders.case_id(142), "R1"].setValue(1500)
    assert "in force: 1000 m" in [one.text() for one in window.findChildren(QLabel)], "what was, not what is asked"


def test_the_trainer_reads_why_nothing_can_be_injected(open_desk: Open) -> None:
    desk = in_exercise(open_desk, Role.TRAINER, "en")
    panel = desk.panels.training
    assert panel._why_not.isHidden()
    panel.show_now(START + 90 * S)
    assert panel._state.text() == "1:30 of 50:00"
    desk.take(builders.room(exercise=replace(EXERCISE, ended_us=START + 60 * S)))
    assert panel._why_not.text() == "Start a scenario first."
    assert not panel._why_not.isHidden()


def test_what_if_asks_for_what_was_changed_alone_and_marks_what_differs(open_desk: Open, qtbot: QtBot) -> None:
    desk = open_desk("en")
    desk.fill()
    desk.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert desk.view.training.what_if is None, "without a recording there is nothing to compare"
    head = PlayheadRow(from_us=START, to_us=builders.NOW_US, at_us=START, speed=0.0, leaps=1, density=(), marks=())
    desk.take(builders.room(replay=True, playhead=head))
    desk.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    window = desk.view.training.what_if
    assert window is not None
    (case, ring), box = next(iter(window._rings.items()))
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "1234")
    QTest.keyClick(box, Qt.Key.Key_Tab)
    click(window, qtbot, "what_if_compare")
    assert desk.queries[-1] == CompareRecording(rings=(RingAt(ring=RingId(ring), distance_m=1234.0, case=CaseId(case)),))
    desk.view.training._take_compared(COMPARED)
    words = desk.panels.replay._strip.words_at(desk.panels.replay._strip._x(START + 820 * S))
    assert "1 min 20 s earlier" in words.replace("\u00a0", " ")
    window.table.on_open(COMPARED[0])
    assert desk.commands[-1] == SeekRecording(at_us=START + 820 * S)


def test_the_frame_says_that_a_scenario_is_ones_own_and_not_signed(open_desk: Open) -> None:
    desk = open_desk("en")
    own = replace(EXERCISE, vouched=Vouched.OWN)
    desk.take(builders.session(Role.TRAINER, exercise=True), builders.room(exercise=own))
    assert desk.window.windowTitle().startswith("EXERCISE · own scenario, not signed")
    desk.take(builders.room(exercise=EXERCISE))
    assert "signed" not in desk.window.windowTitle()
