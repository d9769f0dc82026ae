"""The next legal steps as a checklist: what, until when, by whom, and how it ended."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from backend_bridge.application.incident_rows import IncidentRow, TaskRow
from backend_bridge.application.rows import AlarmRow, CaseRow
from backend_bridge.domain.alarm import AlarmLevel
from backend_bridge.domain.commands import Command, WorkTask
from backend_bridge.domain.identifiers import IncidentId
from backend_bridge.domain.incidents.incident import Task, first_tasks
from backend_bridge.domain.incidents.jurisdiction import rules_of
from widgets import formats, phrases, phrases_work
from widgets.controls import button, clear, column, key_chip, label, line, restyle
from widgets.drawing import Symbol, symbol_pixmap
from widgets.incident_parts import is_notice_lost, note_of, told_words
from widgets.reason_dialog import Choice, Found, ask_outcome, without_words
from widgets.theme import Theme

STATE_SYMBOLS: Final = {"open": Symbol.BOX, "done": Symbol.TICK, "failed": Symbol.CROSS, "not-needed": Symbol.DASH}
URGENT_S: Final = 60
NOTICE: Final = "notify-112"


class StepLine(QWidget):
    """One step with its timer and the button that records how it ended."""

    def __init__(self, theme: Theme, number: int, task: TaskRow, work: Callable[[TaskRow, QWidget], None], *, is_lost: bool) -> None:
        super().__init__()
        self._task = task
        is_open = task.state == "open"
        sign = QLabel()
        colour = theme.text if is_open else theme.act if task.state == "failed" else theme.text_faint
        sign.setPixmap(symbol_pixmap(STATE_SYMBOLS.get(task.state, Symbol.BOX), colour, 16))
        self._timer = label("", "strong" if is_open else "soft")
        head = line(spacing=8)
        head.addWidget(sign)
        name = phrases.word(phrases_work.TASKS, task.task)
        head.addWidget(label(f"{number}. {name}" if is_open else name, "" if is_open else "faint"))
        if is_open and number == 1:  # open steps stand first, and the key takes the first of them
            head.addWidget(key_chip("W"))
        head.addStretch()
        head.addWidget(self._timer)
        if is_open:
            done = button(self.tr("Record"), f"work_{task.task}", lambda: work(task, done), kind="small")
            done.setAccessibleName(f"{name}: {self.tr('Record')}")
            head.addWidget(done)
        layout = column(margins=(0, 3, 0, 3), spacing=0)
        layout.addLayout(head)
        if is_lost:
            below = label(self.tr("Automatic notice failed · telephone"), "strong", look="act", wrap=True)
            below.setContentsMargins(24, 0, 0, 0)
            layout.addWidget(below)
        self._add_words(layout)
        self.setLayout(layout)

    def show_now(self, now_us: int) -> None:
        """Let the timer run; it turns red in its last minute."""
        task = self._task
        if task.state != "open":
            self._timer.setText("" if task.done_us is None else formats.clock(task.done_us))
            return
        if task.due_us is None:
            return
        left = (task.due_us - now_us) / 1e6
        self._timer.setText(formats.countdown(left))
        restyle(self._timer, "look", "act" if left < URGENT_S else "")

    def _add_words(self, layout: QVBoxLayout) -> None:
        task = self._task
        words = [phrases.word(phrases_work.LEGAL, task.legal) if task.legal else ""]
        if task.outcome:
            words.append(phrases.word(phrases_work.OUTCOMES, task.outcome))
        words += [task.by or "", note_of(task)]
        text = " · ".join(word for word in words if word)
        if text:
            below = label(text, "caption", wrap=True)
            below.setContentsMargins(24, 0, 0, 0)
            layout.addWidget(below)


class PlannedLine(QWidget):
    """A step that acknowledging will open: what, and within what time."""

    def __init__(self, theme: Theme, number: int, task: Task) -> None:
        super().__init__()
        sign = QLabel()
        sign.setPixmap(symbol_pixmap(Symbol.BOX, theme.text_faint, 16))
        row = line(margins=(0, 3, 0, 3), spacing=8)
        row.addWidget(sign)
        row.addWidget(label(f"{number}. {phrases.word(phrases_work.TASKS, task.rule.task)}", "faint"))
        row.addStretch()
        if task.rule.within_s is not None:
            row.addWidget(label(self.tr("within {span}").format(span=formats.countdown(task.rule.within_s)), "faint"))
        self.setLayout(row)


class StepsSection(QWidget):
    """The steps of an incident; before there is one, the one step that opens it."""

    def __init__(self, theme: Theme, submit: Callable[[Command], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("steps_section")
        self._theme = theme
        self._submit = submit
        self._live = True
        self._alarm: AlarmRow | None = None
        self._incident: IncidentId | None = None
        self._tasks: tuple[TaskRow, ...] = ()
        self._planned: tuple[Task, ...] = ()
        self._lines: list[StepLine] = []
        self._notice_lost = self._link_lost = False
        self._title = label(self.tr("Next steps"), "title")
        self._list = column(spacing=2)
        self._told = label("", "soft", wrap=True)
        self._first = label("", "soft", wrap=True)
        layout = column(margins=(16, 10, 16, 12), spacing=6)
        layout.addWidget(self._title)
        layout.addWidget(self._told)
        layout.addWidget(self._first)
        layout.addLayout(self._list)
        self.setLayout(layout)

    def show_steps(self, incident: IncidentRow | None, alarm: AlarmRow | None, case: CaseRow | None, now_us: int) -> None:
        """Who has been told; then open steps in their order of law, and those that are done; before that, those that will open."""
        self._alarm = alarm
        people = {str(one.person) for one in (() if case is None else case.people)}
        notice_lost = incident is not None and is_notice_lost(incident.deliveries, people)
        self._show_told(incident, alarm)
        tasks = () if incident is None else ordered_tasks(incident)
        self.setVisible(incident is not None or alarm is not None)
        key = None if incident is None else incident.incident
        planned = planned_tasks(alarm, case) if incident is None and self._live else ()
        if (tasks, planned, key, notice_lost) != (self._tasks, self._planned, self._incident, self._notice_lost):
            self._incident, self._tasks, self._planned, self._notice_lost = key, tasks, planned, notice_lost
            self._fill_list()
        self._show_first()
        self.show_now(now_us)

    def show_live(self, *, live: bool) -> None:
        """In a recording nobody is asked to do anything."""
        self._live = live
        if not live and self._planned:
            self._planned = ()
            self._fill_list()
        self._show_words()

    def show_lost(self, *, lost: bool) -> None:
        """Whether the bridge is not heard: no step can be worked or recorded then, and none is asked for."""
        self._link_lost = lost
        self._show_words()

    def _show_words(self) -> None:
        if self._incident is None:
            self._show_told(None, self._alarm)
        self._show_first()

    def _show_first(self) -> None:
        if self._link_lost and (self._incident is not None or (self._alarm is not None and self._alarm.acknowledged_us is None)):
            text = self.tr("Nothing can be acknowledged or recorded here until the bridge is heard again.")
        else:
            text = self._before_incident(self._alarm) if self._incident is None else ""
        self._first.setText(text)
        self._first.setVisible(bool(text))

    def _fill_list(self) -> None:
        clear(self._list)
        for at, task in enumerate(self._planned):
            self._list.addWidget(PlannedLine(self._theme, at + 1, task))
        self._lines = [
            StepLine(self._theme, at + 1, task, self._work, is_lost=self._notice_lost and task.task == NOTICE and task.state == "open")
            for at, task in enumerate(self._tasks)
        ]
        for one in self._lines:
            self._list.addWidget(one)

    def show_now(self, now_us: int) -> None:
        """Let the timers run."""
        for one in self._lines:
            one.show_now(now_us)

    def work(self, number: int) -> None:
        """Record how the open step with that number ended."""
        if 1 <= number <= len(self._tasks) and self._tasks[number - 1].state == "open":
            self._work(self._tasks[number - 1], self._lines[number - 1])

    def _show_told(self, incident: IncidentRow | None, alarm: AlarmRow | None) -> None:
        told = self._told_words(incident, alarm)
        self._told.setText(told)
        self._told.setVisible(bool(told))

    def _told_words(self, incident: IncidentRow | None, alarm: AlarmRow | None) -> str:
        if incident is not None:
            told = told_words(incident.deliveries)
            return self.tr("Told: {who}").format(who=told) if told else self.tr("Nobody has been told yet.")
        asked = self._live and not self._link_lost
        if asked and alarm is not None and alarm.case is not None and alarm.level is AlarmLevel.RED and alarm.acknowledged_us is None:
            return self.tr("The police have not been told: the notice leaves when you acknowledge.")
        return ""

    def _before_incident(self, alarm: AlarmRow | None) -> str:
        if alarm is None:
            return ""
        if alarm.acknowledged_us is None and not self._live:
            return self.tr("At this moment nobody had acknowledged it yet.")
        if alarm.acknowledged_us is None:
            if self._planned:
                return self.tr("Acknowledge with Space: it is yours then, and these steps begin:")
            return self.tr("Acknowledge with Space: it is yours then.")
        if alarm.next_step:
            return phrases.word(phrases_work.TASKS, alarm.next_step)
        return self.tr("No step is asked for.")

    def _work(self, task: TaskRow, at: QWidget) -> None:
        if self._link_lost:
            return
        if len(task.outcomes) == 1:
            self._record(task, without_words(task.outcomes[0]))
            return
        menu = QMenu(self)
        for outcome in task.outcomes:
            action = QAction(phrases.word(phrases_work.OUTCOMES, outcome), menu)
            action.triggered.connect(lambda _checked=False, code=outcome: self._record(task, without_words(code)))
            menu.addAction(action)
        menu.addSeparator()
        noted = QAction(self.tr("With a note…"), menu)
        noted.triggered.connect(lambda: self._work_with_note(task))
        menu.addAction(noted)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(at.mapToGlobal(QPoint(0, at.height())))

    def _work_with_note(self, task: TaskRow) -> None:
        choices = [Choice(code=code, text=phrases.word(phrases_work.OUTCOMES, code)) for code in task.outcomes]
        title = phrases.word(phrases_work.TASKS, task.task)
        found = ask_outcome(self, title, self.tr("What should the timeline say?"), choices, needs_text=False)
        if found is not None:
            self._record(task, found)

    def _record(self, task: TaskRow, found: Found) -> None:
        if self._incident is not None:
            self._submit(
                WorkTask(
                    incident=self._incident,
                    task=task.task,
                    outcome=found.outcome,
                    note=found.note,
                    about=found.about,
                    statement=found.statement,
                )
            )


def ordered_tasks(incident: IncidentRow) -> tuple[TaskRow, ...]:
    """Open steps in the order of the law, then what is done."""
    return tuple(sorted(incident.tasks, key=lambda task: task.state != "open"))


def planned_tasks(alarm: AlarmRow | None, case: CaseRow | None) -> tuple[Task, ...]:
    """What the law of the case will ask for once its red alarm is acknowledged; nothing where it has been, or opens no incident."""
    if alarm is None or case is None or alarm.level is not AlarmLevel.RED or alarm.acknowledged_us is not None:
        return ()
    return tuple(first_tasks(rules_of(case.jurisdiction), frozenset({alarm.kind}), frozenset(), 0))
