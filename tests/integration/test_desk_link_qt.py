"""The desk's own link over real TCP and CURVE: what reaches the GUI thread, and what happens when the bridge is gone."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
import zmq
from builders import evening
from desk_room import PASSWORD, DeskRoom
from pytestqt.qtbot import QtBot
from stopwatch import Stopwatch
from test_desk_link_gate import frame, gateway

from backend_bridge.application.answers import Found
from backend_bridge.application.inbox import Act, Ask
from backend_bridge.application.link_state import LinkPhase, LinkState
from backend_bridge.application.outcome import Reply
from backend_bridge.application.rows import PositionFrame, Row
from backend_bridge.application.tables import Table, TableChange, key_of
from backend_bridge.domain.alarm import AlarmKind, AlarmLevel
from backend_bridge.domain.commands import AcknowledgeAlarm, DispatchUnit
from backend_bridge.domain.identifiers import AlarmId, CaseId, IncidentId, PersonId, UnitId
from backend_bridge.domain.outcomes.effects import SoundAlarm
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.queries import MakeExport, Search, SearchHit
from backend_bridge.domain.user import Role
from desktop.desk_link import DeskLink, LinkHandlers, LinkSettings, Refusal
from widgets.export_dialog import MadeExport


@dataclass
class Screen:
    """What the desk's widgets would hold."""

    tables: dict[str, dict[str, Row]] = field(default_factory=dict)
    frames: list[PositionFrame] = field(default_factory=list)
    states: list[LinkState] = field(default_factory=list)
    sounds: list[tuple[object, ...]] = field(default_factory=list)
    crossings: list[int] = field(default_factory=list)

    def on_rows(self, table: str, put: tuple[Row, ...], gone: tuple[str, ...]) -> None:
        self.crossings.append(threading.get_ident())
        held = self.tables.setdefault(table, {})
        for key in gone:
            held.pop(key, None)
        held.update((key_of(row), row) for row in put)

    @property
    def phase(self) -> LinkPhase | None:
        return self.states[-1].phase if self.states else None

    def handlers(self) -> LinkHandlers:
        return LinkHandlers(
            on_rows=self.on_rows, on_frame=self.frames.append, on_state=self.states.append, on_sound=lambda *said: self.sounds.append(said)
        )


@pytest.fixture
def room() -> Iterator[DeskRoom]:
    made = DeskRoom()
    made.gate.publish("room", (TableChange(table=Table.ALARMS, put=evening()), TableChange(table=Table.GATEWAYS, put=(gateway("g1"),))))
    yield made
    made.gate.stop()


def linked(room: DeskRoom, name: str, qtbot: QtBot, user: str = "kim") -> tuple[DeskLink, Screen]:
    public, secret = room.enrolled(name)
    screen = Screen()
    settings = LinkSettings(endpoint=room.gate.endpoint, server_key=room.server_key, desk_public=public, desk_secret=secret)
    link = DeskLink(settings, screen.handlers())
    link.start()
    qtbot.waitUntil(lambda: screen.phase is LinkPhase.ASKING, timeout=4000)
    link.log_in(user, PASSWORD)
    qtbot.waitUntil(lambda: screen.phase is LinkPhase.LIVE, timeout=4000)
    return link, screen


@pytest.fixture
def desk(room: DeskRoom, qtbot: QtBot) -> Iterator[tuple[DeskLink, Screen]]:
    made = linked(room, "desk-1", qtbot)
    yield made
    made[0].stop()


def test_rows_cross_into_the_gui_thread_and_nowhere_else(room: DeskRoom, desk: tuple[DeskLink, Screen], qtbot: QtBot) -> None:
    _, screen = desk
    assert tuple(screen.tables["alarms"].values()) == evening()
    room.gate.publish("room", (TableChange(table=Table.GATEWAYS, put=(gateway("g2"),), gone=("g1",)),))
    qtbot.waitUntil(lambda: set(screen.tables["gateways"]) == {"g2"}, timeout=2000)
    assert set(screen.crossings) == {threading.get_ident()}


def test_many_changes_make_few_crossings(room: DeskRoom, desk: tuple[DeskLink, Screen], qtbot: QtBot) -> None:
    _, screen = desk
    screen.crossings.clear()
    for n in range(400):
        room.gate.publish("room", (TableChange(table=Table.GATEWAYS, put=(gateway("g1", float(n)),)),))
        time.sleep(0.001)
    qtbot.waitUntil(lambda: screen.tables["gateways"]["g1"] == gateway("g1", 399.0), timeout=3000)
    assert len(screen.crossings) < 40


def test_the_newest_positions_arrive_at_most_five_times_a_second(room: DeskRoom, desk: tuple[DeskLink, Screen], qtbot: QtBot) -> None:
    _, screen = desk
    began = time.monotonic()
    for n in range(1, 101):
        room.gate.publish_frame("room", frame(n))
        qtbot.wait(10)
    qtbot.waitUntil(lambda: bool(screen.frames) and screen.frames[-1].at_us == 100, timeout=2000)
    assert len(screen.frames) <= 2 + 5 * (time.monotonic() - began)


