"""Fixes: where a device says that it was; columns, because they are many."""

from dataclasses import dataclass
from enum import IntEnum
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.identifiers import DeviceId

_T = TypeVar("_T", bound=np.generic)


class FixSource(IntEnum):
    """What a position was measured with, as the `source` column of a batch holds it."""

    UNKNOWN = -1
    GNSS = 0
    WIFI = 1
    CELL = 2
    BEACON = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FixBatch:
    """n fixes of schema `fix/1` as columns of equal length, in the order in which they were received.

    Every value is within its range; where the wire has a null, `accuracy_m`, `speed_mps` and `course_deg` hold NaN,
    `moving` and `source` hold −1, and `has_device_seq` is false.
    """

    device_names: tuple[DeviceId, ...]
    """The devices of the batch, each once, and perhaps others; `device` points into it."""
    device: NDArray[np.int32]
    measured_us: NDArray[np.int64]
    lat_deg: NDArray[np.float64]
    lon_deg: NDArray[np.float64]
    accuracy_m: NDArray[np.float32]
    """Radius that holds the true position with 68 % confidence, as the device reports it."""
    speed_mps: NDArray[np.float32]
    course_deg: NDArray[np.float32]
    """Clockwise from true north."""
    moving: NDArray[np.int8]
    """1 or 0 as the motion sensor said, −1 unknown."""
    source: NDArray[np.int8]
    """A `FixSource`."""
    device_seq: NDArray[np.uint64]
    has_device_seq: NDArray[np.bool_]
    received_us: NDArray[np.int64]
    """When the fix reached the bridge, never decreasing along the batch."""

    def __len__(self) -> int:
        """The number of fixes."""
        return len(self.device)

    def take(self, rows: NDArray[np.intp]) -> "FixBatch":
        """The fixes at `rows`, in that order, of the same device names."""
        return FixBatch(
            device_names=self.device_names,
            device=self.device[rows],
            measured_us=self.measured_us[rows],
            lat_deg=self.lat_deg[rows],
            lon_deg=self.lon_deg[rows],
            accuracy_m=self.accuracy_m[rows],
            speed_mps=self.speed_mps[rows],
            course_deg=self.course_deg[rows],
            moving=self.moving[rows],
            source=self.source[rows],
            device_seq=self.device_seq[rows],
            has_device_seq=self.has_device_seq[rows],
            received_us=self.received_us[rows],
        )

    def between(self, start: int, end: int) -> "FixBatch":
        """The fixes of rows [start, end), without copying."""
        return FixBatch(
            device_names=self.device_names,
            device=self.device[start:end],
            measured_us=self.measured_us[start:end],
            lat_deg=self.lat_deg[start:end],
            lon_deg=self.lon_deg[start:end],
            accuracy_m=self.accuracy_m[start:end],
            speed_mps=self.speed_mps[start:end],
            course_deg=self.course_deg[start:end],
            moving=self.moving[start:end],
            source=self.source[start:end],
            device_seq=self.device_seq[start:end],
            has_device_seq=self.has_device_seq[start:end],
            received_us=self.received_us[start:end],
        )

    @staticmethod
    def empty() -> "FixBatch":
        """No fixes of no device."""
        degrees, small, count = np.empty(0, np.float64), np.empty(0, np.float32), np.empty(0, np.int64)
        return FixBatch(
            device_names=(),
            device=np.empty(0, np.int32),
            measured_us=count,
            lat_deg=degrees,
            lon_deg=degrees,
            accuracy_m=small,
            speed_mps=small,
            course_deg=small,
            moving=np.empty(0, np.int8),
            source=np.empty(0, np.int8),
            device_seq=np.empty(0, np.uint64),
            has_device_seq=np.empty(0, np.bool_),
            received_us=count,
        )


def read_only(column: NDArray[_T]) -> NDArray[_T]:
    """The same column, which cannot be written through this view: a kernel is compiled once for it, however the fixes came."""
    seen = column.view()
    seen.flags.writeable = False
    return seen
