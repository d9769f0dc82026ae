"""The exercise at a desk: for a trainer the library and everything that can be injected, for a trainee the briefing and the calls."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QInputDialog, QListWidget, QListWidgetItem, QPushButton, QScrollArea, QWidget

from backend_bridge.application.training_rows import ExerciseRow, ScenarioRow
from backend_bridge.domain.commands import Command, EndScenario, InjectEvent, StartScenario, SteerExercise
from backend_bridge.domain.exercise import Inject
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.queries import Query, ReadScenarios
from backend_bridge.domain.user import Role
from widgets import formats, phrases
from widgets.controls import button, clear, column, label, line, surface
from widgets.phrases_training import INJECTS, in_language

SPEEDS: Final = (1, 2, 5, 10, 30, 60)
CALLS_SHOWN: Final = 6
LIST_PX: Final = 150


class TrainingPanel(QWidget):
    """`show_room` brings the scenario that runs; `on_preview(row)` asks to draw a scenario.

    `on_debrief()` asks for the debrief, `on_write()` for the editor.
    """

    def __init__(
        self, submit: Callable[[Command], None], ask: Callable[[Query, Callable[[object], None]], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("training_panel")
        self.on_preview: Callable[[ScenarioRow], None] = lambda _row: None
        self.on_debrief: Callable[[], None] = lambda: None
        self.on_write: Callable[[], None] = lambda: None
        self._submit, self._ask = submit, ask
        self._scenarios: dict[str, ScenarioRow] = {}
        self._exercise: ExerciseRow | None = None
        self._is_trainer, self._live = False, True
        self._title, self._state = label(self.tr("Exercise"), "title", wrap=True), label("", "soft", wrap=True)
        self._briefing = label("", wrap=True)
        self._calls = column(spacing=6)
        self.library = QListWidget()
        self.library.setObjectName("scenario_library")
        self.library.setAccessibleName(self.tr("Scenarios"))
        self.library.setMinimumHeight(LIST_PX)
        self.library.currentItemChanged.connect(self._on_scenario_changed)
        self._start = button(self.tr("Start the scenario"), "scenario_start", self._on_start_clicked, kind="primary")
        self._end = button(self.tr("End scenario"), "scenario_end", lambda: submit(EndScenario()))
        self._debrief = button(self.tr("Debrief"), "scenario_debrief", lambda: self.on_debrief())  # noqa: PLW0108 - set later
        self._write = button(self.tr("Write scenarios…"), "scenario_write", lambda: self.on_write())  # noqa: PLW0108 - set later
        self._speed, self.case = QComboBox(), QComboBox()
        self._injects: dict[Inject, QPushButton] = {}
        self._why_not = label("", "caption", wrap=True)
        self._directing = self._make_directing()
        self._lay_out()
        self.show_session(None)

    def _make_directing(self) -> QWidget:
        self._speed.setObjectName("exercise_speed")
        self._speed.setAccessibleName(self.tr("Speed"))
        for times in SPEEDS:
            self._speed.addItem(f"{times}×", float(times))
        self._speed.activated.connect(lambda _at: self._submit(SteerExercise(speed=float(self._speed.currentData()))))
        self.case.setObjectName("inject_case")
        self.case.setAccessibleName(self.tr("Case"))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for place, inject in enumerate(Inject):
            made = button(phrases.word(INJECTS, inject.value), f"inject_{inject.value}", partial(self._inject, inject))
            self._injects[inject] = made
            grid.addWidget(made, place // 2, place % 2)
        layout = column(margins=(14, 6, 14, 6), spacing=6)
        row = line(spacing=8)
        row.addWidget(label(self.tr("Speed"), "soft"))
        row.addWidget(self._speed)
        row.addWidget(label(self.tr("Case"), "soft"))
        row.addWidget(self.case, 1)
        layout.addLayout(row)
        layout.addWidget(label(self.tr("Inject"), "soft"))
        layout.addWidget(self._why_not)
        layout.addLayout(grid)
        return surface("panel", layout)

    def _lay_out(self) -> None:
        head = column(margins=(14, 10, 14, 4), spacing=4)
        top = line(spacing=8)
        top.addWidget(self._title, 1)
        top.addWidget(self._write)
        head.addLayout(top)
        head.addWidget(self._state)
        buttons = line(margins=(14, 6, 14, 6), spacing=8)
        for one in (self._start, self._end, self._debrief):
            buttons.addWidget(one)
        buttons.addStretch()
        text = column(margins=(14, 6, 14, 6), spacing=10)
        text.addWidget(self._briefing)
        text.addLayout(self._calls)
        text.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(surface("panel", text))
        layout = column()
        layout.addLayout(head)
        layout.addWidget(self.library, 1)
        layout.addLayout(buttons)
        layout.addWidget(self._directing)
        layout.addWidget(scroll, 1)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(layout)

    def show_session(self, role: Role | None) -> None:
        """Show what this role does in an exercise; a trainer's library is asked for once."""
        was_trainer, self._is_trainer = self._is_trainer, role is Role.TRAINER
        for part in (self.library, self._start, self._end, self._write, self._directing):
            part.setVisible(self._is_trainer)
        if self._is_trainer and not was_trainer:
            self.read_library()

    def read_library(self) -> None:
        """Ask for the library as it is now."""
        self._ask(ReadScenarios(), self._take_library)

    def chosen_scenario(self) -> str | None:
        """The scenario that is chosen in the library."""
        row = self._chosen()
        return None if row is None else row.scenario

    def show_room(self, exercise: ExerciseRow | None, *, live: bool = True) -> None:
        """What is played, since when, and who has called; nothing can be steered while a recording is shown."""
        self._exercise, self._live = exercise, live
        runs = exercise is not None and exercise.ended_us is None and live
        self._start.setEnabled(not runs and live and self.library.currentItem() is not None)
        self._end.setEnabled(runs)
        self._speed.setEnabled(live)
        self._debrief.setEnabled(exercise is not None)
        for made in self._injects.values():
            made.setEnabled(runs)
        self._why_not.setText(self.tr("Start a scenario first.") if live else self.tr("Nothing can be injected into a recording."))
        self._why_not.setVisible(not runs)
        if exercise is not None:
            at = self._speed.findData(exercise.speed)
            self._speed.setCurrentIndex(max(0, at))
        self._show_texts()
        self._show_calls()

    def show_cases(self, cases: Sequence[CaseId]) -> None:
        """The cases that something can be let happen in."""
        if [self.case.itemData(at) for at in range(self.case.count())] == list(cases):
            return
        self.case.clear()
        for name in cases:
            self.case.addItem(name, name)

    def show_now(self, now_us: int) -> None:
        """Let the time of the scenario count."""
        row = self._exercise
        if row is None:
            self._state.setText(self.tr("No scenario has been started yet."))
        elif row.ended_us is not None:
            self._state.setText(self.tr("Over since {time}. The debrief is ready.").format(time=formats.clock(row.ended_us)))
        else:
            text = self.tr("{passed} of {whole}")
            whole = (row.ends_us - row.starts_us) / 1e6
            self._state.setText(
                text.format(passed=formats.countdown(max(0.0, (now_us - row.starts_us) / 1e6)), whole=formats.countdown(whole))
            )

    def _take_library(self, answer: object) -> None:
        rows = [row for row in answer if isinstance(row, ScenarioRow)] if isinstance(answer, tuple) else []
        if not rows:
            self._state.setText(self.tr("The library of scenarios could not be read."))
            return
        self._scenarios = {row.scenario: row for row in rows}
        self.library.clear()
        for row in sorted(rows, key=lambda row: (row.number is None, row.number or 0, row.scenario)):
            number = "" if row.number is None else f"{row.number:02}  "
            item = QListWidgetItem(f"{number}{in_language(row.title_ko, row.title_en)}")
            item.setData(Qt.ItemDataRole.UserRole, row.scenario)
            self.library.addItem(item)

    def _chosen(self) -> ScenarioRow | None:
        item = self.library.currentItem()
        return None if item is None else self._scenarios.get(str(item.data(Qt.ItemDataRole.UserRole)))

    @Slot()
    def _on_scenario_changed(self) -> None:
        row = self._chosen()
        self.show_room(self._exercise, live=self._live)
        if row is not None and (self._exercise is None or self._exercise.ended_us is not None):
            self._ask(ReadScenarios(scenario=row.scenario), self._take_preview)

    def _take_preview(self, answer: object) -> None:
        if isinstance(answer, tuple) and answer and isinstance(answer[0], ScenarioRow):
            self.on_preview(answer[0])

    def _on_start_clicked(self) -> None:
        row = self._chosen()
        if row is not None:
            self._submit(StartScenario(scenario=row.scenario))

    def _inject(self, inject: Inject) -> None:
        case = self.case.currentData()
        if case is None:
            return
        text = None
        if inject is Inject.CALL:
            text, given = QInputDialog.getText(self, self.tr("Call"), self.tr("What does the caller say?"))
            if not given or not text.strip():
                return
        self._submit(InjectEvent(inject=inject, case=CaseId(case), text=text))

    def _show_texts(self) -> None:
        row, chosen = self._exercise, self._chosen()
        if row is not None and row.ended_us is None:
            self._title.setText(in_language(row.title_ko, row.title_en))
            self._briefing.setText(in_language(row.briefing_ko, row.briefing_en).strip())
        elif chosen is not None:
            self._title.setText(in_language(chosen.title_ko, chosen.title_en))
            self._briefing.setText(in_language(chosen.briefing_ko, chosen.briefing_en).strip())
        else:
            self._title.setText(self.tr("Exercise"))
            self._briefing.setText("" if self._is_trainer else self.tr("The trainer starts the scenario; its briefing stands here then."))

    def _show_calls(self) -> None:
        clear(self._calls)
        calls = () if self._exercise is None else self._exercise.calls[-CALLS_SHOWN:]
        if calls:
            self._calls.addWidget(label(self.tr("Calls"), "strong"))
        for at_us, by, korean, english in reversed(calls):
            self._calls.addWidget(label(f"{formats.clock(at_us)}  {by}", "soft", look="look"))
            self._calls.addWidget(label(f"“{in_language(korean, english)}”", wrap=True))
