"""What happens when a person runs an action: the acts that need a question first, and the table of all."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox

from backend_bridge.application.incident_rows import IncidentRow
from backend_bridge.application.rows import AlarmState
from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.commands import AddNote, BreakGlass, CloseAlarm, LocateNow, StartTestAlarm
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.note import NoteAbout, Statement
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.queries import LAST_KNOWN, PreparePaper, SearchHit, SignReport
from desktop import actions
from desktop.export_actions import ExportActions
from desktop.kept_files import keep
from desktop.last_list import LastList
from desktop.room_view import RoomView
from widgets import formats, last_known, phrases, phrases_work
from widgets.command_palette import CommandPalette
from widgets.entered_labels import ask_label
from widgets.hand_over_dialog import HandOverDialog
from widgets.incident_report import ReportPicture, incident_report
from widgets.key_sheet import KeyGroup, KeySheet
from widgets.map.map_view import MapView
from widgets.phrases_refusals import refusal
from widgets.printed_sheet import Draft, Maker
from widgets.reason_dialog import Choice, ask_choice, ask_outcome
from widgets.recording_dialog import RecordingDialog
from widgets.request_dialog import RequestDialog
from widgets.search_dialog import SearchDialog
from widgets.steps_section import ordered_tasks

translate = QCoreApplication.translate
MOST_ON_PAGES: Final = 400
"""People of a list that is drawn as pages; a longer one would hold the desk up for seconds, and is saved as a table."""


class Operations:
    """The acts of one window."""

    def __init__(self, view: RoomView) -> None:
        self._view = view
        self._window = view.window

    def close_alarm(self) -> None:
        """End the chosen alarm with an outcome; a life-and-death one needs a note."""
        row = self._view.chosen_alarm()
        if row is None or self._view.panels.alarms.unfold_first():
            return
        choices = [Choice(code=code, text=phrases.word(phrases_work.OUTCOMES, code)) for code in phrases_work.CLOSING_OUTCOMES]
        title = translate("Operations", "Close {kind} · {case}").format(kind=phrases.kind(row.kind), case=row.case or "")
        found = ask_outcome(self._window, title, translate("Operations", "What was found?"), choices, needs_text=row.priority == 1)
        if found is not None:
            closing = CloseAlarm(alarm=row.alarm, outcome=found.outcome, note=found.note, about=found.about, statement=found.statement)
            self._view.deeds.submit(closing)

    def work_step(self) -> None:
        """Record how the first open step ended."""
        incident = self._view.incident()
        if incident is not None:
            steps = [at + 1 for at, task in enumerate(ordered_tasks(incident)) if task.state == "open"]
            if steps:
                self._view.panels.case.steps.work(steps[0])

    def locate(self) -> None:
        """Ask the wearer's device for a position at once."""
        case = self._view.chosen_case()
        if case is not None:
            wearer = next((person.person for person in case.people if person.part == "subject"), None)
            if wearer is not None:
                self._view.deeds.submit(LocateNow(case=case.case, person=wearer))

    def enter_label(self) -> None:
        """Enter of the chosen case what no device shows, such as that a wearer did not come to be fitted."""
        case = self._view.chosen_case()
        if case is not None:
            protected = tuple(person.person for person in case.people if person.part == "protected")
            command = ask_label(self._window, case.case, protected, self._view.deeds.now_us())
            if command is not None:
                self._view.deeds.submit(command)

    def request_access(self) -> None:
        """Ask another person to let this one see more of the chosen case."""
        case = self._view.chosen_case()
        if case is not None:
            dialog = RequestDialog(case, self._view.deeds.now_us(), self._window)
            if dialog.exec():
                self._view.deeds.submit(dialog.command())

    def break_glass(self) -> None:
        """See now, with a reason; the supervisor is told at once and reviews it."""
        case = self._view.chosen_case()
        if case is None:
            return
        people = [
            Choice(code=person.person, text=f"{person.person} · {phrases.word(phrases.PARTS, person.part)}") for person in case.people
        ]
        question = translate("Operations", "Whose life depends on it, and why now? The supervisor is told at once.")
        answer = ask_choice(self._window, translate("Operations", "Break glass"), question, people, needs_text=True)
        if answer is not None:
            person = next(one.person for one in case.people if one.person == answer[0])
            self._view.deeds.submit(BreakGlass(person=person, case=case.case, purpose=Purpose.VICTIM_NOTICE, reason=answer[1]))

    def hand_over(self) -> None:
        """Give all that one owns to the next shift."""
        board = self._view.board
        user = None if board.session is None else board.session.user
        alarms = [row for row in board.alarms.values() if row.owner == user]
        incidents = [row for row in board.incidents.values() if row.owner == user and row.closed_us is None]
        silent = sum(row.kind is AlarmKind.SILENT and row.state is AlarmState.UNACKNOWLEDGED for row in board.alarms.values())
        dialog = HandOverDialog(alarms, incidents, silent, self._window)
        if dialog.exec():
            self._view.deeds.submit(dialog.command())

    def report(self) -> None:
        """Save the incident as a PDF, and enter its hash in the incident's timeline and so in the log."""
        incident = self._view.incident()
        if incident is None:
            return
        path, _ = QFileDialog.getSaveFileName(
            self._window, actions.words("Save the incident report as PDF"), f"{incident.incident}.pdf", "PDF (*.pdf)"
        )
        if path:
            self.write_report(incident, Path(path))

    def write_report(self, incident: IncidentRow, path: Path) -> None:
        """Write the report of `incident` to `path` once the bridge has entered that it is made and under which mark."""
        query = PreparePaper(what="incident-report", incident=incident.incident)
        self._view.deeds.ask(query, lambda answer: self._write_marked(incident, path, answer))

    def _write_marked(self, incident: IncidentRow, path: Path, answer: object) -> None:
        """The report itself, and beside it what the bridge signs of it; its hash goes into the log."""
        maker = Maker.of(answer)
        if maker is None:
            why = refusal(str(answer), getattr(answer, "sentence", ""))
            self._window.say(translate("Papers", "Nothing was printed, because the bridge did not enter it: {why}").format(why=why))
            return
        board, panels = self._view.board, self._view.panels
        alarms = [row for row in board.alarms.values() if row.alarm in incident.alarms]
        pictures = [
            ReportPicture(title=translate("IncidentReport", "Map"), image=panels.map.grab().toImage()),
            ReportPicture(title=actions.words("Charts"), image=panels.chart.grab().toImage()),
        ]
        report = incident_report(incident, alarms, pictures, maker)
        try:
            keep(path, report.pdf)
        except OSError as error:
            self._window.say(translate("Operations", "The report was not saved: {why}").format(why=error.strerror))
            return
        self._view.deeds.submit(_report_note(incident, report.sha256))
        self._view.deeds.ask(
            SignReport(incident=incident.incident, sha256=report.sha256, copy=maker.copy),
            lambda answer: self._keep_signature(answer, path),
        )

    def _keep_signature(self, answer: object, path: Path) -> None:
        """Put the signature beside the report; a report without one is said to be unsigned."""
        beside = path.with_name(f"{path.name}.sig")
        if not isinstance(answer, tuple) or len(answer) != 1:
            self._window.say(translate("Operations", "The report is saved, but the bridge did not sign it."))
            return
        try:
            keep(beside, str(answer[0]).encode())
        except OSError as error:
            self._window.say(translate("Operations", "The report was not saved: {why}").format(why=error.strerror))
            return
        text = translate("Operations", "The report is saved, its hash is in the log, and the bridge's signature is beside it ({name}).")
        self._window.say(text.format(name=beside.name), good=True)

    def last_known(self) -> None:
        """Print or save where everybody was last, for when nothing comes in any more."""
        board, now_us = self._view.board, self._view.deeds.now_us()
        if self._view.replay.playhead is not None:
            text = translate(
                "Operations", "Close the recording first: this list says where people are last known now, and a recording shows the past."
            )
            self._window.say(text)
            return
        seen = last_known.last_seen(board.cases.values(), board.devices, self._view.frame())
        said = last_known.Circumstances(
            now_us=now_us,
            n_cases=None if board.room is None else board.room.n_cases,
            exercise=board.session is not None and board.session.exercise,
        )
        sheet, name = last_known.paper_of(seen, said), f"{LAST_KNOWN}-{formats.day(now_us)}"
        draft = Draft.pdf(sheet, name) if len(seen) <= MOST_ON_PAGES else Draft.csv(sheet, name)
        LastList(self._window, self._view.deeds.ask, sheet, draft).offer()

    def open_recording(self) -> None:
        """Live a stretch of the past again at this desk."""
        dialog = RecordingDialog(self._view.deeds.now_us(), self._window)
        if dialog.exec():
            self._view.deeds.submit(dialog.command())

    def test_alarm(self) -> None:
        """Run the test alarm from the bridge to this desk's sound."""
        self._view.deeds.submit(StartTestAlarm())

    def search(self) -> None:
        """Find a case, person, device or place and go there."""
        SearchDialog(self._view.deeds.ask, self._go_to, self._window).exec()

    def palette(self) -> None:
        """List every action."""
        CommandPalette(list(self._window.actions_by_name.values()), self._window).exec()

    def keys(self) -> None:
        """Show every key."""
        KeySheet(key_groups(), self._window).exec()

    def about(self) -> None:
        """Say what this is."""
        box = QMessageBox(self._window)
        box.setWindowTitle(translate("Operations", "About Bongsu"))
        text = translate(
            "Operations",
            "Bongsu (봉수), the desk of a control room.\nBase map © OpenStreetMap contributors (ODbL). Font Noto Sans CJK (OFL).",
        )
        box.setText(text)
        box.exec()

    def open_chosen(self) -> None:
        """Show the chosen alarm with its incident."""
        row = self._view.chosen_alarm()
        if row is not None:
            self._view.open_alarm(row)

    def fit_case(self) -> None:
        """Show the chosen case whole on the map."""
        if self._view.case is not None:
            self._view.panels.map.fit_case(self._view.case)

    def second_map(self) -> None:
        """Open a map in a window of its own that names nobody, to be moved to a wall or a second screen."""
        open_wall(self._view.panels.map, hands=True)

    def choose_place(self) -> None:
        """Open the list of places where units can be sent."""
        self._window.raise_dock("incident")
        self._view.panels.incident.to.setFocus()
        self._view.panels.incident.to.showPopup()

    def full_screen(self) -> None:
        """Fill the screen, or stop to."""
        window = self._window
        window.showNormal() if window.isFullScreen() else window.showFullScreen()

    def _go_to(self, hit: SearchHit) -> None:
        if hit.case is not None:
            self._view.choose_case(CaseId(hit.case))
        if hit.position is not None:
            self._view.panels.map.show_places({hit.label: hit.position})
            self._view.panels.map.go_to(hit.position, 16)


