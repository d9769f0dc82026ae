"""The gateways' port as a gateway meets it: TCP, CURVE, real sockets, messages of its own making."""

import time
from collections.abc import Iterator
from dataclasses import replace
from queue import Empty

import pytest
from lane_bodies import ROW, body_of
from lane_bridge import LaneBridge, Wire, now_us, pack, wired
from stopwatch import Stopwatch

from backend_bridge.adapters.gateway_gate import GatewayGate
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.domain.identifiers import DeviceId, GatewayName
from backend_bridge.domain.outcomes.lane_effects import AskKind, SendAsk
from backend_bridge.domain.outcomes.lane_events import LinkChanged, Quarantined

EPOCH = 2**64 - 3
SOS = {"device": "ANK-0001", "measured_at": "2026-11-01T00:00:00Z", "kind": "sos"}


@pytest.fixture
def bridge() -> Iterator[LaneBridge]:
    with LaneBridge() as running:
        yield running


@pytest.fixture
def wire(bridge: LaneBridge) -> Iterator[Wire]:
    with wired(bridge, bridge.enrol("north")) as made:
        yield made


def fixes(n: int = 1) -> bytes:
    return body_of([{**ROW, "measured_at": now_us() - 1_000_000, "device_seq": seq} for seq in range(n)])


def test_a_gateway_is_welcomed_acked_and_pinged(bridge: LaneBridge, wire: Wire) -> None:
    welcome = wire.hello("P", EPOCH)
    assert (welcome["t"], welcome["epoch"], welcome["resume_after"]) == ("welcome", EPOCH, 0)
    for seq in (1, 2, 3):
        wire.data("P", EPOCH, seq, fixes(100))
    while (ack := wire.hear("ack"))["seq"] != 3:
        pass
    assert set(ack) == {"t", "lane", "epoch", "seq", "credit"}
    bridge.wait_for(lambda: len(bridge.accepted) == 3)
    assert sum(len(one.fixes) for one in bridge.accepted if one.fixes is not None) == 300
    assert wire.hear("ping", timeout_s=2.0)["echo"] == 0
    wire.say({"t": "ping", "sent_at": 12345, "echo": 0})
    assert wire.hear("pong", timeout_s=2.0)["echo"] == 12345


def test_events_and_fixes_have_lanes_of_their_own(bridge: LaneBridge, wire: Wire) -> None:
    for lane in "APB":
        wire.hello(lane, EPOCH)
    wire.data("A", EPOCH, 1, pack([SOS]))
    wire.data("B", EPOCH, 1, fixes())
    wire.data("P", EPOCH, 2, fixes())
    heard = {wire.hear("ack")["lane"]: None for _ in range(3)}
    assert set(heard) == {"A", "B", "P"}
    bridge.wait_for(lambda: len(bridge.accepted) == 3)
    assert [event.kind for one in bridge.accepted for event in one.events] == ["sos"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"junk", "malformed"),
        (body_of([{**ROW, "lat": 91.0}]), "range"),
        (body_of([{**ROW, "lat": None}]), "schema"),
        (body_of([{**ROW, "measured_at": 2**62}]), "future"),
        (body_of([{**ROW, "device": "DOG-1"}]), "unknown_device"),
        (body_of([{**ROW, "device": "BUS-1"}]), "not_yours"),
        (bytes(70_000), "too_large"),
        (bytes(1024 * 1024), "too_large"),
    ],
)
def test_bad_bodies_are_rejected_with_their_code_and_the_lane_goes_on(bridge: LaneBridge, wire: Wire, body: bytes, code: str) -> None:
    bridge.enrol("south", "BUS-*")
    wire.hello("P", EPOCH)
    wire.data("P", EPOCH, 1, body)
    wire.data("P", EPOCH, 2, fixes())
    reject = wire.hear("reject")
    assert (reject["seq"], reject["code"], reject["epoch"]) == (1, code, EPOCH)
    while wire.hear("ack")["seq"] != 2:
        pass
    assert [event.code for event in bridge.events if isinstance(event, Quarantined)] == [code]


def test_what_exceeds_even_the_socket_is_cut_off_and_reported(bridge: LaneBridge, wire: Wire) -> None:
    wire.hello("P", EPOCH)
    wire.data("P", EPOCH, 1, bytes(1024 * 1024 + 4096))
    bridge.wait_for(lambda: bridge.count("peer-trouble") > 0)
    wire.hello("P", EPOCH, first=1, last=1)


