"""The desks' gate over real TCP and CURVE, met by a client that is written from the document alone."""

import time
from collections.abc import Iterator
from dataclasses import replace

import msgspec
import pytest
import zmq
from builders import evening
from desk_room import CHEAP, PASSWORD, DeskRoom, RawDesk
from stopwatch import Stopwatch

from backend_bridge.adapters.user_accounts import with_password
from backend_bridge.application.inbox import Act, CloseSession, LoginRefused, OpenSession, Trouble
from backend_bridge.application.outcome import Reply
from backend_bridge.application.rows import GatewayRow, PositionFrame
from backend_bridge.application.tables import Table, TableChange
from backend_bridge.domain.access.session import SessionPolicy
from backend_bridge.domain.identifiers import DeviceId, GatewayName
from backend_bridge.domain.quantities import MICROSECONDS


def gateway(name: str, fixes_per_s: float = 1.0) -> GatewayRow:
    return GatewayRow(
        gateway=GatewayName(name),
        up=True,
        last_heard_us=1,
        n_devices=1,
        fixes_per_s=fixes_per_s,
        holes=0,
        lost=0,
        quarantined=0,
        revoked=False,
    )


def frame(at_us: int) -> PositionFrame:
    eight, four, one = bytes(8), bytes(4), bytes(1)
    return PositionFrame(
        at_us=at_us,
        devices=(DeviceId("ANK-1"),),
        lat_deg=eight,
        lon_deg=eight,
        accuracy_m=four,
        speed_mps=four,
        course_deg=four,
        measured_us=eight,
        freshness=one,
        reach_m=four,
        part=one,
        level=one,
    )


@pytest.fixture
def room() -> Iterator[DeskRoom]:
    made = DeskRoom()
    yield made
    made.stop()


@pytest.fixture
def desk(room: DeskRoom) -> Iterator[RawDesk]:
    made = RawDesk(room, room.enrolled("desk-1"))
    yield made
    made.close()


def test_a_person_logs_in_and_gets_everything_then_what_changes(room: DeskRoom, desk: RawDesk) -> None:
    room.gate.publish("room", (TableChange(table=Table.GATEWAYS, put=(gateway("g1"), gateway("g2"))),))
    welcome = desk.log_in()
    assert (welcome["user"], welcome["role"], welcome["desk"]) == ("kim", "operator", "desk-1")
    snapshot = desk.hear("snapshot")
    assert snapshot["first"] is snapshot["last"] is True
    assert [row["gateway"] for row in snapshot["rows"]["gateways"]] == ["g1", "g2"]
    room.gate.publish("room", (TableChange(table=Table.GATEWAYS, put=(gateway("g1", 9.0),), gone=("g2",)),))
    gone, put = desk.hear("rows"), desk.hear("rows")
    assert gone["rows"] == {"gone": {"gateways": ["g2"]}}
    assert put["rows"]["gateways"][0]["fixes_per_s"] == 9.0
    assert [snapshot["n"], gone["n"], put["n"]] == [1, 2, 3]


def test_what_did_not_change_is_not_sent(room: DeskRoom, desk: RawDesk) -> None:
    room.gate.publish("room", (TableChange(table=Table.GATEWAYS, put=(gateway("g1"),)),))
    desk.log_in()
    desk.hear("snapshot")
    room.gate.publish("room", (TableChange(table=Table.GATEWAYS, put=(gateway("g1"),)),), whole=True)
    room.gate.publish("room", (TableChange(table=Table.GATEWAYS, put=(gateway("g3"),)),), whole=True)
    assert desk.hear("rows")["rows"] == {"gone": {"gateways": ["g1"]}}
    assert desk.hear("rows")["rows"]["gateways"][0]["gateway"] == "g3"


def test_the_session_is_in_the_inbox_before_any_row_leaves(room: DeskRoom, desk: RawDesk) -> None:
    room.views = ()
    room.gate.publish("room", (TableChange(table=Table.GATEWAYS, put=(gateway("g1"),)),))
    desk.log_in()
    opened = room.next_of(OpenSession)
    with pytest.raises(AssertionError):
        desk.hear("snapshot", "rows", "frame", timeout_s=0.4)
    assert isinstance(opened, OpenSession)
    room.gate.show(opened.seat, ("room",))
    desk.hear("snapshot")


