"""The case of the chosen alarm or device: what is happening, what is next, why, what the court allows, whose devices."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from backend_bridge.application.incident_rows import IncidentRow
from backend_bridge.application.rows import AlarmRow, AlarmState, CaseRow, DeviceRow, PairRow, PersonRow
from backend_bridge.domain.commands import Command
from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.queries import Query, Reveal
from widgets.around_section import AroundSection
from widgets.case_sections import DeviceSection, Headline, OrderSection, PeopleSection, WhySection
from widgets.consent import ask_consent
from widgets.controls import button, column, label, line, restyle, rule, surface
from widgets.steps_section import StepsSection
from widgets.surroundings import Surroundings
from widgets.theme import Look, Theme, look_of


class CasePanel(QWidget):
    """Rows in by `show_case`; commands out by `submit`, questions by `ask`, `acknowledge` and `open_incident` by their buttons."""

    def __init__(
        self,
        theme: Theme,
        submit: Callable[[Command], None],
        ask: Callable[[Query, Callable[[object], None]], None],
        acknowledge: Callable[[], None],
        open_incident: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("case_panel")
        self._ask, self._submit = ask, submit
        self._case: CaseId | None = None
        self._is_danger, self._brief = False, False
        self._live, self._has_alarm, self._lost, self._may_acknowledge = True, False, False, False
        self.headline = Headline()
        self.steps = StepsSection(theme, submit)
        self.why = WhySection()
        self.around = AroundSection()
        self.order = OrderSection()
        self.people = PeopleSection(self._on_people_reveal, self._on_people_consent)
        self.devices = DeviceSection()
        self._acknowledge = button(self.tr("Acknowledge") + "  Space", "acknowledge", acknowledge, kind="act")
        self._n_answered = 1
        self._open = button(self.tr("Incident") + "  Enter", "open_incident", open_incident)
        self._empty = label(self.tr("Choose an alarm, a case on the map, or a row anywhere."), "faint", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self.around.show_around(Surroundings())
        self.show_nothing()

    def _lay_out(self) -> None:
        rest = column()
        for part in (rule(), self.steps, self.around, self.why, self.devices, self.people, self.order):
            rest.addWidget(part)
        self._rest = surface("panel", rest)
        inner = column()
        inner.addWidget(self.headline)
        inner.addWidget(self._rest)
        inner.addStretch()
        self._inside = surface("panel", inner)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._inside)
        foot = line(margins=(16, 10, 16, 10))
        foot.addWidget(self._acknowledge, 1)
        foot.addWidget(self._open, 1)
        layout = column()
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._scroll, 1)
        self._foot = surface("foot", foot)
        layout.addWidget(self._foot)
        self.setMinimumWidth(344)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(layout)

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._case, self._has_alarm = None, False
        self._scroll.hide()
        self._foot.hide()
        self._empty.show()

    def show_live(self, live: bool) -> None:
        """In a recording nothing can be done, so nothing is offered."""
        self._live = live
        self.steps.show_live(live=live)
        self._foot.setVisible(live and self._has_alarm)

    def show_brief(self, brief: bool) -> None:
        """Beside another page than the map only what happens, and no button that is louder than that page's own."""
        self._brief = brief
        self._rest.setVisible(not brief)
        self._show_loudness()

    def _show_loudness(self) -> None:
        restyle(self._acknowledge, "kind", ("danger" if self._brief else "act") if self._is_danger else "")

    def show_answered(self, n: int) -> None:
        """How many alarms are acknowledged at once: more than one where the chosen row of the list stands for several."""
        if n != self._n_answered:
            self._n_answered = n
            self._acknowledge.setText((self.tr("Acknowledge") if n == 1 else self.tr("Acknowledge {n}").format(n=f"{n:,}")) + "  Space")

    def show_lost(self, lost_us: int | None) -> None:
        """Since when the bridge is not heard, so that nothing can be acknowledged and no figure of the pair is true; None: it is heard."""
        self._lost = lost_us is not None
        self._acknowledge.setEnabled(self._may_acknowledge and not self._lost)
        self.headline.show_lost(lost_us)
        self.steps.show_lost(lost=self._lost)

    def show_case(
        self,
        case: CaseRow | None,
        pair: PairRow | None,
        alarm: AlarmRow | None,
        incident: IncidentRow | None,
        devices: Sequence[DeviceRow],
        now_us: int,
    ) -> None:
        """All that the desk knows of one case; what is None is not known or not for this user."""
        key = case.case if case is not None else None
        if key != self._case:
            self._case = key
            self.people.hide_answers()
            self.around.show_around(Surroundings())
            self._scroll.verticalScrollBar().setValue(0)
        self._empty.hide()
        self._scroll.show()
        self._has_alarm = alarm is not None
        self._foot.setVisible(self._live and self._has_alarm)
        waiting = alarm is not None and alarm.state in (AlarmState.UNACKNOWLEDGED, AlarmState.RETURNED_UNACKNOWLEDGED)
        self._may_acknowledge = waiting or (alarm is not None and alarm.state is AlarmState.LATCHED)
        self._acknowledge.setEnabled(self._may_acknowledge and not self._lost)
        self._is_danger = alarm is not None and look_of(alarm.kind, alarm.level) is Look.ACT
        self._show_loudness()
        self._open.setEnabled(incident is not None)
        self.headline.show_parts(case, pair, alarm, now_us)
        self.steps.show_steps(incident, alarm, case, now_us)
        self.why.show_alarm(alarm)
        self.order.show_case(case)
        self.people.show_people(() if case is None else case.people)
        self.devices.show_devices(devices, now_us)

    def show_where(self, words: str) -> None:
        """Where the wearer is, as it can be spoken; empty where it is not known or not for this user."""
        self.headline.show_where(words)

    def show_now(self, now_us: int) -> None:
        """Let timers and ages run."""
        self.headline.show_now(now_us)
        self.steps.show_now(now_us)
        self.devices.show_now(now_us)

    def hide_answers(self) -> None:
        """Mask names and numbers again."""
        self.people.hide_answers()

    def _on_people_consent(self, person: PersonRow) -> None:
        if self._case is not None:
            command = ask_consent(self, self._case, person)
            if command is not None:
                self._submit(command)

    def _on_people_reveal(self, person: PersonRow, field: str) -> None:
        case = self._case
        if case is None:
            return

        def done(answer: object) -> None:
            if isinstance(answer, tuple) and self._case == case:
                self.people.show_answer(person.person, field, [str(text) for text in answer])

        self._ask(Reveal(case=case, person=person.person, field=field), done)
