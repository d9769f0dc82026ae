"""The columns of the ledger and the reviews: each row is a use of somebody's data, or what one person looked at."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from backend_bridge.application.ledger import LedgerRow, LookerRow, Shown
from widgets import formats, phrases, phrases_ledger, phrases_work
from widgets.marks import QT_TRANSLATE_NOOP
from widgets.models.columns import Cell, Column, SortKey, Tone
from widgets.theme import Look


def ledger_order(row: LedgerRow) -> SortKey:
    """Newest first."""
    return (-float(row.n),)


def purpose_text(purpose: str) -> str:
    """The purpose of the law, in words."""
    return next((phrases.word(phrases.PURPOSES, one) for one in phrases.PURPOSES if one == purpose), purpose)


def _when(row: LedgerRow, _now_us: int) -> Cell:
    at_us = phrases_ledger.us_of(row.at)
    return Cell(top=formats.clock(at_us), bottom=formats.day(at_us))


USES: Final[tuple[Column[LedgerRow], ...]] = (
    Column(
        key="at",
        title=QT_TRANSLATE_NOOP("columns", "Time"),
        cell=_when,
        order=ledger_order,
        width_px=92,
        tip=lambda row: formats.both_zones(phrases_ledger.us_of(row.at)),
    ),
    Column(
        key="user",
        title=QT_TRANSLATE_NOOP("columns", "Who saw"),
        cell=lambda row, _: Cell(top=_user(row), bottom=_receiver(row) or " "),
        order=lambda row: (row.user,),
        width_px=104,
    ),
    Column(
        key="whom",
        title=QT_TRANSLATE_NOOP("columns", "Whom"),
        cell=lambda row, _: Cell(top=row.subject or formats.NOTHING, bottom=row.case or " "),
        order=lambda row: (row.subject or "", row.case or ""),
        width_px=112,
    ),
    Column(
        key="what",
        title=QT_TRANSLATE_NOOP("columns", "What · purpose"),
        cell=lambda row, _: _what(row),
        order=lambda row: (row.scope,),
        width_px=240,
        stretch=True,
        tip=lambda row: phrases_ledger.scope(row.scope),
    ),
    Column(
        key="ground",
        title=QT_TRANSLATE_NOOP("columns", "Ground · approval"),
        cell=lambda row, _: Cell(top=phrases_ledger.ground(row.basis), bottom=phrases_ledger.approval(row.approval)),
        order=lambda row: (row.basis,),
        width_px=170,
        tip=lambda row: phrases_ledger.approval(row.approval),
    ),
)


def _what(row: LedgerRow) -> Cell:
    """What was seen, and below for what and until when: a long list of data never pushes out the end."""
    what, end = phrases_ledger.scope_parts(row.scope)
    purpose = purpose_text(row.purpose)
    below = QCoreApplication.translate("columns", "{purpose} · until {end}").format(purpose=purpose, end=end) if end else purpose
    return Cell(top=what, bottom=below)


def _user(row: LedgerRow) -> str:
    """Who used it; the protected person's app uses by itself."""
    return phrases.word(phrases_work.CHANNELS, row.user) if row.user == "app" else row.user


def _receiver(row: LedgerRow) -> str:
    """To whom it went, where that is somebody else than who looked."""
    return "" if row.recipient == row.user else f"→ {row.recipient}"


def looker_order(row: LookerRow) -> SortKey:
    """Most looks on top."""
    return (-float(row.looks), row.user)


def looker_tone(row: LookerRow) -> Tone:
    """What deserves a question is marked at the left."""
    return Tone(bar=Look.LOOK if is_questionable(row) else None)


def is_questionable(row: LookerRow) -> bool:
    """Whether somebody should ask about these looks."""
    return bool(row.out_of_shift or row.often or row.refused or row.own_postcode or row.without_alarm * 2 > row.looks)


def often_text(row: LookerRow) -> str:
    """The persons looked at again and again."""
    return ", ".join(f"{person} ×{n}" for person, n in row.often)


def _number(n: int, *, odd: bool = False) -> Cell:
    return Cell(top=formats.count(n), look=Look.LOOK if odd and n else None, strong=odd and n > 0)


def _without_alarm(row: LookerRow, _now_us: int) -> Cell:
    """The number and its share of all looks."""
    many = row.without_alarm * 2 > row.looks
    share = f" · {formats.percent(row.without_alarm / row.looks)}" if row.without_alarm else ""
    return Cell(top=formats.count(row.without_alarm) + share, look=Look.LOOK if many else None, strong=many)


