"""What a turn takes of the messages of two gateways is what reading them one after the other gives, live and lived again from its bytes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from plain_memory import PlainMemory
from room_builder import ANKLET, PHONE, T0, S, a_case

from backend_bridge.adapters.durable_room import DurableRoom
from backend_bridge.adapters.fix_archive import FixArchive, stored_of
from backend_bridge.adapters.state_codec import encode
from backend_bridge.adapters.tick_records import fixes_of_taken, records_of_taken, tick_of_body
from backend_bridge.application import heard_devices
from backend_bridge.application.inbox import ImportCases, Inbox
from backend_bridge.application.outcome import Kept, Outcome, Taken
from backend_bridge.application.room import Room, again, step
from backend_bridge.domain.arrivals import Data, Hello, Lane, LinkUp
from backend_bridge.domain.case import Case
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, GatewayName, UserId
from backend_bridge.domain.outcomes.bridge_events import DeviceHeard
from backend_bridge.domain.watching import case_book
from backend_bridge.domain.watching.watch import Watch

OTHER, STRANGER, UNNAMED = DeviceId("ANK-0002"), DeviceId("ANK-9999"), DeviceId("VIC-9999")
G, H = GatewayName("g"), GatewayName("h")
CASES = Inbox(orders=(ImportCases(by=UserId("root"), cases=(a_case(), a_case("KR-2", n=2))),))
Row = tuple[DeviceId, int, int | None, int]
"""Device, seconds after `T0` (before it no order is in force), device_seq, source."""


@dataclass(frozen=True)
class Message:
    """What a gateway sends; it may name a device of which it has no fix."""

    gateway: GatewayName
    rows: tuple[Row, ...]
    spare: DeviceId | None = None

    @property
    def names(self) -> tuple[DeviceId, ...]:
        """The devices that it names."""
        return tuple(dict.fromkeys((*(row[0] for row in self.rows), *((self.spare,) if self.spare else ()))))


@dataclass(frozen=True)
class Taking:
    """A turn; before it, she may give back her device."""

    messages: tuple[Message, ...]
    gives_back: bool = False


@dataclass
class Plainly:
    """A room's knowledge of devices, kept in the plainest way: message by message, row by row."""

    named: set[DeviceId] = field(default_factory=lambda: {ANKLET, PHONE, OTHER, DeviceId("VIC-0002")})
    gateway: dict[DeviceId, GatewayName] = field(default_factory=dict)
    source: dict[DeviceId, int] = field(default_factory=dict)
    unknown: list[DeviceId] = field(default_factory=list)
    seen: set[tuple[object, ...]] = field(default_factory=set)
    rows: list[Row] = field(default_factory=list)
    ever_named: frozenset[DeviceId] = frozenset({ANKLET, PHONE, OTHER, DeviceId("VIC-0002")})

    def take(self, turn: Taking) -> tuple[list[tuple[DeviceId, GatewayName]], list[list[Row]], list[list[tuple[DeviceId, int]]]]:
        """Which strangers are told of, with their gateway; the rows that are kept of each message; its signs of life."""
        told, kept, signs = [], [], []
        if turn.gives_back:
            self.named.discard(PHONE)
        for message in turn.messages:
            new = [row for row in message.rows if self._is_new(row)]
            kept.append([row for row in new if row[0] in self.ever_named and row[1] >= 0])
            signs.append([(row[0], T0 + row[1] * S) for row in new if row not in kept[-1] and row[0] in self.named])
            for device in message.names:
                self.gateway[device] = message.gateway
                if device not in self.named and device not in self.unknown:
                    self.unknown.append(device)
                    told.append((device, message.gateway))
            self.source.update({row[0]: row[3] for row in kept[-1]})
            self.rows += kept[-1]
        return told, kept, signs

    def _is_new(self, row: Row) -> bool:
        key = row[:3] if row[2] is not None else row
        is_new = key not in self.seen
        self.seen.add(key)
        return is_new


class Gateways:
    """The two gateways, which number their messages."""

    def __init__(self) -> None:
        self._names: dict[tuple[DeviceId, ...], tuple[DeviceId, ...]] = {}
        self._seq = {G: 0, H: 0}

    def opening(self) -> Inbox:
        """Both connect."""
        links = (LinkUp(gateway=name, connection=b"c") for name in self._seq)
        lasts = self._seq.items()
        hellos = (Hello(gateway=name, connection=b"c", lane=Lane.POSITIONS, epoch=1, first=1, last=last) for name, last in lasts)
        return Inbox(arrivals=(*links, *hellos))

    def inbox(self, turn: Taking) -> Inbox:
        """What comes in a turn."""
        orders = (ImportCases(by=UserId("root"), cases=(without_her_device(),)),) if turn.gives_back else ()
        return Inbox(orders=orders, arrivals=tuple(map(self._data, turn.messages)))

    def _data(self, message: Message) -> Data:
        names = self._names.setdefault(message.names, message.names)  # the same object in every message that names the same
        self._seq[message.gateway] += 1
        return Data(
            gateway=message.gateway,
            connection=b"c",
            lane=Lane.POSITIONS,
            epoch=1,
            seq=self._seq[message.gateway],
            fixes=batch(names, message.rows),
            events=(),
            kept_rows=np.arange(len(message.rows), dtype=np.int32),
            bad=(),
        )