def _report_note(incident: IncidentRow, sha256: str) -> AddNote:
    text = f"report.pdf SHA-256 {sha256}"
    return AddNote(incident=incident.incident, text=text, about=NoteAbout.NOBODY, statement=Statement.FACT)


def open_wall(main: MapView, *, hands: bool) -> MapView:
    """A second map of everybody that names nobody: filling the second screen where there is one, else in a window of its own."""
    wall = main.open_mirror(identities=False, hands=hands)
    wall.setWindowTitle(translate("Operations", "Map for the wall"))
    wall.fit_everybody()
    screens = QGuiApplication.screens()
    if len(screens) > 1:
        wall.setGeometry(screens[1].geometry())
        wall.showFullScreen()
    else:
        wall.resize(1280, 720)
        wall.show()
    return wall


def key_groups() -> list[KeyGroup]:
    """The keys of all actions, by menu."""
    return [
        KeyGroup(
            title=actions.words(title),
            keys=tuple((actions.words(spec.text), spec.keys) for spec in actions.ACTIONS if spec.menu == menu and spec.keys),
        )
        for menu, title in actions.MENUS
    ]


def runs(view: RoomView, shell: Mapping[str, Callable[[], None]]) -> dict[str, Callable[[], None]]:
    """What each action of the table does; `shell` has those that concern the whole desk."""
    acts, panels, window = Operations(view), view.panels, view.window
    chart = panels.chart
    return {
        **_runs_of_work(view, acts),
        **_runs_of_places(view),
        "search": acts.search,
        "fit_case": acts.fit_case,
        "span_15": lambda: chart.choose_span(900),
        "span_60": lambda: chart.choose_span(3600),
        "span_360": lambda: chart.choose_span(21_600),
        "float_dock": window.float_focused,
        "second_map": acts.second_map,
        "reset_layout": window.arrange,
        "full_screen": acts.full_screen,
        "menu": panels.top.open_menu,
        "palette": acts.palette,
        "tour": window.show_tour,
        "keys": acts.keys,
        "about": acts.about,
        **_runs_of_recordings(view, acts),
        **shell,
    }


