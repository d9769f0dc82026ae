"""Fixes and device events as bodies of `lane/1`: what `lane_arrow` and `lane_reports` read."""

from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
import pyarrow as pa

from backend_bridge.adapters.lane_columns import with_devices_once
from backend_bridge.adapters.lane_rows import MOST_BODY_BYTES
from backend_bridge.adapters.time_text import text_of_us
from backend_bridge.domain.device_event import DeviceEvent
from backend_bridge.domain.fix import FixBatch, FixSource

_ROWS_A_MESSAGE: Final = 1000
_EVENTS_A_MESSAGE: Final = 100
_SOURCE_NAMES: Final = ("gnss", "wifi", "cell", "beacon")
_SOURCES: Final = pa.array(_SOURCE_NAMES)
_INSTANT: Final = pa.timestamp("us", "UTC")
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
    unknown = fixes.source == FixSource.UNKNOWN
    columns = [
        pa.DictionaryArray.from_arrays(fixes.device, pa.array(fixes.device_names, pa.string())),
        pa.array(fixes.measured_us).view(_INSTANT),
        pa.array(fixes.lat_deg),
        pa.array(fixes.lon_deg),
        _nullable(fixes.accuracy_m),
        _nullable(fixes.speed_mps),
        _nullable(fixes.course_deg),
        pa.array(fixes.moving == 1, mask=fixes.moving < 0),
        pa.DictionaryArray.from_arrays(pa.array(np.maximum(fixes.source, 0), mask=unknown), _SOURCES),
        pa.array(fixes.device_seq, mask=~fixes.has_device_seq),
    ]
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, SCHEMA) as writer:
        writer.write_batch(pa.record_batch(columns, schema=SCHEMA))
    return bytes(sink.getvalue())


def packed_reports(events: Sequence[DeviceEvent]) -> bytes:
    """A msgpack list of maps."""
    return msgspec.msgpack.encode([_fields(event) for event in events])


def _nullable(values: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))


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
