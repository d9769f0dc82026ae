"""The incident being worked: what happened when, who is told, who drives where, and what is said on the phone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from backend_bridge.application.incident_rows import IncidentRow, TaskRow
from backend_bridge.application.rows import UnitRow
from backend_bridge.domain.commands import CloseIncident, Command, DispatchUnit, RecallUnit
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.spoken_place import SpokenPlace
from widgets import phrases, phrases_where, phrases_work
from widgets.controls import button, clear, column, label, line, surface
from widgets.destinations import Destinations
from widgets.incident_parts import NARROW_PX, ClocksLine, delivery_line, script_of, timeline_line
from widgets.models.row_model import RowModel
from widgets.models.unit_columns import unit_columns, unit_order
from widgets.note_dialog import NoteDialog
from widgets.reason_dialog import Choice, ask_outcome
from widgets.row_table import TWO_LINES_PX
from widgets.steps_section import ordered_tasks
from widgets.table_panel import TablePanel, TableWords
from widgets.theme import Theme
from widgets.unit_orders import UnitOrders

UNITS_ALWAYS_SEEN = 3
"""So many units are seen however low the panel is."""
SHARES, NARROW_SHARES = (5, 4), (4, 5)
"""Of the width, for texts and for units: where there is little, units need the more of it for their columns."""
TOLD_SHARE = 2
"""Where they stand above one another, what is to be said and who was told has twice the room of what has happened."""
WITHOUT_UNIT = frozenset({"busy", "off"})
OVER = frozenset({"done", "refused", "failed", "recalled"})


class IncidentPanel(QWidget):
    """Rows in by `show_incident` and `show_units`; dispatch, notes and the closing out by `submit`."""

    def __init__(self, theme: Theme, submit: Callable[[Command], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("incident_panel")
        self._submit = submit
        self._incident: IncidentRow | None = None
        self._contact_s: float | None = None
        self._is_lost = False
        self._arrivals: dict[str, tuple[float | None, str | None]] = {}
        """When each unit would arrive, and what that rests on, as they were ranked last for this incident."""
        self.to = Destinations()
        self._clocks = ClocksLine()
        self._texts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._timeline, self._failures, self._messages = column(spacing=3), column(spacing=3), column(spacing=3)
        self._script = label("", wrap=True)
        self._script_title = label("", "title")
        self.orders = UnitOrders()
        self.units: TablePanel[UnitRow] = TablePanel(
            theme,
            RowModel(unit_columns(lambda: self._contact_s, self._sent), lambda row: row.unit, unit_order),
            TableWords(name="unit_panel", title=self.tr("Units"), empty=self.tr("No unit reports its position.")),
            TWO_LINES_PX,
        )
        self.units.on_open = lambda _row: self.dispatch()
        self._dispatch = button(self.tr("Send unit") + "  D", "dispatch", self.dispatch)
        self._recall = button(self.tr("Recall"), "recall", self.recall, kind="small")
        self._note = button(self.tr("Note") + "  Ctrl+N", "add_note", self.add_note, kind="small")
        self._note.setToolTip("Ctrl+N")
        self._close = button(self.tr("Close…"), "close_incident", self.close_incident, kind="small")
        self._empty = label(self.tr("No incident is open for this case. An acknowledged red alarm opens one."), "faint", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self.show_incident(None, None, None, 0)

    def _lay_out(self) -> None:
        told = column(spacing=6)
        told.addLayout(self._failures)
        told.addWidget(self._script_title)
        told.addWidget(self._script)
        told.addSpacing(6)
        told.addLayout(self._messages)
        self._texts.addWidget(self._part(self.tr("Timeline"), self._timeline, (self._note, self._close)), 1)
        self._texts.addWidget(self._part(self.tr("Who has been told"), told, ()), 1)
        self._halves = line(spacing=0)
        self._halves.addLayout(self._texts)
        self._halves.addWidget(self._units_part())
        self._inside = QWidget()
        self._inside.setLayout(self._halves)
        layout = column()
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._clocks)
        layout.addWidget(self._inside, 1)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(layout)

    def _units_part(self) -> QWidget:
        units = column(margins=(8, 0, 4, 8), spacing=4)
        head = line(margins=(6, 6, 0, 0))
        head.addWidget(self.to, 1)
        head.addWidget(self._dispatch)
        units.addLayout(head)
        heading = self.units.table.horizontalHeader()
        heading.ensurePolished()  # only then it knows how high it is
        self.units.setMinimumHeight(heading.sizeHint().height() + UNITS_ALWAYS_SEEN * TWO_LINES_PX)
        units.addWidget(self.units, 1)
        foot = line(spacing=6)
        foot.addWidget(self.orders, 1)
        foot.addWidget(self._recall, 0, Qt.AlignmentFlag.AlignTop)
        units.addLayout(foot)
        return surface("panel", units)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Timeline and messages stand side by side where there is room; else what is to be said now stands above what has happened."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW_PX
        self._texts.setStretch(1, TOLD_SHARE if narrow else 1)
        for at, share in enumerate(NARROW_SHARES if narrow else SHARES):
            self._halves.setStretch(at, share)
        self._note.setText(self.tr("Note") + ("" if narrow else "  Ctrl+N"))
        self._texts.setDirection(QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight)

    def _part(self, title: str, content: QVBoxLayout, buttons: Sequence[QWidget]) -> QWidget:
        head = line(margins=(14, 6, 8, 4))
        head.addWidget(label(title, "title"))
        head.addStretch()
        for one in buttons:
            head.addWidget(one)
        inner = column(margins=(14, 0, 10, 8))
        inner.addLayout(content)
        inner.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(surface("panel", inner))
        layout = column()
        layout.addLayout(head)
        layout.addWidget(scroll, 1)
        return surface("panel", layout)

    def show_incident(
        self, incident: IncidentRow | None, contact_s: float | None, destination: tuple[LatLon, SpokenPlace] | None, now_us: int
    ) -> None:
        """The incident, the time to contact and where a unit would be sent."""
        self._contact_s = contact_s
        if incident is None or self._incident is None or incident.incident != self._incident.incident:
            self.to.forget()
            self._arrivals.clear()
        self.to.show_default(destination)
        self._empty.setVisible(incident is None)
        self._inside.setVisible(incident is not None)
        self._clocks.setVisible(incident is not None)
        changed = incident != self._incident
        self._incident = incident
        if incident is None:
            return
        self._dispatch.setEnabled(self.to.place() is not None)
        self._recall.setVisible(bool(incident.dispatches))
        self.orders.show_orders(incident.dispatches, now_us)
        self.units.show_now(now_us)
        if changed:
            self.units.table.viewport().update()
            self._clocks.show_clocks(incident.clocks)
            self._show_lists(incident)
            self._show_script(incident)

    def show_units(self, units: Sequence[UnitRow], gone: Sequence[str]) -> None:
        """Units as they report; when they would arrive is known from the last ranking until the next."""
        self.units.show_rows([self._as_ranked(row) for row in units], gone)

    def show_ranked(self, units: Sequence[UnitRow]) -> None:
        """Units with their estimated arrivals."""
        self._arrivals = {row.unit: (row.eta_s, row.eta_basis) for row in units}
        self.units.show_rows(units, ())

    def _as_ranked(self, row: UnitRow) -> UnitRow:
        if row.eta_s is not None or row.state == "off" or row.unit not in self._arrivals:
            return row
        eta_s, basis = self._arrivals[row.unit]
        return replace(row, eta_s=eta_s, eta_basis=basis)

    def show_now(self, now_us: int) -> None:
        """Let what counts, count."""
        self.units.show_now(now_us)
        if self._incident is not None:
            self.orders.show_orders(self._incident.dispatches, now_us)

    def show_lost(self, *, lost: bool) -> None:
        """Whether the bridge is not heard: nobody can be sent then."""
        self._is_lost = lost

    def _sent(self) -> Mapping[str, str]:
        """The units that were sent in this incident and are still at it, with the state of their order."""
        return {} if self._incident is None else {row.unit: row.state for row in self._incident.dispatches if row.state not in OVER}

    def dispatch(self) -> None:
        """Send the chosen unit, or the one that is there first, to the chosen place: where the protected person is, else an address."""
        place = self.to.place()
        if self._is_lost or self._incident is None or place is None:
            return
        sent = self._sent()
        unit = self.units.chosen()
        if unit is None or unit.unit in sent:
            unit = next((row for row in self.units.model.rows() if row.state not in WITHOUT_UNIT and row.unit not in sent), None)
        if unit is not None:
            at, spoken = place
            name, label_of = self._incident.incident, phrases_where.spoken(spoken)
            self._submit(DispatchUnit(incident=name, unit=unit.unit, destination=at, label=label_of, spoken=spoken))

    def recall(self) -> None:
        """Call back the chosen unit, or the one that was sent last."""
        if self._incident is None or not self._incident.dispatches:
            return
        sent = [row.unit for row in self._incident.dispatches]
        chosen = self.units.chosen()
        unit = chosen.unit if chosen is not None and chosen.unit in sent else sent[-1]
        self._submit(RecallUnit(incident=self._incident.incident, unit=unit))

    def add_note(self) -> None:
        """Write a line into the timeline."""
        if self._incident is None:
            return
        dialog = NoteDialog(self)
        if dialog.exec() and self._incident is not None:
            self._submit(dialog.command(self._incident.incident))

    def close_incident(self) -> None:
        """End the incident with an outcome and a note."""
        if self._incident is None:
            return
        choices = [Choice(code=code, text=phrases.word(phrases_work.OUTCOMES, code)) for code in phrases_work.CLOSING_OUTCOMES]
        title = self.tr("Close incident {name}").format(name=self._incident.incident)
        found = ask_outcome(self, title, self.tr("What was found?"), choices, needs_text=True)
        if found is not None:
            name, note = self._incident.incident, found.note or ""
            self._submit(CloseIncident(incident=name, outcome=found.outcome, note=note, about=found.about, statement=found.statement))

    def _show_lists(self, incident: IncidentRow) -> None:
        clear(self._timeline)
        for row in reversed(incident.timeline):
            self._timeline.addWidget(timeline_line(row))
        clear(self._failures)
        clear(self._messages)
        for delivery in incident.deliveries:
            place = self._failures if delivery.state == "failed" else self._messages  # whom nothing reached stands above the script
            place.addWidget(delivery_line(delivery))
        if not incident.deliveries:
            self._messages.addWidget(label(self.tr("Nobody outside has been told yet."), "faint", wrap=True))

    def _show_script(self, incident: IncidentRow) -> None:
        task = next((one for one in ordered_tasks(incident) if one.state == "open" and one.task in phrases_work.SCRIPTS), None)
        self._script_title.setVisible(task is not None)
        self._script.setVisible(task is not None)
        if task is not None:
            self._script_title.setText(self._script_heading(task))
            self._script.setText(script_of(incident, task).format(case=incident.case))

    def _script_heading(self, task: TaskRow) -> str:
        return self.tr("To say: {step}").format(step=phrases.word(phrases_work.TASKS, task.task))
