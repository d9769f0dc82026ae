"""Saving what panels have printed: where, asked of the person; that it was saved goes into the log with the hash of the file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from backend_bridge.domain.queries import NotePaper, Query
from desktop.kept_files import keep
from desktop.main_window import MainWindow
from widgets.printed_sheet import Paper

translate = QCoreApplication.translate


def save_paper(window: MainWindow, ask: Callable[[Query, Callable[[object], None]], None], paper: Paper) -> None:
    """Ask where to save `paper`, save it, and have its SHA-256 entered in the log; what is not entered is said to be so."""
    path, _ = QFileDialog.getSaveFileName(window, translate("Papers", "Save as"), paper.name, paper.kind)
    if not path:
        return
    try:
        keep(Path(path), paper.data)
    except OSError as error:
        window.say(translate("Papers", "It was not saved: {why}").format(why=error.strerror))
        return

    def noted(answer: object) -> None:
        if isinstance(answer, tuple):
            window.say(translate("Papers", "Saved, and its SHA-256 is in the log: {digest}").format(digest=paper.sha256))
        else:
            window.say(
                translate("Papers", "Saved, but the bridge did not enter it in the log. SHA-256: {digest}").format(digest=paper.sha256)
            )

    ask(NotePaper(what=paper.what, sha256=paper.sha256), noted)
