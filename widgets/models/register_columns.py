"""The investigative register and what a person is told about themselves: the columns of their rows."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from backend_bridge.application.register_rows import RegisterRow, SubjectRow
from widgets import formats, phrases, phrases_ledger, phrases_work
from widgets.marks import QT_TRANSLATE_NOOP
from widgets.models.columns import Cell, Column, SortKey, Tone
from widgets.models.ledger_columns import purpose_text
from widgets.theme import Look

translate = QCoreApplication.translate


def register_order(row: RegisterRow) -> SortKey:
    """Newest first."""
    return (-float(phrases_ledger.us_of(row.at)), row.request)


def register_tone(row: RegisterRow) -> Tone:
    """What was seen before anybody had approved it is marked at the left."""
    return Tone(bar=Look.TECHNICAL if row.state == "break-glass" else None)


def _at(row: RegisterRow, _now_us: int) -> Cell:
    at_us = phrases_ledger.us_of(row.at)
    return Cell(top=row.request, bottom=formats.minute(at_us))


def _decision(row: RegisterRow, _now_us: int) -> Cell:
    words = phrases_ledger.ground(row.state) if row.state == "break-glass" else phrases.word(phrases_work.REQUEST_STATES, row.state)
    return Cell(top=words, bottom=row.decided_by or " ")


def _outcome(row: RegisterRow, _now_us: int) -> Cell:
    looks = translate("columns", "{n} looks").format(n=row.looks)
    ended = phrases_ledger.ended(row.ended)
    return Cell(top=" · ".join(part for part in (looks, ended) if part), bottom=phrases_ledger.court(row.court) or row.exports or " ")


REGISTER: Final[tuple[Column[RegisterRow], ...]] = (
    Column(key="request", title=QT_TRANSLATE_NOOP("columns", "Request"), cell=_at, order=register_order, width_px=136),
    Column(
        key="who",
        title=QT_TRANSLATE_NOOP("columns", "Who asks"),
        cell=lambda row, _: Cell(top=row.user, bottom=row.on_behalf_of or " "),
        order=lambda row: (row.user,),
        width_px=108,
    ),
    Column(
        key="whom",
        title=QT_TRANSLATE_NOOP("columns", "Whom"),
        cell=lambda row, _: Cell(top=row.person, bottom=row.case),
        order=lambda row: (row.person,),
        width_px=104,
    ),
    Column(
        key="purpose",
        title=QT_TRANSLATE_NOOP("columns", "Purpose · reason"),
        cell=lambda row, _: Cell(top=purpose_text(row.purpose), bottom=row.reason),
        order=lambda row: (row.purpose,),
        width_px=190,
        stretch=True,
        tip=lambda row: row.reason,
    ),
    Column(
        key="decision",
        title=QT_TRANSLATE_NOOP("columns", "Decision · by"),
        cell=_decision,
        order=lambda row: (row.state,),
        width_px=122,
        tip=lambda row: row.decision_reason or "",
    ),
    Column(
        key="outcome",
        title=QT_TRANSLATE_NOOP("columns", "Outcome"),
        cell=_outcome,
        order=lambda row: (-float(row.looks),),
        width_px=164,
        tip=lambda row: "\n".join(part for part in (phrases_ledger.court(row.court), row.exports) if part),
    ),
)
_MORE: Final[tuple[Column[RegisterRow], ...]] = (
    Column(
        key="paper",
        title=QT_TRANSLATE_NOOP("columns", "Legal paper"),
        cell=lambda row, _: Cell(top=row.paper or formats.NOTHING),
        order=register_order,
        width_px=0,
    ),
    Column(
        key="scope",
        title=QT_TRANSLATE_NOOP("columns", "What · period"),
        cell=lambda row, _: Cell(top=phrases_ledger.scope(row.fields), bottom=phrases_ledger.timed(row.period)),
        order=register_order,
        width_px=0,
    ),
    Column(
        key="access",
        title=QT_TRANSLATE_NOOP("columns", "Access ran"),
        cell=lambda row, _: Cell(top=phrases_ledger.timed(row.access or formats.NOTHING)),
        order=register_order,
        width_px=0,
    ),
    Column(
        key="why",
        title=QT_TRANSLATE_NOOP("columns", "Reason of the decision"),
        cell=lambda row, _: Cell(top=row.decision_reason or formats.NOTHING),
        order=register_order,
        width_px=0,
    ),
    Column(
        key="out",
        title=QT_TRANSLATE_NOOP("columns", "Handed out"),
        cell=lambda row, _: Cell(top=row.exports or formats.NOTHING),
        order=register_order,
        width_px=0,
    ),
)
REGISTER_ON_PAPER: Final = (*REGISTER, *_MORE)
"""On paper everything stands that the law wants registered."""


def subject_order(row: SubjectRow) -> SortKey:
    """What is held first, then every use, newest on top."""
    return (float(row.n is not None), -float(row.n or 0), row.case or "", row.detail)


def _subject_when(row: SubjectRow, _now_us: int) -> Cell:
    return Cell(top=translate("columns", "held now") if row.at is None else formats.minute(phrases_ledger.us_of(row.at)))


SUBJECT: Final[tuple[Column[SubjectRow], ...]] = (
    Column(key="at", title=QT_TRANSLATE_NOOP("columns", "Time"), cell=_subject_when, order=subject_order, width_px=140),
    Column(
        key="what",
        title=QT_TRANSLATE_NOOP("columns", "What"),
        cell=lambda row, _: Cell(top=phrases_ledger.use(row.what)),
        order=lambda row: (row.what,),
        width_px=130,
    ),
    Column(
        key="detail",
        title=QT_TRANSLATE_NOOP("columns", "Details"),
        cell=lambda row, _: Cell(top=row.detail if row.what == "held" else phrases_ledger.scope(row.detail)),
        order=lambda row: (row.detail,),
        width_px=220,
        stretch=True,
        tip=lambda row: row.detail,
    ),
    Column(
        key="case",
        title=QT_TRANSLATE_NOOP("columns", "Case"),
        cell=lambda row, _: Cell(top=row.case or formats.NOTHING),
        order=lambda row: (row.case or "",),
        width_px=110,
    ),
    Column(
        key="by",
        title=QT_TRANSLATE_NOOP("columns", "By whom"),
        cell=lambda row, _: Cell(top=row.by or formats.NOTHING),
        order=lambda row: (row.by or "",),
        width_px=90,
    ),
    Column(
        key="purpose",
        title=QT_TRANSLATE_NOOP("columns", "Purpose"),
        cell=lambda row, _: Cell(top=formats.NOTHING if row.purpose is None else purpose_text(row.purpose)),
        order=lambda row: (row.purpose or "",),
        width_px=150,
    ),
)
