"""The columns of the approvals: who asks to see whom, why, until when it must be decided, and what runs now."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from backend_bridge.application.access_rows import GrantRow, RequestRow
from widgets import phrases, phrases_work
from widgets.drawing import Symbol
from widgets.marks import QT_TRANSLATE_NOOP
from widgets.models.columns import Cell, Column, SortKey, Tone
from widgets.theme import Look

SOON_S: Final = 3600


def request_order(row: RequestRow) -> SortKey:
    """What waits first, nearest deadline on top."""
    return (float(row.state != "waiting"), float(row.mine), float(row.lapses_us), row.request)


def request_tone(row: RequestRow) -> Tone:
    """Faint once decided."""
    return Tone(faint=row.state != "waiting")


def _request_symbol(row: RequestRow, _now_us: int) -> Cell:
    if row.state == "waiting":
        return Cell(symbol=Symbol.ARROW if row.mine else Symbol.DIAMOND, look=Look.NORMAL if row.mine else Look.LOOK)
    return Cell(symbol={"denied": Symbol.CROSS, "lapsed": Symbol.DASH}.get(row.state, Symbol.TICK), look=Look.NORMAL)


def _request_left(row: RequestRow, now_us: int) -> Cell:
    state = phrases.word(phrases_work.REQUEST_STATES, row.state)
    if row.state != "waiting":
        said, _, how = state.partition(", ")
        return Cell(top=said, bottom=how or " ")
    left = (row.lapses_us - now_us) / 1e6
    if row.n_approvals_needed > 1:
        needed = QCoreApplication.translate("columns", "{have} of {need} approvals")
        state = needed.format(have=len(row.approvals), need=row.n_approvals_needed)
    return Cell(top=phrases.time_left(left), bottom=state, look=Look.LOOK if left < SOON_S else None, strong=left < SOON_S)


def _request_purpose(row: RequestRow, _now_us: int) -> Cell:
    below = row.decision_reason if row.state != "waiting" and row.decision_reason else row.reason
    return Cell(top=phrases.word(phrases.PURPOSES_SHORT, row.purpose), bottom=below)


def _request_who(row: RequestRow, _now_us: int) -> Cell:
    own = QCoreApplication.translate("columns", "your own") if row.mine else ""
    return Cell(top=row.by, bottom=" · ".join(part for part in (row.request, own) if part))


REQUESTS: Final[tuple[Column[RequestRow], ...]] = (
    Column(key="symbol", title="", cell=_request_symbol, order=request_order, width_px=34),
    Column(
        key="left",
        title=QT_TRANSLATE_NOOP("columns", "Decide within"),
        cell=_request_left,
        order=lambda row: (float(row.lapses_us),),
        tip=lambda row: row.decision_reason or "",
        width_px=106,
    ),
    Column(
        key="who",
        title=QT_TRANSLATE_NOOP("columns", "Who asks · number"),
        cell=_request_who,
        order=lambda row: (row.by,),
        tip=lambda row: row.on_behalf_of or "",
        width_px=126,
    ),
    Column(
        key="whom",
        title=QT_TRANSLATE_NOOP("columns", "About whom"),
        cell=lambda row, _: Cell(top=row.person, bottom=row.case),
        order=lambda row: (row.person,),
        width_px=90,
    ),
    Column(
        key="purpose",
        title=QT_TRANSLATE_NOOP("columns", "Purpose · reason"),
        cell=_request_purpose,
        order=lambda row: (row.purpose,),
        tip=lambda row: "\n".join(
            part
            for part in (phrases.word(phrases.PURPOSES, row.purpose), fields_text(row.fields), row.reason, row.decision_reason or "")
            if part
        ),
        width_px=166,
        stretch=True,
    ),
)


def fields_text(fields: tuple[str, ...]) -> str:
    """What would be seen, in words."""
    return ", ".join(phrases.word(phrases_work.FIELDS, one) for one in fields)


def grant_order(row: GrantRow) -> SortKey:
    """What must be reviewed first, then what runs, the soonest end on top."""
    rank = {"awaiting-review": 0.0, "running": 1.0}.get(row.state, 2.0)
    return (rank, float(row.ends_us), row.grant)


def grant_tone(row: GrantRow) -> Tone:
    """Faint once over."""
    return Tone(faint=row.state not in ("awaiting-review", "running"))


def _grant_symbol(row: GrantRow, _now_us: int) -> Cell:
    if row.break_glass:
        return Cell(symbol=Symbol.BURST, look=Look.TECHNICAL)
    return Cell(symbol=Symbol.SHIELD if row.state == "running" else Symbol.DASH, look=Look.NORMAL)


def _grant_left(row: GrantRow, now_us: int) -> Cell:
    if row.state == "running":
        after = QCoreApplication.translate("columns", "then a review") if row.break_glass else row.grant
        return Cell(top=phrases.time_left((row.ends_us - now_us) / 1e6), bottom=after, strong=True)
    look = Look.TECHNICAL if row.state == "awaiting-review" else None
    return Cell(top=phrases.word(phrases_work.GRANT_STATES, row.state), bottom=row.grant, look=look)


GRANTS: Final[tuple[Column[GrantRow], ...]] = (
    Column(key="symbol", title="", cell=_grant_symbol, order=grant_order, width_px=34),
    Column(key="left", title=QT_TRANSLATE_NOOP("columns", "Left"), cell=_grant_left, order=grant_order, width_px=124),
    Column(
        key="user",
        title=QT_TRANSLATE_NOOP("columns", "Who sees"),
        cell=lambda row, _: Cell(top=row.user, bottom=row.request or QCoreApplication.translate("columns", "break-glass")),
        order=lambda row: (row.user,),
        width_px=84,
    ),
    Column(
        key="whom",
        title=QT_TRANSLATE_NOOP("columns", "Whom"),
        cell=lambda row, _: Cell(top=row.person, bottom=row.case),
        order=lambda row: (row.person,),
        width_px=90,
    ),
    Column(
        key="what",
        title=QT_TRANSLATE_NOOP("columns", "What · purpose"),
        cell=lambda row, _: Cell(top=fields_text(row.fields), bottom=phrases.word(phrases.PURPOSES_SHORT, row.purpose)),
        order=lambda row: (fields_text(row.fields),),
        tip=lambda row: fields_text(row.fields),
        width_px=160,
        stretch=True,
    ),
)


def can_end(row: GrantRow | None, now_us: int) -> bool:
    """Whether access may still be open: a use of break-glass runs on after its review."""
    return row is not None and (row.state == "running" or (row.state == "reviewed" and row.ends_us > now_us))


def can_review(row: GrantRow | None) -> bool:
    """Whether somebody else must still say if it was right."""
    return row is not None and row.break_glass and row.state in ("running", "awaiting-review")