def test_a_command_is_answered_with_none_or_the_reason(room: DeskRoom, desk: tuple[DeskLink, Screen], qtbot: QtBot) -> None:
    link, _ = desk
    answers: list[Refusal | None] = []
    link.submit(AcknowledgeAlarm(alarm=AlarmId("a")), answers.append)
    qtbot.waitUntil(lambda: answers == [None], timeout=2000)
    room.on_act = lambda act: room.gate.reply(
        Reply(act=act.act, seat=act.seat, refusal="already-acknowledged", sentence="lee has acknowledged this alarm.")
    )
    link.submit(AcknowledgeAlarm(alarm=AlarmId("a")), answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=2000)
    assert answers[1] == "already-acknowledged"
    assert answers[1].sentence == "lee has acknowledged this alarm."


def test_a_value_that_cannot_be_is_refused_before_it_leaves(desk: tuple[DeskLink, Screen], qtbot: QtBot) -> None:
    answers: list[Refusal | None] = []
    nowhere = LatLon(lat_deg=float("nan"), lon_deg=0.0)
    desk[0].submit(DispatchUnit(incident=IncidentId("i"), unit=UnitId("u"), destination=nowhere, label="x"), answers.append)
    qtbot.waitUntil(lambda: answers == ["bad-value"], timeout=2000)


def test_a_question_is_answered(room: DeskRoom, desk: tuple[DeskLink, Screen], qtbot: QtBot) -> None:
    hit = SearchHit(what="case", key="K", case=None, label="K", position=None)

    def answer(asked: Act | Ask) -> None:
        room.gate.reply(Reply(act=asked.act, seat=asked.seat), Found(hits=(hit,)))

    room.on_act = answer
    answers: list[object] = []
    desk[0].ask(Search(text="k"), answers.append)
    qtbot.waitUntil(lambda: answers == [(hit,)], timeout=2000)


def test_an_export_comes_whole_with_its_passphrase_and_manifest(room: DeskRoom, desk: tuple[DeskLink, Screen], qtbot: QtBot) -> None:
    room.on_act = lambda asked: room.gate.reply(
        Reply(act=asked.act, seat=asked.seat), Found(file=b"BONGSUX1" + bytes(3_000_000), texts=("abcde-fghjk", '{"export": "EXP-1"}'))
    )
    answers: list[object] = []
    query = MakeExport(case=CaseId("K"), person=PersonId("P"), from_us=0, to_us=1, form="csv", recipient="x")
    desk[0].ask(query, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=5000)
    made = MadeExport.of(answers[0])
    assert made is not None
    assert (len(made.file), made.passphrase, made.manifest["export"]) == (3_000_008, "abcde-fghjk", "EXP-1")


def test_an_alarm_sounds_at_the_seats_that_are_named(room: DeskRoom, desk: tuple[DeskLink, Screen], qtbot: QtBot) -> None:
    other, elsewhere = linked(room, "desk-2", qtbot, "lee")
    seat = desk[1].states[-1].seat
    effect = SoundAlarm(key="k", alarm=AlarmId("a"), kind=AlarmKind.SOS, level=AlarmLevel.RED, priority=1, escalation=1, seats=(str(seat),))
    room.gate.sound(effect)
    qtbot.waitUntil(lambda: desk[1].sounds == [("a", "red", 1, 1)], timeout=2000)
    assert not elsewhere.sounds
    room.gate.sound(replace(effect, seats=()))
    qtbot.waitUntil(lambda: len(elsewhere.sounds) == 1, timeout=2000)
    room.gate.sound(replace(effect, seats=("a-seat-whose-link-is-gone",)))
    qtbot.waitUntil(lambda: (len(desk[1].sounds), len(elsewhere.sounds)) == (3, 2), timeout=2000)
    other.stop()


def test_who_may_see_no_alarms_hears_none_for_its_name_tells_its_case(room: DeskRoom, desk: tuple[DeskLink, Screen], qtbot: QtBot) -> None:
    room.accounts["lee"] = replace(room.accounts["lee"], role=Role.AUDITOR)
    other, auditing = linked(room, "desk-2", qtbot, "lee")
    room.gate.sound(SoundAlarm(key="k", alarm=AlarmId("a"), kind=AlarmKind.SOS, level=AlarmLevel.RED, priority=1, escalation=1, seats=()))
    qtbot.waitUntil(lambda: len(desk[1].sounds) == 1, timeout=2000)
    room.gate.publish("room", (TableChange(table=Table.GATEWAYS, put=(gateway("later"),)),))
    qtbot.waitUntil(lambda: "later" in auditing.tables["gateways"], timeout=2000)
    assert not auditing.sounds
    other.stop()


