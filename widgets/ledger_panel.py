"""What was seen of whom: the statutory ledger, the review of looks, and all that one user was shown of one person; on paper too."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QShowEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QComboBox, QLabel, QPushButton, QStackedWidget, QWidget
from typing_extensions import override

from backend_bridge.application.ledger import LookerRow
from backend_bridge.application.rows import SessionRow
from backend_bridge.domain.queries import Query
from widgets import formats, ledger_lists
from widgets.controls import button, column, label, line, rule
from widgets.ledger_lists import LedgerList, Wish
from widgets.phrases_refusals import refusal
from widgets.printed_sheet import Draft, Sheet
from widgets.request_dialog import moment_edit
from widgets.row_table import TWO_LINES_PX
from widgets.table_panel import TablePanel, TableWords
from widgets.theme import Theme, font_of

LISTS: Final[tuple[LedgerList[Any], ...]] = (
    ledger_lists.USES,
    ledger_lists.REGISTER,
    ledger_lists.LOOKERS,
    ledger_lists.SEEN,
    ledger_lists.SUBJECT,
)
PERIOD_US: Final = 30 * 86_400_000_000
MINUTE_US: Final = 60_000_000
NARROWEST_PX: Final = 480
"""What a page may ask of a small screen; the case stands beside it on the map's page alone."""
TAB_PX: Final = 14
TAB_PADDING_PX: Final = 18
"""A tab keeps room for its words in bold, as they are when it is in front."""


