"""The lists of the ledger panel: how each is asked for, read from the bridge's answer, shown and printed."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QCoreApplication

from backend_bridge.application.ledger import LedgerRow, LookerRow, Shown
from backend_bridge.application.register_rows import RegisterRow, SubjectRow
from backend_bridge.domain.identifiers import PersonId, UserId
from backend_bridge.domain.queries import Query, ReadLedger, ReadLooks, ReadRegister, ReadReview, ReadSubject
from widgets.marks import QT_TRANSLATE_NOOP
from widgets.models import ledger_columns, register_columns
from widgets.models.columns import Column
from widgets.models.row_model import RowModel
from widgets.printed_sheet import SheetTable

R = TypeVar("R")
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person wants to read: a period in µs and, for one list, who and whom."""

    from_us: int
    to_us: int
    user: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerList(Generic[R]):
    """One list: its name, words, query and columns; `row_of` reads one JSON text of the answer."""

    name: str
    title: str
    """Source text, translated in the context `LedgerPanel`, like the others."""
    empty: str
    query: Callable[[Wish], Query]
    row_of: Callable[[dict[str, Any]], R]
    columns: tuple[Column[R], ...]
    model: Callable[[], RowModel[R]]
    two_lines: bool = False
    asks: tuple[str, ...] = ()
    """Which of `user` and `person` it needs."""
    paper: tuple[Column[R], ...] | None = None
    """What stands on paper; None for what stands on the screen."""

    def rows(self, texts: Iterable[str]) -> tuple[R, ...]:
        """The rows of an answer."""
        return tuple(self.row_of(json.loads(text)) for text in texts)

    def words(self, source: str) -> str:
        """A text of this list in the operator's language."""
        return translate("LedgerPanel", source)

    def table(self, model: RowModel[R]) -> SheetTable:
        """What is shown, in its order, as a list for paper."""
        columns = self.columns if self.paper is None else self.paper
        heads = tuple(translate("columns", column.title) for column in columns)
        rows = tuple(tuple(_cell(column, row) for column in columns) for row in model.rows())
        return SheetTable(title=self.words(self.title), heads=heads, rows=rows)


def _cell(column: Column[R], row: R) -> str:
    cell = column.cell(row, 0)
    return " · ".join(part for part in (cell.top.strip(), cell.bottom.strip()) if part)


def _looker(fields: dict[str, Any]) -> LookerRow:
    often = tuple((str(person), int(n)) for person, n in fields.pop("often"))
    return LookerRow(often=often, **fields)


def _subject_key(row: SubjectRow) -> str:
    return f"{row.n}/{row.case}/{row.detail}"


def _shown_key(row: Shown) -> str:
    return f"{row.from_us}/{row.to_us}/{row.what}/{row.case}/{row.because}"


USES: Final[LedgerList[LedgerRow]] = LedgerList(
    name="uses",
    title=QT_TRANSLATE_NOOP("LedgerPanel", "Usage ledger"),
    empty=QT_TRANSLATE_NOOP("LedgerPanel", "No use for the purposes 1, 3, 4 and 5 in this period."),
    query=lambda wish: ReadLedger(from_us=wish.from_us, to_us=wish.to_us),
    row_of=lambda fields: LedgerRow(**fields),
    columns=ledger_columns.USES,
    model=lambda: RowModel(ledger_columns.USES, lambda row: str(row.n), ledger_columns.ledger_order),
    two_lines=True,
)
LOOKERS: Final[LedgerList[LookerRow]] = LedgerList(
    name="review",
    title=QT_TRANSLATE_NOOP("LedgerPanel", "Access review"),
    empty=QT_TRANSLATE_NOOP("LedgerPanel", "Nobody looked at anybody in this period."),
    query=lambda wish: ReadReview(from_us=wish.from_us, to_us=wish.to_us),
    row_of=_looker,
    columns=ledger_columns.LOOKERS,
    model=lambda: RowModel(ledger_columns.LOOKERS, lambda row: row.user, ledger_columns.looker_order, ledger_columns.looker_tone),
)
SEEN: Final[LedgerList[Shown]] = LedgerList(
    name="seen",
    title=QT_TRANSLATE_NOOP("LedgerPanel", "Who saw whom"),
    empty=QT_TRANSLATE_NOOP("LedgerPanel", "This user was shown nothing of this person in this period."),
    query=lambda wish: ReadLooks(user=UserId(wish.user), person=PersonId(wish.person), from_us=wish.from_us, to_us=wish.to_us),
    row_of=lambda fields: Shown(**fields),
    columns=ledger_columns.SEEN,
    model=lambda: RowModel(ledger_columns.SEEN, _shown_key, ledger_columns.shown_order),
    asks=("user", "person"),
)
REGISTER: Final[LedgerList[RegisterRow]] = LedgerList(
    name="register",
    title=QT_TRANSLATE_NOOP("LedgerPanel", "Investigative register"),
    empty=QT_TRANSLATE_NOOP("LedgerPanel", "Nobody asked for access in this period."),
    query=lambda wish: ReadRegister(from_us=wish.from_us, to_us=wish.to_us),
    row_of=lambda fields: RegisterRow(**fields),
    columns=register_columns.REGISTER,
    paper=register_columns.REGISTER_ON_PAPER,
    model=lambda: RowModel(
        register_columns.REGISTER, lambda row: row.request, register_columns.register_order, register_columns.register_tone
    ),
    two_lines=True,
)
SUBJECT: Final[LedgerList[SubjectRow]] = LedgerList(
    name="subject",
    title=QT_TRANSLATE_NOOP("LedgerPanel", "Own-data pack"),
    empty=QT_TRANSLATE_NOOP("LedgerPanel", "Nothing is held of this person, and nothing was used in this period."),
    query=lambda wish: ReadSubject(person=PersonId(wish.person), from_us=wish.from_us, to_us=wish.to_us),
    row_of=lambda fields: SubjectRow(**fields),
    columns=register_columns.SUBJECT,
    model=lambda: RowModel(register_columns.SUBJECT, _subject_key, register_columns.subject_order),
    asks=("person",),
)
