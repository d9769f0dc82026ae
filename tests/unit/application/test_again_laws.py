"""Whatever happens: the steps in which something happened lead to the same log by themselves, without those in between."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from room_builder import ANKLET, CASE, OPERATOR, PHONE, PROTECTED, SUPERVISOR, Desk, S, ToldWatch, a_case, change
from test_view_laws import HAPPENINGS, N, happen

from backend_bridge.application.inbox import CloseSession, EffectReport, Inbox, Trouble
from backend_bridge.application.room import Room, again
from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel
from backend_bridge.domain.commands import AcknowledgeAlarm, RequestAccess, WorkTask
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, GatewayName, IncidentId
from backend_bridge.domain.purpose import Purpose


class Remembering(ToldWatch):
    """A watch that can say again, at the same instants, what it was told to say."""

    said: dict[int, tuple[AlarmChange, ...]]

    def advance(self, fixes: FixBatch, events: Sequence[DeviceEvent], now_us: int) -> tuple[AlarmChange, ...]:
        if now_us in self.said:
            return self.said[now_us]
        told = super().advance(fixes, events, now_us)
        if told:
            self.said[now_us] = told
        return told


def watch_that_says(said: dict[int, tuple[AlarmChange, ...]]) -> Remembering:
    watch = Remembering()
    watch.said = said
    return watch


PAUSES = st.sampled_from([0, 1, 20, 45, 70, 130, 700])


@settings(max_examples=40, deadline=None)
@given(HAPPENINGS, st.lists(PAUSES, min_size=14, max_size=14))
def test_uneventful_steps_can_be_left_out(happenings: list[tuple[str, int, tuple[AlarmKind, AlarmLevel], str]], pauses: list[int]) -> None:
    desk = Desk([a_case(f"KR-{k}", n=k) for k in range(1, N + 1)])
    said: dict[int, tuple[AlarmChange, ...]] = {}
    desk.room.watch = desk.watch = watch_that_says(said)  # type: ignore[assignment]  # draws no picture
    for device in (ANKLET, PHONE):
        desk.room.devices.gateway[device] = GatewayName("gw")
    for (what, case, kind, user), pause in zip(happenings, pauses, strict=False):
        happen(desk, what, case, kind, user)
        for _ in range(pause if pause < 100 else 20):
            desk.run(after_s=1 if pause < 100 else pause / 20)
    assert_same_log(desk, said)


def test_an_evening_of_messages_steps_and_troubles_can_be_thinned_out_too() -> None:
    desk = Desk()
    said: dict[int, tuple[AlarmChange, ...]] = {}
    desk.room.watch = desk.watch = watch_that_says(said)  # type: ignore[assignment]  # draws no picture
    happen_at_home(desk)
    assert_same_log(desk, said)


def happen_at_home(desk: Desk) -> None:
    desk.raises(change())
    desk.wait(61)
    desk.act(OPERATOR, AcknowledgeAlarm(alarm=change().alarm))
    desk.run(Inbox(news=(EffectReport(key="MSG-2", state="delivered"), Trouble(code="lag", on=True))))
    desk.wait(100)
    desk.act(OPERATOR, WorkTask(incident=IncidentId("INC-1"), task="call-protected", outcome="no-answer"))
    request = RequestAccess(
        person=PROTECTED, case=CaseId(CASE), purpose=Purpose.VICTIM_NOTICE, reason="x", from_us=0, to_us=10**15, fields=("track",)
    )
    desk.act(OPERATOR, request)
    desk.wait(86_400, every_s=3600)
    desk.run(Inbox(news=(Trouble(code="lag", on=False), CloseSession(seat=f"seat-{SUPERVISOR}", reason="logout"))))
    desk.wait(40)


def assert_same_log(desk: Desk, said: dict[int, tuple[AlarmChange, ...]]) -> None:
    room = Room(watch_that_says(said))  # type: ignore[arg-type]  # draws no picture
    started = False
    for outcome in desk.outcomes:
        taken = outcome.taken
        if outcome.events or taken.kept or taken.orders or taken.news or taken.acts or taken.answers:
            assert again(room, taken).events == outcome.events
        if not started:  # the devices were said to be heard after the first step
            started = True
            room.devices.gateway.update(desk.room.devices.gateway)
    assert room.alarms.rows == desk.room.alarms.rows
    assert desk.now_us > S
