"""Desks at a whole running bridge: the same picture on each, one owner an alarm, on after a kill, and nothing that may not be seen."""

import struct
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from desk_room import RawDesk
from live_bridge import PASSWORD, Gateway, LiveBridge, commands_and_queries, fixes_of, now_us, place_of
from stopwatch import Stopwatch


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveBridge]:
    made = LiveBridge(tmp_path_factory.mktemp("live"))
    made.user("kim", "operator")
    made.user("lee", "operator")
    made.user("park", "supervisor")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def gateway(bridge: LiveBridge) -> Iterator[Gateway]:
    made = Gateway(bridge)
    yield made
    made.close()


def alarms_after(desk: RawDesk, wanted: str, timeout_s: float = 10.0) -> dict[str, object]:
    """The row of an alarm of that device, once the desk has it; everything is acknowledged on the way."""
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        message = desk.hear("rows", "snapshot", timeout_s=until - time.monotonic())
        desk.say({"t": "seen", "n": message["n"], "frame": 0})
        for row in message["rows"].get("alarms", ()):
            if row["device"] == wanted:
                return row
    raise AssertionError(f"no alarm of {wanted}")


def test_two_desks_see_the_same_within_a_second_and_one_owns_the_alarm(bridge: LiveBridge, gateway: Gateway) -> None:
    first, second = bridge.desk("desk-1", "kim"), bridge.desk("desk-2", "lee")
    gateway.sos("VIC-1")
    watch = Stopwatch(*bridge.pids)
    one, two = alarms_after(first, "VIC-1"), alarms_after(second, "VIC-1")
    assert watch.seconds() <= 1.0
    assert one["alarm"] == two["alarm"]
    assert (one["kind"], one["level"], one["state"]) == ("sos", "red", "unacknowledged")
    for desk in (first, second):
        desk.say({"t": "act", "id": 1, "do": {"name": "acknowledge-alarm", "alarm": one["alarm"]}})
    answers = [desk.hear("done", "no") for desk in (first, second)]
    assert sorted(answer["t"] for answer in answers) == ["done", "no"]
    owner, other = ("kim", answers[1]) if answers[0]["t"] == "done" else ("lee", answers[0])
    assert other["code"] == "already-acknowledged"
    assert owner in other["detail"]
    for desk in (first, second):
        while alarms_after(desk, "VIC-1")["owner"] != owner:
            pass
        desk.close()


def test_a_killed_bridge_comes_back_and_the_desk_goes_on_with_its_session(bridge: LiveBridge, gateway: Gateway) -> None:
    desk = bridge.desk("desk-3", "kim")
    gateway.sos("VIC-2")
    alarm = alarms_after(desk, "VIC-2")["alarm"]
    desk.say({"t": "act", "id": 2, "do": {"name": "acknowledge-alarm", "alarm": alarm}})
    desk.hear("done")
    ticket = next(message["ticket"] for message in desk.seen if message["t"] == "welcome")
    bridge.kill()
    bridge.start_again()
    desk.seen.clear()
    desk.say({"t": "resume", "proto": 1, "ticket": ticket})
    assert desk.hear("welcome", "no", timeout_s=15)["t"] == "welcome"
    row = alarms_after(desk, "VIC-2")
    assert (row["alarm"], row["owner"]) == (alarm, "kim")
    desk.say({"t": "act", "id": 3, "do": {"name": "acknowledge-alarm", "alarm": alarm}})
    assert desk.hear("done", "no")["code"] in ("already-acknowledged", "already-owner")
    desk.close()


def test_every_look_is_in_the_log_before_its_answer(bridge: LiveBridge) -> None:
    desk = bridge.desk("desk-4", "park")
    desk.say({"t": "ask", "id": 9, "of": {"name": "reveal", "case": "C-3", "person": "V-3", "field": "name"}})
    answer = desk.hear("answer", "no")
    reads = [entry for entry in bridge.log() if entry["event"] == "read" and entry["what"] == "name"]
    assert reads[-1]["user"] == "park"
    assert (reads[-1]["case"], reads[-1]["person"]) == ("C-3", "V-3")
    assert reads[-1]["allowed"] is (answer["t"] == "answer")
    desk.close()


def test_nobody_but_people_with_an_account_gets_anything(bridge: LiveBridge) -> None:
    stranger = RawDesk(bridge, bridge.enrolled("desk-5"))
    assert stranger.log_in("nobody", "whatever it may be")["code"] == "wrong-secret"
    for message in ({"t": "ask", "id": 1, "of": {"name": "search", "text": "C"}}, {"t": "whole"}, {"t": "seen", "n": 0, "frame": 0}):
        stranger.say(message)
        assert stranger.hear("no", "answer", "snapshot")["code"] == "no-session"
    assert {message["t"] for message in stranger.seen} <= {"no", "ping"}
    stranger.close()


