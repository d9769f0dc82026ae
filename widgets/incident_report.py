"""The incident as a document: one PDF with map, charts, clocks, steps, messages, timeline and the figures behind each alarm.

The content's own SHA-256 stands on the last page; that of the finished file is for the log, whose entry proves it, and for the
bridge to sign.
"""

import hashlib
import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFont, QFontDatabase, QImage, QPageLayout, QTextDocument
from PySide6.QtWidgets import QApplication

from backend_bridge.application.incident_rows import IncidentRow, TaskRow
from backend_bridge.application.rows import AlarmRow
from widgets import formats, phrases, phrases_because, phrases_work
from widgets.incident_parts import clocks_of, detail_of, note_of, way_of
from widgets.phrases_bridge import failure
from widgets.printed_sheet import Maker, mark_facts, print_pages

translate = QCoreApplication.translate

PICTURE_WIDTH: Final = 500
_DPI: Final = 150
_FAMILIES: Final = ("NanumGothic", "Nanum Gothic")
_STYLE: Final = """
body { font-size: 9pt } h1 { font-size: 16pt } h2 { font-size: 11pt; margin-top: 14px }
td, th { padding: 2px 8px 2px 0; text-align: left; vertical-align: top } th { font-weight: 600 }
.small { font-size: 7pt }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPicture:
    """What was on the screen: a title and the picture."""

    title: str
    image: QImage


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A finished report."""

    pdf: bytes
    sha256: str


def incident_report(incident: IncidentRow, alarms: Sequence[AlarmRow], pictures: Sequence[ReportPicture], maker: Maker) -> Report:
    """The report of an incident as it stands, every page marked with who makes it, when, what for, and which copy it is."""
    content = _content(incident, alarms, maker)
    digest = hashlib.sha256(content.encode()).hexdigest()
    document = QTextDocument()
    document.setDefaultFont(_font())
    document.setDefaultStyleSheet(_STYLE)
    for place, picture in enumerate(pictures):
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(f"picture:{place}"), picture.image)
    shown = "".join(f"<h2>{_text(p.title)}</h2><img src='picture:{n}' width='{PICTURE_WIDTH}'>" for n, p in enumerate(pictures))
    document.setHtml(content + shown + _how_to_check(digest))
    pdf = print_pages(document, (incident.incident, digest), maker, QPageLayout.Orientation.Portrait)
    return Report(pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest())


def _font() -> QFont:
    """A font of the system's own where there is one: digits in the desk's cannot be copied out of a PDF."""
    families = [name for name in _FAMILIES if name in QFontDatabase.families()]
    return QFont([*families, *QApplication.font().families()])


def _content(incident: IncidentRow, alarms: Sequence[AlarmRow], maker: Maker) -> str:
    title = translate("IncidentReport", "Incident {name}").format(name=incident.incident)
    closed = formats.both_zones(incident.closed_us) if incident.closed_us is not None else translate("IncidentReport", "still open")
    facts = [
        (translate("IncidentReport", "Case"), incident.case),
        (translate("IncidentReport", "Opened"), formats.both_zones(incident.opened_us)),
        (translate("IncidentReport", "Closed"), closed),
        (translate("IncidentReport", "Owner"), incident.owner),
        (
            translate("IncidentReport", "Outcome"),
            phrases.word(phrases_work.OUTCOMES, incident.outcome) if incident.outcome else formats.NOTHING,
        ),
        (translate("IncidentReport", "Report made"), f"{formats.both_zones(maker.at_us)} · {maker.user}"),
        *mark_facts(maker),
    ]
    parts = [f"<h1>{_text(title)}</h1>", _table((), facts)]
    parts += [_titled(translate("IncidentReport", "The five clocks"), _table((), clocks_of(incident.clocks)))]
    parts += [_titled(translate("IncidentReport", "Alarms and the figures behind them"), "".join(map(_alarm, alarms)))]
    parts += [_titled(translate("IncidentReport", "Steps"), _table(_step_heads(), map(_step, incident.tasks)))]
    parts += [_titled(translate("IncidentReport", "Units sent"), _table((), _dispatches(incident)))]
    parts += [_titled(translate("IncidentReport", "Messages"), _table((), _messages(incident)))]
    parts += [_titled(translate("IncidentReport", "Timeline"), _table(_timeline_heads(), _timeline(incident)))]
    return "".join(parts)