class Lived:
    """A room that takes turns, beside one that lives them again from the bytes that were stored of each."""

    def __init__(self) -> None:
        self.room, self.once_more = Room(Watch.empty()), Room(Watch.empty())
        self._archive = FixArchive(None)  # type: ignore[arg-type]  # nothing is read from a store
        self._memory, self._gateways = PlainMemory(), Gateways()
        self._now_us = T0 - S
        self.bodies: list[bytes] = []
        self._run(CASES)
        self._run(self._gateways.opening())
        self._now_us = T0 + 10_000 * S

    def take(self, turn: Taking) -> Outcome:
        """Take a turn in both rooms."""
        return self._run(self._gateways.inbox(turn))

    def _run(self, inbox: Inbox) -> Outcome:
        self._now_us += S
        outcome = step(self.room, inbox, self._now_us, self._memory)
        assert again(self.once_more, self._stored_and_read(outcome.taken)).events == outcome.events
        return outcome

    def _stored_and_read(self, taken: Taken) -> Taken:
        stored = fixes_of_taken(taken, self._archive)
        records = records_of_taken(taken, None, stored, self._archive, lambda *tick: encode(tick))
        self.bodies = [record.body for record in records]
        if stored is None:
            return tick_of_body(records[0].body, None, lambda part: part).taken
        self._archive.added(stored)
        return tick_of_body(records[0].body, stored_of(records[1].body, records[1].size), lambda part: part).taken


def without_her_device() -> Case:
    """The first case after she has given back her device: what was measured before is still of the case."""
    case = a_case()
    return replace(case, protected=tuple(replace(party, device=None) for party in case.protected))


def batch(names: tuple[DeviceId, ...], rows: Sequence[Row]) -> FixBatch:
    n = len(rows)
    return FixBatch(
        device_names=names,
        device=np.array([names.index(row[0]) for row in rows], np.int32),
        measured_us=T0 + np.array([row[1] for row in rows], np.int64) * S,
        lat_deg=np.full(n, 37.5),
        lon_deg=np.full(n, 127.0),
        accuracy_m=np.full(n, 8.0, np.float32),
        speed_mps=np.full(n, np.nan, np.float32),
        course_deg=np.full(n, np.nan, np.float32),
        moving=np.full(n, -1, np.int8),
        source=np.array([row[3] for row in rows], np.int8),
        device_seq=np.array([row[2] or 0 for row in rows], np.uint64),
        has_device_seq=np.array([row[2] is not None for row in rows], np.bool_),
        received_us=np.full(n, T0, np.int64),
    )


def rows_of(kept: Kept) -> list[Row]:
    return [] if kept.fixes is None else rows_of_fixes(kept.fixes)


