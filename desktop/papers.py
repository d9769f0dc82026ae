"""Saving what panels have printed: where, asked of the person; whether it worked, said at the foot of the window."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from desktop.main_window import MainWindow
from widgets.printed_sheet import Paper

translate = QCoreApplication.translate


def save_paper(window: MainWindow, paper: Paper) -> None:
    """Ask where to save `paper` and save it; its SHA-256 is said, so that it can be written down."""
    path, _ = QFileDialog.getSaveFileName(window, translate("Papers", "Save as"), paper.name, paper.kind)
    if not path:
        return
    try:
        Path(path).write_bytes(paper.data)
    except OSError as error:
        window.say(translate("Papers", "It was not saved: {why}").format(why=error.strerror))
        return
    window.say(translate("Papers", "Saved. SHA-256 of the file: {digest}").format(digest=paper.sha256))
