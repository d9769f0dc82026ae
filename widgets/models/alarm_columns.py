"""The columns of the alarm list: two facts to a cell, so that all that matters fits beside the map."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend_bridge.application.rows import AlarmRow, AlarmState
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from widgets import formats, phrases, phrases_system, phrases_work
from widgets.drawing import symbol_of
from widgets.marks import QT_TRANSLATE_NOOP
from widgets.models.columns import Cell, Column, SortKey, Tone, last
from widgets.theme import Look, look_of

WAITING: Final = frozenset({AlarmState.UNACKNOWLEDGED, AlarmState.RETURNED_UNACKNOWLEDGED})
ASIDE: Final = frozenset({AlarmState.SHELVED, AlarmState.SUPPRESSED, AlarmState.OUT_OF_SERVICE})
AT_ONCE: Final = frozenset({AlarmKind.SOS, AlarmKind.TAMPER, AlarmKind.EXCLUSION_ZONE})
"""Nothing is left to count down until somebody acknowledges: a call for help, a strap that is open, a wearer who is inside."""
CONTACT_STEP_S: Final = 15
"""Contacts closer together than this are ordered by age, so that two rows do not change places every second."""


def contact_at(row: AlarmRow) -> float | None:
    """When contact is predicted, in seconds of UTC; None where none is."""
    return None if row.contact_s is None else row.updated_us / 1e6 + row.contact_s


def contact_left(row: AlarmRow, now_us: int) -> float | None:
    """Seconds to the predicted contact; 0 when the predicted moment has passed."""
    at = contact_at(row)
    return None if at is None else max(0.0, at - now_us / 1e6)


def is_inside(row: AlarmRow) -> bool:
    """Whether the wearer is inside the alarm ring already, so that no time to contact is left to count down."""
    return row.contact_s is not None and row.contact_s <= 0


def order(row: AlarmRow) -> SortKey:
    """Priority, time to contact, what waits, then the newest first; what was put aside stands last."""
    at = 0.0 if row.state in WAITING and (row.kind in AT_ONCE or is_inside(row)) else contact_at(row)
    return (
        float(row.state in ASIDE),
        float(row.priority),
        last(None if at is None else at // CONTACT_STEP_S),
        float(row.state not in WAITING),
        -float(row.known_us),
        row.alarm,
    )


def tone(row: AlarmRow) -> Tone:
    """Filled while an unacknowledged red waits, flashing while anything waits, faint when put aside."""
    look = look_of(row.kind, row.level)
    if row.state in ASIDE:
        return Tone(faint=True)
    waiting = row.state in WAITING
    filled = waiting and (row.level is AlarmLevel.RED or look is Look.LOOK)
    return Tone(fill=look if filled and look in (Look.ACT, Look.LOOK) else None, bar=look if waiting else None, flashing=waiting)


def _symbol(row: AlarmRow, _now_us: int) -> Cell:
    look = look_of(row.kind, row.level)
    return Cell(symbol=symbol_of(row.kind, look), look=look)


def _age(row: AlarmRow, now_us: int) -> Cell:
    return Cell(top=formats.span(formats.age_s(now_us, row.known_us)), bottom=f"P{row.priority}")


def _times(row: AlarmRow) -> str:
    """Since when, in both time zones."""
    words = QCoreApplication.translate("columns", "happened {happened}\nknown {known}")
    return words.format(happened=formats.both_zones(row.happened_us), known=formats.both_zones(row.known_us))


def _kind(row: AlarmRow, _now_us: int) -> Cell:
    again = f"  ×{row.count}" if row.count > 1 else ""
    place = phrases.place(row.place)
    if row.kind is AlarmKind.SYSTEM:
        place = phrases_system.of_alarm(row)
    elif row.place is None:
        place = QCoreApplication.translate("columns", "place not shown") if row.masked else ""
    return Cell(top=phrases.kind(row.kind) + again, bottom=place or formats.NOTHING, strong=row.state in WAITING)


def _kind_and_certainty(row: AlarmRow, now_us: int) -> Cell:
    """How sure it is comes first: a place may be cut short."""
    cell, share = _kind(row, now_us), phrases.share_of(row)
    return cell if share is None else replace(cell, bottom=f"{formats.percent(share)} · {cell.bottom}")


def _case(row: AlarmRow, _now_us: int) -> Cell:
    owner = row.owner or phrases.escalated(row) or routed_words(row) or QCoreApplication.translate("columns", "nobody yet")
    return Cell(top=phrases_system.case_of(row) or QCoreApplication.translate("columns", "whole room"), bottom=owner)


def routed_words(row: AlarmRow) -> str:
    """To whom the alarm comes first; empty where to everybody."""
    return "→ " + ", ".join(row.routed) if row.routed else ""


def _distance(row: AlarmRow, _now_us: int) -> Cell:
    if row.kind is AlarmKind.SYSTEM:
        return Cell(top=formats.NOTHING, bottom=" ")
    return Cell(top=formats.distance(row.distance_m), bottom=phrases.certainty(row))


def _contact(row: AlarmRow, now_us: int) -> Cell:
    left = contact_left(row, now_us)
    arrow = phrases.TRENDS[row.trend]
    if left is None:
        return Cell(top=formats.NOTHING, bottom=f"{arrow} {formats.speed(row.closing_mps)}" if row.closing_mps is not None else arrow)
    urgent = row.level is AlarmLevel.RED
    return Cell(
        top=QCoreApplication.translate("columns", "inside") if is_inside(row) else formats.countdown(left),
        bottom=f"{arrow} {formats.speed(row.closing_mps)}",
        look=Look.ACT if urgent else None,
        strong=True,
    )


def _contact_and_distance(row: AlarmRow, now_us: int) -> Cell:
    cell = _contact(row, now_us)
    if row.kind is AlarmKind.SYSTEM:
        return cell
    return replace(cell, bottom=f"{phrases.TRENDS[row.trend]} {formats.distance(row.distance_m)}".strip())


def _state(row: AlarmRow, now_us: int) -> Cell:
    step = phrases.word(phrases_work.TASKS, row.next_step) if row.next_step else formats.NOTHING
    return Cell(top=phrases.state(row, now_us), bottom=step, look=Look.ACT if row.escalation >= 2 and row.acknowledged_us is None else None)


COLUMNS: Final[tuple[Column[AlarmRow], ...]] = (
    Column(key="symbol", title="", cell=_symbol, order=order, narrow_px=30, width_px=34),
    Column(
        key="age",
        title=QT_TRANSLATE_NOOP("columns", "Age"),
        cell=_age,
        tip=_times,
        order=lambda row: (-row.known_us,),
        narrow_px=46,
        width_px=60,
        right=True,
    ),
    Column(
        key="kind",
        title=QT_TRANSLATE_NOOP("columns", "What · where"),
        cell=_kind,
        narrow_cell=_kind_and_certainty,
        tip=lambda row: "\n".join(part for part in (phrases.kind(row.kind), phrases.place(row.place)) if part),
        order=lambda row: (phrases.kind(row.kind), row.place or ""),
        narrow_px=108,
        width_px=126,
        stretch=True,
    ),
    Column(
        key="case",
        middle=True,
        title=QT_TRANSLATE_NOOP("columns", "Case · owner"),
        cell=_case,
        order=lambda row: (phrases_system.case_of(row) or "", row.owner or ""),
        narrow_px=122,
        width_px=128,
    ),
    Column(
        key="distance",
        title=QT_TRANSLATE_NOOP("columns", "Distance"),
        cell=_distance,
        order=lambda row: (last(row.distance_m),),
        foretells=True,
        width_px=94,
        right=True,
        wide_only=True,
    ),
    Column(
        key="contact",
        title=QT_TRANSLATE_NOOP("columns", "Contact in"),
        cell=_contact,
        narrow_cell=_contact_and_distance,
        order=lambda row: (last(contact_at(row)),),
        foretells=True,
        narrow_px=72,
        width_px=80,
        right=True,
    ),
    Column(
        key="state",
        title=QT_TRANSLATE_NOOP("columns", "State · next step"),
        cell=_state,
        tip=lambda row: phrases.word(phrases_work.TASKS, row.next_step) if row.next_step else "",
        order=lambda row: (row.state, row.next_step or ""),
        narrow_px=116,
        width_px=138,
        stretch=True,
    ),
)