def _runs_of_work(view: RoomView, acts: Operations) -> dict[str, Callable[[], None]]:
    """What is done about alarms, incidents and people."""
    panels, exports = view.panels, ExportActions(view)
    return {
        "acknowledge": panels.alarms.acknowledge,
        "open_incident": acts.open_chosen,
        "unfold": panels.alarms.unfold,
        "fold": panels.alarms.fold,
        "next_waiting": panels.alarms.choose_next_waiting,
        "shelve": panels.alarms.shelve,
        "take_over": panels.alarms.take_over,
        "close_alarm": acts.close_alarm,
        "sort_alarms": panels.alarms.table.sort_as_given,
        "focus_alarms": panels.alarms.table.setFocus,
        "test_alarm": acts.test_alarm,
        "work_step": acts.work_step,
        "dispatch": panels.incident.dispatch,
        "choose_place": acts.choose_place,
        "recall": panels.incident.recall,
        "add_note": panels.incident.add_note,
        "close_incident": panels.incident.close_incident,
        "report": acts.report,
        "hand_over": acts.hand_over,
        "last_known": acts.last_known,
        "locate": acts.locate,
        "enter_label": acts.enter_label,
        "request_access": acts.request_access,
        "break_glass": acts.break_glass,
        "export": exports.export,
        "export_gone": exports.gone,
        "mask": panels.case.hide_answers,
    }


