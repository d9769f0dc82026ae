"""Looks over an Arrow IPC stream before anything is made of it: its messages, their lengths, no compression, one batch.

Only lengths and offsets are read, each within bounds, so that hostile bytes can neither make anybody allocate what they claim
nor smuggle in a second batch.
"""

from dataclasses import dataclass
from struct import Struct, unpack_from
from struct import error as StructError  # noqa: N812  # it is an exception class in all but name
from typing import Final

_I32: Final = Struct("<i").unpack_from
_U32: Final = Struct("<I").unpack_from
_U16: Final = Struct("<H").unpack_from
_I64: Final = Struct("<q").unpack_from
_PREFIX: Final = Struct("<Ii").unpack_from
_SLOTS: Final = tuple(Struct(f"<{n}H").unpack_from for n in range(6))

_CONTINUATION: Final = 0xFFFFFFFF
_SCHEMA: Final = 1
_DICTIONARY: Final = 2
_RECORDS: Final = 3
_BROKEN: Final = "the Arrow stream is cut off or its offsets lead outside it"


class StreamRefusedError(Exception):
    """The bytes are not the one Arrow stream that is wanted; the text is one sentence without any value of the data."""


@dataclass(slots=True)
class StreamOutline:
    """What a stream that may be read consists of."""

    head: bytes
    """Everything before the record batch: the schema and the dictionaries; equal heads mean equal columns and equal texts."""
    n_rows: int
    """Rows of the one record batch, as its header claims."""
    nodes: tuple[int, ...]
    """(length, nulls) of each column, one after the other, as the header claims."""
    buffers: tuple[int, ...]
    """(offset, length) of each buffer, one after the other, as the header claims; offsets count from `start`."""
    start: int
    length: int
    """Where the batch's buffers begin in the body, and how many bytes they may take."""

    def buffer(self, index: int, least: int) -> int:
        """Where in the body a buffer begins that must hold at least so many bytes; raises StreamRefusedError when it does not."""
        offset, length = self.buffers[2 * index : 2 * index + 2]
        if offset < 0 or offset & 7 or length < least or offset + length > self.length:
            raise StreamRefusedError("a buffer of the Arrow stream is shorter than its rows need, not aligned, or outside the stream")
        return self.start + offset


def outline(body: bytes, known_head: bytes = b"") -> StreamOutline:
    """The outline of a stream of a schema, dictionaries and exactly one record batch; raises StreamRefusedError.

    With `known_head`, the head of an outline before with which the body begins, that part is not looked over again.
    """
    try:
        return _outline(body, known_head)
    except StructError:
        raise StreamRefusedError(_BROKEN) from None


def _outline(body: bytes, known_head: bytes) -> StreamOutline:
    found: StreamOutline | None = None
    has_schema = bool(known_head)
    at = len(known_head)
    while at < len(body):
        continuation, length = _PREFIX(body, at)
        if continuation != _CONTINUATION or length < 0:
            raise StreamRefusedError("the body is not an Arrow IPC stream")
        begin, at = at, at + 8
        if length == 0:
            break
        kind, header, body_length = _message(body, at, length)
        start = at + length
        at = start + body_length
        if at > len(body):
            raise StreamRefusedError(_BROKEN)
        _check_order(kind, has_schema=has_schema, has_rows=found is not None)
        has_schema = True
        if kind == _DICTIONARY:
            _check_dictionary(body, header)
        elif kind == _RECORDS:
            head = known_head if begin == len(known_head) else body[:begin]
            found = _records(body, header, head, start, body_length)
    if at != len(body):
        raise StreamRefusedError("bytes follow the end of the Arrow stream")
    if found is None:
        raise StreamRefusedError("the Arrow stream must hold exactly one record batch")
    return found


def _check_order(kind: int, *, has_schema: bool, has_rows: bool) -> None:
    if (kind == _SCHEMA) == has_schema or kind not in {_SCHEMA, _DICTIONARY, _RECORDS}:
        raise StreamRefusedError("the Arrow stream must be one schema, its dictionaries and one record batch")
    if has_rows:
        raise StreamRefusedError("the Arrow stream must hold exactly one record batch")


def _message(body: bytes, at: int, length: int) -> tuple[int, int, int]:
    """(kind, position of its table, bytes of its body) of the message whose metadata starts at `at`."""
    if at + length > len(body):
        raise StreamRefusedError(_BROKEN)
    _, kind_at, header_at, length_at = _fields(body, at + _U32(body, at)[0], 4)
    body_length = _I64(body, length_at)[0] if length_at else 0
    if not kind_at or not header_at or not 0 <= body_length <= len(body):
        raise StreamRefusedError("a message of the Arrow stream has no content or claims a length that it cannot have")
    return body[kind_at] if kind_at < len(body) else 0, header_at + _U32(body, header_at)[0], body_length


def _check_dictionary(body: bytes, table: int) -> None:
    _, data_at = _fields(body, table, 2)
    if not data_at:
        raise StreamRefusedError("a dictionary of the Arrow stream has no content")
    length_at, _, _, compression_at = _fields(body, data_at + _U32(body, data_at)[0], 4)
    n_texts = _I64(body, length_at)[0] if length_at else 0
    if compression_at or not 0 <= n_texts <= len(body):
        raise StreamRefusedError("a dictionary of the Arrow stream is compressed or claims a length that it cannot have")


def _records(body: bytes, table: int, head: bytes, start: int, length: int) -> StreamOutline:
    length_at, nodes_at, buffers_at, compression_at = _fields(body, table, 4)
    if compression_at:
        raise StreamRefusedError("the buffers are compressed; send them as they are")
    n_rows = _I64(body, length_at)[0] if length_at else 0
    if n_rows < 0:
        raise StreamRefusedError("the record batch claims fewer than no rows")
    return StreamOutline(head, int(n_rows), _pairs(body, nodes_at), _pairs(body, buffers_at), start, length)


def _pairs(body: bytes, at: int) -> tuple[int, ...]:
    """A vector of pairs of 64-bit numbers, flat; empty where there is none."""
    if not at:
        return ()
    at += _U32(body, at)[0]
    count = _U32(body, at)[0]
    if at + 4 + 16 * count > len(body):
        raise StreamRefusedError(_BROKEN)
    numbers: tuple[int, ...] = unpack_from(f"<{2 * count}q", body, at + 4)
    return numbers


def _fields(body: bytes, table: int, count: int) -> list[int]:
    """Positions of the first `count` fields of a flatbuffers table, 0 where one is absent."""
    vtable = table - _I32(body, table)[0]
    if vtable < 0:
        raise StreamRefusedError(_BROKEN)
    there = min(max((_U16(body, vtable)[0] - 4) // 2, 0), count)
    places = [table + offset if offset else 0 for offset in _SLOTS[there](body, vtable + 4)]
    return places + [0] * (count - there)
