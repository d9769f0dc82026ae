"""Bodies of lanes P and B as a careful or a careless gateway would build them."""

from collections.abc import Mapping, Sequence
from typing import Final

import pyarrow as pa

from backend_bridge.adapters.lane_arrow import FixDecoder
from backend_bridge.adapters.lane_packing import SCHEMA
from backend_bridge.adapters.lane_rows import Decoded
from backend_bridge.domain.arrivals import RejectCode
from backend_bridge.domain.identifiers import GatewayName
from backend_bridge.domain.lanes.enrolment import GatewayEnrolment
from backend_bridge.domain.lanes.ownership import DeviceVerdicts, Ownership

NOW_US: Final = 1_795_000_000_000_000
ROW: Final[Mapping[str, object]] = {
    "device": "ANK-0001",
    "measured_at": NOW_US - 1_000_000,
    "lat": 37.5,
    "lon": 127.0,
    "accuracy_m": 8.0,
    "speed_mps": 1.5,
    "course_deg": 90.0,
    "moving": True,
    "source": "gnss",
    "device_seq": 7,
}
ENROLMENTS: Final = (
    GatewayEnrolment(gateway=GatewayName("north"), public_key="n" * 40, devices=("ANK-*", "VIC-00??")),
    GatewayEnrolment(gateway=GatewayName("south"), public_key="s" * 40, devices=("BUS-*",)),
)


def verdicts() -> DeviceVerdicts:
    return Ownership(ENROLMENTS).of(GatewayName("north"))


def table_of(rows: Sequence[Mapping[str, object]], schema: pa.Schema = SCHEMA) -> pa.RecordBatch:
    """A batch of `schema`; a dictionary column is built as Arrow does from plain texts."""
    loose = pa.schema([pa.field(field.name, field.type, nullable=True, metadata=field.metadata) for field in schema])
    columns = [pa.array([row.get(field.name) for row in rows], type=field.type) for field in loose]
    return pa.record_batch(columns, schema=loose)


def stream_of(*batches: pa.RecordBatch, options: pa.ipc.IpcWriteOptions | None = None) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batches[0].schema, options=options) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return bytes(sink.getvalue())


def body_of(rows: Sequence[Mapping[str, object]], schema: pa.Schema = SCHEMA) -> bytes:
    return stream_of(table_of(rows, schema))


def decoded(body: bytes) -> Decoded:
    return FixDecoder().decode(body, NOW_US, verdicts())


def with_column(name: str, kind: pa.DataType) -> pa.Schema:
    return SCHEMA.set(SCHEMA.get_field_index(name), pa.field(name, kind))


def codes(found: Decoded) -> list[tuple[int | None, RejectCode]]:
    return [(row.row, row.code) for row in found.bad]
