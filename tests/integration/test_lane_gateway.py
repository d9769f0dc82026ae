"""The store-and-forward gateway against a real port: nothing is lost over restarts of either side, and numbers stay exact."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from lane_bodies import ROW, body_of, decoded
from lane_bridge import LaneBridge, now_us

from backend_bridge.adapters.gateway_client import GatewayClient
from backend_bridge.adapters.gateway_playback import Playback
from backend_bridge.adapters.gateway_queue import DiskQueue
from backend_bridge.adapters.gateway_simulator import GatewaySimulator
from backend_bridge.adapters.lane_headers import AnswerHeader
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, GatewayName
from backend_bridge.domain.outcomes.lane_effects import AskKind, SendAsk
from backend_bridge.domain.outcomes.lane_events import LinkChanged

KEY = bytes(32)


def fix_body(seq: int) -> bytes:
    return body_of([{**ROW, "measured_at": now_us() - 1_000_000, "device_seq": seq}])


def recording(n: int = 40) -> FixBatch:
    """Fixes a tenth of a second apart, one of them received three minutes late."""
    fixes = decoded(body_of([{**ROW, "device": f"ANK-{seq % 4:04}", "device_seq": seq} for seq in range(n)])).fixes
    assert fixes is not None
    fixes.received_us.flags.writeable = True
    fixes.received_us[:] = fixes.measured_us + np.arange(n) * 100_000 + 1_000_000
    measured = fixes.received_us - 1_000_000
    measured[n // 2] -= 180_000_000
    return FixBatch(**{name: getattr(fixes, name) for name in fixes.__slots__} | {"measured_us": measured})


class Client:
    """A gateway's client that turns until a test has seen enough."""

    def __init__(self, bridge: LaneBridge, secret: str, queue: DiskQueue) -> None:
        self.client = GatewayClient(
            to=bridge.gate.endpoint,
            server_key=bridge.public_key,
            secret_key=secret,
            queue=queue,
            clock=now_us,
            answer=lambda ask: AnswerHeader(ask.id, ok=True),
        )

    def until(self, condition: Callable[[], bool]) -> None:
        for _ in range(2000):
            self.client.turn(10)
            if condition():
                return
        raise AssertionError("it never came so far")


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[DiskQueue]:
    made = DiskQueue(tmp_path / "queue", KEY)
    yield made
    made.close()


@pytest.mark.parametrize("start", [2**31 - 10, 2**32 - 10, 2**53 - 10, 2**63 - 10, 2**64 - 21])
def test_numbers_near_every_edge_arrive_as_they_are(tmp_path: Path, start: int) -> None:
    queue = DiskQueue(tmp_path / "queue", KEY, first_seq=start)
    with LaneBridge() as bridge:
        client = Client(bridge, bridge.enrol("north"), queue)
        queue.add(Lane.POSITIONS, [fix_body(seq) for seq in range(20)])
        client.until(queue.is_empty)
        bridge.wait_for(lambda: len(bridge.accepted) == 20)
        assert [one.seq for one in bridge.accepted] == list(range(start, start + 20))
        assert {(event.entry) for event in bridge.events} == {"link", "hole", "lost"}
        assert bridge.book.missing(GatewayName("north")) == 0
        client.client.close()
    queue.close()


def test_a_bridge_that_dies_and_comes_back_gets_every_message_once(queue: DiskQueue) -> None:
    first = LaneBridge()
    with first:
        secret = first.enrol("north")
        client = Client(first, secret, queue)
        queue.add(Lane.POSITIONS, [fix_body(seq) for seq in range(50)])
        client.until(lambda: len(first.accepted) >= 10)
        first.frozen.set()
        queue.add(Lane.POSITIONS, [fix_body(seq) for seq in range(50, 80)])
        for _ in range(20):
            client.client.turn(10)
    with LaneBridge(first) as second:
        client.until(queue.is_empty)
        second.wait_for(lambda: len(first.accepted) + len(second.accepted) >= 80)
        assert sorted(one.seq for one in first.accepted + second.accepted) == list(range(1, 81))
        second.wait_for(lambda: second.count("link") > 0)
        assert next(event.reason for event in second.events if isinstance(event, LinkChanged)) == "restart"
        client.client.close()


def test_a_gateway_that_dies_goes_on_from_its_disk(tmp_path: Path) -> None:
    with LaneBridge() as bridge:
        secret = bridge.enrol("north")
        before = DiskQueue(tmp_path / "queue", KEY)
        before.add(Lane.ALARMS, [])
        before.add(Lane.POSITIONS, [fix_body(seq) for seq in range(5)])
        epoch = before.epoch(Lane.POSITIONS)
        before.close()
        after = DiskQueue(tmp_path / "queue", KEY)
        assert (after.epoch(Lane.POSITIONS), after.first(Lane.POSITIONS), after.last(Lane.POSITIONS)) == (epoch, 1, 5)
        client = Client(bridge, secret, after)
        client.until(after.is_empty)
        client.client.close()
        after.close()


