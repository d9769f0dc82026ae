"""The columns of the alarm list where a row may stand for several alarms of one cause: of those it says how many, and of what."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, TypeAlias

from PySide6.QtCore import QCoreApplication

from backend_bridge.application.rows import AlarmRow, AlarmState
from widgets import formats, phrases, phrases_system
from widgets.models import alarm_columns
from widgets.models.alarm_groups import ListedAlarm, Together
from widgets.models.columns import Cell, Column, SortKey, Tone

MakesCell: TypeAlias = Callable[[AlarmRow, Together, int], Cell]
translate = QCoreApplication.translate


def order(listed: ListedAlarm) -> SortKey:
    """Where a row belongs: where its own alarm does."""
    return alarm_columns.order(listed.row)


def tone(listed: ListedAlarm) -> Tone:
    """How a row looks: as its own alarm; what is folded behind it waits, or has been acknowledged, as that has."""
    return alarm_columns.tone(listed.row)


def head_of(listed: ListedAlarm) -> str | None:
    """Below which row it stands."""
    return listed.head


def n_alarms(together: Together) -> str:
    """`1,235 alarms`: for how many a row stands."""
    return translate("columns", "{n} alarms").format(n=f"{together.n_folded + 1:,}")


def _kind(row: AlarmRow, _together: Together, _now_us: int) -> Cell:
    """With the cause by its name alone, where it has one: no more fits, and the hover text says the rest."""
    return Cell(top=phrases.kind(row.kind), bottom=phrases_system.cause_in_short(row.group), strong=row.state in alarm_columns.WAITING)


def _case(row: AlarmRow, together: Together, _now_us: int) -> Cell:
    owner = row.owner or alarm_columns.routed_words(row) or translate("columns", "nobody yet")
    return Cell(top=n_alarms(together), bottom=owner, strong=True)


def _nothing(_row: AlarmRow, _together: Together, _now_us: int) -> Cell:
    """Each has its own distance and contact: a figure of one would pass for that of all."""
    return Cell(top=formats.NOTHING, bottom=" ")


def _state(row: AlarmRow, together: Together, now_us: int) -> Cell:
    waits = row.state in alarm_columns.WAITING
    n_hold = together.n_folded + 1 - together.n_over
    state = (AlarmState.UNACKNOWLEDGED if n_hold else AlarmState.RETURNED_UNACKNOWLEDGED) if waits else row.state
    over = translate("columns", "{n} of them over").format(n=f"{together.n_over:,}") if n_hold else translate("columns", "all are over")
    return Cell(top=phrases.state(replace(row, state=state), now_us), bottom=over if together.n_over else formats.NOTHING)


FOLDED: Final[Mapping[str, MakesCell]] = MappingProxyType(
    {"kind": _kind, "case": _case, "distance": _nothing, "contact": _nothing, "state": _state}
)
"""By column, what stands in a row that stands for several; the others say the same as of its own alarm, the oldest of them."""


def _tip(listed: ListedAlarm, together: Together) -> str:
    row = listed.row
    lines = [
        f"{n_alarms(together)} · {phrases.kind(row.kind)} · {phrases_system.cause_of(row.group)}",
        translate("columns", "the oldest known {known}").format(known=formats.both_zones(row.known_us).replace("\n", " · ")),
        translate("columns", "A click on the triangle or the key → gives each of them its row."),
    ]
    if row.state in alarm_columns.WAITING:
        lines.append(translate("columns", "Space acknowledges all of them; red is never among them."))
    return "\n".join(lines)


def _with_triangle(cell: Cell, listed: ListedAlarm) -> Cell:
    if listed.together is None:
        return replace(cell, below=listed.head is not None)
    word = translate("columns", "folded") if listed.is_folded else translate("columns", "unfolded")
    return replace(cell, unfolded=not listed.is_folded, top=word)


def _of_listed(column: Column[AlarmRow]) -> Column[ListedAlarm]:
    """The column that says of one alarm what `column` says, and of several what they have in common."""
    folded = FOLDED.get(column.key)

    def made(cell: Callable[[AlarmRow, int], Cell]) -> Callable[[ListedAlarm, int], Cell]:
        def of(listed: ListedAlarm, now_us: int) -> Cell:
            if folded is not None and listed.together is not None and listed.is_folded:
                return folded(listed.row, listed.together, now_us)
            plain = cell(listed.row, now_us)
            return _with_triangle(plain, listed) if column.key == "symbol" else plain

        return of

    def tip(listed: ListedAlarm) -> str:
        if listed.together is not None and listed.is_folded:
            return _tip(listed, listed.together)
        return column.tip(listed.row) if column.tip is not None else ""

    return Column(
        key=column.key,
        title=column.title,
        cell=made(column.cell),
        order=lambda listed: column.order(listed.row),
        width_px=column.width_px,
        stretch=column.stretch,
        right=column.right,
        narrow_px=column.narrow_px,
        middle=column.middle,
        tip=tip,
        apart=column.apart,
        foretells=column.foretells,
        wide_only=column.wide_only,
        narrow_cell=None if column.narrow_cell is None else made(column.narrow_cell),
    )


COLUMNS: Final[tuple[Column[ListedAlarm], ...]] = tuple(_of_listed(column) for column in alarm_columns.COLUMNS)
