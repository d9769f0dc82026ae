"""What a desk is sent: only what its user may see, only what changed, and nothing that gives away what is masked."""

import math
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest
from room_builder import ANKLET, CASE, HOME, OPERATOR, PHONE, PROTECTED, SUPERVISOR, WEARER, Desk, S, a_case, change

from backend_bridge.application.inbox import Inbox, OpenSession, PutUser
from backend_bridge.application.looking import AT_FIRST, PORTION, band_of
from backend_bridge.application.rows import AlarmRow, AlarmState, PositionFrame, RoomRow, Row
from backend_bridge.application.tables import Table, TableChange, key_of
from backend_bridge.application.views import DeskView
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.commands import (
    AcknowledgeAlarm,
    BreakGlass,
    CloseAlarm,
    DecideRequest,
    EndGrant,
    RequestAccess,
    ShelveAlarm,
)
from backend_bridge.domain.identifiers import CaseId, DeviceId, GrantId, PersonId, RequestId, UserId
from backend_bridge.domain.purpose import Purpose
from backend_bridge.domain.user import Role
from backend_bridge.domain.watching.picture import PairFigures, Picture

ALARM = change().alarm
CANARY_LAT, CANARY_LON, CANARY_M = 37.551234, 126.931234, 1234.5


def picture_of(now_us: int, *, n: int = 1, distance_m: float = CANARY_M, prefix: str = "") -> Picture:
    """Everybody of `n` cases, the protected person and the distance with figures that can be found again."""
    devices = tuple(DeviceId(f"{part}-{k:04}") for k in range(1, n + 1) for part in ("ANK", "VIC"))
    m = len(devices)
    full = np.full(n, distance_m)
    pairs = PairFigures(
        case=tuple(CaseId(CASE if n == 1 else f"KR-{k}") for k in range(1, n + 1)),
        about=tuple(PersonId(f"V-{k:04}") for k in range(1, n + 1)),
        subject=np.arange(0, m, 2, dtype=np.int32),
        protected=np.arange(1, m, 2, dtype=np.int32),
        distance_m=full,
        distance_error_m=np.full(n, 20.0),
        closing_mps=np.full(n, 4.1),
        closing_share_subject=np.full(n, 0.9),
        contact_s=np.full(n, 290.0),
        miss_m=np.full(n, 12.0),
        trend=np.full(n, 1, np.int8),
        co_travel=np.zeros(n, np.bool_),
    )
    return Picture(
        at_us=now_us,
        devices=devices,
        part=np.tile(np.array([0, 1], np.uint8), n),
        lat_deg=np.tile(np.array([37.5, CANARY_LAT]), n),
        lon_deg=np.tile(np.array([126.9, CANARY_LON]), n),
        accuracy_m=np.full(m, 5.0),
        speed_mps=np.full(m, 1.0),
        course_deg=np.full(m, 90.0),
        measured_us=np.full(m, now_us - S, np.int64),
        received_us=np.full(m, now_us, np.int64),
        freshness=np.zeros(m, np.uint8),
        reach_m=np.zeros(m),
        silent_since_us=np.full(m, -1, np.int64),
        health={},
        pairs=pairs,
    )


class Screen:
    """A desk as it would hold what it was sent."""

    def __init__(self, desk: Desk, user: UserId = OPERATOR, n: int = 1) -> None:
        self.desk, self.n = desk, n
        self.view = DeskView(user, f"seat-{user}")
        self.rows: dict[Table, dict[str, Row]] = {table: {} for table in Table}
        self.last: tuple[TableChange, ...] = ()
        self.look()

    def look(self, distance_m: float = CANARY_M) -> None:
        self.last = self.view.changes(self.desk.room, picture_of(self.desk.now_us, n=self.n, distance_m=distance_m))
        for each in self.last:
            for row in each.put:
                self.rows[each.table][key_of(row)] = row
            for key in each.gone:
                del self.rows[each.table][key]

    def frame(self) -> PositionFrame:
        return self.view.frame(self.desk.room, picture_of(self.desk.now_us, n=self.n))

    def row(self, table: Table) -> Row:
        (row,) = self.rows[table].values()
        return row


def floats_of(value: object) -> list[float]:
    """Every number in what was sent, wherever it stands."""
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, float | int):
        return [float(value)]
    if is_dataclass(value):
        return [number for each in fields(value) for number in floats_of(getattr(value, each.name))]
    if isinstance(value, tuple | list | frozenset):
        return [number for each in value for number in floats_of(each)]
    if isinstance(value, dict):
        return [number for each in value.values() for number in floats_of(each)]
    if isinstance(value, bytes) and len(value) % 8 == 0:
        return [number for number in np.frombuffer(value, "<f8").tolist() if math.isfinite(number)]
    return []


