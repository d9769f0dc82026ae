"""The fixes of a share of the devices as one body in parts: rows of one length, a part for each device, sealed each for itself.

The first part, which is not sealed, names the messages that the fixes came with; it tells nothing of anybody.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from backend_bridge.adapters.fix_blob import COLUMNS_OF_A_DEVICE
from backend_bridge.adapters.sealing import Part, joined_parts
from backend_bridge.adapters.stored_fixes import Message, Seal, StoredFixes
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import DeviceId, GatewayName

_ROW: Final = np.dtype([("message", "<i4"), ("number", "<i8"), *COLUMNS_OF_A_DEVICE])


def body_of_share(part: StoredFixes, seal: Seal) -> tuple[bytes, int] | None:
    """The body and the number of its fixes, of fixes sorted by device and time; None where none of it is anybody's any more."""
    fixes = part.fixes
    used, message = np.unique(part.message, return_inverse=True)
    rows = np.empty(len(fixes), _ROW)
    rows["message"], rows["number"] = message, part.number
    for name, _ in COLUMNS_OF_A_DEVICE:
        rows[name] = getattr(fixes, name)
    sections: list[Part] = list(_sections(fixes, rows.tobytes(), seal))
    if not sections:
        return None
    names = [[m.gateway, m.lane.value, m.epoch, m.seq] for m in (part.messages[index] for index in used.tolist())]
    return joined_parts([("", 0, msgspec.msgpack.encode(names)), *sections]), sum(size for _, size, _ in sections)


def _sections(fixes: FixBatch, raw: bytes, seal: Seal) -> Iterator[Part]:
    """The rows of each device, sealed; cut where the device goes from one case to another."""
    starts = np.flatnonzero(np.diff(fixes.device, prepend=-1)).tolist()
    for first, last in zip(starts, [*starts[1:], len(fixes)], strict=True):
        device = fixes.device_names[int(fixes.device[first])]
        for start, end, key in seal(device, fixes.measured_us[first:last]):
            yield device, end - start, key(raw[(first + start) * _ROW.itemsize : (first + end) * _ROW.itemsize])


def is_packed(parts: list[Part]) -> bool:
    """Whether the parts of a body are rows of one length."""
    return bool(parts) and parts[0][0] == ""


def stored_of_parts(
    parts: list[Part], open_part: Callable[[bytes], bytes | None], devices: Collection[DeviceId] | None
) -> StoredFixes | None:
    """The fixes of all devices or of some, without those whose key is destroyed; None where there are none."""
    found: dict[str, list[bytes]] = {}
    for name, _, stored in parts[1:]:
        body = open_part(stored) if devices is None or name in devices else None
        if body is not None:
            found.setdefault(name, []).append(body)
    if not found:
        return None
    rows = np.frombuffer(b"".join(body for bodies in found.values() for body in bodies), _ROW)
    counts = [sum(map(len, bodies)) // _ROW.itemsize for bodies in found.values()]
    names = tuple(DeviceId(name) for name in found)
    places: NDArray[np.int32] = np.repeat(np.arange(len(names), dtype=np.int32), counts)
    columns = {name: np.ascontiguousarray(rows[name]) for name, _ in COLUMNS_OF_A_DEVICE}
    told = msgspec.msgpack.decode(parts[0][2], type=list[tuple[str, str, int, int]])
    return StoredFixes(
        fixes=FixBatch(device_names=names, device=places, **columns),
        messages=tuple(Message(gateway=GatewayName(g), lane=Lane(lane), epoch=epoch, seq=seq) for g, lane, epoch, seq in told),
        message=np.ascontiguousarray(rows["message"]),
        number=np.ascontiguousarray(rows["number"]),
    )
