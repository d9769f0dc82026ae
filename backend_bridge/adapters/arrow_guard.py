"""Looks over an Arrow IPC stream before the Arrow library touches it: its messages, their lengths, no compression.

Only lengths and offsets are read, each within bounds, so that hostile bytes can neither make anybody allocate what they claim
nor smuggle in a second batch. What is inside the buffers is Arrow's `validate(full=True)` to judge.
"""

from dataclasses import dataclass
from struct import Struct
from struct import error as StructError  # noqa: N812  # it is an exception class in all but name
from typing import Final

_I32: Final = Struct("<i").unpack_from
_U32: Final = Struct("<I").unpack_from
_U16: Final = Struct("<H").unpack_from
_I64: Final = Struct("<q").unpack_from
_U8: Final = Struct("<B").unpack_from
_PREFIX: Final = Struct("<Ii").unpack_from

_CONTINUATION: Final = 0xFFFFFFFF
_SCHEMA: Final = 1
_DICTIONARY: Final = 2
_RECORDS: Final = 3
_MESSAGE_HEADER_TYPE: Final = 1
_MESSAGE_HEADER: Final = 2
_MESSAGE_BODY_LENGTH: Final = 3
_RECORDS_LENGTH: Final = 0
_RECORDS_COMPRESSION: Final = 3
_DICTIONARY_DATA: Final = 1


class StreamRefusedError(Exception):
    """The bytes are not the one Arrow stream that is wanted; the text is one sentence without any value of the data."""


@dataclass(frozen=True, slots=True)
class StreamOutline:
    """What a stream that may be read consists of."""

    schema: bytes
    """The encapsulated schema message, equal for streams of equal schema."""
    n_rows: int
    """Rows of the one record batch, as its header claims."""


def outline(body: bytes) -> StreamOutline:
    """The outline of a stream of a schema, dictionaries and exactly one record batch; raises StreamRefusedError."""
    try:
        return _outline(body)
    except StructError:
        raise StreamRefusedError("the Arrow stream is cut off or its offsets lead outside it") from None


def _outline(body: bytes) -> StreamOutline:
    schema: bytes | None = None
    n_rows: int | None = None
    at = 0
    while at < len(body):
        continuation, length = _PREFIX(body, at)
        if continuation != _CONTINUATION or length < 0:
            raise StreamRefusedError("the body is not an Arrow IPC stream")
        start, at = at, at + 8
        if length == 0:
            break
        kind, header, body_length = _message(body, at, length)
        at += length + body_length
        if at > len(body):
            raise StreamRefusedError("the Arrow stream is cut off")
        _check_order(kind, has_schema=schema is not None, has_rows=n_rows is not None)
        if kind == _SCHEMA:
            schema = body[start:at]
        elif kind == _DICTIONARY:
            _length_of_records(body, _table(body, header, _DICTIONARY_DATA), len(body))
        else:
            n_rows = _length_of_records(body, header, 2**63)
    if at != len(body):
        raise StreamRefusedError("bytes follow the end of the Arrow stream")
    if schema is None or n_rows is None:
        raise StreamRefusedError("the Arrow stream must hold exactly one record batch")
    return StreamOutline(schema, n_rows)


def _check_order(kind: int, *, has_schema: bool, has_rows: bool) -> None:
    if (kind == _SCHEMA) == has_schema or kind not in {_SCHEMA, _DICTIONARY, _RECORDS}:
        raise StreamRefusedError("the Arrow stream must be one schema, its dictionaries and one record batch")
    if has_rows:
        raise StreamRefusedError("the Arrow stream must hold exactly one record batch")


def _message(body: bytes, at: int, length: int) -> tuple[int, int, int]:
    """(kind, position of its table, bytes of its body) of the message whose metadata starts at `at`."""
    if at + length > len(body):
        raise StreamRefusedError("the Arrow stream is cut off")
    message = at + _U32(body, at)[0]
    kind_at = _field(body, message, _MESSAGE_HEADER_TYPE)
    length_at = _field(body, message, _MESSAGE_BODY_LENGTH)
    body_length = _I64(body, length_at)[0] if length_at else 0
    if not kind_at or not 0 <= body_length <= len(body):
        raise StreamRefusedError("a message of the Arrow stream claims a length that it cannot have")
    return _U8(body, kind_at)[0], _table(body, message, _MESSAGE_HEADER), body_length


def _length_of_records(body: bytes, records: int, most: int) -> int:
    if _field(body, records, _RECORDS_COMPRESSION):
        raise StreamRefusedError("the buffers are compressed; send them as they are")
    length_at = _field(body, records, _RECORDS_LENGTH)
    length = _I64(body, length_at)[0] if length_at else 0
    if not 0 <= length <= most:
        raise StreamRefusedError("a batch of the Arrow stream claims a number of rows that it cannot have")
    return int(length)


def _field(body: bytes, table: int, index: int) -> int:
    """Position of a field of a flatbuffers table, 0 where it is absent."""
    vtable = table - _I32(body, table)[0]
    if vtable < 0:
        raise StreamRefusedError("the Arrow stream's offsets lead outside it")
    slot = 4 + 2 * index
    if slot + 2 > _U16(body, vtable)[0]:
        return 0
    offset = _U16(body, vtable + slot)[0]
    return table + offset if offset else 0


def _table(body: bytes, table: int, index: int) -> int:
    """Position of the table that a field points to."""
    at = _field(body, table, index)
    if not at:
        raise StreamRefusedError("a message of the Arrow stream has no content")
    return at + int(_U32(body, at)[0])
