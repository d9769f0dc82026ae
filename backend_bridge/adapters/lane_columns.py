"""From a validated Arrow batch to the columns of a `FixBatch`: nulls, ranges, vocabulary and ownership checked row by row.

A column without nulls is taken as it lies in the message, without copying; rows are looked at one by one only where a whole
column's check has failed.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from backend_bridge.adapters.lane_rows import (
    EARLIEST_US,
    EARLY_DETAIL,
    FUTURE_DETAIL,
    MOST_AHEAD_US,
    NO_ROWS,
    OWNERSHIP_DETAIL,
    Decoded,
    RowDefects,
)
from backend_bridge.domain.arrivals import RejectCode
from backend_bridge.domain.fix import FixBatch, FixSource
from backend_bridge.domain.identifiers import DeviceId

Scalar = TypeVar("Scalar", bound=np.generic)
Number = TypeVar("Number", np.float64, np.float32)

REQUIRED: Final = ("device", "measured_at", "lat", "lon")
"""Columns that must be there and hold no null; any other may be left out, which reads as null throughout."""
_SOURCES: Final = {"gnss": FixSource.GNSS, "wifi": FixSource.WIFI, "cell": FixSource.CELL, "beacon": FixSource.BEACON}
_UNKNOWN_SOURCE: Final = -2
_NAMELESS: Final = DeviceId("-")


def decoded_rows(batch: pa.RecordBatch, columns: Mapping[str, int], now_us: int, verdicts: Mapping[str, RejectCode | None]) -> Decoded:
    """The rows of a batch that passed `validate(full=True)`; `columns` says where each known column is."""
    if batch.num_rows == 0:
        return Decoded(kept_rows=NO_ROWS)
    return _Rows(batch, columns).decoded(now_us, verdicts)


class _Rows:
    def __init__(self, batch: pa.RecordBatch, columns: Mapping[str, int]) -> None:
        self._columns = {name: batch.column(index) for name, index in columns.items()}
        self._n = batch.num_rows
        self._defects = RowDefects(self._n)

    def decoded(self, now_us: int, verdicts: Mapping[str, RejectCode | None]) -> Decoded:
        names, device = self._devices()
        source = self._sources()
        lat_deg = self._numbers("lat", np.float64, -90, 90)
        lon_deg = self._numbers("lon", np.float64, -180, 180)
        accuracy_m = self._numbers("accuracy_m", np.float32, 0, 1e7)
        speed_mps = self._numbers("speed_mps", np.float32, 0, 1e4)
        course_deg = self._numbers("course_deg", np.float32, -360, 360)
        codes = [verdicts[name] for name in names]
        self._check_owner(codes, device, (RejectCode.RANGE,))
        measured_us = self._times(now_us)
        self._check_owner(codes, device, (RejectCode.NOT_YOURS, RejectCode.UNKNOWN_DEVICE))
        device_seq, has_device_seq = self._counters()
        fixes = FixBatch(
            device_names=names,
            device=device,
            measured_us=measured_us,
            lat_deg=lat_deg,
            lon_deg=lon_deg,
            accuracy_m=accuracy_m,
            speed_mps=speed_mps,
            course_deg=course_deg,
            moving=self._moving(),
            source=source,
            device_seq=device_seq,
            has_device_seq=has_device_seq,
            received_us=np.full(self._n, now_us, np.int64),
        )
        return self._kept(fixes)

    def _kept(self, fixes: FixBatch) -> Decoded:
        if self._defects.is_empty:
            return Decoded(fixes=with_devices_once(fixes), kept_rows=np.arange(self._n, dtype=np.int32))
        good = self._defects.good()
        kept = with_devices_once(fixes.take(good)) if len(good) else None
        return Decoded(fixes=kept, kept_rows=good.astype(np.int32), bad=self._defects.bad())

    def _devices(self) -> tuple[tuple[DeviceId, ...], NDArray[np.int32]]:
        texts, index, valid = self._texts("device")
        if valid is not None:
            self._defects.add(~valid, RejectCode.SCHEMA, "device: must not be null")
        return tuple(_NAMELESS if text is None else DeviceId(text) for text in texts), index

    def _sources(self) -> NDArray[np.int8]:
        if "source" not in self._columns:
            return np.full(self._n, FixSource.UNKNOWN, np.int8)
        texts, index, valid = self._texts("source")
        codes = np.array([_SOURCES.get(text or "", _UNKNOWN_SOURCE) for text in texts], np.int8)[index]
        if valid is not None:
            codes[~valid] = FixSource.UNKNOWN
        if (codes == _UNKNOWN_SOURCE).any():
            self._defects.add(codes == _UNKNOWN_SOURCE, RejectCode.SCHEMA, "source: must be gnss, wifi, cell or beacon")
        return codes

    def _texts(self, name: str) -> tuple[list[str | None], NDArray[np.int32], NDArray[np.bool_] | None]:
        """The different texts, which of them each row has, and which rows have one (None: all); a null points at the first."""
        column = self._columns[name]
        encoded = column if isinstance(column, pa.DictionaryArray) else column.dictionary_encode()
        texts: list[str | None] = encoded.dictionary.to_pylist()
        indices = encoded.indices
        index = _values(indices, indices.type.to_pandas_dtype(), self._n)
        valid = _valid(indices, self._n)
        if valid is not None:
            index = np.where(valid, index, 0)
        if None in texts or not texts:
            texts = texts or [None]
            has_text = np.array([text is not None for text in texts])[index]
            valid = has_text if valid is None else valid & has_text
        return texts, index.astype(np.int32, copy=False), valid

    def _numbers(self, name: str, dtype: type[Number], low: float, high: float) -> NDArray[Number]:
        """Finite numbers within [low, high], NaN for a null."""
        column = self._columns.get(name)
        if column is None or column.null_count == self._n:
            if name in REQUIRED:
                self._defects.add(np.ones(self._n, np.bool_), RejectCode.SCHEMA, f"{name}: must not be null")
            return np.full(self._n, np.nan, dtype)
        values = _values(column, dtype, self._n)
        valid = _valid(column, self._n)
        if valid is not None:
            if name in REQUIRED:
                self._defects.add(~valid, RejectCode.SCHEMA, f"{name}: must not be null")
            values = np.where(valid, values, dtype(np.nan))
        is_right = (values >= low) & (values <= high)
        if np.count_nonzero(is_right) != self._n - column.null_count:
            wrong = ~is_right if valid is None else valid & ~is_right
            self._defects.add(wrong, RejectCode.RANGE, f"{name}: must be a number from {low:g} to {high:g}")
        return values

    def _times(self, now_us: int) -> NDArray[np.int64]:
        column = self._columns["measured_at"]
        measured_us = _values(column, np.int64, self._n)
        valid = _valid(column, self._n)
        if valid is not None:
            self._defects.add(~valid, RejectCode.SCHEMA, "measured_at: must not be null")
            measured_us = np.where(valid, measured_us, EARLIEST_US)
        if measured_us.min() < EARLIEST_US:
            self._defects.add(measured_us < EARLIEST_US, RejectCode.RANGE, EARLY_DETAIL)
        if measured_us.max() > now_us + MOST_AHEAD_US:
            self._defects.add(measured_us > now_us + MOST_AHEAD_US, RejectCode.FUTURE, FUTURE_DETAIL)
        return measured_us

    def _check_owner(self, verdicts: list[RejectCode | None], device: NDArray[np.int32], codes: tuple[RejectCode, ...]) -> None:
        for code in codes:
            if code in verdicts:
                concerned = np.array([verdict is code for verdict in verdicts])
                self._defects.add(concerned[device], code, OWNERSHIP_DETAIL[code])

    def _moving(self) -> NDArray[np.int8]:
        column = self._columns.get("moving")
        if column is None or column.null_count == self._n:
            return np.full(self._n, -1, np.int8)
        values = _bits(column.buffers()[1], self._n).view(np.int8)
        valid = _valid(column, self._n)
        return values if valid is None else np.where(valid, values, np.int8(-1))

    def _counters(self) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
        column = self._columns.get("device_seq")
        if column is None or column.null_count == self._n:
            return np.zeros(self._n, np.uint64), np.zeros(self._n, np.bool_)
        values = _values(column, np.uint64, self._n)
        valid = _valid(column, self._n)
        if valid is None:
            return values, np.ones(self._n, np.bool_)
        return np.where(valid, values, np.uint64(0)), valid


def with_devices_once(fixes: FixBatch) -> FixBatch:
    """The same fixes, with every device name that occurs standing once and no other."""
    names = fixes.device_names
    counts = np.bincount(fixes.device, minlength=len(names))
    if counts.all() and len(set(names)) == len(names):
        return fixes
    places: dict[DeviceId, int] = {}
    place_of = np.zeros(len(names), np.int32)
    for index in np.flatnonzero(counts):
        place_of[index] = places.setdefault(names[index], len(places))
    return replace(fixes, device_names=tuple(places), device=place_of[fixes.device])


def _values(column: pa.Array, dtype: type[Scalar], n: int) -> NDArray[Scalar]:
    """The n values as they lie in the message; whatever stands there where a value is null."""
    return np.frombuffer(column.buffers()[1], dtype, n, column.offset * np.dtype(dtype).itemsize)


def _valid(column: pa.Array, n: int) -> NDArray[np.bool_] | None:
    """(n,) which values are not null; None where all are."""
    if not column.null_count:
        return None
    return _bits(column.buffers()[0], n).view(np.bool_)


def _bits(buffer: pa.Buffer, n: int) -> NDArray[np.uint8]:
    return np.unpackbits(np.frombuffer(buffer, np.uint8, (n + 7) // 8), count=n, bitorder="little")
