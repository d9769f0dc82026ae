"""The columns of the unit list: who is there when, against the time to contact, and how old the word is that this rests on."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend_bridge.application.rows import UnitRow
from backend_bridge.domain.incidents.dispatch import is_silent
from widgets import formats, phrases, phrases_work
from widgets.drawing import Symbol
from widgets.marks import QT_TRANSLATE_NOOP
from widgets.models.columns import Cell, Column, SortKey, last
from widgets.theme import Look

READY: Final = frozenset({"free", "en-route", "on-scene"})
"""States of units that can be sent."""


def unit_order(row: UnitRow) -> SortKey:
    """Who can be there first, those that cannot be sent behind the others; last those of which nobody knows when they would arrive."""
    return (float(row.eta_s is None), float(row.state not in READY), last(row.eta_s), row.callsign)


def age_of(reported_us: int, now_us: int) -> float:
    """How old a report is in seconds, from one minute on in whole minutes: `2 min ago` says enough."""
    age_s = formats.age_s(now_us, reported_us)
    return age_s if age_s < 60 else age_s // 60 * 60


def _is_missed(row: UnitRow, now_us: int) -> bool:
    """Whether a unit on duty is not heard; that one off duty does not report is as it should be."""
    return row.state != "off" and is_silent(row.reported_us, now_us)


def _symbol(row: UnitRow, now_us: int) -> Cell:
    ready, silent = row.state in READY, _is_missed(row, now_us)
    look = Look.POLICE if ready and not silent else Look.NORMAL
    return Cell(symbol=Symbol.SQUARE if ready else Symbol.SLASHED, look=look, hollow=ready and silent)


def _unit(row: UnitRow, order: str | None) -> Cell:
    """A unit and what it does; one that was sent in this incident is ticked, and says how far its order is."""
    state = phrases.word(phrases_work.UNIT_STATES, row.state)
    if order is None:
        return Cell(top=row.callsign, bottom=state, strong=row.state == "free")
    return Cell(top=f"✓ {row.callsign}", bottom=phrases.word(phrases_work.UNIT_STATES, order), look=Look.POLICE, strong=True)


def _arrival(row: UnitRow, now_us: int) -> Cell:
    """When it would be there, and when it last reported; of one that is not heard only the latter is known."""
    silent = _is_missed(row, now_us)
    arrives = formats.NOTHING if silent else formats.countdown(row.eta_s)
    return Cell(top=arrives, bottom=phrases.ago(age_of(row.reported_us, now_us)), strong=True, look=Look.LOOK if silent else None)


def _why(row: UnitRow, contact_s: float | None, now_us: int) -> Cell:
    """How an arrival stands to the moment of contact, and the two times that this was reckoned from; both are estimates."""
    if _is_missed(row, now_us):
        unknown = QCoreApplication.translate("columns", "arrival not known")
        return Cell(top=QCoreApplication.translate("columns", "not heard"), bottom=unknown, look=Look.LOOK)
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
            narrow_px=80,
            width_px=92,
            stretch=True,
        ),
        Column(
            key="eta",
            title=QT_TRANSLATE_NOOP("columns", "ETA · age"),
            cell=_arrival,
            order=unit_order,
            tip=lambda row: formats.both_zones(row.reported_us),
            narrow_px=70,
            width_px=80,
            right=True,
        ),
        Column(
            key="why",
            title=QT_TRANSLATE_NOOP("columns", "Against contact"),
            cell=lambda row, now_us: _why(row, contact_s(), now_us),
            order=unit_order,
            tip=lambda row: phrases.word(phrases_work.ETA_BASES, row.eta_basis) if row.eta_basis else "",
            narrow_px=98,
            width_px=150,
            stretch=True,
        ),
    )