def test_a_wrong_password_and_an_unknown_name_are_told_alike_and_logged_apart(room: DeskRoom, desk: RawDesk) -> None:
    wrong = desk.log_in("kim", "not the password")
    unknown = desk.log_in("nobody", "not the password")
    assert {**wrong, "n": 0} == {**unknown, "n": 0}
    assert [room.next_of(LoginRefused).reason for _ in range(2)] == ["wrong-secret", "unknown"]


def test_five_wrong_passwords_shut_a_user_out(room: DeskRoom) -> None:
    first, second = (RawDesk(room, room.enrolled(f"desk-{n}")) for n in (1, 2))
    codes = [first.log_in("kim", "wrong password")["code"] for _ in range(5)]
    assert codes == ["wrong-secret"] * 5
    assert second.log_in("kim", PASSWORD)["code"] == "locked"
    assert second.log_in("lee", PASSWORD)["t"] == "welcome"
    room.offset_us = 16 * 60 * MICROSECONDS
    third = RawDesk(room, room.enrolled("desk-3"))
    assert third.log_in("kim", PASSWORD)["t"] == "welcome"
    for one in (first, second, third):
        one.close()


def test_nobody_gets_in_with_a_key_that_is_not_enrolled(room: DeskRoom) -> None:
    stranger = RawDesk(room, zmq.curve_keypair())
    with pytest.raises(AssertionError):
        stranger.hear("ping", timeout_s=1.5)
    stranger.close()


def test_a_desk_whose_key_is_removed_is_out_within_a_second(room: DeskRoom, desk: RawDesk) -> None:
    desk.log_in()
    desk.hear("snapshot")
    room.desks = {}
    watch = Stopwatch()
    assert desk.hear("ended")["reason"] == "revoked"
    assert watch.seconds() <= 1.0
    room.gate.publish("room", (TableChange(table=Table.GATEWAYS, put=(gateway("g9"),)),))
    with pytest.raises(AssertionError):
        desk.hear("rows", "snapshot", timeout_s=0.5)


@pytest.mark.parametrize("how", ["ended", "disabled", "role"])
def test_a_session_ended_centrally_is_over_within_a_second_and_its_ticket_is_worthless(room: DeskRoom, desk: RawDesk, how: str) -> None:
    ticket = desk.log_in()["ticket"]
    if how == "ended":
        room.gate.end_sessions("kim")
    elif how == "disabled":
        room.accounts["kim"] = replace(room.accounts["kim"], enabled=False)
    else:
        room.accounts["kim"] = replace(room.accounts["kim"], role="auditor")
    watch = Stopwatch()
    desk.hear("ended")
    assert watch.seconds() <= 1.0
    desk.say({"t": "ask", "id": 1, "of": {"name": "search", "text": "a"}})
    assert desk.hear("no")["code"] == "no-session"
    if how != "role":
        desk.say({"t": "resume", "proto": 1, "ticket": ticket})
        assert desk.hear("no")["code"] == "bad-ticket"


def test_a_ticket_is_worth_nothing_under_another_key(room: DeskRoom, desk: RawDesk) -> None:
    ticket = desk.log_in()["ticket"]
    thief = RawDesk(room, room.enrolled("desk-2"))
    thief.say({"t": "resume", "proto": 1, "ticket": ticket})
    assert thief.hear("no", "welcome")["code"] == "bad-ticket"
    thief.say({"t": "resume", "proto": 1, "ticket": ticket[:-1] + b"x"})
    assert thief.hear("no", "welcome")["code"] == "bad-ticket"
    thief.close()


def test_a_broken_link_goes_on_with_the_same_seat_and_a_snapshot(room: DeskRoom) -> None:
    keys = room.enrolled("desk-1")
    before = RawDesk(room, keys)
    welcome = before.log_in()
    before.close()
    after = RawDesk(room, keys)
    after.say({"t": "resume", "proto": 1, "ticket": welcome["ticket"]})
    again = after.hear("welcome")
    assert again["seat"] == welcome["seat"]
    assert after.hear("snapshot")["first"]
    assert sum(isinstance(room.handed_in.get_nowait(), OpenSession) for _ in range(room.handed_in.qsize())) == 1
    after.close()


