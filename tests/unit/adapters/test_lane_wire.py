"""Headers off the wire: read, salvaged or refused; never trusted."""

import msgspec
import pytest

from backend_bridge.adapters.lane_headers import DataHeader, HelloHeader, LostHeader, PingHeader
from backend_bridge.adapters.lane_wire import BadData, BadHeader, Message, read_message
from backend_bridge.domain.arrivals import Lane, RejectCode

pack = msgspec.msgpack.encode
DATA = {"t": "data", "lane": "P", "epoch": 2**64 - 1, "seq": 2**64 - 1, "sent_at": 0}


def read(header: object, body: bytes = b"") -> Message | BadData | BadHeader:
    return read_message([header if isinstance(header, bytes) else pack(header), body], 2)


def test_headers_are_read_and_unknown_keys_ignored() -> None:
    assert read(DATA, b"x") == Message(DataHeader(Lane.POSITIONS, 2**64 - 1, 2**64 - 1, 0), b"x")
    mixed: dict[object, object] = {5: 6, "mood": {"a": [None]}}
    mixed.update(DATA)
    assert isinstance(read(mixed), Message)
    hello = {"t": "hello", "proto": 1, "lane": "A", "epoch": 1, "first": 1, "last": 0, "sent_at": 5, "agent": "x"}
    assert read(hello) == Message(HelloHeader(1, Lane.ALARMS, 1, 1, 0, 5), b"")
    lost = {"t": "lost", "lane": "B", "epoch": 1, "from": 3, "to": 9, "reason": "full"}
    assert read(lost) == Message(LostHeader(Lane.BACKFILL, 1, 3, 9, "full"), b"")
    assert read({"t": "ping", "sent_at": 1, "echo": 0}) == Message(PingHeader(1, 0), b"")


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({key: value for key, value in DATA.items() if key != "sent_at"}, RejectCode.SCHEMA),
        ({**DATA, "sent_at": "now"}, RejectCode.SCHEMA),
        ({**DATA, "pad": "x" * 2000}, RejectCode.MALFORMED),
    ],
)
def test_a_data_header_with_a_defect_is_rejected_when_its_number_can_be_read(header: dict[str, object], code: RejectCode) -> None:
    found = read(header)
    assert isinstance(found, BadData)
    assert (found.lane, found.epoch, found.seq, found.code) == (Lane.POSITIONS, 2**64 - 1, 2**64 - 1, code)


@pytest.mark.parametrize("n_frames", [1, 3, 20_000])
def test_a_wrong_number_of_frames_is_malformed(n_frames: int) -> None:
    found = read_message([pack(DATA), b""][:n_frames], n_frames)
    assert isinstance(found, BadData)
    assert found.code is RejectCode.MALFORMED


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"\xc1",
        b"\x80",
        b"\xde\xff\xff",
        b"\x81" * 900,
        pack([1, 2]),
        pack({}),
        pack({"t": "data"}),
        {**DATA, "lane": "X"},
        {**DATA, "lane": ["P"]},
        {**DATA, "epoch": -1},
        {**DATA, "seq": 1.0},
        {**DATA, "seq": True},
        {**DATA, "seq": "1"},
        {**DATA, "t": "dat"},
        {**DATA, "t": None},
        {"t": "welcome", "lane": "P", "epoch": 1, "resume_after": 0, "credit": 1},
        {"t": "hello", "proto": 2, "lane": "A", "epoch": 1, "first": 1, "last": 0, "sent_at": 5},
        b"\x86" + b"".join(pack(part) for pair in DATA.items() for part in pair) + pack("seq") + pack(1),
        b"\x81\x91\x01\x02",
    ],
)
def test_what_cannot_be_read_is_not_answered(header: object) -> None:
    assert isinstance(read(header), BadHeader)


def test_nothing_in_a_detail_repeats_what_was_sent() -> None:
    secret = "37.123456 Hong"
    found = read({**DATA, "t": secret, "sent_at": secret})
    assert isinstance(found, BadHeader)
    assert secret not in found.detail
