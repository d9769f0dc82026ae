"""The lines that an incident is made of: clocks, timeline entries, messages, units on their way."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
from typing_extensions import override

from backend_bridge.application.incident_rows import ClocksRow, DeliveryRow, DispatchRow, IncidentRow, TaskRow, TimelineRow
from backend_bridge.domain.alarm import AlarmKind
from backend_bridge.domain.incidents.dispatch import is_silent
from backend_bridge.domain.incidents.incident import DUTY_OFFICER
from widgets import formats, phrases, phrases_because, phrases_where, phrases_work
from widgets.controls import clear, label
from widgets.models.unit_columns import age_of
from widgets.phrases_bridge import failure

translate = QCoreApplication.translate
NO_BREAK = "\u00a0"
NARROW_PX: Final = 760
"""Below this width what stands side by side in an incident stands above one another."""
POLICE_ALERT: Final = "cap"
"""Over this channel the notice goes to 112."""
ARRIVED_OR_OVER: Final = frozenset({"on-scene", "done", "refused", "failed", "recalled"})
"""States of orders in which nothing is left to arrive."""


class ClocksLine(QWidget):
    """The five clocks of the alarm side by side: device, receipt, evaluation, display, acknowledgement; then what they took in all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clocks_line")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(14, 6, 8, 4)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)
        self._clocks: ClocksRow | None = None
        self._is_narrow = False
        self.setLayout(self._grid)

    def show_clocks(self, clocks: ClocksRow) -> None:
        """Each moment and the seconds since the one before; last the seconds from the first to the last."""
        self._clocks = clocks
        self._fill(clocks, narrow=self._is_narrow)
        moments = [(name, at_us) for name, at_us in _moments(clocks) if at_us is not None]
        self.setToolTip("\n".join(f"{name} {formats.utc(at_us)}" for name, at_us in moments))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the panel is narrow the clocks follow one another like a sentence: the rows are wanted for units."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW_PX
        if narrow != self._is_narrow and self._clocks is not None:
            self._fill(self._clocks, narrow=narrow)
        self._is_narrow = narrow
        self._claim_height()

    def _fill(self, clocks: ClocksRow, *, narrow: bool) -> None:
        clear(self._grid)
        timed = timed_clocks(clocks)
        if narrow:
            sentence = " · ".join(f"{name} {took or when}".replace(" ", NO_BREAK) for name, when, took in timed)
            self._grid.addWidget(label(sentence, "caption", wrap=True), 0, 0, 1, len(timed))
        else:
            for at, column in enumerate(timed):
                for row, (text, words) in enumerate(zip(column, ("caption", "", "caption"), strict=True)):
                    self._grid.addWidget(label(text, words), row, at)
                self._grid.setColumnStretch(at, 1)
        disagree = clocks_note(clocks)
        if disagree:
            self._grid.addWidget(label(disagree, "caption", look="look", wrap=True), 3, 0, 1, len(timed))
        self._claim_height()

    def _claim_height(self) -> None:
        """Words that take several lines need them; a layout around would count one."""
        self.setMinimumHeight(self._grid.heightForWidth(self.width()) if self._grid.hasHeightForWidth() else 0)


def timed_clocks(clocks: ClocksRow) -> list[tuple[str, str, str]]:
    """The five clocks: name, moment, and the seconds since the one before; then the seconds that all of it took."""
    known = [at_us for _, at_us in _moments(clocks) if at_us is not None]
    parts, before = [], None
    for name, at_us in _moments(clocks):
        took = "" if before is None or at_us is None else _seconds(at_us - before, sign="+")
        parts.append((name, formats.NOTHING if at_us is None else formats.clock(at_us), took))
        before = before if at_us is None else at_us
    parts.append((translate("ClocksLine", "in all"), _seconds(known[-1] - known[0]) if known else formats.NOTHING, ""))
    return parts


def clocks_note(clocks: ClocksRow) -> str:
    """That the clocks of device, bridge and desk disagree, where a moment stands before the one that it followed; else empty."""
    known = [at_us for _, at_us in _moments(clocks) if at_us is not None]
    if all(before <= after for before, after in pairwise(known)):
        return ""
    return translate("ClocksLine", "− : the clocks of device, bridge and desk do not agree")


def clocks_of(clocks: ClocksRow) -> list[tuple[str, str]]:
    """The five clocks by name, each moment in one line with the seconds since the one before; the sum; and that they disagree."""
    lines = [(name, " ".join(part for part in (when, took) if part)) for name, when, took in timed_clocks(clocks)]
    note = clocks_note(clocks)
    return [*lines, ("", note)] if note else lines


def _seconds(took_us: int, sign: str = "") -> str:
    return ("−" if took_us < 0 else sign) + formats.seconds_text(f"{abs(took_us) / 1e6:.2f}").replace(" ", NO_BREAK)


def _moments(clocks: ClocksRow) -> tuple[tuple[str, int | None], ...]:
    return (
        (translate("ClocksLine", "measured"), clocks.device_us),
        (translate("ClocksLine", "received"), clocks.received_us),
        (translate("ClocksLine", "judged"), clocks.evaluated_us),
        (translate("ClocksLine", "on screen"), clocks.displayed_us),
        (translate("ClocksLine", "acknowledged"), clocks.acknowledged_us),
    )


