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
            return room.troubles.get(timeout=0.02)
        except queue.Empty:
            continue
    return None


def test_each_station_that_it_does_not_come_to_is_named_and_its_return_told(bridge: LaneBridge) -> None:
    room = Room()
    with heartbeat_of(bridge, room) as test:
        assert trouble(room, bridge, test, 2.0) is None
        room.shows = False
        assert trouble(room, bridge, test, 8.0) == Trouble(code="self-test", on=True, detail="desks")
        room.shows = True
        assert trouble(room, bridge, test, 8.0) == Trouble(code="self-test", on=False)
        room.decides = False
        assert trouble(room, bridge, test, 8.0) == Trouble(code="self-test", on=True, detail="decision")
        room.decides = True
        assert trouble(room, bridge, test, 8.0) == Trouble(code="self-test", on=False)
        bridge.frozen.set()
        gone = trouble(room, bridge, test, 8.0)
        assert gone is not None
        assert gone.on
        assert gone.detail in ("gate", "ack")
        bridge.frozen.clear()


def test_a_running_bridge_tests_itself_and_keeps_nothing_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "room"
    with served(folder):
        until = time.monotonic() + 40
        while not any(entry["event"] == "self-test" for entry in log_of(folder)):
            assert time.monotonic() < until
            time.sleep(1.0)
        assert shell("fixes", "--count", "--data", folder).stdout.strip() == "0"
    entries = log_of(folder)
    assert not [entry for entry in entries if entry["event"] in ("link", "raised", "trouble", "device-heard", "quarantined")]
    assert ".self-test" not in json.dumps(entries)
    assert "all is as it was written" in shell("verify", "--data", folder).stdout
