"""From the columns of a table to the arrays of a `FixBatch`; each wrong value becomes one sentence with its row and field."""

from collections.abc import Callable
from typing import Final, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from backend_bridge.adapters.json_fields import is_device_id
from backend_bridge.adapters.time_text import us_of_text
from backend_bridge.domain.fix import FixBatch, FixSource
from backend_bridge.domain.identifiers import DeviceId

Number = TypeVar("Number", int, float)
Scalar = TypeVar("Scalar", bound=np.generic)

_SOURCES: Final = {source.name.lower(): int(source) for source in FixSource if source is not FixSource.UNKNOWN}
_FIRST_US: Final = us_of_text("2000-01-01T00:00:00Z")
_TIME_WANTED: Final = "must be a time with an offset such as 2026-11-23T07:36:00Z"
_WHOLE_UNTIL: Final = 2**53
"""Up to here a double holds every whole number."""
_BOOLEANS: Final = {"true": 1, "True": 1, "TRUE": 1, "1": 1, "false": 0, "False": 0, "FALSE": 0, "0": 0}


class ColumnProblems:
    """Collects the sentences about one table; at most a hundred a column are written."""

    def __init__(self, name: str, first_row: int) -> None:
        self._name = name
        self._first_row = first_row
        self.sentences: list[str] = []
        self._noted: set[tuple[str, int]] = set()

    def column(self, field: str, what: str) -> None:
        """Note a defect of a whole column."""
        self.sentences.append(f"{self._name}: field {field}: {what}")

    def rows(self, field: str, bad: NDArray[np.bool_], what: str) -> None:
        """Note the same defect in every row where `bad` is true and the field has none noted yet."""
        for row in np.flatnonzero(bad)[:100]:
            if (field, int(row)) in self._noted:
                continue
            self._noted.add((field, int(row)))
            self.sentences.append(f"{self._name}: row {int(row) + self._first_row}, field {field}: {what}")


def batch_of_columns(table: pa.Table, problems: ColumnProblems) -> FixBatch | None:
    """The rows of `table` (schema `fix/1`, or the same as text) in the order in which they stand; None when a column is missing."""
    twice = {name for name in table.column_names if table.column_names.count(name) > 1}
    missing = [name for name in ("device", "measured_at", "lat", "lon") if name not in table.column_names]
    for name in (*missing, *sorted(twice)):
        problems.column(name, "the column stands twice" if name in twice else "the column is missing")
    if missing or twice:
        return None
    reader = _Columns(table, problems)
    names, device = reader.devices()
    measured = reader.instants("measured_at", required=True)
    received = reader.instants("received_at", required=False)
    device_seq, has_device_seq = reader.counters("device_seq")
    return FixBatch(
        device_names=names,
        device=device,
        measured_us=measured[0],
        lat_deg=reader.numbers("lat", low=-90, high=90, required=True),
        lon_deg=reader.numbers("lon", low=-180, high=180, required=True),
        accuracy_m=reader.numbers("accuracy_m", low=0, high=1e7).astype(np.float32),
        speed_mps=reader.numbers("speed_mps", low=0, high=1e4).astype(np.float32),
        course_deg=reader.numbers("course_deg", low=-360, high=360).astype(np.float32),
        moving=reader.codes("moving", _BOOLEANS, "must be true or false"),
        source=reader.codes("source", _SOURCES, f"must be one of {' '.join(_SOURCES)}"),
        device_seq=device_seq,
        has_device_seq=has_device_seq,
        received_us=np.where(received[1], received[0], measured[0]),
    )


