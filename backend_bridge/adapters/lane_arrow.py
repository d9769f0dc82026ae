"""Bodies of lanes P and B: an Arrow IPC stream with one record batch of `fix/1`, validated in full and turned into columns.

A gateway sends the same schema and mostly the same dictionaries with every message. What they say is worked out once by the
Arrow library, with its full validation, and remembered; of further messages only the record batch is looked at, by its buffers.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from backend_bridge.adapters.arrow_guard import StreamOutline, StreamRefusedError, outline
from backend_bridge.adapters.lane_columns import RawColumn, Texts, decoded_rows, with_devices_once
from backend_bridge.adapters.lane_kernel import quick_look
from backend_bridge.adapters.lane_rows import EARLIEST_US, MOST_AHEAD_US, MOST_BODY_BYTES, MOST_ROWS, NO_ROWS, Decoded, refused
from backend_bridge.adapters.lane_schema import N_SLOTS, ColumnPlace, Layout, layout_of
from backend_bridge.domain.arrivals import RejectCode
from backend_bridge.domain.fix import FixBatch

_MOST_HEADS: Final = 128
_MOST_LAYOUTS: Final = 32
_BITS: Final = 8
_NO_COLUMN: Final = (-1, -1, 0, 0)
_NO_TEXTS: Final = Texts([])
_WIDEST_INDEX: Final = 4
_SPAN: Final = np.array((EARLIEST_US, EARLIEST_US), np.int64)


@dataclass(slots=True)
class _Head:
    """What the schema and the dictionaries of a stream say."""

    raw: bytes
    layout: Layout
    texts: Mapping[str, Texts]
    """Of each dictionary column."""


class FixDecoder:
    """Decodes bodies; used by one thread."""

    def __init__(self) -> None:
        # Compiles the quick look, or loads it compiled, before a message waits for it.
        quick_look(np.frombuffer(bytes(64), np.uint8), np.zeros((N_SLOTS, 4), np.int64), 1, np.zeros(1, np.bool_), _NO_TEXTS.sources, _SPAN)
        self._heads: deque[_Head] = deque()
        """Those used last at the end. Gateways send their heads in turn, so the one used longest ago comes next more often than not."""
        self._layouts: dict[bytes, Layout] = {}
        """What schemas say, by their bytes."""

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
        head = self._known_head(body)
        found = outline(body, head.raw if head is not None else b"")
        if found.n_rows > MOST_ROWS:
            return refused(RejectCode.TOO_LARGE, f"the batch has {found.n_rows} rows; at most {MOST_ROWS} are taken")
        batch: pa.RecordBatch | None = None
        if head is not None and len(found.head) == len(head.raw):
            # Arrow's own check of the batch's header, which costs next to nothing.
            pa.ipc.read_message(memoryview(body)[len(head.raw) :])
            layout = head.layout
        else:
            layout, head = self._layout(body), None
            if layout.defect:
                return refused(RejectCode.SCHEMA, layout.defect)
            batch = _read(body, layout)
            if layout.is_plain:
                head = _Head(found.head, layout, _texts_of(batch, layout))
                self._remember(head)
        fixes = None if head is None else _by_one_look(body, found, head, now_us, verdicts)
        if fixes is not None:
            return Decoded(fixes=fixes, kept_rows=np.arange(found.n_rows, dtype=np.int32))
        if batch is not None:
            # Arrow checks every offset, index, null count and text.
            batch.validate(full=True)
        if head is None:
            columns, texts = _by_library(_read(body, layout), layout)
        else:
            # The library does not look at buffers that it can do without; here all must be what they say.
            columns, texts = _by_buffers(body, found, layout), head.texts
        return decoded_rows(columns, texts, found.n_rows, now_us, verdicts) if found.n_rows else Decoded(kept_rows=NO_ROWS)

    def _known_head(self, body: bytes) -> _Head | None:
        """The head that a body begins with, where it is known."""
        heads = self._heads
        if heads and body.startswith(heads[-1].raw):
            return heads[-1]
        for place, head in enumerate(heads):
            if body.startswith(head.raw):
                del heads[place]
                heads.append(head)
                return head
        return None

    def _remember(self, head: _Head) -> None:
        if len(self._heads) >= _MOST_HEADS:
            self._heads.popleft()
        self._heads.append(head)

    def _layout(self, body: bytes) -> Layout:
        """What the schema says with which an outlined body begins."""
        schema = body[: 8 + int.from_bytes(body[4:8], "little")]
        known = self._layouts.get(schema)
        if known is None:
            known = layout_of(pa.ipc.open_stream(body).schema)
            if len(self._layouts) >= _MOST_LAYOUTS:
                self._layouts.clear()
            self._layouts[schema] = known
        return known


def _read(body: bytes, layout: Layout) -> pa.RecordBatch:
    """The batch, of which Arrow has checked what it must to find its way about."""
    options = pa.ipc.IpcReadOptions(included_fields=list(layout.included)) if layout.included is not None else None
    return pa.ipc.open_stream(body, options=options).read_next_batch()


def _texts_of(batch: pa.RecordBatch, layout: Layout) -> Mapping[str, Texts]:
    """The texts of the columns that hold indices into texts, each text validated."""
    texts: dict[str, Texts] = {}
    for place in layout.places:
        if place.is_text:
            dictionary = batch.column(place.name).dictionary
            dictionary.validate(full=True)
            texts[place.name] = Texts(dictionary.to_pylist())
    return texts


def _by_library(batch: pa.RecordBatch, layout: Layout) -> tuple[Mapping[str, RawColumn], Mapping[str, Texts]]:
    """The columns of a batch that Arrow has validated, and the texts of those that hold texts."""
    columns: dict[str, RawColumn] = {}
    texts: dict[str, Texts] = {}
    for place in layout.places:
        column = batch.column(place.name)
        if place.is_text:
            if not isinstance(column, pa.DictionaryArray):
                column = column.dictionary_encode()
            column.dictionary.validate(full=True)
            texts[place.name] = Texts(column.dictionary.to_pylist())
            column = column.indices
        validity, values = column.buffers()
        valid = _bits(validity, 0, len(column)) if column.null_count else None
        columns[place.name] = RawColumn(_array(values, 0, len(column), place.dtype), valid, column.null_count)
    return columns, texts


def _by_one_look(body: bytes, found: StreamOutline, head: _Head, now_us: int, verdicts: Mapping[str, RejectCode | None]) -> FixBatch | None:
    """The fixes of a batch in which everything is in order; None where somebody must look closer."""
    names, sources = head.texts["device"], head.texts.get("source", _NO_TEXTS)
    places = _places(found, head.layout)
    if places is None or not names.are_plain_devices(verdicts) or sources.has_unknown_source:
        return None
    n = found.n_rows
    seen = np.zeros(len(names), np.bool_)
    span = np.array((EARLIEST_US, now_us + MOST_AHEAD_US), np.int64)
    is_right, device, accuracy_m, speed_mps, course_deg, moving, source, device_seq, has_device_seq = quick_look(
        np.frombuffer(body, np.uint8), np.array(places, np.int64), n, seen, sources.sources, span
    )
    if not is_right:
        return None
    fixes = FixBatch(
        device_names=names.names,
        device=device,
        measured_us=np.frombuffer(body, np.int64, n, places[1][0]),
        lat_deg=np.frombuffer(body, np.float64, n, places[2][0]),
        lon_deg=np.frombuffer(body, np.float64, n, places[3][0]),
        accuracy_m=accuracy_m,
        speed_mps=speed_mps,
        course_deg=course_deg,
        moving=moving,
        source=source,
        device_seq=device_seq,
        has_device_seq=has_device_seq,
        received_us=np.full(n, now_us, np.int64),
    )
    return fixes if seen.all() else with_devices_once(fixes)


def _places(found: StreamOutline, layout: Layout) -> list[tuple[int, int, int, int]] | None:
    """What `quick_look` has to know of each column; None when the batch is empty or laid out as no writer lays one out."""
    if found.n_rows == 0:
        return None
    places = [_NO_COLUMN] * N_SLOTS
    for place, values, valid, n_nulls in _columns(found, layout):
        if (values | max(valid, 0)) & 7 or (place.is_text and place.width > _WIDEST_INDEX):
            return None
        places[place.slot] = (values, valid, n_nulls, place.width)
    return places


def _columns(found: StreamOutline, layout: Layout) -> Iterator[tuple[ColumnPlace, int, int, int]]:
    """(column, where its values begin, where its validity begins or −1, nulls that it claims), each within the body."""
    n = found.n_rows
    n_bits = (n + _BITS - 1) // _BITS
    if len(found.nodes) != 2 * layout.n_columns or len(found.buffers) != 4 * layout.n_columns:
        raise StreamRefusedError("the record batch does not have the columns of its schema")
    for place in layout.places:
        length, n_nulls = found.nodes[2 * place.index : 2 * place.index + 2]
        if length != n or not 0 <= n_nulls <= n:
            raise StreamRefusedError("a column of the record batch has another length than the batch")
        values = found.buffer(2 * place.index + 1, n * place.width if place.width else n_bits)
        has_validity = n_nulls or found.buffers[4 * place.index + 1]
        yield place, values, found.buffer(2 * place.index, n_bits) if has_validity else -1, n_nulls


def _by_buffers(body: bytes, found: StreamOutline, layout: Layout) -> Mapping[str, RawColumn]:
    """The columns of a batch by its buffers alone, each checked as Arrow does; indices into texts are checked by their user."""
    n = found.n_rows
    columns: dict[str, RawColumn] = {}
    for place, values, start, n_nulls in _columns(found, layout):
        valid = _bits(body, start, n) if start >= 0 else None
        if valid is not None and n - np.count_nonzero(valid) != n_nulls:
            raise StreamRefusedError("a column of the record batch claims a number of nulls that it does not have")
        columns[place.name] = RawColumn(_array(body, values, n, place.dtype), valid if n_nulls else None, n_nulls)
    return columns


def _array(buffer: bytes | pa.Buffer | None, start: int, n: int, dtype: np.dtype[np.generic]) -> NDArray[Any]:
    if buffer is None or n == 0:
        return np.empty(0, dtype)
    if dtype.kind == "b":
        return _bits(buffer, start, n)
    return np.frombuffer(buffer, dtype, n, start)


def _bits(buffer: bytes | pa.Buffer, start: int, n: int) -> NDArray[np.bool_]:
    return np.unpackbits(np.frombuffer(buffer, np.uint8, (n + _BITS - 1) // _BITS, start), count=n, bitorder="little").view(np.bool_)
