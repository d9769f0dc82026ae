"""Wrong passwords in a row by user, as records of the store, so that a restart gives nobody who guesses new tries."""

import msgspec

from backend_bridge.adapters.store import Record
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.domain.access.session import Tries

_KIND = "login-tries"


def tries_kept(reader: StoreReader) -> dict[str, Tries]:
    """What is stored, by user; only users with an account are ever stored."""
    kept = {record.name: msgspec.json.decode(record.body, type=Tries) for record in reader.newest_by_name(_KIND)}
    return {user: tries for user, tries in kept.items() if tries != Tries()}


def tries_record(user: str, tries: Tries) -> Record:
    """The tries of a user as they are stored; the newest record counts."""
    return Record(kind=_KIND, name=user, body=msgspec.json.encode(tries))