def leaks(sent: Sequence[object]) -> set[str]:
    """Which of the figures that must stay hidden stand in what was sent, exactly or nearly."""
    hidden = {
        "lat": CANARY_LAT,
        "lon": CANARY_LON,
        "distance": CANARY_M,
        "home": HOME.lat_deg,
        "contact": 290.0,
        "miss": 12.0,
        "closing": 4.1,
    }
    numbers = floats_of(sent)
    return {name for name, value in hidden.items() if any(abs(number - value) < 5e-4 for number in numbers)}


def without_zones(desk: Desk) -> Desk:
    """The zone about the home is the court's order, and shown; here it would hide a leak."""
    return Desk([replace(a_case(), zones=())])


def test_outside_of_alarms_the_protected_person_is_a_band_and_nothing_else() -> None:
    desk = without_zones(Desk())
    screen = Screen(desk)
    assert screen.row(Table.PAIRS).band_m == (1000.0, 2000.0)  # type: ignore[union-attr]
    assert screen.frame().devices == (ANKLET,)
    assert leaks([screen.last, screen.frame()]) == set()
    assert screen.row(Table.CASES).masked  # type: ignore[union-attr]


def test_an_alarm_opens_the_case_and_its_end_shuts_it_again() -> None:
    desk = without_zones(Desk())
    screen = Screen(desk)
    desk.raises(change(level=AlarmLevel.AMBER))
    screen.look()
    assert {"distance", "contact"} <= leaks([screen.last])
    assert screen.frame().devices == (ANKLET, PHONE)
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=ALARM))
    desk.raises(change(AlarmStep.CLEARED, level=AlarmLevel.AMBER))
    screen.look()
    assert leaks([screen.rows[Table.PAIRS], screen.rows[Table.CASES], screen.frame()]) == set()


def test_what_opens_is_in_the_log_before_any_row_says_so() -> None:
    desk = Desk()
    outcome = desk.raises(change())
    widened = [event for event in outcome.events if getattr(event, "entry", "") == "view-widened"]
    assert [(event.case, event.because, event.users) for event in widened] == [(CASE, ALARM, (OPERATOR, SUPERVISOR))]  # type: ignore[union-attr]


def test_news_of_an_alarm_is_sent_by_itself_once_and_the_rows_beside_it_follow() -> None:
    desk = Desk()
    screen = Screen(desk)
    desk.raises(change())
    (news,) = screen.view.alarms(desk.room, picture_of(desk.now_us))
    assert (news.table, [key_of(row) for row in news.put], news.gone) == (Table.ALARMS, [ALARM], ())
    assert screen.view.alarms(desk.room, picture_of(desk.now_us)) == ()
    screen.look()
    tables = {each.table for each in screen.last}
    assert Table.ALARMS not in tables
    assert {Table.CASES, Table.PAIRS} <= tables


def test_a_desk_that_was_sent_nothing_is_sent_everything_first() -> None:
    desk = Desk()
    desk.raises(change())
    view = DeskView(OPERATOR, f"seat-{OPERATOR}")
    assert view.alarms(desk.room, picture_of(desk.now_us)) == ()
    assert Table.ALARMS in {each.table for each in view.changes(desk.room, picture_of(desk.now_us))}


def test_a_battery_alarm_opens_nothing_and_its_row_gives_no_distance_away() -> None:
    desk = without_zones(Desk())
    screen = Screen(desk)
    telling = {"distance_m": CANARY_M, "reach_m": CANARY_M, "largest_mps": 14.0, "on_foot_s": 180.0, "co_travel": True}
    low = replace(change(kind=AlarmKind.BATTERY, level=AlarmLevel.AMBER, ring=None), because={"battery_percent": 9.0, **telling})
    desk.raises(low)
    screen.look()
    row = screen.row(Table.ALARMS)
    assert isinstance(row, AlarmRow)
    assert row.masked
    assert row.because == (("battery_percent", 9.0),)
    assert leaks([screen.last, screen.frame()]) == set()


