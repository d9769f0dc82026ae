"""The columns of a debrief and of a comparison of two runs."""

from typing import Final

from backend_bridge.application.training_rows import ComparedRow, DebriefActRow, DebriefMomentRow
from widgets import formats, phrases
from widgets.marks import QT_TRANSLATE_NOOP
from widgets.models.columns import Cell, Column, SortKey, last
from widgets.phrases_training import DIFFERENCES, act, moment, verdict
from widgets.theme import Look, look_of

LOOKS: Final = {"earlier": Look.NORMAL, "later": Look.LOOK, "new": Look.ACT, "gone": Look.TECHNICAL, "same": Look.NORMAL}


def act_order(row: DebriefActRow) -> SortKey:
    """In the order in which they were called for."""
    return (last(row.called_us), row.limit_s)


def act_key(row: DebriefActRow) -> str:
    """The acts of a debrief are told apart by what, for which alarm, by when."""
    return f"{row.do}/{row.task}/{row.alarm}/{row.case}/{row.called_us}/{row.limit_s}"


def verdict_look(row: DebriefActRow) -> Look | None:
    """Plain when all is well; colour only for what is not."""
    if row.called_us is None or row.as_expected or row.cut_short:
        return None
    return Look.LOOK if row.in_time else Look.ACT


def _time(at_us: int | None) -> str:
    return formats.NOTHING if at_us is None else formats.clock(at_us)


def _seconds(seconds: float | None) -> str:
    return formats.NOTHING if seconds is None else formats.seconds_text(seconds)


def _called(row: DebriefActRow, _now_us: int) -> Cell:
    return Cell(top=_time(row.called_us), bottom="" if row.kind is None else phrases.kind(row.kind))


ACTS: Final[tuple[Column[DebriefActRow], ...]] = (
    Column(
        key="act",
        title=QT_TRANSLATE_NOOP("columns", "Expected"),
        cell=lambda row, _: Cell(top=act(row), bottom=row.case or (row.alarm or "").partition("/")[0], strong=True),
        order=lambda row: (act(row),),
        width_px=190,
        stretch=True,
    ),
    Column(key="called", title=QT_TRANSLATE_NOOP("columns", "Called for"), cell=_called, order=act_order, width_px=120),
    Column(
        key="done",
        title=QT_TRANSLATE_NOOP("columns", "Done"),
        cell=lambda row, _: Cell(top=_time(row.done_us), bottom=row.by or ""),
        order=lambda row: (last(row.done_us),),
        width_px=96,
    ),
    Column(
        key="took",
        title=QT_TRANSLATE_NOOP("columns", "Took"),
        cell=lambda row, _: Cell(top=_seconds(row.seconds), bottom=" ", look=verdict_look(row), strong=True),
        order=lambda row: (last(row.seconds),),
        width_px=72,
        right=True,
    ),
    Column(
        key="limit",
        title=QT_TRANSLATE_NOOP("columns", "Limit"),
        cell=lambda row, _: Cell(top=_seconds(row.limit_s), bottom=" "),
        order=lambda row: (row.limit_s,),
        width_px=72,
        right=True,
    ),
    Column(
        key="expert",
        title=QT_TRANSLATE_NOOP("columns", "Expert"),
        cell=lambda row, _: Cell(top=_seconds(row.expert_s), bottom=" "),
        order=lambda row: (row.expert_s,),
        width_px=72,
        right=True,
    ),
    Column(
        key="verdict",
        title=QT_TRANSLATE_NOOP("columns", "Verdict"),
        cell=lambda row, _: Cell(top=verdict(row), bottom=" ", look=verdict_look(row), strong=not (row.as_expected or row.cut_short)),
        order=lambda row: (verdict(row),),
        width_px=120,
    ),
)


def moment_key(row: DebriefMomentRow) -> str:
    """The moments of a debrief are told apart by when and what."""
    return f"{row.at_us}/{row.what}/{row.detail}/{row.case}"


MOMENTS: Final[tuple[Column[DebriefMomentRow], ...]] = (
    Column(
        key="at",
        title=QT_TRANSLATE_NOOP("columns", "Time"),
        cell=lambda row, _: Cell(top=formats.clock(row.at_us)),
        order=lambda row: (row.at_us,),
        width_px=76,
    ),
    Column(
        key="what",
        title=QT_TRANSLATE_NOOP("columns", "What happened"),
        cell=lambda row, _: Cell(top=moment(row), look=Look.ACT if row.what == "alarm" and row.detail.endswith("red") else None),
        order=lambda row: (moment(row),),
        width_px=166,
        stretch=True,
        tip=moment,
    ),
    Column(
        key="by",
        title=QT_TRANSLATE_NOOP("columns", "By"),
        cell=lambda row, _: Cell(top=row.by or ""),
        order=lambda row: (row.by or "",),
        width_px=78,
    ),
    Column(
        key="case",
        title=QT_TRANSLATE_NOOP("columns", "Case"),
        cell=lambda row, _: Cell(top=row.case or ""),
        order=lambda row: (row.case or "",),
        width_px=108,
        middle=True,
    ),
)


def compared_key(row: ComparedRow) -> str:
    """The rows of a comparison are told apart by which alarm, at which level, when."""
    return f"{row.kind}/{row.level}/{row.case}/{row.zone}/{row.ring}/{row.about}/{row.before_us}/{row.after_us}"


def compared_order(row: ComparedRow) -> SortKey:
    """In order of time; what stayed the same stands last."""
    return (float(row.difference == "same"), last(min(at for at in (row.before_us, row.after_us) if at is not None)))


def difference(row: ComparedRow) -> str:
    """`12 s earlier`, `new`, `gone`."""
    word = phrases.word(DIFFERENCES, row.difference)
    if row.before_us is None or row.after_us is None or row.difference == "same":
        return word
    return f"{phrases.length(abs(row.after_us - row.before_us) / 1e6)} {word}"


def _difference(row: ComparedRow, _now_us: int) -> Cell:
    look = None if row.difference == "earlier" else LOOKS[row.difference]
    return Cell(top=difference(row), bottom=" ", look=look, strong=row.difference != "same")


COMPARED: Final[tuple[Column[ComparedRow], ...]] = (
    Column(
        key="kind",
        title=QT_TRANSLATE_NOOP("columns", "Alarm"),
        cell=lambda row, _: Cell(
            top=f"{phrases.kind(row.kind)} · {phrases.level(row.level)}", bottom=row.case or "", look=look_of(row.kind, row.level)
        ),
        order=lambda row: (row.kind,),
        width_px=200,
        stretch=True,
    ),
    Column(
        key="rule",
        title=QT_TRANSLATE_NOOP("columns", "Ring, zone"),
        cell=lambda row, _: Cell(top=row.ring or row.zone or formats.NOTHING, bottom=row.about or ""),
        order=lambda row: (row.ring or row.zone or "",),
        width_px=90,
    ),
    Column(
        key="before",
        title=QT_TRANSLATE_NOOP("columns", "As it was"),
        cell=lambda row, _: Cell(top=_time(row.before_us), bottom=" "),
        order=lambda row: (last(row.before_us),),
        width_px=84,
    ),
    Column(
        key="after",
        title=QT_TRANSLATE_NOOP("columns", "What if"),
        cell=lambda row, _: Cell(top=_time(row.after_us), bottom=" "),
        order=lambda row: (last(row.after_us),),
        width_px=84,
    ),
    Column(
        key="difference",
        title=QT_TRANSLATE_NOOP("columns", "Difference"),
        cell=_difference,
        order=compared_order,
        width_px=150,
    ),
)
