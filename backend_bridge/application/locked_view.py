"""What a locked desk still shows: that there are alarms and how urgent, never whose."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from backend_bridge.application.rows import AlarmRow, Row, Trend
from backend_bridge.application.tables import Table, TableChange


def without_persons(changes: Iterable[TableChange]) -> Iterator[TableChange]:
    """The changes without persons: alarms by kind, level and age, the session, and the bridge about itself."""
    for change in changes:
        if change.table is Table.ALARMS:
            yield TableChange(table=change.table, put=tuple(_without_person(row) for row in change.put), gone=change.gone)
        elif change.table in (Table.SESSION, Table.ROOM):
            yield change


def _without_person(row: Row) -> Row:
    if not isinstance(row, AlarmRow):
        return row
    return replace(
        row,
        case=None,
        subject=None,
        device=None,
        zone=None,
        ring=None,
        about=None,
        place=None,
        distance_m=None,
        distance_error_m=None,
        closing_mps=None,
        contact_s=None,
        trend=Trend.UNKNOWN,
        probability=None,
        incident=None,
        group=None,
        because=(),
        legal=None,
        masked=True,
    )
