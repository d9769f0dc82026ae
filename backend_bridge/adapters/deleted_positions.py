"""What a deletion of old positions came to, counted from the rows that say what went: a restart in the middle of it loses no count."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import msgspec
from sqlalchemy import Connection, func, select

from backend_bridge.adapters.certificates import CERTIFICATE, OLD_POSITIONS
from backend_bridge.adapters.store_reads import RETIRED, RETIRED_ENTRIES, RETIRED_EVENTS, RETIRED_OF, StoreReader
from backend_bridge.adapters.store_schema import ENTRIES, RECORDS
from backend_bridge.domain.identifiers import DeviceId

_PAGE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """What a deletion of old positions came to."""

    n_fixes: int
    n_devices: int
    n_records: int
    sha256: str
    """Over the numbers and hashes of the rows that lost their bodies, in their order; hexadecimal."""


def deleted_so_far(reader: StoreReader) -> Deleted:
    """What went since the last deletion that was certified: one is under way at a time."""
    digest = hashlib.sha256()
    n_fixes = n_records = 0
    devices: set[DeviceId] = set()
    with reader.snapshot() as connection:
        since = _last_certified(connection)
        for kind, name, size, body in _told(connection, since):
            numbers = msgspec.msgpack.decode(body)
            if kind == RETIRED_OF:
                devices.update(numbers)
                continue
            n_fixes, n_records = n_fixes + size, n_records + len(numbers)
            for number, sha, device in _gone(connection, numbers, of_entries=name == RETIRED_ENTRIES):
                digest.update(number.to_bytes(8, "little") + sha)
                if name == RETIRED_EVENTS and device is not None:
                    n_fixes += 1
                    devices.add(device)
    return Deleted(n_fixes=n_fixes, n_devices=len(devices), n_records=n_records, sha256=digest.hexdigest())


def _last_certified(connection: Connection) -> int:
    certified = select(func.max(RECORDS.c.id)).where(RECORDS.c.kind == CERTIFICATE, RECORDS.c.name.startswith(OLD_POSITIONS))
    return connection.execute(certified).scalar_one_or_none() or 0


def _told(connection: Connection, since: int) -> list[tuple[str, str, int, bytes]]:
    """(kind, name, number of fixes, body) of the rows after `since` that say what went, in order."""
    columns = (RECORDS.c.kind, RECORDS.c.name, RECORDS.c.size, RECORDS.c.body)
    query = select(*columns).where(RECORDS.c.kind.in_((RETIRED, RETIRED_OF)), RECORDS.c.id > since, RECORDS.c.body.is_not(None))
    return [(row.kind, row.name, row.size, row.body) for row in connection.execute(query.order_by(RECORDS.c.id))]


def _gone(connection: Connection, numbers: list[int], *, of_entries: bool) -> Iterator[tuple[int, bytes, DeviceId | None]]:
    """(number, hash, device) of what went, in the order of `numbers`; the device of events alone."""
    for start in range(0, len(numbers), _PAGE):
        page = numbers[start : start + _PAGE]
        if of_entries:
            entries = connection.execute(select(ENTRIES.c.n, ENTRIES.c.leaf).where(ENTRIES.c.n.in_(page)))
            leaves = {row.n: row.leaf for row in entries}
            yield from ((n, leaves[n], None) for n in page)
        else:
            columns = select(RECORDS.c.id, RECORDS.c.kind, RECORDS.c.name, RECORDS.c.sha).where(RECORDS.c.id.in_(page))
            rows = {row.id: row for row in connection.execute(columns)}
            yield from ((n, rows[n].sha, DeviceId(rows[n].name) if rows[n].kind == "event" else None) for n in page)
