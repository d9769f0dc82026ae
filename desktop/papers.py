"""Printing and saving: where, asked of the person; entered by the bridge before a page is drawn; its hash entered once it is saved."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from backend_bridge.domain.queries import NotePaper, PreparePaper, Query
from desktop.kept_files import keep
from desktop.main_window import MainWindow
from widgets.phrases_refusals import refusal
from widgets.printed_sheet import Draft, Maker

translate = QCoreApplication.translate

Ask = Callable[[Query, Callable[[object], None]], None]


def save_paper(window: MainWindow, ask: Ask, draft: Draft) -> None:
    """Ask where to save a paper, and save it once the bridge has entered that; what it does not enter is not made."""
    path, _ = QFileDialog.getSaveFileName(window, translate("Papers", "Save as"), draft.name, draft.kind)
    if path:
        prepare(window, ask, draft, lambda maker: _save(window, ask, draft, (Path(path), maker)))


def prepare(window: MainWindow, ask: Ask, draft: Draft, made: Callable[[Maker], None]) -> None:
    """Have the bridge enter that a paper is about to be made; `made` gets the mark for its pages, and is not called where it says no."""

    def answered(answer: object) -> None:
        maker = Maker.of(answer)
        if maker is None:
            why = refusal(str(answer), getattr(answer, "sentence", ""))
            window.say(translate("Papers", "Nothing was printed, because the bridge did not enter it: {why}").format(why=why))
        else:
            made(maker)

    ask(PreparePaper(what=draft.what, incident=draft.incident), answered)


def _save(window: MainWindow, ask: Ask, draft: Draft, where: tuple[Path, Maker]) -> None:
    path, maker = where
    paper = draft.draw(maker)
    try:
        keep(path, paper.data)
    except OSError as error:
        window.say(translate("Papers", "It was not saved: {why}").format(why=error.strerror))
        return

    def noted(answer: object) -> None:
        if isinstance(answer, tuple):
            window.say(translate("Papers", "Saved, and its SHA-256 is in the log: {digest}").format(digest=paper.sha256), good=True)
        else:
            window.say(
                translate("Papers", "Saved, but the bridge did not enter it in the log. SHA-256: {digest}").format(digest=paper.sha256)
            )

    ask(NotePaper(what=draft.what, sha256=paper.sha256, copy=maker.copy), noted)