def test_a_ticket_outlives_a_restart_of_the_bridge(room: DeskRoom, desk: RawDesk) -> None:
    ticket = desk.log_in()["ticket"]
    endpoint = room.gate.endpoint
    room.gate.stop()
    assert desk.hear("ended")["reason"] == "stopping"
    again = DeskRoom(secret_key=room.secret_key, bind=endpoint)
    again.desks, again.accounts = room.desks, room.accounts
    desk.say({"t": "resume", "proto": 1, "ticket": ticket})
    assert desk.hear("welcome")["user"] == "kim"
    desk.hear("snapshot")
    again.gate.stop()


def test_a_lock_hides_persons_and_positions_and_goes_on_with_alarms(room: DeskRoom, desk: RawDesk) -> None:
    room.gate.publish("room", (TableChange(table=Table.ALARMS, put=evening()), TableChange(table=Table.GATEWAYS, put=(gateway("g1"),))))
    desk.log_in()
    assert desk.hear("snapshot")["rows"]["alarms"][0]["case"]
    desk.say({"t": "lock"})
    assert desk.hear("locked")["on"] is True
    desk.say({"t": "seen", "n": 1, "frame": 0})
    hidden = desk.hear("snapshot")["rows"]
    assert set(hidden) <= {"alarms", "session", "room", "gone"}
    assert len(hidden["alarms"]) == len(evening())
    assert all(row["masked"] and row["case"] is row["subject"] is row["device"] is row["place"] is None for row in hidden["alarms"])
    room.gate.publish_frame("room", frame(1))
    desk.say({"t": "ask", "id": 3, "of": {"name": "search", "text": "a"}})
    assert desk.hear("no", "frame")["code"] == "desk-locked"
    desk.say({"t": "unlock", "password": "not it at all"})
    assert desk.hear("no", "locked", "frame")["code"] == "wrong-secret"
    desk.say({"t": "unlock", "password": PASSWORD})
    assert desk.hear("locked", "frame")["on"] is False
    desk.say({"t": "seen", "n": 2, "frame": 0})
    assert desk.hear("snapshot")["rows"]["alarms"][0]["case"]


def test_a_desk_that_nobody_touches_is_locked_by_the_bridge() -> None:
    room = DeskRoom(policy=SessionPolicy(idle_lock_us=2 * MICROSECONDS))
    desk = RawDesk(room, room.enrolled("desk-1"))
    desk.log_in()
    desk.say({"t": "ping", "sent_us": 1, "idle_s": 30})
    assert desk.hear("locked")["on"] is True
    desk.close()
    room.gate.stop()


def test_a_slow_desk_loses_frames_and_nothing_else(room: DeskRoom, desk: RawDesk) -> None:
    desk.log_in()
    desk.hear("snapshot")
    for n in range(1, 60):
        room.gate.publish_frame("room", frame(n))
        time.sleep(0.005)
    first = desk.hear("frame")
    with pytest.raises(AssertionError):
        desk.hear("frame", timeout_s=0.5)
    desk.say({"t": "seen", "n": 1, "frame": first["k"]})
    assert desk.hear("frame")["frame"]["at_us"] == 59


def test_a_desk_that_takes_nothing_is_given_a_snapshot_when_it_is_back(room: DeskRoom, desk: RawDesk) -> None:
    desk.log_in()
    desk.hear("snapshot")
    for n in range(4200):
        room.gate.publish("room", (TableChange(table=Table.GATEWAYS, put=(gateway("g1", float(n)),)),))
    newest = 0
    while True:
        message = desk.hear("rows", "snapshot")
        newest = message["n"]
        desk.say({"t": "seen", "n": newest, "frame": 0})
        if message["t"] == "snapshot":
            break
    assert message["rows"]["gateways"][0]["fixes_per_s"] == 4199.0
    assert newest < 4000


def test_acts_are_answered_by_their_number(room: DeskRoom, desk: RawDesk) -> None:
    def answer(act: Act) -> None:
        why, said = ("already-acknowledged", "lee has it.") if act.command.alarm == "taken" else (None, None)
        room.gate.reply(Reply(act=act.act, seat=act.seat, refusal=why, sentence=said))

    room.on_act = answer
    desk.log_in()
    desk.say({"t": "act", "id": 70, "do": {"name": "acknowledge-alarm", "alarm": "free"}})
    assert desk.hear("done", "no") == {"t": "done", "id": 70}
    desk.say({"t": "act", "id": 71, "do": {"name": "acknowledge-alarm", "alarm": "taken"}})
    assert desk.hear("done", "no") == {"t": "no", "id": 71, "code": "already-acknowledged", "detail": "lee has it."}


