"""Letters of a made-up gateway, as short as tests need them."""

from typing import Final

import numpy as np

from backend_bridge.domain.arrivals import BadRow, Data, Hello, Lane, LinkDown, LinkUp, Lost, RejectCode
from backend_bridge.domain.identifiers import GatewayName

NORTH: Final = GatewayName("north")
WIRE: Final = b"\x00\x01"
EPOCH: Final = 2**64 - 7
SECOND: Final = 1_000_000


def hello(epoch: int = EPOCH, *, first: int = 1, last: int = 0, lane: Lane = Lane.POSITIONS, wire: bytes = WIRE) -> Hello:
    return Hello(gateway=NORTH, connection=wire, lane=lane, epoch=epoch, first=first, last=last)


def data(
    seq: int, *, epoch: int = EPOCH, lane: Lane = Lane.POSITIONS, wire: bytes = WIRE, n_kept: int = 1, bad: tuple[BadRow, ...] = ()
) -> Data:
    rows = np.arange(n_kept, dtype=np.int32)
    return Data(gateway=NORTH, connection=wire, lane=lane, epoch=epoch, seq=seq, fixes=None, events=(), kept_rows=rows, bad=bad)


def bad_row(row: int | None, code: RejectCode = RejectCode.RANGE) -> BadRow:
    return BadRow(row=row, code=code, detail="lat: must be a number from -90 to 90")


def lost(first: int, last: int, *, epoch: int = EPOCH, lane: Lane = Lane.POSITIONS) -> Lost:
    return Lost(gateway=NORTH, connection=WIRE, lane=lane, epoch=epoch, from_seq=first, to_seq=last, reason="overwritten")


def up(wire: bytes = WIRE) -> LinkUp:
    return LinkUp(gateway=NORTH, connection=wire)


def down(wire: bytes = WIRE, reason: str = "silent") -> LinkDown:
    return LinkDown(gateway=NORTH, connection=wire, reason=reason)
