"""What of the store's rows is sealed under which key: the rows' hashes cover what is stored, so that they hold when a key is gone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from backend_bridge.adapters.case_keys import ID_BYTES, CaseKeys, KeyId
from backend_bridge.adapters.store import Record
from backend_bridge.domain.identifiers import CaseId, DeviceId
from backend_bridge.domain.watching.holders import Holders

_ONE: Final = b"\x01BSK"
_PARTS: Final = b"\x01BSP"
_NONCE: Final = 12
_COMMON_KINDS: Final = frozenset({"fixes", "snapshot"})

Part = tuple[str, int, bytes]
"""(name, number of things, sealed or plain bytes) of a body in parts."""


def sealed(keys: CaseKeys, key_id: KeyId, plain: bytes) -> bytes:
    """`plain` under one key."""
    nonce, body = keys.seal(key_id, plain)
    return b"".join((_ONE, key_id, nonce, body))


def opened(keys: CaseKeys | None, body: bytes) -> bytes | None:
    """What `sealed` was given; the body itself where it is not sealed; None where its key is destroyed."""
    if not body.startswith(_ONE):
        return body
    start = len(_ONE) + ID_BYTES
    key_id, nonce = body[len(_ONE) : start], body[start : start + _NONCE]
    return None if keys is None else keys.open(key_id, nonce, body[start + _NONCE :])


def sealed_like(keys: CaseKeys | None, stored: bytes, plain: bytes) -> bytes | None:
    """`plain` under the key that something stored lies under, as it is where that is not sealed; None where that key is destroyed.

    No key is made: what is written anew of a case must not outlive the case.
    """
    key_id = key_of(stored)
    if key_id is None:
        return plain
    if keys is None:
        return None
    try:
        made = sealed(keys, key_id, plain)
    except KeyError:
        return None
    return None if opened(keys, stored) is None else made  # a case of that name may have come anew meanwhile, with another key


def key_of(stored: bytes) -> KeyId | None:
    """The name of the key that something is sealed under; None where it is not sealed."""
    return stored[len(_ONE) : len(_ONE) + ID_BYTES] if stored.startswith(_ONE) else None


def joined_parts(parts: Iterable[Part]) -> bytes:
    """One body of parts that are sealed each for itself."""
    return _PARTS + msgspec.msgpack.encode(list(parts))


def parts_of(body: bytes) -> list[Part] | None:
    """The parts of a body, still sealed; None for a body that is not in parts."""
    if not body.startswith(_PARTS):
        return None
    return msgspec.msgpack.decode(body[len(_PARTS) :], type=list[Part])


class Sealer:
    """Seals what is about to be stored; used by the engine's thread."""

    def __init__(self, keys: CaseKeys, holders: Callable[[], Holders]) -> None:
        self.keys = keys
        self._holders = holders

    def for_cases(self, cases: frozenset[CaseId], plain: bytes) -> bytes:
        """`plain` under the key of the cases whose it is; as it is where it is nobody's."""
        return sealed(self.keys, self.keys.id_for(cases), plain) if cases else plain

    def for_device(self, device: DeviceId, measured_us: int, plain: bytes) -> bytes:
        """`plain` under the key of a device in the cases whose a measurement of that time is."""
        cases = self._holders().cases_at(device, measured_us)
        return sealed(self.keys, self.keys.id_for(cases, device), plain) if cases else plain

    def stretches(self, device: DeviceId, measured_us: NDArray[np.int64]) -> Iterator[tuple[int, int, Callable[[bytes], bytes]]]:
        """The stretches of a device's sorted measurements that go under one key each; what is nobody's is in none."""
        holders = self._holders()
        held = holders.of_device.get(device, ())
        if len(held) == 1 and device not in holders.gone_us:
            yield 0, len(measured_us), partial(sealed, self.keys, self.keys.id_for(frozenset({held[0].case}), device))
            return
        edges_us = sorted({edge for each in held for edge in (each.from_us, each.to_us)})
        edges_us.append(holders.gone_us.get(device, 0))
        bounds = sorted({0, len(measured_us), *np.searchsorted(measured_us, edges_us).tolist()})
        for start, end in pairwise(bounds):
            cases = holders.cases_at(device, int(measured_us[start]))
            if cases:
                yield start, end, partial(sealed, self.keys, self.keys.id_for(cases, device))

    def common(self, plain: bytes) -> bytes:
        """`plain` under the common key."""
        return sealed(self.keys, self.keys.common, plain)

    def records(self, records: Sequence[Record]) -> list[Record]:
        """The records as they are stored."""
        return [self._record(record) for record in records]

    def _record(self, record: Record) -> Record:
        if not record.body or record.body.startswith((_ONE, _PARTS)):
            return record
        if record.kind in _COMMON_KINDS:
            return replace(record, body=self.common(record.body))
        if record.kind == "event":
            return replace(record, body=self.for_device(DeviceId(record.name), record.from_us, record.body))
        return replace(record, body=self.for_cases(record.cases, record.body)) if record.cases else record