def test_wrong_passwords_are_still_counted_after_a_kill(bridge: LiveBridge) -> None:
    bridge.user("guessed", "operator")
    guesser = RawDesk(bridge, bridge.enrolled("desk-guess"))
    assert [guesser.log_in("guessed", "wrong password")["code"] for _ in range(4)] == ["wrong-secret"] * 4
    until = time.monotonic() + 10
    while sum(entry["event"] == "login-failed" and entry["user"] == "guessed" for entry in bridge.log()) < 4:
        assert time.monotonic() < until
    bridge.kill()
    bridge.start_again()
    again = RawDesk(bridge, bridge.enrolled("desk-guess"))
    assert again.log_in("guessed", "wrong password")["code"] == "wrong-secret"
    assert again.log_in("guessed", PASSWORD)["code"] == "locked"


def test_a_user_who_is_shut_out_is_out_at_once(bridge: LiveBridge, tmp_path: Path) -> None:
    bridge.user("choi", "operator")
    desk = bridge.desk("desk-6", "choi")
    desk.hear("snapshot")
    bridge.shell("user", "disable", "choi")
    watch = Stopwatch(*bridge.pids)
    assert desk.hear("ended")["reason"] in ("disabled", "ended")
    assert watch.seconds() <= 1.0
    again = RawDesk(bridge, bridge.enrolled("desk-7"))
    assert again.log_in("choi", "a long enough secret")["code"] == "wrong-secret"
    assert "choi\toperator\tchoi\tdisabled" in bridge.shell("user", "list")
    for one in (desk, again):
        one.close()


@pytest.mark.parametrize("role", ["operator", "supervisor", "trainer", "auditor", "administrator"])
def test_whatever_a_desk_says_it_gets_nothing_beyond_its_users_verdicts(bridge: LiveBridge, gateway: Gateway, role: str) -> None:
    """Case 4 has no alarm and nobody a grant: no name, number, address and no position of the protected person may ever leave."""
    quiet = (place_of(4)[0] + 1.0, place_of(4)[1] + 1.0)
    gateway.hand_in("P", fixes_of("VIC-4", [quiet] * 3))
    gateway.hand_in("P", fixes_of("ANK-4", [(quiet[0] - 0.5, quiet[1])] * 3))
    bridge.user(f"a-{role}", role)
    desk = bridge.desk(f"canary-{role}", f"a-{role}")
    for number, message in enumerate(commands_and_queries(4), 1):
        desk.say({**message, "id": number})
        desk.hear("done", "no", "answer", timeout_s=15)
        desk.say_seen()
    desk.say({"t": "whole"})
    desk.say_seen()
    while desk.hear("snapshot", "rows", timeout_s=15)["t"] != "snapshot":
        desk.say_seen()  # a snapshot waits until what was under way before is taken
    heard = [message for message in desk.seen if message["t"] not in ("ping", "pong")]
    everything = repr(heard)
    for canary in ("CANARYNAME4", "CANARYPHONE4", "CANARYADDRESS4", "CANARYDUTY4"):
        assert canary not in everything
    for message in heard:
        if message["t"] == "frame":
            assert "VIC-4" not in message["frame"]["devices"]
            assert struct.pack("<d", quiet[0]) not in message["frame"]["lat_deg"]
        for row in message.get("rows", {}).get("pairs", ()):
            assert row["case"] != "C-4" or row["distance_m"] is None
    if role in ("trainer", "auditor", "administrator"):
        shown = {table for message in heard for table, rows in message.get("rows", {}).items() if rows}
        assert not shown & {"alarms", "cases", "pairs", "devices", "incidents", "units"}
    desk.close()


def test_every_try_of_a_hostile_desk_is_counted(bridge: LiveBridge) -> None:
    desk = bridge.desk("hostile", "lee")
    random = Random(7)
    tries = 0
    for _ in range(3000):
        tries += 1
        desk.socket.send(random.randbytes(random.randrange(60)))
        if tries % 100 == 0:
            desk.say({"t": "seen", "n": 10**9, "frame": 0})
            tries += 1
            desk.hear("ping")
    watch = Stopwatch(*bridge.pids)
    while counted(bridge, "hostile") < tries:
        assert watch.seconds() < 20, counted(bridge, "hostile")
    assert counted(bridge, "hostile") == tries
    honest = bridge.desk("honest", "lee")
    honest.say({"t": "ask", "id": 1, "of": {"name": "search", "text": "C-1"}})
    assert honest.hear("answer")["hits"]
    for one in (desk, honest):
        one.close()


def counted(bridge: LiveBridge, desk: str) -> int:
    """How many tries of a desk the log counts."""
    told = [str(entry["detail"]).split() for entry in bridge.log() if entry["event"] == "bridge" and entry["what"] == "desk-refused"]
    return sum(int(n) for name, _, n in told if name == desk)


def request(desk: RawDesk, supervisors: tuple[RawDesk, ...], number: int, fields: list[str], span: tuple[int, int]) -> None:
    """Ask for access to the wearer of case 1, and let the supervisors approve it."""
    wanted = {"person": "S-1", "case": "C-1", "purpose": "4-breach-investigation", "reason": "look again", "fields": fields}
    legal = {"from_us": span[0], "to_us": span[1], "paper": "warrant.pdf 00", "on_behalf_of": "station"}
    desk.say({"t": "act", "id": number, "do": {"name": "request-access", **wanted, **legal}})
    made = desk.hear("done", "no")
    assert made["t"] == "done", made
    approval = {"name": "decide-request", "request": made["note"], "decision": "approve", "reason": "warrant seen"}
    for supervisor in supervisors:
        supervisor.say({"t": "act", "id": number, "do": approval})
        decided = supervisor.hear("done", "no")
        assert decided["t"] == "done", decided


