"""The alarm list: who is in danger, in how many seconds, who has it, what comes next; native, never part of the map."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from backend_bridge.application.rows import AlarmRow, SessionRow
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.commands import (
    AcknowledgeAlarm,
    AcknowledgeGroup,
    Command,
    ReportDisplayed,
    ShelveAlarm,
    TakeOver,
    UnshelveAlarm,
)
from backend_bridge.domain.identifiers import AlarmId
from backend_bridge.domain.user import Role
from widgets.controls import button, column, label, line, surface
from widgets.models import alarm_columns, grouped_columns
from widgets.models.alarm_groups import AlarmGroups, Changes, ListedAlarm
from widgets.models.row_model import RowModel
from widgets.reason_dialog import ask_reason, ask_shelving
from widgets.row_table import TWO_LINES_PX, RowTable
from widgets.theme import Theme

FLASH_MS = 500
TEST_WITHIN_US: Final = 15 * 60 * 1_000_000
"""How long a shift has for its test alarm before the desk says that it was forgotten."""
MOST_NAMED: Final = 500
"""Alarms in one command; a message to the bridge holds at most 64 KiB and a list at most 1,000 members."""
WORKING: Final = frozenset({Role.OPERATOR, Role.SUPERVISOR})

One = TypeVar("One")


class AlarmPanel(QWidget):
    """Rows in by `show_alarms`, commands out by `submit`; `on_select` and `on_open` get the row that a person chose.

    Alarms of one cause stand as one row (`AlarmGroups`) until a person unfolds it. What was painted is reported to the bridge alarm by
    alarm, those that are folded away with the row that stands for them: that row has told the room that there are so many of that kind
    and cause, which is all that an amber row of many asks anybody to see, and one key answers them together. It is also what binds that
    key: it acknowledges no alarm that was not painted so. An alarm that turns red has its own row at once and is reported anew with that.
    """

    def __init__(self, theme: Theme, submit: Callable[[Command], None], now_us: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("alarm_panel")
        self.on_select: Callable[[AlarmRow], None] = lambda _row: None
        self.on_open: Callable[[AlarmRow], None] = lambda _row: None
        self.on_say: Callable[[str], None] = lambda _sentence: None
        self._submit = submit
        self._now_us = now_us
        self._session: SessionRow | None = None
        self._painted: set[str] = set()
        self._told: set[str] = set()
        self._unseen: set[str] = set()
        """Those that have called anew and were not painted since: whoever presses a key has not seen it yet."""
        self._groups = AlarmGroups()
        self.model: RowModel[ListedAlarm] = RowModel(
            grouped_columns.COLUMNS,
            lambda listed: listed.row.alarm,
            grouped_columns.order,
            grouped_columns.tone,
            self,
            head_of=grouped_columns.head_of,
        )
        self.table: RowTable[ListedAlarm] = RowTable(self.model, theme, TWO_LINES_PX)
        self.table.setObjectName("alarm_table")
        self.table.setAccessibleName(self.tr("Alarms"))
        self.table.on_select = self._on_table_select
        self.table.on_open = self._on_table_open
        self.table.on_paint = self._on_table_paint
        self.table.on_unfold = self._on_table_unfold
        self._build()
        self._flash = QTimer(self, interval=FLASH_MS)
        self._flash.timeout.connect(self._on_flash_timeout)
        self._report = QTimer(self, interval=0, singleShot=True)
        self._report.timeout.connect(self._on_report_timeout)
        self._chosen = QTimer(self, interval=0, singleShot=True)
        self._chosen.timeout.connect(self._on_chosen_timeout)

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
        anew = {*gone, *(row.alarm for row in put if self._calls_anew(row))}
        self._told -= anew
        self._painted -= anew
        self._unseen = (self._unseen | anew).difference(gone)
        self._keep_chosen()
        self._show(self._groups.change(put, gone))
        n = self.model.rowCount()
        self._empty.setVisible(n == 0)
        self.table.horizontalHeader().setVisible(n > 0)

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
        listed = self._chosen_row()
        return None if listed is None else listed.row

    def n_answered(self) -> int:
        """How many alarms the key that acknowledges is for: more than one where the chosen row stands for several that wait."""
        listed = self._chosen_row()
        if listed is None or listed.together is None or listed.row.state not in alarm_columns.WAITING:
            return 1
        return 1 + listed.together.n_folded

    def _calls_anew(self, row: AlarmRow) -> bool:
        """Whether a row asks for an acknowledgement that it did not ask for when it was painted: the bridge is told again when it is."""
        before = self._groups.alarms.get(row.alarm)
        return before is not None and before.called_us != row.called_us

    def _workable(self) -> AlarmRow | None:
        """The alarm that is chosen; none while no bridge hears what is done about it."""
        return None if self.model.lost_us is not None else self.chosen()

    def choose(self, alarm: AlarmId) -> None:
        """Choose an alarm as if a person had clicked it; one that is folded away has its row below its head as long as it is chosen."""
        if alarm in self._groups.alarms:
            self._show(self._groups.choose(alarm))
            self.table.choose(alarm)

    def unfold(self) -> None:
        """Give each alarm for which the chosen row stands a row of its own; from there, go down to the first of them."""
        listed = self._chosen_row()
        if listed is None or listed.together is None:
            return
        if listed.is_folded:
            self._turn(self._groups.unfold(listed.together.cause))
        else:
            below = next((each.row.alarm for each in self.model.rows() if each.head == listed.row.alarm), listed.row.alarm)
            self.table.choose(below)

    def fold(self) -> None:
        """Let the chosen row stand for all alarms of its cause again; from one of those below, go up to it."""
        listed = self._chosen_row()
        if listed is not None and listed.head is not None:
            self.table.choose(listed.head)
        elif listed is not None and listed.together is not None:
            self._turn(self._groups.fold(listed.together.cause))

    def unfold_first(self) -> bool:
        """Unfold the chosen row where it stands for several alarms, and say that what a person wants is done to each by itself."""
        listed = self._chosen_row()
        if listed is None or not listed.is_folded:
            return False
        self.unfold()
        self.on_say(self.tr("This is done to each alarm by itself: choose one of them, then press the key again."))
        return True

    def acknowledge(self) -> None:
        """Acknowledge the chosen alarm, with it those that its row stands for; tamper is asked for a reason.

        One that turned red in the same moment, or out of sight, is brought into sight instead: a press was meant for what it was before.
        """
        row = self._workable()
        if row is None or (row.state not in alarm_columns.WAITING and row.kind is not AlarmKind.TAMPER):
            return
        if row.alarm in self._unseen:
            self.table.choose(row.alarm)
            return
        if row.kind is AlarmKind.TAMPER:
            reason = ask_reason(self, self.tr("Acknowledge a tampered strap"), self.tr("What has been checked, and by whom?"))
            if reason is not None:
                self._submit(AcknowledgeAlarm(alarm=row.alarm, reason=reason, call=row.called_us))
            return
        seen = [each for each in self._groups.behind(row.alarm) if each.alarm in self._told or each.alarm in self._painted]
        if row.group is None or not seen:
            self._submit(AcknowledgeAlarm(alarm=row.alarm, call=row.called_us))
            return
        for some in _portions([row, *seen]):
            alarms, calls = _named(some)
            self._submit(AcknowledgeGroup(group=row.group, alarms=alarms, calls=calls))

    def shelve(self) -> None:
        """Put the chosen alarm aside, or bring it back; SOS, red and tamper cannot be put aside."""
        row = self._workable()
        if row is None or self.unfold_first():
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
        if row is not None and not self.unfold_first():
            self._submit(TakeOver(alarm=row.alarm))

    def choose_next_waiting(self) -> None:
        """Choose the first alarm that nobody has acknowledged."""
        for listed in self.model.rows():
            if listed.row.state in alarm_columns.WAITING:
                self.table.choose(listed.row.alarm)
                return

    def _chosen_row(self) -> ListedAlarm | None:
        key = self.table.chosen_key()
        return None if key is None else self.model.row_of(key)

    def _show(self, changes: Changes) -> None:
        self.model.show_changes(*changes)
        n, n_rows = len(self._groups.alarms), self._groups.n_rows
        words = f"{n:,}" if n == n_rows else self.tr("{n} in {rows} rows").format(n=f"{n:,}", rows=f"{n_rows:,}")
        self._title.setText(self.tr("Alarms") + (f"  {words}" if n else ""))
        self._beat()

    def _turn(self, changes: Changes) -> None:
        """Unfold or fold because a person wants it: nothing is held, so that the rows stand where they belong at once."""
        self.model.hold(None)
        self._show(changes)
        row = self.chosen()
        if row is not None:
            self.on_select(row)

    def _keep_chosen(self) -> None:
        changes = self._groups.choose(self.table.chosen_key())
        if any(changes):
            self._show(changes)

    def _beat(self) -> None:
        if self.model.is_flashing() and not self._flash.isActive():
            self._flash.start()
        elif not self.model.is_flashing() and self._flash.isActive():
            self._flash.stop()
            self.table.painter_of_rows.lit = True
            self.table.viewport().update()

    def _on_table_select(self, key: str) -> None:
        listed = self.model.row_of(key)
        if listed is not None:
            self._chosen.start()  # the one chosen before may fold away, but not while the table is still about to choose
            self.on_select(listed.row)

    def _on_table_open(self, key: str) -> None:
        listed = self.model.row_of(key)
        if listed is not None:
            self.on_open(listed.row)

    def _on_table_unfold(self, key: str) -> None:
        listed = self.model.row_of(key)
        if listed is not None and listed.together is not None:
            cause = listed.together.cause
            self._turn(self._groups.fold(cause) if self._groups.is_unfolded(cause) else self._groups.unfold(cause))

    def _on_table_paint(self, key: str) -> None:
        shown = {key, *(row.alarm for row in self._groups.behind(key))} - self._told
        if shown:
            self._unseen -= shown
            self._painted |= shown
            if not self._report.isActive():
                self._report.start()

    @Slot()
    def _on_chosen_timeout(self) -> None:
        self._keep_chosen()

    @Slot()
    def _on_report_timeout(self) -> None:
        seen, self._painted = self._painted, set()
        self._told |= seen
        rows = [row for row in map(self._groups.alarms.get, sorted(seen)) if row is not None]
        for some in _portions(rows):
            alarms, calls = _named(some)
            self._submit(ReportDisplayed(alarms=alarms, at_us=self._now_us(), calls=calls))

    @Slot()
    def _on_flash_timeout(self) -> None:
        self.table.painter_of_rows.lit = not self.table.painter_of_rows.lit
        width = self.table.columnWidth(0)
        self.table.viewport().update(0, 0, width, self.table.viewport().height())

    @Slot()
    def _on_order_clicked(self) -> None:
        self.table.sort_as_given()


def _portions(several: Sequence[One]) -> list[tuple[One, ...]]:
    return [tuple(several[first : first + MOST_NAMED]) for first in range(0, len(several), MOST_NAMED)]


def _named(rows: Sequence[AlarmRow]) -> tuple[tuple[AlarmId, ...], tuple[int, ...]]:
    """The names of alarms, and of each when it made the call that its row shows."""
    return tuple(row.alarm for row in rows), tuple(row.called_us for row in rows)


def may_shelve(row: AlarmRow) -> bool:
    """Whether the rules let anybody put this alarm aside; the bridge refuses the rest."""
    return row.level is not AlarmLevel.RED and row.kind not in (AlarmKind.SOS, AlarmKind.TAMPER)
