"""The columns of files with positions that were handed out."""

from typing import Final

from backend_bridge.application.access_rows import ExportRow
from widgets import formats, phrases, phrases_upkeep
from widgets.drawing import Symbol
from widgets.marks import QT_TRANSLATE_NOOP
from widgets.models.columns import Cell, Column, SortKey, Tone
from widgets.theme import Look

SOON_US: Final = 7 * 86_400 * 1_000_000
"""How long before its end an export is pointed out."""
_RANK: Final = {"due": 0.0, "out": 1.0}


def export_order(row: ExportRow) -> SortKey:
    """What is due longest on top, then what is due next; what is destroyed last, newest first."""
    if row.state in _RANK:
        return (_RANK[row.state], float(row.destroy_by_us), row.export)
    return (2.0, -float(row.confirmed_us or 0), row.export)


def export_tone(row: ExportRow) -> Tone:
    """Faint once destroyed."""
    return Tone(faint=row.state == "destroyed")


def _symbol(row: ExportRow, now_us: int) -> Cell:
    if row.state == "destroyed":
        return Cell(symbol=Symbol.TICK)
    if row.state == "due":
        return Cell(symbol=Symbol.DIAMOND, look=Look.LOOK)
    return Cell(symbol=Symbol.DISC, look=Look.LOOK if row.destroy_by_us - now_us < SOON_US else Look.NORMAL)


def _until(row: ExportRow, now_us: int) -> Cell:
    left_s = (row.destroy_by_us - now_us) / 1e6
    if row.state == "destroyed":
        when = formats.day(row.confirmed_us) if row.confirmed_us is not None else formats.NOTHING
    elif left_s < 0:
        when = phrases_upkeep.late(phrases.length(-left_s))
    else:
        when = phrases_upkeep.left(phrases.length(left_s))
    return Cell(top=phrases_upkeep.export_state(row), bottom=when, strong=row.state == "due")


EXPORTS: Final[tuple[Column[ExportRow], ...]] = (
    Column(key="symbol", title="", cell=_symbol, order=export_order, width_px=34),
    Column(
        key="state",
        title=QT_TRANSLATE_NOOP("columns", "State · time"),
        cell=_until,
        order=export_order,
        width_px=132,
        tip=lambda row: formats.both_zones(row.destroy_by_us),
    ),
    Column(
        key="export",
        title=QT_TRANSLATE_NOOP("columns", "Export · case"),
        cell=lambda row, _: Cell(top=f"{row.export} · {row.person}", bottom=row.case),
        order=lambda row: (row.export,),
        width_px=150,
    ),
    Column(
        key="recipient",
        title=QT_TRANSLATE_NOOP("columns", "Recipient · from whom, when"),
        cell=lambda row, _: Cell(top=row.recipient, bottom=f"{row.user} · {formats.minute(row.made_us)}"),
        order=lambda row: (row.recipient,),
        width_px=190,
        stretch=True,
        tip=phrases_upkeep.export_story,
    ),
)