def rows_of_fixes(fixes: FixBatch) -> list[Row]:
    devices = [fixes.device_names[index] for index in fixes.device.tolist()]
    seqs = [seq if has_seq else None for seq, has_seq in zip(fixes.device_seq.tolist(), fixes.has_device_seq.tolist(), strict=True)]
    seconds = ((fixes.measured_us - T0) // S).tolist()
    return list(zip(devices, seconds, seqs, fixes.source.tolist(), strict=True))


ROWS = some.lists(
    some.tuples(
        some.sampled_from([ANKLET, PHONE, OTHER, STRANGER, UNNAMED]),
        some.one_of(some.integers(-90_000, -89_999), some.integers(0, 3)),
        some.sampled_from([None, 1, 2, 3]),
        some.sampled_from([0, 2]),
    ),
    min_size=1,
    max_size=6,
).map(tuple)
KNOWN_ROWS = some.lists(
    some.tuples(some.sampled_from([ANKLET, PHONE, OTHER]), some.integers(0, 50), some.integers(0, 50), some.sampled_from([0, 2])),
    min_size=1,
    max_size=6,
).map(tuple)
"""Mostly all of them new, and kept."""


def turns_of(rows: some.SearchStrategy[tuple[Row, ...]]) -> some.SearchStrategy[list[Taking]]:
    """A few turns in which both gateways send messages of such rows, now and then naming a device too many."""
    messages = some.builds(Message, some.sampled_from([G, H]), rows, some.sampled_from([None, None, None, OTHER, STRANGER]))
    turns = some.builds(Taking, some.lists(messages, max_size=6).map(tuple), some.sampled_from([False, False, True]))
    return some.lists(turns, max_size=5)


def in_force(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows that were all measured while orders were in force: whoever is started anew does not know of others."""
    return tuple((device, max(second, 0), seq, source) for device, second, seq, source in rows)


@contextmanager
def handled(n_few: int, far_more: int) -> Iterator[None]:
    """Batches of more than `n_few` fixes by columns; by the list of all names where it has at most `far_more` times theirs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(heard_devices, "_FEW", n_few)
        patch.setattr(case_book, "_FAR_MORE", far_more)
        yield


def assert_same(outcome: Outcome, rooms: Sequence[Room], plainly: Plainly, turn: Taking) -> None:
    """What a turn decided, and what rooms know of devices after it, is what reading it plainly gives."""
    told, kept, signs = plainly.take(turn)
    assert [(event.device, event.gateway) for event in outcome.events if isinstance(event, DeviceHeard)] == told
    assert [rows_of(one) for one in outcome.taken.kept] == kept
    assert [list(one.signs) for one in outcome.taken.kept] == signs
    for room in rooms:
        assert known(room) == known_plainly(plainly)


def known(room: Room) -> tuple[object, ...]:
    """What a room knows of devices, in the order in which it came to know it."""
    return list(room.devices.gateway.items()), list(room.devices.source.items()), list(room.devices.unknown)


def known_plainly(plainly: Plainly) -> tuple[object, ...]:
    return list(plainly.gateway.items()), list(plainly.source.items()), plainly.unknown


@pytest.mark.parametrize(("n_few", "far_more"), [(0, 0), (0, 100), (100, 2)])
@settings(max_examples=100, deadline=None)
@given(turns=turns_of(some.one_of(ROWS, KNOWN_ROWS, KNOWN_ROWS)))
def test_a_turn_is_taken_as_its_messages_one_by_one_and_lived_again_as_it_was_taken(n_few: int, far_more: int, turns: list[Taking]) -> None:
    lived, plainly = Lived(), Plainly()
    with handled(n_few, far_more):
        for turn in turns:
            assert_same(lived.take(turn), (lived.room, lived.once_more), plainly, turn)


def test_the_last_gateway_counts_also_where_it_brought_nothing_new() -> None:
    lived, rows = Lived(), ((ANKLET, 1, 1, 0), (PHONE, 1, 1, 0))
    lived.take(Taking((Message(G, rows), Message(H, rows[:1]))))
    assert lived.room.devices.gateway == lived.once_more.devices.gateway == {ANKLET: H, PHONE: G}


def test_a_device_that_its_case_names_no_longer_is_told_with_the_first_gateway_that_brought_it() -> None:
    lived = Lived()
    messages = (Message(G, ((PHONE, 1, 1, 0),)), Message(H, ((PHONE, 2, 2, 0),)))
    outcome = lived.take(Taking(messages, gives_back=True))
    assert [len(rows_of(one)) for one in outcome.taken.kept] == [1, 1]
    assert [event for event in outcome.events if isinstance(event, DeviceHeard)] == [DeviceHeard(device=PHONE, gateway=G)]
    assert lived.room.devices.gateway[PHONE] == H


@settings(max_examples=25, deadline=None)
@given(turns=turns_of(some.one_of(ROWS.map(in_force), KNOWN_ROWS)), is_kept=some.booleans(), far_more=some.sampled_from([0, 100]))
def test_a_bridge_that_is_started_anew_knows_what_it_knew_and_has_everything_once(
    *,
    turns: list[Taking],
    is_kept: bool,  # the state, or else it is decided again from the turns
    far_more: int,
) -> None:
    gateways, plainly, clock = Gateways(), Plainly(), [T0]
    with TemporaryDirectory() as folder, handled(0, far_more):
        durable = DurableRoom.open(Path(folder), bytes(32), lambda: clock[0])
        durable.step(CASES)
        durable.step(gateways.opening())
        clock[0] = T0 + 10_000 * S
        for turn in turns:
            (outcome,) = durable.step(gateways.inbox(turn))
            assert_same(outcome, (durable.room,), plainly, turn)
        if is_kept:
            durable.write_snapshot()
        durable.close()
        durable = DurableRoom.open(Path(folder), bytes(32), lambda: clock[0])
        assert known(durable.room) == known_plainly(plainly)
        found = [row for stored in durable.archive.everything() for row in rows_of_fixes(stored.fixes)]
        assert found == plainly.rows
        durable.step(gateways.opening())
        for turn in turns:
            again_kept = [rows_of(one) for outcome in durable.step(gateways.inbox(turn)) for one in outcome.taken.kept]
            assert not any(again_kept)
        durable.close()


def test_what_is_stored_of_a_turn_names_nobody_beside_a_fix_that_says_so_already() -> None:
    lived = Lived()
    lived.take(Taking((Message(G, ((ANKLET, 1, 1, 0),)), Message(H, ((OTHER, 1, 1, 0),)))))
    assert [body.count(ANKLET.encode()) for body in lived.bodies] == [0, 1]


def test_a_message_that_brings_nothing_new_is_stored_without_the_names_of_others() -> None:
    lived = Lived()
    messages = (Message(G, ((ANKLET, 1, 1, 0),)), Message(H, ((PHONE, 1, 1, 0),)))
    lived.take(Taking(messages))
    lived.take(Taking(messages))
    (body,) = lived.bodies
    assert [body.count(device.encode()) for device in (ANKLET, PHONE)] == [1, 1]
