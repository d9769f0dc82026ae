"""A gateway with many devices falls silent: one row, one sound, one press, and a log that has each of them."""

from collections.abc import Callable, Iterable

import pytest
from desk_at_hand import DeskAtHand
from PySide6.QtCore import Qt
from room_builder import OPERATOR, T0, Desk, S, a_case, change

from backend_bridge.application.inbox import Inbox
from backend_bridge.application.tables import Table
from backend_bridge.application.views import DeskView
from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep
from backend_bridge.domain.arrivals import LinkDown, LinkUp
from backend_bridge.domain.identifiers import DeviceId, GatewayName
from backend_bridge.domain.outcomes.alarm_events import AlarmAcknowledged, AlarmGrouped, AlarmsDisplayed
from backend_bridge.domain.outcomes.effects import SoundAlarm
from backend_bridge.domain.watching.watch import Watch
from widgets.models.alarm_groups import ListedAlarm, Together

Open = Callable[..., DeskAtHand]
GATEWAY = GatewayName("gw-seoul-2")
GROUP = f"gateway/{GATEWAY}"
N = 120


def silent(number: int, step: AlarmStep = AlarmStep.RAISED, level: AlarmLevel = AlarmLevel.AMBER, at_us: int = T0) -> AlarmChange:
    return change(step, AlarmKind.SILENT, level, case=f"KR-{number:04}", device=f"ANK-{number:04}", ring=None, at_us=at_us)


class Outage:
    """A room, and an operator's desk that is shown what the bridge would send it, and whose commands the room carries out."""

    def __init__(self, desk: DeskAtHand) -> None:
        self.desk = desk
        self.room = Desk([a_case(f"KR-{number:04}", n=number) for number in range(1, N + 1)], users=(OPERATOR,))
        for number in range(1, N + 1):
            self.room.room.devices.gateway[DeviceId(f"ANK-{number:04}")] = GATEWAY
        self._view = DeskView(OPERATOR, f"seat-{OPERATOR}")
        self._picture = Watch.empty().picture
        self.look()

    def look(self) -> None:
        """What has changed reaches the desk and is painted, and what the desk says of it reaches the room."""
        for each in self._view.changes(self.room.room, self._picture(self.room.now_us)):
            if each.table is Table.ALARMS:
                self.desk.view.take_rows(each.table.value, each.put, each.gone)
        self.desk.panels.alarms.table.viewport().repaint()
        self.desk.panels.alarms._on_report_timeout()
        self.obey()

    def obey(self) -> None:
        commands, self.desk.commands[:] = tuple(self.desk.commands), ()
        for command in commands:
            assert self.room.act(OPERATOR, command).replies[0].refusal is None

    def raises(self, numbers: Iterable[int], step: AlarmStep = AlarmStep.RAISED, level: AlarmLevel = AlarmLevel.AMBER) -> None:
        """The watch says it of those devices half a second later."""
        at_us = self.room.now_us + S // 2
        self.room.raises(*(silent(number, step, level, at_us) for number in numbers), after_s=0.5)

    def row_of_many(self) -> tuple[ListedAlarm, Together]:
        """The one row of silent devices, which stands for several."""
        (listed,) = [listed for listed in self.desk.panels.alarms.model.rows() if listed.row.kind is AlarmKind.SILENT]
        assert listed.together is not None
        return listed, listed.together

    def press_space(self) -> None:
        self.desk.panels.alarms.choose(silent(1).alarm)
        self.desk.panels.alarms.table.setFocus()
        self.desk.press(Qt.Key.Key_Space)

    def shown(self) -> list[str]:
        model = self.desk.panels.alarms.model
        return [model.key_at(at) for at in range(model.rowCount())]

    def events(self, kind: type) -> list[object]:
        return [event for outcome in self.room.outcomes for event in outcome.events if isinstance(event, kind)]

    def sounds(self) -> list[AlarmKind]:
        effects = (effect for outcome in self.room.outcomes for effect in outcome.effects)
        return [effect.kind for effect in effects if isinstance(effect, SoundAlarm)]


@pytest.fixture
def outage(open_desk: Open) -> Outage:
    """The gateway is away for a minute and is red; then its devices count as silent, some in each moment."""
    made = Outage(open_desk("en"))
    made.room.run(Inbox(arrivals=(LinkUp(gateway=GATEWAY, connection=b"c"),)))
    made.room.run(Inbox(arrivals=(LinkDown(gateway=GATEWAY, connection=b"c", reason="silent"),)))
    for _ in range(62):
        made.room.run(after_s=1.0)
    made.look()
    for first in range(1, N + 1, 7):
        made.raises(range(first, min(first + 7, N + 1)))
        made.look()
    return made


def test_it_is_two_rows_the_gateways_own_and_one_for_its_devices_and_sounds_once_for_them(outage: Outage) -> None:
    assert outage.shown() == [next(key for key in outage.shown() if "gateway-down" in key), silent(1).alarm]
    assert outage.sounds().count(AlarmKind.SILENT) == 1
    listed, together = outage.row_of_many()
    assert (1 + together.n_folded, listed.row.group) == (N, GROUP)
    grouped = {alarm for event in outage.events(AlarmGrouped) for alarm in event.alarms}  # type: ignore[attr-defined]
    assert len(grouped) == N


def test_one_press_answers_them_all_and_the_log_has_when_each_was_displayed_and_acknowledged(outage: Outage) -> None:
    wanted = sorted(silent(number).alarm for number in range(1, N + 1))
    outage.press_space()
    assert len(outage.desk.commands) == 1
    outage.obey()
    outage.look()
    acknowledged = outage.events(AlarmAcknowledged)
    assert sorted(event.alarm for event in acknowledged) == wanted  # type: ignore[attr-defined]
    assert {(event.user, event.seat, event.group) for event in acknowledged} == {(OPERATOR, f"seat-{OPERATOR}", GROUP)}  # type: ignore[attr-defined]
    displayed = [alarm for event in outage.events(AlarmsDisplayed) for alarm in event.alarms if "silent" in alarm]  # type: ignore[attr-defined]
    assert sorted(displayed) == wanted, "each once"
    assert len(outage.shown()) == 2
    listed, together = outage.row_of_many()
    assert (1 + together.n_folded, listed.row.owner) == (N, OPERATOR)


def test_one_of_them_that_turns_red_has_its_row_at_once_sounds_and_waits_for_a_key_of_its_own(outage: Outage) -> None:
    red = silent(57)
    outage.press_space()
    outage.raises([57], AlarmStep.UPGRADED, AlarmLevel.RED)  # while the press is on its way
    outage.obey()
    outage.look()
    assert outage.shown().index(red.alarm) < outage.shown().index(silent(1).alarm)
    assert outage.sounds().count(AlarmKind.SILENT) == 2
    assert not outage.room.room.alarms.the(red.alarm).acknowledged
    outage.desk.panels.alarms.choose(red.alarm)
    outage.desk.press(Qt.Key.Key_Space)
    outage.obey()
    assert outage.room.room.alarms.the(red.alarm).acknowledged


def test_when_they_are_heard_again_the_row_says_how_many_and_goes_with_the_last(outage: Outage) -> None:
    outage.press_space()
    outage.obey()
    outage.raises(range(1, N), AlarmStep.CLEARED)
    outage.look()
    assert outage.row_of_many()[1].n_over == N - 1
    for _ in range(62):
        outage.room.run(after_s=1.0)
    outage.look()
    assert [key for key in outage.shown() if "silent" in key] == [silent(N).alarm], "the one that is still silent stands as any other"
