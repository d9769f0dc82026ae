"""Whatever happens in whatever order: what a desk was sent piece by piece is what a new desk is sent at once."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from room_builder import OPERATOR, SUPERVISOR, Desk, S, a_case, change
from test_views import Screen

from backend_bridge.application.inbox import Inbox, OpenSession
from backend_bridge.application.rows import DeviceRow, Row
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.commands import AcknowledgeAlarm, BreakGlass, CloseAlarm, EndGrant, ShelveAlarm, TakeOver
from backend_bridge.domain.identifiers import CaseId, GrantId, PersonId
from backend_bridge.domain.purpose import Purpose

N = 3
KINDS = [
    (AlarmKind.PROXIMITY, AlarmLevel.RED),
    (AlarmKind.PROXIMITY, AlarmLevel.AMBER),
    (AlarmKind.BATTERY, AlarmLevel.AMBER),
    (AlarmKind.TAMPER, AlarmLevel.RED),
]
HAPPENINGS = st.lists(
    st.tuples(
        st.sampled_from(["raise", "clear", "acknowledge", "close", "shelve", "take over", "break glass", "end grant", "wait", "log in"]),
        st.integers(1, N),
        st.sampled_from(KINDS),
        st.sampled_from([OPERATOR, SUPERVISOR]),
    ),
    max_size=14,
)


def happen(desk: Desk, what: str, case: int, kind: tuple[AlarmKind, AlarmLevel], user: str) -> None:
    made = change(kind=kind[0], level=kind[1], case=f"KR-{case}", device=f"ANK-{case:04}", at_us=desk.now_us)
    row = desk.room.alarms.find(made.alarm)
    alarm = made.alarm if row is None else row.alarm
    who = OPERATOR if user == OPERATOR else SUPERVISOR
    match what:
        case "raise":
            desk.raises(made)
        case "clear":
            desk.raises(replace(made, step=AlarmStep.CLEARED))
        case "acknowledge":
            desk.act(who, AcknowledgeAlarm(alarm=alarm, reason="seen"))
        case "close":
            desk.act(who, CloseAlarm(alarm=alarm, outcome="technical", note="seen"))
        case "shelve":
            desk.act(who, ShelveAlarm(alarm=alarm, minutes=1, reason="noise"))
        case "take over":
            desk.act(who, TakeOver(alarm=alarm))
        case "break glass":
            person = PersonId(f"V-{case:04}")
            desk.act(who, BreakGlass(person=person, case=CaseId(f"KR-{case}"), purpose=Purpose.VICTIM_NOTICE, reason="now"))
        case "end grant":
            desk.act(who, EndGrant(grant=GrantId(f"GRANT-{case}"), reason="enough"))
        case "log in":
            session = OpenSession(user=who, seat=f"seat-{who}", desk="d", expires_us=desk.now_us + 10**12)
            desk.run(Inbox(news=(session,)))
        case _:
            desk.run(after_s=31)


@settings(max_examples=60, deadline=None)
@given(HAPPENINGS)
def test_the_differences_add_up_to_the_whole(happenings: list[tuple[str, int, tuple[AlarmKind, AlarmLevel], str]]) -> None:
    desk = Desk([a_case(f"KR-{k}", n=k) for k in range(1, N + 1)])
    screens = [Screen(desk, user, n=N) for user in (OPERATOR, SUPERVISOR)]
    for what, case, kind, user in happenings:
        happen(desk, what, case, kind, user)
        for screen in screens:
            screen.look()
    desk.run(after_s=61 - desk.now_us // S % 60)
    for screen in screens:
        screen.look()
        assert timeless(Screen(desk, screen.view.user, n=N)) == timeless(screen)


def timeless(screen: Screen) -> list[Row]:
    """The rows, without when a device was last heard: that is sent once a minute, and moves on all the time."""
    rows = [row for table in screen.rows.values() for _, row in sorted(table.items())]
    return [replace(row, last_measured_us=None, last_received_us=None) if isinstance(row, DeviceRow) else row for row in rows]