def test_a_made_up_password_must_be_changed_before_anything_is_shown(room: DeskRoom, desk: RawDesk) -> None:
    room.accounts["kim"] = replace(room.accounts["kim"], must_change_password=True)
    assert desk.log_in()["must_change_password"] is True
    desk.say({"t": "ask", "id": 1, "of": {"name": "search", "text": "a"}})
    assert desk.hear("no", "snapshot")["code"] == "password-due"
    desk.say({"t": "password", "old": PASSWORD, "new": "short"})
    assert desk.hear("no", "snapshot")["code"] == "weak-password"
    desk.say({"t": "password", "old": PASSWORD, "new": "quite another secret"})
    desk.hear("done")
    desk.hear("snapshot")
    assert CHEAP.is_right(room.accounts["kim"].secret, "quite another secret")


def test_a_password_set_by_an_administrator_ends_the_sessions(room: DeskRoom, desk: RawDesk) -> None:
    desk.log_in()
    room.accounts["kim"] = with_password(room.accounts["kim"], "the administrator's choice", time.time_ns() // 1000 + 1, CHEAP)
    assert desk.hear("ended")["reason"] == "ended"


def test_logging_in_again_at_the_same_desk_ends_what_was_open(room: DeskRoom) -> None:
    keys = room.enrolled("desk-1")
    first, second = RawDesk(room, keys), RawDesk(room, keys)
    first.log_in("kim")
    second.log_in("lee")
    assert first.hear("ended")["reason"] == "elsewhere"
    assert isinstance(room.next_of(CloseSession), CloseSession)
    first.close()
    second.close()


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"\xc1",
        b"\x80",
        msgspec.msgpack.encode([1, 2]),
        msgspec.msgpack.encode({"t": "nothing"}),
        msgspec.msgpack.encode({"t": "ping", "sent_us": 1, "surplus": 1}),
        msgspec.msgpack.encode({"t": "act", "id": 1, "do": {"name": "acknowledge-alarm", "alarm": "a", "user": "lee"}}),
        msgspec.msgpack.encode({"t": "act", "id": 1, "do": {"name": "acknowledge-alarm", "alarm": "a" * 5000}}),
        msgspec.msgpack.encode({"t": "act", "id": 1, "do": {"name": "shelve-alarm", "alarm": "a", "minutes": 2**60, "reason": "x"}}),
        msgspec.msgpack.encode(
            {"t": "ask", "id": 1, "of": {"name": "rank-units", "incident": "i", "destination": {"lat_deg": float("nan"), "lon_deg": 1.0}}}
        ),
        msgspec.msgpack.encode(
            {"t": "ask", "id": 1, "of": {"name": "rank-units", "incident": "i", "destination": {"lat_deg": 91.0, "lon_deg": 1.0}}}
        ),
        b"\x81" + msgspec.msgpack.encode("t") + b"\xd9\x02\xff\xfe",
        b"\x91" * 5000,
    ],
)
def test_what_is_not_of_the_protocol_is_refused_counted_and_harms_nobody(room: DeskRoom, desk: RawDesk, bad: bytes) -> None:
    desk.log_in()
    desk.socket.send(bad)
    assert desk.hear("no")["code"] == "malformed"
    desk.socket.send_multipart([bad, b"more"])
    assert desk.hear("no")["code"] == "malformed"
    desk.say({"t": "act", "id": 5, "do": {"name": "unshelve-alarm", "alarm": "a"}})
    assert desk.hear("done")["id"] == 5
    until = time.monotonic() + 3
    while room.refused.get("malformed", 0) < 2 and time.monotonic() < until:
        desk.hear("ping")
    assert room.refused["malformed"] == 2


def test_a_desk_whose_link_is_dead_is_told_and_its_return_too(room: DeskRoom) -> None:
    keys = room.enrolled("desk-1")
    first = RawDesk(room, keys)
    ticket = first.log_in()["ticket"]
    first.close()
    dead = room.next_of(Trouble, timeout_s=15.0)
    assert dead == Trouble(code="desk-link:desk-1", on=True)
    second = RawDesk(room, keys)
    second.say({"t": "resume", "proto": 1, "ticket": ticket})
    assert second.hear("welcome", "no")["t"] == "welcome"
    assert room.next_of(Trouble) == Trouble(code="desk-link:desk-1", on=False)
    second.close()
