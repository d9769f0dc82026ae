"""Comparing and briefing at this desk: several pairs over each other, and an incident as one picture."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog

from backend_bridge.application.rows import AlarmRow, CaseRow, Track
from backend_bridge.domain.identifiers import DeviceId
from backend_bridge.domain.queries import NotePaper, PreparePaper, ReadTrack
from desktop.board import Board
from desktop.kept_files import keep
from desktop.main_window import MainWindow
from desktop.panels import Deeds
from widgets.comparison_window import AFTER_S, BEFORE_S, ComparisonWindow
from widgets.incident_sheet import IncidentPicture, png_of, sheet_image, sheet_pdf
from widgets.phrases_refusals import refusal
from widgets.printed_sheet import Maker
from widgets.small_map import TileSource
from widgets.theme import load_theme

translate = QCoreApplication.translate
SHEET_BEFORE_US = 900_000_000


class ComparingView(QObject):
    """Asks for the tracks of pairs and gives them to the window that compares or to the picture."""

    def __init__(self, window: MainWindow, board: Board, deeds: Deeds, basemaps: Callable[[], tuple[TileSource, ...]]) -> None:
        """`basemaps()` is what the desk's map is drawn on now."""
        super().__init__(window)
        self._window, self._board, self._deeds, self._basemaps = window, board, deeds, basemaps
        self.comparison: ComparisonWindow | None = None

    def open_comparison(self) -> None:
        """Choose alarms to draw over each other."""
        if self.comparison is None:
            self.comparison = ComparisonWindow(self._window.theme, self._window)
            self.comparison.on_wanted = self._read_pair
        self.comparison.show_alarms(tuple(self._board.alarms.values()), tuple(self._board.cases.values()))
        self.comparison.show()
        self.comparison.raise_()

    def save_sheet(self, alarm: AlarmRow | None) -> None:
        """Ask where the chosen incident goes as one picture, PNG or PDF."""
        incident = self._board.incident_of(alarm, None if alarm is None else alarm.case)
        if incident is None:
            self._window.say(translate("ComparingView", "Choose an alarm with an incident first."))
            return
        title = translate("ComparingView", "Save the incident as one picture")
        path, _ = QFileDialog.getSaveFileName(self._window, title, f"{incident.incident}.png", "PNG (*.png);;PDF (*.pdf)")
        if not path:
            return
        case = self._board.cases.get(incident.case)
        alarms = tuple(
            sorted((row for row in self._board.alarms.values() if row.alarm in incident.alarms), key=lambda row: row.happened_us)
        )
        start_us = min([row.happened_us for row in alarms] + [incident.opened_us]) - SHEET_BEFORE_US

        def take(subject: Track | None, protected: Track | None) -> None:
            query = PreparePaper(what="incident-picture", incident=incident.incident)
            self._deeds.ask(query, lambda answer: draw((subject, protected), answer))

        def draw(tracks: tuple[Track | None, Track | None], answer: object) -> None:
            maker = Maker.of(answer)
            if maker is None:
                why = refusal(str(answer), getattr(answer, "sentence", ""))
                self._window.say(translate("Papers", "Nothing was printed, because the bridge did not enter it: {why}").format(why=why))
                return
            picture = IncidentPicture(
                incident=incident,
                case=case,
                alarms=alarms,
                subject=tracks[0],
                protected=tracks[1],
                maker=maker if maker.access else replace(maker, access=incident.incident),
                basemaps=self._basemaps(),
            )
            self._write(picture, Path(path))

        about = next((row.about for row in alarms if row.about is not None), None)
        self._read(case, about, (start_us, incident.closed_us or self._deeds.now_us()), take)

    def _write(self, picture: IncidentPicture, path: Path) -> None:
        paper = path.suffix.lower() == ".pdf"  # paper is white
        data = sheet_pdf(picture, load_theme("day")) if paper else png_of(sheet_image(picture, self._window.theme))
        try:
            keep(path, data)
        except OSError as error:
            self._window.say(translate("ComparingView", "The picture was not saved: {why}").format(why=error.strerror))
            return
        self._window.say(translate("ComparingView", "The picture is saved."), good=True)
        digest = hashlib.sha256(data).hexdigest()
        self._deeds.ask(NotePaper(what="incident-picture", sha256=digest, copy=picture.maker.copy), lambda _: None)

    def _read_pair(self, alarm: AlarmRow) -> None:
        case = None if alarm.case is None else self._board.cases.get(alarm.case)
        span_us = (alarm.happened_us - int(BEFORE_S * 1e6), alarm.happened_us + int(AFTER_S * 1e6))
        comparison = self.comparison
        if comparison is not None:
            self._read(case, alarm.about, span_us, lambda subject, protected: comparison.show_pair(alarm, subject, protected))

    def _read(
        self, case: CaseRow | None, about: str | None, span_us: tuple[int, int], done: Callable[[Track | None, Track | None], None]
    ) -> None:
        """Both tracks of a pair, None for one that may not be shown; `done` is called once both are answered."""
        if case is None:
            done(None, None)
            return
        devices = {part: _device(case, part, about) for part in ("subject", "protected")}
        found: dict[str, Track | None] = {part: None for part, device in devices.items() if device is None}
        for part, device in devices.items():
            if device is not None:
                query = ReadTrack(device=device, case=case.case, from_us=span_us[0], to_us=span_us[1] + 1)
                self._deeds.ask(query, _taker(found, part, done))
        if len(found) == len(devices) and not any(devices.values()):
            done(None, None)


def _device(case: CaseRow, part: str, about: str | None) -> DeviceId | None:
    people = [person for person in case.people if person.part == part and person.device is not None]
    chosen = next((person for person in people if person.person == about), None) or next(iter(people), None)
    return None if chosen is None else chosen.device


def _taker(found: dict[str, Track | None], part: str, done: Callable[[Track | None, Track | None], None]) -> Callable[[object], None]:
    def take(answer: object) -> None:
        found[part] = answer if isinstance(answer, Track) else None
        if len(found) == 2:
            done(found["subject"], found["protected"])

    return take
