"""Many fixes as one body of bytes: columns one after the other, not compressed, read without a copy of more than a column."""

from dataclasses import replace
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from backend_bridge.domain.fix import FixBatch, read_only
from backend_bridge.domain.identifiers import DeviceId

COLUMNS_OF_A_DEVICE: Final = (
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
"""What is stored of each fix, and as which bytes, where it is known of which device it is."""
_COLUMNS: Final = (("device", "<i4"), *COLUMNS_OF_A_DEVICE)
_RECEIVED: Final = "received_us"


def without_spare_names(batch: FixBatch) -> FixBatch:
    """The same fixes without names of devices that none of them is of."""
    occurs = np.bincount(batch.device, minlength=len(batch.device_names)) > 0
    if occurs.all():
        return batch
    names = tuple(batch.device_names[index] for index in np.flatnonzero(occurs).tolist())
    return replace(batch, device_names=names, device=(np.cumsum(occurs) - 1).astype(np.int32)[batch.device])


def pieces_of_fixes(batch: FixBatch, *, at_once: bool) -> list[bytes | memoryview]:
    """The body that holds a batch, in pieces: whoever joins them with more copies each column once.

    Of fixes that were received `at_once` it does not say when: whoever reads them has to know.
    """
    head = msgspec.msgpack.encode([len(batch), list(batch.device_names)])
    columns = [np.ascontiguousarray(getattr(batch, name), dtype).data for name, dtype in _COLUMNS if not (at_once and name == _RECEIVED)]
    return [len(head).to_bytes(4, "little"), head, *columns]


def fixes_of_bytes(body: bytes, received_us: int | None) -> FixBatch:
    """The batch that `pieces_of_fixes` wrote, received at the instant given where that was `at_once`; its arrays cannot be written to."""
    start = 4 + int.from_bytes(body[:4], "little")
    count, names = msgspec.msgpack.decode(body[4:start], type=tuple[int, list[str]])
    columns: dict[str, NDArray[Any]] = {}
    for name, dtype in _COLUMNS:
        if received_us is not None and name == _RECEIVED:
            columns[name] = read_only(np.full(count, received_us, np.int64))
            continue
        kind = np.dtype(dtype)
        columns[name] = np.frombuffer(body, kind, count, start)
        start += count * kind.itemsize
    return FixBatch(device_names=tuple(DeviceId(name) for name in names), **columns)
