"""What is kept of a step's messages is the same whether they are looked at together or one after the other."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some
from nothing_seen import NothingSeen
from plain_memory import PlainMemory
from room_builder import ANKLET, PHONE, T0, S, a_case

from backend_bridge.application.inbox import ImportCases, Inbox
from backend_bridge.application.intake import keep
from backend_bridge.application.outcome import Kept
from backend_bridge.application.room import Room, step
from backend_bridge.domain.arrivals import Data, Lane
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, GatewayName, UserId
from backend_bridge.domain.watching.watch import Watch

STRANGER = DeviceId("ANK-9999")
NOW_US = T0 + 10_000 * S
Row = tuple[DeviceId, int, int | None]
"""Device, seconds, device_seq."""


def watched() -> Room:
    """A room with one case, in force from `T0`."""
    room = Room(Watch.empty())
    step(room, Inbox(orders=(ImportCases(by=UserId("root"), cases=(a_case(),)),)), T0, NothingSeen())
    return room


def message(seq: int, rows: list[Row]) -> Data:
    names = tuple(dict.fromkeys(row[0] for row in rows))
    n = len(rows)
    fixes = FixBatch(
        device_names=names,
        device=np.array([names.index(row[0]) for row in rows], np.int32),
        measured_us=T0 + np.array([row[1] for row in rows], np.int64) * S,
        lat_deg=np.full(n, 37.5),
        lon_deg=np.full(n, 127.0),
        accuracy_m=np.full(n, 8.0, np.float32),
        speed_mps=np.full(n, np.nan, np.float32),
        course_deg=np.full(n, np.nan, np.float32),
        moving=np.full(n, -1, np.int8),
        source=np.zeros(n, np.int8),
        device_seq=np.array([row[2] or 0 for row in rows], np.uint64),
        has_device_seq=np.array([row[2] is not None for row in rows], np.bool_),
        received_us=np.full(n, T0, np.int64),
    )
    kept_rows = np.arange(n, dtype=np.int32) * 2
    return Data(
        gateway=GatewayName("g"),
        connection=b"c",
        lane=Lane.POSITIONS,
        epoch=1,
        seq=seq,
        fixes=fixes,
        events=(),
        kept_rows=kept_rows,
        bad=(),
    )


def said(kept: tuple[Kept, ...]) -> list[object]:
    """All of it in plain values."""
    return [(one.seq, one.rows.tolist(), one.heard, one.signs, None if one.fixes is None else rows_of(one.fixes)) for one in kept]


def rows_of(fixes: FixBatch) -> list[object]:
    names = [fixes.device_names[index] for index in fixes.device.tolist()]
    return list(zip(names, fixes.measured_us.tolist(), fixes.device_seq.tolist(), fixes.received_us.tolist(), strict=True))


ROWS = some.lists(
    some.tuples(
        some.sampled_from([ANKLET, PHONE, STRANGER]),
        some.one_of(some.integers(-90_000, -80_000), some.integers(0, 3)),
        some.sampled_from([None, 1, 2]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=80, deadline=None)
@given(some.lists(ROWS, max_size=5))
def test_messages_together_keep_what_they_keep_one_by_one(messages: list[list[Row]]) -> None:
    room = watched()
    data = [message(seq, rows) for seq, rows in enumerate(messages, start=1)]
    memory = PlainMemory()
    one_by_one = [said(keep(room, [one], NOW_US, memory))[0] for one in data]
    assert said(keep(room, data, NOW_US, PlainMemory())) == one_by_one


def test_a_stranger_leaves_no_position_and_a_device_whose_order_is_not_in_force_a_sign_of_life() -> None:
    room = watched()
    (kept,) = keep(room, [message(1, [(STRANGER, 0, 1), (ANKLET, -90_000, 1), (ANKLET, 9000, 2)])], NOW_US, PlainMemory())
    assert kept.heard == (STRANGER, ANKLET)
    assert kept.rows.tolist() == [4]
    assert kept.signs == ((ANKLET, T0 - 90_000 * S),)
    assert kept.fixes is not None
    assert rows_of(kept.fixes) == [(ANKLET, T0 + 9000 * S, 2, NOW_US)]
