"""Writing scenarios at the desk: defects by line in both languages, a copy under a free name, nothing written lost unasked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from test_no_clipped_text import fits
from test_training import in_exercise

import resources
from backend_bridge.adapters.scenario_library import Library, library_of
from backend_bridge.adapters.written_scenarios import scenario_text, written_scenario
from backend_bridge.application.training_rows import ScenarioRow
from backend_bridge.domain.queries import CheckScenario, Query, ReadScenarios, ReadScenarioText, SaveScenario
from backend_bridge.domain.user import Role
from desktop import translations
from widgets.phrases_bridge import defect
from widgets.scenario_editor import LINE, ScenarioEditor
from widgets.theme import load_theme

Open = Callable[..., DeskAtHand]


class Bridge:
    """Answers as a bridge does, from the library that ships and a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.library: Library = library_of(folder / "scenarios", resources.path)
        self.asked: list[Query] = []

    def ask(self, query: Query, done: Callable[[object], None]) -> None:
        self.asked.append(query)
        match query:
            case ReadScenarios():
                done(self.library.rows(None))
            case ReadScenarioText(scenario=name):
                done(scenario_text(self.library, name))
            case CheckScenario(lines=lines) | SaveScenario(lines=lines):
                defects, rows = written_scenario(self.library, "\n".join(lines), save=isinstance(query, SaveScenario))
                done(defects or rows)


@pytest.fixture
def bridge(tmp_path: Path) -> Bridge:
    return Bridge(tmp_path)


@pytest.fixture
def editor(qtbot: QtBot, qapp: QApplication, bridge: Bridge) -> ScenarioEditor:
    translations.install(qapp, "en")
    made = ScenarioEditor(load_theme("night"), bridge.ask)
    qtbot.addWidget(made, before_close_func=drop)
    made.show()
    made.open_library("08-unpaired")
    return made


def drop(editor: ScenarioEditor) -> None:
    """End a test without the question whether what was written may go."""
    editor.library.blockSignals(True)
    editor.text.setPlainText(editor._kept)


def press(editor: ScenarioEditor, name: str) -> None:
    button = editor.findChild(QPushButton, name)
    assert button is not None
    assert button.isEnabled()
    button.click()


def test_one_opens_breaks_mends_and_saves_a_scenario(qtbot: QtBot, editor: ScenarioEditor, bridge: Bridge) -> None:
    previews: list[ScenarioRow] = []
    saved: list[bool] = []
    editor.on_preview, editor.on_saved = previews.append, lambda: saved.append(True)
    assert editor.library.currentItem().data(LINE) == "08-unpaired"
    right = editor.text.toPlainText()
    editor.text.setPlainText(right.replace("seed = 108", "seed = -1"))
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [editor.defects.item(at).text() for at in range(editor.defects.count())] == [
        "Line 4   field seed: must be a number from 0 to 2.14748e+09"
    ]
    editor.defects.itemClicked.emit(editor.defects.item(0))
    assert editor.text.textCursor().blockNumber() == 3, "a click on a defect goes to its line"
    press(editor, "editor_save")
    assert saved == []
    assert not bridge.library.folders[0].exists()
    editor.text.setPlainText(right.replace("seed = 108", "seed = 7"))
    qtbot.keyClick(editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert saved == [True]
    assert (len(previews[-1].tracks), editor.defects.isVisible(), editor.is_changed()) == (4, False, False)
    assert bridge.library.scenario("08-unpaired").seed == 7


def test_a_copy_has_a_free_name_and_no_number(editor: ScenarioEditor, bridge: Bridge) -> None:
    press(editor, "editor_copy")
    text = editor.text.toPlainText()
    assert 'scenario = "08-unpaired-copy-1"' in text
    assert "\nnumber" not in text
    press(editor, "editor_save")
    assert editor.library.currentItem().data(LINE) == "08-unpaired-copy-1"
    press(editor, "editor_copy")
    assert 'scenario = "08-unpaired-copy-2"' in editor.text.toPlainText()


def answering(text: str, editor: ScenarioEditor) -> QTimer:
    """Press the button with that text as soon as a question stands there."""
    timer = QTimer(editor, interval=20)

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            timer.stop()
            next(one for one in box.buttons() if one.text() == text).click()

    timer.timeout.connect(look)
    timer.start()
    return timer


def test_what_was_written_is_not_lost_unasked(editor: ScenarioEditor) -> None:
    editor.text.insertPlainText("# mine\n")
    timer = answering("Go on writing", editor)
    editor.library.setCurrentRow(0)
    assert editor.text.toPlainText().startswith("# mine")
    assert editor.library.currentItem().data(LINE) == "08-unpaired"
    timer = answering("Let it go", editor)
    editor.library.setCurrentRow(0)
    assert editor.library.currentItem().data(LINE) == "01-walk-in"
    assert 'scenario = "01-walk-in"' in editor.text.toPlainText()
    assert not timer.isActive(), "it was asked"


def test_a_defect_is_said_in_korean_and_what_has_no_words_as_it_came(qapp: QApplication) -> None:
    translations.install(qapp, "ko")
    assert defect("acts number 2, field within: must be a number from 1 to 9") == "acts 2번째, within 항목: 1에서 9 사이의 숫자여야 합니다"
    assert defect("is not TOML: Expected ']]' (at line 3, column 7)") == "TOML 형식이 아닙니다: Expected ']]' (3행 7열)"
    assert defect("case X: something new") == "case X: something new"


def test_a_trainer_writes_scenarios_and_nobody_else(open_desk: Open) -> None:
    desk = in_exercise(open_desk, Role.OPERATOR, "en")
    assert not desk.panels.training._write.isVisible()
    desk.view.training.open_editor()
    assert desk.view.training.editor is None
    desk = in_exercise(open_desk, Role.TRAINER, "en")
    desk.panels.training._write.click()
    editor = desk.view.training.editor
    assert editor is not None
    assert editor.isVisible()
    editor.close()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_of_the_editor_is_clipped(qtbot: QtBot, qapp: QApplication, bridge: Bridge, language: str) -> None:
    translations.install(qapp, language)
    made = ScenarioEditor(load_theme("day"), bridge.ask)
    qtbot.addWidget(made, before_close_func=drop)
    made.show()
    made.open_library("02-by-car")
    made.text.setPlainText(made.text.toPlainText().replace("lat = ", "lat = 9", 3))
    press(made, "editor_check")
    qtbot.wait(30)
    fits(made)
