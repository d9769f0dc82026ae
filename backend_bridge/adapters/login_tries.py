"""Wrong passwords in a row by user, at desks and shells together, kept in the store so that a restart gives nobody new tries."""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from backend_bridge.adapters.store import Record
from backend_bridge.adapters.store_reads import StoreReader
from backend_bridge.domain.access import session
from backend_bridge.domain.access.session import SessionPolicy, Tries

_KIND: Final = "login-tries"
_MAX_NAMES: Final = 10_000
_NOTHING: Final[Mapping[str, Tries]] = MappingProxyType({})


class LoginTries:
    """The tries of everybody who may still try; asked by the gate's thread and by shells."""

    def __init__(self, kept: Mapping[str, Tries] = _NOTHING) -> None:
        self._lock = threading.Lock()
        self._by_user: OrderedDict[str, Tries] = OrderedDict(kept)

    def is_shut_out(self, user: str, now_us: int) -> bool:
        """Whether the user may not even try a password now."""
        with self._lock:
            return session.is_shut_out(self._by_user.get(user, Tries()), now_us)

    def count(self, user: str, now_us: int, policy: SessionPolicy) -> Tries:
        """Enter one more wrong password, also of a name without an account; gives the tries to be stored."""
        with self._lock:
            tries = session.after_failure(self._by_user.pop(user, Tries()), now_us, policy)
            self._by_user[user] = tries
            if len(self._by_user) > _MAX_NAMES:
                self._by_user.popitem(last=False)
            return tries

    def forget(self, user: str) -> bool:
        """The password was right; whether there was anything to forget, which is then to be stored."""
        with self._lock:
            return self._by_user.pop(user, None) is not None


def tries_kept(reader: StoreReader) -> dict[str, Tries]:
    """What is stored, by user; only users with an account are ever stored."""
    kept = {record.name: msgspec.json.decode(record.body, type=Tries) for record in reader.newest_by_name(_KIND)}
    return {user: tries for user, tries in kept.items() if tries != Tries()}


def tries_record(user: str, tries: Tries) -> Record:
    """The tries of a user as they are stored; the newest record counts."""
    return Record(kind=_KIND, name=user, body=msgspec.json.encode(tries))
