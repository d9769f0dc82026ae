"""From the raw columns of a batch to a `FixBatch`: nulls, ranges, vocabulary and ownership checked row by row.

A column without nulls is taken as it lies in the message, without copying; rows are looked at one by one only where the check
of a whole column has failed.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from backend_bridge.adapters.arrow_guard import StreamRefusedError
from backend_bridge.adapters.lane_rows import (
    EARLIEST_US,
    EARLY_DETAIL,
    FUTURE_DETAIL,
    MOST_AHEAD_US,
    OWNERSHIP_DETAIL,
    Decoded,
    RowDefects,
)
from backend_bridge.adapters.lane_schema import REQUIRED
from backend_bridge.domain.arrivals import RejectCode
from backend_bridge.domain.fix import FixBatch, FixSource
from backend_bridge.domain.identifiers import DeviceId

Number = TypeVar("Number", np.float64, np.float32)

_SOURCES: Final = {"gnss": FixSource.GNSS, "wifi": FixSource.WIFI, "cell": FixSource.CELL, "beacon": FixSource.BEACON}
_UNKNOWN_SOURCE: Final = -2
_NAMELESS: Final = DeviceId("-")


@dataclass(slots=True)
class RawColumn:
    """The values of a column as they lie in the message, whatever stands there where one is null."""

    values: NDArray[Any]
    valid: NDArray[np.bool_] | None
    """(n,) which are not null; None where all are not."""
    n_nulls: int


class Texts:
    """The different texts of a column, and what was found out about them, so that it is found out once."""

    def __init__(self, texts: list[str | None]) -> None:
        self._texts = texts
        self.has_null = None in texts
        named = [_NAMELESS if text is None else text for text in texts] if self.has_null else texts
        # The same device is the same object in every message: whoever looks it up need not compare it letter by letter.
        self.names = tuple(cast("list[DeviceId]", list(map(sys.intern, cast("list[str]", named))))) or (_NAMELESS,)
        self.are_different = len(set(self.names)) == len(self.names)
        self._verdicts: Mapping[str, RejectCode | None] | None = None
        self._found: dict[RejectCode, NDArray[np.bool_]] = {}

    @cached_property
    def is_text(self) -> NDArray[np.bool_]:
        """Which of them are no nulls."""
        return np.array([text is not None for text in self._texts] or [False])

    @cached_property
    def sources(self) -> NDArray[np.int8]:
        """The code of each as a source of fixes."""
        return np.array([_SOURCES.get(text or "", _UNKNOWN_SOURCE) for text in self._texts] or [FixSource.UNKNOWN], np.int8)

    @cached_property
    def has_unknown_source(self) -> bool:
        """Whether any is no source of fixes."""
        return bool((self.sources == _UNKNOWN_SOURCE).any())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._texts)

    def refusals(self, verdicts: Mapping[str, RejectCode | None]) -> Mapping[RejectCode, NDArray[np.bool_]]:
        """Which of the texts, as devices, are rejected with each code; codes that concern none are left out."""
        if verdicts is not self._verdicts:
            codes = list(map(verdicts.__getitem__, self.names))
            given = set(codes)
            self._found = {code: np.array([one is code for one in codes]) for code in OWNERSHIP_DETAIL if code in given}
            self._verdicts = verdicts
        return self._found

    def are_plain_devices(self, verdicts: Mapping[str, RejectCode | None]) -> bool:
        """Whether each is the id of a device that may be taken, and none stands twice."""
        return self.are_different and not self.has_null and not self.refusals(verdicts)


def decoded_rows(
    columns: Mapping[str, RawColumn], texts: Mapping[str, Texts], n_rows: int, now_us: int, verdicts: Mapping[str, RejectCode | None]
) -> Decoded:
    """The good and the bad rows of a batch with at least one; raises StreamRefusedError when an index leads outside its texts."""
    return _Rows(columns, texts, n_rows).decoded(now_us, verdicts)


class _Rows:
    def __init__(self, columns: Mapping[str, RawColumn], texts: Mapping[str, Texts], n_rows: int) -> None:
        self._columns = columns
        self._texts = texts
        self._n = n_rows
        self._defects = RowDefects(n_rows)

    def decoded(self, now_us: int, verdicts: Mapping[str, RejectCode | None]) -> Decoded:
        names = self._texts["device"]
        device, all_occur = self._devices()
        source = self._sources()
        lat_deg = self._numbers("lat", np.float64, -90, 90)
        lon_deg = self._numbers("lon", np.float64, -180, 180)
        accuracy_m = self._numbers("accuracy_m", np.float32, 0, 1e7)
        speed_mps = self._numbers("speed_mps", np.float32, 0, 1e4)
        course_deg = self._numbers("course_deg", np.float32, -360, 360)
        refusals = names.refusals(verdicts)
        self._check_owner(refusals, device, RejectCode.RANGE)
        measured_us = self._times(now_us)
        self._check_owner(refusals, device, RejectCode.NOT_YOURS)
        self._check_owner(refusals, device, RejectCode.UNKNOWN_DEVICE)
        device_seq, has_device_seq = self._counters()
        fixes = FixBatch(
            device_names=names.names,
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
        return self._kept(fixes, is_tidy=names.are_different and all_occur)

    def _kept(self, fixes: FixBatch, *, is_tidy: bool) -> Decoded:
        if self._defects.is_empty:
            return Decoded(fixes=fixes if is_tidy else with_devices_once(fixes), kept_rows=np.arange(self._n, dtype=np.int32))
        good = self._defects.good()
        kept = with_devices_once(fixes.take(good)) if len(good) else None
        return Decoded(fixes=kept, kept_rows=good.astype(np.int32), bad=self._defects.bad())

    def _devices(self) -> tuple[NDArray[np.int32], bool]:
        """Which of its names each row has, and whether every name occurs."""
        index, valid = self._index("device")
        if valid is not None:
            self._defects.add(~valid, RejectCode.SCHEMA, "device: must not be null")
        return index, bool(np.bincount(index, minlength=len(self._texts["device"].names)).all())

    def _sources(self) -> NDArray[np.int8]:
        if "source" not in self._columns:
            return np.full(self._n, FixSource.UNKNOWN, np.int8)
        index, valid = self._index("source")
        texts = self._texts["source"]
        codes = texts.sources[index]
        if valid is not None:
            codes[~valid] = FixSource.UNKNOWN
        if texts.has_unknown_source:
            self._defects.add(codes == _UNKNOWN_SOURCE, RejectCode.SCHEMA, "source: must be gnss, wifi, cell or beacon")
        return codes

    def _index(self, name: str) -> tuple[NDArray[np.int32], NDArray[np.bool_] | None]:
        """Which of its texts each row has, 0 for a null, and which rows are not null (None: all are not)."""
        column, texts = self._columns[name], self._texts[name]
        index, valid = column.values, column.valid
        if valid is not None:
            index = np.where(valid, index, 0)
        if index.min() < 0 or index.max() >= len(texts.names) or (len(texts) == 0 and column.n_nulls < self._n):
            raise StreamRefusedError("an index into a dictionary of the Arrow stream leads outside it")
        index = index.astype(np.int32, copy=False)
        if texts.has_null:
            has_text = texts.is_text[index]
            valid = has_text if valid is None else valid & has_text
        return index, valid

    def _numbers(self, name: str, dtype: type[Number], low: float, high: float) -> NDArray[Number]:
        """Finite numbers within [low, high], NaN for a null."""
        column = self._columns.get(name)
        if column is None:
            return np.full(self._n, np.nan, dtype)
        values: NDArray[Number] = column.values
        if column.valid is not None:
            if name in REQUIRED:
                self._defects.add(~column.valid, RejectCode.SCHEMA, f"{name}: must not be null")
            values = np.where(column.valid, values, dtype(np.nan))
        is_right = (values >= low) & (values <= high)
        if np.count_nonzero(is_right) != self._n - column.n_nulls:
            wrong = ~is_right if column.valid is None else column.valid & ~is_right
            self._defects.add(wrong, RejectCode.RANGE, f"{name}: must be a number from {low:g} to {high:g}")
        return values

    def _times(self, now_us: int) -> NDArray[np.int64]:
        column = self._columns["measured_at"]
        measured_us: NDArray[np.int64] = column.values
        if column.valid is not None:
            self._defects.add(~column.valid, RejectCode.SCHEMA, "measured_at: must not be null")
            measured_us = np.where(column.valid, measured_us, EARLIEST_US)
        if measured_us.min() < EARLIEST_US:
            self._defects.add(measured_us < EARLIEST_US, RejectCode.RANGE, EARLY_DETAIL)
        if measured_us.max() > now_us + MOST_AHEAD_US:
            self._defects.add(measured_us > now_us + MOST_AHEAD_US, RejectCode.FUTURE, FUTURE_DETAIL)
        return measured_us

    def _check_owner(self, refusals: Mapping[RejectCode, NDArray[np.bool_]], device: NDArray[np.int32], code: RejectCode) -> None:
        if code in refusals:
            self._defects.add(refusals[code][device], code, OWNERSHIP_DETAIL[code])

    def _moving(self) -> NDArray[np.int8]:
        column = self._columns.get("moving")
        if column is None:
            return np.full(self._n, -1, np.int8)
        values: NDArray[np.int8] = column.values.view(np.int8)
        return values if column.valid is None else np.where(column.valid, values, np.int8(-1))

    def _counters(self) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
        column = self._columns.get("device_seq")
        if column is None:
            return np.zeros(self._n, np.uint64), np.zeros(self._n, np.bool_)
        values: NDArray[np.uint64] = column.values
        if column.valid is None:
            return values, np.ones(self._n, np.bool_)
        return np.where(column.valid, values, np.uint64(0)), column.valid


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
