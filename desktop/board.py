"""What this desk has been sent: one mapping key → row a table, and the questions that panels ask of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from backend_bridge.application.access_rows import DestructionRow, DisclosureRow, ExportRow, GrantRow, HoldRow, OrderEndRow, RequestRow
from backend_bridge.application.incident_rows import IncidentRow
from backend_bridge.application.rows import AlarmRow, CaseRow, DeviceRow, GatewayRow, PairRow, RoomRow, Row, SessionRow, UnitRow
from backend_bridge.application.tables import key_of, table_of
from backend_bridge.domain.identifiers import CaseId


@dataclass(slots=True)
class Board:
    """The newest rows of every table; `take` changes it, everything else only looks."""

    alarms: dict[str, AlarmRow] = field(default_factory=dict)
    cases: dict[str, CaseRow] = field(default_factory=dict)
    pairs: dict[str, PairRow] = field(default_factory=dict)
    devices: dict[str, DeviceRow] = field(default_factory=dict)
    gateways: dict[str, GatewayRow] = field(default_factory=dict)
    incidents: dict[str, IncidentRow] = field(default_factory=dict)
    units: dict[str, UnitRow] = field(default_factory=dict)
    requests: dict[str, RequestRow] = field(default_factory=dict)
    grants: dict[str, GrantRow] = field(default_factory=dict)
    destructions: dict[str, DestructionRow] = field(default_factory=dict)
    holds: dict[str, HoldRow] = field(default_factory=dict)
    order_ends: dict[str, OrderEndRow] = field(default_factory=dict)
    exports: dict[str, ExportRow] = field(default_factory=dict)
    disclosures: dict[str, DisclosureRow] = field(default_factory=dict)
    session: SessionRow | None = None
    room: RoomRow | None = None

    def take(self, table: str, put: Iterable[Row], gone: Iterable[str]) -> None:
        """Drop the keys that are gone from `table`, then put the new and changed rows in theirs."""
        held = getattr(self, table)
        if isinstance(held, dict):
            for key in gone:
                held.pop(key, None)
        for row in put:
            if isinstance(row, SessionRow):
                self.session = row
            elif isinstance(row, RoomRow):
                self.room = row
            else:
                getattr(self, table_of(row))[key_of(row)] = row

    def pair_of(self, case: CaseId | None, about: str | None = None) -> PairRow | None:
        """How wearer and protected person stand; the nearest pair where `about` names nobody."""
        pairs = [row for row in self.pairs.values() if row.case == case and (about is None or row.about == about)]
        return min(pairs, key=lambda row: float("inf") if row.distance_m is None else row.distance_m, default=None)

    def incident_of(self, alarm: AlarmRow | None, case: CaseId | None) -> IncidentRow | None:
        """The incident in which an alarm, or else a case, is worked."""
        if alarm is not None and alarm.incident is not None:
            return self.incidents.get(alarm.incident)
        open_ones = [row for row in self.incidents.values() if row.case == case and row.closed_us is None]
        return max(open_ones, key=lambda row: row.opened_us, default=None)

    def devices_of(self, case: CaseRow | None) -> tuple[DeviceRow, ...]:
        """The devices of the people of a case, the wearer's first."""
        if case is None:
            return ()
        names = [person.device for person in case.people if person.device is not None]
        found = [self.devices[name] for name in names if name in self.devices]
        return tuple(sorted(found, key=lambda row: (row.part != "subject", row.device)))

    def gravest_alarm_of(self, case: CaseId) -> AlarmRow | None:
        """The open alarm of a case that matters most."""
        return min((row for row in self.alarms.values() if row.case == case), key=lambda row: (row.priority, -row.known_us), default=None)