def _alarm(row: AlarmRow) -> str:
    head = f"{phrases.kind(row.kind)} · {phrases.level(row.level)} · {formats.both_zones(row.happened_us)} · {row.alarm}"
    if row.legal is not None:
        head += f" · {phrases.legal(row.legal)}"
    return f"<p><b>{_text(head)}</b><br>{_text(phrases_because.sentence(row.because, row.probability))}</p>"


def _step_heads() -> tuple[str, ...]:
    return (
        translate("IncidentReport", "Step"),
        translate("IncidentReport", "State"),
        translate("IncidentReport", "Opened"),
        translate("IncidentReport", "Done"),
        translate("IncidentReport", "By"),
        translate("IncidentReport", "Result"),
    )


def _step(task: TaskRow) -> tuple[str, ...]:
    done = formats.NOTHING if task.done_us is None else formats.clock(task.done_us)
    outcome = "" if task.outcome is None else phrases.word(phrases_work.OUTCOMES, task.outcome)
    result = " · ".join(
        part for part in (outcome, note_of(task), phrases.word(phrases_work.LEGAL, task.legal) if task.legal else "") if part
    )
    state = phrases.word(phrases_work.TASK_STATES, task.state)
    return phrases.word(phrases_work.TASKS, task.task), state, formats.clock(task.opened_us), done, task.by or "", result


def _dispatches(incident: IncidentRow) -> list[tuple[str, ...]]:
    return [
        (formats.clock(row.sent_us), way_of(row), phrases.word(phrases_work.UNIT_STATES, row.state), row.by) for row in incident.dispatches
    ]


def _messages(incident: IncidentRow) -> list[tuple[str, ...]]:
    return [
        (
            formats.clock(row.at_us),
            phrases.word(phrases_work.CHANNELS, row.channel),
            phrases.word(phrases_work.RECIPIENTS, row.recipient),
            phrases.word(phrases_work.DELIVERIES, row.state),
            failure(row.detail) if row.detail else "",
        )
        for row in incident.deliveries
    ]


def _timeline_heads() -> tuple[str, ...]:
    return (
        translate("IncidentReport", "Entry"),
        translate("IncidentReport", "Time (UTC)"),
        translate("IncidentReport", "What"),
        translate("IncidentReport", "Details"),
        translate("IncidentReport", "By"),
    )


def _timeline(incident: IncidentRow) -> list[tuple[str, ...]]:
    return [
        (str(row.n), formats.utc(row.at_us), phrases.word(phrases_work.TIMELINE, row.event), detail_of(row), row.by or "")
        for row in incident.timeline
    ]


def _how_to_check(digest: str) -> str:
    title = translate("IncidentReport", "How to check this report")
    how = translate(
        "IncidentReport",
        "The entry numbers above are those of the event log, which is chained by hashes and signed (bongsu-bridge verify). "
        "The SHA-256 of this file is itself an entry of the log, written when the report was made, and the bridge has signed it: "
        "bongsu-bridge verify-report FILE --key checkpoints.pub checks the file against the signature beside it (FILE.sig). "
        "SHA-256 of the text of this report:",
    )
    return f"<h2>{_text(title)}</h2><p>{_text(how)} <span class='small'>{digest}</span></p>"


def _titled(title: str, content: str) -> str:
    return f"<h2>{_text(title)}</h2>{content}" if content else ""


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    if not lines:
        return ""
    head = "<tr>" + "".join(f"<th>{_text(name)}</th>" for name in heads) + "</tr>" if heads else ""
    return f"<table>{head}{''.join(lines)}</table>"


def _text(words: str) -> str:
    return html.escape(words)
