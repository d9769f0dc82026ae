"""The end-to-end heartbeat against real ports: it comes the whole way, and where it does not it says how far it came."""

import json
import queue
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bridge_shell import log_of, served, shell
from lane_bridge import LaneBridge, now_us

from backend_bridge.adapters.self_test_gateway import Pace, SelfTestGateway
from backend_bridge.application.inbox import Trouble
from backend_bridge.application.outcome import Outcome, Taken
from backend_bridge.domain.outcomes.bridge_events import SelfTested

PACE = Pace(first_s=0.0, every_s=0.3, within_s=1.5)


class Room:
    """What stands behind the gate: it decides about the test, shows it, or does neither."""

    def __init__(self) -> None:
        self.decides = self.shows = True
        self.is_told_of = False
        self.troubles: queue.SimpleQueue[Trouble] = queue.SimpleQueue()

    def decide(self, bridge: LaneBridge, test: SelfTestGateway) -> None:
        """Take what came since the last call."""
        while bridge.accepted:
            data = bridge.accepted.pop(0)
            if self.decides:
                event = SelfTested(number=data.seq, measured_us=now_us(), probability=1.0)
                taken = Taken(now_us=now_us(), first_n=1)
                test.tell(Outcome(taken=taken, events=(event,), effects=(), lane_effects=(), replies=()))


@contextmanager
def heartbeat_of(bridge: LaneBridge, room: Room) -> Iterator[SelfTestGateway]:
    def show(number: int) -> None:
        if room.shows:
            test.shown(number)

    test = SelfTestGateway(bridge.public_key, now_us, room.troubles.put, show, PACE)
    bridge.enrolments = test.among(bridge.enrolments)
    test.start(bridge.gate.endpoint)
    try:
        yield test
    finally:
        test.stop()


@pytest.fixture
def bridge() -> Iterator[LaneBridge]:
    with LaneBridge() as running:
        yield running


def trouble(room: Room, bridge: LaneBridge, test: SelfTestGateway, within_s: float) -> Trouble | None:
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        room.decide(bridge, test)
        try:
            found = room.troubles.get(timeout=0.02)
        except queue.Empty:
            continue
        room.is_told_of = found.on
        return found
    return None


def all_is_well(room: Room, bridge: LaneBridge, test: SelfTestGateway) -> None:
    """Wait until nothing is told for a while: a machine that has no time for it makes the test late, but not for ever."""
    for _ in range(60):
        if trouble(room, bridge, test, 2.0) is None and not room.is_told_of:
            return
    raise AssertionError("it is told of although all is well")


def told(room: Room, bridge: LaneBridge, test: SelfTestGateway, *, on: bool) -> str:
    """The station that the next trouble names: they come and go in turn."""
    found = trouble(room, bridge, test, 60.0)
    assert found is not None, "nothing was told"
    assert (found.code, found.on) == ("self-test", on)
    return found.detail


@pytest.mark.timeout(900)
def test_each_station_that_it_does_not_come_to_is_named_and_its_return_told(bridge: LaneBridge) -> None:
    room = Room()
    with heartbeat_of(bridge, room) as test:
        for station, breaks in (("desks", "shows"), ("decision", "decides")):
            for _ in range(10):
                all_is_well(room, bridge, test)
                setattr(room, breaks, False)
                named = told(room, bridge, test, on=True)
                setattr(room, breaks, True)
                assert told(room, bridge, test, on=False) == ""
                if named == station:
                    break
            assert named == station
        all_is_well(room, bridge, test)
        bridge.frozen.set()
        assert told(room, bridge, test, on=True) in ("gate", "ack")
        bridge.frozen.clear()


@pytest.mark.timeout(400)
def test_a_running_bridge_tests_itself_and_keeps_nothing_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "room"
    with served(folder):
        until = time.monotonic() + 150
        while not any(entry["event"] == "self-test" for entry in log_of(folder)):
            assert time.monotonic() < until
            time.sleep(1.0)
        assert shell("fixes", "--count", "--data", folder).stdout.strip() == "0"
    entries = log_of(folder)
    assert not [entry for entry in entries if entry["event"] in ("link", "raised", "trouble", "device-heard", "quarantined")]
    assert ".self-test" not in json.dumps(entries)
    assert "all is as it was written" in shell("verify", "--data", folder).stdout
