"""Where a trainer writes scenarios: the library, the file as text, its defects by line, and everybody's way on the map."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QMessageBox, QWidget
from typing_extensions import override

from backend_bridge.application.training_rows import ScenarioRow
from backend_bridge.domain.queries import CheckScenario, Query, ReadScenarios, ReadScenarioText, SaveScenario
from widgets.code_edit import CodeEdit
from widgets.controls import button, column, label, line, surface
from widgets.phrases_bridge import defect
from widgets.phrases_training import in_language
from widgets.theme import Theme

LIST_PX: Final = 280
DEFECTS_PX: Final = 132
LINE: Final = int(Qt.ItemDataRole.UserRole)


class ScenarioEditor(QDialog):
    """`ask(query, done)` reaches the bridge; `on_preview(row)` draws a checked scenario, `on_saved()` says that the library is another.

    `on_refused(answer)` gives the sentence for an answer that is no answer.
    """

    def __init__(self, theme: Theme, ask: Callable[[Query, Callable[[object], None]], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scenario_editor")
        self.setWindowTitle(self.tr("Write scenarios"))
        self.resize(940, 660)
        self.on_preview: Callable[[ScenarioRow], None] = lambda _row: None
        self.on_saved: Callable[[], None] = lambda: None
        self.on_refused: Callable[[object], str] = lambda _answer: ""
        self._ask = ask
        self._opened: str | None = None
        self._kept = ""
        self.library = QListWidget()
        self.library.setObjectName("editor_library")
        self.library.setAccessibleName(self.tr("Scenarios"))
        self.library.currentItemChanged.connect(self._on_library_moved)
        self.text = CodeEdit(theme)
        self.text.setObjectName("editor_text")
        self.text.setAccessibleName(self.tr("The scenario as text"))
        self.text.textChanged.connect(self._show_state)
        self.defects = QListWidget()
        self.defects.setObjectName("editor_defects")
        self.defects.setAccessibleName(self.tr("What is not right"))
        self.defects.setWordWrap(True)
        for one in (self.library, self.defects):
            one.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.defects.itemClicked.connect(self._on_defect_chosen)
        self.defects.itemActivated.connect(self._on_defect_chosen)
        self._title, self._whose, self._state = label("", "strong"), label("", "soft", wrap=True), label("", "soft", wrap=True)
        self._copy = button(self.tr("Work on a copy"), "editor_copy", self._on_copy_clicked)
        self._check = button(self.tr("Check") + "  Ctrl+Enter", "editor_check", lambda: self._send(keep=False))
        self._save = button(self.tr("Save") + "  Ctrl+S", "editor_save", lambda: self._send(keep=True), kind="primary")
        QShortcut(QKeySequence("Ctrl+Return"), self, lambda: self._send(keep=False))
        QShortcut(QKeySequence("Ctrl+S"), self, lambda: self._send(keep=True))
        self._lay_out()
        self._show_state()

    def _lay_out(self) -> None:
        side = column(margins=(14, 14, 6, 14), spacing=8)
        side.addWidget(label(self.tr("Library"), "title"))
        side.addWidget(self.library, 1)
        side.addWidget(self._copy)
        left = surface("panel", side)
        left.setFixedWidth(LIST_PX)
        self.defects.setFixedHeight(DEFECTS_PX)
        right = column(margins=(8, 14, 14, 14), spacing=8)
        right.addWidget(self._title)
        right.addWidget(self._whose)
        right.addWidget(self.text, 1)
        right.addWidget(self.defects)
        foot = line(spacing=8)
        foot.addWidget(self._state, 1)
        foot.addWidget(self._check)
        foot.addWidget(self._save)
        right.addLayout(foot)
        layout = line(spacing=0)
        layout.addWidget(left)
        layout.addWidget(surface("panel", right), 1)
        self.setLayout(layout)

    def open_library(self, chosen: str | None) -> None:
        """Ask for the library, and open the scenario that was chosen elsewhere."""
        self._ask(ReadScenarios(), lambda answer: self._take_library(answer, chosen))

    def is_changed(self) -> bool:
        """Whether something is written that was not saved."""
        return self.text.toPlainText() != self._kept

    def _take_library(self, answer: object, chosen: str | None) -> None:
        rows = [row for row in answer if isinstance(row, ScenarioRow)] if isinstance(answer, tuple) else []
        if not rows:
            self._state.setText(self.on_refused(answer))
            return
        blocked = self.library.blockSignals(True)
        self.library.clear()
        for row in sorted(rows, key=lambda row: (row.number is None, row.number or 0, row.scenario)):
            number = "" if row.number is None else f"{row.number:02}  "
            item = QListWidgetItem(f"{number}{in_language(row.title_ko, row.title_en)}")
            item.setData(LINE, row.scenario)
            item.setToolTip(f"{item.text()}\n{row.scenario}")
            self.library.addItem(item)
        self.library.blockSignals(blocked)
        self._choose(chosen or (self._opened if self._opened is not None else rows[0].scenario))

    def _choose(self, name: str) -> None:
        for at in range(self.library.count()):
            item = self.library.item(at)
            if item.data(LINE) == name:
                if self._opened == name:
                    blocked = self.library.blockSignals(True)
                    self.library.setCurrentItem(item)
                    self.library.blockSignals(blocked)
                else:
                    self.library.setCurrentItem(item)

    @Slot()
    def _on_library_moved(self) -> None:
        item = self.library.currentItem()
        name = None if item is None else str(item.data(LINE))
        if name is None or name == self._opened:
            return
        if not self._may_leave():
            self._choose(self._opened or "")
            return
        self._ask(ReadScenarioText(scenario=name), lambda answer: self._take_text(answer, name))

    def _take_text(self, answer: object, name: str) -> None:
        texts = [part for part in answer if isinstance(part, str)] if isinstance(answer, tuple) else []
        if len(texts) != 2:
            signed = self.tr("This scenario is signed as it is, or its file is gone; it cannot be written here.")
            self._state.setText(signed if isinstance(answer, tuple) else self.on_refused(answer))
            self._choose(self._opened or "")
            return
        own = texts[1] == "own"
        self._open(
            name, texts[0], self.tr("A file of this room.") if own else self.tr("Ships with Bongsu; what you save stands in its place.")
        )
        self._kept = self.text.toPlainText()
        self._send(keep=False)

    def _open(self, name: str, text: str, whose: str) -> None:
        self._opened = name
        self.text.setPlainText(text)
        self._title.setText(name)
        self._whose.setText(whose)
        self._show_defects(())
        self._show_state()

    def _on_copy_clicked(self) -> None:
        """The same scenario under a name that is free, without its number in the library."""
        if self._opened is None:
            return
        taken = {str(self.library.item(at).data(LINE)) for at in range(self.library.count())}
        stem = re.sub(r"-copy-\d+$", "", self._opened)
        name = next(made for n in range(1, len(taken) + 2) if (made := f"{stem}-copy-{n}") not in taken)
        text = re.sub(r"(?m)^scenario\s*=.*$", f'scenario = "{name}"', self.text.toPlainText(), count=1)
        text = re.sub(r"(?m)^number\s*=.*\n", "", text, count=1)
        self.library.setCurrentRow(-1)
        self._open(name, text, self.tr("A copy that is not saved yet. Give it a title of its own."))
        self._kept = ""
        self._show_state()

    def _send(self, *, keep: bool) -> None:
        text = self.text.toPlainText()
        lines = tuple(text.split("\n"))
        if not text.strip() or not self._save.isEnabled():
            return
        self._busy(on=True)
        self._state.setText(self.tr("Being checked…"))
        query = SaveScenario(lines=lines) if keep else CheckScenario(lines=lines)
        self._ask(query, lambda answer: self._take_checked(answer, text, keep))

    def _take_checked(self, answer: object, text: str, keep: bool) -> None:
        self._busy(on=False)
        rows = [row for row in answer if isinstance(row, ScenarioRow)] if isinstance(answer, tuple) else []
        sentences = [part for part in answer if isinstance(part, str)] if isinstance(answer, tuple) else []
        if not rows and not sentences:
            self._state.setText(self.on_refused(answer))
            return
        self._show_defects(sentences)
        if not rows:
            self._state.setText(self.tr("Errors: {n}. Nothing was saved.").format(n=len(sentences)))
            return
        self.on_preview(rows[0])
        if keep:
            self._kept, self._opened = text, rows[0].scenario
            self._title.setText(rows[0].scenario)
            self._whose.setText(self.tr("A file of this room."))
            self._state.setText(self.tr("Saved. It stands in the library now, and its way is on the map."))
            self.on_saved()
            self.open_library(rows[0].scenario)
        else:
            self._state.setText(self.tr("All is right; its way is on the map."))

    def _show_defects(self, sentences: Sequence[str]) -> None:
        self.defects.clear()
        marked = set()
        for found in sorted(map(json.loads, sentences), key=lambda each: each["line"] or 0):
            at = found["line"]
            words = defect(str(found["text"]))
            item = QListWidgetItem(words if at is None else self.tr("Line {line}   {what}").format(line=at, what=words))
            item.setData(LINE, at)
            self.defects.addItem(item)
            marked |= set() if at is None else {int(at)}
        self.text.mark(marked)
        self.defects.setVisible(bool(sentences))

    @Slot()
    def _show_state(self) -> None:
        changed = self.is_changed()
        self.setWindowTitle(self.tr("Write scenarios") + (" *" if changed else ""))
        self._copy.setEnabled(self._opened is not None)
        self._busy(on=False)
        if changed:
            self._state.setText(self.tr("Not saved yet."))

    def _busy(self, *, on: bool) -> None:
        for made in (self._check, self._save):
            made.setEnabled(not on and self._opened is not None)

    @Slot(QListWidgetItem)
    def _on_defect_chosen(self, item: QListWidgetItem) -> None:
        at = item.data(LINE)
        if at is not None:
            self.text.go_to(int(at))

    def _may_leave(self) -> bool:
        """What was written and not saved would be gone: that cannot be undone, so it is asked."""
        if not self.is_changed():
            return True
        question = self.tr("What you have written in {name} is not saved and will be gone.").format(name=self._opened)
        box = QMessageBox(QMessageBox.Icon.NoIcon, self.tr("Not saved"), question, parent=self)
        drop = box.addButton(self.tr("Let it go"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(self.tr("Go on writing"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.exec()
        return box.clickedButton() is drop

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Only where nothing is lost, or that was asked."""
        if self._may_leave():
            self._opened, self._kept = None, self.text.toPlainText()
            event.accept()
        else:
            event.ignore()

    @override
    def reject(self) -> None:
        """Esc closes as the window's button does."""
        self.close()
