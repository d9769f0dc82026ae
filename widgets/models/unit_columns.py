"""The columns of the unit list: who is there when, against the time to contact."""

from collections.abc import Callable, Mapping

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
    return Cell(symbol=Symbol.SQUARE if ready else Symbol.SLASHED, look=Look.POLICE if ready else Look.NORMAL)


def _unit(row: UnitRow, order: str | None) -> Cell:
    """A unit and what it does; one that was sent in this incident is ticked, and says how far its order is."""
    state = phrases.word(phrases_work.UNIT_STATES, row.state)
    if order is None:
        return Cell(top=row.callsign, bottom=state, strong=row.state == "free")
    return Cell(top=f"✓ {row.callsign}", bottom=phrases.word(phrases_work.UNIT_STATES, order), look=Look.POLICE, strong=True)


def _why(row: UnitRow, contact_s: float | None) -> Cell:
    """How an arrival stands to the moment of contact, and the two times that this was reckoned from; both are estimates."""
    basis = phrases.word(phrases_work.ETA_BASES, row.eta_basis) if row.eta_basis else " "
    if row.eta_s is None or contact_s is None:
        return Cell(top=formats.NOTHING, bottom=basis)
    spare = contact_s - row.eta_s
    before = QCoreApplication.translate("columns", "≈ {span} before")
    after = QCoreApplication.translate("columns", "≈ {span} after")
    words = before if spare >= 0 else after
    reckoned = QCoreApplication.translate("columns", "{arrival} vs. {contact} · {basis}")
    below = reckoned.format(arrival=formats.countdown(row.eta_s), contact=formats.countdown(contact_s), basis=basis)
    return Cell(top=words.format(span=formats.countdown(abs(spare))), bottom=below, look=None if spare >= 0 else Look.LOOK)


def unit_columns(contact_s: Callable[[], float | None], sent: Callable[[], Mapping[str, str]]) -> tuple[Column[UnitRow], ...]:
    """The columns; arrivals are measured against `contact_s()`, the time to contact; `sent()` has the order of each unit that was sent."""
    return (
        Column(key="symbol", title="", cell=_symbol, order=unit_order, narrow_px=22, width_px=30),
        Column(
            key="unit",
            title=QT_TRANSLATE_NOOP("columns", "Unit"),
            cell=lambda row, _: _unit(row, sent().get(row.unit)),
            order=lambda row: (row.callsign,),
            narrow_px=66,
            width_px=92,
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
            tip=lambda row: phrases.word(phrases_work.ETA_BASES, row.eta_basis) if row.eta_basis else "",
            narrow_px=98,
            width_px=150,
            stretch=True,
        ),
    )
