"""One turn is decided while the one before is still on its way to the disk; nobody hears of anything before it is there."""

import errno
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from backend_bridge.adapters import engine_loop
from backend_bridge.adapters.case_keys import FILE_NAME as KEYS_NAME
from backend_bridge.adapters.case_keys import CaseKeys
from backend_bridge.adapters.durable_room import MOST_UNDER_WAY, DurableRoom
from backend_bridge.adapters.engine_loop import EngineItem, EngineLoop, Submission
from backend_bridge.adapters.fair_inbox import ROWS_A_STEP, FairInbox
from backend_bridge.adapters.state_codec import encode
from backend_bridge.adapters.store import NOTHING_RETIRED, Head, Record, Retired, Store, StoreFailedError
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.application.inbox import ImportCases, Inbox
from backend_bridge.application.outcome import Outcome
from backend_bridge.domain.arrivals import Data, Hello, Lane, LinkUp
from backend_bridge.domain.case import Case, Circle, Order, OrderBasis, Party, Tier, Zone, ZoneKind
from backend_bridge.domain.device_event import DeviceEvent, DeviceEventKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DeviceId, GatewayName, PersonId, UserId, ZoneId
from backend_bridge.domain.outcomes.effects import SoundAlarm
from backend_bridge.domain.outcomes.lane_effects import SendAck
from backend_bridge.domain.quantities import LatLon

KEY = bytes(range(32))
START_US = 1_795_394_536_000_000
SECOND_US = 1_000_000
DAY_US = 86_400 * SECOND_US
NORTH = GatewayName("north")
DEVICE = DeviceId("ANK-1")
PATIENCE_S = 120.0
FULL = StoreFailedError("the store could not be written: database or disk is full", is_full=True)


class Seconds:
    """A clock that goes a second further each time it is read."""

    def __init__(self) -> None:
        self.now_us = START_US

    def __call__(self) -> int:
        self.now_us += SECOND_US
        return self.now_us


class HeldStore(Store):
    """A store whose writes wait while they are held, and fail as they are told to."""

    def hold(self) -> None:
        """Let no write through until `let_go`."""
        self.may_write = threading.Event()
        self.is_waiting = threading.Event()

    def let_go(self) -> None:
        """Let all writes through."""
        self.may_write.set()

    may_write: threading.Event | None = None
    is_waiting: threading.Event
    failure: StoreFailedError | None = None
    n_tried = 0

    def append(
        self,
        now_us: int,
        records: Sequence[Record],
        payloads: Sequence[bytes],
        forget: Mapping[str, int] | None = None,
        retired: Retired = NOTHING_RETIRED,
    ) -> Head:
        self.n_tried += 1
        if self.may_write is not None:
            self.is_waiting.set()
            assert self.may_write.wait(PATIENCE_S)
        if self.failure is not None:
            raise self.failure
        return super().append(now_us, records, payloads, forget, retired)


