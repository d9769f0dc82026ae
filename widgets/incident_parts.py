"""The lines that an incident is made of: clocks, timeline entries, messages, units on their way."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QWidget

from backend_bridge.application.rows import ClocksRow, DeliveryRow, DispatchRow, TimelineRow
from widgets import formats, phrases, phrases_because, phrases_work
from widgets.controls import label, line

translate = QCoreApplication.translate


class ClocksLine(QWidget):
    """The five clocks of the alarm: device, receipt, evaluation, display, acknowledgement, each with what it took."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clocks_line")
        self._words = [label("", "soft") for _ in range(5)]
        row = line(margins=(14, 8, 8, 6), spacing=22)
        for words in self._words:
            row.addWidget(words)
        row.addStretch()
        self.setLayout(row)

    def show_clocks(self, clocks: ClocksRow) -> None:
        """Each moment and the seconds since the one before."""
        moments = (clocks.device_us, clocks.received_us, clocks.evaluated_us, clocks.displayed_us, clocks.acknowledged_us)
        before: int | None = None
        for words, name, at_us in zip(self._words, self._names(), moments, strict=True):
            if at_us is None:
                words.setText(f"{name} {formats.NOTHING}")
                continue
            took = "" if before is None else f" +{max(0, at_us - before) / 1e6:.2f} s"
            words.setText(f"{name} {formats.clock(at_us)}{took}")
            words.setToolTip(formats.both_zones(at_us))
            before = at_us

    def _names(self) -> Sequence[str]:
        return (self.tr("measured"), self.tr("received"), self.tr("judged"), self.tr("on screen"), self.tr("acknowledged"))


def timeline_line(row: TimelineRow) -> QLabel:
    """One entry: time, what, who, details."""
    parts = [phrases.word(phrases_work.TIMELINE, row.event)]
    details = ", ".join(f"{_detail(code, figure)}" for code, figure in row.detail)
    parts += [details, row.by or ""]
    made = label(f"{formats.clock(row.at_us)}  " + " · ".join(part for part in parts if part), "soft", wrap=True)
    made.setToolTip(translate("IncidentPanel", "entry {n} of the log").format(n=row.n) + "\n" + formats.both_zones(row.at_us))
    return made


def _detail(code: str, figure: object) -> str:
    tables = {
        "task": phrases_work.TASKS,
        "outcome": phrases_work.OUTCOMES,
        "channel": phrases_work.CHANNELS,
        "state": {**phrases_work.UNIT_STATES, **phrases_work.DELIVERIES},
        "kind": {str(kind): words for kind, words in phrases.KINDS.items()},
    }
    if code in tables and isinstance(figure, str):
        return phrases.word(tables[code], figure)
    return phrases_because.value(code, figure) if isinstance(figure, str | int | float) else ""


def delivery_line(row: DeliveryRow) -> QWidget:
    """One message: channel, to whom, how far it got."""
    made = QWidget()
    layout = line(spacing=8)
    layout.addWidget(label(phrases.word(phrases_work.CHANNELS, row.channel)))
    layout.addWidget(label(row.recipient, "soft"), 1)
    look = "technical" if row.state == "failed" else ""
    state = phrases.word(phrases_work.DELIVERIES, row.state)
    layout.addWidget(label(f"{state}: {row.detail}" if row.detail and row.state == "failed" else state, "soft", look=look))
    at = label(formats.clock(row.at_us), "faint")
    at.setAlignment(Qt.AlignmentFlag.AlignRight)
    layout.addWidget(at)
    made.setLayout(layout)
    if row.text:
        made.setToolTip(row.text)
    return made


def dispatch_line(row: DispatchRow, now_us: int) -> str:
    """One unit on its way: who, where to, its state and what is left of its estimated time."""
    parts = [f"{row.unit} → {row.label}", phrases.word(phrases_work.UNIT_STATES, row.state)]
    if row.eta_s is not None and row.state not in ("on-scene", "done", "refused", "failed"):
        left = max(0.0, row.eta_s - formats.age_s(now_us, row.state_us))
        parts.append(translate("IncidentPanel", "arrives in {span}").format(span=formats.countdown(left)))
    return " · ".join(parts)
