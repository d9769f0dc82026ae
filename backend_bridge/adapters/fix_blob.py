"""Many fixes as one body of bytes: columns one after the other, not compressed, read without a copy of more than a column."""

from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np

from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId

_COLUMNS: Final = (
    ("device", "<i4"),
    ("measured_us", "<i8"),
    ("lat_deg", "<f8"),
    ("lon_deg", "<f8"),
    ("accuracy_m", "<f4"),
    ("speed_mps", "<f4"),
    ("course_deg", "<f4"),
    ("moving", "i1"),
    ("source", "i1"),
    ("device_seq", "<u8"),
    ("has_device_seq", "?"),
    ("received_us", "<i8"),
)


def joined_batches(batches: Sequence[FixBatch]) -> FixBatch:
    """The fixes of all batches in order, over one table of device names in order of their first use."""
    if len(batches) == 1:
        return batches[0]
    numbers: dict[DeviceId, int] = {}
    devices = []
    for batch in batches:
        mapped = np.array([numbers.setdefault(name, len(numbers)) for name in batch.device_names], np.int32)
        devices.append(mapped[batch.device] if len(batch) else np.zeros(0, np.int32))
    columns = {
        name: np.concatenate([getattr(batch, name) for batch in batches]) if batches else np.zeros(0, dtype) for name, dtype in _COLUMNS[1:]
    }
    device = np.concatenate(devices) if devices else np.zeros(0, np.int32)
    return FixBatch(device_names=tuple(numbers), device=device, **columns)


def bytes_of_fixes(batch: FixBatch) -> bytes:
    """The body that holds a batch."""
    head = msgspec.msgpack.encode([len(batch), list(batch.device_names)])
    columns = [np.ascontiguousarray(getattr(batch, name), dtype).tobytes() for name, dtype in _COLUMNS]
    return b"".join([len(head).to_bytes(4, "little"), head, *columns])


def fixes_of_bytes(body: bytes) -> FixBatch:
    """The batch that `bytes_of_fixes` wrote; its arrays cannot be written to."""
    start = 4 + int.from_bytes(body[:4], "little")
    count, names = msgspec.msgpack.decode(body[4:start], type=tuple[int, list[str]])
    columns = {}
    for name, dtype in _COLUMNS:
        kind = np.dtype(dtype)
        columns[name] = np.frombuffer(body, kind, count, start)
        start += count * kind.itemsize
    return FixBatch(device_names=tuple(DeviceId(name) for name in names), **columns)
