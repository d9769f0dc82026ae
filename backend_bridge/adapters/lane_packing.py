"""Fixes and device events as bodies of `lane/1`: what `lane_arrow` and `lane_reports` read."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from backend_bridge.adapters.lane_columns import with_devices_once
from backend_bridge.adapters.lane_rows import MOST_BODY_BYTES
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch, FixSource

_ROWS_A_MESSAGE: Final = 1000
_EVENTS_A_MESSAGE: Final = 100
_SOURCE_NAMES: Final = ("gnss", "wifi", "cell", "beacon")
_INSTANT: Final = pa.timestamp("us", "UTC")
_END: Final = b"\xff\xff\xff\xff\x00\x00\x00\x00"
"""With which a stream ends."""
SCHEMA: Final = pa.schema(
    [
        pa.field("device", pa.dictionary(pa.int32(), pa.string()), nullable=False),
        pa.field("measured_at", _INSTANT, nullable=False),
        pa.field("lat", pa.float64(), nullable=False),
        pa.field("lon", pa.float64(), nullable=False),
        pa.field("accuracy_m", pa.float32()),
        pa.field("speed_mps", pa.float32()),
        pa.field("course_deg", pa.float32()),
        pa.field("moving", pa.bool_()),
        pa.field("source", pa.dictionary(pa.int8(), pa.string())),
        pa.field("device_seq", pa.uint64()),
    ]
)
"""`fix/1` on the wire."""
_KINDS: Final = tuple(field.type.index_type if pa.types.is_dictionary(field.type) else field.type for field in SCHEMA)
"""What the values of each column are; of texts they are indices."""
_WIDTHS: Final = tuple(max(1, kind.bit_width // 8) for kind in _KINDS)
_NOTHING: Final = np.zeros(0, np.uint8)
_PADDING: Final = bytes(8)
"""Each buffer ends at a multiple of so many bytes."""


def fix_messages(fixes: FixBatch) -> list[bytes]:
    """Fixes as bodies that the protocol takes: each at most 1,000 rows and 64 KiB, in order; none for no fixes."""
    if len(fixes) == 0:
        return []
    if len(fixes) <= _ROWS_A_MESSAGE:
        body = packed_fixes(with_devices_once(fixes))
        if len(body) <= MOST_BODY_BYTES:
            return [body]
    half = len(fixes) // 2 if len(fixes) < 2 * _ROWS_A_MESSAGE else _ROWS_A_MESSAGE
    return fix_messages(fixes.take(np.arange(half))) + fix_messages(fixes.take(np.arange(half, len(fixes))))


def report_messages(events: Sequence[DeviceEvent]) -> list[bytes]:
    """Device events as bodies that the protocol takes."""
    starts = range(0, len(events), _EVENTS_A_MESSAGE)
    return [packed_reports(events[start : start + _EVENTS_A_MESSAGE]) for start in starts]


def packed_fixes(fixes: FixBatch) -> bytes:
    """One record batch as an Arrow IPC stream; keep it within 5,000 rows and 64 KiB, which about 1,000 rows are."""
    columns = _columns(fixes)
    unknown = tuple(0 if column.unknown is None else int(np.count_nonzero(column.unknown)) for column in columns)
    pieces = [_head(fixes.device_names), _announced(len(fixes), unknown)]
    for values in chain.from_iterable(_buffers(column) for column in columns):
        pieces += (values.tobytes(), _PADDING[: -values.nbytes % len(_PADDING)])
    return b"".join((*pieces, _END))


class _Column(NamedTuple):
    """A column of n rows as it lies in memory."""

    values: NDArray[np.generic]
    unknown: NDArray[np.bool_] | None = None
    """(n,) which are null; None for none."""


def _columns(fixes: FixBatch) -> tuple[_Column, ...]:
    columns = (
        _Column(fixes.device),
        _Column(fixes.measured_us),
        _Column(fixes.lat_deg),
        _Column(fixes.lon_deg),
        _Column(fixes.accuracy_m, np.isnan(fixes.accuracy_m)),
        _Column(fixes.speed_mps, np.isnan(fixes.speed_mps)),
        _Column(fixes.course_deg, np.isnan(fixes.course_deg)),
        _Column(np.packbits(fixes.moving == 1, bitorder="little"), fixes.moving < 0),
        _Column(np.maximum(fixes.source, 0), fixes.source == FixSource.UNKNOWN),
        _Column(fixes.device_seq, ~fixes.has_device_seq),
    )
    widths = tuple(column.values.itemsize for column in columns)
    if widths != _WIDTHS:
        raise TypeError(f"columns of {widths} bytes a value are no fix/1")
    return columns


def _buffers(column: _Column) -> tuple[NDArray[np.generic], NDArray[np.generic]]:
    """Which rows are not null, as bits, where one is; and the values."""
    if column.unknown is None or not np.count_nonzero(column.unknown):
        return _NOTHING, column.values
    return np.packbits(~column.unknown, bitorder="little"), column.values


@lru_cache(maxsize=32)
def _head(names: tuple[str, ...]) -> bytes:
    """The schema and the dictionaries, with which the stream of a gateway begins each time."""
    sink, none = pa.BufferOutputStream(), _batch(_columns(FixBatch.empty()), 0, names)
    with pa.ipc.new_stream(sink, SCHEMA) as writer:
        writer.write_batch(none)
    return bytes(sink.getvalue()).removesuffix(bytes(none.serialize()) + _END)


@lru_cache(maxsize=256)
def _announced(n: int, unknown: tuple[int, ...]) -> bytes:
    """What a stream says about a batch of n rows, of which so many of each column are null, before the batch itself."""
    rows = np.arange(n)
    zeros = [np.zeros((n + 7) // 8 if kind == pa.bool_() else n, f"u{width}") for kind, width in zip(_KINDS, _WIDTHS, strict=True)]
    columns = tuple(_Column(values, rows < n_unknown) for values, n_unknown in zip(zeros, unknown, strict=True))
    whole = bytes(_batch(columns, n, ("",)).serialize())
    n_bytes = sum(values.nbytes + -values.nbytes % len(_PADDING) for column in columns for values in _buffers(column))
    return whole[: len(whole) - n_bytes]


def _batch(columns: Sequence[_Column], n: int, names: tuple[str, ...]) -> pa.RecordBatch:
    """A record batch as the library has it; `pa.array` would load pandas first, for nothing, and a start waits for that."""
    arrays = []
    for column, kind, field in zip(columns, _KINDS, SCHEMA, strict=True):
        known, values = (pa.py_buffer(np.ascontiguousarray(buffer)) for buffer in _buffers(column))
        array = pa.Array.from_buffers(kind, n, [known if known.size else None, values])
        if pa.types.is_dictionary(field.type):
            array = pa.DictionaryArray.from_arrays(array, _texts(names if field.name == "device" else _SOURCE_NAMES))
        arrays.append(array)
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


def packed_reports(events: Sequence[DeviceEvent]) -> bytes:
    """A msgpack list of maps."""
    return msgspec.msgpack.encode([_fields(event) for event in events])


def _texts(texts: Sequence[str]) -> pa.Array:
    """A column of texts."""
    encoded = [text.encode() for text in texts]
    ends = np.cumsum([0, *map(len, encoded)]).astype(np.int32)
    return pa.Array.from_buffers(pa.string(), len(encoded), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))])


def _fields(event: DeviceEvent) -> dict[str, object]:
    fields: dict[str, object] = {"device": event.device, "measured_at": text_of_us(event.measured_us), "kind": str(event.kind)}
    if event.value is not None:
        fields["value"] = event.value
    if event.place is not None:
        fields |= {"lat": event.place.lat_deg, "lon": event.place.lon_deg}
    if event.accuracy_m is not None:
        fields["accuracy_m"] = event.accuracy_m
    if event.source is not FixSource.UNKNOWN:
        fields["source"] = _SOURCE_NAMES[event.source]
    return fields