def test_a_lost_bridge_is_told_within_three_seconds_and_the_desk_goes_on_by_itself(room: DeskRoom, qtbot: QtBot) -> None:
    link, screen = linked(room, "desk-1", qtbot)
    room.gate._call(lambda: time.sleep(4.0))
    watch = Stopwatch()
    waiting: list[Refusal | None] = []
    link.submit(AcknowledgeAlarm(alarm=AlarmId("a")), waiting.append)
    qtbot.waitUntil(lambda: screen.phase is LinkPhase.LOST, timeout=4000)
    assert watch.seconds() <= 3.0
    assert screen.states[-1].since_us > 0
    assert waiting == ["link-lost"]
    assert screen.tables["alarms"]
    qtbot.waitUntil(lambda: screen.phase is LinkPhase.LIVE, timeout=6000)
    room.gate.publish("room", (TableChange(table=Table.GATEWAYS, put=(gateway("g7"),)),))
    qtbot.waitUntil(lambda: "g7" in screen.tables["gateways"], timeout=2000)
    link.stop()


def test_a_lost_picture_is_as_old_as_the_bridges_clock_says(room: DeskRoom, qtbot: QtBot) -> None:
    room.offset_us = 3_600_000_000
    link, screen = linked(room, "desk-1", qtbot)
    room.gate._call(lambda: time.sleep(4.0))
    qtbot.waitUntil(lambda: screen.phase is LinkPhase.LOST, timeout=4000)
    assert 0 <= link.bridge_now_us() - screen.states[-1].since_us < 10_000_000, "not by this machine's clock, an hour behind"
    link.stop()


def test_after_a_restart_only_what_differs_reaches_the_widgets(room: DeskRoom, qtbot: QtBot) -> None:
    link, screen = linked(room, "desk-1", qtbot)
    endpoint = room.gate.endpoint
    room.gate.stop()
    qtbot.waitUntil(lambda: screen.phase is LinkPhase.LOST, timeout=30_000)
    screen.tables["gateways"].clear()
    again = DeskRoom(secret_key=room.secret_key, bind=endpoint)
    again.desks, again.accounts = room.desks, room.accounts
    changed = evening()[1:]
    again.gate.publish("room", (TableChange(table=Table.ALARMS, put=changed), TableChange(table=Table.GATEWAYS, put=(gateway("g1"),))))
    qtbot.waitUntil(lambda: screen.phase is LinkPhase.LIVE, timeout=30_000)
    assert set(screen.tables["alarms"].values()) == set(changed)
    assert not screen.tables["gateways"], "a row that did not change was told again"
    link.stop()
    again.gate.stop()


def test_what_was_shown_is_gone_when_the_session_ends(room: DeskRoom, qtbot: QtBot) -> None:
    link, screen = linked(room, "desk-1", qtbot)
    room.gate.end_sessions("kim")
    qtbot.waitUntil(lambda: screen.phase is LinkPhase.ENDED, timeout=2000)
    assert screen.states[-1].detail == "ended"
    assert not any(screen.tables.values())
    link.log_in("lee", PASSWORD)
    qtbot.waitUntil(lambda: screen.phase is LinkPhase.LIVE, timeout=3000)
    assert screen.tables["alarms"]
    link.stop()


def test_ages_count_by_the_bridges_clock(room: DeskRoom, desk: tuple[DeskLink, Screen], qtbot: QtBot) -> None:
    room.offset_us = 90_000_000
    qtbot.waitUntil(lambda: abs(desk[0].bridge_now_us() - time.time_ns() // 1000 - 90_000_000) < 200_000, timeout=7000)


@pytest.mark.parametrize(("fault", "detail"), [("desk", "not-enrolled"), ("server", "wrong-key")])
def test_a_desk_that_is_not_let_in_says_why(room: DeskRoom, qtbot: QtBot, fault: str, detail: str) -> None:
    public, secret = zmq.curve_keypair() if fault == "desk" else room.enrolled("desk-1")
    server = zmq.curve_keypair()[0] if fault == "server" else room.server_key
    screen = Screen()
    link = DeskLink(LinkSettings(endpoint=room.gate.endpoint, server_key=server, desk_public=public, desk_secret=secret), screen.handlers())
    link.start()
    qtbot.waitUntil(lambda: bool(screen.states) and screen.states[-1].detail == detail, timeout=8000)
    assert screen.phase is LinkPhase.CONNECTING
    link.stop()


def test_a_fault_in_the_link_is_never_taken_for_silence(room: DeskRoom, qtbot: QtBot) -> None:
    link, screen = linked(room, "desk-1", qtbot)
    link._receiver.call(lambda: 1 / 0)
    qtbot.waitUntil(lambda: screen.phase is LinkPhase.LOST, timeout=2000)
    qtbot.waitUntil(lambda: screen.phase is LinkPhase.LIVE, timeout=6000)
    link.stop()
