"""The alarm list: who is in danger, in how many seconds, who has it, what comes next; native, never part of the map."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from backend_bridge.application.rows import AlarmRow, AlarmState, SessionRow
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.commands import AcknowledgeAlarm, Command, ReportDisplayed, ShelveAlarm, TakeOver, UnshelveAlarm
from backend_bridge.domain.identifiers import AlarmId
from backend_bridge.domain.user import Role
from widgets.controls import button, column, label, line, surface
from widgets.models import alarm_columns
from widgets.models.row_model import RowModel
from widgets.reason_dialog import ask_reason, ask_shelving
from widgets.row_table import TWO_LINES_PX, RowTable
from widgets.theme import Theme

FLASH_MS = 500
TEST_WITHIN_US: Final = 15 * 60 * 1_000_000
"""How long a shift has for its test alarm before the desk says that it was forgotten."""
WORKING: Final = frozenset({Role.OPERATOR, Role.SUPERVISOR})


class AlarmPanel(QWidget):
    """Rows in by `show_alarms`, commands out by `submit`; `on_select` and `on_open` get the row that a person chose."""

    def __init__(self, theme: Theme, submit: Callable[[Command], None], now_us: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("alarm_panel")
        self.on_select: Callable[[AlarmRow], None] = lambda _row: None
        self.on_open: Callable[[AlarmRow], None] = lambda _row: None
        self._submit = submit
        self._now_us = now_us
        self._session: SessionRow | None = None
        self._painted: set[str] = set()
        self._told: set[str] = set()
        self.model: RowModel[AlarmRow] = RowModel(
            alarm_columns.COLUMNS, lambda row: row.alarm, alarm_columns.order, alarm_columns.tone, self
        )
        self.table: RowTable[AlarmRow] = RowTable(self.model, theme, TWO_LINES_PX)
        self.table.setObjectName("alarm_table")
        self.table.setAccessibleName(self.tr("Alarms"))
        self.table.on_select = self._on_table_select
        self.table.on_open = self._on_table_open
        self.table.on_paint = self._on_table_paint
        self._build()
        self._flash = QTimer(self, interval=FLASH_MS)
        self._flash.timeout.connect(self._on_flash_timeout)
        self._report = QTimer(self, interval=0, singleShot=True)
        self._report.timeout.connect(self._on_report_timeout)

    def _build(self) -> None:
        self._title = label(self.tr("Alarms"), "title")
        self._flood = label("", "caption", look="look")
        self._order = button(self.tr("priority · contact · age"), "alarm_order", self._on_order_clicked, kind="plain")
        self._order.setToolTip(self.tr("Sort by priority, then time to contact, then age"))
        self._untested = label(self.tr("The test alarm of this shift has not been run: Ctrl+Shift+T"), look="look", wrap=True)
        self._untested.setObjectName("untested")
        self._untested.setContentsMargins(14, 2, 8, 6)
        self._untested.hide()
        head = line(margins=(14, 6, 8, 4))
        head.addWidget(self._title)
        head.addWidget(self._flood)
        head.addStretch()
        head.addWidget(self._order)
        self._empty = label(self.tr("No alarms. All is calm."), "faint")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMinimumHeight(96)
        self.table.horizontalHeader().hide()
        layout = column()
        self.head = surface("panel", head)
        layout.addWidget(self.head)
        layout.addWidget(self._untested)
        layout.addWidget(self._empty)
        layout.addWidget(self.table, 1)
        self.setMinimumWidth(456)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(layout)

    def show_alarms(self, put: Iterable[AlarmRow], gone: Iterable[str]) -> None:
        """Take new, changed and ended alarms."""
        put, gone = tuple(put), tuple(gone)
        self._told.difference_update(gone)
        self._told.difference_update(row.alarm for row in put if self._calls_anew(row))
        self.model.show_changes(put, gone)
        n = self.model.rowCount()
        self._title.setText(self.tr("Alarms") + (f"  {n}" if n else ""))
        self._empty.setVisible(n == 0)
        self.table.horizontalHeader().setVisible(n > 0)
        self._beat()

    def show_flood(self, flood: bool) -> None:
        """Say that more alarms come than one seat can work."""
        self._flood.setText(self.tr("FLOOD: work priority 1 first") if flood else "")

    def show_session(self, row: SessionRow) -> None:
        """Whose shift this is."""
        self._session = row

    def show_now(self, now_us: int) -> None:
        """Let ages and times to contact count, and say that a shift has forgotten its test alarm."""
        self.table.show_now(now_us)
        row = self._session
        works = row is not None and row.role in WORKING and not row.exercise and row.tested_us is None
        started_us = None if row is None else row.shift_started_us
        self._untested.setVisible(works and started_us is not None and now_us - started_us > TEST_WITHIN_US)

    def show_lost(self, lost_us: int | None) -> None:
        """Since when the bridge is not heard; None while it is."""
        self.model.lost_us = lost_us
        self.table.viewport().update()

    def chosen(self) -> AlarmRow | None:
        """The alarm that is chosen; None when none is."""
        key = self.table.chosen_key()
        return None if key is None else self.model.row_of(key)

    def _calls_anew(self, row: AlarmRow) -> bool:
        """Whether a row asks for an acknowledgement that it did not ask for when it was painted: the bridge is told again when it is."""
        before = self.model.row_of(row.alarm)
        if before is None or row.state not in alarm_columns.WAITING:
            return False
        came_back = before.state is AlarmState.RETURNED_UNACKNOWLEDGED and row.state is AlarmState.UNACKNOWLEDGED
        return (
            came_back or before.state not in alarm_columns.WAITING or (row.level is AlarmLevel.RED and before.level is not AlarmLevel.RED)
        )

    def _workable(self) -> AlarmRow | None:
        """The alarm that is chosen; none while no bridge hears what is done about it."""
        return None if self.model.lost_us is not None else self.chosen()

    def choose(self, alarm: AlarmId) -> None:
        """Choose an alarm as if a person had clicked it."""
        self.table.choose(alarm)

    def acknowledge(self) -> None:
        """Acknowledge the chosen alarm; tamper is asked for a reason."""
        row = self._workable()
        if row is None or (row.state not in alarm_columns.WAITING and row.kind is not AlarmKind.TAMPER):
            return
        if row.kind is AlarmKind.TAMPER:
            reason = ask_reason(self, self.tr("Acknowledge a tampered strap"), self.tr("What has been checked, and by whom?"))
            if reason is not None:
                self._submit(AcknowledgeAlarm(alarm=row.alarm, reason=reason))
            return
        self._submit(AcknowledgeAlarm(alarm=row.alarm))

    def shelve(self) -> None:
        """Put the chosen alarm aside, or bring it back; SOS, red and tamper cannot be put aside."""
        row = self._workable()
        if row is None:
            return
        if row.shelved_until_us is not None:
            self._submit(UnshelveAlarm(alarm=row.alarm))
        elif may_shelve(row):
            asked = ask_shelving(self)
            if asked is not None:
                self._submit(ShelveAlarm(alarm=row.alarm, minutes=asked[0], reason=asked[1]))

    def take_over(self) -> None:
        """Become the owner of the chosen alarm."""
        row = self._workable()
        if row is not None:
            self._submit(TakeOver(alarm=row.alarm))

    def choose_next_waiting(self) -> None:
        """Choose the first alarm that nobody has acknowledged."""
        for row in self.model.rows():
            if row.state in alarm_columns.WAITING:
                self.table.choose(row.alarm)
                return

    def _beat(self) -> None:
        if self.model.is_flashing() and not self._flash.isActive():
            self._flash.start()
        elif not self.model.is_flashing() and self._flash.isActive():
            self._flash.stop()
            self.table.painter_of_rows.lit = True
            self.table.viewport().update()

    def _on_table_select(self, key: str) -> None:
        row = self.model.row_of(key)
        if row is not None:
            self.on_select(row)

    def _on_table_open(self, key: str) -> None:
        row = self.model.row_of(key)
        if row is not None:
            self.on_open(row)

    def _on_table_paint(self, key: str) -> None:
        if key not in self._told:
            self._painted.add(key)
            if not self._report.isActive():
                self._report.start()

    @Slot()
    def _on_report_timeout(self) -> None:
        seen, self._painted = self._painted, set()
        self._told |= seen
        if seen:
            self._submit(ReportDisplayed(alarms=tuple(AlarmId(key) for key in sorted(seen)), at_us=self._now_us()))

    @Slot()
    def _on_flash_timeout(self) -> None:
        self.table.painter_of_rows.lit = not self.table.painter_of_rows.lit
        width = self.table.columnWidth(0)
        self.table.viewport().update(0, 0, width, self.table.viewport().height())

    @Slot()
    def _on_order_clicked(self) -> None:
        self.table.sort_as_given()


def may_shelve(row: AlarmRow) -> bool:
    """Whether the rules let anybody put this alarm aside; the bridge refuses the rest."""
    return row.level is not AlarmLevel.RED and row.kind not in (AlarmKind.SOS, AlarmKind.TAMPER)
