"""Ask to see more than routine shows: purpose, reason, period, what, for how long; another person decides."""

from PySide6.QtCore import QDateTime, QTimeZone, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from backend_bridge.application.rows import CaseRow
from backend_bridge.domain.commands import RequestAccess
from backend_bridge.domain.identifiers import PersonId
from backend_bridge.domain.purpose import Purpose
from widgets import phrases, phrases_work
from widgets.controls import column, form_grid, indented, label

FIELDS = ("position", "track", "identity", "phones", "places", "export", "record")
DAY_S = 86_400
LONGEST_MIN = 480


class RequestDialog(QDialog):
    """The request for one case; it can be sent once a reason is given and something is asked for."""

    def __init__(self, case: CaseRow, now_us: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("request_dialog")
        self.setWindowTitle(self.tr("Request access"))
        self.setMinimumWidth(520)
        self._case = case
        self.person, self.purpose = QComboBox(), QComboBox()
        for row in case.people:
            self.person.addItem(f"{row.person} · {phrases.word(phrases.PARTS, row.part)}", row.person)
        for purpose in Purpose:
            if purpose is not Purpose.COMPLIANCE:
                self.purpose.addItem(phrases.word(phrases.PURPOSES, purpose), purpose.value)
        self.purpose.setPlaceholderText(self.tr("please choose"))
        self.purpose.setCurrentIndex(-1)  # the law's five are not told apart by habit
        self.purpose.currentIndexChanged.connect(self._on_changed)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(72)
        self.start, self.end = moment_edit(now_us - DAY_S * 1_000_000), moment_edit(now_us)
        self.minutes = indented(QSpinBox())
        self.minutes.setRange(1, LONGEST_MIN)
        self.minutes.setValue(60)
        self.minutes.setSuffix(self.tr(" min"))
        self.fields = {name: QCheckBox(phrases.word(phrases_work.FIELDS, name)) for name in FIELDS}
        self.fields["position"].setChecked(True)
        self.paper, self.behalf = QLineEdit(), QLineEdit()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Send request"))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("kind", "primary")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.reason.textChanged.connect(self._on_changed)
        for box in self.fields.values():
            box.toggled.connect(self._on_changed)
        self._on_changed()

    def _lay_out(self) -> None:
        lines: tuple[tuple[str, QWidget], ...] = (
            (self.tr("About whom"), self.person),
            (self.tr("Purpose"), self.purpose),
            (self.tr("Reason"), self.reason),
            (self.tr("From (KST)"), self.start),
            (self.tr("To (KST)"), self.end),
            (self.tr("Access runs for"), self.minutes),
            (self.tr("Legal paper"), self.paper),
            (self.tr("On behalf of"), self.behalf),
        )
        boxes = QGridLayout()
        for at, box in enumerate(self.fields.values()):
            boxes.addWidget(box, at // 3, at % 3)
        layout = column(margins=(22, 18, 22, 16), spacing=12)
        layout.addWidget(label(self.tr("Request access · {case}").format(case=self._case.case), "strong"))
        layout.addLayout(form_grid(lines))
        layout.addWidget(label(self.tr("What should be seen"), "soft"))
        layout.addLayout(boxes)
        layout.addWidget(label(self.tr("Another person decides. The request lapses undecided after 24 hours."), "caption", wrap=True))
        layout.addWidget(self.buttons)
        self.setLayout(layout)

    def command(self) -> RequestAccess:
        """The request as filled in."""
        return RequestAccess(
            person=PersonId(str(self.person.currentData())),
            case=self._case.case,
            purpose=Purpose(str(self.purpose.currentData())),
            reason=self.reason.toPlainText().strip(),
            from_us=self.start.dateTime().toMSecsSinceEpoch() * 1000,
            to_us=self.end.dateTime().toMSecsSinceEpoch() * 1000,
            minutes=self.minutes.value(),
            fields=tuple(name for name, box in self.fields.items() if box.isChecked()),
            paper=self.paper.text().strip() or None,
            on_behalf_of=self.behalf.text().strip() or None,
        )

    @Slot()
    def _on_changed(self) -> None:
        said = bool(self.reason.toPlainText().strip()) and self.purpose.currentIndex() >= 0
        complete = said and any(box.isChecked() for box in self.fields.values())
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(complete)


def moment_edit(at_us: int) -> QDateTimeEdit:
    """An edit of date and minute by Korean time."""
    made = QDateTimeEdit()
    made.setTimeZone(QTimeZone(b"Asia/Seoul"))
    made.setDisplayFormat("yyyy-MM-dd HH:mm")
    made.setDateTime(QDateTime.fromMSecsSinceEpoch(at_us // 1000, QTimeZone(b"Asia/Seoul")))
    made.setCalendarPopup(True)
    return made
