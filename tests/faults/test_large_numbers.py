"""Sequences that begin near 2³¹, 2³², 2⁵³ and 2⁶³: from the wire to the log and to the text on the screen, not a digit is lost."""

import json
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest
from room_builder import OPERATOR, Desk, a_case

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "application"))

from test_views import picture_of

from backend_bridge.adapters.desk_mirrors import encoded
from backend_bridge.adapters.lane_headers import DataHeader, packed
from backend_bridge.adapters.lane_wire import Message, read_message
from backend_bridge.adapters.log_lines import entry_bytes
from backend_bridge.application.inbox import Inbox
from backend_bridge.application.views import DeskView
from backend_bridge.desk_protocol import ChangesRaw, decode_from_bridge, encode
from backend_bridge.domain.arrivals import Data, Hello, Lane, LinkUp
from backend_bridge.domain.identifiers import GatewayName
from backend_bridge.domain.outcomes.lane_events import HoleOpened
from widgets.models.device_columns import GATEWAYS

NORTH, WIRE, EPOCH = GatewayName("north"), b"w", 2**64 - 1


@pytest.mark.parametrize("seq", [2**31 - 10, 2**32 - 10, 2**53 - 10, 2**63 - 10])
def test_a_sequence_comes_to_the_log_and_the_screen_with_all_its_digits(seq: int) -> None:
    said = read_message([packed(DataHeader(Lane.POSITIONS, EPOCH, seq, 0)), b""], 2)
    assert isinstance(said, Message)
    assert isinstance(said.header, DataHeader)
    desk = Desk([a_case()])
    hello = Hello(gateway=NORTH, connection=WIRE, lane=Lane.POSITIONS, epoch=EPOCH, first=1, last=0)
    rows = np.zeros(1, np.int32)
    data = Data(
        gateway=NORTH, connection=WIRE, lane=Lane.POSITIONS, epoch=EPOCH, seq=said.header.seq, fixes=None, events=(), kept_rows=rows, bad=()
    )
    outcome = desk.run(Inbox(arrivals=(LinkUp(gateway=NORTH, connection=WIRE), hello, data)))
    hole = next(event for event in outcome.events if isinstance(event, HoleOpened))
    entry = json.loads(entry_bytes(1, 0, hole))
    assert (entry["from"], entry["to"], entry["epoch"]) == (1, seq - 1, EPOCH)
    changes = DeskView(OPERATOR, f"seat-{OPERATOR}").changes(desk.room, picture_of(desk.room.now_us))
    (part,) = encoded(changes)
    heard = decode_from_bridge(encode(ChangesRaw(n=seq, rows=part.raw)))
    assert heard.n == seq  # type: ignore[union-attr]  # it is a message with rows
    (row,) = heard.rows.gateways  # type: ignore[union-attr]  # likewise
    shown = next(column for column in GATEWAYS if column.key == "gaps").cell(row, desk.room.now_us)
    assert f"{seq - 1:,} " in str(shown.top)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(seq)) == seq