def timeline_line(row: TimelineRow) -> QLabel:
    """One entry: time, what, who, details."""
    parts = [phrases.word(phrases_work.TIMELINE, row.event)]
    parts += [detail_of(row), row.by or ""]
    made = label(f"{formats.clock(row.at_us)}  " + " · ".join(part for part in parts if part), "soft", wrap=True)
    alarm = dict(row.detail).get("alarm")
    entry = translate("IncidentPanel", "entry {n} of the log").format(n=row.n)
    made.setToolTip("\n".join(str(part) for part in (entry, formats.both_zones(row.at_us), alarm) if part))
    return made


def script_of(incident: IncidentRow, task: TaskRow) -> str:
    """What is said at a step; the police hear first of all that somebody has called for help."""
    is_sos = any(dict(row.detail).get("kind") == AlarmKind.SOS.value for row in incident.timeline if row.event == "alarm")
    code = f"{task.task}-sos"
    return phrases.word(phrases_work.SCRIPTS, code if is_sos and code in phrases_work.SCRIPTS else task.task)


def detail_of(row: TimelineRow) -> str:
    """The details of an entry in words, last to whom something went; an alarm is called as in the list of alarms, not by its key."""
    said = ", ".join(_detail(code, figure) for code, figure in row.detail if code not in ("recipient", "alarm"))
    recipient = dict(row.detail).get("recipient")
    return said if recipient is None else f"{said} → {phrases.word(phrases_work.RECIPIENTS, str(recipient))}"


def _detail(code: str, figure: object) -> str:
    tables = {
        "task": phrases_work.TASKS,
        "outcome": phrases_work.OUTCOMES,
        "about": phrases_work.NOTE_ABOUT,
        "statement": phrases_work.STATEMENTS,
        "channel": phrases_work.CHANNELS,
        "state": {**phrases_work.UNIT_STATES, **phrases_work.DELIVERIES},
        "kind": {str(kind): words for kind, words in phrases.KINDS.items()},
        "part": phrases.PARTS,
    }
    if code == "place":
        return phrases.place(str(figure))
    if code in tables and isinstance(figure, str):
        return phrases.word(tables[code], figure)
    return phrases_because.value(code, figure) if isinstance(figure, str | int | float) else ""


def note_of(task: TaskRow) -> str:
    """The words beside a step's outcome, with whether they are fact or assessment."""
    if not task.note or task.statement is None:
        return task.note or ""
    return f"{task.note} ({phrases.word(phrases_work.STATEMENT_NAMES, task.statement.value)})"


def delivery_line(row: DeliveryRow) -> QLabel:
    """One message: channel, to whom, how far it got; whom it did not reach somebody has to telephone."""
    failed = row.state == "failed"
    state = phrases.word(phrases_work.DELIVERIES, row.state)
    parts = (
        phrases.word(phrases_work.RECIPIENTS, row.recipient),
        phrases.word(phrases_work.CHANNELS, row.channel),
        f"{state}: {failure(row.detail)}" if failed and row.detail else state,
        translate("IncidentPanel", "telephone 112") if failed and row.channel == POLICE_ALERT else "",
    )
    made = label(" · ".join(part for part in parts if part), "" if failed else "soft", look="act" if failed else "", wrap=True)
    made.setToolTip("\n".join(part for part in (formats.both_zones(row.at_us), row.text) if part))
    return made


def told_words(deliveries: Sequence[DeliveryRow]) -> str:
    """Who has been told over which channel, and how far it got; those whom nothing reached stand first."""
    told: dict[str, list[str]] = {}
    for row in sorted(deliveries, key=lambda row: row.state != "failed"):
        channel = phrases.word(phrases_work.CHANNELS, row.channel)
        told.setdefault(phrases.word(phrases_work.RECIPIENTS, row.recipient), []).append(
            f"{channel} {phrases.word(phrases_work.DELIVERIES, row.state)}"
        )
    return " · ".join(f"{recipient} {', '.join(parts)}" for recipient, parts in told.items())


def is_notice_lost(deliveries: Sequence[DeliveryRow], people: AbstractSet[str]) -> bool:
    """Whether the notice to the police went out by itself and came through on no channel; `people` are those of the case."""
    states = [row.state for row in deliveries if row.recipient not in people and row.recipient != DUTY_OFFICER]
    return "failed" in states and all(state in ("failed", "pending") for state in states)


def way_of(row: DispatchRow) -> str:
    """Which unit goes where, the place in the desk's language; as it was sent where only those words are known."""
    return f"{row.callsign or row.unit} → {row.label if row.spoken is None else phrases_where.spoken(row.spoken)}"


def order_state(row: DispatchRow, now_us: int) -> str:
    """How far an order is, and what is left of the time reckoned from the unit's last report."""
    parts = [phrases.word(phrases_work.UNIT_STATES, row.state)]
    if row.state not in ARRIVED_OR_OVER and row.reported_us is not None:
        if is_silent(row.reported_us, now_us):
            span = phrases.length(age_of(row.reported_us, now_us))
            parts.append(translate("IncidentPanel", "not heard for {span}").format(span=span))
        elif row.eta_s is not None:
            left = max(0.0, row.eta_s - formats.age_s(now_us, row.reported_us))
            parts.append(translate("IncidentPanel", "arrives in {span}").format(span=formats.countdown(left)).replace(" ", NO_BREAK))
    return " · ".join(parts)
