"""The columns of what is due for destruction and of legal holds."""

from typing import Final

from backend_bridge.application.access_rows import DestructionRow, HoldRow
from widgets import formats, phrases, phrases_upkeep
from widgets.drawing import Symbol
from widgets.marks import QT_TRANSLATE_NOOP
from widgets.models.columns import Cell, Column, SortKey, Tone
from widgets.theme import Look

OPEN: Final = frozenset({"due", "waiting", "approved"})
_RANK: Final = {"waiting": 0.0, "due": 1.0, "approved": 2.0}


def destruction_order(row: DestructionRow) -> SortKey:
    """What waits for a decision first, then what is due longest; what is over last, newest on top."""
    rank = _RANK.get(row.state, 3.0) + (0.5 if phrases_upkeep.is_held(row) else 0.0)
    return (rank, -float(row.done_us or 0) if row.state not in OPEN else float(row.due_us), row.destruction)


def destruction_tone(row: DestructionRow) -> Tone:
    """Faint once over."""
    return Tone(faint=row.state not in OPEN)


def _symbol(row: DestructionRow, _now_us: int) -> Cell:
    if phrases_upkeep.is_held(row):
        return Cell(symbol=Symbol.PAUSE, look=Look.POLICE)
    shapes = {"done": Symbol.TICK, "refused": Symbol.CROSS}
    calm = row.state not in ("due", "waiting") or row.mine
    return Cell(symbol=shapes.get(row.state, Symbol.ARROW if row.mine else Symbol.DIAMOND), look=Look.NORMAL if calm else Look.LOOK)


def _since(row: DestructionRow, now_us: int) -> Cell:
    when = row.done_us if row.state == "done" and row.done_us is not None else row.due_us
    age = phrases.length(formats.age_s(now_us, when)) if row.state in OPEN else formats.day(when)
    return Cell(top=phrases_upkeep.state(row), bottom=age, strong=row.state == "waiting" and not row.mine)


DESTRUCTIONS: Final[tuple[Column[DestructionRow], ...]] = (
    Column(key="symbol", title="", cell=_symbol, order=destruction_order, width_px=34),
    Column(
        key="state",
        title=QT_TRANSLATE_NOOP("columns", "State · since"),
        cell=_since,
        order=destruction_order,
        width_px=122,
    ),
    Column(
        key="case",
        title=QT_TRANSLATE_NOOP("columns", "Case · what of it"),
        cell=lambda row, _: Cell(top=phrases_upkeep.about(row), bottom=row.grant or (row.destruction if row.case is None else " ")),
        order=lambda row: (row.case or "",),
        width_px=126,
    ),
    Column(
        key="ground",
        title=QT_TRANSLATE_NOOP("columns", "Ground · provision"),
        cell=lambda row, _: Cell(top=phrases_upkeep.ground(row), bottom=phrases_upkeep.provision(row.basis) or " "),
        order=lambda row: (row.ground.value,),
        width_px=220,
        stretch=True,
        tip=lambda row: phrases_upkeep.provision(row.basis),
    ),
)
HOLDS: Final[tuple[Column[HoldRow], ...]] = (
    Column(
        key="case",
        title=QT_TRANSLATE_NOOP("columns", "Case"),
        cell=lambda row, _: Cell(top=row.case),
        order=lambda row: (row.case,),
        width_px=126,
    ),
    Column(
        key="until",
        title=QT_TRANSLATE_NOOP("columns", "Until"),
        cell=lambda row, _: Cell(top=formats.day(row.until_us)),
        order=lambda row: (float(row.until_us),),
        width_px=110,
        tip=lambda row: formats.both_zones(row.until_us),
    ),
    Column(
        key="owner",
        title=QT_TRANSLATE_NOOP("columns", "Who answers for it"),
        cell=lambda row, _: Cell(top=row.owner),
        order=lambda row: (row.owner,),
        width_px=140,
    ),
    Column(
        key="reason",
        title=QT_TRANSLATE_NOOP("columns", "Reason"),
        cell=lambda row, _: Cell(top=row.reason),
        order=lambda row: (row.reason,),
        width_px=160,
        stretch=True,
        tip=lambda row: row.reason,
    ),
)


def hold_order(row: HoldRow) -> SortKey:
    """The soonest end on top."""
    return (float(row.until_us), row.case)