def test_a_masked_pair_is_sent_on_the_minute_alone_so_that_no_time_gives_a_crossing_away() -> None:
    desk = Desk()
    screen = Screen(desk)
    moments = []
    for distance_m in np.linspace(2500, 300, 120):
        desk.run(after_s=1)
        screen.look(float(distance_m))
        if any(each.table is Table.PAIRS for each in screen.last):
            moments.append(desk.now_us // S)
    assert moments
    assert all(moment % 60 == 0 for moment in moments)


@pytest.mark.parametrize(
    ("distance_m", "band"), [(0.0, (0.0, 100.0)), (99.9, (0.0, 100.0)), (100.0, (100.0, 500.0)), (1e6, (10000.0, None)), (math.nan, None)]
)
def test_distances_fall_into_fixed_bands(distance_m: float, band: tuple[float, float | None] | None) -> None:
    assert band_of(distance_m) == band


@pytest.mark.parametrize("role", [Role.TRAINER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_offices_that_do_not_watch_are_sent_no_person(role: Role) -> None:
    desk = Desk()
    desk.raises(change())
    who = UserId("else-1")
    desk.run(Inbox(orders=(PutUser(by=UserId("root"), user=who, person="p9", role=role),)))
    desk.run(Inbox(news=(OpenSession(user=who, seat=f"seat-{who}", desk="d", expires_us=desk.now_us + S),)))
    screen = Screen(desk, who)
    assert {table for table, rows in screen.rows.items() if rows} == {Table.SESSION, Table.ROOM}
    assert screen.frame().devices == ()
    assert WEARER not in repr(screen.last)
    assert PROTECTED not in repr(screen.last)


def grant_of(desk: Desk, fields_: tuple[str, ...]) -> str:
    asked = desk.act(
        OPERATOR,
        RequestAccess(
            person=PROTECTED,
            case=CASE,
            purpose=Purpose.VICTIM_NOTICE,
            reason="call",
            from_us=desk.now_us - 3600 * S,
            to_us=desk.now_us + 3600 * S,
            fields=fields_,
            minutes=5,
        ),
    )
    request = RequestId(str(asked.replies[0].note))
    return str(desk.act(SUPERVISOR, DecideRequest(request=request, decision="approve", reason="needed")).replies[0].note)


def test_a_grant_opens_its_fields_to_its_user_alone_and_the_end_shuts_them_within_a_second() -> None:
    desk = without_zones(Desk())
    mine, other = Screen(desk), Screen(desk, SUPERVISOR)
    grant_of(desk, ("position",))
    mine.look()
    other.look()
    assert mine.frame().devices == (ANKLET, PHONE)
    assert "distance" in leaks([mine.last])
    assert other.frame().devices == (ANKLET,)
    assert leaks([other.last]) == set()
    desk.wait(299)
    assert mine.frame().devices == (ANKLET, PHONE)
    desk.wait(2)
    mine.look()
    assert mine.frame().devices == (ANKLET,)
    assert leaks([mine.rows[Table.PAIRS], mine.frame()]) == set()


def test_access_that_is_ended_shuts_at_once() -> None:
    desk = Desk()
    screen = Screen(desk)
    grant = grant_of(desk, ("position",))
    assert PHONE in screen.frame().devices
    desk.act(SUPERVISOR, EndGrant(grant=GrantId(grant), reason="enough"))
    assert PHONE not in screen.frame().devices


def test_break_glass_is_shown_to_the_supervisor_who_must_review_it() -> None:
    desk = Desk()
    screen = Screen(desk, SUPERVISOR)
    desk.act(OPERATOR, BreakGlass(person=PROTECTED, case=CASE, purpose=Purpose.BREACH_INVESTIGATION, reason="life"))
    screen.look()
    row = screen.row(Table.GRANTS)
    assert (row.user, row.break_glass, row.state) == (OPERATOR, True, "running")  # type: ignore[union-attr]
    desk.wait(3605, every_s=300)
    screen.look()
    assert screen.row(Table.GRANTS).state == "awaiting-review"  # type: ignore[union-attr]


def test_only_what_changed_is_sent() -> None:
    desk = Desk([a_case(f"KR-{k}", n=k) for k in range(1, 41)])
    screen = Screen(desk, n=40)
    assert len(screen.rows[Table.CASES]) == 40
    desk.run()
    screen.look()
    assert screen.last == ()
    desk.raises(change(case="KR-7", device="ANK-0007"))
    screen.look()
    sent = {each.table: [key_of(row) for row in each.put] for each in screen.last}
    assert sent[Table.ALARMS] == [change(case="KR-7").alarm]
    assert sent[Table.CASES] == ["KR-7"]
    assert Table.DEVICES not in sent


def test_what_was_sent_piece_by_piece_is_what_a_new_desk_is_sent_at_once() -> None:
    desk = Desk([a_case(f"KR-{k}", n=k) for k in range(1, 6)])
    screen = Screen(desk, n=5)
    battery = change(kind=AlarmKind.BATTERY, level=AlarmLevel.AMBER, case="KR-3", ring=None)
    for act in (
        lambda: desk.raises(change(case="KR-1"), battery),
        lambda: desk.act(OPERATOR, AcknowledgeAlarm(alarm=change(case="KR-1").alarm)),
        lambda: desk.act(OPERATOR, ShelveAlarm(alarm=battery.alarm, minutes=10, reason="charging")),
        lambda: desk.raises(change(AlarmStep.CLEARED, case="KR-1")),
        lambda: desk.raises(change(case="KR-2", n=4)),
    ):
        act()
        screen.look()
    desk.run(after_s=60)
    screen.look()
    fresh = Screen(desk, n=5)
    assert fresh.rows == screen.rows


def test_the_state_of_a_row_is_said_in_the_words_of_the_standard() -> None:
    desk = Desk()
    screen = Screen(desk)

    def state() -> AlarmState:
        screen.look()
        return screen.row(Table.ALARMS).state  # type: ignore[union-attr, return-value]

    battery = change(kind=AlarmKind.BATTERY, level=AlarmLevel.AMBER, ring=None)
    desk.raises(battery)
    assert state() is AlarmState.UNACKNOWLEDGED
    desk.raises(replace(battery, step=AlarmStep.CLEARED))
    assert state() is AlarmState.RETURNED_UNACKNOWLEDGED
    desk.act(OPERATOR, ShelveAlarm(alarm=battery.alarm, minutes=10, reason="charging"))
    assert state() is AlarmState.SHELVED
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=battery.alarm))
    assert state() is AlarmState.ACKNOWLEDGED
    desk.act(OPERATOR, CloseAlarm(alarm=battery.alarm, outcome="technical"))
    screen.look()
    assert not screen.rows[Table.ALARMS]


def test_what_devices_have_is_not_counted_under_what_people_do() -> None:
    desk = Desk()
    desk.raises(change())
    desk.raises(change(kind=AlarmKind.ZONE_WARNING, level=AlarmLevel.AMBER, ring=None))
    desk.raises(change(kind=AlarmKind.BATTERY, level=AlarmLevel.AMBER, ring=None))
    room = Screen(desk).row(Table.ROOM)
    assert isinstance(room, RoomRow)
    assert (room.unacknowledged_red, room.unacknowledged_amber, room.unacknowledged_technical) == (1, 1, 1)


def test_a_third_extension_is_a_defect_and_no_reason_to_stop_watching() -> None:
    case = a_case()
    third = replace(case, order=replace(case.order, court="서울서부지방법원", extensions=3))
    screen = Screen(Desk(cases=[third]))
    row = screen.row(Table.CASES)
    assert "too-many-extensions" in row.defects  # type: ignore[union-attr]
    assert row.in_force  # type: ignore[union-attr]
    assert (row.court, row.extensions) == ("서울서부지방법원", 3)  # type: ignore[union-attr]


def test_defects_of_a_case_are_shown() -> None:
    screen = Screen(Desk())
    assert set(screen.row(Table.CASES).defects) == {"no-work-address", "no-police-station"}  # type: ignore[union-attr]


def test_an_alarm_about_a_person_says_near_which_known_place_the_wearer_is() -> None:
    desk = Desk()
    desk.raises(change())
    view = DeskView(OPERATOR, f"seat-{OPERATOR}")
    near = replace(
        picture_of(desk.now_us), lat_deg=np.array([HOME.lat_deg + 0.0045, CANARY_LAT]), lon_deg=np.array([HOME.lon_deg, CANARY_LON])
    )
    (alarms,) = [each for each in view.changes(desk.room, near) if each.table is Table.ALARMS]
    (row,) = alarms.put
    assert isinstance(row, AlarmRow)
    assert row.place == "home 500 m"


def test_a_desk_that_has_just_come_gets_thousands_in_portions_and_alarms_at_once() -> None:
    desk = Desk([a_case(f"KR-{k}", n=k) for k in range(1, 2 * PORTION + 1)])
    desk.raises(change(case="KR-999", device="ANK-0999"))
    screen = Screen(desk, n=2 * PORTION)
    assert len(screen.rows[Table.ALARMS]) == 1
    assert {table: len(screen.rows[table]) for table in (Table.CASES, Table.PAIRS, Table.DEVICES)} == {
        Table.CASES: AT_FIRST, Table.PAIRS: AT_FIRST, Table.DEVICES: AT_FIRST,
    }  # fmt: skip
    assert {"KR-999"} | {f"KR-{k}" for k in range(1, AT_FIRST)} == screen.rows[Table.CASES].keys(), "what has an alarm comes first"
    assert {"ANK-0999", "VIC-0999"} <= screen.rows[Table.DEVICES].keys()
    assert "KR-999/V-0999" in screen.rows[Table.PAIRS]
    desk.raises(change(case="KR-1000", device="ANK-1000", n=2))
    for _ in range(4):
        screen.look()
    assert {table: len(screen.rows[table]) for table in (Table.CASES, Table.PAIRS, Table.DEVICES)} == {
        Table.CASES: 2 * PORTION, Table.PAIRS: 2 * PORTION, Table.DEVICES: 4 * PORTION,
    }  # fmt: skip
    assert screen.rows[Table.PAIRS]["KR-1000/V-1000"].distance_m is not None  # type: ignore[union-attr]
    assert screen.rows[Table.PAIRS]["KR-900/V-0900"].distance_m is None  # type: ignore[union-attr]