LOOKERS: Final[tuple[Column[LookerRow], ...]] = (
    Column(
        key="user",
        title=QT_TRANSLATE_NOOP("columns", "Who looked"),
        cell=lambda row, _: Cell(top=row.user, strong=is_questionable(row)),
        order=lambda row: (row.user,),
        width_px=130,
        stretch=True,
    ),
    Column(
        key="looks",
        title=QT_TRANSLATE_NOOP("columns", "Looks"),
        cell=lambda row, _: _number(row.looks),
        order=looker_order,
        width_px=74,
        right=True,
    ),
    Column(
        key="without",
        title=QT_TRANSLATE_NOOP("columns", "Without alarm"),
        cell=_without_alarm,
        order=lambda row: (-float(row.without_alarm),),
        width_px=112,
        right=True,
    ),
    Column(
        key="off",
        title=QT_TRANSLATE_NOOP("columns", "Out of shift"),
        cell=lambda row, _: _number(row.out_of_shift, odd=True),
        order=lambda row: (-float(row.out_of_shift),),
        width_px=104,
        right=True,
    ),
    Column(
        key="refused",
        title=QT_TRANSLATE_NOOP("columns", "Refused"),
        cell=lambda row, _: _number(row.refused, odd=True),
        order=lambda row: (-float(row.refused),),
        width_px=78,
        right=True,
    ),
    Column(
        key="glass",
        title=QT_TRANSLATE_NOOP("columns", "Break-glass"),
        cell=lambda row, _: _number(row.break_glass),
        order=lambda row: (-float(row.break_glass),),
        width_px=96,
        right=True,
    ),
    Column(
        key="near",
        title=QT_TRANSLATE_NOOP("columns", "Lives nearby"),
        cell=lambda row, _: _number(row.own_postcode, odd=True),
        order=lambda row: (-float(row.own_postcode),),
        width_px=108,
        right=True,
    ),
    Column(
        key="often",
        title=QT_TRANSLATE_NOOP("columns", "Repeated looks"),
        cell=lambda row, _: Cell(top=often_text(row) or formats.NOTHING, look=Look.LOOK if row.often else None),
        order=lambda row: (-float(len(row.often)),),
        width_px=220,
        stretch=True,
        apart=True,
        tip=often_text,
    ),
)


def shown_order(row: Shown) -> SortKey:
    """In the order of time."""
    return (float(row.from_us), row.what, row.because)


def _span(row: Shown) -> str:
    if row.from_us == row.to_us:
        return QCoreApplication.translate("columns", "one look")
    return formats.span((row.to_us - row.from_us) / 1e6)


SEEN: Final[tuple[Column[Shown], ...]] = (
    Column(
        key="from",
        title=QT_TRANSLATE_NOOP("columns", "From"),
        cell=lambda row, _: Cell(top=f"{formats.day(row.from_us)} {formats.clock(row.from_us)}"),
        order=shown_order,
        width_px=160,
        tip=lambda row: formats.both_zones(row.from_us),
    ),
    Column(
        key="to",
        title=QT_TRANSLATE_NOOP("columns", "To"),
        cell=lambda row, _: Cell(
            top=f"{formats.day(row.to_us)} {formats.clock(row.to_us)}" if row.to_us > row.from_us else formats.NOTHING
        ),
        order=lambda row: (float(row.to_us),),
        width_px=160,
        tip=lambda row: formats.both_zones(row.to_us),
    ),
    Column(key="span", title=QT_TRANSLATE_NOOP("columns", "For"), cell=lambda row, _: Cell(top=_span(row)), order=shown_order, width_px=84),
    Column(
        key="what",
        title=QT_TRANSLATE_NOOP("columns", "What was shown"),
        cell=lambda row, _: Cell(top=phrases_ledger.look(row.what)),
        order=lambda row: (row.what,),
        width_px=150,
        stretch=True,
    ),
    Column(
        key="case",
        title=QT_TRANSLATE_NOOP("columns", "Case"),
        cell=lambda row, _: Cell(top=row.case or formats.NOTHING),
        order=lambda row: (row.case or "",),
        width_px=110,
    ),
    Column(
        key="because",
        title=QT_TRANSLATE_NOOP("columns", "By what"),
        cell=lambda row, _: Cell(top=phrases_ledger.because(row.because)),
        order=lambda row: (row.because,),
        width_px=120,
    ),
)
