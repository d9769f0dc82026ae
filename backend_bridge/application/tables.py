"""The tables that a desk holds: their names, and by which key a row goes in its table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, assert_never

from backend_bridge.application.access_rows import DestructionRow, DisclosureRow, ExportRow, GrantRow, HoldRow, OrderEndRow, RequestRow
from backend_bridge.application.incident_rows import IncidentRow
from backend_bridge.application.rows import AlarmRow, CaseRow, DeviceRow, GatewayRow, PairRow, RoomRow, Row, SessionRow, UnitRow


class Table(StrEnum):
    """One mapping key → row that a desk holds."""

    ALARMS = "alarms"
    CASES = "cases"
    PAIRS = "pairs"
    DEVICES = "devices"
    GATEWAYS = "gateways"
    INCIDENTS = "incidents"
    UNITS = "units"
    REQUESTS = "requests"
    GRANTS = "grants"
    DESTRUCTIONS = "destructions"
    HOLDS = "holds"
    ORDER_ENDS = "order_ends"
    EXPORTS = "exports"
    DISCLOSURES = "disclosures"
    SESSION = "session"
    ROOM = "room"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChange:
    """What changed in one table: rows that are new or different, and keys whose rows are no longer there."""

    table: Table
    put: tuple[Row, ...] = ()
    gone: tuple[str, ...] = ()


def table_of(row: Row) -> Table:
    """The table in which `row` stands."""
    return _TABLES[type(row)]


def key_of(row: Row) -> str:  # noqa: C901, PLR0911, PLR0912 - one line a kind of row
    """The key of `row` in its table; the only rows of `session` and `room` go by the table's name."""
    match row:
        case AlarmRow():
            return row.alarm
        case CaseRow():
            return row.case
        case PairRow():
            return row.pair
        case DeviceRow():
            return row.device
        case GatewayRow():
            return row.gateway
        case IncidentRow():
            return row.incident
        case UnitRow():
            return row.unit
        case RequestRow():
            return row.request
        case GrantRow():
            return row.grant
        case DestructionRow():
            return row.destruction
        case HoldRow() | OrderEndRow():
            return row.case
        case ExportRow():
            return row.export
        case DisclosureRow():
            return row.disclosure
        case SessionRow():
            return Table.SESSION.value
        case RoomRow():
            return Table.ROOM.value
        case _:
            assert_never(row)


_TABLES: Final[Mapping[type, Table]] = {
    AlarmRow: Table.ALARMS,
    CaseRow: Table.CASES,
    PairRow: Table.PAIRS,
    DeviceRow: Table.DEVICES,
    GatewayRow: Table.GATEWAYS,
    IncidentRow: Table.INCIDENTS,
    UnitRow: Table.UNITS,
    RequestRow: Table.REQUESTS,
    GrantRow: Table.GRANTS,
    DestructionRow: Table.DESTRUCTIONS,
    HoldRow: Table.HOLDS,
    OrderEndRow: Table.ORDER_ENDS,
    ExportRow: Table.EXPORTS,
    DisclosureRow: Table.DISCLOSURES,
    SessionRow: Table.SESSION,
    RoomRow: Table.ROOM,
}