def test_a_recording_is_lived_again_under_a_grant_and_only_then(bridge: LiveBridge, gateway: Gateway) -> None:
    began_us = now_us() - 3_600_000_000
    gateway.sos("VIC-1")
    bridge.user("yoon", "supervisor")
    desk, supervisor, second = bridge.desk("viewer", "kim"), bridge.desk("approver", "park"), bridge.desk("approver-2", "yoon")
    span = (began_us, now_us() + 60_000_000)
    desk.say({"t": "act", "id": 1, "do": {"name": "open-recording", "from_us": span[0], "to_us": span[1]}})
    assert desk.hear("done", "no")["code"] == "not-allowed"
    request(desk, (supervisor, second), 2, ["position", "track", "record"], span)
    until = now_us()
    desk.say({"t": "act", "id": 3, "do": {"name": "open-recording", "from_us": span[0], "to_us": until}})
    opened = desk.hear("done", "no")
    assert opened == {"t": "done", "id": 3, "note": "C-1"}
    row = room_row(desk)
    assert (row["replay"], row["playhead"]["at_us"]) == (True, row["playhead"]["from_us"])
    desk.say({"t": "act", "id": 4, "do": {"name": "seek-recording", "at_us": until}})
    desk.hear("done")
    while room_row(desk)["playhead"]["leaps"] < 2:
        pass
    steer_the_recording(desk, until)
    seen = [row for message in desk.seen for row in message.get("rows", {}).get("cases", ())]
    assert {row["case"] for row in seen if row["case"] != "C-1"} <= {"C-2", "C-3", "C-4"}
    supervisor.say({"t": "act", "id": 5, "do": {"name": "end-grant", "grant": grant_of(desk), "reason": "done"}})
    supervisor.hear("done", "no")
    while room_row(desk)["replay"]:
        pass
    assert any(entry["event"] == "read" and entry["what"] == "replay" and entry["user"] == "kim" for entry in bridge.log())
    for one in (desk, supervisor, second):
        one.close()


def steer_the_recording(desk: RawDesk, until: int) -> None:
    """Step, loop, mark and read tracks; nothing of the live room is done from a desk that shows a recording."""

    def act(number: int, **command: object) -> dict[str, object]:
        desk.say({"t": "act", "id": number, "do": command})
        return desk.hear("done", "no")

    assert act(20, name="acknowledge-alarm", alarm="any")["code"] == "recording-shown"
    assert act(21, name="step-recording", to="sideways")["code"] == "unknown-step"
    assert act(22, name="step-recording", to="previous-alarm")["t"] == "done"
    while (row := room_row(desk))["playhead"]["at_us"] >= until:
        pass
    alarm_us = row["playhead"]["at_us"]
    assert alarm_us in [at_us for at_us, entry, _ in row["playhead"]["marks"] if entry == "raised"]
    assert act(23, name="bookmark-recording", at_us=alarm_us, text="here it began")["t"] == "done"
    while [alarm_us, "bookmarked", "here it began"] not in (row := room_row(desk))["playhead"]["marks"]:
        pass
    assert act(24, name="loop-recording", from_us=alarm_us, to_us=alarm_us - 1)["code"] == "bad-period"
    assert act(25, name="loop-recording", from_us=alarm_us - 2_000_000, to_us=alarm_us)["t"] == "done"
    assert act(26, name="play-recording", speed=100.0)["t"] == "done"
    leaps = row["playhead"]["leaps"]
    while (row := room_row(desk))["playhead"]["leaps"] < leaps + 3:
        assert row["playhead"]["at_us"] <= alarm_us
    assert act(27, name="play-recording", speed=0.0)["t"] == "done"
    leaps = room_row(desk)["playhead"]["leaps"]
    assert act(29, name="seek-recording", at_us=until)["t"] == "done"  # wherever the loop was stopped
    while room_row(desk)["playhead"]["leaps"] <= leaps:
        pass
    desk.say({"t": "ask", "id": 28, "of": {"name": "read-track", "device": "ANK-1", "case": "C-1", "from_us": 0, "to_us": until}})
    answer = desk.hear("answer", "no")
    assert answer["t"] == "answer", answer
    assert answer["track"]["device"] == "ANK-1"


def room_row(desk: RawDesk) -> dict[str, object]:
    """The next row about the room that comes."""
    desk.say_seen()
    while True:
        message = desk.hear("rows", "snapshot", timeout_s=15)
        desk.say_seen()
        for row in message["rows"].get("room", ()):
            return row


def grant_of(desk: RawDesk) -> str:
    """The grant that the desk was told of."""
    return next(row["grant"] for message in desk.seen for row in message.get("rows", {}).get("grants", ()))