class LedgerPanel(QWidget):
    """Questions out by `ask`, papers to be drawn out by `on_save`; every reading is itself an entry of the log."""

    def __init__(
        self,
        theme: Theme,
        ask: Callable[[Query, Callable[[object], None]], None],
        now_us: Callable[[], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("ledger_panel")
        self.on_save: Callable[[Draft], None] = lambda _draft: None
        self.known: Callable[[], tuple[Iterable[str], Iterable[str]]] = lambda: ((), ())
        """Users and persons to offer where they are asked for."""
        self._ask, self._now_us = ask, now_us
        self._user = ""
        self._asked = 0
        self._read_us: dict[str, tuple[Wish, int]] = {}
        self.start, self.end = moment_edit(0), moment_edit(0)
        self.user, self.person = _field("looks_user", self.tr("Who looked")), _field("looks_person", self.tr("At whom"))
        self.tabs = QButtonGroup(self)
        self.tables: dict[str, TablePanel[Any]] = {}
        self._stack = QStackedWidget()
        for at, one in enumerate(LISTS):
            self.tabs.addButton(_tab(one), at)
            words = TableWords(name=f"ledger_{one.name}", title=one.words(one.title), empty=self.tr("Choose a period and press Read."))
            self.tables[one.name] = TablePanel(theme, one.model(), words, TWO_LINES_PX if one.two_lines else None)
            self._stack.addWidget(self.tables[one.name])
        self.tables["review"].on_open = self._on_looker_open
        self._read = button(self.tr("Read"), "ledger_read", self.read, kind="primary")
        self._pdf = button(self.tr("Save PDF…"), "ledger_pdf", self._on_pdf_clicked)
        self._csv = button(self.tr("Save CSV…"), "ledger_csv", self._on_csv_clicked)
        self._who = QWidget()
        self._names: dict[str, QLabel] = {}
        self._foot = label("", "caption", wrap=True)
        self._lay_out()
        self.tabs.idClicked.connect(self._on_tab_clicked)
        self._show_list()

    def _lay_out(self) -> None:
        head = line(margins=(14, 10, 14, 6), spacing=2)
        for tab in self.tabs.buttons():
            head.addWidget(tab)
        head.addStretch()
        period = line(margins=(14, 4, 14, 6), spacing=8)
        for name, edit in ((self.tr("From (KST)"), self.start), (self.tr("To (KST)"), self.end)):
            edit.setAccessibleName(name)
            period.addWidget(label(name, "soft"))
            period.addWidget(edit)
        period.addWidget(self._read)
        period.addStretch()
        period.addWidget(self._pdf)
        period.addWidget(self._csv)
        who = line(margins=(14, 0, 14, 6), spacing=8)
        for name, field in self._asked_fields():
            self._names[name] = label(field.accessibleName(), "soft")
            who.addWidget(self._names[name])
            who.addWidget(field)
        who.addStretch()
        self._who.setLayout(who)
        self._foot.setContentsMargins(14, 8, 14, 8)
        layout = column()
        layout.addLayout(head)
        layout.addLayout(period)
        layout.addWidget(self._who)
        layout.addWidget(rule())
        layout.addWidget(self._stack, 1)
        layout.addWidget(rule())
        layout.addWidget(self._foot)
        self.setMinimumWidth(NARROWEST_PX)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(layout)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the last month, once the time is known."""
        super().showEvent(event)
        now_us = self._now_us()
        if self.end.dateTime().toMSecsSinceEpoch() == 0 and now_us:
            self.set_period(now_us - PERIOD_US, now_us + MINUTE_US)

    def set_period(self, from_us: int, to_us: int) -> None:
        """Choose the period; seconds are cut, so that what happens within the last minute asks for the minute after it."""
        self.start.setDateTime(moment_edit(from_us).dateTime())
        self.end.setDateTime(moment_edit(to_us).dateTime())

    def show_session(self, row: SessionRow) -> None:
        """Who prints."""
        self._user = row.user

    def show_known(self, users: Iterable[str], persons: Iterable[str]) -> None:
        """Offer these names where one is asked for; others can be typed."""
        for field, names in ((self.user, users), (self.person, persons)):
            held = {field.itemText(at) for at in range(field.count())}
            text = field.currentText()
            field.addItems(sorted(set(names) - held))
            field.setEditText(text)

    def _asked_fields(self) -> tuple[tuple[str, QComboBox], ...]:
        return (("user", self.user), ("person", self.person))

    def chosen(self) -> LedgerList[Any]:
        """The list in front."""
        return LISTS[max(0, self.tabs.checkedId())]

    def wish(self) -> Wish:
        """What the fields ask for."""
        start, end = (edit.dateTime().toMSecsSinceEpoch() * 1000 for edit in (self.start, self.end))
        return Wish(from_us=start, to_us=end, user=self.user.currentText().strip(), person=self.person.currentText().strip())

    def read(self) -> None:
        """Ask the bridge for the list in front; an answer that comes after another question is thrown away."""
        one, wish = self.chosen(), self.wish()
        if any(not getattr(wish, name) for name in one.asks):
            self._foot.setText(self.tr("Say who looked, and at whom.") if "user" in one.asks else self.tr("Say of whom."))
            return
        self._asked += 1
        number = self._asked
        by_keyboard = self._read.hasFocus()
        self._read.setEnabled(False)
        moved_to = QApplication.focusWidget()
        self._foot.setText(self.tr("Reading the log…"))

        def take(answer: object) -> None:
            if number == self._asked:
                self._take(one, wish, answer)
                if by_keyboard and QApplication.focusWidget() is moved_to:  # nobody has gone elsewhere meanwhile
                    self._read.setFocus()

        self._ask(one.query(wish), take)

    def _take(self, one: LedgerList[Any], wish: Wish, answer: object) -> None:
        self._read.setEnabled(True)
        if not isinstance(answer, tuple):
            self._foot.setText(refusal(str(answer), getattr(answer, "sentence", "")))
            return
        table = self.tables[one.name]
        rows = one.rows(str(text) for text in answer)
        table.show_rows((), [table.model.key_at(at) for at in range(table.count())])
        table.show_empty_words(one.words(one.empty))
        table.show_rows(rows, ())
        if one is ledger_lists.LOOKERS:
            self.show_known((row.user for row in rows), ())
        self._read_us[one.name] = (wish, self._now_us())
        self._show_list()

    def sheet(self) -> Sheet:
        """What is shown, for paper."""
        one = self.chosen()
        wish = self._read_us[one.name][0]
        facts = [(self.tr("Period"), f"{formats.minute(wish.from_us)} – {formats.minute(wish.to_us)} KST")]
        facts += [(field.accessibleName(), getattr(wish, name)) for name, field in self._asked_fields() if name in one.asks]
        return Sheet(title=one.words(one.title), facts=tuple(facts), tables=(one.table(self.tables[one.name].model),))

    def _show_list(self) -> None:
        one = self.chosen()
        self._stack.setCurrentWidget(self.tables[one.name])
        self._who.setVisible(bool(one.asks))
        for name, field in self._asked_fields():
            field.setVisible(name in one.asks)
            self._names[name].setVisible(name in one.asks)
        read = self._read_us.get(one.name)
        for made in (self._pdf, self._csv):
            made.setEnabled(read is not None)
        if read is None:
            self._foot.setText(self.tr("Reading is a look like any other: it is in the log before the answer comes."))
            return
        words = self.tr("{n} entries · {start} – {end} · read at {clock}")
        wish, at_us = read
        shown = self.tables[one.name].count()
        start, end = formats.minute(wish.from_us), formats.minute(wish.to_us)
        said = words.format(n=formats.count(shown), start=start, end=end, clock=formats.clock(at_us))
        drill = self.tr("Enter or a double-click on a row: what this user saw.") if one is ledger_lists.LOOKERS and shown else ""
        self._foot.setText(" · ".join(part for part in (said, drill) if part))

    def _name(self) -> str:
        return f"{self.chosen().name}-{formats.day(self._now_us())}"

    def _on_pdf_clicked(self) -> None:
        self.on_save(Draft.pdf(self.sheet(), self._name()))

    def _on_csv_clicked(self) -> None:
        self.on_save(Draft.csv(self.sheet(), self._name()))

    def _on_tab_clicked(self, _at: int) -> None:
        if self.chosen().asks:
            self.show_known(*self.known())
        self._show_list()

    def _on_looker_open(self, row: LookerRow) -> None:
        """Go on with what this user saw of the person looked at most."""
        self.tabs.button(LISTS.index(ledger_lists.SEEN)).click()
        self.user.setEditText(row.user)
        if row.often:
            self.person.setEditText(row.often[0][0])
            self.read()
        else:
            self.person.setFocus()


def _tab(one: LedgerList[Any]) -> QPushButton:
    made = button(one.words(one.title), f"ledger_tab_{one.name}", lambda: None, kind="tab")
    made.setCheckable(True)
    made.setChecked(one is LISTS[0])
    made.setMinimumWidth(QFontMetrics(font_of(TAB_PX, bold=True)).horizontalAdvance(made.text()) + TAB_PADDING_PX)
    return made


def _field(name: str, title: str) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    made.setMinimumWidth(180)
    return made
