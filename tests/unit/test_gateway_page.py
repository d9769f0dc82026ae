"""The page that tells how to write a gateway says what the code does: fields, codes, limits, and a sample that gets on whatever comes."""

import re
import secrets
from pathlib import Path
from typing import Any, get_args

import msgspec
import numpy as np
import pytest

from backend_bridge.adapters import gate_links, lane_headers, lane_rows
from backend_bridge.adapters.gateway_gate import GatePolicy
from backend_bridge.adapters.lane_headers import FromBridge, FromGateway, header_of_effect
from backend_bridge.application.room import ANSWER_WITHIN_US
from backend_bridge.domain.arrivals import Arrival, Data, Hello, Lane, LinkUp, RejectCode
from backend_bridge.domain.identifiers import GatewayName
from backend_bridge.domain.lanes.lane_book import LaneBook, LanePolicy

PAGE = (Path(__file__).parents[2] / "docs" / "lane.md").read_text(encoding="utf8")
NORTH = GatewayName("north")
HELLO_US = 2_000_000


def sample(n: int) -> Any:
    """The lane of the gateway on the page, with n messages in its queue."""
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (source,) = re.findall(r"^class Lane:.*?(?=^context = )", program, re.DOTALL | re.MULTILINE)
    names: dict[str, Any] = {"secrets": secrets, "now_us": lambda: 0}
    exec(source, names)
    lane = names["Lane"]("A")
    for number in range(n):
        lane.add(f"body {number}".encode())
    return lane


class Talk:
    """The sample and a lane book, which say to each other what they have to say."""

    def __init__(self, lane: Any, book: LaneBook) -> None:
        self.lane, self.book, self.now_us = lane, book, 0
        self.bodies: list[bytes] = []
        book.take((LinkUp(gateway=NORTH, connection=b"c"),), 0)

    def go_on(self, n: int) -> None:
        for _ in range(n):
            self.now_us += HELLO_US
            arrivals = [self._arrival(header, body) for header, body in self.lane.outgoing(self.now_us / 1e6)]
            for effect in self.book.take(arrivals, self.now_us).effects:
                said = msgspec.msgpack.decode(msgspec.msgpack.encode(header_of_effect(effect)))
                list(self.lane.hear(said, self.now_us / 1e6))

    def _arrival(self, header: dict[str, Any], body: bytes) -> Arrival:
        common = {"gateway": NORTH, "connection": b"c", "lane": Lane.ALARMS, "epoch": header["epoch"]}
        if header["t"] == "hello":
            return Hello(first=header["first"], last=header["last"], **common)
        self.bodies.append(body)
        return Data(seq=header["seq"], fixes=None, events=(), kept_rows=np.zeros(1, np.int32), bad=(), **common)


def of_epochs(*epochs: int) -> LaneBook:
    """A book that has seen these epochs of the lane, the last of them now."""
    book = LaneBook.empty()
    for epoch in epochs:
        book.take((Hello(gateway=NORTH, connection=b"0", lane=Lane.ALARMS, epoch=epoch, first=1, last=9),), 0)
    return book


def test_the_sample_goes_on_in_a_new_epoch_when_its_own_is_over() -> None:
    lane = sample(3)
    old = lane.epoch
    talk = Talk(lane, of_epochs(old, old ^ 1))
    talk.go_on(4)
    assert lane.epoch != old
    assert (talk.bodies, lane.kept) == ([b"body 0", b"body 1", b"body 2"], {})


def test_the_sample_goes_on_in_a_new_epoch_when_the_bridge_knows_numbers_that_it_never_gave_out() -> None:
    lane = sample(3)
    old, book = lane.epoch, of_epochs(lane.epoch)
    for seq in range(1, 8):
        body = {"fixes": None, "events": (), "kept_rows": np.zeros(1, np.int32), "bad": ()}
        book.take((Data(gateway=NORTH, connection=b"0", lane=Lane.ALARMS, epoch=old, seq=seq, **body),), 0)  # type: ignore[arg-type]
    talk = Talk(lane, book)
    talk.go_on(4)
    assert lane.epoch != old
    assert (talk.bodies, lane.kept) == ([b"body 0", b"body 1", b"body 2"], {})


HEADERS: tuple[type[msgspec.Struct], ...] = tuple(dict.fromkeys((*get_args(FromGateway), *get_args(FromBridge))))


@pytest.mark.parametrize("header", HEADERS, ids=lambda of: of.__name__)
def test_every_field_of_every_message_stands_in_its_row(header: type[msgspec.Struct]) -> None:
    tag = header.__struct_config__.tag
    (row,) = [line for line in PAGE.splitlines() if line.startswith("|") and f"`{tag}`" in line.split("|")[1]]
    assert [field.encode_name for field in msgspec.structs.fields(header) if f"`{field.encode_name}`" not in row] == []


def test_every_code_is_explained() -> None:
    assert [code.value for code in RejectCode if not re.search(rf"^\| `{code.value}` \|", PAGE, re.MULTILINE)] == []


def test_the_limits_are_those_of_the_code() -> None:
    lanes, gate = LanePolicy(), GatePolicy()
    for figure in (
        f"`credit` is {lanes.credit} messages a lane",
        f"more than {lanes.most_islands:,} separate runs",
        f"may start {lanes.most_epochs:,} epochs",
        f"Up to {lanes.most_naks} holes",
        f"{gate.messages_per_s:,.0f} messages and {gate.bytes_per_s / 1e6:.0f} MB a second",
        f"have {gate_links._MOST_LINKS_A_GATEWAY} connections",
        f"If {gate_links.SILENT_AFTER_S:.0f} s pass without any message",
        f"counts for {ANSWER_WITHIN_US / 1e6:.0f} s",
        f"at most {lane_rows.MOST_ROWS:,} rows",
        f"a body over {lane_rows.MOST_BODY_BYTES // 1024} KiB",
        f"measured more than {lane_rows.MOST_AHEAD_US / 1e6:.0f} s ahead",
        f"at most {lane_headers.MOST_HEADER_BYTES // 1024} KiB",
    ):
        assert figure in PAGE, figure