def test_a_queue_holds_no_position_in_clear_text_and_opens_for_one_gateway_at_a_time(tmp_path: Path) -> None:
    queue = DiskQueue(tmp_path / "queue", KEY)
    queue.add(Lane.POSITIONS, [fix_body(1)] * 20)
    assert not any(b"ANK-0001" in path.read_bytes() for path in tmp_path.iterdir())
    with pytest.raises(InputRefusedError, match="another gateway"):
        DiskQueue(tmp_path / "queue", KEY)
    queue.close()
    with pytest.raises(InputRefusedError):
        DiskQueue(tmp_path / "queue", bytes(31) + b"x")


def test_an_epoch_that_the_bridge_has_ended_is_replaced_and_nothing_kept_is_lost(queue: DiskQueue) -> None:
    with LaneBridge() as bridge:
        client = Client(bridge, bridge.enrol("north"), queue)
        queue.add(Lane.POSITIONS, [fix_body(0)])
        client.until(queue.is_empty)
        old = queue.epoch(Lane.POSITIONS)
        bridge.book._lanes[GatewayName("north"), Lane.POSITIONS].begin(4711)
        queue.add(Lane.POSITIONS, [fix_body(seq) for seq in range(1, 4)])
        client.until(queue.is_empty)
        bridge.wait_for(lambda: len(bridge.accepted) == 4)
        assert queue.epoch(Lane.POSITIONS) not in {old, 4711}
        client.client.close()


def test_a_queue_that_is_an_older_copy_of_itself_goes_on_in_a_new_epoch_and_is_read(queue: DiskQueue) -> None:
    with LaneBridge() as bridge:
        client = Client(bridge, bridge.enrol("north"), queue)
        queue.add(Lane.POSITIONS, [fix_body(0)])
        client.until(queue.is_empty)
        old = queue.epoch(Lane.POSITIONS)
        settled = bridge.book._lanes[GatewayName("north"), Lane.POSITIONS]
        settled.highest = 9
        settled.settled.add(2, 9, 8)  # what the queue gave out after the copy was made
        client.client.close()
        client = Client(bridge, bridge.enrol("north"), queue)
        queue.add(Lane.POSITIONS, [fix_body(seq) for seq in range(1, 4)])
        client.until(queue.is_empty)
        bridge.wait_for(lambda: len(bridge.accepted) == 4)
        assert queue.epoch(Lane.POSITIONS) != old
        client.client.close()


def test_a_day_is_played_with_late_fixes_on_their_own_lane_and_answers_to_questions(queue: DiskQueue) -> None:
    with LaneBridge() as bridge:
        stop = threading.Event()
        simulator = GatewaySimulator(
            fixes=recording(),
            events=(),
            to=bridge.gate.endpoint,
            server_key=bridge.public_key,
            secret_key=bridge.enrol("north"),
            queue=queue,
            is_looped=True,
        )
        thread = threading.Thread(target=simulator.run, args=(stop, lambda _: None))
        thread.start()
        try:
            bridge.wait_for(lambda: any(one.lane is Lane.BACKFILL for one in bridge.accepted), 15.0)
            bridge.perform([SendAsk(gateway=GatewayName("north"), id=3, device=DeviceId("ANK-0001"), what=AskKind.LOCATE)])
            bridge.wait_for(lambda: len(bridge.answers) == 1)
            bridge.wait_for(lambda: sum(len(one.kept_rows) for one in bridge.accepted) > 45, 15.0)
        finally:
            stop.set()
            thread.join()
        assert not any(event.entry == "quarantined" for event in bridge.events)


def test_a_loop_goes_on_in_time_and_in_the_devices_own_counters() -> None:
    day = recording(10)
    playback = Playback(day, (), 1_800_000_000_000_000, is_looped=True)
    played = []
    for turn in range(40):
        live, late, _ = playback.due(1_800_000_000_000_000 + turn * 100_000, 1000)
        played += [(int(fixes.measured_us[row]), int(fixes.device_seq[row])) for fixes in (live, late) for row in range(len(fixes))]
    assert playback.n_loops >= 1
    assert len(set(played)) == len(played) > 20
    assert [seq for _, seq in played] == list(range(len(played)))
    span_us = int(day.received_us[-1] - day.received_us[0])
    assert played[len(day)][0] - played[0][0] == span_us
    assert not playback.is_over
