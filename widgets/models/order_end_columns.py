"""The columns of ends of orders that people entered: what waits for another person, and what was decided."""

from typing import Final

from backend_bridge.application.access_rows import OrderEndRow
from widgets import formats, phrases, phrases_upkeep
from widgets.drawing import Symbol
from widgets.marks import QT_TRANSLATE_NOOP
from widgets.models.columns import Cell, Column, SortKey, Tone
from widgets.theme import Look


def order_end_order(row: OrderEndRow) -> SortKey:
    """What waits first, the longest on top; what is decided after it, the newest on top."""
    return (0.0, float(row.asked_us), row.case) if row.state == "waiting" else (1.0, -float(row.asked_us), row.case)


def order_end_tone(row: OrderEndRow) -> Tone:
    """Faint once decided."""
    return Tone(faint=row.state != "waiting")


def _symbol(row: OrderEndRow, _now_us: int) -> Cell:
    shapes = {"confirmed": Symbol.TICK, "refused": Symbol.CROSS}
    calm = row.state != "waiting" or row.mine
    return Cell(symbol=shapes.get(row.state, Symbol.ARROW if row.mine else Symbol.DIAMOND), look=Look.NORMAL if calm else Look.LOOK)


def _state(row: OrderEndRow, now_us: int) -> Cell:
    waits = row.state == "waiting"
    age = phrases.length(formats.age_s(now_us, row.asked_us)) if waits else formats.day(row.asked_us)
    return Cell(top=phrases_upkeep.order_end_state(row), bottom=age, strong=waits and not row.mine)


ORDER_ENDS: Final[tuple[Column[OrderEndRow], ...]] = (
    Column(key="symbol", title="", cell=_symbol, order=order_end_order, width_px=34),
    Column(key="state", title=QT_TRANSLATE_NOOP("columns", "State · since"), cell=_state, order=order_end_order, width_px=134),
    Column(
        key="case",
        title=QT_TRANSLATE_NOOP("columns", "Case · entered by"),
        cell=lambda row, _: Cell(top=row.case, bottom=row.asked_by),
        order=lambda row: (row.case,),
        width_px=126,
    ),
    Column(
        key="ground",
        title=QT_TRANSLATE_NOOP("columns", "Ends · ground"),
        cell=lambda row, _: Cell(top=formats.minute(row.at_us), bottom=phrases_upkeep.end_ground(row.ground)),
        order=lambda row: (float(row.at_us),),
        width_px=170,
        stretch=True,
        tip=lambda row: row.reason,
    ),
)
