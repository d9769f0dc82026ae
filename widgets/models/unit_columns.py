"""The columns of the unit list: who is there when, against the time to contact."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from backend_bridge.application.rows import UnitRow
from widgets import formats, phrases, phrases_work
from widgets.drawing import Symbol
from widgets.marks import QT_TRANSLATE_NOOP
from widgets.models.columns import Cell, Column, SortKey, last
from widgets.theme import Look


def unit_order(row: UnitRow) -> SortKey:
    """Who can be there first; units that cannot be sent stand last."""
    return (float(row.state not in ("free", "en-route", "on-scene")), last(row.eta_s), row.callsign)


def _symbol(row: UnitRow, _now_us: int) -> Cell:
    ready = row.state in ("free", "en-route", "on-scene")
    return Cell(symbol=Symbol.SQUARE, look=Look.POLICE if ready else Look.NORMAL, hollow=not ready)


def _unit(row: UnitRow, _now_us: int) -> Cell:
    return Cell(top=row.callsign, bottom=phrases.word(phrases_work.UNIT_STATES, row.state), strong=row.state == "free")


def _why(row: UnitRow, contact_s: float | None) -> Cell:
    basis = phrases.word(phrases_work.ETA_BASES, row.eta_basis) if row.eta_basis else " "
    if row.eta_s is None or contact_s is None:
        return Cell(top=formats.NOTHING, bottom=basis)
    spare = contact_s - row.eta_s
    before = QCoreApplication.translate("columns", "{span} before")
    after = QCoreApplication.translate("columns", "{span} after")
    words = before if spare >= 0 else after
    return Cell(top=words.format(span=formats.countdown(abs(spare))), bottom=basis, look=None if spare >= 0 else Look.LOOK)


def unit_columns(contact_s: Callable[[], float | None]) -> tuple[Column[UnitRow], ...]:
    """The columns; `contact_s()` is the time to contact that arrivals are measured against."""
    return (
        Column(key="symbol", title="", cell=_symbol, order=unit_order, narrow_px=22, width_px=30),
        Column(
            key="unit",
            title=QT_TRANSLATE_NOOP("columns", "Unit"),
            cell=_unit,
            order=lambda row: (row.callsign,),
            narrow_px=62,
            width_px=84,
            stretch=True,
        ),
        Column(
            key="eta",
            title=QT_TRANSLATE_NOOP("columns", "Arrives in"),
            cell=lambda row, _: Cell(top=formats.countdown(row.eta_s), bottom=" ", strong=True),
            order=unit_order,
            narrow_px=62,
            width_px=74,
            right=True,
        ),
        Column(
            key="why",
            title=QT_TRANSLATE_NOOP("columns", "Against contact"),
            cell=lambda row, _: _why(row, contact_s()),
            order=unit_order,
            narrow_px=92,
            width_px=120,
            stretch=True,
        ),
    )