class _Columns:
    """Reads one column after another; a column that is absent is all null; the type of one that is all null says nothing."""

    def __init__(self, table: pa.Table, problems: ColumnProblems) -> None:
        self._table = table
        self._problems = problems

    def _column(self, field: str) -> pa.Array | None:
        if field not in self._table.column_names:
            return None
        column = self._table.column(field).combine_chunks()
        if isinstance(column, pa.ChunkedArray):
            column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
        if len(column) and column.null_count == len(column):
            return pa.nulls(len(column), pa.string())
        return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column

    def _valid(self, field: str, column: pa.Array, *, required: bool) -> NDArray[np.bool_]:
        valid: NDArray[np.bool_] = np.asarray(column.is_valid())
        if required:
            self._problems.rows(field, ~valid, "is empty; a value is needed")
        return valid

    def _texts(self, field: str, column: pa.Array) -> pa.DictionaryArray | None:
        if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
            self._problems.column(field, f"holds {column.type}; text is needed")
            return None
        return column.dictionary_encode()

    def devices(self) -> tuple[tuple[DeviceId, ...], NDArray[np.int32]]:
        """The device ids that occur, and for every row the index of its own."""
        column = self._column("device")
        encoded = None if column is None else self._texts("device", column)
        if encoded is None:
            return (), np.zeros(len(self._table), np.int32)
        valid = self._valid("device", column, required=True)
        names = encoded.dictionary.to_pylist()
        index = np.asarray(pc.fill_null(encoded.indices, 0)).astype(np.int32)
        wrong = np.array([not is_device_id(name) for name in names], np.bool_)
        if wrong.any():
            self._problems.rows("device", wrong[index] & valid, "must be 1–64 of A–Z a–z 0–9 . _ -")
        return tuple(DeviceId(name) for name in names), index

    def instants(self, field: str, *, required: bool) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Microseconds, and where there is a value at all."""
        column = self._column(field)
        if column is None:
            return np.zeros(len(self._table), np.int64), np.zeros(len(self._table), np.bool_)
        valid = self._valid(field, column, required=required)
        values = self._instant_values(field, column)
        self._problems.rows(field, valid & (values < _FIRST_US), "must be a time from the year 2000 on")
        return values, valid

    def _instant_values(self, field: str, column: pa.Array) -> NDArray[np.int64]:
        if pa.types.is_timestamp(column.type) and column.type.tz is not None:
            whole = pc.cast(column, pa.timestamp("us", tz="UTC"), safe=False)
            return np.asarray(pc.fill_null(pc.cast(whole, pa.int64()), _FIRST_US)).astype(np.int64)
        encoded = None if pa.types.is_timestamp(column.type) else self._texts(field, column)
        if encoded is None:
            if pa.types.is_timestamp(column.type):
                self._problems.column(field, "holds times without a time zone; timestamp[us, UTC] is needed")
            return np.full(len(column), _FIRST_US, np.int64)
        return self._by_text(field, encoded, us_of_text, _TIME_WANTED, np.int64)

    def numbers(self, field: str, *, low: float, high: float, required: bool = False) -> NDArray[np.float64]:
        """Finite numbers within [low, high], NaN where there is none."""
        column = self._column(field)
        if column is None:
            return np.full(len(self._table), np.nan)
        valid = self._valid(field, column, required=required)
        if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
            values = np.asarray(pc.fill_null(pc.cast(column, pa.float64(), safe=False), low)).astype(np.float64)
        else:
            encoded = self._texts(field, column)
            if encoded is None:
                return np.full(len(column), np.nan)
            values = self._by_text(field, encoded, float, "must be a number", np.float64)
        self._problems.rows(field, valid & ~((values >= low) & (values <= high)), f"must be a number from {low:g} to {high:g}")
        return np.where(valid, values, np.nan)

    def codes(self, field: str, words: dict[str, int], what: str) -> NDArray[np.int8]:
        """The number of each word, −1 where there is none."""
        column = self._column(field)
        if column is None:
            return np.full(len(self._table), -1, np.int8)
        if pa.types.is_boolean(column.type) and words is _BOOLEANS:
            return np.asarray(pc.fill_null(pc.cast(column, pa.int8()), -1)).astype(np.int8)
        encoded = self._texts(field, column)
        if encoded is None:
            return np.full(len(column), -1, np.int8)
        values = self._by_text(field, encoded, words.__getitem__, what, np.int8)
        return np.where(self._valid(field, column, required=False), values, -1).astype(np.int8)

    def counters(self, field: str) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
        """Unsigned 64-bit numbers, and where there is one."""
        column = self._column(field)
        if column is None:
            return np.zeros(len(self._table), np.uint64), np.zeros(len(self._table), np.bool_)
        valid = self._valid(field, column, required=False)
        if pa.types.is_integer(column.type):
            signed = pa.types.is_signed_integer(column.type)
            if signed:
                self._problems.rows(field, np.asarray(pc.fill_null(pc.less(column, 0), fill_value=False)), "must not be negative")
            values = np.asarray(pc.fill_null(column, 0))
            return np.where(valid, np.maximum(values, 0), 0).astype(np.uint64), valid
        if pa.types.is_floating(column.type):
            return self._whole(field, column)
        encoded = self._texts(field, column)
        if encoded is None:
            return np.zeros(len(column), np.uint64), valid
        counters = self._by_text(field, encoded, _counter, "must be a whole number from 0 to 18446744073709551615", np.uint64)
        return np.where(valid, counters, 0).astype(np.uint64), valid

    def _whole(self, field: str, column: pa.Array) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
        """Counters that a table of doubles holds, as programs leave a column with gaps; NaN stands for none."""
        values = np.asarray(pc.fill_null(pc.cast(column, pa.float64()), np.nan)).astype(np.float64)
        valid = ~np.isnan(values)
        wrong = valid & ~((values >= 0) & (values <= _WHOLE_UNTIL) & (np.floor(values) == values))
        self._problems.rows(field, wrong, f"must be a whole number from 0 to {_WHOLE_UNTIL} where it is written as a double")
        return np.where(valid & ~wrong, values, 0).astype(np.uint64), valid

    def _by_text(
        self, field: str, encoded: pa.DictionaryArray, value_of: Callable[[str], Number], what: str, dtype: type[Scalar]
    ) -> NDArray[Scalar]:
        """The value of every text, each different text read once; a null reads as the first."""
        texts = encoded.dictionary.to_pylist()
        values = np.zeros(max(len(texts), 1), dtype)
        wrong = np.zeros(len(values), np.bool_)
        for index, text in enumerate(texts):
            try:
                values[index] = value_of(text)
            except (ValueError, KeyError, OverflowError):
                wrong[index] = True
        indices = np.asarray(pc.fill_null(encoded.indices, 0)).astype(np.intp)
        self._problems.rows(field, wrong[indices] & np.asarray(encoded.is_valid()), what)
        return values[indices]


def _counter(text: str) -> int:
    value = int(text)
    if not text.isascii() or not 0 <= value < 2**64:
        raise ValueError
    return value