def _runs_of_places(view: RoomView) -> dict[str, Callable[[], None]]:
    """Where the desk can be taken to."""
    window = view.window
    return {
        "go_monitor": lambda: window.show_page(0),
        "go_approvals": lambda: window.show_page(1),
        "go_statistics": lambda: window.show_page(2),
        "go_ledger": lambda: window.show_page(3),
        "go_upkeep": lambda: window.show_page(4),
        "go_app": lambda: window.show_beside_map("app"),
        "go_charts": lambda: window.raise_dock("chart"),
        "go_incident": lambda: window.raise_dock("incident"),
        "go_silent": lambda: window.raise_dock("silent"),
        "go_devices": lambda: window.raise_dock("health"),
        "go_gateways": lambda: window.raise_dock("gateways"),
    }


def _runs_of_recordings(view: RoomView, acts: Operations) -> dict[str, Callable[[], None]]:
    """What the actions about recordings, exercises and comparisons do."""
    bar = view.panels.replay
    return {
        "open_recording": acts.open_recording,
        "play_recording": bar.play_or_pause,
        "next_fix": lambda: bar.step("next-fix"),
        "previous_fix": lambda: bar.step("previous-fix"),
        "next_alarm": lambda: bar.step("next-alarm"),
        "previous_alarm": lambda: bar.step("previous-alarm"),
        "loop_recording": bar.loop_or_not,
        "bookmark": bar.bookmark,
        "compare_incidents": view.comparing.open_comparison,
        "incident_sheet": lambda: view.comparing.save_sheet(view.chosen_alarm()),
        "what_if": view.training.open_what_if,
        "go_training": lambda: view.window.raise_dock("training"),
        "write_scenario": view.training.open_editor,
        "debrief": view.training.open_debrief,
        "close_recording": lambda: bar.on_close(),  # noqa: PLW0108 - set later
    }