class Held:
    """A room on a store that can be held."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.store = HeldStore(HeldStore.open(folder, KEY)._engine)  # the same database under another class
        keys = CaseKeys(folder / KEYS_NAME, KEY)
        self.durable = DurableRoom(self.store, StoreReader.open(folder, KEY, keys), keys, Seconds())
        self.durable.step(Inbox(orders=(ImportCases(by=UserId("me"), cases=(the_case(),)),)))
        hello = Hello(gateway=NORTH, connection=b"c", lane=Lane.POSITIONS, epoch=1, first=1, last=0)
        self.durable.step(Inbox(arrivals=(LinkUp(gateway=NORTH, connection=b"c"), hello)))


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    made = Held(tmp_path / "room")
    yield made
    made.durable.close()


def the_case() -> Case:
    zone = Zone(zone=ZoneId("Z1"), kind=ZoneKind.EXCLUSION, shape=Circle(centre=LatLon(lat_deg=36.0, lon_deg=127.0), radius_m=300.0))
    order = Order(basis=OrderBasis.INTERIM_MEASURE_3_2, starts_us=START_US - DAY_US, ends_us=START_US + 700 * DAY_US)
    subject = Party(person=PersonId("S"), device=DEVICE)
    return Case(case=CaseId("C-1"), jurisdiction="KR", tier=Tier.HIGH, subject=subject, protected=(), order=order, zones=(zone,), rings=())


def message(seq: int, *, n: int = 1, lat_deg: float = 35.0) -> Data:
    """A message of n fixes within a second, far from the zone where nothing else is said."""
    measured = START_US + seq * SECOND_US + np.arange(n) * (SECOND_US // n)
    fixes = FixBatch(
        device_names=(DEVICE,),
        device=np.zeros(n, np.int32),
        measured_us=measured,
        lat_deg=np.full(n, lat_deg),
        lon_deg=np.full(n, 127.0),
        accuracy_m=np.full(n, 5.0, np.float32),
        speed_mps=np.zeros(n, np.float32),
        course_deg=np.full(n, np.nan, np.float32),
        moving=np.zeros(n, np.int8),
        source=np.zeros(n, np.int8),
        device_seq=(seq * 1000 + np.arange(n)).astype(np.uint64),
        has_device_seq=np.ones(n, np.bool_),
        received_us=measured,
    )
    rows = np.arange(n, dtype=np.int32)
    return Data(gateway=NORTH, connection=b"c", lane=Lane.POSITIONS, epoch=1, seq=seq, fixes=fixes, events=(), kept_rows=rows, bad=())


def acked(outcomes: Sequence[Outcome]) -> list[int]:
    return [effect.seq for outcome in outcomes for effect in outcome.lane_effects if isinstance(effect, SendAck)]


def lines(durable: DurableRoom) -> list[bytes]:
    return [line for _, line in durable.reader.lines(0)]


def test_turns_are_decided_while_those_before_are_written_and_acked_after_that(held: Held) -> None:
    held.store.hold()
    for seq in range(1, MOST_UNDER_WAY + 1):
        assert acked(held.durable.begin(Inbox(arrivals=(message(seq),)))) == [], "acked before it was on disk"
        assert held.durable.is_quiet
    assert held.store.is_waiting.wait(PATIENCE_S)
    threading.Timer(0.05, held.store.let_go).start()
    told = acked(held.durable.begin(Inbox(arrivals=(message(MOST_UNDER_WAY + 1),))))
    assert told[:1] == [1], "one more than may be under way waits for the oldest"
    assert held.store.may_write is not None
    assert held.store.may_write.is_set(), "acked before it was on disk"
    told.extend(acked(held.durable.settle()))
    assert told == list(range(1, MOST_UNDER_WAY + 2))


def test_nothing_is_written_after_a_turn_that_the_disk_did_not_take(held: Held) -> None:
    held.store.hold()
    held.durable.begin(Inbox(arrivals=(message(1),)))
    held.durable.begin(Inbox(arrivals=(message(2),)))
    held.store.failure = FULL
    n_before = held.store.n_tried
    assert held.store.is_waiting.wait(PATIENCE_S)
    held.store.let_go()
    assert held.durable.settle() == ()
    assert held.store.n_tried <= n_before + 1
    assert held.durable.is_held_up
    assert not held.durable.is_quiet


def test_a_run_in_which_turns_overlap_leaves_the_same_store_and_room(tmp_path: Path) -> None:
    one_by_one, overlapping = Held(tmp_path / "a"), Held(tmp_path / "b")
    places = [35.0, 35.0, 36.0, 36.0, 36.0, 35.0]
    inboxes = [Inbox(arrivals=(message(seq, lat_deg=place),)) for seq, place in enumerate(places, 1)]
    told = [outcome for inbox in inboxes for outcome in one_by_one.durable.step(inbox)]
    begun = [outcome for inbox in inboxes for outcome in overlapping.durable.begin(inbox)]
    begun.extend(overlapping.durable.settle())
    assert acked(begun) == acked(told) == [1, 2, 3, 4, 5, 6]
    assert any(outcome.events for outcome in told)
    assert lines(overlapping.durable) == lines(one_by_one.durable)
    assert encode(overlapping.durable.room) == encode(one_by_one.durable.room)
    for each in (one_by_one, overlapping):
        each.durable.close()


def test_after_a_kill_between_two_turns_that_overlap_the_room_is_what_is_on_disk(held: Held, tmp_path: Path) -> None:
    held.durable.step(Inbox(arrivals=(message(1),)))
    held.durable.step(Inbox())
    on_disk = held.durable.reader.last_n(), held.durable.room.now_us
    held.store.hold()
    held.durable.begin(Inbox(arrivals=(message(2, lat_deg=36.0),)))
    copy = tmp_path / "as-killed"
    copy.mkdir()
    for path in held.folder.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    held.store.let_go()
    assert acked(held.durable.settle()) == [2]
    again = DurableRoom.open(copy, KEY, Seconds())
    assert again.reader.last_n() == on_disk[0]
    assert again.room.now_us < on_disk[1]
    (lane,) = again.room.lanes.parts().lanes
    assert lane.ack == 1
    again.close()


def test_what_a_full_disk_did_not_take_of_two_turns_that_overlap_is_alerted_once_and_told_in_order_later(held: Held) -> None:
    held.store.failure = FULL
    told = [*held.durable.begin(Inbox(arrivals=(message(1),))), *held.durable.begin(Inbox(arrivals=(message(2),)))]
    told.extend(held.durable.settle())
    assert acked(told) == []
    assert acked(held.durable.unwritten) == [1, 2]
    assert held.durable.is_held_up
    assert held.durable.failure is None
    assert held.durable.settle() == ()
    assert held.durable.unwritten == ()
    held.store.failure = None
    assert acked(held.durable.step(Inbox(arrivals=(message(3),)))) == [1, 2, 3]


def test_after_a_long_time_without_room_no_turn_waits_for_all_that_is_written_now(held: Held) -> None:
    held.store.failure = FULL
    for seq in range(1, 121):
        assert held.durable.step(Inbox(arrivals=(message(seq),))) == ()
    held.store.failure = None
    n_before, told = held.store.n_tried, []
    told.append(acked(held.durable.step(Inbox(arrivals=(message(121),)))))
    assert held.store.n_tried - n_before <= 100, "the next share is begun, and no more"
    while held.durable.is_behind:
        told.append(acked(held.durable.step(Inbox())))
    assert [seq for turn in told for seq in turn] == list(range(1, 122))
    assert max(map(len, told)) <= 100, "what was begun, and one share more"


def test_what_comes_again_while_the_disk_is_full_makes_nothing_to_be_written_and_is_not_acked(held: Held) -> None:
    held.durable.step(Inbox(arrivals=(message(1),)))
    held.store.failure = FULL
    assert held.durable.step(Inbox(arrivals=(message(2),))) == ()
    for _ in range(50):  # as a gateway does each 400 ms
        assert acked(held.durable.step(Inbox(arrivals=(message(1), message(2))))) == []
    held.store.failure = None
    n_before = held.store.n_tried
    assert acked(held.durable.step(Inbox(arrivals=(message(2),)))) == [2]
    assert held.store.n_tried == n_before + 1
    assert acked(held.durable.step(Inbox(arrivals=(message(2),)))) == [2], "with nothing to wait for, a repeat is acked at once"


def test_after_a_failed_write_nothing_is_kept_that_will_never_be_written(held: Held) -> None:
    held.store.failure = StoreFailedError("the store could not be written: disk I/O error", is_full=False)
    for seq in range(1, 20):
        assert held.durable.step(Inbox(arrivals=(message(seq),))) == ()
        assert acked(held.durable.unwritten) == [seq], "alarms are heard all the same"
    assert acked(held.durable.step(Inbox(arrivals=(message(3),)))) == [], "nothing is acked either"
    assert held.durable._waiting == []
    n_before = held.durable.archive.n_tail
    held.durable.step(Inbox(arrivals=(message(30, n=100),)))
    assert held.durable.archive.n_tail == n_before


def test_an_engine_that_stops_with_much_still_to_be_written_writes_it(held: Held) -> None:
    held.store.failure = FULL
    for seq in range(1, 121):
        held.durable.step(Inbox(arrivals=(message(seq),)))
    engine = Engine(held)
    held.store.failure = None
    engine.loop.start()
    engine.loop.stop()
    assert [seq for outcome in engine.told for seq in acked((outcome,))] == list(range(1, 121))


def test_orders_that_wait_behind_much_else_are_told_once_when_the_disk_fills_again(held: Held) -> None:
    engine = Engine(held)
    held.store.failure = FULL
    for seq in range(1, 121):
        held.durable.step(Inbox(arrivals=(message(seq),)))
    held.store.failure = None
    said: list[object] = []
    order = ImportCases(by=UserId("me"), cases=(the_case(),))
    submission = Submission(orders=(order,), done=lambda outcome: said.append(outcome is not None), held=lambda: said.append("held"))
    engine.loop._turn((submission,))
    assert held.durable.is_behind
    assert said == [], "it is next but one to be written"
    held.store.failure = FULL
    for _ in range(3):
        engine.loop._settle()
    assert held.durable.is_held_up
    assert said == ["held"]
    held.store.failure = None
    while held.durable.is_held_up or held.durable.is_behind:
        engine.loop._turn(())
    assert said == ["held", True]
    held.store.failure = FULL
    engine.loop._turn((message(121),))
    assert said == ["held", True], "what is on disk is not held any more"


def test_a_write_that_failed_otherwise_is_never_tried_again(held: Held) -> None:
    held.store.failure = StoreFailedError("the store could not be written: disk I/O error", is_full=False)
    n_before = held.store.n_tried
    held.durable.begin(Inbox(arrivals=(message(1),)))
    assert held.durable.begin(Inbox(arrivals=(message(2),))) == ()
    assert held.durable.settle() == ()
    assert acked(held.durable.unwritten) == [1, 2]
    assert held.durable.failure is not None
    held.store.failure = None
    assert held.durable.step(Inbox(arrivals=(message(3),))) == ()
    assert held.store.n_tried == n_before + 1


def test_an_sos_that_needs_a_new_key_on_a_full_disk_is_heard_and_stored_once_there_is_room(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    hello = Hello(gateway=NORTH, connection=b"c", lane=Lane.ALARMS, epoch=1, first=1, last=0)
    pressed = DeviceEvent(device=DEVICE, measured_us=START_US, kind=DeviceEventKind.SOS, value=None, received_us=START_US)
    row = np.zeros(1, np.int32)
    sos = Data(gateway=NORTH, connection=b"c", lane=Lane.ALARMS, epoch=1, seq=1, fixes=None, events=(pressed,), kept_rows=row, bad=())
    with monkeypatch.context() as patched:
        patched.setattr("backend_bridge.adapters.case_keys.os.pwrite", full)
        assert held.durable.step(Inbox(arrivals=(hello, sos))) == ()
        assert held.durable.is_held_up
        assert [type(effect) for outcome in held.durable.unwritten for effect in outcome.effects].count(SoundAlarm) == 1
    assert acked(held.durable.step(Inbox(arrivals=(message(1),)))) == [1, 1]
    held.durable.close()
    again = DurableRoom.open(held.folder, KEY, Seconds())
    assert len(list(again.reader.events_at([(DEVICE, START_US)]))) == 1, "its key is on the disk"
    again.close()


class Engine:
    """An engine on a held room, and what it told."""

    def __init__(self, held: Held) -> None:
        self.inbox: FairInbox[EngineItem] = FairInbox()
        self.told: list[Outcome] = []
        self.settled: list[tuple[int, int]] = []
        self.all_acked = threading.Event()
        self.n_wanted = 0
        self._held = held
        self.loop = EngineLoop(held.durable, self.inbox, self._tell, lambda _: None, self._each_turn)

    def _tell(self, outcome: Outcome) -> None:
        self.told.append(outcome)
        if self.n_wanted and max(acked([outcome]), default=0) >= self.n_wanted:
            self.all_acked.set()

    def _each_turn(self) -> tuple[()]:
        """Note that nothing is decided that is not on disk when the others have their turn."""
        durable = self._held.durable
        self.settled.append((durable.room.next_n, durable.last_n + 1))
        return ()


def test_under_a_flood_all_is_acked_in_order_after_its_write_and_others_see_the_room_settled_only(held: Held) -> None:
    engine = Engine(held)
    engine.n_wanted = 4 * ROWS_A_STEP // 100
    for seq in range(1, engine.n_wanted + 1):
        engine.inbox.offer(message(seq, n=100, lat_deg=36.0 if seq > engine.n_wanted // 2 else 35.0))
    held.store.hold()
    engine.loop.start()
    assert held.store.is_waiting.wait(PATIENCE_S)
    assert acked(engine.told) == []
    assert engine.settled == []
    held.store.let_go()
    assert engine.all_acked.wait(PATIENCE_S)
    engine.loop.stop()
    assert engine.loop.fault is None
    seqs = acked(engine.told)
    assert len(seqs) >= 4
    assert seqs == sorted(seqs)
    assert seqs[-1] == engine.n_wanted
    assert all(next_n == n_on_disk for next_n, n_on_disk in engine.settled)


def test_why_the_engine_died_is_said_without_values(held: Held) -> None:
    engine = Engine(held)

    def dies(_: Outcome) -> None:
        raise ValueError("Kim Min-ji, 010-1234-5678")

    engine.loop = EngineLoop(held.durable, engine.inbox, dies, lambda _: None, tuple)
    engine.inbox.offer(message(1))
    engine.loop.start()
    engine.loop.stop()
    assert engine.loop.fault is not None
    assert engine.loop.fault.startswith("ValueError in dies, test_engine_pipeline.py line ")
    assert "Kim" not in engine.loop.fault


class SlowEngine(Engine):
    """An engine whose every look at the disk takes a second of a clock that stands still otherwise."""

    def __init__(self, held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(held)
        self.now_s = 0.0
        monkeypatch.setattr(engine_loop, "time", SimpleNamespace(monotonic=lambda: self.now_s))

    def _each_turn(self) -> tuple[()]:
        self.now_s += 1.0
        return ()


@pytest.mark.parametrize("n_behind", [0, 120, 600])
def test_an_engine_that_stops_has_time_for_its_last_snapshot_however_much_was_to_be_written(
    held: Held, monkeypatch: pytest.MonkeyPatch, n_behind: int
) -> None:
    engine = SlowEngine(held, monkeypatch)
    thread, end = engine.loop._thread, held.durable.end
    join = thread.join
    waited_s: list[float] = []
    ended_s: list[float] = []

    def joined(timeout: float | None = None) -> None:
        assert timeout is not None
        waited_s.append(timeout)
        thread.start()
        join(PATIENCE_S)

    def ended() -> None:
        ended_s.append(engine.now_s)
        end()

    monkeypatch.setattr(thread, "join", joined)
    monkeypatch.setattr(held.durable, "end", ended)
    held.store.failure = FULL
    for seq in range(1, n_behind + 1):
        held.durable.step(Inbox(arrivals=(message(seq),)))
    held.store.failure = None
    engine.loop.stop()
    assert engine.loop.fault is None
    assert waited_s[0] - ended_s[0] >= 8.0, "nine seconds, less a look at the disk that is not broken off"
