"""What one desk is sent: the rows of every table that changed since it was last asked, and the newest positions, cut for its user."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from backend_bridge.application.access_views import AccessCutter, session_row
from backend_bridge.application.alarm_views import AlarmCutter, listed
from backend_bridge.application.case_views import CaseCutter
from backend_bridge.application.destruction_views import DestructionCutter
from backend_bridge.application.device_views import DeviceCutter, FrameCutter
from backend_bridge.application.disclosures import DisclosureCutter
from backend_bridge.application.incident_views import IncidentCutter
from backend_bridge.application.looking import Look, Places, Sent
from backend_bridge.application.pair_views import PairCutter
from backend_bridge.application.room_state import Room
from backend_bridge.application.room_views import gateway_rows, room_row
from backend_bridge.application.rows import PositionFrame, Row
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.application.unit_views import unit_row
from backend_bridge.domain.access.access import Sight
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.identifiers import CaseId, UnitId, UserId
from backend_bridge.domain.quantities import MICROSECONDS
from backend_bridge.domain.user import Role
from backend_bridge.domain.watching.picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What somebody may see of a recording: by the role that they have today, of the cases that they have a grant for today."""

    role: Role
    cases: frozenset[CaseId]
    as_user: UserId | None = None
    """Whose sight of then is shown instead."""


class DeskView:
    """One user at one seat: knows what that desk holds, and gives the difference.

    To be asked only after the step that changed the room is on disk, by one thread at a time with the step.
    """

    def __init__(self, user: UserId, seat: str, reach: "Reach | None" = None) -> None:
        self.user = user
        self.seat = seat
        self.reach = reach
        """For a recording: what the viewer may see of it today; None for the live room."""
        self.chosen: CaseId | None = None
        """The case that the desk looks into, where that is known: sent first."""
        self._places = Places()
        self._first = True
        self._alarms = AlarmCutter()
        self._cases = CaseCutter()
        self._pairs = PairCutter()
        self._devices = DeviceCutter()
        self._incidents = IncidentCutter()
        self._access = AccessCutter()
        self._destructions = DestructionCutter()
        self._disclosures = DisclosureCutter()
        self._frame = FrameCutter()
        self._gateways = Sent(table=Table.GATEWAYS)
        self._units = Sent(table=Table.UNITS)
        self._session = Sent(table=Table.SESSION)
        self._room = Sent(table=Table.ROOM)
        self._second = -1
        self._unit_revision = 0

    def changes(self, room: Room, picture: Picture) -> tuple[TableChange, ...]:
        """What changed since the last call, everything at the first; only rows that the user may see, as they may be seen."""
        look = self._look(room, picture)
        if self._first:
            look = replace(look, listed=listed(look))
        changed = tuple(change for change in self._each(look) if change is not None)
        self._first = False
        return changed

    def alarms(self, room: Room, picture: Picture) -> tuple[TableChange, ...]:
        """Of what changed since the last call the alarm list alone, which waits for no other row; nothing before the first `changes`."""
        change = None if self._first else self._alarms.changes(self._look(room, picture))
        return () if change is None else (change,)

    @property
    def awaited(self) -> dict[Table, frozenset[str]]:
        """For a recording, rows that are still to be sent: where the desk holds them from before, they stay until then."""
        return {Table.CASES: self._cases.awaited, Table.PAIRS: self._pairs.awaited, Table.DEVICES: self._devices.awaited}

    def frame(self, room: Room, picture: Picture) -> PositionFrame:
        """Where everybody is whom the user may see."""
        return self._frame.frame(self._look(room, picture))

    def _look(self, room: Room, picture: Picture) -> Look:
        self._places.read(picture)
        sight = room.access.sight(self.user, room.now_us) if self.reach is None else self.sight_of(room, self.reach)
        return Look(
            room=room,
            sight=sight,
            picture=picture,
            places=self._places,
            now_us=room.now_us,
            first=self._first,
            recorded=self.reach is not None,
            chosen=self.chosen,
        )

    def sight_of(self, room: Room, reach: Reach) -> Sight:
        """What this desk sees of a recording where its room stands now."""
        if reach.as_user is not None:
            return room.access.sight_then(reach.as_user, reach.cases, room.now_us)
        return room.access.sight_of_recording(self.user, reach.role, reach.cases, room.now_us)

    def _each(self, look: Look) -> Iterator[TableChange | None]:
        yield self._alarms.changes(look)
        yield self._cases.changes(look)
        yield self._pairs.changes(look)
        yield self._devices.changes(look)
        yield self._incidents.changes(look)
        yield self._access.requests(look)
        yield self._access.grants(look)
        yield self._destructions.destructions(look)
        yield self._destructions.holds(look)
        yield self._destructions.order_ends(look)
        yield self._destructions.exports(look)
        yield self._disclosures.changes(look)
        yield self._units.differ(self._unit_rows(look))
        yield self._session.differ([(Table.SESSION.value, session_row(look, self.seat))])
        second = look.now_us // MICROSECONDS
        if look.first or second != self._second:
            self._second = second
            yield self._gateways.differ(gateway_rows(look) if look.sight.may(Action.SEE_GATEWAYS) else ())
            yield self._room.differ([(Table.ROOM.value, room_row(look) if look.sight.may(Action.SEE_ROOM) else None)])

    def _unit_rows(self, look: Look) -> list[tuple[str, Row | None]]:
        if not look.sight.may(Action.SEE_UNITS):
            return []
        units, changed = look.room.units, look.room.changed_units
        keys = list(units) if look.first else [UnitId(key) for key in changed.since(self._unit_revision)]
        self._unit_revision = changed.revision
        return [(key, unit_row(units[key])) for key in keys if key in units]
