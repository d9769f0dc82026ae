"""A room with the real watch and a gateway that carries people who move as a test says: from fix to rows, steps and messages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import cos, radians

import numpy as np
from nothing_seen import NothingSeen
from room_builder import OPERATOR, PROTECTED, SUPERVISOR, T0, WEARER, S, a_case

from backend_bridge.application.inbox import Act, Ask, ImportCases, Inbox, News, OpenSession, Order
from backend_bridge.application.outcome import Outcome
from backend_bridge.application.room import Room, step
from backend_bridge.application.rows import AlarmRow, CaseRow, PairRow, Row
from backend_bridge.application.tables import Table, key_of
from backend_bridge.application.views import DeskView
from backend_bridge.domain.alarm import AlarmChange, AlarmLevel, AlarmStep
from backend_bridge.domain.arrivals import Arrival, Data, Hello, Lane, LinkUp
from backend_bridge.domain.case import Case
from backend_bridge.domain.commands import Command
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, GatewayName, UserId
from backend_bridge.domain.outcomes.events import Event
from backend_bridge.domain.queries import Query
from backend_bridge.domain.watching.watch import Watch

GATEWAY = GatewayName("gw-1")
HOME_LAT, HOME_LON = 37.556, 126.937
M_PER_DEG = 111_195.0

__all__ = ["GATEWAY", "HOME_LAT", "HOME_LON", "OPERATOR", "PROTECTED", "SUPERVISOR", "T0", "WEARER", "Evening", "S", "a_case", "place"]


def place(north_m: float, east_m: float = 0.0) -> tuple[float, float]:
    """Latitude and longitude so many metres north and east of the protected person's home."""
    return HOME_LAT + north_m / M_PER_DEG, HOME_LON + east_m / (M_PER_DEG * cos(radians(HOME_LAT)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A fix that a device has taken."""

    device: str
    at_us: int
    lat_deg: float
    lon_deg: float
    accuracy_m: float = 6.0
    source: int = 0
    seq: int = 0


class Evening:
    """Time passes only through `run` and what calls it."""

    def __init__(self, cases: Sequence[Case] = (), users: Sequence[UserId] = (OPERATOR, SUPERVISOR), at_us: int = T0) -> None:
        self.room = Room(Watch.empty())
        self.now_us = at_us
        self.outcomes: list[Outcome] = []
        self.rows: dict[Table, dict[str, Row]] = {table: {} for table in Table}
        self._seq = dict.fromkeys(Lane, 0)
        self._fix = self._act = 0
        self._random = np.random.default_rng(7)
        sessions = tuple(OpenSession(user=user, seat=f"seat-{user}", desk="d", expires_us=at_us + 10**13) for user in users)
        self.run(news=sessions, orders=(ImportCases(by=UserId("root"), cases=tuple(cases) or (a_case(),)),))
        hellos = [Hello(gateway=GATEWAY, connection=b"c", lane=lane, epoch=1, first=1, last=0) for lane in Lane]
        self.run(arrivals=(LinkUp(gateway=GATEWAY, connection=b"c"), *hellos))
        self.view = DeskView(OPERATOR, f"seat-{OPERATOR}")

    def run(
        self,
        after_s: float = 0.2,
        *,
        arrivals: Sequence[Arrival] = (),
        orders: Sequence[Order] = (),
        news: Sequence[News] = (),
        acts: Sequence[Act | Ask] = (),
    ) -> Outcome:
        self.now_us += int(after_s * S)
        inbox = Inbox(arrivals=tuple(arrivals), orders=tuple(orders), news=tuple(news), acts=tuple(acts))
        outcome = step(self.room, inbox, self.now_us, NothingSeen())
        self.outcomes.append(outcome)
        return outcome

    def does(self, command: Command, user: UserId = OPERATOR) -> str | None:
        """The refusal of a command, None when it was done."""
        self._act += 1
        return self.run(acts=(Act(act=self._act, user=user, seat=f"seat-{user}", command=command),)).replies[0].refusal

    def asks(self, query: Query, user: UserId = OPERATOR) -> str | None:
        self._act += 1
        return self.run(acts=(Ask(act=self._act, user=user, seat=f"seat-{user}", query=query),)).replies[0].refusal

    def fix(self, device: str, at: tuple[float, float], **other: float) -> Measured:
        """A fix that a device takes now."""
        self._fix += 1
        noise = self._random.normal(0.0, 2.0, 2) / M_PER_DEG
        made = Measured(device=device, at_us=self.now_us - S // 2, lat_deg=at[0] + noise[0], lon_deg=at[1] + noise[1], seq=self._fix)
        return replace(made, **other)  # type: ignore[arg-type]  # accuracy, source or time, as a test names them

    def message(self, fixes: Sequence[Measured], lane: Lane = Lane.POSITIONS) -> Data:
        self._seq[lane] += 1
        names = tuple(dict.fromkeys(DeviceId(fix.device) for fix in fixes))
        n = len(fixes)
        batch = FixBatch(
            device_names=names,
            device=np.array([names.index(DeviceId(fix.device)) for fix in fixes], np.int32),
            measured_us=np.array([fix.at_us for fix in fixes], np.int64),
            lat_deg=np.array([fix.lat_deg for fix in fixes]),
            lon_deg=np.array([fix.lon_deg for fix in fixes]),
            accuracy_m=np.array([fix.accuracy_m for fix in fixes], np.float32),
            speed_mps=np.full(n, np.nan, np.float32),
            course_deg=np.full(n, np.nan, np.float32),
            moving=np.full(n, -1, np.int8),
            source=np.array([fix.source for fix in fixes], np.int8),
            device_seq=np.array([fix.seq for fix in fixes], np.uint64),
            has_device_seq=np.ones(n, np.bool_),
            received_us=np.full(n, self.now_us, np.int64),
        )
        rows = np.arange(n, dtype=np.int32)
        return Data(
            gateway=GATEWAY, connection=b"c", lane=lane, epoch=1, seq=self._seq[lane], fixes=batch, events=(), kept_rows=rows, bad=()
        )

    def reports(self, device: str, kind: DeviceEventKind, value: float | None = None) -> Outcome:
        """A device says something else than its position."""
        self._seq[Lane.ALARMS] += 1
        event = DeviceEvent(device=DeviceId(device), measured_us=self.now_us, kind=kind, value=value, received_us=self.now_us)
        data = Data(
            gateway=GATEWAY,
            connection=b"c",
            lane=Lane.ALARMS,
            epoch=1,
            seq=self._seq[Lane.ALARMS],
            fixes=None,
            events=(event,),
            kept_rows=np.arange(1, dtype=np.int32),
            bad=(),
        )
        return self.run(arrivals=(data,))

    def move(self, seconds: float, every_s: float, **where: Callable[[float], tuple[float, float]]) -> None:
        """Let devices (`ANK_0001=…`) move for a time; each function says where at a second."""
        for k in range(int(seconds / every_s)):
            self.now_us += int(every_s * S)
            fixes = [self.fix(name.replace("_", "-"), at(k * every_s)) for name, at in where.items()]
            self.run(after_s=0.0, arrivals=(self.message(fixes),))
            self.now_us += 0

    def look(self) -> None:
        """Let the operator's desk follow."""
        for each in self.view.changes(self.room, self.room.watch.picture(self.now_us)):
            for row in each.put:
                self.rows[each.table][key_of(row)] = row
            for key in each.gone:
                del self.rows[each.table][key]

    @property
    def events(self) -> list[Event]:
        return [event for outcome in self.outcomes for event in outcome.events]

    def entries(self, name: str) -> list[Event]:
        return [event for event in self.events if getattr(event, "entry", None) == name]

    def raised(self, kind: str | None = None, level: AlarmLevel | None = None) -> list[AlarmChange]:
        return [
            event
            for event in self.events
            if isinstance(event, AlarmChange)
            and event.step is not AlarmStep.CLEARED
            and kind in {None, event.kind}
            and level in {None, event.level}
        ]

    def alarms(self) -> list[AlarmRow]:
        self.look()
        return [row for row in self.rows[Table.ALARMS].values() if isinstance(row, AlarmRow)]

    def case_row(self) -> CaseRow:
        self.look()
        return next(row for row in self.rows[Table.CASES].values() if isinstance(row, CaseRow))

    def pair(self) -> PairRow:
        self.look()
        return next(row for row in self.rows[Table.PAIRS].values() if isinstance(row, PairRow))
