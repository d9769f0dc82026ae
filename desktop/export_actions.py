"""Handing out positions from the desk, and confirming that what was handed out is gone."""

from PySide6.QtCore import QCoreApplication

from desktop.papers import save_paper
from desktop.room_view import RoomView
from widgets.export_dialog import ExportDialog, ExportGoneDialog, ExportResult, MadeExport, exporting
from widgets.phrases_refusals import refusal
from widgets.printed_sheet import Draft

translate = QCoreApplication.translate
DAY_US = 86_400 * 1_000_000


class ExportActions:
    """The acts of one window about exports."""

    def __init__(self, view: RoomView) -> None:
        self._view = view

    def export(self) -> None:
        """Make a file under one's own access that runs; without any, say how to come by it."""
        board, window = self._view.board, self._view.window
        user = "" if board.session is None else board.session.user
        grants = exporting(tuple(board.grants.values()), user)
        if not grants:
            window.say(translate("ExportActions", "Positions leave only under running access that allows export; request it first (R)."))
            return
        request = board.requests.get(grants[0].request or "")
        now_us = self._view.deeds.now_us()
        period_us = (now_us - DAY_US, now_us) if request is None else (request.from_us, request.to_us)
        dialog = ExportDialog(grants, period_us, window)
        if dialog.exec():
            window.say(translate("ExportActions", "The bridge encrypts the file…"), good=True)
            self._view.deeds.ask(dialog.query(), self._take)

    def gone(self) -> None:
        """Confirm that a file that was handed out is destroyed."""
        dialog = ExportGoneDialog(self._view.window)
        if dialog.exec():
            self._view.deeds.submit(dialog.command())

    def _take(self, answer: object) -> None:
        window, made = self._view.window, MadeExport.of(answer)
        if made is None:
            window.say(refusal(str(answer), getattr(answer, "sentence", "")))
            return
        ExportResult(made, lambda paper: save_paper(window, self._view.deeds.ask, Draft.ready(paper)), window).exec()
