"""How a row becomes cells: each column says what stands in it, how it is ordered and how wide it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from widgets.drawing import Symbol
from widgets.theme import Look

R = TypeVar("R")
SortKey: TypeAlias = tuple[float | str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands in one cell: one or two lines, or a symbol."""

    top: str = ""
    bottom: str = ""
    look: Look | None = None
    """None: plain text."""
    strong: bool = False
    symbol: Symbol | None = None
    hollow: bool = False
    """What the symbol stands for is old, or was never heard: hollow says nothing else."""
    unfolded: bool | None = None
    """Beside a symbol, for a row that may stand for several: whether each of them has its row below. None for any other row."""
    below: bool = False
    """Its row is one of several below their head."""
    struck: bool = False
    """Struck out and faint: it was so, and nobody knows whether it still is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[R]):
    """One column of a table of rows R."""

    key: str
    title: str
    """Source text of the heading, translated in the context `columns`."""
    cell: Callable[[R, int], Cell]
    """(row, now in µs) → what stands there."""
    order: Callable[[R], SortKey]
    width_px: int
    stretch: bool = False
    right: bool = False
    narrow_px: int | None = None
    """Width where the table is narrow; None for the same."""
    middle: bool = False
    """Shortened in the middle where it does not fit: the end of a name tells more than its start."""
    tip: Callable[[R], str] | None = None
    """What stands in the hover text: exact times, words that were too long."""
    apart: bool = False
    """Its words keep clear of figures that end at the right of the column before."""
    foretells: bool = False
    """What stands here is foretold of the newest positions, so that it holds only while they are live."""
    wide_only: bool = False
    """Left out where the table is narrow; what it says stands in the `narrow_cell` of others there."""
    narrow_cell: Callable[[R, int], Cell] | None = None
    """What stands there where the table is narrow; None for the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """How a whole row looks: `fill` behind it, a bar at its left, flashing while nobody has acknowledged it."""

    fill: Look | None = None
    bar: Look | None = None
    flashing: bool = False
    faint: bool = False


def last(value: float | None) -> float:
    """`value`, or a number after all others where there is none."""
    return float("inf") if value is None else float(value)
