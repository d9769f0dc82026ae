"""Exercises, debriefs and comparisons at this desk: their windows, and what goes between them, the room and the time bar."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QPoint

from backend_bridge.application.training_rows import DebriefRow, ExerciseRow, ScenarioRow
from backend_bridge.domain.commands import OpenRecording, SeekRecording
from backend_bridge.domain.queries import CompareRecording, ReadDebrief, StopComparing
from backend_bridge.domain.user import Role
from desktop.board import Board
from desktop.desk_link import Refusal
from desktop.main_window import MainWindow
from desktop.panels import Deeds, Panels
from desktop.papers import save_paper
from desktop.replay_view import ReplayView
from widgets import phrases
from widgets.debrief_window import DebriefWindow
from widgets.phrases_refusals import refusal
from widgets.scenario_editor import ScenarioEditor
from widgets.theme import Theme
from widgets.training_panel import TrainingPanel
from widgets.training_preview import preview_tracks
from widgets.what_if_window import WhatIfWindow, marks_of

translate = QCoreApplication.translate


class TrainingView(QObject):
    """Feeds the training panel, opens the debrief and the comparison, and lives their moments again."""

    def __init__(self, window: MainWindow, panels: Panels, board: Board, deeds: Deeds, replay: ReplayView) -> None:
        super().__init__(window)
        self._window, self._panels, self._board, self._deeds, self._replay = window, panels, board, deeds, replay
        self.debrief: DebriefWindow | None = None
        self.what_if: WhatIfWindow | None = None
        self.editor: ScenarioEditor | None = None
        self._then_seek_us: int | None = None
        self._n_calls: int | None = None
        self._begun: tuple[int | None, bool] = (None, False)
        panel: TrainingPanel = panels.training
        panel.on_preview = self._preview
        panel.on_debrief = self.open_debrief
        panel.on_write = self.open_editor
        panels.replay.on_compare = self.open_what_if

    def show_rooms(self) -> None:
        """The room's and the session's rows are new."""
        if self.what_if is not None:
            self.what_if.show_progress(None if self._replay.playhead is None else self._replay.playhead.compared)
        board, panel = self._board, self._panels.training
        session, room = board.session, board.room
        exercise = session is not None and session.exercise
        self._window.show_training(on=exercise)
        if not exercise or session is None:
            return
        panel.show_session(session.role)
        panel.show_room(None if room is None else room.exercise, live=self._replay.playhead is None)
        panel.show_cases(tuple(row.case for row in board.cases.values() if row.in_force))
        self._end_preview(None if room is None else room.exercise)
        calls = () if room is None or room.exercise is None else room.exercise.calls
        if self._n_calls is not None and len(calls) > self._n_calls:
            self._window.raise_dock("training")
        self._n_calls = len(calls)
        if self._then_seek_us is not None and room is not None and room.playhead is not None:
            at_us, self._then_seek_us = self._then_seek_us, None
            self._deeds.submit(SeekRecording(at_us=at_us))

    def _end_preview(self, exercise: ExerciseRow | None) -> None:
        """Take the places of a scenario off the map once it is played or lived again: there they would lie over the people."""
        begun = (None if exercise is None or exercise.ended_us is not None else exercise.starts_us, self._replay.playhead is not None)
        if begun != self._begun and any(begun):
            self._panels.map.show_places({})
        self._begun = begun

    def show_now(self, now_us: int) -> None:
        """Let what counts, count."""
        self._panels.training.show_now(now_us)

    def open_debrief(self) -> None:
        """How the scenario went, so far or in the end."""
        if self.debrief is None:
            self.debrief = DebriefWindow(self._theme(), self._window)
            self.debrief.on_moment = self._live_again
            self.debrief.on_save = lambda paper: save_paper(self._window, self._deeds.ask, paper)
        self._deeds.ask(ReadDebrief(), self._take_debrief)

    def open_what_if(self) -> None:
        """Choose other rules for the recording that is shown."""
        if self._replay.playhead is None:
            self._window.say(translate("TrainingView", "Open a recording first: what is compared is what it holds."))
            return
        made = self.what_if
        if made is None:
            made = self.what_if = WhatIfWindow(self._theme(), self._window)
            made.on_compare = self._compare
            made.on_stop = lambda: self._deeds.ask(StopComparing(), lambda _answer: None)
            made.on_moment = lambda at_us: self._deeds.submit(SeekRecording(at_us=at_us))
        made.show_cases(tuple(self._board.cases.values()))
        made.show()
        made.raise_()

    def open_editor(self) -> None:
        """Write scenarios, beside the map that shows where everybody goes."""
        session = self._board.session
        if session is None or not session.exercise or session.role is not Role.TRAINER:
            self._window.say(translate("TrainingView", "Scenarios are written by a trainer, in a room for exercises."))
            return
        made = self.editor
        if made is None:
            made = self.editor = ScenarioEditor(self._theme(), self._deeds.ask, self._window)
            made.on_preview = self._preview
            made.on_saved = self._panels.training.read_library
            made.on_refused = self._refused_sentence
            made.move(self._window.geometry().topLeft() + QPoint(24, 72))
        made.show()
        made.raise_()
        made.open_library(self._panels.training.chosen_scenario())

    def _theme(self) -> Theme:
        return self._window.theme

    def _take_debrief(self, answer: object) -> None:
        if isinstance(answer, DebriefRow) and self.debrief is not None:
            self.debrief.show_debrief(answer)
            self.debrief.show()
            self.debrief.raise_()
        else:
            self._say_refused(answer, self._window.say)

    def _compare(self, query: CompareRecording) -> None:
        self._deeds.ask(query, self._take_compared)

    def _take_compared(self, answer: object) -> None:
        if self.what_if is None:
            return
        if isinstance(answer, tuple):
            self.what_if.show_result(answer)
            self._panels.replay.show_differences(marks_of(answer))
        else:
            self._say_refused(answer, self.what_if.show_refused)

    def _say_refused(self, answer: object, say: Callable[[str], None]) -> None:
        say(self._refused_sentence(answer))

    def _refused_sentence(self, answer: object) -> str:
        if isinstance(answer, Refusal):
            return refusal(str(answer), answer.sentence)
        return translate("TrainingView", "There is nothing to show of it.")

    def _live_again(self, at_us: int) -> None:
        """Show that moment of the exercise at this desk, as it was then."""
        exercise = None if self._board.room is None else self._board.room.exercise
        if self._replay.playhead is not None:
            self._deeds.submit(SeekRecording(at_us=at_us))
        elif self.debrief is not None and exercise is not None:
            ends_us = exercise.ended_us or self._deeds.now_us()
            self._then_seek_us = at_us
            self._deeds.submit(OpenRecording(from_us=exercise.starts_us, to_us=ends_us))

    def _preview(self, row: ScenarioRow) -> None:
        """Draw where everybody of a scenario goes."""
        self._panels.map.show_tracks(preview_tracks(row))
        self._panels.map.show_places({phrases.place(name): at for name, at in row.places})
        self._panels.map.fit([point for track in row.tracks for point in track.points] or [place for _, place in row.places])
