"""Bodies of lanes P and B: an Arrow IPC stream with one record batch of `fix/1`, validated in full and turned into columns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from backend_bridge.adapters.arrow_guard import StreamRefusedError, outline
from backend_bridge.adapters.lane_columns import REQUIRED, decoded_rows
from backend_bridge.adapters.lane_rows import MOST_BODY_BYTES, MOST_ROWS, Decoded, refused
from backend_bridge.domain.arrivals import RejectCode


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind.value_type if pa.types.is_dictionary(kind) else kind))


_FIELDS: Final[Mapping[str, tuple[Callable[[pa.DataType], bool], str]]] = {
    "device": (_is_text, "string"),
    "measured_at": (lambda kind: kind == pa.timestamp("us", "UTC"), "timestamp[us, tz=UTC]"),
    "lat": (pa.types.is_float64, "float64"),
    "lon": (pa.types.is_float64, "float64"),
    "accuracy_m": (pa.types.is_float32, "float32"),
    "speed_mps": (pa.types.is_float32, "float32"),
    "course_deg": (pa.types.is_float32, "float32"),
    "moving": (pa.types.is_boolean, "bool"),
    "source": (_is_text, "string"),
    "device_seq": (pa.types.is_uint64, "uint64"),
}
_MOST_LAYOUTS: Final = 64


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns of one schema are; `defect` says why it cannot be read."""

    defect: str | None
    columns: Mapping[str, int]
    """Index of each known column in a batch read with `options`."""
    options: pa.ipc.IpcReadOptions | None


class FixDecoder:
    """Decodes bodies; it remembers the schemas that it has seen, because a gateway sends the same one with every message."""

    def __init__(self) -> None:
        self._layouts: dict[bytes, _Layout] = {}

    def decode(self, body: bytes, now_us: int, verdicts: Mapping[str, RejectCode | None]) -> Decoded:
        """The fixes of a body; `received_us` of each is `now_us`. Never raises, whatever the bytes are."""
        if len(body) > MOST_BODY_BYTES:
            return refused(RejectCode.TOO_LARGE, f"the body has {len(body)} bytes; at most {MOST_BODY_BYTES} are taken")
        try:
            return self._decode(body, now_us, verdicts)
        except StreamRefusedError as error:
            return refused(RejectCode.MALFORMED, str(error))
        except Exception:  # noqa: BLE001  # whatever hostile bytes provoke in the library, the lane goes on
            return refused(RejectCode.MALFORMED, "the Arrow stream is corrupt")

    def _decode(self, body: bytes, now_us: int, verdicts: Mapping[str, RejectCode | None]) -> Decoded:
        found = outline(body)
        if found.n_rows > MOST_ROWS:
            return refused(RejectCode.TOO_LARGE, f"the batch has {found.n_rows} rows; at most {MOST_ROWS} are taken")
        layout = self._layouts.get(found.schema) or self._remember(found.schema)
        if layout.defect:
            return refused(RejectCode.SCHEMA, layout.defect)
        batch = pa.ipc.open_stream(body, options=layout.options).read_next_batch()
        batch.validate(full=True)
        return decoded_rows(batch, layout.columns, now_us, verdicts)

    def _remember(self, schema: bytes) -> _Layout:
        if len(self._layouts) >= _MOST_LAYOUTS:
            self._layouts.clear()
        layout = self._layouts[schema] = _layout(pa.ipc.open_stream(schema).schema)
        return layout


def _layout(schema: pa.Schema) -> _Layout:
    names = schema.names
    for name, (is_right, wanted) in _FIELDS.items():
        count = names.count(name)
        if count > 1:
            return _Layout(f"{name}: the column stands {count} times", {}, None)
        if count == 0 and name in REQUIRED:
            return _Layout(f"{name}: the column is missing", {}, None)
        if count and not is_right(schema.field(name).type):
            return _Layout(f"{name}: the column must be {wanted}", {}, None)
    known = [index for index, name in enumerate(names) if name in _FIELDS]
    options = pa.ipc.IpcReadOptions(included_fields=known) if len(known) < len(names) else None
    return _Layout(None, {names[index]: place for place, index in enumerate(known)}, options)
