"""Fixes and device events as bodies of `lane/1`: what `lane_arrow` and `lane_reports` read."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

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
    names = fixes.device_names
    return b"".join((_head(names), pa.RecordBatch.from_arrays(_columns(fixes, names), schema=SCHEMA).serialize(), _END))


@lru_cache(maxsize=32)
def _head(names: tuple[str, ...]) -> bytes:
    """The schema and the dictionaries, with which the stream of a gateway begins each time."""
    sink = pa.BufferOutputStream()
    none = pa.RecordBatch.from_arrays(_columns(FixBatch.empty(), names), schema=SCHEMA)
    with pa.ipc.new_stream(sink, SCHEMA) as writer:
        writer.write_batch(none)
    return bytes(sink.getvalue()).removesuffix(bytes(none.serialize()) + _END)


def _columns(fixes: FixBatch, names: tuple[str, ...]) -> list[pa.Array]:
    sources = _values(np.maximum(fixes.source, 0), pa.int8(), fixes.source == FixSource.UNKNOWN)
    return [
        pa.DictionaryArray.from_arrays(_values(fixes.device, pa.int32()), _texts(names)),
        _values(fixes.measured_us, _INSTANT),
        _values(fixes.lat_deg, pa.float64()),
        _values(fixes.lon_deg, pa.float64()),
        _values(fixes.accuracy_m, pa.float32(), np.isnan(fixes.accuracy_m)),
        _values(fixes.speed_mps, pa.float32(), np.isnan(fixes.speed_mps)),
        _values(fixes.course_deg, pa.float32(), np.isnan(fixes.course_deg)),
        _values(np.packbits(fixes.moving == 1, bitorder="little"), pa.bool_(), fixes.moving < 0),
        pa.DictionaryArray.from_arrays(sources, _texts(_SOURCE_NAMES)),
        _values(fixes.device_seq, pa.uint64(), ~fixes.has_device_seq),
    ]


def packed_reports(events: Sequence[DeviceEvent]) -> bytes:
    """A msgpack list of maps."""
    return msgspec.msgpack.encode([_fields(event) for event in events])


def _values(values: NDArray[np.generic], kind: pa.DataType, unknown: NDArray[np.bool_] | None = None) -> pa.Array:
    """A column of values as they lie in memory; `pa.array` would load pandas first, for nothing, and a start waits for that."""
    if kind != pa.bool_() and values.itemsize * 8 != kind.bit_width:
        raise TypeError(f"{values.dtype} is no {kind}")
    n = len(values) if unknown is None else len(unknown)
    known = pa.py_buffer(np.packbits(~unknown, bitorder="little")) if unknown is not None and unknown.any() else None
    return pa.Array.from_buffers(kind, n, [known, pa.py_buffer(np.ascontiguousarray(values))])


@lru_cache(maxsize=32)
def _texts(texts: tuple[str, ...]) -> pa.Array:
    """A column of texts, likewise."""
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
