"""Questions about destruction and legal holds, and the certificate of a destruction to read and to save."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QGridLayout, QPlainTextEdit, QWidget

from backend_bridge.domain.commands import PlaceHold, RequestDestruction
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.retention import Ground
from widgets import phrases_upkeep
from widgets.controls import button, column, label, line
from widgets.printed_sheet import Draft, Paper, Sheet, SheetTable
from widgets.request_dialog import moment_edit

DAY_US: Final = 86_400_000_000
HOLD_DAYS: Final = 90
ASKABLE: Final = (Ground.LOST_EFFECT, Ground.ACQUITTED, Ground.PERIOD_OVER, Ground.PERSON_ASKED)
"""Grounds that a person may give; a court's refusal works by itself."""


class CaseQuestion(QDialog):
    """A dialog about one case that needs a reason; subclasses add their field and give the command."""

    def __init__(self, title: str, question: str, cases: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self.case = QComboBox()
        self.case.setEditable(True)
        self.case.setAccessibleName(self.tr("Case"))
        self.case.addItems(list(cases))
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(72)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(title)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(14)
        self.grid.setVerticalSpacing(8)
        layout = column(margins=(22, 18, 22, 16), spacing=12)
        layout.addWidget(label(title, "strong"))
        layout.addWidget(label(question, "soft", wrap=True))
        layout.addLayout(self.grid)
        layout.addWidget(self.buttons)
        self.setLayout(layout)
        self._put(self.tr("Case"), self.case)
        self.reason.textChanged.connect(self._on_changed)
        self.case.editTextChanged.connect(self._on_changed)

    def _put(self, name: str, widget: QWidget) -> None:
        at = self.grid.rowCount()
        self.grid.addWidget(label(name, "soft"), at, 0)
        self.grid.addWidget(widget, at, 1)
        widget.setAccessibleName(name)

    def words(self) -> str:
        """The reason as written."""
        return self.reason.toPlainText().strip()

    def case_id(self) -> CaseId:
        """The case as chosen or typed."""
        return CaseId(self.case.currentText().strip())

    @Slot()
    def _on_changed(self) -> None:
        complete = bool(self.words()) and bool(self.case_id())
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(complete)


class DestructionQuestion(CaseQuestion):
    """Asks for the destruction of a case."""

    def __init__(self, cases: Sequence[str], parent: QWidget | None = None) -> None:
        question = self.tr("Everything person-linked of the case becomes unreadable for good. Another person decides.")
        super().__init__(self.tr("Ask for destruction"), question, cases, parent)
        self.setObjectName("destruction_question")
        self.ground = QComboBox()
        for ground in ASKABLE:
            self.ground.addItem(phrases_upkeep.translate("phrases", phrases_upkeep.GROUNDS[ground]), ground.value)
        self._put(self.tr("Ground"), self.ground)
        self._put(self.tr("Reason"), self.reason)
        self._on_changed()

    def command(self) -> RequestDestruction:
        """The request as filled in."""
        return RequestDestruction(case=self.case_id(), ground=Ground(str(self.ground.currentData())), reason=self.words())


class HoldQuestion(CaseQuestion):
    """Places a legal hold, whose owner is who places it."""

    def __init__(self, cases: Sequence[str], now_us: int, parent: QWidget | None = None) -> None:
        question = self.tr("The case is not destroyed before the end of the hold. You answer for it.")
        super().__init__(self.tr("Place a legal hold"), question, cases, parent)
        self.setObjectName("hold_question")
        self.until = moment_edit(now_us + HOLD_DAYS * DAY_US)
        self._put(self.tr("Until (KST)"), self.until)
        self._put(self.tr("Reason"), self.reason)
        self._on_changed()

    def command(self) -> PlaceHold:
        """The hold as filled in."""
        return PlaceHold(case=self.case_id(), reason=self.words(), until_us=self.until.dateTime().toMSecsSinceEpoch() * 1000)


class CertificateView(QDialog):
    """A certificate of destruction: its text, and two ways to keep it."""

    def __init__(self, texts: tuple[str, str], save: Callable[[Draft], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("certificate_view")
        self.setWindowTitle(self.tr("Certificate of destruction"))
        self.setMinimumSize(640, 480)
        self._texts, self._save = texts, save
        self.text = QPlainTextEdit(texts[0])
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.windowTitle())
        layout = column(margins=(22, 18, 22, 16), spacing=12)
        layout.addWidget(label(self.windowTitle(), "strong"))
        layout.addWidget(self.text, 1)
        row = line(spacing=8)
        row.addWidget(button(self.tr("Print as PDF…"), "certificate_pdf", self._on_pdf_clicked))
        row.addWidget(button(self.tr("Save the signed certificate…"), "certificate_signed", self._on_signed_clicked))
        row.addStretch()
        row.addWidget(button(self.tr("Close"), "certificate_close", self.accept, kind="primary"))
        layout.addLayout(row)
        self.setLayout(layout)

    def _on_pdf_clicked(self) -> None:
        lines = tuple((one,) for one in self._texts[0].splitlines() if one)
        table = SheetTable(title="", heads=(), rows=lines)
        self._save(Draft.pdf(Sheet(title=self.windowTitle(), facts=(), tables=(table,)), "certificate"))

    def _on_signed_clicked(self) -> None:
        self._save(Draft.ready(Paper.of("certificate.json", self._texts[1].encode(), "JSON (*.json)")))
