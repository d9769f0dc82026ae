"""What the desk holds of the bridge's rows, and what of it the widgets have not been told yet."""

from collections.abc import Callable
from dataclasses import dataclass

from backend_bridge.application.rows import PositionFrame, Row
from backend_bridge.application.tables import Table, key_of
from backend_bridge.desk_protocol import Changes, RowSet, Snapshot


class HeldRows:
    """The rows by table as last sent; belongs to the receiver thread."""

    def __init__(self) -> None:
        self._rows: dict[Table, dict[str, Row]] = {table: {} for table in Table}
        self._parts: list[RowSet] | None = None
        self.number = 0
        """Number of the last message that was taken."""
        self.is_whole = False
        """Whether a snapshot was taken whole and no number has been missed since."""

    def broken(self) -> None:
        """The link broke: what is held stays for comparing, and the next snapshot replaces it."""
        self._parts = None
        self.is_whole = False

    def take_snapshot(self, part: Snapshot, news: "News") -> bool:
        """Collect one part; with the last one, tell `news` how it differs. False where a part is missing."""
        if part.first:
            self._parts = []
        elif self._parts is None or part.n != self.number + 1:
            self.broken()
            return False
        self.number = part.n
        assert self._parts is not None  # noqa: S101 - the first part has made it, or the way out above was taken
        self._parts.append(part.rows)
        if part.last:
            self._replace(self._parts, news)
            self._parts, self.is_whole = None, True
        return True

    def take_changes(self, changes: Changes, news: "News") -> bool:
        """Take changes in and tell `news`; False where a number is missing and everything must be sent anew."""
        if not self.is_whole or changes.n != self.number + 1:
            self.broken()
            return False
        self.number = changes.n
        for table, keys in changes.rows.gone.items():
            for key in keys:
                self._rows[table].pop(key, None)
            news.add(table, (), keys)
        for table in Table:
            rows: tuple[Row, ...] = getattr(changes.rows, table)
            if rows:
                self._rows[table].update((key_of(row), row) for row in rows)
                news.add(table, rows, ())
        return True

    def _replace(self, parts: list[RowSet], news: "News") -> None:
        for table in Table:
            new: dict[str, Row] = {key_of(row): row for part in parts for row in getattr(part, table)}
            old = self._rows[table]
            put = tuple(row for key, row in new.items() if old.get(key) != row)
            gone = tuple(key for key in old if key not in new)
            self._rows[table] = new
            if put or gone:
                news.add(table, put, gone)


@dataclass(slots=True)
class TableNews:
    """What the widgets do not know yet of one table."""

    put: dict[str, Row]
    gone: dict[str, None]


class News:
    """What waits for the GUI thread: rows merged by key, the newest positions, and calls in order; guarded by its owner."""

    def __init__(self) -> None:
        self.tables: dict[Table, TableNews] = {}
        self.frame: PositionFrame | None = None
        self.calls: list[Callable[[], None]] = []

    def add(self, table: Table, put: tuple[Row, ...], gone: tuple[str, ...]) -> None:
        """Merge changes of one table, `gone` before `put`."""
        waiting = self.tables.setdefault(table, TableNews({}, {}))
        for key in gone:
            waiting.put.pop(key, None)
            waiting.gone[key] = None
        for row in put:
            waiting.put[key_of(row)] = row
            waiting.gone.pop(key_of(row), None)

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return bool(self.tables or self.calls or self.frame is not None)
