"""The list of last known positions on its way to people: straight to a printer where there is one, else a file that goes by itself."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from backend_bridge.domain.queries import NotePaper
from desktop.expiring_files import ExpiringFiles
from desktop.logging_setup import log_folder
from desktop.main_window import MainWindow
from desktop.papers import Ask, prepare
from widgets import formats
from widgets.printed_sheet import Draft, Maker, Sheet, content_hash, print_on

translate = QCoreApplication.translate
KEPT_US: Final = 24 * 3600 * 1_000_000
"""For so long a saved list is there: a shift and what comes after it, and no longer."""


_PARTS: Final = ("gbPrintRange", "pageSetLabel", "pageSetCombo")
"""Where Qt's own print dialog (on all systems but Windows and macOS) asks for a part of the pages."""


def print_dialog(printer: QPrinter, parent: QWidget | None) -> QPrintDialog:
    """Asks which printer and how many copies: a list is printed whole, on its own paper, and never to a file that would stay."""
    dialog = QPrintDialog(printer, parent)
    option = QPrintDialog.PrintDialogOption
    for each in (option.PrintToFile, option.PrintPageRange, option.PrintSelection, option.PrintCurrentPage, option.PrintShowPageSize):
        dialog.setOption(each, False)
    attic = QWidget(dialog)  # Qt shows what is merely hidden again by itself
    attic.hide()
    for part in [part for name in _PARTS for part in dialog.findChildren(QWidget, name)]:
        part.setParent(attic)
    return dialog


class LastList:
    """One list: what it says, and its name."""

    def __init__(self, window: MainWindow, ask: Ask, sheet: Sheet, draft: Draft) -> None:
        self._window, self._ask, self._sheet, self._draft = window, ask, sheet, draft

    def offer(self) -> None:
        """Print it, of which this desk keeps no file; save it where there is no printer, or a person wants a file."""
        if not QPrinterInfo.availablePrinterNames():
            self.save()
            return
        box = QMessageBox(self._window)
        box.setObjectName("last_list")
        box.setWindowTitle(self._sheet.title)
        box.setText(translate("LastList", "Print the list? This desk keeps no file of it, but a printing system may keep its jobs."))
        box.setInformativeText(translate("LastList", "A saved list is not encrypted, and this desk deletes it after 24 hours."))
        printed = box.addButton(translate("LastList", "Print…"), QMessageBox.ButtonRole.AcceptRole)
        saved = box.addButton(translate("LastList", "Save for 24 hours…"), QMessageBox.ButtonRole.ActionRole)
        box.addButton(translate("LastList", "Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(printed)
        box.exec()
        if box.clickedButton() is printed:
            printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            if print_dialog(printer, self._window).exec() == QDialog.DialogCode.Accepted:
                self.print_with(printer)
        elif box.clickedButton() is saved:
            self.save()

    def print_with(self, printer: QPrinter) -> None:
        """Print it once the bridge has entered that."""

        def drawn(maker: Maker) -> None:
            if not print_on(self._sheet, maker, printer):
                self._window.say(translate("LastList", "The list was not printed: the printer does not answer."))
                return
            digest = content_hash(self._sheet, maker)
            words = translate("LastList", "Sent to the printer; the SHA-256 at the foot of each page is in the log.")
            self._note(digest, maker, words)

        prepare(self._window, self._ask, self._draft, drawn)

    def save(self) -> None:
        """Save it once the bridge has entered that, for a day."""
        path, _ = QFileDialog.getSaveFileName(self._window, translate("Papers", "Save as"), self._draft.name, self._draft.kind)
        if path:
            prepare(self._window, self._ask, self._draft, lambda maker: self._save(Path(path), maker))

    def _save(self, path: Path, maker: Maker) -> None:
        paper, until_us = self._draft.draw(maker), maker.at_us + KEPT_US
        try:
            ExpiringFiles(log_folder()).put(path, paper.data, until_us)
        except OSError as error:
            self._window.say(translate("Papers", "It was not saved: {why}").format(why=error.strerror))
            return
        words = translate("LastList", "Saved, not encrypted, and its SHA-256 is in the log. This desk deletes the file at {when}.")
        self._note(paper.sha256, maker, words.format(when=formats.minute(until_us)))

    def _note(self, sha256: str, maker: Maker, words: str) -> None:
        def noted(answer: object) -> None:
            if isinstance(answer, tuple):
                self._window.say(words, good=True)
            else:
                lost = translate("LastList", "Done, but the bridge did not enter it in the log. SHA-256: {digest}")
                self._window.say(lost.format(digest=sha256))

        self._ask(NotePaper(what=self._draft.what, sha256=sha256, copy=maker.copy), noted)