def test_frames_and_headers_out_of_shape_are_rejected_or_quarantined(bridge: LaneBridge, wire: Wire) -> None:
    wire.hello("P", EPOCH)
    header = {"t": "data", "lane": "P", "epoch": EPOCH, "seq": 1, "sent_at": 0}
    wire.say(header, fixes(), b"third")
    assert wire.hear("reject")["code"] == "malformed"
    wire.say({**header, "seq": 2, "pad": "x" * 1100}, fixes())
    assert wire.hear("reject")["code"] == "malformed"
    wire.say(b"\xc1\xff", fixes())
    wire.say({**header, "t": "shout", "seq": 3}, fixes())
    wire.say({**header, "seq": -1}, fixes())
    bridge.wait_for(lambda: bridge.count("quarantined") == 5)
    with pytest.raises(Empty):
        wire.hear("reject", timeout_s=0.3)


def test_a_hole_is_asked_for_twice_and_ends_by_lost(bridge: LaneBridge, wire: Wire) -> None:
    wire.hello("P", EPOCH)
    wire.data("P", EPOCH, 4, fixes())
    watch = Stopwatch()
    first = wire.hear("nak", timeout_s=2.0)
    assert (first["from"], first["to"]) == (1, 3)
    assert watch.seconds() <= 2.0
    asked, watch = time.monotonic(), Stopwatch()
    wire.hear("nak", timeout_s=2.2)
    assert time.monotonic() - asked >= 0.9
    assert watch.seconds() <= 2.1
    wire.say({"t": "lost", "lane": "P", "epoch": EPOCH, "from": 1, "to": 3, "reason": "disk full"})
    while wire.hear("ack")["seq"] != 4:
        pass
    assert [event.entry for event in bridge.events] == ["link", "hole", "lost"]


def test_a_revoked_gateway_is_cut_off_within_a_second_on_its_live_connection(bridge: LaneBridge, wire: Wire) -> None:
    wire.hello("P", EPOCH)
    bridge.revoke("north")
    bridge.wait_for(lambda: any(isinstance(event, LinkChanged) and event.reason == "revoked" for event in bridge.events), 1.0)
    wire.data("P", EPOCH, 1, fixes())
    with pytest.raises(Empty):
        wire.hear("ack", timeout_s=0.5)
    assert not bridge.accepted


def test_a_replaced_key_ends_the_old_connection_and_finds_the_lane_as_it_was(bridge: LaneBridge, wire: Wire) -> None:
    wire.hello("P", EPOCH)
    wire.data("P", EPOCH, 1, fixes())
    wire.hear("ack")
    with wired(bridge, bridge.enrol("north")) as successor:
        assert successor.hello("P", EPOCH, first=2, last=1)["resume_after"] == 1
        wire.data("P", EPOCH, 2, fixes())
        with pytest.raises(Empty):
            wire.hear("ack", timeout_s=0.3)


def test_a_silent_gateway_is_down_after_three_seconds(bridge: LaneBridge, wire: Wire) -> None:
    wire.hello("P", EPOCH)
    began = time.monotonic()
    bridge.wait_for(lambda: any(isinstance(event, LinkChanged) and event.state == "down" for event in bridge.events), 4.5)
    assert time.monotonic() - began >= 2.5


def test_a_bridge_whose_engine_stands_still_gives_no_sign_of_life(bridge: LaneBridge, wire: Wire) -> None:
    wire.hello("P", EPOCH)
    bridge.frozen.set()
    quiet_since = None
    until = time.monotonic() + 8.0
    while quiet_since is None and time.monotonic() < until:
        wire.say({"t": "ping", "sent_at": 1, "echo": 0})
        try:
            wire.hear("ping", "pong", timeout_s=1.5)
        except Empty:
            quiet_since = time.monotonic()
    assert quiet_since is not None
    bridge.frozen.clear()
    wire.hear("ping", timeout_s=3.0)


def test_a_device_can_be_asked_and_its_answer_comes_back(bridge: LaneBridge, wire: Wire) -> None:
    wire.hello("A", EPOCH)
    ask = SendAsk(gateway=GatewayName("north"), id=9, device=DeviceId("ANK-0001"), what=AskKind.RATE, value=5.0)
    bridge.perform([ask, replace(ask, gateway=GatewayName("nobody"))])
    asked = wire.hear("ask")
    assert (asked["id"], asked["device"], asked["what"], asked["value"]) == (9, "ANK-0001", "rate", 5.0)
    wire.say({"t": "answer", "id": 9, "ok": True, "detail": "every 5 s"})
    bridge.wait_for(lambda: len(bridge.answers) == 1)


def test_a_taken_port_is_one_clear_sentence(bridge: LaneBridge) -> None:
    second = GatewayGate(bind=bridge.gate.endpoint, secret_key=bridge.secret_key, enrolments=tuple, clock=now_us, inbox=bridge.inbox)
    with pytest.raises(InputRefusedError, match="cannot be listened on"):
        second.start()
    second.stop()
