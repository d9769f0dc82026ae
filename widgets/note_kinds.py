"""About whom a note is, and whether it is fact or assessment: the two questions beside every text for a timeline."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from backend_bridge.domain.note import NoteAbout, Statement
from widgets import phrases, phrases_work
from widgets.controls import label

translate = QCoreApplication.translate


def _nothing() -> None:
    """Nobody listens."""


class NoteKinds(QWidget):
    """Two choices side by side with their names, empty until a person answers; `on_change()` tells that one was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on_change: Callable[[], None] = _nothing
        self.setObjectName("note_kinds")
        self.about_box, self.statement_box = QComboBox(), QComboBox()
        self.about_box.setObjectName("note_about")
        self.statement_box.setObjectName("note_statement")
        for about in NoteAbout:
            self.about_box.addItem(phrases.word(phrases_work.NOTE_ABOUT, about.value), about.value)
        for statement in Statement:
            self.statement_box.addItem(phrases.word(phrases_work.STATEMENTS, statement.value), statement.value)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        named = ((translate("NoteDialog", "About"), self.about_box), (translate("NoteDialog", "It is"), self.statement_box))
        for at, (name, box) in enumerate(named):
            box.setAccessibleName(name)
            box.setPlaceholderText(translate("NoteDialog", "please choose"))
            box.setCurrentIndex(-1)  # neither answer is taken for granted
            box.currentIndexChanged.connect(self._on_current_index_changed)
            grid.addWidget(label(name, "soft"), at, 0)
            grid.addWidget(box, at, 1)
        self.setLayout(grid)
        self.ask(words=False)

    def ask(self, *, words: bool) -> None:
        """Ask once there are words to ask about; the keyboard passes by what is not asked."""
        self.setEnabled(words)

    def answered(self) -> bool:
        """Whether both questions have an answer."""
        return self.about_box.currentIndex() >= 0 and self.statement_box.currentIndex() >= 0

    def about(self) -> NoteAbout:
        """About whom it is."""
        return NoteAbout(str(self.about_box.currentData()))

    def statement(self) -> Statement:
        """What kind of statement it is."""
        return Statement(str(self.statement_box.currentData()))

    @Slot()
    def _on_current_index_changed(self) -> None:
        self.on_change()
